//! A draft in; which paragraph or heading calls which of its footnotes, and where, out.

use std::collections::{HashMap, HashSet};

use super::{Aside, AsideKind, Draft, Footnote};

/// Where calls stand in the text of a paragraph or a heading, each with its label.
pub fn called(asides: &[Aside]) -> impl Iterator<Item = (usize, &str)> {
    let calls = asides.iter().filter(|aside| aside.kind == AsideKind::Footnote);
    calls.map(|aside| (aside.at, aside.text.as_str()))
}

/// The words of a footnote on one line, with one space between them.
pub fn note_words(text: &str) -> String {
    let words = text.split([' ', '\n', '\t']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The words of a footnote, with one space between them and each paragraph on a line of its own.
pub fn note_lines(text: &str) -> String {
    let lines = text.split('\n').map(note_words).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
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

    /// The footnotes that no call was for.
    pub fn uncalled(&self) -> Vec<&'d Footnote> {
        let rest = self.named.values().flat_map(|(notes, called)| notes.iter().skip(*called));
        let mut rest: Vec<usize> = rest.copied().collect();
        rest.sort_unstable();
        rest.into_iter().filter_map(|at| self.footnotes.get(at)).collect()
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
    let mut calls = calls(draft);
    let mut seen = vec![false; draft.footnotes.len()];
    for own in &mut calls.paragraphs {
        own.retain(|(_, note)| {
            seen.get_mut(*note).is_some_and(|seen| !std::mem::replace(seen, true))
        });
    }
    calls.paragraphs
}

/// The footnotes that headings call, by their indices.
pub fn called_by_headings(draft: &Draft) -> HashSet<usize> {
    calls(draft).headings
}

/// Which footnotes are called, by their indices.
struct Calls {
    paragraphs: Vec<Vec<(usize, usize)>>,
    headings: HashSet<usize>,
}

fn calls(draft: &Draft) -> Calls {
    let mut labels = Labels::of(&draft.footnotes);
    let mut of = |asides: &[Aside]| -> Vec<(usize, usize)> {
        called(asides).filter_map(|(at, label)| Some((at, labels.index(label)?))).collect()
    };
    let mut all = Calls { paragraphs: Vec::new(), headings: HashSet::new() };
    let mut headings = draft.headings.iter().peekable();
    for at in 0..=draft.paragraphs.len() {
        while let Some(heading) = headings.next_if(|heading| heading.before <= at) {
            all.headings.extend(of(&heading.calls).into_iter().map(|(_, note)| note));
        }
        all.paragraphs.extend(draft.paragraphs.get(at).map(|p| of(&p.asides)));
    }
    all
}
