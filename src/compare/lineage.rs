//! Revisions of a draft in; every paragraph followed through all of them, out.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::returned::{Seen, returned};
use super::{compare, rows};
use crate::model::{
    Change, ChangeKind, Comparison, Draft, DraftRevision, History, Lineage, Step, StepKind,
};
use crate::text::Folding;
use crate::text::inserted::comparable;

/// Follows every paragraph through the revisions of a draft, the oldest first.
///
/// Each revision is compared with the one before, and the changes are chained. Where a paragraph was split, the part
/// that has most of its words goes on, and the others are born of it; where several were merged, the one that gave most
/// words goes on, and the others end in it. What was dropped is held against what later revisions add: see
/// `returned`; of very many, those dropped last. The time is that of the comparisons; a group of paragraphs that were
/// split and merged into one another takes time with the product of its sides.
pub fn follow(revisions: Vec<DraftRevision>) -> History {
    let comparisons: Vec<Comparison> = revisions
        .par_windows(2)
        .map(|pair| match pair {
            [old, new] => compare(&old.draft, &new.draft),
            _ => Comparison::default(),
        })
        .collect();
    let mut chain = Chain::new(&revisions);
    for (before, comparison) in comparisons.iter().enumerate() {
        chain.extend(before + 1, comparison);
    }
    let Chain { lineages, held, returns, .. } = chain;
    let lineages = rows::in_order(lineages, &held);
    History { revisions, comparisons, returns, lineages }
}

/// Of more dropped paragraphs than this, only those dropped last are looked for: so many are held against every revision
/// that adds something.
const MOST_DROPPED: usize = 4_000;

/// The lineages as far as they are followed.
struct Chain<'d> {
    revisions: &'d [DraftRevision],
    lineages: Vec<Lineage>,
    /// For each revision so far the lineage of each of its paragraphs.
    held: Vec<Vec<usize>>,
    /// Lineages that were dropped, or merged into others, and did not come back so far.
    dropped: Vec<usize>,
    returns: Vec<Change>,
}

impl<'d> Chain<'d> {
    fn new(revisions: &'d [DraftRevision]) -> Self {
        let mut chain = Self {
            revisions,
            lineages: Vec::new(),
            held: Vec::with_capacity(revisions.len()),
            dropped: Vec::new(),
            returns: Vec::new(),
        };
        let first = revisions.first().map_or(0, |first| first.draft.paragraphs.len());
        let born =
            |paragraph| Step { similarity: 1.0, ..step(0, Some(paragraph), StepKind::First) };
        let held = (0..first).map(|paragraph| chain.begin(born(paragraph))).collect();
        chain.held.push(held);
        chain
    }

    /// Follows all lineages into one more revision.
    fn extend(&mut self, revision: usize, comparison: &Comparison) {
        let Some([old, new]) = self.revisions.get(revision - 1..=revision) else { return };
        let (old, new) = (&old.draft, &new.draft);
        let mut now: Vec<usize> = vec![usize::MAX; new.paragraphs.len()];
        let mut gone: Vec<usize> = Vec::new();
        let mut added: Vec<(usize, usize)> = Vec::new();
        for (index, change) in comparison.changes.iter().enumerate() {
            if change.old.is_empty() {
                added.extend(change.new.iter().map(|n| (*n, index)));
            } else if change.new.is_empty() {
                for o in &change.old {
                    let Some(lineage) = self.holder(revision - 1, *o) else { continue };
                    let ended = step(revision, None, StepKind::Dropped);
                    self.go_on(lineage, Step { change: Some(index), ..ended });
                    gone.push(lineage);
                }
            } else {
                gone.extend(self.carry(revision, (index, change), (old, new), &mut now));
            }
        }
        self.take_back(revision, &mut added, &mut now);
        for (n, index) in added {
            let born = Step { change: Some(index), ..step(revision, Some(n), StepKind::New) };
            let lineage = self.begin(born);
            set(&mut now, n, lineage);
        }
        self.dropped.extend(gone);
        self.held.push(now);
    }

