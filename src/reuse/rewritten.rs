//! A draft paragraph and an agreed one in; the words that a thorough rewriting left standing, in order, out.

use super::aligned::Aligned;
use super::distance::bits_of;
use super::prepared::{NAME_BITS, Prepared, Worth, cost_of_chance};
use super::select::{Extent, FEWEST_WORDS, MOST_SOURCES, Rank, same_words};
use crate::text::{Shared, WORD_BITS};

/// A draft paragraph ready to be held against agreed ones that it may have been rewritten from.
///
/// Where every second word was replaced, no run of three words may be left, yet what is left stands in
/// the same order and at the same distances. This is read as a chain of shared words, as aligners of long
/// and noisy sequences chain their anchors (Li, "Minimap2: pairwise alignment for nucleotide sequences",
/// 2018): each link is worth the surprise of its words, in bits, and pays for what stands before it.
#[derive(Debug)]
struct Rewriting<'p> {
    keys: &'p [u64],
    /// Every word with its place, in the order of the keys.
    places: Vec<(u64, u32)>,
    /// Bits of each word without context, after one word, and, summed up from the start, after two.
    alone: Vec<f64>,
    second: Vec<f64>,
    later: Vec<f64>,
}

/// What is left of an agreed paragraph in a draft paragraph.
#[derive(Clone, Debug)]
struct Kept {
    /// Shared words in the order of both texts, single words among them.
    runs: Vec<Shared>,
    /// Number of words kept.
    words: usize,
    /// Evidence, in bits, that they are no accident.
    evidence: f64,
}

impl Kept {
    /// True when the words stand together in the agreed paragraph as they do in the draft: a long paragraph has
    /// words of every kind somewhere.
    fn is_dense(&self) -> bool {
        let (first, last) = (self.runs.first(), self.runs.last());
        let stretch = first.zip(last).map_or(0, |(first, last)| last.b + last.len - first.b);
        self.words as f64 >= LEAST_KEPT * stretch as f64
    }
}

/// Longer paragraphs, in words, are not looked at: the time stays bounded against hostile files.
pub(super) const LONGEST: usize = 20_000;

/// A link of the chain that is worth less, in bits, is too common to tell anything ("of the").
const LEAST_LINK: f64 = 6.0;

/// What it costs, in bits, to say that a link follows at the same distance in both texts.
const SAME_DISTANCE: f64 = 1.0;

/// What it costs, in bits, to say that it follows at another distance.
const OTHER_DISTANCE: f64 = 5.0;

/// A link is joined to one of so many before it, as in the source named above.
const LOOK_BACK: usize = 64;

/// So many links, and so many places of one word, are looked at: more have only lists of the same words
/// over and over.
const MOST_LINKS: usize = 4096;
const MOST_PLACES: usize = 64;

/// 64 bits each to tell which words an agreed paragraph has: far more than it has words.
const KNOWN: usize = 32;

/// Share (0..1) that must be left: of the draft paragraph's words, and of the agreed words from the first kept to
/// the last. With half of the words replaced, half are left; other paragraphs on the same subject share less in
/// order (docs/thresholds.md).
const LEAST_KEPT: f64 = 0.4;

