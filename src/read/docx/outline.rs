//! Paragraphs and rows of a Word file in; blocks, in sections and annexes, out.

use super::story::{Item, Paragraph};
use crate::model::{Aside, AsideKind, Span};
use crate::ooxml::numbering::Printed;
use crate::ooxml::styles::Role;
use crate::read::akn::{Rank, is_counter, is_untitled, rank};
use crate::read::assemble::Block;
use crate::read::flow::{Flow, PRINTED};
use crate::text::annex_of;
use crate::text::label::{Label, item_label};
use crate::text::number::printed_number;

/// A longer text is a paragraph, whatever it is set in.
const LONGEST_HEADING: usize = 400;

/// A longer text set by hand is a paragraph, even where it begins as a heading does.
const LONGEST_UNSTYLED: usize = 200;

/// A longer text that ends with a colon introduces what follows.
const LONGEST_WITH_COLON: usize = 60;

/// Puts what a Word file holds into blocks.
pub(super) fn blocks(items: Vec<Item>) -> Vec<Block> {
    let mut outline = Outline {
        styled: items.iter().any(
            |item| matches!(item, Item::Paragraph(p) if matches!(p.role, Some(Role::Heading(_)))),
        ),
        ..Outline::default()
    };
    for item in items {
        match item {
            Item::Paragraph(paragraph) => outline.paragraph(*paragraph),
            Item::Row(flow) => outline.blocks.push(Block::Alone { flow }),
            Item::Remark(remark) => outline.blocks.push(Block::Remark { remark }),
            Item::LeftOut(what) => outline.blocks.push(Block::LeftOut { what }),
        }
    }
    outline.blocks
}

#[derive(Default)]
struct Outline {
    blocks: Vec<Block>,
    /// True where headings have styles that say so.
    styled: bool,
    /// Ranks of the headings that hold here, where no styles say them; outermost first.
    ranks: Vec<Rank>,
    /// The letter of the last lettered heading.
    letter: Option<char>,
    /// The list that numbers the paragraph being read.
    numbering: Option<String>,
}

impl Outline {
    fn paragraph(&mut self, paragraph: Paragraph) {
        match self.heading_level(&paragraph) {
            Some(level) => self.heading(level, paragraph),
            None => self.text(paragraph),
        }
    }

    /// The last block of the text itself.
    fn last(&mut self) -> Option<&mut Block> {
        self.blocks.iter_mut().rfind(|block| !matches!(block, Block::LeftOut { .. }))
    }

    /// The level of the heading that a paragraph is, if it is one.
    fn heading_level(&mut self, paragraph: &Paragraph) -> Option<usize> {
        let (text, _) = heading_line(paragraph);
        let set_apart = paragraph.bold || paragraph.centred;
        let annex = annex_of(&text).is_some();
        match paragraph.role {
            Some(Role::Heading(level)) if is_heading(&text) => return Some(level),
            Some(Role::Title) if is_heading(&text) => return Some(1),
            _ => {}
        }
        let counted = paragraph.printed.as_ref().is_some_and(|printed| printed.capital);
        if text.len() > LONGEST_UNSTYLED
            || text.ends_with(['.', ';', ',', ':']) && !is_counter(&text)
            || paragraph.flow.text.is_empty() && !annex
        {
            return None;
        }
        let ranked = rank(&text, false, self.letter);
        // A number that stands alone has its title in the paragraph after it.
        let follows = match self.last() {
            Some(Block::Heading { text, .. }) if annex_of(text).is_some() => Some(Rank::Title),
            Some(Block::Heading { text, .. }) if is_untitled(text) => Some(Rank::Small),
            _ => None,
        };
        let rank = match (ranked, follows) {
            _ if annex => Rank::Annex,
            // Word counted it with I, II, III: text is not numbered so. With A, B, C it may be.
            (Rank::Roman, _) if !self.styled && counted => ranked,
            (Rank::Roman | Rank::Letter, _) if !self.styled && set_apart => ranked,
            (_, Some(below)) if set_apart && paragraph.printed.is_none() => below,
            _ if !self.styled && set_apart && is_untitled(&text) => Rank::Plain,
            _ => return None,
        };
        Some(self.level_of(rank, &text))
    }

