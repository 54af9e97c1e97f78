//! Phrases in; which texts of a library may have one of them, in a row or nearly, out.

use super::phrase::{Phrase, Room};
use crate::model::{Hit, Places, Shares, Sieve};
use crate::text::{Folding, Word};

/// Phrases for agreed texts to stream past.
#[derive(Debug)]
pub struct Seek<'p> {
    phrases: &'p [Phrase],
    folding: &'p Folding,
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
        Self { phrases, folding }
    }

    fn hit(draft: usize, share: f64, words: usize) -> Hit {
        Hit {
            draft: draft as u32,
            shares: Shares::Runs,
            evidence: share as f32,
            carried: words as u32,
            places: Places::default(),
        }
    }
}

impl Sieve for Seek<'_> {
    type Room = Looking;

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

    fn holds(&self, _: &Hit, _: usize) -> bool {
        true
    }

    fn worth_reading(&self, texts: &[Vec<Hit>]) -> Vec<Vec<u32>> {
        let looking = |hits: &Vec<Hit>| {
            let mut looking: Vec<u32> = hits.iter().map(|hit| hit.draft).collect();
            looking.sort_unstable();
            looking.dedup();
            looking
        };
        texts.iter().map(looking).collect()
    }
}
