//! Phrases in; which texts of a library may have one of them, in a row or nearly, out.

use super::apart::Text;
use super::phrase::{Phrase, Room, Standing};
use crate::model::{AnyOf, ByWords, Forms, Hit, Places, Shares, Sieve, Sought};
use crate::text::{Folding, KeyMap, Word, is_rare};

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

    fn words(&self) -> Option<&dyn ByWords> {
        Some(self)
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

impl ByWords for Seek<'_> {
    fn sought(&self, forms: &dyn Forms) -> Option<Vec<Sought>> {
        let alike = self.alike(forms);
        self.phrases.iter().zip(alike).map(|(phrase, alike)| sought(phrase, &alike)).collect()
    }
}

impl Seek<'_> {
    /// For each word of each phrase the words of a library that may be it, misspelt.
    fn alike(&self, forms: &dyn Forms) -> Vec<Vec<Vec<u64>>> {
        let mut alike: Vec<Vec<Vec<u64>>> =
            self.phrases.iter().map(|phrase| vec![Vec::new(); phrase.len()]).collect();
        forms.each(&mut |form, key| {
            for (phrase, alike) in self.phrases.iter().zip(&mut alike) {
                for (at, alike) in alike.iter_mut().enumerate() {
                    let like = || phrase.spelling(at)?.likeness(form);
                    if !phrase.has(key) && !alike.contains(&key) && like().is_some() {
                        alike.push(key);
                    }
                }
            }
        });
        alike
    }
}

/// The words without which no text has a phrase, exact or near; none where common words are enough to be near.
fn sought(phrase: &Phrase, alike: &[Vec<u64>]) -> Option<Sought> {
    let mut words: KeyMap<(f32, &[u64])> = KeyMap::default();
    let mut common = 0.0;
    for ((key, weight), alike) in phrase.weighed().zip(alike) {
        // An index has no common words: any text may have them.
        if is_rare(key) && alike.iter().all(|other| is_rare(*other)) {
            let (worth, others) = words.entry(key).or_default();
            *worth += weight;
            *others = alike;
        } else {
            common += weight;
        }
    }
    let all: f32 = words.values().map(|(worth, _)| *worth).sum();
    let needed = phrase.enough().map_or(all, |enough| (enough - common).min(all));
    // What is lost to rounding must not turn a text away.
    let words: Vec<AnyOf> = words
        .into_iter()
        .map(|(key, (worth, alike))| AnyOf {
            keys: std::iter::once(key).chain(alike.iter().copied()).collect(),
            worth: (f64::from(worth) * Sought::PARTS).ceil() as u32,
        })
        .collect();
    let least = (f64::from(needed - ROUNDING) * Sought::PARTS) as u32;
    (least > 0).then_some(Sought { words, least })
}

/// Bits that sums of the same weights may differ by when they are added up in another order.
const ROUNDING: f32 = 0.01;
