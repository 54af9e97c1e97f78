//! Pairs, and what is left alone on both sides, in; the links that make splits and merges of them out.

use std::iter::repeat_n;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::candidates::{Likeness, shared};
use super::lexicon::{Bag, Lexicon};
use super::side::FEW;

/// Share (0..1) of the worth of a paragraph's words that must stand in what is left of another one, for it to be a part
/// of that one (docs/thresholds.md).
const LEAST_PART: f32 = 0.5;

/// Or the share (0..1) of what is left of that one, where this is more than a small share of it: a paragraph may be cut
/// and its part expanded.
const LEAST_LEFT: f32 = 0.7;
const LEAST_OF_WHOLE: f32 = 0.2;

/// What these words must be worth, in bits: a short stock phrase stands in many paragraphs. Less will do beside another
/// part of the same whole.
const LEAST_BITS: f32 = 20.0;
const LEAST_BITS_BESIDE: f32 = 3.0;

/// A pair in its place of which the one has so large a share (0..1) of the other is never given up.
const WHOLLY: f32 = 0.85;

/// Parts so near to one another stand beside one another: a paragraph may have been put between them.
const BESIDE: usize = 2;

/// What it is worth, in bits, to stand beside another part, as to stand in one's place.
const BESIDE_BITS: f32 = 12.0;

/// What each bit costs that a part has not from its whole, or that only one of a pair has.
const ONE_SIDED: f32 = 0.5;

/// So many words are looked at one by one for the next that two paragraphs share.
const NEAR: usize = 8;

/// One side as wholes that may have been cut, the other as the parts they may have been cut into.
struct Cut<'l> {
    lexicon: &'l Lexicon,
    wholes: &'l [Bag],
    parts: &'l [Bag],
    /// For each whole its parts so far, and for each part its wholes.
    of_whole: Vec<Vec<usize>>,
    of_part: Vec<Vec<usize>>,
    /// For each whole what its parts leave of it, once that was asked for.
    left: Vec<OnceLock<Left>>,
}

/// Two paragraphs, the one of which may be a part of the other.
struct Candidate {
    whole: usize,
    part: usize,
    /// Worth, in bits, of the words both have.
    words: f32,
}

/// A part found in what is left of a whole.
struct Found {
    whole: usize,
    part: usize,
    /// What it is worth, in bits, to take it for a part of this whole.
    worth: f32,
}

/// The words of a whole that none of its parts has.
struct Left {
    /// Ascending, each with how often it is left.
    words: Vec<(u32, usize)>,
    /// Their worth, in bits.
    worth: f32,
}

impl Left {
    fn new(whole: &Bag) -> Self {
        let same = whole.sorted.chunk_by(|a, b| a == b);
        let words = same.filter_map(|same| Some((*same.first()?, same.len())));
        Self { words: words.collect(), worth: whole.weight }
    }

    /// For each word that is left and that `part` has: its number, where it stands in `words`, and how often.
    fn taken<'p>(&'p self, part: &'p Bag) -> impl Iterator<Item = (u32, usize, usize)> + 'p {
        let mut from = 0;
        part.sorted.chunk_by(|a, b| a == b).filter_map(move |same| {
            let word = *same.first()?;
            let before = |(left, _): &(u32, usize)| *left < word;
            let rest = self.words.get(from..)?;
            // The next one is near, unless the whole is much longer than its part.
            let near = rest.iter().take(NEAR).position(|left| !before(left));
            from += near.unwrap_or_else(|| rest.partition_point(before));
            let (_, left) = self.words.get(from).filter(|(left, _)| *left == word)?;
            Some((word, from, same.len().min(*left)))
        })
    }

    /// Worth of the words that are left and that `part` has.
    fn shared(&self, part: &Bag, lexicon: &Lexicon) -> f32 {
        let words = self.taken(part).flat_map(|(word, _, times)| repeat_n(word, times));
        words.map(|word| lexicon.worth(word)).sum()
    }

    /// What is left without the words of `part`.
    fn without(mut self, part: &Bag, lexicon: &Lexicon) -> Self {
        self.worth -= self.shared(part, lexicon);
        let taken: Vec<(u32, usize, usize)> = self.taken(part).collect();
        for (_, at, times) in taken {
            self.words.iter_mut().skip(at).take(1).for_each(|(_, left)| *left -= times);
        }
        self
    }
}

