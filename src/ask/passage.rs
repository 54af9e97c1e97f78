//! Two wordings and the words they share in; the passage of one that answers to the other, and the edits between
//! them, out.

use super::phrase::span_of;
use crate::model::{Departure, Edit, Span};
use crate::text::{Shared, Word, balanced, sentences, shared_runs};

/// The shortest run of words that stays between two edits: one word alone would only break the redline up.
const SHORTEST_KEPT: usize = 2;

/// So many words at most before or after the words found are taken for the rest of their sentence: an opening act
/// is no longer.
const LONGEST_REST: usize = 6;

/// Two texts by their words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'t> {
    /// The agreed text, and its words.
    pub(super) agreed: (&'t str, &'t [Word]),
    /// The other one.
    pub(super) draft: (&'t str, &'t [Word]),
}

impl Pair<'_> {
    /// The edits that lead from the agreed words `from..to` to all the words of the other text, given what the two
    /// share in order: runs of the other text (`a`) and of the agreed one (`b`).
    pub(super) fn changes(&self, runs: &[Shared], (from, to): (usize, usize)) -> Vec<Departure> {
        let mut out = Vec::new();
        let mut last = (0, from);
        let end = Shared { a: self.draft.1.len(), b: to, len: 0 };
        for run in runs.iter().chain([&end]) {
            self.gap(last, (run.a, run.b), &mut out);
            last = (run.a + run.len, run.b + run.len);
        }
        out
    }

    fn gap(&self, from: (usize, usize), to: (usize, usize), out: &mut Vec<Departure>) {
        let (draft, agreed) =
            (stretch(self.draft, from.0, to.0), stretch(self.agreed, from.1, to.1));
        let edit = match (agreed.is_empty(), draft.is_empty()) {
            (true, true) => return,
            (true, false) => Edit::Insert,
            (false, true) => Edit::Delete,
            (false, false) => Edit::Replace,
        };
        out.push(Departure { edit, agreed, draft });
    }
}

/// The words `from..to` of a text with their brackets; the empty span behind the word before where there is none.
fn stretch((text, words): (&str, &[Word]), from: usize, to: usize) -> Span {
    if from < to {
        return balanced(text, span_of(words, from, to - from));
    }
    let end = from.checked_sub(1).and_then(|at| words.get(at)).map_or(0, |word| word.span.end);
    Span::new(end, end)
}

/// The words two wordings share in order, as few and as long runs as can be, and the share (0..1) of both that
/// these are.
pub(super) fn likeness(agreed: &[u64], draft: &[u64]) -> (Vec<Shared>, f64) {
    let runs = shared_runs(draft, agreed, SHORTEST_KEPT);
    let shared: usize = runs.iter().map(|run| run.len).sum();
    let all = agreed.len() + draft.len();
    (runs, if all == 0 { 1.0 } else { 2.0 * shared as f64 / all as f64 })
}

/// The words of `text`, as a range, that answer to a phrase found in it by `runs`: those found, and what little of
/// their sentence or sub-paragraph is left before and after them.
pub(super) fn rounded(
    text: &str,
    words: &[Word],
    runs: &[Shared],
    phrase: usize,
) -> (usize, usize) {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return (0, 0) };
    let (start, end) = (first.b, last.b + last.len);
    let place = |offset: usize| words.partition_point(|word| word.span.start < offset);
    let sentences = sentences(text);
    let begins = sentences.iter().map(|s| place(s.start)).rfind(|at| *at <= start).unwrap_or(start);
    let ends = sentences.iter().map(|s| place(s.end)).find(|at| *at >= end).unwrap_or(end);
    // Where the phrase itself has words that were not found, the text may have as many others in their place, as far
    // as its clause goes.
    let (before, after) = (first.a, phrase.saturating_sub(last.a + last.len));
    let rest = |own: usize| LONGEST_REST.max(2 * own);
    let joined = |at: usize| {
        let end = at.checked_sub(1).and_then(|before| words.get(before)).map(|w| w.span.end);
        let between = end.zip(words.get(at)).and_then(|(end, w)| text.get(end..w.span.start));
        between.is_some_and(|between| !between.contains([',', ';', ':', '.', '\n']))
    };
    let lead = (1..=start).rev().take(before.min(LONGEST_REST)).take_while(|at| joined(*at));
    let tail = (end..words.len()).take(after.min(LONGEST_REST)).take_while(|at| joined(*at));
    (
        if start - begins <= rest(before) { begins } else { start - lead.count() },
        if ends - end <= rest(after) { ends } else { end + tail.count() },
    )
}
