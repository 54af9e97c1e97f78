//! A segment and a sieve in; for the paragraphs of the segment that are worth a close look what they may be, out.

use rayon::prelude::*;

use super::segment::Opened;
use super::store::{Fault, number};
use super::tally::{Listed, Tally};
use super::words;
use crate::model::{BySequences, Hit, Shares, Sieve, Wanted};
use crate::rooms::Rooms;

/// What paragraphs may be to those that look: the number of each in its segment, with what it may be.
pub(super) type Hits = Vec<(u32, Hit)>;

/// The hits in a segment, in a library of so many paragraphs, in the order of paragraphs; texts that no longer hold
/// may be left out.
pub(super) fn hits<S: Sieve>(
    opened: &Opened,
    holds: impl Fn(usize) -> bool + Sync,
    sieve: &S,
    paragraphs: usize,
) -> Result<Hits, Fault> {
    let Some(sieve) = sieve.sequences() else {
        return match words::sought(opened, sieve)? {
            Some(sought) => words::hits(opened, holds, sieve, &sought, paragraphs),
            None => look_through(opened, holds, sieve, paragraphs),
        };
    };
    let words = opened.words()?;
    let words = words.as_slice();
    let query = Query { opened, sieve, paragraphs, words, rooms: Rooms::new() };
    let by_runs = query.answers(Shares::Runs, sieve.wanted(Shares::Runs))?;
    let mut pairs = sieve.wanted(Shares::Pairs);
    for ((draft, wanted), runs) in (0..).zip(&mut pairs).zip(&by_runs) {
        if sieve.account_for(draft, runs) {
            wanted.clear();
        }
    }
    let by_pairs = query.answers(Shares::Pairs, pairs)?;
    let mut hits: Hits = by_runs.into_iter().chain(by_pairs).flatten().collect();
    hits.sort_unstable_by_key(|(paragraph, hit)| (*paragraph, hit.draft, hit.shares));
    Ok(hits)
}

/// Looks at every paragraph.
fn look_through<S: Sieve>(
    opened: &Opened,
    holds: impl Fn(usize) -> bool + Sync,
    sieve: &S,
    paragraphs: usize,
) -> Result<Hits, Fault> {
    let texts = (0..opened.heads.len()).into_par_iter().filter(|text| holds(*text));
    let found: Result<Vec<Hits>, Fault> = texts
        .map_init(<(S::Room, Vec<u8>)>::default, |(room, bytes), text| {
            let first = opened.heads.get(text).map_or(0, |head| head.first);
            let mut found = Vec::new();
            let mut hits = Vec::new();
            for (number, paragraph) in (first..).zip(opened.unpack(text, |_| true, bytes)?) {
                sieve.look(&paragraph.text, paragraphs, room, &mut hits);
                found.extend(hits.drain(..).map(|hit| (number, hit)));
            }
            Ok(found)
        })
        .collect();
    Ok(found?.into_iter().flatten().collect())
}

/// A segment that is asked.
struct Query<'q> {
    opened: &'q Opened,
    sieve: &'q dyn BySequences,
    paragraphs: usize,
    /// How many words each paragraph has.
    words: &'q [u8],
    rooms: Rooms<Tally>,
}

impl Query<'_> {
    /// For each paragraph that looks the best of what shares its sequences.
    fn answers(&self, shares: Shares, wanted: Vec<Vec<Wanted>>) -> Result<Vec<Hits>, Fault> {
        let mut keys: Vec<u64> = wanted.iter().flatten().map(|wanted| wanted.key).collect();
        keys.par_sort_unstable();
        keys.dedup();
        let lists = self.opened.look_up(&keys)?;
        let listed = |wanted: Wanted| -> Listed<'_> {
            let list = keys.binary_search(&wanted.key).map_or(&[][..], |at| lists.get(at));
            (list, wanted)
        };
        let answer = |(draft, wanted): (usize, Vec<Wanted>)| {
            let wanted: Vec<Listed<'_>> = wanted.into_iter().map(listed).collect();
            let looking = (draft as u32, shares);
            let least = |starts| self.sieve.least(looking, starts, self.paragraphs);
            // A number that is not there was not believed when the segment was opened.
            let words = |id: u32| number(self.words, id as usize).unwrap_or(0) as usize;
            let count = self.opened.paragraphs() as usize;
            self.rooms.with(|room| {
                room.shared(count, (&wanted, shares), least, |sharers| {
                    self.sieve.best(looking, sharers, &words, self.paragraphs)
                })
            })
        };
        Ok(wanted.into_par_iter().enumerate().map(answer).collect())
    }
}
