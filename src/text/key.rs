//! A folded word or a sequence of words in; the number it is compared by out.
//!
//! The build script includes this file too: what it writes must have the same keys.

/// The key of a folded word: its bytes, eight at a time, multiplied and mixed so that near words lie far apart.
pub(crate) fn hash(word: &str) -> u64 {
    let (eights, rest) = word.as_bytes().as_chunks();
    let key = eights.iter().fold(EMPTY, |key, eight| add(key, u64::from_le_bytes(*eight)));
    let last = rest.iter().rev().fold(0, |n, byte| n << 8 | u64::from(*byte));
    finish(if rest.is_empty() { key } else { add(key, last) }, word.len())
}

/// The ASCII letters and digits that a text has from byte `from` on: the byte where they end, and the key that
/// [`hash`] gives for them in lower case.
///
/// Eight bytes are looked at together (SIMD within a register): words are short, and a branch for every letter costs
/// more than all the rest.
#[inline]
pub(crate) fn hash_plain(text: &[u8], from: usize) -> (usize, u64) {
    let mut key = EMPTY;
    let mut at = from;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let chunk = rest.first_chunk::<8>().map_or_else(
            || rest.iter().rev().fold(0, |n, byte| n << 8 | u64::from(*byte)),
            |eight| u64::from_le_bytes(*eight),
        );
        let plain = plain_bytes(chunk);
        if plain > 0 {
            // What parts a capital from its small letter is a bit that every digit has.
            key = add(key, (chunk | each(0x20)) & (u64::MAX >> (64 - plain * 8)));
            at += plain;
        }
        if plain < 8 {
            return (at, finish(key, at - from));
        }
    }
}

/// How many ASCII letters and digits a text has in a row from byte `from` on.
#[inline]
pub(crate) fn plain_len(text: &[u8], from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let (eights, last) = rest.as_chunks::<8>();
    let plain = eights.iter().map(|eight| plain_bytes(u64::from_le_bytes(*eight)));
    match plain.enumerate().find(|(_, plain)| *plain < 8) {
        Some((nth, plain)) => 8 * nth + plain,
        None => {
            8 * eights.len() + last.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
        }
    }
}

/// Eight times the same byte.
#[inline]
pub(crate) const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// How many of the eight bytes, from the lowest on, are ASCII letters or digits.
///
/// Adding to every byte carries into its highest bit where it reaches the end of a range; bytes below 128 never
/// carry further.
fn plain_bytes(chunk: u64) -> usize {
    let low = chunk & each(0x7F);
    let small = low | each(0x20);
    let from = |bytes: u64, first: u8| bytes + each(0x80 - first);
    let letter = from(small, b'a') & !from(small, b'z' + 1);
    let digit = from(low, b'0') & !from(low, b'9' + 1);
    let plain = (letter | digit) & !chunk & each(0x80);
    ((plain ^ each(0x80)).trailing_zeros() / 8) as usize
}

/// The key that [`hash`] gives for a word of up to sixteen bytes: the first is the lowest, and there is nothing above the
/// last.
///
/// Which of two lengths a word has cannot be foreseen, so the keys for both are computed, and one is taken.
#[inline]
pub(crate) fn hash_short([first, second]: [u64; 2], len: usize) -> u64 {
    let one = add(EMPTY, first);
    let two = add(one, second);
    finish(if len > 8 { two } else { one }, len)
}

#[inline]
fn add(key: u64, chunk: u64) -> u64 {
    let mixed = (key ^ chunk).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ (mixed >> 32)
}

#[inline]
fn finish(key: u64, len: usize) -> u64 {
    let mixed = (key ^ len as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ (mixed >> 32)
}

/// One number for a sequence of words, by their keys.
#[inline]
pub fn window_key(words: &[u64]) -> u64 {
    words.iter().fold(EMPTY, |key, word| step(key, *word))
}

/// The key of the sequence `words` with `word` after it.
pub(crate) fn longer_key(words: &[u64], word: u64) -> u64 {
    step(window_key(words), word)
}

/// The keys of the sequences that begin with the first of three words: of all three, of the first two, and of the first
/// and the last.
#[inline]
pub fn keys_from([first, second, third]: [u64; 3]) -> [u64; 3] {
    let begun = step(EMPTY, first);
    let two = step(begun, second);
    [step(two, third), two, step(begun, third)]
}

/// The keys of the sequences that end at the word a text has come to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sliding {
    words: [u64; 3],
    /// The keys of the first two alone.
    begun: [u64; 2],
    count: usize,
}

impl Sliding {
    /// Goes on to the next word.
    #[inline]
    pub fn push(&mut self, word: u64) {
        let [_, second, third] = self.words;
        self.words = [second, third, word];
        self.begun = [self.begun[1], step(EMPTY, third)];
        self.count += 1;
    }

    /// How many words there were.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The key of the last three words.
    #[inline]
    pub fn three(&self) -> Option<u64> {
        let [_, second, third] = self.words;
        (self.count >= 3).then(|| step(step(self.begun[0], second), third))
    }

    /// The key of the last two words.
    #[inline]
    pub fn two(&self) -> Option<u64> {
        (self.count >= 2).then(|| step(self.begun[1], self.words[2]))
    }

    /// The key of the last word and the last but two.
    #[inline]
    pub fn two_apart(&self) -> Option<u64> {
        (self.count >= 3).then(|| step(self.begun[0], self.words[2]))
    }
}

const EMPTY: u64 = 0x9E37_79B9_7F4A_7C15;

fn step(key: u64, word: u64) -> u64 {
    (key.rotate_left(23) ^ word).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sliding_keys_are_those_of_windows() {
        let words: Vec<u64> = "We reaffirm the vision of the summit".split(' ').map(hash).collect();
        let mut sliding = Sliding::default();
        for (at, word) in words.iter().enumerate() {
            sliding.push(*word);
            let last = |n: usize| (at + 1).checked_sub(n).map(|from| window_key(&words[from..=at]));
            assert_eq!(sliding.three(), last(3));
            assert_eq!(sliding.two(), last(2));
            let apart = at.checked_sub(2).map(|from| window_key(&[words[from], *word]));
            assert_eq!(sliding.two_apart(), apart);
            if let Some([first, second, third]) =
                at.checked_sub(2).map(|from| [words[from], words[from + 1], *word])
            {
                let keys = [&[first, second, third][..], &[first, second], &[first, third]];
                assert_eq!(keys_from([first, second, third]), keys.map(window_key));
            }
        }
    }
}
