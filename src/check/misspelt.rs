//! A draft and the names of documents in; names with a misspelt word, or with another small word or number, out.

use std::collections::{HashMap, HashSet};

use super::case::Case;
use super::words::words as words_of;
use crate::model::Span;
use crate::text::{Commonness, Folding};

/// A name that is nearly that of a document.
#[derive(Clone, Debug)]
pub(super) struct Misspelt {
    pub(super) paragraph: usize,
    pub(super) span: Span,
    pub(super) written: String,
    pub(super) meant: String,
    /// True where only a small word is another one than the name has, too many or too few: people cite loosely.
    pub(super) is_loose: bool,
}

/// A name has so many words at least.
const WORDS: usize = 2;

/// In a name of fewer words than this, the wrong word must be none that United Nations texts use: the other one alone tells
/// little. And only a name of more words than this is known without one of its small words.
const SURE: usize = 3;

/// A misspelt word has so many letters at least; shorter ones become other words by one letter.
const LETTERS: usize = 5;

/// Names of the library and the lexicon of which one word is misspelt by a letter or two exchanged ones, or one small word or
/// number is another one, all others being as they should be, capitals among them. What is cited or quoted is no slip.
pub(super) fn names(case: &Case<'_>) -> Vec<Misspelt> {
    let held = case.library.entries.iter().flat_map(|entry| &entry.text.front.names);
    let all = held.map(String::as_str).chain(case.names.iter().copied());
    let names: Vec<(Vec<&str>, &str)> = all
        .map(|name| (words(name).into_iter().map(|(_, word)| word).collect::<Vec<_>>(), name))
        .filter(|(words, _)| words.len() >= WORDS)
        .collect();
    let series = series(&names);
    // A name with one wrong word keeps its first or its last one.
    let mut ends: HashMap<(bool, &str), Vec<usize>> = HashMap::new();
    for (at, (words, _)) in names.iter().enumerate() {
        for (first, word) in [(true, words.first()), (false, words.last())] {
            word.iter().for_each(|word| ends.entry((first, word)).or_default().push(at));
        }
    }
    let mut found: Vec<Misspelt> = Vec::new();
    for (at, paragraph, facts) in case.paragraphs() {
        let text = paragraph.text.as_str();
        let words = words(text);
        for (place, (_, word)) in words.iter().enumerate() {
            let from_first =
                ends.get(&(true, *word)).into_iter().flatten().map(|name| (*name, true));
            let from_last =
                ends.get(&(false, *word)).into_iter().flatten().map(|name| (*name, false));
            for (index, first) in from_first.chain(from_last) {
                let Some((name, meant)) = names.get(index) else { continue };
                // As many words as the name has, or one less or more.
                for count in [name.len(), name.len() - 1, name.len() + 1] {
                    let start = if first { Some(place) } else { (place + 1).checked_sub(count) };
                    let own = start.and_then(|start| words.get(start..start + count));
                    let Some(([opens, ..], [.., ends])) = own.zip(own) else { continue };
                    let span = Span::new(opens.0.start, ends.0.end);
                    let written = own.into_iter().flatten().map(|(_, word)| *word);
                    let written: Vec<&str> = written.collect();
                    let is_misspelt = is_slip(&written, name)
                        || has_other_number(&written, name) && !series.contains(&rest(name));
                    let lacks = lacks_small_word(&written, name);
                    let is_loose = lacks
                        || lacks_small_word(name, &written)
                        || has_other_small_word(&written, name);
                    if !is_misspelt && !is_loose || stops(span.slice(text)) > stops(meant) {
                        continue;
                    }
                    // What ends before the slip is a shorter name: "Sendai Framework for Disaster Risk Reduction | 2015–2035".
                    let same = written.iter().zip(name).take_while(|(a, b)| a == b).count();
                    let slip =
                        own.and_then(|own| own.get(same)).map_or(span.end, |own| own.0.start);
                    let citations = facts.citations.iter().map(|citation| citation.span);
                    let mut citations = citations.filter(|own| own.overlaps(span)).peekable();
                    let is_loose = is_loose && (!lacks || citations.peek().is_some());
                    let cited = citations.any(|own| own.end > slip);
                    let told =
                        found.iter().any(|other| other.paragraph == at && other.span == span);
                    if !cited && !told {
                        let (written, meant) = (span.slice(text).to_owned(), (*meant).to_owned());
                        found.push(Misspelt { paragraph: at, span, written, meant, is_loose });
                    }
                }
            }
        }
    }
    // Of names that lie within one another, the longest one is meant.
    let is_within = |own: &Misspelt, other: &Misspelt| {
        own.paragraph == other.paragraph && own.span != other.span && other.span.contains(own.span)
    };
    let all = found.clone();
    found.retain(|own| !all.iter().any(|other| is_within(own, other)));
    found
}

