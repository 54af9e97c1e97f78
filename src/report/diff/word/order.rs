//! Two drafts and the file of the old one in; what stays in its place, and where in the file what is new belongs, out.

use std::collections::HashMap;
use std::ops::Range;

use super::Redline;
use crate::model::{Change, ChangeKind, Draft, HeadingChange};
use crate::report::docx::lines::{Item, items};
use crate::report::docx::units::Unit;

/// Something that stays in its place.
#[derive(Clone, Copy)]
pub(super) enum Stays<'c> {
    Paragraphs(&'c Change),
    Heading(usize, usize),
    /// A table, by its place among those that stayed, with how many rows it has now.
    Table(usize, usize),
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
        let rows = |side: &[usize], groups: &[Range<usize>]| {
            side.iter().any(|at| groups.iter().any(|rows| rows.contains(at)))
        };
        let changes = comparison.changes.iter().filter(|change| {
            !change.moved
                && !rows(&change.old, &self.tables.old)
                && !rows(&change.new, &self.tables.new)
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
            let after = anchors.partition_point(|(_, place, _)| place < at);
            let before = after.checked_sub(1).and_then(|before| anchors.get(before));
            if before.is_none_or(|(.., para)| para < first)
                && anchors.get(after).is_none_or(|(.., para)| para > first)
            {
                found.push((Stays::Heading(old, new), *at, *first));
            }
        }
        anchors.extend(found);
        ascending(&mut anchors);
        anchors
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

/// Leaves what ascends on both sides. Two that stand in one paragraph of the file stay only where nothing comes between.
fn ascending(anchors: &mut Vec<(Stays<'_>, usize, usize)>) {
    anchors.sort_by_key(|(_, at, _)| *at);
    let mut last: Option<(usize, usize)> = None;
    anchors.retain(|(stays, at, para)| {
        let ascends =
            last.is_none_or(|(end, before)| before < *para || before == *para && end == *at);
        let len = match stays {
            Stays::Paragraphs(change) => change.new.len(),
            Stays::Heading(..) => 1,
            Stays::Table(_, rows) => *rows,
        };
        last = if ascends { Some((at + len, *para)) } else { last };
        ascends
    });
}
