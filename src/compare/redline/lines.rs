//! Two texts in; which lines of theirs have so much in common that a word of the one may be a word of the other, out.

use std::ops::Range;

use super::align::{BIT, MOST_CELLS, Stretch, TOKEN};
use super::joined::{Joined, Token};

/// Two lines are akin where they share this much of what the smaller of them counts. Sub-paragraphs that change places
/// share no more than their first words ("To promote"), which would else be kept at the place of another; a line that was
/// cut in two, or joined to another, is akin to both (docs/thresholds.md).
const LEAST: f32 = 0.34;

/// The lines of two texts: sub-paragraphs, list items, and paragraphs that were split or merged.
pub(super) struct Lines {
    old: Vec<Range<usize>>,
    new: Vec<Range<usize>>,
    akin: Vec<bool>,
}

impl Lines {
    /// `None` where both texts are one line, or where there is too much to look at.
    pub(super) fn of(old: &Joined, new: &Joined) -> Option<Self> {
        // Most paragraphs are one line, and this is said much quicker than where lines begin.
        let several = old.text.contains('\n') || new.text.contains('\n');
        if !several || old.tokens.len() * new.tokens.len() > MOST_CELLS {
            return None;
        }
        let (left, right) = (lines(old), lines(new));
        if left.len() <= 1 && right.len() <= 1 {
            return None;
        }
        let (own, theirs) = (counted(old, &left), counted(new, &right));
        let pairs = own.iter().flat_map(|a| theirs.iter().map(move |b| are_akin(a, b)));
        let akin = pairs.collect();
        Some(Self { old: left, new: right, akin })
    }

    /// True where the old token `o` and the new token `n` stand in lines that are akin.
    pub(super) fn may_be(&self, o: usize, n: usize) -> bool {
        self.are_akin(nth(&self.old, o), nth(&self.new, n))
    }

    fn are_akin(&self, old: usize, new: usize) -> bool {
        self.akin.get(old * self.new.len() + new).copied().unwrap_or_default()
    }

    /// Cuts each edit where lines that are akin end, or begin, in both texts: a word that takes the place of another at
    /// the end of its line, and the line behind it that went, are two edits.
    pub(super) fn cut(&self, stretches: Vec<Stretch>) -> Vec<Stretch> {
        let pieces = |stretch: Stretch| {
            let cuts = if stretch.equal { Vec::new() } else { self.cuts(&stretch) };
            let ends = cuts.into_iter().chain([(stretch.old.end, stretch.new.end)]);
            let mut from = (stretch.old.start, stretch.new.start);
            ends.filter_map(move |to| {
                let (old, new) = (from.0..to.0, from.1..to.1);
                from = to;
                (!old.is_empty() || !new.is_empty()).then_some(Stretch {
                    old,
                    new,
                    equal: stretch.equal,
                })
            })
        };
        stretches.into_iter().flat_map(pieces).collect()
    }

    /// Where an edit is cut: the old and the new token behind each cut.
    fn cuts(&self, Stretch { old, new, .. }: &Stretch) -> Vec<(usize, usize)> {
        let mut cuts = Vec::new();
        if old.is_empty() || new.is_empty() {
            return cuts;
        }
        let (l, m) = (nth(&self.old, old.start), nth(&self.new, new.start));
        let ends = (end(&self.old, l), end(&self.new, m));
        if self.are_akin(l, m) && ends.0 <= old.end && ends.1 <= new.end {
            cuts.push(ends);
        }
        let least = cuts.first().copied().unwrap_or((old.start, new.start));
        let (l, m) = (nth(&self.old, old.end - 1), nth(&self.new, new.end - 1));
        let starts = (start(&self.old, l), start(&self.new, m));
        if self.are_akin(l, m) && starts.0 >= least.0 && starts.1 >= least.1 {
            cuts.push(starts);
        }
        cuts
    }
}

/// The tokens of each line that has any.
fn lines(side: &Joined) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in 0..side.tokens.len() {
        let begins = at == 0 || side.between(at, at).slice(&side.text).contains('\n');
        match out.last_mut().filter(|_| !begins) {
            Some(line) => line.end = at + 1,
            None => out.push(at..at + 1),
        }
    }
    out
}

/// The tokens of a line in the order of their keys, and what they count together.
type Counted<'t> = (Vec<&'t Token>, f32);

fn counted<'t>(side: &'t Joined, lines: &[Range<usize>]) -> Vec<Counted<'t>> {
    let line = |tokens: &Range<usize>| {
        let mut tokens: Vec<&Token> =
            side.tokens.get(tokens.clone()).into_iter().flatten().collect();
        tokens.sort_unstable_by_key(|token| token.key);
        let all = tokens.iter().map(|token| counts(token)).sum();
        (tokens, all)
    };
    lines.iter().map(line).collect()
}

fn counts(token: &Token) -> f32 {
    TOKEN + BIT * token.worth
}

fn are_akin((left, own): &Counted, (right, theirs): &Counted) -> bool {
    let mut other = right.iter().peekable();
    let mut shared = 0.0;
    for token in left {
        while other.next_if(|next| next.key < token.key).is_some() {}
        if other.next_if(|next| next.key == token.key).is_some() {
            shared += counts(token);
        }
    }
    shared >= LEAST * own.min(*theirs)
}

fn nth(lines: &[Range<usize>], token: usize) -> usize {
    lines.partition_point(|line| line.end <= token)
}

fn start(lines: &[Range<usize>], line: usize) -> usize {
    lines.get(line).map_or(0, |line| line.start)
}

fn end(lines: &[Range<usize>], line: usize) -> usize {
    lines.get(line).map_or(usize::MAX, |line| line.end)
}
