//! The title that a draft gives to a document, and the number it cites it by, in; the documents of the library that have this
//! title out.

use super::attributed::title_of;
use super::case::Case;
use super::slip::{date_of, is_of_session};
use crate::model::{Citation, Entry, Paragraph, symbol_key};

/// The documents that have the title which a draft gives to another one.
pub(super) enum Entitled<'c> {
    /// The one that is of the date or the session of the number cited.
    Meant(&'c Entry),
    /// Others, the newest first.
    Others(Vec<&'c Entry>),
}

/// So many documents of one title are named.
const MOST_NAMED: usize = 3;

/// The documents with this title, of which none is the one that the citation names; none where the library has none.
pub(super) fn entitled<'c>(
    case: &Case<'c>,
    paragraph: &Paragraph,
    citation: &Citation,
    title: &str,
) -> Option<Entitled<'c>> {
    let keys = case.folding.keys(title);
    let symbol = symbol_key(citation.symbol.as_deref()?);
    let has_title = |entry: &&Entry| {
        let front = &entry.text.front;
        let mut names = front.title.iter().chain(&front.names);
        names.any(|name| case.folding.keys(name) == keys)
    };
    let is_other =
        |entry: &&Entry| !entry.text.front.symbols().any(|own| symbol_key(own) == symbol);
    let all = case.library.entries.iter().filter(is_other);
    let mut all: Vec<&Entry> =
        all.filter(|entry| !case.is_later(entry)).filter(has_title).collect();
    all.sort_by_key(|entry| std::cmp::Reverse(entry.text.front.adopted.as_deref()));
    let date = date_of(paragraph, citation);
    let is_dated = |entry: &Entry| {
        let adopted = entry.text.front.adopted.as_deref();
        date.as_deref().zip(adopted).is_some_and(|(date, adopted)| adopted.starts_with(date))
    };
    let one = |wanted: &dyn Fn(&Entry) -> bool| {
        let mut own = all.iter().filter(|entry| wanted(entry));
        own.next().filter(|_| own.next().is_none()).copied()
    };
    if let Some(meant) = one(&is_dated).or_else(|| one(&|entry| is_of_session(entry, &symbol))) {
        return Some(Entitled::Meant(meant));
    }
    all.truncate(MOST_NAMED);
    (!all.is_empty()).then_some(Entitled::Others(all))
}

/// The one document that was meant by a number, by the title that stands behind it in quotation marks.
pub(super) fn meant_by_title<'c>(
    case: &Case<'c>,
    paragraph: &Paragraph,
    citation: &Citation,
) -> Option<&'c Entry> {
    let title = title_of(&paragraph.text, citation)?.slice(&paragraph.text);
    match entitled(case, paragraph, citation, title)? {
        Entitled::Meant(entry) => Some(entry),
        Entitled::Others(_) => None,
    }
}
