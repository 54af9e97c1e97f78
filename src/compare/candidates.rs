//! Paragraphs of both sides as bags of terms in; for each new one the old ones it may have come from out.

use rayon::prelude::*;

use super::lexicon::{Bag, Lexicon, PAIR};
use super::side::FEW;

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

/// Terms worth less, in bits, tell nothing of a paragraph that has enough others.
const TELLING: f32 = 1.0;
const ENOUGH: f32 = 40.0;

/// The old paragraphs that share most with each new one of `rest`, the likest first. `expected` tells where among the
/// old paragraphs a new one would stand if nothing had been moved.
pub(super) fn candidates(
    lexicon: &Lexicon,
    rest: (&[usize], &[usize]),
    expected: impl Fn(usize) -> usize + Sync,
) -> Vec<Likeness> {
    let words = || Places::new(&lexicon.old, rest.0, lexicon.words.len(), |bag| &bag.sorted);
    let pairs = || Places::new(&lexicon.old, rest.0, lexicon.pairs.len(), |bag| &bag.pairs);
    let (words, pairs) =
        if rest.1.len() < FEW { (words(), pairs()) } else { rayon::join(words, pairs) };
    let search = Search { lexicon, words, pairs };
    let tally = || Tally {
        sums: vec![0.0; lexicon.old.len()],
        met: Vec::new(),
        words: Own::new(lexicon.words.len()),
        pairs: Own::new(lexicon.pairs.len()),
    };
    let found = |tally: &mut Tally, new: &usize| search.alike(*new, expected(*new) as u32, tally);
    if rest.1.len() < FEW {
        let mut tally = tally();
        rest.1.iter().flat_map(|new| found(&mut tally, new)).collect()
    } else {
        // Few large stretches: a tally is made for each.
        let stretch = rest.1.len() / (STRETCHES * rayon::current_num_threads()) + 1;
        rest.1.par_iter().with_min_len(stretch).map_init(tally, found).flatten_iter().collect()
    }
}

/// Stretches of new paragraphs that each thread looks through.
const STRETCHES: usize = 4;

struct Search<'l> {
    lexicon: &'l Lexicon,
    words: Places,
    pairs: Places,
}

/// What each old paragraph shares with a new one, and which of them share anything; with the terms of the new one.
struct Tally {
    sums: Vec<f32>,
    met: Vec<u32>,
    words: Own,
    pairs: Own,
}

impl Tally {
    fn add(&mut self, terms: &[u32], places: &Places, worths: &[f32], here: u32, least: f32) {
        for term in terms.chunk_by(|a, b| a == b).filter_map(<[u32]>::first) {
            let worth = worths.get(*term as usize).copied().unwrap_or_default();
            if worth < least {
                continue;
            }
            for old in places.nearest(*term, here) {
                if let Some(sum) = self.sums.get_mut(*old as usize) {
                    if *sum == 0.0 {
                        self.met.push(*old);
                    }
                    *sum += worth;
                }
            }
        }
    }
}

impl Search<'_> {
    fn alike(&self, new: usize, here: u32, tally: &mut Tally) -> Vec<Likeness> {
        let lexicon = self.lexicon;
        let Some(bag) = lexicon.new.get(new) else { return Vec::new() };
        let least = if bag.weight < ENOUGH { 0.0 } else { TELLING };
        tally.add(&bag.sorted, &self.words, &lexicon.words, here, least);
        tally.add(&bag.pairs, &self.pairs, &lexicon.pairs, here, PAIR * least);
        // Where an old paragraph is long it may share much by accident; where it is short, all of it.
        let (mut by_sum, mut by_share) = (Best::new(), Best::new());
        for old in tally.met.drain(..) {
            let Some(sum) = tally.sums.get_mut(old as usize).map(std::mem::take) else { continue };
            let weight = lexicon.old.get(old as usize).map_or(0.0, |bag| bag.weight);
            by_sum.take(sum, old, here);
            by_share.take(sum / (weight + bag.weight), old, here);
        }
        let mut best: Vec<usize> = Vec::with_capacity(2 * MOST);
        best.extend(by_sum.olds().chain(by_share.olds()));
        best.sort_unstable();
        best.dedup();
        tally.words.take(&bag.sorted, &lexicon.words);
        tally.pairs.take(&bag.pairs, &lexicon.pairs);
        let like = |old: usize| {
            let other = lexicon.old.get(old)?;
            Some(Likeness {
                old,
                new,
                words: tally.words.shared_with(&other.sorted, &bag.sorted),
                pairs: tally.pairs.shared_with(&other.pairs, &bag.pairs),
                whole: (other.weight, bag.weight),
            })
        };
        let mut found: Vec<Likeness> = Vec::with_capacity(best.len());
        found.extend(best.into_iter().filter_map(like));
        tally.words.give_back(&bag.sorted);
        tally.pairs.give_back(&bag.pairs);
        found.sort_by(|a, b| b.words.total_cmp(&a.words).then(a.old.cmp(&b.old)));
        found
    }
}

