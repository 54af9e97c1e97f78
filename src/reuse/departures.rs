//! A draft paragraph and the words of an agreed one, aligned, in; the edits that part the draft from the agreed text out.

use super::prepared::Prepared;
use crate::model::{Departure, Edit, Span};
use crate::text::{Shared, Word, balanced, sentences};

/// At the head and the tail, agreed words count as dropped only when the draft took up at least this
/// share of their sentence: a short quotation drops nothing, it quotes.
const TAKEN_UP: f64 = 0.5;

/// At most so many words before the first carried one, in either text, are taken for its opening act.
const LONGEST_ACT: usize = 6;

/// Edits between the `shared` runs with the agreed `words`, in the order of the draft; `credited` says which of its words any source carries.
///
/// Agreed sentences that the draft leaves out whole, before its first or after its last carried word,
/// are a choice of passage and no departure; words dropped within a sentence are one.
pub(super) fn departures(
    own: &Prepared,
    (draft, agreed): (&str, &str),
    words: &[Word],
    shared: &[Shared],
    credited: &[bool],
) -> Vec<Departure> {
    let runs = in_order(shared);
    let Some(last) = runs.last() else { return Vec::new() };
    let (start, end) = used_range((draft, agreed), own, (words, shared), &runs, credited);
    let mut telling = Telling { draft, own, words, credited, out: Vec::new() };
    let mut from = (0, start);
    for run in &runs {
        telling.gap(from, (run.a, run.b));
        from = (run.a + run.len, run.b + run.len);
    }
    let tail = (own.words.len(), end.max(last.b + last.len));
    telling.gap(from, tail);
    let mut out = telling.out;
    if runs.len() < shared.len() {
        passed_over(own, (words, shared), (start, tail.1), &mut out);
    }
    for departure in &mut out {
        departure.draft = balanced(draft, departure.draft);
        departure.agreed = balanced(agreed, departure.agreed);
    }
    out
}

/// Where the draft takes agreed words in another order: words between those it takes that it leaves out, and
/// that lie outside `told`, the range the gaps have covered.
fn passed_over(
    own: &Prepared,
    (words, shared): (&[Word], &[Shared]),
    told: (usize, usize),
    out: &mut Vec<Departure>,
) {
    let mut used = vec![false; words.len()];
    for run in shared {
        used.iter_mut().skip(run.b).take(run.len).for_each(|slot| *slot = true);
    }
    let first = used.iter().position(|slot| *slot).unwrap_or(0);
    let last = used.iter().rposition(|slot| *slot).unwrap_or(0);
    let end = own.words.last().map_or(0, |word| word.span.end);
    for (from, to) in stretches(first, last + 1, &used) {
        if to <= told.0 || from >= told.1 {
            let agreed = stretch(words, from, to);
            out.push(Departure { edit: Edit::Delete, agreed, draft: Span::new(end, end) });
        }
    }
}

/// The runs that stand in the same order in both texts.
fn in_order(runs: &[Shared]) -> Vec<Shared> {
    // The longest increasing chain by words carried; runs are few, so the plain search does.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(runs.len());
    for (at, run) in runs.iter().enumerate() {
        let before = (0..at)
            .filter(|i| runs.get(*i).is_some_and(|r| r.b + r.len <= run.b))
            .max_by_key(|i| best.get(*i).map_or(0, |(words, _)| *words));
        let words = before.and_then(|i| best.get(i)).map_or(0, |(words, _)| *words);
        best.push((words + run.len, before));
    }
    let mut at = (0..runs.len()).max_by_key(|i| best.get(*i).map_or(0, |(words, _)| *words));
    let mut chain = Vec::new();
    while let Some(index) = at {
        chain.extend(runs.get(index).copied());
        at = best.get(index).and_then(|(_, before)| *before);
    }
    chain.reverse();
    chain
}

