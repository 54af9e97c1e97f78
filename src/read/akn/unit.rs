//! The number, lines and points of one paragraph in, as an exact file has them; the paragraph out.

use super::outline::part_label;
use crate::model::{Paragraph, Part, Span};
use crate::read::flow::{BAR, Flow};
use crate::read::open::DEEPEST;
use crate::read::split::inline_parts;
use crate::text::is_placeholder;
use crate::text::label::item_label;

/// A paragraph under construction.
#[derive(Default)]
pub(super) struct Unit {
    number: Option<String>,
    bracketed: bool,
    flow: Flow,
    parts: Vec<Part>,
    /// The points that are open, outermost first.
    points: Vec<Point>,
    /// How many bullets each list that is open has had so far.
    bullets: Vec<usize>,
    /// What stands before the next line.
    joint: &'static str,
}

/// A point that is open.
struct Point {
    /// Its place among the parts.
    at: usize,
    /// A label that stands in its words.
    within: Option<String>,
    /// True once it is known how it is labelled.
    settled: bool,
}

impl Unit {
    /// `12 bis.`, `[14.]`: the number of the paragraph.
    pub(super) fn number(&mut self, printed: &str) {
        let bracketed = printed.strip_prefix('[').and_then(|n| n.strip_suffix(".]"));
        self.bracketed = bracketed.is_some();
        let number = bracketed.or(printed.strip_suffix('.')).unwrap_or(printed);
        self.number = Some(number.to_owned());
    }

    pub(super) fn line(&mut self, line: Flow) {
        self.settle();
        if let Some(point) = self.points.last_mut()
            && let Some(label) = point.within.take()
            && let Some(part) = self.parts.get_mut(point.at)
        {
            let found = line.text.find(&label).unwrap_or_default() + part.span.start;
            part.label = Span::new(found, found + label.len());
        }
        match std::mem::replace(&mut self.joint, "\n") {
            " " => self.flow.append_inline_after(" ", line),
            joint => {
                self.flow.add(joint);
                self.flow.append_inline(line);
            }
        }
    }

    /// The cells of a table stand on one line.
    pub(super) fn cell(&mut self) {
        // A cell without words has no line.
        if !self.flow.text.is_empty() {
            self.flow.add(BAR);
        }
        self.flow.begin_cell();
        self.joint = "";
    }

    pub(super) fn begin_list(&mut self) {
        self.settle();
        self.bullets.push(0);
    }

    pub(super) fn end_list(&mut self) {
        self.bullets.pop();
    }

    /// A sub-paragraph begins; `depth` where it is not how deep it is nested.
    pub(super) fn begin_point(&mut self, depth: Option<usize>, within: Option<String>) {
        self.settle();
        if matches!(self.joint, "\n" | " ") {
            self.flow.add("\n");
        }
        self.joint = "";
        let start = self.flow.text.len();
        let depth = depth.unwrap_or(self.points.len() + 1).clamp(1, DEEPEST);
        let span = Span::new(start, start);
        let settled = within.is_some();
        let at = self.parts.len();
        self.parts.push(Part { address: String::new(), depth, span, label: span });
        if let Some(label) = &within {
            self.address(at, label);
        }
        self.points.push(Point { at, within, settled });
    }

    /// The label of the innermost sub-paragraph, as printed.
    pub(super) fn label(&mut self, printed: &str) {
        let Some(point) = self.points.last_mut().filter(|point| !point.settled) else { return };
        point.settled = true;
        let at = point.at;
        self.address(at, printed);
        if let Some(part) = self.parts.get_mut(at) {
            let range = item_label(printed).or_else(|| part_label(printed)).map(|l| l.range);
            let range = range.unwrap_or(Span::new(0, printed.len()));
            part.label = Span::new(part.span.start + range.start, part.span.start + range.end);
        }
        self.flow.add(printed);
        self.joint = " ";
    }

    /// Gives a part its address by its label, below the part that holds it.
    fn address(&mut self, at: usize, printed: &str) {
        if let Some(bullets) = self.bullets.last_mut() {
            *bullets = 0;
        }
        let label = item_label(printed).or_else(|| part_label(printed));
        let counter = label.map_or_else(|| printed.to_owned(), |label| label.counter);
        self.counted(at, &counter);
    }

    fn counted(&mut self, at: usize, counter: &str) {
        let outer = self.points.iter().rev().find(|point| point.at < at).map(|point| point.at);
        let outer = outer.and_then(|at| self.parts.get(at));
        let address = format!("{}({counter})", outer.map_or("", |part| part.address.as_str()));
        if let Some(part) = self.parts.get_mut(at) {
            part.address = address;
        }
    }

    /// A sub-paragraph that has come to its words without a label is a bullet.
    fn settle(&mut self) {
        let Some(point) = self.points.last_mut().filter(|point| !point.settled) else { return };
        point.settled = true;
        let at = point.at;
        let count = self.bullets.last_mut().map_or(1, |bullets| {
            *bullets += 1;
            *bullets
        });
        self.counted(at, &format!("•{count}"));
    }

    pub(super) fn end_point(&mut self) {
        self.settle();
        if let Some(part) = self.points.pop().and_then(|point| self.parts.get_mut(point.at)) {
            part.span.end = self.flow.text.len();
        }
        // What follows stands on a line of its own, even after a label without words.
        self.joint = "\n";
    }

    /// The paragraph; none where there is neither a number nor a word.
    pub(super) fn finish(mut self) -> Option<Paragraph> {
        while !self.points.is_empty() {
            self.end_point();
        }
        if !self.flow.cells.is_empty() {
            self.flow.end_row();
        }
        if self.number.is_none() && self.flow.is_empty() {
            return None;
        }
        if self.parts.is_empty() {
            self.parts = inline_parts(&self.flow.text);
        }
        Some(Paragraph {
            number: self.number,
            bracketed: self.bracketed,
            placeholder: is_placeholder(&self.flow.text),
            text: self.flow.text,
            parts: self.parts,
            asides: self.flow.asides,
            cells: self.flow.cells,
            links: self.flow.links,
            settings: self.flow.settings,
            ..Paragraph::default()
        })
    }
}
