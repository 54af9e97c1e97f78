//! Finds words in quotation marks that are given to a source which does not have them.
//!
//! ## Why it matters
//!
//! Quotation marks say: these are the agreed words. A word that was changed between them puts another text into the mouth
//! of the General Assembly.
//!
//! ## Example
//!
//! > 24\. Paragraph 9 of resolution 70/125 states that "the same rights that people have offline should be protected
//! > online".
//!
//! It says "must also be protected".
//!
//! ## What to do
//!
//! Restore the words of the source, or take the quotation marks away. What is left out is shown by "…", "\[...\]" or
//! "(...)", what is put in or changed stands in square brackets: then it is no fault, where the parts that are left
//! stand in one paragraph of the source, in their order. Neither is who speaks, "acknowledges" for "We acknowledge".
//! Quotation marks may be double or single ones, “…”, ‘…’, «…», „…“ or 「…」; an apostrophe is none. A source may stand
//! before its words, "In paragraph 9 of resolution 70/125, the Assembly decided to “…”", and one that an earlier
//! paragraph names may be called in short: "As the Compact says". In Markdown, lines behind `>` are a quotation too, of
//! the source named before or after them, or that they end with. Three or four words are held to a source where they
//! are given to one paragraph of it. Words that stand in another paragraph of the source than the one they are given to
//! are an error too. A wrong title after "entitled", or of words that are nearly the title, is a warning. So is a short
//! name, "AI", where the source has its words and the draft does not introduce it, and a quotation that only stands
//! beside the one document named, in another sentence or where a verb lets somebody else say it, "the delegation stressed that".

use super::{Case, Check, Found, Settings};
use crate::check::address::listed;
use crate::check::agreed::place;
use crate::check::attributed::{Attributed, attributed, is_called, titled};
use crate::check::base::names;
use crate::check::entitled::{Entitled, entitled};
use crate::check::introduced::{introduced, is_short, singular, uses};
use crate::check::quoted::{Held, Nearest, claimed, pieces, stand_in};
use crate::model::{Draft, Entry, Paragraph, Severity};
use crate::text::{Folding, Word, language, shared_runs};

pub(super) const CHECK: Check = Check {
    name: "misquotation",
    severity: Severity::Error,
    page: include_str!("misquotation.rs"),
    options: &[],
    within_quotations: true,
    run,
};

fn run(case: &Case<'_>, _: &Settings) -> Vec<Found> {
    let found = case.paragraphs().flat_map(|(at, paragraph, facts)| {
        let quoted = attributed(case, at).into_iter();
        let quoted = quoted.filter_map(move |quoted| misquoted(case, at, paragraph, &quoted));
        let titled = titled(paragraph, facts).into_iter();
        quoted.chain(titled.filter_map(move |titled| retitled(case, at, paragraph, &titled)))
    });
    found.collect()
}

/// A title in quotation marks that is not the one of the document it is given to.
fn retitled(
    case: &Case<'_>,
    at: usize,
    paragraph: &Paragraph,
    titled: &Attributed,
) -> Option<Found> {
    let entry = case.entry(titled.citation.reference?)?;
    let front = &entry.text.front;
    let given = titled.inside.slice(&paragraph.text);
    let title = front.title.as_deref()?;
    let keys = case.folding.keys(given);
    let mut names = front.names.iter().map(String::as_str).chain([title]);
    // The title of an annex is not that of the resolution, and one in another language says the same.
    if front.annex != titled.citation.annex
        || names.any(|name| stand_in(&case.folding.keys(name), std::slice::from_ref(&keys)))
        || speak_differently(&case.annotation.draft, &entry.text)
    {
        return None;
    }
    let message = format!("{} is not entitled “{given}”: its title is “{title}”", entry.symbol());
    let help = match entitled(case, paragraph, &titled.citation, given) {
        Some(Entitled::Meant(other)) => {
            format!("cite {}, which has this title, or put the title right", other.symbol())
        }
        Some(Entitled::Others(others)) => {
            let others: Vec<&str> = others.into_iter().map(Entry::symbol).collect();
            let has = if others.len() > 1 { "have" } else { "has" };
            format!(
                "put the title right, or check which document is meant: {} {has} this title",
                listed(&others)
            )
        }
        None => "put the title right, or check which document is meant".to_owned(),
    };
    let found = Found::words(at, titled.inside, message).help(help);
    Some(found.severity(Severity::Warning))
}

