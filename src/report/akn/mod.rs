//! A draft in; the AKN4UN file (Akoma Ntoso for the United Nations, XML) that is read as the same draft out.
//!
//! The file follows the schema of Akoma Ntoso 3.0 (OASIS, 2018) and, in its choice of elements, the files that the United
//! Nations publish: preambular paragraphs as containers named after their act, paragraphs with number and list,
//! footnotes where they are called, annexes as attachments. What no element says stands in a namespace of our own,
//! which other programs pass over: pins, waivers, further keys of the front matter, how far headings jump.
//!
//! Reading the file gives the same ids, numbers, annexes, sections, texts, sub-paragraphs, links, notes, pins and front
//! matter, except for: characters that XML cannot hold, which become U+FFFD; the first of two links that overlap,
//! which ends the second; and tracked changes, whose words stand as they were read.

mod lists;
mod meta;
mod names;
mod notes;
mod paragraph;
mod xml;

use std::ops::Range;

use super::draft::table_rows;
use crate::model::{AKN, AKN_OWN, Draft, Heading, Paragraph};
use crate::text::opening_act;
use meta::{Identity, meta, preface};
use names::Ids;
use notes::Notes;
use paragraph::{Node, Words};
use xml::Xml;

/// An enacting formula, such as "The General Assembly,", is no longer than this, in bytes.
const LONGEST_FORMULA: usize = 120;

/// Sections are nested no deeper than this; a heading below says its own level.
const DEEPEST: usize = 16;

/// Writes a draft.
pub fn akn(draft: &Draft) -> String {
    let identity = Identity::of(draft);
    let mut writer = Writer {
        draft,
        xml: Xml::at(2),
        ids: Ids::default(),
        notes: Notes::of(draft),
        anchors: Vec::new(),
    };
    writer.texts(&identity);
    let resolution = draft.front.symbols().any(|symbol| symbol.contains("/RES/"));
    let mut xml = Xml::document();
    xml.open("akomaNtoso", &[("xmlns", AKN), ("xmlns:adref", AKN_OWN)]);
    xml.open("statement", &[("name", if resolution { "resolution" } else { "draft" })]);
    meta(draft, &identity, &writer.notes, &writer.anchors, &mut xml);
    preface(&draft.front, &mut xml);
    xml.append(writer.xml);
    xml.close("statement");
    xml.close("akomaNtoso");
    let mut out = xml.finish();
    out.push('\n');
    out
}

/// Paragraphs in a row that stand in the same annex, and the headings above them.
struct Stretch {
    paragraphs: Range<usize>,
    headings: Range<usize>,
}

/// A section that is open.
struct Section {
    level: usize,
    id: String,
    /// How many sections it has had so far.
    held: usize,
}

struct Writer<'d> {
    draft: &'d Draft,
    xml: Xml,
    ids: Ids,
    notes: Notes<'d>,
    /// The identifiers of the paragraphs written so far.
    anchors: Vec<String>,
}

impl<'d> Writer<'d> {
    /// The main text, and every annex as an attachment.
    fn texts(&mut self, identity: &Identity<'_>) {
        let mut stretches = stretches(self.draft).into_iter();
        if let Some(main) = stretches.next() {
            let main = self.preamble(main);
            self.body(main, "");
        }
        let mut number = 0;
        for stretch in stretches {
            number += 1;
            if number == 1 {
                self.xml.open("attachments", &[]);
            }
            let first = self.draft.paragraphs.get(stretch.paragraphs.start);
            let annex = first.and_then(|paragraph| paragraph.annex.as_deref());
            let id = self.ids.give("", "att", &number.to_string());
            let mut attributes = vec![("eId", id.as_str())];
            attributes.extend(annex.map(|annex| ("adref:annex", annex)));
            self.xml.open("attachment", &attributes);
            self.xml.open("doc", &[("name", "annex")]);
            self.xml.open("meta", &[]);
            identity.identification(Some(&format!("annex_{number}")), &mut self.xml);
            self.xml.close("meta");
            self.body(stretch, &id);
            self.xml.close("doc");
            self.xml.close("attachment");
        }
        if number > 0 {
            self.xml.close("attachments");
        }
    }

