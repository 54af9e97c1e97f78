//! Finds references to a paragraph, a section or an annex of the draft itself that is not there, that has another number
//! now, or that stands below where "above" is said of it.
//!
//! ## Why it matters
//!
//! Numbers move while a text is negotiated, and the words that point at them stay behind.
//!
//! ## Example
//!
//! > 25\. We will take stock of the actions in paragraph 26 of the present resolution in 2027.
//!
//! The draft ends with paragraph 25; or paragraph 26 of the revision before is now paragraph 28.
//!
//! ## What to do
//!
//! Put the number right, or take the reference out. "The ninth operative paragraph" and "the second preambular paragraph" are
//! counted, and so is "the second paragraph of the preamble"; "The General Assembly," opens the preamble and counts as none.
//! "Paragraph 3 of the annex" is there where any annex has it. A number of which nothing says what text it is of, "paragraph 46",
//! is held against the draft where the paragraph names no document, not even one that nobody knows ("the Lisbon
//! Declaration"); what is not there is a warning then. To find references that still point at the old number after a
//! paragraph was put in or taken out, name the revision before:
//! `adref check --against OLD.md NEW.md`.

use super::{Case, Check, Found, Settings};
use crate::check::address::{Missing, is_numbered, listed, missing, numeral};
use crate::check::followed::followed;
use crate::check::preamble::ordinals;
use crate::model::{
    Citation, CitationForm, Draft, Extent, LeftOut, Omission, Paragraph, Part, Pinpoint, Severity,
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
    let mut found = if whole { by_ordinal(case) } else { Vec::new() };
    for (at, paragraph, citation) in case.internal() {
        let words = citation.span.slice(&paragraph.text);
        let (mut told, stayed) = match case.earlier {
            Some(earlier) => followed(case, earlier, at, citation),
            None => (Vec::new(), citation.paragraphs().collect()),
        };
        if whole {
            let gone = stayed.iter().filter_map(|address| {
                Some((*address, missing_here(case, paragraph, citation, address)?))
            });
            let gone: Vec<(&str, Missing)> = gone.collect();
            let parts = missing_parts(case, citation);
            let here = place(citation);
            let gone = message(&gone).map(|told| told.replace(" here", &here));
            let all = gone.into_iter().chain(parts);
            told.extend(all.map(|message| (message, PUT_RIGHT.to_owned())));
        }
        told.extend(wrong_way(case, at, citation, words, &stayed));
        found.extend(told.into_iter().map(|(message, help)| {
            // How many paragraphs there are is no part of what it is known by.
            let found = Found::words(at, citation.span, message).help(help).about(words);
            // A number alone may after all be meant of another text.
            if is_bare(words) { found.severity(Severity::Warning) } else { found }
        }));
    }
    found
}

/// Where a reference says that its paragraph stands, to be put in the place of " here".
fn place(citation: &Citation) -> String {
    let is_annex = |own: &Pinpoint| matches!(own, Pinpoint::Section(own) if own == "annex");
    match &citation.annex {
        Some(annex) => format!(" in annex {annex}"),
        None if citation.pinpoints.iter().any(is_annex) => " in the annex".to_owned(),
        None => " here".to_owned(),
    }
}

const PUT_RIGHT: &str = "put the number right, or take the reference out";

/// Paragraphs that are named by an ordinal and are not there: "the tenth preambular paragraph".
fn by_ordinal(case: &Case<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, paragraph, facts) in case.paragraphs() {
        let text = paragraph.text.as_str();
        // What names a document may speak of its preamble.
        let names_none =
            facts.citations.iter().all(|citation| citation.form == CitationForm::Internal);
        for ordinal in ordinals(text) {
            let before = text.get(..ordinal.span.start).unwrap_or_default().trim_end();
            let behind = text.get(ordinal.span.end..).unwrap_or_default();
            let in_annex = behind.strip_prefix(" of the annex").filter(|rest| {
                !rest.starts_with(char::is_alphanumeric) && !rest.starts_with([' ', '\u{a0}'])
                    || is_own(rest) == Some(true)
            });
            let own = is_own(in_annex.unwrap_or(behind));
            let is_meant = before.ends_with("the") && own.unwrap_or(names_none);
            let address = ordinal.address.as_str();
            let draft = &case.annotation.draft;
            let gone = if in_annex.is_some() {
                // That "the annex to the present resolution" is not there is told already.
                gone_from_annexes(draft, address).filter(|gone| own.is_none() || gone != NO_ANNEX)
            } else {
                missing(&within(draft, None), address).map(|gone| told(address, &gone))
            };
            found.extend(gone.filter(|_| is_meant).map(|gone| {
                let words = ordinal.span.slice(text);
                let fault = Found::words(at, ordinal.span, gone).about(words);
                let severity = if own.is_some() { Severity::Error } else { Severity::Warning };
                fault.help(PUT_RIGHT).severity(severity)
            }));
        }
    }
    found
}

/// The paragraphs of an annex, or before all annexes.
fn within<'d>(draft: &'d Draft, annex: Option<&str>) -> Vec<&'d Paragraph> {
    draft.paragraphs.iter().filter(|p| p.annex.as_deref() == annex).collect()
}

