//! Draft paragraphs in; a table of their telling pairs of words, to find what a rewriting left of a text, out.

use super::prepared::Prepared;
use super::rewritten::LONGEST;
use super::sequences::{Place, Sequences, in_parts};
use crate::text::{PAIR_BITS, window_key};

/// Words of a pair stand at most so far apart.
const FARTHEST: usize = 2;

/// The telling pairs of draft paragraphs.
#[derive(Debug)]
pub(super) struct Pairs {
    /// The pairs, with the paragraphs they stand in.
    pub(super) table: Sequences,
    /// For each paragraph what the pairs that a text shares with it must be worth, in 256ths of a bit, for the text to be
    /// looked at: two pairs, or one in a paragraph that has only few. Single ones recur in thousands of texts.
    pub(super) needed: Vec<u32>,
}

/// Share of the bits of all telling pairs; of a paragraph of which half was replaced, a quarter is left.
const SHARE_OF_PAIRS: f64 = 0.1;

impl Pairs {
    pub(super) fn new(paragraphs: &[Prepared]) -> Self {
        let (mut all, mut needed) = (Vec::new(), Vec::new());
        for (paragraph, own) in (0..).zip(paragraphs) {
            let telling = telling(own);
            let bits: f64 = telling.iter().map(|pair| pair.bits).sum();
            needed.push(in_parts((SHARE_OF_PAIRS * bits).clamp(PAIR_BITS, 2.0 * PAIR_BITS)));
            let place = |pair: Pair| Place { paragraph, word: 0, worth: in_parts(pair.bits) };
            all.extend(telling.into_iter().map(|pair| (pair.key, place(pair))));
        }
        Self { table: Sequences::new(all), needed }
    }
}

/// Two words that stand near one another.
#[derive(Clone, Copy, Debug)]
struct Pair {
    key: u64,
    /// What they are worth.
    bits: f64,
}

/// The telling pairs of a draft paragraph, each once.
fn telling(own: &Prepared) -> Vec<Pair> {
    if own.keys.len() > LONGEST {
        return Vec::new();
    }
    let mut out: Vec<Pair> = pairs(own).filter(|pair| pair.bits >= PAIR_BITS).collect();
    out.sort_unstable_by(|a, b| a.key.cmp(&b.key).then(b.bits.total_cmp(&a.bits)));
    out.dedup_by_key(|pair| pair.key);
    out
}

/// Pairs of words. How far apart they stand makes no difference to the key, so that a word put in or left out between
/// them makes none.
fn pairs(own: &Prepared) -> impl Iterator<Item = Pair> {
    let apart = |first: usize| (first + 1..=first + FARTHEST).map(move |second| (first, second));
    (0..own.keys.len()).flat_map(apart).filter_map(|(first, second)| {
        let (a, b) = (own.worth.get(first)?, own.worth.get(second)?);
        let bits = a.first + if second == first + 1 { b.second } else { b.first };
        let words = [*own.keys.get(first)?, *own.keys.get(second)?];
        Some(Pair { key: window_key(&words), bits })
    })
}