    /// Writes the paragraphs before the first number and the first heading as the preamble, where numbers follow or a heading
    /// says that it is one; returns the rest.
    fn preamble(&mut self, main: Stretch) -> Stretch {
        let draft = self.draft;
        let paragraphs = draft.paragraphs.get(main.paragraphs.clone()).unwrap_or_default();
        let mut headings = draft.headings.iter();
        let title = headings.clone().next().filter(|h| h.before == 0 && is_preamble(&h.text));
        if title.is_some() {
            headings.next();
        }
        let headed = headings.next().map_or(usize::MAX, |heading| heading.before);
        let bare = paragraphs.iter().take_while(|p| p.number.is_none()).count();
        let end = bare.min(headed);
        // Numbers may follow below the next heading.
        if end == 0 || bare == paragraphs.len() && title.is_none() {
            return main;
        }
        self.xml.open("preamble", &[("eId", "preamble")]);
        if let Some(title) = title {
            // The schema has no heading for a preamble.
            let level = title.level.to_string();
            self.xml.leaf("block", &[("name", "heading"), ("adref:level", &level)], &title.text);
        }
        for (at, paragraph) in paragraphs.iter().take(end).enumerate() {
            let words = Words::of(paragraph);
            let nodes = words.nodes();
            let act = opening_act(&paragraph.text).map(|act| act.span.slice(&paragraph.text));
            let short = paragraph.text.len() <= LONGEST_FORMULA && paragraph.text.ends_with(',');
            let formula = at == 0 && short && act.is_none() && !nodes.iter().any(Node::is_part);
            let (element, name) = match act {
                _ if formula => ("formula", "enactingFormula"),
                act => ("container", act.unwrap_or("preambularParagraph")),
            };
            let id = self.ids.give("preamble", element, &(at + 1).to_string());
            self.xml.open(element, &[("name", name), ("eId", &id)]);
            self.blocks(&words, &nodes, &id, 1);
            self.xml.close(element);
            self.anchors.push(id);
        }
        self.xml.close("preamble");
        let headings = main.headings.start + usize::from(title.is_some())..main.headings.end;
        Stretch { paragraphs: main.paragraphs.start + end..main.paragraphs.end, headings }
    }

    /// Writes `mainBody`: sections by the levels of their headings, and the paragraphs in them.
    fn body(&mut self, stretch: Stretch, within: &str) {
        let draft = self.draft;
        self.xml.open("mainBody", &[]);
        if stretch.paragraphs.is_empty() && stretch.headings.is_empty() {
            // The schema asks for something.
            self.xml.leaf("p", &[], "");
        }
        let headings = draft.headings.get(stretch.headings.clone()).unwrap_or_default();
        let mut headings = headings.iter().peekable();
        let root = Section { level: 0, id: within.to_owned(), held: 0 };
        let mut sections = vec![root];
        let mut at = stretch.paragraphs.start;
        loop {
            let last = at >= stretch.paragraphs.end;
            while let Some(heading) = headings.next_if(|heading| last || heading.before <= at) {
                self.section(heading, &mut sections);
            }
            if last {
                break;
            }
            let next = headings.peek().map_or(stretch.paragraphs.end, |heading| heading.before);
            let next = next.min(stretch.paragraphs.end);
            let rows = table_rows(draft, at, Some(next));
            if rows > 0 {
                self.table(at..at + rows, within);
                at += rows;
            } else {
                if let Some(paragraph) = draft.paragraphs.get(at) {
                    self.paragraph(paragraph, within);
                }
                at += 1;
            }
        }
        for _ in 1..sections.len() {
            self.xml.close("section");
        }
        self.xml.close("mainBody");
    }

