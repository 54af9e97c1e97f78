//! The nodes of a page in; its blocks of text, its footnotes and its titles out.

use super::lists::{List, is_bullet};
use super::notes::{Notes, notes};
use super::page::{Node, Tag};
use super::scope::Scope;
use super::tables::{self, Table};
use crate::model::{AsideKind, Footnote, LineIndex, Omission};
use crate::read::assemble::Block;
use crate::read::flow::{BAR, Flow};
use crate::read::pin;

/// What a page holds.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) blocks: Vec<Block>,
    pub(super) footnotes: Vec<Footnote>,
    /// Headings of the first rank.
    pub(super) titles: Vec<String>,
}

/// Reads the text of a page.
pub(super) fn read(nodes: &[Node], source: &str, lines: &LineIndex) -> Contents {
    let scope = Scope::new(nodes);
    let notes = notes(nodes, &scope.text);
    let mut body = Body {
        source,
        lines,
        nodes,
        scope: &scope,
        notes: &notes,
        contents: Contents::default(),
        open: Vec::new(),
        flow: Flow::default(),
        bold: (0, 0),
        lists: Vec::new(),
        tables: Vec::new(),
        row: None,
        link: None,
        struck: 0,
        struck_words: String::new(),
        note: None,
        bullet: None,
        level: 0,
    };
    if scope.has_surroundings() {
        body.contents.blocks.push(Block::LeftOut { what: Omission::Navigation });
    }
    body.walk();
    body.end_block();
    body.contents
}

/// What the row of a table is being put together into.
pub(super) struct Row {
    pub(super) flow: Flow,
    pub(super) kind: Table,
}

/// A page being read.
pub(super) struct Body<'p> {
    pub(super) source: &'p str,
    pub(super) lines: &'p LineIndex,
    pub(super) nodes: &'p [Node],
    pub(super) scope: &'p Scope<'p>,
    pub(super) notes: &'p Notes,
    pub(super) contents: Contents,
    /// Indices of the elements around the words being read, outermost first.
    pub(super) open: Vec<usize>,
    pub(super) flow: Flow,
    /// Bytes of the flow set in bold, and how many elements around it are bold.
    pub(super) bold: (usize, usize),
    pub(super) lists: Vec<List>,
    pub(super) tables: Vec<Table>,
    pub(super) row: Option<Row>,
    /// Where in the flow the link being read began, and where it leads.
    pub(super) link: Option<(usize, String)>,
    /// Node up to which words are struck out, and those words.
    pub(super) struck: usize,
    pub(super) struck_words: String,
    pub(super) note: Option<(usize, Footnote)>,
    /// Depth of a list item whose bullet the word processor wrote out.
    pub(super) bullet: Option<usize>,
    /// Level of the last heading that is marked as one.
    pub(super) level: usize,
}

impl<'p> Body<'p> {
    fn walk(&mut self) {
        let nodes = self.nodes;
        let mut at = self.scope.text.start;
        while at <= self.scope.text.end {
            match nodes.get(at) {
                Some(Node::Open(tag)) => {
                    if self.passes_over(at, tag) {
                        at = tag.end + 1;
                        continue;
                    }
                    self.start(at, tag);
                    self.open.push(at);
                }
                Some(Node::Words(words, from)) => self.words(words, *from, at),
                Some(Node::Comment(text, from)) => self.comment(text, *from),
                Some(Node::Close) => {
                    if let Some(Node::Open(tag)) = self.open.pop().and_then(|at| nodes.get(at)) {
                        self.end(at, tag);
                    }
                }
                None => break,
            }
            at += 1;
        }
    }

    /// True for an element whose words are not read on; a footnote's call leaves its mark.
    fn passes_over(&mut self, at: usize, tag: &Tag) -> bool {
        if self.notes.marks.contains(&at) {
            return true;
        }
        if let Some(label) = self.notes.calls.get(&at) {
            if self.note.is_none() {
                self.flow.aside(AsideKind::Footnote, label.as_str());
            }
            return true;
        }
        if self.is_bullet_mark(at, tag) {
            return true;
        }
        let section = |tag: &Tag| matches!(tag.name.as_str(), "article" | "section" | "main");
        let in_section = tag.name == "header" || tag.name == "footer";
        let in_section = in_section && self.around().any(section);
        match self.scope.left_out(at, tag, in_section) {
            Some(why) if !self.notes.any_in(at..tag.end) => {
                if !tag.runs_on() {
                    self.end_block();
                }
                let why = why.map(|what| Block::LeftOut { what });
                self.contents.blocks.extend(why);
                true
            }
            _ => false,
        }
    }

