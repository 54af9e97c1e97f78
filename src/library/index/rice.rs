//! Numbers of paragraphs in ascending order in; few bits that hold them, and the numbers again, out.
//!
//! Each number is told by its distance from the one before, in Rice's code (Rice, "Some practical universal noiseless
//! coding techniques", 1979): the distance divided by a power of two in unary, then the rest in so many bits. The power
//! follows from how many numbers there are below which bound, and so need not be told.

use super::bits::{Reader, Writer};
use super::store::Fault;

/// Bits of the rest, for so many numbers below a bound: the power of two next below 0.69 (ln 2) times their mean
/// distance, which is best where they lie by chance.
fn rest_bits(count: usize, bound: u32) -> u32 {
    let distance = u64::from(bound) * 69 / 100 / (count.max(1) as u64);
    distance.max(1).ilog2()
}

/// Adds numbers below `bound`, in ascending order and each once.
pub(super) fn push(numbers: &[u32], bound: u32, out: &mut Writer<'_>) {
    let rest = rest_bits(numbers.len(), bound);
    let mut least = 0;
    for number in numbers {
        let distance = number - least;
        least = number + 1;
        out.add_unary(u64::from(distance >> rest));
        out.add(u64::from(distance), rest);
    }
}

/// How many bits [`push`] takes for these numbers.
pub(super) fn bits(numbers: &[u32], bound: u32) -> u64 {
    let rest = rest_bits(numbers.len(), bound);
    let mut least = 0;
    let bits = numbers.iter().map(|number| {
        let distance = number - least;
        least = number + 1;
        u64::from(distance >> rest) + 1 + u64::from(rest)
    });
    bits.sum()
}

/// Takes so many numbers below `bound` that [`push`] added.
pub(super) fn take(
    bits: &mut Reader<'_>,
    count: usize,
    bound: u32,
    numbers: &mut Vec<u32>,
) -> Result<(), Fault> {
    let rest = rest_bits(count, bound);
    let mut least = 0u64;
    for _ in 0..count {
        let quotient = bits.take_unary()?;
        let number = least + (quotient << rest | bits.take(rest)?);
        if number >= u64::from(bound) {
            return Err(Fault::Damaged);
        }
        numbers.push(number as u32);
        least = number + 1;
    }
    Ok(())
}

/// Goes beyond so many numbers below `bound` that [`push`] added.
pub(super) fn pass_over(bits: &mut Reader<'_>, count: usize, bound: u32) -> Result<(), Fault> {
    let rest = rest_bits(count, bound);
    for _ in 0..count {
        bits.take_unary()?;
        bits.skip(rest as usize)?;
    }
    Ok(())
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
            let mut writer = Writer::new(&mut bytes);
            push(&numbers, bound, &mut writer);
            writer.end();
            prop_assert_eq!(super::bits(&numbers, bound).div_ceil(8), bytes.len() as u64);
            prop_assert!(take(&mut Reader::new(&bytes), numbers.len(), bound, &mut back).is_ok());
            prop_assert_eq!(&back, &numbers);
            // Whatever is left of them gives a fault or other numbers below the bound, and no panic.
            bytes.truncate(bytes.len().saturating_sub(cut));
            back.clear();
            let _ = take(&mut Reader::new(&bytes), numbers.len() + cut, bound, &mut back);
            prop_assert!(back.iter().all(|number| *number < bound));
        }
    }
}
