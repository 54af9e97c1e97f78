//! The words of a heading in; its rank among headings, and the annex it opens, out.

use crate::text::is_roman;

/// What a heading makes of the text after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) enum Rank {
    /// A resolution among several in one file.
    Resolution,
    /// "Annex I"
    Annex,
    /// The title of an annex or of the whole.
    Title,
    /// "I. Sustainable development"
    Roman,
    /// "A. Domestic public resources"
    Letter,
    /// Any other.
    Plain,
    /// One set smaller.
    Small,
}

/// True when a heading is nothing but a number: `I`, `XIII.`, `A`.
pub(in crate::read) fn is_counter(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    is_roman(text) || text.len() == 1 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// The rank of a heading by its number; `letter` is that of the last lettered heading, which tells
/// the letter I from the number I.
pub(in crate::read) fn rank(text: &str, small: bool, letter: Option<char>) -> Rank {
    let first = text.split_whitespace().next().unwrap_or_default();
    let counter = first.trim_end_matches('.');
    let numbered = first.ends_with('.') || text.trim() == first;
    let mut letters = counter.chars();
    let follows = match (letters.next(), letters.next(), letter) {
        (Some(own), None, Some(last)) => own as u32 == last as u32 + 1,
        _ => false,
    };
    match () {
        () if numbered && is_roman(counter) && !follows => Rank::Roman,
        () if numbered && is_counter(counter) => Rank::Letter,
        () if small => Rank::Small,
        () => Rank::Plain,
    }
}

/// True for a heading that only counts and whose title is the next one: "Article 3", "Chapter II".
pub(in crate::read) fn is_untitled(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(word), Some(counter), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let named = word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    named && (is_counter(counter) || counter.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks() {
        for (text, letter, wanted) in [
            ("I. Sustainable development", None, Rank::Roman),
            ("I. Productive populations", Some('H'), Rank::Letter),
            ("C. Education grant", None, Rank::Letter),
            ("Objectives", None, Rank::Plain),
        ] {
            assert_eq!(rank(text, false, letter), wanted, "{text}");
        }
        assert!(is_untitled("Article 3") && is_untitled("Chapter II"));
        assert!(!is_untitled("Human rights") && !is_untitled("Article 3 applies"));
    }
}
