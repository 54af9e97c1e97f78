//! Bytes of paragraphs in; few bits that hold them, and the bytes again, out.
//!
//! Words, each with the space before it, have a Huffman code by how often a sample of the library has them; what is no
//! such word is spelled, byte by byte, in the same code (Moffat, "Word-based text compression", 1989). Codes are
//! canonical, so that their lengths are all there is to be stored of them. Each piece can be read without any other,
//! which a packing that looks back would not allow.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::store::{Fault, push, sum, take};
use crate::text::KeyMap;

/// At most so many words have a code of their own.
const MOST_WORDS: usize = 1 << 16;

/// A longer word is cut.
const LONGEST_WORD: usize = 32;

/// Bits of the longest code.
const LONGEST: u32 = 24;

/// Bits that are looked up at once; a word whose code is longer is rare.
const QUICK: u32 = 12;

/// Every byte is a token.
const BYTES: usize = 256;

/// How many bytes the first word of these takes, with the space before it; one byte where no word is.
fn token(bytes: &[u8]) -> usize {
    let space = usize::from(bytes.first() == Some(&b' '));
    let letter = |byte: &&u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    let letters = bytes.iter().skip(space).take(LONGEST_WORD).take_while(letter).count();
    if letters == 0 { 1 } else { space + letters }
}

fn tokens(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (first, rest) = bytes.split_at_checked(token(bytes))?;
        bytes = rest;
        Some(first)
    })
}

/// A code by which bytes are packed.
#[derive(Debug)]
pub(super) struct Coder {
    /// The code of every byte, and how many bits it has.
    bytes: Vec<(u32, u32)>,
    /// By its sum each word and its code; of two with the same sum one is spelled.
    words: KeyMap<(Vec<u8>, (u32, u32))>,
    /// What [`Decoder::new`] reads.
    pub(super) written: Vec<u8>,
}

impl Coder {
    /// The code that packs a sample best.
    pub(super) fn new(sample: &[Vec<u8>]) -> Self {
        let mut counts: HashMap<&[u8], u64> = HashMap::new();
        for word in sample.iter().flat_map(|text| tokens(text)) {
            *counts.entry(word).or_default() += 1;
        }
        let mut words: Vec<(u64, &[u8])> = Vec::new();
        // A byte that the sample lacks may be met all the same.
        let mut all = vec![1; BYTES];
        for (word, count) in counts {
            if word.len() > 1 && count > 1 {
                words.push((count, word));
            } else {
                spell(word, count, &mut all);
            }
        }
        words.sort_unstable_by_key(|(count, word)| (Reverse(*count), *word));
        for (count, word) in words.drain(MOST_WORDS.min(words.len())..) {
            spell(word, count, &mut all);
        }
        all.extend(words.iter().map(|(count, _)| count));
        let lengths = lengths(all);
        let mut written = Vec::new();
        push(&mut written, words.len() as u64);
        written.extend(&lengths);
        for (_, word) in &words {
            push(&mut written, word.len() as u64);
            written.extend(*word);
        }
        let mut bytes: Vec<(u32, u32)> = vec![(0, 0); lengths.len()];
        let mut code = 0;
        let mut before = 0;
        for symbol in canonical(&lengths) {
            let length = lengths.get(symbol as usize).map_or(0, |length| u32::from(*length));
            code <<= length - before;
            before = length;
            bytes.get_mut(symbol as usize).into_iter().for_each(|slot| *slot = (code, length));
            code += 1;
        }
        let codes = bytes.split_off(BYTES);
        let words = words.iter().map(|(_, word)| word.to_vec()).zip(codes);
        let words = words.map(|(word, code)| (sum(&word), (word, code))).collect();
        Self { bytes, words, written }
    }

    /// Adds a piece, packed: how long it is, then its codes.
    pub(super) fn push(&self, piece: &[u8], out: &mut Vec<u8>) {
        push(out, piece.len() as u64);
        let (mut held, mut count) = (0u64, 0);
        let mut add = |(code, length): (u32, u32)| {
            held = held << length | u64::from(code);
            count += length;
            while count >= 8 {
                count -= 8;
                out.push((held >> count) as u8);
            }
        };
        for token in tokens(piece) {
            let word = if token.len() > 1 { self.words.get(&sum(token)) } else { None };
            match word {
                Some((word, code)) if word == token => add(*code),
                _ => {
                    let codes = token.iter().filter_map(|byte| self.bytes.get(usize::from(*byte)));
                    codes.for_each(|code| add(*code));
                }
            }
        }
        if count > 0 {
            out.push((held << (8 - count)) as u8);
        }
    }
}

