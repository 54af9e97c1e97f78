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
//! Restore the words of the source, or take the quotation marks away. What is left out is shown by "…" or "\[...\]", what
//! is put in stands in square brackets: then it is no fault.

use super::{Case, Check, Found, Settings};
use crate::check::agreed::place;
use crate::check::attributed::{Attributed, attributed, is_called};
use crate::model::{Draft, Edit, Entry, Paragraph, Severity, Span};
use crate::text::{Word, shared_runs};

pub(super) const CHECK: Check = Check {
    name: "misquotation",
    severity: Severity::Error,
    page: include_str!("misquotation.rs"),
    options: &[],
    within_quotations: true,
    run,
};

/// From this share (0..1) of its words on, in runs of three, a quotation is from a paragraph, and misquotes it.
const FROM: f64 = 0.5;

/// Words in a row that tell where a quotation is from.
const RUN: usize = 3;

fn run(case: &Case<'_>, _: &Settings) -> Vec<Found> {
    let found = case.paragraphs().flat_map(|(at, paragraph, facts)| {
        let quoted = attributed(paragraph, facts).into_iter();
        quoted.filter_map(move |quoted| misquoted(case, at, paragraph, &quoted))
    });
    found.collect()
}

fn misquoted(
    case: &Case<'_>,
    at: usize,
    paragraph: &Paragraph,
    quoted: &Attributed<'_>,
) -> Option<Found> {
    let words = quoted.inside.slice(&paragraph.text);
    let reference = quoted.citation.reference?;
    let entry = case.entry(reference)?;
    let source = case.text(reference)?;
    let held = Held::of(case, &source);
    let pieces: Vec<Vec<u64>> = pieces(words).map(|piece| case.folding.keys(&piece)).collect();
    if held.has(&pieces) || is_called(case, words) {
        return None;
    }
    let keys: Vec<Word> = case.folding.words(words, &[]);
    match held.nearest(&keys, words) {
        Some(Nearest { paragraph: agreed, told }) => {
            let place = place(entry, agreed);
            let message = format!(
                "the words in quotation marks are not those of {place}: the quotation {told}"
            );
            let help = "restore the words of the source, or take the quotation marks away";
            Some(
                Found::words(at, quoted.inside, message)
                    .help(help)
                    .about(format!("{place}\n{told}")),
            )
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

/// True where all of a document is held, so that words which are not there are not in it.
fn is_whole(entry: &Entry, source: &Draft) -> bool {
    entry.is_full() && source.paragraphs.len() > 1
}

/// The stretches of a quotation that claim to be the source's own words: what stands in square brackets was put in, and
/// three points leave something out. A letter in brackets is the source's, in another case: "\[t\]he".
fn pieces(words: &str) -> impl Iterator<Item = String> {
    let mut pieces = vec![String::new()];
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let inside = if c == '[' { after.split_once(']') } else { None };
        match inside {
            Some((letter, after)) if letter.chars().count() == 1 => {
                pieces.last_mut().into_iter().for_each(|piece| piece.push_str(letter));
                rest = after;
            }
            Some((_, after)) => {
                pieces.push(String::new());
                rest = after;
            }
            None if c == '…' => {
                pieces.push(String::new());
                rest = after;
            }
            None if rest.starts_with("...") || rest.starts_with(". . .") => {
                pieces.push(String::new());
                rest = rest.trim_start_matches(['.', ' ']);
            }
            None => {
                pieces.last_mut().into_iter().for_each(|piece| piece.push(c));
                rest = after;
            }
        }
    }
    pieces.into_iter().filter(|piece| piece.contains(char::is_alphanumeric))
}

/// The words of a whole document in a row, with the paragraph of each.
struct Held<'t> {
    source: &'t Draft,
    keys: Vec<u64>,
    words: Vec<(usize, Word)>,
}

/// The agreed paragraph that a quotation is nearly from, and how it differs.
struct Nearest<'t> {
    paragraph: &'t Paragraph,
    told: String,
}

impl<'t> Held<'t> {
    fn of(case: &Case<'_>, source: &'t Draft) -> Self {
        let paragraphs = source.paragraphs.iter().enumerate();
        let words: Vec<(usize, Word)> = paragraphs
            .flat_map(|(at, paragraph)| {
                case.folding.paragraph(paragraph).into_iter().map(move |word| (at, word))
            })
            .collect();
        let keys = words.iter().map(|(_, word)| word.key).collect();
        Self { source, keys, words }
    }

