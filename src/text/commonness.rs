//! Folded words in; how surprising it is, in bits, to meet them in a United Nations text, out.

use std::sync::OnceLock;

use super::key::{longer_key, window_key};

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
#[derive(Clone, Copy, Debug)]
pub struct Commonness {
    /// Eight bytes a key, in ascending order.
    keys: &'static [u8],
    /// Four bytes a count, in the order of the keys.
    counts: &'static [u8],
    /// Words counted in all.
    total: f64,
}

/// `data/sequences.txt` as the build script sorts it: the sum of the single words' counts (eight bytes),
/// then all keys, then all counts, each with its lowest byte first.
const SEQUENCES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sequences.bin"));

/// What a back-off costs, as in the source named above.
const BACK_OFF: f64 = 0.4;

/// Count taken for a sequence that is too rare to be listed; lists leave out what fewer than twelve
/// documents hold.
const UNLISTED: f64 = 4.0;

/// 64 bits each for [`Commonness::may_follow`]: far more than keys are listed.
const LISTED_SLOTS: usize = 1 << 14;

const KEY: usize = size_of::<u64>();
const COUNT: usize = size_of::<u32>();

impl Commonness {
    /// The model of General Assembly and Economic and Social Council resolutions.
    pub fn general() -> Self {
        let (total, rows) = SEQUENCES.split_at(KEY);
        let (keys, counts) = rows.split_at(rows.len() / (KEY + COUNT) * KEY);
        let total = total.try_into().map_or(1, u64::from_le_bytes);
        Self { keys, counts, total: total.max(1) as f64 }
    }

    /// Bits of `word` after the words `before` it (the last two count).
    pub fn bits(&self, before: &[u64], word: u64) -> f64 {
        let before = before.get(before.len().saturating_sub(2)..).unwrap_or_default();
        let mut discount = 1.0;
        for start in 0..=before.len() {
            let context = before.get(start..).unwrap_or_default();
            let found = self.count(longer_key(context, word));
            let whole =
                if context.is_empty() { Some(self.total) } else { self.count(window_key(context)) };
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

    /// True for a word that United Nations texts use often.
    pub fn knows(&self, word: u64) -> bool {
        self.count(longer_key(&[], word)).is_some()
    }

    /// False where no count of `word` after `before` is listed, so that [`bits`](Self::bits) backs off to the word alone.
    pub(super) fn may_follow(&self, before: u64, word: u64) -> bool {
        static LISTED: OnceLock<Vec<u64>> = OnceLock::new();
        let place = |key: u64| ((key >> 6) as usize % LISTED_SLOTS, 1u64 << (key & 63));
        let listed = LISTED.get_or_init(|| {
            let mut listed = vec![0; LISTED_SLOTS];
            for key in self.keys.chunks_exact(KEY).filter_map(|key| key.try_into().ok()) {
                let (slot, bit) = place(u64::from_le_bytes(key));
                if let Some(slot) = listed.get_mut(slot) {
                    *slot |= bit;
                }
            }
            listed
        });
        let (slot, bit) = place(longer_key(&[before], word));
        listed.get(slot).is_some_and(|listed| listed & bit != 0)
    }

    /// What backing off once costs, in bits.
    pub(super) fn back_off_bits(&self) -> f64 {
        -BACK_OFF.log2()
    }

    fn count(&self, key: u64) -> Option<f64> {
        let at = |index: usize| -> Option<u64> {
            let bytes = self.keys.get(index * KEY..(index + 1) * KEY)?;
            bytes.try_into().ok().map(u64::from_le_bytes)
        };
        let (mut low, mut high) = (0, self.keys.len() / KEY);
        while low < high {
            let middle = (low + high) / 2;
            match at(middle)?.cmp(&key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let bytes = self.counts.get(middle * COUNT..(middle + 1) * COUNT)?;
                    return bytes.try_into().ok().map(|b| f64::from(u32::from_le_bytes(b)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folding;

    fn bits(text: &str) -> f64 {
        let keys = Folding::general().keys(text);
        let model = Commonness::general();
        keys.iter().enumerate().map(|(at, key)| model.bits(&keys[..at], *key)).sum()
    }

    #[test]
    fn stock_phrases_cost_little() {
        assert!(bits("in accordance with") < bits("the reversal of erosion"));
        let stock = bits(
            "in accordance with international law including the Charter of the United Nations",
        );
        let own =
            bits("idle spectrum goes to community operators at cost so that villages can connect");
        assert!(stock * 2.0 < own, "{stock} {own}");
    }
}
