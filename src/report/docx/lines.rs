//! A draft in; its lines as they are printed, each with its number or label, out.

use std::ops::Range;

use crate::model::{Aside, Draft, Paragraph};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Kind {
    /// A heading of this level, from 1.
    Heading(usize),
    /// The first line of a numbered paragraph.
    Numbered,
    /// A sub-paragraph this deep, from 1.
    Part(usize),
    /// A later line of a paragraph that is no sub-paragraph.
    Continued,
    /// Anything else.
    Text,
}

/// A line of a paragraph, or a heading.
#[derive(Clone, Debug)]
pub(in crate::report) struct Line {
    pub(in crate::report) kind: Kind,
    /// Bytes of the paragraph's text.
    pub(in crate::report) range: Range<usize>,
    /// The number of a paragraph, with its brackets; it does not stand in the text.
    pub(in crate::report) number: Option<String>,
    /// The label of a sub-paragraph and the space behind it: bytes of the paragraph's text.
    pub(in crate::report) label: Option<Range<usize>>,
    /// True for a sub-paragraph with a bullet.
    pub(in crate::report) bullet: bool,
}

/// The lines of a paragraph: one at least.
pub(in crate::report) fn lines(paragraph: &Paragraph) -> Vec<Line> {
    let text = &paragraph.text;
    let mut lines = Vec::new();
    let mut start = 0;
    let mut parts = paragraph.parts.iter().peekable();
    for words in text.split('\n') {
        let range = start..start + words.len();
        start = range.end + 1;
        let first = range.start == 0;
        let mut line = Line {
            kind: match &paragraph.number {
                _ if !first => Kind::Continued,
                Some(_) => Kind::Numbered,
                None => Kind::Text,
            },
            range: range.clone(),
            number: paragraph.shown_number().filter(|_| first),
            label: None,
            bullet: false,
        };
        while let Some(part) = parts.next_if(|part| part.span.start <= range.start) {
            if part.span.start < range.start {
                continue;
            }
            if line.label.is_none() && part.label.start == range.start && !part.label.is_empty() {
                let behind = text.get(part.label.end..range.end).unwrap_or_default();
                let space = usize::from(behind.starts_with(' '));
                line.label = Some(part.label.start..part.label.end + space);
            }
            line.bullet |= part.label.is_empty();
            if line.kind != Kind::Numbered {
                line.kind = Kind::Part(part.depth);
            }
        }
        // Sub-paragraphs that run on in the line belong to it.
        while parts.next_if(|part| part.span.start < range.end).is_some() {}
        lines.push(line);
    }
    lines
}

/// What stands before and behind struck-out words in a text: a draft keeps one space only of the two around them, and none at
/// the end of a line or a cell.
pub(in crate::report) fn around_struck(text: &str, aside: &Aside) -> (&'static str, &'static str) {
    let before = text.get(..aside.at).unwrap_or_default();
    let behind = text.get(aside.at..).unwrap_or_default();
    let ends = behind.is_empty() || behind.starts_with('\n') || behind.starts_with(" | ");
    let touches = before.ends_with(|c: char| !c.is_whitespace());
    let lead =
        if ends && touches && aside.text.starts_with(char::is_alphanumeric) { " " } else { "" };
    let parted = before.is_empty() || before.ends_with(char::is_whitespace);
    let joined = behind.starts_with(char::is_alphanumeric);
    let parted = parted && joined && !aside.text.ends_with(char::is_whitespace);
    (lead, if parted { " " } else { "" })
}

/// A heading or a paragraph of a draft, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::report) enum Item {
    Heading(usize),
    Paragraph(usize),
}

/// Headings and paragraphs in the order of the text.
pub(in crate::report) fn items(draft: &Draft) -> Vec<Item> {
    let mut items = Vec::with_capacity(draft.paragraphs.len() + draft.headings.len());
    let mut headings = draft.headings.iter().enumerate().peekable();
    for at in 0..=draft.paragraphs.len() {
        while let Some((index, _)) = headings.next_if(|(_, heading)| heading.before <= at) {
            items.push(Item::Heading(index));
        }
        if at < draft.paragraphs.len() {
            items.push(Item::Paragraph(at));
        }
    }
    items
}
