//! The tokens of two texts in; the stretches they share in order, and the edits between these, out.

use std::ops::Range;

use super::joined::Token;
use super::lines::Lines;
use crate::text::shared_runs;

/// A stretch of both texts: the same tokens, or one in place of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    pub(super) equal: bool,
}

/// What every shared token counts, and what a bit of its worth adds.
pub(super) const TOKEN: f32 = 0.4;
pub(super) const BIT: f32 = 0.25;

/// What an edit costs. A shared word between two edits is kept only if it counts for more than the edit that it makes
/// two of: "of the" is not, "sustainable development" is. So a rewritten sentence is shown as one replacement.
const EDIT: f32 = 2.2;

/// Texts with more pairs of tokens than this are first cut at the runs they share.
pub(super) const MOST_CELLS: usize = 1 << 19;

/// Such runs have at least so many tokens.
const RUN: usize = 4;

/// Aligns two texts: of all alignments the one whose shared tokens count most, less what its edits cost. A word deleted
/// and a word inserted at one place are one edit. Where there are several lines, only words of akin ones are shared.
///
/// That is sequence alignment with a cost for opening a gap (Gotoh, "An improved algorithm for matching biological
/// sequences", 1982), with one kind of gap for both sides and none for its length.
pub(super) fn align(old: &[Token], new: &[Token], lines: Option<&Lines>) -> Vec<Stretch> {
    let same = |(a, b): &(&Token, &Token)| a.key == b.key;
    let may_be = |o: usize, n: usize| lines.is_none_or(|lines| lines.may_be(o, n));
    let mut head = old.iter().zip(new).take_while(same).count();
    while head > 0 && !may_be(head - 1, head - 1) {
        head -= 1;
    }
    let short = old.len().min(new.len()) - head;
    let mut tail = old.iter().rev().zip(new.iter().rev()).take(short).take_while(same).count();
    while tail > 0 && !may_be(old.len() - tail, new.len() - tail) {
        tail -= 1;
    }
    let mut out = Stretches::default();
    out.equal(0, 0, head);
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    middle(old, new, (head..old_end, head..new_end), lines, &mut out);
    out.equal(old_end, new_end, tail);
    out.all
}

/// Aligns what lies between equal ends.
fn middle(
    old: &[Token],
    new: &[Token],
    (a, b): (Range<usize>, Range<usize>),
    lines: Option<&Lines>,
    out: &mut Stretches,
) {
    let (Some(left), Some(right)) = (old.get(a.clone()), new.get(b.clone())) else { return };
    if left.is_empty() || right.is_empty() {
        out.edit(a, b);
    } else if left.len() * right.len() <= MOST_CELLS {
        best(left, right, (a.start, b.start), lines, out);
    } else {
        let keys = |tokens: &[Token]| tokens.iter().map(|token| token.key).collect::<Vec<_>>();
        let mut from = (a.start, b.start);
        for run in shared_runs(&keys(left), &keys(right), RUN) {
            let at = (a.start + run.a, b.start + run.b);
            small(old, new, (from.0..at.0, from.1..at.1), out);
            out.equal(at.0, at.1, run.len);
            from = (at.0 + run.len, at.1 + run.len);
        }
        small(old, new, (from.0..a.end, from.1..b.end), out);
    }
}

/// Aligns what lies between two runs; where it is too much, one text takes the place of the other.
fn small(old: &[Token], new: &[Token], (a, b): (Range<usize>, Range<usize>), out: &mut Stretches) {
    let (Some(left), Some(right)) = (old.get(a.clone()), new.get(b.clone())) else { return };
    if left.is_empty() || right.is_empty() || left.len() * right.len() > MOST_CELLS {
        out.edit(a, b);
    } else {
        best(left, right, (a.start, b.start), None, out);
    }
}

/// Stands for the start of both texts, before any pair of tokens.
const START: u32 = u32::MAX;

/// Two equal tokens, and the pair before them on the best way that ends with them.
struct Pair {
    old: u32,
    new: u32,
    before: u32,
}

