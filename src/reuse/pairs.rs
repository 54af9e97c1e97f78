//! Draft paragraphs in; a table of their telling pairs of words, to find what a rewriting left of a text, out.

use super::prepared::Prepared;
use super::rewritten::LONGEST;
use super::sequences::{Place, Sequences, in_parts};
use crate::text::{PAIR_BITS, pair_bits, window_key};

/// Words of a pair stand at most so far apart.
const FARTHEST: usize = 2;

/// The telling pairs of all draft paragraphs, with their places.
pub(super) fn table(paragraphs: &[Prepared]) -> Sequences {
    let pairs = paragraphs.iter().enumerate().flat_map(|(paragraph, prepared)| {
        telling(prepared).into_iter().zip(0..).map(move |((key, bits), word)| {
            (key, Place { paragraph: paragraph as u32, word, worth: in_parts(bits) })
        })
    });
    Sequences::new(pairs.collect())
}

/// What the telling pairs that a text shares with a draft paragraph must be worth, in 256ths of a bit, for the text to
/// be looked at: two pairs, or one in a paragraph that has only few. Single ones recur in thousands of texts.
pub(super) fn needed(own: &Prepared) -> u32 {
    let all: f64 = telling(own).iter().map(|(_, bits)| bits).sum();
    in_parts((SHARE_OF_PAIRS * all).clamp(PAIR_BITS, 2.0 * PAIR_BITS))
}

/// Share of the bits of all telling pairs; of a paragraph of which half was replaced, a quarter is left.
const SHARE_OF_PAIRS: f64 = 0.1;

/// The telling pairs of a draft paragraph, each once, with their worth.
fn telling(own: &Prepared) -> Vec<(u64, f64)> {
    if own.keys.len() > LONGEST {
        return Vec::new();
    }
    let mut out: Vec<(u64, f64)> = pairs(&own.keys)
        .filter_map(|(a, b, key)| {
            let bits = pair_bits(*own.keys.get(a)?, *own.keys.get(b)?, b == a + 1);
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