    /// Follows the lineages of a change that has paragraphs on both sides; gives those that ended in others.
    fn carry(
        &mut self,
        revision: usize,
        (index, change): (usize, &Change),
        (old, new): (&Draft, &Draft),
        now: &mut [usize],
    ) -> Vec<usize> {
        let shares = Shares::of(old, new, change);
        let told = |paragraph: Option<usize>, kind: StepKind| Step {
            similarity: change.similarity,
            change: Some(index),
            ..step(revision, paragraph, kind)
        };
        for (o, n) in &shares.pairs {
            let Some(lineage) = self.holder(revision - 1, *o) else { continue };
            let kind = if shares.off.iter().any(|(_, from)| from == o) {
                StepKind::Split
            } else if shares.away.iter().any(|(_, into)| into == n) {
                StepKind::Merged
            } else {
                carried(change)
            };
            let renumbered = is_renumbered((old, *o), (new, *n));
            self.go_on(lineage, Step { renumbered, ..told(Some(*n), kind) });
            set(now, *n, lineage);
        }
        for (n, from) in &shares.off {
            let other = self.holder(revision - 1, *from);
            if self.stands_alone_again(revision, *n, other, now) {
                continue;
            }
            let lineage = self.begin(Step { other, ..told(Some(*n), StepKind::SplitFrom) });
            set(now, *n, lineage);
        }
        let mut ended = Vec::new();
        for (o, into) in &shares.away {
            let Some(lineage) = self.holder(revision - 1, *o) else { continue };
            let other = now.get(*into).copied();
            self.go_on(lineage, Step { other, ..told(None, StepKind::MergedInto) });
            ended.push(lineage);
        }
        ended
    }

    /// True where a part of what was split had been merged into it before, and goes on as what it was.
    fn stands_alone_again(
        &mut self,
        revision: usize,
        part: usize,
        whole: Option<usize>,
        now: &mut [usize],
    ) -> bool {
        let taken_up = |lineage: &usize| {
            let last = self.lineages.get(*lineage).and_then(|own| own.steps.last());
            last.is_some_and(|step| step.kind == StepKind::MergedInto && step.other == whole)
        };
        let merged: Vec<usize> = self.dropped.iter().copied().filter(taken_up).collect();
        !self.bring_back(revision, &merged, &[part], now).is_empty()
    }

    /// Takes from what was added what was dropped before.
    fn take_back(&mut self, revision: usize, added: &mut Vec<(usize, usize)>, now: &mut [usize]) {
        let older = self.dropped.len().saturating_sub(MOST_DROPPED);
        let dropped: Vec<usize> = self.dropped.iter().skip(older).copied().collect();
        let paragraphs: Vec<usize> = added.iter().map(|(n, _)| *n).collect();
        let back = self.bring_back(revision, &dropped, &paragraphs, now);
        added.retain(|(n, _)| !back.contains(n));
    }

    /// Goes on with those of `ended` lineages that stand among some paragraphs of a revision; gives these paragraphs.
    fn bring_back(
        &mut self,
        revision: usize,
        ended: &[usize],
        paragraphs: &[usize],
        now: &mut [usize],
    ) -> Vec<usize> {
        let last = |lineage: &usize| {
            let seen = self.lineages.get(*lineage)?.last_seen(revision)?;
            let draft = &self.revisions.get(seen.revision)?.draft;
            Some(Seen { lineage: *lineage, draft, paragraph: seen.paragraph? })
        };
        let ended: Vec<Seen<'_>> = ended.iter().filter_map(last).collect();
        let Some(new) = self.revisions.get(revision).map(|new| &new.draft) else {
            return Vec::new();
        };
        let mut back = Vec::new();
        for (seen, n, change) in returned(&ended, new, paragraphs) {
            let told = Step {
                renumbered: is_renumbered((seen.draft, seen.paragraph), (new, n)),
                similarity: change.similarity,
                change: Some(self.returns.len()),
                ..step(revision, Some(n), StepKind::Back)
            };
            self.go_on(seen.lineage, told);
            set(now, n, seen.lineage);
            self.returns.push(change);
            back.push(n);
            self.dropped.retain(|other| *other != seen.lineage);
        }
        back
    }

    fn begin(&mut self, born: Step) -> usize {
        self.lineages.push(Lineage { steps: vec![born] });
        self.lineages.len() - 1
    }

    fn go_on(&mut self, lineage: usize, step: Step) {
        if let Some(lineage) = self.lineages.get_mut(lineage) {
            lineage.steps.push(step);
        }
    }

