//! A segment and a sieve in; for every paragraph of the segment what it may be to those that look, out.
//!
//! The sums over all sequences are exact; what cannot count is left out early, as MaxScore does (Turtle and Flood,
//! "Query evaluation: strategies and optimizations", 1995): of the sequences that one draft paragraph looks for, the
//! most common together are too little for a hit. A paragraph that is one has a rarer sequence, so only the lists of
//! these name candidates, and the long lists are only asked about paragraphs named already.

use rayon::prelude::*;

use super::postings::Lists;
use super::segment::Opened;
use super::store::{Fault, number};
use crate::model::{Hit, Sieve, Wanted};

/// What paragraphs may be to those that look: the number of each in its segment, with what it may be.
pub(super) type Hits = Vec<(u32, Hit)>;

/// The hits of those texts of a segment that still hold, in a library of so many paragraphs, in the order of paragraphs.
pub(super) fn hits<S: Sieve>(
    opened: &Opened,
    holds: impl Fn(usize) -> bool + Sync,
    sieve: &S,
    paragraphs: usize,
) -> Result<Hits, Fault> {
    if sieve.sequences().is_empty() {
        return look_through(opened, holds, sieve, paragraphs);
    }
    let lists = opened.look_up(sieve.sequences())?;
    let words = opened.words()?;
    let words = words.as_slice();
    let held = opened.paragraphs() as usize;
    let wanted: Vec<(u32, Vec<Wanted>)> = (0..).zip(sieve.wanted()).collect();
    let found: Result<Vec<Hits>, Fault> = wanted
        .into_par_iter()
        .map_init(
            || Room { sums: vec![0; held], named: Vec::new() },
            |room, (draft, wanted)| {
                let look = Look { sieve, draft, paragraphs, lists: &lists, words };
                look.hits(wanted, room)
            },
        )
        .collect();
    let mut hits: Hits = found?.into_iter().flatten().collect();
    hits.par_sort_by_key(|(paragraph, hit)| (*paragraph, hit.draft));
    let mut kept = (usize::MAX, false);
    hits.retain(|(paragraph, _)| {
        let text = opened.text_of(*paragraph);
        if kept.0 != text {
            kept = (text, holds(text));
        }
        kept.1
    });
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
        .map_init(S::Room::default, |room, text| {
            let first = opened.heads.get(text).map_or(0, |head| head.first);
            let mut found = Vec::new();
            let mut hits = Vec::new();
            for (number, paragraph) in (first..).zip(opened.unpack(text, |_| true)?) {
                sieve.look(&paragraph.text, paragraphs, room, &mut hits);
                found.extend(hits.drain(..).map(|hit| (number, hit)));
            }
            Ok(found)
        })
        .collect();
    Ok(found?.into_iter().flatten().collect())
}

/// Room to add up in: for every paragraph of a segment what it shares, in 1/256 bits.
struct Room {
    sums: Vec<u32>,
    /// The paragraphs with a sum.
    named: Vec<u32>,
}

/// Set in the sum of a paragraph that was named, even if by a sequence that is worth nothing.
const NAMED: u32 = 1 << 31;

/// Parts of a bit in a sum.
const GRAIN: f32 = 256.0;

/// Every place of a draft paragraph.
const ALL: [u64; 4] = [u64::MAX; 4];

/// Words of the shortest text in which a sequence can stand.
const FEWEST: usize = 3;

/// One paragraph that looks.
struct Look<'q, S> {
    sieve: &'q S,
    draft: u32,
    paragraphs: usize,
    lists: &'q Lists,
    words: &'q [u8],
}

impl<S: Sieve> Look<'_, S> {
    fn hits(&self, mut wanted: Vec<Wanted>, room: &mut Room) -> Result<Hits, Fault> {
        wanted.sort_by_cached_key(|w| std::cmp::Reverse(self.list(w).len()));
        let (common, rare) = wanted.split_at(self.too_little(&wanted));
        for wanted in rare {
            let bits = grains(wanted.bits);
            for id in self.list(wanted) {
                let Some(sum) = room.sums.get_mut(*id as usize) else { continue };
                if *sum == 0 {
                    *sum = NAMED;
                    room.named.push(*id);
                }
                *sum += bits;
            }
        }
        if room.named.is_empty() {
            return Ok(Hits::new());
        }
        for wanted in common {
            let bits = grains(wanted.bits);
            for id in self.list(wanted) {
                match room.sums.get_mut(*id as usize) {
                    Some(sum) if *sum != 0 => *sum += bits,
                    _ => {}
                }
            }
        }
        self.complete(&wanted, room)
    }

    /// Turns the sums into hits, and makes the room ready for the next.
    fn complete(&self, wanted: &[Wanted], room: &mut Room) -> Result<Hits, Fault> {
        let least = self.least();
        // From here on the sum of a paragraph says at which place among the candidates it stands, from 1.
        let mut candidates: Vec<(u32, f32, usize, [u64; 4])> = Vec::new();
        for id in room.named.drain(..) {
            let Some(sum) = room.sums.get_mut(id as usize) else { continue };
            let shared = std::mem::take(sum) & !NAMED;
            if shared < least {
                continue;
            }
            let (bits, words) = (shared as f32 / GRAIN, number(self.words, id as usize)? as usize);
            if self.sieve.weigh(self.draft, bits, ALL, words, self.paragraphs).is_some() {
                candidates.push((id, bits, words, [0; 4]));
                *sum = candidates.len() as u32;
            }
        }
        if candidates.is_empty() {
            return Ok(Hits::new());
        }
        for wanted in wanted {
            for id in self.list(wanted) {
                let place = room.sums.get(*id as usize).map_or(0, |place| *place as usize);
                let Some(candidate) = place.checked_sub(1).and_then(|at| candidates.get_mut(at))
                else {
                    continue;
                };
                add(&mut candidate.3, wanted.places);
            }
        }
        let mut hits = Hits::new();
        for (id, bits, words, places) in candidates {
            if let Some(sum) = room.sums.get_mut(id as usize) {
                *sum = 0;
            }
            let hit = self.sieve.weigh(self.draft, bits, places, words, self.paragraphs);
            hits.extend(hit.map(|hit| (id, hit)));
        }
        Ok(hits)
    }

    fn list(&self, wanted: &Wanted) -> &[u32] {
        self.lists.get(wanted.sequence)
    }

    /// How many sequences, from the most common on, are together too little for a hit.
    fn too_little(&self, wanted: &[Wanted]) -> usize {
        let (mut bits, mut places) = (0.0, [0; 4]);
        let little = |wanted: &&Wanted| {
            bits += wanted.bits;
            add(&mut places, wanted.places);
            self.sieve.weigh(self.draft, bits, places, FEWEST, self.paragraphs).is_none()
        };
        wanted.iter().take_while(little).count()
    }

    /// Sums below this are no hit even where they cover the whole paragraph.
    fn least(&self) -> u32 {
        let (mut none, mut some) = (0, NAMED - 1);
        while none < some {
            let middle = none + (some - none) / 2;
            let bits = middle as f32 / GRAIN;
            match self.sieve.weigh(self.draft, bits, ALL, FEWEST, self.paragraphs) {
                None => none = middle + 1,
                Some(_) => some = middle,
            }
        }
        none
    }
}

fn grains(bits: f32) -> u32 {
    (bits * GRAIN) as u32
}

fn add(all: &mut [u64; 4], own: [u64; 4]) {
    all.iter_mut().zip(own).for_each(|(all, own)| *all |= own);
}
