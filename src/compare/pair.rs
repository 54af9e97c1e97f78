//! Two drafts in; which of their paragraphs belong together, one to one, one to several and several to one, out.

use super::candidates::{Likeness, candidates};
use super::lexicon::Lexicon;
use super::parts::with_parts;
use super::settle::{Offer, settle};
use super::side::Side;
use super::{equals, exact};
use crate::text::in_place;

/// When two paragraphs may be one.
struct Bar {
    /// Share (0..1) of the words of both that both have.
    of_both: f32,
    /// Or the share (0..1) of the words of the shorter one, where these are worth so many bits: one was expanded.
    of_shorter: (f32, f32),
    /// What these words must be worth, in bits, in any case.
    bits: f32,
}

/// The bar for two that stand between the same neighbours, and for others (docs/thresholds.md).
const IN_PLACE: Bar = Bar { of_both: 0.3, of_shorter: (0.5, 12.0), bits: 4.0 };
const ELSEWHERE: Bar = Bar { of_both: 0.45, of_shorter: (0.8, 40.0), bits: 15.0 };

impl Bar {
    fn lets(&self, like: &Likeness) -> bool {
        let expanded = like.of_shorter() >= self.of_shorter.0 && like.words >= self.of_shorter.1;
        (like.of_both() >= self.of_both || expanded) && like.words >= self.bits
    }
}

/// What it is worth, in bits, that two stand between the same neighbours, and next to the same neighbour: most paragraphs
/// stay where they are.
const BETWEEN: f64 = 8.0;
const BESIDE: f64 = 4.0;

/// What it is worth that both are printed with the same number: a hint between two that are nearly alike, no more.
const NUMBER: f64 = 3.0;

/// So often are the pairs settled anew, each time with the neighbours that the last ones tell of.
const ROUNDS: usize = 2;

/// What it is worth that both have the same words: it is repeated, and this one was left as it was.
const EQUAL: f64 = 6.0;

/// What each bit costs that only one of the two has: of two that share the same, the one without more is the pair.
const ONE_SIDED: f64 = 0.1;

/// Where the drafts are in two languages, the share (0..1) of the words of both that both have in a paragraph that was not
/// translated: figures, symbols, names and words that two languages share make much less.
const UNTRANSLATED: f32 = 0.6;

/// Paragraphs of both drafts that belong together.
#[derive(Debug)]
pub(super) struct Paired {
    /// Links between an old and a new paragraph, by the new one; a paragraph that was split or merged has several.
    pub(super) links: Vec<(usize, usize)>,
    /// The words of all paragraphs that have no equal.
    pub(super) lexicon: Lexicon,
}

/// Pairs the paragraphs of two drafts.
///
/// Equal ones first. For the others, the few that share most rare words are weighed against one another, all at once
/// and not one after the other; what stands between the same neighbours is worth more, yet nothing forbids a pair. The
/// pairs found first tell better where the neighbours are, so they are settled anew with these ([`ROUNDS`]).
pub(super) fn paired(old: &Side, new: &Side) -> Paired {
    let equal = exact::pairs(old, new);
    let rest = (
        left(old.texts.len(), equal.iter().map(|(o, _)| *o)),
        left(new.texts.len(), equal.iter().map(|(_, n)| *n)),
    );
    let rest = (rest.0.as_slice(), rest.1.as_slice());
    let lexicon = Lexicon::new(old, new, rest);
    let mut neighbours = Neighbours::new(&equal, old, new);
    let mut alike = candidates(&lexicon, rest, |n| neighbours.expected(n));
    if equal.len() < old.texts.len().min(new.texts.len()) / 2 && in_two_languages(old, new) {
        alike.retain(|like| like.of_both() >= UNTRANSLATED);
    }
    let mut pairs = settle(&offers(&alike, &neighbours, (old, new)), old.texts.len());
    for round in 0..ROUNDS {
        // Which of several equal paragraphs became which, the others tell first.
        let repeated = |(o, n): &(usize, usize)| key(old, *o) == key(new, *n);
        let told = pairs.iter().filter(|pair| round > 0 || !repeated(pair));
        let mut sure: Vec<(usize, usize)> = equal.iter().chain(told).copied().collect();
        sure.sort_unstable_by_key(|(_, n)| *n);
        neighbours = Neighbours::new(&sure, old, new);
        pairs = settle(&offers(&alike, &neighbours, (old, new)), old.texts.len());
    }
    let mut links = with_parts(&lexicon, &alike, &pairs, |o, n| {
        neighbours.gap(n).place(o, n).unwrap_or_default() as f32
    });
    links.extend(equal);
    links.sort_unstable_by_key(|(o, n)| (*n, *o));
    equals::untangled(&mut links, old, new);
    Paired { links, lexicon }
}