/// The best way to a place in both texts: what it counts, and its last pair.
#[derive(Clone, Copy)]
struct Way {
    counts: f32,
    last: u32,
}

/// The best alignment by dynamic programming, row by row of the old text. Only equal tokens are looked at: what lies
/// between them is one edit, however long, and the best way that ends in an edit changes only behind a new pair. No row
/// takes more steps than the new text has tokens and the old token has places in it.
///
/// Among equals it is the way that was found first: in the row above, else further left.
fn best(
    old: &[Token],
    new: &[Token],
    (a, b): (usize, usize),
    lines: Option<&Lines>,
    out: &mut Stretches,
) {
    let mut places: Vec<(u64, u32)> = new.iter().map(|token| token.key).zip(0..).collect();
    places.sort_unstable();
    let mut pairs: Vec<Pair> = Vec::new();
    // The best way that ends in an edit, before each token of the new text and at its end.
    let mut edited = vec![Way { counts: -EDIT, last: START }; new.len() + 1];
    // Those that end in a pair of the row above and of this row, by the place behind it; at first the start itself.
    let mut above: Vec<(usize, Way)> = vec![(0, Way { counts: 0.0, last: START })];
    let mut row: Vec<(usize, Way)> = Vec::new();
    for (at, left) in old.iter().enumerate() {
        let first = places.partition_point(|(key, _)| *key < left.key);
        let equal = places.get(first..).unwrap_or_default();
        let mut beside = above.iter().peekable();
        for (_, place) in equal.iter().take_while(|(key, _)| *key == left.key) {
            let Some(edit) = edited.get(*place as usize) else { continue };
            if lines.is_some_and(|lines| !lines.may_be(a + at, b + *place as usize)) {
                continue;
            }
            while beside.next_if(|(behind, _)| *behind < *place as usize).is_some() {}
            let follows = beside.peek().filter(|(behind, _)| *behind == *place as usize);
            let before = match follows {
                Some((_, pair)) if edit.counts <= pair.counts => pair,
                _ => edit,
            };
            let counts = before.counts + TOKEN + BIT * left.worth;
            row.push((*place as usize + 1, Way { counts, last: pairs.len() as u32 }));
            pairs.push(Pair { old: at as u32, new: *place, before: before.last });
        }
        for (behind, pair) in above.drain(..) {
            edited.get_mut(behind).into_iter().for_each(|edit| edit.take(pair));
        }
        // Behind each pair, as far as the next, the best pair so far; it leads nowhere any more where it counts less.
        let mut leads = Way { counts: f32::NEG_INFINITY, last: START };
        for (nth, (behind, pair)) in row.iter().enumerate() {
            leads = if pair.counts > leads.counts { *pair } else { leads };
            let end = row.get(nth + 1).map_or(edited.len(), |(next, _)| next + 1);
            let further = edited.get_mut(behind + 1..end).unwrap_or_default();
            let less = |edit: &&mut Way| edit.counts < leads.counts - EDIT;
            further.iter_mut().take_while(less).for_each(|edit| edit.take(leads));
        }
        std::mem::swap(&mut above, &mut row);
    }
    let ends = edited.last().copied();
    let matched = above.last().filter(|(behind, _)| *behind == new.len()).map(|(_, way)| *way);
    let last = match (matched, ends) {
        (Some(matched), Some(edit)) if matched.counts > edit.counts => matched.last,
        (_, edit) => edit.map_or(START, |edit| edit.last),
    };
    trace(&pairs, last, (old.len(), new.len()), (a, b), out);
}

impl Way {
    /// Goes on from `pair` into an edit, where that counts more.
    fn take(&mut self, pair: Way) {
        if pair.counts - EDIT > self.counts {
            *self = Way { counts: pair.counts - EDIT, ..pair };
        }
    }
}

