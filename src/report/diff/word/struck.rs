//! Paragraphs that stay, with their struck-out words on both sides, in; those that go taken out of the file, and new ones put in, out.
//!
//! Words struck out are no part of a text: they are neither compared nor moved. Where the old draft has as many stretches of them in
//! a paragraph as the file, with the same words, each is the one at its place.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::Redline;
use crate::model::{Aside, AsideKind, Op, Paragraph, Segment};
use crate::report::docx::lines::behind_struck;
use crate::report::docx::patch::{Anchor, Stretch};
use crate::report::docx::units::{NOWHERE, Unit};

impl Redline<'_, '_> {
    /// Puts in and takes out what was struck out on one side only. `segments` tell what became of the words.
    pub(super) fn struck(
        &mut self,
        (old, unit): (&Paragraph, &Unit),
        new: &Paragraph,
        segments: &[Segment],
    ) {
        let (before, now) = (struck(old), struck(new));
        let words = |all: &[&Aside]| all.iter().map(|aside| plain(&aside.text)).collect::<Vec<_>>();
        let (was, is) = (words(&before), words(&now));
        let held = self.stretches(unit);
        let shown = |stretch: &Vec<(usize, char)>| {
            plain(&stretch.iter().map(|(_, c)| *c).collect::<String>())
        };
        if was == is || unit.shared || held.iter().map(shown).ne(was.iter().cloned()) {
            return;
        }
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
            for (place, c) in held.get(op.old_range()).unwrap_or_default().iter().flatten() {
                self.plan.delete(*place, c.len_utf8());
            }
            for aside in now.get(op.new_range()).unwrap_or_default() {
                let beside = stayed.filter(|(at, _)| *at == aside.at).map(|(_, anchor)| anchor);
                if let Some(anchor) = beside.or_else(|| anchor(aside.at, segments, unit)) {
                    let own = Stretch { struck: true, ..Stretch::plain(&aside.text) };
                    self.plan.put(anchor, own);
                    self.plan.put(anchor, Stretch::plain(behind_struck(&new.text, aside)));
                }
            }
        }
    }

    /// The stretches of struck-out words in the file, with the places of their characters.
    fn stretches(&self, unit: &Unit) -> Vec<Vec<(usize, char)>> {
        let story = self.ground.story;
        let mut found: Vec<Vec<(usize, char)>> = Vec::new();
        for para in &unit.paras {
            let mut goes_on = false;
            let properties = story.paragraphs.get(*para).and_then(|own| own.properties);
            for run in story.runs_of(*para) {
                let characters = story.characters_of_run(run);
                if characters.is_empty() {
                    continue;
                }
                let is_struck = self.ground.likes.is_struck(run.element, properties);
                match found.last_mut().filter(|_| goes_on) {
                    Some(last) if is_struck => last.extend(characters),
                    _ if is_struck => found.push(characters),
                    _ => {}
                }
                goes_on = is_struck;
            }
        }
        found
    }
}

fn struck(paragraph: &Paragraph) -> Vec<&Aside> {
    paragraph.asides.iter().filter(|aside| aside.kind == AsideKind::Struck).collect()
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where in the file a byte of the new text is: behind the last old character before it.
fn anchor(at: usize, segments: &[Segment], unit: &Unit) -> Option<Anchor> {
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
    let places = unit.places.iter().filter(|place| **place != NOWHERE);
    let before = unit.places.get(..o)?.iter().rev().find(|place| **place != NOWHERE);
    let first = places.min().map(|first| Anchor::Before(*first));
    before.map(|place| Anchor::Behind(*place)).or(first)
}
