//! Byte ranges of a text in; lines, columns and slices of it out.

use serde::{Deserialize, Serialize};

/// A range of UTF-8 bytes, `start` inclusive and `end` exclusive, in a text named by its holder.
///
/// Output counts Unicode scalar values instead; [`Span::in_chars`] converts.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The words this span covers; empty where it does not lie on character borders of `text`.
    #[inline]
    pub fn slice<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Number of bytes.
    #[inline]
    pub fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// True when no byte is covered.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True when every byte of `other` lies in this span.
    #[inline]
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    #[inline]
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same range counted in Unicode scalar values of `text`.
    pub fn in_chars(&self, text: &str) -> Span {
        let before = text.get(..self.start).map_or(0, |t| t.chars().count());
        Span::new(before, before + self.slice(text).chars().count())
    }
}

/// A place in a file as an editor shows it: both counts start at 1, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

/// Bytes that are looked through together.
const STRETCH: usize = 1 << 12;

/// Where each line of a text begins.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Indexes `text`; a line ends after `\n`, or after a `\r` that no `\n` follows.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        // Stretch by stretch: a processor looks at many bytes at once.
        let returns = |any: u8, byte: &u8| any | u8::from(*byte == b'\r');
        if bytes.chunks(STRETCH).any(|stretch| stretch.iter().fold(0, returns) != 0) {
            starts.extend(bytes.iter().enumerate().filter_map(|(at, byte)| {
                let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
                ends.then_some(at + 1)
            }));
        } else {
            starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        }
        Self { starts }
    }

    /// Line and column of byte `offset` of `text`, the text this index was made of.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = text.get(start..offset).map_or(1, |before| before.chars().count() + 1);
        Position { line, column }
    }
}
