//! Numbers of paragraphs in ascending order in; few bits that hold them, and the numbers again, out.
//!
//! Each number is told by its distance from the one before, in Rice's code (Rice, "Some practical universal noiseless
//! coding techniques", 1979): the distance divided by a power of two in unary, then the rest in so many bits. The power
//! follows from how many numbers there are below which bound, and so need not be told.

use super::store::Fault;

/// Bits of the rest, for so many numbers below a bound: the power of two next below 0.69 (ln 2) times their mean
/// distance, which is best where they lie by chance.
fn rest_bits(count: usize, bound: u32) -> u32 {
    let distance = u64::from(bound) * 69 / 100 / (count.max(1) as u64);
    distance.max(1).ilog2()
}

/// Adds numbers below `bound`, in ascending order and each once.
pub(super) fn push(numbers: &[u32], bound: u32, out: &mut Vec<u8>) {
    let rest = rest_bits(numbers.len(), bound);
    let mut bits = Bits { out, held: 0, count: 0 };
    let mut least = 0;
    for number in numbers {
        let distance = number - least;
        least = number + 1;
        // As many ones as the quotient says, and a zero.
        let mut ones = distance >> rest;
        while ones >= 32 {
            bits.add(u64::from(u32::MAX), 32);
            ones -= 32;
        }
        bits.add((1 << ones) - 1, ones + 1);
        bits.add(u64::from(distance) & ((1 << rest) - 1), rest);
    }
    bits.end();
}

/// Takes so many numbers below `bound` that [`push`] added.
pub(super) fn take(
    mut bytes: &[u8],
    count: usize,
    bound: u32,
    numbers: &mut Vec<u32>,
) -> Result<(), Fault> {
    let rest = rest_bits(count, bound);
    let (mut held, mut have) = (0u64, 0u32);
    let mut least = 0u64;
    for _ in 0..count {
        let mut quotient = 0;
        loop {
            fill(&mut bytes, &mut held, &mut have);
            // Beyond the last byte stand zeros: a zero must still be one of those that were written.
            let ones = held.trailing_ones().min(have);
            quotient += u64::from(ones);
            if ones < have {
                held >>= ones + 1;
                have -= ones + 1;
                break;
            }
            if have == 0 {
                return Err(Fault::Damaged);
            }
            (held, have) = (0, 0);
        }
        fill(&mut bytes, &mut held, &mut have);
        if have < rest {
            return Err(Fault::Damaged);
        }
        let number = least + (quotient << rest | held & ((1 << rest) - 1));
        held >>= rest;
        have -= rest;
        if number >= u64::from(bound) {
            return Err(Fault::Damaged);
        }
        numbers.push(number as u32);
        least = number + 1;
    }
    Ok(())
}

/// Fills up to 32 bits and more, which one number's rest never takes, and fewer than 64.
#[inline]
fn fill(bytes: &mut &[u8], held: &mut u64, have: &mut u32) {
    if *have >= 32 {
        return;
    }
    if let Some((four, others)) = bytes.split_first_chunk::<4>() {
        *held |= u64::from(u32::from_le_bytes(*four)) << *have;
        *have += 32;
        *bytes = others;
        return;
    }
    while *have < 32 {
        let Some((byte, others)) = bytes.split_first() else { return };
        *held |= u64::from(*byte) << *have;
        *have += 8;
        *bytes = others;
    }
}

/// Bits on their way into bytes, the lowest first.
struct Bits<'o> {
    out: &'o mut Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits<'_> {
    /// Adds the lowest bits of a value, at most 33.
    fn add(&mut self, value: u64, bits: u32) {
        self.held |= value << self.count;
        self.count += bits;
        while self.count >= 8 {
            self.out.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    fn end(self) {
        if self.count > 0 {
            self.out.push(self.held as u8);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(
            numbers in prop::collection::btree_set(0u32..5000, 1..300),
            beyond in 0u32..4_000_000,
            cut in 0usize..40,
        ) {
            let numbers: Vec<u32> = numbers.into_iter().collect();
            let bound = numbers.last().unwrap() + 1 + beyond;
            let (mut bytes, mut back) = (Vec::new(), Vec::new());
            push(&numbers, bound, &mut bytes);
            prop_assert!(take(&bytes, numbers.len(), bound, &mut back).is_ok());
            prop_assert_eq!(&back, &numbers);
            // Whatever is left of them gives a fault or other numbers below the bound, and no panic.
            bytes.truncate(bytes.len().saturating_sub(cut));
            back.clear();
            let _ = take(&bytes, numbers.len() + cut, bound, &mut back);
            prop_assert!(back.iter().all(|number| *number < bound));
        }
    }
}
