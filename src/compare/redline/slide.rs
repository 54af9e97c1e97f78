//! Aligned stretches in; the same with each insertion and deletion moved to the borders of a phrase out.

use std::cmp::Reverse;

use super::align::Stretch;
use super::joined::Joined;

/// Moves edits that may stand in several places: in "the open and the free Internet" the insertion may be "open and
/// the" or "the open and". It goes where lines stay with their labels, begins and ends at the border of a phrase where that
/// leaves a choice, and else stays where it stood.
pub(super) fn slide(stretches: &mut Vec<Stretch>, old: &Joined, new: &Joined) {
    // An edit at the end of the text may stand before words that both have, too.
    let ends = Stretch {
        old: old.tokens.len()..old.tokens.len(),
        new: new.tokens.len()..new.tokens.len(),
        equal: true,
    };
    if stretches.last().is_some_and(|last| !last.equal) {
        stretches.push(ends);
    }
    slide_each(stretches, old, new);
    stretches.retain(|stretch| !stretch.old.is_empty() || !stretch.new.is_empty());
}

fn slide_each(stretches: &mut [Stretch], old: &Joined, new: &Joined) {
    for at in 1..stretches.len().saturating_sub(1) {
        let Some([before, edit, after]) = stretches.get_mut(at - 1..=at + 1) else { continue };
        if edit.equal || !before.equal || !after.equal {
            continue;
        }
        let (side, range, other, place) = match (edit.old.is_empty(), edit.new.is_empty()) {
            (true, false) => (new, &edit.new, old, edit.old.start),
            (false, true) => (old, &edit.old, new, edit.new.start),
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
        if first == last {
            continue;
        }
        let is_last = after.new.is_empty();
        let moved = |by: isize, at: usize| at.saturating_add_signed(by);
        // Where the words before the edit, and those behind it, would begin lines with other labels.
        let torn = |of: usize| -> Vec<usize> {
            let differs = |by| tears((side, moved(by, of)), (other, moved(by, place)));
            let sums = (first..=last).scan(0, |sum, by| {
                *sum += usize::from(differs(by));
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        };
        let (before_it, behind_it) = (torn(range.start), torn(range.end));
        let sum = |sums: &[usize], at: usize| sums.get(at).copied().unwrap_or_default();
        let lines = |by: isize| {
            let at = usize::try_from(by - first).unwrap_or_default();
            let here = |sums: &[usize]| sum(sums, at + 1) - sum(sums, at);
            let behind = sum(&behind_it, behind_it.len() - 1) - sum(&behind_it, at + 1);
            sum(&before_it, at) + here(&before_it).min(here(&behind_it)) + behind
        };
        let worth = |by: &isize| {
            let (start, end) = (moved(*by, range.start), moved(*by, range.end));
            // What stands at the end of the text goes on with it, if that tears no line.
            let borders = if is_last { 0 } else { border(side, start) + border(side, end) };
            (Reverse(lines(*by)), borders, -by.abs())
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

/// True where a line begins before one of two tokens, and not in the same way before the other.
fn tears((side, at): (&Joined, usize), (other, place): (&Joined, usize)) -> bool {
    let own = side.between(at, at).slice(&side.text);
    let theirs = other.between(place, place).slice(&other.text);
    own != theirs && (own.contains('\n') || theirs.contains('\n'))
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
