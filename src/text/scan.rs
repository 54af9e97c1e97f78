//! Text in; its words one by one, each with its place and its folded form, out.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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

    /// The next word's place; its folded form is left in `fold`. `joins` says which beginnings a hyphen does
    /// not part from their word.
    pub(super) fn next_token(
        &mut self,
        joins: &dyn Fn(&str) -> bool,
        fold: &mut String,
    ) -> Option<Span> {
        fold.clear();
        while let Some(c) = self.peek(self.at)
            && !c.is_alphanumeric()
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
            } else if c.is_alphanumeric() || is_combining_mark(c) {
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
    fn goes_on(&self, c: char, next: usize, joins: &dyn Fn(&str) -> bool, fold: &str) -> bool {
        let Some(after) = self.peek(next) else { return false };
        if is_silent(c) {
            return after.is_alphanumeric() || is_silent(after) || is_hyphen(after);
        }
        if is_apostrophe(c) {
            return after.is_alphabetic();
        }
        if is_hyphen(c) {
            return after.is_alphabetic() && joins(fold);
        }
        // Whole numbers and symbols: 0.60, 1,000, 70/125.
        let digit_before = fold.ends_with(|c: char| c.is_ascii_digit());
        matches!(c, '.' | ',' | '/') && digit_before && after.is_ascii_digit()
    }
}

/// Writes -ise, -isation and their like with z, on both sides of any comparison.
pub(super) fn fold_ise(word: &mut String) {
    const ENDINGS: [&str; 14] = [
        "ise",
        "ised",
        "ises",
        "ising",
        "isation",
        "isations",
        "isational",
        "iser",
        "isers",
        "yse",
        "ysed",
        "yses",
        "ysing",
        "isable",
    ];
    if word.len() < 6 || !word.is_ascii() {
        return;
    }
    if let Some(ending) = ENDINGS.iter().find(|ending| word.ends_with(**ending)) {
        let at = word.len() - ending.len() + 1;
        word.replace_range(at..at + 1, "z");
    }
}
