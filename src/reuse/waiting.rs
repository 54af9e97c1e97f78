//! Agreed paragraphs with what each may carry at most, in; those that can be a source aligned, the others left alone, out.

use std::cmp::Reverse;

use super::aligned::Aligned;
use super::prepared::{Prepared, cost_of_chance};
use super::select::{Extent, NEARLY, lowered};
use crate::model::{Hit, Location};

/// Sums of the same bits in another order differ by less.
const ROUNDING: f64 = 1e-6;

/// Agreed paragraphs that are not aligned yet. A formula stands in hundreds of texts, and where one of them carries all
/// that the others could, to align these would change nothing and take most of the time.
pub(super) struct Waiting<'w, 'k> {
    own: &'w Prepared,
    /// What may carry most comes last.
    left: Vec<(Hit, Location)>,
    align: &'w dyn Fn(&Location) -> Option<Aligned<'k>>,
}

impl<'w, 'k> Waiting<'w, 'k> {
    /// These, for a draft paragraph with which `align` aligns them.
    pub(super) fn new(
        own: &'w Prepared,
        mut left: Vec<(Hit, Location)>,
        align: &'w dyn Fn(&Location) -> Option<Aligned<'k>>,
    ) -> Self {
        left.sort_by_key(|(hit, location)| (hit.carried, Reverse(*location)));
        Self { own, left, align }
    }

    /// Those that hold and carry as many words as any, or nearly as many; some with fewer may be among them.
    pub(super) fn most(&mut self, holds: impl Fn(&Aligned<'_>) -> bool) -> Vec<Aligned<'k>> {
        let mut most = 0;
        let mut found = Vec::new();
        while let Some((_, location)) =
            self.left.pop_if(|(hit, _)| f64::from(hit.carried) >= NEARLY * most as f64)
        {
            if let Some(aligned) = (self.align)(&location).filter(&holds) {
                most = most.max(aligned.count());
                found.push(aligned);
            }
        }
        found
    }

    /// Those that may clear this bar, in bits, by words that have no source yet.
    pub(super) fn beside(&mut self, owner: &[Option<usize>], bar: f64) -> Vec<Aligned<'k>> {
        let own = self.own;
        // In a long paragraph one place stands for several words.
        if own.words_a_place() == 1 {
            self.left.retain(|(hit, _)| may_add(own, hit, owner, bar));
        }
        self.others()
    }

    /// All others.
    pub(super) fn others(&mut self) -> Vec<Aligned<'k>> {
        self.left.drain(..).rev().filter_map(|(_, location)| (self.align)(&location)).collect()
    }
}

/// Whether the words that a text may carry and that have no source yet may clear the bar: all of them together, chance
/// paid for once, with a text of a single word.
fn may_add(own: &Prepared, hit: &Hit, owner: &[Option<usize>], bar: f64) -> bool {
    let mut adds = Extent { all: own.keys.len(), ..Extent::default() };
    let mut bits = ROUNDING - cost_of_chance(own.keys.len(), 1);
    let mut run = 0..0;
    for word in hit.places.iter().filter(|word| owner.get(*word) == Some(&None)) {
        bits += own.worth.get(word).map_or(0.0, |w| w.first.max(w.second).max(w.later));
        run = if run.end == word { run.start..word + 1 } else { word..word + 1 };
        adds.words += 1;
        adds.longest = adds.longest.max(run.len());
    }
    adds.words > 0 && bits >= lowered(bar, adds)
}
