//! Draft paragraphs in; what each looks for, for an index to find, out.

use super::best::{MOST_REWRITTEN, first_for_each_word};
use super::prepared::{SHORTEST_RUN, cost_of_chance};
use super::sequences::{PARTS, Sequences};
use super::served::Served;
use super::sieve::Sequenced;
use crate::model::{BySequences, Hit, Places, Sharers, Shares, Sharing, Sieve, Wanted};

/// Words of the shortest text in which a run can stand.
const FEWEST: usize = SHORTEST_RUN;

/// More evidence than any bar asks for, in 256ths of a bit; what never holds is held to this.
const MOST_PARTS: u32 = 1 << 20;

/// So many that share most are weighed before the others are asked for: more than can be the best for one word.
const FIRST: usize = 128;

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

    fn least(&self, (draft, shares): (u32, Shares), starts: usize, paragraphs: usize) -> u32 {
        if shares == Shares::Pairs {
            return self.pairs.needed.get(draft as usize).copied().unwrap_or(u32::MAX);
        }
        let anyway = self.needed(self.text(FEWEST, paragraphs)) + self.chance(draft);
        let Some(own) = self.prepared(draft as usize) else { return anyway };
        // In a long paragraph one place stands for several words.
        if own.words_a_place() > 1 {
            return anyway;
        }
        let carried = starts.saturating_mul(SHORTEST_RUN).min(own.keys.len()) as u32;
        let holds = |parts: u32| {
            let evidence = (f64::from(parts) / PARTS) as f32;
            let places = Places::default();
            self.holds(&Hit { draft, shares, evidence, carried, places }, paragraphs)
        };
        let (mut from, mut to) = (0, MOST_PARTS);
        while from < to {
            let middle = from.midpoint(to);
            if holds(middle) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        (from + self.chance_of_fewest(draft)).max(anyway)
    }

    fn best(
        &self,
        (draft, shares): (u32, Shares),
        sharers: &mut dyn Sharers,
        words: &dyn Fn(u32) -> usize,
        paragraphs: usize,
    ) -> Vec<(u32, Hit)> {
        let Some(own) = self.prepared(draft as usize) else { return Vec::new() };
        let mut served = own.nothing_served();
        let mut hits: Vec<(u32, Hit)> = Vec::new();
        if shares == Shares::Pairs {
            let weigh = |Sharing { number, worth, .. }: Sharing| {
                Some((number, self.weigh_pairs(draft, worth, &mut served)?))
            };
            return sharers.most(MOST_REWRITTEN).into_iter().filter_map(weigh).collect();
        }
        let mut weigh = |some: Vec<Sharing>, served: &mut Served| {
            hits.extend(some.into_iter().filter_map(|Sharing { number, worth, starts }| {
                let text = self.text(words(number), paragraphs);
                Some((number, self.weigh_runs(draft, (worth, starts), text, served)?))
            }));
        };
        // What shares most comes first, so that of the others few need be weighed.
        weigh(sharers.most(FIRST), &mut served);
        let chance = self.chance_of_fewest(draft);
        let least = |starts| {
            let bits = f64::from(served.open_from(own.carried(starts).0));
            ((bits * PARTS) as u32).saturating_add(chance)
        };
        let others = sharers.others(&least);
        weigh(others, &mut served);
        let all = hits.iter().map(|(number, hit)| (hit, *number)).collect();
        let mut best: Vec<u32> =
            first_for_each_word(all).into_iter().map(|(_, number)| number).collect();
        best.sort_unstable();
        hits.retain(|(number, _)| best.binary_search(number).is_ok());
        hits
    }

    fn account_for(&self, draft: u32, runs: &[(u32, Hit)]) -> bool {
        self.carried_over(draft, runs.iter().map(|(_, hit)| hit))
    }
}

impl Sequenced<'_> {
    /// What a draft paragraph pays for chance with the shortest text, in 256ths of a bit.
    fn chance_of_fewest(&self, draft: u32) -> u32 {
        self.chance(draft) + (cost_of_chance(1, FEWEST) * PARTS) as u32
    }

    fn table(&self, shares: Shares) -> &Sequences {
        match shares {
            Shares::Runs => &self.runs,
            Shares::Pairs => &self.pairs.table,
        }
    }
}