    /// The level of a heading that no style gives one.
    fn level_of(&mut self, rank: Rank, text: &str) -> usize {
        match rank {
            Rank::Letter => self.letter = text.chars().next(),
            Rank::Roman | Rank::Annex => self.letter = None,
            _ => {}
        }
        while self.ranks.last().is_some_and(|outer| *outer >= rank) {
            self.ranks.pop();
        }
        self.ranks.push(rank);
        self.ranks.len()
    }

    fn heading(&mut self, level: usize, paragraph: Paragraph) {
        let (text, calls) = heading_line(&paragraph);
        // "Annex II" or "Annex II: Title" numbers its paragraphs anew.
        let name = text.split([':', '.', '–', '—', '\u{b}']).next().unwrap_or_default();
        if let Some(annex) = annex_of(name.trim()) {
            self.blocks.push(Block::Annex { annex: Some(annex) });
        }
        self.numbering = None;
        self.blocks.push(Block::Heading { level, text, calls });
    }

    fn text(&mut self, paragraph: Paragraph) {
        let Paragraph { flow, printed, role, .. } = paragraph;
        if flow.text.is_empty() {
            return self.words_alone(flow);
        }
        if matches!(role, Some(Role::Continued | Role::QuotedOn)) && printed.is_none() {
            self.blocks.push(Block::GoOn);
        }
        let Some(printed) = printed else {
            let label = (role == Some(Role::Listed)).then(|| typed_label(&flow.text)).flatten();
            return self.blocks.push(match label {
                Some(label) => Block::Part { label, flow },
                None => Block::Text { flow },
            });
        };
        if role == Some(Role::Listed) && printed.bullet {
            self.blocks.push(Block::GoOn);
        }
        let block = self.numbered(printed, flow);
        self.blocks.push(block);
    }

    fn numbered(&mut self, printed: Printed, flow: Flow) -> Block {
        let Printed { text, bullet, depth, definition, .. } = printed;
        let own = self.numbering.as_ref() == Some(&definition);
        // Levels of another list stand below the paragraph that list numbers.
        let depth = if own || depth == 1 { depth } else { depth + 1 };
        if bullet {
            return Block::Item { depth, marker: None, flow };
        }
        if let Some(number) = paragraph_number(&text)
            && (depth == 1 || number.contains(['.', ' ']))
        {
            self.numbering = Some(definition);
            if text.starts_with('[') {
                // A number in brackets is read as one that was typed, which keeps them.
                return Block::Text { flow: after(&text, flow) };
            }
            return Block::Item { depth: 1, marker: Some((number, PRINTED)), flow };
        }
        let whole = after(&text, flow);
        match label_of(&text) {
            Some(label) => Block::Part { label, flow: whole },
            None => Block::Text { flow: whole },
        }
    }

    /// Struck-out words that were a paragraph of their own belong to the sub-paragraph before them, so that
    /// its list goes on; else they stand alone. A note or a comment without words belongs to what it follows, a comment
    /// that follows nothing to what comes after it.
    fn words_alone(&mut self, flow: Flow) {
        let struck = flow.asides.iter().any(|aside| aside.kind == AsideKind::Struck);
        match self.last() {
            Some(Block::Part { flow: last, .. }) => last.append_inline(flow),
            Some(Block::Item { flow: last, .. } | Block::Text { flow: last }) if !struck => {
                last.append_inline(flow);
            }
            _ if flow.asides.iter().all(|aside| aside.kind == AsideKind::Comment) => {
                let comments = flow.asides.into_iter();
                self.blocks.extend(comments.map(|aside| Block::Comment { text: aside.text }));
            }
            _ => self.blocks.push(Block::Text { flow }),
        }
    }
}

