//! Words looked for in; where a text has them, in a row or nearly, out.

use super::apart::{MOST_BETWEEN, Text};
use super::spelling::Spelling;
use crate::model::Span;
use crate::text::{Commonness, Folding, KeyMap, Shared, Word, name_words};

/// More words than this are not looked for in one piece: the rest of the text is left out.
///
/// Nearness takes a step for every pair of a word looked for and a word read, so this bounds the time.
const MOST_WORDS: usize = 512;

/// A phrase of at least this many words must have runs of them wherever it is near: among so many words, few of them
/// changed, a run of three is left.
const LONG: usize = 6;

/// Words in a row that are a run; a phrase of fewer words is never near.
const RUN: usize = 3;

/// Share (0..1) of a long phrase's information that must stand in runs of three words or more.
const IN_RUNS: f64 = 0.35;

/// What a word that stands between words looked for takes away, as a share of what these are worth on average.
const GAP: f32 = 0.3;

/// No word is worth more bits than this: one rare name must not outweigh a sentence.
const WORD_BITS: f64 = 12.0;

/// No name is worth more bits than this, however long: it is one choice, that it is named here.
const NAME_BITS: f32 = 8.0;

/// Bits that a phrase must be worth to be looked for: below them it stands in nearly every paragraph.
const LEAST_BITS: f64 = 7.0;

/// How near is near.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closeness {
    /// The share (0..1) of the information in a phrase that a text must have, in order.
    share: f64,
    /// Whether all of the words are near, too, where others stand between them or one is misspelt.
    loosely: bool,
}

impl Closeness {
    /// For a search: a quarter of what the words say may differ.
    pub const SEARCH: Self = Self { share: 0.75, loosely: true };
    /// For the life of a sentence: the share from which a sentence counts as restated (see `mark`).
    pub const TRACE: Self = Self { share: 0.60, loosely: false };
}

/// Words looked for.
#[derive(Clone, Debug)]
pub struct Phrase {
    pub(super) text: String,
    pub(super) words: Vec<Word>,
    pub(super) keys: Vec<u64>,
    /// What each word is worth, in bits: its surprise in United Nations language, without context.
    weights: Vec<f32>,
    total: f32,
    /// The words by their keys.
    places: KeyMap<Vec<u32>>,
    /// How each word may be misspelt; empty where no slip is forgiven.
    spellings: Vec<Option<Spelling>>,
    closeness: Closeness,
}

/// How a text has a phrase.
#[derive(Clone, Debug)]
pub(super) enum Standing {
    /// In a row, from each of these words of the text on.
    Exact(Vec<usize>),
    /// Nearly.
    Near(Aligned),
}

/// Where a text has words of a phrase: runs of the phrase (`a`) and of the text (`b`).
#[derive(Clone, Debug)]
pub(super) struct Aligned {
    pub(super) runs: Vec<Shared>,
    /// Share (0..1) of the phrase's information.
    pub(super) share: f64,
    /// The share, made less by what stands between the words: 1 for words in a row.
    pub(super) closeness: f64,
    /// The word of the phrase that the text spells otherwise; it is a run of its own.
    pub(super) misspelt: Option<usize>,
}

/// Room to work in.
#[derive(Clone, Debug, Default)]
pub(super) struct Room {
    /// For every number of words looked for, the best score that ends here, and where it began.
    column: Vec<(f32, u32)>,
    /// For every word looked for, whether the text has it.
    met: Vec<bool>,
}

impl Phrase {
    /// The words of `text`.
    pub fn new(text: &str, folding: &Folding, closeness: Closeness) -> Self {
        Self::of(text, folding.words(text, &[]), closeness)
    }

