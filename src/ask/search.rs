//! A phrase and a library in; every paragraph that has it, exact or near, out.

use rayon::prelude::*;

use super::apart::Text;
use super::passage::Pair;
use super::phrase::{Aligned, Phrase, Room, Standing, span_of};
use crate::model::{
    Entry, Found, Held, Library, Location, Paragraph, Passage, Refusal, Scope, Search, When,
};
use crate::text::{Folding, Shared};

/// Which end of time comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest agreed.
    #[default]
    Last,
    /// The first agreed.
    First,
}

/// Searches `library` for the words of `phrase`: exact ones first, in the order asked for, then near ones, the closest
/// first and in that order among equals.
pub fn search(
    phrase: &Phrase,
    library: &Library,
    folding: &Folding,
    scope: &Scope,
    order: Order,
) -> Search {
    let admitted = |entry: &&Entry| scope.admits(entry);
    let mut answer = Search {
        query: phrase.text.clone(),
        found: Vec::new(),
        refused: refused(phrase),
        searched: library.entries.iter().filter(admitted).count(),
        undated: library.entries.iter().filter(|entry| scope.loses(entry)).count(),
        held: Held::of(library),
    };
    if answer.refused.is_some() {
        return answer;
    }
    let entries = library.entries.par_iter().enumerate().filter(|(_, entry)| scope.admits(entry));
    let found = entries.map_init(Room::default, |room, (reference, entry)| {
        let paragraphs = entry.text.paragraphs.iter().enumerate();
        let found = paragraphs.filter_map(|(paragraph, text)| {
            let (exact, passages) = passages(phrase, text, folding, room)?;
            Some(Found { location: Location { reference, paragraph }, exact, passages })
        });
        found.collect::<Vec<Found>>()
    });
    answer.found = found.flatten_iter().collect();
    let mut dated: Vec<(When, Found)> = answer
        .found
        .into_iter()
        .filter_map(|found| {
            let entry = library.entries.get(found.location.reference)?;
            Some((When::of(&entry.text.front), found))
        })
        .collect();
    dated.sort_by(|(when, a), (other, b)| {
        let time = when.cmp(other);
        // What has no date comes last either way.
        let known = when.date().is_none().cmp(&other.date().is_none());
        let time = if order == Order::First { time } else { known.then(time.reverse()) };
        let closer = percent(b).cmp(&percent(a));
        b.exact.cmp(&a.exact).then(closer).then(time).then(a.location.cmp(&b.location))
    });
    answer.found = dated.into_iter().map(|(_, found)| found).collect();
    answer
}

/// How close a paragraph comes, in whole per cent: what parts two paragraphs less is no difference to a reader.
fn percent(found: &Found) -> u32 {
    let closest = found.passages.iter().map(|passage| passage.closeness).fold(0.0, f64::max);
    (100.0 * closest).round() as u32
}

/// Why these words cannot be searched for.
pub(super) fn refused(phrase: &Phrase) -> Option<Refusal> {
    if phrase.is_empty() {
        return Some(Refusal::NoWord);
    }
    phrase.is_common().then_some(Refusal::TooCommon)
}

/// Where a paragraph has the phrase, and whether it has it in a row.
fn passages(
    phrase: &Phrase,
    paragraph: &Paragraph,
    folding: &Folding,
    room: &mut Room,
) -> Option<(bool, Vec<Passage>)> {
    let words = folding.paragraph(paragraph);
    let keys: Vec<u64> = words.iter().map(|word| word.key).collect();
    let whole = |at: usize| {
        let span = span_of(&words, at, phrase.len());
        Passage { span, shared: vec![span], share: 1.0, closeness: 1.0, changes: Vec::new() }
    };
    let text = Text { text: &paragraph.text, words: &words, keys: &keys };
    match phrase.stands(text, room)? {
        Standing::Exact(places) => Some((true, places.into_iter().map(whole).collect())),
        Standing::Near(near) => Some((false, vec![passage(phrase, text, &near)?])),
    }
}

/// Where a text nearly has the phrase, and how it differs.
fn passage(phrase: &Phrase, text: Text<'_>, near: &Aligned) -> Option<Passage> {
    let (first, last) = (near.runs.first()?, near.runs.last()?);
    let end = last.b + last.len;
    let pair = Pair { agreed: (text.text, text.words), draft: (&phrase.text, &phrase.words) };
    // A misspelt word is shown as the one looked for, and told as a change.
    let same = near.runs.iter().filter(|run| near.misspelt != Some(run.a)).copied();
    let same: Vec<Shared> = same.collect();
    let mut shared: Vec<(usize, usize)> = Vec::new();
    for run in &near.runs {
        match shared.last_mut() {
            Some((from, len)) if *from + *len == run.b => *len += run.len,
            _ => shared.push((run.b, run.len)),
        }
    }
    Some(Passage {
        span: span_of(text.words, first.b, end - first.b),
        shared: shared.into_iter().map(|(from, len)| span_of(text.words, from, len)).collect(),
        share: near.share,
        closeness: near.closeness,
        changes: pair.changes(&same, (first.b, end)),
    })
}
