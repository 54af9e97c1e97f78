//! The Markdown of a text, old and new, and the redline of its words in; the tokens of the Markdown that stay, go and
//! come, out.
//!
//! Markdown has more than the words: numbers, indents, escapes, calls of footnotes. So the words are
//! found in it, in their order, and what the redline has as equal stays; what lies between is told apart sign by sign.

use super::words::{Part, parts, tokens};
use crate::model::{Op, Segment};

/// The tokens of both texts as `segments`, which cut the `words` of both, have them; none where these words are not found
/// in the Markdown.
pub(super) fn guided(
    (old, new): (&[&str], &[&str]),
    words: &(String, String),
    segments: &[Segment],
) -> Option<Vec<Part>> {
    let before = Found::of(old, &words.0)?;
    let now = Found::of(new, &words.1)?;
    let mut out = Out { old, new, before: &before, now: &now, parts: Vec::new(), from: (0, 0) };
    let same = |(o, n): &(usize, usize)| old.get(*o) == new.get(*n);
    for (o, n) in equal(segments, &before, &now).into_iter().filter(same) {
        out.gap(o, n);
        out.push(false, (o, n), (o + 1, n + 1));
    }
    out.gap(old.len(), new.len());
    Some(out.parts)
}

/// The tokens of a text, found among those of the Markdown that holds it.
struct Found {
    /// For each token of the text that was found, the byte where it begins there, and its place in the Markdown.
    tokens: Vec<(usize, usize)>,
    /// For each token of the Markdown, whether it is a word of the text.
    words: Vec<bool>,
}

impl Found {
    /// None where a word of the text is not found.
    fn of(markdown: &[&str], text: &str) -> Option<Self> {
        let mut found = Self { tokens: Vec::new(), words: vec![false; markdown.len()] };
        // Signs since the last word, which are looked for only as far as the next one.
        let mut signs: Vec<(usize, &str)> = Vec::new();
        let (mut at, mut next) = (0, 0);
        for token in tokens(text) {
            if is_word(token) {
                let rest = markdown.get(next..)?;
                let end = next + rest.iter().position(|other| *other == token)?;
                found.signs(&mut signs, markdown, next..end);
                found.tokens.push((at, end));
                found.words.iter_mut().skip(end).take(1).for_each(|word| *word = true);
                next = end + 1;
            } else if !token.trim().is_empty() {
                signs.push((at, token));
            }
            at += token.len();
        }
        found.signs(&mut signs, markdown, next..markdown.len());
        Some(found)
    }

    fn signs(
        &mut self,
        signs: &mut Vec<(usize, &str)>,
        markdown: &[&str],
        within: std::ops::Range<usize>,
    ) {
        let mut next = within.start;
        for (at, sign) in signs.drain(..) {
            let rest = markdown.get(next..within.end).unwrap_or_default();
            let same = |token: &&str| {
                token.strip_prefix('\\').filter(|own| !own.is_empty()).unwrap_or(token) == sign
            };
            if let Some(by) = rest.iter().position(same) {
                self.tokens.push((at, next + by));
                next += by + 1;
            }
        }
    }

    /// The tokens in `length` bytes of the text from `start` on, by the bytes from there to where they begin.
    fn within(&self, start: usize, length: usize) -> impl Iterator<Item = (usize, usize)> {
        let first = self.tokens.partition_point(|(at, _)| *at < start);
        let own = self.tokens.get(first..).unwrap_or_default().iter();
        own.take_while(move |(at, _)| *at < start + length)
            .map(move |(at, token)| (at - start, *token))
    }
}

/// Tokens of the old and of the new Markdown that are one, ascending on both sides.
fn equal(segments: &[Segment], before: &Found, now: &Found) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut o, mut n) = (0, 0);
    for segment in segments {
        let length = segment.text.len();
        if segment.op == Op::Equal {
            let mut others = now.within(n, length).peekable();
            for (by, token) in before.within(o, length) {
                while others.next_if(|(other, _)| *other < by).is_some() {}
                pairs.extend(
                    others.next_if(|(other, _)| *other == by).map(|(_, other)| (token, other)),
                );
            }
        }
        o += if segment.op == Op::Insert { 0 } else { length };
        n += if segment.op == Op::Delete { 0 } else { length };
    }
    pairs
}

struct Out<'t> {
    old: &'t [&'t str],
    new: &'t [&'t str],
    before: &'t Found,
    now: &'t Found,
    parts: Vec<Part>,
    from: (usize, usize),
}

impl Out<'_> {
    /// What lies before tokens that are one. Words of the texts are never the same here: what the redline has as another
    /// word is another word. What stands before and behind them is compared sign by sign.
    fn gap(&mut self, o: usize, n: usize) {
        let word = |found: &Found, at: usize| found.words.get(at) == Some(&true);
        let olds = (self.from.0..o).filter(|at| word(self.before, *at));
        let news = (self.from.1..n).filter(|at| word(self.now, *at));
        let (olds, news) = (olds.collect::<Vec<_>>(), news.collect::<Vec<_>>());
        match (olds.first().zip(olds.last()), news.first().zip(news.last())) {
            (None, None) => self.compared((o, n)),
            (Some((from, last)), Some((start, end))) => {
                self.compared((*from, *start));
                self.push(true, self.from, (last + 1, end + 1));
                self.compared((o, n));
            }
            // Words came, or went: signs on both sides of them may be those of the other text.
            (gone, come) => {
                let words = gone.or(come).map(|(first, last)| (*first, *last)).unwrap_or_default();
                self.one_sided((o, n), words, gone.is_some());
            }
        }
    }

    /// Compares what comes before these tokens with nothing known of it.
    fn compared(&mut self, to: (usize, usize)) {
        let from = self.from;
        let own = (self.old.get(from.0..to.0), self.new.get(from.1..to.1));
        for part in parts(own.0.unwrap_or_default(), own.1.unwrap_or_default()) {
            let end = (from.0 + part.old.end, from.1 + part.new.end);
            self.push(part.differs, (from.0 + part.old.start, from.1 + part.new.start), end);
        }
        self.from = to;
    }

    /// Words of one text, from the first to the last of `words`, with nothing in their place in the other.
    fn one_sided(&mut self, (o, n): (usize, usize), words: (usize, usize), gone: bool) {
        let from = self.from;
        let (lead, rear) = match gone {
            true => (words.0 - from.0, o - words.1 - 1),
            false => (words.0 - from.1, n - words.1 - 1),
        };
        let short = (o - from.0).min(n - from.1);
        let same = |a: usize, b: usize| self.old.get(a) == self.new.get(b);
        let head = (0..short.min(lead)).take_while(|by| same(from.0 + by, from.1 + by)).count();
        let most = (short - head).min(rear);
        let tail = (1..=most).take_while(|by| same(o - by, n - by)).count();
        self.push(false, from, (from.0 + head, from.1 + head));
        self.push(true, (from.0 + head, from.1 + head), (o - tail, n - tail));
        self.push(false, (o - tail, n - tail), (o, n));
    }

    fn push(&mut self, differs: bool, from: (usize, usize), to: (usize, usize)) {
        self.from = to;
        if from == to {
            return;
        }
        match self.parts.last_mut().filter(|last| last.differs == differs) {
            Some(last) => (last.old.end, last.new.end) = to,
            None => self.parts.push(Part { differs, old: from.0..to.0, new: from.1..to.1 }),
        }
    }
}

/// True of words and figures, and not of signs.
fn is_word(token: &str) -> bool {
    token.starts_with(char::is_alphanumeric)
}