    /// These `words` of `text`.
    pub(super) fn of(text: &str, mut words: Vec<Word>, closeness: Closeness) -> Self {
        words.truncate(MOST_WORDS);
        let keys: Vec<u64> = words.iter().map(|word| word.key).collect();
        let model = Commonness::general();
        let bits = |key: &u64| model.bits(&[], *key).min(WORD_BITS) as f32;
        let weights: Vec<f32> = keys.iter().map(bits).collect();
        let weights = named(&name_words(text, &words), weights);
        let mut places: KeyMap<Vec<u32>> = KeyMap::default();
        for (at, key) in keys.iter().enumerate() {
            places.entry(*key).or_default().push(at as u32);
        }
        let total = weights.iter().sum();
        // A word alone that every other text uses is meant as it stands.
        let meant = |word: &Word| words.len() == 1 && model.knows(word.key);
        let spelling = |word: &Word| Spelling::of(word.span.slice(text)).filter(|_| !meant(word));
        let spellings =
            if closeness.loosely { words.iter().map(spelling).collect() } else { Vec::new() };
        let text = text.to_owned();
        Self { text, words, keys, weights, total, places, spellings, closeness }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// True when there is no word.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// True when the words, met in this order, are so common that nearly every paragraph has them.
    pub fn is_common(&self) -> bool {
        let model = Commonness::general();
        let bits = |at: usize| {
            let before = self.keys.get(..at).unwrap_or_default();
            self.keys.get(at).map_or(0.0, |key| model.bits(before, *key))
        };
        (0..self.keys.len()).map(bits).sum::<f64>() < LEAST_BITS
    }

    /// True when it is long enough to leave runs wherever it is near.
    fn is_long(&self) -> bool {
        self.keys.len() >= LONG
    }

    /// True for a word of the phrase.
    #[inline]
    pub(super) fn has(&self, key: u64) -> bool {
        self.places.contains_key(&key)
    }

    /// The places in the phrase where it has a word.
    pub(super) fn places(&self, key: u64) -> &[u32] {
        self.places.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The words in their order, each with what it is worth, in bits.
    pub(super) fn weighed(&self) -> impl Iterator<Item = (u64, f32)> {
        self.keys.iter().copied().zip(self.weights.iter().copied())
    }

    /// What words must be worth together for a text to be near without having all of them, in bits; none where it has to
    /// have all.
    pub(super) fn enough(&self) -> Option<f32> {
        (self.len() >= RUN).then_some((self.closeness.share * f64::from(self.total)) as f32)
    }

    /// How a word of the phrase may be misspelt, if it may.
    pub(super) fn spelling(&self, at: usize) -> Option<&Spelling> {
        self.spellings.get(at)?.as_ref()
    }

    /// True when a text may have the phrase without having any of its words.
    pub(super) fn may_be_unmet(&self) -> bool {
        self.len() == 1 && self.spelling(0).is_some()
    }

    /// How a text has the phrase: in a row, else in the way that is closest, if any is near.
    pub(super) fn stands(&self, text: Text<'_>, room: &mut Room) -> Option<Standing> {
        self.stands_within(text, MOST_BETWEEN, room)
    }

    /// The same for words among which labels of sub-paragraphs may stand, which are none: whatever
    /// [`stands`](Self::stands) finds is found, and may be more.
    pub(super) fn may_stand(&self, text: Text<'_>, room: &mut Room) -> Option<Standing> {
        self.stands_within(text, 2 * MOST_BETWEEN, room)
    }

    fn stands_within(&self, text: Text<'_>, between: usize, room: &mut Room) -> Option<Standing> {
        let (worth, missing) = self.met(text.keys, &mut room.met);
        let whole = missing.is_empty();
        let exact = if whole { self.exact(text.keys) } else { Vec::new() };
        if !exact.is_empty() {
            return Some(Standing::Exact(exact));
        }
        let changed = if self.suffices(worth) { self.nearest(text.keys, room) } else { None };
        let loosely = self.closeness.loosely && !self.is_empty();
        let apart = if loosely && whole { self.apart(text, between) } else { None };
        let closest = changed.into_iter().chain(apart);
        let closest = closest.reduce(|a, b| if b.closeness > a.closeness { b } else { a });
        let misspelt = || match missing.as_slice() {
            [] if loosely => self.misspelt(text, between, None),
            [one] if loosely => self.misspelt(text, between, Some(*one)),
            _ => None,
        };
        closest.or_else(misspelt).map(Standing::Near)
    }

    /// Where `keys` has the whole phrase in a row: the first word of each place. Places do not overlap.
    fn exact(&self, keys: &[u64]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = 0;
        while !self.keys.is_empty() && at + self.keys.len() <= keys.len() {
            if keys.get(at..at + self.keys.len()) == Some(&self.keys) {
                found.push(at);
                at += self.keys.len();
            } else {
                at += 1;
            }
        }
        found
    }

    /// What the words of a text that the phrase has are worth together, in whatever order, and up to two words of the
    /// phrase that the text has not.
    fn met(&self, keys: &[u64], seen: &mut Vec<bool>) -> (f32, Vec<usize>) {
        seen.clear();
        seen.resize(self.keys.len(), false);
        let mut worth = 0.0;
        for place in keys.iter().filter_map(|key| self.places.get(key)).flatten() {
            if let (Some(seen), Some(weight)) =
                (seen.get_mut(*place as usize), self.weights.get(*place as usize))
                && !std::mem::replace(seen, true)
            {
                worth += weight;
            }
        }
        let missing = seen.iter().enumerate().filter(|(_, seen)| !**seen);
        (worth, missing.map(|(at, _)| at).take(2).collect())
    }

    fn suffices(&self, worth: f32) -> bool {
        !self.is_empty() && f64::from(worth) >= self.closeness.share * f64::from(self.total)
    }

    /// A share of the phrase's information, made less by the words of the text between the first and the last run.
    pub(super) fn closeness_of(&self, runs: &[Shared], share: f64) -> f64 {
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return 0.0 };
        let had: usize = runs.iter().map(|run| run.len).sum();
        // What stands in place of words that are missing has been counted in the share.
        let between = (last.b + last.len - first.b).saturating_sub(self.len().max(had));
        let own = self.len() as f64;
        share * (own / (own + f64::from(GAP) * between as f64))
    }

    /// True when words worth so much in runs of three are enough, as far as runs are concerned.
    fn runs_suffice(&self, covered: impl Iterator<Item = usize>) -> bool {
        let worth: f32 = covered.filter_map(|at| self.weights.get(at)).sum();
        f64::from(worth) >= IN_RUNS * f64::from(self.total)
    }

    /// Share (0..1) of the phrase's information in these runs.
    pub(super) fn share(&self, runs: &[Shared]) -> f64 {
        let words = runs.iter().flat_map(|run| self.weights.iter().skip(run.a).take(run.len));
        if self.total > 0.0 { f64::from(words.sum::<f32>() / self.total) } else { 0.0 }
    }

    /// The place where `keys` has most of the phrase in order, if that is near.
    ///
    /// A local alignment after Smith and Waterman, "Identification of common molecular subsequences" (1981): a
    /// word in common adds what it is worth, a word of the text between two of them takes away; words of the phrase
    /// that are missing add nothing. The first pass keeps one column and finds where the best place begins and
    /// ends; only that place is then traced back, and it is at most some five times as long as the phrase.
    fn nearest(&self, keys: &[u64], room: &mut Room) -> Option<Aligned> {
        if self.keys.len() < RUN {
            return None;
        }
        let gap = GAP * self.total / self.keys.len() as f32;
        let column = &mut room.column;
        column.clear();
        column.resize(self.keys.len() + 1, (0.0, 0));
        let mut best = (0.0, 0, 0);
        for (at, key) in keys.iter().enumerate() {
            let here = self.places.get(key).map_or(&[][..], Vec::as_slice);
            let mut next = here.iter().rev().peekable();
            // From the end, so that what stands one word earlier in both is still that of the word before.
            for i in (1..=self.keys.len()).rev() {
                let stays = column.get(i).map_or(0.0, |(score, _)| score - gap);
                let began = column.get(i).map_or(0, |(_, start)| *start);
                let mut own = if stays > 0.0 { (stays, began) } else { (0.0, at as u32 + 1) };
                if next.next_if(|place| **place as usize + 1 == i).is_some() {
                    let (before, start) = column.get(i - 1).copied().unwrap_or_default();
                    let start = if before > 0.0 { start } else { at as u32 };
                    let weight = self.weights.get(i - 1).copied().unwrap_or_default();
                    if before + weight > own.0 {
                        own = (before + weight, start);
                    }
                }
                if let Some(slot) = column.get_mut(i) {
                    *slot = own;
                }
            }
            // A word of the phrase that is missing costs nothing.
            let mut most = (0.0, at as u32 + 1);
            for slot in column.iter_mut() {
                if slot.0 > most.0 { most = *slot } else { *slot = most }
            }
            if most.0 > best.0 {
                best = (most.0, most.1 as usize, at + 1);
            }
        }
        let (_, from, to) = best;
        let runs = self.chain(keys.get(from..to)?, from, gap);
        let share = self.share(&runs);
        let long = runs.iter().filter(|run| run.len >= RUN).flat_map(|run| run.a..run.a + run.len);
        let near = share >= self.closeness.share && (!self.is_long() || self.runs_suffice(long));
        let closeness = self.closeness_of(&runs, share);
        near.then_some(Aligned { runs, share, closeness, misspelt: None })
    }

    /// The best chain of common words over the whole of `keys`, which begin at word `from` of the text.
    fn chain(&self, keys: &[u64], from: usize, gap: f32) -> Vec<Shared> {
        let (rows, width) = (keys.len() + 1, self.keys.len() + 1);
        let mut scores = vec![0f32; rows * width];
        let score = |scores: &[f32], row: usize, i: usize| {
            scores.get(row * width + i).copied().unwrap_or(f32::MIN)
        };
        let common = |row: usize, i: usize| keys.get(row - 1) == self.keys.get(i - 1);
        let weight = |i: usize| self.weights.get(i - 1).copied().unwrap_or_default();
        for row in 1..rows {
            for i in 0..width {
                let mut own = score(&scores, row - 1, i) - gap;
                if i > 0 {
                    own = own.max(score(&scores, row, i - 1));
                    if common(row, i) {
                        own = own.max(score(&scores, row - 1, i - 1) + weight(i));
                    }
                }
                if let Some(slot) = scores.get_mut(row * width + i) {
                    *slot = own;
                }
            }
        }
        let mut runs: Vec<Shared> = Vec::new();
        let (mut row, mut i) = (rows - 1, width - 1);
        while row > 0 && i > 0 {
            let own = score(&scores, row, i);
            if common(row, i) && own <= score(&scores, row - 1, i - 1) + weight(i) {
                let (a, b) = (i - 1, from + row - 1);
                match runs.last_mut() {
                    Some(run) if run.a == a + 1 && run.b == b + 1 => {
                        (run.a, run.b, run.len) = (a, b, run.len + 1);
                    }
                    _ => runs.push(Shared { a, b, len: 1 }),
                }
                (row, i) = (row - 1, i - 1);
            } else if own <= score(&scores, row, i - 1) {
                i -= 1;
            } else {
                row -= 1;
            }
        }
        runs.reverse();
        runs
    }
}

/// The weights of words, those of each name brought down together to what a name is worth. `names` has for each word
/// the number of its name, 0 for language.
fn named(names: &[u32], weights: Vec<f32>) -> Vec<f32> {
    let mut sums: KeyMap<f32> = KeyMap::default();
    for (name, weight) in names.iter().zip(&weights).filter(|(name, _)| **name > 0) {
        *sums.entry(u64::from(*name)).or_default() += weight;
    }
    let share = |name: &u32| sums.get(&u64::from(*name)).map_or(1.0, |sum| NAME_BITS / sum);
    let pairs = names.iter().zip(weights);
    pairs.map(|(name, weight)| weight * share(name).min(1.0)).collect()
}

/// The text that so many words from `from` on cover.
pub(super) fn span_of(words: &[Word], from: usize, len: usize) -> Span {
    let start = words.get(from).map_or(0, |word| word.span.start);
    let end = words.get(from + len.max(1) - 1).map_or(start, |word| word.span.end);
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(query: &str, text: &str) -> Option<String> {
        let folding = Folding::general();
        let phrase = Phrase::new(query, folding, Closeness::SEARCH);
        let words = folding.words(text, &[]);
        let keys: Vec<u64> = words.iter().map(|word| word.key).collect();
        let text = Text { text, words: &words, keys: &keys };
        let found = match phrase.stands(text, &mut Room::default())? {
            Standing::Exact(places) => {
                return Some(
                    span_of(&words, *places.first()?, phrase.len()).slice(text.text).into(),
                );
            }
            Standing::Near(found) => found,
        };
        let (first, last) = (found.runs.first()?, found.runs.last()?);
        Some(span_of(&words, first.b, last.b + last.len - first.b).slice(text.text).to_owned())
    }

    #[test]
    fn nearness() {
        let text = "Reaffirms that the rights which people have offline must be protected online, and calls \
                    upon all States to safeguard them; the rights of people offline are well known";
        for (query, wanted) in [
            (
                "the same rights that people have offline must also be protected online",
                Some("the rights which people have offline must be protected online"),
            ),
            ("people have offline", Some("people have offline")),
            ("all States to protect refugees and migrants", None),
            ("online protected be must offline have people", None),
            ("", None),
        ] {
            assert_eq!(near(query, text).as_deref(), wanted, "{query}");
        }
    }

    #[test]
    fn common_words_are_known() {
        let common = |text| Phrase::new(text, Folding::general(), Closeness::SEARCH).is_common();
        assert!(common("the") && common("of the"));
        assert!(!common("human rights") && !common("Internet"));
    }
}
