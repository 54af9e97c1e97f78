//! Draft paragraphs in; what each looks for, for an index to find, out.

use super::best::{first_for_each_word, most_telling};
use super::sequences::Sequences;
use super::sieve::Sequenced;
use crate::model::{BySequences, Hit, Met, Places, Shares, Wanted};

/// Words of the shortest text in which a sequence can stand.
const FEWEST: usize = 3;

impl BySequences for Sequenced<'_> {
    fn wanted(&self, shares: Shares) -> Vec<Vec<Wanted>> {
        let table = self.table(shares);
        let mut wanted = vec![Vec::new(); self.prepared.len()];
        for (key, sequence) in table.all() {
            for same in table.places(sequence).chunk_by(|a, b| a.paragraph == b.paragraph) {
                let mut starts = Places::default();
                same.iter().for_each(|place| starts.add(place.word as usize));
                let worth = same.iter().map(|place| place.worth).sum();
                let draft = same.first().map_or(0, |place| place.paragraph as usize);
                let wanted: Option<&mut Vec<Wanted>> = wanted.get_mut(draft);
                wanted.into_iter().for_each(|all| all.push(Wanted { key, worth, starts }));
            }
        }
        wanted
    }

    fn least(&self, draft: u32, shares: Shares, paragraphs: usize) -> u32 {
        match shares {
            Shares::Runs => self.needed(draft, self.least_evidence(paragraphs), FEWEST),
            Shares::Pairs => self.needed_in_pairs(draft),
        }
    }

    fn weigh(&self, draft: u32, shared: Met, words: usize, paragraphs: usize) -> Option<Hit> {
        self.weighed(draft, shared, words, paragraphs)
    }

    fn best(&self, hits: &[(u32, Hit)]) -> Vec<(u32, Hit)> {
        let by_runs = hits.first().is_some_and(|(_, hit)| hit.shares == Shares::Runs);
        let all = hits.iter().enumerate().map(|(at, (_, hit))| (hit, at)).collect();
        let best = if by_runs { first_for_each_word(all) } else { most_telling(all) };
        best.into_iter().filter_map(|at| hits.get(at).copied()).collect()
    }

    fn account_for(&self, draft: u32, runs: &[(u32, Hit)]) -> bool {
        self.carried_over(draft, runs.iter().map(|(_, hit)| hit))
    }
}

impl Sequenced<'_> {
    fn table(&self, shares: Shares) -> &Sequences {
        match shares {
            Shares::Runs => &self.runs,
            Shares::Pairs => &self.pairs,
        }
    }
}