    fn section(&mut self, heading: &Heading, sections: &mut Vec<Section>) {
        let above = |section: &Section| section.level >= heading.level;
        while sections.len() > 1 && (sections.last().is_some_and(above) || sections.len() > DEEPEST)
        {
            sections.pop();
            self.xml.close("section");
        }
        let nested = sections.len();
        let Some(outer) = sections.last_mut() else { return };
        outer.held += 1;
        let id = self.ids.give(&outer.id, "sec", &outer.held.to_string());
        let level = heading.level.to_string();
        let mut attributes = vec![("eId", id.as_str())];
        if heading.level != nested {
            attributes.push(("adref:level", &level));
        }
        self.xml.open("section", &attributes);
        self.xml.leaf("heading", &[], &heading.text);
        sections.push(Section { level: heading.level, id, held: 0 });
    }

    fn paragraph(&mut self, paragraph: &'d Paragraph, within: &str) {
        let number = paragraph.number.as_ref().unwrap_or(&paragraph.id);
        let id = self.ids.give(within, "para", number);
        self.xml.open("paragraph", &[("eId", &id)]);
        if let Some(number) = &paragraph.number {
            let (open, close) = if paragraph.bracketed { ("[", "]") } else { ("", "") };
            self.xml.leaf("num", &[], &format!("{open}{number}.{close}"));
        }
        let words = Words::of(paragraph);
        let nodes = words.nodes();
        self.hierarchy(&words, &nodes, &id, 1);
        self.xml.close("paragraph");
        self.anchors.push(id);
    }

    /// Rows of one table: to the reader each of them is a paragraph.
    fn table(&mut self, rows: Range<usize>, within: &str) {
        let rows = self.draft.paragraphs.get(rows).unwrap_or_default();
        let id = self.ids.give(within, "table", rows.first().map_or("", |row| &row.id));
        self.xml.open("hcontainer", &[("name", "table"), ("eId", &id)]);
        self.xml.open("content", &[]);
        self.xml.open("table", &[]);
        for row in rows {
            let words = Words::of(row);
            let id = self.ids.give(within, "para", &row.id);
            self.xml.open("tr", &[("eId", &id)]);
            for (cell, asides) in row.cells_with_asides() {
                self.xml.open("td", &[]);
                self.xml.new_line();
                self.xml.start("p", &[]);
                words.line_with(cell.start..cell.end, asides, &mut self.notes, &mut self.xml);
                self.xml.end("p");
                self.xml.close("td");
            }
            self.xml.close("tr");
            self.anchors.push(id);
        }
        self.xml.close("table");
        self.xml.close("content");
        self.xml.close("hcontainer");
    }

    fn line(&mut self, words: &Words<'d>, range: Range<usize>) {
        self.xml.new_line();
        self.xml.start("p", &[]);
        words.line(range, &mut self.notes, &mut self.xml);
        self.xml.end("p");
    }
}

/// True for the heading of a preamble, in the official languages.
fn is_preamble(heading: &str) -> bool {
    let low = heading.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    ["preamble", "préambule", "preámbulo", "преамбула", "序言", "الديباجة", "ديباجة"]
        .contains(&low.as_str())
}

/// The main text, which may be empty, and then one stretch for each annex.
fn stretches(draft: &Draft) -> Vec<Stretch> {
    let mut starts = vec![0];
    let mut annex = None;
    for (at, paragraph) in draft.paragraphs.iter().enumerate() {
        if paragraph.annex.as_deref() != annex {
            annex = paragraph.annex.as_deref();
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().map(Some).chain([None]);
    let mut headings = 0;
    let mut out = Vec::with_capacity(starts.len());
    for (start, end) in starts.iter().zip(ends) {
        let rest = draft.headings.get(headings..).unwrap_or_default();
        // A heading right before an annex belongs to it.
        let own = rest.iter().take_while(|heading| end.is_none_or(|end| heading.before < end));
        let last = headings + own.count();
        out.push(Stretch {
            paragraphs: *start..end.unwrap_or(draft.paragraphs.len()),
            headings: headings..last,
        });
        headings = last;
    }
    out
}
