//! Draft paragraphs in; a table of their three-word sequences, to hold any text against, out.

use crate::text::{Commonness, KeyMap, Shared, WORD_BITS, Word, window_key};

/// Words count as carried only in runs of at least this many (DESIGN: unrelated paragraphs reach a
/// coverage of 0.42 with single words, at most 0.24 with runs of three).
pub(super) const SHORTEST_RUN: usize = 3;

/// A paragraph of the draft, ready to be compared.
#[derive(Debug)]
pub(super) struct Prepared {
    /// Its words.
    pub(super) words: Vec<Word>,
    /// Their keys.
    pub(super) keys: Vec<u64>,
    /// For every word, the name or citation it is part of; 0 for language.
    pub(super) names: Vec<u32>,
}

impl Prepared {
    /// What shared words are worth as evidence, in bits: their surprise less what it takes to find such
    /// runs by chance, as in the sum statistics of Karlin and Altschul (1993).
    ///
    /// A run that stands anywhere pays for all the places where it might stand in two texts of this size;
    /// one that follows another at a short distance in both texts pays for that distance only. So a stock
    /// phrase is worth nothing, however often such phrases recur, and a sentence with some words changed
    /// keeps its worth.
    pub(super) fn evidence(&self, runs: &[Shared], agreed_words: usize) -> f64 {
        let anywhere = cost_of_chance(self.keys.len(), agreed_words);
        let mut before: Option<&Shared> = None;
        let mut sum = 0.0;
        for run in runs {
            let distance = before.and_then(|last| {
                let own = run.a.checked_sub(last.a + last.len)?;
                let agreed = run.b.checked_sub(last.b + last.len)?;
                Some(((own + 1) as f64).log2() + ((agreed + 1) as f64).log2() + RUN_BITS)
            });
            let cost = distance.map_or(anywhere, |bits| bits.min(anywhere));
            let worth = self.bits(run.a, run.a + run.len) - cost;
            if worth > 0.0 {
                sum += worth;
                before = Some(run);
            }
        }
        sum
    }

    /// Bits of the words `from..to`, met in this order and without context before them. A name is not
    /// language: however long, it is worth one choice, that it is named here.
    pub(super) fn bits(&self, from: usize, to: usize) -> f64 {
        let keys = self.keys.get(from..to).unwrap_or_default();
        let names = self.names.get(from..to).unwrap_or_default();
        let model = Commonness::general();
        let mut sum = 0.0;
        let mut name = (0, 0.0);
        for (at, (key, own)) in keys.iter().zip(names).enumerate() {
            let bits = model.bits(keys.get(..at).unwrap_or_default(), *key).min(WORD_BITS);
            if *own == 0 {
                sum += bits;
                continue;
            }
            // A name that everybody uses is worth no more than its words.
            let spent = if name.0 == *own { name.1 } else { 0.0 };
            let worth = bits.min(NAME_BITS - spent);
            name = (*own, spent + worth);
            sum += worth;
        }
        sum
    }
}

/// What it is worth that the same name stands at the same place.
pub(super) const NAME_BITS: f64 = 8.0;

/// Bits that each further run pays besides its distance: that there is one at all.
const RUN_BITS: f64 = 2.0;

/// Bits it takes to find some run by chance in a pair of texts with so many words.
pub(super) fn cost_of_chance(draft_words: usize, agreed_words: usize) -> f64 {
    ((draft_words * agreed_words).max(1) as f64).log2()
}

/// Where in the drafts each sequence of words stands.
#[derive(Debug)]
pub(super) struct Sequences {
    /// For each sequence, in ascending order of their keys, where its places begin; one more at the end.
    begins: Vec<u32>,
    /// For each of them the most it is worth anywhere, in bits.
    most: Vec<f32>,
    places: Vec<Place>,
    /// Index by key.
    index: KeyMap<u32>,
    /// One bit for every possible low end of a key: most sequences of a library are not in a draft,
    /// and this says so without a look-up.
    filter: Vec<u64>,
}

/// A place in a draft, and what the sequence that stands there is worth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) paragraph: u32,
    pub(super) word: u32,
    pub(super) bits: f32,
}

const FILTER_BITS: u32 = 20;

/// Parts of a bit in which sequences are counted, so that a sum of them is the same in any order.
const GRAIN: f32 = 256.0;

impl Sequences {
    /// The runs of three words of all draft paragraphs.
    pub(super) fn of_runs(paragraphs: &[Prepared]) -> Self {
        let mut all: Vec<(u64, Place)> = Vec::new();
        for (paragraph, prepared) in paragraphs.iter().enumerate() {
            for (word, window) in prepared.keys.windows(SHORTEST_RUN).enumerate() {
                let bits = prepared.bits(word, word + SHORTEST_RUN) as f32;
                let place = Place { paragraph: paragraph as u32, word: word as u32, bits };
                all.push((window_key(window), place));
            }
        }
        Self::new(all)
    }

    /// Sequences by their keys, in any order.
    pub(super) fn new(mut all: Vec<(u64, Place)>) -> Self {
        all.sort_unstable_by_key(|(key, place)| (*key, place.paragraph, place.word));
        // Rounded up: what is summed here bounds what an alignment can be worth.
        all.iter_mut().for_each(|(_, place)| place.bits = (place.bits * GRAIN).ceil() / GRAIN);
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
            new.most.push(same.iter().map(|(_, place)| place.bits).fold(0.0, f32::max));
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

    /// The places of a sequence in one paragraph of the drafts.
    pub(super) fn places_in(&self, sequence: u32, paragraph: u32) -> &[Place] {
        let places = self.places(sequence);
        let from = places.partition_point(|place| place.paragraph < paragraph);
        let to = places.partition_point(|place| place.paragraph <= paragraph);
        places.get(from..to).unwrap_or_default()
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

    /// The most a sequence is worth anywhere, in bits.
    pub(super) fn most_bits(&self, sequence: u32) -> f32 {
        self.most.get(sequence as usize).copied().unwrap_or(0.0)
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
