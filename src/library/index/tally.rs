//! Word sequences with the paragraphs they stand in, in; the paragraphs that share most with the one that looks, out.

use std::cmp::Reverse;

use crate::model::{Places, Sharers, Shares, Sharing, Wanted};

/// A sequence with the paragraphs in which it stands, in ascending order.
pub(super) type Listed<'l> = (&'l [u32], Wanted);

/// Paragraphs added up at a time: so few that their sums stay at hand.
const TOGETHER: usize = 1 << 15;

/// Sums looked at with one question.
const SUMS: usize = 16;

/// Where fewer numbers than one for so many sums are added, it is kept which sums they met, so that the others need not be
/// looked at.
const SPARSE: usize = 8;

/// A sum holds what is shared above so many bits, and how many places of the paragraph that looks below.
const PLACES: u32 = 32;

/// What is enough is known for fewer places than these; for more it is taken to be the same.
const FEW_PLACES: usize = 16;

/// Room to add up in.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// For some neighbouring paragraphs what they share; between two sums nothing.
    sums: Vec<u64>,
    /// For [`SUMS`] sums each a bit that tells whether one of them was met; between two sums nothing.
    met: Vec<u64>,
    /// The paragraphs that share enough, in ascending order, and what they share; nothing for those told already.
    left: Vec<(u32, u32)>,
    /// Room to find those that share most.
    order: Vec<(Reverse<u32>, u32)>,
}

impl Tally {
    /// Adds up what the paragraphs of a segment, which are so many, share of the sequences in them, and lets `work`
    /// ask for those that share enough: as much as `least` says, in 256ths of a bit, of so many places where their
    /// sequences begin.
    pub(super) fn shared<R>(
        &mut self,
        paragraphs: usize,
        (wanted, shares): (&[Listed<'_>], Shares),
        least: impl Fn(usize) -> u32,
        work: impl FnOnce(&mut dyn Sharers) -> R,
    ) -> R {
        let Self { sums, met, left, .. } = self;
        sums.resize(paragraphs.min(TOGETHER), 0);
        met.resize(TOGETHER.div_ceil(SUMS * 64), 0);
        left.clear();
        // What shares nothing is not told, however little is enough.
        let few: Vec<u32> = (0..FEW_PLACES).map(|places| least(places).max(1)).collect();
        let many = least(usize::MAX).max(1);
        let least = u64::from(few.iter().fold(many, |a, b| a.min(*b))) << PLACES;
        let enough = |sum: u64| {
            let least = few.get(sum as u32 as usize).copied().unwrap_or(many);
            (sum >> PLACES) as u32 >= least
        };
        let adds =
            |wanted: &Wanted| u64::from(wanted.worth) << PLACES | wanted.starts.count() as u64;
        let mut rests: Vec<(&[u32], u64)> =
            wanted.iter().map(|(list, wanted)| (*list, adds(wanted))).collect();
        let mut own: Vec<(&[u32], u64)> = Vec::with_capacity(rests.len());
        for first in (0..paragraphs).step_by(TOGETHER) {
            let inside = |id: &u32| (*id as usize) < first + TOGETHER;
            own.clear();
            for (rest, adds) in &mut rests {
                let (inside, after) = rest.split_at(before(rest, inside));
                *rest = after;
                own.push((inside, *adds));
            }
            let mut look = |sums: &mut [u64], from: usize| {
                if sums.iter().fold(false, |any, sum| any | (*sum >= least)) {
                    let own = (from as u32..).zip(sums.iter().copied()).filter(|own| enough(own.1));
                    left.extend(own.map(|(number, sum)| (number, (sum >> PLACES) as u32)));
                }
                sums.fill(0);
            };
            let numbers: usize = own.iter().map(|(ids, _)| ids.len()).sum();
            let sparse = numbers < TOGETHER / SPARSE;
            add_all(&own, first, sums, sparse.then_some(met.as_mut_slice()));
            if !sparse {
                sums.chunks_mut(SUMS).zip((first..).step_by(SUMS)).for_each(|(s, f)| look(s, f));
                continue;
            }
            for (block, met) in met.iter_mut().enumerate() {
                while *met != 0 {
                    let at = (block * 64 + met.trailing_zeros() as usize) * SUMS;
                    *met &= *met - 1;
                    let end = (at + SUMS).min(sums.len());
                    sums.get_mut(at..end).into_iter().for_each(|sums| look(sums, first + at));
                }
            }
        }
        work(&mut Shared { tally: self, wanted, shares })
    }
}

/// Adds what some sequences are worth to the sums of the paragraphs they stand in, the first of which has the number
/// `first`; in `met` it is kept which of them that are, where it is given.
fn add_all(some: &[(&[u32], u64)], first: usize, sums: &mut [u64], mut met: Option<&mut [u64]>) {
    for (ids, adds) in some {
        for at in ids.iter().map(|id| (*id as usize).wrapping_sub(first)) {
            sums.get_mut(at).into_iter().for_each(|sum| *sum += *adds);
            let met = met.as_mut().and_then(|met| met.get_mut(at / (SUMS * 64)));
            met.into_iter().for_each(|met| *met |= 1 << (at / SUMS % 64));
        }
    }
}

/// What was added up for one paragraph that looks.
struct Shared<'s> {
    tally: &'s mut Tally,
    wanted: &'s [Listed<'s>],
    shares: Shares,
}

