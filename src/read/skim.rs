//! Bytes of a file in; what it says of itself and its words, without a close reading, out.
//!
//! A large library is looked through for the few paragraphs that matter, and only these are read closely. For
//! that the words are enough, and roughly where a paragraph begins.

use std::borrow::Cow;

use super::kind::{Kind, kind};
use super::{ReadError, decode, front_matter, read};
use crate::model::{Draft, FrontMatter};

/// A file looked through.
#[derive(Debug)]
pub enum Skimmed<'b> {
    /// The head of a Markdown file, and the text after it as it stands.
    Loose {
        /// What it says of itself.
        front: Box<FrontMatter>,
        /// The text.
        body: &'b str,
    },
    /// A file of another kind, which is read closely because its words cannot be told otherwise.
    Close(Box<Draft>),
}

/// Looks through the bytes of the file `path`.
///
/// # Errors
/// As [`read`]; a fault in the text of a Markdown file is only met by a close reading.
pub fn skim<'b>(path: &str, bytes: &'b [u8]) -> Result<Skimmed<'b>, ReadError> {
    if kind(bytes) != Kind::Markdown {
        return read(path, bytes).map(|draft| Skimmed::Close(Box::new(draft)));
    }
    let source = decode::decode(path, bytes)?;
    let (front, start) = front_matter::read(path, source)?;
    Ok(Skimmed::Loose { front: Box::new(front), body: source.get(start..).unwrap_or_default() })
}

/// Cuts the text of a Markdown file roughly into paragraphs, sub-paragraphs staying with the paragraph they
/// stand under; headings and the numbers of paragraphs are left out.
pub fn loose_paragraphs(body: &str) -> impl Iterator<Item = &str> {
    let mut lines = body.split_inclusive('\n').peekable();
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut piece: Option<(usize, Option<u64>)> = None;
        let mut blank = true;
        while let Some(line) = lines.peek() {
            let text = line.trim_end();
            let heading = text.starts_with('#');
            let number = leading_number(text);
            if let Some((start, own)) = piece
                && !text.is_empty()
            {
                let next = own.is_some() && number == own.map(|own| own + 1);
                if heading || next || blank && !goes_on(text) {
                    return body.get(start..at);
                }
            }
            if piece.is_none() && !heading && !text.is_empty() {
                // A paragraph's number is not among its words.
                let digits =
                    number.map_or(0, |_| text.bytes().take_while(u8::is_ascii_digit).count() + 1);
                piece = Some((at + digits, number));
            }
            blank = text.is_empty();
            at += line.len();
            lines.next();
        }
        piece.and_then(|(start, _)| body.get(start..at))
    })
}

/// A piece of Markdown without what stands in it beside its words: where links lead, and calls to footnotes.
pub fn loose_words(piece: &str) -> Cow<'_, str> {
    if !piece.contains("](") && !piece.contains("[^") {
        return Cow::Borrowed(piece);
    }
    let mut words = String::with_capacity(piece.len());
    let mut rest = piece;
    while let Some(at) = rest.find("](").into_iter().chain(rest.find("[^")).min() {
        let (before, after) = rest.split_at(at);
        words.push_str(before);
        let close = if after.starts_with("](") { ')' } else { ']' };
        rest = after.find(close).and_then(|end| after.get(end + 1..)).unwrap_or_default();
    }
    words.push_str(rest);
    Cow::Owned(words)
}

/// The number that a line begins with: `12.`
fn leading_number(line: &str) -> Option<u64> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line.as_bytes().get(digits);
    if digits == 0 || digits > 4 || !matches!(after, Some(b'.' | b')')) {
        return None;
    }
    line.get(..digits)?.parse().ok()
}

/// True for a line that belongs to the paragraph above it: indented, or with the label of a sub-paragraph or
/// a bullet.
fn goes_on(line: &str) -> bool {
    let mut bytes = line.bytes();
    match bytes.next() {
        Some(b' ' | b'\t' | b'(') => true,
        Some(b'-' | b'*' | b'+') => bytes.next() == Some(b' '),
        Some(b'a'..=b'z') => bytes.find(|b| !b.is_ascii_lowercase()) == Some(b')'),
        _ => line.starts_with('•'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_what_stands_beside_them() {
        for (piece, wanted) in [
            ("of [it](https://example.org/a-b) and[^2] so", "of [it and so"),
            ("in [brackets] only", "in [brackets] only"),
            ("a link [that](never ends", "a link [that"),
        ] {
            assert_eq!(loose_words(piece), wanted);
        }
    }

    #[test]
    fn paragraphs_cut_roughly() {
        let body = "# Title\n\nRecalling,\nand so on,\n\n1. One:\n\n(a) of it;\n\n    more\n\n- and more\n\n\
                    ## Part\n2. Two\n3. Three\n\nFour\n";
        let pieces: Vec<String> = loose_paragraphs(body)
            .map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        let wanted =
            ["Recalling, and so on,", "One: (a) of it; more - and more", "Two", "Three", "Four"];
        assert_eq!(pieces, wanted);
    }
}
