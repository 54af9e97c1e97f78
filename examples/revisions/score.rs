//! A pair with its truth and a comparison of it in; how much of the comparison is right out.
//!
//! Where the truth is ambiguous by nature, equals count as equal:
//!
//! * Paragraphs with the same words are interchangeable: what is found for one of them may be what is true of
//!   another, and a partner with the same words is the right partner.
//! * A partner that shares at least as many words with a paragraph, in any order, as its true one does (near-duplicates, of which
//!   one was edited towards the other) is as right.
//! * A paragraph of which less than three words in ten are left may be called removed and added.
//! * Of a paragraph and those it passed either may be called moved, where they are not more; where it passed only
//!   what travelled too, moved and not moved are both right.
//!
//! `strict` is the share by index, with nothing excused.

use std::collections::{BTreeMap, HashMap};

use adref::model::{Change, ChangeKind, Comparison};

use super::edit::similarity;
use super::sheet::{Pair, Truth};

/// Kinds, in the order of tables.
pub(crate) const KINDS: [ChangeKind; 7] = [
    ChangeKind::Unchanged,
    ChangeKind::Edited,
    ChangeKind::Moved,
    ChangeKind::Split,
    ChangeKind::Merged,
    ChangeKind::Added,
    ChangeKind::Removed,
];

/// So many right of so many.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rate {
    pub(crate) right: usize,
    pub(crate) of: usize,
}

impl Rate {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }

    /// 1 where there is nothing to get wrong.
    pub(crate) fn share(self) -> f64 {
        if self.of == 0 { 1.0 } else { self.right as f64 / self.of as f64 }
    }
}

/// What is right of a comparison.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    /// Paragraphs of both sides whose partners are exactly the true ones.
    pub(crate) paired: Rate,
    /// The same by index, with nothing excused.
    pub(crate) strict: Rate,
    /// Paragraphs of both sides whose kind of change is right.
    pub(crate) kinds: Rate,
    /// Moved, split and merged: of the true changes those that were found.
    pub(crate) recall: [Rate; 3],
    /// Moved, split and merged: of the changes found those that are true.
    pub(crate) precision: [Rate; 3],
    /// Paragraphs by true kind and found kind, as [`KINDS`].
    pub(crate) confusion: [[usize; 7]; 7],
    /// Headings of both sides whose partner is right.
    pub(crate) headings: Rate,
    /// True changes that were not found as they are, with what was found instead.
    pub(crate) wrong: Vec<Wrong>,
}

impl Score {
    /// Adds the counts of another; what is wrong in it is left out.
    pub(crate) fn join(&mut self, other: &Self) {
        self.paired.join(other.paired);
        self.strict.join(other.strict);
        self.kinds.join(other.kinds);
        self.headings.join(other.headings);
        for nth in 0..CHECKED.len() {
            self.recall[nth].join(other.recall[nth]);
            self.precision[nth].join(other.precision[nth]);
        }
        for (row, more) in self.confusion.iter_mut().zip(other.confusion) {
            row.iter_mut().zip(more).for_each(|(count, more)| *count += more);
        }
    }
}

/// A true change, and the changes that hold its paragraphs.
#[derive(Clone, Debug)]
pub(crate) struct Wrong {
    pub(crate) truth: Truth,
    pub(crate) found: Vec<Change>,
}

const CHECKED: [ChangeKind; 3] = [ChangeKind::Moved, ChangeKind::Split, ChangeKind::Merged];

/// Old or new.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

impl Side {
    fn index(self) -> usize {
        usize::from(self == Self::New)
    }

    fn other(self) -> Self {
        if self == Self::Old { Self::New } else { Self::Old }
    }
}

trait Sides {
    fn on(&self, side: Side) -> &[usize];
}

impl Sides for Truth {
    fn on(&self, side: Side) -> &[usize] {
        if side == Side::Old { &self.old } else { &self.new }
    }
}

impl Sides for Change {
    fn on(&self, side: Side) -> &[usize] {
        if side == Side::Old { &self.old } else { &self.new }
    }
}

