//! Text in; the short names it introduces, "Internet Governance Forum (IGF)", and the places where one stands, out.

use std::collections::HashSet;

use super::words::words;
use crate::model::Span;

/// A short name put in parentheses behind the name it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Introduced<'t> {
    /// `IGF`
    pub(super) short: &'t str,
    /// Where it stands.
    pub(super) span: Span,
    /// `Internet Governance Forum`
    pub(super) full: &'t str,
}

/// A short name has so many characters at least and at most.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=12;

/// Short names that a text introduces: their capitals are the initials, or the beginnings, of the
/// words before the parenthesis.
pub(super) fn introduced(text: &str) -> Vec<Introduced<'_>> {
    let opens = text.match_indices('(').filter_map(|(open, _)| {
        let inside = text.get(open + 1..)?;
        let inside = inside.get(..inside.find([')', '('])?)?;
        let marks = ['“', '”', '"', '\'', '‘', '’', ' '];
        let leads = words("before a short name").iter();
        // The longest ones stand first.
        let led = leads.filter_map(|lead| inside.trim_matches(marks).strip_prefix(lead)).next();
        let name = led.unwrap_or(inside).trim_matches(marks);
        let start = open + 1 + inside.find(name)?;
        let before = text.get(..open)?.trim_end();
        // "Working Group on ICTs (WG on ICTs)" keeps the end of the name.
        let short = name.split(' ').next()?;
        let before = before.strip_suffix(name.get(short.len()..)?)?;
        let full = is_short(short).then(|| spelled_out(before, short)).flatten()?;
        Some(Introduced { short, span: Span::new(start, start + short.len()), full })
    });
    opens.collect()
}

/// True for a word that is written in capitals: `IGF`, `ICTs`, `GDC`, `WSIS+10`.
pub(super) fn is_short(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let small = word.chars().filter(|c| c.is_lowercase()).count();
    LENGTHS.contains(&word.len())
        && word.starts_with(char::is_uppercase)
        && capitals >= 2
        && small < capitals
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '+' | '-'))
        && !crate::text::is_roman(word)
}

/// A short name without the ending of the plural: who knows ICTs knows ICT.
pub(super) fn singular(short: &str) -> &str {
    short.strip_suffix('s').unwrap_or(short)
}

/// The name at the end of `before` that `short` stands for. What it is about may be left out of the short one: "high-level
/// political forum on sustainable development (HLPF)".
fn spelled_out<'t>(before: &'t str, short: &str) -> Option<&'t str> {
    made_of(before, short).or_else(|| {
        let cuts = words("about").iter().filter_map(|word| before.rfind(&format!(" {word} ")));
        let (name, about) = before.split_at_checked(cuts.max()?)?;
        let is_one = about.split_whitespace().count() <= MOST_ABOUT && !about.contains(CLAUSE);
        let full = made_of(name, short).filter(|_| is_one)?;
        before.get(name.len() - full.len()..)
    })
}

/// So many words at most, with the leading one, say what a name is about.
const MOST_ABOUT: usize = 5;

/// A name does not go over one of these.
const CLAUSE: [char; 5] = [';', ':', '.', '(', ')'];

/// The words at the end of `before` that `short` is made of: of initials, or of the beginnings of words.
fn made_of<'t>(before: &'t str, short: &str) -> Option<&'t str> {
    let letters: Vec<char> =
        short.chars().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect();
    let mut words: Vec<Vec<char>> = Vec::new();
    let mut end = before.len();
    while words.len() < MOST_WORDS {
        let rest = before.get(..end)?;
        let trimmed = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        let gap = rest.get(trimmed.len()..)?;
        if gap.contains(CLAUSE) || trimmed.is_empty() {
            return None;
        }
        let within = |c: char| c.is_alphanumeric() || matches!(c, '’' | '\'');
        end = trimmed.trim_end_matches(within).len();
        let word = trimmed.get(end..)?;
        words.insert(0, word.chars().take(LONGEST).flat_map(char::to_lowercase).collect());
        if words.len() > 1 && spells(&words, &letters) {
            return before.get(end..);
        }
    }
    None
}

