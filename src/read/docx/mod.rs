//! A Word file (Office Open XML, as Word, LibreOffice and Google Docs write it) in; a draft as numbered paragraphs out.
//!
//! Numbers are printed nowhere in such a file: they are counted here as Word counts them. Footnotes, endnotes
//! and comments stand apart from the words; headers, footers, hidden text and tables of contents are left out.
//! Tracked changes are read as [`Reading`] says, and kept in [`crate::model::Paragraph::revisions`].
//!
//! Limits against files that are made to do harm: a part may unpack to 64 MB, all parts read to 128 MB with
//! two million elements in all, nested 128 deep; larger files are refused. Styles are followed through 32 others,
//! list definitions through 8. Numbers too large for letters or Roman numerals are printed in digits. Every note
//! and comment is read once. Entities of a document type declaration are not expanded.

mod changes;
mod fields;
mod front;
mod line;
mod notes;
mod outline;
mod runs;
mod story;

use std::collections::HashMap;

use super::assemble::assemble;
use super::{ReadError, Reading};
use crate::model::{Draft, Finding, Omission};
use crate::ooxml::numbering::Numbering;
use crate::ooxml::package::{Package, Relation};
use crate::ooxml::styles::Styles;
use crate::ooxml::xml::Element;
use notes::{Kind, Notes, by_id};
use story::{Item, Story, Surroundings};

/// Reads a Word file.
///
/// # Errors
/// When it is damaged, holds no text, or is larger than any draft.
pub(super) fn read(path: &str, bytes: &[u8], reading: Reading) -> Result<Draft, ReadError> {
    parsed(path, bytes, reading).map_err(|message| ReadError {
        path: path.to_owned(),
        at: None,
        message,
    })
}

fn parsed(path: &str, bytes: &[u8], reading: Reading) -> Result<Draft, String> {
    let mut package = Package::open(bytes)?;
    let missing = || {
        "the Word file does not say which of its parts is the text: open it in Word and save it again"
            .to_owned()
    };
    let name = package.main_part().ok_or_else(missing)?;
    let document = package.part(&name)?.ok_or_else(missing)?;
    let body = document.child("body").ok_or_else(missing)?;
    let relations = package.relations(&name);
    let around = surroundings(&mut package, &relations, body, reading);
    let header = header(&mut package, &relations, body, reading);
    let properties = package.relations("").into_iter().find(|r| r.kind == "core-properties");
    let properties = properties.and_then(|relation| package.optional(&relation.target));

    let (mut items, story) = Story::read(around, body);
    let (front, cover) = front::front(&mut items, &header, properties.as_ref());
    let furniture = furniture(&mut package, &relations);
    items.splice(0..0, (0..furniture).map(|_| Item::LeftOut(Omission::PageFurniture)));
    let mut draft = Draft {
        path: path.to_owned(),
        front,
        cover,
        footnotes: story.footnotes,
        findings: findings(path, &package.lost, story.embedded),
        ..Draft::default()
    };
    assemble(outline::blocks(items), &mut draft);
    Ok(draft)
}

/// What the text cannot be read without: styles, numbers, notes, addresses of links.
fn surroundings(
    package: &mut Package<'_>,
    relations: &[Relation],
    body: &Element,
    reading: Reading,
) -> Surroundings {
    let mut part = |kind: &str| {
        let relation = relations.iter().find(|relation| relation.kind == kind)?;
        package.optional(&relation.target)
    };
    let settings = part("settings");
    let section = section(body);
    let numbered = |name: &str| -> Vec<&Element> {
        section.into_iter().chain(settings.as_ref()).filter_map(|set| set.child(name)).collect()
    };
    let notes = Notes {
        footnotes: Kind::of(part("footnotes").as_ref(), &numbered("footnotePr"), "decimal"),
        endnotes: Kind::of(part("endnotes").as_ref(), &numbered("endnotePr"), "lowerRoman"),
        comments: by_id(part("comments").as_ref()),
    };
    let links = relations.iter().filter(|relation| relation.kind == "hyperlink");
    let links: HashMap<String, String> =
        links.map(|relation| (relation.id.clone(), relation.target.clone())).collect();
    Surroundings {
        styles: Styles::of(part("styles").as_ref()),
        numbering: Numbering::of(part("numbering").as_ref()),
        notes,
        links,
        how: reading.revisions,
    }
}

/// The properties of the first section.
fn section(body: &Element) -> Option<&Element> {
    body.elements().find_map(|element| match &*element.name {
        "sectPr" => Some(element),
        "p" => element.down(&["pPr", "sectPr"]),
        _ => None,
    })
}

/// The lines printed above the first page: mastheads often stand there.
fn header(
    package: &mut Package<'_>,
    relations: &[Relation],
    body: &Element,
    reading: Reading,
) -> Vec<String> {
    let headers = |section: &'_ Element, kind: &str| {
        let is_wanted = |element: &&Element| {
            &*element.name == "headerReference" && element.attribute("type") == Some(kind)
        };
        section.elements().find(is_wanted).and_then(|h| h.attribute("id")).map(str::to_owned)
    };
    let id = section(body).and_then(|section| headers(section, "first"));
    let relation = id.and_then(|id| relations.iter().find(|relation| relation.id == id));
    let part = relation.and_then(|relation| package.optional(&relation.target));
    let Some(part) = part else { return Vec::new() };
    let around = Surroundings {
        styles: Styles::default(),
        numbering: Numbering::default(),
        notes: Notes::default(),
        links: HashMap::new(),
        how: reading.revisions,
    };
    let (items, _) = Story::read(around, &part);
    let texts = items.into_iter().filter_map(|item| match item {
        Item::Paragraph(paragraph) => Some(paragraph.flow.text),
        Item::Row(flow) => Some(flow.text),
        Item::Remark(_) | Item::LeftOut(_) => None,
    });
    let lines = |text: String| -> Vec<String> {
        text.split('\n').flat_map(|line| line.split(" | ")).map(str::to_owned).collect()
    };
    texts.flat_map(lines).collect()
}

/// So many headers and footers are counted; a file has three of each for every section.
const MOST_FURNITURE: usize = 60;

/// How many headers and footers have something in them.
fn furniture(package: &mut Package<'_>, relations: &[Relation]) -> usize {
    let kinds = ["header", "footer"];
    let held = relations.iter().filter(|relation| kinds.contains(&relation.kind.as_str()));
    let held = held.take(MOST_FURNITURE).filter_map(|held| package.optional(&held.target));
    held.filter(prints).count()
}

/// True for a part or an element in which words stand, or a field such as the number of the page.
fn prints(element: &Element) -> bool {
    let own = matches!(&*element.name, "t" | "instrText") && !element.words().trim().is_empty();
    own || &*element.name == "fldSimple" || element.elements().any(prints)
}

/// What of the file was not read.
fn findings(path: &str, lost: &[String], embedded: bool) -> Vec<Finding> {
    let lost = lost.iter().map(|name| {
        let what = match name.rsplit('/').next().unwrap_or(name) {
            "numbering.xml" => "the numbers of its paragraphs",
            "footnotes.xml" | "endnotes.xml" => "its notes",
            "comments.xml" => "its comments",
            "styles.xml" => "its styles, which tell headings from text",
            _ => "a part of it",
        };
        Finding::warning(
            "not-read",
            path,
            format!("{what} could not be read (“{name}” is damaged)"),
        )
        .help("open the file in Word and save it again")
    });
    let embedded = embedded.then(|| {
        Finding::warning("not-read", path, "a document inside this document was not read")
            .help("open the file in Word and save it again: that makes one text of both")
    });
    lost.chain(embedded).collect()
}