/// Counts the bytes of a word that has no code of its own.
fn spell(word: &[u8], count: u64, all: &mut [u64]) {
    for byte in word {
        all.get_mut(usize::from(*byte)).into_iter().for_each(|own| *own += count);
    }
}

/// For each count the bits of its code (Huffman, "A method for the construction of minimum-redundancy codes", 1952);
/// where one would be too long, the rarer are taken for less rare.
fn lengths(mut counts: Vec<u64>) -> Vec<u8> {
    loop {
        let mut parents = vec![0; counts.len()];
        let mut heap: BinaryHeap<Reverse<(u64, usize)>> =
            counts.iter().copied().zip(0..).map(Reverse).collect();
        while let (Some(Reverse((a, one))), Some(Reverse((b, other)))) = (heap.pop(), heap.pop()) {
            let parent = parents.len();
            parents.push(0);
            for child in [one, other] {
                parents.get_mut(child).into_iter().for_each(|slot| *slot = parent);
            }
            heap.push(Reverse((a + b, parent)));
            if heap.len() == 1 {
                break;
            }
        }
        // A parent stands behind its children, the root behind all.
        let mut depths = vec![0u32; parents.len()];
        for node in (0..parents.len().saturating_sub(1)).rev() {
            let parent = parents.get(node).and_then(|parent| depths.get(*parent)).copied();
            depths.get_mut(node).into_iter().for_each(|slot| *slot = parent.unwrap_or(0) + 1);
        }
        depths.truncate(counts.len());
        if depths.iter().all(|depth| *depth <= LONGEST) {
            return depths.into_iter().map(|depth| depth as u8).collect();
        }
        counts.iter_mut().for_each(|count| *count = *count / 2 + 1);
    }
}

/// The tokens in the order of their codes: the shortest first.
fn canonical(lengths: &[u8]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..lengths.len() as u32).collect();
    order.sort_by_key(|symbol| lengths.get(*symbol as usize));
    order
}

/// A code by which bytes are unpacked.
#[derive(Debug)]
pub(super) struct Decoder {
    /// All tokens one after another, and where each begins and ends.
    tokens: Vec<u8>,
    spans: Vec<(u32, u32)>,
    /// The tokens in the order of their codes.
    order: Vec<u32>,
    /// For each length the first code that has it, and how many codes are shorter; then the same for what is longer.
    first: [(u32, u32); LONGEST as usize + 2],
    /// For all bits that may come next the token whose code they begin with, and its length; 0 where it is longer.
    quick: Vec<(u32, u32)>,
}

impl Decoder {
    /// Reads what a [`Coder`] wrote.
    pub(super) fn new(mut written: &[u8]) -> Result<Self, Fault> {
        let words = take(&mut written)? as usize;
        let count = words.checked_add(BYTES).ok_or(Fault::Damaged)?;
        let (lengths, mut rest) = written.split_at_checked(count).ok_or(Fault::Damaged)?;
        let mut tokens: Vec<u8> = (0..=u8::MAX).collect();
        let mut spans: Vec<(u32, u32)> = (0..BYTES as u32).map(|byte| (byte, byte + 1)).collect();
        for _ in 0..words {
            let length = take(&mut rest)? as usize;
            let (word, after) = rest.split_at_checked(length).ok_or(Fault::Damaged)?;
            rest = after;
            let from = tokens.len() as u32;
            tokens.extend(word);
            spans.push((from, tokens.len() as u32));
        }
        let mut first = [(0, 0); LONGEST as usize + 2];
        let mut quick = vec![(0, 0); 1 << QUICK];
        let order = canonical(lengths);
        let (mut code, mut before) = (0u32, 0);
        for (place, symbol) in (0..).zip(&order) {
            let length = lengths.get(*symbol as usize).map_or(0, |length| u32::from(*length));
            if !(1..=LONGEST).contains(&length) {
                return Err(Fault::Damaged);
            }
            code <<= length - before;
            for begun in before + 1..=length {
                first[begun as usize] = (code >> (length - begun), place);
            }
            before = length;
            // More codes than there is room for.
            if code >> length != 0 {
                return Err(Fault::Damaged);
            }
            if length <= QUICK {
                let spare = QUICK - length;
                let same = quick.get_mut((code << spare) as usize..((code + 1) << spare) as usize);
                same.ok_or(Fault::Damaged)?.fill((*symbol, length));
            }
            code += 1;
        }
        for begun in before + 1..=LONGEST + 1 {
            first[begun as usize] = (u32::MAX, order.len() as u32);
        }
        Ok(Self { tokens, spans, order, first, quick })
    }

