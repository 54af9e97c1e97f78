//! A source of a paragraph in; whether the author names it as the paragraph's base, and how faithfully, out.

use super::agreed::at;
use super::case::Case;
use super::held_open::named;
use super::words::words;
use crate::model::{Citation, Edit, Facts, Match, Paragraph, Source, Span};
use crate::text::retold;

/// How faithful to its source an author says a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// Word for word.
    Verbatim,
    /// With edits.
    Adapted,
    /// Its words are not taken.
    Cited,
    /// Nothing is said.
    Open,
    /// A word that says nothing here.
    Unknown,
}

impl Claim {
    /// Reads the word behind the semicolon of a pin.
    pub(super) fn of(word: Option<&str>) -> Self {
        match word.map(|word| word.trim().to_lowercase()).as_deref() {
            None | Some("") => Self::Open,
            Some("verbatim") => Self::Verbatim,
            Some("adapted") => Self::Adapted,
            Some("cited") => Self::Cited,
            Some(_) => Self::Unknown,
        }
    }
}

/// An agreed paragraph that a draft paragraph restates, and names as what it rests on.
pub(super) struct Base<'c> {
    pub(super) matched: &'c Match,
    /// What the author's pin says; none where the text itself cites the source.
    pub(super) claim: Option<Claim>,
    /// True where the text names the document in passing: it cites no paragraph of it, or cites it where the agreed text
    /// cites the one before it in their series.
    pub(super) is_loose: bool,
    /// True where the text tells of what the source did, "in which the Assembly requested …", or takes up something else that
    /// only names it: "the report on the implementation of resolution 77/330".
    pub(super) is_retold: bool,
    /// Where the text tells so of the act of the source, "in which the Assembly requested | …": the ends of the verbs that do.
    pub(super) told: Vec<usize>,
    /// The parts of the agreed paragraph that the text names, "paragraph 5 (b)"; none where it names all of it.
    pub(super) parts: Vec<Span>,
}

/// From this share (0..1) of a paragraph's words on, a source that is cited without a paragraph number is its base.
const RESTATED: f64 = 0.5;

/// The source as a base of the paragraph: its author pins the paragraph to it, or cites the very paragraph that the words
/// are from, or cites the document and restates it.
pub(super) fn base<'c>(
    case: &Case<'c>,
    paragraph: &Paragraph,
    facts: &'c Facts,
    source: &'c Source,
) -> Option<Base<'c>> {
    let matched = source.matched.as_ref()?;
    // A paragraph that was rewritten from another one restates it no more.
    if matched.kept.is_some() {
        return None;
    }
    let (_, agreed) = at(case, matched.location)?;
    let is_of = |citation: &&Citation| citation.reference == Some(matched.location.reference);
    let points = |citation: &Citation| citation.paragraphs().any(|address| names(agreed, address));
    let pins = paragraph.pins.iter().zip(&facts.pinned);
    let pinned = pins
        .filter(|(_, citations)| {
            let mut own = citations.iter().filter(is_of);
            own.any(|citation| citation.paragraphs().next().is_none() || points(citation))
        })
        .map(|(pin, _)| Claim::of(pin.claim.as_deref()))
        .next();
    if pinned.is_some() {
        let (is_loose, is_retold, told, parts) = (false, false, Vec::new(), Vec::new());
        return Some(Base { matched, claim: pinned, is_loose, is_retold, told, parts });
    }
    let cited = || facts.citations.iter().filter(is_of);
    let renews = |citation: &Citation| {
        let mut changed = matched.departures.iter().filter(|own| own.draft.overlaps(citation.span));
        changed.any(|own| match own.edit {
            Edit::Replace => is_numbered(own.agreed.slice(&agreed.text)),
            Edit::Insert => {
                is_in_row(&agreed.text, own.agreed.start) && !is_aside(&paragraph.text, citation)
            }
            Edit::Delete => false,
        })
    };
    let exact = cited().any(points);
    let loose = cited().any(|c| c.pinpoints.is_empty()) && matched.coverage >= RESTATED;
    let is_loose = cited().all(|citation| !points(citation) || renews(citation));
    (exact || loose).then(|| {
        let told = retold(&paragraph.text, &agreed.text);
        let is_retold = !told.is_empty()
            || !exact && cited().all(|citation| is_of_report(&paragraph.text, citation));
        let named = cited().flat_map(Citation::paragraphs).filter(|own| names(agreed, own));
        let own: Vec<&str> = named.collect();
        let is_whole = own.iter().any(|address| agreed.is_called(address));
        let parts = own.iter().flat_map(|address| agreed.parts_at(address).map(|part| part.span));
        let parts = if is_whole { Vec::new() } else { parts.collect() };
        Base { matched, claim: None, is_loose, is_retold, told, parts }
    })
}

/// True for a place where a text cites one document after another, "paragraph 15 of resolution 76/290 |", so that one more
/// goes on with its row.
fn is_in_row(text: &str, at: usize) -> bool {
    const NEAR: usize = 3;
    let before = text.get(..at).unwrap_or_default().split_whitespace().rev().take(NEAR);
    before.into_iter().any(is_numbered)
}

/// True for a document that is named in parentheses as the source of the words before it.
fn is_aside(text: &str, citation: &Citation) -> bool {
    text.get(..citation.span.start).is_some_and(|before| before.trim_end().ends_with(['(', '[']))
}

/// True for a document that is only named in what something else is called: "the report of … on the implementation of resolution
/// 77/330".
fn is_of_report(text: &str, citation: &Citation) -> bool {
    let before = text.get(..citation.span.start).unwrap_or_default();
    let clause = before.rsplit([',', ';', '.', ':', '(', '[']).next().unwrap_or_default();
    words("reports").iter().any(|report| named(clause, report).next().is_some())
}

/// True for words with the number of a resolution among them: 77/114.
fn is_numbered(words: &str) -> bool {
    let figures = |text: &str| text.bytes().next_back().is_some_and(|b| b.is_ascii_digit());
    words.match_indices('/').any(|(at, _)| {
        let (before, behind) = words.split_at(at);
        figures(before) && behind.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
    })
}

/// True where an address (`9`, `23(b)`) names this paragraph or one of its sub-paragraphs.
pub(super) fn names(paragraph: &Paragraph, address: &str) -> bool {
    let close = |text: &str| text.replace([' ', '(', ')'], "").to_lowercase();
    let wanted = close(address);
    paragraph.is_called(address)
        || paragraph.parts.iter().any(|part| close(&paragraph.address(Some(part))) == wanted)
}
