//! A draft in; which paragraph calls which of its footnotes, and where, out.

use std::collections::HashMap;

use super::{AsideKind, Draft, Footnote, Paragraph};

/// Where the calls of a paragraph stand in its text, each with its label.
pub fn called(paragraph: &Paragraph) -> impl Iterator<Item = (usize, &str)> {
    let calls = paragraph.asides.iter().filter(|aside| aside.kind == AsideKind::Footnote);
    calls.map(|aside| (aside.at, aside.text.as_str()))
}

/// The words of a footnote on one line, with one space between them.
pub fn note_words(text: &str) -> String {
    let words = text.split([' ', '\n', '\t']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The footnotes of a draft as they are called one after the other.
pub struct Labels<'d> {
    footnotes: &'d [Footnote],
    /// Those with each label, by their index, and how many of them have been called.
    named: HashMap<&'d str, (Vec<usize>, usize)>,
}

impl<'d> Labels<'d> {
    /// Before any is called.
    pub fn of(footnotes: &'d [Footnote]) -> Self {
        let mut named: HashMap<&str, (Vec<usize>, usize)> = HashMap::new();
        for (at, note) in footnotes.iter().enumerate() {
            named.entry(&note.label).or_default().0.push(at);
        }
        Self { footnotes, named }
    }

    /// The index of the footnote that this label calls now: the next with it, else the first again.
    pub fn index(&mut self, label: &str) -> Option<usize> {
        let (notes, called) = self.named.get_mut(label)?;
        let next = notes.get(*called);
        *called += usize::from(next.is_some());
        next.or(notes.first()).copied()
    }

    /// The footnote that this label calls now.
    pub fn call(&mut self, label: &str) -> Option<&'d Footnote> {
        let at = self.index(label)?;
        self.footnotes.get(at)
    }
}

/// For each paragraph the calls of its footnotes: the byte of its text that one stands before, and the index of the
/// footnote. One that is called again stands with its first call only.
pub fn first_calls(draft: &Draft) -> Vec<Vec<(usize, usize)>> {
    let mut labels = Labels::of(&draft.footnotes);
    let mut seen = vec![false; draft.footnotes.len()];
    let of = |paragraph: &Paragraph| {
        let calls = called(paragraph).filter_map(|(at, label)| Some((at, labels.index(label)?)));
        calls
            .filter(|(_, note)| {
                seen.get_mut(*note).is_some_and(|seen| !std::mem::replace(seen, true))
            })
            .collect()
    };
    draft.paragraphs.iter().map(of).collect()
}
