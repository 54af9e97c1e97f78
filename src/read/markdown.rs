//! Markdown in; its blocks, every word with its place in the file, out.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use super::assemble::Block;
use super::flow::{BAR, Flow};
use super::indent::unindented;
use super::pin::{self, Layout, Remark};
use super::raw_html::{self, Piece};
use crate::model::{AsideKind, Draft, Footnote, Set};
use crate::text::annex_of_heading;

/// Reads the Markdown of `source` from byte `start` on into blocks; footnotes go to `draft`.
pub(super) fn blocks(source: &str, start: usize, draft: &mut Draft) -> Vec<Block> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let body = unindented(source.get(start..).unwrap_or_default(), options);
    let mut reader = Reader { source, ..Reader::new(draft) };
    for (event, range) in Parser::new_ext(&body, options).into_offset_iter() {
        reader.event(event, range.start + start, range.end + start);
    }
    reader.end_block();
    reader.blocks
}

/// What the words being read belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Heading(usize),
    Row,
    Html,
    Code,
}

/// One list around the words being read, with the marker of its current item.
struct List {
    ordered: bool,
    marker: Option<(String, usize)>,
    /// True once the current item has had its first text.
    begun: bool,
}

struct Reader<'s> {
    source: &'s str,
    draft: &'s mut Draft,
    blocks: Vec<Block>,
    flow: Flow,
    place: Place,
    lists: Vec<List>,
    links: Vec<(usize, String)>,
    /// Where words in bold or in italics begin that have not ended yet.
    set: Vec<usize>,
    /// How many quotations that stand apart are open.
    quoted: usize,
    struck: usize,
    struck_words: String,
    html: Vec<(String, usize)>,
    footnote: Option<Footnote>,
}

impl<'s> Reader<'s> {
    fn new(draft: &'s mut Draft) -> Self {
        Self {
            source: "",
            draft,
            blocks: Vec::new(),
            flow: Flow::default(),
            place: Place::Text,
            lists: Vec::new(),
            links: Vec::new(),
            set: Vec::new(),
            quoted: 0,
            struck: 0,
            struck_words: String::new(),
            html: Vec::new(),
            footnote: None,
        }
    }