/// What is printed before the words of a paragraph, and the words.
fn after(printed: &str, words: Flow) -> Flow {
    let mut whole = Flow::default();
    whole.push(printed, PRINTED);
    whole.append_inline_after(" ", words);
    whole
}

/// The words of a heading on one line, with its number before them and its struck-out words as struck; and its calls.
fn heading_line(paragraph: &Paragraph) -> (String, Vec<Aside>) {
    let number = paragraph.printed.as_ref().map_or("", |printed| printed.text.as_str());
    let mut whole = Flow::default();
    whole.add(number);
    whole.add(" ");
    let mut from = 0;
    for aside in &paragraph.flow.asides {
        whole.add(paragraph.flow.text.get(from..aside.at).unwrap_or_default());
        from = aside.at;
        match aside.kind {
            AsideKind::Struck => whole.add(&format!("~~{}~~", aside.text)),
            AsideKind::Footnote => whole.aside(AsideKind::Footnote, aside.text.as_str()),
            AsideKind::Comment => {}
        }
    }
    whole.add(paragraph.flow.text.get(from..).unwrap_or_default());
    whole.on_one_line()
}

/// True for words that can be a heading: a style alone makes none of a whole paragraph. A short title may end with a
/// colon.
fn is_heading(text: &str) -> bool {
    let opens = text.ends_with(':') && text.len() > LONGEST_WITH_COLON;
    !text.is_empty() && text.len() <= LONGEST_HEADING && !text.ends_with([';', ',']) && !opens
}

/// The number of a paragraph: `12` of `12.`, `7.3` of `7.3`, `OP5` of `OP5.`.
fn paragraph_number(printed: &str) -> Option<String> {
    let stopped = format!("{} ", printed.trim_end_matches(['.', ':', '-', '–', '—', ' ', ')']));
    let plain = stopped.trim_end();
    if plain.starts_with('(') {
        return None;
    }
    let digits = plain.split('.').all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if digits && plain.len() <= 20 {
        return Some(plain.to_owned());
    }
    let read = printed_number(&format!("{plain}. "))?;
    (read.range.start == 0).then_some(read.number)
}

/// The label that a sub-paragraph begins with, where its style says that it is one: a number counts too.
fn typed_label(text: &str) -> Option<Label> {
    item_label(text).or_else(|| {
        let printed = printed_number(text)?;
        let digits = printed.number.bytes().all(|b| b.is_ascii_digit());
        let shown = printed.range.slice(text).trim_end().len();
        let range = Span::new(printed.range.start, printed.range.start + shown);
        digits.then_some(Label { counter: printed.number, range, stop: true })
    })
}

/// The label of a sub-paragraph: `(a)`, `ii.`, `B)`.
fn label_of(printed: &str) -> Option<Label> {
    let counter = printed.trim_matches(['(', ')', '.', ' ', '-', '–']);
    let letters = counter.chars().all(char::is_alphabetic) && counter.chars().count() <= 8;
    let digits = counter.len() <= 9 && counter.bytes().all(|byte| byte.is_ascii_digit());
    let stop = printed.ends_with('.');
    let range = Span::new(0, printed.len());
    (!counter.is_empty() && (letters || digits)).then(|| Label {
        counter: counter.to_owned(),
        range,
        stop,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_labels() {
        for (printed, number, label) in [
            ("12.", Some("12"), Some("12")),
            ("12", Some("12"), Some("12")),
            ("12)", Some("12"), Some("12")),
            ("7.3", Some("7.3"), None),
            ("1.2.", Some("1.2"), None),
            ("OP5.", Some("OP5"), None),
            ("[12.]", Some("12"), None),
            ("[12", None, None),
            ("(12)", None, Some("12")),
            ("(a)", None, Some("a")),
            ("ii.", None, Some("ii")),
            ("Article 3", None, None),
            ("–", None, None),
        ] {
            assert_eq!(paragraph_number(printed).as_deref(), number, "{printed}");
            assert_eq!(label_of(printed).map(|l| l.counter).as_deref(), label, "{printed}");
        }
    }
}