    /// True where the pieces stand in the text, each without a gap, in this order.
    fn has(&self, pieces: &[Vec<u64>]) -> bool {
        let mut from = 0;
        pieces.iter().all(|piece| {
            let rest = self.keys.get(from..).unwrap_or_default();
            let found = piece.is_empty().then_some(0);
            let found = found
                .or_else(|| rest.windows(piece.len().max(1)).position(|window| window == piece));
            from += found.map_or(0, |at| at + piece.len());
            found.is_some()
        })
    }

    /// The paragraph that most words of a quotation are from, if it is half of them.
    fn nearest(&self, quoted: &[Word], text: &str) -> Option<Nearest<'t>> {
        let own: Vec<u64> = quoted.iter().map(|word| word.key).collect();
        let (at, range, shared) = self
            .paragraphs()
            .map(|(at, range)| {
                let agreed = self.keys.get(range.clone()).unwrap_or_default();
                let shared: usize = shared_runs(&own, agreed, RUN).iter().map(|run| run.len).sum();
                (at, range, shared)
            })
            .max_by_key(|(_, _, shared)| *shared)?;
        if (shared as f64) < FROM * own.len() as f64 {
            return None;
        }
        let paragraph = self.source.paragraphs.get(at)?;
        let agreed = self.words.get(range)?;
        let told = edits(quoted, text, agreed, &paragraph.text);
        Some(Nearest {
            paragraph,
            told: told.unwrap_or_else(|| "takes them in another order".to_owned()),
        })
    }

    /// Where in the row of words each paragraph stands.
    fn paragraphs(&self) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
        let mut from = 0;
        self.words.chunk_by(|(a, _), (b, _)| a == b).filter_map(move |words| {
            let range = from..from + words.len();
            from = range.end;
            Some((words.first()?.0, range))
        })
    }
}

/// So many edits are told one by one.
const MOST_TOLD: usize = 3;

/// The edits between a quotation and the stretch of the agreed paragraph that it is from, in words.
fn edits(
    quoted: &[Word],
    text: &str,
    agreed: &[(usize, Word)],
    agreed_text: &str,
) -> Option<String> {
    let own: Vec<u64> = quoted.iter().map(|word| word.key).collect();
    let theirs: Vec<u64> = agreed.iter().map(|(_, word)| word.key).collect();
    let coarse = shared_runs(&own, &theirs, RUN);
    let (first, last) = (coarse.first()?, coarse.last()?);
    // The quotation is from about as many words before its first run as it has itself, and as many behind its last.
    let from = first.b.saturating_sub(first.a);
    let to = (last.b + last.len + (own.len() - last.a - last.len)).min(theirs.len());
    let runs = shared_runs(&own, theirs.get(from..to)?, 1);
    let mut told = Vec::new();
    let mut before = (0, from);
    let ends = [(own.len(), to, 0)];
    for (a, b, len) in runs.iter().map(|run| (run.a, run.b + from, run.len)).chain(ends) {
        let new = stretch(quoted.iter(), before.0..a).slice(text).trim();
        let old =
            stretch(agreed.iter().map(|(_, word)| word), before.1..b).slice(agreed_text).trim();
        let edit = match (old.is_empty(), new.is_empty()) {
            (true, true) => None,
            (true, false) => Some(Edit::Insert),
            (false, true) => Some(Edit::Delete),
            (false, false) => Some(Edit::Replace),
        };
        // Words before the first shared one, or behind the last, are left out by every quotation.
        let outside = edit == Some(Edit::Delete) && (before.0 == 0 || a == own.len());
        told.extend(edit.filter(|_| !outside).map(|edit| edit.done(old, new)));
        before = (a + len, b + len);
    }
    let more = told.len().saturating_sub(MOST_TOLD);
    told.truncate(MOST_TOLD);
    let told = told.join(", ");
    match (told.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(told),
        (false, 1) => Some(format!("{told}, and 1 more edit")),
        (false, more) => Some(format!("{told}, and {more} more edits")),
    }
}

/// The place of some words in their text.
fn stretch<'w>(words: impl Iterator<Item = &'w Word>, range: std::ops::Range<usize>) -> Span {
    let spans: Vec<Span> =
        words.skip(range.start).take(range.len()).map(|word| word.span).collect();
    match (spans.first(), spans.last()) {
        (Some(first), Some(last)) => Span::new(first.start, last.end),
        _ => Span::default(),
    }
}
