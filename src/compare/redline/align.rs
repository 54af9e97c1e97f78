//! The tokens of two texts in; the stretches they share in order, and the edits between these, out.

use std::ops::Range;

use super::joined::Token;
use crate::text::shared_runs;

/// A stretch of both texts: the same tokens, or one in place of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    pub(super) equal: bool,
}

/// What every shared token counts, and what a bit of its worth adds.
const TOKEN: f32 = 0.4;
const BIT: f32 = 0.25;

/// What an edit costs. A shared word between two edits is kept only if it counts for more than the edit that it makes
/// two of: "of the" is not, "sustainable development" is. So a rewritten sentence is shown as one replacement.
const EDIT: f32 = 2.2;

/// Texts with more pairs of tokens than this are first cut at the runs they share.
const MOST_CELLS: usize = 1 << 19;

/// Such runs have at least so many tokens.
const RUN: usize = 4;

/// Aligns two texts: of all alignments the one whose shared tokens count most, less what its edits cost. A word deleted
/// and a word inserted at one place are one edit.
///
/// That is sequence alignment with a cost for opening a gap (Gotoh, "An improved algorithm for matching biological
/// sequences", 1982), with one kind of gap for both sides and none for its length.
pub(super) fn align(old: &[Token], new: &[Token]) -> Vec<Stretch> {
    let same = |(a, b): &(&Token, &Token)| a.key == b.key;
    let head = old.iter().zip(new).take_while(same).count();
    let short = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(short).take_while(same).count();
    let mut out = Stretches::default();
    out.equal(0, 0, head);
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    middle(old, new, (head..old_end, head..new_end), &mut out);
    out.equal(old_end, new_end, tail);
    out.all
}

/// Aligns what lies between equal ends.
fn middle(old: &[Token], new: &[Token], (a, b): (Range<usize>, Range<usize>), out: &mut Stretches) {
    let (Some(left), Some(right)) = (old.get(a.clone()), new.get(b.clone())) else { return };
    if left.is_empty() || right.is_empty() {
        out.edit(a, b);
    } else if left.len() * right.len() <= MOST_CELLS {
        best(left, right, (a.start, b.start), out);
    } else {
        let keys = |tokens: &[Token]| tokens.iter().map(|token| token.key).collect::<Vec<_>>();
        let mut from = (a.start, b.start);
        for run in shared_runs(&keys(left), &keys(right), RUN) {
            let at = (a.start + run.a, b.start + run.b);
            small(old, new, (from.0..at.0, from.1..at.1), out);
            out.equal(at.0, at.1, run.len);
            from = (at.0 + run.len, at.1 + run.len);
        }
        small(old, new, (from.0..a.end, from.1..b.end), out);
    }
}

/// Aligns what lies between two runs; where it is too much, one text takes the place of the other.
fn small(old: &[Token], new: &[Token], (a, b): (Range<usize>, Range<usize>), out: &mut Stretches) {
    let (Some(left), Some(right)) = (old.get(a.clone()), new.get(b.clone())) else { return };
    if left.is_empty() || right.is_empty() || left.len() * right.len() > MOST_CELLS {
        out.edit(a, b);
    } else {
        best(left, right, (a.start, b.start), out);
    }
}

/// Which way the best alignment came to a cell: whether it matches there, or is in an edit.
const MATCH_FROM_EDIT: u8 = 1;
const EDIT_SKIPS_NEW: u8 = 2;
const EDIT_FROM_MATCH: u8 = 4;

