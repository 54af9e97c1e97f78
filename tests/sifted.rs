//! Official resolutions held against a library that is sifted and one that is held: the same sources come out.

#![allow(clippy::print_stdout, reason = "a measure says what it measured")]
#![allow(clippy::expect_used, reason = "a test may fail loudly")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use adref::library;
use adref::model::{Annotation, Draft, Library, Via};
use adref::pipeline::{Annotator, Thresholds, library_for};
use adref::report;

/// One resolution of the 79th session in so many is a draft.
const STEP: usize = 20;

/// What is told about each paragraph: its mark, its coverage, and its sources by text with the words they carry.
fn told(annotation: &Annotation, library: &Library) -> Vec<String> {
    let paragraphs = annotation.paragraphs();
    let tell = |(paragraph, facts): (&adref::model::Paragraph, &adref::model::Facts)| {
        let by_text = facts.marking.sources.iter().filter(|source| source.via == Via::Text);
        let sources = by_text.filter_map(|source| {
            let matched = source.matched.as_ref()?;
            let entry = library.entries.get(matched.location.reference)?;
            let agreed = entry.text.paragraphs.get(matched.location.paragraph)?;
            let words: usize = matched.runs.iter().map(|run| run.words).sum();
            Some(format!("{} {} {} {words}", matched.rank, entry.symbol(), agreed.id))
        });
        let coverage = facts.marking.coverage;
        let mark = facts.marking.mark;
        let sources: Vec<String> = sources.collect();
        format!("{}: {mark:?} {coverage:?} {}", paragraph.id, sources.join("; "))
    };
    paragraphs.map(tell).collect()
}

/// Of how many paragraphs the same is told, and of how many the first source and the coverage are the same.
fn compare(drafts: &[Draft], places: &[PathBuf]) -> (usize, usize, Vec<String>) {
    let held = library::load(places).expect("the library can be read");
    let all: Vec<&Draft> = drafts.iter().collect();
    let thresholds = Thresholds::default();
    let sifted = library_for(&all, places, &thresholds, &library::Holding::default())
        .expect("the library can be read");
    assert!(sifted.sifted && !held.sifted);
    let read: usize = sifted.entries.iter().map(|entry| entry.text.paragraphs.len()).sum();
    println!("{read} of {} paragraphs kept", held.paragraph_count());
    let (whole, part) = (Annotator::new(&held, thresholds), Annotator::new(&sifted, thresholds));
    let (mut count, mut same, mut other) = (0, 0, Vec::new());
    for draft in drafts {
        let one = told(&whole.annotate(draft.clone()), &held);
        let two = told(&part.annotate(draft.clone()), &sifted);
        for (one, two) in one.into_iter().zip(two) {
            count += 1;
            same += usize::from(one == two);
            if one != two {
                other.push(format!("held:   {one}\nsifted: {two}\n"));
            }
        }
    }
    (count, same, other)
}

fn drafts(data: &Path) -> Vec<Draft> {
    let folder = data.join("un/akn/ga/79");
    let all = library::load(&[folder]).expect("the official files can be read");
    all.entries.into_iter().step_by(STEP).map(|entry| entry.text).collect()
}

#[test]
fn a_sifted_library_gives_what_a_held_one_gives() {
    let data = common::data();
    if !data.is_dir() {
        println!("no official files at {}: nothing measured", data.display());
        return;
    }
    let drafts = drafts(&data);
    let (count, same, other) = compare(&drafts, &[data.join("un/akn/ga/78")]);
    println!("{}\nXML: of {count} paragraphs {same} the same", other.join("\n"));
    assert!(same == count, "{} differ", count - same);
}

#[test]
fn so_does_one_in_markdown() {
    let data = common::data();
    if !data.is_dir() {
        println!("no official files at {}: nothing measured", data.display());
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let all = library::load(&[data.join("un/akn/ga/78")]).expect("the official files can be read");
    for (number, entry) in all.entries.iter().enumerate() {
        let path = folder.path().join(format!("{number}.md"));
        fs::write(path, report::draft(&entry.text)).expect("a file");
    }
    let drafts = drafts(&data);
    let (count, same, other) = compare(&drafts, &[folder.path().to_owned()]);
    println!("{}\nMarkdown: of {count} paragraphs {same} the same", other.join("\n"));
    // Markup within words, and paragraphs cut roughly, may change what is kept.
    assert!(same * 1000 >= count * 995, "{} of {count} differ", count - same);
}