/// Holds a comparison against the truth.
pub(crate) fn score(pair: &Pair, comparison: &Comparison) -> Score {
    let judge = Judge::new(pair, &comparison.changes);
    let mut score = Score::default();
    for side in [Side::Old, Side::New] {
        for at in 0..pair.classes[side.index()].len() {
            let (truth, found) = (judge.truth(side, at), judge.found(side, at));
            let right = judge.is_right(side, at);
            score.paired.add(right);
            let own = judge.own(side, at);
            score.strict.add(own.on(side.other()) == truth.on(side.other()));
            let kind = judge.is_kind(side, at);
            score.kinds.add(kind);
            let seen = if kind { truth.kind } else { found.kind };
            score.confusion[place(truth.kind)][place(seen)] += 1;
        }
    }
    for (nth, kind) in CHECKED.into_iter().enumerate() {
        for truth in pair.truth.iter().filter(|truth| truth.kind == kind) {
            score.recall[nth].add(judge.is_recalled(truth));
        }
        for change in comparison.changes.iter().filter(|change| change.kind == kind) {
            score.precision[nth].add(judge.is_true(change));
        }
    }
    for truth in &pair.truth {
        if !judge.all(truth, |side, at| judge.is_right(side, at) && judge.is_kind(side, at)) {
            score.wrong.push(Wrong { truth: truth.clone(), found: judge.beside(truth) });
        }
    }
    score.headings = headings(pair, comparison);
    score
}

fn place(kind: ChangeKind) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or_default()
}

/// Sections keep their order and number: a heading's partner is the heading of the same section.
fn headings(pair: &Pair, comparison: &Comparison) -> Rate {
    let mut rate = Rate::default();
    for at in 0..pair.old.headings.len().max(pair.new.headings.len()) {
        let old = (at < pair.old.headings.len()).then_some(at);
        let new = (at < pair.new.headings.len()).then_some(at);
        rate.add(comparison.headings.iter().any(|h| h.old == old && h.new == new));
    }
    rate
}

struct Judge<'a> {
    pair: &'a Pair,
    changes: &'a [Change],
    /// For each side, for each paragraph: the place of its truth, and of the change found for it.
    truths: [Vec<usize>; 2],
    founds: [Vec<usize>; 2],
    /// For each side, for each paragraph: the paragraph with the same words whose change is taken for its own.
    stands_for: [Vec<usize>; 2],
}

impl<'a> Judge<'a> {
    fn new(pair: &'a Pair, changes: &'a [Change]) -> Self {
        let places = |side: Side| {
            let count = pair.classes[side.index()].len();
            [by_paragraph(&pair.truth, side, count), by_paragraph(changes, side, count)]
        };
        let ([old_truths, old_founds], [new_truths, new_founds]) =
            (places(Side::Old), places(Side::New));
        let mut judge = Self {
            pair,
            changes,
            truths: [old_truths, new_truths],
            founds: [old_founds, new_founds],
            stands_for: [Vec::new(), Vec::new()],
        };
        judge.stands_for = [judge.interchanged(Side::Old), judge.interchanged(Side::New)];
        judge
    }

    /// Among paragraphs with the same words, gives each the found change that is true of it, if one is.
    fn interchanged(&self, side: Side) -> Vec<usize> {
        let classes = &self.pair.classes[side.index()];
        let mut stands: Vec<usize> = (0..classes.len()).collect();
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        classes
            .iter()
            .enumerate()
            .for_each(|(at, class)| groups.entry(*class).or_default().push(at));
        for group in groups.values().filter(|group| group.len() > 1) {
            let (mut open, mut free) = (group.clone(), group.clone());
            for with_kind in [true, false] {
                open.retain(|at| {
                    let truth = self.truth(side, *at);
                    let wanted = self.signature(side, truth);
                    let same = |other: &usize| {
                        let own = self.own(side, *other);
                        self.signature(side, own) == wanted
                            && (!with_kind || own.kind == truth.kind)
                    };
                    let own = free.iter().position(|other| other == at && same(other));
                    let Some(nth) = own.or_else(|| free.iter().position(same)) else { return true };
                    stands[*at] = free.remove(nth);
                    false
                });
            }
            // The others keep their own where it is free.
            open.retain(|at| {
                let Some(nth) = free.iter().position(|other| other == at) else { return true };
                stands[*at] = free.remove(nth);
                false
            });
            open.iter().zip(free).for_each(|(at, other)| stands[*at] = other);
        }
        stands
    }

    /// Classes of all paragraphs of a change: those of the side itself, and the partners.
    fn signature(&self, side: Side, change: &impl Sides) -> [Vec<usize>; 2] {
        [self.classes(side, change), self.classes(side.other(), change)]
    }

    fn classes(&self, side: Side, change: &impl Sides) -> Vec<usize> {
        let classes = &self.pair.classes[side.index()];
        let mut all: Vec<usize> = change.on(side).iter().map(|at| classes[*at]).collect();
        all.sort_unstable();
        all
    }

