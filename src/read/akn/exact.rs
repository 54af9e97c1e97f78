//! Elements of an AKN file that this tool wrote in, one by one; the draft that it was written from out.
//!
//! Such a file says exactly what its parts are: an element `paragraph` is a paragraph, a `point` with `num` a labelled
//! sub-paragraph, and a `p` one line of text, whatever their words look like. Nothing goes through the rules that
//! find the paragraphs of other files.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::Taker;
use super::element::attribute;
use super::unit::Unit;
use crate::model::{AsideKind, Draft, Footnote, Heading, Paragraph, Pin, Set, Waiver};
use crate::read::flow::Flow;
use crate::read::restarts::tell_restarts;
use crate::read::split::give_ids;
use crate::read::{ReadError, front_matter};

/// An element that is open.
enum Open {
    /// One whose words are not the text's own, with its name: `num`, `docTitle`, `del`, a note.
    Apart(String, BytesStart<'static>),
    /// `preface` and `meta`
    Head,
    Section,
    Attachment,
    /// A paragraph; in a table, a row.
    Paragraph,
    Cell,
    List,
    Point,
    /// `p`
    Line,
    /// `a`: where its words begin, and where it leads.
    Link(usize, String),
    /// `b`, `i`, `embeddedText`: where its words begin.
    Set(usize, Set),
    Other(String),
}

/// Collects what the file holds.
#[derive(Default)]
pub(super) struct Exact {
    open: Vec<Open>,
    draft: Draft,
    /// Words of the elements that are open and whose words are not the text's own.
    apart: Vec<String>,
    /// The keys of the front matter that AKN has no element for.
    keys: String,
    headings: Vec<(usize, String)>,
    /// Levels of the sections that are open.
    levels: Vec<usize>,
    annex: Option<String>,
    unit: Option<Unit>,
    line: Option<Flow>,
    /// True right after struck-out words.
    struck: bool,
    /// Footnotes by their number.
    notes: Vec<(usize, Footnote)>,
    /// The comments by their identifiers.
    comments: HashMap<String, String>,
    /// The paragraphs by their identifiers.
    anchors: HashMap<String, usize>,
    pins: Vec<(String, Pin)>,
    waivers: Vec<(String, Waiver)>,
}

impl Taker for Exact {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let open = if self.apart.is_empty() { self.opened(tag) } else { other(tag) };
        self.open.push(open);
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Apart(name, tag)) => {
                let words = self.apart.pop().unwrap_or_default();
                self.stood_apart(&name, &tag, words);
            }
            Some(Open::Section) => drop(self.levels.pop()),
            Some(Open::Attachment) => self.annex = None,
            Some(Open::Paragraph) => self.end_unit(),
            Some(Open::List) => self.with_unit(Unit::end_list),
            Some(Open::Point) => self.with_unit(Unit::end_point),
            Some(Open::Line) => self.end_line(),
            Some(Open::Link(start, href)) => {
                if let Some(line) = &mut self.line {
                    line.link(start, &href);
                }
            }
            Some(Open::Set(start, how)) => {
                if let Some(line) = &mut self.line {
                    line.set(start, how);
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(apart) = self.apart.last_mut() {
            apart.push_str(words);
        } else if let Some(line) = &mut self.line {
            // Struck words are parted from the next ones by a space that goes with them.
            let gap = line.text.is_empty() || line.text.ends_with(' ');
            let parted = std::mem::take(&mut self.struck) && gap;
            line.add(words.strip_prefix(' ').filter(|_| parted).unwrap_or(words));
        } else if !words.trim().is_empty() && !self.in_head() {
            // Somebody wrote outside the lines: no word of it is lost.
            let mut line = Flow::default();
            line.add(words.trim());
            self.line = Some(line);
            self.end_line();
        }
    }

    fn unclosed(&self) -> Option<String> {
        self.open.last().map(|open| match open {
            Open::Apart(name, _) | Open::Other(name) => name.clone(),
            Open::Line => "p".to_owned(),
            Open::Link(..) => "a".to_owned(),
            Open::Set(_, Set::Bold) => "b".to_owned(),
            Open::Set(_, Set::Italic) => "i".to_owned(),
            Open::Set(_, Set::Quotation) => "embeddedText".to_owned(),
            Open::Head => "meta".to_owned(),
            _ => "paragraph".to_owned(),
        })
    }
}

impl Exact {
    /// The draft.
    ///
    /// # Errors
    /// When the keys of the front matter were damaged.
    pub(super) fn finish(mut self, path: &str) -> Result<Draft, ReadError> {
        self.end_unit();
        let mut draft = self.draft;
        let told = draft.front;
        let (front, _) = front_matter::read(path, &self.keys)
            .map_err(|error| ReadError { at: None, ..error })?;
        draft.front = front;
        let front = &mut draft.front;
        for (place, own) in [
            (&mut front.symbol, told.symbol),
            (&mut front.title, told.title),
            (&mut front.body, told.body),
            (&mut front.stage, told.stage),
            (&mut front.adopted, told.adopted),
            (&mut front.date, told.date),
        ] {
            *place = own.or(place.take());
        }
        if !told.names.is_empty() {
            front.names = told.names;
        }
        self.notes.sort_by_key(|(number, _)| *number);
        draft.footnotes = self.notes.into_iter().map(|(_, note)| note).collect();
        let of = |href: &str| self.anchors.get(href.strip_prefix('#')?).copied();
        for (href, pin) in self.pins {
            if let Some(paragraph) = of(&href).and_then(|at| draft.paragraphs.get_mut(at)) {
                paragraph.pins.push(pin);
            }
        }
        for (href, waiver) in self.waivers {
            match of(&href).and_then(|at| draft.paragraphs.get_mut(at)) {
                Some(paragraph) => paragraph.waivers.push(waiver),
                None => draft.waivers.push(waiver),
            }
        }
        draft.path = path.to_owned();
        give_ids(&mut draft.paragraphs);
        tell_restarts(&mut draft.paragraphs);
        Ok(draft)
    }

