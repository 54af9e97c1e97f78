//! Elements of a Word file's text in; its paragraphs and rows, one after the other, out.

use std::collections::HashMap;

use super::changes::Tracked;
use super::fields::Fields;
use super::line::{Line, at_start};
use super::notes::Notes;
use crate::model::{Footnote, Omission, Revision, Set};
use crate::ooxml::numbering::{Numbering, Printed};
use crate::ooxml::styles::{Look, Role, Styles};
use crate::ooxml::xml::Element;
use crate::read::Revisions;
use crate::read::flow::{BAR, Flow, PRINTED};
use crate::read::pin::Remark;

/// What stands in a text, one after the other.
#[derive(Debug)]
pub(super) enum Item {
    Paragraph(Box<Paragraph>),
    /// The cells of a row of a table.
    Row(Flow),
    /// What a comment says for this tool, of what stands before it.
    Remark(Remark),
    /// Something that is not taken over stood here.
    LeftOut(Omission),
}

/// A paragraph with what its looks say of it.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) flow: Flow,
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
        let last = items.iter_mut().rev().find_map(|item| match item {
            Item::Paragraph(paragraph) => Some(&mut paragraph.flow),
            Item::Row(flow) => Some(flow),
            Item::Remark(_) | Item::LeftOut(_) => None,
        });
        match last {
            Some(flow) => add_at_end(flow, pending),
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
                "sdt" if is_contents(element) => self.contents(element),
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
        // Rejecting a change of how it looks gives it its old looks back.
        let before = set.and_then(|set| set.down(&["pPrChange", "pPr"]));
        let shown = before.filter(|_| how == Revisions::Reject).or(set);
        let style = shown.and_then(|set| set.value("pStyle"));
        let look = Look::of(shown, None).over(&self.around.styles.paragraph(style));
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
        let remarks = std::mem::take(&mut line.remarks).into_iter().map(Item::Remark);
        let left_out = std::mem::take(&mut line.left_out).into_iter().map(Item::LeftOut);
        let beside: Vec<Item> = remarks.chain(left_out).collect();
        let mut flow = line.finish();
        let heading = matches!(look.role, Some(Role::Heading(_)));
        let Surroundings { numbering, styles, .. } = &mut self.around;
        let printed = counted
            .then(|| numbering.count(&look.list, &look.list_styles, heading, styles))
            .flatten();
        if look.role == Some(Role::Contents) {
            if !flow.text.is_empty() {
                self.scope.items.push(Item::LeftOut(Omission::Contents));
            }
            return;
        }
        if flow.is_empty() {
            self.scope.items.extend(beside);
            return self.scope.pending.extend(at_start(flow.revisions));
        }
        flow.revisions.splice(0..0, std::mem::take(&mut self.scope.pending));
        if matches!(look.role, Some(Role::Quoted | Role::QuotedOn)) {
            flow.set(0, Set::Quotation);
        }
        let centred = look.centred == Some(true);
        let paragraph = Paragraph { flow, printed, role: look.role, bold, centred };
        self.scope.items.push(Item::Paragraph(Box::new(paragraph)));
        self.scope.items.extend(beside);
    }

    /// A table of contents that Word keeps by itself is not taken over.
    fn contents(&mut self, element: &Element) {
        let entries = self.apart(|story| story.blocks(element, &Tracked::default()));
        let entries = entries.iter().filter(|item| !matches!(item, Item::Remark(_)));
        let count = entries.count();
        self.scope.items.extend((0..count).map(|_| Item::LeftOut(Omission::Contents)));
    }

    /// A text box stands before the paragraph it is fixed to.
    /// False where there is none.
    pub(super) fn text_boxes(&mut self, element: &Element, tracked: &Tracked) -> bool {
        let mut found = false;
        for inner in element.elements() {
            if &*inner.name == "txbxContent" {
                let items = self.apart(|story| story.blocks(inner, tracked));
                self.scope.items.extend(items);
                found = true;
            } else {
                found |= self.text_boxes(inner, tracked);
            }
        }
        found
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
        let mut behind = Vec::new();
        for (cell, tracked) in cells {
            let tracked = tracked.with_properties(cell.child("tcPr"));
            let mut words = Flow::default();
            for item in self.apart(|story| story.blocks(cell, &tracked)) {
                match item {
                    Item::Paragraph(paragraph) => words.append(paragraph.numbered()),
                    item => behind.push(item),
                }
            }
            if !row.text.is_empty() {
                row.add(BAR);
            }
            row.begin_cell();
            row.append_inline(words);
        }
        row.end_row();
        if row.text.contains(char::is_alphanumeric) || !row.asides.is_empty() {
            row.revisions.splice(0..0, std::mem::take(&mut self.scope.pending));
            self.scope.items.push(Item::Row(row));
        } else {
            self.scope.pending.extend(at_start(row.revisions));
        }
        self.scope.items.extend(behind);
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
