//! Finds sources that something else has taken the place of: superseded documents, drafts that have been adopted since,
//! and texts of the library that are not up to date.
//!
//! ## Why it matters
//!
//! What was agreed last is what counts. A draft that rests on an older text gives away what was gained since.
//!
//! ## Example
//!
//! > 3\. We reaffirm A/70/L.33 on the overall review of the outcomes of the World Summit.
//!
//! A/70/L.33 was adopted as A/RES/70/125.
//!
//! ## What to do
//!
//! Cite what took its place. What was superseded stands under `superseded_by:` in the head of a file of the library;
//! `note: to be updated …` and a `stage:` that is not “adopted” say that its text is not the last one. An older text
//! that is recalled for its history, or that stands beside what took its place, is a note and does not fail a check. Of
//! several that took one another's place the last is named that was there at the date of the draft.

use super::{Case, Check, Found, Settings};
use crate::check::case::called;
use crate::check::words::words;
use crate::model::{Citation, CitationForm, Entry, Severity, symbol_key};
use crate::text::acts;

pub(super) const CHECK: Check = Check {
    name: "superseded-source",
    severity: Severity::Warning,
    page: include_str!("superseded_source.rs"),
    options: &[],
    within_quotations: false,
    run,
};

fn run(case: &Case<'_>, settings: &Settings) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut told: Vec<(usize, String)> = Vec::new();
    let mut once = |at: usize, outdated: &Outdated| {
        let known = (at, outdated.message.clone());
        let new = !told.contains(&known);
        told.extend(new.then_some(known));
        new
    };
    for (at, paragraph, citation) in case.citations() {
        let words = citation.span.slice(&paragraph.text);
        let Some(outdated) = outdated(case, settings, citation, words) else { continue };
        if once(at, &outdated) {
            let severity = severity(case, at, citation, &outdated);
            let Outdated { message, help, .. } = outdated;
            found.push(Found::words(at, citation.span, message).help(help).severity(severity));
        }
    }
    for (at, pin, citation) in case.pinned() {
        let words = citation.span.slice(&pin.source);
        let Some(outdated) = outdated(case, settings, citation, words) else { continue };
        if once(at, &outdated) {
            let message =
                format!("the pin names a text that is not the last one: {}", outdated.message);
            found.push(
                Found::paragraph(at, message).help(outdated.help).about(&pin.source).at(pin.at),
            );
        }
    }
    found
}

/// Why a source is not the last word.
struct Outdated {
    message: String,
    help: String,
    /// What took its place.
    successor: Option<String>,
}

fn outdated<'c>(
    case: &Case<'c>,
    settings: &Settings,
    citation: &Citation,
    words: &str,
) -> Option<Outdated> {
    let entry = citation.reference.and_then(|reference| case.entry(reference));
    let held = |entry: &'c Entry| {
        let told = entry.text.front.superseded_by.as_deref()?;
        Some((entry, successor(case, entry.symbol(), told)?))
    };
    if let Some((entry, successor)) = entry.and_then(held) {
        let message = format!("{} was superseded by {successor}", called(entry, None));
        let help = format!("cite {successor}");
        return Some(Outdated { message, help, successor: Some(successor.to_owned()) });
    }
    if let Some((draft, adopted)) = adopted(citation, words) {
        // What the library says of a text goes before what is known without it.
        let told = case.symbols.superseded(draft);
        if let Some(told) = told.and_then(|told| successor(case, draft, told)) {
            let message = format!("{draft} was superseded by {told}");
            let help = match symbol_key(told) == symbol_key(adopted) {
                true => format!("cite {told}"),
                false => format!(
                    "cite {told}, as the library says; adref itself knows that {draft} was adopted as {adopted}"
                ),
            };
            return Some(Outdated { message, help, successor: Some(told.to_owned()) });
        }
        let message = format!("{draft} is a draft, which was adopted as {adopted}");
        let help = format!("cite {adopted}");
        return Some(Outdated { message, help, successor: Some(adopted.to_owned()) });
    }
    let entry = entry?;
    let front = &entry.text.front;
    if let Some(stage) = front.stage.as_ref().filter(|stage| !settings.is_final(stage)) {
        let message = format!(
            "{} is no agreed text: the library holds it at the stage “{stage}”",
            called(entry, None)
        );
        let help = "cite the text that was adopted, and bring it into the library".to_owned();
        return Some(Outdated { message, help, successor: None });
    }
    let note = front.note.as_ref().filter(|note| is_to_be_updated(note))?;
    let message = format!("the library says of {}: “{note}”", called(entry, None));
    let help = "see whether the newer text is out, and cite that".to_owned();
    Some(Outdated { message, help, successor: None })
}

/// So many texts at most took one another's place.
const MOST_SUCCESSORS: usize = 20;

/// The last text that took the place of another, of which the library says `told`: as far as it was there when the draft was
/// made. None where it is the draft itself that does.
fn successor<'c>(case: &Case<'c>, symbol: &str, told: &'c str) -> Option<&'c str> {
    let front = &case.annotation.draft.front;
    let is_one = |a: &str, b: &str| symbol_key(a) == symbol_key(b);
    let stands = |before: &str, told: &&'c str| {
        let is_later = case.symbols.at(told).iter().any(|entry| case.is_later(entry));
        !is_later && !is_one(before, told) && !front.symbols().any(|own| is_one(own, told))
    };
    let next = |told: &&'c str| case.symbols.superseded(told).filter(|next| stands(told, next));
    let first = Some(told).filter(|told| stands(symbol, told));
    std::iter::successors(first, next).take(MOST_SUCCESSORS).last()
}

/// The symbol of a draft as it is written, and that of what it was adopted as.
fn adopted<'c>(citation: &'c Citation, words: &'c str) -> Option<(&'c str, &'c str)> {
    let is_draft = |symbol: &str| symbol.contains("/L.");
    let symbol = citation.symbol.as_deref().filter(|symbol| !is_draft(symbol))?;
    let written = words.split([' ', ',', ';', '\u{a0}']).find(|word| is_draft(word))?;
    let written = written.trim_matches(|c: char| !c.is_alphanumeric());
    (citation.form == CitationForm::Symbol).then_some((written, symbol))
}

/// True where a remark on a text of the library says that another one is to come or has come.
fn is_to_be_updated(note: &str) -> bool {
    let note = note.to_lowercase();
    words("outdated").iter().any(|outdated| note.contains(outdated))
}

/// A note where the author knows of the successor, or tells history.
fn severity(case: &Case<'_>, at: usize, citation: &Citation, outdated: &Outdated) -> Severity {
    let Some(facts) = case.annotation.facts.get(at) else { return Severity::Warning };
    let successor = outdated.successor.as_deref();
    let is_successor = |citation: &Citation| {
        let symbol = citation.symbol.as_deref().map(symbol_key);
        successor.is_some_and(|own| {
            symbol == Some(symbol_key(own)) || citation.name.as_deref() == Some(own)
        })
    };
    // The draft itself is read as what it was adopted as.
    let text = case.paragraph(at).map_or("", |paragraph| paragraph.text.as_str());
    let named = |citation: &&Citation| {
        is_successor(citation) && adopted(citation, citation.span.slice(text)).is_none()
    };
    let known = facts.citations.iter().any(|citation| named(&citation));
    // What the sentence recalls, and not what it asks for a few words further on.
    let acts = acts(text);
    let act = acts.iter().rfind(|act| act.span.end <= citation.span.start);
    let recalls = act.is_some_and(|act| act.base == "recall");
    if known || recalls { Severity::Note } else { Severity::Warning }
}
