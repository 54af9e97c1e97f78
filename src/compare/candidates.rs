//! Paragraphs of both sides as bags of terms in; for each new one the old ones it may have come from out.

use super::lexicon::{Bag, Lexicon};

/// Two paragraphs that may be one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Likeness {
    pub(super) old: usize,
    pub(super) new: usize,
    /// Worth, in bits, of the words both have, in whatever order.
    pub(super) words: f32,
    /// Worth of the pairs of neighbouring words both have.
    pub(super) pairs: f32,
    /// Worth of all words of the old, and of the new paragraph.
    pub(super) whole: (f32, f32),
}

impl Likeness {
    /// Share (0..1) of the words of both that both have.
    pub(super) fn of_both(&self) -> f32 {
        2.0 * self.words / (self.whole.0 + self.whole.1).max(f32::MIN_POSITIVE)
    }

    /// Share (0..1) of the words of the shorter one that the other has: a paragraph that was expanded keeps all of it.
    pub(super) fn of_shorter(&self) -> f32 {
        self.words / self.whole.0.min(self.whole.1).max(f32::MIN_POSITIVE)
    }
}

/// So many old paragraphs are looked at closely for each new one.
const MOST: usize = 8;

/// Of a term that more old paragraphs have, only those that stand nearest to where the new one is expected count:
/// thousands of paragraphs with the same few words must not make the search quadratic.
const MOST_PLACES: usize = 24;

/// The old paragraphs that share most with each new one of `rest`, the likest first. `expected` tells where among the
/// old paragraphs a new one would stand if nothing had been moved.
pub(super) fn candidates(
    lexicon: &Lexicon,
    rest: (&[usize], &[usize]),
    expected: impl Fn(usize) -> usize,
) -> Vec<Likeness> {
    let places = Places::new(lexicon, rest.0);
    let mut sums = vec![0f32; lexicon.old.len()];
    let mut met: Vec<u32> = Vec::new();
    let mut out = Vec::new();
    for new in rest.1 {
        let Some(bag) = lexicon.new.get(*new) else { continue };
        let here = expected(*new) as u32;
        for terms in bag.terms.chunk_by(|a, b| a == b) {
            let Some(term) = terms.first() else { continue };
            let worth = lexicon.worth(*term);
            for old in places.nearest(*term, here) {
                if let Some(sum) = sums.get_mut(*old as usize) {
                    if *sum == 0.0 {
                        met.push(*old);
                    }
                    *sum += worth;
                }
            }
        }
        let first = out.len();
        // Where an old paragraph is long it may share much by accident; where it is short, all of it.
        let sum = |old: u32| sums.get(old as usize).copied().unwrap_or_default();
        let weight = |old: u32| lexicon.old.get(old as usize).map_or(0.0, |bag| bag.weight);
        let dice = |old: u32| sum(old) / (weight(old) + bag.weight);
        let mut best: Vec<u32> = Vec::new();
        for rank in [&sum as &dyn Fn(u32) -> f32, &dice] {
            let order = |a: &u32, b: &u32| rank(*b).total_cmp(&rank(*a)).then(a.cmp(b));
            if met.len() > MOST {
                met.select_nth_unstable_by(MOST, order);
            }
            best.extend(met.iter().take(MOST));
        }
        best.sort_unstable();
        best.dedup();
        for old in &best {
            if let Some(other) = lexicon.old.get(*old as usize) {
                out.push(likeness(lexicon, (*old as usize, other), (*new, bag)));
            }
        }
        if let Some(found) = out.get_mut(first..) {
            found.sort_by(|a, b| b.words.total_cmp(&a.words).then(a.old.cmp(&b.old)));
        }
        met.drain(..).for_each(|old| {
            sums.iter_mut().skip(old as usize).take(1).for_each(|sum| *sum = 0.0);
        });
    }
    out
}

/// What two paragraphs share.
pub(super) fn likeness(
    lexicon: &Lexicon,
    (o, old): (usize, &Bag),
    (n, new): (usize, &Bag),
) -> Likeness {
    let (mut words, mut pairs) = (0.0, 0.0);
    for term in shared(&old.terms, &new.terms) {
        let worth = lexicon.worth(term);
        if lexicon.is_word(term) { words += worth } else { pairs += worth }
    }
    Likeness { old: o, new: n, words, pairs, whole: (old.weight, new.weight) }
}

/// The terms that stand in both of two ascending lists, each as often as in both.
pub(super) fn shared<'t>(a: &'t [u32], b: &'t [u32]) -> impl Iterator<Item = u32> + 't {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            i += usize::from(x <= y);
            j += usize::from(y <= x);
            if x == y {
                return Some(*x);
            }
        }
        None
    })
}

/// The old paragraphs that have each term, ascending, one list behind the other.
struct Places {
    ends: Vec<u32>,
    old: Vec<u32>,
}

impl Places {
    fn new(lexicon: &Lexicon, rest: &[usize]) -> Self {
        let mut ends = vec![0u32; lexicon.len() + 1];
        let distinct = |at: usize| {
            let terms = lexicon.old.get(at).map_or(&[][..], |bag| bag.terms.as_slice());
            terms.chunk_by(|a, b| a == b).filter_map(|same| same.first().copied())
        };
        for term in rest.iter().flat_map(|at| distinct(*at)) {
            ends.iter_mut().skip(term as usize + 1).take(1).for_each(|end| *end += 1);
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        // Each list's start moves on to its end while it is filled; starts are the ends of the lists before.
        let mut next = ends.clone();
        let mut old = vec![0u32; sum as usize];
        for at in rest {
            for term in distinct(*at) {
                if let Some(next) = next.get_mut(term as usize) {
                    old.iter_mut().skip(*next as usize).take(1).for_each(|slot| *slot = *at as u32);
                    *next += 1;
                }
            }
        }
        Self { ends, old }
    }

    /// The paragraphs with the term, at most [`MOST_PLACES`] of them: those nearest to `here`.
    fn nearest(&self, term: u32, here: u32) -> &[u32] {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let all = self.old.get(end(term as usize)..end(term as usize + 1)).unwrap_or_default();
        let middle = all.partition_point(|old| *old < here);
        let from =
            middle.saturating_sub(MOST_PLACES / 2).min(all.len().saturating_sub(MOST_PLACES));
        all.get(from..all.len().min(from + MOST_PLACES)).unwrap_or_default()
    }
}
