//! Official resolutions in; what the thresholds do to recall and precision out, as Markdown tables.
//!
//! Half of the resolutions are the library. Cases are made from the paragraphs of a third that the word
//! sequences were not counted on: taken over whole, with a share of the words replaced, as a fragment in a
//! longer paragraph, two stitched together, sentences put in another order; against them, texts that hold
//! nothing but stock phrases, and real paragraphs on other subjects.
//!
//! `cargo run --release --example thresholds -- FOLDER…`

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program's output is its result"
)]

use std::path::PathBuf;

use adref::library;
use adref::model::{Library, Paragraph};
use adref::reuse::{self, MatchThresholds, Subject};
use adref::text::{Folding, sentences};

/// Cases of each kind.
const CASES: usize = 400;

fn main() -> anyhow::Result<()> {
    let places: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let all = library::load(&places)?;
    eprintln!("{} references, {} paragraphs", all.entries.len(), all.paragraph_count());
    let pool = pool(&all);
    let mut chance = Chance(42);
    let kinds: Vec<(&str, Vec<Case>)> = [
        ("taken over whole", Change::None),
        ("20 % of the words replaced", Change::Replace(20)),
        ("40 % of the words replaced", Change::Replace(40)),
        ("half of the words replaced", Change::Replace(50)),
        ("a third of it inside new text", Change::Fragment),
        ("two stitched together", Change::Stitch),
        ("sentences in another order", Change::Reorder),
        ("stock phrases only", Change::Stock),
    ]
    .into_iter()
    .map(|(name, change)| (name, cases(&pool, change, &mut chance)))
    .collect();
    println!("| bits | {} |", kinds.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" | "));
    println!("|---:|{}", "---:|".repeat(kinds.len()));
    for bits in [10.0, 20.0, 25.0, 30.0, 35.0, 40.0, 50.0, 70.0] {
        let thresholds = MatchThresholds { bits, ..MatchThresholds::default() };
        let rates = kinds.iter().map(|(_, cases)| format!("{:.3}", rate(cases, &all, &thresholds)));
        println!("| {bits} | {} |", rates.collect::<Vec<_>>().join(" | "));
    }
    Ok(())
}

/// Paragraphs of 30 to 120 words, and where they stand, from files the sequences were not counted on.
fn pool(all: &Library) -> Vec<(usize, usize, &Paragraph)> {
    let mut out = Vec::new();
    for (reference, entry) in all.entries.iter().enumerate() {
        let name = entry.text.path.rsplit('/').next().unwrap_or_default();
        if !crc32(name.as_bytes()).is_multiple_of(3) {
            continue;
        }
        for (index, paragraph) in entry.text.paragraphs.iter().enumerate() {
            let words = paragraph.text.split_whitespace().count();
            if (30..=120).contains(&words) && paragraph.parts.is_empty() {
                out.push((reference, index, paragraph));
            }
        }
    }
    out
}

#[derive(Clone, Copy)]
enum Change {
    None,
    Replace(u64),
    Fragment,
    Stitch,
    Reorder,
    Stock,
}

/// A text, and the agreed texts it was made from: each must be found; none, and nothing may be.
struct Case {
    paragraph: Paragraph,
    made_from: Vec<String>,
}

