//! Aligned stretches in; the same with edits that reach over all of a figure or a symbol they would cut out.

use super::align::Stretch;
use super::joined::Joined;
use crate::model::Span;
use crate::text::whole_around;

/// Takes into each edit what stands beside it of the same figure or symbol, on either side: `1 200 000` for `1 900 000` is one
/// figure for another. Two edits with nothing left between them become one.
pub(super) fn keep_whole(stretches: Vec<Stretch>, old: &Joined, new: &Joined) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for mut stretch in stretches {
        if !stretch.equal {
            // As it begins now; behind an equal stretch all of which it takes over, it goes on with the edit before.
            while let Some(before) = out.last_mut().filter(|before| before.equal) {
                if !cuts((old, stretch.old.start), (new, stretch.new.start)) {
                    break;
                }
                (stretch.old.start, stretch.new.start) =
                    (stretch.old.start - 1, stretch.new.start - 1);
                (before.old.end, before.new.end) = (before.old.end - 1, before.new.end - 1);
                if before.old.is_empty() {
                    out.pop();
                }
            }
            match out.last_mut().filter(|last| !last.equal) {
                Some(last) => (last.old.end, last.new.end) = (stretch.old.end, stretch.new.end),
                None => out.push(stretch),
            }
            continue;
        }
        if let Some(edit) = out.last_mut().filter(|last| !last.equal) {
            while !stretch.old.is_empty()
                && cuts((old, stretch.old.start), (new, stretch.new.start))
            {
                (stretch.old.start, stretch.new.start) =
                    (stretch.old.start + 1, stretch.new.start + 1);
            }
            (edit.old.end, edit.new.end) = (stretch.old.start, stretch.new.start);
        }
        if !stretch.old.is_empty() {
            out.push(stretch);
        }
    }
    out
}

/// True where the border before these tokens lies within a figure or symbol of either text.
fn cuts((old, o): (&Joined, usize), (new, n): (&Joined, usize)) -> bool {
    is_within(old, o) || is_within(new, n)
}

/// True where the token `at` and the one before it are of one figure or symbol.
pub(super) fn is_within(side: &Joined, at: usize) -> bool {
    let Some([before, token]) = at.checked_sub(1).and_then(|first| side.tokens.get(first..=at))
    else {
        return false;
    };
    let gap = side.text.get(before.span.end..token.span.start).unwrap_or_default();
    // Words with nothing but a space between them are the most: only figures go on behind it.
    let plain = || {
        let figure = |span: Span| span.slice(&side.text).starts_with(char::is_numeric);
        figure(before.span) && figure(token.span)
    };
    let may = if gap == " " { plain() } else { !gap.contains('\n') };
    may && whole_around(&side.text, token.span.start)
        .is_some_and(|whole| whole.start < before.span.end)
}
