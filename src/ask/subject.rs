//! A paragraph in; its subject, which is its rare words, and how well any text of a library fits it, out.

use std::sync::OnceLock;

use crate::model::{AnyOf, ByWords, Forms, Hit, Places, Shares, Sieve, Sought};
use crate::text::{Commonness, Folding, KeyMap, Word, acts, window_key};

/// Bits that a word costs for being in a paragraph at all: one of sixty words, as many as a paragraph has on
/// average, is met in so many paragraphs that it tells nothing.
const PARAGRAPH_BITS: f64 = 6.0;

/// Words of an average paragraph, for the length that BM25 weighs.
const AVERAGE_WORDS: f64 = 60.0;

/// A word worth less, in bits, is no subject.
const LEAST_WEIGHT: f64 = 1.0;

/// What two words side by side add to what they are worth one by one.
const TOGETHER: f64 = 0.3;

/// What a word is worth that stands only in the heading above the paragraph.
const HEADING: f64 = 0.5;

/// No word is worth more than one of so many parts of what all words are worth together, so that no subject is led by
/// one rare word; where there are fewer words, no more than its equal share. Of 266 paragraphs asked about with twelve
/// of their words, 43 % and not 42 % then have a text of their series among the first five; of the same paragraphs asked
/// about as a whole, as many as before (`tests/answers.rs`).
const PARTS: usize = 4;

/// The parameters of BM25 (Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009):
/// how soon a word said again stops counting, and how much a long text is held back.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.5;

/// A paragraph is worth a look from this share of what the subject is worth.
const LEAST_SHARE: f64 = 0.12;

/// So many texts, those that fit best, are read closely.
const MOST_TEXTS: usize = 240;

/// Words that no paragraph is about.
const FUNCTION_WORDS: &str = include_str!("data/function-words.txt");

/// The keys of the words that no paragraph is about.
fn function_words() -> &'static KeyMap<()> {
    static KEYS: OnceLock<KeyMap<()>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let lines = FUNCTION_WORDS.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(|line| Folding::general().keys(line)).map(|key| (key, ())).collect()
    })
}

/// What a paragraph is about.
///
/// Each word is weighed by how rare it is in United Nations paragraphs, the inverse document frequency of ranked
/// search, told here by the model of common language: so the library has to be read past the subject only once, and
/// formulas weigh nothing. The acts ("Recognizes", "Calls upon") and the words of grammar are left out.
#[derive(Debug)]
pub struct Subject<'f> {
    pub(super) text: String,
    pub(super) words: Vec<Word>,
    /// What each different word is worth.
    terms: KeyMap<Term>,
    /// Neighbouring words of the subject, by the key of the pair.
    pairs: KeyMap<f64>,
    total: f64,
    folding: &'f Folding,
}

#[derive(Clone, Copy, Debug)]
struct Term {
    index: usize,
    weight: f64,
}

/// Room to look at one text after another.
#[derive(Debug, Default)]
pub struct Looking {
    keys: Vec<u64>,
    counts: Vec<u32>,
}

impl Looking {
    pub(super) fn counts(&mut self) -> &mut Vec<u32> {
        &mut self.counts
    }
}

/// How well a text fits a subject.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fit {
    pub(super) score: f64,
    /// Different words shared.
    pub(super) terms: usize,
}

impl<'f> Subject<'f> {
    /// What `text`, under the heading `heading`, is about.
    pub fn new(text: &str, heading: &str, folding: &'f Folding) -> Self {
        let said = acts(text);
        let words: Vec<Word> = folding
            .words(text, &[])
            .into_iter()
            .filter(|word| !said.iter().any(|act| act.span.contains(word.span)))
            .collect();
        let mut subject = Self {
            text: text.to_owned(),
            words,
            terms: KeyMap::default(),
            pairs: KeyMap::default(),
            total: 0.0,
            folding,
        };
        let keys: Vec<u64> = subject.words.iter().map(|word| word.key).collect();
        keys.iter().for_each(|key| subject.add(*key, 1.0));
        folding.keys(heading).into_iter().for_each(|key| subject.add(key, HEADING));
        subject.level();
        for pair in keys.windows(2) {
            let worth: Vec<f64> = pair.iter().map(|key| subject.weight(*key)).collect();
            if worth.iter().all(|weight| *weight > 0.0) {
                let weight = TOGETHER * worth.iter().sum::<f64>();
                subject.pairs.insert(window_key(pair), weight);
            }
        }
        let pairs: f64 = subject.pairs.values().sum();
        subject.total += pairs;
        subject
    }

    fn add(&mut self, key: u64, share: f64) {
        let weight = share * (Commonness::general().bits(&[], key) - PARAGRAPH_BITS);
        let names = !function_words().contains_key(&key);
        if names && weight >= LEAST_WEIGHT && !self.terms.contains_key(&key) {
            self.terms.insert(key, Term { index: self.terms.len(), weight });
            self.total += weight;
        }
    }

    /// Brings each word down to the most that one may be worth.
    fn level(&mut self) {
        let most = self.total / PARTS.min(self.terms.len()).max(1) as f64;
        self.terms.values_mut().for_each(|term| term.weight = term.weight.min(most));
        self.total = self.terms.values().map(|term| term.weight).sum();
    }

