//! XML elements and their words in, one by one; blocks, footnotes and front matter out.

use quick_xml::events::BytesStart;

use super::Taker;
use super::element::Element;
use super::front::Front;
use super::heading::Rank;
use super::outline::{LONGEST_HEADING, part_label, plain_number};
use crate::model::{Aside, AsideKind, Footnote, FrontMatter, Omission, Span};
use crate::read::assemble::Block;
use crate::read::flow::{BAR, Flow};
use crate::text::label::{Label, label};

/// Collects what an AKN file holds.
#[derive(Default)]
pub(super) struct Body {
    open: Vec<Element>,
    front: Front,
    pub(super) blocks: Vec<Block>,
    footnotes: Vec<Footnote>,
    flow: Flow,
    /// Bytes of the flow set in bold.
    bold: usize,
    links: Vec<(usize, String)>,
    /// The number printed before the words being read.
    pub(super) number: Option<String>,
    /// A paragraph's number set without its words, which are the next paragraph's.
    pub(super) held: Option<String>,
    /// A number that stands alone, waiting for the heading it belongs to.
    pub(super) counter: Option<String>,
    /// The note being read, and how deep in it.
    note: Option<Footnote>,
    /// Cells of the table row being read.
    row: Option<Flow>,
    /// One for each holder or point that is open: true once it has had words.
    begun: Vec<bool>,
    /// Ranks of the headings that hold here, outermost first.
    pub(super) ranks: Vec<(Rank, bool)>,
    /// The letter of the last lettered heading.
    pub(super) letter: Option<char>,
}

