//! Finds documents that are cited by a symbol or a name which neither the library nor the lexicon knows, or by a number
//! and a date that do not belong together.
//!
//! ## Why it matters
//!
//! A slip of one figure cites another resolution, and the delegation that looks it up finds something else. And what a
//! document says that is not in the library cannot be checked.
//!
//! ## Example
//!
//! > Recalling its resolution 70/152 of 16 December 2015 on the outcome document of the World Summit,
//!
//! The outcome document is A/RES/70/125.
//!
//! ## What to do
//!
//! Where a likely slip is named, put it right. Resolutions are adopted in batches: one whose number is one figure away
//! and whose date is the same is named only where two figures changed places or its title stands in the text. Where the
//! document is meant and only missing, bring it into the library: `adref references fetch A/RES/70/152`, or `adref
//! references add FILE`. A document that is merely missing is a note, which does not fail a check; a likely slip, a
//! number that the organ named cannot have, and one that cannot exist yet, are warnings. Whether a number lies in the
//! future can only be told of a draft that has a date, or by the date that stands behind the number. Each document is
//! told once in a draft, where it is first cited. Reports and letters are not agreed language and need not be held. A
//! name without a number, "the Lisbon Declaration", is told where the draft reaffirms what has it, for that claims
//! agreed language; other names are looked up for slips alone: a misspelt word, another year or number, "the 2035
//! Agenda for Sustainable Development", and, as a note, another small word, "the Pact of the Future".

use std::collections::HashSet;

use super::{Case, Check, Found, Settings};
use crate::check::case::fetching;
use crate::check::entitled::meant_by_title;
use crate::check::held_open::held_open;
use crate::check::misspelt;
use crate::check::series;
use crate::check::slip::{self, Sessions};
use crate::check::unknown_name::unknown_names;
use crate::check::words::words;
use crate::model::{Citation, CitationForm, Entry, Paragraph, Severity, Span, symbol_key};
use crate::text::{Organ, date_in_words};

pub(super) const CHECK: Check = Check {
    name: "unresolved-citation",
    severity: Severity::Warning,
    page: include_str!("unresolved_citation.rs"),
    options: &[],
    within_quotations: false,
    run,
};

fn run(case: &Case<'_>, _: &Settings) -> Vec<Found> {
    let mut found: Vec<Found> = of_other_organs(case).chain(misnumbered(case)).collect();
    // A number that is wrong has a wrong date as well: one warning is enough, and says more than that nothing is held.
    let is_at = |a: &Found, b: &Found| (a.paragraph, a.span) == (b.paragraph, b.span);
    let is_note = |found: &Found| found.severity == Some(Severity::Note);
    for own in unknown(case).chain(misdated(case)).chain(mistaken(case)) {
        if found.iter().any(|other| is_at(other, &own) && !is_note(other)) {
            continue;
        }
        found.retain(|other| !is_at(other, &own));
        found.push(own);
    }
    found.extend(disordered(case));
    let misspelt = misspelt::names(case).into_iter().map(|misspelt| {
        let message = format!("“{}” is no document that is known by this name", misspelt.written);
        let found = Found::words(misspelt.paragraph, misspelt.span, message)
            .help(format!("did you mean “{}”?", misspelt.meant));
        if misspelt.is_loose { found.severity(Severity::Note) } else { found }
    });
    let misspelt: Vec<Found> = misspelt.collect();
    let names = unknown_by_name(case);
    found.extend(names.into_iter().filter(|own| {
        let overlaps = |other: &Found| other.span.zip(own.span).is_some_and(|(a, b)| a.overlaps(b));
        !misspelt.iter().any(|other| other.paragraph == own.paragraph && overlaps(other))
    }));
    found.extend(misspelt);
    found
}