    fn event(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(tag) => self.open(tag, start),
            Event::End(tag) => self.close(tag),
            Event::Text(text) if self.place == Place::Html => self.raw(text, start),
            Event::Text(text) => self.words(&text, start),
            Event::Code(text) => self.words(&text, start + 1),
            Event::Html(text) => self.raw(text, start),
            Event::InlineHtml(text) => self.inline_html(&text, start),
            Event::SoftBreak | Event::HardBreak => self.words("\n", start),
            Event::FootnoteReference(label) => {
                self.flow.aside(AsideKind::Footnote, label.as_ref());
            }
            Event::Rule => self.end_block(),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                let text = self.source.get(start..end).unwrap_or_default();
                self.words(text, start);
            }
        }
    }

    fn words(&mut self, text: &str, at: usize) {
        if self.struck > 0 {
            self.struck_words.push_str(text);
            return;
        }
        // What stands in a cell beside its words may have a space of its own, which is no word.
        let spaces = text.len() - text.trim_start_matches(' ').len();
        let begins = self.place == Place::Row && self.flow.begins_cell();
        let skipped = if begins { spaces } else { 0 };
        let (text, at) = (text.get(skipped..).unwrap_or_default(), at + skipped);
        let spelled_out = self.source.get(at..).is_some_and(|rest| rest.starts_with("&#"));
        if self.flow.text.trim().is_empty() {
            self.flow.literal = spelled_out;
        }
        if self.flow.ends_with_struck() && !spelled_out {
            self.flow.push_after_struck(text, at);
        } else {
            self.flow.push(text, at);
        }
    }

    fn raw(&mut self, text: CowStr<'_>, at: usize) {
        self.html.push((text.into_string(), at));
    }

    fn open(&mut self, tag: Tag<'_>, start: usize) {
        match tag {
            Tag::Paragraph | Tag::Table(_) => self.end_block(),
            Tag::BlockQuote(_) => {
                self.end_block();
                self.quoted += 1;
            }
            Tag::CodeBlock(_) => self.begin(Place::Code),
            Tag::Heading { level, .. } => self.begin(Place::Heading(level as usize)),
            Tag::HtmlBlock => self.begin(Place::Html),
            Tag::TableHead | Tag::TableRow => self.begin(Place::Row),
            Tag::TableCell => {
                if !self.flow.text.is_empty() {
                    self.flow.push(BAR, start);
                }
                self.flow.begin_cell();
            }
            Tag::List(first) => {
                self.end_block();
                self.begin_item();
                self.lists.push(List { ordered: first.is_some(), marker: None, begun: true });
            }
            Tag::Item => {
                self.end_block();
                let marker = self.printed_marker(start);
                if let Some(list) = self.lists.last_mut() {
                    list.marker = if list.ordered { marker } else { None };
                    list.begun = false;
                }
            }
            Tag::FootnoteDefinition(label) => {
                self.end_block();
                self.footnote =
                    Some(Footnote { label: label.into_string(), ..Footnote::default() });
            }
            Tag::Strikethrough => self.struck += 1,
            Tag::Strong | Tag::Emphasis => self.set.push(self.flow.text.len()),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push((self.flow.text.len(), dest_url.into_string()));
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::TableHead
            | TagEnd::TableRow => self.end_block(),
            TagEnd::TableCell => self.flow.end_cell(),
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.end_block();
                // A note without words is only there so that its call is one.
                let note = self.footnote.take().filter(|note| !note.text.is_empty());
                self.draft.footnotes.extend(note);
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quoted = self.quoted.saturating_sub(1);
            }
            TagEnd::Strikethrough => self.end_struck(),
            TagEnd::Strong | TagEnd::Emphasis => {
                let how = if tag == TagEnd::Strong { Set::Bold } else { Set::Italic };
                if let Some(start) = self.set.pop() {
                    self.flow.set(start, how);
                }
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some((start, href)) = self.links.pop() {
                    self.flow.link(start, &href);
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, place: Place) {
        self.end_block();
        self.place = place;
    }

    fn end_struck(&mut self) {
        self.struck = self.struck.saturating_sub(1);
        if self.struck == 0 {
            let words = std::mem::take(&mut self.struck_words).replace('\n', " ");
            match self.place {
                // A heading has no place for asides: its struck words stay where they were, as struck.
                Place::Heading(_) => self.flow.text.push_str(&format!("~~{words}~~")),
                _ => self.flow.aside(AsideKind::Struck, words),
            }
        }
    }

    /// The number of a list item as the file prints it; Markdown itself only keeps the first.
    fn printed_marker(&self, start: usize) -> Option<(String, usize)> {
        let rest = self.source.get(start..)?;
        let line = rest.trim_start_matches([' ', '\t']);
        let start = start + rest.len() - line.len();
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then(|| (line.get(..digits).unwrap_or_default().to_owned(), start))
    }

    fn end_item(&mut self) {
        self.end_block();
        self.begin_item();
    }

    /// An item without any text of its own still prints its number, before whatever it holds.
    fn begin_item(&mut self) {
        let depth = self.lists.len();
        if let Some(list) = self.lists.last_mut()
            && !list.begun
            && list.marker.is_some()
        {
            list.begun = true;
            let marker = list.marker.take();
            self.blocks.push(Block::Item { depth, marker, flow: Flow::default() });
        }
    }

    fn end_block(&mut self) {
        let place = std::mem::replace(&mut self.place, Place::Text);
        if place == Place::Html {
            return self.end_html();
        }
        let mut flow = std::mem::take(&mut self.flow);
        if is_attribute_list(&flow.text) && !flow.literal {
            return;
        }
        if let Some((before, last)) = flow.text.rsplit_once('\n')
            && is_attribute_list(last)
        {
            flow.text.truncate(before.len());
        }
        if matches!(place, Place::Row) {
            flow.end_row();
        }
        if flow.is_empty() {
            return;
        }
        if let Some(footnote) = &mut self.footnote {
            if !footnote.text.is_empty() {
                footnote.text.push('\n');
            }
            footnote.text.push_str(&flow.text.replace('\n', " "));
            return;
        }
        if self.quoted > 0 {
            flow.set(0, Set::Quotation);
        }
        let block = match place {
            Place::Heading(level) => {
                let (text, calls) = flow.on_one_line();
                // "Annex II" or "Annex II: Title" numbers its paragraphs anew.
                if let Some(annex) = annex_of_heading(&text) {
                    self.blocks.push(Block::Annex { annex: Some(annex) });
                }
                Block::Heading { level, text, calls }
            }
            Place::Row => Block::Alone { flow },
            _ => self.text_block(flow),
        };
        self.blocks.push(block);
    }

    fn text_block(&mut self, flow: Flow) -> Block {
        let depth = self.lists.len();
        match self.lists.last_mut() {
            None => Block::Text { flow },
            Some(list) if list.begun => Block::Continued { depth, flow },
            Some(list) => {
                list.begun = true;
                Block::Item { depth, marker: list.marker.take(), flow }
            }
        }
    }

    fn end_html(&mut self) {
        let raw = std::mem::take(&mut self.html);
        let Some((_, at)) = raw.first() else { return };
        let at = *at;
        let text: String = raw.iter().map(|(text, _)| text.as_str()).collect();
        for piece in raw_html::pieces(&text) {
            match piece {
                Piece::Comment(comment) => self.comment(&text, comment, at),
                Piece::Words(words) => {
                    self.flow.push(words, at + raw_html::offset_in(&text, words));
                    self.end_block();
                }
                Piece::Tag(_) => {}
            }
        }
    }

    fn comment(&mut self, html: &str, comment: &str, at: usize) {
        let place = at + raw_html::offset_in(html, comment);
        match pin::layout(comment) {
            Some(Layout::Begin) => return self.blocks.push(Block::Begin),
            Some(Layout::GoOn) => return self.blocks.push(Block::GoOn),
            Some(Layout::Annex(annex)) => return self.blocks.push(Block::Annex { annex }),
            None => {}
        }
        match pin::parse(comment) {
            Some(remark) => {
                let remark = remark.at(Some(self.draft.lines.position(self.source, place)));
                self.blocks.push(Block::Remark { remark });
            }
            None => self.blocks.push(Block::Comment { text: comment.trim().to_owned() }),
        }
    }

    fn inline_html(&mut self, text: &str, at: usize) {
        match raw_html::pieces(text).next() {
            Some(Piece::Comment(comment)) => match pin::parse(comment) {
                Some(remark) => {
                    let place = self.draft.lines.position(self.source, at);
                    self.remark_after_this_block(remark.at(Some(place)));
                }
                None => self.flow.aside(AsideKind::Comment, comment.trim()),
            },
            Some(Piece::Tag(name)) if raw_html::strikes(name) && !name.starts_with('/') => {
                self.struck += 1;
            }
            Some(Piece::Tag(name)) if raw_html::strikes(name) => self.end_struck(),
            Some(Piece::Tag("br" | "br/")) => self.words("\n", at),
            Some(Piece::Words(words)) => self.words(words, at),
            _ => {}
        }
    }

    /// A remark written inside a paragraph belongs to it as one on its own line does.
    fn remark_after_this_block(&mut self, remark: Remark) {
        self.end_block();
        self.blocks.push(Block::Remark { remark });
    }
}

/// `{:.no_toc}` and its like: an instruction to a Markdown processor, not text.
fn is_attribute_list(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("{:") && text.ends_with('}') && !text.contains('\n')
}
