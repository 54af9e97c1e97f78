//! The notes and comments of a draft in; what stands in the place of each call of them, out.

use std::collections::HashMap;

use super::xml::Xml;
use crate::model::{Aside, AsideKind, Draft, Footnote};

/// Footnotes stand where they are called first; comments, and notes that nothing calls, stand in the file's head.
pub(super) struct Notes<'d> {
    notes: &'d [Footnote],
    /// For a label: the notes that have it, and how often it was called so far.
    labels: HashMap<&'d str, (Vec<usize>, usize)>,
    /// True for each note that has been called.
    called: Vec<bool>,
    comments: Vec<&'d str>,
}

impl<'d> Notes<'d> {
    pub(super) fn of(draft: &'d Draft) -> Self {
        let mut labels = HashMap::<&str, (Vec<usize>, usize)>::new();
        for (at, note) in draft.footnotes.iter().enumerate() {
            labels.entry(&note.label).or_default().0.push(at);
        }
        let called = vec![false; draft.footnotes.len()];
        Self { notes: &draft.footnotes, labels, called, comments: Vec::new() }
    }

    /// Writes what stands beside the words of a paragraph.
    pub(super) fn aside(&mut self, aside: &'d Aside, xml: &mut Xml) {
        match aside.kind {
            AsideKind::Struck => {
                xml.start("del", &[]);
                xml.words(&aside.text);
                xml.end("del");
            }
            AsideKind::Footnote => self.call(&aside.text, xml),
            AsideKind::Comment => {
                self.comments.push(&aside.text);
                let href = format!("#note_{}", self.notes.len() + self.comments.len());
                xml.mark("noteRef", &[("href", &href), ("placement", "side"), ("marker", "*")]);
            }
        }
    }

    /// Where several notes have one label, the first call is for the first of them, and so on.
    fn call(&mut self, label: &str, xml: &mut Xml) {
        let found = self.labels.get_mut(label).and_then(|(notes, times)| {
            *times += 1;
            notes.get(*times - 1).or(notes.last()).copied()
        });
        let (marker, bottom) = (("marker", label), ("placement", "bottom"));
        let called = found.and_then(|at| self.called.get_mut(at));
        let (Some(at), Some(called)) = (found, called) else {
            return xml.mark("noteRef", &[marker, bottom, ("href", "#")]);
        };
        let id = format!("authorialNote_{}", at + 1);
        if std::mem::replace(called, true) {
            let href = format!("#{id}");
            return xml.mark("noteRef", &[marker, bottom, ("href", &href)]);
        }
        xml.start("authorialNote", &[marker, bottom, ("eId", &id)]);
        xml.start("p", &[]);
        xml.words(self.notes.get(at).map_or("", |note| &note.text));
        xml.end("p");
        xml.end("authorialNote");
    }

    /// Writes the element `notes`, once the whole text is written: comments, and notes that nothing called.
    pub(super) fn write(&self, xml: &mut Xml) {
        let uncalled: Vec<usize> =
            self.called.iter().enumerate().filter(|(_, c)| !**c).map(|(at, _)| at).collect();
        if uncalled.is_empty() && self.comments.is_empty() {
            return;
        }
        xml.open("notes", &[("source", "#adref")]);
        for (at, note) in uncalled.iter().filter_map(|at| Some((at, self.notes.get(*at)?))) {
            let marker = [("marker", note.label.as_str()), ("placement", "bottom")];
            stored(at + 1, &marker, &note.text, xml);
        }
        for (at, comment) in self.comments.iter().enumerate() {
            stored(self.notes.len() + at + 1, &[], comment, xml);
        }
        xml.close("notes");
    }
}

fn stored(number: usize, attributes: &[(&str, &str)], words: &str, xml: &mut Xml) {
    let id = format!("note_{number}");
    let mut all = vec![("eId", id.as_str())];
    all.extend(attributes);
    xml.new_line();
    xml.start("note", &all);
    xml.start("p", &[]);
    xml.words(words);
    xml.end("p");
    xml.end("note");
}
