//! Two drafts and what became of the one in the other go in; what every format says of it comes out, and is the same.
//!
//! `tests/diff/changes.txt` tells every kind of change between `old.md` and `new.md`, the other files of the folder what
//! the formats make of it. After a change that is meant: `TRYCMD=overwrite cargo test --test diff`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod support;

use std::fs;

use adref::compare::compare;
use adref::model::{
    ActChange, AgreedChange, ChangeCounts, ChangeKind, Comparison, Differs, Draft, Drift,
    FootnoteChange, FootnoteCounts, Library, Location, Mark, Op, Place, Segment, Span, Strength,
};
use adref::read::read;
use adref::report::{self, Compared, DiffFormat, DiffOptions};
use proptest::prelude::*;
use serde_json::Value;
use support::compared::comparison;
use support::{load, root, schema};

const FORMATS: [(DiffFormat, &str); 5] = [
    (DiffFormat::Terminal, "terminal.txt"),
    (DiffFormat::Markdown, "markdown.md"),
    (DiffFormat::Json, "json.json"),
    (DiffFormat::CriticMarkup, "criticmarkup.md"),
    (DiffFormat::Csv, "csv.csv"),
];

struct Sample {
    old: Draft,
    new: Draft,
    comparison: Comparison,
    library: Library,
}

impl Sample {
    fn file(name: &str) -> String {
        fs::read_to_string(root().join("tests/diff").join(name)).unwrap()
    }

    /// The drafts of the folder with what its list tells, an act, marks and a source.
    fn new() -> Self {
        let draft = |name: &str| read(name, Self::file(name).as_bytes()).unwrap();
        let (old, new) = (draft("old.md"), draft("new.md"));
        let mut comparison = comparison(&Self::file("changes.txt"), &old, &new);
        let library = load(&root().join("references"));
        let urged = &mut comparison.changes[1];
        urged.acts.push(ActChange {
            old: "urge".to_owned(),
            new: "encourage".to_owned(),
            strength: Some(Strength::Weaker),
        });
        urged.agreed = Some(AgreedChange {
            old: Some(Mark::Recalled),
            new: Some(Mark::Reaffirmed),
            drift: Drift::Towards,
        });
        urged.footnotes.push(FootnoteChange {
            kind: ChangeKind::Edited,
            old: Some(0),
            new: Some(0),
            segments: [
                (Op::Equal, "See resolution "),
                (Op::Delete, "A/RES/70/125"),
                (Op::Insert, "A/RES/79/1"),
                (Op::Equal, ", para. 3."),
            ]
            .map(|(op, text)| note_words(op, text))
            .into(),
        });
        let inserted = urged.segments.iter_mut().find(|s| s.op == Op::Insert).unwrap();
        let reference = library.entries.iter().position(|e| e.symbol() == "A/RES/79/1").unwrap();
        inserted.source = Some(Location { reference, paragraph: 0 });
        comparison.uncalled.push(FootnoteChange {
            kind: ChangeKind::Removed,
            old: Some(1),
            new: None,
            segments: vec![note_words(Op::Delete, "Only in the old draft.")],
        });
        let below = comparison.changes.iter().flat_map(|change| &change.footnotes);
        comparison.footnotes = FootnoteCounts::of(below.chain(&comparison.uncalled));
        Self { old, new, comparison, library }
    }

    fn compared(&self) -> Compared<'_> {
        Compared {
            old: &self.old,
            new: &self.new,
            comparison: &self.comparison,
            library: Some(&self.library),
        }
    }

    fn told(&self, options: DiffOptions) -> String {
        report::diff(self.compared(), &options).unwrap()
    }
}

/// Words of a footnote.
fn note_words(op: Op, text: &str) -> Segment {
    let place = Some(Place { paragraph: 0, span: Span::new(0, text.len()) });
    let differs = Differs::Words;
    Segment { op, text: text.to_owned(), place, differs, elsewhere: None, source: None }
}

