//! Two lists of short texts in; which of them belong together, in their order, out.

use std::collections::HashMap;

/// So much two texts are alike that share half of their words.
pub const HALF_ALIKE: usize = 500;

/// So much, two texts that are the same.
const SAME: usize = 2_000;

/// Of a thousand words of two texts, how many both have; more than all where they are the same.
pub fn alike(old: &str, new: &str) -> usize {
    if old == new {
        return SAME;
    }
    let mut held: HashMap<&str, usize> = HashMap::new();
    old.split_whitespace().for_each(|word| *held.entry(word).or_default() += 1);
    let mut shared = 0;
    for word in new.split_whitespace() {
        if let Some(left) = held.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    let all = old.split_whitespace().count() + new.split_whitespace().count();
    2_000 * shared / all.max(1)
}

/// So many pairs are weighed; where there are more, they are paired in their order.
const MOST_PAIRS: usize = 10_000;

/// Pairs `old` things with `new` ones in their order, so that the worth of all pairs together is the greatest. What is worth
/// nothing is no pair.
pub fn paired_in_order(
    old: usize,
    new: usize,
    worth: impl Fn(usize, usize) -> usize,
) -> Vec<(usize, usize)> {
    if old * new > MOST_PAIRS {
        return (0..old.min(new)).map(|at| (at, at)).filter(|(o, n)| worth(*o, *n) > 0).collect();
    }
    let worths: Vec<Vec<usize>> =
        (0..old).map(|o| (0..new).map(|n| worth(o, n)).collect()).collect();
    // What the best pairing in order is worth, from each place on.
    let mut best = vec![vec![0; new + 1]; old + 1];
    let at = |best: &[Vec<usize>], o: usize, n: usize| {
        best.get(o).and_then(|row| row.get(n)).copied().unwrap_or_default()
    };
    let own =
        |o: usize, n: usize| worths.get(o).and_then(|r| r.get(n)).copied().unwrap_or_default();
    for o in (0..old).rev() {
        for n in (0..new).rev() {
            let with = own(o, n) + at(&best, o + 1, n + 1);
            let most = with.max(at(&best, o + 1, n)).max(at(&best, o, n + 1));
            if let Some(slot) = best.get_mut(o).and_then(|row| row.get_mut(n)) {
                *slot = most;
            }
        }
    }
    let (mut o, mut n) = (0, 0);
    let mut pairs = Vec::new();
    while o < old && n < new {
        let here = at(&best, o, n);
        if own(o, n) > 0 && here == own(o, n) + at(&best, o + 1, n + 1) {
            pairs.push((o, n));
            (o, n) = (o + 1, n + 1);
        } else if here == at(&best, o + 1, n) {
            o += 1;
        } else {
            n += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_keep_their_order_and_are_most_alike() {
        let old = ["See A of 1990.", "Ibid.", "Press release of May."];
        let new = ["Press release of June.", "See A of 1991.", "Press release of May."];
        let worth = |o: usize, n: usize| alike(old[o], new[n]);
        assert_eq!(paired_in_order(3, 3, worth), [(0, 1), (2, 2)]);
        assert_eq!(paired_in_order(0, 3, worth), []);
        assert_eq!(alike("a b", "a c"), HALF_ALIKE);
        assert_eq!(alike("", ""), SAME);
    }
}