/// The agreed paragraphs that a draft paragraph was rewritten from, with their ranks, after those `chosen` for the
/// words they carry; words that these account for count no more.
pub(super) fn sources<'k>(
    own: &Prepared,
    chosen: &[(Aligned<'k>, usize)],
    candidates: &dyn Fn() -> Vec<Aligned<'k>>,
    holds: impl Fn(Extent, f64) -> bool,
    order: impl Fn(&Aligned<'_>, usize, usize) -> Rank,
) -> Vec<(Aligned<'k>, usize)> {
    let all = own.keys.len();
    let fewest = FEWEST_WORDS.max((LEAST_KEPT * all as f64).ceil() as usize);
    let too_few = |taken: &[bool]| taken.iter().filter(|taken| !**taken).count() < fewest;
    let mut taken = vec![false; all];
    for (source, _) in chosen {
        taken.iter_mut().zip(&source.carried).for_each(|(slot, carried)| *slot |= *carried);
    }
    if all > LONGEST || too_few(&taken) {
        return Vec::new();
    }
    let rewriting = Rewriting::new(own);
    for sources in chosen.chunk_by(|(_, x), (_, y)| x == y) {
        let kept = sources.first().and_then(|(source, _)| rewriting.kept(source.keys, &[]));
        kept.into_iter().for_each(|kept| take(&kept.runs, &mut taken));
    }
    let mut pool = if too_few(&taken) { Vec::new() } else { candidates() };
    pool.retain(|candidate| chosen.iter().all(|(c, _)| c.location != candidate.location));
    let from = chosen.last().map_or(0, |(_, rank)| rank + 1);
    let mut out = Vec::new();
    for rank in from..=MOST_SOURCES {
        let left = |candidate: &Aligned<'_>| {
            if rewriting.most_kept(candidate.keys, &taken) < fewest {
                return None;
            }
            let kept = rewriting.kept(candidate.keys, &taken)?;
            let enough = kept.words >= fewest && kept.is_dense();
            (enough && holds(Extent::of(&kept.runs, all), kept.evidence)).then_some(kept)
        };
        let mut able: Vec<(Aligned<'_>, Kept)> = Vec::new();
        for candidate in &pool {
            able.extend(left(candidate).map(|kept| (candidate.clone(), kept)));
        }
        let most = able.iter().map(|(_, kept)| kept.words).max().unwrap_or(0);
        able.sort_by_cached_key(|(candidate, kept)| order(candidate, kept.words, most));
        let Some((_, first)) = able.first() else { break };
        let of = |kept: &Kept| {
            let mut words = vec![false; all];
            take(&kept.runs, &mut words);
            words
        };
        let best = of(first);
        able.retain(|(_, kept)| same_words(&best, &of(kept)));
        taken.iter_mut().zip(&best).for_each(|(slot, kept)| *slot |= *kept);
        pool.retain(|candidate| able.iter().all(|(c, _)| c.location != candidate.location));
        out.extend(able.into_iter().map(|(candidate, kept)| {
            let kept = Aligned { kept: Some(kept.runs), evidence: kept.evidence, ..candidate };
            (kept, rank)
        }));
    }
    out
}

fn take(runs: &[Shared], taken: &mut [bool]) {
    for run in runs {
        taken.iter_mut().skip(run.a).take(run.len).for_each(|slot| *slot = true);
    }
}

impl<'p> Rewriting<'p> {
    fn new(own: &'p Prepared) -> Self {
        let keys = &own.keys;
        let limits = limits(own);
        let limited = |of: fn(&Worth) -> f64| {
            own.worth.iter().zip(&limits).map(move |(worth, limit)| of(worth).min(*limit))
        };
        let later =
            std::iter::once(0.0).chain(limited(|worth| worth.later).scan(0.0, |sum, bits| {
                *sum += bits;
                Some(*sum)
            }));
        let later = later.collect();
        let alone = limited(|worth| worth.first).collect();
        let second = limited(|worth| worth.second).collect();
        let mut places: Vec<(u64, u32)> =
            keys.iter().enumerate().map(|(at, key)| (*key, at as u32)).collect();
        places.sort_unstable();
        Self { keys, places, alone, second, later }
    }

    /// How many words of the draft paragraph the agreed one has in any order, at most; words for which `taken` holds are
    /// passed over. To count these takes far less than to chain them, and most agreed paragraphs have too few.
    fn most_kept(&self, agreed: &[u64], taken: &[bool]) -> usize {
        let place = |key: u64| ((key >> 6) as usize % KNOWN, 1u64 << (key & 63));
        let mut known = [0u64; KNOWN];
        for (slot, bit) in agreed.iter().map(|key| place(*key)) {
            known[slot] |= bit;
        }
        let free = self.keys.iter().enumerate().filter(|(at, _)| taken.get(*at) != Some(&true));
        let has = |key: u64| {
            let (slot, bit) = place(key);
            known[slot] & bit != 0
        };
        free.filter(|(_, key)| has(**key)).count()
    }

    /// The best chain of words that both paragraphs have in the same order; nothing where it is worth no
    /// more than chance. Words for which `taken` holds are passed over.
    fn kept(&self, agreed: &[u64], taken: &[bool]) -> Option<Kept> {
        let links = self.links(agreed, taken);
        let anywhere = cost_of_chance(self.keys.len(), agreed.len());
        let mut best: Vec<(f64, Option<usize>)> = Vec::with_capacity(links.len());
        let mut last: Option<usize> = None;
        let least = SAME_DISTANCE.min(anywhere);
        for (at, (link, bits)) in links.iter().enumerate() {
            let mut own = (bits - anywhere, None);
            let from = at.saturating_sub(LOOK_BACK);
            let earlier = links.get(from..at).unwrap_or_default().iter();
            let scores = best.get(from..).unwrap_or_default();
            for (before, ((earlier, _), (score, _))) in (from..).zip(earlier.zip(scores)) {
                let joined = score + bits;
                // Most can be told to be worse before anything is known of the distance.
                if joined - least > own.0
                    && let Some(cost) = cost_between(earlier, link)
                    && joined - cost.min(anywhere) > own.0
                {
                    own = (joined - cost.min(anywhere), Some(before));
                }
            }
            if own.0 > last.and_then(|l| best.get(l)).map_or(0.0, |(score, _)| *score) {
                last = Some(at);
            }
            best.push(own);
        }
        let evidence = best.get(last?)?.0;
        let mut runs = Vec::new();
        while let Some((link, _)) = last.and_then(|at| links.get(at)) {
            runs.push(*link);
            last = last.and_then(|at| best.get(at)?.1);
        }
        runs.reverse();
        let runs = self.with_common_words(&runs, agreed, taken);
        let words = runs.iter().map(|run| run.len).sum();
        Some(Kept { runs, words, evidence })
    }

    /// Shared words as long runs as they go, with what each is worth, in the order of the draft.
    fn links(&self, agreed: &[u64], taken: &[bool]) -> Vec<(Shared, f64)> {
        let free = |at: usize| taken.get(at) != Some(&true);
        let same = |a: usize, b: usize| {
            let own = self.keys.get(a);
            own.is_some() && own == agreed.get(b) && free(a)
        };
        let mut links = Vec::new();
        for (b, key) in agreed.iter().enumerate() {
            let from = self.places.partition_point(|(other, _)| other < key);
            let places = self.places.iter().skip(from).take_while(|(other, _)| other == key);
            for (_, place) in places.take(MOST_PLACES) {
                let a = *place as usize;
                let goes_on = a > 0 && b > 0 && same(a - 1, b - 1);
                if goes_on || !free(a) || links.len() >= MOST_LINKS {
                    continue;
                }
                let len = (1..).take_while(|more| same(a + more, b + more)).count() + 1;
                let bits = self.bits(a, len);
                if bits >= LEAST_LINK {
                    links.push((Shared { a, b, len }, bits));
                }
            }
        }
        links.sort_unstable_by_key(|(link, _)| (link.a, link.b));
        links
    }

    fn bits(&self, from: usize, len: usize) -> f64 {
        let at = |list: &[f64], place: usize| list.get(place).copied().unwrap_or(0.0);
        let second = if len > 1 { at(&self.second, from + 1) } else { 0.0 };
        let later =
            if len > 2 { at(&self.later, from + len) - at(&self.later, from + 2) } else { 0.0 };
        at(&self.alone, from) + second + later
    }

    /// The chain with the common words between its links that stand at the same distance in both texts.
    fn with_common_words(&self, chain: &[Shared], agreed: &[u64], taken: &[bool]) -> Vec<Shared> {
        let mut out: Vec<Shared> = Vec::new();
        let mut add = |run: Shared| match out.last_mut() {
            Some(last) if last.a + last.len == run.a && last.b + last.len == run.b => {
                last.len += run.len;
            }
            _ => out.push(run),
        };
        let mut end = None;
        for link in chain {
            if let Some((a, b)) = end
                && link.a - a == link.b - b
            {
                let free = |at: &usize| taken.get(a + at) != Some(&true);
                let same = |at: &usize| self.keys.get(a + at) == agreed.get(b + at);
                let common = (0..link.a - a).filter(free).filter(same);
                common.for_each(|at| add(Shared { a: a + at, b: b + at, len: 1 }));
            }
            add(*link);
            end = Some((link.a + link.len, link.b + link.len));
        }
        out
    }
}

/// The most bits that each word can be worth. A name is worth one choice, whichever of its words were kept:
/// the first ones use it up.
fn limits(own: &Prepared) -> Vec<f64> {
    let mut name = (0, 0.0);
    let words = own.worth.iter().zip(&own.names);
    words
        .map(|(worth, own)| {
            if *own == 0 {
                return WORD_BITS;
            }
            let left = if name.0 == *own { name.1 } else { NAME_BITS };
            name = (*own, left - worth.first.min(left));
            left
        })
        .collect()
}

/// Bits it takes to tell where a link stands that comes after another in both texts: the distance, once if
/// it is the same in both, else twice.
fn cost_between(before: &Shared, link: &Shared) -> Option<f64> {
    let own = link.a.checked_sub(before.a + before.len)?;
    let agreed = link.b.checked_sub(before.b + before.len)?;
    Some(if own == agreed {
        SAME_DISTANCE + bits_of(own)
    } else {
        OTHER_DISTANCE + bits_of(own) + bits_of(agreed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folding;

    const AGREED: &str = "Encourages island States to restore the mangrove forests that shelter coral reefs \
         and fishing grounds from storms, and to train local wardens in the care of seedlings";

    fn prepared(text: &str) -> Prepared {
        let words = Folding::general().words(text, &[]);
        let names = vec![0; words.len()];
        Prepared::of(words, names)
    }

    fn kept(draft: &str, agreed: &str) -> (usize, f64) {
        let own = prepared(draft);
        let agreed = Folding::general().keys(agreed);
        Rewriting::new(&own).kept(&agreed, &[]).map_or((0, 0.0), |kept| (kept.words, kept.evidence))
    }

    #[test]
    fn every_second_word_is_enough() {
        let replaced: Vec<&str> = AGREED
            .split(' ')
            .enumerate()
            .map(|(at, word)| if at % 2 == 0 { word } else { "lamp" })
            .collect();
        let (words, evidence) = kept(&replaced.join(" "), AGREED);
        assert!(words >= 12 && evidence > 40.0, "{words} words, {evidence} bits");
    }

    #[test]
    fn the_same_words_in_another_order_are_little() {
        let turned: Vec<&str> = AGREED.split(' ').rev().collect();
        let (words, evidence) = kept(&turned.join(" "), AGREED);
        assert!(words <= 3 && evidence < 10.0, "{words} words, {evidence} bits");
    }

    #[test]
    fn common_words_alone_stay_below_the_bar() {
        let (draft, agreed) =
            ("of the lamp and of a table in the house", "of the river and of a hill in the sea");
        let (words, evidence) = kept(draft, agreed);
        assert!(evidence < 20.0, "{words} words, {evidence} bits");
    }

    #[test]
    fn a_name_is_worth_one_choice() {
        let text = "Panel of Wardens for Mangrove Seedlings in Coral Lagoons";
        let mut own = prepared(text);
        own.names.fill(1);
        let kept = Rewriting::new(&own).kept(&own.keys, &[]);
        assert!(kept.is_none_or(|kept| kept.evidence <= NAME_BITS));
    }

    #[test]
    fn the_same_word_over_and_over_ends() {
        let own = prepared(&"mangrove ".repeat(3000));
        assert!(Rewriting::new(&own).kept(&own.keys, &[]).is_some());
    }
}
