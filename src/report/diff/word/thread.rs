//! What stays, goes and comes between two texts, and the calls of footnotes in both, in; the same with the calls out.
//!
//! Words are compared without their calls. Two calls are the same where the same words stand around them, but for those that
//! come and go at this very place; among several the most similar footnotes belong together.

use std::collections::{HashMap, HashSet};

use super::passage::{self, piece};
use crate::model::{Op, Segment};
use crate::report::docx::calls::{index, is_call, without};
use crate::text::{alike, paired_in_order};

/// The footnotes of two drafts, by the indices of their calls; those of the old draft go on where those of the new one end.
#[derive(Default)]
pub(super) struct Notes {
    /// True where the calls stand in the texts.
    pub(super) called: bool,
    pub(super) new: Vec<String>,
    pub(super) old: Vec<String>,
    /// Which old one, by its place in `old`, is which new one.
    pub(super) pairs: HashMap<usize, usize>,
}

impl Notes {
    /// The words that an old footnote has in the new draft.
    pub(super) fn new_words(&self, old: usize) -> Option<&String> {
        self.new.get(*self.pairs.get(&old)?)
    }

    /// Puts the calls of two texts into what became of the one in the other, which was told without them.
    pub(super) fn threaded(
        &mut self,
        segments: &[Segment],
        (old, new): (&str, &str),
    ) -> Vec<Segment> {
        if !self.called || !old.contains(is_call) && !new.contains(is_call) {
            return segments.to_vec();
        }
        let segments = slid(segments, (&places(old), &places(new)));
        let mut sides = (Side::of(old), Side::of(new));
        let mut out = Vec::with_capacity(segments.len() + 4);
        let mut gap = Gap::default();
        for segment in &segments {
            match segment.op {
                Op::Delete => {
                    sides.0.take(&segment.text, &mut gap.gone);
                    gap.plain.push(segment.clone());
                }
                Op::Insert => {
                    sides.1.take(&segment.text, &mut gap.come);
                    gap.plain.push(segment.clone());
                }
                Op::Equal => {
                    let mut words = String::new();
                    for c in segment.text.chars() {
                        sides.0.calls(&mut gap.gone);
                        sides.1.calls(&mut gap.come);
                        if !gap.is_empty() {
                            stays(&mut words, &mut out);
                            self.fill(std::mem::take(&mut gap), &mut out);
                        }
                        sides.0.pass();
                        sides.1.pass();
                        words.push(c);
                    }
                    stays(&mut words, &mut out);
                }
            }
        }
        sides.0.calls(&mut gap.gone);
        sides.1.calls(&mut gap.come);
        self.fill(gap, &mut out);
        out
    }

    /// What goes and comes between two words that stay, parted by the calls that stay there.
    fn fill(&mut self, gap: Gap, out: &mut Vec<Segment>) {
        let calls = |text: &str| -> Vec<(usize, char)> {
            text.char_indices().filter(|(_, c)| is_call(*c)).collect()
        };
        let (before, now) = (calls(&gap.gone), calls(&gap.come));
        if before.is_empty() && now.is_empty() {
            return out.extend(gap.plain);
        }
        let indices = |calls: &[(usize, char)]| -> Vec<usize> {
            calls.iter().filter_map(|(_, c)| index(*c)).collect()
        };
        let base = self.new.len();
        let own: Vec<usize> =
            indices(&before).into_iter().filter_map(|at| at.checked_sub(base)).collect();
        let pairs = self.paired(&own, &indices(&now));
        let (mut old_from, mut new_from) = (0, 0);
        let mut push = |op, text: Option<&str>| {
            out.extend(text.filter(|text| !text.is_empty()).map(|text| piece(op, text.to_owned())));
        };
        for (o, n) in pairs {
            let (Some((old_at, _)), Some((new_at, call))) = (before.get(o), now.get(n)) else {
                continue;
            };
            push(Op::Delete, gap.gone.get(old_from..*old_at));
            push(Op::Insert, gap.come.get(new_from..*new_at));
            push(Op::Equal, Some(call.encode_utf8(&mut [0; 4])));
            (old_from, new_from) = (old_at + call.len_utf8(), new_at + call.len_utf8());
            if let (Some(old), Some(new)) = (own.get(o), index(*call)) {
                self.pairs.insert(*old, new);
            }
        }
        push(Op::Delete, gap.gone.get(old_from..));
        push(Op::Insert, gap.come.get(new_from..));
    }

