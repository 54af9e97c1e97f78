//! A draft paragraph and an agreed one in; the words they share, run by run, out.

use super::prepared::{Prepared, SHORTEST_RUN};
use super::select::Extent;
use crate::model::Location;
use crate::text::{Shared, Windows};

/// An agreed paragraph aligned with a draft paragraph.
#[derive(Clone, Debug)]
pub(super) struct Aligned<'k> {
    pub(super) location: Location,
    /// The words of the agreed paragraph, by their keys.
    pub(super) keys: &'k [u64],
    /// Runs in the order of the draft; in the agreed text they may stand in another order.
    pub(super) runs: Vec<Shared>,
    /// For every word of the draft paragraph, whether a run carries it.
    pub(super) carried: Vec<bool>,
    /// Where the draft paragraph was rewritten from this one: all words they share in the same order, single
    /// ones among them.
    pub(super) kept: Option<Vec<Shared>>,
    /// Evidence, in bits, that the carried or kept words are no accident.
    pub(super) evidence: f64,
}

impl Aligned<'_> {
    /// How much of the draft paragraph is carried.
    pub(super) fn extent(&self) -> Extent {
        Extent { words: self.count(), ..Extent::of(&self.runs, self.carried.len()) }
    }

    /// Number of draft words carried.
    pub(super) fn count(&self) -> usize {
        self.carried.iter().filter(|c| **c).count()
    }
}

/// What carried words taken out of their order must be worth, in bits, to count as a sentence moved.
const MOVED_BITS: f64 = 30.0;

/// A draft paragraph that agreed ones are aligned with.
#[derive(Debug)]
pub(super) struct Aligner<'p> {
    own: &'p Prepared,
    windows: Windows<'p>,
}

impl<'p> Aligner<'p> {
    pub(super) fn new(own: &'p Prepared) -> Self {
        Self { own, windows: Windows::new(&own.keys, SHORTEST_RUN) }
    }

    /// Aligns the agreed paragraph at `location`, which has these words.
    pub(super) fn align<'k>(&self, location: Location, keys: &'k [u64]) -> Aligned<'k> {
        let met = self.windows.met_in(keys);
        let mut runs = met.runs();
        // Sentences may stand in another order: what the first pass left is aligned again.
        let moved = met.outside(&runs).runs();
        if self.own.evidence(&moved, keys.len()) >= MOVED_BITS {
            runs.extend(moved);
            runs.sort_unstable_by_key(|run| run.a);
        }
        let carried = carried(self.own.keys.len(), &runs);
        let evidence = self.own.evidence(&runs, keys.len());
        Aligned { location, keys, runs, carried, kept: None, evidence }
    }
}

fn carried(len: usize, runs: &[Shared]) -> Vec<bool> {
    let mut carried = vec![false; len];
    for run in runs {
        carried.iter_mut().skip(run.a).take(run.len).for_each(|slot| *slot = true);
    }
    carried
}
