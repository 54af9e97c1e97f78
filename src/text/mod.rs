//! The words: text in; folded words, alignments and word-list look-ups out. No files are touched here.

mod acts;
mod align;
mod annex;
mod balanced;
mod commonness;
mod filter;
mod fold;
pub(crate) mod inserted;
mod key;
mod keys;
pub(crate) mod label;
mod language;
mod names;
pub(crate) mod number;
mod organ;
mod placeholder;
mod scan;
mod sentence;
mod telling;

pub use acts::{Act, acts, opening_act};
pub use align::{Shared, shared_runs};
pub use annex::{annex_of, annex_of_heading, is_roman};
pub use balanced::balanced;
pub use commonness::Commonness;
pub use filter::Filter;
pub use fold::{Folding, Word};
pub use key::{Sliding, window_key};
pub use keys::{KeyHasher, KeyMap};
pub use language::{Language, language};
pub use names::name_words;
pub use organ::{ORGANS, Organ};
pub use placeholder::{is_placeholder, placeholders};
pub use scan::fold_word;
pub(crate) use scan::is_raised;
pub use sentence::sentences;
pub use telling::{PAIR_BITS, Telling, WORD_BITS};
