//! The name of a word list in; the words that stand around numbers and documents out.

use std::sync::LazyLock;

use crate::text::Lists;

/// A list of `data/around.txt`.
pub(super) fn around(list: &str) -> &'static [&'static str] {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::parse(include_str!("data/around.txt")));
    LISTS.of(list)
}
