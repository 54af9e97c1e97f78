//! A change in; its old words and its new ones, side by side, out.

use unicode_width::UnicodeWidthStr;

use super::concordance::label;
use super::pieces::{Kind, Piece};
use super::terminal::{MARGIN, drawn, one_sided};
use super::{Compared, DiffOptions};
use crate::model::Change;
use crate::report::wrap::{Look, Styled, dress};

/// Lines in two columns are no longer than this however wide the terminal is.
const WIDEST: usize = 200;

/// What stands between the columns.
const RULE: &str = " │ ";

/// Writes the old words to the left of the new ones.
pub(super) fn write(
    pieces: &[Piece<'_>],
    change: &Change,
    compared: Compared<'_>,
    options: &DiffOptions,
) -> String {
    let width = (options.width.clamp(40, WIDEST) - MARGIN - RULE.width()) / 2;
    let left = pieces
        .iter()
        .filter(|piece| !piece.kind.is_in() && !matches!(piece.kind, Kind::Gap | Kind::Now));
    // To the left the old paragraphs stand apart, and a border of the new ones is only a line's end.
    let left = left.map(|piece| match piece.kind {
        Kind::Joined(index) => Piece { kind: Kind::Begins(index), ..piece.clone() },
        Kind::Before => Piece { kind: Kind::Now, ..piece.clone() },
        Kind::Begins(_) => Piece { kind: Kind::Begins(usize::MAX), ..piece.clone() },
        _ => piece.clone(),
    });
    let right = pieces
        .iter()
        .filter(|piece| !piece.kind.is_out() && !matches!(piece.kind, Kind::Gap | Kind::Joined(_)));
    let side = |pieces: Vec<Piece<'_>>, named: Vec<String>| {
        drawn(&pieces, &named, compared, !options.color && !one_sided(change))
    };
    let old = side(left.collect(), compared.old_of(change).map(label).collect());
    let new = side(right.cloned().collect(), compared.new_of(change).map(label).collect());
    // Wrapped without colours, a line tells how wide it is.
    let plain = |styled: &Styled| styled.wrapped((0, 0), width, false);
    let shown = |styled: &Styled| styled.wrapped((0, 0), width, options.color);
    let (left, measure, right) = (shown(&old), plain(&old), shown(&new));
    let (mut left, mut measure, mut right) = (left.lines(), measure.lines(), right.lines());
    let rule = dress(RULE.trim_end(), Look::Faint, options.color);
    let mut out = String::new();
    loop {
        let (own, other) = (left.next(), right.next());
        if own.is_none() && other.is_none() {
            return out;
        }
        let used = measure.next().map_or(0, UnicodeWidthStr::width);
        let gap = " ".repeat(width.saturating_sub(used));
        let line = format!(
            "{:MARGIN$}{}{gap}{rule} {}",
            "",
            own.unwrap_or_default(),
            other.unwrap_or_default()
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
