//! The tables of two drafts in; which of them is which, and which row is which, out.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::{Change, Comparison, Draft, Paragraph};

/// Tables of so many pairs of rows are aligned row by row; those of more by what the comparison says alone.
const MOST_PAIRS: usize = 250_000;

/// A table of the new draft that stands in the place of one of the old.
pub(super) struct Table {
    /// The paragraphs that are its rows.
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    /// Rows in their order, those that stay on both sides; none where it has other columns than before.
    pub(super) rows: Option<Vec<(Option<usize>, Option<usize>)>>,
}

/// Rows that follow one another without a heading between them; `is_row` tells rows from other paragraphs. A row of which all
/// cells were merged into one is a row among others, and none alone.
pub(super) fn groups(draft: &Draft, is_row: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut headings = draft.headings.iter().map(|heading| heading.before).peekable();
    for (at, paragraph) in draft.paragraphs.iter().enumerate() {
        let mut headed = false;
        while headings.next_if(|before| *before <= at).is_some() {
            headed = true;
        }
        if paragraph.cells.is_empty() || !is_row(at) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == at && !headed => last.end += 1,
            _ => found.push(at..at + 1),
        }
    }
    let cells = |at: usize| draft.paragraphs.get(at).map_or(0, |p| p.cells.len());
    found.retain(|rows| rows.clone().any(|at| cells(at) > 1));
    found
}

/// Finds the tables that stayed: those of which a row stayed, else those that stand between the same paragraphs.
pub(super) fn paired(
    (old, new): (&Draft, &Draft),
    (before, now): (&[Range<usize>], &[Range<usize>]),
    comparison: &Comparison,
) -> Vec<Table> {
    let links = Links::of(comparison);
    let mut tables: Vec<Table> = Vec::new();
    let mut taken = vec![false; before.len()];
    for own in now {
        let free = || before.iter().enumerate().filter(|(at, _)| taken.get(*at) == Some(&false));
        let rows = |group: &Range<usize>| links.between(group, own);
        let most = free().map(|(at, group)| (rows(group), at)).filter(|(rows, _)| *rows > 0);
        // Of two with as many rows, the first.
        let found = most.max_by_key(|(rows, at)| (*rows, usize::MAX - at)).map(|(_, at)| at);
        let beside = || free().find(|(_, group)| links.beside(group, own)).map(|(at, _)| at);
        let Some(at) = found.or_else(beside) else { continue };
        if let Some(taken) = taken.get_mut(at) {
            *taken = true;
        }
        let Some(group) = before.get(at) else { continue };
        let same = columns(old, group) == columns(new, own);
        let rows = same.then(|| aligned((old, group), (new, own), &links));
        tables.push(Table { old: group.clone(), new: own.clone(), rows });
    }
    tables
}

/// What became of what: old and new paragraphs that are one change.
struct Links {
    pairs: HashMap<usize, Vec<usize>>,
}

impl Links {
    fn of(comparison: &Comparison) -> Self {
        let mut pairs: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut add = |change: &Change| {
            for old in &change.old {
                pairs.entry(*old).or_default().extend(&change.new);
            }
        };
        comparison.changes.iter().for_each(&mut add);
        Self { pairs }
    }

    fn holds(&self, old: usize, new: usize) -> bool {
        self.pairs.get(&old).is_some_and(|all| all.contains(&new))
    }

    /// How many rows of the one are rows of the other now.
    fn between(&self, old: &Range<usize>, new: &Range<usize>) -> usize {
        old.clone()
            .filter(|old| {
                self.pairs.get(old).is_some_and(|all| all.iter().any(|at| new.contains(at)))
            })
            .count()
    }

    /// True where what stands before the two, or behind them, is the same.
    fn beside(&self, old: &Range<usize>, new: &Range<usize>) -> bool {
        let before = old.start.checked_sub(1).zip(new.start.checked_sub(1));
        before.is_some_and(|(old, new)| self.holds(old, new)) || self.holds(old.end, new.end)
    }
}

