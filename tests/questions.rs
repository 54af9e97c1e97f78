//! Words and sentences go in, asked of a library that is streamed and of one with an index; the same answers must come
//! out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use adref::ask::Order;
use adref::library::{self, Holding};
use adref::model::{Entry, Life, Scope};
use adref::pipeline;
use adref::report::{self, Told};
use proptest::collection::vec;
use proptest::prelude::*;
use support::data;

const WORDS: [&str; 28] = [
    "the",
    "of",
    "lighthouses",
    "lighthouse",
    "painting",
    "harbour",
    "habour",
    "Member",
    "States",
    "publish",
    "timetable",
    "ferry",
    "seed",
    "potatoes",
    "potatos",
    "rights",
    "and",
    "2030",
    "capacity-building",
    "ICTs",
    "organization",
    "organisation",
    "to",
    "weavers",
    "weaver's",
    "reeds",
    "a.m.",
    "Übersee",
];

const STREAMED: Holding = Holding { few: 0, indexes: None };

/// The answers to all three questions, as programs read them.
fn answers(text: &str, places: &[PathBuf], holding: &Holding) -> [String; 3] {
    let scope = Scope::default();
    let found = pipeline::search(text, places, holding, &scope, Order::Last).unwrap();
    let traced = pipeline::trace(&[text.to_owned()], places, holding).unwrap();
    let told: Vec<Told<'_>> =
        traced.answer.iter().map(|life: &Life| Told { life, sentence: None }).collect();
    let on = pipeline::suggest(text, "", places, holding, 10).unwrap();
    [
        report::search_json(&found.answer, &found.library, None),
        report::trace_json(&told, &traced.library),
        report::suggest_json(&on.answer, &on.library),
    ]
}

fn sentence(words: &[usize]) -> String {
    words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" ")
}

fn write(folder: &Path, at: usize, paragraphs: &[Vec<usize>]) {
    let mut text = format!("---\nsymbol: A/RES/{}/{at}\nextent: full\n---\n\n", 40 + at);
    for (number, words) in (1..).zip(paragraphs) {
        text.push_str(&format!("{number}. Notes {}.\n\n", sentence(words)));
    }
    fs::write(folder.join(format!("{at:02}.md")), text).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_index_changes_no_answer(
        texts in vec(vec(vec(0..WORDS.len(), 1..20), 1..6), 1..8),
        added in vec(vec(0..WORDS.len(), 1..20), 1..4),
        asked in vec(vec(0..WORDS.len(), 1..9), 1..4),
    ) {
        let root = tempfile::tempdir().unwrap();
        let (folder, indexes) = (root.path().join("references"), root.path().join("indexes"));
        fs::create_dir(&folder).unwrap();
        texts.iter().enumerate().for_each(|(at, text)| write(&folder, at, text));
        let places = [folder];
        library::index::build(&places, &indexes, &|_, _| ()).unwrap();
        let indexed = Holding { few: 0, indexes: Some(indexes) };
        // What is added later stands in a segment of its own.
        write(&places[0], 90, &added);
        for words in &asked {
            let text = sentence(words);
            prop_assert_eq!(answers(&text, &places, &indexed), answers(&text, &places, &STREAMED), "{}", text);
        }
    }
}

#[test]
fn one_text_of_a_large_library_is_read_whole() {
    let root = tempfile::tempdir().unwrap();
    let (folder, indexes) = (root.path().join("references"), root.path().join("indexes"));
    fs::create_dir(&folder).unwrap();
    for at in 0..12 {
        write(&folder, at, &[vec![at, at + 1], vec![at + 2]]);
    }
    let places = [folder];
    library::index::build(&places, &indexes, &|_, _| ()).unwrap();
    let indexed = Holding { few: 0, indexes: Some(indexes) };
    let whole = library::load(&places).unwrap();
    for holding in [&STREAMED, &indexed] {
        let held = pipeline::called("A/RES/45/5", &places, holding).unwrap();
        assert_eq!(held.entries.len(), 12);
        for (entry, other) in held.entries.iter().zip(&whole.entries) {
            let texts = |entry: &Entry| -> Vec<String> {
                entry.text.paragraphs.iter().map(|paragraph| paragraph.text.clone()).collect()
            };
            let wanted = if entry.symbol() == "A/RES/45/5" { texts(other) } else { Vec::new() };
            assert_eq!(texts(entry), wanted, "{}", entry.symbol());
        }
    }
}

#[test]
fn official_texts_answer_alike() {
    let Some(data) = data() else {
        println!("no official files at hand: nothing tried");
        return;
    };
    let places = ["un/akn/ga/79", "un/akn/ecosoc/2024"].map(|folder| data.join(folder));
    let library = library::load(&places).unwrap();
    let indexes = tempfile::tempdir().unwrap();
    library::index::build(&places, indexes.path(), &|_, _| ()).unwrap();
    let indexed = Holding { few: 0, indexes: Some(indexes.path().to_owned()) };
    let paragraphs: Vec<&str> = library
        .entries
        .iter()
        .flat_map(|entry| &entry.text.paragraphs)
        .map(|paragraph| paragraph.text.as_str())
        .collect();
    let mut asked: Vec<String> =
        ["cooperation", "goverment", "the", "ransomware", "women in conflict"]
            .map(str::to_owned)
            .to_vec();
    // From one word to a whole paragraph, some with a slip of the pen.
    for (at, text) in paragraphs.iter().step_by(paragraphs.len() / 14).enumerate() {
        let words: Vec<&str> = text.split_whitespace().skip(at % 7).step_by(1 + at % 2).collect();
        let mut words: Vec<String> =
            words.into_iter().take(1 << (at % 7)).map(str::to_owned).collect();
        let longest = words.iter_mut().max_by_key(|word| word.len()).filter(|_| at % 3 == 0);
        longest.into_iter().for_each(|word| {
            let _ = word.pop();
        });
        asked.push(words.join(" "));
    }
    for text in asked {
        assert!(answers(&text, &places, &indexed) == answers(&text, &places, &STREAMED), "{text}");
    }
}
