//! The sample draft, and one of 4,000 paragraphs made from it, go in; the time each stage takes comes out.
//!
//! `cargo bench --bench annotate`; `-- --quick` for a first look.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a benchmark is no library and may fail loudly"
)]

use std::fs;
use std::hint::black_box;
use std::path::Path;

use adref::cite::{Gazetteer, Speaker, citations};
use adref::model::Library;
use adref::pipeline::{Annotator, Thresholds};
use adref::report::{Format, Options, annotations};
use adref::{library, read};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Paragraphs of the long draft.
const LONG: usize = 4_000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sample() -> String {
    fs::read_to_string(root().join("drafts/rev1.md")).unwrap()
}

/// The sample's paragraphs over and over, numbered through; a few words change each time, as in a real text.
fn long(sample: &str) -> String {
    let body: Vec<&str> = sample
        .split("\n\n")
        .filter(|block| block.starts_with(|c: char| c.is_ascii_digit()))
        .filter_map(|block| block.split_once(". "))
        .map(|(_, text)| text)
        .collect();
    (1..=LONG)
        .map(|n| format!("{n}. {} In room {} we go on.\n\n", body[n % body.len()], n * 7919 % 1000))
        .collect()
}

fn stages(criterion: &mut Criterion, name: &str, text: &str, library: &Library) {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    group.bench_function("read", |b| b.iter(|| read::read("draft.md", black_box(text.as_bytes()))));
    let draft = read::read("draft.md", text.as_bytes()).unwrap();
    let gazetteer = Gazetteer::with_library(library);
    let speaker = Speaker::of(&draft.front);
    group.bench_function("cite", |b| {
        b.iter(|| {
            let found = draft.paragraphs.iter().map(|paragraph| {
                citations(black_box(&paragraph.text), &gazetteer, &speaker, &[]).len()
            });
            found.sum::<usize>()
        });
    });
    let annotator = Annotator::new(library, Thresholds::default());
    group.bench_function("annotate", |b| b.iter(|| annotator.annotate(black_box(draft.clone()))));
    let annotated = annotator.annotate(draft.clone());
    let options = Options { format: Format::Json, ..Options::default() };
    group.bench_function("report", |b| b.iter(|| annotations(&[(&annotated, library)], &options)));
    group.finish();
}

fn run(criterion: &mut Criterion) {
    let places = [root().join("references")];
    let library = library::load(&places).unwrap();
    criterion.bench_function("library", |b| b.iter(|| library::load(black_box(&places))));
    criterion
        .bench_function("gazetteer", |b| b.iter(|| Gazetteer::with_library(black_box(&library))));
    let sample = sample();
    stages(criterion, "sample", &sample, &library);
    stages(criterion, "4000-paragraphs", &long(&sample), &library);
}

criterion_group!(benches, run);
criterion_main!(benches);
