//! Words in; the phrases among them that qualify what is asked ("as appropriate", "at least", "endeavour to") out.

use std::sync::OnceLock;

use super::fold::Folding;
use crate::model::Span;

const QUALIFIERS: &str = include_str!("data/qualifiers.txt");

/// How a phrase qualifies what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifies {
    /// It makes it depend on something, or loosens it: "as appropriate", "on mutually agreed terms".
    Commitment,
    /// It bounds it: "at least", "no later than".
    Limit,
    /// It makes of a deed the will to it: "endeavour to".
    Attempt,
}

/// A qualifying phrase of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qualifier {
    /// The phrase as the list has it, `*` standing for any word.
    pub phrase: &'static str,
    /// How it qualifies.
    pub qualifies: Qualifies,
    /// Its words in the text.
    pub span: Span,
}

/// A phrase of `data/qualifiers.txt` as keys of its words; none where any word may stand.
struct Listed {
    phrase: &'static str,
    qualifies: Qualifies,
    keys: Vec<Option<u64>>,
}

fn all() -> &'static [Listed] {
    static ALL: OnceLock<Vec<Listed>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: Vec<Listed> = Vec::new();
        let mut qualifies = Qualifies::Commitment;
        for line in QUALIFIERS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            match line {
                "[qualifiers]" => qualifies = Qualifies::Commitment,
                "[limits]" => qualifies = Qualifies::Limit,
                "[attempts]" => qualifies = Qualifies::Attempt,
                phrase => all.push(Listed { phrase, qualifies, keys: keys(phrase) }),
            }
        }
        // Of two that begin in one place, the longer one is meant.
        all.sort_by_key(|listed| std::cmp::Reverse(listed.keys.len()));
        all
    })
}

fn keys(phrase: &str) -> Vec<Option<u64>> {
    let words = phrase.split(' ').flat_map(|word| match word {
        "*" => vec![None],
        _ => Folding::general().keys(word).into_iter().map(Some).collect(),
    });
    words.collect()
}

/// The qualifying phrases in `text`, in its order.
pub fn qualifiers(text: &str) -> Vec<Qualifier> {
    let words = Folding::general().words(text, &[]);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let stands = |listed: &&Listed| {
            let same =
                |(key, word): (&Option<u64>, &super::Word)| key.is_none_or(|key| key == word.key);
            rest.len() >= listed.keys.len() && listed.keys.iter().zip(rest).all(same)
        };
        let listed = all().iter().find(stands);
        let words = rest.get(..listed.map_or(0, |listed| listed.keys.len())).unwrap_or_default();
        if let (Some(listed), [first, .., last] | [first @ last]) = (listed, words) {
            found.push(Qualifier {
                phrase: listed.phrase,
                qualifies: listed.qualifies,
                span: Span::new(first.span.start, last.span.end),
            });
        }
        at += words.len().max(1);
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
                &["as appropriate", "where appropriate", "in accordance with their national laws"],
            ),
            ("[, As Appropriate,]", &["As Appropriate"]),
            ("at least 20, and no later than 2030", &["at least", "no later than"]),
            ("an appropriate answer", &[]),
            ("", &[]),
        ] {
            let found = qualifiers(text);
            let found: Vec<&str> = found.iter().map(|q| q.span.slice(text)).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn how_a_phrase_qualifies() {
        let text = "shall endeavour to share at least half, where possible";
        let found: Vec<Qualifies> = qualifiers(text).iter().map(|q| q.qualifies).collect();
        assert_eq!(found, [Qualifies::Attempt, Qualifies::Limit, Qualifies::Commitment]);
    }
}
