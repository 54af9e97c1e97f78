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
/// the paragraph as one of these.
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
        last = Some(hit);
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
