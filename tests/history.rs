//! Revisions of drafts go in; what `follow` makes of them, and of pairs of them `compare`, comes out and agrees.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::fs;

use adref::compare::{compare, follow};
use adref::model::{ChangeKind, Draft, DraftRevision, History, Lineage, Op, StepKind};
use adref::read::read;
use adref::report::{self, HistoryFormat, HistoryOptions};
use proptest::prelude::*;
use serde_json::Value;
use support::schema;

/// Paragraphs on different subjects: none of them is another one edited.
const SUBJECTS: [&str; 8] = [
    "We urge all towns to count their bridges, and to send the count to the council before the first snow falls.",
    "Lamps shall burn on every quay from dusk to dawn, except on nights when the moon is full and the sky is clear.",
    "Keepers are paid from the harbour toll, and nobody may cut their wages during winter or after a storm.",
    "Ferries pass below the arches on the left side only, one behind the other, with a bell that rings twice.",
    "Horses walk at the hand of a groom wherever planks replace stone, lest they slip and harm a passer-by.",
    "The treasurer publishes accounts for timber, iron and rope each spring, signed by two honest witnesses.",
    "Children learn to swim at school without a fee, in warm water and under the eye of a patient teacher.",
    "Fishing nets dry along the western wall alone, so that merchants may keep the market square for barrels.",
];

fn draft(paragraphs: &[&str]) -> Draft {
    let numbered =
        paragraphs.iter().enumerate().map(|(at, text)| format!("{}. {text}\n\n", at + 1));
    read("draft.md", numbered.collect::<String>().as_bytes()).unwrap()
}

fn followed(revisions: &[&[&str]]) -> History {
    let revision = |paragraphs: &&[&str]| DraftRevision {
        draft: draft(paragraphs),
        ..DraftRevision::default()
    };
    follow(DraftRevision::named(revisions.iter().map(revision).collect()))
}

/// The life of the lineage that begins with a paragraph: kinds, numbers, and whether the number is another one.
fn life(history: &History, revision: usize, paragraph: usize) -> String {
    let lineage = &history.lineages[history.lineage_of(revision, paragraph).unwrap()];
    let told = lineage.steps.iter().map(|step| {
        let number = step.paragraph.map_or("-".to_owned(), |at| (at + 1).to_string());
        let sign = if step.renumbered { "!" } else { "" };
        format!("{}:{} {number}{sign}", step.revision, step.kind.word())
    });
    told.collect::<Vec<_>>().join(", ")
}

#[test]
fn what_is_dropped_and_returns_is_one_lineage() {
    let [a, b, c, d, ..] = SUBJECTS;
    // Word for word, with another number.
    let history = followed(&[&[a, b, c], &[a, c], &[a, c, d, b]]);
    assert_eq!(life(&history, 0, 1), "0:first 2, 1:dropped -, 2:back 4!");
    assert_eq!(history.counts().came_back, 1);
    // Edited, two revisions later.
    let edited = b.replace("nights when the moon is full", "feast days");
    let history = followed(&[&[a, b, c], &[a, c], &[a, c], &[a, &edited, c]]);
    assert_eq!(life(&history, 0, 1), "0:first 2, 1:dropped -, 3:back 2");
    let lineage = &history.lineages[history.lineage_of(3, 1).unwrap()];
    let (before, change) = history.change(lineage, lineage.at(3).unwrap()).unwrap();
    assert_eq!((before, &change.old[..], &change.new[..]), (0, &[1][..], &[1][..]));
    let old: String = sides(change, Op::Insert);
    let new: String = sides(change, Op::Delete);
    assert_eq!((old.as_str(), new.as_str()), (b, edited.as_str()));
    // Twice, and with others on its way.
    let history = followed(&[&[a, b, c], &[a, c], &[b, a, c], &[a, c, d], &[a, c, b]]);
    assert_eq!(life(&history, 0, 1), "0:first 2, 1:dropped -, 2:back 1!, 3:dropped -, 4:back 3!");
    // Something else is new.
    let history = followed(&[&[a, b, c], &[a, c], &[a, c, d]]);
    assert_eq!(life(&history, 2, 2), "2:new 3");
    assert_eq!(life(&history, 0, 1), "0:first 2, 1:dropped -");
    // Placeholders are nobody.
    let history = followed(&[&[a, "[...]", c], &[a, c], &[a, c, "[...]"]]);
    assert_eq!(life(&history, 2, 2), "2:new 3");
}

/// The text of a change without what only one side has.
fn sides(change: &adref::model::Change, without: Op) -> String {
    change.segments.iter().filter(|s| s.op != without).map(|s| s.text.as_str()).collect()
}