/// The best alignment by dynamic programming over all pairs of tokens.
fn best(old: &[Token], new: &[Token], (a, b): (usize, usize), out: &mut Stretches) {
    let width = new.len() + 1;
    let mut ways = vec![0u8; (old.len() + 1) * width];
    // The best that ends in a match, and in an edit, for each place of the new text.
    let mut matched = vec![f32::NEG_INFINITY; width];
    let mut edited = vec![-EDIT; width];
    // What stands before the first token is equal: an edit that begins here opens.
    matched.iter_mut().take(1).for_each(|slot| *slot = 0.0);
    for way in ways.iter_mut().take(width).skip(1) {
        *way = EDIT_SKIPS_NEW;
    }
    ways.iter_mut().skip(1).take(1).for_each(|way| *way |= EDIT_FROM_MATCH);
    for (row, left) in old.iter().enumerate() {
        let ways = ways.get_mut((row + 1) * width..).unwrap_or_default();
        // What the cell to the left and above has, before it is overwritten.
        let (mut corner_matched, mut corner_edited) = (matched[0], edited[0]);
        if let Some(way) = ways.first_mut()
            && row == 0
        {
            *way = EDIT_FROM_MATCH;
        }
        matched[0] = f32::NEG_INFINITY;
        let (mut left_matched, mut left_edited) = (matched[0], edited[0]);
        let cells = matched.iter_mut().zip(edited.iter_mut()).zip(ways.iter_mut()).skip(1);
        for (((matched, edited), way), right) in cells.zip(new) {
            let (above_matched, above_edited) = (*matched, *edited);
            let mut came = 0;
            *matched = if left.key == right.key {
                came = if corner_edited > corner_matched { MATCH_FROM_EDIT } else { 0 };
                corner_matched.max(corner_edited) + TOKEN + BIT * left.worth
            } else {
                f32::NEG_INFINITY
            };
            let mut most = above_edited;
            if above_matched - EDIT > most {
                most = above_matched - EDIT;
                came |= EDIT_FROM_MATCH;
            }
            if left_edited > most {
                most = left_edited;
                came = (came & MATCH_FROM_EDIT) | EDIT_SKIPS_NEW;
            }
            if left_matched - EDIT > most {
                most = left_matched - EDIT;
                came = (came & MATCH_FROM_EDIT) | EDIT_SKIPS_NEW | EDIT_FROM_MATCH;
            }
            *edited = most;
            *way = came;
            (corner_matched, corner_edited) = (above_matched, above_edited);
            (left_matched, left_edited) = (*matched, *edited);
        }
    }
    let ends_matched = matched.last() > edited.last();
    trace(&ways, (old.len(), new.len()), ends_matched, (a, b), out);
}

/// Goes the best way back from the end, and tells its stretches from the start on.
fn trace(
    ways: &[u8],
    end: (usize, usize),
    matched: bool,
    (a, b): (usize, usize),
    out: &mut Stretches,
) {
    let width = end.1 + 1;
    let (mut i, mut j, mut matched) = (end.0, end.1, matched);
    let mut equal = Vec::new();
    while i > 0 || j > 0 {
        let way = ways.get(i * width + j).copied().unwrap_or_default();
        if matched && i > 0 && j > 0 {
            (i, j) = (i - 1, j - 1);
            equal.push((i, j));
            matched = way & MATCH_FROM_EDIT == 0;
        } else {
            matched = way & EDIT_FROM_MATCH != 0;
            if j > 0 && (way & EDIT_SKIPS_NEW != 0 || i == 0) { j -= 1 } else { i -= 1 }
        }
    }
    let mut from = (0, 0);
    for (i, j) in equal.into_iter().rev() {
        out.edit(a + from.0..a + i, b + from.1..b + j);
        out.equal(a + i, b + j, 1);
        from = (i + 1, j + 1);
    }
    out.edit(a + from.0..a + end.0, b + from.1..b + end.1);
}

#[derive(Default)]
struct Stretches {
    all: Vec<Stretch>,
}

impl Stretches {
    fn equal(&mut self, old: usize, new: usize, len: usize) {
        self.push(Stretch { old: old..old + len, new: new..new + len, equal: true });
    }

    fn edit(&mut self, old: Range<usize>, new: Range<usize>) {
        self.push(Stretch { old, new, equal: false });
    }

    /// Adds a stretch, joined to the last one where it is of the same kind.
    fn push(&mut self, stretch: Stretch) {
        if stretch.old.is_empty() && stretch.new.is_empty() {
            return;
        }
        match self.all.last_mut() {
            Some(last) if last.equal == stretch.equal => {
                last.old.end = stretch.old.end;
                last.new.end = stretch.new.end;
            }
            _ => self.all.push(stretch),
        }
    }
}
