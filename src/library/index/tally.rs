//! Word sequences with the paragraphs they stand in, in; for each paragraph what it shares with the one that looks, out.

use crate::model::{Places, Sharing, Wanted};

/// A sequence with the paragraphs in which it stands.
pub(super) type Listed<'l> = (&'l [u32], Wanted);

/// Room to add up in: for every paragraph of a segment what it shares, and between two sums nothing.
#[derive(Debug, Default)]
pub(super) struct Tally {
    sums: Vec<u32>,
    /// The paragraphs with a sum.
    named: Vec<u32>,
    /// What was found last: a large piece of memory is not asked for each time.
    found: Vec<Sharing>,
}

impl Tally {
    /// Makes room for a segment of so many paragraphs.
    pub(super) fn make_ready(&mut self, paragraphs: usize) {
        self.sums.resize(paragraphs, 0);
    }

    /// The paragraphs that share as much as `least`, in 256ths of a bit, with the sequences in them.
    ///
    /// What is found is exact, with little adding up, as MaxScore does it (Turtle and Flood, "Query evaluation:
    /// strategies and optimizations", 1995): the most common sequences together are too little, so a paragraph that
    /// shares enough has a rarer one. Only the lists of these name paragraphs; the long ones add to those named.
    pub(super) fn sharing(&mut self, wanted: &mut [Listed<'_>], least: u32) -> &[Sharing] {
        wanted.sort_unstable_by_key(|(list, wanted)| (std::cmp::Reverse(list.len()), wanted.key));
        let mut worth = 0;
        let too_little = |(_, wanted): &&Listed<'_>| {
            worth += wanted.worth;
            worth < least
        };
        let (common, rare) = wanted.split_at(wanted.iter().take_while(too_little).count());
        for (list, wanted) in rare {
            for id in *list {
                let Some(sum) = self.sums.get_mut(*id as usize) else { continue };
                if *sum == 0 {
                    self.named.push(*id);
                }
                *sum += wanted.worth;
            }
        }
        for (list, wanted) in common {
            for id in *list {
                let sum = self.sums.get_mut(*id as usize).filter(|sum| **sum > 0);
                sum.into_iter().for_each(|sum| *sum += wanted.worth);
            }
        }
        let sums = &mut self.sums;
        let sharing = |number| {
            let worth = std::mem::take(sums.get_mut(number as usize)?);
            (worth >= least).then_some(Sharing { number, worth, starts: Places::default() })
        };
        self.found.clear();
        self.found.extend(self.named.drain(..).filter_map(sharing));
        &self.found
    }

    /// The same, with where the sequences begin in the paragraph that looks.
    pub(super) fn starts(&mut self, wanted: &mut [Listed<'_>], least: u32) -> &[Sharing] {
        self.sharing(wanted, least);
        // A sum now tells the place in `found`, counted from one.
        let mark = |sums: &mut Vec<u32>, id: u32, value| {
            sums.get_mut(id as usize).into_iter().for_each(|sum| *sum = value);
        };
        (1..).zip(&self.found).for_each(|(at, own)| mark(&mut self.sums, own.number, at));
        for (list, wanted) in wanted.iter() {
            for id in *list {
                let at = self.sums.get(*id as usize).map_or(0, |at| *at as usize);
                if at > 0
                    && let Some(own) = self.found.get_mut(at - 1)
                {
                    own.starts |= wanted.starts;
                }
            }
        }
        self.found.iter().for_each(|own| mark(&mut self.sums, own.number, 0));
        &self.found
    }
}
