//! Finds references to a paragraph, a section or an annex of the draft itself that is not there, or that has another number
//! now.
//!
//! ## Why it matters
//!
//! Numbers move while a text is negotiated, and the words that point at them stay behind.
//!
//! ## Example
//!
//! > 30\. We will take stock of the actions in paragraph 26 of the present resolution in 2027.
//!
//! The draft ends with paragraph 25; or paragraph 26 of the revision before is now paragraph 28.
//!
//! ## What to do
//!
//! Put the number right, or take the reference out. A number of which nothing says what text it is of, "paragraph 46",
//! is held against the draft where the paragraph names no document; what is not there is a warning then. To find
//! references that still point at the old number after a paragraph was put in or taken out, name the revision before:
//! `adref check --against OLD.md NEW.md`.

use super::{Case, Check, Found, Settings};
use crate::check::address::{Missing, listed, missing, numeral};
use crate::check::case::Earlier;
use crate::model::{Change, Citation, Extent, Op, Paragraph, Part, Pinpoint, Severity, Span};
use crate::text::is_roman;

pub(super) const CHECK: Check = Check {
    name: "dangling-reference",
    severity: Severity::Error,
    page: include_str!("dangling_reference.rs"),
    options: &[],
    within_quotations: false,
    run,
};

fn run(case: &Case<'_>, _: &Settings) -> Vec<Found> {
    let whole = case.annotation.draft.front.extent != Some(Extent::Excerpts);
    let mut found = Vec::new();
    for (at, paragraph, citation) in case.internal() {
        let mut moved: Vec<(String, String)> = Vec::new();
        let mut gone: Vec<(&str, Missing)> = Vec::new();
        for address in citation.paragraphs() {
            let now = case.earlier.and_then(|earlier| now(case, earlier, at, citation, address));
            match now {
                Some(Now::Called(numbers)) => moved.push((
                    format!(
                        "paragraph {address} of the revision before is now paragraph {numbers}"
                    ),
                    format!("write {numbers} for {address}, or say which paragraph is meant"),
                )),
                Some(Now::Gone) => moved.push((
                    format!("paragraph {address} of the revision before was taken out"),
                    "take the reference out, or say which paragraph is meant".to_owned(),
                )),
                None if whole => {
                    let missing = missing_here(case, paragraph, citation, address);
                    gone.extend(missing.map(|missing| (address, missing)));
                }
                None => {}
            }
        }
        let parts = if whole { missing_parts(case, citation) } else { Vec::new() };
        let gone = message(&gone).into_iter().chain(parts);
        let gone = gone
            .map(|message| (message, "put the number right, or take the reference out".to_owned()));
        let words = citation.span.slice(&paragraph.text);
        found.extend(moved.into_iter().chain(gone).map(|(message, help)| {
            let about = format!("{words}\n{message}");
            let found = Found::words(at, citation.span, message).help(help).about(about);
            // A number alone may after all be meant of another text.
            if is_bare(words) { found.severity(Severity::Warning) } else { found }
        }));
    }
    found
}

/// True for a reference that does not say in so many words that it is to the draft itself.
fn is_bare(words: &str) -> bool {
    !["above", "below", "hereof", "supra", "infra", "this ", "present", "current"]
        .iter()
        .any(|word| words.contains(word))
}

/// What to say of all the paragraphs of one reference that are not there.
fn message(gone: &[(&str, Missing)]) -> Option<String> {
    let (_, first) = gone.first()?;
    let addresses: Vec<&str> = gone.iter().map(|(address, _)| *address).collect();
    if addresses.len() > 1 && gone.iter().all(|(_, missing)| missing == first) {
        let listed = listed(&addresses);
        match first {
            Missing::Beyond(last, _) => {
                return Some(format!(
                    "there are no paragraphs {listed} here: the last one is {last}"
                ));
            }
            Missing::Gap => return Some(format!("there are no paragraphs {listed} here")),
            _ => {}
        }
    }
    let told: Vec<String> = gone.iter().map(|(address, missing)| told(address, missing)).collect();
    Some(told.join("; "))
}

fn told(address: &str, gone: &Missing) -> String {
    match gone {
        Missing::Beyond(last, _) => {
            format!("there is no paragraph {address} here: the last one is {last}")
        }
        Missing::Gap => format!("there is no paragraph {address} here"),
        Missing::Part(stem) => {
            let part = address.trim_start_matches(stem.as_str()).trim();
            if part.starts_with('(') {
                format!("paragraph {stem} has no sub-paragraph {part}")
            } else {
                format!("there is no paragraph {address} here")
            }
        }
        Missing::Preamble(count) => {
            let own = address.trim_start_matches(char::is_alphabetic);
            format!("there is no preambular paragraph {own} here: there are {count}")
        }
        Missing::Struck => format!("paragraph {address} is struck out"),
    }
}

