//! Changes with their redlines in; the same, with words that were put in where they had been taken out elsewhere told, out.

use std::ops::Range;

use super::side::{FEW, Side};
use crate::model::{Change, Differs, Op, Place, Segment, Span};
use crate::text::{KeyMap, window_key};

/// Words that travelled are found by so many of them in a row.
const SEED: usize = 4;

/// They have at least so many words in a row, and are at least half of what was put in or taken out at one place, or a
/// long run: stock phrases recur everywhere.
const FEWEST: usize = 6;
const LONG: usize = 15;

/// A sequence that stands in more places is a stock phrase.
const MOST_PLACES: usize = 8;

/// Words that only one side has.
struct Stretch {
    change: usize,
    segment: usize,
    place: Place,
    /// The words of its paragraph that it has.
    words: Range<usize>,
}

/// A run of words that was taken out at one place and put in at another.
struct Run {
    taken: (usize, Span),
    put: (usize, Span),
}

/// Tells for inserted and deleted segments where their words were before, and where they are now. A segment of which
/// only a part travelled is cut.
pub(super) fn tell(changes: &mut [Change], old: &Side, new: &Side) {
    let taken = || stretches(changes, Op::Delete, old);
    let put = || stretches(changes, Op::Insert, new);
    let (taken, put) = if changes.len() < FEW { (taken(), put()) } else { rayon::join(taken, put) };
    let runs = runs((&taken, old), (&put, new));
    let mut cuts: Vec<(usize, usize, Span, usize)> = Vec::with_capacity(runs.len() * 2);
    for run in &runs {
        let (Some(from), Some(to)) = (taken.get(run.taken.0), put.get(run.put.0)) else { continue };
        cuts.push((from.change, from.segment, run.taken.1, to.place.paragraph));
        cuts.push((to.change, to.segment, run.put.1, from.place.paragraph));
    }
    // From the last on, so that earlier places stay what they are.
    cuts.sort_by_key(|(change, segment, span, _)| std::cmp::Reverse((*change, *segment, *span)));
    for (change, segment, span, elsewhere) in cuts {
        if let Some(change) = changes.get_mut(change) {
            cut(&mut change.segments, segment, span, elsewhere);
        }
    }
}

fn stretches(changes: &[Change], op: Op, side: &Side) -> Vec<Stretch> {
    let mut out = Vec::new();
    for (nth, change) in changes.iter().enumerate() {
        for (at, segment) in change.segments.iter().enumerate() {
            let Some(place) = segment.place.filter(|_| segment.op == op) else { continue };
            if segment.differs != Differs::Words {
                continue;
            }
            let words = side.words(place.paragraph);
            let from = words.partition_point(|word| word.span.start < place.span.start);
            let to = words.partition_point(|word| word.span.end <= place.span.end);
            if to >= from + FEWEST {
                out.push(Stretch { change: nth, segment: at, place, words: from..to });
            }
        }
    }
    out
}

