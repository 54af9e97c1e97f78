//! Lines of a page in; the same lines, with those of tables put together into rows of cells, out.

use super::line::{Line, Word};
use super::page::Page;
use super::paragraph::is_bullet;
use crate::text::label::label;
use crate::text::number::printed_number;

/// What stands on a page, from top to bottom.
#[derive(Debug)]
pub(super) enum Item {
    Line(Line),
    Row(Vec<Vec<Line>>),
}

/// Cells stand further apart than this, in shares of the type size.
const CELL_GAP: f64 = 1.3;
/// Where a column is known to begin, a gap of this share parts cells.
const COLUMN_GAP: f64 = 0.28;
/// Fewer rows than this are no table.
const FEWEST: usize = 2;

/// Finds the tables of a page: lines side by side that the same gaps part. `carried` are the columns of a
/// table that the page before ended with, and then of one that this page ends with.
pub(super) fn items(page: Page, pitch: f64, carried: &mut Vec<Line>) -> Vec<Item> {
    let Page { lines, rules, .. } = page;
    let mut columns = std::mem::take(carried);
    let split: Vec<Vec<Line>> = lines.iter().map(segments).collect();
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let end = table_end(&split, at, pitch, &mut columns);
        let rows = split.get(at..end).unwrap_or_default();
        if rows.iter().filter(|row| row.len() > 1).count() < FEWEST {
            items.push(Item::Line(line.clone()));
            at += 1;
            columns.clear();
            continue;
        }
        let bars: Vec<f64> = rules.iter().map(|rule| rule.y).collect();
        items.extend(table(rows, &bars, pitch, &columns).into_iter().map(Item::Row));
        at = end;
        if at < lines.len() {
            columns.clear();
        }
    }
    *carried = columns;
    items
}

/// The parts of a line that wide gaps set apart; a number and its words are one part.
fn segments(line: &Line) -> Vec<Line> {
    let mut parts: Vec<Vec<Word>> = Vec::new();
    for word in &line.words {
        let gap = |last: &Word| word.left - last.right;
        match parts.last_mut() {
            Some(part)
                if part.last().is_some_and(|l| gap(l) <= CELL_GAP * line.size)
                    || only_number(part) =>
            {
                part.push(word.clone());
            }
            _ => parts.push(vec![word.clone()]),
        }
    }
    parts.into_iter().map(|part| line.of(part)).collect()
}

/// True for a number, a label or a bullet with no words after it.
fn only_number(words: &[Word]) -> bool {
    let text: String = words.iter().map(|word| word.text.as_str()).collect();
    let whole = |end: usize| end >= text.len();
    is_bullet(&text)
        || printed_number(&text).is_some_and(|printed| whole(printed.range.end))
        || label(&text).is_some_and(|label| whole(label.range.end))
        || text.len() <= 5 && text.ends_with('.')
        || words.iter().all(|word| word.raised)
}

/// One past the last line of the table that begins at `at`; `at` where none begins. What is known of its
/// columns grows on the way.
fn table_end(split: &[Vec<Line>], at: usize, pitch: f64, columns: &mut Vec<Line>) -> usize {
    let Some(first) = split.get(at).filter(|row| row.len() > 1) else { return at };
    let first = by_columns(first, columns);
    widen(columns, &first);
    let size = first.first().map_or(0.0, |cell| cell.size);
    let mut end = at + 1;
    let mut last = first.first().map_or(0.0, |line| line.base);
    for (index, row) in split.iter().enumerate().skip(at + 1) {
        let row = &by_columns(row, columns);
        let Some(head) = row.first() else { break };
        if head.base - last > 3.0 * pitch {
            break;
        }
        // A line that crosses the gaps between columns is no part of the table.
        let crosses = row.iter().any(|cell| {
            columns.iter().filter(|c| cell.left < c.right && c.left < cell.right).count() > 1
        });
        if crosses || (head.size - size).abs() > 0.07 * size {
            break;
        }
        last = head.base;
        if row.len() > 1 {
            end = index + 1;
            widen(columns, row);
        } else if !in_column(head, columns) {
            break;
        } else if head.base - split.get(index - 1).and_then(|r| r.first()).map_or(0.0, |l| l.base)
            <= 1.3 * pitch
        {
            // The further lines of a cell that has more than its neighbours.
            end = index + 1;
        }
    }
    end
}

/// The cells of a line, parted also where a narrower gap stands before a column that is known.
fn by_columns(row: &[Line], columns: &[Line]) -> Vec<Line> {
    let begins = |left: f64| columns.iter().any(|column| (column.left - left).abs() < 1.0);
    if !row.first().is_some_and(|first| begins(first.left)) {
        return row.to_vec();
    }
    let mut cells = Vec::new();
    for cell in row {
        let mut open: Vec<Word> = Vec::new();
        for word in &cell.words {
            let gap = open.last().map_or(0.0, |last| word.left - last.right);
            if begins(word.left) && gap > COLUMN_GAP * cell.size && !only_number(&open) {
                cells.push(cell.of(std::mem::take(&mut open)));
            }
            open.push(word.clone());
        }
        cells.push(cell.of(open));
    }
    cells
}

fn in_column(cell: &Line, columns: &[Line]) -> bool {
    columns.iter().any(|column| (column.left - cell.left).abs() < cell.size)
}

fn widen(columns: &mut Vec<Line>, row: &[Line]) {
    for cell in row {
        match columns.iter_mut().find(|c| cell.left < c.right && c.left < cell.right) {
            Some(column) => {
                column.left = column.left.min(cell.left);
                column.right = column.right.max(cell.right);
            }
            None => columns.push(cell.clone()),
        }
    }
    columns.sort_by(|a, b| a.left.total_cmp(&b.left));
}

/// Rows of a table, each a list of cells. Rules part rows; without them, more room than between lines does.
fn table(lines: &[Vec<Line>], bars: &[f64], pitch: f64, known: &[Line]) -> Vec<Vec<Vec<Line>>> {
    let mut columns: Vec<Line> = known.to_vec();
    let mut lines = lines.to_vec();
    for row in &mut lines {
        *row = by_columns(row, &columns);
        widen(&mut columns, row);
    }
    let between = |above: f64, below: f64| bars.iter().any(|y| above < *y && *y < below);
    let base = |row: &[Line]| row.first().map_or(0.0, |line| line.base);
    let (top, bottom) =
        (lines.first().map_or(0.0, |r| base(r)), lines.last().map_or(0.0, |r| base(r)));
    let ruled = bars.iter().filter(|y| top < **y && **y < bottom).count() > 1;
    let mut rows: Vec<Vec<Vec<Line>>> = Vec::new();
    let mut last = f64::NEG_INFINITY;
    for line in &lines {
        let here = base(line);
        let fresh = match ruled {
            true => between(last, here - 0.3 * pitch) || last == f64::NEG_INFINITY,
            false => here - last > 1.22 * pitch || line.len() == columns.len(),
        };
        if fresh {
            rows.push(vec![Vec::new(); columns.len()]);
        }
        last = here;
        let Some(row) = rows.last_mut() else { continue };
        for cell in line {
            let place = columns.iter().position(|c| cell.left < c.right && c.left < cell.right);
            if let Some(lines) = place.and_then(|place| row.get_mut(place)) {
                lines.push(cell.clone());
            }
        }
    }
    for row in &mut rows {
        row.retain(|cell| !cell.is_empty());
    }
    rows.retain(|row| !row.is_empty());
    rows
}
