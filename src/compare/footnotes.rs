//! Two drafts and the changes between their paragraphs in; what became of the footnotes that these call out.

use std::collections::HashMap;

use super::changes::changes;
use super::pair::taken_as_one;
use super::side::sides;
use crate::model::{
    BORDER, Change, ChangeKind, Comparison, Differs, Draft, FootnoteChange, FootnoteCounts, Op,
    Paragraph, Place, Segment, Span, first_calls, note_words,
};
use crate::text::{Folding, HALF_ALIKE, alike, paired_in_order};

/// Tells what became of the footnotes: below each change those that its paragraphs call and that differ. They are compared by
/// their words alone: their numbers change with every footnote before them.
///
/// The same words belong together first. Of the rest of a change those are one whose
/// calls stand between the same words, or that share more than half of their words.
pub(super) fn tell(comparison: &mut Comparison, old: &Draft, new: &Draft, folding: &Folding) {
    if old.footnotes.is_empty() && new.footnotes.is_empty() {
        return;
    }
    let mut notes = (Notes::of(old), Notes::of(new));
    let (olds, news) = (first_calls(old), first_calls(new));
    let mut stays = Vec::with_capacity(comparison.changes.len());
    for change in &comparison.changes {
        let own = (notes.0.called(&olds, &change.old), notes.1.called(&news, &change.new));
        let stay = stay(change, &olds, &news);
        let settle = if stay { same_in_place } else { same };
        settle(&mut notes, &own.0, &own.1);
        stays.push(stay);
    }
    for (change, stay) in comparison.changes.iter_mut().zip(stays) {
        let own = (notes.0.called(&olds, &change.old), notes.1.called(&news, &change.new));
        if own.0.is_empty() && own.1.is_empty() {
            continue;
        }
        let places = (
            places(change, Op::Delete, old, &olds, &own.0),
            places(change, Op::Insert, new, &news, &own.1),
        );
        let worth = |o: usize, n: usize| {
            if stay {
                return usize::from(o == n);
            }
            let like = likeness(&notes, &own, o, n);
            let here = places.0.get(o) == places.1.get(n);
            if here || like > HALF_ALIKE { 1 + like + usize::from(here) } else { 0 }
        };
        let pairs = paired_in_order(own.0.len(), own.1.len(), worth);
        change.footnotes = told(&mut notes, &own, &pairs, folding);
    }
    let all = (notes.0.left(), notes.1.left());
    same(&mut notes, &all.0, &all.1);
    let own = (notes.0.left(), notes.1.left());
    let worth =
        |o: usize, n: usize| Some(likeness(&notes, &own, o, n)).filter(|like| *like > HALF_ALIKE);
    let pairs = paired_in_order(own.0.len(), own.1.len(), |o, n| worth(o, n).unwrap_or_default());
    comparison.uncalled = told(&mut notes, &own, &pairs, folding);
    let below = comparison.changes.iter().flat_map(|change| &change.footnotes);
    comparison.footnotes = FootnoteCounts::of(below.chain(&comparison.uncalled));
}

/// The footnotes of a draft, and which of them are settled.
struct Notes {
    words: Vec<String>,
    done: Vec<bool>,
}

impl Notes {
    fn of(draft: &Draft) -> Self {
        let words: Vec<String> =
            draft.footnotes.iter().map(|note| note_words(&note.text)).collect();
        Self { done: vec![false; words.len()], words }
    }

    /// Those that paragraphs call, in their order, and that are not settled.
    fn called(&self, calls: &Calls, paragraphs: &[usize]) -> Vec<usize> {
        let calls = paragraphs.iter().filter_map(|at| calls.get(*at)).flatten();
        calls.map(|(_, note)| *note).filter(|note| self.is_left(*note)).collect()
    }

    /// All that are not settled.
    fn left(&self) -> Vec<usize> {
        (0..self.words.len()).filter(|note| self.is_left(*note)).collect()
    }

    fn is_left(&self, note: usize) -> bool {
        self.done.get(note) == Some(&false)
    }

    fn settle(&mut self, note: usize) {
        self.done.iter_mut().skip(note).take(1).for_each(|done| *done = true);
    }

    fn words(&self, note: usize) -> &str {
        self.words.get(note).map_or("", String::as_str)
    }
}

/// Settles footnotes that have the same words.
fn same(notes: &mut (Notes, Notes), olds: &[usize], news: &[usize]) {
    let mut held: HashMap<&str, Vec<usize>> = HashMap::new();
    olds.iter().rev().for_each(|o| held.entry(notes.0.words(*o)).or_default().push(*o));
    let pair = |n: &usize| Some((held.get_mut(notes.1.words(*n))?.pop()?, *n));
    let pairs: Vec<(usize, usize)> = news.iter().filter_map(pair).collect();
    for (o, n) in pairs {
        notes.0.settle(o);
        notes.1.settle(n);
    }
}

/// Settles footnotes that have the same words in the same place.
fn same_in_place(notes: &mut (Notes, Notes), olds: &[usize], news: &[usize]) {
    for (o, n) in olds.iter().zip(news) {
        if notes.0.words(*o) == notes.1.words(*n) {
            notes.0.settle(*o);
            notes.1.settle(*n);
        }
    }
}