/// The runs of words that stand in both, the longest first where several lay claim to the same words.
fn runs((taken, old): (&[Stretch], &Side), (put, new): (&[Stretch], &Side)) -> Vec<Run> {
    let mut places: KeyMap<Vec<(usize, usize)>> = KeyMap::default();
    for (nth, stretch) in taken.iter().enumerate() {
        for (key, at) in windows(stretch, old) {
            let places = places.entry(key).or_default();
            if places.len() <= MOST_PLACES {
                places.push((nth, at));
            }
        }
    }
    let key =
        |side: &Side, paragraph: usize, at: usize| side.words(paragraph).get(at).map(|w| w.key);
    let mut found: Vec<(usize, usize, usize, usize, usize)> = Vec::new();
    for (nth, stretch) in put.iter().enumerate() {
        for (window, at) in windows(stretch, new) {
            for (other, from) in
                places.get(&window).filter(|p| p.len() <= MOST_PLACES).into_iter().flatten()
            {
                let Some(source) = taken.get(*other) else { continue };
                let same = |by: usize| {
                    let (a, b) = (from + by, at + by);
                    a < source.words.end
                        && b < stretch.words.end
                        && key(old, source.place.paragraph, a)
                            == key(new, stretch.place.paragraph, b)
                };
                // Counted from its first word only.
                let begins = *from == source.words.start
                    || at == stretch.words.start
                    || key(old, source.place.paragraph, from - 1)
                        != key(new, stretch.place.paragraph, at - 1);
                let len = if begins { (0..).take_while(|by| same(*by)).count() } else { 0 };
                let most = 2 * len >= source.words.len() || 2 * len >= stretch.words.len();
                if len >= LONG || (len >= FEWEST && most) {
                    found.push((len, nth, at, *other, *from));
                }
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2, a.3, a.4).cmp(&(b.1, b.2, b.3, b.4))));
    let mut used = (vec![Vec::new(); taken.len()], vec![Vec::new(); put.len()]);
    let mut out = Vec::new();
    for (len, nth, at, other, from) in found {
        let (here, there) = (at..at + len, from..from + len);
        let (Some(source), Some(target)) = (taken.get(other), put.get(nth)) else { continue };
        let (Some(gone), Some(come)) = (used.0.get_mut(other), used.1.get_mut(nth)) else {
            continue;
        };
        let clashes = |used: &[Range<usize>], run: &Range<usize>| {
            used.iter().any(|words| words.start < run.end && run.start < words.end)
        };
        if clashes(gone, &there) || clashes(come, &here) {
            continue;
        }
        out.push(Run {
            taken: (other, span(source, &there, old)),
            put: (nth, span(target, &here, new)),
        });
        gone.push(there);
        come.push(here);
    }
    out
}

fn windows<'s>(stretch: &'s Stretch, side: &'s Side) -> impl Iterator<Item = (u64, usize)> + 's {
    let words = side.words(stretch.place.paragraph).get(stretch.words.clone()).unwrap_or_default();
    words.windows(SEED).enumerate().map(|(at, window)| {
        let keys = window.iter().fold(0, |key, word| window_key(&[key, word.key]));
        (keys, stretch.words.start + at)
    })
}

/// The characters of a run: at the ends of its stretch all there are, so that a full stop goes with its sentence.
fn span(stretch: &Stretch, run: &Range<usize>, side: &Side) -> Span {
    let words = side.words(stretch.place.paragraph);
    let whole = stretch.place.span;
    let first = words.get(run.start).filter(|_| run.start > stretch.words.start);
    let after = words.get(run.end).filter(|_| run.end < stretch.words.end);
    Span::new(
        first.map_or(whole.start, |word| word.span.start),
        after.map_or(whole.end, |word| word.span.start),
    )
}

/// Cuts what lies in `span` out of a segment and says where else it stands.
fn cut(segments: &mut Vec<Segment>, at: usize, span: Span, elsewhere: usize) {
    let Some(segment) = segments.get(at).cloned() else { return };
    let Some(Place { paragraph, span: whole }) = segment.place else { return };
    let piece = |from: usize, to: usize, elsewhere: Option<usize>| {
        let text = segment.text.get(from - whole.start..to - whole.start)?;
        let place = Some(Place { paragraph, span: Span::new(from, to) });
        let segment = Segment { text: text.to_owned(), place, elsewhere, ..segment.clone() };
        (!text.is_empty()).then_some(segment)
    };
    // What is behind this run may have been cut already: only what is left of the segment is.
    let (from, to) = (span.start.max(whole.start), span.end.min(whole.end));
    if from >= to {
        return;
    }
    let pieces = [
        piece(whole.start, from, segment.elsewhere),
        piece(from, to, Some(elsewhere)),
        piece(to, whole.end, segment.elsewhere),
    ];
    segments.splice(at..=at, pieces.into_iter().flatten());
}
