//! Pieces of text with their places go in; one running text with its map back to the file comes out.

use crate::model::{Aside, AsideKind, Link, Origin, Span};

/// Running text as a reader collects it: words, what stands beside them, and where they came from.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    pub(super) text: String,
    pub(super) asides: Vec<Aside>,
    pub(super) links: Vec<Link>,
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
        let gap = self.text.ends_with(' ');
        if gap && words.starts_with(' ') {
            return self.push(words.get(1..).unwrap_or_default(), source + 1);
        }
        if gap && words.starts_with([',', '.', ';', ':']) {
            self.text.pop();
            let end = self.text.len();
            for aside in self.asides.iter_mut().filter(|aside| aside.at > end) {
                aside.at = end;
            }
        }
        self.push(words, source);
    }

    /// The byte of the file that the text begins at.
    pub(super) fn start(&self) -> usize {
        self.origin.source_offset(0)
    }

    /// Adds something that stands here without being part of the words.
    pub(super) fn aside(&mut self, kind: AsideKind, text: impl Into<String>) {
        self.asides.push(Aside { at: self.text.len(), kind, text: text.into() });
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
        let by = self.text.len();
        self.origin.append(by, &other.origin);
        self.text.push_str(&other.text);
        self.asides.extend(other.asides.into_iter().map(|a| Aside { at: a.at + by, ..a }));
        self.links.extend(
            other
                .links
                .into_iter()
                .map(|l| Link { span: Span::new(l.span.start + by, l.span.end + by), ..l }),
        );
    }

    /// The text from byte `at` on; what stood before is returned as the first flow.
    pub(super) fn split(mut self, at: usize) -> (Flow, Flow) {
        let mut rest = Flow { text: self.text.split_off(at), ..Flow::default() };
        rest.origin = self.origin.shifted(-(at as isize));
        let (before, after): (Vec<_>, Vec<_>) = self.asides.into_iter().partition(|a| a.at < at);
        self.asides = before;
        rest.asides = after.into_iter().map(|a| Aside { at: a.at - at, ..a }).collect();
        let (before, after): (Vec<_>, Vec<_>) =
            self.links.into_iter().partition(|l| l.span.start < at);
        self.links = before
            .into_iter()
            .map(|l| Link { span: Span::new(l.span.start, l.span.end.min(at)), ..l })
            .collect();
        rest.links = after
            .into_iter()
            .map(|l| Link { span: Span::new(l.span.start - at, l.span.end - at), ..l })
            .collect();
        (self, rest)
    }

    /// Takes `range` out of the text, a number or a label that is kept elsewhere.
    pub(super) fn cut(self, range: Span) -> Flow {
        let (mut head, tail) = self.split(range.start);
        let (dropped, tail) = tail.split(range.len());
        head.asides.extend(dropped.asides.into_iter().map(|a| Aside { at: range.start, ..a }));
        head.append_inline(tail);
        head
    }

    /// The same flow without white space at either end.
    pub(super) fn trimmed(self) -> Flow {
        let start = self.text.len() - self.text.trim_start().len();
        let literal = self.literal;
        let (head, mut flow) = if start > 0 { self.split(start) } else { (Flow::default(), self) };
        flow.literal = literal;
        for aside in head.asides.into_iter().rev() {
            flow.asides.insert(0, Aside { at: 0, ..aside });
        }
        let end = flow.text.trim_end().len();
        flow.text.truncate(end);
        for aside in &mut flow.asides {
            aside.at = aside.at.min(end);
        }
        for link in &mut flow.links {
            link.span.end = link.span.end.min(end);
            link.span.start = link.span.start.min(link.span.end);
        }
        flow
    }

    /// True when there is neither a word nor anything beside it.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.asides.is_empty()
    }
}
