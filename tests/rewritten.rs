//! Agreed paragraphs of the sample library, with words replaced, go in; those that are not found come out.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::path::PathBuf;

use adref::library;
use adref::model::Paragraph;
use adref::reuse::{self, MatchThresholds, Subject};
use adref::text::Folding;

const OTHER: [&str; 7] = ["river", "winter", "teacher", "harbour", "garden", "bridge", "letter"];

/// A text with every second word replaced.
fn rewritten(text: &str) -> Paragraph {
    let words = text.split_whitespace().enumerate();
    let made = words.map(|(at, word)| if at % 2 == 1 { OTHER[at % OTHER.len()] } else { word });
    Paragraph { text: made.collect::<Vec<_>>().join(" "), ..Paragraph::default() }
}

#[test]
fn paragraphs_with_every_second_word_replaced_are_found() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("references");
    let library = library::load(&[folder]).unwrap();
    let agreed: Vec<&Paragraph> = library
        .entries
        .iter()
        .flat_map(|entry| &entry.text.paragraphs)
        .filter(|p| p.text.split_whitespace().count() >= 30)
        .collect();
    let drafts: Vec<Paragraph> = agreed.iter().map(|p| rewritten(&p.text)).collect();
    let subjects: Vec<Subject<'_>> = drafts.iter().map(Subject::alone).collect();
    let thresholds = MatchThresholds::default();
    let found = reuse::matches(&subjects, &library, Folding::general(), &thresholds);
    let mut missed = Vec::new();
    for (paragraph, reuse) in agreed.iter().zip(&found) {
        let is_it = |m: &&adref::model::Match| {
            let entry = &library.entries[m.location.reference];
            entry.text.paragraphs[m.location.paragraph].text == paragraph.text
        };
        match reuse.matches.iter().find(is_it) {
            Some(found) => assert!(found.kept.is_some() && !found.departures.is_empty()),
            None => missed.push(&paragraph.text),
        }
    }
    assert!(agreed.len() >= 30, "only {} paragraphs to try", agreed.len());
    assert!(missed.len() * 20 <= agreed.len(), "{} of {}: {missed:#?}", missed.len(), agreed.len());
}
