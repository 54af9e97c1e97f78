//! A paragraph in; its words in small letters, each with what parts it from the word before, out.

use std::borrow::Cow;

use crate::model::Span;
use crate::text::inserted::is_inserted;
use crate::text::is_raised;
use crate::text::key::plain_len;

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Space, emphasis, or an opening quotation mark: nothing that parts clauses.
    Space,
    /// A comma, a semicolon, a colon, a dash or a parenthesis.
    Clause,
    /// The end of a sentence, a line break, or the start of the text.
    Sentence,
}

/// A word.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub(super) span: Span,
    /// In small letters.
    pub(super) low: Cow<'t, str>,
    pub(super) capital: bool,
    pub(super) before: Gap,
    /// True within quotation marks that opened after the first word.
    pub(super) quoted: bool,
}

/// The words of `text`; numbers and labels at the start of a line are left out.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::with_capacity(text.len() / 6);
    let mut gap = Gap::Sentence;
    let mut at = 0;
    let mut gap_start = 0;
    let mut quoted = false;
    while let Some((start, end)) = next_word(text, at) {
        let between = text.get(gap_start..start).unwrap_or_default();
        if between != " " || out.is_empty() {
            gap = gap.max(gap_of(between, out.is_empty()));
            quoted = !out.is_empty() && is_quoted(between, quoted);
        }
        let raw = text.get(start..end).unwrap_or_default();
        at = end;
        gap_start = end;
        if gap == Gap::Sentence && is_label(text, start, end) {
            continue;
        }
        let upper = if raw.is_ascii() {
            // Of letters, digits, hyphens and apostrophes only capitals lack this bit.
            raw.bytes().fold(0x20, |all, byte| all & byte) == 0
        } else {
            raw.chars().any(char::is_uppercase)
        };
        let low = if upper { Cow::Owned(raw.to_lowercase()) } else { Cow::Borrowed(raw) };
        let capital = raw.starts_with(char::is_uppercase);
        out.push(Token { span: Span::new(start, end), low, capital, before: gap, quoted });
        gap = Gap::Space;
    }
    out
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() && !is_raised(c) || matches!(c, '\u{AD}' | '\u{2060}' | '\u{200D}')
}

fn joins(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’')
}

fn next_word(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let near = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let from = from + bytes.get(from..)?.iter().position(near)?;
    let start = match bytes.get(from) {
        Some(byte) if byte.is_ascii() => from,
        _ => from + text.get(from..)?.find(|c: char| c.is_alphanumeric() && !is_raised(c))?,
    };
    let scanned = start + plain_len(bytes, start);
    let mut end = scanned;
    let mut joint = false;
    for (at, c) in text.get(scanned..)?.char_indices() {
        if in_word(c) {
            end = scanned + at + c.len_utf8();
            joint = false;
        } else if joins(c) && !joint {
            joint = true;
        } else {
            break;
        }
    }
    Some((start, end))
}

fn gap_of(between: &str, first: bool) -> Gap {
    if first {
        return Gap::Sentence;
    }
    let mut gap = Gap::Space;
    let mut chars = between.chars().peekable();
    while let Some(c) = chars.next() {
        let found = match c {
            '\n' => Gap::Sentence,
            // Not within "A.1170" or "3.5".
            '.' | '!' | '?' if chars.peek().is_some() => Gap::Sentence,
            ',' | ';' | ':' | '(' | ')' | '–' | '—' => Gap::Clause,
            _ => Gap::Space,
        };
        gap = gap.max(found);
    }
    gap
}

/// Whether what follows stands in quotation marks.
fn is_quoted(between: &str, mut quoted: bool) -> bool {
    for c in between.chars() {
        match c {
            '“' | '«' | '„' => quoted = true,
            '”' | '»' | '\n' => quoted = false,
            '"' => quoted = !quoted,
            _ => {}
        }
    }
    quoted
}

/// `(a)`, `12.`, `PP3`, `OP5 bis.`: what stands before the words of a paragraph.
fn is_label(text: &str, start: usize, end: usize) -> bool {
    let raw = text.get(start..end).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let before = text.get(..start).unwrap_or_default();
    let digits = raw.trim_start_matches(['O', 'P']).trim_end_matches(|c: char| c.is_lowercase());
    let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let closed = raw.len() <= 4 && after.starts_with(')');
    let opened = before.ends_with('(') || raw.len() <= 2;
    let inserted = is_inserted(raw);
    number || closed && opened || inserted
}
