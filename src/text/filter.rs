//! Keys in; a few bits that tell of nearly every other key that it is none of them, out.

/// One bit for every possible high end of a key, set where one of the keys has it (a Bloom filter with one hash, as
/// keys are hashes already). So small that a processor keeps it next to itself.
#[derive(Clone, Debug)]
pub struct Filter {
    bits: Vec<u64>,
    shift: u32,
}

/// Bits for each key: one in sixteen other keys, at most, is taken for one of them.
const BITS_A_KEY: usize = 16;

/// More bits than these are not kept near.
const MOST_BITS: usize = 1 << 20;

impl Filter {
    /// Lets all of these through.
    pub fn new(keys: impl ExactSizeIterator<Item = u64>) -> Self {
        let count = (keys.len() * BITS_A_KEY).next_power_of_two().clamp(1 << 10, MOST_BITS);
        let mut new = Self { bits: vec![0; count / 64], shift: 64 - count.ilog2() };
        for key in keys {
            let (slot, bit) = new.place(key);
            new.bits.get_mut(slot).into_iter().for_each(|slot| *slot |= bit);
        }
        new
    }

    /// False for nearly every key that is none of them; true for each that is.
    #[inline]
    pub fn may_be(&self, key: u64) -> bool {
        let (slot, bit) = self.place(key);
        self.bits.get(slot).is_some_and(|slot| slot & bit != 0)
    }

    /// Puts those of `keys` that may be one of them into `near`, and nothing else.
    pub fn sift(&self, keys: impl ExactSizeIterator<Item = u64>, near: &mut Vec<u64>) {
        near.clear();
        near.resize(keys.len(), 0);
        let mut count = 0;
        for key in keys {
            // Every key is written, and the next over it where it was none of them: which is which cannot be foreseen,
            // and a wrong guess costs a processor more than the writing.
            near.get_mut(count).into_iter().for_each(|slot| *slot = key);
            count += usize::from(self.may_be(key));
        }
        near.truncate(count);
    }

    #[inline]
    fn place(&self, key: u64) -> (usize, u64) {
        let high = key >> self.shift;
        ((high >> 6) as usize, 1 << (high & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::window_key;

    #[test]
    fn none_is_lost_and_few_others_pass() {
        let key = |n: u64| window_key(&[n]);
        let filter = Filter::new((0..3000).map(key).collect::<Vec<_>>().into_iter());
        assert!((0..3000).all(|n| filter.may_be(key(n))));
        let others = (3000..103_000).filter(|n| filter.may_be(key(*n))).count();
        assert!(others < 12_000, "{others} of 100,000 pass");
        let mut near = vec![1, 2, 3];
        filter.sift((2900u64..103_000).map(key).collect::<Vec<_>>().into_iter(), &mut near);
        assert_eq!(near.len(), others + 100);
    }

    #[test]
    fn of_nothing_nothing_passes() {
        assert!(!Filter::new(std::iter::empty()).may_be(7));
    }
}
