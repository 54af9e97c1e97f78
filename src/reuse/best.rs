//! What agreed texts may be to a draft paragraph in; the few that are worth a close look out.

use crate::model::Hit;

/// What a draft paragraph may rest on, that which shares most first.
#[derive(Clone, Debug)]
pub(super) struct Candidates<T> {
    /// By runs of words, each with what it may be.
    pub(super) carried: Vec<(Hit, T)>,
    /// By telling pairs of words, where little is carried.
    pub(super) rewritten: Vec<T>,
}

impl<T> Candidates<T> {
    /// All of them, some perhaps twice.
    pub(super) fn into_all(self) -> impl Iterator<Item = T> {
        self.carried.into_iter().map(|(_, what)| what).chain(self.rewritten)
    }
}

/// At most this many agreed paragraphs are aligned with a draft paragraph for the runs they share.
const MOST_CANDIDATES: usize = 96;

/// At most so many more are looked at as texts that it may have been rewritten from.
pub(super) const MOST_REWRITTEN: usize = 32;

/// So many texts are looked at closely for the sake of one word.
pub(super) const FOR_EACH_WORD: u8 = 12;

/// Bits within which two texts share the same with a paragraph; names may weigh differently in the two.
pub(super) const THE_SAME: f32 = 0.5;

/// For every word of a draft paragraph the few texts that carry it and share most, and all that share the same with
/// the paragraph as one of these: the same as one that is itself wanted, for a chain of texts that each share a little
/// less would lead to what [`Served`](super::served::Served) has left out.
pub(super) fn first_for_each_word<T: Copy + Ord>(mut hits: Vec<(&Hit, T)>) -> Vec<(Hit, T)> {
    sort(&mut hits);
    let mut served = [0u8; 256];
    let mut last: Option<&Hit> = None;
    let mut first = Vec::new();
    for (hit, what) in hits {
        let words = || hit.places.iter();
        let wanted = words().any(|word| served.get(word).is_some_and(|n| *n < FOR_EACH_WORD));
        let same = last.is_some_and(|last| {
            last.places == hit.places && last.evidence - hit.evidence < THE_SAME
        });
        if !wanted && !same {
            continue;
        }
        for word in words() {
            if let Some(count) = served.get_mut(word) {
                *count = count.saturating_add(1);
            }
        }
        first.push((*hit, what));
        if wanted {
            last = Some(hit);
        }
        if first.len() == MOST_CANDIDATES {
            break;
        }
    }
    first
}

/// The texts that share most.
pub(super) fn most_telling<T: Copy + Ord>(mut hits: Vec<(&Hit, T)>) -> Vec<T> {
    if hits.len() > MOST_REWRITTEN {
        hits.select_nth_unstable_by(MOST_REWRITTEN, order);
        hits.truncate(MOST_REWRITTEN);
    }
    sort(&mut hits);
    hits.into_iter().map(|(_, what)| what).collect()
}

fn sort<T: Ord>(hits: &mut [(&Hit, T)]) {
    hits.sort_unstable_by(order);
}

fn order<T: Ord>(a: &(&Hit, T), b: &(&Hit, T)) -> std::cmp::Ordering {
    b.0.evidence.total_cmp(&a.0.evidence).then(a.1.cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::{MatchThresholds, Sequenced};
    use super::*;
    use crate::model::{Draft, Paragraph, Sieve};

    const WORDS: [&str; 12] = [
        "rights",
        "mangrove",
        "seedlings",
        "restore",
        "nations",
        "lagoon",
        "estuary",
        "fishers",
        "wardens",
        "tides",
        "reserve",
        "charter",
    ];

    fn words(numbers: &[usize]) -> String {
        let words = numbers.iter().filter_map(|number| WORDS.get(*number)).copied();
        words.collect::<Vec<_>>().join(" ")
    }

    /// A text made of pieces of another: where each begins, and how many words it has.
    fn pieces(own: &[usize], cuts: &[(f64, usize)]) -> String {
        let piece = |(from, length): &(f64, usize)| {
            let from = (from * own.len() as f64) as usize;
            words(&own.iter().skip(from).take(*length).copied().collect::<Vec<_>>())
        };
        cuts.iter().map(piece).collect::<Vec<_>>().join(" between ")
    }

    /// What is worth a close look when each text in turn is looked at in one of so many rooms.
    fn best(draft: &Draft, texts: &[String], rooms: usize) -> Vec<Vec<u32>> {
        let sieve = Sequenced::new(&[draft], MatchThresholds::default());
        let mut rooms: Vec<_> = (0..rooms).map(|_| Default::default()).collect();
        let count = rooms.len();
        let look = |(at, text): (usize, &String)| {
            let mut hits = Vec::new();
            if let Some(room) = rooms.get_mut(at % count) {
                sieve.look(text, texts.len(), room, &mut hits);
            }
            hits.retain(|hit| sieve.holds(hit, texts.len()));
            hits
        };
        let hits: Vec<Vec<Hit>> = texts.iter().enumerate().map(look).collect();
        sieve.worth_reading(&hits)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

        /// Threads share the texts out among them as it falls: what is found must not depend on it, even where a few
        /// formulas stand in many texts.
        #[test]
        fn it_makes_no_difference_which_texts_were_seen_together(
            own in vec(0..WORDS.len(), 20..700),
            formulas in vec((0.0..1.0f64, 3usize..20), 9),
            texts in vec(vec(0usize..9, 1..6), 60..160),
        ) {
            let paragraph = Paragraph { text: words(&own), ..Paragraph::default() };
            let draft = Draft { paragraphs: vec![paragraph], ..Draft::default() };
            let text = |chosen: &Vec<usize>| {
                let chosen = chosen.iter().filter_map(|at| formulas.get(*at)).copied();
                pieces(&own, &chosen.collect::<Vec<_>>())
            };
            let texts: Vec<String> = texts.iter().map(text).collect();
            let apart = best(&draft, &texts, texts.len());
            prop_assert_eq!(&best(&draft, &texts, 1), &apart);
            prop_assert_eq!(&best(&draft, &texts, 2), &apart);
        }
    }
}
