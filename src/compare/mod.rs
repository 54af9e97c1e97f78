//! Two drafts in; which paragraphs became which, and what became of their words, out.

mod candidates;
mod changes;
mod exact;
mod lexicon;
mod lineage;
mod order;
mod pair;
mod parts;
mod redline;
mod returned;
mod rows;
mod settle;
mod side;

pub use lineage::follow;

use side::Side;

use crate::model::{Comparison, Draft};

/// Pairs the paragraphs of two drafts, through renumbering, moves, splits and merges, and redlines their words.
pub fn compare(old: &Draft, new: &Draft) -> Comparison {
    let (old, new) = rayon::join(|| Side::new(old), || Side::new(new));
    let paired = pair::paired(&old, &new);
    Comparison { changes: changes::changes(&old, &new, &paired), headings: Vec::new() }
}