/// Names of agreed documents that nobody knows, each where it first stands.
fn unknown_by_name(case: &Case<'_>) -> Vec<Found> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut found = Vec::new();
    for (at, paragraph, facts) in case.paragraphs() {
        for span in unknown_names(case.folding, paragraph, facts) {
            let name = span.slice(&paragraph.text);
            if seen.insert(name.to_lowercase()) {
                let message = format!(
                    "no document is known by the name “{name}”, so what it says is not checked"
                );
                let help = "`adref references add FILE` takes it into the library";
                found.push(Found::words(at, span, message).help(help).severity(Severity::Note));
            }
        }
    }
    found
}

/// Symbols and numbers that stand for nothing known, each where it is first cited.
fn unknown<'c>(case: &'c Case<'_>) -> impl Iterator<Item = Found> + 'c {
    let sessions = Sessions::of(case);
    let mut seen: HashSet<String> = HashSet::new();
    let unknown = case.citations().filter(|(_, _, citation)| is_unknown(citation));
    unknown.filter_map(move |(at, paragraph, citation)| {
        let symbol = citation.symbol.as_deref()?;
        let is_disordered =
            || slip::disordered(citation.span.slice(&paragraph.text)).next().is_some();
        if is_held_open(paragraph, citation) || is_disordered() || is_by_draft(paragraph, citation)
        {
            return None;
        }
        if !seen.insert(symbol_key(symbol)) {
            return None;
        }
        let told = |message: String| Found::words(at, citation.span, message).about(symbol);
        if let Some(turned) = slip::turned(case.symbols, symbol) {
            let message =
                format!("there is no {symbol}: session and number stand in another order");
            return Some(told(message).help(format!("did you mean {turned}?")));
        }
        if let Some(why) = series::impossible(symbol) {
            let found = told(format!("there is no {symbol}: {why}"));
            let meant = slip::meant(case, paragraph, citation);
            let meant = meant.or_else(|| meant_by_title(case, paragraph, citation));
            let help = meant.map_or_else(
                || "check the number and the year".to_owned(),
                |meant| format!("did you mean {}?", called(meant)),
            );
            return Some(found.help(help));
        }
        if let Some(why) = sessions.impossible(symbol) {
            let found = told(format!("there can be no {symbol} yet: {why}"));
            return Some(found.help("check the number"));
        }
        if let Some(meant) = slip::meant(case, paragraph, citation) {
            let message = format!("{symbol} is not in the library");
            return Some(told(message).help(format!("did you mean {}?", called(meant))));
        }
        if let Some(meant) = meant_by_title(case, paragraph, citation) {
            let message = format!(
                "{symbol} is not in the library, and the title behind it is that of {}",
                meant.symbol()
            );
            return Some(told(message).help(format!("did you mean {}?", meant.symbol())));
        }
        // Of the letter in "377 A (V)" the symbol says nothing.
        let written = number_as_written(paragraph, citation);
        let organ = Organ::of_symbol(symbol).map_or(String::new(), |own| format!("{} ", own.name));
        let called =
            written.map_or(symbol.to_owned(), |number| format!("{organ}resolution {number}"));
        let message = format!("{called} is not in the library, so what it says is not checked");
        // The United Nations have the documents with a symbol of their own, "A/RES/70/125", and none of other organizations.
        let help = match symbol.contains('/') {
            true => fetching(symbol),
            false => "`adref references add FILE` takes it into the library".to_owned(),
        };
        Some(told(message).help(help).severity(Severity::Note))
    })
}

/// Symbols whose parts stand in another order.
fn disordered<'c>(case: &'c Case<'_>) -> impl Iterator<Item = Found> + 'c {
    case.paragraphs().flat_map(|(at, paragraph, _)| {
        slip::disordered(&paragraph.text).map(move |(span, meant)| {
            let written = span.slice(&paragraph.text);
            let message = format!("“{written}” is no symbol of a resolution");
            Found::words(at, span, message).help(format!("did you mean {meant}?"))
        })
    })
}

