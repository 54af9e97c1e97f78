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
            Some(Span::new(first.start, goes_on(text, last.end)))
        }
        _ => None,
    });
    let acts = acts(text);
    names.filter(|span| is_claimed(text, &acts, *span) && !is_told(text, facts, *span)).collect()
}

/// Where a name ends that goes on behind commas, as a row with an "and" between its last words or with a word that lists
/// some of what it names: "Protocol to Prevent | , Suppress and Punish Trafficking in Persons, Especially Women and Children".
fn goes_on(text: &str, end: usize) -> usize {
    let behind = text.get(end..).unwrap_or_default();
    let Some(rest) = behind.strip_prefix(", ") else { return end };
    let piece = rest.split([',', ';', ':', '.', '(', '[', '\n']).next().unwrap_or_default();
    let all: Vec<&str> = piece.split(' ').collect();
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let is_small = |word: &&str| words("within a name").contains(word);
    // The words up to the first that no name has.
    let own: Vec<&str> =
        all.iter().copied().take_while(|word| is_capital(word) || is_small(word)).collect();
    let last = own.iter().rposition(is_capital).map_or(0, |last| last + 1);
    let own = own.get(..last).unwrap_or_default();
    let is_row = own.iter().any(|word| matches!(*word, "and" | "or"));
    let lists = own.first().is_some_and(|first| words("lists within a name").contains(first));
    let is_next = own.first().is_some_and(is_capital);
    if !is_next || !(is_row || lists || own.len() == all.len() && goes_on_further(rest, piece)) {
        return end;
    }
    goes_on(text, end + ", ".len() + own.join(" ").len())
}

/// True where the piece of a row that follows this one has its "and": ", Suppress, Punish and …".
fn goes_on_further(rest: &str, piece: &str) -> bool {
    let next = rest.get(piece.len()..).and_then(|next| next.strip_prefix(", "));
    let own = next.map(|next| next.split([',', ';']).next().unwrap_or_default());
    let mut own = own.unwrap_or_default().split(' ');
    own.next().is_some_and(|first| first.starts_with(char::is_uppercase))
        && own.next().is_some_and(|and| matches!(and, "and" | "or"))
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
