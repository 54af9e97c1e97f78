//! Two wordings and their edits in; one line of text with what was added and dropped out.

use super::pieces::{Kind, Piece, push, with_gaps};
use super::terminal::between;
use super::wrap::{Look, Styled};
use crate::model::Departure;

/// The later wording with its edits against the earlier one drawn in, as `annotate` draws them.
pub(super) fn redline(earlier: &str, later: &str, changes: &[Departure]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let line = |text: &str| text.replace('\n', " ");
    for change in changes {
        let start = change.draft.start.max(at);
        push(&mut pieces, Kind::Plain, &line(later.get(at..start).unwrap_or_default()));
        push(&mut pieces, Kind::Dropped, &line(change.agreed.slice(earlier)));
        let end = change.draft.end.max(start);
        push(&mut pieces, Kind::New, &line(later.get(start..end).unwrap_or_default()));
        at = end;
    }
    push(&mut pieces, Kind::Plain, &line(later.get(at..).unwrap_or_default()));
    with_gaps(pieces)
}

/// Adds the pieces: in colours, else with `{+ +}` around what was added and `{- -}` around what was dropped.
pub(super) fn draw(pieces: &[Piece], color: bool, styled: &mut Styled) {
    for Piece { kind, text, .. } in pieces {
        match kind {
            Kind::New if color => styled.push(text, Look::New),
            Kind::New => styled.push(between("{+", text, "+}"), Look::New),
            Kind::Dropped if color => styled.push(text, Look::Struck),
            Kind::Dropped => styled.push(between("{-", text, "-}"), Look::Struck),
            _ => styled.push(text, Look::Plain),
        }
    }
}