/// The words of a text with their places, without the punctuation around them.
fn words(text: &str) -> Vec<(Span, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '’' | '\'' | '+');
    let pieces = text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty());
    // Every piece is a slice of the text.
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    // The two years of "2015-2030" are two words, whatever the dash.
    let is_years = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let parts = pieces.flat_map(|word| {
        let parts = if is_years(word) { word.split('-') } else { word.split('\n') };
        parts.filter(|part| !part.is_empty())
    });
    parts.map(|word| (Span::new(start(word), start(word) + word.len()), word)).collect()
}

/// True where exactly one word differs, and is one letter away from the right one.
fn is_slip(written: &[&str], name: &[&str]) -> bool {
    let Some((own, right)) = only_other(written, name) else { return false };
    (name.len() >= SURE || !is_word(own))
        && right.chars().count() >= LETTERS
        && own.to_lowercase() != right.to_lowercase()
        && !are_forms(own, right)
        && one_letter_away(own, right)
}

/// True where nothing but one small word within the name is left out: "Convention on the Rights of Child".
fn lacks_small_word(written: &[&str], name: &[&str]) -> bool {
    let place = written.iter().zip(name).position(|(own, right)| own != right);
    place.is_some_and(|at| {
        let is_small = name.get(at).is_some_and(|left| words_of("within a name").contains(left));
        name.len() > SURE
            && written.len() + 1 == name.len()
            && is_small
            && written.get(at..) == name.get(at + 1..)
    })
}

/// True where nothing but one small word within the name is another one: "Pact of the Future".
fn has_other_small_word(written: &[&str], name: &[&str]) -> bool {
    let is_small = |word: &str| words_of("within a name").contains(&word);
    name.len() > SURE
        && only_other(written, name).is_some_and(|(own, right)| is_small(own) && is_small(right))
}

/// True where nothing but one number in the name is another one: "2035 Agenda for Sustainable Development".
fn has_other_number(written: &[&str], name: &[&str]) -> bool {
    name.len() > SURE
        && only_other(written, name).is_some_and(|(own, right)| {
            // Behind a longer one may stand the sign of a footnote.
            is_number(own) && is_number(right) && own.len() == right.len()
        })
}

/// The one word that differs, and the right one.
fn only_other<'w>(written: &[&'w str], name: &[&'w str]) -> Option<(&'w str, &'w str)> {
    let mut wrong = written.iter().zip(name).filter(|(own, right)| own != right);
    let (Some((own, right)), None) = (wrong.next(), wrong.next()) else { return None };
    (written.len() == name.len()).then_some((*own, *right))
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// How often a text is parted by commas and stops, over which no name goes that has none.
fn stops(text: &str) -> usize {
    text.matches([',', ';', ':', '.', '(', '\n']).count()
}

/// The words of a name without its numbers.
fn rest<'n>(name: &[&'n str]) -> Vec<&'n str> {
    name.iter().copied().filter(|word| !is_number(word)).collect()
}