/// True where no word of a change differs and footnotes are called where they were: each then is what stood in its place, though
/// two were exchanged.
fn stay(change: &Change, olds: &Calls, news: &Calls) -> bool {
    let places = |calls: &Calls, paragraphs: &[usize]| -> Vec<usize> {
        let own = paragraphs.iter().filter_map(|at| calls.get(*at)).flatten();
        own.map(|(byte, _)| *byte).collect()
    };
    change.segments.iter().all(|segment| segment.op == Op::Equal)
        && places(olds, &change.old) == places(news, &change.new)
}

/// For each paragraph the footnotes it calls, each with the byte of its text where the call stands.
type Calls = [Vec<(usize, usize)>];

/// How much two footnotes are alike, by their places among those that are left.
fn likeness(notes: &(Notes, Notes), own: &(Vec<usize>, Vec<usize>), o: usize, n: usize) -> usize {
    let (Some(o), Some(n)) = (own.0.get(o), own.1.get(n)) else { return 0 };
    alike(notes.0.words(*o), notes.1.words(*n))
}

/// For each of these footnotes, how many letters and figures that both texts of a change have stand before its call.
fn places(change: &Change, op: Op, draft: &Draft, calls: &Calls, notes: &[usize]) -> Vec<usize> {
    let paragraphs = if op == Op::Delete { &change.old } else { &change.new };
    let mut offsets = Vec::new();
    let mut start = 0;
    for at in paragraphs {
        let own = calls.get(*at).into_iter().flatten();
        let own = own.filter(|(_, note)| notes.contains(note));
        offsets.extend(own.map(|(byte, _)| start + byte));
        start += draft.paragraphs.get(*at).map_or(0, |p| p.text.len()) + BORDER.len();
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let mut offsets = offsets.into_iter().peekable();
    let (mut at, mut kept) = (0, 0);
    let mut out = Vec::new();
    for segment in change.segments.iter().filter(|s| s.op == op || s.op == Op::Equal) {
        let stays = segment.op == Op::Equal;
        while let Some(offset) = offsets.next_if(|offset| *offset < at + segment.text.len()) {
            let before = segment.text.get(..offset.saturating_sub(at)).unwrap_or_default();
            out.push(kept + if stays { letters(before) } else { 0 });
        }
        kept += if stays { letters(&segment.text) } else { 0 };
        at += segment.text.len();
    }
    out.extend(offsets.map(|_| kept));
    out
}

/// What became of the footnotes that are left, in the order of the new ones, each removed one behind those before it.
fn told(
    notes: &mut (Notes, Notes),
    own: &(Vec<usize>, Vec<usize>),
    pairs: &[(usize, usize)],
    folding: &Folding,
) -> Vec<FootnoteChange> {
    let mut out = Vec::new();
    let (mut o, mut n) = (0, 0);
    let ends = (own.0.len(), own.1.len());
    for (old_end, new_end) in pairs.iter().copied().chain([ends]) {
        for old in own.0.get(o..old_end).into_iter().flatten() {
            let segments = vec![whole(Op::Delete, *old, notes.0.words(*old))];
            let kind = ChangeKind::Removed;
            out.push(FootnoteChange { kind, old: Some(*old), new: None, segments });
        }
        for new in own.1.get(n..new_end).into_iter().flatten() {
            let segments = vec![whole(Op::Insert, *new, notes.1.words(*new))];
            let kind = ChangeKind::Added;
            out.push(FootnoteChange { kind, old: None, new: Some(*new), segments });
        }
        if let (Some(old), Some(new)) = (own.0.get(old_end), own.1.get(new_end)) {
            let segments =
                edited((*old, notes.0.words(*old)), (*new, notes.1.words(*new)), folding);
            let kind = ChangeKind::Edited;
            // What nobody sees is no difference: another kind of space or of quotation mark.
            if segments.iter().any(|s| s.op != Op::Equal && s.differs != Differs::Typography) {
                out.push(FootnoteChange { kind, old: Some(*old), new: Some(*new), segments });
            }
        }
        (o, n) = (old_end + 1, new_end + 1);
    }
    own.0.iter().for_each(|note| notes.0.settle(*note));
    own.1.iter().for_each(|note| notes.1.settle(*note));
    out
}

/// A footnote that only one draft has.
fn whole(op: Op, note: usize, words: &str) -> Segment {
    let place = Some(Place { paragraph: note, span: Span::new(0, words.len()) });
    let text = words.to_owned();
    Segment { op, text, place, differs: Differs::Words, elsewhere: None, source: None }
}

/// The redline of a footnote's words.
fn edited(old: (usize, &str), new: (usize, &str), folding: &Folding) -> Vec<Segment> {
    let draft = |words: &str| {
        let paragraph = Paragraph { text: words.to_owned(), ..Paragraph::default() };
        Draft { paragraphs: vec![paragraph], ..Draft::default() }
    };
    let drafts = (draft(old.1), draft(new.1));
    let (before, now) = sides(&drafts.0, &drafts.1, folding);
    let changes = changes(&before, &now, &taken_as_one(&before, &now));
    let mut segments: Vec<Segment> =
        changes.into_iter().flat_map(|change| change.segments).collect();
    for segment in &mut segments {
        let note = if segment.op == Op::Delete { old.0 } else { new.0 };
        segment.place.iter_mut().for_each(|place| place.paragraph = note);
    }
    segments
}
