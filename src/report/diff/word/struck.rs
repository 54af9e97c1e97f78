//! Paragraphs that stay, with their struck-out words on both sides, in; those that go taken out of the file, and new ones put in, out.
//!
//! Words struck out are no part of a text: they are neither compared nor moved. Where the old draft has as many stretches of them in
//! a paragraph or a cell as the file, with the same words, each is the one at its place.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{Redline, thread};
use crate::model::{Aside, AsideKind, Op, Paragraph, Segment};
use crate::ooxml::xml::Element;
use crate::report::docx::lines::around_struck;
use crate::report::docx::patch::{Anchor, Stretch};
use crate::report::docx::units::{NOWHERE, Unit};

/// A stretch of struck-out words in the file: its characters, each with its place.
type Held = Vec<(usize, char)>;

impl Redline<'_, '_> {
    /// Puts in and takes out what was struck out on one side only. `segments` tell what became of the words.
    pub(super) fn struck(
        &mut self,
        (old, unit): (&Paragraph, &Unit),
        new: &Paragraph,
        segments: &[Segment],
    ) {
        let held = self.stretches(&unit.paras);
        if is_held(&old.asides, &held) && !unit.shared {
            let first = unit.places.iter().copied().filter(|place| *place != NOWHERE).min();
            let place = |at| anchor(at, segments, &unit.places).or(first.map(Anchor::Before));
            self.exchange((&old.asides, &held), (&new.asides, &new.text), place);
        }
    }

    /// The same in the cells of a row.
    pub(super) fn struck_in_cells(&mut self, (old, unit): (&Paragraph, &Unit), new: &Paragraph) {
        let row = unit.row.and_then(|row| self.ground.story.rows.get(row));
        let holders: Vec<&Element> = row.map(|row| row.cells()).unwrap_or_default();
        let cells = old.cells_with_asides().zip(new.cells_with_asides());
        for (((before, was), (now, is)), holder) in cells.zip(holders) {
            let within = |para: &usize| {
                let para = self.ground.story.paragraphs.get(*para);
                para.is_some_and(|para| holder.span.contains(para.element.span))
            };
            let paras: Vec<usize> = unit.paras.iter().copied().filter(within).collect();
            let held = self.stretches(&paras);
            if !is_held(was, &held) {
                continue;
            }
            let words = (before.slice(&old.text), now.slice(&new.text));
            let segments = thread::segments(words.0, words.1, &mut self.notes);
            let places = unit.places.get(before.start..before.end).unwrap_or_default();
            let place = |at: usize| {
                let within = paras.first().map(|para| Anchor::Within(*para));
                let first = places.iter().copied().filter(|place| *place != NOWHERE).min();
                let last = held.last().and_then(|own| own.last());
                anchor(at.checked_sub(now.start)?, &segments, places)
                    .or(first.map(Anchor::Before))
                    .or(last.map(|(place, _)| Anchor::Behind(*place)))
                    .or(within)
            };
            self.exchange((was, &held), (is, &new.text), place);
        }
    }

    /// Makes the struck-out words of one side those of the other; `place` tells where in the file a byte of the new text is.
    fn exchange(
        &mut self,
        (was, held): (&[Aside], &[Held]),
        (is, text): (&[Aside], &str),
        place: impl Fn(usize) -> Option<Anchor>,
    ) {
        let (before, now) = (struck(was), struck(is));
        let words = |all: &[&Aside]| all.iter().map(|aside| plain(&aside.text)).collect::<Vec<_>>();
        let (was, is) = (words(&before), words(&now));
        // Where the last stretch that stays stands: in the new text, and its end in the file.
        let mut stayed = None;
        for op in capture_diff_slices(Algorithm::Patience, &was, &is) {
            if op.tag() == DiffTag::Equal {
                let last =
                    held.get(op.old_range()).and_then(<[_]>::last).and_then(|own| own.last());
                let at = now.get(op.new_range()).and_then(<[_]>::last).map(|aside| aside.at);
                stayed = at.zip(last.map(|(place, _)| Anchor::Behind(*place)));
                continue;
            }
            let gone = held.get(op.old_range()).unwrap_or_default();
            for (place, c) in gone.iter().flatten() {
                self.plan.delete(*place, c.len_utf8());
            }
            let last = gone.last().and_then(|own| own.last());
            for aside in now.get(op.new_range()).unwrap_or_default() {
                let beside = stayed.filter(|(at, _)| *at == aside.at).map(|(_, anchor)| anchor);
                let found = beside.or_else(|| place(aside.at));
                let found = found.or(last.map(|(place, _)| Anchor::Behind(*place)));
                if let Some(anchor) = found {
                    let (before, behind) = around_struck(text, aside);
                    self.plan.put(anchor, Stretch::plain(before));
                    let own = Stretch { struck: true, ..Stretch::plain(&aside.text) };
                    self.plan.put(anchor, own);
                    self.plan.put(anchor, Stretch::plain(behind));
                }
            }
        }
    }

    /// The stretches of struck-out words in paragraphs of the file.
    fn stretches(&self, paras: &[usize]) -> Vec<Held> {
        let story = self.ground.story;
        let mut found: Vec<Held> = Vec::new();
        for para in paras {
            let mut goes_on = false;
            for run in story.runs_of(*para) {
                let characters = story.characters_of_run(run);
                if characters.is_empty() {
                    continue;
                }
                match found.last_mut().filter(|_| goes_on) {
                    Some(last) if run.struck => last.extend(characters),
                    _ if run.struck => found.push(characters),
                    _ => {}
                }
                goes_on = run.struck;
            }
        }
        found
    }
}

/// True where the file holds these struck-out words, and no others.
fn is_held(asides: &[Aside], held: &[Held]) -> bool {
    let shown = |own: &Held| plain(&own.iter().map(|(_, c)| *c).collect::<String>());
    let told = struck(asides).into_iter().map(|aside| plain(&aside.text));
    held.iter().map(shown).eq(told)
}

fn struck(asides: &[Aside]) -> Vec<&Aside> {
    asides.iter().filter(|aside| aside.kind == AsideKind::Struck).collect()
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where in the file a byte of the new text is: behind the last old character before it.
fn anchor(at: usize, segments: &[Segment], places: &[usize]) -> Option<Anchor> {
    let (mut o, mut n) = (0, 0);
    for segment in segments {
        let left = at - n;
        match segment.op {
            Op::Insert if left <= segment.text.len() => break,
            Op::Insert => n += segment.text.len(),
            Op::Equal if left <= segment.text.len() => {
                o += left;
                break;
            }
            Op::Equal => (o, n) = (o + segment.text.len(), n + segment.text.len()),
            Op::Delete => o += segment.text.len(),
        }
    }
    let before = places.get(..o)?.iter().rev().find(|place| **place != NOWHERE);
    before.map(|place| Anchor::Behind(*place))
}