/// Resolutions that are given a date which is not theirs.
fn misdated<'c>(case: &'c Case<'_>) -> impl Iterator<Item = Found> + 'c {
    let dated = case.citations().filter_map(|(at, paragraph, citation)| {
        Some((at, paragraph, citation, slip::date_of(paragraph, citation)?))
    });
    dated.filter_map(|(at, paragraph, citation, date)| {
        let symbol = citation.symbol.as_deref()?;
        let why = slip::misdated(case.symbols, citation, &date)?;
        let message = format!("{symbol} cannot be of {}: {why}", date_in_words(&date));
        let meant = || meant_by_title(case, paragraph, citation);
        let help = match slip::meant(case, paragraph, citation).or_else(meant) {
            Some(meant) => format!("did you mean {}?", called(meant)),
            None => "one of the two is a slip: check the number and the date".to_owned(),
        };
        Some(Found::words(at, citation.span, message).help(help).about(format!("{symbol} {date}")))
    })
}

/// Resolutions that are given the title of one whose number is nearly the same.
fn mistaken<'c>(case: &'c Case<'_>) -> impl Iterator<Item = Found> + 'c {
    case.citations().filter_map(|(at, paragraph, citation)| {
        let meant = slip::mistaken(case, paragraph, citation)?;
        let symbol = citation.symbol.as_deref()?;
        let message = format!("what is said of {symbol} here is the title of {}", meant.symbol());
        let found = Found::words(at, citation.span, message).about(symbol);
        Some(found.help(format!("did you mean {}?", meant.symbol())))
    })
}

/// Numbers in parentheses that are not those of the document named before them.
fn misnumbered<'c>(case: &'c Case<'_>) -> impl Iterator<Item = Found> + 'c {
    case.paragraphs().flat_map(|(at, paragraph, facts)| {
        facts.citations.iter().filter_map(move |citation| {
            let named = slip::misnumbered(paragraph, &facts.citations, citation)?;
            let (name, symbol) = (named.name.as_deref()?, named.symbol.as_deref()?);
            let message = format!("{} is not the {name}", citation.symbol.as_deref()?);
            let found = Found::words(at, citation.span, message);
            Some(found.help(format!("did you mean {symbol}?")).about(symbol))
        })
    })
}

/// Numbers that are given to an organ which counts its resolutions in another way: "Economic and Social Council resolution
/// 79/175".
fn of_other_organs<'c>(case: &'c Case<'_>) -> impl Iterator<Item = Found> + 'c {
    let numbered = case.paragraphs().flat_map(|(at, paragraph, facts)| {
        let all = facts.citations.iter().filter(|own| own.form == CitationForm::Number);
        all.map(move |citation| (at, paragraph, facts, citation))
    });
    numbered.filter_map(|(at, paragraph, facts, citation)| {
        let symbol = citation.symbol.as_deref().filter(|symbol| symbol.contains("/RES/"))?;
        let row = row(&paragraph.text, &facts.citations, citation);
        let written = row.slice(&paragraph.text);
        let before = paragraph.text.get(..row.start)?.trim_end();
        let behind = organ_behind(&paragraph.text, row.end);
        let organ = words("numbering organs").iter().find(|organ| {
            let rest = written.strip_prefix(**organ).map(str::trim_start);
            rest.is_some_and(|rest| rest.starts_with("resolution"))
                || before.ends_with(**organ)
                || behind.is_some_and(|behind| behind.starts_with(**organ))
        })?;
        let whose = Organ::of_symbol(symbol).map(|organ| organ.name)?;
        let is_other = whose != *organ && words("numbering organs").contains(&whose);
        let message = format!(
            "the {organ} has no resolution {}: this is a number of the {whose}",
            number_as_written(paragraph, citation).unwrap_or_else(|| number(symbol))
        );
        let help = "check the number, and whose resolution it is".to_owned();
        is_other.then(|| Found::words(at, citation.span, message).help(help).about(symbol))
    })
}

