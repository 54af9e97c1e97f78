//! Tables of two drafts in; their rows edited, taken out and put in where they stand in the file, out.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tables::{Table, groups, paired};
use super::{Added, Compared, Item, Redline, notes, sentence, table};
use crate::report::docx::story::{Row, Story};
use crate::report::docx::units::Units;

/// The tables of two drafts that are edited as tables; rows of tables in tables are no part of them.
pub(super) struct Tables {
    /// The rows of each, by their paragraphs.
    pub(super) old: Vec<Range<usize>>,
    pub(super) new: Vec<Range<usize>>,
    /// Those that stand in both.
    pub(super) stay: Vec<Table>,
}

impl Tables {
    /// Finds them.
    pub(super) fn of(compared: Compared<'_>, units: &Units, story: &Story<'_>) -> Self {
        let Compared { old, new, comparison, .. } = compared;
        let row = |at: usize| {
            let unit = units.paragraphs.get(at).filter(|unit| !unit.shared)?;
            story.rows.get(unit.row?)
        };
        let outer = |at: usize| row(at).is_some_and(|row| row.table.span == row.outermost);
        let (plain, odd): (Vec<_>, Vec<_>) =
            groups(old, |at| units.paragraphs.get(at).is_some_and(|unit| unit.row.is_some()))
                .into_iter()
                .partition(|rows| rows.clone().all(outer));
        let became_odd = |rows: &Range<usize>| {
            let inside =
                |all: &[usize], rows: &Range<usize>| all.iter().any(|at| rows.contains(at));
            let mut changes = comparison.changes.iter().filter(|change| inside(&change.new, rows));
            changes.any(|change| odd.iter().any(|odd| inside(&change.old, odd)))
        };
        let mut now = groups(new, |_| true);
        now.retain(|rows| !became_odd(rows));
        let stay = paired((old, new), (&plain, &now), comparison);
        Self { old: plain, new: now, stay }
    }
}