    /// The lineage that holds a paragraph of a revision.
    fn holder(&self, revision: usize, paragraph: usize) -> Option<usize> {
        self.held.get(revision)?.get(paragraph).copied()
    }
}

fn step(revision: usize, paragraph: Option<usize>, kind: StepKind) -> Step {
    Step {
        revision,
        paragraph,
        kind,
        other: None,
        renumbered: false,
        similarity: 0.0,
        change: None,
        mark: None,
    }
}

fn set(slots: &mut [usize], at: usize, value: usize) {
    slots.iter_mut().skip(at).take(1).for_each(|slot| *slot = value);
}

/// What became of a paragraph that neither was divided nor took another up.
fn carried(change: &Change) -> StepKind {
    match change.kind {
        ChangeKind::Unchanged => StepKind::Unchanged,
        ChangeKind::Moved => StepKind::Moved,
        _ if change.moved => StepKind::Moved,
        _ => StepKind::Edited,
    }
}

/// True where the two are printed with different numbers; how an inserted number is set does not count.
fn is_renumbered((old, o): (&Draft, usize), (new, n): (&Draft, usize)) -> bool {
    let number = |draft: &Draft, at: usize| {
        draft.paragraphs.get(at).and_then(|p| p.number.as_deref()).map(comparable)
    };
    number(old, o) != number(new, n)
}

/// Who goes on as whom, where several paragraphs became one or several.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Shares {
    /// An old paragraph and the new one that goes on with it.
    pub(super) pairs: Vec<(usize, usize)>,
    /// A new paragraph that goes on with none, and the old one it has most words of.
    off: Vec<(usize, usize)>,
    /// An old paragraph that none goes on with, and the new one that has most of its words.
    away: Vec<(usize, usize)>,
}

impl Shares {
    /// The two that share most words are paired first, then the next two; of equals those that stand first.
    pub(super) fn of(old: &Draft, new: &Draft, change: &Change) -> Self {
        if let ([o], [n]) = (change.old.as_slice(), change.new.as_slice()) {
            return Self { pairs: vec![(*o, *n)], ..Self::default() };
        }
        let bags = |draft: &Draft, which: &[usize]| -> Vec<(usize, Vec<u64>)> {
            which.iter().map(|at| (*at, bag(draft, *at))).collect()
        };
        let (olds, news) = (bags(old, &change.old), bags(new, &change.new));
        let mut shared: Vec<(Reverse<usize>, usize, usize)> = news
            .iter()
            .flat_map(|(n, b)| olds.iter().map(move |(o, a)| (Reverse(common(a, b)), *n, *o)))
            .collect();
        shared.sort_unstable();
        let mut shares = Self::default();
        let mut taken = (Vec::new(), Vec::new());
        for (_, n, o) in &shared {
            if !taken.0.contains(o) && !taken.1.contains(n) {
                taken.0.push(*o);
                taken.1.push(*n);
                shares.pairs.push((*o, *n));
            }
        }
        let first = |fits: &dyn Fn(usize, usize) -> bool| shared.iter().find(|s| fits(s.2, s.1));
        for n in change.new.iter().filter(|n| !taken.1.contains(n)) {
            shares.off.extend(first(&|_, new| new == *n).map(|(_, _, o)| (*n, *o)));
        }
        for o in change.old.iter().filter(|o| !taken.0.contains(o)) {
            shares.away.extend(first(&|old, _| old == *o).map(|(_, n, _)| (*o, *n)));
        }
        shares
    }
}

/// The words of a paragraph, as keys, ascending.
fn bag(draft: &Draft, at: usize) -> Vec<u64> {
    let words = draft.paragraphs.get(at).map(|p| Folding::general().paragraph(p));
    let mut keys: Vec<u64> = words.unwrap_or_default().iter().map(|word| word.key).collect();
    keys.sort_unstable();
    keys
}

/// How many words stand in both bags.
fn common(a: &[u64], b: &[u64]) -> usize {
    let mut rest = b.iter().peekable();
    let both = a.iter().filter(|key| {
        while rest.next_if(|other| other < key).is_some() {}
        rest.next_if_eq(key).is_some()
    });
    both.count()
}