    /// Takes a piece that [`Coder::push`] packed.
    pub(super) fn unpack(&self, mut bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        let length = take(&mut bytes)? as usize;
        // No bit can stand for more than a word.
        if length > bytes.len().saturating_mul(8 * (LONGEST_WORD + 1)) {
            return Err(Fault::Damaged);
        }
        let mut piece = Vec::with_capacity(length + LONGEST_WORD);
        let (mut held, mut have) = (0u64, 0);
        while piece.len() < length {
            while have <= 56 {
                let Some((byte, rest)) = bytes.split_first() else { break };
                bytes = rest;
                held |= u64::from(*byte) << (56 - have);
                have += 8;
            }
            let quick = self.quick.get((held >> (64 - QUICK)) as usize).copied();
            let quick = quick.filter(|(_, bits)| *bits > 0);
            let (symbol, bits) = quick.or_else(|| self.longer(held)).ok_or(Fault::Damaged)?;
            if bits > have {
                return Err(Fault::Damaged);
            }
            held <<= bits;
            have -= bits;
            let (from, to) = *self.spans.get(symbol as usize).ok_or(Fault::Damaged)?;
            piece.extend(self.tokens.get(from as usize..to as usize).unwrap_or_default());
        }
        if piece.len() == length { Ok(piece) } else { Err(Fault::Damaged) }
    }

    /// The token whose code, a longer one, comes next, and its length.
    fn longer(&self, held: u64) -> Option<(u32, u32)> {
        (QUICK + 1..=LONGEST).find_map(|bits| {
            let code = (held >> (64 - bits)) as u32;
            let (first, place) = *self.first.get(bits as usize)?;
            let (_, end) = *self.first.get(bits as usize + 1)?;
            let at = place.checked_add(code.checked_sub(first)?).filter(|at| *at < end)?;
            Some((*self.order.get(at as usize)?, bits))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_packed_comes_back(
            texts in vec("[ a-cé,1]{0,60}", 0..20),
            piece in vec(any::<u8>(), 0..80),
            at in 0usize..200,
        ) {
            let sample: Vec<Vec<u8>> = texts.iter().map(|text| text.clone().into_bytes()).collect();
            let coder = Coder::new(&sample);
            let decoder = Decoder::new(&coder.written).unwrap();
            for piece in sample.iter().chain([&piece]) {
                let mut packed = Vec::new();
                coder.push(piece, &mut packed);
                prop_assert_eq!(&decoder.unpack(&packed).unwrap(), piece);
                // What is cut short or changed gives a fault or other bytes, and no panic.
                if let Some(byte) = packed.get_mut(at) {
                    *byte ^= 0x55;
                }
                let _ = decoder.unpack(&packed);
                let _ = decoder.unpack(packed.get(..at).unwrap_or_default());
            }
            let mut written = coder.written.clone();
            let place = at * 7 % written.len();
            written[place] ^= 0x15;
            if let Ok(other) = Decoder::new(&written) {
                let _ = other.unpack(&piece);
            }
        }
    }

    #[test]
    fn no_code_is_too_long() {
        // Counts that grow as Fibonacci's numbers would make codes of 39 bits.
        let mut counts = vec![1u64, 1];
        while counts.len() < 40 {
            counts.push(counts.iter().rev().take(2).sum());
        }
        let lengths = lengths(counts);
        assert!(lengths.iter().all(|length| (1..=LONGEST as u8).contains(length)));
        let filled: f64 = lengths.iter().map(|length| 0.5f64.powi(i32::from(*length))).sum();
        assert!(filled <= 1.0);
    }
}