impl Sharers for Shared<'_> {
    fn most(&mut self, count: usize) -> Vec<Sharing> {
        let Tally { left, order, .. } = &mut *self.tally;
        order.clear();
        let open = left.iter().filter(|(_, worth)| *worth > 0);
        order.extend(open.map(|(number, worth)| (Reverse(*worth), *number)));
        if count < order.len() {
            order.select_nth_unstable(count);
            order.truncate(count);
        }
        let mut most: Vec<u32> = order.iter().map(|(_, number)| *number).collect();
        most.sort_unstable();
        let mut told = Vec::with_capacity(most.len());
        each_in_both(&most, left, |number, worth| {
            told.push((number, std::mem::take(worth)));
        });
        self.told(&told)
    }

    fn others(&mut self, least: &dyn Fn(Places) -> u32) -> Vec<Sharing> {
        let left = &mut self.tally.left;
        let most = left.iter().map(|(_, worth)| *worth).max().unwrap_or(0);
        let mut told = Vec::new();
        for (list, wanted) in self.wanted {
            let least = least(wanted.starts).max(1);
            if least > most {
                continue;
            }
            each_in_both(list, left, |number, worth| {
                if *worth >= least {
                    told.push((number, std::mem::take(worth)));
                }
            });
        }
        told.sort_unstable();
        self.told(&told)
    }
}

impl Shared<'_> {
    /// What is told of some paragraphs, given in ascending order.
    fn told(&self, some: &[(u32, u32)]) -> Vec<Sharing> {
        let mut starts: Vec<(u32, Places)> =
            some.iter().map(|(number, _)| (*number, Places::default())).collect();
        if self.shares == Shares::Runs {
            for (list, wanted) in self.wanted {
                each_in_both(list, &mut starts, |_, starts| *starts |= wanted.starts);
            }
        }
        let told = some.iter().zip(starts);
        let mut told: Vec<Sharing> = told
            .map(|((number, worth), (_, starts))| Sharing {
                number: *number,
                worth: *worth,
                starts,
            })
            .collect();
        told.sort_unstable_by_key(|own| (Reverse(own.worth), own.number));
        told
    }
}

/// Tells each number that is in both lists, which are in ascending order.
fn each_in_both<T>(list: &[u32], pairs: &mut [(u32, T)], mut tell: impl FnMut(u32, &mut T)) {
    let (mut rest, mut pairs) = (list, pairs);
    while let (Some(number), Some((other, _))) = (rest.first(), pairs.first()) {
        if number < other {
            let skipped = before(rest, |number| number < other);
            rest = rest.get(skipped..).unwrap_or_default();
        } else {
            let skipped = before(pairs, |(other, _)| other < number);
            pairs = pairs.get_mut(skipped..).unwrap_or_default();
            if let Some((other, value)) = pairs.first_mut().filter(|(other, _)| other == number) {
                tell(*other, value);
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
}

/// How many of a list come before the first for which this does not hold, found in steps that double, since it is near.
fn before<T>(list: &[T], holds: impl Fn(&T) -> bool) -> usize {
    let mut step = 1;
    while list.get(step - 1).is_some_and(&holds) {
        step *= 2;
    }
    let from = step / 2;
    let some = list.get(from..step.min(list.len())).unwrap_or_default();
    from + some.partition_point(holds)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_that_share_enough_are_told_once(
            lists in vec((btree_set(0u32..100_000, 0..60), 1u32..40), 0..12),
            near in vec((btree_set(0u32..30, 0..20), 1u32..40), 0..12),
            least in 0u32..60,
            single in 0u32..60,
            count in 0usize..30,
            bar in 0u32..60,
        ) {
            let lists: Vec<(Vec<u32>, u32)> =
                lists.into_iter().chain(near).map(|(l, w)| (l.into_iter().collect(), w)).collect();
            let wanted: Vec<Listed<'_>> = lists.iter().zip(0..).map(|((list, worth), at)| {
                let mut starts = Places::default();
                starts.add(at);
                (list.as_slice(), Wanted { key: at as u64, worth: *worth, starts })
            }).collect();
            let mut sums: BTreeMap<u32, (u32, Places)> = BTreeMap::new();
            for (list, wanted) in &wanted {
                for id in *list {
                    let (sum, starts) = sums.entry(*id).or_default();
                    *sum += wanted.worth;
                    *starts |= wanted.starts;
                }
            }
            let enough = |places: usize| if places == 1 { single } else { least };
            let mut all: Vec<Sharing> = sums.into_iter()
                .filter(|(_, (worth, starts))| *worth >= enough(starts.count()))
                .map(|(number, (worth, starts))| Sharing { number, worth, starts }).collect();
            all.sort_unstable_by_key(|own| (Reverse(own.worth), own.number));
            let others = all.split_off(count.min(all.len()));
            // Only the even sequences are open.
            let open = |places: Places| if places.iter().any(|at| at % 2 == 0) { bar } else { u32::MAX };
            let others: Vec<Sharing> = others.into_iter()
                .filter(|own| own.starts.iter().any(|at| at % 2 == 0) && own.worth >= bar).collect();
            let mut room = Tally::default();
            for _ in 0..2 {
                room.shared(100_000, (&wanted, Shares::Runs), enough, |sharers| {
                    assert_eq!(sharers.most(count), all);
                    assert_eq!(sharers.others(&open), others);
                });
            }
        }
    }
}