/// Adds to `pairs` the links between each paragraph left alone and the one it is a part of: of an old paragraph that
/// was split, or of a new one it was merged into.
///
/// What counts is only what the whole does not already share with its own pair: two paragraphs that say nearly the
/// same are not parts of one another.
pub(super) fn with_parts(
    lexicon: &Lexicon,
    alike: &[Likeness],
    pairs: &[(usize, usize)],
    place: impl Fn(usize, usize) -> f32,
) -> Vec<(usize, usize)> {
    let flip = |(a, b): &(usize, usize)| (*b, *a);
    let split = alike.iter().map(|l| Candidate { whole: l.old, part: l.new, words: l.words });
    let merged = alike.iter().map(|l| Candidate { whole: l.new, part: l.old, words: l.words });
    let pairs = Cut::new(lexicon, (&lexicon.old, &lexicon.new), pairs).linked(split, &place);
    let flipped: Vec<(usize, usize)> = pairs.iter().map(flip).collect();
    let links = Cut::new(lexicon, (&lexicon.new, &lexicon.old), &flipped)
        .linked(merged, |new, old| place(old, new));
    links.iter().map(flip).collect()
}

impl<'l> Cut<'l> {
    fn new(
        lexicon: &'l Lexicon,
        (wholes, parts): (&'l [Bag], &'l [Bag]),
        pairs: &[(usize, usize)],
    ) -> Self {
        let mut of_whole = vec![Vec::new(); wholes.len()];
        let mut of_part = vec![Vec::new(); parts.len()];
        for (whole, part) in pairs {
            of_whole.iter_mut().skip(*whole).take(1).for_each(|of: &mut Vec<usize>| of.push(*part));
            of_part.iter_mut().skip(*part).take(1).for_each(|of: &mut Vec<usize>| of.push(*whole));
        }
        let left = wholes.iter().map(|_| OnceLock::new()).collect();
        Self { lexicon, wholes, parts, of_whole, of_part, left }
    }

    /// All links: those there were, less those given up, and those found. A part is taken from the pair it had where it
    /// is worth more as a part; `place` is what standing in its place is worth to such a pair.
    fn linked(
        mut self,
        candidates: impl Iterator<Item = Candidate>,
        place: impl Fn(usize, usize) -> f32,
    ) -> Vec<(usize, usize)> {
        let beside = self.beside();
        let candidates: Vec<Candidate> = candidates.chain(beside).collect();
        let mut found: Vec<Found> = if self.parts.len() < FEW {
            candidates.iter().filter_map(|candidate| self.find(candidate)).collect()
        } else {
            candidates.par_iter().filter_map(|candidate| self.find(candidate)).collect()
        };
        found.sort_by(|a, b| {
            b.worth.total_cmp(&a.worth).then((a.part, a.whole).cmp(&(b.part, b.whole)))
        });
        let mut settled = vec![false; self.parts.len()];
        for Found { whole, part, .. } in found {
            if settled.get(part) != Some(&false) {
                continue;
            }
            let held = self.of_part.get(part).map_or(&[][..], Vec::as_slice);
            let own = match held {
                [] => f32::NEG_INFINITY,
                [own] if place(*own, part) > 0.0 && self.is_part_of(*own, part) => continue,
                [own] => self.worth_as_pair(*own, part) + place(*own, part),
                _ => continue,
            };
            // What is left of the whole is less once another part was found in it.
            let again = Candidate { whole, part, words: f32::INFINITY };
            if self.find(&again).is_none_or(|found| found.worth <= own) {
                continue;
            }
            settled.iter_mut().skip(part).take(1).for_each(|slot| *slot = true);
            if let Some(own) = self.of_part.get_mut(part).and_then(Vec::pop)
                && let Some(others) = self.of_whole.get_mut(own)
            {
                others.retain(|other| *other != part);
                self.left.iter_mut().skip(own).take(1).for_each(|left| *left = OnceLock::new());
            }
            self.of_part.iter_mut().skip(part).take(1).for_each(|of| of.push(whole));
            self.of_whole.iter_mut().skip(whole).take(1).for_each(|of| of.push(part));
            if let (Some(slot), Some(part)) = (self.left.get_mut(whole), self.parts.get(part))
                && let Some(left) = slot.take()
            {
                *slot = OnceLock::from(left.without(part, self.lexicon));
            }
        }
        let of = self.of_part.iter().enumerate();
        of.flat_map(|(part, wholes)| wholes.iter().map(move |whole| (*whole, part))).collect()
    }

