//! Draft paragraphs in; what each looks for, for an index to find, out.

use std::cmp::Reverse;

use super::best::{first_for_each_word, most_telling};
use super::sequences::Sequences;
use super::sieve::{Sequenced, Text};
use crate::model::{BySequences, Hit, Places, Shares, Sharing, Wanted};

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
            Shares::Runs => self.needed(Text::new(FEWEST, paragraphs)) + self.chance(draft),
            Shares::Pairs => self.pairs.needed.get(draft as usize).copied().unwrap_or(u32::MAX),
        }
    }

    fn best(
        &self,
        (draft, shares): (u32, Shares),
        sharing: &[Sharing],
        words: &dyn Fn(u32) -> usize,
        paragraphs: usize,
    ) -> Vec<(u32, Hit)> {
        // What shares most comes first, so that less and less need be weighed.
        let mut order: Vec<(Reverse<u32>, u32)> =
            (0..).zip(sharing).map(|(at, own)| (Reverse(own.worth), at)).collect();
        order.sort_unstable();
        let Some(own) = self.prepared(draft as usize) else { return Vec::new() };
        let mut served = own.nothing_served();
        let mut hits: Vec<(u32, Hit)> = order
            .into_iter()
            .filter_map(|(_, at)| {
                let Sharing { number, worth, starts } = *sharing.get(at as usize)?;
                let hit = match shares {
                    Shares::Runs => {
                        let text = Text::new(words(number), paragraphs);
                        self.weigh_runs(draft, (worth, starts), text, &mut served)
                    }
                    Shares::Pairs => self.weigh_pairs(draft, worth, &mut served),
                };
                Some((number, hit?))
            })
            .collect();
        let all = hits.iter().map(|(number, hit)| (hit, *number)).collect();
        let mut best = match shares {
            Shares::Runs => first_for_each_word(all),
            Shares::Pairs => most_telling(all),
        };
        best.sort_unstable();
        hits.retain(|(number, _)| best.binary_search(number).is_ok());
        hits
    }

    fn account_for(&self, draft: u32, runs: &[(u32, Hit)]) -> bool {
        self.carried_over(draft, runs.iter().map(|(_, hit)| hit))
    }
}

impl Sequenced<'_> {
    fn table(&self, shares: Shares) -> &Sequences {
        match shares {
            Shares::Runs => &self.runs,
            Shares::Pairs => &self.pairs.table,
        }
    }
}
