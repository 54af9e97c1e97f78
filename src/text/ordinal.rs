//! A word in; the number that it stands for as an ordinal, "twenty-first", out.

use std::sync::LazyLock;

use super::lists::Lists;

static ORDINALS: LazyLock<Lists> =
    LazyLock::new(|| Lists::parse(include_str!("data/ordinals.txt")));

/// The number of an ordinal in words or in figures, in any case: 9 for "ninth", 21 for "twenty-first" and "21st".
pub fn ordinal(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let place = |list: &str, word: &str| ORDINALS.of(list).iter().position(|own| *own == word);
    let ten = |at: usize| (at + 2) * 10;
    let ones = || place("ones", &word).map(|at| at + 1);
    let even = || place("even tens", &word).map(ten);
    let joined = || {
        let (tens, ones) = word.split_once('-')?;
        let ones = place("ones", ones).map(|at| at + 1).filter(|ones| *ones < 10)?;
        Some(ten(place("tens", tens)?) + ones)
    };
    let figures = || {
        let ending = ["st", "nd", "rd", "th"].iter().find_map(|own| word.strip_suffix(own))?;
        ending.parse().ok()
    };
    ones().or_else(even).or_else(joined).or_else(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_figures() {
        for (word, wanted) in [
            ("first", Some(1)),
            ("Ninth", Some(9)),
            ("twentieth", Some(20)),
            ("twenty-first", Some(21)),
            ("ninety-ninth", Some(99)),
            ("121st", Some(121)),
            ("twenty-tenth", None),
            ("121", None),
            ("last", None),
            ("", None),
        ] {
            assert_eq!(ordinal(word), wanted, "{word}");
        }
    }
}