    fn truth(&self, side: Side, at: usize) -> &'a Truth {
        &self.pair.truth[self.truths[side.index()][at]]
    }

    /// The change found for this very paragraph.
    fn own(&self, side: Side, at: usize) -> &'a Change {
        &self.changes[self.founds[side.index()][at]]
    }

    /// The change found for it or for another with the same words.
    fn found(&self, side: Side, at: usize) -> &'a Change {
        self.own(side, self.stands_for[side.index()][at])
    }

    fn is_right(&self, side: Side, at: usize) -> bool {
        let (truth, found) = (self.truth(side, at), self.found(side, at));
        let other = side.other();
        self.classes(other, truth) == self.classes(other, found)
            || truth.faint && found.on(other).is_empty()
            || self.is_as_near(side, at)
    }

    /// True where it was paired one to one with a paragraph that shares as much with it as the true partner does, or
    /// lost its partner to one.
    fn is_as_near(&self, side: Side, at: usize) -> bool {
        let near = |side: Side, at: usize| {
            let (truth, found) = (self.truth(side, at), self.own(side, at));
            let ([own], [other]) = (truth.on(side.other()), found.on(side.other())) else {
                return false;
            };
            found.on(side).len() == 1
                && self.shared(side, at, *other) >= self.shared(side, at, *own)
        };
        let truth = self.truth(side, at).on(side.other());
        let found = self.own(side, at).on(side.other());
        match (truth, found) {
            ([_], [_]) => near(side, at) || near(side.other(), found[0]),
            ([partner], []) => near(side.other(), *partner),
            ([], [partner]) => near(side.other(), *partner),
            _ => false,
        }
    }

    fn shared(&self, side: Side, at: usize, other: usize) -> f64 {
        let bags = &self.pair.bags;
        similarity(&bags[side.index()][at], &bags[side.other().index()][other])
    }

    fn is_kind(&self, side: Side, at: usize) -> bool {
        let (truth, found) = (self.truth(side, at), self.found(side, at));
        let simple = |kind| !matches!(kind, ChangeKind::Split | ChangeKind::Merged);
        if truth.kind == found.kind {
            return true;
        }
        let (one, same) = (simple(found.kind) && simple(truth.kind), self.is_right(side, at));
        let came_or_went = matches!(found.kind, ChangeKind::Added | ChangeKind::Removed);
        if truth.faint && came_or_went || one && same && self.is_as_near(side, at) && came_or_went {
            return true;
        }
        let moved = (truth.kind == ChangeKind::Moved) != (found.kind == ChangeKind::Moved);
        one && same && moved && !came_or_went && (truth.open || self.is_instead(truth))
    }

    /// True where something else was marked as moved in place of this, or this in place of it.
    fn is_instead(&self, truth: &Truth) -> bool {
        let is_moved = |truth: &Truth| {
            truth.new.iter().all(|at| self.found(Side::New, *at).kind == ChangeKind::Moved)
        };
        let all_passed =
            |mover: &Truth| mover.passed.iter().all(|at| is_moved(&self.pair.truth[*at]));
        if truth.kind == ChangeKind::Moved {
            return !truth.passed.is_empty() && all_passed(truth);
        }
        let passes =
            |mover: &&Truth| mover.passed.iter().any(|at| self.pair.truth[*at].new == truth.new);
        let mut movers = self.pair.truth.iter().filter(passes);
        movers.any(|mover| !is_moved(mover) && all_passed(mover))
    }

    fn all(&self, truth: &Truth, holds: impl Fn(Side, usize) -> bool) -> bool {
        truth.old.iter().all(|at| holds(Side::Old, *at))
            && truth.new.iter().all(|at| holds(Side::New, *at))
    }

    fn is_recalled(&self, truth: &Truth) -> bool {
        self.all(truth, |side, at| self.is_right(side, at) && self.is_kind(side, at))
    }

    /// True where the paragraphs of a change that was found stand in one of that kind in truth.
    fn is_true(&self, change: &Change) -> bool {
        let true_of = |side: Side, found: usize| {
            let stands = &self.stands_for[side.index()];
            let at = stands.iter().position(|at| *at == found).unwrap_or(found);
            self.is_right(side, at) && self.is_kind(side, at)
        };
        change.old.iter().all(|at| true_of(Side::Old, *at))
            && change.new.iter().all(|at| true_of(Side::New, *at))
    }

    /// The changes found that hold a paragraph of this one.
    fn beside(&self, truth: &Truth) -> Vec<Change> {
        let old = truth.old.iter().map(|at| self.founds[0][*at]);
        let mut all: Vec<usize> =
            old.chain(truth.new.iter().map(|at| self.founds[1][*at])).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().map(|at| self.changes[at].clone()).collect()
    }
}

fn by_paragraph<T: Sides>(changes: &[T], side: Side, count: usize) -> Vec<usize> {
    let holds =
        changes.iter().enumerate().flat_map(|(at, c)| c.on(side).iter().map(move |p| (*p, at)));
    let places: HashMap<usize, usize> = holds.collect();
    (0..count).map(|at| places.get(&at).copied().unwrap_or_default()).collect()
}
