//! Two drafts and the file of the old one in; what stays in its place, and where in the file what is new belongs, out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Compared, Redline};
use crate::model::{Change, ChangeKind, Draft, HeadingChange};
use crate::report::docx::lines::{Item, items};
use crate::report::docx::units::Unit;
use crate::text::alike;

/// Something that stays in its place.
#[derive(Clone, Copy)]
pub(super) enum Stays<'c> {
    Paragraphs(&'c Change),
    /// A part of a split or of a merger: one paragraph of the old draft that stays as one of the new.
    Part(&'c Change, usize, usize),
    Heading(usize, usize),
    /// A table, by its place among those that stayed, with how many rows it has now.
    Table(usize, usize),
}

impl Stays<'_> {
    /// How many items of the new draft it is.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Paragraphs(change) => change.new.len(),
            Self::Heading(..) | Self::Part(..) => 1,
            Self::Table(_, rows) => *rows,
        }
    }
}

impl<'a> Redline<'a, '_> {
    /// What stays in its place, with its place among the items of the new draft and the paragraph of the file it begins
    /// with; both ascend.
    pub(super) fn anchors(
        &self,
        position: &HashMap<Item, usize>,
    ) -> Vec<(Stays<'a>, usize, usize)> {
        let comparison = self.compared.comparison;
        let follow = |own: &[usize]| own.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        let changes = comparison.changes.iter().filter(|change| {
            !change.moved
                && !has_row(&change.old, &self.tables.old)
                && !has_row(&change.new, &self.tables.new)
        });
        let paragraphs = changes.filter_map(|change| {
            let own = change.new.iter().filter_map(|new| position.get(&Item::Paragraph(*new)));
            let places: Vec<usize> = own.copied().collect();
            let units: Vec<&Unit> =
                change.old.iter().filter_map(|old| self.units.paragraphs.get(*old)).collect();
            let whole = follow(&places) && follow(&change.old);
            let stand = units.iter().all(|unit| !unit.paras.is_empty());
            let first = units.first()?.paras.first()?;
            (whole && stand).then_some((Stays::Paragraphs(change), *places.first()?, *first))
        });
        let tables = self.tables.stay.iter().enumerate().filter_map(|(at, table)| {
            let first = self.units.paragraphs.get(table.old.start)?.paras.first()?;
            let place = position.get(&Item::Paragraph(table.new.start))?;
            Some((Stays::Table(at, table.new.len()), *place, *first))
        });
        let mut anchors: Vec<(Stays<'a>, usize, usize)> = paragraphs.chain(tables).collect();
        ascending(&mut anchors);
        self.add_parts(&mut anchors, position);
        let stayed =
            |h: &&HeadingChange| matches!(h.kind, ChangeKind::Unchanged | ChangeKind::Edited);
        let mut found = Vec::new();
        for heading in comparison.headings.iter().filter(stayed) {
            let Some((old, new)) = heading.old.zip(heading.new) else { continue };
            let level = |draft: &Draft, at: usize| draft.headings.get(at).map(|h| h.level);
            // Its paragraph says how high it stands.
            if level(self.compared.old, old) != level(self.compared.new, new) {
                continue;
            }
            let Some(unit) = self.unit(Item::Heading(old)) else { continue };
            let (Some(first), Some(at)) = (unit.paras.first(), position.get(&Item::Heading(new)))
            else {
                continue;
            };
            if fits(&anchors, *at, *first).is_some() {
                found.push((Stays::Heading(old, new), *at, *first));
            }
        }
        anchors.extend(found);
        ascending(&mut anchors);
        anchors
    }

    /// Where the paragraphs of a split or a merger do not follow one another, the two of them that have most in common stay,
    /// if they stand between the same neighbours.
    fn add_parts(
        &self,
        anchors: &mut Vec<(Stays<'a>, usize, usize)>,
        position: &HashMap<Item, usize>,
    ) {
        let Compared { old, new, comparison, .. } = self.plain;
        let stayed: HashSet<usize> = anchors
            .iter()
            .filter_map(|(stays, ..)| match stays {
                Stays::Paragraphs(change) => change.old.first().copied(),
                _ => None,
            })
            .collect();
        let parted = comparison.changes.iter().filter(|change| {
            change.old.len() + change.new.len() > 2
                && !change.old.is_empty()
                && !change.new.is_empty()
                && !change.old.iter().any(|old| stayed.contains(old))
                && !has_row(&change.old, &self.tables.old)
                && !has_row(&change.new, &self.tables.new)
        });
        for change in parted {
            let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
            for o in &change.old {
                let before = old.paragraphs.get(*o).map_or("", |p| p.text.as_str());
                pairs.extend(change.new.iter().map(|n| {
                    let now = new.paragraphs.get(*n).map_or("", |p| p.text.as_str());
                    (alike(before, now), *o, *n)
                }));
            }
            pairs.retain(|(worth, ..)| *worth > 0);
            pairs.sort_by_key(|(worth, ..)| std::cmp::Reverse(*worth));
            let found = pairs.into_iter().find_map(|(_, o, n)| {
                let first = *self.units.paragraphs.get(o)?.paras.first()?;
                let place = *position.get(&Item::Paragraph(n))?;
                let at = fits(anchors, place, first)?;
                Some((at, (Stays::Part(change, o, n), place, first)))
            });
            if let Some((at, part)) = found {
                anchors.insert(at, part);
            }
        }
    }

    /// The items of the old draft as they stand in the file, each with its first and its last paragraph.
    pub(super) fn order(&self) -> Vec<(usize, usize, Item)> {
        let found = items(self.compared.old).into_iter().filter_map(|item| {
            let unit = self.unit(item)?;
            let last = self.ground.story.end_of_line(*unit.paras.last()?);
            Some((*unit.paras.first()?, last, item))
        });
        let mut order: Vec<(usize, usize, Item)> = found.collect();
        order.sort_by_key(|(first, last, _)| (*first, *last));
        order
    }

    /// The paragraph of the file behind which something new stands: `last`, or the last one that goes behind it.
    pub(super) fn past_gone(
        &self,
        last: Option<usize>,
        order: &[(usize, usize, Item)],
    ) -> Option<usize> {
        let mut cursor = last;
        let from = order.partition_point(|(first, ..)| last.is_some_and(|last| *first <= last));
        for (_, end, item) in order.get(from..).unwrap_or_default() {
            let within = |para: usize| self.ground.story.paragraphs.get(para).map(|p| p.within);
            let boxed = self.ground.story.paragraphs.get(*end).is_some_and(|p| p.boxed);
            let same = cursor.map_or(!boxed, |cursor| within(cursor) == within(*end));
            if !self.gone.contains(item) || !same {
                break;
            }
            cursor = Some(*end);
        }
        cursor
    }
}

/// True where one of these paragraphs is a row of one of these tables.
fn has_row(paragraphs: &[usize], tables: &[Range<usize>]) -> bool {
    paragraphs.iter().any(|at| tables.iter().any(|rows| rows.contains(at)))
}

/// Where among what stays something fits that stands at a place of the new draft and in a paragraph of the file; none where its
/// neighbours are others there.
fn fits(anchors: &[(Stays<'_>, usize, usize)], place: usize, para: usize) -> Option<usize> {
    let after = anchors.partition_point(|(_, at, _)| *at < place);
    let before = after.checked_sub(1).and_then(|before| anchors.get(before));
    let behind = before.is_none_or(|(stays, at, own)| *own < para && at + stays.len() <= place);
    (behind && anchors.get(after).is_none_or(|(.., own)| *own > para)).then_some(after)
}

/// Leaves what ascends on both sides. Two that stand in one paragraph of the file stay only where nothing comes between.
fn ascending(anchors: &mut Vec<(Stays<'_>, usize, usize)>) {
    anchors.sort_by_key(|(_, at, _)| *at);
    let mut last: Option<(usize, usize)> = None;
    anchors.retain(|(stays, at, para)| {
        let ascends =
            last.is_none_or(|(end, before)| before < *para || before == *para && end == *at);
        last = if ascends { Some((at + stays.len(), *para)) } else { last };
        ascends
    });
}
