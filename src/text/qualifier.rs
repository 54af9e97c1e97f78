//! Words in; the qualifying phrases among them ("as appropriate", "on mutually agreed terms") out.

use std::sync::OnceLock;

use super::fold::Folding;

const QUALIFIERS: &str = include_str!("data/qualifiers.txt");

/// A phrase of `data/qualifiers.txt` as keys of its words; none where any word may stand.
struct Qualifier {
    phrase: &'static str,
    keys: Vec<Option<u64>>,
}

fn all() -> &'static [Qualifier] {
    static ALL: OnceLock<Vec<Qualifier>> = OnceLock::new();
    ALL.get_or_init(|| {
        let lines = QUALIFIERS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let key = |word: &str| (word != "*").then(|| Folding::general().keys(word));
        let keys = |phrase: &str| {
            phrase
                .split(' ')
                .flat_map(|word| match key(word) {
                    Some(keys) => keys.into_iter().map(Some).collect(),
                    None => vec![None],
                })
                .collect()
        };
        let mut all: Vec<Qualifier> =
            lines.map(|phrase| Qualifier { phrase, keys: keys(phrase) }).collect();
        // Of two that begin in one place, the longer one is meant.
        all.sort_by_key(|qualifier| std::cmp::Reverse(qualifier.keys.len()));
        all
    })
}

/// The qualifying phrases in `text`, in its order, each as the list has it.
pub fn qualifiers(text: &str) -> Vec<&'static str> {
    let words = Folding::general().keys(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let stands = |qualifier: &&Qualifier| {
            rest.len() >= qualifier.keys.len()
                && qualifier
                    .keys
                    .iter()
                    .zip(rest)
                    .all(|(key, word)| key.is_none_or(|key| key == *word))
        };
        match all().iter().find(stands) {
            Some(qualifier) => {
                found.push(qualifier.phrase);
                at += qualifier.keys.len();
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_that_qualify() {
        for (text, wanted) in [
            ("to share technology on mutually agreed terms,", &["on mutually agreed terms"][..]),
            (
                "as appropriate, and, where appropriate, in accordance with their national laws",
                &["as appropriate", "where appropriate", "in accordance with their national *"],
            ),
            ("[, As Appropriate,]", &["as appropriate"]),
            ("an appropriate answer", &[]),
            ("", &[]),
        ] {
            assert_eq!(qualifiers(text), wanted, "{text}");
        }
    }
}
