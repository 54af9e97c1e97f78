//! Finds references to a paragraph of the draft itself that is not there, or that has another number now.
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
//! Put the number right, or take the reference out. To find references that still point at the old number after a
//! paragraph was put in or taken out, name the revision before: `adref check --against OLD.md NEW.md`.

use super::{Case, Check, Found, Settings};
use crate::check::address::{Missing, missing};
use crate::check::case::Earlier;
use crate::model::{Change, Citation, Extent, Op, Paragraph, Severity};

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
        for address in citation.paragraphs() {
            let now = case.earlier.and_then(|earlier| now(case, earlier, at, citation, address));
            let gone = || missing_here(case, paragraph, citation, address);
            let told = match (&now, whole.then(gone).flatten()) {
                (Some(Now::Called(numbers)), _) => Some((
                    format!(
                        "paragraph {address} of the revision before is now paragraph {numbers}"
                    ),
                    format!("write {numbers} for {address}, or say which paragraph is meant"),
                )),
                (Some(Now::Gone), _) => Some((
                    format!("paragraph {address} of the revision before was taken out"),
                    "take the reference out, or say which paragraph is meant".to_owned(),
                )),
                (None, Some(gone)) => Some((
                    message(address, &gone),
                    "put the number right, or take the reference out".to_owned(),
                )),
                (None, None) => None,
            };
            found.extend(told.map(|(message, help)| {
                let about = format!("{} {address}", citation.span.slice(&paragraph.text));
                Found::words(at, citation.span, message).help(help).about(about)
            }));
        }
    }
    found
}

fn message(address: &str, gone: &Missing) -> String {
    match gone {
        Missing::Beyond(last, _) => {
            format!("there is no paragraph {address} here: the last one is {last}")
        }
        Missing::Gap => format!("there is no paragraph {address} here"),
        Missing::Part(stem) => {
            format!(
                "paragraph {stem} has no sub-paragraph {}",
                address.trim_start_matches(stem).trim()
            )
        }
        Missing::Preamble(count) => {
            let own = address.trim_start_matches(char::is_alphabetic);
            format!("there is no preambular paragraph {own} here: there are {count}")
        }
        Missing::Struck => format!("paragraph {address} is struck out"),
    }
}

/// What shows that the draft has no such paragraph where the reference points: in the annex it stands in, or in the one
/// it names, or, where it speaks of the resolution, before all annexes.
fn missing_here(
    case: &Case<'_>,
    paragraph: &Paragraph,
    citation: &Citation,
    address: &str,
) -> Option<Missing> {
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
