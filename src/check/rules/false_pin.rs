//! Finds pins that do not hold: those that say "verbatim" of words that are not, or name a paragraph that has other words.
//!
//! ## Why it matters
//!
//! A pin is the author's word on where a paragraph is from. Others build on it without looking again.
//!
//! ## Example
//!
//! > 10\. We reaffirm that the rights people have offline should be protected online.
//! > `<!-- adref: A/RES/70/125 para. 9; verbatim -->`
//!
//! The agreed paragraph says "the same rights that people have offline must also be protected online".
//!
//! ## What to do
//!
//! Restore the agreed words, name the paragraph that has them, or say what is true: `; adapted` where words were
//! changed, `; cited` where only the subject is the same. A pin is written with a semicolon before that word, one pin
//! in a comment, behind the paragraph it is about.

use super::{Case, Check, Found, Settings};
use crate::check::agreed::{Beside, altered, at, place};
use crate::check::base::{Claim, names};
use crate::check::case::fetching;
use crate::check::policy::most_like;
use crate::check::quoted::differences;
use crate::check::waive::meant_as_waiver;
use crate::model::{Citation, Facts, Match, Paragraph, Pin, Severity};
use crate::text::{is_month, shared_runs};

pub(super) const CHECK: Check = Check {
    name: "false-pin",
    severity: Severity::Error,
    page: include_str!("false_pin.rs"),
    options: &[],
    within_quotations: true,
    run,
};

/// What a pin may claim.
const CLAIMS: [&str; 3] = ["verbatim", "adapted", "cited"];

/// A paragraph that shares less (0..1) of its words, in runs of three, with the one it is pinned to has other words. Texts
/// that have nothing to do with one another share up to a fifth in this way.
const OTHER: f64 = 0.25;

/// Words in a row that count as shared.
const RUN: usize = 3;

fn run(case: &Case<'_>, _: &Settings) -> Vec<Found> {
    // What was meant as a waiver is the business of `waiver`.
    let is_pin = |pin: &Pin| meant_as_waiver(pin).is_none();
    let found = case.paragraphs().flat_map(|(at, paragraph, facts)| {
        let pins = paragraph.pins.iter().zip(&facts.pinned);
        let pins = pins.filter(|(pin, _)| is_pin(pin));
        pins.flat_map(move |(pin, citations)| {
            let fault = wording(case, pin, citations)
                .or_else(|| held(case, paragraph, facts, pin, citations));
            fault.map(|fault| {
                let Fault { message, help, severity } = fault;
                let found = Found::paragraph(at, message).help(help).severity(severity).at(pin.at);
                found.about(format!("{} {}", pin.source, pin.claim.as_deref().unwrap_or_default()))
            })
        })
    });
    let before = case.annotation.draft.pins.iter();
    let before = before.filter(|pin| is_pin(pin)).map(|pin| Found {
        message: "this pin stands before the first paragraph, and pins nothing".to_owned(),
        help: Some("put it behind the paragraph that it is about".to_owned()),
        about: pin.source.clone(),
        at: pin.at,
        ..Found::default()
    });
    before.chain(found).collect()
}

struct Fault {
    message: String,
    help: String,
    severity: Severity,
}

impl Fault {
    fn error(message: String, help: impl Into<String>) -> Self {
        Self { message, help: help.into(), severity: Severity::Error }
    }
}

/// What is wrong with the pin's own words.
fn wording(case: &Case<'_>, pin: &Pin, citations: &[Citation]) -> Option<Fault> {
    if Claim::of(pin.claim.as_deref()) == Claim::Unknown {
        let claim = pin.claim.as_deref().unwrap_or_default();
        let like = most_like(claim, CLAIMS.into_iter());
        let help = like.map_or("say verbatim, adapted or cited".to_owned(), |like| {
            format!("did you mean “{like}”?")
        });
        return Some(Fault::error(
            format!("the pin says “{claim}” of its paragraph, which means nothing here"),
            help,
        ));
    }
    if citations.iter().any(|citation| citation.symbol.is_some() || citation.name.is_some()) {
        return left_over(case, pin, citations);
    }
    let message = format!("the pin names “{}”, and no document is known by that", pin.source);
    Some(Fault::error(message, "give its symbol or its name, for example: A/RES/70/125 para. 9"))
}

