//! A segment and a sieve in; for every paragraph of the segment what it may be to those that look, out.
//!
//! The sums over all sequences are exact; what cannot count is left out early, as MaxScore does (Turtle and Flood,
//! "Query evaluation: strategies and optimizations", 1995): of the sequences that one draft paragraph looks for, the
//! most common together are too little for a hit. A paragraph that is one has a rarer sequence, so only the lists of
//! these name candidates, and the long lists are only asked about paragraphs named already.

use rayon::prelude::*;

use super::segment::Opened;
use super::store::{Fault, number};
use crate::model::{Hit, Question, Shares, Sieve, Wanted};

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
    let questions = sieve.questions();
    if questions.is_empty() {
        return look_through(opened, holds, sieve, paragraphs);
    }
    let mut keys: Vec<u64> =
        questions.iter().flat_map(|question| &question.wanted).map(|wanted| wanted.key).collect();
    keys.par_sort_unstable();
    keys.dedup();
    let lists = opened.look_up(&keys)?;
    let words = opened.words()?;
    let words = words.as_slice();
    let held = opened.paragraphs() as usize;
    let found: Result<Vec<Hits>, Fault> = questions
        .into_par_iter()
        // Each piece of the work has a room made ready: that costs as much as several questions.
        .with_min_len(TOGETHER)
        .map_init(
            || Room::new(held),
            |room, Question { draft, shares, wanted }| {
                let list = |wanted: &Wanted| match keys.binary_search(&wanted.key) {
                    Ok(at) => lists.get(at),
                    Err(_) => &[],
                };
                let wanted = wanted.into_iter().map(|wanted| (list(&wanted), wanted)).collect();
                let look = Look { sieve, question: (draft, shares), paragraphs, words };
                look.hits(wanted, room)
            },
        )
        .collect();
    // Millions of numbers that are not needed any more.
    drop(lists);
    let mut hits: Hits = found?.into_iter().flatten().collect();
    hits.par_sort_unstable_by_key(|(paragraph, hit)| (*paragraph, hit.draft, hit.shares));
    Ok(hits)
}

/// Questions answered with one room, at least.
const TOGETHER: usize = 24;

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

/// Room to add up in.
struct Room {
    /// For every paragraph of a segment what it shares, at most: in half bits, each sequence rounded up, to 255. So
    /// small that a processor keeps it near.
    sums: Vec<u8>,
    /// The paragraphs with a sum.
    named: Vec<u32>,
    /// One bit for every paragraph, set for candidates, and for these their place among them.
    is_candidate: Vec<u64>,
    places: Vec<u32>,
}

impl Room {
    fn new(paragraphs: usize) -> Self {
        Self {
            sums: vec![0; paragraphs],
            named: Vec::new(),
            is_candidate: vec![0; paragraphs.div_ceil(64)],
            places: vec![0; paragraphs],
        }
    }
}

/// Parts of a bit in a sum of [`Room`].
const HALVES: f32 = 2.0;

/// A paragraph that may be a hit.
struct Candidate {
    id: u32,
    words: usize,
    bits: f32,
    places: [u64; 4],
}

/// Every place of a draft paragraph.
const ALL: [u64; 4] = [u64::MAX; 4];

/// More bits than any paragraph shares.
const MOST: f32 = 1e6;

/// Words of the shortest text in which a sequence can stand.
const FEWEST: usize = 3;

/// A sequence with the paragraphs in which it stands.
type Listed<'l> = (&'l [u32], Wanted);

/// One paragraph that looks.
struct Look<'q, S> {
    sieve: &'q S,
    question: (u32, Shares),
    paragraphs: usize,
    words: &'q [u8],
}

