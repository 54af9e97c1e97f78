//! Draft paragraphs and a library in; for each paragraph the agreed paragraphs it shares words with out.

mod aligned;
mod asked;
mod best;
mod departures;
mod distance;
mod pairs;
mod prepared;
mod rewritten;
mod select;
mod sequences;
mod served;
mod sieve;
mod waiting;

use rayon::prelude::*;

use self::aligned::Aligner;
use self::prepared::Prepared;
use self::select::Selecting;
use self::waiting::Waiting;
use crate::model::{Library, Location, Match, Paragraph, Span, WordSpan};
use crate::text::Folding;

pub use select::MatchThresholds;
pub use sieve::Sequenced;

/// A paragraph of the draft with what the citations say about it.
#[derive(Clone, Debug)]
pub struct Subject<'d> {
    /// The paragraph.
    pub paragraph: &'d Paragraph,
    /// Mentions of documents in its text: names, not language.
    pub mentions: Vec<Span>,
    /// Citations in parentheses and placeholders: they say where words come from or hold their place, and
    /// are not among the paragraph's words.
    pub apart: Vec<Span>,
    /// Indices in the library of the references it names, in the order of the text.
    pub cited: Vec<usize>,
}

impl<'d> Subject<'d> {
    /// A paragraph of which no citations are known.
    pub fn alone(paragraph: &'d Paragraph) -> Self {
        Self { paragraph, mentions: Vec::new(), apart: Vec::new(), cited: Vec::new() }
    }
}

/// What a paragraph takes from the library.
#[derive(Clone, Debug, Default)]
pub struct Reuse {
    /// The matches that hold: the source that carries most words first, then those tied with it, then
    /// the source that carries most of what is left, and so on.
    pub matches: Vec<Match>,
    /// The paragraph's words in order; `source` is the index of the match that carries them.
    pub words: Vec<WordSpan>,
}

/// For each subject what it takes from the library; see [`MatchThresholds`] for what holds.
///
/// Every pair that shares a run of three words is found: the library is read past a table of the
/// draft's own word sequences, so nothing depends on an index.
pub fn matches(
    subjects: &[Subject<'_>],
    library: &Library,
    folding: &Folding,
    thresholds: &MatchThresholds,
) -> Vec<Reuse> {
    let prepared = subjects.par_iter().map(|subject| Prepared::new(subject, folding)).collect();
    let sieve = Sequenced::of(prepared, folding, *thresholds);
    let (candidates, worded) = sieve.candidates(library);
    let selecting =
        Selecting { library, folding, thresholds, paragraphs: library.paragraph_count() };
    let work = |index: usize| -> Reuse {
        let (Some(subject), Some(own), Some(found)) =
            (subjects.get(index), sieve.prepared(index), candidates.get(index))
        else {
            return Reuse::default();
        };
        let aligner = Aligner::new(own);
        let align = |location: &Location| {
            let keys = worded.get(location.reference)?.get(location.paragraph)?;
            Some(aligner.align(*location, keys))
        };
        let waiting = Waiting::new(own, found.carried.clone(), &align);
        let rewritten = || found.rewritten.iter().filter_map(align).collect();
        selecting.select(subject, own, waiting, &rewritten)
    };
    (0..subjects.len()).into_par_iter().map(work).collect()
}