/// How many cells most of the rows have.
fn columns(draft: &Draft, rows: &Range<usize>) -> usize {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for row in draft.paragraphs.get(rows.clone()).unwrap_or_default() {
        *counts.entry(row.cells.len()).or_default() += 1;
    }
    counts.into_iter().map(|(cells, rows)| (rows, cells)).max().map_or(0, |(_, cells)| cells)
}

/// The rows of both in their order, so that as much as possible stays (the longest common subsequence, weighed by how much
/// two rows have in common).
fn aligned(
    (old, before): (&Draft, &Range<usize>),
    (new, now): (&Draft, &Range<usize>),
    links: &Links,
) -> Vec<(Option<usize>, Option<usize>)> {
    let (height, width) = (before.len(), now.len());
    if height.saturating_mul(width) > MOST_PAIRS {
        return in_order(before, now, links);
    }
    let old = old.paragraphs.get(before.clone()).unwrap_or_default();
    let new = new.paragraphs.get(now.clone()).unwrap_or_default();
    let score = |o: usize, n: usize| -> usize {
        let same = |(old, new): &(&Paragraph, &Paragraph)| old.cells.len() == new.cells.len();
        let linked = links.holds(before.start + o, now.start + n);
        let rows = old.get(o).zip(new.get(n)).filter(same);
        rows.map_or(0, |(old, new)| alike(old, new) + usize::from(linked))
    };
    let mut best = vec![vec![0; width + 1]; height + 1];
    let value = |best: &[Vec<usize>], o: usize, n: usize| {
        best.get(o).and_then(|row| row.get(n)).copied().unwrap_or_default()
    };
    for o in (0..height).rev() {
        for n in (0..width).rev() {
            let own = score(o, n);
            let with = if own > 0 { own + value(&best, o + 1, n + 1) } else { 0 };
            let most = with.max(value(&best, o + 1, n)).max(value(&best, o, n + 1));
            if let Some(slot) = best.get_mut(o).and_then(|row| row.get_mut(n)) {
                *slot = most;
            }
        }
    }
    let (mut o, mut n) = (0, 0);
    let mut rows = Vec::with_capacity(height + width);
    while o < height || n < width {
        let here = value(&best, o, n);
        let own = score(o, n);
        if own > 0 && here == own + value(&best, o + 1, n + 1) {
            rows.push((Some(before.start + o), Some(now.start + n)));
            (o, n) = (o + 1, n + 1);
        } else if o < height && (n == width || here == value(&best, o + 1, n)) {
            rows.push((Some(before.start + o), None));
            o += 1;
        } else {
            rows.push((None, Some(now.start + n)));
            n += 1;
        }
    }
    rows
}

/// The rows of very long tables: what the comparison says of them, as far as it ascends.
fn in_order(
    before: &Range<usize>,
    now: &Range<usize>,
    links: &Links,
) -> Vec<(Option<usize>, Option<usize>)> {
    let mut rows = Vec::new();
    let mut next = now.start;
    for old in before.clone() {
        let all = links.pairs.get(&old).into_iter().flatten().copied();
        let found = all.filter(|new| (next..now.end).contains(new)).min();
        if let Some(new) = found {
            rows.extend((next..new).map(|new| (None, Some(new))));
            next = new + 1;
        }
        rows.push((Some(old), found));
    }
    rows.extend((next..now.end).map(|new| (None, Some(new))));
    rows
}

/// How much two rows with as many cells have in common: two for each cell with the same words, one more for the first.
fn alike(old: &Paragraph, new: &Paragraph) -> usize {
    let cells = old.cells.iter().zip(&new.cells).enumerate();
    let same = cells.filter(|(_, (before, now))| {
        !before.is_empty() && before.slice(&old.text) == now.slice(&new.text)
    });
    same.map(|(at, _)| if at == 0 { 3 } else { 2 }).sum()
}
