//! Bytes that came for a symbol in; the document, if it is that one, out.

use super::address::{Form, Symbol};
use crate::model::{Draft, symbol_key, symbols};
use crate::read::{self, Kind, ReadError};

/// Reads the bytes of the file with this name.
pub type Reader = fn(&str, &[u8]) -> Result<Draft, ReadError>;

/// Why what came is not the document; each is told after the name of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Nothing came.
    Empty,
    /// A page for readers came, as services show for errors.
    Page,
    /// Something of another kind came than was asked for.
    Kind(&'static str),
    /// It cannot be read: why.
    Unreadable(String),
    /// It has another symbol.
    Other(String),
    /// It does not say its symbol where a document does.
    Silent,
}

impl Wrong {
    pub(super) fn told(&self) -> String {
        match self {
            Self::Empty => {
                "has no such document (it answered with an empty page); check the symbol".to_owned()
            }
            Self::Page => {
                "has no such document (it answered with a web page); check the symbol".to_owned()
            }
            Self::Kind(wanted) => format!("answered with something that is no {wanted}"),
            Self::Unreadable(why) => format!("answered with a document that cannot be read: {why}"),
            Self::Other(symbol) => format!("answered with another document: {symbol}"),
            Self::Silent => {
                "answered with a document that does not bear this symbol; check the symbol"
                    .to_owned()
            }
        }
    }
}

/// How far into a document its own symbol stands, in characters, where the reader does not find it.
const HEAD: usize = 2000;

/// Holds what came against what was asked for. `form` is the form that alone is right; a mirror may keep a document in
/// any form but a web page, which is what errors look like.
pub(super) fn check(
    symbol: &Symbol,
    form: Option<Form>,
    bytes: &[u8],
    read: Reader,
) -> Result<Draft, Wrong> {
    if bytes.trim_ascii().is_empty() {
        return Err(Wrong::Empty);
    }
    let kind = read::kind(bytes);
    let wanted = match form {
        Some(Form::Pdf) => Some((Kind::Pdf, "PDF")),
        Some(Form::Docx) => Some((Kind::Docx, "Word document")),
        None => None,
    };
    match wanted {
        _ if kind == Kind::Html => return Err(Wrong::Page),
        Some((wanted, name)) if wanted != kind => return Err(Wrong::Kind(name)),
        _ => {}
    }
    let text = read(symbol.as_str(), bytes).map_err(|error| Wrong::Unreadable(error.message))?;
    let key = symbol_key(symbol.as_str());
    match &text.front.symbol {
        Some(own) if symbols(own).chain([own.as_str()]).any(|own| symbol_key(own) == key) => {
            Ok(text)
        }
        Some(own) => Err(Wrong::Other(own.clone())),
        // Anything is Markdown, and a message of an error may name the symbol.
        None if kind != Kind::Markdown && head_says(&text, &key) => Ok(text),
        None => Err(Wrong::Silent),
    }
}

/// Whether a text bears a symbol in its first lines: as a whole, not as the beginning of another one.
fn head_says(text: &Draft, key: &str) -> bool {
    let headings = text.headings.iter().filter(|heading| heading.before == 0);
    let headings = headings.map(|heading| heading.text.as_str());
    let paragraphs = text.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
    let words = headings.chain(paragraphs).collect::<Vec<_>>().join(" ");
    let head: String = words.chars().take(HEAD).collect::<String>().to_uppercase();
    let part = |c: char| c.is_alphanumeric() || "/.-(".contains(c);
    head.match_indices(key).any(|(at, _)| {
        let before = head.get(..at).and_then(|before| before.chars().next_back());
        let mut after = head.get(at + key.len()..).unwrap_or_default().chars();
        let goes_on = match after.next() {
            Some('.' | '-') => after.next().is_some_and(char::is_alphanumeric),
            Some(c) => part(c),
            None => false,
        };
        !before.is_some_and(part) && !goes_on
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Paragraph;

    /// A reader of another form that finds no symbol by itself.
    fn plain(_: &str, bytes: &[u8]) -> Result<Draft, ReadError> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let paragraphs = vec![Paragraph { text, ..Paragraph::default() }];
        Ok(Draft { paragraphs, ..Draft::default() })
    }

    #[test]
    fn the_symbol_stands_in_the_head() {
        let symbol = Symbol::parse("A/RES/70/1").unwrap();
        for (text, right) in [
            ("%PDF-1.7 United Nations A/RES/70/1 General Assembly", true),
            ("%PDF-1.7 United Nations A/RES/70/1.", true),
            ("%PDF-1.7 United Nations A/RES/70/125 General Assembly", false),
            ("%PDF-1.7 United Nations A/RES/70/1/Corr.1", false),
            ("%PDF-1.7 United Nations AA/RES/70/1", false),
            ("A/RES/70/1 was not found", false),
        ] {
            let checked = check(&symbol, None, text.as_bytes(), plain);
            assert_eq!(checked.is_ok(), right, "{text}");
        }
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let symbol = Symbol::parse("A/RES/70/1").unwrap();
        let wrong = |form, bytes: &[u8]| check(&symbol, form, bytes, read::read).err();
        assert_eq!(wrong(None, b" \n"), Some(Wrong::Empty));
        assert_eq!(wrong(None, b"<!DOCTYPE html><p>A/RES/70/1</p>"), Some(Wrong::Page));
        assert_eq!(wrong(Some(Form::Pdf), b"{}"), Some(Wrong::Kind("PDF")));
        assert_eq!(wrong(None, b"{\"error\": \"A/RES/70/1\"}"), Some(Wrong::Silent));
        let other = b"---\nsymbol: A/RES/70/2\n---\n\n1. We decide.\n";
        assert_eq!(wrong(None, other), Some(Wrong::Other("A/RES/70/2".to_owned())));
        assert_eq!(wrong(None, b"---\nsymbol: A/RES/70/1*\n---\n\n1. We decide.\n"), None);
    }
}