impl<'a> Redline<'a, '_> {
    /// The row of the file that a paragraph of the old draft is.
    fn row(&self, old: usize) -> Option<usize> {
        self.units.paragraphs.get(old)?.row
    }

    /// Edits a table where it stands; gives the last paragraph of the file in it.
    pub(super) fn table(&mut self, at: usize) -> Option<usize> {
        let table = self.tables.stay.get_mut(at)?;
        let (old, new, rows) = (table.old.clone(), table.new.clone(), table.rows.take());
        let last = self.units.paragraphs.get(old.end - 1)?.paras.last().copied();
        let Some(rows) = rows else {
            old.for_each(|old| self.remove(Item::Paragraph(old), None));
            self.insert_table(new, last);
            return last;
        };
        let mut behind = None;
        for row in rows {
            match row {
                (Some(before), Some(now)) => {
                    behind = self.row(before);
                    if !self.edit_row(before, now) {
                        self.remove(Item::Paragraph(before), None);
                        self.insert_row(now, behind, old.start);
                    }
                }
                (Some(before), None) => {
                    behind = self.row(before);
                    self.remove(Item::Paragraph(before), None);
                }
                (None, Some(now)) => self.insert_row(now, behind, old.start),
                (None, None) => {}
            }
        }
        last
    }

    /// Edits the cells of a row.
    fn edit_row(&mut self, old: usize, new: usize) -> bool {
        let Compared { old: before, new: now, .. } = self.compared;
        let (Some(before), Some(now)) = (before.paragraphs.get(old), now.paragraphs.get(new))
        else {
            return false;
        };
        let Some(unit) = self.units.paragraphs.get(old) else { return false };
        if !table::edit(self.ground, (before, unit), now, (&mut self.plan, &mut self.notes)) {
            return false;
        }
        self.struck_in_cells((before, unit), now);
        let own = |change: &&crate::model::Change| change.old == [old] && change.new == [new];
        let change = self.compared.changes().iter().find(own);
        let told = change.map(|change| notes(change, self.plain)).unwrap_or_default();
        self.tell(&told, &unit.paras);
        true
    }

    /// Puts a row in behind one of the file, or before the row that the old draft has at `first`.
    fn insert_row(&mut self, new: usize, behind: Option<usize>, first: usize) {
        let story = self.ground.story;
        let Some(paragraph) = self.compared.new.paragraphs.get(new) else { return };
        let Some(at) = behind.or_else(|| self.row(first)) else { return };
        let Some(row) = story.rows.get(at) else { return };
        let like = (Some(alike(row, paragraph.cells.len(), story)), row.columns());
        let row_text = table::row(paragraph, like, story.source, "", &mut self.hand);
        let place = if behind.is_some() { row.element.span.end } else { row.element.span.start };
        self.plan.edits.at.entry(place).or_default().push_str(&row_text);
    }

    /// Takes out what is left of tables of which every row with words goes: rows without words are nothing of a draft.
    pub(super) fn empty_rows(&mut self) {
        let story = self.ground.story;
        let gone = &self.plan.edits.rows;
        let mut left: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for row in gone.iter().filter_map(|at| story.rows.get(*at)) {
            left.entry(row.table.span.start).or_default();
        }
        for (at, row) in story.rows.iter().enumerate().filter(|(at, _)| !gone.contains(at)) {
            if let Some(rest) = left.get_mut(&row.table.span.start) {
                rest.push(at);
            }
        }
        let bare = |rows: &Vec<usize>| {
            let rows = rows.iter().filter_map(|at| story.rows.get(*at));
            rows.map(|row| row.element.span).all(|row| {
                let own = |para: &usize| {
                    let para = story.paragraphs.get(*para);
                    para.is_some_and(|para| row.contains(para.element.span))
                };
                (0..story.paragraphs.len()).filter(own).all(|para| story.is_bare(para))
            })
        };
        self.plan.edits.rows.extend(left.into_values().filter(bare).flatten());
    }

    /// Puts a table in behind a paragraph of the file.
    pub(super) fn insert_table(&mut self, rows: Range<usize>, cursor: Option<usize>) {
        let story = self.ground.story;
        let by_new = self.compared.by_new();
        let mut told = false;
        let mut all = Vec::new();
        for new in rows {
            let Some(paragraph) = self.compared.new.paragraphs.get(new) else { continue };
            let change = by_new.get(new).copied().flatten();
            let change = change.and_then(|at| self.compared.changes().get(at));
            let moved = change.filter(|change| change.moved && !change.old.is_empty() && !told);
            let point = moved.map(|change| {
                told = true;
                let lines = [sentence::come(change, self.plain)];
                self.comments.point(&lines, "ins", &mut self.hand)
            });
            all.push((paragraph, point.unwrap_or_default()));
        }
        let near = cursor.and_then(|para| story.paragraphs.get(para));
        let place = near.map_or(0, |paragraph| paragraph.element.span.end);
        let before = story.rows.iter().rev().find(|row| row.outermost.start < place);
        let like = before.or_else(|| story.rows.first());
        let whole = table::whole(&all, like, story.source, &mut self.hand);
        self.put([Added::Table(whole)], cursor);
    }
}

/// The row of the same table that a new row with so many cells looks like: the nearest with as many of them, but for the head.
fn alike<'s, 'e>(row: &'s Row<'e>, cells: usize, story: &'s Story<'e>) -> &'s Row<'e> {
    let own = |other: &&Row<'_>| other.table.span == row.table.span;
    let start = |row: &Row<'_>| row.element.span.start;
    // The first row of a table is its head, and looks so.
    let body = || story.rows.iter().filter(own).skip(1);
    let near = |other: &&Row<'_>| start(other).abs_diff(start(row));
    let fits = body().filter(|other| other.cells().len() == cells).min_by_key(near);
    fits.or_else(|| body().min_by_key(near)).unwrap_or(row)
}
