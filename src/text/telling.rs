//! Two words in; what it is worth, in bits, that two texts share them, and whether that may tell something, out.

use super::Commonness;
use super::keys::KeyMap;

/// No word is worth more bits than this: a rare term is shared because two texts speak of one thing, and
/// only words in a row show that one was taken from the other.
pub const WORD_BITS: f64 = 12.0;

/// Two words are a telling pair when they stand next to one another, or with one word between them, and are
/// worth so many bits together: of a paragraph of which half was replaced, some are left, and few other
/// paragraphs have one by accident (docs/thresholds.md).
pub const PAIR_BITS: f64 = 16.0;

/// Tells for millions of pairs whether one may be telling: what was looked up once is kept.
#[derive(Debug, Default)]
pub struct Telling {
    words: KeyMap<f32>,
}

/// Words kept at most; a text of nothing but new words must not fill the memory.
const MOST_KEPT: usize = 1 << 18;

/// What may be lost by keeping less exact numbers.
const SLACK: f64 = 0.001;

impl Telling {
    /// Whether a pair may be telling, wherever its words stand; it is never false for one that is.
    pub fn may_be(&mut self, first: u64, second: u64) -> bool {
        let (a, b) = (self.bits(first), self.bits(second));
        let least = PAIR_BITS - SLACK;
        if a.min(WORD_BITS) + b.min(WORD_BITS) >= least {
            return true;
        }
        if a.min(WORD_BITS) + WORD_BITS < least {
            return false;
        }
        let model = Commonness::general();
        let after = if model.may_follow(first, second) {
            model.bits(&[first], second)
        } else {
            b + model.back_off_bits()
        };
        a.min(WORD_BITS) + after.min(WORD_BITS) >= least
    }

    fn bits(&mut self, word: u64) -> f64 {
        if self.words.len() > MOST_KEPT {
            self.words.clear();
        }
        let fresh = || Commonness::general().bits(&[], word) as f32;
        f64::from(*self.words.entry(word).or_insert_with(fresh))
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
        for window in keys.windows(3) {
            for second in [window[1], window[2]] {
                let most =
                    pair_bits(window[0], second, true).max(pair_bits(window[0], second, false));
                assert_eq!(telling.may_be(window[0], second), most >= PAIR_BITS);
                told += usize::from(most >= PAIR_BITS);
            }
        }
        assert!(told > 100 && told < keys.len() * 2);
    }
}
