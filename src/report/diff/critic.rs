//! A comparison in; the new draft in Markdown with every change marked in it after CriticMarkup out.
//!
//! Both drafts are written as [`crate::report::draft`] writes them, and it is these two texts that are marked: accepting
//! every mark gives the new one, rejecting every mark the old one, to the character, but for empty lines, the indents of
//! lists, and the front matter, which is that of the new draft. What moved is taken out in one place and put in at the other, with a comment
//! at both. Braces of the drafts are written as character references, so that none of them makes a mark.

use std::ops::Range;

use rayon::prelude::*;

use super::concordance::labels;
use super::guided::guided;
use super::notes::notes;
use super::words::{redline, redline_by};
use super::{Compared, footnotes};
use crate::model::{BORDER, Change, ChangeKind, Draft, Segment, note_words};
use crate::report::draft::{Unit, Written, written};

/// Writes the document.
pub(super) fn write(compared: Compared<'_>) -> String {
    let (old, new) = rayon::join(
        || Side::new(written(compared.old), compared.by_old()),
        || Side::new(written(compared.new), compared.by_new()),
    );
    let sides = Sides { compared, old, new };
    let mut out = sides.new.head().to_owned();
    let (mut old, mut new) = (0, 0);
    let anchors = sides.anchors();
    let kept: Vec<String> = anchors.par_iter().map(|(from, to)| sides.kept(from, to)).collect();
    for ((from, to), text) in anchors.iter().zip(kept) {
        sides.parted(old..from.start, new..to.start, &mut out);
        (old, new) = (from.end, to.end);
        block(&mut out, &text);
    }
    sides.parted(old..sides.old.count(), new..sides.new.count(), &mut out);
    let tails = (defused(sides.old.tail()), defused(sides.new.tail()));
    block(&mut out, &redline(&tails.0, &tails.1));
    out
}

/// One draft as it is written.
struct Side {
    written: Written,
    /// For each paragraph, the index of the change that holds it.
    changes: Vec<Option<usize>>,
    /// For each paragraph, the block it stands in.
    paragraphs: Vec<usize>,
    /// For each heading, its block.
    headings: Vec<usize>,
    /// For each footnote, its block.
    footnotes: Vec<usize>,
}

impl Side {
    fn new(written: Written, changes: Vec<Option<usize>>) -> Self {
        let (mut paragraphs, mut headings, mut footnotes) = (Vec::new(), Vec::new(), Vec::new());
        for (at, (unit, _)) in written.blocks.iter().enumerate() {
            match unit {
                Unit::Heading(_) => headings.push(at),
                Unit::Paragraphs(rows) => paragraphs.extend(rows.clone().map(|_| at)),
                Unit::Footnote(_) => footnotes.push(at),
            }
        }
        Self { written, changes, paragraphs, headings, footnotes }
    }

    fn count(&self) -> usize {
        self.written.blocks.len()
    }

    /// Blocks in a row, without the empty lines around them.
    fn text(&self, blocks: &Range<usize>) -> &str {
        let of = |at: usize| self.written.blocks.get(at).map(|(_, range)| range.clone());
        let start = of(blocks.start).map_or(0, |range| range.start);
        let end = blocks.end.checked_sub(1).and_then(of).map_or(start, |range| range.end);
        self.written.text.get(start..end).unwrap_or_default().trim_matches('\n')
    }

    /// The front matter.
    fn head(&self) -> &str {
        let end = self.written.blocks.first().map_or(0, |(_, range)| range.start);
        self.written.text.get(..end).unwrap_or_default()
    }

    /// The labels of footnotes that nobody wrote.
    fn tail(&self) -> &str {
        let start = self.written.blocks.last().map_or(0, |(_, range)| range.end);
        self.written.text.get(start..).unwrap_or_default().trim_matches('\n')
    }

