//! Text in; its words one by one, each with its place and its folded form, out.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::key::{hash, hash_plain};
use crate::model::Span;

/// The folded form of one word as a scanner takes it from a text.
pub fn fold_word(word: &str) -> String {
    let kept = word.nfkc().filter(|c| !is_silent(*c) && !is_apostrophe(*c) && !is_hyphen(*c));
    let mut folded: String = kept.flat_map(char::to_lowercase).collect();
    fold_ise(&mut folded);
    folded
}

/// Goes through a text from word to word.
pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

/// Characters that stand inside a word without being seen or said.
fn is_silent(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
    )
}

/// A raised figure, `¹`: it calls a note or is a power, and is no part of the word before it.
pub(crate) fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() && !is_raised(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '′' | '＇')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Scripts written without spaces: every character is compared as a word.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

impl Scanner<'_> {
    fn peek(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            Some(_) => self.text.get(at..)?.chars().next(),
            None => None,
        }
    }

    /// The next word's place and the key of its folded form. `joins` says by its key which beginning a hyphen does
    /// not part from its word; `fold` is room to work in.
    #[inline]
    pub(super) fn next_key(
        &mut self,
        joins: &impl Fn(u64) -> bool,
        fold: &mut String,
    ) -> Option<(Span, u64)> {
        if let Some(found) = self.next_plain(joins) {
            return Some(found);
        }
        let span = self.next_token(joins, fold)?;
        Some((span, hash(fold)))
    }

    /// The same for a word of ASCII letters and digits, which is most of them, without writing its folded form
    /// down; nothing where a closer look is needed.
    #[inline]
    fn next_plain(&mut self, joins: &impl Fn(u64) -> bool) -> Option<(Span, u64)> {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(self.at..)?;
        self.at += rest.iter().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
        let start = self.at;
        let (end, key) = hash_plain(bytes, start);
        let stop = bytes.get(end).copied().unwrap_or(b' ');
        let after = bytes.get(end + 1).copied().unwrap_or(b' ');
        let goes_on = match stop {
            b' ' | b'\n' => false,
            b'-' => !after.is_ascii() || after.is_ascii_alphabetic() && joins(key),
            b'\'' => !after.is_ascii() || after.is_ascii_alphabetic(),
            b'.' | b',' | b'/' => after.is_ascii_digit(),
            _ => !stop.is_ascii(),
        };
        if end == start || goes_on || bytes.get(start..end).and_then(ise).is_some() {
            return None;
        }
        self.at = end;
        Some((Span::new(start, end), key))
    }

    /// The next word's place; its folded form is left in `fold`.
    #[inline(never)]
    fn next_token(&mut self, joins: &impl Fn(u64) -> bool, fold: &mut String) -> Option<Span> {
        fold.clear();
        while let Some(c) = self.peek(self.at)
            && !in_word(c)
        {
            self.at += c.len_utf8();
        }
        let start = self.at;
        let mut end = start;
        let mut plain = true;
        while let Some(c) = self.peek(self.at) {
            let next = self.at + c.len_utf8();
            if c.is_ascii_alphanumeric() {
                fold.push(c.to_ascii_lowercase());
                end = next;
            } else if in_word(c) || is_combining_mark(c) {
                if stands_alone(c) {
                    if end == start {
                        fold.push(c);
                        self.at = next;
                        return Some(Span::new(start, next));
                    }
                    break;
                }
                fold.push(c);
                plain = false;
                end = next;
            } else if !self.goes_on(c, next, joins, fold) {
                break;
            } else if matches!(c, '.' | '/') {
                // What parts figures is part of them: 1.5 is not 15, nor 70/125 701/25. A comma only groups them.
                fold.push(c);
            }
            self.at = next;
        }
        if end == start {
            return None;
        }
        if !plain {
            let kept = fold.nfkc().filter(|c| !is_apostrophe(*c));
            let folded: String = kept.flat_map(char::to_lowercase).collect();
            *fold = folded;
        }
        fold_ise(fold);
        Some(Span::new(start, end))
    }

    /// True when the mark `c`, with the text from `next` on, stands inside a word.
    fn goes_on(&self, c: char, next: usize, joins: &impl Fn(u64) -> bool, fold: &str) -> bool {
        let Some(after) = self.peek(next) else { return false };
        if is_silent(c) {
            return after.is_alphanumeric() || is_silent(after) || is_hyphen(after);
        }
        if is_apostrophe(c) {
            return after.is_alphabetic();
        }
        if is_hyphen(c) {
            return after.is_alphabetic() && joins(hash(fold));
        }
        // Whole numbers and symbols: 0.60, 1,000, 70/125.
        let digit_before = fold.ends_with(|c: char| c.is_ascii_digit());
        matches!(c, '.' | ',' | '/') && digit_before && after.is_ascii_digit()
    }
}

/// The shortest word that [`fold_ise`] changes.
const SHORTEST_ISE: usize = 6;

/// Where the s of -ise, -isation or their like stands in a word.
fn ise(word: &[u8]) -> Option<usize> {
    const ENDS: [&[u8]; 10] =
        [b"e", b"ed", b"es", b"ing", b"ation", b"ations", b"ational", b"er", b"ers", b"able"];
    // So many of them go with y too.
    const AFTER_Y: usize = 4;
    let is = |pair: &[u8]| matches!(pair, [b'i' | b'I' | b'y' | b'Y', b's' | b'S']);
    let at = word.windows(2).rposition(is)?;
    let ends = if word.get(at)?.eq_ignore_ascii_case(&b'y') { AFTER_Y } else { ENDS.len() };
    let end = word.get(at + 2..)?;
    let has = ENDS.iter().take(ends).any(|other| other.eq_ignore_ascii_case(end));
    (word.len() >= SHORTEST_ISE && has).then_some(at + 1)
}

/// Writes -ise, -isation and their like with z, on both sides of any comparison.
pub(super) fn fold_ise(word: &mut String) {
    if word.is_ascii()
        && let Some(s) = ise(word.as_bytes())
    {
        word.replace_range(s..=s, "z");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quick way and the slow way take the same words.
    #[test]
    fn plain_words_have_the_key_of_their_folded_form() {
        let mut seed = 3u64;
        let mut next = |most: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % most
        };
        let alphabet: Vec<char> =
            "abisezyngdlrtoABISEZ0129 -'.,/()’‑é\u{301}\u{AD}\u{18}—中".chars().collect();
        for _ in 0..20_000 {
            let text: String = (0..next(40)).map(|_| alphabet[next(alphabet.len())]).collect();
            let joins = |key: u64| key.is_multiple_of(2);
            let (mut fold, mut slow_fold) = (String::new(), String::new());
            let mut quick = Scanner { text: &text, at: 0 };
            let mut slow = Scanner { text: &text, at: 0 };
            loop {
                let quick = quick.next_key(&joins, &mut fold);
                let slow = slow.next_token(&joins, &mut slow_fold).map(|s| (s, hash(&slow_fold)));
                assert_eq!(quick, slow, "{text:?}");
                if slow.is_none() {
                    break;
                }
            }
        }
    }
}