/// The annexes and sections of the draft that a reference points at and that are not there.
fn missing_parts(case: &Case<'_>, citation: &Citation) -> Vec<String> {
    let draft = &case.annotation.draft;
    let mut missing = Vec::new();
    if let Some(annex) = citation.annex.as_deref().filter(|annex| is_roman(annex)) {
        let mut annexes: Vec<&str> =
            draft.paragraphs.iter().filter_map(|p| p.annex.as_deref()).collect();
        annexes.dedup();
        // An annex that stands alone may go without its number.
        let is_there = annexes.iter().any(|own| *own == annex || !is_roman(own));
        if !is_there {
            let last = annexes.last().map(|last| format!(": the last one is {last}"));
            missing.push(format!("there is no annex {annex} here{}", last.unwrap_or_default()));
        }
    }
    let numbered: Vec<&str> = draft.headings.iter().filter_map(|own| numeral(&own.text)).collect();
    let pinpoints = citation.pinpoints.iter().filter_map(|pinpoint| match pinpoint {
        Pinpoint::Section(section) => section.strip_prefix("sect. "),
        _ => None,
    });
    // Where fewer headings are numbered, the sections are called something else.
    let pinpoints = pinpoints.filter(|own| numbered.len() > 1 && is_roman(own));
    missing.extend(pinpoints.filter(|own| !numbered.contains(own)).map(|own| {
        let last = numbered.last().copied().unwrap_or_default();
        format!("there is no section {own} here: the last one is {last}")
    }));
    missing
}

/// What shows that the draft has no such paragraph where the reference points: in the annex it stands in, or in the one
/// it names, or, where it speaks of the resolution, before all annexes.
fn missing_here(
    case: &Case<'_>,
    paragraph: &Paragraph,
    citation: &Citation,
    address: &str,
) -> Option<Missing> {
    if address.starts_with('(') {
        return missing_label(case, paragraph, citation, address)
            .filter(|_| paragraph.number.is_some());
    }
    let own = citation.annex.as_deref().or(paragraph.annex.as_deref());
    let words = citation.span.slice(&paragraph.text);
    let beside = ["above", "below", "annex"].iter().any(|word| words.ends_with(word));
    let mut scopes = vec![own];
    if own.is_some() && citation.annex.is_none() && !beside {
        scopes.push(None);
    }
    let mut shown = None;
    for scope in scopes {
        let all = case.annotation.draft.paragraphs.iter();
        let group: Vec<&Paragraph> = all.filter(|p| p.annex.as_deref() == scope).collect();
        shown = Some(missing(&group, address)?);
    }
    shown
}

/// What shows that "sub-paragraph (f) above" is not there: neither the paragraph that says it nor the one before or after
/// it has such a label.
fn missing_label(
    case: &Case<'_>,
    paragraph: &Paragraph,
    citation: &Citation,
    address: &str,
) -> Option<Missing> {
    let all = &case.annotation.draft.paragraphs;
    let at = all.iter().position(|own| std::ptr::eq(own, paragraph))?;
    let around = all.get(at.saturating_sub(1)..(at + 2).min(all.len()))?;
    let label = address.split_inclusive(')').next()?;
    let bare = label.trim_matches(['(', ')']);
    let has = |own: &Paragraph| {
        let is_own =
            |part: &Part| part.label.slice(&own.text).trim_matches(['(', ')', '.', ' ']) == bare;
        let is_elsewhere = |at: usize| {
            !std::ptr::eq(own, paragraph)
                || !citation.span.contains(Span::new(at, at + label.len()))
        };
        own.parts.iter().any(is_own)
            || own.text.match_indices(label).any(|(at, _)| is_elsewhere(at))
    };
    (!around.iter().any(has)).then(|| Missing::Part(paragraph.number.clone().unwrap_or_default()))
}

/// What became of a paragraph that a reference meant in the revision before.
enum Now {
    /// It has these numbers now.
    Called(String),
    /// It is gone.
    Gone,
}

/// What became of the paragraph that the reference meant, where the reference stayed as it was and the number did not.
fn now(
    case: &Case<'_>,
    earlier: Earlier<'_>,
    at: usize,
    citation: &Citation,
    address: &str,
) -> Option<Now> {
    let changes = &earlier.comparison.changes;
    let own = changes.iter().find(|change| change.new.contains(&at))?;
    if !stayed(own, at, citation) {
        return None;
    }
    let old = |index: &usize| earlier.draft.paragraphs.get(*index);
    let annex = own.old.first().and_then(old)?.annex.as_deref();
    let digits = address.split('(').next()?.trim();
    let meant = |paragraph: &Paragraph| paragraph.annex.as_deref() == annex;
    let before = earlier.draft.paragraphs_at(digits).into_iter().map(|(found, _)| found);
    let [before] = before.filter(|p| meant(p)).collect::<Vec<_>>()[..] else { return None };
    let index = earlier.draft.paragraphs.iter().position(|own| std::ptr::eq(own, before))?;
    let became = changes.iter().find(|change| change.old.contains(&index))?;
    let after: Vec<&Paragraph> =
        became.new.iter().filter_map(|at| case.paragraph(*at)).filter(|p| !p.is_struck()).collect();
    if after.is_empty() {
        return Some(Now::Gone);
    }
    if after.iter().any(|paragraph| paragraph.is_called(digits)) {
        return None;
    }
    let labels = address.get(digits.len()..).unwrap_or_default();
    let numbers = after.iter().filter_map(|paragraph| paragraph.number.as_deref());
    let numbers: Vec<String> = numbers.map(|number| format!("{number}{labels}")).collect();
    (!numbers.is_empty()).then(|| Now::Called(numbers.join(" and ")))
}

/// True where the words of the reference stand in both revisions.
fn stayed(change: &Change, at: usize, citation: &Citation) -> bool {
    let mut equal = change.segments.iter().filter(|segment| segment.op == Op::Equal);
    let holds =
        |place: &crate::model::Place| place.paragraph == at && place.span.contains(citation.span);
    equal.any(|segment| segment.place.as_ref().is_some_and(holds))
}
