//! Paragraphs of two drafts in; the pairing with the highest sum of similarities out.

use super::edit::similarity;

/// For each paragraph of the new draft its old one, where they share at least `least` (0..1): the assignment of
/// highest total similarity (the Hungarian method with potentials: Kuhn 1955, Jonker and Volgenant 1987).
pub(crate) fn assign(old: &[Vec<u64>], new: &[Vec<u64>], least: f64) -> Vec<Option<usize>> {
    let near = |o: usize, n: usize| match (old.get(o), new.get(n)) {
        (Some(a), Some(b)) => similarity(a, b),
        _ => 0.0,
    };
    let size = old.len().max(new.len());
    let gains: Vec<Vec<f64>> = (0..size)
        .map(|n| (0..size).map(|o| near(o, n)).map(|s| if s < least { 0.0 } else { s }).collect())
        .collect();
    // Row 0 and column 0 stand for none; rows are new paragraphs, columns old ones.
    let (mut rows, mut columns) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let mut row_of = vec![0; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let (mut slack, mut way) = (vec![f64::INFINITY; size + 1], vec![0; size + 1]);
        let mut used = vec![false; size + 1];
        let mut column = 0;
        while row_of[column] != 0 {
            used[column] = true;
            let (mut delta, mut next) = (f64::INFINITY, 0);
            let here = row_of[column];
            for other in (1..=size).filter(|other| !used[*other]) {
                let cost = -gains[here - 1][other - 1] - rows[here] - columns[other];
                if cost < slack[other] {
                    (slack[other], way[other]) = (cost, column);
                }
                if slack[other] < delta {
                    (delta, next) = (slack[other], other);
                }
            }
            for other in 0..=size {
                if used[other] {
                    rows[row_of[other]] += delta;
                    columns[other] -= delta;
                } else {
                    slack[other] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    let mut pairs = vec![None; new.len()];
    for column in 1..=old.len() {
        let row = row_of[column];
        if row <= new.len() && row > 0 && gains[row - 1][column - 1] > 0.0 {
            pairs[row - 1] = Some(column - 1);
        }
    }
    pairs
}