/// A title in quotation marks shares so much (0..1) of its words, two in a row, with that of the document, and has so many
/// words at least.
const LIKE: f64 = 0.6;
const TITLE: usize = 5;

/// True where a quotation has most of its words from the title of the document that it stands beside, or from a name of it.
fn is_nearly_title(case: &Case<'_>, entry: &Entry, words: &str) -> bool {
    let own = case.folding.keys(words);
    let front = &entry.text.front;
    let mut titles = front.title.iter().chain(&front.names);
    own.len() >= TITLE
        && titles.any(|title| {
            let shared = shared_runs(&own, &case.folding.keys(title), 2);
            let shared: usize = shared.iter().map(|run| run.len).sum();
            shared as f64 >= LIKE * own.len() as f64
        })
}

/// A quotation that has the source's words but for a name which it cuts short, "AI", and which the draft does not introduce.
fn shortened(
    case: &Case<'_>,
    at: usize,
    quoted: &Attributed,
    words: &str,
    entry: &Entry,
    source: &Draft,
) -> Option<Found> {
    let pieces = words.split(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '-')));
    let short = pieces.filter(|word| is_short(word)).find(|short| {
        let in_source = source.paragraphs.iter().any(|own| uses(&own.text, short).next().is_some());
        let is_introduced = || {
            case.paragraphs().take_while(|(place, ..)| *place <= at).any(|(_, own, _)| {
                let mut names = introduced(&own.text).into_iter();
                names.any(|name| singular(name.short) == singular(short))
            })
        };
        !in_source && !is_introduced()
    })?;
    let message = format!(
        "the quotation has “{short}”, and {} writes this name in full",
        entry.citation(quoted.citation.annex.as_deref())
    );
    let help = "write it as the source does, or introduce the short name before";
    Some(Found::words(at, quoted.inside, message).help(help).severity(Severity::Warning))
}

/// True for two texts in two languages, as far as their first paragraphs tell.
fn speak_differently(one: &Draft, other: &Draft) -> bool {
    let spoken = |draft: &Draft| {
        let texts = draft.paragraphs.iter().take(FIRST).map(|paragraph| paragraph.text.as_str());
        language(&texts.collect::<Vec<_>>().join("\n"))
    };
    spoken(one).zip(spoken(other)).is_some_and(|(one, other)| one != other)
}

/// So many paragraphs tell the language of a text.
const FIRST: usize = 12;

