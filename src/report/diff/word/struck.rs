//! Paragraphs that stay, with their struck-out words on both sides, in; those that go taken out of the file, and new ones put in, out.
//!
//! Words struck out are no part of a text: they are neither compared nor moved. Where the old draft has as many stretches of them in
//! a paragraph or a cell as the file, with the same words, each is the one at its place.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::group::Side;
use super::{Redline, thread};
use crate::model::{Aside, AsideKind, BORDER, Op, Paragraph, Segment};
use crate::ooxml::xml::Element;
use crate::report::docx::lines::around_struck;
use crate::report::docx::patch::{Anchor, Stretch};
use crate::report::docx::units::{NOWHERE, Unit};

/// A stretch of struck-out words in the file: its characters, each with its place.
type Held = Vec<(usize, char)>;

impl Redline<'_, '_> {
    /// Puts in and takes out what was struck out on one side only. `segments` tell what became of the words.
    pub(super) fn struck(&mut self, (old, new): (&Side<'_>, &Side<'_>), segments: &[Segment]) {
        let units = || old.paragraphs.iter().map(|(_, unit)| *unit);
        if units().any(|unit| unit.is_none_or(|unit| unit.shared || unit.row.is_some())) {
            return;
        }
        let paras: Vec<usize> = units().flatten().flat_map(|unit| unit.paras.clone()).collect();
        let held = self.stretches(&paras);
        let ((was, _), (is, text)) = (joined(old), joined(new));
        if is_held(&was, &held) {
            let places = old.places();
            let first = places.iter().copied().filter(|place| *place != NOWHERE).min();
            let place = |at| anchor(at, segments, &places).or(first.map(Anchor::Before));
            self.exchange((&was, &held), (&is, &text), place);
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
            let near = near(gone, held, op.old_range().start);
            for aside in now.get(op.new_range()).unwrap_or_default() {
                let beside = stayed.filter(|(at, _)| *at == aside.at).map(|(_, anchor)| anchor);
                let around = around_struck(text, aside);
                let found = beside.or_else(|| place(aside.at)).map(|anchor| (anchor, around));
                if let Some((anchor, (before, behind))) = found.or(near) {
                    let own = Stretch { struck: true, ..Stretch::plain(&aside.text) };
                    let words = [Stretch::plain(before), own, Stretch::plain(behind)];
                    if text.get(aside.at..).is_some_and(|rest| rest.starts_with('\n')) {
                        self.plan.put_in_line(anchor, words);
                    } else {
                        words.into_iter().for_each(|own| self.plan.put(anchor, own));
                    }
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

/// Where struck-out words come in that have no others beside them, and what parts them from those before and behind: in the place
/// of those that go, else behind the ones before stretch `start` of the file, else before this one.
fn near(
    gone: &[Held],
    held: &[Held],
    start: usize,
) -> Option<(Anchor, (&'static str, &'static str))> {
    let behind = |own: &Held| own.last().map(|(place, _)| Anchor::Behind(*place));
    let before = |own: &Held| own.first().map(|(place, _)| Anchor::Before(*place));
    let instead = gone.last().and_then(behind).map(|anchor| (anchor, ("", "")));
    let last = || start.checked_sub(1).and_then(|at| behind(held.get(at)?));
    let next = || held.get(start).and_then(before).map(|anchor| (anchor, ("", " ")));
    instead.or_else(|| last().map(|anchor| (anchor, (" ", "")))).or_else(next)
}

/// Asides and text of the paragraphs of one side, one behind the other.
fn joined(side: &Side<'_>) -> (Vec<Aside>, String) {
    let (mut asides, mut text) = (Vec::new(), String::new());
    for (index, (paragraph, _)) in side.paragraphs.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { BORDER });
        let own = paragraph.asides.iter();
        asides.extend(own.map(|aside| Aside { at: aside.at + text.len(), ..aside.clone() }));
        text.push_str(&paragraph.text);
    }
    (asides, text)
}

/// Where in the file a byte of the new text is: behind the last old character before it in its line, else before the next one.
fn anchor(at: usize, segments: &[Segment], places: &[usize]) -> Option<Anchor> {
    let (mut o, mut n) = (0, 0);
    // Where the line of the old text begins that it is in: another one may end before it.
    let mut line = 0;
    let stands = |place: &&usize| **place != NOWHERE;
    for segment in segments {
        let left = at - n;
        let text = &segment.text;
        let own = places.get(o).filter(stands);
        let stays = segment.op == Op::Equal;
        let within = text.get(..left.min(text.len())).filter(|_| stays).unwrap_or_default();
        line = within.rfind('\n').map_or(line, |by| o + by + 1);
        match segment.op {
            Op::Insert if left < text.len() => break,
            Op::Insert => n += text.len(),
            // Behind what comes in, and what is typed, before words that stay.
            Op::Equal if left == 0 && own.is_some() => {
                return own.map(|place| Anchor::Before(*place));
            }
            Op::Equal if left <= text.len() => {
                o += left;
                break;
            }
            Op::Equal => (o, n) = (o + text.len(), n + text.len()),
            Op::Delete => o += text.len(),
        }
    }
    let before = places.get(line..o)?.iter().rev().find(stands);
    let next = || places.get(o..)?.iter().find(stands).filter(|_| line > 0);
    before.map(|at| Anchor::Behind(*at)).or_else(|| next().map(|at| Anchor::Before(*at)))
}
