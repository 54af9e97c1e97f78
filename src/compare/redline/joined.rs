//! Paragraphs of one side in; their text as one, cut into tokens, with the way back to each paragraph, out.

use std::borrow::Cow;
use std::ops::Range;

use crate::compare::lexicon::{Bag, Lexicon};
use crate::compare::side::Side;
use crate::model::{BORDER, Place, Span};
use crate::text::window_key;

/// One paragraph, or several with a border between them.
#[derive(Debug)]
pub(in crate::compare) struct Joined<'d> {
    pub(super) text: Cow<'d, str>,
    pub(super) tokens: Vec<Token>,
    /// The keys of words that one token stands for: a name in short, or an abbreviation.
    pub(super) shorts: Vec<Vec<u64>>,
    /// Each paragraph, by its index in its draft, and the byte of the text where it begins.
    starts: Vec<(usize, usize)>,
}

/// A word as it is compared: what the author wrote in one piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) key: u64,
    /// What it is worth, in bits, that both texts have it.
    pub(super) worth: f32,
}

impl<'d> Joined<'d> {
    /// Joins the paragraphs `which` of a draft, whose words `lexicon` weighs as those of `bags`.
    pub(in crate::compare) fn new(
        side: &Side<'d>,
        which: &[usize],
        (lexicon, bags): (&Lexicon, &[Bag]),
    ) -> Self {
        let mut joined = Self {
            text: Cow::Borrowed(""),
            tokens: Vec::new(),
            shorts: Vec::new(),
            starts: Vec::with_capacity(which.len()),
        };
        for (nth, at) in which.iter().enumerate() {
            let text = side.paragraph(*at).map_or("", |p| p.text.as_str());
            if nth == 0 {
                joined.text = Cow::Borrowed(text);
            } else {
                let own = joined.text.to_mut();
                own.push_str(BORDER);
                own.push_str(text);
            }
            let start = joined.text.len() - text.len();
            joined.starts.push((*at, start));
            let words = side.words(*at);
            joined.tokens.reserve(words.len());
            let mut in_short = false;
            for (nth, word) in words.iter().enumerate() {
                let span = Span::new(start + word.span.start, start + word.span.end);
                match joined.tokens.last_mut() {
                    // An abbreviation that stands for several words is one token.
                    Some(token) if token.span == span => {
                        let several = joined.shorts.last_mut().filter(|_| in_short);
                        match several {
                            Some(keys) => keys.push(word.key),
                            None => joined.shorts.push(vec![token.key, word.key]),
                        }
                        in_short = true;
                        token.key = window_key(&[token.key, word.key]);
                    }
                    _ => {
                        in_short = false;
                        let number = bags.get(*at).and_then(|bag| bag.words.get(nth));
                        let worth = number.map_or(0.0, |word| lexicon.worth(*word));
                        joined.tokens.push(Token { span, key: word.key, worth });
                    }
                }
            }
        }
        joined
    }

    /// Makes one token of the words in a row that stand in short somewhere, so that both are the same word.
    pub(super) fn in_short(&mut self, shorts: &[Vec<u64>]) {
        let tokens = std::mem::take(&mut self.tokens);
        let mut rest = tokens.as_slice();
        while let Some(first) = rest.first() {
            let long = shorts.iter().filter_map(|keys| {
                let words = rest.get(..keys.len())?;
                let same = words.iter().zip(keys).all(|(token, key)| token.key == *key);
                let whole = Span::new(first.span.start, words.last()?.span.end);
                let one = same && !whole.slice(&self.text).contains(BORDER);
                one.then_some((words, whole))
            });
            let Some((words, span)) = long.max_by_key(|(words, _)| words.len()) else {
                self.tokens.push(*first);
                rest = rest.get(1..).unwrap_or_default();
                continue;
            };
            let keys = words.iter().map(|token| token.key);
            let key = keys.reduce(|all, key| window_key(&[all, key])).unwrap_or_default();
            let worth = words.iter().map(|token| token.worth).sum();
            self.tokens.push(Token { span, key, worth });
            rest = rest.get(words.len()..).unwrap_or_default();
        }
    }

    /// Where tokens `from..to` stand with everything between their neighbours: from the end of the token before them
    /// to the start of the token after them.
    pub(super) fn between(&self, from: usize, to: usize) -> Span {
        let start =
            from.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |t| t.span.end);
        let end = self.tokens.get(to).map_or(self.text.len(), |token| token.span.start);
        Span::new(start, end.max(start))
    }

    /// Where tokens stand, from the first to the last.
    pub(super) fn across(&self, tokens: &Range<usize>) -> Span {
        let tokens = self.tokens.get(tokens.clone()).unwrap_or_default();
        let start = tokens.first().map_or(0, |token| token.span.start);
        Span::new(start, tokens.last().map_or(start, |token| token.span.end))
    }

    /// Where the border between two paragraphs lies that a span holds, if it holds one.
    pub(super) fn border(&self, span: Span) -> Option<Span> {
        let first = self.starts.partition_point(|(_, start)| *start < span.start + BORDER.len());
        let (_, start) = self.starts.get(first.max(1))?;
        let border = Span::new(start - BORDER.len(), *start);
        span.contains(border).then_some(border)
    }

    /// True where this byte lies within a border: nothing is cut there.
    pub(super) fn is_within_border(&self, at: usize) -> bool {
        let starts = self.starts.iter().skip(1);
        starts.into_iter().any(|(_, start)| at < *start && at + BORDER.len() > *start)
    }

    /// Cuts a span into what lies in each paragraph, with its place there, and the borders between, without one.
    pub(super) fn places(&self, span: Span) -> impl Iterator<Item = (Span, Option<Place>)> {
        let pieces = move |(nth, (paragraph, start)): (usize, &(usize, usize))| {
            let next = self.starts.get(nth + 1).map_or(self.text.len(), |(_, next)| *next);
            let end = if nth + 1 < self.starts.len() { next - BORDER.len() } else { next };
            let inside = Span::new(span.start.max(*start), span.end.min(end));
            let own = Span::new(inside.start - start, inside.end.saturating_sub(*start));
            let border = Span::new(span.start.max(end), span.end.min(next));
            [(inside, Some(Place { paragraph: *paragraph, span: own })), (border, None)]
        };
        self.starts.iter().enumerate().flat_map(pieces).filter(|(span, _)| !span.is_empty())
    }
}