    /// The elements around the words being read, the innermost first.
    pub(super) fn around(&self) -> impl Iterator<Item = &'p Tag> {
        let nodes = self.nodes;
        self.open.iter().rev().filter_map(move |at| match nodes.get(*at) {
            Some(Node::Open(tag)) => Some(tag),
            _ => None,
        })
    }

    /// Word writes the bullets of its lists out and marks them; numbers marked so are read as printed.
    fn is_bullet_mark(&mut self, at: usize, tag: &Tag) -> bool {
        if !tag.style("mso-list").is_some_and(|style| style.contains("ignore")) {
            return false;
        }
        let inside = self.nodes.get(at..tag.end).unwrap_or_default();
        let mark: String = inside
            .iter()
            .filter_map(|n| if let Node::Words(w, _) = n { Some(w.as_str()) } else { None })
            .collect();
        let mark = mark.trim();
        let found = is_bullet(mark) || matches!(mark, "o" | "§" | "-" | "–" | "Ø" | "ü" | "q");
        if found {
            let level = self.around().find_map(|tag| tag.style("mso-list"));
            let level = level.as_deref().and_then(|style| style.split_once("level"));
            let level = level.and_then(|(_, rest)| rest.get(..1)).and_then(|d| d.parse().ok());
            self.bullet = Some(level.unwrap_or(1));
        }
        found
    }

    fn start(&mut self, at: usize, tag: &Tag) {
        if !tag.runs_on() {
            self.end_block();
        }
        if let Some(label) = self.notes.held.get(&at)
            && self.note.is_none()
        {
            self.note = Some((at, Footnote { label: label.clone(), ..Footnote::default() }));
        }
        if is_bold(tag) {
            self.bold.1 += 1;
        }
        match tag.name.as_str() {
            "br" if self.flow.text.ends_with('\n') => self.end_block(),
            "br" if self.note.is_none() => self.add("\n", tag.at),
            "a" if !tag.attribute("href").is_empty() => {
                self.link = Some((self.flow.text.len(), tag.attribute("href").trim().to_owned()));
            }
            "q" => self.add("“", tag.at),
            "ul" | "ol" => {
                self.begin_item();
                let inside = self.nodes.get(at + 1..tag.end).unwrap_or_default();
                let outer = self.lists.last().map_or(0, |list| list.depth);
                self.lists.push(List::new(tag, inside, outer));
            }
            "li" => {
                let noted = self.note.is_some();
                if let Some(list) = self.lists.last_mut() {
                    list.item(tag);
                    // The number of a note is its label, and no paragraph's.
                    list.begun = noted;
                }
            }
            "table" => {
                let inside = self.nodes.get(at + 1..tag.end).unwrap_or_default();
                let kind = tables::kind(tag, inside);
                if kind == Table::Rows {
                    self.contents.blocks.push(Block::LeftOut { what: Omission::Table });
                }
                self.tables.push(kind);
            }
            "tr" => match self.tables.last() {
                Some(kind @ (Table::Rows | Table::List)) if self.note.is_none() => {
                    self.row = Some(Row { flow: Flow::default(), kind: *kind });
                }
                _ => {}
            },
            "td" | "th" => {
                let Some(Row { flow, kind }) = &mut self.row else { return };
                if !flow.text.is_empty() {
                    flow.add(if *kind == Table::Rows { BAR } else { " " });
                }
                if *kind == Table::Rows {
                    flow.begin_cell();
                }
            }
            _ if strikes(tag) && self.struck == 0 => self.struck = tag.end,
            _ => {}
        }
    }

    fn end(&mut self, at: usize, tag: &Tag) {
        if self.struck == at && at > 0 {
            self.struck = 0;
            let words = std::mem::take(&mut self.struck_words);
            if !words.trim().is_empty() && self.note.is_none() {
                self.flow.aside(AsideKind::Struck, words.trim());
            }
        }
        match tag.name.as_str() {
            "a" => {
                if let Some((start, href)) = self.link.take()
                    && !(href.starts_with('#')
                        || href.to_ascii_lowercase().starts_with("javascript:"))
                {
                    self.flow.link(start, &href);
                }
            }
            "q" => self.add("”", tag.at),
            _ => {}
        }
        if let Some(level) = heading_level(tag) {
            self.end_heading(level);
        } else if !tag.runs_on() {
            self.end_block();
        }
        if is_bold(tag) {
            self.bold.1 = self.bold.1.saturating_sub(1);
        }
        match tag.name.as_str() {
            "ul" | "ol" => {
                self.begin_item();
                self.lists.pop();
            }
            "li" => self.begin_item(),
            "table" => {
                self.tables.pop();
            }
            "tr" => self.end_row(),
            _ => {}
        }
        if let Some((_, note)) = self.note.take_if(
            |(held, _)| matches!(self.nodes.get(*held), Some(Node::Open(held)) if held.end == at),
        ) {
            let text = note.text.strip_prefix(note.label.as_str()).unwrap_or_default();
            let marked = text.starts_with(|c: char| c.is_whitespace());
            let text = if marked { text.trim_start().to_owned() } else { note.text };
            self.contents.footnotes.push(Footnote { text, ..note });
        }
    }

    fn comment(&mut self, text: &str, at: usize) {
        if let Some(remark) = pin::parse(text) {
            self.end_block();
            let remark = remark.at(Some(self.lines.position(self.source, at)));
            self.contents.blocks.push(Block::Remark { remark });
        }
    }
}

pub(super) fn heading_level(tag: &Tag) -> Option<usize> {
    let level = tag.name.strip_prefix('h')?.parse().ok();
    level.filter(|level| (1..=6).contains(level))
}

fn is_bold(tag: &Tag) -> bool {
    matches!(tag.name.as_str(), "b" | "strong")
        || tag.style("font-weight").is_some_and(|w| matches!(w.as_str(), "bold" | "700" | "800"))
}

fn strikes(tag: &Tag) -> bool {
    let struck = |property: &str| tag.style(property).is_some_and(|v| v.contains("line-through"));
    matches!(tag.name.as_str(), "del" | "s" | "strike")
        || struck("text-decoration")
        || struck("text-decoration-line")
}
