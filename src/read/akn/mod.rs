//! Akoma Ntoso for the United Nations (AKN4UN, XML) in; a draft as numbered paragraphs out.
//!
//! Only the five entities of XML itself and character references are resolved: a document type
//! declaration is passed over, and any other entity stays in the text as written. Elements may be
//! nested [`MAX_DEPTH`] deep (official texts reach 14); a file that goes deeper is refused.

mod body;
mod element;
mod front;
mod heading;
mod outline;

pub(super) use heading::{Rank, is_counter, is_untitled, rank};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};

use super::ReadError;
use super::assemble::assemble;
use crate::model::{Draft, LineIndex};
use body::Body;

/// How deep elements may be nested.
pub(super) const MAX_DEPTH: usize = 256;

/// How far into the file its root element may begin, after declarations and comments.
const HEAD: usize = 4096;

/// True when the text is Akoma Ntoso: XML whose first element is `akomaNtoso`.
pub(super) fn is_akn(source: &str) -> bool {
    let start = source.trim_start();
    let head = start.as_bytes().get(..HEAD).unwrap_or(start.as_bytes());
    start.starts_with('<')
        && head.windows(b"akomaNtoso".len()).any(|window| window == b"akomaNtoso")
}

/// Reads an AKN file.
///
/// # Errors
/// When the XML breaks off, is not well formed, or is nested too deep.
pub(super) fn read(path: &str, source: &str) -> Result<Draft, ReadError> {
    let fault = |at: usize, message: String| {
        let at = (0..=at.min(source.len())).rev().find(|at| source.is_char_boundary(*at));
        let at = at.map(|at| LineIndex::new(source).position(source, at));
        ReadError { path: path.to_owned(), at, message }
    };
    let mut reader = Reader::from_str(source);
    let mut body = Body::default();
    loop {
        let event = reader.read_event().map_err(|error| {
            let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
            fault(at, format!("the XML is broken here: {error}; get a fresh copy of the file"))
        })?;
        match event {
            Event::Start(tag) => {
                if body.depth() >= MAX_DEPTH {
                    let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
                    let message = format!("elements are nested more than {MAX_DEPTH} deep here");
                    return Err(fault(at, message));
                }
                body.open(&tag);
            }
            Event::Empty(tag) => {
                body.open(&tag);
                body.close();
            }
            Event::End(_) => body.close(),
            Event::Text(words) => body.words(&words),
            Event::CData(words) => body.words(&words),
            Event::GeneralRef(name) => body.words(&resolved(&name)),
            Event::Eof => break,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
    if let Some(open) = body.unclosed() {
        let message =
            format!("the file ends within <{open}>: it is not whole; get a fresh copy of the file");
        return Err(fault(source.len(), message));
    }
    let (front, footnotes, blocks) = body.finish();
    let mut draft = Draft { path: path.to_owned(), front, footnotes, ..Draft::default() };
    assemble(blocks, &mut draft);
    Ok(draft)
}

/// The character an entity stands for; one that only the file itself defines stays as written.
fn resolved(name: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        return character.to_string();
    }
    resolve_predefined_entity(name).map_or_else(|| format!("&{};", &**name), str::to_owned)
}
