//! Finds short names that stand before they are introduced, or that are never introduced, and documents that go by two
//! short names in one draft.
//!
//! ## Why it matters
//!
//! Not everyone in the room knows the IGF, and who reads two names looks for two documents.
//!
//! ## Example
//!
//! > 5\. We thank the host countries of the IGF.
//! >
//! > 12\. We welcome the role of the Internet Governance Forum (IGF).
//!
//! ## What to do
//!
//! Introduce the short name where it first stands, in parentheses behind the full one, and keep to one short name for
//! one document. That a name is nowhere introduced, or that there are two, is a note: it does not fail a check.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Case, Check, Found, Settings};
use crate::check::introduced::{introduced, is_short, singular, uses};
use crate::model::{Citation, CitationForm, Severity, Span};
use crate::text::abbreviations;

pub(super) const CHECK: Check = Check {
    name: "unintroduced-name",
    severity: Severity::Warning,
    page: include_str!("unintroduced_name.rs"),
    options: &[],
    within_quotations: false,
    run,
};

fn run(case: &Case<'_>, _: &Settings) -> Vec<Found> {
    let mut found = early(case);
    found.extend(never(case));
    found.extend(never_written_out(case));
    found.extend(twice(case));
    found.extend(cut(case));
    found
}

/// Names without their first word, "the Digital Compact", of documents that the draft calls by their name elsewhere.
fn cut(case: &Case<'_>) -> Vec<Found> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for (_, _, citation) in case.citations() {
        let entry = citation.reference.and_then(|reference| case.entry(reference));
        let own = entry.into_iter().flat_map(|entry| &entry.text.front.names);
        names.extend(own.map(String::as_str).filter(|name| name.split(' ').count() > 2));
    }
    let mut found = Vec::new();
    for name in names.into_iter().take(MOST_NAMES) {
        let Some((_, rest)) = name.split_once(' ').filter(|(_, rest)| is_name(rest)) else {
            continue;
        };
        let first = case.paragraphs().find_map(|(at, paragraph, facts)| {
            let is_cited = |span: &Span| facts.citations.iter().any(|c| c.span.overlaps(*span));
            let alone = |span: &Span| {
                let before = paragraph.text.get(..span.start).unwrap_or_default();
                before.ends_with("the ") || before.ends_with("The ")
            };
            let mut places = uses(&paragraph.text, rest);
            places.find(|span| alone(span) && !is_cited(span)).map(|span| (at, span))
        });
        found.extend(first.map(|(at, span)| {
            let message = format!("“{rest}” is the document that is called “{name}” elsewhere");
            let found =
                Found::words(at, span, message).help("keep to one short name for one document");
            found.about(rest).severity(Severity::Note)
        }));
    }
    found
}

/// Names that a draft is looked through for; no draft that people read cites more documents by name.
const MOST_NAMES: usize = 200;

/// True for words that all begin with a capital.
fn is_name(words: &str) -> bool {
    words.contains(' ') && words.split(' ').all(|word| word.starts_with(char::is_uppercase))
}

/// Short names that stand before the place where the draft introduces them.
fn early(case: &Case<'_>) -> Vec<Found> {
    let mut known: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    for (at, paragraph, _) in case.paragraphs() {
        for name in introduced(&paragraph.text) {
            if !known.insert(singular(name.short)) {
                continue;
            }
            let before = case.paragraphs().take_while(|(other, ..)| *other <= at);
            // An annex is a text of its own, which may introduce anew what the resolution before it used.
            let before = before.filter(|(_, other, _)| other.annex == paragraph.annex);
            let first = before.flat_map(|(other, own, _)| {
                uses(&own.text, name.short).map(move |span| (other, span))
            });
            let Some((other, span)) = first.into_iter().next() else { continue };
            if other == at && span.start >= name.span.start {
                continue;
            }
            let place = if other == at {
                "later in this paragraph".to_owned()
            } else {
                format!("only in {}", case.name_of(paragraph))
            };
            let message = format!("“{}” is introduced {place}", name.short);
            let help = format!("write “{} ({})” here", name.full, name.short);
            found.push(Found::words(other, span, message).help(help).about(name.short));
        }
    }
    found
}

