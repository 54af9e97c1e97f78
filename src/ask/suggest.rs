//! A subject and a library in; agreed paragraphs on it, each once and with why, out.

use rayon::prelude::*;

use super::subject::{Looking, Subject};
use crate::model::{Held, Library, Location, Suggestion, Suggestions, When};
use crate::text::{Folding, shared_runs};

/// So many paragraphs, the best, are looked at for what they have in common.
const MOST_CANDIDATES: usize = 400;

/// What a word of the subject adds that stands in the title of the text, as a share of its worth.
const TITLE: f64 = 0.5;

/// Share (0..1) of the shorter of two paragraphs from which they say nearly the same.
const NEARLY: f64 = 0.6;

/// More suggestions than this from one text would hide the others.
const FROM_ONE_TEXT: usize = 2;

/// A paragraph of fewer words is a heading or a formula and suggests nothing.
const FEWEST_WORDS: usize = 8;

/// So many phrases say why.
const MOST_PHRASES: usize = 6;

/// A paragraph that fits.
struct Candidate {
    location: Location,
    score: f64,
    keys: Vec<u64>,
    when: When,
}

/// At most `limit` paragraphs of `library` on `subject`, without the paragraph that asks where it is one of them.
pub fn suggest(
    subject: &Subject<'_>,
    library: &Library,
    folding: &Folding,
    limit: usize,
) -> Suggestions {
    let mut groups: Vec<Vec<Candidate>> = Vec::new();
    for candidate in candidates(subject, library, folding) {
        let same = |group: &&mut Vec<Candidate>| {
            group.first().is_some_and(|first| alike(&first.keys, &candidate.keys))
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(candidate),
            None => groups.push(vec![candidate]),
        }
    }
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for mut group in groups {
        let score = group.first().map_or(0.0, |best| best.score);
        // Of what was agreed again and again, the last is the language to take up.
        group.sort_by(|a, b| {
            let known = a.when.date().is_none().cmp(&b.when.date().is_none());
            known.then(b.when.cmp(&a.when)).then(a.location.cmp(&b.location))
        });
        let mut members = group.into_iter();
        let Some(newest) = members.next() else { continue };
        let reference = newest.location.reference;
        let taken = suggestions.iter().filter(|s| s.location.reference == reference).count();
        if taken >= FROM_ONE_TEXT {
            continue;
        }
        let title = library.entries.get(reference).and_then(|e| e.text.front.title.as_deref());
        suggestions.push(Suggestion {
            location: newest.location,
            score,
            shared: phrases(subject, &newest.keys),
            titled: phrases(subject, &folding.keys(title.unwrap_or_default())),
            also: members.map(|member| member.location).collect(),
        });
        if suggestions.len() == limit {
            break;
        }
    }
    let all: Vec<u64> = subject.words.iter().map(|word| word.key).collect();
    Suggestions {
        text: subject.text.clone(),
        subject: phrases(subject, &all),
        suggestions,
        held: Held::of(library),
    }
}

/// The paragraphs that fit, the best first.
fn candidates(subject: &Subject<'_>, library: &Library, folding: &Folding) -> Vec<Candidate> {
    let entries = library.entries.par_iter().enumerate();
    let found = entries.map_init(Looking::default, |room, (reference, entry)| {
        let when = When::of(&entry.text.front);
        let title = entry.text.front.title.as_deref().unwrap_or_default();
        let mut titled: Vec<u64> = folding.keys(title);
        titled.sort_unstable();
        titled.dedup();
        let added: f64 = titled.iter().map(|key| TITLE * subject.weight(*key)).sum();
        let paragraphs = entry.text.paragraphs.iter().enumerate();
        let fitting = paragraphs.filter_map(|(paragraph, text)| {
            let location = Location { reference, paragraph };
            let keys: Vec<u64> = folding.paragraph(text).iter().map(|word| word.key).collect();
            let fit = subject.fit(&keys, room.counts());
            let fits =
                subject.may_fit(&fit) && keys.len() >= FEWEST_WORDS && text.text != subject.text;
            let score = fit.score + added;
            fits.then(|| Candidate { location, score, keys, when: when.clone() })
        });
        fitting.collect::<Vec<Candidate>>()
    });
    let mut found: Vec<Candidate> = found.flatten_iter().collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.location.cmp(&b.location)));
    found.truncate(MOST_CANDIDATES);
    found
}

/// True when two paragraphs say nearly the same.
fn alike(one: &[u64], other: &[u64]) -> bool {
    let shared: usize = shared_runs(one, other, 3).iter().map(|run| run.len).sum();
    shared as f64 >= NEARLY * one.len().min(other.len()) as f64
}

/// True when more than a space or a hyphen stands between a word and the one before it.
fn parted(subject: &Subject<'_>, at: usize) -> bool {
    let end = at.checked_sub(1).and_then(|before| subject.words.get(before)).map(|w| w.span.end);
    let between = end
        .zip(subject.words.get(at))
        .and_then(|(end, word)| subject.text.get(end..word.span.start));
    between.is_some_and(|between| between.contains([',', ';', ':', '.', '(', ')', '\n']))
}

/// Words and phrases of the subject that `keys` has, as the paragraph that asks writes them, those that tell most
/// first.
fn phrases(subject: &Subject<'_>, keys: &[u64]) -> Vec<String> {
    let mut found: Vec<(f64, Vec<u64>, String)> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let key = |at: usize| subject.words.get(at).map_or(0, |word| word.key);
    for at in 0..=subject.words.len() {
        let has =
            at < subject.words.len() && subject.weight(key(at)) > 0.0 && keys.contains(&key(at));
        let joins = open.is_some() && has && {
            let pair = [key(at - 1), key(at)];
            !parted(subject, at)
                && subject.has_pair(&pair)
                && keys.windows(2).any(|other| other == pair)
        };
        if joins {
            open = open.map(|(from, _)| (from, at + 1));
            continue;
        }
        if let Some((from, to)) = open.take() {
            let words: Vec<u64> = (from..to).map(key).collect();
            let worth = words.iter().map(|key| subject.weight(*key)).sum();
            let span = super::phrase::span_of(&subject.words, from, to - from);
            let text = span.slice(&subject.text).split_whitespace().collect::<Vec<_>>().join(" ");
            found.push((worth, words, text));
        }
        if has {
            open = Some((at, at + 1));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut told: Vec<(Vec<u64>, String)> = Vec::new();
    for (_, words, text) in found {
        // A word that a longer phrase has said need not be said again.
        let said = told.iter().any(|(known, _)| words.iter().all(|word| known.contains(word)));
        if !said {
            told.push((words, text));
        }
    }
    told.into_iter().take(MOST_PHRASES).map(|(_, text)| text).collect()
}
