//! A paragraph in; the documents that it calls by a part of their name, "the Compact", where the draft cites them before, out.

use super::case::Case;
use crate::model::{Citation, CitationForm, Facts, Span};
use crate::text::{is_kind, is_of_kind};

/// The citations of a paragraph, and the documents that it names in short, where what stands before cites just one that is
/// called so.
pub(super) fn named(case: &Case<'_>, at: usize, facts: &Facts) -> Vec<Citation> {
    let text = case.paragraph(at).map_or("", |paragraph| paragraph.text.as_str());
    let mut cited = facts.citations.clone();
    for (span, short) in short_names(text) {
        if cited.iter().any(|citation| citation.span.overlaps(span)) {
            continue;
        }
        let is_before =
            |place: usize, own: &Citation| place < at || place == at && own.span.end <= span.start;
        let before = case.citations().take_while(|(place, ..)| *place <= at);
        let before = before.filter(|(place, _, own)| is_before(*place, own));
        let mut before = before.map(|(.., own)| own).filter(|own| is_called(case, own, &short));
        let Some(first) = before.next() else { continue };
        let is_same = |other: &Citation| {
            let has_same_text = other.reference.is_some() && other.reference == first.reference;
            other.is_same_document(first) || has_same_text && other.name == first.name
        };
        if before.all(is_same) {
            let form = CitationForm::Ibid;
            cited.push(Citation { span, form, pinpoints: Vec::new(), ..first.clone() });
        }
    }
    cited.sort_by_key(|citation| citation.span);
    cited
}

/// True where the words stand in a name of the document, in their order, and its kind, the last of them, ends what it is
/// called: "Digital Compact" for the Global Digital Compact.
fn is_called(case: &Case<'_>, citation: &Citation, short: &[&str]) -> bool {
    let entry = citation.reference.and_then(|reference| case.entry(reference));
    // An annex has another name than the resolution that it belongs to.
    let entry = entry.filter(|entry| entry.text.front.annex == citation.annex);
    let held = entry.into_iter().flat_map(|entry| {
        entry.text.front.names.iter().chain(&entry.text.front.title).map(String::as_str)
    });
    let mut names = citation.name.as_deref().into_iter().chain(held);
    names.any(|name| {
        let mut own = name.split_whitespace();
        let in_order = short.iter().all(|word| own.any(|other| other == *word));
        in_order && short.last().is_some_and(|kind| is_of_kind(name, kind))
    })
}

/// Where a text calls a document by its kind, alone or behind words that begin with capitals, "the Digital Compact", and these
/// words.
fn short_names(text: &str) -> impl Iterator<Item = (Span, Vec<&str>)> {
    let articles = ["the ", "The "].into_iter().flat_map(|article| text.match_indices(article));
    articles.filter_map(|(at, article)| {
        let start = at + article.len();
        let mut words = Vec::new();
        let mut end = start;
        loop {
            let rest = text.get(end..)?;
            let word =
                rest.get(..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()))?;
            if !word.starts_with(char::is_uppercase) {
                return None;
            }
            words.push(word);
            end += word.len();
            if is_kind(word) {
                break;
            }
            end += text.get(end..)?.strip_prefix(' ').map(|_| 1)?;
        }
        let goes_on = text.get(end..)?.trim_start();
        // "the Declaration on the Right to Development" is called by its name.
        let is_whole =
            !["of ", "on ", "for ", "against ", "to "].iter().any(|w| goes_on.starts_with(w));
        is_whole.then(|| (Span::new(start, end), words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_short() {
        let text = "The Compact and the Digital Compact, not the Compact for Ports or the compact.";
        let found: Vec<Vec<&str>> = short_names(text).map(|(_, words)| words).collect();
        assert_eq!(found, [vec!["Digital", "Compact"], vec!["Compact"]]);
    }
}