/// The [`MOST`] old paragraphs of the highest rank, of equals the nearest, in their order.
struct Best(Vec<(f32, u32, u32)>);

impl Best {
    fn new() -> Self {
        Self(Vec::with_capacity(MOST + 1))
    }

    #[inline]
    fn take(&mut self, rank: f32, old: u32, here: u32) {
        if self.0.get(MOST - 1).is_none_or(|last| rank >= last.0) {
            self.put(rank, old, here);
        }
    }

    fn put(&mut self, rank: f32, old: u32, here: u32) {
        let own = (rank, old.abs_diff(here), old);
        let before = |other: &(f32, u32, u32)| {
            other.0.total_cmp(&own.0).then((own.1, own.2).cmp(&(other.1, other.2))).is_gt()
        };
        let at = self.0.partition_point(before);
        self.0.truncate(MOST - usize::from(at < MOST));
        if at < MOST {
            self.0.insert(at, own);
        }
    }

    fn olds(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|(_, _, old)| *old as usize)
    }
}

/// For each term how often the paragraph at hand has it, and what it is worth there.
struct Own(Vec<(u32, f32)>);

/// A paragraph so many times as long as another is not gone through for it from end to end.
const MUCH_LONGER: usize = 8;

impl Own {
    fn new(count: usize) -> Self {
        Self(vec![(0, 0.0); count])
    }

    fn take(&mut self, terms: &[u32], worths: &[f32]) {
        for term in terms {
            let at = *term as usize;
            if let (Some((count, worth)), Some(own)) = (self.0.get_mut(at), worths.get(at)) {
                (*count, *worth) = (*count + 1, *own);
            }
        }
    }

    fn give_back(&mut self, terms: &[u32]) {
        for term in terms {
            self.0.iter_mut().skip(*term as usize).take(1).for_each(|own| *own = (0, 0.0));
        }
    }

    /// Worth of the terms that the paragraph at hand, which has `own`, shares with another; both ascend.
    fn shared_with(&self, other: &[u32], own: &[u32]) -> f32 {
        let held = |term: u32| self.0.get(term as usize).copied().unwrap_or_default();
        if other.len() > MUCH_LONGER * own.len() {
            return shared(own, other).map(|term| held(term).1).sum();
        }
        let (mut last, mut times, mut sum) = (u32::MAX, 0, 0.0);
        for term in other {
            times = if *term == last { times + 1 } else { 1 };
            last = *term;
            let (count, worth) = held(*term);
            sum += if times <= count { worth } else { 0.0 };
        }
        sum
    }
}

/// The terms that stand in both of two ascending lists, each as often as in both.
pub(super) fn shared<'t, T: Copy + Ord>(a: &'t [T], b: &'t [T]) -> impl Iterator<Item = T> + 't {
    let (short, mut long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let jump = long.len() / (8 * short.len().max(1)) * 8;
    short.iter().copied().filter(move |term| {
        // Through a much longer list in large steps.
        while jump > 0 && long.get(jump).is_some_and(|far| far < term) {
            long = long.get(jump..).unwrap_or_default();
        }
        while let Some((first, rest)) = long.split_first()
            && first <= term
        {
            long = rest;
            if first == term {
                return true;
            }
        }
        false
    })
}

/// The old paragraphs that have each term, ascending, one list behind the other.
struct Places {
    ends: Vec<u32>,
    old: Vec<u32>,
}

impl Places {
    /// Where each of `count` terms stands in the old paragraphs `rest`, of which `terms` gives the ascending ones.
    fn new(bags: &[Bag], rest: &[usize], count: usize, terms: impl Fn(&Bag) -> &[u32]) -> Self {
        let distinct = |at: usize| {
            let terms = bags.get(at).map_or(&[][..], &terms);
            terms.chunk_by(|a, b| a == b).filter_map(|same| same.first().copied())
        };
        let mut ends = vec![0u32; count + 1];
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
        if all.len() <= MOST_PLACES {
            return all;
        }
        let middle = all.partition_point(|old| *old < here);
        let from =
            middle.saturating_sub(MOST_PLACES / 2).min(all.len().saturating_sub(MOST_PLACES));
        all.get(from..all.len().min(from + MOST_PLACES)).unwrap_or_default()
    }
}
