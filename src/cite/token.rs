//! A folded text in; its words, numbers and marks, each with a hash that ignores case, out.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// One character of anything else but white space.
    Mark(u8),
}

/// A word, a number or a mark of a folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// The same for words that differ in case only.
    pub(super) hash: u64,
}

/// A folded text and its tokens, with the questions every scanner asks.
pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    list: Vec<Token>,
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(PRIME)
}

/// True for the first byte of a letter that is neither Latin, Greek nor Cyrillic: scripts written
/// without spaces, where a symbol follows a word at once.
fn is_foreign(byte: u8) -> bool {
    byte >= 0xd6
}

/// True when a byte continues a word.
fn goes_on(byte: u8, foreign: bool) -> bool {
    let within = (0x80..0xc0).contains(&byte);
    let letter = byte.is_ascii_alphabetic() || (!byte.is_ascii() && !is_foreign(byte));
    within || if foreign { is_foreign(byte) } else { letter }
}

impl<'t> Tokens<'t> {
    /// Cuts `text` into tokens.
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut list = Vec::with_capacity(text.len() / 5);
        let mut at = 0;
        while let Some(first) = bytes.get(at).copied() {
            let start = at;
            at += 1;
            let (kind, hash) = if first.is_ascii_whitespace() {
                continue;
            } else if first.is_ascii_digit() {
                let mut hash = mix(SEED, first);
                while let Some(next) = bytes.get(at).filter(|b| b.is_ascii_digit()) {
                    hash = mix(hash, *next);
                    at += 1;
                }
                (Kind::Number, hash)
            } else if first.is_ascii_alphabetic() || !first.is_ascii() {
                let mut hash = mix(SEED, first.to_ascii_lowercase());
                let foreign = is_foreign(first);
                while let Some(next) = bytes.get(at).filter(|b| goes_on(**b, foreign)) {
                    hash = mix(hash, next.to_ascii_lowercase());
                    at += 1;
                }
                (Kind::Word, hash)
            } else {
                (Kind::Mark(first), mix(SEED, first))
            };
            list.push(Token { start, end: at, kind, hash });
        }
        Self { text, list }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, i: usize) -> Option<Token> {
        self.list.get(i).copied()
    }

    /// The characters of token `i`; empty beyond the end.
    pub(super) fn word(&self, i: usize) -> &'t str {
        self.list.get(i).and_then(|t| self.text.get(t.start..t.end)).unwrap_or_default()
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.get(i).is_some_and(|t| t.kind == Kind::Word)
    }

    pub(super) fn is_number(&self, i: usize) -> bool {
        self.get(i).is_some_and(|t| t.kind == Kind::Number)
    }

    pub(super) fn is_mark(&self, i: usize, mark: u8) -> bool {
        self.get(i).is_some_and(|t| t.kind == Kind::Mark(mark))
    }

    /// True when token `i` is one of `words`, whatever its case.
    pub(super) fn is_any(&self, i: usize, words: &[&str]) -> bool {
        let word = self.word(i);
        words.iter().any(|w| w.eq_ignore_ascii_case(word))
    }

    /// True when no space stands between token `i` and the one before it.
    pub(super) fn joined(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|b| self.get(b));
        match (before, self.get(i)) {
            (Some(before), Some(token)) => before.end == token.start,
            _ => false,
        }
    }

    /// The value of number token `i`; none for other tokens and for numbers beyond any document's.
    pub(super) fn number(&self, i: usize) -> Option<u32> {
        if !self.is_number(i) {
            return None;
        }
        self.word(i).parse().ok().filter(|n| *n < 1_000_000)
    }

    /// Token `i` as the letter of a resolution's part, a Cyrillic look-alike included.
    pub(super) fn capital(&self, i: usize) -> Option<char> {
        let mut chars = self.word(i).chars();
        let letter = match (chars.next()?, chars.next()) {
            ('А', None) => 'A',
            ('В', None) => 'B',
            ('С', None) => 'C',
            ('Е', None) => 'E',
            (c, None) => c,
            _ => return None,
        };
        letter.is_ascii_uppercase().then_some(letter)
    }

    /// Index of the first token that starts at byte `at` or after it.
    pub(super) fn index_at(&self, at: usize) -> usize {
        self.list.partition_point(|t| t.start < at)
    }
}

/// True for a Roman numeral in capitals.
pub(super) fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 8 && word.bytes().all(|b| b"IVXLC".contains(&b))
}
