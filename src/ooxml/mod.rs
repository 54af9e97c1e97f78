//! Bytes of a Word file (Office Open XML) in; its parts, its styles and the numbers of its paragraphs out.
//!
//! What the reader of Word files and the writer of them both need; it knows nothing of drafts.

pub(crate) mod numbering;
mod numerals;
pub(crate) mod package;
pub(crate) mod styles;
mod symbol;
pub(crate) mod words;
pub(crate) mod xml;

pub(crate) use numerals::numeral;

/// The initials of the comments that this tool writes into a Word file: by them it knows its own again, whoever signs them.
pub(crate) const OWN_INITIALS: &str = "adref";
