//! A segment and words that are sought in; what the paragraphs that have enough of them may be, out.
//!
//! What a paragraph has is added up from the lists of the words. Where all are wanted that have enough, all of these
//! are looked at; where only the best are, those with the most come first, until no other can be better (the threshold
//! of Fagin, Lotem and Naor, "Optimal aggregation algorithms for middleware", 2003).

use std::cmp::Reverse;

use rayon::prelude::*;

use super::query::Hits;
use super::segment::{Opened, key_of_word};
use super::store::Fault;
use crate::model::{Hit, Sieve, Sought};

/// Paragraphs looked at before it is asked whether there can be better ones; each time twice as many.
const FIRST: usize = 1024;

/// What a sieve seeks, where it can be found by words.
pub(super) fn sought<S: Sieve>(opened: &Opened, sieve: &S) -> Result<Option<Vec<Sought>>, Fault> {
    let Some(by_words) = sieve.words() else { return Ok(None) };
    Ok(opened.forms()?.and_then(|forms| by_words.sought(&forms)))
}

/// The hits among the paragraphs that have enough of what is sought, in the order of paragraphs.
pub(super) fn hits<S: Sieve>(
    opened: &Opened,
    holds: impl Fn(usize) -> bool + Sync,
    sieve: &S,
    sought: &[Sought],
    paragraphs: usize,
) -> Result<Hits, Fault> {
    let mut enough = enough(opened, sought)?;
    enough.retain(|(_, paragraph)| holds(opened.text_of(*paragraph)));
    let look = |some: &[(u32, u32)]| look_at(opened, some, sieve, paragraphs);
    let Some(most) = sieve.words().and_then(|by_words| by_words.most_texts()) else {
        return look(&enough);
    };
    enough.par_sort_unstable_by_key(|(worth, paragraph)| (Reverse(*worth), *paragraph));
    let mut found: Hits = Vec::new();
    let (mut looked, mut next) = (0, FIRST);
    while let Some((worth, _)) = enough.get(looked) {
        let best = best_of_texts(opened, &found);
        let bar = best.get(most.saturating_sub(1));
        if bar.is_some_and(|(bar, _)| *worth < (f64::from(*bar) * Sought::PARTS) as u32) {
            break;
        }
        let some = enough.get(looked..(looked + next).min(enough.len())).unwrap_or_default();
        found.extend(look(some)?);
        looked += some.len();
        next *= 2;
    }
    // Of the texts that are among the best, or as good, the other paragraphs count too.
    let best = best_of_texts(opened, &found);
    let bar = best.get(most.saturating_sub(1)).map_or(0.0, |(bar, _)| *bar);
    let best = best.iter().take_while(|(evidence, _)| *evidence >= bar);
    let mut best: Vec<usize> = best.map(|(_, text)| *text).collect();
    best.sort_unstable();
    let is_best = |paragraph: u32| best.binary_search(&opened.text_of(paragraph)).is_ok();
    let mut others = enough.split_off(looked.min(enough.len()));
    others.retain(|(_, paragraph)| is_best(*paragraph));
    found.extend(look(&others)?);
    found.retain(|(paragraph, _)| is_best(*paragraph));
    found.sort_unstable_by_key(|(paragraph, hit)| (*paragraph, hit.draft, hit.shares));
    Ok(found)
}

/// The paragraphs that have enough of one thing that is sought, each with the most they have of any, in their order.
fn enough(opened: &Opened, sought: &[Sought]) -> Result<Vec<(u32, u32)>, Fault> {
    let words = sought.iter().flat_map(|one| &one.words).flat_map(|word| &word.keys);
    let mut keys: Vec<u64> = words.map(|word| key_of_word(*word)).collect();
    keys.sort_unstable();
    keys.dedup();
    let lists = opened.look_up(&keys)?;
    let list =
        |word: u64| keys.binary_search(&key_of_word(word)).map_or(&[][..], |at| lists.get(at));
    let mut most: Vec<u32> = vec![0; opened.paragraphs() as usize];
    let mut sums: Vec<u32> = Vec::new();
    let mut any: Vec<u32> = Vec::new();
    for one in sought {
        sums.clear();
        sums.resize(most.len(), 0);
        for word in &one.words {
            let mut add = |paragraph: u32| {
                let sum = sums.get_mut(paragraph as usize);
                sum.into_iter().for_each(|sum| *sum = sum.saturating_add(word.worth));
            };
            match word.keys.as_slice() {
                [only] => list(*only).iter().for_each(|paragraph| add(*paragraph)),
                several => {
                    any.clear();
                    several.iter().for_each(|word| any.extend(list(*word)));
                    any.sort_unstable();
                    any.dedup();
                    any.iter().for_each(|paragraph| add(*paragraph));
                }
            }
        }
        for (most, sum) in most.iter_mut().zip(&sums).filter(|(_, sum)| **sum >= one.least) {
            *most = (*most).max(*sum);
        }
    }
    let enough = most.into_iter().zip(0..).filter(|(worth, _)| *worth > 0);
    Ok(enough.collect())
}

/// Looks at some paragraphs, of which those of one text are looked at together; the hits in the order of paragraphs.
fn look_at<S: Sieve>(
    opened: &Opened,
    some: &[(u32, u32)],
    sieve: &S,
    paragraphs: usize,
) -> Result<Hits, Fault> {
    let mut some: Vec<u32> = some.iter().map(|(_, paragraph)| *paragraph).collect();
    some.sort_unstable();
    let texts: Vec<&[u32]> =
        some.chunk_by(|a, b| opened.text_of(*a) == opened.text_of(*b)).collect();
    let look = |(room, bytes): &mut (S::Room, Vec<u8>), own: &[u32]| {
        let text = own.first().map_or(0, |paragraph| opened.text_of(*paragraph));
        let first = opened.heads.get(text).map_or(0, |head| head.first);
        let wanted = |number: u32| own.binary_search(&(first + number)).is_ok();
        let mut found: Hits = Vec::new();
        let mut hits: Vec<Hit> = Vec::new();
        for (number, paragraph) in own.iter().zip(opened.unpack(text, wanted, bytes)?) {
            sieve.look(&paragraph.text, paragraphs, room, &mut hits);
            found.extend(hits.drain(..).map(|hit| (*number, hit)));
        }
        Ok(found)
    };
    let found: Result<Vec<Hits>, Fault> =
        texts.into_par_iter().map_init(Default::default, look).collect();
    Ok(found?.into_iter().flatten().collect())
}

/// Each text with hits and the evidence of its best, that with most first, and of equals the first.
fn best_of_texts(opened: &Opened, hits: &Hits) -> Vec<(f32, usize)> {
    let mut best: Vec<(f32, usize)> =
        hits.iter().map(|(paragraph, hit)| (hit.evidence, opened.text_of(*paragraph))).collect();
    best.sort_unstable_by(|a, b| a.1.cmp(&b.1).then(b.0.total_cmp(&a.0)));
    best.dedup_by_key(|(_, text)| *text);
    best.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    best
}