    fn in_head(&self) -> bool {
        self.open.iter().any(|open| matches!(open, Open::Head))
    }

    fn opened(&mut self, tag: &BytesStart<'_>) -> Open {
        let name = tag.local_name();
        match name.as_ref() {
            name @ ("num" | "heading" | "subheading" | "crossHeading" | "del" | "docNumber"
            | "docTitle" | "docAuthority" | "docStage" | "front" | "note"
            | "authorialNote") => {
                self.apart.push(String::new());
                return Open::Apart(name.to_owned(), tag.to_owned());
            }
            "meta" | "preface" => return Open::Head,
            "FRBRdate" | "FRBRalias" | "pin" | "waiver" => self.fact(tag),
            "section" => {
                let level = attribute(tag, "level").parse().unwrap_or(self.levels.len() + 1);
                self.levels.push(level);
                return Open::Section;
            }
            "attachment" => {
                self.annex = Some(attribute(tag, "annex")).filter(|annex| !annex.is_empty());
                return Open::Attachment;
            }
            "paragraph" | "container" | "formula" | "tr" => {
                self.begin_unit();
                self.anchors.insert(attribute(tag, "eId"), self.draft.paragraphs.len());
                return Open::Paragraph;
            }
            "td" | "th" => {
                self.with_unit(Unit::cell);
                return Open::Cell;
            }
            "list" | "blockList" => {
                self.with_unit(Unit::begin_list);
                return Open::List;
            }
            "point" | "item" => {
                let depth = attribute(tag, "depth").parse().ok();
                let label = Some(attribute(tag, "label")).filter(|label| !label.is_empty());
                self.with_unit(|unit| unit.begin_point(depth, label));
                return Open::Point;
            }
            "block" if attribute(tag, "name") == "heading" => {
                self.apart.push(String::new());
                return Open::Apart("heading".to_owned(), tag.to_owned());
            }
            "p" | "block" | "listIntroduction" | "listWrapUp"
                if self.line.is_none() && !self.in_head() =>
            {
                self.line = Some(Flow::default());
                self.struck = false;
                return Open::Line;
            }
            "a" => {
                let target = attribute(tag, "target");
                let href = if target.is_empty() { attribute(tag, "href") } else { target };
                return Open::Link(self.line.as_ref().map_or(0, |line| line.text.len()), href);
            }
            name @ ("b" | "i" | "embeddedText") => {
                let how = match name {
                    "b" => Set::Bold,
                    "i" => Set::Italic,
                    _ => Set::Quotation,
                };
                return Open::Set(self.line.as_ref().map_or(0, |line| line.text.len()), how);
            }
            "noteRef" => self.call(tag),
            _ => {}
        }
        other(tag)
    }

