//! Draft paragraphs in; a table of their telling pairs of words, to find what a rewriting left of a text, out.

use super::rewritten::LONGEST;
use super::sequences::{Prepared, WORD_BITS};
use crate::text::{Commonness, KeyMap, window_key};

/// Two words are a telling pair when they stand next to one another, or with one word between them, and are
/// worth so many bits together: of a paragraph of which half was replaced, some are left, and few other
/// paragraphs have one by accident (docs/thresholds.md).
const PAIR_BITS: f64 = 16.0;

/// Words of a pair stand at most so far apart.
const FARTHEST: usize = 2;

/// Where in the draft each telling pair of words stands.
#[derive(Debug)]
pub(super) struct Pairs {
    places: KeyMap<Vec<Place>>,
    filter: Vec<u64>,
}

/// The pair's paragraph, its number in the paragraph, and what it is worth, in bits.
#[derive(Clone, Copy, Debug)]
struct Place {
    paragraph: u32,
    pair: u32,
    bits: f32,
}

/// One bit for every possible low end of a key, as for [`super::sequences::Sequences`].
const FILTER_BITS: u32 = 20;

impl Pairs {
    pub(super) fn new(paragraphs: &[Prepared]) -> Self {
        let mut table = Self { places: KeyMap::default(), filter: vec![0; 1 << (FILTER_BITS - 6)] };
        for (paragraph, prepared) in paragraphs.iter().enumerate() {
            for (pair, (key, bits)) in telling(prepared).into_iter().enumerate() {
                let (slot, bit) = filter_place(key);
                if let Some(slot) = table.filter.get_mut(slot) {
                    *slot |= bit;
                }
                let place =
                    Place { paragraph: paragraph as u32, pair: pair as u32, bits: bits as f32 };
                table.places.entry(key).or_default().push(place);
            }
        }
        table
    }

    /// Tells each draft paragraph that shares telling pairs with a text of these words, and what all of them
    /// are worth, in bits.
    pub(super) fn shared(&self, words: &[u64], mut hit: impl FnMut(u32, f64)) {
        let mut found: Vec<(u32, u32, f32)> = Vec::new();
        for (_, _, key) in pairs(words) {
            let (slot, bit) = filter_place(key);
            if self.filter.get(slot).is_some_and(|slot| slot & bit != 0)
                && let Some(places) = self.places.get(&key)
            {
                found.extend(places.iter().map(|p| (p.paragraph, p.pair, p.bits)));
            }
        }
        found.sort_unstable_by_key(|(paragraph, pair, _)| (*paragraph, *pair));
        found.dedup_by_key(|(paragraph, pair, _)| (*paragraph, *pair));
        for same in found.chunk_by(|x, y| x.0 == y.0) {
            let bits = same.iter().map(|(_, _, bits)| f64::from(*bits)).sum();
            same.first().into_iter().for_each(|(paragraph, _, _)| hit(*paragraph, bits));
        }
    }
}

/// The telling pairs of a draft paragraph, each once, with their worth.
fn telling(own: &Prepared) -> Vec<(u64, f64)> {
    if own.keys.len() > LONGEST {
        return Vec::new();
    }
    let model = Commonness::general();
    let worth = |first: u64, second: u64, next: bool| {
        let before = [first];
        let context = if next { before.as_slice() } else { &[] };
        model.bits(&[], first).min(WORD_BITS) + model.bits(context, second).min(WORD_BITS)
    };
    let mut out: Vec<(u64, f64)> = pairs(&own.keys)
        .filter_map(|(a, b, key)| {
            let bits = worth(*own.keys.get(a)?, *own.keys.get(b)?, b == a + 1);
            (bits >= PAIR_BITS).then_some((key, bits))
        })
        .collect();
    out.sort_unstable_by_key(|(key, _)| *key);
    out.dedup_by_key(|(key, _)| *key);
    out
}

/// Pairs of words, by their places, with their keys. How far apart they stand makes no difference to the key,
/// so that a word put in or left out between them makes none.
fn pairs(words: &[u64]) -> impl Iterator<Item = (usize, usize, u64)> {
    let apart = |a: usize| (a + 1..=a + FARTHEST).map(move |b| (a, b));
    (0..words.len()).flat_map(apart).filter_map(|(a, b)| {
        let key = window_key(&[*words.get(a)?, *words.get(b)?]);
        Some((a, b, key))
    })
}

fn filter_place(key: u64) -> (usize, u64) {
    let low = key & ((1 << FILTER_BITS) - 1);
    ((low >> 6) as usize, 1 << (low & 63))
}
