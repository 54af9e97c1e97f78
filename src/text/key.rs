//! A folded word or a sequence of words in; the number it is compared by out.
//!
//! The build script includes this file too: what it writes must have the same keys.

/// FNV-1a, mixed at the end so that near words lie far apart.
/// Source: Fowler, Noll and Vo, 64-bit offset basis and prime.
pub(crate) fn hash(word: &str) -> u64 {
    let mut key = 0xCBF2_9CE4_8422_2325u64;
    for byte in word.bytes() {
        key = (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    key ^= key >> 32;
    key = key.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    key ^ (key >> 32)
}

/// One number for a sequence of words, by their keys.
pub fn window_key(words: &[u64]) -> u64 {
    words.iter().fold(EMPTY, |key, word| step(key, *word))
}

/// The key of the sequence `words` with `word` after it.
pub(crate) fn longer_key(words: &[u64], word: u64) -> u64 {
    step(window_key(words), word)
}

const EMPTY: u64 = 0x9E37_79B9_7F4A_7C15;

fn step(key: u64, word: u64) -> u64 {
    (key.rotate_left(23) ^ word).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}
