//! A pair with its truth and a comparison of it in; how much of the comparison is right out.
//!
//! Where the truth is ambiguous by nature, equals count as equal:
//!
//! * Paragraphs with the same words are interchangeable: what is found for one of them may be what is true of
//!   another, and a partner with the same words is the right partner.
//! * Where one paragraph stands for another in a pair, or two exchange their partners, and as many words are shared
//!   as in truth or more (near-duplicates), it is as right; nothing may be left over that truth pairs.
//! * A paragraph of which less than three words in ten are left may be called removed and added.
//! * Of a paragraph and those it passed either may be called moved, where they are not more; where it passed only
//!   what travelled too, moved and not moved are both right.
//!
//! `strict` is the share by index, with nothing excused.

use std::collections::BTreeMap;

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

/// The paragraphs of a change on both sides, and its kind.
#[derive(Clone)]
struct Sides {
    on: [Vec<usize>; 2],
    kind: ChangeKind,
}

impl Sides {
    fn on(&self, side: Side) -> &[usize] {
        &self.on[side.index()]
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
            let own =
                if side == Side::Old { &judge.own(side, at).new } else { &judge.own(side, at).old };
            score.strict.add(own == judge.true_partners(side, at));
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
        for change in judge.fair.iter().filter(|change| change.kind == kind) {
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
    /// The same changes, with paragraphs of the same words interchanged so that as many as may be are true.
    fair: Vec<Sides>,
    /// For each side, for each paragraph: the place of its truth, and of the change found for it, as it is and fair.
    truths: [Vec<usize>; 2],
    founds: [Vec<usize>; 2],
    fairs: [Vec<usize>; 2],
}

impl<'a> Judge<'a> {
    fn new(pair: &'a Pair, changes: &'a [Change]) -> Self {
        let truth: Vec<Sides> = pair
            .truth
            .iter()
            .map(|t| Sides { on: [t.old.clone(), t.new.clone()], kind: t.kind })
            .collect();
        let mut fair: Vec<Sides> = changes
            .iter()
            .map(|c| Sides { on: [c.old.clone(), c.new.clone()], kind: c.kind })
            .collect();
        let truths = by_paragraph(&truth, pair);
        let founds = by_paragraph(&fair, pair);
        let names = [Side::Old, Side::New].map(|side| {
            let at = side.index();
            interchanged(side, &pair.classes, (&truth, &truths[at]), (&fair, &founds[at]))
        });
        for change in &mut fair {
            for (list, names) in change.on.iter_mut().zip(&names) {
                list.iter_mut().for_each(|at| *at = names[*at]);
                list.sort_unstable();
            }
        }
        let fairs = by_paragraph(&fair, pair);
        Self { pair, changes, fair, truths, founds, fairs }
    }

    fn classes(&self, side: Side, list: &[usize]) -> Vec<usize> {
        classes(&self.pair.classes, side, list)
    }

    fn truth(&self, side: Side, at: usize) -> &'a Truth {
        &self.pair.truth[self.truths[side.index()][at]]
    }

    /// The paragraphs on the other side that this one truly became, or came from.
    fn true_partners(&self, side: Side, at: usize) -> &'a [usize] {
        let truth = self.truth(side, at);
        if side == Side::Old { &truth.new } else { &truth.old }
    }

    /// Those that were found, equals interchanged.
    fn partners(&self, side: Side, at: usize) -> &[usize] {
        self.found(side, at).on(side.other())
    }