#[test]
fn the_part_with_most_words_goes_on() {
    let [a, b, c, ..] = SUBJECTS;
    let both = format!("{a} Bells ring.");
    let history = followed(&[&[&both, b], &["Bells ring.", a, b], &[a, b]]);
    assert_eq!(life(&history, 0, 0), "0:first 1, 1:split 2!, 2:unchanged 1!");
    assert_eq!(life(&history, 1, 0), "1:split from 1, 2:dropped -");
    let off = history.lineage_of(1, 0).unwrap();
    let other = history.lineages[off].steps[0].other;
    assert_eq!(other, history.lineage_of(0, 0));
    // And of several merged the one that gave most.
    let long = format!("{c} {b}");
    let merged = format!("{a} {long}");
    let history = followed(&[&[a, &long], &[&merged]]);
    assert_eq!(life(&history, 0, 0), "0:first 1, 1:merged into -");
    assert_eq!(life(&history, 0, 1), "0:first 2, 1:merged 1!");
    let away = &history.lineages[history.lineage_of(0, 0).unwrap()];
    assert_eq!(away.steps[1].other, history.lineage_of(1, 0));
}

#[test]
fn what_was_merged_and_stands_alone_again_is_back() {
    let [a, b, ..] = SUBJECTS;
    let both = format!("{a} {b}");
    let history = followed(&[&[a, b], &[&both], &[a, b]]);
    let lives = [life(&history, 0, 0), life(&history, 0, 1)];
    assert_eq!(lives.iter().filter(|life| life.contains("2:back")).count(), 1, "{lives:?}");
    assert_eq!(history.lineages.len(), 2);
}

#[test]
fn rows_stand_where_their_paragraphs_stood() {
    let [a, b, c, d, e, ..] = SUBJECTS;
    let history = followed(&[&[e, a, b, c], &[a, c, d], &[c, a]]);
    let first = |lineage: &Lineage| {
        let step = lineage.last_seen(usize::MAX).unwrap();
        let text = &history.revisions[step.revision].draft.paragraphs[step.paragraph.unwrap()].text;
        SUBJECTS.iter().position(|subject| subject == text).unwrap()
    };
    let rows: Vec<usize> = history.lineages.iter().map(first).collect();
    // What stood before all stays before all; b behind a, d behind c.
    assert_eq!(rows, [4, 2, 3, 0, 1]);
}

/// What every history keeps.
fn consistent(history: &History) {
    let mut seen: Vec<Vec<usize>> =
        history.revisions.iter().map(|r| vec![0; r.draft.paragraphs.len()]).collect();
    for (index, lineage) in history.lineages.iter().enumerate() {
        let revisions: Vec<usize> = lineage.steps.iter().map(|step| step.revision).collect();
        assert!(revisions.windows(2).all(|pair| pair[0] < pair[1]), "{lineage:?}");
        for (nth, step) in lineage.steps.iter().enumerate() {
            step.paragraph.iter().for_each(|at| seen[step.revision][*at] += 1);
            let born = matches!(step.kind, StepKind::First | StepKind::New | StepKind::SplitFrom);
            assert_eq!(born, nth == 0, "{lineage:?}");
            let ends = matches!(step.kind, StepKind::Dropped | StepKind::MergedInto);
            assert_eq!(ends, step.paragraph.is_none(), "{lineage:?}");
            let before = nth.checked_sub(1).map(|nth| lineage.steps[nth]);
            let back = before
                .is_some_and(|step| matches!(step.kind, StepKind::Dropped | StepKind::MergedInto));
            assert_eq!(back, step.kind == StepKind::Back, "{lineage:?}");
            assert_eq!(step.kind == StepKind::First, step.revision == 0, "{lineage:?}");
            assert!((0.0..=1.0).contains(&step.similarity));
            assert_ne!(step.other, Some(index));
            agrees(history, lineage, nth);
        }
    }
    assert!(seen.iter().flatten().all(|times| *times == 1), "{seen:?}");
}

