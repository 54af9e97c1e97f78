//! Akoma Ntoso for the United Nations (AKN4UN, XML) in; a draft as numbered paragraphs out.
//!
//! Only the five entities of XML itself and character references are resolved: a document type
//! declaration is passed over, and any other entity stays in the text as written. Elements may be
//! nested [`MAX_DEPTH`] deep (official texts reach 14); a file that goes deeper is refused.
//!
//! What the paragraphs of an official file are has to be found out (`body`); a file that this tool wrote says it
//! (`exact`).

mod body;
mod element;
mod exact;
mod front;
mod heading;
mod outline;
mod unit;

pub(super) use heading::{Rank, is_counter, is_untitled, rank};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::ReadError;
use super::assemble::assemble;
use crate::model::{AKN_OWN, Draft, LineIndex};
use body::Body;
use exact::Exact;

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

/// What a file holds is given to it piece by piece, in its order.
trait Taker {
    /// An element begins.
    fn open(&mut self, tag: &BytesStart<'_>);
    /// The innermost element ends.
    fn close(&mut self);
    /// Words of the innermost element.
    fn words(&mut self, words: &str);
    /// The innermost element still open.
    fn unclosed(&self) -> Option<String>;
}

/// Reads an AKN file.
///
/// # Errors
/// When the XML breaks off, is not well formed, or is nested too deep.
pub(super) fn read(path: &str, source: &str) -> Result<Draft, ReadError> {
    if is_own(source) {
        let mut exact = Exact::default();
        give(path, source, &mut exact)?;
        return exact.finish(path);
    }
    let mut body = Body::default();
    give(path, source, &mut body)?;
    let (front, footnotes, blocks) = body.finish();
    let mut draft = Draft { path: path.to_owned(), front, footnotes, ..Draft::default() };
    assemble(blocks, &mut draft);
    Ok(draft)
}

/// True when the first element of an AKN file says that this tool wrote it.
fn is_own(source: &str) -> bool {
    let root = source.find("<akomaNtoso").and_then(|at| source.get(at..)).unwrap_or_default();
    root.split('>').next().is_some_and(|root| root.contains(AKN_OWN))
}

/// Gives all elements and words of a file to `taker`.
fn give(path: &str, source: &str, taker: &mut impl Taker) -> Result<(), ReadError> {
    let fault = |at: usize, message: String| {
        let at = (0..=at.min(source.len())).rev().find(|at| source.is_char_boundary(*at));
        let at = at.map(|at| LineIndex::new(source).position(source, at));
        ReadError { path: path.to_owned(), at, message }
    };
    let mut reader = Reader::from_str(source);
    let mut depth = 0;
    loop {
        let event = reader.read_event().map_err(|error| {
            let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
            fault(at, format!("the XML is broken here: {error}; get a fresh copy of the file"))
        })?;
        match event {
            Event::Start(tag) => {
                if depth >= MAX_DEPTH {
                    let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
                    let message = format!("elements are nested more than {MAX_DEPTH} deep here");
                    return Err(fault(at, message));
                }
                depth += 1;
                taker.open(&tag);
            }
            Event::Empty(tag) => {
                taker.open(&tag);
                taker.close();
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                taker.close();
            }
            Event::Text(words) => taker.words(&words),
            Event::CData(words) => taker.words(&words),
            Event::GeneralRef(name) => taker.words(&resolved(&name)),
            Event::Eof => break,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
    match taker.unclosed() {
        Some(open) => {
            let message = format!(
                "the file ends within <{open}>: it is not whole; get a fresh copy of the file"
            );
            Err(fault(source.len(), message))
        }
        None => Ok(()),
    }
}

/// The character an entity stands for; one that only the file itself defines stays as written.
fn resolved(name: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        return character.to_string();
    }
    resolve_predefined_entity(name).map_or_else(|| format!("&{};", &**name), str::to_owned)
}