    /// The change found for this very paragraph.
    fn own(&self, side: Side, at: usize) -> &'a Change {
        &self.changes[self.founds[side.index()][at]]
    }

    /// The change found for it or for another with the same words.
    fn found(&self, side: Side, at: usize) -> &Sides {
        &self.fair[self.fairs[side.index()][at]]
    }

    fn is_right(&self, side: Side, at: usize) -> bool {
        let (wanted, got) = (self.true_partners(side, at), self.partners(side, at));
        let other = side.other();
        self.classes(other, wanted) == self.classes(other, got)
            || self.truth(side, at).faint && got.is_empty()
            || self.is_as_near(side, at)
    }

    /// True where a paragraph stands for another in a pair and both share at least as much with their partners, all
    /// told: two exchanged theirs, or one took the place of one that is left over instead.
    fn is_as_near(&self, side: Side, at: usize) -> bool {
        let other = side.other();
        let near = |at, partner| self.shared(side, at, partner);
        match (self.true_partners(side, at), self.partners(side, at)) {
            ([own], [found]) => {
                match (self.true_partners(other, *found), self.partners(other, *own)) {
                    ([], []) => near(at, *found) >= near(at, *own),
                    ([a], [b]) if a == b && a != &at => {
                        near(at, *found) + near(*a, *own) >= near(at, *own) + near(*a, *found)
                    }
                    _ => false,
                }
            }
            ([own], []) => match self.partners(other, *own) {
                [a] => self.true_partners(side, *a).is_empty() && near(*a, *own) >= near(at, *own),
                _ => false,
            },
            ([], [found]) => match self.true_partners(other, *found) {
                [a] => self.partners(side, *a).is_empty() && near(at, *found) >= near(*a, *found),
                _ => false,
            },
            _ => false,
        }
    }

    /// Share of words of two paragraphs, the first of this side.
    fn shared(&self, side: Side, at: usize, other: usize) -> f64 {
        let bags = &self.pair.bags;
        similarity(&bags[side.index()][at], &bags[side.other().index()][other])
    }

    fn is_kind(&self, side: Side, at: usize) -> bool {
        let (truth, found) = (self.truth(side, at), self.found(side, at).kind);
        if truth.kind == found {
            return true;
        }
        let is_one = |kind| !matches!(kind, ChangeKind::Split | ChangeKind::Merged);
        if !is_one(truth.kind) || !is_one(found) || !self.is_right(side, at) {
            return false;
        }
        let alone = |kind| matches!(kind, ChangeKind::Added | ChangeKind::Removed);
        if alone(truth.kind) || alone(found) {
            // One that stands for another, or that is beyond recognition: judged as right already.
            return found != ChangeKind::Moved
                || self
                    .partners(side, at)
                    .iter()
                    .all(|partner| self.truth(side.other(), *partner).kind == ChangeKind::Moved);
        }
        let one_moved = (truth.kind == ChangeKind::Moved) != (found == ChangeKind::Moved);
        if one_moved { truth.open || self.is_instead(truth) } else { self.is_as_near(side, at) }
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
    fn is_true(&self, found: &Sides) -> bool {
        [Side::Old, Side::New].into_iter().all(|side| {
            let mut all = found.on(side).iter();
            all.all(|at| self.is_right(side, *at) && self.is_kind(side, *at))
        })
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

/// For each side, for each paragraph, the place of the change that holds it.
fn by_paragraph(changes: &[Sides], pair: &Pair) -> [Vec<usize>; 2] {
    [Side::Old, Side::New].map(|side| {
        let mut places = vec![0; pair.classes[side.index()].len()];
        for (at, change) in changes.iter().enumerate() {
            change.on(side).iter().for_each(|paragraph| places[*paragraph] = at);
        }
        places
    })
}

/// Classes of paragraphs of a side, sorted.
fn classes(all: &[Vec<usize>; 2], side: Side, list: &[usize]) -> Vec<usize> {
    let mut classes: Vec<usize> = list.iter().map(|at| all[side.index()][*at]).collect();
    classes.sort_unstable();
    classes
}

/// For each paragraph the one with the same words that its change is taken to speak of: one of which it is true, where
/// there is one. Truth and found are changes, with the place of each paragraph's.
fn interchanged(
    side: Side,
    all: &[Vec<usize>; 2],
    truth: (&[Sides], &[usize]),
    found: (&[Sides], &[usize]),
) -> Vec<usize> {
    let own = &all[side.index()];
    let of = |(changes, places): (&[Sides], &[usize]), at: usize| {
        let change = &changes[places[at]];
        let here = classes(all, side, change.on(side));
        (here, classes(all, side.other(), change.on(side.other())), change.kind)
    };
    let mut names: Vec<usize> = (0..own.len()).collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    own.iter().enumerate().for_each(|(at, class)| groups.entry(*class).or_default().push(at));
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let (mut open, mut free) = (group.clone(), group);
        // First what is true in all, then what has the right partners, each its own before another's; then any.
        for step in 0..6 {
            open.retain(|at| {
                let wanted = of(truth, *at);
                let fits = |other: &usize| {
                    let got = of(found, *other);
                    let same = (&got.0, &got.1) == (&wanted.0, &wanted.1);
                    (step % 2 == 1 || other == at)
                        && (step >= 4 || same && (step >= 2 || got.2 == wanted.2))
                };
                let Some(nth) = free.iter().position(fits) else { return true };
                names[free.remove(nth)] = *at;
                false
            });
        }
    }
    names
}