/// Documents that are only ever called by capitals.
fn never(case: &Case<'_>) -> Vec<Found> {
    let mut first: HashMap<&str, (usize, Span)> = HashMap::new();
    let mut spelled: HashSet<String> = HashSet::new();
    for (at, paragraph, citation) in case.citations() {
        let Some(document) = document(citation) else { continue };
        let words = citation.span.slice(&paragraph.text);
        match short_in(words, citation) {
            Some(within) => {
                let span =
                    Span::new(citation.span.start + within.start, citation.span.start + within.end);
                first.entry(span.slice(&paragraph.text)).or_insert((at, span));
            }
            None => {
                spelled.insert(document);
            }
        }
    }
    let introduced: HashSet<&str> = case
        .paragraphs()
        .flat_map(|(_, paragraph, _)| introduced(&paragraph.text))
        .map(|name| singular(name.short))
        .collect();
    let mut told: Vec<_> = first.into_iter().collect();
    told.sort_by_key(|(_, place)| *place);
    let told = told.into_iter().filter_map(|(short, (at, span))| {
        let facts = case.annotation.facts.get(at)?;
        let citation = facts.citations.iter().find(|citation| citation.span.contains(span))?;
        let document = document(citation)?;
        let known = introduced.contains(singular(short)) || spelled.contains(&document);
        let full = full_name(case, citation, short)?;
        let message = format!("“{short}” is nowhere introduced");
        let help = format!("write “{full} ({short})” here");
        (!known).then(|| {
            Found::words(at, span, message).help(help).about(short).severity(Severity::Note)
        })
    });
    told.collect()
}

/// Abbreviations of the field that the draft nowhere introduces; those of two letters ("UN") everybody knows.
fn never_written_out(case: &Case<'_>) -> Vec<Found> {
    let mut introduced: HashSet<&str> = HashSet::new();
    let mut first: HashMap<&str, (usize, Span)> = HashMap::new();
    let wanted: HashMap<&str, &str> =
        abbreviations().filter(|(short, _)| singular(short).len() > 2).collect();
    for (at, paragraph, facts) in case.paragraphs() {
        introduced
            .extend(self::introduced(&paragraph.text).iter().map(|name| singular(name.short)));
        for short in wanted.keys().filter(|short| paragraph.text.contains(**short)) {
            let is_cited = |span: &Span| facts.citations.iter().any(|c| c.span.overlaps(*span));
            let mut own = uses(&paragraph.text, short);
            if let Some(span) = own.find(|own| !is_cited(own) && !is_in_name(&paragraph.text, *own))
            {
                first.entry(singular(short)).or_insert((at, span));
            }
        }
    }
    let mut told: Vec<_> =
        first.into_iter().filter(|(short, _)| !introduced.contains(short)).collect();
    told.sort_by_key(|(_, place)| *place);
    let told = told.into_iter().filter_map(|(stem, (at, span))| {
        let written = span.slice(&case.paragraph(at)?.text);
        let (short, full) = wanted.get_key_value(written).or_else(|| wanted.get_key_value(stem))?;
        let message = format!("“{short}” is nowhere introduced");
        let help = format!("write “{full} ({short})” here");
        Some(Found::words(at, span, message).help(help).about(*short).severity(Severity::Note))
    });
    told.collect()
}

/// True where a name goes on behind a short one: "SDG 6", "International Girls in ICT Day".
fn is_in_name(text: &str, short: Span) -> bool {
    let behind = text.get(short.end..).and_then(|rest| rest.strip_prefix([' ', '\u{a0}']));
    behind.is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}

