//! Draft paragraphs in; a table of their three-word sequences, to hold any text against, out.

use rayon::prelude::*;

use super::prepared::{Prepared, SHORTEST_RUN};
use crate::text::{Filter, window_key};

/// Where in the drafts each sequence of words stands.
#[derive(Debug)]
pub(super) struct Sequences {
    /// The sequences, by their keys, in ascending order.
    keys: Vec<u64>,
    /// For each possible high end of a key the first sequence that has it or a higher one; one more at the end.
    heads: Vec<u32>,
    /// How far a key is shifted to leave its high end.
    shift: u32,
    /// Most sequences of a library are not in a draft, and this says so without a look-up.
    filter: Filter,
    /// For each sequence where its places begin; one more at the end.
    begins: Vec<u32>,
    /// For each sequence the most it is worth anywhere, in 256ths of a bit.
    most: Vec<u32>,
    places: Vec<Place>,
}

/// A place in a draft, and what the sequence that stands there is worth, in 256ths of a bit: a sum of such is the same
/// in any order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) paragraph: u32,
    /// As [`Places`](crate::model::Places) counts words.
    pub(super) word: u32,
    pub(super) worth: u32,
}

/// Bits as 256ths, rounded up: what is summed of them bounds what an alignment can be worth.
pub(super) fn in_parts(bits: f64) -> u32 {
    (bits * PARTS).ceil() as u32
}

/// The parts of a bit in which sequences are counted.
pub(super) const PARTS: f64 = 256.0;

impl Sequences {
    /// The runs of three words of all draft paragraphs.
    pub(super) fn of_runs(paragraphs: &[Prepared]) -> Self {
        let mut all: Vec<(u64, Place)> = Vec::new();
        for (paragraph, prepared) in paragraphs.iter().enumerate() {
            for (word, window) in prepared.keys.windows(SHORTEST_RUN).enumerate() {
                let worth = in_parts(prepared.bits(word, word + SHORTEST_RUN));
                let word = (word / prepared.words_a_place()) as u32;
                let place = Place { paragraph: paragraph as u32, word, worth };
                all.push((window_key(window), place));
            }
        }
        Self::new(all)
    }

    /// Sequences by their keys, in any order.
    pub(super) fn new(mut all: Vec<(u64, Place)>) -> Self {
        all.par_sort_unstable_by_key(|(key, place)| (*key, place.paragraph, place.word));
        let (mut keys, mut begins, mut most) = (Vec::new(), Vec::new(), Vec::new());
        let mut place = 0;
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            keys.extend(same.first().map(|(key, _)| *key));
            begins.push(place);
            place += same.len() as u32;
            most.push(same.iter().map(|(_, place)| place.worth).max().unwrap_or(0));
        }
        begins.push(place);
        // About two high ends for each sequence, so that most have one at most.
        let ends = (2 * keys.len()).next_power_of_two().max(2);
        let shift = 64 - ends.ilog2();
        let first = |end: usize| keys.partition_point(|key| ((key >> shift) as usize) < end) as u32;
        let heads = (0..=ends).map(first).collect();
        let filter = Filter::new(keys.iter().copied());
        let places = all.into_iter().map(|(_, place)| place).collect();
        Self { keys, heads, shift, filter, begins, most, places }
    }

    /// The sequences: their keys and indices.
    pub(super) fn all(&self) -> impl Iterator<Item = (u64, u32)> {
        self.keys.iter().copied().zip(0..)
    }

    /// How many sequences there are.
    pub(super) fn len(&self) -> usize {
        self.most.len()
    }

    /// What tells most sequences that no draft has without a look-up.
    pub(super) fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Puts the indices of those sequences that a draft has into `found`.
    pub(super) fn find(&self, keys: &[u64], found: &mut Vec<u32>) {
        found.clear();
        found.extend(keys.iter().filter_map(|key| self.index(*key)));
    }

    /// The index of a sequence, if a draft has it.
    #[inline]
    fn index(&self, key: u64) -> Option<u32> {
        let end = (key >> self.shift) as usize;
        let (from, to) = (*self.heads.get(end)?, *self.heads.get(end + 1)?);
        (from..to).find(|at| self.keys.get(*at as usize) == Some(&key))
    }

    /// The most a sequence is worth anywhere, in 256ths of a bit.
    pub(super) fn most(&self, sequence: u32) -> u32 {
        self.most.get(sequence as usize).copied().unwrap_or(0)
    }

    /// The places of a sequence in the drafts.
    pub(super) fn places(&self, sequence: u32) -> &[Place] {
        let at = sequence as usize;
        match (self.begins.get(at), self.begins.get(at + 1)) {
            (Some(from), Some(to)) => {
                self.places.get(*from as usize..*to as usize).unwrap_or_default()
            }
            _ => &[],
        }
    }
}
