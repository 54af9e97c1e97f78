//! A paragraph with its citations in; what it quotes, and from which document, out.

use super::case::Case;
use crate::model::{Citation, Facts, Paragraph, Span};
use crate::text::{
    Quotation, leading_date, leads_behind, leads_in, lets_speak, precedes_name, quotations,
    sentences,
};

/// Words that a paragraph puts in quotation marks and gives to a document of the library.
pub(super) struct Attributed<'c> {
    /// The words, without their marks.
    pub(super) inside: Span,
    /// The document they are given to.
    pub(super) citation: &'c Citation,
    /// True where the text gives them to it in so many words: "paragraph 72 states: “…”", "“…” (A/RES/70/125)".
    pub(super) is_direct: bool,
}

/// A shorter quotation is a name, a title or a term.
const SHORTEST: usize = 5;

/// More words than this between a source and a quotation part the two.
const BETWEEN: usize = 12;

/// The quotations of a paragraph that are given to a document which the library holds.
pub(super) fn attributed<'c>(paragraph: &Paragraph, facts: &'c Facts) -> Vec<Attributed<'c>> {
    let text = paragraph.text.as_str();
    let sentences = sentences(text);
    let found = quotations(text).into_iter().filter_map(|quoted| {
        let words = quoted.inside.slice(text).split_whitespace().count();
        let before = text.get(..quoted.span.start).unwrap_or_default();
        if words < SHORTEST || precedes_name(before) {
            return None;
        }
        let sentence = sentences.iter().find(|sentence| sentence.overlaps(quoted.span));
        let start = sentence.map_or(0, |sentence| sentence.start);
        let outside = || facts.citations.iter().filter(|c| !quoted.span.overlaps(c.span));
        let behind = |citation: &&Citation| follows(text, quoted, citation.span);
        let ahead = |citation: &&Citation| leads(text, start, citation, quoted);
        let direct = outside().find(behind).or(outside().rfind(ahead));
        let near = || {
            // A sentence that names one document gives its quotation to that one.
            let within = |citation: &&Citation| sentence.is_some_and(|s| s.overlaps(citation.span));
            let mut near = outside().filter(within);
            let first = near.next()?;
            let same = |other: &Citation| {
                (&other.symbol, &other.annex, other.reference)
                    == (&first.symbol, &first.annex, first.reference)
            };
            (near.all(same) && !is_name(quoted.inside.slice(text))).then_some(first)
        };
        let citation = direct.or_else(near)?;
        let is_direct = direct.is_some();
        citation.resolved().then_some(Attributed { inside: quoted.inside, citation, is_direct })
    });
    found.collect()
}

/// The titles that a paragraph gives to documents of the library: "resolution 70/1 of 25 September 2015, entitled “…”".
pub(super) fn titled<'c>(paragraph: &Paragraph, facts: &'c Facts) -> Vec<Attributed<'c>> {
    let text = paragraph.text.as_str();
    let found = quotations(text).into_iter().filter_map(|quoted| {
        let is_titled = |citation: &&Citation| {
            let between = text.get(citation.span.end..quoted.span.start).unwrap_or_default();
            let date = ["entitled", "titled"].iter().find_map(|word| {
                Some(between.trim_end().strip_suffix(word)?.trim_matches([' ', ',', '\u{a0}']))
            });
            // "of 16 December 2015", and nothing else.
            let is_date = |date: &str| {
                let date = date.trim_start_matches("of ");
                date.is_empty()
                    || date.split_whitespace().count() == 3 && leading_date(date).is_some()
            };
            citation.pinpoints.is_empty() && date.is_some_and(is_date)
        };
        let citation = facts.citations.iter().rfind(is_titled)?;
        citation.resolved().then_some(Attributed {
            inside: quoted.inside,
            citation,
            is_direct: true,
        })
    });
    found.collect()
}

/// True where a citation stands behind a quotation as its source: "“…” (A/RES/70/125, para. 9)", "“…”, as stated in".
fn follows(text: &str, quoted: Quotation, citation: Span) -> bool {
    let Some(between) = text.get(quoted.span.end..citation.start) else { return false };
    let opens = matches!(between.trim(), "(" | "(see" | "(See" | "[" | "," | "—" | "–" | "");
    let leads = || leads_behind(between) && between.split_whitespace().count() <= BETWEEN;
    !between.contains('\n') && (opens || !between.contains(['.', ';']) && leads())
}

/// True where a citation introduces a quotation: "paragraph 72 of the Tunis Agenda, which states that “…”", "According
/// to resolution 70/125, “…”", "paragraph 9 of resolution 70/125: “…”". The sentence begins at `start`.
fn leads(text: &str, start: usize, citation: &Citation, quoted: Quotation) -> bool {
    let Some(between) = text.get(citation.span.end..quoted.span.start) else { return false };
    if between.contains(['.', ';']) || between.split_whitespace().count() > BETWEEN {
        return false;
    }
    let opening = || text.get(start..citation.span.start).unwrap_or_default();
    let is_bare = !between.contains(char::is_alphanumeric);
    lets_speak(between)
        || between.trim_end().ends_with(':')
        || is_bare && (leads_in(opening()) || citation.paragraphs().next().is_some())
}

/// True for words that begin with capitals but for the short ones between them: a name or a title.
fn is_name(words: &str) -> bool {
    const LONG: usize = 4;
    let mut long = words.split_whitespace().filter(|word| word.chars().count() >= LONG);
    long.all(|word| !word.starts_with(char::is_lowercase))
}

/// True where the quotation is what a document of the library is called.
pub(super) fn is_called(case: &Case<'_>, words: &str) -> bool {
    let keys = case.folding.keys(words);
    case.library.entries.iter().any(|entry| {
        let front = &entry.text.front;
        let names = front.names.iter().chain(&front.title);
        names.into_iter().any(|name| case.folding.keys(name) == keys)
    })
}
