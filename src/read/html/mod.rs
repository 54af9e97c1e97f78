//! A web page in; a draft as numbered paragraphs out.
//!
//! The page is cut into a flat list of elements and words (`page`); `scope` tells the text from what stands around
//! it, `notes` finds the footnotes, and `body` turns the rest into blocks. A file of more than [`LARGEST`] bytes is
//! refused; elements nested deeper than 512 are passed over, their words kept. HTML has no entities that grow.

mod blocks;
mod body;
mod charset;
mod head;
mod lists;
mod notes;
mod page;
mod scope;
mod tables;
mod words;

use super::ReadError;
use super::assemble::{Block, assemble};
use super::letterhead::masthead;
use crate::model::{Draft, LineIndex, Omission};

/// A page of more bytes is no text of a meeting.
const LARGEST: usize = 64 * 1024 * 1024;

/// Reads a web page.
///
/// # Errors
/// When it is too large.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Draft, ReadError> {
    if bytes.len() > LARGEST {
        let message = "the page is larger than 64 MB; save the text alone and try again".to_owned();
        return Err(ReadError { path: path.to_owned(), at: None, message });
    }
    let source = charset::decoded(bytes).into_owned();
    let nodes = page::nodes(&source);
    let mut draft = Draft {
        path: path.to_owned(),
        front: head::front(&nodes),
        lines: LineIndex::new(&source),
        ..Draft::default()
    };
    let read = body::read(&nodes, &source, &draft.lines);
    draft.footnotes = read.footnotes;
    if let [title] = read.titles.as_slice() {
        draft.front.title = Some(title.clone());
    }
    let blocks = without_masthead(read.blocks, &mut draft);
    assemble(blocks, &mut draft);
    draft.source = source;
    Ok(draft)
}

/// Takes the letterhead off the text, and what it says into the front matter.
fn without_masthead(mut blocks: Vec<Block>, draft: &mut Draft) -> Vec<Block> {
    let lines = blocks.iter().map_while(|block| match block {
        Block::Text { flow } | Block::Alone { flow } => Some(flow.text.as_str()),
        Block::Heading { text, .. } => Some(text.as_str()),
        Block::LeftOut { .. } => Some(""),
        _ => None,
    });
    let found = masthead(lines);
    let front = &mut draft.front;
    front.symbol = found.symbol;
    front.body = found.body;
    front.adopted = found.adopted;
    for block in blocks.iter_mut().take(found.lines) {
        if !matches!(block, Block::LeftOut { .. }) {
            *block = Block::LeftOut { what: Omission::Cover };
        }
    }
    blocks
}