/// What to say of an address that none of the annexes has.
fn gone_from_annexes(draft: &Draft, address: &str) -> Option<String> {
    let mut annexes: Vec<&str> =
        draft.paragraphs.iter().filter_map(|p| p.annex.as_deref()).collect();
    annexes.dedup();
    if annexes.is_empty() {
        return is_without_annex(draft).then(|| NO_ANNEX.to_owned());
    }
    let gone = annexes.iter().map(|annex| missing(&within(draft, Some(*annex)), address));
    let gone: Vec<Missing> = gone.collect::<Option<_>>()?;
    gone.first().map(|gone| told(address, gone).replace(" here", " in the annex"))
}

const NO_ANNEX: &str = "there is no annex here";

/// Whether the words behind a reference say that it is to the draft itself, "of the present resolution", or to another text,
/// "of that resolution"; none where they say neither.
fn is_own(behind: &str) -> Option<bool> {
    let mut words = behind.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let leads = behind.starts_with(' ');
    match (words.next().filter(|_| leads), words.next(), words.next()) {
        (Some("above"), ..) => Some(true),
        (Some("of" | "to" | "in"), Some("this"), _) => Some(true),
        (Some("of" | "to" | "in"), Some("the"), Some("present" | "current")) => Some(true),
        (Some("of" | "to" | "in" | "from" | "thereof" | "therein"), ..) => Some(false),
        _ => None,
    }
}

/// What to say of paragraphs "above" that stand below, and the other way round.
fn wrong_way(
    case: &Case<'_>,
    at: usize,
    citation: &Citation,
    words: &str,
    addresses: &[&str],
) -> Option<(String, String)> {
    let (said, meant, is_above) = match words.rsplit(char::is_whitespace).next()? {
        "above" => ("above", "below", true),
        "below" => ("below", "above", false),
        _ => return None,
    };
    let own = case.paragraph(at)?.annex.as_deref();
    let annex = citation.annex.as_deref().or(own);
    let is_scope = |p: &Paragraph| {
        p.annex.as_deref() == annex || citation.annex.is_none() && p.annex.is_none()
    };
    let is_within = case.paragraph(at)?.parts.iter().any(|part| part.span.contains(citation.span));
    let is_wrong = |address: &&&str| {
        let all = case.annotation.draft.paragraphs.iter().enumerate();
        let number = address.split('(').next().unwrap_or(address).trim();
        let mut meant = all.filter(|(_, p)| is_scope(p) && is_numbered(p, number)).peekable();
        let is_counted = address.starts_with(|c: char| c.is_ascii_digit());
        let is_own = |place: usize| place == at && !is_within && !address.contains('(');
        let stands = |(place, _): (usize, &Paragraph)| {
            is_own(place) || if is_above { place > at } else { place < at }
        };
        is_counted && meant.peek().is_some() && meant.all(stands)
    };
    let wrong: Vec<&str> = addresses.iter().filter(is_wrong).copied().collect();
    let (stand, paragraphs) = match wrong.len() {
        0 => return None,
        1 => ("stands", "paragraph"),
        _ => ("stand", "paragraphs"),
    };
    let own = case.paragraph(at)?;
    if !is_within && wrong.iter().any(|address| is_numbered(own, address)) {
        let message = format!("paragraph {} is this paragraph itself", listed(&wrong));
        return Some((message, PUT_RIGHT.to_owned()));
    }
    let message = format!("{paragraphs} {} {stand} {meant}, not {said}", listed(&wrong));
    Some((message, format!("write “{meant}”, or put the number right")))
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
            let all = match count {
                0 => "there are none".to_owned(),
                1 => "there is 1".to_owned(),
                count => format!("there are {count}"),
            };
            format!("there is no preambular paragraph {own} here: {all}")
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
        "annex" => is_without_annex(draft).then(|| NO_ANNEX.to_owned()),
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
    if citation.pinpoints.contains(&Pinpoint::Section("annex".to_owned())) {
        let all = case.annotation.draft.paragraphs.iter();
        scopes = all.filter(|p| p.annex.is_some()).map(|p| p.annex.as_deref()).collect();
        scopes.dedup();
    } else if own.is_some() && citation.annex.is_none() && !beside {
        scopes.push(None);
    }
    let mut shown: Vec<Missing> = Vec::new();
    for scope in scopes {
        let all = case.annotation.draft.paragraphs.iter();
        let group: Vec<&Paragraph> = all.filter(|p| p.annex.as_deref() == scope).collect();
        let gone = missing(&group, address)?;
        // The number may after all be meant of another text, less likely where the paragraph has such labels.
        if is_bare(words) && address.contains('(') && !has_parts(&group, &gone) {
            return None;
        }
        shown.push(gone);
    }
    let last = |gone: &Missing| match gone {
        Missing::Beyond(last, _) => last.parse().unwrap_or(0),
        _ => u32::MAX,
    };
    shown.into_iter().max_by_key(last)
}

/// True for "subparagraph (d) of the present paragraph".
fn is_of_own(words: &str) -> bool {
    ["this paragraph", "present paragraph", "current paragraph"]
        .iter()
        .any(|own| words.ends_with(own))
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
    let around = if is_of_own(citation.span.slice(&paragraph.text)) {
        let after = all.get(at + 1..).unwrap_or_default();
        let lines = after.iter().take_while(|own| own.number.is_none()).count();
        all.get(at..=at + lines)?
    } else {
        all.get(at.saturating_sub(1)..(at + 2).min(all.len()))?
    };
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
