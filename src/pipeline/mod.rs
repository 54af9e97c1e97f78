//! Drafts and a library in; the stages run in their order; annotated drafts, findings, comparisons and answers out.
//!
//! One file for each thing that is wanted: `annotate`, `check`, `revisions`, `answers`.

mod annotate;
mod answers;
mod check;
mod revisions;

use std::path::PathBuf;

use crate::library::{self, Holding};
use crate::mark::MarkThresholds;
use crate::model::{Draft, Library};
use crate::read::ReadError;
use crate::reuse::{MatchThresholds, Sequenced};
use crate::text::Folding;

pub use annotate::Annotator;
pub use answers::{Answered, called, search, suggest, trace};
pub use check::{CheckedDraft, Checker};
pub use revisions::{Diffed, diff, diff_one, history};

/// What decides between chance and reuse, and between the marks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Thresholds {
    /// When shared words are a match.
    pub matching: MatchThresholds,
    /// From which share of words a paragraph has which mark.
    pub marking: MarkThresholds,
}

/// The library in `places` as far as `drafts` need it: see [`library::sift`].
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn library_for(
    drafts: &[&Draft],
    places: &[PathBuf],
    thresholds: &Thresholds,
    holding: &Holding,
) -> Result<Library, ReadError> {
    library::sift(places, &Sequenced::new(drafts, thresholds.matching), holding)
}

/// The folding under which the names of the library's texts are the same in short and in full.
fn folding_of(library: &Library) -> Folding {
    library.entries.iter().fold(Folding::general().clone(), |folding, entry| {
        let front = &entry.text.front;
        folding.with_names(front.names.iter().chain(&front.title).map(String::as_str))
    })
}
