//! Bytes of a file in; a draft as numbered paragraphs out.

mod akn;
mod assemble;
mod decode;
mod flow;
mod front_matter;
mod html;
mod indent;
mod markdown;
mod number;
mod open;
mod pin;
mod split;

use std::fmt;

use crate::model::{Draft, LineIndex, Position};

/// Why a file could not be read as a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The file, as the user named it.
    pub path: String,
    /// Where in the file, if a place is known.
    pub at: Option<Position>,
    /// What is wrong and what to do about it.
    pub message: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(Position { line, column }) => {
                write!(f, "{}:{line}:{column}: {}", self.path, self.message)
            }
            None => write!(f, "{}: {}", self.path, self.message),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads a draft or a reference from the bytes of the file `path`; its content tells the format:
/// Akoma Ntoso (XML) or Markdown.
///
/// # Errors
/// When the bytes are not text in UTF-8, the front matter is broken, or the XML is.
pub fn read(path: &str, bytes: &[u8]) -> Result<Draft, ReadError> {
    let source = decode::decode(path, bytes)?;
    if let Some(kind) = unread_markup(source) {
        let message = format!("this is {kind}; give a Markdown or AKN4UN XML file");
        return Err(ReadError { path: path.to_owned(), at: None, message });
    }
    if akn::is_akn(source) {
        return akn::read(path, source);
    }
    let broken = |broken: front_matter::Broken| ReadError {
        path: path.to_owned(),
        at: Some(Position { line: broken.line, column: broken.column }),
        message: broken.message,
    };
    let (head, start) = front_matter::split(source).map_err(broken)?;
    let front = front_matter::parse(head.unwrap_or_default()).map_err(broken)?;
    let mut draft = Draft {
        path: path.to_owned(),
        front,
        source: source.to_owned(),
        lines: LineIndex::new(source),
        ..Draft::default()
    };
    let blocks = markdown::blocks(source, start, &mut draft);
    assemble::assemble(blocks, &mut draft);
    Ok(draft)
}

/// Markup of a kind that is not read, by how it begins.
fn unread_markup(source: &str) -> Option<&'static str> {
    let start = source.trim_start().get(..200).unwrap_or(source.trim_start()).to_lowercase();
    if akn::is_akn(source) {
        None
    } else if start.starts_with("<?xml") {
        Some("XML of another kind than AKN4UN")
    } else if start.starts_with("<!doctype html") || start.starts_with("<html") {
        Some("a web page (HTML)")
    } else {
        None
    }
}