/// Where the row of numbers of one organ begins and ends that a number stands in: "resolutions 71/204, 71/205 and 71/206".
fn row(text: &str, citations: &[Citation], own: &Citation) -> Span {
    let whose = |of: &Citation| of.symbol.as_deref().and_then(Organ::of_symbol).map(|own| own.name);
    // Only the first number of a row has the word "resolutions" before it.
    let goes_on = |from: usize, to: usize| {
        text.get(from..to).is_some_and(|between| ROW.contains(&between.trim()))
            && text.get(to..).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
    };
    let numbers = || {
        let all = citations.iter().filter(|other| other.form == CitationForm::Number);
        all.filter(|other| whose(other) == whose(own))
    };
    let mut row = own.span;
    while let Some(next) = numbers().find(|next| goes_on(row.end, next.span.start)) {
        row.end = next.span.end;
    }
    while let Some(last) = numbers().find(|last| goes_on(last.span.end, row.start)) {
        row.start = last.span.start;
    }
    row
}

/// What stands between two numbers of a row.
const ROW: [&str; 4] = [",", "and", ", and", "or"];

/// The number of a citation as the text has it: `377 A (V)` of "resolution 377 A (V)".
fn number_as_written<'p>(paragraph: &'p Paragraph, citation: &Citation) -> Option<&'p str> {
    let symbol = citation.symbol.as_deref()?;
    let digits = number(symbol).split(|c: char| !c.is_ascii_digit()).next()?;
    let written = citation.span.slice(&paragraph.text);
    let own = written.get(written.find(digits).filter(|_| !digits.is_empty())?..)?;
    let session = symbol.ends_with(')').then(|| own.find(')')).flatten()?;
    let own = own.get(..=session)?;
    // Where the symbol says all that the text does, it is the better name.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    (letters(own) != letters(number(symbol))).then_some(own)
}

/// What begins with the organ whose resolution the text says that one is, where it says so behind the number and its date:
/// "resolution 71/204 of 19 December 2016 of the | Security Council".
fn organ_behind(text: &str, end: usize) -> Option<&str> {
    let behind = slip::undated(text.get(end..)?.trim_start());
    ["of the ", "adopted by the "].iter().find_map(|of| behind.strip_prefix(of))
}

/// `79/175` of `A/RES/79/175`.
fn number(symbol: &str) -> &str {
    symbol.split_once("/RES/").map_or(symbol, |(_, number)| number)
}

/// True for an agreed document cited by symbol or number that neither library nor lexicon knows.
fn is_unknown(citation: &Citation) -> bool {
    let numbered = matches!(citation.form, CitationForm::Symbol | CitationForm::Number);
    numbered && citation.agreed && !citation.resolved() && citation.name.is_none()
}

/// True where the number is still to come, "A/RES/80/XX": that is the business of `placeholder`.
fn is_held_open(paragraph: &Paragraph, citation: &Citation) -> bool {
    let behind = paragraph.text.get(citation.span.end..).unwrap_or_default();
    let rest = if behind.starts_with('/') { behind.split_whitespace().next() } else { None };
    let end = citation.span.end + rest.map_or(0, str::len);
    !held_open(Span::new(citation.span.start, end).slice(&paragraph.text), true).is_empty()
}

/// True where a resolution is cited by the symbol of its draft: that is the business of `superseded-source`.
fn is_by_draft(paragraph: &Paragraph, citation: &Citation) -> bool {
    citation.form == CitationForm::Symbol && citation.span.slice(&paragraph.text).contains("/L.")
}

/// `A/RES/70/125 (WSIS+10 outcome document)`
fn called(entry: &Entry) -> String {
    let (symbol, name) = (entry.symbol(), entry.name.as_str());
    if symbol == name { symbol.to_owned() } else { format!("{symbol} ({name})") }
}
