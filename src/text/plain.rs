//! Text in; the stretches of letters in it, found 64 bytes at a time, and the keys of its plain words, out.
//!
//! A short cut to what [`Scanner`](super::scan::Scanner) says: nearly every word is a stretch of ASCII letters with a space
//! or a mark behind it. A stretch that may be anything else has no key here, and the scanner looks at it.

use super::key::{each, hash_short};

/// Bytes that are looked at together, one bit for each.
const BLOCK: usize = 64;

/// Bytes of the longest word that has its key from here.
const LONGEST: usize = 16;

/// Goes through a text from stretch to stretch of ASCII letters, digits and whatever is not ASCII: no word begins or ends
/// within one, unless a closer look finds other marks there.
pub(super) struct Stretches<'t> {
    text: &'t [u8],
    /// Where the next block begins.
    next: usize,
    /// Where stretches of the last block begin and end, but for those that were told.
    edges: u64,
    /// Whether the last block ends within a stretch: 1 or 0.
    inside: u64,
}

impl<'t> Stretches<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), next: 0, edges: 0, inside: 0 }
    }

    /// Where the next stretch begins or ends.
    #[inline]
    fn edge(&mut self) -> Option<usize> {
        while self.edges == 0 {
            self.edges = self.next_block()?;
        }
        let edge = self.next - BLOCK + self.edges.trailing_zeros() as usize;
        self.edges &= self.edges - 1;
        Some(edge)
    }

    /// Where stretches begin and end in the next block.
    #[inline(never)]
    fn next_block(&mut self) -> Option<u64> {
        let rest = self.text.get(self.next..).filter(|rest| !rest.is_empty())?;
        let bits = rest.first_chunk().map_or_else(|| bits(&padded(rest)), bits);
        let edges = bits ^ (bits << 1 | self.inside);
        self.inside = bits >> (BLOCK - 1);
        self.next += BLOCK;
        Some(edges)
    }
}

impl Iterator for Stretches<'_> {
    type Item = (usize, usize);

    /// The bytes at which the next stretch begins and ends.
    #[inline]
    fn next(&mut self) -> Option<(usize, usize)> {
        let start = self.edge()?;
        Some((start, self.edge().unwrap_or(self.text.len())))
    }
}

/// The last bytes of a text and nothing after them.
#[inline(never)]
fn padded<const LEN: usize>(rest: &[u8]) -> [u8; LEN] {
    let mut padded = [0; LEN];
    padded.iter_mut().zip(rest).for_each(|(slot, byte)| *slot = *byte);
    padded
}

/// A bit for each byte that belongs to a stretch.
#[inline]
fn bits(block: &[u8; BLOCK]) -> u64 {
    let mut flags = [0; BLOCK];
    for (flag, byte) in flags.iter_mut().zip(block) {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let digit = byte.wrapping_sub(b'0') < 10;
        *flag = u8::from(letter | digit | !byte.is_ascii());
    }
    let (eights, _) = flags.as_chunks();
    // The flags of eight bytes come to stand beside one another at the top.
    let bits = |eight: &[u8; 8]| {
        u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> (BLOCK - 8)
    };
    eights.iter().rev().fold(0, |all, eight| all << 8 | bits(eight))
}

/// For every length what keeps so many bytes of sixteen, from the lowest on.
const KEEP: [[u64; 2]; LONGEST + 1] = {
    let mut keep = [[0; 2]; LONGEST + 1];
    let mut len = 1;
    while len <= LONGEST {
        let bits = u128::MAX >> (8 * (LONGEST - len));
        keep[len] = [bits as u64, (bits >> 64) as u64];
        len += 1;
    }
    keep
};

/// The key of a stretch of `text`, where it is a word that only a list of special ones could change: nothing where a mark
/// may go on with it, where it may be a label or an abbreviation or end in -ise, or where it is long.
#[inline]
pub(super) fn plain_key(text: &[u8], (start, end): (usize, usize)) -> Option<u64> {
    let rest = text.get(start..)?;
    let last: [u8; LONGEST + 2];
    let near = match rest.first_chunk() {
        Some(near) => near,
        None => {
            last = padded(rest);
            &last
        }
    };
    let len = end - start;
    let [keep, keep_second] = KEEP.get(len)?;
    let (stop, after) = (*near.get(len)?, *near.get(len + 1)?);
    let goes_on = matches!(stop, b'-' | b'\'' | b')')
        | (matches!(stop, b'.' | b',' | b'/') & after.is_ascii_digit());
    let (first, second) = near.split_first_chunk()?;
    let (first, second) = (u64::from_le_bytes(*first), u64::from_le_bytes(*second.first_chunk()?));
    // Of letters and digits only capitals lack this bit.
    let capitals = !first & 0x2020;
    let short = (capitals == 0x2020) | ((len == 2) & (capitals & 0x20 != 0));
    let first = (first | each(0x20)) & keep;
    let second = (second | each(0x20)) & keep_second;
    let wide = (first | second) & each(0x80) != 0;
    let last = (u128::from(first) | u128::from(second) << 64) << (8 * (LONGEST - len)) >> 64;
    if goes_on | short | wide | ((len > 5) & may_be_ise(last as u64)) {
        return None;
    }
    Some(hash_short([first, second], len))
}

/// Whether the last eight letters of a word may end in -ise, -isation or their like; now and then said of another word.
#[inline]
fn may_be_ise(last: u64) -> bool {
    let like = |letters: u64, letter: u8| {
        let other = letters ^ each(letter);
        other.wrapping_sub(each(1)) & !other & each(0x80)
    };
    // An s between i or y, which differ by one bit, and a, e or i, which m has the bits of.
    let s = like(last, b's') & like(last | each(0x0C), b'm') >> 8;
    (s & like(last | each(0x10), b'y') << 8 != 0) | (last == u64::from_le_bytes(*b"sational"))
}
