//! A word of a name in; whether it says what kind of document has the name, out.

use std::sync::LazyLock;

use super::lists::Lists;

static KINDS: LazyLock<Lists> = LazyLock::new(|| Lists::parse(include_str!("data/kinds.txt")));

/// True for a word such as "Compact", with its capital, by which a document is called where it has been named before.
pub fn is_kind(word: &str) -> bool {
    KINDS.of("kinds").contains(&word)
}

/// True where a document of this name may be called "the `kind`": the name says that it is one. "Implementation of the
/// Convention" is the name of something else.
pub fn is_of_kind(name: &str, kind: &str) -> bool {
    let ends = |word: &&str| !KINDS.of("behind").contains(word);
    let own = name.split([',', ';', ':', '(']).next().unwrap_or_default();
    let own: Vec<&str> = own.split_whitespace().take_while(ends).collect();
    // "Vienna Declaration and Programme of Action" is both.
    own.split(|word| *word == "and").any(|own| own.last() == Some(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_documents() {
        assert!(
            is_kind("Compact") && !is_kind("compact") && !is_kind("Harbour") && !is_kind("# What")
        );
        assert!(is_of_kind("Global Digital Compact", "Compact"));
        assert!(is_of_kind("Convention on the Rights of the Child", "Convention"));
        assert!(is_of_kind("Vienna Declaration and Programme of Action", "Declaration"));
        for name in [
            "Implementation of the Convention",
            "Fisheries, including the 1995 Convention",
            "Conventions",
            "",
        ] {
            assert!(!is_of_kind(name, "Convention"), "{name}");
        }
    }
}
