//! Pairs, and what is left alone on both sides, in; the links that make splits and merges of them out.

use super::candidates::{Likeness, shared};
use super::lexicon::{Bag, Lexicon};

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

/// A pair of which the one has so large a share (0..1) of the other is never given up.
const WHOLLY: f32 = 0.85;

/// Parts so near to one another stand beside one another: a paragraph may have been put between them.
const BESIDE: usize = 2;

/// What it is worth, in bits, to stand beside another part, as to stand in one's place.
const BESIDE_BITS: f32 = 12.0;

/// What each bit costs that a part has not from its whole, or that only one of a pair has.
const ONE_SIDED: f32 = 0.5;

/// One side as wholes that may have been cut, the other as the parts they may have been cut into.
struct Cut<'l> {
    lexicon: &'l Lexicon,
    wholes: &'l [Bag],
    parts: &'l [Bag],
    /// For each whole its parts so far, and for each part its wholes.
    of_whole: Vec<Vec<usize>>,
    of_part: Vec<Vec<usize>>,
}

/// A part found in what is left of a whole.
struct Found {
    whole: usize,
    part: usize,
    /// What it is worth, in bits, to take it for a part of this whole.
    worth: f32,
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
    let split: Vec<(usize, usize)> = alike.iter().map(|l| (l.old, l.new)).collect();
    let merged: Vec<(usize, usize)> = split.iter().map(flip).collect();
    let pairs = Cut::new(lexicon, (&lexicon.old, &lexicon.new), pairs).linked(&split, &place);
    let flipped: Vec<(usize, usize)> = pairs.iter().map(flip).collect();
    let links = Cut::new(lexicon, (&lexicon.new, &lexicon.old), &flipped)
        .linked(&merged, |new, old| place(old, new));
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
        Self { lexicon, wholes, parts, of_whole, of_part }
    }

    /// All links: those there were, less those given up, and those found. A part is taken from the pair it had where it
    /// is worth more as a part; `place` is what standing in its place is worth to such a pair.
    fn linked(
        mut self,
        candidates: &[(usize, usize)],
        place: impl Fn(usize, usize) -> f32,
    ) -> Vec<(usize, usize)> {
        let beside = self.beside();
        let candidates = candidates.iter().chain(&beside);
        let found = candidates.filter_map(|(whole, part)| self.find(*whole, *part));
        let mut found: Vec<Found> = found.collect();
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
                [own] if self.is_part_of(*own, part) => continue,
                [own] => self.worth_as_pair(*own, part) + place(*own, part),
                _ => continue,
            };
            // What is left of the whole is less once another part was found in it.
            if self.find(whole, part).is_none_or(|found| found.worth <= own) {
                continue;
            }
            settled.iter_mut().skip(part).take(1).for_each(|slot| *slot = true);
            if let Some(own) = self.of_part.get_mut(part).and_then(Vec::pop)
                && let Some(others) = self.of_whole.get_mut(own)
            {
                others.retain(|other| *other != part);
            }
            self.of_part.iter_mut().skip(part).take(1).for_each(|of| of.push(whole));
            self.of_whole.iter_mut().skip(whole).take(1).for_each(|of| of.push(part));
        }
        let of = self.of_part.iter().enumerate();
        of.flat_map(|(part, wholes)| wholes.iter().map(move |whole| (*whole, part))).collect()
    }

    /// For each part left alone the wholes of the parts beside it: a short stock phrase that was joined to a long
    /// paragraph shares too little of it to be among its candidates.
    fn beside(&self) -> Vec<(usize, usize)> {
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
            of.into_iter().map(move |whole| (whole, part))
        };
        alone.flat_map(wholes).collect()
    }

    /// The part, where enough of its words stand in what its other parts leave of the whole.
    fn find(&self, whole: usize, part: usize) -> Option<Found> {
        let others = self.of_whole.get(whole)?;
        let of = self.parts.get(part)?;
        // A whole without any part would be the pair of this one, had it been worth it.
        if others.is_empty() || others.contains(&part) {
            return None;
        }
        let mut left = self.words(self.wholes.get(whole)?);
        for other in others.iter().filter_map(|other| self.parts.get(*other)) {
            left = without(&left, &self.words(other));
        }
        let words = self.worth(&left, &self.words(of));
        let rest: f32 = left.iter().map(|word| self.lexicon.worth(*word)).sum();
        let all = self.wholes.get(whole).map_or(0.0, |whole| whole.weight);
        let expanded = words >= LEAST_LEFT * rest && words >= LEAST_OF_WHOLE * all;
        let beside = others.iter().any(|other| other.abs_diff(part) <= BESIDE);
        let least = if beside { LEAST_BITS_BESIDE } else { LEAST_BITS };
        let enough = words >= LEAST_PART * of.weight || expanded;
        let worth = net(words, of.weight, rest) + if beside { BESIDE_BITS } else { 0.0 };
        (enough && words >= least).then_some(Found { whole, part, worth })
    }

    /// True where nearly all of a whole is in its part: given up, it would come from nowhere.
    fn is_part_of(&self, whole: usize, part: usize) -> bool {
        let (Some(a), Some(b)) = (self.wholes.get(whole), self.parts.get(part)) else {
            return false;
        };
        self.worth(&self.words(a), &self.words(b)) >= WHOLLY * a.weight
    }

    /// What it is worth, in bits, that two are a pair, wherever they stand.
    fn worth_as_pair(&self, whole: usize, part: usize) -> f32 {
        let (Some(a), Some(b)) = (self.wholes.get(whole), self.parts.get(part)) else {
            return 0.0;
        };
        net(self.worth(&self.words(a), &self.words(b)), b.weight, a.weight)
    }

    /// The words of a bag, without its pairs.
    fn words(&self, bag: &Bag) -> Vec<u32> {
        bag.terms.iter().copied().filter(|term| self.lexicon.is_word(*term)).collect()
    }

    fn worth(&self, a: &[u32], b: &[u32]) -> f32 {
        shared(a, b).map(|word| self.lexicon.worth(word)).sum()
    }
}

/// What the words shared by a part and (what is left of) its whole are worth, less what is not shared.
fn net(words: f32, part: f32, whole: f32) -> f32 {
    words - ONE_SIDED * (part - words) - 0.5 * ONE_SIDED * (whole - words)
}

/// What of an ascending list is not in another one.
fn without(all: &[u32], taken: &[u32]) -> Vec<u32> {
    let mut taken = taken.iter().copied().peekable();
    let left = all.iter().copied().filter(|word| {
        while taken.next_if(|t| t < word).is_some() {}
        taken.next_if_eq(word).is_none()
    });
    left.collect()
}
