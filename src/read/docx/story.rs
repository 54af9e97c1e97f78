//! Elements of a Word file's text in; its paragraphs and rows, one after the other, out.

use std::collections::HashMap;

use super::changes::Tracked;
use super::fields::Fields;
use super::line::{Line, at_start};
use super::notes::Notes;
use crate::model::{Footnote, Revision};
use crate::ooxml::numbering::{Numbering, Printed};
use crate::ooxml::styles::{Look, Role, Styles};
use crate::ooxml::xml::Element;
use crate::read::Revisions;
use crate::read::flow::{Flow, PRINTED};
use crate::read::pin::Remark;

/// What stands in a text, one after the other.
#[derive(Debug)]
pub(super) enum Item {
    Paragraph(Box<Paragraph>),
    /// The cells of a row of a table.
    Row(Flow),
}

/// A paragraph with what its looks say of it.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) flow: Flow,
    pub(super) remarks: Vec<Remark>,
    /// The number that Word prints before it.
    pub(super) printed: Option<Printed>,
    pub(super) role: Option<Role>,
    pub(super) bold: bool,
    pub(super) centred: bool,
}

impl Paragraph {
    /// Its words with the number before them.
    pub(super) fn numbered(self) -> Flow {
        let mut flow = Flow::default();
        match self.printed.filter(|printed| !printed.text.is_empty()) {
            Some(printed) => {
                flow.push(&printed.text, PRINTED);
                flow.append_inline_after(" ", self.flow);
                flow
            }
            None => self.flow,
        }
    }
}

/// What is read from the parts of a file beside its text.
pub(super) struct Surroundings {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) notes: Notes,
    /// Addresses of links by the ids of relations.
    pub(super) links: HashMap<String, String>,
    pub(super) how: Revisions,
}

/// Reads a text, part by part.
pub(super) struct Story {
    pub(super) around: Surroundings,
    pub(super) footnotes: Vec<Footnote>,
    /// True once a document inside the document was passed over.
    pub(super) embedded: bool,
    pub(super) fields: Fields,
    pub(super) scope: Scope,
    /// True within a note or a comment, which hold none themselves.
    pub(super) in_note: bool,
}

/// What was read of one text: the body, a cell, a text box, a note.
#[derive(Default)]
pub(super) struct Scope {
    items: Vec<Item>,
    pub(super) line: Line,
    /// Changes of paragraphs that are gone as a whole.
    pending: Vec<Revision>,
}

impl Story {
    /// Reads the body of the text.
    pub(super) fn read(around: Surroundings, body: &Element) -> (Vec<Item>, Self) {
        let mut story = Self {
            around,
            footnotes: Vec::new(),
            embedded: false,
            fields: Fields::of(body),
            scope: Scope::default(),
            in_note: false,
        };
        let items = story.apart(|story| story.blocks(body, &Tracked::default()));
        (items, story)
    }

