//! What agreed texts may be to one draft paragraph in, one after another; whether the next can still be among the best,
//! out.

use super::best::{FOR_EACH_WORD, MOST_REWRITTEN, THE_SAME};
use crate::model::{Hit, Places};

/// The best so far, for every word of the paragraph. Which of several equals come to be seen first makes no difference
/// to what may be left out.
#[derive(Clone, Debug)]
pub(super) struct Served {
    /// For every word the evidence of the best hits that carry it, the most first.
    words: Vec<[f32; FOR_EACH_WORD as usize]>,
    /// The least of these for each word: so few numbers that they stay at hand.
    least: Vec<f32>,
    /// What the best pairs are worth, in 256ths of a bit, the most first.
    pairs: [u32; MOST_REWRITTEN],
}

impl Served {
    /// Of a paragraph with so many places.
    pub(super) fn new(places: usize) -> Self {
        let none = f32::NEG_INFINITY;
        let words = vec![[none; FOR_EACH_WORD as usize]; places];
        Self { words, least: vec![none; places], pairs: [0; MOST_REWRITTEN] }
    }

    /// Whether a text that carries these words, worth no more than so many bits, may be among the best for one of them.
    pub(super) fn may_add(&self, words: Places, most: f32) -> bool {
        let open = |word: usize| self.least.get(word).is_some_and(|l| *l <= most + THE_SAME);
        words.iter().any(open)
    }

    /// Bits from which on [`may_add`](Self::may_add) holds for a text that carries some of these words.
    pub(super) fn open_from(&self, words: Places) -> f32 {
        let least = words.iter().filter_map(|word| self.least.get(word));
        least.copied().fold(f32::INFINITY, f32::min) - THE_SAME
    }

    /// Takes a hit into account.
    pub(super) fn add(&mut self, hit: &Hit) {
        for word in hit.places.iter() {
            if let Some((best, least)) = self.words.get_mut(word).zip(self.least.get_mut(word)) {
                put(best, hit.evidence);
                *least = best.last().copied().unwrap_or(*least);
            }
        }
    }

    /// Whether pairs worth so much, in 256ths of a bit, may be among the best; they are taken into account.
    pub(super) fn adds_pairs(&mut self, worth: u32) -> bool {
        let may = self.pairs.last().is_some_and(|least| worth >= *least);
        if may {
            put(&mut self.pairs, worth);
        }
        may
    }
}

/// Puts a value in its place among the best, the most first.
fn put<T: PartialOrd + Copy>(best: &mut [T], value: T) {
    let at = best.partition_point(|other| *other >= value);
    if let Some(rest) = best.get_mut(at..)
        && !rest.is_empty()
    {
        rest.rotate_right(1);
        rest[0] = value;
    }
}