    /// The paragraphs of blocks in a row.
    fn rows(&self, blocks: &Range<usize>) -> Vec<usize> {
        let blocks = self.written.blocks.get(blocks.clone()).into_iter().flatten();
        let rows = blocks.filter_map(|(unit, _)| match unit {
            Unit::Paragraphs(rows) => Some(rows.clone()),
            Unit::Heading(_) | Unit::Footnote(_) => None,
        });
        rows.flatten().collect()
    }

    /// The change that a block of paragraphs is part of.
    fn change<'c>(&self, block: usize, compared: Compared<'c>) -> Option<&'c Change> {
        let (Unit::Paragraphs(rows), _) = self.written.blocks.get(block)? else { return None };
        compared.changes().get(self.changes.get(rows.start).copied().flatten()?)
    }

    /// The blocks of these paragraphs, from the first on as long as they follow one another.
    fn run(&self, paragraphs: &[usize]) -> Option<Range<usize>> {
        let mut blocks = paragraphs.iter().filter_map(|at| self.paragraphs.get(*at).copied());
        let first = blocks.next()?;
        let end = blocks.fold(first + 1, |end, at| if at == end { at + 1 } else { end });
        Some(first..end)
    }
}

struct Sides<'c> {
    compared: Compared<'c>,
    old: Side,
    new: Side,
}

impl Sides<'_> {
    /// Blocks of the old draft and what they became in their place, ascending on both sides.
    fn anchors(&self) -> Vec<(Range<usize>, Range<usize>)> {
        let comparison = self.compared.comparison;
        let stayed = |kind| matches!(kind, ChangeKind::Unchanged | ChangeKind::Edited);
        let headings = comparison.headings.iter().filter(|heading| stayed(heading.kind));
        let headings = headings.filter_map(|heading| {
            let old = *self.old.headings.get(heading.old?)?;
            let new = *self.new.headings.get(heading.new?)?;
            Some((old..old + 1, new..new + 1))
        });
        let changes = comparison.changes.iter().filter(|change| !change.moved);
        let changes = changes
            .filter_map(|change| Some((self.old.run(&change.old)?, self.new.run(&change.new)?)));
        let footnotes = footnotes::kept(self.compared).into_iter().filter_map(|(old, new)| {
            let (old, new) = (*self.old.footnotes.get(old)?, *self.new.footnotes.get(new)?);
            Some((old..old + 1, new..new + 1))
        });
        let mut anchors: Vec<(Range<usize>, Range<usize>)> =
            headings.chain(changes).chain(footnotes).collect();
        anchors.sort_by_key(|(old, new)| (new.start, old.start));
        let mut done = (0, 0);
        anchors.retain(|(old, new)| {
            let ascends = old.start >= done.0 && new.start >= done.1;
            done = if ascends { (old.end, new.end) } else { done };
            ascends
        });
        anchors
    }

    /// What became of blocks in their place.
    fn kept(&self, old: &Range<usize>, new: &Range<usize>) -> String {
        let change = self.new.change(new.start, self.compared);
        let (before, now) = (self.old.text(old), self.new.text(new));
        let noted = change.filter(|change| !change.footnotes.is_empty());
        if before == now && noted.is_none() {
            return defused(now);
        }
        let (before, now) = aligned(&defused(before), &defused(now));
        let mut text = redline_by(&before, &now, |before, now| {
            let (words, segments) = self.redline(old, new)?;
            guided((before, now), &words, segments)
        });
        let told = change.map_or(Vec::new(), |change| {
            let kind = change.kind;
            let named = matches!(kind, ChangeKind::Split | ChangeKind::Merged);
            let head = named.then(|| kind.word().to_owned());
            head.into_iter().chain(notes(change, self.compared)).chain(self.noted(change)).collect()
        });
        text.push_str(&comment(&told));
        text
    }

    /// The words of blocks and what they became, with their redline. The rows of a table are one block of several changes:
    /// they have none.
    fn redline(
        &self,
        old: &Range<usize>,
        new: &Range<usize>,
    ) -> Option<((String, String), &[Segment])> {
        let Compared { old: before, new: now, .. } = self.compared;
        let unit =
            |side: &Side, at: usize| side.written.blocks.get(at).map(|(unit, _)| unit.clone());
        if let (Some(Unit::Footnote(o)), Some(Unit::Footnote(n))) =
            (unit(&self.old, old.start), unit(&self.new, new.start))
        {
            let words = |draft: &Draft, at: usize| Some(note_words(&draft.footnotes.get(at)?.text));
            let both = (Some(o), Some(n));
            let note = footnotes::all(self.compared).find(|note| (note.old, note.new) == both)?;
            return Some(((words(before, o)?, words(now, n)?), &note.segments));
        }
        let change = self.new.change(new.start, self.compared)?;
        let whole = self.old.rows(old) == change.old && self.new.rows(new) == change.new;
        let words = || (text(before, &change.old), text(now, &change.new));
        whole.then(|| (words(), change.segments.as_slice()))
    }

    /// Footnotes that differ: their words are marked where they stand, at the end.
    fn noted(&self, change: &Change) -> Vec<String> {
        let edited =
            change.footnotes.iter().filter(|note| note.old.is_some() && note.new.is_some());
        edited.map(|note| footnotes::told(note, self.compared)).collect()
    }

    /// Blocks that have nothing on the other side in this place.
    fn parted(&self, old: Range<usize>, new: Range<usize>, out: &mut String) {
        for at in old {
            let change = self.old.change(at, self.compared).filter(|change| !change.new.is_empty());
            let told =
                change.map(|change| format!("now {}", labels(self.compared.new_of(change), ", ")));
            let text = defused(self.old.text(&(at..at + 1)));
            block(out, &format!("{{--{text}--}}{}", comment(told.as_slice())));
        }
        for at in new {
            let change = self.new.change(at, self.compared).filter(|change| !change.old.is_empty());
            let told = change.map(|change| {
                let was = labels(self.compared.old_of(change), " + ");
                let rest = notes(change, self.compared).into_iter().chain(self.noted(change));
                let was = std::iter::once(format!("{}, was {was}", change.kind.word()));
                was.chain(rest).collect::<Vec<_>>().join("; ")
            });
            let text = defused(self.new.text(&(at..at + 1)));
            block(out, &format!("{{++{text}++}}{}", comment(told.as_slice())));
        }
    }
}

