//! Paragraphs on standard input, one a line as `document<TAB>paragraph`; the word sequences that many
//! documents share on standard output, in the format of `src/text/data/sequences.txt`.
//!
//! Run it over the resolutions of some sessions to renew that file:
//! `cargo run --release --example sequences < paragraphs.tsv > src/text/data/sequences.txt`

#![allow(clippy::print_stdout, reason = "this program's output is its result")]

use std::collections::{HashMap, HashSet};
use std::io::Read;

use adref::text::{Folding, fold_word};

/// A sequence counts as everybody's when at least this many documents hold it.
const DOCUMENTS: usize = 12;

fn main() -> std::io::Result<()> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let mut seen = HashSet::new();
    let mut paragraphs: HashMap<String, usize> = HashMap::new();
    let mut documents: HashMap<String, usize> = HashMap::new();
    let mut document = ("", HashSet::new());
    for line in input.lines() {
        let Some((name, text)) = line.split_once('\t') else { continue };
        if name != document.0 {
            document = (name, HashSet::new());
        }
        // A paragraph that stands word for word in several documents is one paragraph.
        if !seen.insert(text) {
            continue;
        }
        let words: Vec<String> = Folding::plain()
            .words(text, &[])
            .iter()
            .map(|word| fold_word(word.span.slice(text)))
            .collect();
        let mut here = HashSet::new();
        for len in 1..=3 {
            here.extend(words.windows(len).map(|window| window.join(" ")));
        }
        for sequence in here {
            *paragraphs.entry(sequence.clone()).or_default() += 1;
            if document.1.insert(sequence.clone()) {
                *documents.entry(sequence).or_default() += 1;
            }
        }
    }
    let mut rows: Vec<(String, usize)> = paragraphs
        .into_iter()
        .filter(|(sequence, _)| documents.get(sequence).is_some_and(|n| *n >= DOCUMENTS))
        .collect();
    rows.sort();
    println!(
        "# Sequences of one to three folded words that at least {DOCUMENTS} documents share, with the number"
    );
    println!(
        "# of distinct paragraphs that hold them. Counted by examples/sequences.rs over resolutions of the"
    );
    println!(
        "# General Assembly (77th to 79th sessions) and the Economic and Social Council (2021 to 2024), in"
    );
    println!("# which a third of the documents was left out for measuring.");
    for (sequence, count) in rows {
        println!("{count}\t{sequence}");
    }
    Ok(())
}
