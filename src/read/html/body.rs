//! The nodes of a page in; its blocks of text, its footnotes and its titles out.

use super::lists::{List, Marker, after_bullet, is_bullet};
use super::notes::{Notes, notes};
use super::page::{Node, Tag};
use super::scope::Scope;
use super::tables::{self, Table};
use crate::model::{AsideKind, Footnote, LineIndex, Omission};
use crate::read::assemble::Block;
use crate::read::flow::Flow;
use crate::read::pin;
use crate::text::number::{label, printed_number};
use crate::text::{annex_of, annex_of_heading, is_roman};

/// A longer text is a paragraph, whatever it is set in.
const LONGEST_HEADING: usize = 200;

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
    body.walk();
    body.end_block();
    body.contents
}

/// What the row of a table is being put together into.
struct Row {
    flow: Flow,
    kind: Table,
}

struct Body<'p> {
    source: &'p str,
    lines: &'p LineIndex,
    nodes: &'p [Node],
    scope: &'p Scope<'p>,
    notes: &'p Notes,
    contents: Contents,
    /// Indices of the elements around the words being read, outermost first.
    open: Vec<usize>,
    flow: Flow,
    /// Bytes of the flow set in bold, and how many elements around it are bold.
    bold: (usize, usize),
    lists: Vec<List>,
    tables: Vec<Table>,
    row: Option<Row>,
    /// Where in the flow the link being read began, and where it leads.
    link: Option<(usize, String)>,
    /// Node up to which words are struck out, and those words.
    struck: usize,
    struck_words: String,
    note: Option<(usize, Footnote)>,
    /// Depth of a list item whose bullet the word processor wrote out.
    bullet: Option<usize>,
    /// Level of the last heading that is marked as one.
    level: usize,
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
    fn around(&self) -> impl Iterator<Item = &'p Tag> {
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
            self.note = Some((at, Footnote { label: label.clone(), text: String::new() }));
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
                if let Some(Row { flow, kind }) = &mut self.row
                    && !flow.text.is_empty()
                {
                    flow.add(if *kind == Table::Rows { " | " } else { " " });
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
            self.contents.footnotes.push(note);
        }
    }

    fn comment(&mut self, text: &str, at: usize) {
        if let Some(mut pin) = pin::parse(text) {
            self.end_block();
            pin.at = Some(self.lines.position(self.source, at));
            self.contents.blocks.push(Block::Pin { pin });
        }
    }

    /// Adds words: white space in a file is one space, except where the page asks for its lines.
    fn words(&mut self, words: &str, at: usize, node: usize) {
        if self.around().any(|tag| tag.name == "pre") {
            for (index, line) in words.lines().enumerate() {
                let broken = index > 0;
                if broken && (line.trim().is_empty() || self.flow.text.ends_with('\n')) {
                    self.end_block();
                } else if broken {
                    self.add("\n", at);
                }
                self.spaced(line, at, node);
            }
            return;
        }
        self.spaced(words, at, node);
    }

    fn spaced(&mut self, words: &str, at: usize, node: usize) {
        // Words with entities in them stand elsewhere in the file than in the text: their start has to do.
        let exact = self.source.get(at..).is_some_and(|rest| rest.starts_with(words));
        let gap = words.starts_with(|c: char| c.is_ascii_whitespace());
        let mut end = 0;
        let mut parted = gap;
        for word in words.split_ascii_whitespace() {
            let from = words.get(end..).and_then(|rest| rest.find(word)).unwrap_or(0) + end;
            end = from + word.len();
            let place = at + if exact { from } else { 0 };
            if parted {
                self.gap(place, node);
            }
            self.word(word, place, node);
            parted = true;
        }
        let ends = words.ends_with(|c: char| c.is_ascii_whitespace());
        if ends && (end > 0 || gap) {
            self.gap(at + if exact { end } else { 0 }, node);
        }
    }

    fn gap(&mut self, at: usize, node: usize) {
        if node < self.struck {
            self.struck_words.push(' ');
        } else if self.flow.ends_with_struck() || !self.flow.text.ends_with([' ', '\n']) {
            self.word(" ", at, node);
        }
    }

    fn word(&mut self, word: &str, at: usize, node: usize) {
        if node < self.struck {
            self.struck_words.push_str(word);
        } else {
            self.bold.0 += if self.bold.1 > 0 { word.trim().len() } else { 0 };
            self.add(word, at);
        }
    }

    fn add(&mut self, words: &str, at: usize) {
        if self.flow.ends_with_struck() {
            self.flow.push_after_struck(words, at);
        } else {
            self.flow.push(words, at);
        }
    }

    fn take_flow(&mut self) -> (Flow, bool) {
        let flow = std::mem::take(&mut self.flow).trimmed();
        let bold = std::mem::take(&mut self.bold.0);
        if let Some((start, _)) = &mut self.link {
            *start = 0;
        }
        let bare =
            flow.text.len() - flow.text.matches([' ', '\n', '\u{a0}']).map(str::len).sum::<usize>();
        (flow, bold > 0 && bold >= bare)
    }

    /// Words end here: what they are follows from the elements around them.
    fn end_block(&mut self) {
        if self.around().any(|tag| heading_level(tag).is_some()) && self.note.is_none() {
            return;
        }
        let (flow, bold) = self.take_flow();
        if flow.is_empty() {
            return;
        }
        if let Some((_, note)) = &mut self.note {
            if !note.text.is_empty() {
                note.text.push(' ');
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
        self.heading_block(level.min(6), &flow.text)
    }

    fn heading_block(&mut self, level: usize, text: &str) -> Block {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(annex) = annex_of_heading(&text) {
            self.contents.blocks.push(Block::Annex { annex: Some(annex) });
        }
        Block::Heading { level, text }
    }

    fn end_heading(&mut self, level: usize) {
        let (flow, _) = self.take_flow();
        if flow.text.is_empty() {
            return;
        }
        if self.note.is_some() || self.row.is_some() || flow.text.len() > 2 * LONGEST_HEADING {
            let block = Block::Text { flow };
            return self.contents.blocks.push(block);
        }
        self.level = level;
        let heading = self.heading_block(level, &flow.text);
        if let (1, Block::Heading { text, .. }) = (level, &heading) {
            self.contents.titles.push(text.clone());
        }
        self.contents.blocks.push(heading);
    }

    fn end_row(&mut self) {
        let Some(Row { mut flow, kind }) = self.row.take() else { return };
        let end = flow.text.trim_end_matches([' ', '|']).len();
        flow.text.truncate(end);
        for aside in &mut flow.asides {
            aside.at = aside.at.min(end);
        }
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
    fn begin_item(&mut self) {
        let Some(list) = self.lists.last_mut().filter(|list| !list.begun) else { return };
        if let Some(Marker::Number(number)) = list.marker.take() {
            list.begun = true;
            let marker = Some((number, 0));
            let depth = list.depth;
            self.contents.blocks.push(Block::Item { depth, marker, flow: Flow::default() });
        }
    }
}

fn heading_level(tag: &Tag) -> Option<usize> {
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