/// Words of a pin that are no part of a document's name or place, a claim without its semicolon among them.
fn left_over(case: &Case<'_>, pin: &Pin, citations: &[Citation]) -> Option<Fault> {
    let source = pin.source.as_str();
    let mut outside = String::new();
    let mut from = 0;
    for citation in citations {
        outside.push_str(source.get(from..citation.span.start).unwrap_or_default());
        outside.push(' ');
        from = from.max(citation.span.end);
    }
    outside.push_str(source.get(from..).unwrap_or_default());
    // A letter may name a part of a resolution, "78/80 A-B".
    let is_beside = |word: &str| {
        crate::check::words::words("in a pin").contains(&word)
            || is_month(word)
            || word.chars().count() == 1
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let words = outside.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.filter(|word| !is_beside(word)).collect();
    let first = *words.first()?;
    if words.contains(&NAME) || source.contains(';') {
        let message = "this comment has more than one pin in it".to_owned();
        return Some(Fault::error(message, "give each pin a comment of its own"));
    }
    let told = outside.find(first).and_then(|at| outside.get(at..)).unwrap_or_default();
    let told: Vec<&str> = told.split_whitespace().collect();
    let message = format!("“{}” in the pin is no part of its source", told.join(" "));
    let claim = words.iter().find(|word| CLAIMS.contains(&word.to_lowercase().as_str()));
    let place = source.find(claim.copied().unwrap_or(first)).unwrap_or(source.len());
    let place = source.get(..place).unwrap_or_default().trim_end_matches([' ', ',', ':', '-', '–']);
    let claim = claim.copied().or(pin.claim.as_deref());
    let claim = claim.map_or(String::new(), |claim| format!("; {}", claim.to_lowercase()));
    let written = case.comment(&format!("{NAME}: {place}{claim}"));
    Some(Fault::error(message, format!("write it so: {written}")))
}

/// What opens a pin.
const NAME: &str = "adref";

/// Where the paragraph and what it is pinned to part.
fn held(
    case: &Case<'_>,
    paragraph: &Paragraph,
    facts: &Facts,
    pin: &Pin,
    citations: &[Citation],
) -> Option<Fault> {
    let claim = Claim::of(pin.claim.as_deref());
    if claim == Claim::Cited {
        return None;
    }
    let known: Vec<&Citation> = citations.iter().filter(|citation| citation.resolved()).collect();
    if known.is_empty() {
        let message = format!(
            "the pin names {}, which is not in the library, so it cannot be held to its word",
            pin.source
        );
        let symbol = citations.iter().find_map(|citation| citation.symbol.as_deref());
        let help = symbol.map_or("add it with `adref references add`".to_owned(), fetching);
        return Some(Fault { message, help, severity: Severity::Note });
    }
    let faults: Vec<Fault> = known
        .iter()
        .map(|citation| departs(case, paragraph, facts, claim, citation))
        .collect::<Option<Vec<_>>>()?;
    // Of several documents in one pin, each may have some of the words: one that holds is enough.
    faults.into_iter().next()
}

/// Where the paragraph departs from the document of one citation; none where the pin holds.
fn departs(
    case: &Case<'_>,
    paragraph: &Paragraph,
    facts: &Facts,
    claim: Claim,
    citation: &Citation,
) -> Option<Fault> {
    let reference = citation.reference?;
    let entry = case.entry(reference)?;
    let text = case.text(reference)?;
    let addresses: Vec<&str> = citation.paragraphs().collect();
    let annex = citation.annex.as_deref();
    let meant: Vec<&Paragraph> = text
        .paragraphs
        .iter()
        .filter(|agreed| {
            addresses.is_empty() || addresses.iter().any(|address| names(agreed, address))
        })
        .filter(|agreed| {
            annex.is_none() || agreed.annex.is_none() || agreed.annex.as_deref() == annex
        })
        .collect();
    // A paragraph that does not exist is the business of `missing-pinpoint-target`.
    let best = meant.iter().max_by(|a, b| {
        let share = |agreed: &Paragraph| carried(case, paragraph, agreed);
        share(a).total_cmp(&share(b))
    })?;
    let share = carried(case, paragraph, best);
    let pinned = place(entry, best);
    let elsewhere = || {
        let matches = facts.marking.sources.iter().filter_map(|source| source.matched.as_ref());
        let (entry, agreed) = matches.filter_map(|matched| at(case, matched.location)).next()?;
        let place = place(entry, agreed);
        (place != pinned).then_some(place)
    };
    if share < OTHER && (claim == Claim::Verbatim || !addresses.is_empty()) {
        let named = if addresses.is_empty() { entry.citation(annex) } else { pinned.clone() };
        return Some(match elsewhere() {
            Some(place) => Fault::error(
                format!("the pin names {named}, and the words are those of {place}"),
                format!("pin the paragraph to {}", place.replace('\u{a0}', " ")),
            ),
            None => Fault::error(
                format!("the pin names {named}, and this paragraph has other words"),
                "name the paragraph that has them, or say that it is only cited: `; cited`",
            ),
        });
    }
    if claim != Claim::Verbatim || is_verbatim(case, paragraph, best) {
        return None;
    }
    let told = matched(case, facts, reference, best)
        .and_then(|matched| altered(paragraph, best, matched, Beside::default()));
    let told = told.map_or_else(
        || format!("it {}", differences(case.folding, paragraph, best)),
        |altered| format!("it {}", altered.told),
    );
    Some(Fault::error(
        format!(
            "the pin says that this paragraph is {pinned} word for word, and it is not: {told}"
        ),
        "restore the agreed words, or say `; adapted`",
    ))
}

/// Share (0..1) of the paragraph's words that stand in the agreed one, in runs of three.
fn carried(case: &Case<'_>, paragraph: &Paragraph, agreed: &Paragraph) -> f64 {
    let (own, agreed) = (keys(case, paragraph), keys(case, agreed));
    let shared: usize =
        shared_runs(&own, &agreed, RUN.min(own.len())).iter().map(|run| run.len).sum();
    shared as f64 / own.len().max(1) as f64
}

/// True where the paragraph's words stand in the agreed one without a gap.
fn is_verbatim(case: &Case<'_>, paragraph: &Paragraph, agreed: &Paragraph) -> bool {
    let (own, agreed) = (keys(case, paragraph), keys(case, agreed));
    own.is_empty() || agreed.windows(own.len()).any(|window| window == own)
}

fn keys(case: &Case<'_>, paragraph: &Paragraph) -> Vec<u64> {
    case.folding.paragraph(paragraph).iter().map(|word| word.key).collect()
}

/// What the paragraph shares with this very paragraph of a reference, where that was found to be a match.
fn matched<'c>(
    case: &Case<'c>,
    facts: &'c Facts,
    reference: usize,
    agreed: &Paragraph,
) -> Option<&'c Match> {
    let matches = facts.marking.sources.iter().filter_map(|source| source.matched.as_ref());
    matches
        .filter(|matched| matched.location.reference == reference)
        .find(|matched| at(case, matched.location).is_some_and(|(_, own)| own.text == agreed.text))
}