fn misquoted(
    case: &Case<'_>,
    at: usize,
    paragraph: &Paragraph,
    quoted: &Attributed,
) -> Option<Found> {
    let words = quoted.inside.slice(&paragraph.text);
    let reference = quoted.citation.reference?;
    let entry = case.entry(reference)?;
    let source = case.text(reference)?;
    let held = Held::of(case.folding, &source);
    let claimed = claimed(words);
    let folded = |folding: &Folding| -> Vec<Vec<u64>> {
        pieces(&claimed).map(|piece| folding.keys(piece)).collect()
    };
    let right_number = |held: &Held<'_>, pieces: &[Vec<u64>]| {
        let is_joined = quoted.is_direct && !words.contains('\n') && !held.has_in_one(pieces);
        let joined = || Found::words(at, quoted.inside, joined(entry)).help(ONE_PARAGRAPH);
        if pieces.len() > 1 && is_joined {
            return Some(joined().severity(Severity::Warning));
        }
        let found = misplaced(entry, held, quoted, pieces)?;
        Some(Found::words(at, quoted.inside, found).help(RIGHT_NUMBER))
    };
    let pieces = folded(case.folding);
    if held.has(&pieces) {
        let wrong = right_number(&held, &pieces);
        return wrong.or_else(|| shortened(case, at, quoted, words, entry, &source));
    }
    // A quotation may end within what counts as one word, "25 per": there it is held to the words as they are written.
    let written = Folding::plain();
    let (as_written, pieces) = (Held::of(&written, &source), folded(&written));
    if as_written.has(&pieces) {
        return right_number(&as_written, &pieces);
    }
    if is_called(case, words) {
        return None;
    }
    if is_nearly_title(case, entry, &claimed) {
        return retitled(case, at, paragraph, quoted);
    }
    let keys: Vec<Word> = case.folding.words(&claimed, &[]);
    let is_meant = |own: &Paragraph| is_meant(quoted, own);
    match held.nearest(&keys, &claimed, quoted.is_direct, is_meant) {
        Some(Nearest { told, .. }) if told.is_empty() => None,
        Some(Nearest { paragraph: agreed, told }) => {
            let place = place(entry, agreed);
            // A number that the document does not have is the business of `missing-pinpoint-target`.
            let is_there = quoted.is_direct && source.paragraphs.iter().any(is_meant);
            let is_elsewhere = is_there && agreed.number.is_some() && !is_meant(agreed);
            let (message, help) = if is_elsewhere {
                let given = given(quoted);
                (
                    format!(
                        "the words in quotation marks are not those of {given}; they are nearest to {place}, and depart from it: \
                         the quotation {told}"
                    ),
                    "restore the words of the source and put the number of the paragraph right, or take the quotation marks away",
                )
            } else {
                (
                    format!(
                        "the words in quotation marks are not those of {place}: the quotation {told}"
                    ),
                    "restore the words of the source, or take the quotation marks away",
                )
            };
            // Where the text does not say so in so many words, the quotation may be somebody else's.
            let severity = if quoted.may_be_others { Severity::Warning } else { Severity::Error };
            let found = Found::words(at, quoted.inside, message).help(help).severity(severity);
            Some(found.about(format!("{place}\n{told}")))
        }
        None if quoted.is_direct && is_whole(entry, &source) => {
            let document = entry.citation(quoted.citation.annex.as_deref());
            let message = format!("{document} has no such words");
            let help =
                "check which document the quotation is from, or take the quotation marks away";
            Some(Found::words(at, quoted.inside, message).help(help))
        }
        None => None,
    }
}

/// What to say of a quotation whose parts stand in several paragraphs.
fn joined(entry: &Entry) -> String {
    format!("the parts of this quotation stand in different paragraphs of {}", entry.symbol())
}

const ONE_PARAGRAPH: &str = "quote each paragraph by itself";

const RIGHT_NUMBER: &str = "put the number of the paragraph right";

/// What to say where the document has the words, and another paragraph than the one they are given to.
fn misplaced(
    entry: &Entry,
    held: &Held<'_>,
    quoted: &Attributed,
    pieces: &[Vec<u64>],
) -> Option<String> {
    let is_meant = |own: &Paragraph| is_meant(quoted, own);
    // A number that the document does not have is the business of `missing-pinpoint-target`.
    if !quoted.is_direct || !held.source.paragraphs.iter().any(is_meant) {
        return None;
    }
    let has =
        |range: std::ops::Range<usize>| stand_in(held.keys.get(range).unwrap_or_default(), pieces);
    let all = held.paragraphs();
    let holders = all.filter(|(_, range)| has(range.clone())).map(|(at, _)| at);
    let holders = holders.filter_map(|at| held.source.paragraphs.get(at));
    let holders: Vec<&Paragraph> = holders.collect();
    let first = *holders.first().filter(|first| first.number.is_some())?;
    // A paragraph without a number may belong to the one that is meant.
    let elsewhere = holders.iter().all(|own| own.number.is_some() && !is_meant(own));
    elsewhere
        .then(|| format!("these words stand in {}, not in {}", place(entry, first), given(quoted)))
}

/// True for a paragraph of the source that the text names as that of the quotation.
fn is_meant(quoted: &Attributed, own: &Paragraph) -> bool {
    let annex = quoted.citation.annex.as_deref();
    quoted.citation.paragraphs().any(|address| names(own, address))
        && (annex.is_none() || own.annex.is_none() || own.annex.as_deref() == annex)
}

/// The paragraphs that a quotation is given to, in words.
fn given(quoted: &Attributed) -> String {
    match quoted.citation.paragraphs().collect::<Vec<_>>().as_slice() {
        [one] => format!("paragraph {one}"),
        more => format!("paragraphs {}", listed(more)),
    }
}

/// True where all of a document is held, so that words which are not there are not in it.
fn is_whole(entry: &Entry, source: &Draft) -> bool {
    entry.is_full() && source.paragraphs.len() > 1
}
