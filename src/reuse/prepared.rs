//! A draft paragraph in; its words with what each is worth, and what any runs of them are worth as evidence, out.

use super::Subject;
use super::distance::bits_of;
use super::select::Extent;
use super::served::Served;
use crate::model::Places;
use crate::text::{Commonness, Folding, Shared, WORD_BITS, Word, name_words};

/// Words count as carried only in runs of at least this many (DESIGN: unrelated paragraphs reach a
/// coverage of 0.42 with single words, at most 0.24 with runs of three).
pub(super) const SHORTEST_RUN: usize = 3;

/// A paragraph of the draft, ready to be compared.
#[derive(Debug)]
pub(super) struct Prepared {
    /// Its words.
    pub(super) words: Vec<Word>,
    /// Their keys.
    pub(super) keys: Vec<u64>,
    /// For every word, the name or citation it is part of; 0 for language.
    pub(super) names: Vec<u32>,
    /// What each is worth.
    pub(super) worth: Vec<Worth>,
    /// What the three words are worth that begin with each.
    threes: Vec<Three>,
}

/// What a word is worth, in bits, by how many words of its run stand before it; names are still words here.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Worth {
    /// As the first of its run.
    pub(super) first: f64,
    /// As the second.
    pub(super) second: f64,
    /// Further on.
    pub(super) later: f64,
}

/// What three words in a row are worth, in bits.
#[derive(Clone, Copy, Debug, Default)]
struct Three {
    /// All of them, as a run.
    whole: f64,
    /// The last one at most, where a run goes on with it.
    last: f64,
}

/// What it is worth that the same name stands at the same place.
pub(super) const NAME_BITS: f64 = 8.0;

/// Bits that each further run pays besides its distance: that there is one at all.
const RUN_BITS: f64 = 2.0;

/// Bits it takes to find some run by chance in a pair of texts with so many words.
pub(super) fn cost_of_chance(draft_words: usize, agreed_words: usize) -> f64 {
    ((draft_words * agreed_words).max(1) as f64).log2()
}

impl Prepared {
    pub(super) fn new(subject: &Subject<'_>, folding: &Folding) -> Self {
        let paragraph = subject.paragraph;
        let mut words = folding.paragraph(paragraph);
        words.retain(|word| !subject.apart.iter().any(|apart| apart.contains(word.span)));
        if paragraph.placeholder {
            words.clear();
        }
        let mut names = name_words(&paragraph.text, &words);
        let last = names.iter().copied().max().unwrap_or(0);
        for (mention, name) in subject.mentions.iter().zip(last + 1..) {
            let inside =
                words.iter().zip(&mut names).filter(|(word, _)| mention.contains(word.span));
            inside.for_each(|(_, slot)| *slot = name);
        }
        Self::of(words, names)
    }

    /// These words, and for each the name it is part of.
    pub(super) fn of(words: Vec<Word>, names: Vec<u32>) -> Self {
        let keys: Vec<u64> = words.iter().map(|word| word.key).collect();
        let surprises = Commonness::general().along(keys.iter().copied());
        let worth = surprises.map(|bits| {
            let [first, second, later] = bits.map(|bits| bits.min(WORD_BITS));
            Worth { first, second, later }
        });
        let worth = worth.collect();
        let mut new = Self { words, keys, names, worth, threes: Vec::new() };
        let starts = 0..(new.keys.len() + 1).saturating_sub(SHORTEST_RUN);
        new.threes = starts.map(|start| new.three(start)).collect();
        new
    }

    /// What shared words are worth as evidence, in bits: their surprise less what it takes to find such
    /// runs by chance, as in the sum statistics of Karlin and Altschul (1993).
    ///
    /// A run that stands anywhere pays for all the places where it might stand in two texts of this size;
    /// one that follows another at a short distance in both texts pays for that distance only. So a stock
    /// phrase is worth nothing, however often such phrases recur, and a sentence with some words changed
    /// keeps its worth.
    pub(super) fn evidence(&self, runs: &[Shared], agreed_words: usize) -> f64 {
        let anywhere = cost_of_chance(self.keys.len(), agreed_words);
        let mut before: Option<&Shared> = None;
        let mut sum = 0.0;
        for run in runs {
            let distance = before.and_then(|last| {
                let own = run.a.checked_sub(last.a + last.len)?;
                let agreed = run.b.checked_sub(last.b + last.len)?;
                Some(bits_of(own) + bits_of(agreed) + RUN_BITS)
            });
            let cost = distance.map_or(anywhere, |bits| bits.min(anywhere));
            let worth = self.bits(run.a, run.a + run.len) - cost;
            if worth > 0.0 {
                sum += worth;
                before = Some(run);
            }
        }
        sum
    }