    /// Pairs footnotes that are called at one place in their order: as many as possible, those most alike.
    fn paired(&self, old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
        let words = |all: &'_ [String], own: &[usize], at: usize| {
            own.get(at).and_then(|at| all.get(*at)).cloned().unwrap_or_default()
        };
        paired_in_order(old.len(), new.len(), |o, n| {
            1 + alike(&words(&self.old, old, o), &words(&self.new, new, n))
        })
    }
}

/// The bytes of a text without calls that calls stand before.
fn places(text: &str) -> HashSet<usize> {
    let mut at = 0;
    let mut places = HashSet::new();
    for c in text.chars() {
        if is_call(c) {
            places.insert(at);
        } else {
            at += c.len_utf8();
        }
    }
    places
}

/// Words that come or go can often be told with the space before them or with the one behind. Told with the one before, a call
/// at their end stands at the same place on both sides: where `act¹ with` became `act today¹ with`, ` today` was put in.
fn slid(segments: &[Segment], (old, new): (&HashSet<usize>, &HashSet<usize>)) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::with_capacity(segments.len() + 2);
    let (mut o, mut n) = (0, 0);
    let mut rest = segments;
    while let Some((segment, after)) = rest.split_first() {
        let changed = after.iter().take_while(|s| s.op != Op::Equal).count();
        let (gap, next) = after.split_at(changed);
        let len = |op: Op| gap.iter().filter(|s| s.op == op).map(|s| s.text.len()).sum::<usize>();
        if segment.op != Op::Equal {
            o += if segment.op == Op::Delete { segment.text.len() } else { 0 };
            n += if segment.op == Op::Insert { segment.text.len() } else { 0 };
            out.push(segment.clone());
            rest = after;
            continue;
        }
        (o, n) = (o + segment.text.len(), n + segment.text.len());
        let ends = (o + len(Op::Delete), n + len(Op::Insert));
        let both = |o: usize, n: usize| {
            o.checked_sub(1)
                .zip(n.checked_sub(1))
                .is_some_and(|(o, n)| old.contains(&o) && new.contains(&n))
        };
        let slides = (both(o, ends.1) || both(ends.0, n))
            && !gap.is_empty()
            && std::iter::once(segment).chain(gap).all(|s| s.text.ends_with(' '));
        if !slides {
            out.push(segment.clone());
            rest = after;
            continue;
        }
        let cut = |text: &str| text.strip_suffix(' ').unwrap_or(text).to_owned();
        out.push(piece(Op::Equal, cut(&segment.text)));
        out.extend(gap.iter().map(|s| piece(s.op, format!(" {}", cut(&s.text)))));
        out.push(piece(Op::Equal, " ".to_owned()));
        (o, n) = ends;
        rest = next;
    }
    out
}

/// What goes and what comes since the last words that stay.
#[derive(Default)]
struct Gap {
    gone: String,
    come: String,
    /// The same without calls.
    plain: Vec<Segment>,
}

impl Gap {
    fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.come.is_empty()
    }
}

fn stays(words: &mut String, out: &mut Vec<Segment>) {
    if !words.is_empty() {
        out.push(piece(Op::Equal, std::mem::take(words)));
    }
}

/// A text with calls, read from its start.
struct Side<'t> {
    rest: std::iter::Peekable<std::str::Chars<'t>>,
}

impl<'t> Side<'t> {
    fn of(text: &'t str) -> Self {
        Self { rest: text.chars().peekable() }
    }

    /// The calls that come next.
    fn calls(&mut self, into: &mut String) {
        while let Some(call) = self.rest.next_if(|c| is_call(*c)) {
            into.push(call);
        }
    }

    /// Passes over one character.
    fn pass(&mut self) {
        self.rest.next();
    }

    /// As many characters as `words` has, with the calls before each.
    fn take(&mut self, words: &str, into: &mut String) {
        for _ in words.chars() {
            self.calls(into);
            into.extend(self.rest.next());
        }
    }
}

/// What became of a text with calls in another one.
pub(super) fn segments(old: &str, new: &str, notes: &mut Notes) -> Vec<Segment> {
    if !notes.called {
        return passage::segments(old, new);
    }
    notes.threaded(&passage::segments(&without(old), &without(new)), (old, new))
}