/// No name that has a short one has more words.
const MOST_WORDS: usize = 20;

/// So many letters of a word can stand in a short name.
const LONGEST: usize = *LENGTHS.end();

/// So many words in a row ("on the", "of the") may stand in a name without a letter in its short form.
const MOST_SKIPPED: usize = 2;

/// True where the beginnings of words, of the first one and of others after it, are these letters in this order.
fn spells(words: &[Vec<char>], letters: &[char]) -> bool {
    // How many letters may be accounted for after each word, and how many words in a row had none of them.
    let mut states: HashSet<(usize, usize)> = HashSet::from([(0, 0)]);
    for word in words {
        let mut next = HashSet::new();
        for (done, skipped) in states {
            let rest = letters.get(done..).unwrap_or_default();
            let common = rest.iter().zip(word).take_while(|(a, b)| a == b).count();
            next.extend((1..=common).map(|taken| (done + taken, 0)));
            if done > 0 && skipped < MOST_SKIPPED {
                next.insert((done, skipped + 1));
            }
        }
        states = next;
    }
    states.iter().any(|(done, _)| *done == letters.len())
}

/// Where a short name stands as a word of its own, in the singular or the plural.
pub(super) fn uses<'t>(text: &'t str, short: &str) -> impl Iterator<Item = Span> + 't {
    let stem = singular(short).to_owned();
    let places: Vec<Span> = text
        .match_indices(&stem)
        .filter_map(|(at, _)| {
            let before = text.get(..at)?.chars().next_back();
            let rest = text.get(at + stem.len()..)?;
            let plural =
                rest.strip_prefix('s').filter(|rest| !rest.starts_with(char::is_alphanumeric));
            let (rest, end) = match plural {
                Some(rest) => (rest, at + stem.len() + 1),
                None => (rest, at + stem.len()),
            };
            let joins = |c: char| {
                c.is_alphanumeric() || matches!(c, '/' | '-' | '+' | '.' | '\u{2011}' | '_')
            };
            let mut after = rest.chars();
            let joined = match after.next() {
                Some('.') => after.next().is_some_and(char::is_alphanumeric),
                Some(c) => joins(c),
                None => false,
            };
            (!before.is_some_and(joins) && !joined).then(|| Span::new(at, end))
        })
        .collect();
    places.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_in_parentheses() {
        for (text, wanted) in [
            (
                "the Internet Governance Forum (IGF) and",
                &[("IGF", "Internet Governance Forum")][..],
            ),
            (
                "the World Summit on the Information Society (WSIS)",
                &[("WSIS", "World Summit on the Information Society")],
            ),
            (
                "information and communications technologies (“ICTs”)",
                &[("ICTs", "information and communications technologies")],
            ),
            (
                "the Open-Ended Working Group on ICTs (OEWG on ICTs)",
                &[("OEWG", "Open-Ended Working Group")],
            ),
            (
                "the high-level political forum on sustainable development (HLPF)",
                &[("HLPF", "high-level political forum on sustainable development")],
            ),
            ("the high-level political forum; on sustainable development (HLPF)", &[]),
            ("resolution 217 A (III) and (see above)", &[]),
            (
                "by the International Criminal Police Organization (INTERPOL)",
                &[("INTERPOL", "International Criminal Police Organization")],
            ),
            ("the Forum; Governance (IGF)", &[]),
            ("the report (OHCHR)", &[]),
            (
                "the Internet Governance Forum (hereinafter referred to as “the IGF”)",
                &[("IGF", "Internet Governance Forum")],
            ),
            ("the Internet Governance Forum (the IGF)", &[("IGF", "Internet Governance Forum")]),
        ] {
            let found = introduced(text);
            let found: Vec<_> = found.iter().map(|i| (i.short, i.full)).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn whole_words() {
        assert_eq!(uses("IGF, the IGFs, A/IGF/1, IGF+10, IGF.", "IGF").count(), 3);
    }
}