/// Holds a step against the comparison of the two revisions.
fn agrees(history: &History, lineage: &Lineage, nth: usize) {
    let step = lineage.steps[nth];
    let Some(before) = step.revision.checked_sub(1) else { return };
    let (old, new) = (&history.revisions[before].draft, &history.revisions[step.revision].draft);
    let pair = compare(old, new);
    let was = nth.checked_sub(1).and_then(|nth| lineage.steps[nth].paragraph);
    let by_new = |at: usize| pair.changes.iter().find(|change| change.new.contains(&at)).unwrap();
    let by_old = |at: usize| pair.changes.iter().find(|change| change.old.contains(&at)).unwrap();
    match (step.kind, step.paragraph, was) {
        (StepKind::New, Some(now), _) => {
            assert_eq!(by_new(now).kind, ChangeKind::Added);
        }
        (StepKind::Back, Some(now), _) => {
            // It was added, or parted from what had taken it up.
            let change = by_new(now);
            assert!(change.kind == ChangeKind::Added || change.new.len() > 1, "{lineage:?}");
        }
        (StepKind::Dropped, None, Some(was)) => {
            assert_eq!(by_old(was).kind, ChangeKind::Removed);
        }
        (StepKind::MergedInto, None, Some(was)) => {
            let into = history.lineages[step.other.unwrap()].at(step.revision).unwrap();
            assert!(by_old(was).new.contains(&into.paragraph.unwrap()));
        }
        (StepKind::SplitFrom, Some(now), None) => {
            let from = history.lineages[step.other.unwrap()].at(before).unwrap();
            assert!(by_new(now).old.contains(&from.paragraph.unwrap()));
        }
        (kind, Some(now), Some(was)) => {
            let change = by_new(now);
            assert!(change.old.contains(&was), "{step:?}");
            assert_eq!(change.similarity, step.similarity);
            if change.old.len() == 1 && change.new.len() == 1 {
                assert_eq!(kind.word(), change.kind.word());
                assert_eq!(step.renumbered, change.renumbered);
            }
        }
        other => panic!("{other:?} in {lineage:?}"),
    }
}

/// A revision as a choice of sentences, some of them together in one paragraph, some with a word more.
fn revision() -> impl Strategy<Value = Vec<String>> {
    let paragraph = prop::collection::vec((0..SUBJECTS.len(), any::<bool>()), 1..3);
    let text = paragraph.prop_map(|parts| {
        let told = parts.iter().map(|(at, edited)| {
            let more = if *edited { " At least once." } else { "" };
            format!("{}{more}", SUBJECTS[*at])
        });
        told.collect::<Vec<_>>().join(" ")
    });
    prop::collection::vec(prop_oneof![9 => text, 1 => Just("[...]".to_owned())], 0..7)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_paragraph_stands_in_one_step(revisions in prop::collection::vec(revision(), 2..6)) {
        let texts: Vec<Vec<&str>> =
            revisions.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
        let texts: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
        consistent(&followed(&texts));
    }
}

/// The drafts at these paths of the data folder; none where they are not there.
fn real(paths: &[&str]) -> Option<History> {
    let data = support::data()?;
    let read = |path: &&str| {
        let draft = read(path, &fs::read(data.join(path)).ok()?).ok()?;
        Some(DraftRevision { draft, ..DraftRevision::default() })
    };
    let revisions: Option<Vec<DraftRevision>> = paths.iter().map(read).collect();
    Some(follow(DraftRevision::named(revisions?)))
}

#[test]
fn real_revisions() {
    let yearly = [
        "un/akn/ga/77/A_RES_77_150-2228764E.xml",
        "un/akn/ga/78/A_RES_78_132-2325902E.xml",
        "un/akn/ga/79/A_RES_79_194-2424293E.xml",
    ];
    let (Some(yearly), Some(paris)) =
        (real(&yearly), real(&["cop21/2015-10-23.md", "cop21/2015-12-04.md"]))
    else {
        println!(
            "no real drafts at hand: set ADREF_DATA to the folder that holds un/akn and cop21"
        );
        return;
    };
    consistent(&yearly);
    consistent(&paris);
    // Most of a yearly resolution goes on from year to year.
    let stays = |lineage: &&Lineage| {
        (0..3).all(|revision| lineage.at(revision).is_some_and(|s| s.paragraph.is_some()))
    };
    let count = yearly.lineages.iter().filter(stays).count();
    let first = yearly.revisions[0].draft.paragraphs.len();
    assert!(count * 4 > first * 3, "{count} of {first} paragraphs are followed through");
}

#[test]
fn json_holds_to_its_schema() {
    let [a, b, c, d, ..] = SUBJECTS;
    let both = format!("{c} {d}");
    let history = followed(&[&[a, b, &both], &[a, c, d], &[b, &both]]);
    for lives in [None, Some(vec![0, 1, 2])] {
        let options =
            HistoryOptions { format: HistoryFormat::Json, lives, ..HistoryOptions::default() };
        let text = report::history(&history, None, &options).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        schema::check("history-1.json", &value);
        let file = fs::read_to_string(support::root().join("schemas/history-1.json")).unwrap();
        let own: Value = serde_json::from_str(&file).unwrap();
        for (place, broken) in [
            ("/summary/born", Value::from(-1)),
            ("/revisions/0/language", Value::from("de")),
            ("/lineages/0/steps/0/kind", Value::from("gone")),
            ("/lineages/0/steps/0/similarity", Value::from(2)),
            ("/schema", Value::from("adref/history/2")),
        ] {
            let mut value = value.clone();
            *value.pointer_mut(place).unwrap() = broken;
            assert!(!schema::faults(&own, &own, &value, "$").is_empty(), "{place}");
        }
    }
}
