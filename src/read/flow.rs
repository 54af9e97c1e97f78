//! Pieces of text with their places go in; one running text with its map back to the file comes out.

use crate::model::{Aside, AsideKind, Link, Origin, Revision, Set, Setting, Span};
use crate::text::number::{Printed, printed_number};

/// What stands between two cells of a row.
pub(super) const BAR: &str = " | ";

/// The place of numbers that stand nowhere in a file, as Word counts those of its lists.
pub(super) const PRINTED: usize = 0;

/// Running text as a reader collects it: words, what stands beside them, and where they came from.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    pub(super) text: String,
    pub(super) asides: Vec<Aside>,
    pub(super) links: Vec<Link>,
    /// The cells of a table's row; empty where it is none.
    pub(super) cells: Vec<Span>,
    pub(super) settings: Vec<Setting>,
    pub(super) revisions: Vec<Revision>,
    pub(super) origin: Origin,
    /// True where the author wrote the first character as a number (`&#49;2.`): the text stands as it is, has
    /// neither number nor label, and is not the rest of what stands before it.
    pub(super) literal: bool,
}

impl Flow {
    /// Adds words that stand at byte `source` of the file.
    pub(super) fn push(&mut self, words: &str, source: usize) {
        if !words.is_empty() {
            self.origin.push(self.text.len(), source);
            self.text.push_str(words);
        }
    }

    /// Adds words of a format that has no lines to point back to.
    pub(super) fn add(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// True when nothing stands between the last struck-out words and the end.
    pub(super) fn ends_with_struck(&self) -> bool {
        let last = self.asides.last();
        last.is_some_and(|a| a.kind == AsideKind::Struck && a.at == self.text.len())
    }

    /// Adds words after struck-out ones: the space before the struck words and the one after them are one,
    /// and a comma or full stop moves up to the word it now follows.
    pub(super) fn push_after_struck(&mut self, words: &str, source: usize) {
        let skipped = self.close_gap(words);
        self.push(words.get(skipped..).unwrap_or_default(), source + skipped);
    }

    /// Makes the gap around struck-out words one before `words` follow; how many of their bytes go with it.
    fn close_gap(&mut self, words: &str) -> usize {
        let gap = self.text.ends_with(' ');
        if gap && words.starts_with([',', '.', ';', ':']) {
            self.text.pop();
            let end = self.text.len();
            for aside in self.asides.iter_mut().rev().take_while(|aside| aside.at > end) {
                aside.at = end;
            }
            for revision in self.revisions.iter_mut().rev().take_while(|r| r.span.end > end) {
                revision.span = up_to(revision.span, end);
            }
        }
        usize::from(gap && words.starts_with(' '))
    }

    /// The byte of the file that the text begins at.
    pub(super) fn start(&self) -> usize {
        self.origin.source_offset(0)
    }

    /// Adds something that stands here without being part of the words.
    pub(super) fn aside(&mut self, kind: AsideKind, text: impl Into<String>) {
        self.asides.push(Aside { at: self.text.len(), kind, text: text.into() });
    }

    /// The words on one line, and the calls of footnotes in them, each with the byte it stands before.
    pub(super) fn on_one_line(&self) -> (String, Vec<Aside>) {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let ends: Vec<usize> = text
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace())
            .map(|(at, c)| at + c.len_utf8())
            .collect();
        let calls = self.asides.iter().filter(|aside| aside.kind == AsideKind::Footnote);
        let calls = calls.map(|aside| {
            let before = self.text.get(..aside.at).unwrap_or_default();
            let words = before.chars().filter(|c| !c.is_whitespace()).count();
            let at = words.checked_sub(1).and_then(|last| ends.get(last)).copied();
            Aside { at: at.unwrap_or_default(), ..aside.clone() }
        });
        let calls = calls.collect();
        (text, calls)
    }

