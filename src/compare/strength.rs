//! Changes with their redlines in; the same, with the acts and modal verbs told that were put in place of others, out.

use rayon::prelude::*;

use super::side::FEW;
use crate::model::{ActChange, Change, Differs, Op, Segment, Span, Strength};
use crate::text::{Weighed, negations, weighed};

/// Where more words than this were replaced at once, what stands in the new ones is not told to be in the place of
/// anything in the old ones, but for the act a paragraph opens with.
const MOST_WORDS: usize = 12;

/// Where they are many, at least this share of the words of both sides stands on both: else the new act is about
/// something else.
const LEAST_ALIKE: f64 = 0.5;

/// Tells which acts and modal verbs of each change were put in place of others. Costs one look at both texts of what
/// changed, nothing for the rest.
pub(super) fn tell(changes: &mut [Change]) {
    let both = |change: &&mut Change| !change.old.is_empty() && !change.new.is_empty();
    let tell = |change: &mut Change| change.acts = replaced(change);
    if changes.len() < FEW {
        changes.iter_mut().filter(both).for_each(tell);
    } else {
        changes.par_iter_mut().filter(both).for_each(tell);
    }
}

/// Words that were replaced: the bytes of the old text that went, and of the new one that came.
#[derive(Clone, Copy, Debug)]
struct Hunk {
    old: Span,
    new: Span,
}

fn replaced(change: &Change) -> Vec<ActChange> {
    let segments = change.segments.as_slice();
    let hunks = hunks(segments);
    if hunks.is_empty() {
        return Vec::new();
    }
    let texts = [Op::Delete, Op::Insert].map(|op| text(segments, op));
    let [old, new] = texts.each_ref().map(|text| weighed(text));
    let alike = change.similarity >= LEAST_ALIKE;
    let mut told: Vec<(Span, Span)> = Vec::new();
    let mut out = Vec::new();
    for hunk in hunks {
        let from = out.len();
        for (before, after) in beside(hunk, &texts, &old, &new, alike) {
            if before.is_same(after)
                || told.iter().any(|(o, n)| *o == before.span || *n == after.span)
            {
                continue;
            }
            told.push((before.span, after.span));
            out.push(ActChange {
                old: before.span.slice(&texts[0]).to_owned(),
                new: after.span.slice(&texts[1]).to_owned(),
                strength: before.became(after),
            });
        }
        let told = out.iter().skip(from).any(|act| act.strength == Some(Strength::Reversed));
        out.extend(reversed(hunk, &texts).filter(|_| !told));
    }
    out
}

/// The words around a negation that only one side has.
fn reversed(hunk: Hunk, [old, new]: &[String; 2]) -> Option<ActChange> {
    let (old, new) = (with_neighbours(hunk.old, old), with_neighbours(hunk.new, new));
    let short = |text: &str| text.split_whitespace().count() <= MOST_WORDS;
    (short(old) && short(new) && negations(old) != negations(new)).then(|| ActChange {
        old: old.to_owned(),
        new: new.to_owned(),
        strength: Some(Strength::Reversed),
    })
}

/// Some words of a text with the word before them and the one behind.
fn with_neighbours(span: Span, text: &str) -> &str {
    let (before, after) = (text.get(..span.start), text.get(span.end..));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let word = |text: &str| !text.trim().is_empty();
    let start = before.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let rest = after.len() - after.trim_start().len();
    let end = after.get(rest..).and_then(|rest| rest.find(char::is_whitespace));
    let end = end.map_or(text.len(), |end| span.end + rest + end);
    let start = if word(before) { start } else { span.start };
    let around = |c: char| !c.is_alphanumeric();
    text.get(start..end).unwrap_or_default().trim_matches(around)
}

/// One side of a redline. Only what both have and what `op` has belongs to it.
fn text(segments: &[Segment], op: Op) -> String {
    let own = segments.iter().filter(|segment| segment.op == Op::Equal || segment.op == op);
    own.map(|segment| segment.text.as_str()).collect()
}

/// Stretches without a common word. What stands elsewhere now, or did, was not replaced.
fn hunks(segments: &[Segment]) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    let (mut old, mut new) = (0, 0);
    for segment in segments {
        let starts = (old, new);
        old += if segment.op == Op::Insert { 0 } else { segment.text.len() };
        new += if segment.op == Op::Delete { 0 } else { segment.text.len() };
        if segment.op == Op::Equal
            || segment.elsewhere.is_some()
            || segment.differs != Differs::Words
        {
            continue;
        }
        match out.last_mut() {
            Some(last) if (last.old.end, last.new.end) == starts => {
                last.old.end = old;
                last.new.end = new;
            }
            _ => out.push(Hunk { old: Span::new(starts.0, old), new: Span::new(starts.1, new) }),
        }
    }
    out
}

/// The acts, and the modal verbs, that stand in a hunk on both sides, each with the one in its place.
fn beside<'w>(
    hunk: Hunk,
    texts: &[String; 2],
    old: &'w [Weighed],
    new: &'w [Weighed],
    alike: bool,
) -> Vec<(&'w Weighed, &'w Weighed)> {
    let window = around(hunk, old, new);
    // An act that the other text has as well, further on, only moved there.
    let opened = |o: &Weighed, n: &Weighed| {
        let stayed = old.iter().any(|w| w.is_akin(n)) || new.iter().any(|w| w.is_akin(o));
        alike && o.opens && n.opens && !stayed
    };
    let inside = |all: &'w [Weighed], window: Span| -> Vec<&'w Weighed> {
        all.iter().filter(|weighed| weighed.span.overlaps(window)).collect()
    };
    let (olds, news) = (inside(old, window.old), inside(new, window.new));
    let words = |span: Span, text: &str| span.slice(text).split_whitespace().count();
    let short = words(hunk.old, &texts[0]).max(words(hunk.new, &texts[1])) <= MOST_WORDS;
    let mut out = Vec::new();
    for modal in [false, true] {
        let of = |all: &[&'w Weighed]| -> Vec<&'w Weighed> {
            all.iter().copied().filter(|weighed| weighed.modal == modal).collect()
        };
        let (olds, news) = (of(&olds), of(&news));
        // Where their numbers differ nobody knows which is in whose place, but for the first of a paragraph.
        let sure = short && olds.len() == news.len();
        let pairs = olds.iter().zip(&news).map(|(old, new)| (*old, *new));
        out.extend(pairs.filter(|(old, new)| sure || opened(old, new)));
    }
    out
}

/// A hunk with what is left and right of it in both texts as far as phrases reach that it cuts: "strongly" put in before
/// "encourages".
fn around(hunk: Hunk, old: &[Weighed], new: &[Weighed]) -> Hunk {
    let reach = |all: &[Weighed], hunk: Span| {
        let cut = all.iter().map(|weighed| weighed.span);
        cut.filter(|span| span.start <= hunk.end && hunk.start <= span.end).fold(
            (0, 0),
            |(l, r), s| {
                (l.max(hunk.start.saturating_sub(s.start)), r.max(s.end.saturating_sub(hunk.end)))
            },
        )
    };
    let (a, b) = (reach(old, hunk.old), reach(new, hunk.new));
    let (left, right) = (a.0.max(b.0), a.1.max(b.1));
    let wide = |span: Span| Span::new(span.start.saturating_sub(left), span.end + right);
    Hunk { old: wide(hunk.old), new: wide(hunk.new) }
}