    /// A fact that stands in the attributes of an element.
    fn fact(&mut self, tag: &BytesStart<'_>) {
        let said = |name: &str| attribute(tag, name);
        let front = &mut self.draft.front;
        match (tag.local_name().as_ref(), said("name").as_str()) {
            ("FRBRdate", "adoption") => front.adopted = Some(said("date")),
            ("FRBRdate", "draft") => front.date = Some(said("date")),
            ("FRBRalias", _) => front.names.push(said("value")),
            ("pin", _) => {
                let claim = Some(said("claim")).filter(|claim| !claim.is_empty());
                self.pins.push((said("href"), Pin { source: said("source"), claim, at: None }));
            }
            ("waiver", _) => {
                let (rule, reason) = (said("rule"), said("reason"));
                self.waivers.push((said("href"), Waiver { rule, reason, at: None }));
            }
            _ => {}
        }
    }

    /// A comment, or a call of a note that stands elsewhere.
    fn call(&mut self, tag: &BytesStart<'_>) {
        let Some(line) = &mut self.line else { return };
        if attribute(tag, "placement") == "side" {
            let href = attribute(tag, "href");
            let comment = href.strip_prefix('#').and_then(|id| self.comments.get(id));
            line.aside(AsideKind::Comment, comment.map_or("", String::as_str));
        } else {
            line.aside(AsideKind::Footnote, attribute(tag, "marker"));
        }
    }

    /// Words that are not the text's own, of the element that ends.
    fn stood_apart(&mut self, name: &str, tag: &BytesStart<'_>, words: String) {
        let front = &mut self.draft.front;
        match name {
            "docNumber" => front.symbol = Some(words),
            "docTitle" => front.title = Some(words),
            "docAuthority" => front.body = Some(words),
            "docStage" => front.stage = Some(words),
            "front" => self.keys = words,
            "heading" | "subheading" | "crossHeading" => {
                let told = attribute(tag, "level").parse().ok();
                self.heading(words, told);
            }
            "num" => {
                let point = matches!(self.open.last(), Some(Open::Point));
                self.with_unit(|unit| if point { unit.label(&words) } else { unit.number(&words) });
            }
            "del" => {
                if let Some(line) = &mut self.line {
                    line.aside(AsideKind::Struck, words);
                    self.struck = true;
                }
            }
            _ => {
                let id = attribute(tag, "eId");
                if attribute(tag, "placement") != "bottom" {
                    self.comments.insert(id, words);
                    return;
                }
                let number = id.rsplit('_').next().and_then(|number| number.parse().ok());
                let label = attribute(tag, "marker");
                if let Some(line) = &mut self.line {
                    line.aside(AsideKind::Footnote, label.as_str());
                }
                self.notes.push((
                    number.unwrap_or(usize::MAX),
                    Footnote { label, text: words, ..Footnote::default() },
                ));
            }
        }
    }

    fn heading(&mut self, text: String, level: Option<usize>) {
        self.end_unit();
        let level = level.or(self.levels.last().copied()).unwrap_or(1);
        self.headings.retain(|(outer, _)| *outer < level);
        self.headings.push((level, text.clone()));
        let before = self.draft.paragraphs.len();
        self.draft.headings.push(Heading { level, text, before, calls: Vec::new() });
    }

    fn with_unit(&mut self, act: impl FnOnce(&mut Unit)) {
        if let Some(unit) = &mut self.unit {
            act(unit);
        }
    }

    fn begin_unit(&mut self) {
        self.end_unit();
        self.unit = Some(Unit::default());
    }

    fn end_line(&mut self) {
        let Some(line) = self.line.take() else { return };
        // A line outside any paragraph is one.
        let alone = self.unit.is_none();
        self.unit.get_or_insert_default().line(line);
        if alone {
            self.end_unit();
        }
    }

    fn end_unit(&mut self) {
        let Some(paragraph) = self.unit.take().and_then(Unit::finish) else { return };
        self.draft.paragraphs.push(Paragraph {
            annex: self.annex.clone(),
            section: self.headings.iter().map(|(_, text)| text.clone()).collect(),
            ..paragraph
        });
    }
}

fn other(tag: &BytesStart<'_>) -> Open {
    Open::Other(tag.local_name().as_ref().to_owned())
}
