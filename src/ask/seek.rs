//! Phrases in; which texts of a library may have one of them, in a row or nearly, out.

use super::apart::Text;
use super::phrase::{Phrase, Room, Standing};
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
    words: Vec<Word>,
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
        let Looking { words, keys, room } = looking;
        words.clear();
        keys.clear();
        let mut met = self.phrases.iter().any(Phrase::may_be_unmet);
        self.folding.each_word(
            text,
            |_| true,
            |word: Word| {
                met = met || self.phrases.iter().any(|phrase| phrase.has(word.key));
                keys.push(word.key);
                words.push(word);
            },
        );
        if !met {
            return;
        }
        let text = Text { text, words, keys };
        for (at, phrase) in self.phrases.iter().enumerate() {
            match phrase.may_stand(text, room) {
                Some(Standing::Exact(_)) => hits.push(Self::hit(at, 1.0, phrase.len())),
                Some(Standing::Near(near)) => {
                    let words = near.runs.iter().map(|run| run.len).sum();
                    hits.push(Self::hit(at, near.share, words));
                }
                None => {}
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
