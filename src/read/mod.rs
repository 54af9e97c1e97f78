//! Bytes of a file in; a draft as numbered paragraphs out.

mod ahead;
mod akn;
mod assemble;
mod container;
mod decode;
mod docx;
mod flow;
mod front_matter;
mod html;
mod indent;
mod kind;
mod markdown;
mod masthead;
mod open;
mod pdf;
mod pin;
mod plain;
mod raw_html;
mod restarts;
mod skim;
mod split;

use std::fmt;

use crate::model::{Draft, LineIndex, Position};

pub use kind::{Kind, kind};
pub use skim::{Skimmed, loose_paragraphs, loose_words, skim};

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

/// How tracked changes in a Word document are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revisions {
    /// As the text will be once all of them are accepted.
    #[default]
    Accept,
    /// As the text was before them.
    Reject,
    /// As accepted, with what was deleted kept beside the words as struck out.
    Show,
}

/// What a user may say about how files are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Tracked changes.
    pub revisions: Revisions,
}

/// Reads a draft or a reference from the bytes of the file `path`, as [`read_as`] does with nothing said.
///
/// # Errors
/// As [`read_as`].
pub fn read(path: &str, bytes: &[u8]) -> Result<Draft, ReadError> {
    read_as(path, bytes, Reading::default())
}

/// Reads a draft or a reference from the bytes of the file `path`; its content tells the format, see [`Kind`].
///
/// # Errors
/// When the file is of a kind that is not read, or is broken.
pub fn read_as(path: &str, bytes: &[u8], reading: Reading) -> Result<Draft, ReadError> {
    let refused = |what: &str| {
        let message = format!(
            "this is {what}; give a Word, PDF, Markdown, HTML, plain text or AKN4UN XML file"
        );
        Err(ReadError { path: path.to_owned(), at: None, message })
    };
    match kind(bytes) {
        Kind::Akn => akn::read(path, decode::decode(path, bytes)?),
        Kind::Docx => docx::read(path, bytes, reading),
        Kind::Pdf => pdf::read(path, bytes),
        Kind::Html => html::read(path, bytes),
        Kind::Text => Ok(plain::read(path, decode::decode(path, bytes)?)),
        Kind::Markdown => {
            let source = decode::decode(path, bytes)?;
            if source.trim_start().starts_with("<?xml") {
                return refused("XML of another kind than AKN4UN");
            }
            read_markdown(path, source)
        }
    }
}

fn read_markdown(path: &str, source: &str) -> Result<Draft, ReadError> {
    let (front, start) = front_matter::read(path, source)?;
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
