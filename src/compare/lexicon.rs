//! The paragraphs that have no equal in, both sides; what each of their words is worth out.

use rayon::prelude::*;

use super::side::{FEW, Side};
use crate::text::{Commonness, KeyMap, window_key};

/// The words and the pairs of neighbouring words of some paragraphs, each with a number and a worth.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// What it is worth, in bits, that two paragraphs share a word.
    pub(super) words: Vec<f32>,
    /// And that they share a pair; those that the old draft has not are not numbered.
    pub(super) pairs: Vec<f32>,
    /// One for each paragraph of the old and of the new draft; empty for those that are paired already.
    pub(super) old: Vec<Bag>,
    pub(super) new: Vec<Bag>,
}

/// The words of one paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag {
    /// Their numbers, in the order of the text.
    pub(super) words: Vec<u32>,
    /// The same, ascending, each as often as it stands.
    pub(super) sorted: Vec<u32>,
    /// The numbers of its pairs, ascending.
    pub(super) pairs: Vec<u32>,
    /// The worth of all its words.
    pub(super) weight: f32,
}

/// Bits that every word of a text has even where it is one of the commonest: less than this tells nothing.
const COMMONEST: f64 = 5.0;

/// What a word is worth at least and at most, in bits.
const LEAST: f64 = 0.25;
const MOST: f64 = 8.0;

/// What a pair of neighbouring words adds, as a share of what its words are worth.
pub(super) const PAIR: f32 = 0.5;

/// Rarity is counted as among so many paragraphs at least: of a few, nearly every word would seem common.
const FEWEST: usize = 64;

impl Lexicon {
    /// Numbers the words of the paragraphs named in `rest`: those of the old draft, and those of the new one.
    ///
    /// A word is worth its surprise in United Nations texts, as in [`Commonness`], but no more than its rarity among
    /// these paragraphs (the inverse document frequency of Spärck Jones, 1972): a term that all of them have tells
    /// none of them from another, however rare it is elsewhere.
    pub(super) fn new(old: &Side, new: &Side, rest: (&[usize], &[usize])) -> Self {
        let mut numbers = Numbers::default();
        let mut olds = numbers.bags(old, rest.0);
        let (pairs, mut news) = if rest.0.len() < FEW {
            (Pairs::of(&mut olds), numbers.bags(new, rest.1))
        } else {
            rayon::join(|| Pairs::of(&mut olds), || numbers.bags(new, rest.1))
        };
        each(&mut olds, Bag::sort);
        each(&mut news, |bag| {
            bag.pairs.extend(neighbours(&bag.words).filter_map(|pair| pairs.number(pair)));
            bag.sort();
        });
        let most = rest.0.len().max(rest.1.len()).max(FEWEST) as f64;
        let words = worths(&numbers.keys, [&olds, &news], most);
        let pairs = pairs.worths(&words);
        let weigh = |bag: &mut Bag| {
            bag.weight = bag.words.iter().filter_map(|word| words.get(*word as usize)).sum();
        };
        olds.iter_mut().chain(&mut news).for_each(weigh);
        Self { words, pairs, old: olds, new: news }
    }

    /// What a word is worth, in bits.
    pub(super) fn worth(&self, word: u32) -> f32 {
        self.words.get(word as usize).copied().unwrap_or_default()
    }
}

impl Bag {
    fn sort(&mut self) {
        self.sorted.clone_from(&self.words);
        self.sorted.sort_unstable();
        self.pairs.sort_unstable();
    }
}

fn each(bags: &mut [Bag], change: impl Fn(&mut Bag) + Sync) {
    if bags.len() < FEW {
        bags.iter_mut().for_each(&change);
    } else {
        bags.par_iter_mut().for_each(&change);
    }
}

/// Words, numbered as they come.
#[derive(Default)]
struct Numbers {
    of: KeyMap<u32>,
    keys: Vec<u64>,
}

impl Numbers {
    /// The words of some paragraphs of a draft; empty for the others.
    fn bags(&mut self, side: &Side, which: &[usize]) -> Vec<Bag> {
        let mut bags = vec![Bag::default(); side.texts.len()];
        for at in which {
            let Some(bag) = bags.get_mut(*at) else { continue };
            bag.words.extend(side.words(*at).iter().map(|word| {
                // Nearly every word has its number already.
                self.of.get(&word.key).copied().unwrap_or_else(|| {
                    let number = self.keys.len() as u32;
                    self.of.insert(word.key, number);
                    self.keys.push(word.key);
                    number
                })
            }));
        }
        bags
    }
}

/// What each word is worth, of at `most` so many paragraphs that may have it.
fn worths(keys: &[u64], bags: [&[Bag]; 2], most: f64) -> Vec<f32> {
    let held = bags.map(|bags| {
        let mut held = vec![0u32; keys.len()];
        for same in bags.iter().flat_map(|bag| bag.sorted.chunk_by(|a, b| a == b)) {
            let count = same.first().and_then(|word| held.get_mut(*word as usize));
            count.into_iter().for_each(|count| *count += 1);
        }
        held
    });
    let general = Commonness::general();
    let [old, new] = held;
    let held = old.into_iter().zip(new).map(|(old, new)| f64::from(old.max(new).max(1)));
    let worth = keys.iter().zip(held).map(|(key, held)| {
        let surprise = general.bits(&[], *key) - COMMONEST;
        surprise.clamp(LEAST, MOST).min(1.0 + (most / held).log2()) as f32
    });
    worth.collect()
}

/// The pairs of neighbouring words that the old draft has, numbered as they come.
struct Pairs {
    of: KeyMap<u32>,
    words: Vec<[u32; 2]>,
}

impl Pairs {
    /// Those of these paragraphs, which are told the numbers of theirs.
    fn of(bags: &mut [Bag]) -> Self {
        let count = bags.iter().map(|bag| bag.words.len()).sum::<usize>();
        let mut pairs = Self { of: KeyMap::default(), words: Vec::new() };
        pairs.of.reserve(count / 2);
        for bag in bags {
            bag.pairs.extend(neighbours(&bag.words).map(|pair| {
                *pairs.of.entry(key(pair)).or_insert_with(|| {
                    pairs.words.push(pair);
                    (pairs.words.len() - 1) as u32
                })
            }));
        }
        pairs
    }

    fn number(&self, pair: [u32; 2]) -> Option<u32> {
        self.of.get(&key(pair)).copied()
    }

    /// What each is worth. A pair is no more common than its words: their worth tells its own.
    fn worths(&self, words: &[f32]) -> Vec<f32> {
        let worth = |word: u32| words.get(word as usize).copied().unwrap_or_default();
        let pairs = self.words.iter();
        pairs.map(|[first, second]| PAIR * 0.5 * (worth(*first) + worth(*second))).collect()
    }
}

fn neighbours(words: &[u32]) -> impl Iterator<Item = [u32; 2]> {
    words.iter().zip(words.iter().skip(1)).map(|(first, second)| [*first, *second])
}

fn key(pair: [u32; 2]) -> u64 {
    window_key(&pair.map(u64::from))
}
