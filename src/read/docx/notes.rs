//! Calls of footnotes, endnotes and comments in; their texts, each read once, out.

use std::collections::HashMap;

use super::changes::Tracked;
use super::fields::Fields;
use super::story::{Item, Story};
use crate::model::{AsideKind, Footnote, Omission};
use crate::ooxml::xml::Element;
use crate::ooxml::{OWN_INITIALS, numeral};
use crate::read::pin;

/// Notes of one kind that have not been called yet, and how their numbers are printed.
#[derive(Default)]
pub(super) struct Kind {
    texts: HashMap<String, Element>,
    format: String,
    count: u32,
}

impl Kind {
    /// Notes of the part `texts`; `settings` are the elements that may say how they are numbered.
    pub(super) fn of(texts: Option<&Element>, settings: &[&Element], usual: &str) -> Self {
        let said = |name| settings.iter().find_map(|set| set.value(name));
        let start: u32 = said("numStart").and_then(|start| start.parse().ok()).unwrap_or(1);
        Self {
            texts: by_id(texts),
            format: said("numFmt").unwrap_or(usual).to_owned(),
            count: start.saturating_sub(1),
        }
    }
}

/// All notes and comments of a file.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) footnotes: Kind,
    pub(super) endnotes: Kind,
    pub(super) comments: HashMap<String, Element>,
}

/// The notes or comments of a part, by their ids.
pub(super) fn by_id(part: Option<&Element>) -> HashMap<String, Element> {
    let notes = part.into_iter().flat_map(Element::elements);
    notes.filter_map(|note| Some((note.attribute("id")?.to_owned(), note.clone()))).collect()
}

impl Story {
    /// A note is called here; it has the number that is next, unless it has a mark of its own.
    pub(super) fn call(&mut self, call: &Element, mark: Option<String>, tracked: &Tracked) {
        if self.in_note || !tracked.is_there(self.around.how) {
            return;
        }
        let notes = &mut self.around.notes;
        let kind = match &*call.name {
            "endnoteReference" => &mut notes.endnotes,
            _ => &mut notes.footnotes,
        };
        let marked = mark.is_some();
        let label = mark.unwrap_or_else(|| {
            kind.count = kind.count.saturating_add(1);
            numeral(kind.count, &kind.format)
        });
        let text = call.attribute("id").and_then(|id| kind.texts.remove(id));
        self.scope.line.aside(AsideKind::Footnote, label.clone());
        if let Some(element) = text {
            let mut text = self.lines(&element).join("\n");
            // A note with a mark of its own prints it again before its words.
            if let Some(rest) = text.strip_prefix(&label).filter(|_| marked) {
                text = rest.trim_start().to_owned();
            }
            let endnote = &*call.name == "endnoteReference";
            self.footnotes.push(Footnote { label, text, endnote });
        }
    }

    /// A comment stands where the words it is about begin.
    pub(super) fn comment(&mut self, call: &Element) {
        if self.in_note {
            return;
        }
        let comments = &mut self.around.notes.comments;
        let Some(comment) = call.attribute("id").and_then(|id| comments.remove(id)) else { return };
        if comment.attribute("initials") == Some(OWN_INITIALS) {
            return self.scope.line.left_out.push(Omission::Comment);
        }
        let text = self.lines(&comment).join(" ");
        if let Some(remark) = pin::parse(&text) {
            return self.scope.line.remarks.push(remark);
        }
        let author = comment.attribute("author").map(str::trim).filter(|author| !author.is_empty());
        let said = author.map_or(text.clone(), |author| format!("{author}: {text}"));
        // Only the words of a comment can say that it is meant for this tool, never the name of who wrote it.
        let text = if pin::is_meant(&said) { format!("Comment by {said}") } else { said };
        self.scope.line.aside(AsideKind::Comment, text);
    }

    /// The words of a note, each paragraph that has any on a line of its own.
    fn lines(&mut self, note: &Element) -> Vec<String> {
        let fields = std::mem::replace(&mut self.fields, Fields::of(note));
        self.in_note = true;
        let items = self.apart(|story| story.blocks(note, &Tracked::default()));
        self.in_note = false;
        self.fields = fields;
        let texts = items.into_iter().filter_map(|item| match item {
            Item::Paragraph(paragraph) => Some(paragraph.numbered().text),
            Item::Row(flow) => Some(flow.text),
            Item::Remark(_) | Item::LeftOut(_) => None,
        });
        let line = |text: String| {
            let words = text.split([' ', '\n']).filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join(" ")
        };
        texts.map(line).filter(|line| !line.is_empty()).collect()
    }
}
