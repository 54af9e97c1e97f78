//! Paragraphs that were dropped and a later revision in; those of them that stand in it again, out.

use super::compare;
use super::lineage::Shares;
use crate::model::{Change, ChangeKind, Differs, Draft, Op, Paragraph};

/// A paragraph as it was when it was last seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'d> {
    pub(super) lineage: usize,
    pub(super) draft: &'d Draft,
    pub(super) paragraph: usize,
}

/// Share (0..1) of the words of both that a paragraph must have in common with what was dropped to be the same again
/// (docs/history.md). More is asked than of two paragraphs in successive drafts, as no place speaks for them.
const SAME_AGAIN: f64 = 0.6;

/// Which dropped paragraphs stand among those that `new` has and the revision before had not, each with how it changed.
///
/// The dropped ones are made a draft, the new ones another, and the two are compared like any others. What holds only a
/// place, as `[...]` does, comes back as nobody.
pub(super) fn returned<'d>(
    dropped: &[Seen<'d>],
    new: &Draft,
    added: &[usize],
) -> Vec<(Seen<'d>, usize, Change)> {
    let own = |seen: &Seen<'d>| seen.draft.paragraphs.get(seen.paragraph).filter(|p| says(p));
    let dropped: Vec<(Seen<'d>, &Paragraph)> =
        dropped.iter().filter_map(|seen| Some((*seen, own(seen)?))).collect();
    let added: Vec<(usize, &Paragraph)> = added
        .iter()
        .filter_map(|n| Some((*n, new.paragraphs.get(*n).filter(|p| says(p))?)))
        .collect();
    if dropped.is_empty() || added.is_empty() {
        return Vec::new();
    }
    let before = small(dropped.iter().map(|(_, paragraph)| *paragraph));
    let now = small(added.iter().map(|(_, paragraph)| *paragraph));
    let mut found = Vec::new();
    for change in compare(&before, &now).changes {
        if change.old.is_empty() || change.new.is_empty() {
            continue;
        }
        for (o, n) in Shares::of(&before, &now, &change).pairs {
            let (Some((seen, old)), Some((at, new))) = (dropped.get(o), added.get(n)) else {
                continue;
            };
            let alone = change.old.len() == 1 && change.new.len() == 1;
            let own = if alone { Some(change.clone()) } else { one_to_one(old, new) };
            if let Some(own) = own.filter(|own| own.similarity >= SAME_AGAIN) {
                found.push((*seen, *at, placed(own, seen.paragraph, *at)));
            }
        }
    }
    found
}

/// True where there are words, and they are more than a placeholder.
fn says(paragraph: &Paragraph) -> bool {
    !paragraph.placeholder && !paragraph.text.trim().is_empty()
}

fn small<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> Draft {
    Draft { paragraphs: paragraphs.cloned().collect(), ..Draft::default() }
}

/// How one paragraph became another; none where it did not.
fn one_to_one(old: &Paragraph, new: &Paragraph) -> Option<Change> {
    let pair = compare(&small(std::iter::once(old)), &small(std::iter::once(new)));
    pair.changes.into_iter().find(|change| !change.old.is_empty() && !change.new.is_empty())
}

/// A change of two paragraphs in their own drafts; in which place they stand among others that were dropped says nothing.
fn placed(mut change: Change, old: usize, new: usize) -> Change {
    let differs = change
        .segments
        .iter()
        .any(|segment| segment.op != Op::Equal && segment.differs != Differs::Writing);
    change.kind = if differs { ChangeKind::Edited } else { ChangeKind::Unchanged };
    (change.old, change.new, change.moved) = (vec![old], vec![new], false);
    for segment in &mut change.segments {
        let (own, other) = match segment.op {
            Op::Delete => (old, new),
            _ => (new, old),
        };
        segment.place.iter_mut().for_each(|place| place.paragraph = own);
        segment.elsewhere.iter_mut().for_each(|at| *at = other);
    }
    change
}
