//! A phrase and a text in; where the text has all its words in their order with others between them, or one of them
//! misspelt, out.

use super::phrase::{Aligned, Phrase};
use crate::text::{Shared, Word};

/// So many other words may stand between two words looked for.
pub(super) const MOST_BETWEEN: usize = 8;

/// A text by its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'t> {
    pub(super) text: &'t str,
    pub(super) words: &'t [Word],
    pub(super) keys: &'t [u64],
}

/// A word of the text that ends the first words of the phrase.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The word of the text.
    at: usize,
    /// The word of the text that begins the phrase.
    first: usize,
    /// The step of the word before.
    before: Option<usize>,
}

impl Phrase {
    /// The place where a text has all words in their order, at most so many others between two of them.
    pub(super) fn apart(&self, text: Text<'_>, between: usize) -> Option<Aligned> {
        let places = self.scattered(text, between, None)?;
        Some(self.aligned(&places, None))
    }

    /// The same with one word misspelt: word `missing` where the text lacks that one, else any.
    pub(super) fn misspelt(
        &self,
        text: Text<'_>,
        between: usize,
        missing: Option<usize>,
    ) -> Option<Aligned> {
        let tried = (0..self.len()).filter(|at| missing.is_none_or(|missing| *at == missing));
        let found = tried.filter_map(|at| {
            let like = self.like(text, at)?;
            let places = self.scattered(text, between, Some((at, &like)))?;
            let likeness = places.get(at).and_then(|place| like.get(*place)).copied()?;
            Some(self.aligned(&places, Some((at, likeness))))
        });
        found.reduce(|best, other| if other.closeness > best.closeness { other } else { best })
    }

    /// For each word of a text how like word `at` of the phrase it is, 0 where it is not; none where no word is.
    fn like(&self, text: Text<'_>, at: usize) -> Option<Vec<f64>> {
        let spelling = self.spelling(at)?;
        // An abbreviation stands for several words and spells none of them.
        let shared = |other: Option<&Word>, word: &Word| other.is_some_and(|o| o.span == word.span);
        let like = text.words.iter().enumerate().map(|(place, word)| {
            if self.has(word.key) {
                return 0.0;
            }
            let likeness = spelling.likeness(word.span.slice(text.text)).unwrap_or(0.0);
            let before = place.checked_sub(1).and_then(|before| text.words.get(before));
            let alone =
                likeness > 0.0 && !shared(before, word) && !shared(text.words.get(place + 1), word);
            if alone { likeness } else { 0.0 }
        });
        let like: Vec<f64> = like.collect();
        like.iter().any(|likeness| *likeness > 0.0).then_some(like)
    }

    /// Where the words of the phrase stand, in the shortest stretch of the text that has all of them. Words that are
    /// `like` one of the phrase are taken for it.
    ///
    /// For every beginning of the phrase the last place where it ends is enough to know: none before it leaves less
    /// between, and none began later.
    fn scattered(
        &self,
        text: Text<'_>,
        between: usize,
        like: Option<(usize, &[f64])>,
    ) -> Option<Vec<usize>> {
        let mut steps: Vec<Step> = Vec::new();
        let mut last: Vec<Option<usize>> = vec![None; self.len()];
        let mut best: Option<Step> = None;
        for (at, key) in text.keys.iter().enumerate() {
            let forgiven = like.filter(|(_, like)| like.get(at).is_some_and(|own| *own > 0.0));
            let forgiven = forgiven.map(|(own, _)| own);
            // From the end, so that no word of the text stands for two of the phrase.
            for own in
                forgiven.into_iter().chain(self.places(*key).iter().rev().map(|p| *p as usize))
            {
                let before = match own.checked_sub(1) {
                    None => None,
                    Some(before) => {
                        let Some(step) = last.get(before).copied().flatten() else { continue };
                        Some(step)
                    }
                };
                let earlier = before.and_then(|step| steps.get(step));
                if earlier.is_some_and(|step| step.at >= at || at - step.at > between + 1) {
                    continue;
                }
                let step = Step { at, first: earlier.map_or(at, |step| step.first), before };
                if own + 1 == self.len() && best.is_none_or(|best| step.length() < best.length()) {
                    best = Some(step);
                }
                if let Some(slot) = last.get_mut(own) {
                    *slot = Some(steps.len());
                    steps.push(step);
                }
            }
        }
        let mut next = best;
        let mut places = Vec::with_capacity(self.len());
        while let Some(step) = next {
            places.push(step.at);
            next = step.before.and_then(|before| steps.get(before).copied());
        }
        places.reverse();
        (!places.is_empty()).then_some(places)
    }

    /// The words of the phrase at these places of a text; the misspelt one, of which so much is right, as a run of its
    /// own.
    fn aligned(&self, places: &[usize], misspelt: Option<(usize, f64)>) -> Aligned {
        let mut runs: Vec<Shared> = Vec::new();
        for (a, b) in places.iter().copied().enumerate() {
            let alone = misspelt.is_some_and(|(at, _)| a == at || a == at + 1);
            match runs.last_mut().filter(|run| !alone && run.b + run.len == b) {
                Some(run) => run.len += 1,
                None => runs.push(Shared { a, b, len: 1 }),
            }
        }
        let wrong = misspelt.map_or(0.0, |(a, likeness)| {
            self.share(&[Shared { a, b: 0, len: 1 }]) * (1.0 - likeness)
        });
        let share = 1.0 - wrong;
        let closeness = self.closeness_of(&runs, share);
        Aligned { runs, share, closeness, misspelt: misspelt.map(|(at, _)| at) }
    }
}

impl Step {
    fn length(&self) -> usize {
        self.at - self.first
    }
}