/// The agreed words, as a range of indices, that the draft can be said to restate.
///
/// A sentence that the draft breaks off, or enters late, counts whole: what is missing of it was cut. Where
/// the draft's own words go on in its place, it counts only if at least half of it was taken up.
fn used_range(
    (draft, agreed): (&str, &str),
    own: &Prepared,
    (words, shared): (&[Word], &[Shared]),
    runs: &[Shared],
    credited: &[bool],
) -> (usize, usize) {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return (0, 0) };
    let place = |offset: usize| words.partition_point(|word: &Word| word.span.start < offset);
    let own_place = |offset: usize| own.words.partition_point(|word| word.span.start < offset);
    let own_sentences = sentences(draft);
    let enters = first.a == 0 || own_sentences.iter().any(|s| own_place(s.start) == first.a);
    let stop = last.a + last.len;
    let breaks_off =
        stop == own.words.len() || own_sentences.iter().any(|s| own_place(s.end) == stop);
    let mut used = vec![false; words.len()];
    for run in shared {
        used.iter_mut().skip(run.b).take(run.len).for_each(|slot| *slot = true);
    }
    let (mut start, mut end) = (first.b, last.b + last.len);
    for sentence in sentences(agreed) {
        let (from, to) = (place(sentence.start), place(sentence.end));
        let taken = used.get(from..to).unwrap_or_default();
        let count = taken.iter().filter(|slot| **slot).count();
        let most = (count as f64) >= TAKEN_UP * taken.len() as f64;
        if (most || enters) && from < start && start < to {
            start = from;
        }
        if (most || breaks_off) && from < end && end < to {
            end = to;
        }
    }
    // The opening act stands apart from its sentence: "Notes with concern" became "We note with concern".
    let opening = sentences(agreed).first().map_or(0, |sentence| place(sentence.start));
    let replaced = (1..=LONGEST_ACT).contains(&first.a)
        && credited.iter().take(first.a).all(|credited| !credited);
    if replaced && (opening + 1..=opening + LONGEST_ACT).contains(&start) {
        start = opening;
    }
    (start, end)
}

/// Edits as they are told, one gap after the other.
struct Telling<'t> {
    draft: &'t str,
    own: &'t Prepared,
    /// The words of the agreed paragraph.
    words: &'t [Word],
    credited: &'t [bool],
    out: Vec<Departure>,
}

impl Telling<'_> {
    /// Adds the edits between two runs, or at an end: the words `from..to` of the draft and of the agreed text.
    fn gap(&mut self, from: (usize, usize), to: (usize, usize)) {
        let agreed = self.words;
        let dropped = (from.1 < to.1).then(|| stretch(agreed, from.1, to.1));
        // Words that some source carries, this one from another place or another one, are not inserted.
        let inserted = stretches(from.0, to.0, self.credited);
        let (behind, behind_agreed) = (behind(&self.own.words, from.0), behind(agreed, from.1));
        let first = inserted.first().map(|(start, _)| *start);
        // Where one sentence was cut and the next is the draft's own, that is two edits, not one for the other.
        let replaces = first.is_some_and(|start| !begins_sentence(self.draft, self.own, start));
        if let (Some(agreed), false) = (dropped, replaces) {
            self.out.push(Departure { edit: Edit::Delete, agreed, draft: behind });
        }
        for (index, (start, end)) in inserted.into_iter().enumerate() {
            let draft = stretch(&self.own.words, start, end);
            self.out.push(match dropped {
                Some(agreed) if index == 0 && replaces => {
                    Departure { edit: Edit::Replace, agreed, draft }
                }
                _ => Departure { edit: Edit::Insert, agreed: behind_agreed, draft },
            });
        }
    }
}

/// The empty span behind the word before `at`.
fn behind(words: &[Word], at: usize) -> Span {
    let end = at.checked_sub(1).and_then(|i| words.get(i)).map_or(0, |word| word.span.end);
    Span::new(end, end)
}

/// True when the word `at` begins a sentence other than the draft's first.
fn begins_sentence(draft: &str, own: &Prepared, at: usize) -> bool {
    let end = at.checked_sub(1).and_then(|before| own.words.get(before)).map(|word| word.span.end);
    let start = own.words.get(at).map(|word| word.span.start);
    let between = end.zip(start).and_then(|(end, start)| draft.get(end..start));
    between.is_some_and(|between| between.contains(['.', '!', '?', '\n']))
}

/// Ranges of words within `from..to` that no source carries.
fn stretches(from: usize, to: usize, credited: &[bool]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for at in from..to {
        if credited.get(at) == Some(&true) {
            continue;
        }
        match out.last_mut() {
            Some((_, end)) if *end == at => *end = at + 1,
            _ => out.push((at, at + 1)),
        }
    }
    out
}

fn stretch(words: &[Word], from: usize, to: usize) -> Span {
    let start = words.get(from).map_or(0, |word| word.span.start);
    let end = to.checked_sub(1).and_then(|at| words.get(at)).map_or(start, |word| word.span.end);
    Span::new(start, end)
}
