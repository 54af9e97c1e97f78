//! Every official PDF in; what its masthead, its numbers and its notes say, held against the document, out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly and shows its figures"
)]

mod support;

use std::fs;
use std::path::PathBuf;

use adref::model::{AsideKind, Draft};

/// What a reader of the document finds: file, symbol, organ, date, the highest number of the main text, notes.
const DOCUMENTS: [(&str, &str, &str, &str, u64, usize); 6] = [
    ("A_79_834.en.pdf", "A/79/834-S/2025/186", "General Assembly", "2025-03-26", 0, 0),
    ("A_AC.182_2025_L.2.en.pdf", "A/AC.182/2025/L.2", "General Assembly", "2025-02-21", 18, 0),
    ("DP_2025_6.en.pdf", "DP/2025/6", "Executive Board", "2024-12-02", 30, 0),
    ("E_CN.6_2025_5.en.pdf", "E/CN.6/2025/5", "Economic and Social Council", "2024-12-17", 18, 1),
    ("S_RES_2768_2025.en.pdf", "S/RES/2768 (2025)", "Security Council", "2025-01-15", 6, 0),
    ("TPNW_MSP_2025_11_Rev.1.en.pdf", "TPNW/MSP/2025/11/Rev.1", "", "2025-05-06", 27, 14),
];

fn folder() -> Option<PathBuf> {
    let folder = support::data()?.join("un/pdf");
    folder.is_dir().then_some(folder)
}

fn read(name: &str) -> Option<Draft> {
    let path = folder()?.join(name);
    let bytes = fs::read(&path).ok()?;
    Some(adref::read::read(&path.display().to_string(), &bytes).unwrap())
}

/// Whole numbers of the main text, outside annexes and lists.
fn numbers(draft: &Draft) -> Vec<u64> {
    let main = draft.paragraphs.iter().filter(|paragraph| paragraph.annex.is_none());
    main.filter_map(|paragraph| paragraph.number.as_ref()?.parse().ok()).collect()
}

/// How far the numbers count up from 1 without a gap; other lists may stand between them.
fn counted(numbers: &[u64]) -> u64 {
    numbers.iter().fold(0, |last, number| if *number == last + 1 { *number } else { last })
}

#[test]
fn mastheads_numbers_and_notes() {
    if folder().is_none() {
        return println!("skipped: ADREF_DATA names no folder with un/pdf");
    }
    for (name, symbol, organ, date, last, notes) in DOCUMENTS {
        let Some(draft) = read(name) else { panic!("{name} cannot be read") };
        let numbers = numbers(&draft);
        let front = &draft.front;
        println!(
            "{name}: {} paragraphs, numbers to {}, {} headings, {} notes",
            draft.paragraphs.len(),
            counted(&numbers),
            draft.headings.len(),
            draft.footnotes.len()
        );
        assert_eq!(front.symbol.as_deref(), Some(symbol), "{name}");
        assert_eq!(front.body.as_deref().unwrap_or_default(), organ, "{name}");
        assert_eq!(front.date.as_deref(), Some(date), "{name}");
        assert!(front.title.is_some(), "{name}");
        assert_eq!(counted(&numbers), last, "{name}: {numbers:?}");
        assert_eq!(draft.footnotes.len(), notes, "{name}: {:?}", draft.footnotes);
    }
}

#[test]
fn nothing_of_heads_and_feet_is_left() {
    for (name, symbol, ..) in DOCUMENTS {
        let Some(draft) = read(name) else { return };
        let job = |word: &str| {
            let bytes = word.as_bytes();
            bytes.len() >= 8
                && bytes[2] == b'-'
                && [&bytes[..2], &bytes[3..8]].concat().iter().all(u8::is_ascii_digit)
        };
        let own = draft.paragraphs.iter().filter(|p| p.text == symbol);
        assert_eq!(own.count(), 0, "{name}");
        for paragraph in &draft.paragraphs {
            assert!(!paragraph.text.split_whitespace().any(job), "{name}: {}", paragraph.text);
            assert!(!paragraph.text.contains("____"), "{name}: {}", paragraph.text);
        }
    }
}

#[test]
fn every_call_has_its_note() {
    for (name, ..) in DOCUMENTS {
        let Some(draft) = read(name) else { return };
        let calls = draft.paragraphs.iter().flat_map(|paragraph| &paragraph.asides);
        for call in calls.filter(|aside| aside.kind == AsideKind::Footnote) {
            let noted = draft.footnotes.iter().any(|note| note.label == call.text);
            assert!(noted, "{name}: {}", call.text);
        }
    }
}

/// Paragraphs that run over the end of a page, as a reader finds them in the documents.
#[test]
fn paragraphs_over_pages() {
    for (name, number, start, end) in [
        ("A_AC.182_2025_L.2.en.pdf", "4", "A number of delegations", "could adopt its report."),
        ("A_AC.182_2025_L.2.en.pdf", "10", "It was reiterated", "constant monitoring."),
        ("DP_2025_6.en.pdf", "14", "UNDP evaluation policy", "of evaluations."),
    ] {
        let Some(draft) = read(name) else { return };
        let found = draft.paragraphs.iter().find(|p| p.number.as_deref() == Some(number)).unwrap();
        assert!(found.text.starts_with(start), "{name} {number}: {}", found.text);
        assert!(found.text.ends_with(end), "{name} {number}: {}", found.text);
    }
}

#[test]
fn files_without_their_end_are_refused() {
    for (name, ..) in DOCUMENTS {
        let Some(folder) = folder() else { return println!("skipped: no official PDFs") };
        let bytes = fs::read(folder.join(name)).unwrap();
        for share in [30, 60, 90, 99] {
            let cut = &bytes[..bytes.len() * share / 100];
            let error = adref::read::read(name, cut).unwrap_err();
            assert!(error.message.contains("cut off"), "{name} to {share} %: {error}");
        }
    }
}

#[test]
fn an_agenda_that_comes_to_the_number_of_the_next_paragraph() {
    let Some(draft) = read("TPNW_MSP_2025_11_Rev.1.en.pdf") else { return };
    let agenda = draft.paragraphs.iter().find(|p| p.number.as_deref() == Some("7")).unwrap();
    let items = agenda.parts.iter().filter(|part| part.depth == 1).count();
    assert_eq!(items, 16, "{:#?}", agenda.parts);
    let eighth: Vec<&str> = draft
        .paragraphs
        .iter()
        .filter(|p| p.number.as_deref() == Some("8") && p.annex.is_none())
        .map(|p| p.text.as_str())
        .collect();
    assert!(
        matches!(eighth.as_slice(), [one] if one.starts_with("Also at its 1st plenary")),
        "{eighth:?}"
    );
}