    /// Bits of the words `from..to`, met in this order and without context before them. A name is not
    /// language: however long, it is worth one choice, that it is named here.
    pub(super) fn bits(&self, from: usize, to: usize) -> f64 {
        let longer = |run, at| self.longer(run, at, at - from);
        (from..to).fold(Run::default(), longer).bits
    }

    /// A run with one word more, before which so many of its words stand.
    fn longer(&self, run: Run, at: usize, before: usize) -> Run {
        let worth = self.worth.get(at).copied().unwrap_or_default();
        let bits = match before {
            0 => worth.first,
            1 => worth.second,
            _ => worth.later,
        };
        let name = self.names.get(at).copied().unwrap_or(0);
        if name == 0 {
            return Run { bits: run.bits + bits, ..run };
        }
        // A name that everybody uses is worth no more than its words.
        let spent = if run.name == name { run.spent } else { 0.0 };
        let bits = bits.min(NAME_BITS - spent);
        Run { bits: run.bits + bits, name, spent: spent + bits }
    }

    /// The most that any alignment can be worth as evidence, in bits, with an agreed text of so many words that has
    /// three-word sequences of this paragraph where `starts` says that they begin.
    pub(super) fn most_evidence(&self, starts: Places, agreed_words: usize) -> f64 {
        let scale = self.words_a_place();
        let bits = if scale > 1 { self.all_bits(starts, scale) } else { self.best_chain(starts) };
        bits - cost_of_chance(self.keys.len(), agreed_words)
    }

    fn three(&self, start: usize) -> Three {
        let last = start + SHORTEST_RUN - 1;
        let name = |at: usize| self.names.get(at).copied().unwrap_or(0);
        let worth = |at: usize| self.worth.get(at).copied().unwrap_or_default();
        let own = worth(last).later;
        let spent = (start..last).filter(|at| name(*at) == name(last)).map(|at| {
            let Worth { first, second, later } = worth(at);
            first.min(second).min(later)
        });
        let left = NAME_BITS - spent.sum::<f64>().min(NAME_BITS);
        let last = if name(last) == 0 { own } else { own.min(left) };
        Three { whole: self.bits(start, start + SHORTEST_RUN), last }
    }

    /// The best chain of runs that may stand in one agreed text, in bits, as if every run stood beside the one before
    /// it: it pays for being a run and for no distance, and the first, which pays for standing anywhere, for nothing yet.
    fn best_chain(&self, starts: Places) -> f64 {
        // The best chain that has ended before the last three sequences; those that end in one of these, which overlap.
        let mut ended = 0.0f64;
        let mut ending = [0.0f64; SHORTEST_RUN];
        let mut next = 0;
        for start in starts.iter() {
            let Some(three) = self.threes.get(start) else { continue };
            let goes_on = start > 0 && start == next;
            for _ in next..=start.min(next + SHORTEST_RUN - 1) {
                let [first, second, third] = ending;
                (ended, ending) = (ended.max(first), [second, third, 0.0]);
            }
            let [_, before, last] = &mut ending;
            let begun = ended - RUN_BITS + three.whole;
            *last = if goes_on { begun.max(*before + three.last) } else { begun };
            next = start + 1;
        }
        ending.into_iter().fold(ended, f64::max) + RUN_BITS
    }

    /// What all sequences in a long paragraph are worth at most, where one place stands for several words.
    fn all_bits(&self, starts: Places, scale: usize) -> f64 {
        let words = |place: usize| {
            let words = self.worth.get(place * scale..).unwrap_or_default().iter();
            words.take(scale + SHORTEST_RUN - 1).map(|w| w.first.max(w.second).max(w.later))
        };
        starts.iter().flat_map(words).sum()
    }

