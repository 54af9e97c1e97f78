//! The paragraphs of one change, old and new, in; the redline that makes the one text of the other out.

mod align;
mod draw;
mod joined;
mod slide;
mod whole;

pub(super) use joined::Joined;

use crate::model::Segment;

/// The redline of one text against another.
///
/// Its words are aligned so that edits are few and long ([`align`]), moved to the borders of phrases where they may
/// stand in several places ([`slide`]), and drawn to the character ([`draw`]).
pub(super) fn redline(mut old: Joined, mut new: Joined) -> Vec<Segment> {
    let mut shorts = [old.shorts.as_slice(), &new.shorts].concat();
    if !shorts.is_empty() {
        shorts.sort_unstable();
        shorts.dedup();
        old.in_short(&shorts);
        new.in_short(&shorts);
    }
    let (old, new) = (&old, &new);
    let mut stretches = align::align(&old.tokens, &new.tokens);
    slide::slide(&mut stretches, old, new);
    draw::segments(&whole::keep_whole(stretches, old, new), old, new)
}