/// Paragraphs as the segments of their change cut them.
fn text(draft: &Draft, paragraphs: &[usize]) -> String {
    let texts = paragraphs.iter().filter_map(|at| draft.paragraphs.get(*at));
    texts.map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join(BORDER)
}

/// Two blocks with the same indents, where only the width of their numbers makes them differ: `9.` and `10.` before the
/// same list. Up to three columns more mean the same in Markdown.
fn aligned(old: &str, new: &str) -> (String, String) {
    let lead = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if text.get(digits..).is_some_and(|rest| rest.starts_with(". ")) { digits } else { 0 }
    };
    let (before, now) = (lead(old), lead(new));
    let both = before > 0 && now > 0 && before.abs_diff(now) <= 3;
    let deeper = |text: &str, by: usize| match by {
        by if both && by > 0 => text.replace("\n ", &format!("\n{} ", " ".repeat(by))),
        _ => text.to_owned(),
    };
    (deeper(old, now.saturating_sub(before)), deeper(new, before.saturating_sub(now)))
}

/// A block of its own.
fn block(out: &mut String, text: &str) {
    if text.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
    out.push('\n');
}

/// `{>>was 12<<}`; nothing where nothing is told.
fn comment(told: &[String]) -> String {
    if told.is_empty() {
        return String::new();
    }
    let told = crate::report::sanitized(&told.join("; "));
    format!("{{>>{}<<}}", told.replace('{', "(").replace('}', ")").replace('\n', " "))
}

/// Markdown without the characters that marks are made of.
fn defused(markdown: &str) -> String {
    if !markdown.contains(['{', '}', '~']) {
        return markdown.to_owned();
    }
    markdown.replace('{', "&#123;").replace('}', "&#125;").replace("~>", "~&gt;")
}