    /// Says that the words from byte `start` of this text on are a link.
    pub(super) fn link(&mut self, start: usize, href: &str) {
        if start < self.text.len() {
            let span = Span::new(start, self.text.len());
            self.links.push(Link { span, href: href.to_owned() });
        }
    }

    /// Adds another flow, after a line break where both have words.
    pub(super) fn append(&mut self, other: Flow) {
        if !self.text.is_empty() && !other.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.append_inline(other);
    }

    /// Adds another flow on the same line, after `joint` where it has words.
    pub(super) fn append_inline_after(&mut self, joint: &str, other: Flow) {
        if !other.text.is_empty() {
            self.text.push_str(joint);
        }
        self.append_inline(other);
    }

    /// Adds another flow on the same line.
    pub(super) fn append_inline(&mut self, other: Flow) {
        let plain = self.is_bare() && self.cells.is_empty();
        if self.text.is_empty() && plain && self.origin == Origin::default() {
            *self = Flow { literal: self.literal, ..other };
            return;
        }
        let by = self.text.len();
        self.origin.append(by, &other.origin);
        self.text.push_str(&other.text);
        self.asides.extend(other.asides.into_iter().map(|a| Aside { at: a.at + by, ..a }));
        let shifted = |cell: Span| Span::new(cell.start + by, cell.end + by);
        self.cells.extend(other.cells.into_iter().map(shifted));
        let moved =
            |s: Setting| Setting { span: Span::new(s.span.start + by, s.span.end + by), ..s };
        self.settings.extend(other.settings.into_iter().map(moved));
        self.links.extend(
            other
                .links
                .into_iter()
                .map(|l| Link { span: Span::new(l.span.start + by, l.span.end + by), ..l }),
        );
        self.revisions.extend(
            other
                .revisions
                .into_iter()
                .map(|r| Revision { span: Span::new(r.span.start + by, r.span.end + by), ..r }),
        );
    }

    /// Says how the words from byte `start` of this text on are set.
    pub(super) fn set(&mut self, start: usize, how: Set) {
        if start < self.text.len() {
            self.settings.push(Setting { span: Span::new(start, self.text.len()), how });
        }
    }

    /// The same, where the words before it may be set so as well: white space between them parts none.
    pub(super) fn set_on(&mut self, start: usize, how: Set) {
        let end = self.text.len();
        let Self { text, settings, .. } = self;
        let last = settings.iter_mut().rev().find(|setting| setting.how == how);
        let between = |from: usize| text.get(from..start).is_some_and(|s| s.trim().is_empty());
        match last.filter(|last| between(last.span.end)) {
            Some(last) => last.span.end = end,
            None => self.set(start, how),
        }
    }

    /// A cell of a table's row begins here.
    pub(super) fn begin_cell(&mut self) {
        let at = self.text.len();
        self.cells.push(Span::new(at, at));
    }

    /// True where the cell that was begun last has no words yet.
    pub(super) fn begins_cell(&self) -> bool {
        self.cells.last().is_some_and(|cell| cell.start == self.text.len())
    }

    /// The cell ends: the space between its words and what stands behind them beside them is no word of its own.
    pub(super) fn end_cell(&mut self) {
        let start = self.cells.last().map_or(self.text.len(), |cell| cell.start);
        let words = self.text.get(start..).unwrap_or_default();
        let end = start + words.trim_end_matches(' ').len();
        if self.links.iter().any(|link| link.span.end > end) {
            return;
        }
        self.text.truncate(end);
        self.asides.iter_mut().for_each(|aside| aside.at = aside.at.min(end));
        self.settings.iter_mut().for_each(|setting| setting.span = up_to(setting.span, end));
        self.revisions.iter_mut().for_each(|revision| revision.span = up_to(revision.span, end));
    }

