//! The name of a word list in; its words out.

use std::sync::LazyLock;

use crate::text::Lists;

/// A list of `data/words.txt`.
pub(super) fn words(list: &str) -> &'static [&'static str] {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::parse(include_str!("data/words.txt")));
    LISTS.of(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_there() {
        for list in ["dated", "about", "unknown", "unnumbered", "alone", "notes", "numbers"] {
            assert!(!words(list).is_empty(), "{list}");
        }
    }
}
