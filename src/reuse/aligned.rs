//! A draft paragraph and an agreed one in; the words they share, run by run, out.

use super::prepared::{Prepared, SHORTEST_RUN};
use super::select::Extent;
use crate::model::{Library, Location};
use crate::text::{Folding, Shared, Word, shared_runs};

/// An agreed paragraph aligned with a draft paragraph.
#[derive(Clone, Debug)]
pub(super) struct Aligned {
    pub(super) location: Location,
    /// Words of the agreed paragraph.
    pub(super) words: Vec<Word>,
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

impl Aligned {
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

/// Aligns a draft paragraph with the agreed paragraph at `location`; nothing where there is none.
pub(super) fn align(
    own: &Prepared,
    location: Location,
    library: &Library,
    folding: &Folding,
) -> Option<Aligned> {
    let agreed =
        library.entries.get(location.reference)?.text.paragraphs.get(location.paragraph)?;
    let words = folding.paragraph(agreed);
    let keys: Vec<u64> = words.iter().map(|word| word.key).collect();
    let mut runs = shared_runs(&own.keys, &keys, SHORTEST_RUN);
    add_moved(own, &keys, &mut runs);
    let carried = carried(own.keys.len(), &runs);
    let evidence = own.evidence(&runs, keys.len());
    Some(Aligned { location, words, runs, carried, kept: None, evidence })
}

/// Finds sentences that both texts have in another order: what the first pass left is aligned again.
fn add_moved(own: &Prepared, agreed: &[u64], runs: &mut Vec<Shared>) {
    let left = |len: usize, place: &dyn Fn(&Shared) -> usize| {
        let mut free = vec![true; len];
        for run in runs.iter() {
            let slots = free.iter_mut().skip(place(run)).take(run.len);
            slots.for_each(|slot| *slot = false);
        }
        free
    };
    let free_own = left(own.keys.len(), &|run| run.a);
    let free_agreed = left(agreed.len(), &|run| run.b);
    // Words in use get keys that equal nothing.
    let masked = |keys: &[u64], free: &[bool], salt: u64| -> Vec<u64> {
        let unlike = |at: usize| (at as u64).wrapping_mul(2).wrapping_add(salt);
        let pairs = keys.iter().zip(free).enumerate();
        pairs.map(|(at, (key, free))| if *free { *key } else { unlike(at) }).collect()
    };
    let moved = shared_runs(
        &masked(&own.keys, &free_own, 0),
        &masked(agreed, &free_agreed, 1),
        SHORTEST_RUN,
    );
    if own.evidence(&moved, agreed.len()) >= MOVED_BITS {
        runs.extend(moved);
        runs.sort_unstable_by_key(|run| run.a);
    }
}

fn carried(len: usize, runs: &[Shared]) -> Vec<bool> {
    let mut carried = vec![false; len];
    for run in runs {
        carried.iter_mut().skip(run.a).take(run.len).for_each(|slot| *slot = true);
    }
    carried
}