    /// What a word is worth, in bits; nothing for one that is not of the subject.
    pub(super) fn weight(&self, key: u64) -> f64 {
        self.terms.get(&key).map_or(0.0, |term| term.weight)
    }

    /// True when two words stand side by side in the subject.
    pub(super) fn has_pair(&self, pair: &[u64]) -> bool {
        self.pairs.contains_key(&window_key(pair))
    }

    /// How well a text of these words fits.
    pub(super) fn fit(&self, keys: &[u64], counts: &mut Vec<u32>) -> Fit {
        counts.clear();
        counts.resize(self.terms.len(), 0);
        let mut fit = Fit::default();
        let mut before: Option<u64> = None;
        let mut pairs: Vec<u64> = Vec::new();
        for key in keys {
            let Some(term) = self.terms.get(key) else {
                before = None;
                continue;
            };
            if let Some(count) = counts.get_mut(term.index) {
                *count += 1;
            }
            if let Some(before) = before.replace(*key) {
                let pair = window_key(&[before, *key]);
                if !pairs.contains(&pair) {
                    fit.score += self.pairs.get(&pair).copied().unwrap_or(0.0);
                    pairs.push(pair);
                }
            }
        }
        let length = 1.0 - LENGTH + LENGTH * keys.len() as f64 / AVERAGE_WORDS;
        for term in self.terms.values() {
            let count = f64::from(counts.get(term.index).copied().unwrap_or(0));
            if count > 0.0 {
                fit.terms += 1;
                fit.score +=
                    term.weight * count * (SATURATION + 1.0) / (count + SATURATION * length);
            }
        }
        fit
    }

    /// True when a text fits well enough to be looked at.
    pub(super) fn may_fit(&self, fit: &Fit) -> bool {
        fit.terms >= self.terms.len().clamp(1, 2) && fit.score >= LEAST_SHARE * self.total
    }
}

impl Sieve for Subject<'_> {
    type Room = Looking;

    fn look(&self, text: &str, _: usize, looking: &mut Looking, hits: &mut Vec<Hit>) {
        let Looking { keys, counts } = looking;
        keys.clear();
        let mut met = false;
        self.folding.each_word(
            text,
            |_| true,
            |word| {
                met = met || self.terms.contains_key(&word.key);
                keys.push(word.key);
            },
        );
        let fit = if met { self.fit(keys, counts) } else { Fit::default() };
        if met && self.may_fit(&fit) {
            let (evidence, carried) = (fit.score as f32, fit.terms as u32);
            let shares = Shares::Pairs;
            hits.push(Hit { draft: 0, shares, evidence, carried, places: Places::default() });
        }
    }

    fn words(&self) -> Option<&dyn ByWords> {
        Some(self)
    }

    fn holds(&self, _: &Hit, _: usize) -> bool {
        true
    }

    fn worth_reading(&self, texts: &[Vec<Hit>]) -> Vec<Vec<u32>> {
        let best = |hits: &[Hit]| hits.iter().map(|hit| hit.evidence).fold(0.0, f32::max);
        let mut ranked: Vec<(f32, usize)> =
            texts.iter().enumerate().map(|(at, hits)| (best(hits), at)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut worth = vec![Vec::new(); texts.len()];
        for (_, at) in ranked.into_iter().take(MOST_TEXTS).filter(|(best, _)| *best > 0.0) {
            worth.get_mut(at).into_iter().for_each(|looking| looking.push(0));
        }
        worth
    }
}

impl ByWords for Subject<'_> {
    fn sought(&self, _: &dyn Forms) -> Option<Vec<Sought>> {
        // What a word adds at most: said without end, and with its part in each of its pairs.
        let keys: Vec<u64> = self.words.iter().map(|word| word.key).collect();
        let mut pairs: Vec<&[u64]> = keys.windows(2).filter(|pair| self.has_pair(pair)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let worth = |(key, term): (&u64, &Term)| {
            let paired = pairs.iter().flat_map(|pair| *pair).filter(|own| *own == key).count();
            let most = term.weight * (SATURATION + 1.0 + TOGETHER * paired as f64);
            AnyOf { keys: vec![*key], worth: (most * Sought::PARTS).ceil() as u32 }
        };
        let words: Vec<AnyOf> = self.terms.iter().map(worth).collect();
        let least = (LEAST_SHARE * self.total * Sought::PARTS) as u32;
        (least > 0).then(|| vec![Sought { words, least }])
    }

    fn most_texts(&self) -> Option<usize> {
        Some(MOST_TEXTS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_leads_alone() {
        let folding = Folding::general();
        let text = "An ombudsperson protects children, schools, hospitals, teachers and patients";
        let subject = Subject::new(text, "", folding);
        let fits = |text: &str| subject.fit(&folding.keys(text), &mut Vec::new()).score;
        assert!(fits("the schools and hospitals of children") > fits("an ombudsperson"));
        let worth: Vec<f64> = subject.terms.values().map(|term| term.weight).collect();
        let part = worth.iter().sum::<f64>() / PARTS as f64;
        assert!(worth.len() > PARTS && worth.iter().all(|weight| *weight <= part * 1.5));
    }
}
