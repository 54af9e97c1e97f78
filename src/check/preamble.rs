//! A text in; the preambular paragraphs that it names by an ordinal, "the ninth preambular paragraph", out.

use crate::model::Span;
use crate::text::ordinal;

/// A preambular paragraph that is named by an ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ordinal {
    /// Which one it is, counted from 1.
    pub(super) count: usize,
    /// "ninth preambular paragraph"
    pub(super) span: Span,
}

/// What stands behind the ordinal.
const NAME: &str = " preambular paragraph";

/// The ordinals of a text, in its order. What is announced as many, "the last two preambular paragraphs", has none.
pub(super) fn ordinals(text: &str) -> impl Iterator<Item = Ordinal> {
    text.match_indices(NAME).filter_map(move |(at, name)| {
        let end = at + name.len();
        let is_whole = !text.get(end..)?.starts_with(char::is_alphanumeric);
        let before = text.get(..at)?;
        let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next()?;
        let count = ordinal(word).filter(|_| is_whole)?;
        Some(Ordinal { count, span: Span::new(at - word.len(), end) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_before_preambular_paragraphs() {
        let text = "the ninth preambular paragraph, the 3rd preambular paragraph and the last two preambular paragraphs";
        let found: Vec<(usize, &str)> =
            ordinals(text).map(|own| (own.count, own.span.slice(text))).collect();
        assert_eq!(found, [(9, "ninth preambular paragraph"), (3, "3rd preambular paragraph")]);
    }
}
