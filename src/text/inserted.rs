//! The number of a paragraph, or a word after it, in; whether it was put between two others, and how it is compared, out.

use std::sync::LazyLock;

use super::keys::WordSet;

/// One number a line, in each way it is written.
static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
    let lines = include_str!("data/inserted.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// No word of the list is shorter or longer.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=20;

/// True for `bis`, `ter`, `alt` and their like.
pub fn is_inserted(word: &str) -> bool {
    LENGTHS.contains(&word.len())
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && WORDS.contains(word.to_ascii_lowercase().as_str())
}

/// The Latin number before this one, `bis` before `ter`; none before `bis`, and for a word that is no Latin number.
pub(crate) fn inserted_before(word: &str) -> Option<&'static str> {
    let lines = include_str!("data/inserted.txt").lines().filter(|line| !line.starts_with('#'));
    let mut latin = lines.skip_while(|line| *line != FIRST).map(str::split_whitespace);
    let mut before: Option<&'static str> = None;
    let word = word.to_ascii_lowercase();
    latin.find_map(|mut ways| {
        let first = ways.clone().next();
        let found = ways.any(|way| way == word);
        let before = std::mem::replace(&mut before, first);
        found.then_some(before)
    })?
}

/// The Latin number that counts one put in.
const FIRST: &str = "bis";

/// A number as it is compared: `12 bis`, `12.bis`, `12-bis`, `12 (bis)` and `12BIS` are one.
pub(crate) fn comparable(number: &str) -> String {
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = String::with_capacity(number.len());
    let mut rest = number;
    while let Some(next) = rest.chars().next() {
        let letters = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
        let (piece, after) = rest.split_at(letters.max(next.len_utf8()));
        rest = after;
        if is_inserted(piece) {
            let bare = out.trim_end_matches(['.', '-', '(']).len();
            if out.len() > bare && out.ends_with('(') {
                rest = rest.strip_prefix(')').unwrap_or(rest);
            }
            out.truncate(bare);
        }
        if !next.is_whitespace() {
            out.push_str(&piece.to_lowercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_in_many_ways() {
        for way in ["12 bis", "12bis", "12.bis", "12-bis", "12 (bis)", "12(bis)", "12\u{a0}BIS"] {
            assert_eq!(comparable(way), "12bis", "{way}");
        }
        for (number, wanted) in [
            ("7.3", "7.3"),
            ("12 (b)", "12(b)"),
            ("12 (bis)(b)", "12bis(b)"),
            ("12.alt 2", "12alt2"),
            ("OP5 bis.alt", "op5bisalt"),
        ] {
            assert_eq!(comparable(number), wanted);
        }
    }

    #[test]
    fn what_comes_before() {
        for (word, wanted) in [
            ("ter", Some("bis")),
            ("Decies", Some("novies")),
            ("quattuordecies", Some("terdecies")),
            ("bis", None),
            ("alt", None),
            ("", None),
        ] {
            assert_eq!(inserted_before(word), wanted, "{word}");
        }
    }

    #[test]
    fn every_latin_number_to_twenty() {
        let latin = "bis ter quater quinquies sexies septies octies nonies decies undecies duodecies terdecies \
                     quaterdecies quindecies sexdecies septdecies octodecies novodecies vicies";
        assert!(latin.split_whitespace().all(is_inserted));
        assert!(WORDS.iter().all(|word| LENGTHS.contains(&word.len())));
        assert!(!is_inserted("") && !is_inserted("species") && !is_inserted("#"));
    }
}