    /// How much of the paragraph it is when so many of its words are shared, at most.
    pub(super) fn extent(&self, words: usize) -> Extent {
        Extent { words, longest: words, all: self.keys.len() }
    }

    /// What is among the best for this paragraph, before anything was seen.
    pub(super) fn nothing_served(&self) -> Served {
        Served::new(self.keys.len().min(Places::COUNT))
    }

    /// Words that one of [`Places`] stands for.
    pub(super) fn words_a_place(&self) -> usize {
        self.keys.len().div_ceil(Places::COUNT).max(1)
    }

    /// The words that runs of three carry which begin at these places, and how many these are, at most.
    pub(super) fn carried(&self, starts: Places) -> (Places, usize) {
        let scale = self.words_a_place();
        let places = if scale > 1 { starts.and_next() } else { starts.and_next().and_next() };
        (places, (places.count() * scale).min(self.keys.len()))
    }
}

/// A run as far as it has come.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    bits: f64,
    /// The last name in it, and the bits that this name has used up.
    name: u32,
    spent: f64,
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::text::{shared_runs, window_key};

    const WORDS: [&str; 14] = [
        "the",
        "of",
        "and",
        "rights",
        "mangrove",
        "to",
        "seedlings",
        "Internet",
        "Governance",
        "Forum",
        "restore",
        "in",
        "nations",
        "united",
    ];

    /// Words by their places in the list, and with each whether it belongs to the name before it.
    fn prepared(words: &[(usize, bool)]) -> Prepared {
        let text: Vec<&str> = words.iter().map(|(word, _)| WORDS[*word]).collect();
        let mut name = 0;
        let names = words.iter().map(|(word, goes_on)| {
            name += u32::from(!goes_on);
            if *word > 6 { name } else { 0 }
        });
        Prepared::of(Folding::plain().words(&text.join(" "), &[]), names.collect())
    }

    fn starts(own: &Prepared, agreed: &[u64]) -> Places {
        let windows: Vec<u64> = agreed.windows(SHORTEST_RUN).map(window_key).collect();
        let mut starts = Places::default();
        for (word, window) in own.keys.windows(SHORTEST_RUN).enumerate() {
            if windows.contains(&window_key(window)) {
                starts.add(word / own.words_a_place());
            }
        }
        starts
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

        #[test]
        fn no_alignment_is_worth_more_than_the_bound(
            own in vec((0..WORDS.len(), any::<bool>()), 3..90),
            agreed in vec(0..WORDS.len(), 3..90),
            taken in 0usize..80,
            length in 3usize..60,
        ) {
            let own = prepared(&own);
            // The agreed text has a stretch of the draft in its middle.
            let agreed: Vec<(usize, bool)> = agreed.into_iter().map(|word| (word, false)).collect();
            let mut agreed = prepared(&agreed).keys;
            let stretch = own.keys.iter().skip(taken).take(length);
            let middle = agreed.len() / 2;
            agreed.splice(middle..middle, stretch.copied().collect::<Vec<_>>());
            let runs = shared_runs(&own.keys, &agreed, SHORTEST_RUN);
            let evidence = own.evidence(&runs, agreed.len());
            let most = own.most_evidence(starts(&own, &agreed), agreed.len());
            prop_assert!(evidence <= most.max(0.0) + 1e-9, "{evidence} bits, bound {most}");
            let carried: usize = runs.iter().map(|run| run.len).sum();
            prop_assert!(carried <= own.carried(starts(&own, &agreed)).1);
        }

        #[test]
        fn the_bound_holds_for_long_paragraphs(
            own in vec((0..WORDS.len(), any::<bool>()), 257..600),
            cut in 0usize..500,
        ) {
            let own = prepared(&own);
            let agreed: Vec<u64> = own.keys.iter().skip(cut).copied().collect();
            let runs = shared_runs(&own.keys, &agreed, SHORTEST_RUN);
            let most = own.most_evidence(starts(&own, &agreed), agreed.len());
            prop_assert!(own.evidence(&runs, agreed.len()) <= most.max(0.0) + 1e-9);
        }
    }
}
