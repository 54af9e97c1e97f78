//! Pieces of a text in; lines, each with its words as they are set, out.

use serde::Serialize;

use crate::model::{Draft, Facts, Library, Paragraph};
use crate::report::pieces::{Detail, Kind, detailed};

/// Sub-paragraphs that are nested deeper are set as deep as this.
const DEEPEST: usize = 6;

/// A line of a paragraph: its first one, or a sub-paragraph.
#[derive(Default, Serialize)]
pub(in crate::report) struct Line {
    /// How deep the sub-paragraph is nested; 0 for the paragraph's own words.
    depth: usize,
    words: Vec<Words>,
}

/// Words that are set alike.
#[derive(Clone, Default, Serialize)]
pub(in crate::report) struct Words {
    /// The element that holds them; none for plain text.
    pub(in crate::report) tag: Option<&'static str>,
    /// Its class: `new`, `adapted`, `dropped`.
    pub(in crate::report) class: &'static str,
    pub(in crate::report) text: String,
    /// The letter of the source that carries them, where the paragraph has several.
    by: Option<String>,
    /// The address of what begins with them.
    pub(in crate::report) id: Option<String>,
    /// Where a footnote's call leads.
    href: Option<String>,
}

impl Words {
    pub(in crate::report) fn new(
        tag: Option<&'static str>,
        class: &'static str,
        text: &str,
    ) -> Self {
        Self { tag, class, text: text.to_owned(), ..Self::default() }
    }
}

/// Lines being filled from left to right.
#[derive(Serialize)]
#[serde(transparent)]
pub(in crate::report) struct Lines(Vec<Line>);

impl Lines {
    pub(in crate::report) fn new() -> Self {
        Self(vec![Line::default()])
    }

    /// Adds words that are no part of the text, and stay on their line.
    pub(in crate::report) fn insert(&mut self, mut words: Words) {
        words.text = words.text.replace('\n', " ");
        self.push(words);
    }

    /// Adds words of a paragraph that begin at byte `at` of its text; their breaks begin new lines.
    pub(in crate::report) fn add(&mut self, words: &Words, paragraph: &Paragraph, mut at: usize) {
        let mut rest = words.text.split('\n').peekable();
        while let Some(line) = rest.next() {
            at += line.len() + 1;
            let last = rest.peek().is_none();
            // The letter of a source stands once, behind all the words.
            let by = words.by.clone().filter(|_| last);
            self.push(Words { text: line.to_owned(), by, ..words.clone() });
            if !last {
                self.begin(paragraph, at);
            }
        }
    }

    /// Begins a line at byte `at` of a paragraph's text.
    pub(in crate::report) fn begin(&mut self, paragraph: &Paragraph, at: usize) {
        let parts = paragraph.parts.iter();
        let holding = parts.filter(|part| part.span.start <= at && at < part.span.end);
        let depth = holding.map(|part| part.depth).max().unwrap_or(0).min(DEEPEST);
        self.0.push(Line { depth, words: Vec::new() });
    }

    /// Adds words of a footnote; each of its paragraphs begins a line.
    pub(in crate::report) fn add_note(&mut self, words: &Words) {
        for (at, line) in words.text.split('\n').enumerate() {
            if at > 0 {
                self.0.push(Line::default());
            }
            self.push(Words { text: line.to_owned(), ..words.clone() });
        }
    }

    fn push(&mut self, words: Words) {
        if let (Some(line), false) = (self.0.last_mut(), words.text.is_empty()) {
            line.words.push(words);
        }
    }
}

/// A footnote as it stands at the end of a page.
#[derive(Serialize)]
pub(in crate::report) struct Note<'a> {
    label: &'a str,
    /// Its paragraphs.
    lines: Vec<&'a str>,
}

/// The footnotes of a draft.
pub(in crate::report) fn notes(draft: &Draft) -> Vec<Note<'_>> {
    let notes = draft.footnotes.iter();
    notes.map(|n| Note { label: &n.label, lines: n.text.split('\n').collect() }).collect()
}

/// The call of a footnote: where `linked`, it leads to the footnote of the draft whose anchors begin with `prefix`.
pub(in crate::report) fn call(label: &str, draft: &Draft, linked: Option<&str>) -> Words {
    let mut words = Words::new(Some("sup"), "call", label);
    let note = draft.footnotes.iter().position(|note| note.label == label);
    words.href = linked.zip(note).map(|(prefix, note)| format!("#{prefix}note{}", note + 1));
    words
}

/// A paragraph without anything marked in it.
pub(in crate::report) fn plain(paragraph: &Paragraph) -> Lines {
    let mut lines = Lines::new();
    lines.add(&Words::new(None, "", &paragraph.text), paragraph, 0);
    lines
}

/// A paragraph of a draft with what is new and what is carried told apart; `letters` are those of its sources, and
/// `prefix` stands before the anchors of the draft.
pub(super) fn annotated(
    paragraph: &Paragraph,
    facts: &Facts,
    library: &Library,
    letters: &[Option<String>],
    draft: &Draft,
    prefix: &str,
) -> Lines {
    let mut lines = Lines::new();
    let mut at = 0;
    for piece in detailed(paragraph, facts, library) {
        let (tag, class) = match (piece.kind, piece.detail) {
            (Kind::New, Detail::Adapted) => (Some("ins"), "adapted"),
            (Kind::New, _) => (Some("ins"), "new"),
            (Kind::Dropped, _) => (Some("del"), "dropped"),
            (Kind::Struck, _) => (Some("del"), "struck"),
            (Kind::Gap, _) => (Some("span"), "gap"),
            (Kind::Plain | Kind::Note, _) => (None, ""),
        };
        let mut words = Words::new(tag, class, &piece.text);
        if let Detail::Source(source) = piece.detail {
            words.by = letters.get(source).cloned().flatten();
        }
        match piece.kind {
            Kind::Plain | Kind::New => {
                lines.add(&words, paragraph, at);
                at += words.text.len();
            }
            Kind::Note => lines.insert(call(&piece.text, draft, Some(prefix))),
            Kind::Dropped | Kind::Struck | Kind::Gap => lines.insert(words),
        }
    }
    lines
}
