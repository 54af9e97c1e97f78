//! The word beside another one in; whether it makes a noun of that, out.

use std::sync::LazyLock;

use super::lists::Lists;

pub(super) static NOUNS: LazyLock<Lists> =
    LazyLock::new(|| Lists::parse(include_str!("data/nouns.txt")));

/// True for a word that opens a noun phrase: "the", "its".
pub fn is_determiner(word: &str) -> bool {
    NOUNS.of("determiners").contains(&word)
}

/// True for a word that stands before a noun which may be taken for a verb: "the political will".
pub(super) fn precedes_noun(word: &str) -> bool {
    is_determiner(word) || NOUNS.of("before").contains(&word)
}

/// True for a word that stands behind a noun and never behind a modal verb: "the will of".
pub(super) fn follows_noun(word: &str) -> bool {
    NOUNS.of("behind").contains(&word)
}
