//! The paragraphs that have no equal in, both sides; what each of their words is worth out.

use super::side::Side;
use crate::text::{Commonness, KeyMap, window_key};

/// The words and the pairs of neighbouring words of some paragraphs, each with a number and a worth.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// What it is worth, in bits, that two paragraphs share the term.
    worth: Vec<f32>,
    /// Whether the term is a word, and not a pair.
    is_word: Vec<bool>,
    /// One for each paragraph of the old and of the new draft; empty for those that are paired already.
    pub(super) old: Vec<Bag>,
    pub(super) new: Vec<Bag>,
}

/// The terms of one paragraph.
#[derive(Debug, Default)]
pub(super) struct Bag {
    /// The numbers of its words, in the order of the text.
    pub(super) words: Vec<u32>,
    /// Its words and its pairs, each as often as it stands, ascending.
    pub(super) terms: Vec<u32>,
    /// The worth of all its words.
    pub(super) weight: f32,
}

/// Bits that every word of a text has even where it is one of the commonest: less than this tells nothing.
const COMMONEST: f64 = 5.0;

/// What a word is worth at least and at most, in bits.
const LEAST: f64 = 0.25;
const MOST: f64 = 8.0;

/// What a pair of neighbouring words adds, as a share of what its words are worth.
const PAIR: f32 = 0.5;

/// Rarity is counted as among so many paragraphs at least: of a few, nearly every word would seem common.
const FEWEST: usize = 64;

impl Lexicon {
    /// Numbers the words of the paragraphs named in `rest`: those of the old draft, and those of the new one.
    ///
    /// A word is worth its surprise in United Nations texts, as in [`Commonness`], but no more than its rarity among
    /// these paragraphs (the inverse document frequency of Spärck Jones, 1972): a term that all of them have tells
    /// none of them from another, however rare it is elsewhere.
    pub(super) fn new(old: &Side, new: &Side, rest: (&[usize], &[usize])) -> Self {
        let mut numbering = Numbering::default();
        let mut lexicon = Self::default();
        lexicon.old = numbering.bags(old, rest.0, 0);
        lexicon.new = numbering.bags(new, rest.1, 1);
        let most = rest.0.len().max(rest.1.len()).max(FEWEST) as f64;
        let general = Commonness::general();
        lexicon.worth = vec![0.0; numbering.terms.len()];
        let is_word = |term: &Term| matches!(term.is, Is::Word(_));
        lexicon.is_word = numbering.terms.iter().map(is_word).collect();
        for (number, term) in numbering.terms.iter().enumerate() {
            let held = term.held[0].max(term.held[1]).max(1);
            let rarity = 1.0 + (most / f64::from(held)).log2();
            let bits = match term.is {
                Is::Word(key) => {
                    let surprise = general.bits(&[], key) - COMMONEST;
                    surprise.clamp(LEAST, MOST).min(rarity) as f32
                }
                Is::Pair(first, second) => {
                    let of = |word: u32| lexicon.worth(word);
                    (PAIR * 0.5 * (of(first) + of(second))).min(rarity as f32)
                }
            };
            lexicon.worth.iter_mut().skip(number).take(1).for_each(|slot| *slot = bits);
        }
        let worth = &lexicon.worth;
        for bag in lexicon.old.iter_mut().chain(&mut lexicon.new) {
            bag.weight = bag.words.iter().filter_map(|word| worth.get(*word as usize)).sum();
        }
        lexicon
    }

    /// What a term is worth, in bits.
    pub(super) fn worth(&self, term: u32) -> f32 {
        self.worth.get(term as usize).copied().unwrap_or_default()
    }

    /// True where a term is a word, false where it is a pair.
    pub(super) fn is_word(&self, term: u32) -> bool {
        self.is_word.get(term as usize).copied().unwrap_or_default()
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.worth.len()
    }
}

#[derive(Default)]
struct Numbering {
    numbers: KeyMap<u32>,
    terms: Vec<Term>,
}

struct Term {
    is: Is,
    /// In how many paragraphs of the old and of the new draft it stands, and the last of them.
    held: [u32; 2],
    last: (usize, usize),
}

/// A pair is numbered after its words, so that they are weighed before it.
#[derive(Clone, Copy)]
enum Is {
    Word(u64),
    Pair(u32, u32),
}

impl Numbering {
    fn bags(&mut self, side: &Side, rest: &[usize], which: usize) -> Vec<Bag> {
        let mut bags: Vec<Bag> = (0..side.texts.len()).map(|_| Bag::default()).collect();
        for at in rest {
            let (Some(text), Some(bag)) = (side.texts.get(*at), bags.get_mut(*at)) else {
                continue;
            };
            bag.terms.reserve(text.words.len() * 2);
            let place = (which, *at);
            let mut before: Option<(u64, u32)> = None;
            for word in &text.words {
                let number = self.number(word.key, Is::Word(word.key), place);
                bag.words.push(number);
                bag.terms.push(number);
                if let Some((key, first)) = before {
                    let pair = window_key(&[key, word.key]);
                    bag.terms.push(self.number(pair, Is::Pair(first, number), place));
                }
                before = Some((word.key, number));
            }
            bag.terms.sort_unstable();
        }
        bags
    }

    fn number(&mut self, key: u64, is: Is, place: (usize, usize)) -> u32 {
        let terms = &mut self.terms;
        let number = *self.numbers.entry(key).or_insert_with(|| {
            terms.push(Term { is, held: [0; 2], last: (usize::MAX, 0) });
            (terms.len() - 1) as u32
        });
        if let Some(term) = terms.get_mut(number as usize)
            && term.last != place
        {
            term.last = place;
            term.held.iter_mut().skip(place.0).take(1).for_each(|held| *held += 1);
        }
        number
    }
}