    /// Reads something that stands apart from the text around it.
    pub(super) fn apart(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Item> {
        let outer = std::mem::take(&mut self.scope);
        read(self);
        self.end_paragraph(Look::default(), false);
        let Scope { mut items, pending, .. } = std::mem::replace(&mut self.scope, outer);
        match items.last_mut() {
            Some(Item::Paragraph(paragraph)) => add_at_end(&mut paragraph.flow, pending),
            Some(Item::Row(flow)) => add_at_end(flow, pending),
            None if !self.in_note => self.scope.pending.extend(pending),
            None => {}
        }
        items
    }

    /// Reads what holds paragraphs and tables.
    pub(super) fn blocks(&mut self, parent: &Element, tracked: &Tracked) {
        for element in parent.elements() {
            match &*element.name {
                "p" => self.paragraph(element, tracked),
                "tbl" => self.table(element, tracked),
                "sdt" if is_contents(element) => {}
                "altChunk" | "subDoc" => self.embedded = true,
                "commentRangeStart" => self.comment(element),
                name if is_property(name) => {}
                _ => match tracked.with(element) {
                    Some(tracked) => self.blocks(element, &tracked),
                    None => self.blocks(element, tracked),
                },
            }
        }
    }

    fn paragraph(&mut self, element: &Element, tracked: &Tracked) {
        let how = self.around.how;
        let set = element.child("pPr");
        let style = set.and_then(|set| set.value("pStyle"));
        let look = Look::of(set, None).over(&self.around.styles.paragraph(style));
        self.inline(element, tracked, &look);
        let mark = tracked.with_properties(set.and_then(|set| set.child("rPr")));
        if mark.is_there(how) {
            self.end_paragraph(look, true);
        } else if mark.is_shown(how) && self.scope.line.is_struck() {
            self.end_paragraph(look, false);
        }
        // Without its mark, a paragraph goes on in the next one, which decides what both look like.
    }

    /// Ends the paragraph being read; one that is not `counted` has no number of its own.
    fn end_paragraph(&mut self, look: Look, counted: bool) {
        let mut line = std::mem::take(&mut self.scope.line);
        self.fields.begin_paragraph();
        let bold = line.is_bold();
        let remarks = std::mem::take(&mut line.remarks);
        let mut flow = line.finish();
        let heading = matches!(look.role, Some(Role::Heading(_)));
        let Surroundings { numbering, styles, .. } = &mut self.around;
        let printed = counted
            .then(|| numbering.count(&look.list, &look.list_styles, heading, styles))
            .flatten();
        if look.role == Some(Role::Contents) {
            return;
        }
        if flow.is_empty() {
            return self.scope.pending.extend(at_start(flow.revisions));
        }
        flow.revisions.splice(0..0, std::mem::take(&mut self.scope.pending));
        let centred = look.centred == Some(true);
        let paragraph = Paragraph { flow, remarks, printed, role: look.role, bold, centred };
        self.scope.items.push(Item::Paragraph(Box::new(paragraph)));
    }

    /// A text box stands before the paragraph it is fixed to.
    pub(super) fn text_boxes(&mut self, element: &Element, tracked: &Tracked) {
        for inner in element.elements() {
            if &*inner.name == "txbxContent" {
                let items = self.apart(|story| story.blocks(inner, tracked));
                self.scope.items.extend(items);
            } else {
                self.text_boxes(inner, tracked);
            }
        }
    }

    fn table(&mut self, table: &Element, tracked: &Tracked) {
        let mut rows = Vec::new();
        gather(table, "tr", tracked, &mut rows);
        let mut cells = Vec::new();
        for (row, tracked) in rows {
            let tracked = tracked.with_properties(row.child("trPr"));
            let mut own = Vec::new();
            gather(row, "tc", &tracked, &mut own);
            cells.push(own);
        }
        // A table of one column is a frame around text.
        let framed = cells.iter().all(|cells| cells.len() < 2);
        for row in cells {
            if framed {
                for (cell, tracked) in row {
                    self.blocks(cell, &tracked.with_properties(cell.child("tcPr")));
                }
            } else {
                self.row(row);
            }
        }
    }

    fn row(&mut self, cells: Vec<(&Element, Tracked)>) {
        let mut row = Flow::default();
        let mut nested = Vec::new();
        let mut gap = String::new();
        for (cell, tracked) in cells {
            let tracked = tracked.with_properties(cell.child("tcPr"));
            let mut words = Flow::default();
            for item in self.apart(|story| story.blocks(cell, &tracked)) {
                match item {
                    Item::Paragraph(paragraph) => words.append(paragraph.numbered()),
                    Item::Row(_) => nested.push(item),
                }
            }
            if words.text.is_empty() || row.text.is_empty() {
                row.append_inline(words);
            } else {
                row.append_inline_after(&gap, words);
                gap.clear();
            }
            gap.push_str(" | ");
        }
        if row.text.contains(char::is_alphanumeric) || !row.asides.is_empty() {
            row.revisions.splice(0..0, std::mem::take(&mut self.scope.pending));
            self.scope.items.push(Item::Row(row));
        } else {
            self.scope.pending.extend(at_start(row.revisions));
        }
        self.scope.items.extend(nested);
    }
}

fn add_at_end(flow: &mut Flow, revisions: Vec<Revision>) {
    let rest = Flow { revisions, ..Flow::default() };
    flow.append_inline(rest);
}

/// Elements called `name`, through whatever wraps them.
fn gather<'e>(
    parent: &'e Element,
    name: &str,
    tracked: &Tracked,
    found: &mut Vec<(&'e Element, Tracked)>,
) {
    for element in parent.elements() {
        let own = tracked.with(element);
        let tracked = own.as_ref().unwrap_or(tracked);
        if &*element.name == name {
            found.push((element, tracked.clone()));
        } else if !is_property(&element.name) {
            gather(element, name, tracked, found);
        }
    }
}

/// True for elements that say how something looks and hold no words.
pub(super) fn is_property(name: &str) -> bool {
    matches!(
        name,
        "pPr"
            | "rPr"
            | "sectPr"
            | "tblPr"
            | "tblGrid"
            | "tblPrEx"
            | "trPr"
            | "tcPr"
            | "sdtPr"
            | "sdtEndPr"
            | "smartTagPr"
            | "customXmlPr"
    )
}

/// True for a table of contents that Word keeps by itself.
fn is_contents(control: &Element) -> bool {
    let gallery = control.down(&["sdtPr", "docPartObj", "docPartGallery"]);
    gallery.and_then(|gallery| gallery.attribute("val")) == Some("Table of Contents")
}