/// Goes the best way back from its last pair, and tells its stretches from the start on.
fn trace(
    pairs: &[Pair],
    last: u32,
    end: (usize, usize),
    (a, b): (usize, usize),
    out: &mut Stretches,
) {
    let mut way: Vec<&Pair> = Vec::new();
    let mut at = pairs.get(last as usize);
    while let Some(pair) = at {
        way.push(pair);
        at = pairs.get(pair.before as usize);
    }
    let mut from = (0, 0);
    for (i, j) in way.into_iter().rev().map(|pair| (pair.old as usize, pair.new as usize)) {
        out.edit(a + from.0..a + i, b + from.1..b + j);
        out.equal(a + i, b + j, 1);
        from = (i + 1, j + 1);
    }
    out.edit(a + from.0..a + end.0, b + from.1..b + end.1);
}

#[derive(Default)]
struct Stretches {
    all: Vec<Stretch>,
}

impl Stretches {
    fn equal(&mut self, old: usize, new: usize, len: usize) {
        self.push(Stretch { old: old..old + len, new: new..new + len, equal: true });
    }

    fn edit(&mut self, old: Range<usize>, new: Range<usize>) {
        self.push(Stretch { old, new, equal: false });
    }

    /// Adds a stretch, joined to the last one where it is of the same kind.
    fn push(&mut self, stretch: Stretch) {
        if stretch.old.is_empty() && stretch.new.is_empty() {
            return;
        }
        match self.all.last_mut() {
            Some(last) if last.equal == stretch.equal => {
                last.old.end = stretch.old.end;
                last.new.end = stretch.new.end;
            }
            _ => self.all.push(stretch),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    /// What the best alignment counts, by looking at all pairs of tokens.
    fn most(old: &[Token], new: &[Token]) -> f32 {
        let mut matched = vec![vec![f32::NEG_INFINITY; new.len() + 1]; old.len() + 1];
        let mut edited = vec![vec![f32::NEG_INFINITY; new.len() + 1]; old.len() + 1];
        matched[0][0] = 0.0;
        for i in 0..=old.len() {
            for j in 0..=new.len() {
                let mut from = |a: usize, b: usize| {
                    edited[i][j] = edited[i][j].max(edited[a][b]).max(matched[a][b] - EDIT);
                };
                (i > 0).then(|| from(i - 1, j));
                (j > 0).then(|| from(i, j - 1));
                if i > 0 && j > 0 && old[i - 1].key == new[j - 1].key {
                    let before = matched[i - 1][j - 1].max(edited[i - 1][j - 1]);
                    matched[i][j] = before + TOKEN + BIT * old[i - 1].worth;
                }
            }
        }
        matched[old.len()][new.len()].max(edited[old.len()][new.len()])
    }

    #[test]
    fn no_alignment_counts_more() {
        let mut seed = 7u64;
        let mut next = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % most
        };
        for round in 0..4000 {
            let kinds = 1 + round % 7;
            let mut text = |most: u64| -> Vec<Token> {
                let keys: Vec<u64> = (0..next(most)).map(|_| next(kinds)).collect();
                let token = |key| Token { span: Span::default(), key, worth: key as f32 * 1.3 };
                keys.into_iter().map(token).collect()
            };
            let (old, new) = (text(14), text(14));
            let mut out = Stretches::default();
            best(&old, &new, (0, 0), None, &mut out);
            let counts = |stretch: &Stretch| -> f32 {
                let tokens = &old[stretch.old.clone()];
                match stretch.equal {
                    true => tokens.iter().map(|token| TOKEN + BIT * token.worth).sum(),
                    false => -EDIT,
                }
            };
            let count: f32 = out.all.iter().map(counts).sum();
            let wanted = most(&old, &new);
            assert!((count - wanted).abs() < 1e-3, "{count} {wanted} {old:?} {new:?}");
            for equal in out.all.iter().filter(|stretch| stretch.equal) {
                let keys = |tokens: &[Token]| tokens.iter().map(|t| t.key).collect::<Vec<_>>();
                assert_eq!(keys(&old[equal.old.clone()]), keys(&new[equal.new.clone()]));
            }
        }
    }
}
