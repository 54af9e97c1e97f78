//! Text in; the short names it introduces, "Internet Governance Forum (IGF)", and the places where one stands, out.

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

/// Short names that a text introduces: their capitals are the initials of the words before the parenthesis.
pub(super) fn introduced(text: &str) -> Vec<Introduced<'_>> {
    let opens = text.match_indices('(').filter_map(|(open, _)| {
        let inside = text.get(open + 1..)?;
        let inside = inside.get(..inside.find([')', '('])?)?;
        let short = inside.trim_matches(['“', '”', '"', '\'', '‘', '’', ' ']);
        let start = open + 1 + inside.find(short)?;
        let before = text.get(..open)?.trim_end();
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

/// The words at the end of `before` whose initials are the capitals of `short`.
fn spelled_out<'t>(before: &'t str, short: &str) -> Option<&'t str> {
    let mut letters: Vec<char> =
        short.chars().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect();
    let mut skipped = 0;
    let mut end = before.len();
    while let Some(wanted) = letters.last().copied() {
        let rest = before.get(..end)?;
        let trimmed = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        let gap = rest.get(trimmed.len()..)?;
        // A name does not go over the end of a clause.
        if gap.contains([';', ':', '.', '(', ')']) || trimmed.is_empty() {
            return None;
        }
        let start = trimmed
            .trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '’' | '\''))
            .len();
        let word = trimmed.get(start..)?;
        if word.chars().next()?.to_lowercase().next() == Some(wanted) {
            letters.pop();
            skipped = 0;
        } else if skipped < MOST_SKIPPED && letters.len() < short.chars().count() {
            skipped += 1;
        } else if skipped < MOST_SKIPPED && word.chars().all(char::is_lowercase) {
            skipped += 1;
        } else {
            return None;
        }
        end = start;
    }
    before.get(end..)
}

/// So many words in a row ("on the", "of the") may stand in a name without a letter in its short form.
const MOST_SKIPPED: usize = 2;

/// Where a short name stands as a word of its own, in the singular or the plural.
pub(super) fn uses<'t>(text: &'t str, short: &str) -> impl Iterator<Item = Span> + 't {
    let stem = short.strip_suffix('s').unwrap_or(short).to_owned();
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
            ("resolution 217 A (III) and (see above)", &[]),
            ("the Forum; Governance (IGF)", &[]),
            ("the report (OHCHR)", &[]),
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
