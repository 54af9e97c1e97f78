//! Folded words in; how surprising it is, in bits, to meet them in a United Nations text, out.

use std::sync::OnceLock;

use super::key::longer_key;

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
    /// For every possible high end of a key, four bytes: the first key that has it or a higher one; one more at the end.
    heads: &'static [u8],
    /// Eight bytes a key, in ascending order.
    keys: &'static [u8],
    /// The binary logarithm of each count, eight bytes, in the order of the keys.
    counts: &'static [u8],
    /// The binary logarithm of the number of words counted in all.
    total: f64,
}

/// `data/sequences.txt` as the build script sorts it: the sum of the single words' counts, the heads, all keys, all
/// counts; each with its lowest byte first, and of counts the binary logarithm.
const SEQUENCES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sequences.bin"));

/// Bits of the high end of a key, as in the build script.
const HIGH_END: u32 = 13;

/// What a back-off costs, in bits: the source named above multiplies by 0.4.
const BACK_OFF: f64 = 1.321_928_094_887_362_3;

/// The binary logarithm of the count taken for a word that is too rare to be listed, four; lists leave out what fewer
/// than twelve documents hold.
const UNLISTED: f64 = 2.0;

/// 64 bits each for [`Commonness::may_follow`]: far more than keys are listed.
const LISTED_SLOTS: usize = 1 << 14;

const NUMBER: usize = size_of::<u64>();
const HEAD: usize = size_of::<u32>();

impl Commonness {
    /// The model of General Assembly and Economic and Social Council resolutions.
    pub fn general() -> Self {
        let (total, rest) = SEQUENCES.split_at(NUMBER);
        let (heads, rows) = rest.split_at(HEAD * ((1 << HIGH_END) + 1));
        let (keys, counts) = rows.split_at(rows.len() / 2);
        let total = total.try_into().map_or(0.0, f64::from_le_bytes);
        Self { heads, keys, counts, total }
    }

    /// Bits of `word` after the words `before` it (the last two count).
    pub fn bits(&self, before: &[u64], word: u64) -> f64 {
        let before = before.get(before.len().saturating_sub(2)..).unwrap_or_default();
        let words = before.iter().copied().chain([word]);
        let all = self.along(words).last().unwrap_or_default();
        all.get(before.len()).copied().unwrap_or_default()
    }

    /// Bits of each of these words: as the first of a sequence, after the one word before it, and after the two.
    pub fn along(self, words: impl Iterator<Item = u64>) -> impl Iterator<Item = [f64; 3]> {
        // The words before, the last one first, with the logarithms of what is counted of them: the word, the two.
        let mut before: [Option<u64>; 2] = [None; 2];
        let mut counted: [Option<f64>; 2] = [None; 2];
        words.map(move |word| {
            let [last, last_but_one] = before;
            let one = self.count(longer_key(&[], word));
            let two = last.and_then(|last| self.count(longer_key(&[last], word)));
            let three = last.zip(last_but_one).filter(|_| counted[1].is_some());
            let three = three.and_then(|(b, a)| self.count(longer_key(&[a, b], word)));
            let after = |whole: Option<f64>, found: Option<f64>| Some((whole? - found?).max(0.0));
            let first = self.total - one.unwrap_or(UNLISTED);
            let second = after(counted[0], two).unwrap_or(first + BACK_OFF);
            let later = after(counted[1], three).unwrap_or(second + BACK_OFF);
            before = [Some(word), last];
            counted = [one, two];
            [first, second, later]
        })
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
            for key in self.keys.chunks_exact(NUMBER).filter_map(|key| key.try_into().ok()) {
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
        BACK_OFF
    }

    /// The binary logarithm of how often a sequence is counted, where it is listed.
    fn count(&self, key: u64) -> Option<f64> {
        let head = |end: usize| -> Option<usize> {
            let bytes = self.heads.get(end * HEAD..(end + 1) * HEAD)?;
            Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
        };
        let end = (key >> (64 - HIGH_END)) as usize;
        let (from, to) = (head(end)?, head(end + 1)?);
        let keys = self.keys.get(from * NUMBER..to * NUMBER)?;
        let same = keys.chunks_exact(NUMBER).position(|own| own == key.to_le_bytes())?;
        let count = self.counts.get((from + same) * NUMBER..(from + same + 1) * NUMBER)?;
        count.try_into().ok().map(f64::from_le_bytes)
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