impl<S: Sieve> Look<'_, S> {
    fn hits(&self, mut wanted: Vec<Listed<'_>>, room: &mut Room) -> Result<Hits, Fault> {
        wanted.sort_unstable_by_key(|(list, wanted)| (std::cmp::Reverse(list.len()), wanted.key));
        let (common, rare) = wanted.split_at(self.too_little(&wanted));
        for (list, wanted) in rare {
            let bits = (wanted.bits * HALVES).ceil().max(1.0) as u8;
            for id in *list {
                let Some(sum) = room.sums.get_mut(*id as usize) else { continue };
                if *sum == 0 {
                    room.named.push(*id);
                }
                *sum = sum.saturating_add(bits);
            }
        }
        let more = common.iter().map(|(_, wanted)| wanted.bits).sum();
        let mut candidates = self.candidates(more, room)?;
        if candidates.is_empty() {
            return Ok(Hits::new());
        }
        for wanted in &wanted {
            self.complete(wanted, room, &mut candidates);
        }
        let mut hits = Hits::new();
        for Candidate { id, words, bits, places } in candidates {
            if let Some(slot) = room.is_candidate.get_mut(id as usize / 64) {
                *slot = 0;
            }
            let hit = self.sieve.weigh(self.question, bits, places, words, self.paragraphs);
            hits.extend(hit.map(|hit| (id, hit)));
        }
        Ok(hits)
    }

    /// The paragraphs whose sum, with so many bits `more`, may be enough; the sums are forgotten.
    fn candidates(&self, more: f32, room: &mut Room) -> Result<Vec<Candidate>, Fault> {
        let least = ((self.least() - more) * HALVES).floor().clamp(0.0, 255.0) as u8;
        let mut candidates = Vec::new();
        for id in room.named.drain(..) {
            let Some(sum) = room.sums.get_mut(id as usize) else { continue };
            let shared = std::mem::take(sum);
            if shared < least {
                continue;
            }
            let words = number(self.words, id as usize)? as usize;
            let bits = if shared == u8::MAX { MOST } else { f32::from(shared) / HALVES + more };
            if self.sieve.weigh(self.question, bits, ALL, words, self.paragraphs).is_none() {
                continue;
            }
            if let Some(slot) = room.is_candidate.get_mut(id as usize / 64)
                && let Some(place) = room.places.get_mut(id as usize)
            {
                *slot |= 1 << (id % 64);
                *place = candidates.len() as u32;
            }
            candidates.push(Candidate { id, words, bits: 0.0, places: [0; 4] });
        }
        Ok(candidates)
    }

    /// Adds what a sequence is worth to those candidates in which it stands.
    fn complete(&self, (list, wanted): &Listed<'_>, room: &Room, candidates: &mut [Candidate]) {
        for id in *list {
            let at = *id as usize;
            if room.is_candidate.get(at / 64).is_none_or(|slot| slot >> (at % 64) & 1 == 0) {
                continue;
            }
            let place = room.places.get(at).map_or(usize::MAX, |place| *place as usize);
            if let Some(candidate) = candidates.get_mut(place) {
                candidate.bits += wanted.bits;
                add(&mut candidate.places, wanted.places);
            }
        }
    }

    /// How many sequences, from the most common on, are together too little for a hit.
    fn too_little(&self, wanted: &[Listed<'_>]) -> usize {
        let (mut bits, mut places) = (0.0, [0; 4]);
        let little = |(_, wanted): &&Listed<'_>| {
            bits += wanted.bits;
            add(&mut places, wanted.places);
            self.sieve.weigh(self.question, bits, places, FEWEST, self.paragraphs).is_none()
        };
        wanted.iter().take_while(little).count()
    }

    /// Bits below which nothing is a hit, even where it covers the whole paragraph; a quarter of a bit too few at most.
    fn least(&self) -> f32 {
        let (mut none, mut some) = (0.0, MOST);
        while some - none > 0.25 {
            let middle = none + (some - none) / 2.0;
            match self.sieve.weigh(self.question, middle, ALL, FEWEST, self.paragraphs) {
                None => none = middle,
                Some(_) => some = middle,
            }
        }
        none
    }
}

fn add(all: &mut [u64; 4], own: [u64; 4]) {
    all.iter_mut().zip(own).for_each(|(all, own)| *all |= own);
}
