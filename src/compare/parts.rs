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

/// What these words must be worth, in bits: a short stock phrase stands in many paragraphs.
const LEAST_BITS: f32 = 10.0;

/// A pair that shares less of its words (0..1) is given up where one of the two is a part of another paragraph, and
/// shares so much more with that one.
const WEAK: f32 = 0.5;
const MUCH_MORE: f32 = 1.3;

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
    words: f32,
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
) -> Vec<(usize, usize)> {
    let flip = |(a, b): &(usize, usize)| (*b, *a);
    let split: Vec<(usize, usize)> = alike.iter().map(|l| (l.old, l.new)).collect();
    let merged: Vec<(usize, usize)> = split.iter().map(flip).collect();
    let pairs = Cut::new(lexicon, (&lexicon.old, &lexicon.new), pairs).linked(&split);
    let flipped: Vec<(usize, usize)> = pairs.iter().map(flip).collect();
    let links = Cut::new(lexicon, (&lexicon.new, &lexicon.old), &flipped).linked(&merged);
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

    /// All links: those there were, less the weak ones given up, and those found.
    fn linked(mut self, candidates: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut found: Vec<Found> = Vec::new();
        for (whole, part) in candidates {
            let held = self.of_part.get(*part).map_or(&[][..], Vec::as_slice);
            let weak = match held {
                [] => 0.0,
                [own] if own != whole => match self.strength(*own, *part) {
                    (share, words) if share < WEAK => words * MUCH_MORE,
                    _ => continue,
                },
                _ => continue,
            };
            found.extend(self.find(*whole, *part).filter(|found| found.words > weak));
        }
        found.sort_by(|a, b| {
            b.words.total_cmp(&a.words).then((a.part, a.whole).cmp(&(b.part, b.whole)))
        });
        let mut settled = vec![false; self.parts.len()];
        for Found { whole, part, .. } in found {
            // What is left of the whole is less once another part was found in it.
            let alone = settled.get(part) == Some(&false);
            if !alone || self.find(whole, part).is_none() {
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
        let enough = words >= LEAST_PART * of.weight || expanded;
        (enough && words >= LEAST_BITS).then_some(Found { whole, part, words })
    }

    /// How much a pair shares: as a share of both, and in bits.
    fn strength(&self, whole: usize, part: usize) -> (f32, f32) {
        let (Some(a), Some(b)) = (self.wholes.get(whole), self.parts.get(part)) else {
            return (0.0, 0.0);
        };
        let words = self.worth(&self.words(a), &self.words(b));
        (2.0 * words / (a.weight + b.weight).max(f32::MIN_POSITIVE), words)
    }

    /// The words of a bag, without its pairs.
    fn words(&self, bag: &Bag) -> Vec<u32> {
        bag.terms.iter().copied().filter(|term| self.lexicon.is_word(*term)).collect()
    }

    fn worth(&self, a: &[u32], b: &[u32]) -> f32 {
        shared(a, b).map(|word| self.lexicon.worth(word)).sum()
    }
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
