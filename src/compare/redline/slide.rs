//! Aligned stretches in; the same with each insertion and deletion moved to the borders of a phrase out.

use super::align::Stretch;
use super::joined::Joined;

/// Moves edits that may stand in several places: in "the open and the free Internet" the insertion may be "open and
/// the" or "the open and". It goes where it begins and ends at the border of a phrase, and else where it stood.
pub(super) fn slide(stretches: &mut [Stretch], old: &Joined, new: &Joined) {
    for at in 1..stretches.len().saturating_sub(1) {
        let Some([before, edit, after]) = stretches.get_mut(at - 1..=at + 1) else { continue };
        if edit.equal || !before.equal || !after.equal {
            continue;
        }
        let (side, range) = match (edit.old.is_empty(), edit.new.is_empty()) {
            (true, false) => (new, &edit.new),
            (false, true) => (old, &edit.old),
            _ => continue,
        };
        let key = |at: usize| side.tokens.get(at).map(|token| token.key);
        // An equal stretch keeps a token at least: two edits do not become one here.
        let room = (before.new.len().saturating_sub(1), after.new.len().saturating_sub(1));
        let back =
            (1..=room.0).take_while(|by| key(range.start - by) == key(range.end - by)).count();
        let forth =
            (0..room.1).take_while(|by| key(range.start + by) == key(range.end + by)).count();
        let (first, last) = (-(back as isize), forth as isize);
        let moved = |by: isize, at: usize| at.saturating_add_signed(by);
        let worth = |by: &isize| {
            let (start, end) = (moved(*by, range.start), moved(*by, range.end));
            (border(side, start) + border(side, end), -by.abs())
        };
        let Some(by) = (first..=last).max_by_key(worth) else { continue };
        before.old.end = moved(by, before.old.end);
        before.new.end = moved(by, before.new.end);
        edit.old = moved(by, edit.old.start)..moved(by, edit.old.end);
        edit.new = moved(by, edit.new.start)..moved(by, edit.new.end);
        after.old.start = moved(by, after.old.start);
        after.new.start = moved(by, after.new.start);
    }
}

/// A word worth less, in bits, joins phrases in any language: "and", "of", "in".
const JOINING: f32 = 0.5;

/// How much of a border there is before the token `at`: a new line or sentence, a stop, a joining word, or nothing.
fn border(side: &Joined, at: usize) -> u32 {
    let gap = side.between(at, at).slice(&side.text);
    let joins = || side.tokens.get(at).is_some_and(|token| token.worth < JOINING);
    match gap {
        _ if gap.contains(['\n', '.', '!', '?']) => 4,
        _ if gap.contains([';', ':']) => 3,
        _ if gap.contains([',', '(', ')', '[', ']', '–', '—']) => 2,
        _ if joins() => 1,
        _ => 0,
    }
}
