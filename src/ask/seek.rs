//! Phrases in; which texts of a library may have one of them, in a row or nearly, out.

use super::phrase::{Phrase, RUN, Room};
use crate::model::{Hit, Sieve};
use crate::text::{Folding, Word, window_key};

/// Phrases for agreed texts to stream past.
#[derive(Debug)]
pub struct Seek<'p> {
    phrases: &'p [Phrase],
    folding: &'p Folding,
    /// The three-word sequences of all phrases, ascending; none where a phrase is too short to be met by them.
    sequences: Vec<u64>,
    /// For each of them where it stands: phrase and word.
    places: Vec<Vec<(u32, u32)>>,
}

/// Room to look at one text after another.
#[derive(Debug, Default)]
pub struct Looking {
    keys: Vec<u64>,
    room: Room,
}

impl<'p> Seek<'p> {
    /// Looks for any of `phrases`.
    pub fn new(phrases: &'p [Phrase], folding: &'p Folding) -> Self {
        let mut all: Vec<(u64, (u32, u32))> = Vec::new();
        if phrases.iter().all(Phrase::is_long) {
            for (at, phrase) in phrases.iter().enumerate() {
                let windows = phrase.keys.windows(RUN).enumerate();
                all.extend(windows.map(|(word, w)| (window_key(w), (at as u32, word as u32))));
            }
        }
        all.sort_unstable();
        let (mut sequences, mut places) = (Vec::new(), Vec::new());
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            sequences.extend(same.first().map(|(key, _)| *key));
            places.push(same.iter().map(|(_, place)| *place).collect());
        }
        Self { phrases, folding, sequences, places }
    }

    fn hit(draft: usize, share: f64, words: usize) -> Hit {
        Hit { draft: draft as u32, evidence: share as f32, carried: words as u32, places: [0; 4] }
    }
}

impl Sieve for Seek<'_> {
    type Room = Looking;

    fn sequences(&self) -> &[u64] {
        &self.sequences
    }

    fn look(&self, text: &str, _: usize, looking: &mut Looking, hits: &mut Vec<Hit>) {
        let Looking { keys, room } = looking;
        keys.clear();
        let mut met = false;
        self.folding.each_word(
            text,
            |_| true,
            |word: Word| {
                met = met || self.phrases.iter().any(|phrase| phrase.has(word.key));
                keys.push(word.key);
            },
        );
        if !met {
            return;
        }
        for (at, phrase) in self.phrases.iter().enumerate() {
            if !phrase.may_be_in(keys) {
                continue;
            }
            if !phrase.exact(keys).is_empty() {
                hits.push(Self::hit(at, 1.0, phrase.len()));
            } else if let Some(near) = phrase.nearest(keys, room) {
                hits.push(Self::hit(at, near.share, near.runs.iter().map(|run| run.len).sum()));
            }
        }
    }

    fn weigh(&self, met: &[u32], _: usize, _: usize, _: &mut Looking, hits: &mut Vec<Hit>) {
        let places = met.iter().filter_map(|sequence| self.places.get(*sequence as usize));
        let mut covered: Vec<(u32, u32)> = places
            .flatten()
            .flat_map(|(phrase, word)| (0..RUN as u32).map(move |more| (*phrase, word + more)))
            .collect();
        covered.sort_unstable();
        covered.dedup();
        for words in covered.chunk_by(|a, b| a.0 == b.0) {
            let at = words.first().map_or(0, |(phrase, _)| *phrase as usize);
            let Some(phrase) = self.phrases.get(at) else { continue };
            if phrase.runs_suffice(words.iter().map(|(_, word)| *word as usize)) {
                hits.push(Self::hit(at, 1.0, words.len()));
            }
        }
    }

    fn holds(&self, _: &Hit, _: usize) -> bool {
        true
    }

    fn worth_reading(&self, texts: &[Vec<Hit>]) -> Vec<bool> {
        texts.iter().map(|hits| !hits.is_empty()).collect()
    }
}
