//! A paragraph with its citations in; what it quotes, and from which document, out.

use super::case::Case;
use crate::model::{Citation, Facts, Paragraph, Span};
use crate::text::{quotations, sentences};

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

/// What comes before a title, a theme or a term, and never before a quotation.
const BEFORE_NAME: [&str; 23] = [
    "entitled",
    "titled",
    "theme",
    "theme of",
    "item",
    "sub-item",
    "items",
    "sub-items",
    "called",
    "named",
    "known as",
    "term",
    "phrase",
    "heading",
    "headed",
    "motto",
    "slogan",
    "topic",
    "subtopic",
    "sub-topic",
    "report",
    "project",
    "initiative",
];

/// Verbs by which a document speaks: "which states that “…”".
const SAYS: [&str; 22] = [
    "states",
    "stated",
    "says",
    "said",
    "reads",
    "read",
    "provides",
    "provided",
    "declares",
    "declared",
    "stipulates",
    "affirms",
    "reaffirms",
    "recognizes",
    "notes",
    "mandates",
    "follows",
    "that",
    "specifies",
    "sets out",
    "namely",
    "words",
];

/// The quotations of a paragraph that are given to a document which the library holds.
pub(super) fn attributed<'c>(paragraph: &Paragraph, facts: &'c Facts) -> Vec<Attributed<'c>> {
    let text = paragraph.text.as_str();
    let sentences = sentences(text);
    let found = quotations(text).into_iter().filter_map(|quoted| {
        let words = quoted.inside.slice(text).split_whitespace().count();
        if words < SHORTEST || is_name(text, quoted.span) {
            return None;
        }
        let behind = |citation: &&Citation| follows(text, quoted.span, citation.span);
        let ahead = |citation: &&Citation| leads(text, citation.span, quoted.span);
        let direct = facts.citations.iter().find(behind).or(facts.citations.iter().rfind(ahead));
        let sentence = sentences.iter().find(|sentence| sentence.contains(quoted.span));
        let near = || {
            // A sentence that names one document gives its quotation to that one.
            let within = |citation: &&Citation| {
                sentence.is_some_and(|sentence| sentence.contains(citation.span))
                    && !quoted.span.overlaps(citation.span)
            };
            let mut near = facts.citations.iter().filter(within);
            let only = near.next().filter(|first| near.all(|other| other.symbol == first.symbol));
            only.filter(|_| is_said(text, quoted.span))
        };
        let citation = direct.or_else(near)?;
        let is_direct = direct.is_some();
        citation.resolved().then_some(Attributed { inside: quoted.inside, citation, is_direct })
    });
    found.collect()
}

/// True where the words before a quotation say that it is a title or a term.
fn is_name(text: &str, quoted: Span) -> bool {
    let before = text.get(..quoted.start).unwrap_or_default().trim_end().to_lowercase();
    BEFORE_NAME.iter().any(|word| {
        before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

/// True where the words before a quotation say that somebody's words follow: "that “…”", ": “…”".
fn is_said(text: &str, quoted: Span) -> bool {
    let before = text.get(..quoted.start).unwrap_or_default().trim_end();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    before.ends_with(':') || SAYS.contains(&last.to_lowercase().as_str())
}

/// True where a citation stands right behind a quotation: "“…” (A/RES/70/125, para. 9)".
fn follows(text: &str, quoted: Span, citation: Span) -> bool {
    let between = text.get(quoted.end..citation.start);
    between.is_some_and(|between| {
        let opens = between.trim();
        matches!(opens, "(" | "(see" | "(See" | "[" | "," | "—" | "–" | "")
            && !between.contains('\n')
    })
}

/// True where a citation introduces a quotation: "paragraph 72 of the Tunis Agenda, which states that “…”".
fn leads(text: &str, citation: Span, quoted: Span) -> bool {
    let Some(between) = text.get(citation.end..quoted.start) else { return false };
    let words: Vec<&str> = between.split_whitespace().collect();
    let bare = |word: &&str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let says = words.iter().any(|word| SAYS.contains(&bare(word).as_str()));
    let colon = between.trim_end().ends_with(':');
    words.len() <= 8 && (says || colon) && !between.contains(['.', ';'])
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
