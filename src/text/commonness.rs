//! Folded words in; how surprising it is, in bits, to meet them in a United Nations text, out.

use std::sync::OnceLock;

use super::align::{longer_key, window_key};
use super::fold::hash;
use super::keys::KeyMap;

/// How often words follow one another in United Nations texts.
///
/// A phrase that every resolution uses ("as well as", "in accordance with international law") costs
/// few bits; a phrase of its own costs ten and more for every word. The sum of the bits two texts
/// share tells chance from reuse whatever the size of the library, as the bit score of a sequence
/// search does (Karlin and Altschul, 1990).
///
/// The model is the back-off of Brants, Popat, Xu, Och and Dean, "Large language models in machine
/// translation" (2007): the relative frequency of a word after the two before it, else 0.4 times
/// that after the one before it, else 0.4 times its own.
#[derive(Debug)]
pub struct Commonness {
    counts: KeyMap<u32>,
    total: f64,
}

/// Sequences of one to three words with the number of paragraphs that hold them. How the file was
/// made is told at its head.
const SEQUENCES: &str = include_str!("data/sequences.txt");

/// What a back-off costs, as in the source named above.
const BACK_OFF: f64 = 0.4;

/// Count taken for a sequence that is too rare to be listed; lists leave out what fewer than twelve
/// documents hold.
const UNLISTED: f64 = 4.0;

impl Commonness {
    /// The model of General Assembly and Economic and Social Council resolutions.
    pub fn general() -> &'static Self {
        static GENERAL: OnceLock<Commonness> = OnceLock::new();
        GENERAL.get_or_init(|| Self::parse(SEQUENCES))
    }

    fn parse(data: &str) -> Self {
        let mut counts = KeyMap::default();
        counts.reserve(data.len() / 16);
        let mut total = 0.0;
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            let Some((count, phrase)) = line.split_once('\t') else { continue };
            let Ok(count) = count.parse::<u32>() else { continue };
            let mut keys = [0u64; 3];
            let mut len = 0;
            for (slot, word) in keys.iter_mut().zip(phrase.split(' ')) {
                *slot = hash(word);
                len += 1;
            }
            let keys = keys.get(..len).unwrap_or_default();
            counts.insert(window_key(keys), count);
            if len == 1 {
                total += f64::from(count);
            }
        }
        Self { counts, total: total.max(1.0) }
    }

    /// Bits of `word` after the words `before` it (the last two count).
    pub fn bits(&self, before: &[u64], word: u64) -> f64 {
        let before = before.get(before.len().saturating_sub(2)..).unwrap_or_default();
        let mut discount = 1.0;
        for start in 0..=before.len() {
            let context = before.get(start..).unwrap_or_default();
            let found = self.counts.get(&longer_key(context, word)).map(|c| f64::from(*c));
            let whole = if context.is_empty() { Some(self.total) } else { self.count(context) };
            match (found, whole) {
                (Some(found), Some(whole)) => return -(discount * found / whole).min(1.0).log2(),
                (None, Some(whole)) if context.is_empty() => {
                    return -(discount * UNLISTED / whole).log2();
                }
                _ => discount *= BACK_OFF,
            }
        }
        0.0
    }

    fn count(&self, sequence: &[u64]) -> Option<f64> {
        self.counts.get(&window_key(sequence)).map(|count| f64::from(*count))
    }
}
