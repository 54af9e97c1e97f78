//! A table's nodes in; whether it is a table, a list set as one, or only a layout, out.

use super::lists::is_marker;
use super::page::{Node, Tag};

/// A cell of more words than this is prose, and its table a layout.
const PROSE: usize = 80;

/// What a table is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// To put text somewhere on the page.
    Layout,
    /// To put numbers or labels before paragraphs.
    List,
    /// To be a table.
    Rows,
}

#[derive(Default)]
struct Cell {
    words: usize,
    blocks: usize,
    text: String,
}

/// Tells what the table `tag` with these nodes inside is for.
pub(super) fn kind(tag: &Tag, inside: &[Node]) -> Table {
    if matches!(tag.attribute("role"), "presentation" | "none") {
        return Table::Layout;
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for node in inside {
        match node {
            Node::Open(tag) => match tag.name.as_str() {
                "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ol" | "ul" => {
                    return Table::Layout;
                }
                "tr" => rows.push(Vec::new()),
                "td" | "th" => {
                    rows.last_mut().into_iter().for_each(|row| row.push(Cell::default()))
                }
                "p" | "div" => {
                    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                        cell.blocks += 1;
                    }
                }
                _ => {}
            },
            Node::Words(words, _) => {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.words += words.split_whitespace().count();
                    if cell.words <= 2 {
                        cell.text.push_str(words);
                    }
                }
            }
            _ => {}
        }
    }
    for row in &mut rows {
        row.retain(|cell| cell.words > 0);
    }
    rows.retain(|row| !row.is_empty());
    let numbered = |row: &Vec<Cell>| {
        row.len() == 2 && row.first().is_some_and(|c| c.words <= 2 && is_marker(&c.text))
    };
    let mut cells = rows.iter().flatten();
    if !rows.is_empty() && rows.iter().all(numbered) {
        Table::List
    } else if rows.iter().all(|row| row.len() <= 1)
        || cells.any(|cell| cell.words > PROSE || cell.blocks > 1 && cell.words > PROSE / 2)
    {
        Table::Layout
    } else {
        Table::Rows
    }
}
