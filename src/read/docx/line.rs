//! Words of one paragraph in, run by run; its text with what stands beside it out.

use super::changes::Tracked;
use crate::model::{AsideKind, Omission, Revision, Set as How, Span};
use crate::read::Revisions;
use crate::read::flow::Flow;
use crate::read::pin::Remark;

/// How a run looks, as far as it matters to its words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Set {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) struck: bool,
    pub(super) hidden: bool,
}

/// A paragraph as it is being read.
#[derive(Default)]
pub(super) struct Line {
    pub(super) flow: Flow,
    /// Struck-out words met since the last others.
    struck: String,
    /// Characters other than white space, and how many of them are bold.
    seen: usize,
    bold: usize,
    pub(super) remarks: Vec<Remark>,
    pub(super) left_out: Vec<Omission>,
}

impl Line {
    /// Adds words of a run, which stand at byte `source` of the part.
    pub(super) fn words(
        &mut self,
        words: &str,
        source: usize,
        set: Set,
        tracked: &Tracked,
        how: Revisions,
    ) {
        let there = tracked.is_there(how);
        if there && !set.struck {
            return self.read(words, source, set, tracked);
        }
        if there || tracked.is_shown(how) {
            self.struck.push_str(words);
        }
        let at = self.flow.text.len();
        tracked.note(words, Span::new(at, at), &mut self.flow.revisions);
    }

    fn read(&mut self, words: &str, source: usize, set: Set, tracked: &Tracked) {
        self.end_struck();
        if self.flow.ends_with_struck() {
            self.flow.push_after_struck(words, source);
        } else {
            self.flow.push(words, source);
        }
        let end = self.flow.text.len();
        // Counted from the end: a space before struck-out words may have made way for these.
        let start = end.saturating_sub(words.len());
        tracked.note(words, Span::new(start, end), &mut self.flow.revisions);
        let seen = words.chars().filter(|c| !c.is_whitespace()).count();
        self.seen += seen;
        self.bold += if set.bold { seen } else { 0 };
        let set = [(set.bold, How::Bold), (set.italic, How::Italic)];
        for (_, how) in set.into_iter().filter(|(is_set, _)| *is_set) {
            self.flow.set_on(start, how);
        }
    }

    /// Adds something that stands beside the words.
    pub(super) fn aside(&mut self, kind: AsideKind, text: String) {
        self.end_struck();
        self.flow.aside(kind, text);
    }

    /// True when every word is bold.
    pub(super) fn is_bold(&self) -> bool {
        self.seen > 0 && self.bold == self.seen
    }

    /// True while there is nothing but struck-out words.
    pub(super) fn is_struck(&self) -> bool {
        let asides = self.flow.asides.iter().any(|aside| aside.kind == AsideKind::Struck);
        self.seen == 0 && (asides || !self.struck.is_empty())
    }

    /// The text, once there are no more words.
    pub(super) fn finish(mut self) -> Flow {
        self.end_struck();
        self.flow.trimmed()
    }

    fn end_struck(&mut self) {
        if !self.struck.is_empty() {
            let words = std::mem::take(&mut self.struck).replace('\n', " ");
            self.flow.aside(AsideKind::Struck, words);
        }
    }
}

/// Changes whose words are not in the text they stood in: they go to the start of the next one.
pub(super) fn at_start(revisions: Vec<Revision>) -> impl Iterator<Item = Revision> {
    revisions.into_iter().map(|revision| Revision { span: Span::new(0, 0), ..revision })
}
