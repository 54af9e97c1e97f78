//! Paragraphs linked across two drafts in; the changes, each with its kind and its redline, in the order of the new text, out.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::candidates::shared;
use super::lexicon::Bag;
use super::pair::Paired;
use super::redline::{Joined, redline};
use super::side::{FEW, Side};
use crate::model::{Change, ChangeKind, Differs, Op, Place, Segment, Span};
use crate::text::in_place;
use crate::text::inserted::comparable;

/// Paragraphs of both drafts that belong together, ascending on each side.
#[derive(Clone, Debug, Default)]
struct Group {
    old: Vec<usize>,
    new: Vec<usize>,
    moved: bool,
}

/// All changes between two drafts.
pub(super) fn changes(old: &Side, new: &Side, paired: &Paired) -> Vec<Change> {
    let groups = in_order(groups(old, new, &paired.links));
    let change = |group: Group| change(old, new, paired, group);
    if groups.len() < FEW {
        groups.into_iter().map(change).collect()
    } else {
        groups.into_par_iter().map(change).collect()
    }
}

/// What the links hold together, and every paragraph without a link alone.
fn groups(old: &Side, new: &Side, links: &[(usize, usize)]) -> Vec<Group> {
    let mut own = Sets::new(old.texts.len() + new.texts.len());
    let shift = old.texts.len();
    links.iter().for_each(|(o, n)| own.join(*o, shift + n));
    let mut of: Vec<Option<usize>> = vec![None; shift + new.texts.len()];
    let mut groups: Vec<Group> = Vec::new();
    for at in 0..of.len() {
        let root = own.root(at);
        let Some(slot) = of.get_mut(root) else { continue };
        let index = *slot.get_or_insert_with(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(index) {
            match at.checked_sub(shift) {
                Some(n) => group.new.push(n),
                None => group.old.push(at),
            }
        }
    }
    settle_places(old, new, links, &mut groups);
    groups
}

/// Tells which groups moved. Of several paragraphs those two tell where they stand that share most words and do not stand
/// otherwise among the pairs that kept their place; where there are none, those that share most.
fn settle_places(old: &Side, new: &Side, links: &[(usize, usize)], groups: &mut [Group]) {
    let words = |n: usize| new.texts.get(n).map_or(0, |text| text.count);
    let of_group = |(at, group): (usize, &Group)| {
        Some((linked(old, new, links, group), at)).filter(|(p, _)| !p.is_empty())
    };
    let all: Vec<(Vec<(usize, usize)>, usize)> = if groups.len() < FEW {
        groups.iter().enumerate().filter_map(of_group).collect()
    } else {
        groups.par_iter().enumerate().filter_map(of_group).collect()
    };
    let chain = chain(&all, words);
    let fits = |(o, n): &&(usize, usize)| {
        chain.partition_point(|(old, _)| old < o) == chain.partition_point(|(_, new)| new < n)
    };
    let main = |(pairs, at): &(Vec<(usize, usize)>, usize)| {
        let own = pairs.iter().find(|pair| pairs.len() == 1 || fits(pair)).or(pairs.first());
        own.map(|pair| (*pair, *at))
    };
    let mut mains: Vec<((usize, usize), usize)> = all.iter().filter_map(main).collect();
    mains.sort_unstable_by_key(|((_, n), _)| *n);
    let pairs: Vec<(usize, usize)> = mains.iter().map(|(pair, _)| *pair).collect();
    for (stays, (_, at)) in in_place(&pairs, words).into_iter().zip(&mains) {
        groups.iter_mut().skip(*at).take(1).for_each(|group| group.moved = !stays);
    }
}

/// The pairs of one and one that kept their place, ascending; none where there are no others.
fn chain(
    all: &[(Vec<(usize, usize)>, usize)],
    words: impl Fn(usize) -> usize,
) -> Vec<(usize, usize)> {
    if all.iter().all(|(pairs, _)| pairs.len() < 2) {
        return Vec::new();
    }
    let single = |(pairs, _): &(Vec<(usize, usize)>, usize)| match pairs.as_slice() {
        [pair] => Some(*pair),
        _ => None,
    };
    let mut alone: Vec<(usize, usize)> = all.iter().filter_map(single).collect();
    alone.sort_unstable_by_key(|(_, n)| *n);
    let stay = in_place(&alone, words);
    alone.into_iter().zip(stay).filter(|(_, stays)| *stays).map(|(pair, _)| pair).collect()
}

/// The linked paragraphs of a group, those first that share most words.
fn linked(old: &Side, new: &Side, links: &[(usize, usize)], group: &Group) -> Vec<(usize, usize)> {
    if let ([o], [n]) = (group.old.as_slice(), group.new.as_slice()) {
        return vec![(*o, *n)];
    }
    let sorted = |side: &Side, which: &[usize]| -> Vec<(usize, Vec<u64>)> {
        which.iter().map(|at| (*at, keys(side, &[*at]))).collect()
    };
    let (olds, news) = (sorted(old, &group.old), sorted(new, &group.new));
    let pairs = news.iter().flat_map(|new| olds.iter().map(move |old| (old, new)));
    let linked = pairs.filter(|((o, _), (n, _))| {
        links.binary_search_by_key(&(*n, *o), |(o, n)| (*n, *o)).is_ok()
    });
    let shares = linked.map(|((o, a), (n, b))| (Reverse(shared(a, b).count()), (*n, *o)));
    let mut all: Vec<(Reverse<usize>, (usize, usize))> = shares.collect();
    all.sort_unstable();
    all.into_iter().map(|(_, (n, o))| (o, n)).collect()
}

/// The numbers of the words of a paragraph that has no equal.
fn sorted(bags: &[Bag], at: usize) -> &[u32] {
    bags.get(at).map_or(&[], |bag| bag.sorted.as_slice())
}

/// The keys of all words of some paragraphs, ascending.
fn keys(side: &Side, which: &[usize]) -> Vec<u64> {
    let words = which.iter().flat_map(|at| side.words(*at));
    let mut keys: Vec<u64> = words.map(|word| word.key).collect();
    keys.sort_unstable();
    keys
}

/// In the order of the new text; what was removed stands behind what stood before it.
fn in_order(groups: Vec<Group>) -> Vec<Group> {
    let (mut come, gone): (Vec<Group>, Vec<Group>) =
        groups.into_iter().partition(|g| !g.new.is_empty());
    come.sort_unstable_by_key(|group| group.new.first().copied());
    // Places in the old text that tell where a removed paragraph stood: those of groups that stayed.
    let mut stayed: Vec<(usize, usize)> = Vec::new();
    for (at, group) in come.iter().enumerate().filter(|(_, group)| !group.moved) {
        stayed.extend(group.old.iter().map(|o| (*o, at)));
    }
    stayed.sort_unstable();
    let mut behind: Vec<Vec<Group>> = vec![Vec::new(); come.len() + 1];
    for group in gone {
        let own = group.old.first().copied().unwrap_or(0);
        let at = stayed.partition_point(|(o, _)| *o < own);
        let place = at.checked_sub(1).and_then(|at| stayed.get(at)).map_or(0, |(_, at)| at + 1);
        if let Some(gone) = behind.get_mut(place) {
            gone.push(group);
        }
    }
    let mut behind = behind.into_iter();
    let mut out = behind.next().unwrap_or_default();
    for (group, gone) in come.into_iter().zip(behind) {
        out.push(group);
        out.extend(gone);
    }
    out
}

fn change(old: &Side, new: &Side, paired: &Paired, group: Group) -> Change {
    let lexicon = &paired.lexicon;
    let equal = group.old.len() == 1 && group.new.len() == 1 && {
        let key = |side: &Side, which: &[usize]| {
            let text = which.first().and_then(|at| side.texts.get(*at));
            text.map(|text| text.key)
        };
        key(old, &group.old) == key(new, &group.new)
    };
    let segments = match (group.old.as_slice(), group.new.as_slice()) {
        ([], news) => news.iter().map(|n| whole(new, *n, Op::Insert)).collect(),
        (olds, []) => olds.iter().map(|o| whole(old, *o, Op::Delete)).collect(),
        ([o], [n]) if text(old, *o) == text(new, *n) => vec![whole(new, *n, Op::Equal)],
        (olds, news) => {
            let old = Joined::new(old, olds, (lexicon, &lexicon.old));
            redline(old, Joined::new(new, news, (lexicon, &lexicon.new)))
        }
    };
    // A label that only one draft sets apart from the words makes no difference to a reader.
    let one = group.old.len() == 1 && group.new.len() == 1;
    let equal = equal || one && segments.iter().all(|segment| segment.op == Op::Equal);
    let similarity = if equal {
        1.0
    } else {
        let count = |side: &Side, which: &[usize]| -> usize {
            which.iter().filter_map(|at| side.texts.get(*at)).map(|text| text.count).sum()
        };
        let all = count(old, &group.old) + count(new, &group.new);
        let both = match (group.old.as_slice(), group.new.as_slice()) {
            ([o], [n]) => shared(sorted(&lexicon.old, *o), sorted(&lexicon.new, *n)).count(),
            (olds, news) => shared(&keys(old, olds), &keys(new, news)).count(),
        };
        2.0 * both as f64 / all.max(1) as f64
    };
    let edited = !equal
        || segments
            .iter()
            .any(|s| s.op != Op::Equal && matches!(s.differs, Differs::Words | Differs::Status))
        || bracketed(old, &group.old) != bracketed(new, &group.new);
    let kind = match (group.old.len(), group.new.len()) {
        (0, _) => ChangeKind::Added,
        (_, 0) => ChangeKind::Removed,
        (1, 1) if group.moved => ChangeKind::Moved,
        (1, 1) if edited => ChangeKind::Edited,
        (1, 1) => ChangeKind::Unchanged,
        (olds, news) if olds > news => ChangeKind::Merged,
        _ => ChangeKind::Split,
    };
    Change {
        kind,
        renumbered: !group.old.is_empty() && !group.new.is_empty() && renumbered(old, new, &group),
        moved: group.moved,
        old: group.old,
        new: group.new,
        similarity,
        segments,
        acts: Vec::new(),
        footnotes: Vec::new(),
        agreed: None,
    }
}

fn text<'d>(side: &Side<'d>, at: usize) -> &'d str {
    side.paragraph(at).map_or("", |paragraph| paragraph.text.as_str())
}

