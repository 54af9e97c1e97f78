//! Headings and printed numbers in; blocks that open sections and annexes, in their ranks, out.

use super::body::Body;
use super::element::Element;
use super::heading::{Rank, is_counter, is_untitled, rank};
use crate::model::Span;
use crate::read::assemble::Block;
use crate::read::flow::Flow;
use crate::text::annex_of;
use crate::text::label::{Label, label};

/// A longer text is a paragraph, whatever it is set in.
pub(super) const LONGEST_HEADING: usize = 400;

impl Body {
    /// A number that no words followed: of a heading still to come, or of an empty paragraph.
    pub(super) fn end_number(&mut self, element: &Element) {
        let Some(number) = self.number.take() else { return };
        let holds = matches!(element, Element::Holder(_) | Element::Point);
        if plain_number(&number).is_none() && part_label(&number).is_none() {
            self.end_counter();
            self.counter = Some(number);
        } else if holds && plain_number(&number).is_some() {
            self.end_held();
            self.held = Some(number);
        } else {
            self.number = Some(number);
            if holds {
                self.text(Flow::default());
            }
        }
    }

    /// A paragraph that is nothing but its number.
    pub(super) fn end_held(&mut self) {
        if let Some(number) = self.held.take() {
            let marker = plain_number(&number).map(|plain| (plain.to_owned(), 0));
            self.blocks.push(Block::Item { depth: 1, marker, flow: Flow::default() });
        }
    }

    /// A heading's number whose heading never came.
    pub(super) fn end_counter(&mut self) {
        if let Some(counter) = self.counter.take() {
            let rank = self.rank(&counter, false);
            self.heading_at(rank, counter);
        }
    }

    pub(super) fn heading(&mut self, flow: Flow, small: bool) {
        let text = flow.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(annex) = annex_of(&text) {
            self.end_counter();
            self.annex(annex);
            return self.heading_at(Rank::Annex, text);
        }
        if let Some(number) = self.number.take() {
            self.end_counter();
            self.counter = Some(number);
        }
        if is_counter(&text) && self.counter.is_none() {
            self.counter = Some(text);
            return;
        }
        if let Some(counter) = self.counter.take() {
            let stop = if counter.trim_end().ends_with('.') { "" } else { "." };
            let rank = self.rank(&counter, small);
            return self.heading_at(rank, format!("{}{stop} {text}", counter.trim()));
        }
        let rank = self.rank(&text, small);
        self.heading_at(rank, text);
    }

    fn rank(&mut self, text: &str, small: bool) -> Rank {
        let rank = rank(text, small, self.letter);
        match rank {
            Rank::Letter => self.letter = text.chars().next(),
            Rank::Roman | Rank::Annex | Rank::Resolution => self.letter = None,
            _ => {}
        }
        rank
    }

    /// Adds a heading. The one right after an annex's or an article's number is its title and
    /// stands below it.
    pub(super) fn heading_at(&mut self, rank: Rank, text: String) {
        self.end_held();
        let rank = match (self.blocks.last(), self.ranks.last()) {
            (Some(Block::Heading { .. }), Some((Rank::Annex, _))) if rank >= Rank::Plain => {
                (Rank::Title, false)
            }
            (Some(Block::Heading { text, .. }), Some((above, false)))
                if *above == rank && is_untitled(text) =>
            {
                (rank, true)
            }
            _ => (rank, false),
        };
        while self.ranks.last().is_some_and(|outer| *outer >= rank) {
            self.ranks.pop();
        }
        self.ranks.push(rank);
        self.blocks.push(Block::Heading { level: self.ranks.len(), text, calls: Vec::new() });
    }

    pub(super) fn annex(&mut self, annex: String) {
        self.blocks.push(Block::Annex { annex: Some(annex) });
    }

    /// "II. International peace and security" set as a point of a list.
    pub(super) fn numbered_heading(&mut self, number: String, flow: Flow) {
        self.counter = Some(number);
        if flow.text.len() <= LONGEST_HEADING && !flow.text.is_empty() {
            return self.heading(flow, false);
        }
        self.end_counter();
        self.blocks.push(Block::Text { flow });
    }
}

/// `12`, `12 bis` of `12.`, `12 bis.`, `12 -`.
pub(super) fn plain_number(number: &str) -> Option<&str> {
    let stops = ['.', '-', '–', '—', ')', ' ', '\u{A0}', '\t'];
    let plain = number.trim().trim_end_matches(stops);
    let short = plain.chars().count() <= 20;
    (short && plain.starts_with(|c: char| c.is_ascii_digit())).then_some(plain)
}

/// `(a)`, `b)`, or the number of a point: `1.`
pub(super) fn part_label(number: &str) -> Option<Label> {
    let number = number.trim();
    label(number).or_else(|| {
        let counter = plain_number(number)?.to_owned();
        Some(Label { counter, range: Span::new(0, number.len()), stop: true })
    })
}
