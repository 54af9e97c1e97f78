//! Lines of all pages in; the measures that most of them share, out.

use super::line::{Line, most};
use super::page::Page;

/// What is usual in a document, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Size of the type that most of the text is set in.
    pub(super) size: f64,
    /// From one line of a paragraph to the next.
    pub(super) pitch: f64,
    /// Where most lines begin.
    pub(super) left: f64,
    /// Where full lines end.
    pub(super) right: f64,
}

impl Shape {
    /// Measures the text.
    pub(super) fn of(pages: &[Page]) -> Self {
        let lines = || pages.iter().flat_map(|page| &page.lines);
        let letters = |line: &Line| line.words.iter().map(|word| word.text.chars().count()).sum();
        let tenths = |n: f64| (n * 10.0).round() as i64;
        let sized = lines().map(|line| (tenths(line.size), letters(line)));
        let size = most(sized).map_or(10.0, |tenths| tenths as f64 / 10.0);
        let body = || lines().filter(move |line| (line.size - size).abs() < 0.06 * size);
        let left = most(body().map(|line| (line.left.round() as i64, letters(line))));
        let left = left.unwrap_or_default() as f64;
        let right = edge(body(), left, size).unwrap_or(left + 40.0 * size);
        let pitches = pages.iter().flat_map(|page| pitches(&page.lines, size));
        let pitch = most(pitches.map(|pitch| (tenths(pitch), 1)));
        let pitch = pitch.map_or(1.2 * size, |tenths| tenths as f64 / 10.0);
        Self { size, pitch, left, right }
    }

    /// Where full lines end on one page.
    pub(super) fn right_on<'l>(&self, lines: impl Iterator<Item = &'l Line>) -> f64 {
        let body = lines.filter(|line| (line.size - self.size).abs() < 0.06 * self.size);
        edge(body, self.left, self.size).unwrap_or(self.right)
    }

    /// From line to line on one page: a page may be set a little tighter than the others.
    pub(super) fn pitch_on(&self, lines: &[Line]) -> f64 {
        let near = |pitch: &f64| (0.85 * self.pitch..1.15 * self.pitch).contains(pitch);
        let found: Vec<f64> = pitches(lines, self.size).into_iter().filter(near).collect();
        if found.len() < 3 {
            return self.pitch;
        }
        let tenths = found.iter().map(|pitch| ((pitch * 10.0).round() as i64, 1));
        most(tenths).map_or(self.pitch, |tenths| tenths as f64 / 10.0)
    }
}

/// The place furthest right at which a good part of the longer lines end: some stick out, and tables may be
/// wider than the text.
fn edge<'l>(lines: impl Iterator<Item = &'l Line>, left: f64, size: f64) -> Option<f64> {
    const ENOUGH: f64 = 0.15;
    let long = lines.map(|line| line.right).filter(|right| *right > left + 10.0 * size);
    let mut rights: Vec<f64> = long.collect();
    rights.sort_by(f64::total_cmp);
    let enough = ((rights.len() as f64 * ENOUGH) as usize).max(2);
    let near = |right: &f64| {
        let from = rights.partition_point(|other| *other <= right - size);
        rights.partition_point(|other| other <= right) - from >= enough
    };
    rights.iter().rev().copied().find(near)
}

/// Distances from line to line where both are set in the body's size.
fn pitches(lines: &[Line], size: f64) -> Vec<f64> {
    let body = |line: &Line| (line.size - size).abs() < 0.06 * size;
    let pairs = lines.windows(2).filter_map(|pair| match pair {
        [a, b] if body(a) && body(b) => Some(b.base - a.base),
        _ => None,
    });
    pairs.filter(|pitch| (0.8 * size..2.5 * size).contains(pitch)).collect()
}