fn held_against(name: &str, told: &str) {
    let path = root().join("tests/diff").join(name);
    if std::env::var_os("TRYCMD").is_some_and(|wish| wish == "overwrite") {
        fs::write(&path, told).unwrap();
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(told.replace("\r\n", "\n"), wanted, "{name}");
}

#[test]
fn every_kind_of_change_in_every_format() {
    let sample = Sample::new();
    for (format, name) in FORMATS {
        held_against(name, &sample.told(DiffOptions { format, ..DiffOptions::default() }));
    }
    let wide = DiffOptions { side_by_side: true, width: 120, ..DiffOptions::default() };
    held_against("side-by-side.txt", &sample.told(wide));
    let beside = DiffOptions { context: 1, ..DiffOptions::default() };
    held_against("context.txt", &sample.told(beside));
    let color = DiffOptions { color: true, ..DiffOptions::default() };
    colored::control::set_override(true);
    held_against("color.txt", &sample.told(color).replace('\u{1b}', "␛"));
}

#[test]
fn json_holds_to_its_schema() {
    for text in [true, false].map(|summary| {
        Sample::new().told(DiffOptions { format: DiffFormat::Json, summary, ..Default::default() })
    }) {
        let value: Value = serde_json::from_str(&text).unwrap();
        schema::check("diff-1.json", &value);
        let file = fs::read_to_string(root().join("schemas/diff-1.json")).unwrap();
        let own: Value = serde_json::from_str(&file).unwrap();
        for (place, broken) in [
            ("/summary/moved", Value::from(-1)),
            ("/old/language", Value::from("de")),
            ("/schema", Value::from("adref/diff/2")),
        ] {
            let mut value = value.clone();
            *value.pointer_mut(place).unwrap() = broken;
            assert!(!schema::faults(&own, &own, &value, "$").is_empty(), "{place}");
        }
    }
}

#[test]
fn segments_of_the_json_make_both_texts() {
    let sample = Sample::new();
    let text = sample.told(DiffOptions { format: DiffFormat::Json, ..Default::default() });
    let value: Value = serde_json::from_str(&text).unwrap();
    for (side, op, draft) in [("old", "delete", &sample.old), ("new", "insert", &sample.new)] {
        for change in value["changes"].as_array().unwrap() {
            let segments = change["segments"].as_array().unwrap().iter();
            let own = segments.filter(|s| s["op"] == "equal" || s["op"] == op);
            let told: String = own.map(|s| s["text"].as_str().unwrap()).collect();
            let ids = change[side].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
            let of = |id: &str| draft.paragraphs.iter().find(|p| p.id == id).unwrap();
            let texts: Vec<&str> = ids.map(|id| of(id).text.as_str()).collect();
            assert_eq!(told, texts.join("\n\n"));
        }
    }
}

/// The kinds of all changes that a report tells of one by one, sorted.
fn kinds(format: DiffFormat, told: &str) -> Vec<String> {
    let words = ["edited", "moved", "split", "merged", "added", "removed"];
    let first = |head: &str| {
        let head = head.trim_matches('*');
        words.iter().find(|word| head.starts_with(**word)).map(|word| (*word).to_owned())
    };
    let mut found: Vec<String> = match format {
        DiffFormat::Json => {
            let value: Value = serde_json::from_str(told).unwrap();
            let changes = value["changes"].as_array().unwrap().iter();
            changes.filter_map(|change| first(change["kind"].as_str().unwrap())).collect()
        }
        DiffFormat::Csv => {
            told.lines().skip(1).filter_map(|row| row.split(',').find_map(first)).collect()
        }
        // At the left edge, and no pointer to another place.
        _ => told
            .lines()
            .filter(|line| !line.starts_with(' ') && !line.starts_with("#"))
            .filter_map(|line| first(line.split_once(" · ").or(line.split_once("· "))?.1))
            .collect(),
    };
    found.sort();
    found
}

#[test]
fn all_formats_tell_the_same_changes() {
    let sample = Sample::new();
    let ChangeCounts { edited, moved, split, merged, added, removed, .. } =
        sample.comparison.summary();
    let counts = [
        ("added", added),
        ("edited", edited),
        ("merged", merged),
        ("moved", moved),
        ("removed", removed),
        ("split", split),
    ];
    let wanted: Vec<String> = counts
        .iter()
        .flat_map(|(word, count)| std::iter::repeat_n((*word).to_owned(), *count))
        .collect();
    for (format, _) in FORMATS.iter().filter(|(f, _)| *f != DiffFormat::CriticMarkup) {
        let told = sample.told(DiffOptions { format: *format, ..DiffOptions::default() });
        assert_eq!(kinds(*format, &told), wanted, "{format:?}");
    }
}

#[test]
fn only_and_paragraph() {
    let sample = Sample::new();
    let moved = DiffOptions { only: vec![adref::model::ChangeKind::Moved], ..Default::default() };
    for (format, _) in FORMATS.iter().filter(|(f, _)| *f != DiffFormat::CriticMarkup) {
        let told = sample.told(DiffOptions { format: *format, ..moved.clone() });
        assert_eq!(kinds(*format, &told), ["moved", "moved"], "{format:?}");
    }
    let told = |number: &str| {
        sample.told(DiffOptions { paragraph: Some(number.to_owned()), ..Default::default() })
    };
    // Number 3 of the old draft moved, number 3 of the new one was merged.
    let three = told("3");
    assert_eq!(kinds(DiffFormat::Terminal, &three), ["merged", "moved"]);
    assert!(told("pp1").contains("pp1 · unchanged\n"), "{}", told("pp1"));
    let unchanged = DiffOptions { paragraph: Some("pp1".to_owned()), ..moved };
    assert!(sample.told(unchanged).contains("Paragraph pp1 is not moved."));
}

/// The document with every mark accepted, or rejected; without empty lines and indents.
fn settled(marked: &str, accept: bool) -> String {
    let mut out = String::new();
    let mut rest = marked;
    while let Some((before, mark)) = rest.split_once('{') {
        out.push_str(before);
        let (inner, after) = match mark.get(..2).unwrap() {
            "++" => mark[2..].split_once("++}").unwrap(),
            "--" => mark[2..].split_once("--}").unwrap(),
            "~~" => mark[2..].split_once("~~}").unwrap(),
            ">>" => mark[2..].split_once("<<}").unwrap(),
            other => panic!("{{{other} is no mark"),
        };
        let kept = match mark.get(..2).unwrap() {
            "++" if accept => inner,
            "--" if !accept => inner,
            "~~" => {
                let (old, new) = inner.split_once("~>").unwrap();
                if accept { new } else { old }
            }
            _ => "",
        };
        out.push_str(kept);
        rest = after;
    }
    out.push_str(rest);
    lines(&out)
}

fn lines(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A draft as it is written, with braces as the marked document has them.
fn written(draft: &Draft) -> String {
    let text = report::draft(draft).replace('{', "&#123;").replace('}', "&#125;");
    lines(&text.replace("~>", "~&gt;"))
}

fn accepted_and_rejected(old: &mut Draft, new: &mut Draft, comparison: Option<&Comparison>) {
    // The front matter is that of the new draft, whatever is done with the marks.
    old.front = Default::default();
    new.front = Default::default();
    let own;
    let comparison = match comparison {
        Some(comparison) => comparison,
        None => {
            own = compare(old, new);
            &own
        }
    };
    let compared = Compared { old, new, comparison, library: None };
    let options = DiffOptions { format: DiffFormat::CriticMarkup, ..DiffOptions::default() };
    let marked = report::diff(compared, &options).unwrap();
    assert_eq!(settled(&marked, true), written(new), "accepted:\n{marked}");
    assert_eq!(settled(&marked, false), written(old), "rejected:\n{marked}");
}

#[test]
fn criticmarkup_accepted_is_the_new_draft_and_rejected_the_old() {
    let Sample { mut old, mut new, comparison, .. } = Sample::new();
    accepted_and_rejected(&mut old, &mut new, Some(&comparison));
    let draft = |name: &str| {
        let path = root().join("drafts").join(name);
        read(name, &fs::read(path).unwrap()).unwrap()
    };
    accepted_and_rejected(&mut draft("zero-draft.md"), &mut draft("rev1.md"), None);
    if let Some(data) = support::data() {
        let files = support::markdown_in(&data.join("cop21"));
        let mut read = files.iter().map(|path| read("cop21.md", &fs::read(path).unwrap()).unwrap());
        let (mut old, mut new) = (read.next().unwrap(), read.next().unwrap());
        accepted_and_rejected(&mut old, &mut new, None);
    }
}

#[test]
fn criticmarkup_marks_each_footnote_by_itself() {
    let draft = |text: &str, notes: &[&str]| {
        let notes = notes.iter().zip(1..).map(|(note, at)| format!("\n[^{at}]: {note}\n"));
        let text = format!("1. {text}\n{}", notes.collect::<String>());
        read("x.md", text.as_bytes()).unwrap()
    };
    let old = || {
        let notes = ["See A/RES/70/1,\n    on lamps.", "Ibid.", "On boats, which go.", "On mills."];
        draft("We[^1] urge[^2] all[^3] towns[^4].", &notes)
    };
    let new = || {
        let notes = ["On mills.", "See A/RES/70/2,\n    on lamps.", "On boats, which go.", "New."];
        draft("We urge mills[^1] and we[^2] urge all[^3] towns to act[^4].", &notes)
    };
    accepted_and_rejected(&mut old(), &mut new(), None);
    accepted_and_rejected(&mut new(), &mut old(), None);
    let comparison = compare(&old(), &new());
    let (old, new) = (old(), new());
    let compared = Compared { old: &old, new: &new, comparison: &comparison, library: None };
    let options = DiffOptions { format: DiffFormat::CriticMarkup, ..DiffOptions::default() };
    let marked = report::diff(compared, &options).unwrap();
    let notes = marked.lines().filter(|line| line.contains("]:") || line.contains("]~~}:"));
    assert!(notes.clone().all(|line| line.matches("]:").count() <= 1), "{marked}");
    assert!(notes.clone().any(|line| line == "{--[^2]: Ibid.--}"), "{marked}");
    assert!(notes.clone().any(|line| line.contains("{~~A/RES/70/1~>A/RES/70/2~~}")), "{marked}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Signs of CriticMarkup and of Markdown in the drafts themselves make no marks, and nothing panics in any format.
    #[test]
    fn signs_in_the_text_are_text(
        old in "([0-9]{0,2}[.] )?([a-c {}+~>=<*_#|&;\\[\\]\\\\-]{0,12}[ \n]?){0,8}",
        new in "([0-9]{0,2}[.] )?([a-c {}+~>=<*_#|&;\\[\\]\\\\-]{0,12}[ \n]?){0,8}",
    ) {
        let draft = |text: &str| read("x.md", format!("1. a b c\n\n{text}").as_bytes());
        if let (Ok(mut old), Ok(mut new)) = (draft(&old), draft(&new)) {
            accepted_and_rejected(&mut old, &mut new, None);
            let comparison = compare(&old, &new);
            let compared =
                Compared { old: &old, new: &new, comparison: &comparison, library: None };
            for (format, _) in FORMATS {
                for side_by_side in [true, false] {
                    let options = DiffOptions {
                        format, side_by_side, width: 120, context: 1, ..DiffOptions::default()
                    };
                    let told = report::diff(compared, &options).unwrap();
                    prop_assert!(!told.is_empty());
                }
            }
        }
    }
}
