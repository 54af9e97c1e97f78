//! A paragraph with its citations in; the names of agreed documents in it that nobody knows, "the Lisbon Declaration on Lamps",
//! out.

use super::words::words;
use crate::model::{Facts, Paragraph, Span};
use crate::text::{Act, Folding, acts, is_of_kind, name_words};

/// A name has so many words at least: of two the second would only say what the document is.
const WORDS: usize = 3;

/// The names of documents that a text reaffirms and that no citation covers.
pub(super) fn unknown_names(folding: &Folding, paragraph: &Paragraph, facts: &Facts) -> Vec<Span> {
    let text = paragraph.text.as_str();
    // Nearly all texts have no such word, and this is said much quicker than which names they have.
    if !words("agreed kinds").iter().any(|kind| text.contains(kind)) {
        return Vec::new();
    }
    let all = folding.words(text, &[]);
    let named = name_words(text, &all);
    let pairs: Vec<(u32, Span)> = named.into_iter().zip(all.iter().map(|word| word.span)).collect();
    let names = pairs.chunk_by(|a, b| a.0 == b.0).filter_map(|name| match name {
        [(1.., first), .., (_, last)] if name.len() >= WORDS => {
            Some(Span::new(first.start, last.end))
        }
        _ => None,
    });
    let acts = acts(text);
    names.filter(|span| is_claimed(text, &acts, *span) && !is_told(text, facts, *span)).collect()
}

/// True for the name of a document that was agreed and that the text takes up: "Reaffirming the Lisbon Declaration on Lamps".
fn is_claimed(text: &str, acts: &[Act], span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let name = span.slice(text);
    let act = acts.iter().rfind(|act| act.span.end <= span.start);
    before.ends_with("the ")
        && words("agreed kinds").iter().any(|kind| is_of_kind(name, kind))
        && act.is_some_and(|act| act.reaffirms)
}

/// True where a citation covers the name, or its symbol, or where it stands, follows in parentheses.
fn is_told(text: &str, facts: &Facts, span: Span) -> bool {
    let behind = text.get(span.end..).unwrap_or_default();
    facts.citations.iter().any(|citation| citation.span.overlaps(span))
        || behind.trim_start().starts_with('(')
}
