//! Two drafts of 4,000 paragraphs, every one of them edited, and what became of them go in; the time it takes to write
//! that down in each format comes out.
//!
//! `cargo bench --bench diff`; `-- --quick` for a first look.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a benchmark is no library and may fail loudly"
)]

use std::fmt::Write;
use std::hint::black_box;

use adref::model::{Change, ChangeKind, Comparison, Differs, Draft, Op, Place, Segment, Span};
use adref::read;
use adref::report::{Compared, DiffFormat, DiffOptions, diff};
use criterion::{Criterion, criterion_group, criterion_main};

/// Paragraphs of each draft.
const LONG: usize = 4_000;

/// Sentences of a paragraph: 96 words, of which every twelfth changes.
const SENTENCES: usize = 8;

fn draft(word: &str) -> Draft {
    let mut text = String::new();
    for number in 1..=LONG {
        let sentence =
            format!("We {word} all States to act on what stands in paragraph number {number}.");
        write!(text, "{number}. {}\n\n", vec![sentence; SENTENCES].join(" ")).unwrap();
    }
    read::read("draft.md", text.as_bytes()).unwrap()
}

/// The redline of two paragraphs that differ in one word a sentence.
fn edited(at: usize, old: &Draft, new: &Draft) -> Change {
    let (before, now) = (&old.paragraphs[at].text, &new.paragraphs[at].text);
    let mut segments = Vec::new();
    let mut push = |op: Op, text: &str, start: usize| {
        segments.push(Segment {
            op,
            text: text.to_owned(),
            place: Some(Place { paragraph: at, span: Span::new(start, start + text.len()) }),
            differs: Differs::Words,
            elsewhere: None,
            source: None,
        });
    };
    let (mut o, mut n) = (0, 0);
    for (gone, come) in before.split("urge").zip(now.split("encourage")) {
        if n > 0 {
            push(Op::Delete, "urge", o);
            push(Op::Insert, "encourage", n);
            (o, n) = (o + "urge".len(), n + "encourage".len());
        }
        push(Op::Equal, come, n);
        (o, n) = (o + gone.len(), n + come.len());
    }
    Change {
        kind: ChangeKind::Edited,
        old: vec![at],
        new: vec![at],
        renumbered: false,
        moved: false,
        similarity: 0.9,
        segments,
        acts: Vec::new(),
        footnotes: Vec::new(),
        agreed: None,
    }
}

fn formats(criterion: &mut Criterion) {
    let (old, new) = (draft("urge"), draft("encourage"));
    let changes = (0..LONG).map(|at| edited(at, &old, &new)).collect();
    let comparison = Comparison { changes, ..Comparison::default() };
    let compared = Compared { old: &old, new: &new, comparison: &comparison, library: None };
    let mut group = criterion.benchmark_group(format!("{LONG} edited paragraphs"));
    group.sample_size(10);
    for (name, format, side_by_side) in [
        ("terminal", DiffFormat::Terminal, false),
        ("side by side", DiffFormat::Terminal, true),
        ("markdown", DiffFormat::Markdown, false),
        ("json", DiffFormat::Json, false),
        ("criticmarkup", DiffFormat::CriticMarkup, false),
        ("csv", DiffFormat::Csv, false),
    ] {
        let options =
            DiffOptions { format, side_by_side, width: 160, color: true, ..DiffOptions::default() };
        group.bench_function(name, |b| b.iter(|| diff(black_box(compared), &options)));
    }
    group.finish();
}

criterion_group!(benches, formats);
criterion_main!(benches);
