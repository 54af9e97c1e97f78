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
//! is held against the draft where the paragraph names no document, not even one that nobody knows ("the Lisbon
//! Declaration"); what is not there is a warning then. To find references that still point at the old number after a
//! paragraph was put in or taken out, name the revision before:
//! `adref check --against OLD.md NEW.md`.

use super::{Case, Check, Found, Settings};
use crate::check::address::{Missing, listed, missing, numeral};
use crate::check::case::Earlier;
use crate::model::{
    Change, Citation, Draft, Extent, LeftOut, Omission, Op, Paragraph, Part, Pinpoint, Severity,
    Span,
};
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
    !["above", "below", "hereof", "hereto", "supra", "infra", "this ", "present", "current"]
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
            let count = if *count == 0 { "none".to_owned() } else { count.to_string() };
            format!("there is no preambular paragraph {own} here: there are {count}")
        }
        Missing::Struck => format!("paragraph {address} is struck out"),
    }
}

/// The annexes and sections of the draft that a reference points at and that are not there.
fn missing_parts(case: &Case<'_>, citation: &Citation) -> Vec<String> {
    let draft = &case.annotation.draft;
    let sections = citation.pinpoints.iter().filter_map(|pinpoint| match pinpoint {
        Pinpoint::Section(section) => Some(section.as_str()),
        _ => None,
    });
    let annex = citation.annex.as_deref().and_then(|annex| missing_annex(draft, annex));
    let sections = sections.filter_map(|section| match section {
        "annex" => is_without_annex(draft).then(|| "there is no annex here".to_owned()),
        _ => missing_section(draft, section),
    });
    annex.into_iter().chain(sections).collect()
}

fn missing_annex(draft: &Draft, annex: &str) -> Option<String> {
    let mut annexes: Vec<&str> =
        draft.paragraphs.iter().filter_map(|p| p.annex.as_deref()).collect();
    annexes.dedup();
    // An annex that stands alone may go without its number.
    let is_there = annexes.iter().any(|own| *own == annex || !is_roman(own));
    let last = annexes.last().map(|last| format!(": the last one is {last}"));
    (is_roman(annex) && !is_there)
        .then(|| format!("there is no annex {annex} here{}", last.unwrap_or_default()))
}

/// True where nothing in the draft is an annex or may be one: a table, or a file of its own.
fn is_without_annex(draft: &Draft) -> bool {
    let opens = |text: &str| text.trim_start().to_lowercase().starts_with("annex");
    let kept = |own: &LeftOut| !matches!(own.what, Omission::Table | Omission::Picture);
    draft.paragraphs.iter().all(|p| p.annex.is_none() && !opens(&p.text))
        && !draft.headings.iter().any(|heading| opens(&heading.text))
        && draft.left_out.iter().all(kept)
}

/// A section, chapter or part with a Roman number that no heading has.
fn missing_section(draft: &Draft, pinpoint: &str) -> Option<String> {
    let (word, own) = pinpoint.split_once(' ')?;
    let word = match word {
        "sect." => "section",
        "chap." => "chapter",
        "part" => "part",
        _ => return None,
    };
    let headings = draft.headings.iter().map(|heading| heading.text.as_str());
    let numbered: Vec<&str> = headings.filter_map(numeral).collect();
    // A reader may have taken a heading for a paragraph.
    let is_paragraph = |p: &Paragraph| numeral(p.number.as_deref().unwrap_or(&p.text)) == Some(own);
    if !is_roman(own) || numbered.contains(&own) || draft.paragraphs.iter().any(is_paragraph) {
        return None;
    }
    match numbered.as_slice() {
        // One heading is not many sections, whatever it is called.
        _ if draft.headings.len() <= 1 => Some(format!("there is no {word} {own} here")),
        // Where few headings are numbered, the sections are called something else.
        [] | [_] => None,
        [.., last] => Some(format!("there is no {word} {own} here: the last one is {last}")),
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
        let gone = missing(&group, address)?;
        // The number may after all be meant of another text, less likely where the paragraph has such labels.
        if is_bare(words) && address.contains('(') && !has_parts(&group, &gone) {
            return None;
        }
        shown = Some(gone);
    }
    shown
}

/// True where the sub-paragraph is what is missing, and the paragraph has others.
fn has_parts(paragraphs: &[&Paragraph], gone: &Missing) -> bool {
    let Missing::Part(stem) = gone else { return false };
    paragraphs.iter().any(|own| own.is_called(stem) && !own.parts.is_empty())
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
