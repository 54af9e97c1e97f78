//! Draft paragraphs in; a table of their three-word sequences, to hold any text against, out.

use super::prepared::{Prepared, SHORTEST_RUN};
use crate::text::{KeyMap, window_key};

/// Where in the drafts each sequence of words stands.
#[derive(Debug)]
pub(super) struct Sequences {
    /// For each sequence, in ascending order of their keys, where its places begin; one more at the end.
    begins: Vec<u32>,
    /// For each of them the most it is worth anywhere, in 256ths of a bit.
    most: Vec<u32>,
    places: Vec<Place>,
    /// Index by key.
    index: KeyMap<u32>,
    /// One bit for every possible low end of a key: most sequences of a library are not in a draft,
    /// and this says so without a look-up.
    filter: Vec<u64>,
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

const FILTER_BITS: u32 = 20;

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
        all.sort_unstable_by_key(|(key, place)| (*key, place.paragraph, place.word));
        let mut new = Self {
            begins: Vec::new(),
            most: Vec::new(),
            places: Vec::with_capacity(all.len()),
            index: KeyMap::default(),
            filter: vec![0u64; 1 << (FILTER_BITS - 6)],
        };
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            let Some((key, _)) = same.first() else { continue };
            new.index.insert(*key, new.most.len() as u32);
            new.begins.push(new.places.len() as u32);
            new.most.push(same.iter().map(|(_, place)| place.worth).max().unwrap_or(0));
            new.places.extend(same.iter().map(|(_, place)| *place));
            let (slot, bit) = filter_place(*key);
            if let Some(slot) = new.filter.get_mut(slot) {
                *slot |= bit;
            }
        }
        new.begins.push(new.places.len() as u32);
        new
    }

    /// The sequences: their keys and indices.
    pub(super) fn all(&self) -> impl Iterator<Item = (u64, u32)> {
        self.index.iter().map(|(key, index)| (*key, *index))
    }

    /// How many sequences there are.
    pub(super) fn len(&self) -> usize {
        self.most.len()
    }

    /// The index of a sequence, if a draft has it.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<u32> {
        let (slot, bit) = filter_place(key);
        if self.filter.get(slot).is_none_or(|s| s & bit == 0) {
            return None;
        }
        self.index.get(&key).copied()
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

fn filter_place(key: u64) -> (usize, u64) {
    let low = key & ((1 << FILTER_BITS) - 1);
    ((low >> 6) as usize, 1 << (low & 63))
}
