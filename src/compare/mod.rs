//! Two drafts in; which paragraphs became which, and what became of their words, out.

mod candidates;
mod changes;
mod exact;
mod headings;
mod lexicon;
mod order;
mod pair;
mod parts;
mod redline;
mod settle;
mod side;
mod travel;

use side::Side;

use crate::model::{Comparison, Draft};

/// Pairs the paragraphs of two drafts, through renumbering, moves, splits and merges, and redlines their words.
pub fn compare(old: &Draft, new: &Draft) -> Comparison {
    let (old, new) = (Side::new(old), Side::new(new));
    let paired = pair::paired(&old, &new);
    let mut changes = changes::changes(&old, &new, &paired);
    let headings = headings::headings(&old, &new, &paired.links);
    travel::tell(&mut changes, &old, &new);
    Comparison { changes, headings }
}
