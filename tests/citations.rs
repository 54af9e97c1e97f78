//! Every case of `citations/cases.yaml`: a text, why it is there, and exactly the citations it holds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;

use adref::cite::{Gazetteer, Speaker, citations};
use adref::model::{Citation, CitationForm, Draft, Entry, FrontMatter, Library, Pinpoint};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The paragraph.
    text: String,
    /// What the case guards.
    why: String,
    /// The citations, as [`render`] writes them.
    #[serde(default)]
    cites: Vec<String>,
    /// The organ that speaks, where it is not the General Assembly.
    speaker: Option<String>,
    /// The text before it, for "ibid.".
    before: Option<String>,
    /// References held, for this case only.
    #[serde(default)]
    library: Vec<Reference>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reference {
    symbol: Option<String>,
    annex: Option<String>,
    title: Option<String>,
    #[serde(default)]
    names: Vec<String>,
}

fn library(references: &[Reference]) -> Library {
    let entries = references.iter().map(|reference| {
        let front = FrontMatter {
            symbol: reference.symbol.clone(),
            annex: reference.annex.clone(),
            title: reference.title.clone(),
            names: reference.names.clone(),
            ..FrontMatter::default()
        };
        let name = front.names.first().or(front.title.as_ref()).cloned().unwrap_or_default();
        Entry { name, ..Entry::new(Draft { front, ..Draft::default() }) }
    });
    Library { entries: entries.collect(), ..Library::default() }
}

/// `words → A/RES/79/1, annex I @ 9, art. 19 (not agreed) [held 0]`; a text without symbol by its name.
fn render(citation: &Citation, text: &str) -> String {
    let name = citation.name.as_deref().map(|name| format!("“{name}”"));
    let document = match citation.form {
        CitationForm::Internal => "this text".to_owned(),
        _ => citation.symbol.clone().or(name).unwrap_or_else(|| "?".to_owned()),
    };
    let mut line = format!("{} → {document}", citation.span.slice(text));
    if let Some(annex) = &citation.annex {
        let _ = write!(line, ", annex {annex}");
    }
    let pinpoints: Vec<String> = citation
        .pinpoints
        .iter()
        .map(|pinpoint| match pinpoint {
            Pinpoint::Paragraph(address) => address.clone(),
            Pinpoint::Article(address) => format!("art. {address}"),
            Pinpoint::Section(address) => address.clone(),
        })
        .collect();
    if !pinpoints.is_empty() {
        let _ = write!(line, " @ {}", pinpoints.join(", "));
    }
    if !citation.agreed && citation.form != CitationForm::Internal {
        line.push_str(" (not agreed)");
    }
    if let Some(reference) = citation.reference {
        let _ = write!(line, " [held {reference}]");
    }
    line
}

#[test]
fn each_case_cites_what_it_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/citations/cases.yaml");
    let yaml = std::fs::read_to_string(path).expect("cases.yaml is readable");
    let cases: Vec<Case> = serde_yaml::from_str(&yaml).expect("cases.yaml is a list of cases");
    assert!(cases.len() >= 120, "only {} cases", cases.len());
    let lexicon = Gazetteer::new();
    let mut report = String::new();
    for case in &cases {
        let own =
            (!case.library.is_empty()).then(|| Gazetteer::with_library(&library(&case.library)));
        let gazetteer = own.as_ref().unwrap_or(&lexicon);
        let speaker = Speaker { body: case.speaker.clone(), ..Speaker::default() };
        let before = case.before.as_deref().unwrap_or_default();
        let before = citations(before, gazetteer, &speaker, &[]);
        let found = citations(&case.text, gazetteer, &speaker, &before);
        check_spans(&found, &case.text);
        let found: Vec<String> = found.iter().map(|c| render(c, &case.text)).collect();
        if found != case.cites {
            let lost = case
                .cites
                .iter()
                .filter(|c| !found.contains(c))
                .map(|c| format!("  lost    {c}\n"));
            let gained = found
                .iter()
                .filter(|c| !case.cites.contains(c))
                .map(|c| format!("  gained  {c}\n"));
            let lines: String = lost.chain(gained).collect();
            let _ = write!(report, "{}\n  ({})\n{lines}", case.text, case.why);
        }
    }
    assert!(report.is_empty(), "citations differ from tests/citations/cases.yaml:\n\n{report}");
}

fn check_spans(found: &[Citation], text: &str) {
    for (at, citation) in found.iter().enumerate() {
        assert!(
            text.get(citation.span.start..citation.span.end).is_some_and(|s| !s.is_empty()),
            "{text}"
        );
        if let Some(next) = found.get(at + 1) {
            assert!(
                citation.span.end <= next.span.start,
                "overlap in {text}: {citation:?} {next:?}"
            );
        }
    }
}

/// Twice the text takes about twice the work: checked by ending at all, on texts that would not.
#[test]
fn hostile_texts_end() {
    let gazetteer = Gazetteer::new();
    let speaker = Speaker::default();
    let texts = [
        "(".repeat(100_000),
        "paragraph 1 of ".repeat(20_000),
        "resolutions 70/1, ".repeat(20_000),
        "A/".repeat(100_000),
        "A/RES/70/1(".repeat(20_000),
        "Convention on the ".repeat(20_000),
        "\"quoted ".repeat(50_000),
        "1 to 4000000000, ".repeat(20_000),
        format!("paragraphs {}", "1 to 399, ".repeat(20_000)),
        "ibid. ".repeat(50_000),
        "\u{ad}\u{200e}–".repeat(50_000),
        "é".repeat(200_000),
        "its resolution of the General Assembly ".repeat(20_000),
    ];
    for text in &texts {
        check_spans(&citations(text, &gazetteer, &speaker, &[]), text);
    }
}

/// Cutting a text anywhere neither panics nor yields a span off the borders of characters.
#[test]
fn every_cut_of_a_text_is_cited_without_fault() {
    let gazetteer = Gazetteer::new();
    let text = "§§ 3–5 of A/RES/79/1 A (III), annex I (para. 9 (b)\u{a0}(ii)); ibid., “Pact for the Future” S‑20/2 г. 决议70/1号";
    let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    for start in &borders {
        for end in borders.iter().filter(|end| *end >= start) {
            let cut = &text[*start..*end];
            check_spans(&citations(cut, &gazetteer, &Speaker::default(), &[]), cut);
        }
    }
}