fn cases(pool: &[(usize, usize, &Paragraph)], change: Change, chance: &mut Chance) -> Vec<Case> {
    let mut out = Vec::new();
    while out.len() < CASES {
        let (_, _, one) = pool[chance.below(pool.len())];
        let (_, _, other) = pool[chance.below(pool.len())];
        let words: Vec<&str> = one.text.split_whitespace().collect();
        let (text, made_from) = match change {
            Change::None => (one.text.clone(), vec![one.text.clone()]),
            Change::Replace(share) => {
                let replaced = words.iter().map(|word| {
                    if chance.below(100) < share as usize {
                        chance.word()
                    } else {
                        (*word).to_owned()
                    }
                });
                (replaced.collect::<Vec<_>>().join(" "), vec![one.text.clone()])
            }
            Change::Fragment => {
                let third = (words.len() / 3).max(10);
                let from = chance.below(words.len() - third + 1);
                let own =
                    |chance: &mut Chance, n| (0..n).map(|_| chance.word()).collect::<Vec<_>>();
                let mut text = own(chance, third);
                text.extend(words[from..from + third].iter().map(|w| (*w).to_owned()));
                text.extend(own(chance, third));
                (text.join(" "), vec![one.text.clone()])
            }
            Change::Stitch => {
                (format!("{} {}", one.text, other.text), vec![one.text.clone(), other.text.clone()])
            }
            Change::Reorder => {
                let mut spans = sentences(&one.text);
                if spans.len() < 2 {
                    // One sentence: its clauses change places instead.
                    let half = words.len() / 2;
                    let text = [&words[half..], &words[..half]].concat().join(" ");
                    out.push(case(text, vec![one.text.clone()]));
                    continue;
                }
                spans.reverse();
                let turned: Vec<&str> = spans.iter().map(|s| s.slice(&one.text)).collect();
                (turned.join(" "), vec![one.text.clone()])
            }
            Change::Stock => {
                let mut text = String::new();
                for _ in 0..8 {
                    let phrase = STOCK[chance.below(STOCK.len())];
                    let own: Vec<String> = (0..3).map(|_| chance.word()).collect();
                    text.push_str(&format!("{phrase} {} ", own.join(" ")));
                }
                (text, Vec::new())
            }
        };
        out.push(case(text, made_from));
    }
    out
}

fn case(text: String, made_from: Vec<String>) -> Case {
    Case { paragraph: Paragraph { text, ..Paragraph::default() }, made_from }
}

/// Phrases that every resolution may use.
const STOCK: [&str; 24] = [
    "as well as",
    "in accordance with international law",
    "with a view to",
    "in this regard",
    "the importance of",
    "requests the Secretary-General to submit to the General Assembly",
    "at its eightieth session",
    "a report on the implementation of the present resolution",
    "calls upon all Member States to",
    "with the support of the international community",
    "in accordance with the Charter of the United Nations",
    "including through the provision of",
    "in particular developing countries",
    "taking into account the",
    "within their respective mandates",
    "as a matter of priority",
    "the full and effective implementation of",
    "at the national, regional and international levels",
    "and all other relevant stakeholders",
    "to continue to support",
    "bearing in mind the",
    "welcomes the progress made in",
    "the implementation of the 2030 Agenda for Sustainable Development",
    "in order to ensure",
];

/// Share of cases that come out right.
fn rate(cases: &[Case], all: &Library, thresholds: &MatchThresholds) -> f64 {
    let subjects: Vec<Subject<'_>> =
        cases.iter().map(|case| Subject::alone(&case.paragraph)).collect();
    let found = reuse::matches(&subjects, all, Folding::general(), thresholds);
    let right = cases.iter().zip(&found).filter(|(case, reuse)| {
        let texts: Vec<&str> = reuse
            .matches
            .iter()
            .filter_map(|m| {
                let entry = all.entries.get(m.location.reference)?;
                Some(entry.text.paragraphs.get(m.location.paragraph)?.text.as_str())
            })
            .collect();
        if case.made_from.is_empty() {
            return texts.is_empty();
        }
        // A paragraph agreed several times is found where any text carries the same words.
        case.made_from.iter().all(|from| texts.iter().any(|text| alike(text, from)))
    });
    right.count() as f64 / cases.len().max(1) as f64
}

fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (Folding::general().keys(a), Folding::general().keys(b));
    let runs = adref::text::shared_runs(&a, &b, 3);
    let carried: usize = runs.iter().map(|run| run.len).sum();
    carried * 10 >= a.len().min(b.len()) * 7
}

/// A small generator of numbers, the same on every machine (constants of Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }

    fn word(&mut self) -> String {
        OTHER[self.below(OTHER.len())].to_owned()
    }
}

/// Plain words to put in place of others.
const OTHER: [&str; 40] = [
    "river", "market", "winter", "teacher", "harbour", "measure", "often", "under", "carry",
    "several", "garden", "bridge", "clear", "early", "question", "village", "among", "heavy",
    "letter", "north", "paper", "quiet", "remain", "simple", "table", "until", "voice", "water",
    "yellow", "zone", "answer", "because", "certain", "doctor", "engine", "farm", "glass", "house",
    "island", "journey",
];

/// CRC-32 as zip files use it: decides which files were left out of the counts.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}