    /// The row ends: its cells have all their words, and nothing stands behind the last of them.
    pub(super) fn end_row(&mut self) {
        let (mut next, mut last) = (self.text.len(), true);
        for cell in self.cells.iter_mut().rev() {
            let words = self.text.get(cell.start..next).unwrap_or_default();
            let words = words.strip_suffix(BAR).filter(|_| !last).unwrap_or(words);
            let start = cell.start + words.len() - words.trim_start().len();
            let own = Span::new(start, start + words.trim().len());
            // What stands in a cell beside its words stands at them: the spaces round them are not the text's own.
            for aside in
                self.asides.iter_mut().filter(|aside| (cell.start..next).contains(&aside.at))
            {
                aside.at = aside.at.clamp(own.start, own.end);
            }
            (next, last) = (cell.start, false);
            *cell = own;
        }
        let words = self.cells.iter().filter(|cell| !cell.is_empty()).map(|cell| cell.end).max();
        let aside = self.asides.last().map(|aside| aside.at);
        let Some(end) = words.max(aside.filter(|_| words.is_some())) else { return };
        let end = self.text.get(..end).map_or(end, |text| text.trim_end().len());
        self.text.truncate(end);
        for cell in &mut self.cells {
            *cell = up_to(*cell, end);
        }
        for aside in &mut self.asides {
            aside.at = aside.at.min(end);
        }
        for revision in &mut self.revisions {
            revision.span = up_to(revision.span, end);
        }
    }

    /// The text from byte `at` on; what stood before is returned as the first flow.
    pub(super) fn split(mut self, at: usize) -> (Flow, Flow) {
        let mut rest = Flow { text: self.text.split_off(at), ..Flow::default() };
        rest.origin = self.origin.split_off(at);
        // All of them stand in the order of the text, so that only what follows the cut is touched.
        let asides = self.asides.split_off(self.asides.partition_point(|a| a.at < at));
        rest.asides =
            asides.into_iter().map(|a| Aside { at: a.at.saturating_sub(at), ..a }).collect();
        let links = self.links.split_off(self.links.partition_point(|l| l.span.start < at));
        rest.links = links.into_iter().map(|l| Link { span: beyond(l.span, at), ..l }).collect();
        for link in self.links.iter_mut().rev().take_while(|link| link.span.end > at) {
            link.span = up_to(link.span, at);
        }
        let cells = self.cells.split_off(self.cells.partition_point(|cell| cell.start < at));
        rest.cells = cells.into_iter().map(|cell| beyond(cell, at)).collect();
        for cell in &mut self.cells {
            *cell = up_to(*cell, at);
        }
        let beyond_cut = |s: &Setting| Setting { span: beyond(s.span, at), ..*s };
        rest.settings = self.settings.iter().map(beyond_cut).filter(is_seen).collect();
        let before = self.settings.iter().map(|s| Setting { span: up_to(s.span, at), ..*s });
        self.settings = before.filter(is_seen).collect();
        let first = self.revisions.partition_point(|r| r.span.start < at);
        let revisions = self.revisions.split_off(first);
        // Words on both sides of the cut are two changes from now on.
        for revision in self.revisions.iter_mut().rev().take_while(|r| r.span.end > at) {
            rest.revisions.insert(0, divided(revision, at));
        }
        rest.revisions
            .extend(revisions.into_iter().map(|r| Revision { span: beyond(r.span, at), ..r }));
        (self, rest)
    }

    /// Takes `range` out of the text, a number or a label that is kept elsewhere.
    pub(super) fn cut(mut self, range: Span) -> Flow {
        let plain = self.is_bare() && self.cells.is_empty();
        if range.start == 0 && plain && self.text.is_char_boundary(range.end) {
            self.text.drain(..range.end);
            self.origin = self.origin.shifted(-(range.end as isize));
            return self;
        }
        let (mut head, tail) = self.split(range.start);
        let (dropped, tail) = tail.split(range.len());
        head.asides.extend(dropped.asides.into_iter().map(|a| Aside { at: range.start, ..a }));
        let emptied = Span::new(range.start, range.start);
        head.cells.extend(dropped.cells.iter().map(|_| emptied));
        let mut tail = tail;
        tail.take_revisions_of(dropped.revisions);
        head.append_inline(tail);
        head
    }

