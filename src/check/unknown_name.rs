//! A paragraph with its citations in; the names of agreed documents in it that nobody knows, "the Lisbon Declaration on Lamps",
//! out.

use super::words::words;
use crate::model::{Facts, Paragraph, Span};
use crate::text::{Act, Folding, acts, is_kind, is_of_kind, name_words};

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
    let names = names.flat_map(|span| {
        let own = parted(text, Span::new(span.start, goes_on(text, span.end)));
        own.into_iter().filter(|own| !is_short_name(own.slice(text)))
    });
    let names = names
        .filter(|span| is_claimed(text, &acts, *span) && !is_told(text, facts, *span))
        .map(|span| unbroken(text, span));
    names.filter(|span| span.slice(text).split_whitespace().count() >= WORDS).collect()
}

/// The names of two documents that stand as one, "Rome Declaration on Nutrition and the Framework for Action", each by itself.
fn parted(text: &str, span: Span) -> Vec<Span> {
    const AND: &str = " and the ";
    let all = span.slice(text);
    let is_named = |name: &str| name.split(' ').any(|word| is_kind(word) && is_of_kind(name, word));
    let cuts = all.match_indices(AND).map(|(at, _)| at);
    let mut cuts = cuts.filter(|at| {
        let rest = all.get(at + AND.len()..).unwrap_or_default();
        all.get(..*at).is_some_and(is_named) && is_named(rest)
    });
    let Some(cut) = cuts.next().map(|at| span.start + at) else { return vec![span] };
    let mut out = vec![Span::new(span.start, cut)];
    out.extend(parted(text, Span::new(cut + AND.len(), span.end)));
    out
}

/// True where a document is called in short, and what follows is no more of its name: "Treaty in the Middle East".
fn is_short_name(name: &str) -> bool {
    let mut own = name.split(' ');
    own.next().is_some_and(is_kind)
        && own.next().is_none_or(|next| words("behind a short name").contains(&next))
}

/// A name without the bracket that opens in it and does not close.
fn unbroken(text: &str, span: Span) -> Span {
    let name = span.slice(text);
    let open = name.rfind('(').filter(|at| !name.get(*at..).is_some_and(|rest| rest.contains(')')));
    let end = open.map_or(name, |at| name.get(..at).unwrap_or_default()).trim_end().len();
    Span::new(span.start, span.start + end)
}

/// Where a name ends that goes on in the same clause, "Convention on Stolen | or Illegally Exported Cultural Objects", or behind
/// commas, as a row with an "and" between its last words or with a word that lists some of what it names: "Protocol to Prevent
/// | , Suppress and Punish Trafficking in Persons, Especially Women and Children".
fn goes_on(text: &str, end: usize) -> usize {
    let behind = text.get(end..).unwrap_or_default();
    if let Some(rest) = behind.strip_prefix(' ') {
        let (own, _) = more_of_name(rest);
        return if own.is_empty() { end } else { goes_on(text, end + 1 + own.len()) };
    }
    let Some(rest) = behind.strip_prefix(", ") else { return end };
    let (own, is_all) = more_of_name(rest);
    let mut words_of = own.split(' ');
    let lists = words_of.next().is_some_and(|first| words("lists within a name").contains(&first));
    let is_next = own.starts_with(char::is_uppercase);
    let is_row = words_of.any(|word| matches!(word, "and" | "or"));
    if !is_next || !(is_row || lists || is_all && goes_on_further(rest, own)) {
        return end;
    }
    goes_on(text, end + ", ".len() + own.len())
}

/// The words that a name may go on with, up to the last one with a capital; whether nothing else stands before the next
/// comma or stop.
fn more_of_name(rest: &str) -> (&str, bool) {
    let piece = rest.split([',', ';', ':', '.', '(', '[', '\n']).next().unwrap_or_default();
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let mut at = 0;
    let mut end = 0;
    let mut before = "";
    for word in piece.split(' ') {
        let next = at + word.len();
        // "and the" leads to another one.
        if (before, word) == ("and", "the") {
            break;
        }
        before = word;
        if is_capital(word) {
            end = next;
        } else if !words("within a name").contains(&word) {
            break;
        }
        at = next + 1;
    }
    (piece.get(..end).unwrap_or_default(), end == piece.len())
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