/// What a document is known by within a draft.
fn document(citation: &Citation) -> Option<String> {
    if citation.form == CitationForm::Internal {
        return None;
    }
    let reference = citation.reference.map(|reference| format!("#{reference}"));
    let symbol = citation.symbol.clone().or(reference).or_else(|| citation.name.clone())?;
    Some(format!("{symbol} {}", citation.annex.as_deref().unwrap_or_default()))
}

/// Where in the words of a citation by name its short name stands, where that is all there is.
fn short_in(words: &str, citation: &Citation) -> Option<Span> {
    if citation.form != CitationForm::Name {
        return None;
    }
    let mut short = None;
    let mut start = 0;
    for word in words.split(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '-'))) {
        let span = Span::new(start, start + word.len());
        start = span.end + words.get(span.end..)?.chars().next().map_or(0, char::len_utf8);
        let is_name = word.starts_with(char::is_uppercase);
        match (is_short(word), is_name, short) {
            (true, _, None) => short = Some(span),
            (true, _, Some(_)) | (false, true, _) => return None,
            _ => {}
        }
    }
    short
}

/// The name in full of the document that a citation calls `short`.
fn full_name(case: &Case<'_>, citation: &Citation, short: &str) -> Option<String> {
    let entry = citation.reference.and_then(|reference| case.entry(reference));
    let held = entry.into_iter().flat_map(|e| e.text.front.names.iter().chain(&e.text.front.title));
    let names = held.map(String::as_str).chain(citation.name.as_deref());
    // "WSIS+10 review" explains nothing to those who do not know the WSIS+10.
    let full = |name: &&str| name.contains(' ') && !is_short(name) && !name.contains(short);
    names.filter(full).min_by_key(|name| name.len()).map(str::to_owned)
}

/// Documents that go by two short names, neither of which is a form of the other.
fn twice(case: &Case<'_>) -> Vec<Found> {
    let mut called_so: HashMap<usize, Vec<(&str, usize)>> = HashMap::new();
    let mut found = Vec::new();
    for (at, paragraph, citation) in case.citations() {
        let Some(reference) = citation.reference.filter(|_| citation.form == CitationForm::Name)
        else {
            continue;
        };
        let Some(entry) = case.entry(reference) else { continue };
        let words = citation.span.slice(&paragraph.text).to_lowercase();
        let names = entry.text.front.names.iter().map(String::as_str);
        let Some(name) =
            names.filter(|name| words.contains(&name.to_lowercase())).max_by_key(|name| name.len())
        else {
            continue;
        };
        let before = called_so.entry(reference).or_default();
        if before.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let ahead = paragraph.text.get(..citation.span.start).unwrap_or_default();
        // "the outcome document of the review (WSIS+10)" introduces the second one.
        let introduces = ahead.trim_end().ends_with(['(', '“', '"']);
        let other = before.iter().find(|(other, _)| !are_forms(other, name));
        if let Some((other, place)) = other.filter(|_| !introduces) {
            let place = case.paragraph(*place).map_or_else(String::new, |own| case.name_of(own));
            let symbol = entry.symbol();
            let message =
                format!("“{name}” is the document that {place} calls “{other}”: {symbol}");
            let help = "keep to one short name for one document";
            found.push(
                Found::words(at, citation.span, message)
                    .help(help)
                    .about(name)
                    .severity(Severity::Note),
            );
        }
        before.push((name, at));
    }
    found
}

/// True where one name is a form of the other: its words stand in it, or its letters are the initials.
fn are_forms(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !(c.is_alphanumeric() || c == '+'));
        words
            .filter(|word| !word.is_empty())
            .map(|word| word.trim_end_matches('s').to_lowercase())
            .collect()
    };
    let (mut short, mut long) = (words(a), words(b));
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    let mut rest = long.iter();
    let within = short.iter().all(|word| rest.any(|other| other == word));
    let initials: String = long.iter().filter_map(|word| word.chars().next()).collect();
    let mut letters = initials.chars();
    let abbreviates =
        short.len() == 1 && short.iter().all(|own| own.chars().all(|c| letters.any(|i| i == c)));
    within || abbreviates
}