    /// Takes the number off a paragraph that is struck out as a whole, `~~3. Text~~`: its words are struck, and it
    /// is still paragraph 3.
    pub(super) fn take_struck_number(&mut self) -> Option<Printed> {
        let aside = self.asides.first_mut().filter(|aside| aside.kind == AsideKind::Struck)?;
        let printed = printed_number(&aside.text).filter(|_| self.text.trim().is_empty())?;
        let before = aside.text.get(..printed.range.start)?;
        let rest = format!("{before}{}", aside.text.get(printed.range.end..)?);
        if rest.trim().is_empty() {
            return None;
        }
        aside.text = rest;
        Some(printed)
    }

    /// The same flow without white space at either end.
    pub(super) fn trimmed(self) -> Flow {
        let start = self.text.len() - self.text.trim_start().len();
        let literal = self.literal;
        if start > 0 && self.is_bare() && self.cells.is_empty() {
            let mut flow = self.cut(Span::new(0, start));
            flow.text.truncate(flow.text.trim_end().len());
            return Flow { literal, ..flow };
        }
        let (head, mut flow) = if start > 0 { self.split(start) } else { (Flow::default(), self) };
        flow.literal = literal;
        for aside in head.asides.into_iter().rev() {
            flow.asides.insert(0, Aside { at: 0, ..aside });
        }
        flow.cells.splice(0..0, head.cells.iter().map(|_| Span::new(0, 0)));
        flow.take_revisions_of(head.revisions);
        let end = flow.text.trim_end().len();
        flow.text.truncate(end);
        for aside in &mut flow.asides {
            aside.at = aside.at.min(end);
        }
        for link in &mut flow.links {
            link.span.end = link.span.end.min(end);
            link.span.start = link.span.start.min(link.span.end);
        }
        for cell in &mut flow.cells {
            *cell = up_to(*cell, end);
        }
        for revision in &mut flow.revisions {
            revision.span = up_to(revision.span, end);
        }
        for setting in &mut flow.settings {
            setting.span = up_to(setting.span, end);
        }
        flow
    }

    /// Keeps changes of words that were cut off before this text, unless they were white space.
    fn take_revisions_of(&mut self, cut: Vec<Revision>) {
        let kept = cut.into_iter().filter(|revision| !revision.text.trim().is_empty());
        let kept = kept.map(|revision| Revision { span: Span::default(), ..revision });
        self.revisions.splice(0..0, kept);
    }

    /// True when there is nothing beside the words.
    fn is_bare(&self) -> bool {
        let beside = self.asides.is_empty() && self.links.is_empty() && self.revisions.is_empty();
        beside && self.settings.is_empty()
    }

    /// True when there is neither a word nor anything beside it.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.asides.is_empty()
    }
}

/// True where words are set so.
fn is_seen(setting: &Setting) -> bool {
    !setting.span.is_empty()
}

/// What of `span` lies before `end`; at `end` where nothing does.
fn up_to(span: Span, end: usize) -> Span {
    Span::new(span.start.min(end), span.end.min(end))
}

/// What of `span` lies after `start`, counted from there.
fn beyond(span: Span, start: usize) -> Span {
    Span::new(span.start.saturating_sub(start), span.end.saturating_sub(start))
}

/// Cuts a change at byte `at` of the text it stands in: it keeps what lies before, what lies beyond is returned.
fn divided(revision: &mut Revision, at: usize) -> Revision {
    let mut rest = Revision { span: beyond(revision.span, at), ..revision.clone() };
    let kept = at.saturating_sub(revision.span.start);
    if revision.text.len() == revision.span.len() && revision.text.is_char_boundary(kept) {
        rest.text = revision.text.split_off(kept);
    }
    revision.span = up_to(revision.span, at);
    rest
}