impl Taker for Body {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let element = Element::of(tag);
        if self.within(&Element::Meta) {
            self.front.meta(tag);
            self.open.push(Element::Other);
            return;
        }
        if !element.runs_on() && self.note.is_none() {
            self.end_block();
        }
        match &element {
            Element::Note(marker) if self.note.is_none() => {
                self.flow.aside(AsideKind::Footnote, marker.as_str());
                self.note = Some(Footnote { label: marker.clone(), ..Footnote::default() });
            }
            Element::Link(href) => self.links.push((self.flow.text.len(), href.clone())),
            Element::Break => self.words(" "),
            Element::Picture if !self.within(&Element::Cover) => self.left_out(Omission::Picture),
            Element::Table => self.left_out(Omission::Table),
            Element::Holder(_) | Element::Point => self.begun.push(false),
            Element::Row => self.row = Some(Flow::default()),
            Element::Cell => {
                if let Some(row) = &mut self.row {
                    if !row.text.is_empty() {
                        row.add(BAR);
                    }
                    row.begin_cell();
                }
            }
            Element::Attachment => self.annex("annex".to_owned()),
            Element::Statement(name) if name.contains("draft") => {
                self.ranks.clear();
                let mut name = name.clone();
                if let Some(first) = name.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                self.heading_at(Rank::Resolution, name);
            }
            Element::Block if self.note.is_some() => self.words(" "),
            _ => {}
        }
        self.open.push(element);
    }

    fn close(&mut self) {
        let Some(element) = self.open.last().cloned() else { return };
        if !element.runs_on() && self.note.is_none() {
            self.end_block();
        }
        self.open.pop();
        match element {
            Element::Note(_) if !self.open.iter().any(|e| matches!(e, Element::Note(_))) => {
                if let Some(mut note) = self.note.take() {
                    note.text = note.text.trim().to_owned();
                    self.footnotes.push(note);
                }
            }
            Element::Link(_) => {
                if let Some((start, href)) = self.links.pop()
                    && self.note.is_none()
                    && !self.within(&Element::Num)
                {
                    self.flow.link(start, &href);
                }
            }
            Element::Holder(_) | Element::Point | Element::Block | Element::Division => {
                if matches!(element, Element::Holder(_) | Element::Point) {
                    self.begun.pop();
                }
                self.end_number(&element);
            }
            Element::Row => self.end_row(),
            Element::Attachments => {
                self.end_counter();
                self.ranks.clear();
                self.blocks.push(Block::Annex { annex: None });
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.within(&Element::Meta) {
            return;
        }
        if let Some(note) = &mut self.note {
            add_words(&mut note.text, words);
            return;
        }
        match self.open.last() {
            Some(Element::Num) => add_words(self.number.get_or_insert_default(), words),
            // A raised letter in a table calls a note to it.
            Some(Element::Raised) if self.row.is_some() && words.trim().len() == 1 => {
                self.flow.aside(AsideKind::Footnote, words.trim());
            }
            _ => {
                let before = self.flow.text.len();
                add_words(&mut self.flow.text, words);
                if self.within(&Element::Bold) {
                    self.bold += self.flow.text.get(before..).map_or(0, |t| t.trim().len());
                }
            }
        }
    }

    fn unclosed(&self) -> Option<String> {
        self.open.last().map(|element| match element {
            Element::Block => "p".to_owned(),
            Element::Num => "num".to_owned(),
            Element::Meta => "meta".to_owned(),
            Element::Holder(_) => "paragraph".to_owned(),
            _ => "akomaNtoso".to_owned(),
        })
    }
}

impl Body {
    /// What was collected.
    pub(super) fn finish(mut self) -> (FrontMatter, Vec<Footnote>, Vec<Block>) {
        self.end_block();
        self.end_counter();
        self.end_held();
        (self.front.finish(), self.footnotes, self.blocks)
    }

    fn within(&self, element: &Element) -> bool {
        self.open.contains(element)
    }

    /// Words end here: what they are follows from the elements around them.
    fn end_block(&mut self) {
        let flow = std::mem::take(&mut self.flow).trimmed();
        let bold = std::mem::take(&mut self.bold);
        for (start, _) in &mut self.links {
            *start = 0;
        }
        if flow.is_empty() {
            return;
        }
        if self.within(&Element::Cover) || self.within(&Element::Preface) {
            return self.front_words(&flow.text);
        }
        if self.open.iter().any(Element::is_table_note) {
            return self.table_note(&flow);
        }
        if flow.text.is_empty() {
            return self.call_alone(flow);
        }
        if let Some(row) = &mut self.row {
            return row.append_inline(flow);
        }
        let styled = self.open.iter().any(Element::is_heading_class);
        let small = matches!(self.holder_class(), Some("H4"));
        let short = flow.text.len() <= LONGEST_HEADING;
        let ended = flow.text.ends_with(['.', ';', ',', ':', '!', '?']);
        let bare = flow.text.len() - flow.text.matches(char::is_whitespace).count();
        let all_bold = bold + 2 >= bare && bold > 0 && !ended;
        let numbered = self.number.as_deref().is_some_and(|n| plain_number(n).is_some());
        let styled = styled && !flow.text.ends_with([';', ',', ':']);
        let heading = self.within(&Element::Heading) || styled || all_bold && !numbered;
        if heading && short && !self.within(&Element::Formula) {
            return self.heading(flow, small);
        }
        self.text(flow);
    }

    fn holder_class(&self) -> Option<&str> {
        self.open.iter().rev().find_map(|element| match element {
            Element::Holder(class) => Some(class.as_str()),
            _ => None,
        })
    }

    fn front_words(&mut self, text: &str) {
        match self.open.last() {
            Some(Element::Number(refers)) if refers == "#symbol" => self.front.symbol(text),
            Some(Element::Authority(refers)) if refers == "#issuingBody" => self.front.body(text),
            Some(Element::Title(refers)) if refers == "#resolutionTitle" => self.front.title(text),
            Some(Element::Number(_)) if self.within(&Element::Component) => {
                self.ranks.clear();
                let text = text.to_owned();
                self.heading_at(Rank::Resolution, text);
            }
            _ => self.left_out(Omission::Cover),
        }
    }

    fn left_out(&mut self, what: Omission) {
        self.blocks.push(Block::LeftOut { what });
    }

    /// "a See A/77/528." under a table.
    fn table_note(&mut self, flow: &Flow) {
        let text = flow.text.trim();
        let first = text.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let called = first.chars().count() == 1;
        let rest = text.get(if called { first.len() } else { 0 }..).unwrap_or_default();
        let label = if called { first } else { "" };
        let note = Footnote {
            label: label.to_owned(),
            text: rest.trim().to_owned(),
            ..Footnote::default()
        };
        self.footnotes.push(note);
    }

    /// A footnote's call without words around it belongs to the words before it.
    fn call_alone(&mut self, flow: Flow) {
        let last = match self.blocks.last_mut() {
            Some(
                Block::Text { flow }
                | Block::Item { flow, .. }
                | Block::Part { flow, .. }
                | Block::Continued { flow, .. }
                | Block::Alone { flow },
            ) => flow,
            _ => return,
        };
        let at = last.text.len();
        last.asides.extend(flow.asides.into_iter().map(|aside| Aside { at, ..aside }));
    }

    fn end_row(&mut self) {
        let Some(mut row) = self.row.take() else { return };
        row.end_row();
        if row.text.contains(char::is_alphanumeric) {
            self.end_counter();
            self.blocks.push(Block::Alone { flow: row });
        }
    }

    /// Words of a paragraph, a sub-paragraph, or what goes on in one.
    pub(super) fn text(&mut self, flow: Flow) {
        self.end_counter();
        let number = self.number.take();
        let number = match number {
            None if label(&flow.text).is_none() => self.held.take(),
            number => number,
        };
        self.end_held();
        let depth = self.begun.len().max(1);
        let begun = self.begun.last_mut().map(|begun| std::mem::replace(begun, true));
        if self.within(&Element::Formula) {
            self.blocks.push(Block::Alone { flow });
            return;
        }
        let point = self.open.iter().rev().find_map(|element| match element {
            Element::Point => Some(true),
            Element::Holder(_) => Some(false),
            _ => None,
        });
        if let Some(number) = number {
            if let Some(plain) = plain_number(&number)
                && point != Some(true)
            {
                let marker = Some((plain.to_owned(), 0));
                return self.blocks.push(Block::Item { depth: 1, marker, flow });
            }
            return match part_label(&number) {
                Some(label) => self.part(label, &number, flow),
                None => self.numbered_heading(number, flow),
            };
        }
        if begun == Some(true) {
            return self.blocks.push(Block::Continued { depth, flow });
        }
        let mut rest = flow;
        while let Some(found) = label(&rest.text).filter(|l| !l.stop && l.range.start == 0) {
            let (printed, after) = rest.split(found.range.end);
            let after = after.trimmed();
            let again = label(&after.text).is_some_and(|l| !l.stop && l.range.start == 0);
            let flow = if again { Flow::default() } else { after.clone() };
            self.part(found, &printed.text, flow);
            if !again {
                return;
            }
            rest = after;
        }
        // "232 .Recognizes"
        let digits = rest.text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = rest.text.split_at(digits);
        if digits > 0 && after.starts_with(" .") {
            let marker = Some((number.to_owned(), 0));
            let (_, flow) = rest.split(digits + 2);
            return self.blocks.push(Block::Item { depth: 1, marker, flow: flow.trimmed() });
        }
        self.blocks.push(Block::Text { flow: rest });
    }

    fn part(&mut self, label: Label, printed: &str, flow: Flow) {
        let mut labelled = Flow::default();
        labelled.add(printed.trim());
        let range = Span::new(0, labelled.text.len());
        labelled.append_inline_after(" ", flow);
        let label = Label { range, ..label };
        self.blocks.push(Block::Part { label, flow: labelled });
    }
}

/// Adds words of the file: white space that holds a line break is the file's layout, one space.
fn add_words(text: &mut String, words: &str) {
    let mut rest = words;
    while let Some(at) = rest.find(['\n', '\r']) {
        let (before, after) = rest.split_at(at);
        text.push_str(before.trim_end_matches([' ', '\t']));
        if !text.is_empty() && !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        rest = after.trim_start_matches([' ', '\t', '\n', '\r']);
    }
    text.push_str(rest);
}
