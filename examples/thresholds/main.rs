//! Official resolutions in; how much reuse of every kind is found, and what is found where there is none, out, as
//! Markdown tables.
//!
//! All resolutions are the library. Cases are made from the paragraphs of a third that the word sequences were
//! not counted on; one half of these is for setting thresholds, the other for reporting what they do.
//!
//! `cargo run --release --example thresholds -- [--bits 10,20,30] FOLDER…`

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program's output is its result"
)]

mod cases;

use std::path::PathBuf;

use adref::library;
use adref::model::{Library, Location};
use adref::reuse::{self, MatchThresholds, Reuse, Subject};
use adref::text::{Folding, shared_runs};

use cases::{Case, KINDS, Texts};

/// Cases of each kind.
const CASES: usize = 400;

fn main() -> anyhow::Result<()> {
    let (mut bits, mut places) = (vec![20.0], Vec::new());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        if arg == "--bits" {
            let list = args.next().unwrap_or_default();
            bits = list.split(',').map(str::parse).collect::<Result<Vec<f64>, _>>()?;
        } else {
            places.push(PathBuf::from(arg));
        }
    }
    let all = library::load(&places)?;
    eprintln!("{} references, {} paragraphs", all.entries.len(), all.paragraph_count());
    for (half, name) in ["set", "reported"].into_iter().enumerate() {
        let texts = Texts::new(&all, half);
        let cases: Vec<Vec<Case>> =
            KINDS.iter().map(|(_, kind)| texts.cases(kind, CASES)).collect();
        println!("\nThe half on which thresholds are {name}:\n");
        let heads: Vec<String> = bits.iter().map(f64::to_string).collect();
        println!("| bits | {} |\n|---|{}", heads.join(" | "), "---:|".repeat(bits.len()));
        let rates: Vec<Vec<f64>> = bits.iter().map(|bits| rates(&cases, &all, *bits)).collect();
        for (at, (name, _)) in KINDS.iter().enumerate() {
            let row: Vec<String> = rates.iter().map(|rates| format!("{:.3}", rates[at])).collect();
            println!("| {name} | {} |", row.join(" | "));
        }
    }
    Ok(())
}

/// For every kind, the share of cases that come out right.
fn rates(kinds: &[Vec<Case>], all: &Library, bits: f64) -> Vec<f64> {
    let thresholds = MatchThresholds { bits, ..MatchThresholds::default() };
    let subjects: Vec<Subject<'_>> =
        kinds.iter().flatten().map(|case| Subject::alone(&case.paragraph)).collect();
    let mut found = reuse::matches(&subjects, all, Folding::general(), &thresholds).into_iter();
    let rate = |cases: &Vec<Case>| {
        let pairs = cases.iter().zip(found.by_ref());
        let right = pairs.filter(|(case, reuse)| is_right(case, reuse, all)).count();
        right as f64 / cases.len().max(1) as f64
    };
    kinds.iter().map(rate).collect()
}

fn text(all: &Library, location: Location) -> &str {
    let entry = all.entries.get(location.reference);
    entry.and_then(|e| e.text.paragraphs.get(location.paragraph)).map_or("", |p| p.text.as_str())
}

/// A passage agreed several times is found where any text has the same words.
fn is_right(case: &Case, reuse: &Reuse, all: &Library) -> bool {
    let texts: Vec<&str> = reuse.matches.iter().map(|m| text(all, m.location)).collect();
    if case.made_from.is_empty() {
        return texts.is_empty();
    }
    case.made_from.iter().all(|from| texts.iter().any(|text| holds(text, from)))
}

fn holds(text: &str, passage: &str) -> bool {
    let (text, passage) = (Folding::general().keys(text), Folding::general().keys(passage));
    let carried: usize = shared_runs(&passage, &text, 3).iter().map(|run| run.len).sum();
    carried * 10 >= passage.len() * 7
}
