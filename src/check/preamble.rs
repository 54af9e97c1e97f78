//! A text in; the paragraphs that it names by an ordinal, "the ninth preambular paragraph", "the third operative paragraph",
//! out.

use crate::model::Span;
use crate::text::ordinal;

/// A paragraph that is named by an ordinal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ordinal {
    /// Its address: `PP9` for the ninth of the preamble, `3` for the third operative one.
    pub(super) address: String,
    /// "ninth preambular paragraph"
    pub(super) span: Span,
}

/// What stands behind the ordinal, and what the address begins with then.
const NAMES: [(&str, &str); 3] = [
    (" preambular paragraph", "PP"),
    (" paragraph of the preamble", "PP"),
    (" operative paragraph", ""),
];

/// The ordinals of a text, in its order. What is announced as many, "the last two preambular paragraphs", has none.
pub(super) fn ordinals(text: &str) -> Vec<Ordinal> {
    let all = NAMES.iter().flat_map(|(name, series)| named(text, name, series));
    let mut all: Vec<Ordinal> = all.collect();
    all.sort_by_key(|own| own.span);
    all
}

fn named(text: &str, name: &str, series: &str) -> impl Iterator<Item = Ordinal> {
    text.match_indices(name).filter_map(move |(at, name)| {
        let end = at + name.len();
        let is_whole = !text.get(end..)?.starts_with(char::is_alphanumeric);
        let before = text.get(..at)?;
        let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next()?;
        let count = ordinal(word).filter(|_| is_whole)?;
        let address = format!("{series}{count}");
        Some(Ordinal { address, span: Span::new(at - word.len(), end) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_before_paragraphs() {
        let text = "the ninth preambular paragraph, the 3rd operative paragraph and the last two preambular paragraphs, the \
                    second paragraph of the preamble";
        let found = ordinals(text);
        let found: Vec<(&str, &str)> =
            found.iter().map(|own| (own.address.as_str(), own.span.slice(text))).collect();
        assert_eq!(
            found,
            [
                ("PP9", "ninth preambular paragraph"),
                ("3", "3rd operative paragraph"),
                ("PP2", "second paragraph of the preamble")
            ]
        );
    }
}