fn bracketed(side: &Side, which: &[usize]) -> bool {
    which.iter().filter_map(|at| side.paragraph(*at)).any(|paragraph| paragraph.bracketed)
}

/// True where no number that was printed before is printed now.
fn renumbered(old: &Side, new: &Side, group: &Group) -> bool {
    // Mostly it is the same to the character.
    if let ([o], [n]) = (group.old.as_slice(), group.new.as_slice())
        && old.number(*o) == new.number(*n)
    {
        return false;
    }
    let number = |side: &Side, at: usize| {
        side.paragraph(at).and_then(|p| p.number.as_deref()).map(comparable)
    };
    let olds: Vec<Option<String>> = group.old.iter().map(|at| number(old, *at)).collect();
    !group.new.iter().any(|at| olds.contains(&number(new, *at)))
}

/// A paragraph all of which only one side has, or both have to the character.
fn whole(side: &Side, at: usize, op: Op) -> Segment {
    let text = text(side, at).to_owned();
    let place = Some(Place { paragraph: at, span: Span::new(0, text.len()) });
    Segment { op, text, place, differs: Differs::Words, elsewhere: None, source: None }
}

/// Disjoint sets of numbers (Tarjan, 1975, with halved paths).
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(up) = self.parent.get(at).copied().filter(|up| *up != at) {
            let above = self.parent.get(up).copied().unwrap_or(up);
            self.parent.iter_mut().skip(at).take(1).for_each(|slot| *slot = above);
            at = above;
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent.iter_mut().skip(a.max(b)).take(1).for_each(|slot| *slot = a.min(b));
    }
}