/// What documents are called that differ in nothing but their numbers: "2016" and "2020 quadrennial comprehensive policy
/// review". There may be more of them than are known.
fn series<'n>(names: &[(Vec<&'n str>, &str)]) -> HashSet<Vec<&'n str>> {
    let mut first: HashMap<Vec<&str>, &[&str]> = HashMap::new();
    let mut out = HashSet::new();
    for (words, _) in names.iter().filter(|(words, _)| words.iter().any(|word| is_number(word))) {
        let other = *first.entry(rest(words)).or_insert(words);
        if other != words.as_slice() {
            out.insert(rest(words));
        }
    }
    out
}

/// True for a word that United Nations texts use often.
fn is_word(word: &str) -> bool {
    let keys = Folding::general().keys(word);
    keys.iter().all(|key| Commonness::general().knows(*key))
}

/// True for the singular and the plural of a word, "Principle" and "Principles": a name may be used loosely.
fn are_forms(a: &str, b: &str) -> bool {
    a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a)
}

/// True where one letter is put in, left out or replaced, or two neighbours are exchanged (Damerau, "A technique for
/// computer detection and correction of spelling errors", 1964).
fn one_letter_away(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let first = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = |side: &[char]| side.get(first..).unwrap_or_default().to_vec();
    let (a, b) = (rest(&a), rest(&b));
    let last = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (a.get(..a.len() - last), b.get(..b.len() - last)) {
        (Some([x, y]), Some([v, w])) => x == w && y == v,
        (Some(a), Some(b)) => a.len() <= 1 && b.len() <= 1 && a.len() + b.len() > 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_misspelt() {
        let name = ["Global", "Digital", "Compact"];
        for (written, wanted) in [
            (["Global", "Digtal", "Compact"], true),
            (["Global", "Digital", "Compcat"], true),
            (["Global", "Digital", "Compacts"], false),
            (["Global", "Digital", "Compact"], false),
            (["Global", "Digtal", "Compcat"], false),
            (["global", "Digital", "Compact"], false),
            (["Global", "Capital", "Compact"], false),
        ] {
            assert_eq!(is_slip(&written, &name), wanted, "{written:?}");
        }
        for (written, wanted) in [("Paris Agreemnt", true), ("Paris Agreements", false)] {
            let written: Vec<&str> = written.split(' ').collect();
            assert_eq!(is_slip(&written, &["Paris", "Agreement"]), wanted, "{written:?}");
        }
    }

    #[test]
    fn small_words_and_numbers_replaced() {
        for (written, name, wanted) in [
            ("Pact of the Future", "Pact for the Future", true),
            ("Pact of the Ports", "Pact for the Future", false),
            (
                "2035 Agenda for Sustainable Development",
                "2030 Agenda for Sustainable Development",
                true,
            ),
            ("Lamp Plan for Ports 2015–2035", "Lamp Plan for Ports 2015-2030", true),
            ("Lamp Plan for Ports 2025-2035", "Lamp Plan for Ports 2015-2030", false),
            ("Lamp Plan 2035", "Lamp Plan 2030", false),
        ] {
            let words = |name| words(name).into_iter().map(|(_, word)| word).collect::<Vec<_>>();
            let (written, name) = (words(written), words(name));
            let found = has_other_small_word(&written, &name) || has_other_number(&written, &name);
            assert_eq!(found, wanted, "{written:?}");
        }
    }

    #[test]
    fn small_words_left_out() {
        let name: Vec<&str> = "Convention on the Rights of the Child".split(' ').collect();
        for (written, wanted) in [
            ("Convention on the Rights of Child", true),
            ("Convention on Rights of the Child", true),
            ("Convention on the Rights of the", false),
            ("Convention the Rights of Child", false),
        ] {
            let written: Vec<&str> = written.split(' ').collect();
            assert_eq!(lacks_small_word(&written, &name), wanted, "{written:?}");
        }
    }
}
