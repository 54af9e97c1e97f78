//! Keys in; a few bits that tell of nearly every other key that it is none of them, out.

/// Two bits of one slot for every possible end of a key, set where one of the keys has it (a Bloom filter whose bits lie
/// beside one another, as in Putze, Sanders and Singler, "Cache-, hash- and space-efficient Bloom filters", 2007; keys are
/// hashes already). So small that a processor keeps it next to itself.
#[derive(Clone, Debug)]
pub struct Filter {
    slots: Vec<u64>,
    shift: u32,
}

/// Bits for each key: one in fifty other keys, at most, is taken for one of them.
const BITS_A_KEY: usize = 16;

/// More bits than these are not kept near.
const MOST_BITS: usize = 1 << 20;

impl Filter {
    /// Lets all of these through.
    pub fn new(keys: impl ExactSizeIterator<Item = u64>) -> Self {
        let count = (keys.len() * BITS_A_KEY).next_power_of_two().clamp(1 << 10, MOST_BITS);
        let slots = count / 64;
        let mut new = Self { slots: vec![0; slots], shift: 64 - slots.ilog2() };
        for key in keys {
            let (slot, bits) = new.place(key);
            new.slots.get_mut(slot).into_iter().for_each(|slot| *slot |= bits);
        }
        new
    }

    /// False for nearly every key that is none of them; true for each that is.
    #[inline]
    pub fn may_be(&self, key: u64) -> bool {
        let (slot, bits) = self.place(key);
        self.slots.get(slot).is_some_and(|slot| slot & bits == bits)
    }

    #[inline]
    fn place(&self, key: u64) -> (usize, u64) {
        let bit = |from: u32| 1 << (key >> from & 63);
        ((key >> self.shift) as usize, bit(24) | bit(32))
    }
}

/// Keys that a filter let through.
#[derive(Debug)]
pub struct Near<'r> {
    room: &'r mut [u64],
    count: usize,
}

impl<'r> Near<'r> {
    /// None yet, and at most so many, in room that is used again and again.
    pub fn new(room: &'r mut Vec<u64>, most: usize) -> Self {
        room.resize(room.len().max(most), 0);
        Self { room, count: 0 }
    }

    /// Takes a key if the filter lets it through and there is room.
    ///
    /// Every key is written, and the next over it where it was turned away: which is which cannot be foreseen, and a wrong
    /// guess costs a processor more than the writing.
    #[inline]
    pub fn offer(&mut self, key: u64, filter: &Filter) {
        if let Some(slot) = self.room.get_mut(self.count) {
            *slot = key;
            self.count += usize::from(filter.may_be(key));
        }
    }

    /// The keys taken, in their order.
    pub fn keys(&self) -> &[u64] {
        self.room.get(..self.count).unwrap_or_default()
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
        assert!(others < 2_000, "{others} of 100,000 pass");
        let mut room = vec![1, 2, 3];
        let mut near = Near::new(&mut room, 103_000);
        (2900..103_000).for_each(|n| near.offer(key(n), &filter));
        assert_eq!(near.keys().len(), others + 100);
        assert!(near.keys().starts_with(&[key(2900), key(2901)]));
    }

    #[test]
    fn of_nothing_nothing_passes() {
        assert!(!Filter::new(std::iter::empty()).may_be(7));
    }
}