    /// For each part left alone the wholes of the parts beside it: a short stock phrase that was joined to a long
    /// paragraph shares too little of it to be among its candidates.
    fn beside(&self) -> Vec<Candidate> {
        let alone = (0..self.parts.len()).filter(|part| {
            let bag = self.parts.get(*part).is_some_and(|bag| !bag.words.is_empty());
            bag && self.of_part.get(*part).is_some_and(Vec::is_empty)
        });
        let near = |part: usize| part.saturating_sub(BESIDE)..=part + BESIDE;
        let wholes = |part: usize| {
            let of = near(part).filter_map(|other| self.of_part.get(other)).flatten();
            let mut of: Vec<usize> = of.copied().collect();
            of.sort_unstable();
            of.dedup();
            of.into_iter().map(move |whole| Candidate { whole, part, words: f32::INFINITY })
        };
        alone.flat_map(wholes).collect()
    }

    /// The part, where enough of its words stand in what its other parts leave of the whole.
    fn find(&self, candidate: &Candidate) -> Option<Found> {
        let Candidate { whole, part, words: most } = *candidate;
        let (all, of) = (self.wholes.get(whole)?, self.parts.get(part)?);
        let others = self.of_whole.get(whole)?;
        // A whole without any part would be the pair of this one, had it been worth it.
        if others.is_empty() || self.of_part.get(part)?.contains(&whole) {
            return None;
        }
        let beside = others.iter().any(|other| other.abs_diff(part) <= BESIDE);
        let least = if beside { LEAST_BITS_BESIDE } else { LEAST_BITS };
        let enough = |words: f32, rest: f32| {
            let expanded = words >= LEAST_LEFT * rest && words >= LEAST_OF_WHOLE * all.weight;
            words >= least && (words >= LEAST_PART * of.weight || expanded)
        };
        // What is left shares no more than the whole did: most candidates need no closer look.
        if !enough(most, 0.0) {
            return None;
        }
        let left = self.left.get(whole)?.get_or_init(|| {
            let others = others.iter().filter_map(|other| self.parts.get(*other));
            others.fold(Left::new(all), |left, other| left.without(other, self.lexicon))
        });
        if !enough(most.min(left.worth), left.worth) {
            return None;
        }
        let words = left.shared(of, self.lexicon);
        let worth = net(words, of.weight, left.worth) + if beside { BESIDE_BITS } else { 0.0 };
        enough(words, left.worth).then_some(Found { whole, part, worth })
    }

    /// True where nearly all of a whole is in its part: given up, it would come from nowhere.
    fn is_part_of(&self, whole: usize, part: usize) -> bool {
        let (Some(a), Some(b)) = (self.wholes.get(whole), self.parts.get(part)) else {
            return false;
        };
        self.shared(a, b) >= WHOLLY * a.weight
    }

    /// What it is worth, in bits, that two are a pair, wherever they stand.
    fn worth_as_pair(&self, whole: usize, part: usize) -> f32 {
        let (Some(a), Some(b)) = (self.wholes.get(whole), self.parts.get(part)) else {
            return 0.0;
        };
        net(self.shared(a, b), b.weight, a.weight)
    }

    /// What the words of both are worth, in bits.
    fn shared(&self, a: &Bag, b: &Bag) -> f32 {
        shared(&a.sorted, &b.sorted).map(|word| self.lexicon.worth(word)).sum()
    }
}

/// What the words shared by a part and (what is left of) its whole are worth, less what is not shared.
fn net(words: f32, part: f32, whole: f32) -> f32 {
    words - ONE_SIDED * (part - words) - 0.5 * ONE_SIDED * (whole - words)
}
