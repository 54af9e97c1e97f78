//! Two words in; what it is worth, in bits, that two texts share them, and whether that may tell something, out.

use super::Commonness;
use super::key::longer_key;
use super::keys::KeyMap;

/// No word is worth more bits than this: a rare term is shared because two texts speak of one thing, and
/// only words in a row show that one was taken from the other.
pub const WORD_BITS: f64 = 12.0;

/// Two words are a telling pair when they stand next to one another, or with one word between them, and are
/// worth so many bits together: of a paragraph of which half was replaced, some are left, and few other
/// paragraphs have one by accident (docs/thresholds.md).
pub const PAIR_BITS: f64 = 16.0;

/// A word worth so many bits is rare enough to find the paragraphs it stands in by it alone.
const RARE_BITS: f32 = 7.0;

/// Whether a word is rare in United Nations texts: not one of the few hundred that paragraphs are full of.
pub fn is_rare(word: u64) -> bool {
    bits(word) >= RARE_BITS
}

fn bits(word: u64) -> f32 {
    Commonness::general().bits(&[], word) as f32
}

/// Tells for the words of one text after another which pairs may be telling: what was looked up once is kept.
#[derive(Debug, Default)]
pub struct Telling {
    words: KeyMap<f32>,
    /// Two words that the model knows in a row, by the key of the pair: whether they may be telling.
    pairs: KeyMap<bool>,
    /// The last two words of the text with their bits, the last one first.
    before: [Option<(u64, f64)>; 2],
}

/// Words kept at most; a text of nothing but new words must not fill the memory.
const MOST_KEPT: usize = 1 << 18;

/// What may be lost by keeping less exact numbers.
const SLACK: f64 = 0.001;

impl Telling {
    /// Begins another text.
    pub fn begin(&mut self) {
        self.before = [None; 2];
    }

    /// Goes on to the next word: whether it may be a telling pair with the word before it, and with the one before that,
    /// wherever the two stand together elsewhere. It is never false for a pair that is one.
    #[inline]
    pub fn next(&mut self, word: u64) -> [bool; 2] {
        let bits = self.bits(word);
        let before = self.before;
        let pairs = before.map(|first| first.is_some_and(|first| self.may_be(first, (word, bits))));
        self.before = [Some((word, bits)), self.before[0]];
        pairs
    }

    /// Whether the word that was gone on to last is rare: see [`is_rare`].
    #[inline]
    pub fn is_at_rare(&self) -> bool {
        self.before[0].is_some_and(|(_, bits)| bits >= f64::from(RARE_BITS))
    }

    fn bits(&mut self, word: u64) -> f64 {
        if self.words.len() > MOST_KEPT {
            self.words.clear();
        }
        f64::from(*self.words.entry(word).or_insert_with(|| bits(word)))
    }

    /// Whether two words, with their bits, may be telling next to one another or apart.
    fn may_be(&mut self, (first, a): (u64, f64), (second, b): (u64, f64)) -> bool {
        let least = PAIR_BITS - SLACK;
        let a = a.min(WORD_BITS);
        if a + b.min(WORD_BITS) >= least {
            return true;
        }
        if a + WORD_BITS < least {
            return false;
        }
        let model = Commonness::general();
        if !model.may_follow(first, second) {
            return a + (b + model.back_off_bits()).min(WORD_BITS) >= least;
        }
        if self.pairs.len() > MOST_KEPT {
            self.pairs.clear();
        }
        let fresh = || a + model.bits(&[first], second).min(WORD_BITS) >= least;
        *self.pairs.entry(longer_key(&[first], second)).or_insert_with(fresh)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folding;

    /// What a pair of words is worth, in bits; `next` where they stand next to one another.
    fn pair_bits(first: u64, second: u64, next: bool) -> f64 {
        let model = Commonness::general();
        let before = [first];
        let context = if next { before.as_slice() } else { &[] };
        model.bits(&[], first).min(WORD_BITS) + model.bits(context, second).min(WORD_BITS)
    }

    #[test]
    fn no_telling_pair_is_passed_over() {
        let text = include_str!("../../drafts/rev1.md");
        let keys = Folding::general().keys(text);
        let mut telling = Telling::default();
        let mut told = 0;
        let mut before = [0; 2];
        for word in &keys {
            let next = telling.next(*word);
            assert_eq!(telling.is_at_rare(), is_rare(*word));
            for (first, found) in before.into_iter().zip(next) {
                let most = pair_bits(first, *word, true).max(pair_bits(first, *word, false));
                let held = first != 0;
                assert_eq!(found, held && most >= PAIR_BITS);
                told += usize::from(found);
            }
            before = [*word, before[0]];
        }
        assert!(told > 100 && told < keys.len() * 2);
    }
}
