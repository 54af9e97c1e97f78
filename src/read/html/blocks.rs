//! Running text and the elements around it in; what it is (paragraph, item, heading, row, note) out.

use super::body::{Body, Row, heading_level};
use super::lists::{Marker, after_bullet};
use super::tables::Table;
use crate::read::assemble::Block;
use crate::read::flow::Flow;
use crate::text::label::label;
use crate::text::number::printed_number;
use crate::text::{annex_of, annex_of_heading, is_roman};

/// A longer text is a paragraph, whatever it is set in.
const LONGEST_HEADING: usize = 200;

impl Body<'_> {
    /// Words end here: what they are follows from the elements around them.
    pub(super) fn end_block(&mut self) {
        if self.around().any(|tag| heading_level(tag).is_some()) && self.note.is_none() {
            return;
        }
        let (flow, bold) = self.take_flow();
        if flow.is_empty() {
            return;
        }
        if let Some((_, note)) = &mut self.note {
            if !note.text.is_empty() {
                note.text.push('\n');
            }
            note.text.push_str(&flow.text.replace('\n', " "));
            return;
        }
        if let Some(Row { flow: row, .. }) = &mut self.row {
            let joint = if row.text.is_empty() || row.text.ends_with(' ') { "" } else { " " };
            return row.append_inline_after(joint, flow);
        }
        let block = self.text_block(flow, bold);
        self.contents.blocks.push(block);
    }

    fn text_block(&mut self, flow: Flow, bold: bool) -> Block {
        let bullet = self.bullet.take();
        let Some(list) = self.lists.last_mut() else {
            return match bullet {
                Some(depth) => Block::Item { depth, marker: None, flow },
                None => self.free_text(flow, bold),
            };
        };
        let depth = list.depth;
        if list.begun {
            return Block::Continued { depth, flow };
        }
        list.begun = true;
        let at = flow.start();
        match list.marker.take() {
            Some(Marker::Number(number)) => {
                // A number both counted and typed is printed once.
                match printed_number(&flow.text) {
                    Some(typed) if depth == 1 && typed.number == number => Block::Text { flow },
                    _ => Block::Item { depth, marker: Some((number, at)), flow },
                }
            }
            Some(Marker::Label(own)) if label(&flow.text).is_none() => {
                let mut labelled = Flow::default();
                labelled.push(&own, at);
                labelled.append_inline_after(" ", flow);
                Block::Item { depth, marker: None, flow: labelled }
            }
            _ if depth == 1 && printed_number(&flow.text).is_some() => Block::Text { flow },
            _ => Block::Item { depth, marker: None, flow },
        }
    }

    /// A paragraph that stands in no list.
    fn free_text(&mut self, flow: Flow, bold: bool) -> Block {
        if let Some(rest) = after_bullet(&flow.text) {
            let (_, flow) = {
                let at = flow.text.len() - rest.len();
                flow.split(at)
            };
            return Block::Item { depth: 1, marker: None, flow };
        }
        let ended = flow.text.ends_with(['.', ';', ',', ':', '!', '?']);
        let short = flow.text.len() <= LONGEST_HEADING && flow.asides.is_empty();
        let counted = label(&flow.text).is_some() || printed_number(&flow.text).is_some();
        let heading = bold && !ended && !counted || annex_of(&flow.text).is_some();
        if !(short && heading) {
            return Block::Text { flow };
        }
        let first = flow.text.split([' ', '.', '\n']).next().unwrap_or_default();
        let level = match first {
            _ if self.level > 0 => self.level + 1,
            _ if annex_of_heading(&flow.text).is_some() => 1,
            _ if is_roman(first) => 2,
            _ if first.len() == 1 && flow.text.starts_with(|c: char| c.is_ascii_uppercase()) => 3,
            _ => 4,
        };
        self.heading_block(level.min(6), &flow)
    }

    fn heading_block(&mut self, level: usize, flow: &Flow) -> Block {
        let (text, calls) = flow.on_one_line();
        if let Some(annex) = annex_of_heading(&text) {
            self.contents.blocks.push(Block::Annex { annex: Some(annex) });
        }
        Block::Heading { level, text, calls }
    }

    pub(super) fn end_heading(&mut self, level: usize) {
        let (flow, _) = self.take_flow();
        if flow.text.is_empty() {
            return;
        }
        if self.note.is_some() || self.row.is_some() || flow.text.len() > 2 * LONGEST_HEADING {
            let block = Block::Text { flow };
            return self.contents.blocks.push(block);
        }
        self.level = level;
        let heading = self.heading_block(level, &flow);
        // "I. Preamble" is the first of several parts, not what the whole is called.
        let first = flow.text.split_whitespace().next().unwrap_or_default();
        let counted = first.ends_with('.') && first.len() <= 6;
        if let (1, false, Block::Heading { text, .. }) = (level, counted, &heading) {
            self.contents.titles.push(text.clone());
        }
        self.contents.blocks.push(heading);
    }

    pub(super) fn end_row(&mut self) {
        let Some(Row { mut flow, kind }) = self.row.take() else { return };
        flow.end_row();
        if !flow.text.contains(char::is_alphanumeric) {
            return;
        }
        let block = match (kind, after_bullet(&flow.text)) {
            (Table::Rows, _) => Block::Alone { flow },
            (_, Some(rest)) => {
                let at = flow.text.len() - rest.len();
                Block::Item { depth: 1, marker: None, flow: flow.split(at).1 }
            }
            _ => Block::Text { flow },
        };
        self.contents.blocks.push(block);
    }

    /// An item without words of its own still prints its number, before whatever it holds.
    pub(super) fn begin_item(&mut self) {
        let Some(list) = self.lists.last_mut().filter(|list| !list.begun) else { return };
        if let Some(Marker::Number(number)) = list.marker.take() {
            list.begun = true;
            let marker = Some((number, 0));
            let depth = list.depth;
            self.contents.blocks.push(Block::Item { depth, marker, flow: Flow::default() });
        }
    }
}