fn in_two_languages(old: &Side, new: &Side) -> bool {
    let languages = (old.draft.told_language(), new.draft.told_language());
    matches!(languages, (Some(old), Some(new)) if old != new)
}

/// The first paragraphs of both, paired whatever they share.
pub(super) fn taken_as_one(old: &Side, new: &Side) -> Paired {
    Paired { links: vec![(0, 0)], lexicon: Lexicon::new(old, new, (&[0], &[0])) }
}

/// The words of a paragraph as one key.
fn key(side: &Side, at: usize) -> Option<u64> {
    side.texts.get(at).map(|text| text.key)
}

/// The numbers below `count` that are not among `taken`.
fn left(count: usize, taken: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut free = vec![true; count];
    taken.for_each(|at| free.iter_mut().skip(at).take(1).for_each(|slot| *slot = false));
    free.iter().enumerate().filter(|(_, free)| **free).map(|(at, _)| at).collect()
}

/// The pairs that may be made, each with what it is worth.
fn offers(alike: &[Likeness], neighbours: &Neighbours, (old, new): (&Side, &Side)) -> Vec<Offer> {
    let offer = |gap: &Gap, like: &Likeness| {
        let equal = key(old, like.old) == key(new, like.new);
        // Most candidates do not pass the lower bar either.
        if !equal && !IN_PLACE.lets(like) {
            return None;
        }
        let place = gap.place(like.old, like.new);
        let bar = if place.is_some() { IN_PLACE } else { ELSEWHERE };
        let shared = f64::from(like.words + like.pairs);
        let one_sided = f64::from(like.whole.0 + like.whole.1 - 2.0 * like.words);
        let number = old.number(like.old).filter(|own| new.number(like.new) == Some(own));
        let worth = shared - ONE_SIDED * one_sided
            + place.unwrap_or_default()
            + if equal { EQUAL } else { 0.0 }
            + if number.is_some() { NUMBER } else { 0.0 };
        ((equal || bar.lets(like)) && worth > 0.0).then_some(Offer {
            old: like.old,
            new: like.new,
            worth,
        })
    };
    // Those of one new paragraph stand together.
    let of_one = alike.chunk_by(|a, b| a.new == b.new);
    let offers = of_one.flat_map(|of_one| {
        let gap = neighbours.gap(of_one.first().map_or(0, |like| like.new));
        of_one.iter().filter_map(move |like| offer(&gap, like))
    });
    offers.collect()
}

/// The pairs that kept their place, ascending on both sides: between them the others are looked for.
struct Neighbours {
    pairs: Vec<(usize, usize)>,
    olds: usize,
}

impl Neighbours {
    fn new(pairs: &[(usize, usize)], old: &Side, new: &Side) -> Self {
        let stays = in_place(pairs, |n| new.texts.get(n).map_or(0, |text| text.count));
        let pairs = pairs.iter().zip(stays).filter(|(_, stays)| *stays).map(|(pair, _)| *pair);
        Self { pairs: pairs.collect(), olds: old.texts.len() }
    }

    /// The pair before a new paragraph and the pair behind it; a pair with itself is neither.
    fn around(&self, new: usize) -> [Option<(usize, usize)>; 2] {
        let at = self.pairs.partition_point(|(_, n)| *n < new);
        let behind = self.pairs.get(at..).unwrap_or_default().iter().find(|(_, n)| *n != new);
        [at.checked_sub(1).and_then(|at| self.pairs.get(at)).copied(), behind.copied()]
    }

    /// Where among the old paragraphs a new one would stand.
    fn expected(&self, new: usize) -> usize {
        match self.around(new) {
            [Some((o, n)), _] => o + (new - n),
            [None, Some((o, n))] => (o + new).saturating_sub(n),
            [None, None] => new,
        }
    }

    /// The gap that a new paragraph stands in.
    fn gap(&self, new: usize) -> Gap {
        let [before, behind] = self.around(new);
        Gap { before, behind, olds: self.olds }
    }
}

/// The pair before a new paragraph, and the one behind it.
struct Gap {
    before: Option<(usize, usize)>,
    behind: Option<(usize, usize)>,
    /// Paragraphs of the old draft.
    olds: usize,
}

impl Gap {
    /// What it is worth that the two stand between the same neighbours; none where they do not.
    fn place(&self, old: usize, new: usize) -> Option<f64> {
        let Self { before, behind, olds } = *self;
        let (low, high) = (before.map_or(0, |(o, _)| o + 1), behind.map_or(olds, |(o, _)| o));
        let beside = before.map_or(old == 0 && new == 0, |(o, n)| old == o + 1 && new == n + 1)
            || behind.is_some_and(|(o, n)| old + 1 == o && new + 1 == n);
        (low..high).contains(&old).then_some(BETWEEN + if beside { BESIDE } else { 0.0 })
    }
}
