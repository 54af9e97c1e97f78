//! The words: text in; folded words, alignments and word-list look-ups out. No files are touched here.

mod abbreviations;
mod acts;
mod align;
mod annex;
mod balanced;
mod commonness;
mod date;
mod filter;
mod fold;
mod in_place;
pub(crate) mod inserted;
mod introduced;
mod key;
mod keys;
mod kind;
pub(crate) mod label;
mod language;
mod likeness;
mod lists;
mod names;
mod noun;
pub(crate) mod number;
mod ordinal;
mod organ;
mod placeholder;
mod plain;
mod qualifier;
mod quoted;
mod quoting;
mod scan;
mod sentence;
mod telling;
mod whole;

pub use abbreviations::abbreviations;
pub use acts::{
    Act, Weighed, acts, all_acts, denials, is_act, negations, negators, only_speaker, opening_act,
    weighed,
};
pub use align::{Met, Shared, Windows, shared_runs};
pub use annex::{annex_of, annex_of_heading, is_roman};
pub use balanced::balanced;
pub use commonness::Commonness;
pub use date::{date_in_words, is_month, leading_date, leading_month, trailing_date};
pub use filter::{Filter, Near};
pub use fold::{Folding, Word};
pub use in_place::in_place;
pub use inserted::is_inserted;
pub use introduced::introduced_names;
pub use key::{Sliding, keys_from, window_key};
pub use keys::{KeyHasher, KeyMap};
pub use kind::{is_kind, is_of_kind};
pub use language::{Language, language};
pub use likeness::{HALF_ALIKE, alike, paired_in_order};
pub use lists::Lists;
pub use names::name_words;
pub use noun::is_determiner;
pub use ordinal::ordinal;
pub use organ::{ORGANS, Organ};
pub use placeholder::{is_placeholder, is_to_come, placeholders};
pub use qualifier::{Qualifier, Qualifies, qualifiers};
pub use quoted::{Quotation, quotations};
pub use quoting::{
    leads_behind, leads_in, lets_speak, precedes_name, retold, said_by_another, speaks_of,
    tells_of, told_in_passing, told_of_others,
};
pub use scan::fold_word;
pub(crate) use scan::is_raised;
pub use sentence::sentences;
pub use telling::{PAIR_BITS, Telling, WORD_BITS, is_rare};
pub use whole::{whole_around, whole_len};
