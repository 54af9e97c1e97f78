//! Two drafts in; which paragraphs became which, and what became of their words, out.

mod candidates;
mod changes;
mod credit;
mod exact;
mod headings;
mod lexicon;
mod order;
mod pair;
mod parts;
mod redline;
mod settle;
mod side;
mod strength;
mod travel;

pub use credit::{Held, credit};

use side::Side;

use crate::model::{Comparison, Draft};

/// Pairs the paragraphs of two drafts, through renumbering, moves, splits and merges, and redlines their words.
pub fn compare(old: &Draft, new: &Draft) -> Comparison {
    let (old, new) = rayon::join(|| Side::new(old), || Side::new(new));
    let paired = pair::paired(&old, &new);
    let (mut changes, headings) = rayon::join(
        || changes::changes(&old, &new, &paired),
        || headings::headings(&old, &new, &paired.links),
    );
    travel::tell(&mut changes, &old, &new);
    strength::tell(&mut changes);
    Comparison { changes, headings }
}
