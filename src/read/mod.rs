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
