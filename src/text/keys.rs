//! Keys of folded words and sequences in; maps over them, without hashing them twice, out.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map over keys that are hashes already.
pub type KeyMap<V> = HashMap<u64, V, BuildHasherDefault<KeyHasher>>;

/// A map over the words of a list of ours: nobody can fill it with words that collide.
pub(super) type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// A set of such words.
pub(super) type WordSet = HashSet<&'static str, BuildHasherDefault<WordHasher>>;

/// Hashes one short word; quick, and no more than that.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        // A map looks at both ends of a hash.
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks();
        eights.iter().for_each(|eight| self.write_u64(u64::from_le_bytes(*eight)));
        self.write_u64(rest.iter().fold(rest.len() as u64, |n, byte| n << 8 | u64::from(*byte)));
    }

    fn write_u64(&mut self, part: u64) {
        self.0 = (self.0 ^ part).rotate_left(29).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    /// What ends a word tells nothing of it.
    fn write_u8(&mut self, _: u8) {}
}

/// Takes a 64-bit key as its own hash.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
