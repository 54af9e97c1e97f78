//! Official resolutions held against earlier ones: what `reuse` finds is what aligning everything finds.

#![allow(clippy::print_stdout, reason = "a measure says what it measured")]

mod common;

use std::path::PathBuf;

use adref::library;
use adref::model::{Library, Paragraph};
use adref::reuse::{self, MatchThresholds, Subject};
use adref::text::{Folding, shared_runs};

/// Draft paragraphs taken from the 79th session, one of so many.
const STEP: usize = 150;

/// The best coverage that any paragraph of the library gives, by aligning all of them.
fn exhaustive(paragraph: &Paragraph, library: &[Vec<u64>]) -> f64 {
    let own = Folding::general().keys(&paragraph.text);
    let carried =
        |other: &Vec<u64>| -> usize { shared_runs(&own, other, 3).iter().map(|run| run.len).sum() };
    let most = library.iter().map(carried).max().unwrap_or_default();
    most as f64 / own.len().max(1) as f64
}

#[test]
fn finds_what_exhaustive_alignment_finds() {
    let data = common::data();
    if !data.is_dir() {
        println!("no official files at {}: nothing measured", data.display());
        return;
    }
    let load = |session: &str| -> Library {
        let folder: PathBuf = data.join("un/akn/ga").join(session);
        library::load(&[folder]).expect("the official files can be read")
    };
    let (drafts, library) = (load("79"), load("78"));
    let folding = Folding::general();
    let held: Vec<Vec<u64>> = library
        .entries
        .iter()
        .flat_map(|entry| &entry.text.paragraphs)
        .map(|p| folding.paragraph(p).iter().map(|word| word.key).collect())
        .collect();
    let paragraphs: Vec<&Paragraph> = drafts
        .entries
        .iter()
        .flat_map(|entry| &entry.text.paragraphs)
        .filter(|p| p.parts.is_empty() && p.text.split_whitespace().count() >= 12)
        .step_by(STEP)
        .collect();
    let subjects: Vec<Subject<'_>> = paragraphs.iter().map(|p| Subject::alone(p)).collect();
    let found = reuse::matches(&subjects, &library, folding, &MatchThresholds::default());
    let (mut restated, mut right, mut silent) = (0, 0, Vec::new());
    for (paragraph, reuse) in paragraphs.iter().zip(&found) {
        let best = exhaustive(paragraph, &held);
        if best < 0.6 {
            continue;
        }
        restated += 1;
        match reuse.matches.first() {
            Some(first) if first.coverage >= best - 0.02 => right += 1,
            other => silent.push((best, other.map(|m| m.coverage), &paragraph.text)),
        }
    }
    println!("{restated} of {} paragraphs restate the 78th session; {right} right", subjects.len());
    for (best, own, text) in &silent {
        println!("{best:.2} {own:?} {text}");
    }
    // Measured: see docs/thresholds.md. What is missed are formulas whose words carry nothing.
    assert!(right as f64 >= 0.95 * restated as f64, "{right} of {restated}");
}
