//! The words: text in; folded words, alignments and word-list look-ups out. No files are touched here.

mod acts;
mod align;
mod fold;
mod placeholder;
mod sentence;

pub use acts::{Act, acts, opening_act};
pub use align::{Shared, shared_runs};
pub use fold::{Folding, Word};
pub use placeholder::{is_placeholder, placeholders};
pub use sentence::sentences;
