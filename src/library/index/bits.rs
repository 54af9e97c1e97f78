//! Numbers in; the few bits that hold them, and the numbers again, out.
//!
//! The lowest bit of a number comes first, and the lowest bit of a byte. What is read is not trusted: no reading goes
//! beyond the last byte, and what runs on without an end is a fault.

use super::store::Fault;

/// Bits that are read at once, at most.
const MOST: u32 = 56;

/// Bits on their way into bytes.
#[derive(Debug)]
pub(super) struct Writer<'o> {
    out: &'o mut Vec<u8>,
    held: u64,
    count: u32,
}

impl<'o> Writer<'o> {
    /// Bits that go behind the bytes of `out`.
    pub(super) fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out, held: 0, count: 0 }
    }

    /// Adds the lowest bits of a value, at most [`MOST`].
    pub(super) fn add(&mut self, value: u64, bits: u32) {
        self.held |= (value & ((1 << bits) - 1)) << self.count;
        self.count += bits;
        while self.count >= 8 {
            self.out.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// Adds a number in unary: as many ones, and a zero.
    pub(super) fn add_unary(&mut self, mut ones: u64) {
        while ones >= u64::from(MOST) {
            self.add(u64::MAX, MOST);
            ones -= u64::from(MOST);
        }
        self.add((1 << ones) - 1, ones as u32 + 1);
    }

    /// Adds a number above 0 in gamma code (Elias, "Universal codeword sets and representations of the integers", 1975):
    /// how many bits come below its highest one, in unary, and these.
    pub(super) fn add_gamma(&mut self, number: u64) {
        let below = number.max(1).ilog2();
        self.add_unary(u64::from(below));
        self.add(number, below);
    }

    /// Fills the last byte.
    pub(super) fn end(self) {
        if self.count > 0 {
            self.out.push(self.held as u8);
        }
    }
}

/// Bits of bytes, read one after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    /// The bit that comes next.
    at: usize,
}

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The bits that come next, at least [`MOST`]; zeros beyond the end.
    #[inline]
    fn peek(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let eight = match rest.first_chunk::<8>() {
            Some(eight) => *eight,
            None => {
                let mut eight = [0; 8];
                eight.iter_mut().zip(rest).for_each(|(slot, byte)| *slot = *byte);
                eight
            }
        };
        u64::from_le_bytes(eight) >> (self.at % 8)
    }

    /// Leaves out so many bits.
    #[inline]
    pub(super) fn skip(&mut self, bits: usize) -> Result<(), Fault> {
        let after = self.at.checked_add(bits).filter(|after| *after <= self.bytes.len() * 8);
        self.at = after.ok_or(Fault::Damaged)?;
        Ok(())
    }

    /// A number of so many bits, at most [`MOST`].
    #[inline]
    pub(super) fn take(&mut self, bits: u32) -> Result<u64, Fault> {
        let value = self.peek() & ((1 << bits) - 1);
        self.skip(bits as usize)?;
        Ok(value)
    }

    /// A number in unary.
    #[inline]
    pub(super) fn take_unary(&mut self) -> Result<u64, Fault> {
        let mut all = 0;
        loop {
            let ones = self.peek().trailing_ones().min(MOST);
            all += u64::from(ones);
            if ones < MOST {
                self.skip(ones as usize + 1)?;
                return Ok(all);
            }
            self.skip(ones as usize)?;
        }
    }

    /// A number in gamma code.
    #[inline]
    pub(super) fn take_gamma(&mut self) -> Result<u64, Fault> {
        let below = self.take_unary()?;
        if below > u64::from(MOST) {
            return Err(Fault::Damaged);
        }
        Ok(1 << below | self.take(below as u32)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(
            numbers in prop::collection::vec((0u32..3, 0u64..1 << 40, 0u32..=40), 0..60),
            cut in 0usize..30,
        ) {
            let mut bytes = Vec::new();
            let mut writer = Writer::new(&mut bytes);
            for (way, number, bits) in &numbers {
                match way {
                    0 => writer.add(*number, *bits),
                    1 => writer.add_unary(number % 300),
                    _ => writer.add_gamma(number + 1),
                }
            }
            writer.end();
            let read = |bytes: &[u8]| -> Result<(), Fault> {
                let mut reader = Reader::new(bytes);
                for (way, number, bits) in &numbers {
                    match way {
                        0 => assert_eq!(reader.take(*bits)?, number & ((1 << bits) - 1)),
                        1 => assert_eq!(reader.take_unary()?, number % 300),
                        _ => assert_eq!(reader.take_gamma()?, number + 1),
                    }
                }
                Ok(())
            };
            prop_assert!(read(&bytes).is_ok());
            // What is cut short is right as far as it goes, and then a fault; a number in unary must have its zero.
            bytes.truncate(bytes.len().saturating_sub(cut));
            if cut > 0 && numbers.iter().any(|(way, _, bits)| *way > 0 || *bits > 0) {
                prop_assert!(read(&bytes).is_err());
            }
        }
    }
}
