//! Two sequences of folded words in; the longest chain of runs they share in order out.

use super::filter::Filter;
use super::key::window_key;

/// Words shared by two sequences: `len` words from `a` in the first and from `b` in the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// First word in the first sequence.
    pub a: usize,
    /// First word in the second sequence.
    pub b: usize,
    /// Number of words.
    pub len: usize,
}

/// A sequence of `k` words that stands more often than this in one text is left out of the search:
/// only lists of the same words over and over get there, and they would make it quadratic.
const MOST_REPEATS: usize = 64;

/// The common subsequence of `a` and `b` made of runs of at least `k` words that has most words,
/// and among those the one with the fewest runs.
///
/// This is the problem LCSk++ ("longest common subsequence in at least k length substrings"), solved
/// over the matching k-word windows only: Pavetić, Katanić, Matula, Mačković and Šikić, "Fast and
/// simple algorithms for computing both LCSk and LCSk+" (2017), with a Fenwick tree for the best
/// chain that ends before a window. Time is O((n + h) log n) for h matching windows.
pub fn shared_runs(a: &[u64], b: &[u64], k: usize) -> Vec<Shared> {
    Windows::new(a, k).met_in(b).runs()
}

/// All sequences of `k` words of a text, ready to be looked for in many others.
#[derive(Debug)]
pub struct Windows<'w> {
    words: &'w [u64],
    k: usize,
    /// The key of each with its first word, in the order of the keys.
    places: Vec<(u64, u32)>,
    /// Most windows of other texts are none of these.
    filter: Filter,
}

impl<'w> Windows<'w> {
    /// Of these words, by their keys.
    pub fn new(words: &'w [u64], k: usize) -> Self {
        let mut places: Vec<(u64, u32)> = match k {
            0 => Vec::new(),
            _ => words.windows(k).map(window_key).zip(0..).collect(),
        };
        places.sort_unstable();
        let filter = Filter::new(places.iter().map(|(key, _)| *key));
        Self { words, k, places, filter }
    }

    /// Where the windows stand in `other`.
    pub fn met_in(&self, other: &[u64]) -> Met {
        let mut met = Met { pairs: Vec::new(), lens: [self.words.len(), other.len()], k: self.k };
        if self.places.is_empty() {
            return met;
        }
        // For each window of `other` that is also here, its first word and the first of the places here.
        let keys = other.windows(self.k).map(window_key).zip(0..);
        let found = keys.filter(|(key, _)| self.filter.may_be(*key)).filter_map(|(key, j)| {
            let first = self.places.partition_point(|(own, _)| *own < key);
            let (own, i) = self.places.get(first)?;
            (*own == key && self.stands_at(*i, other, j)).then_some((first, j))
        });
        let mut found: Vec<(usize, u32)> = found.collect();
        found.sort_unstable();
        for same in found.chunk_by(|(x, _), (y, _)| x == y) {
            let Some((first, _)) = same.first().filter(|_| same.len() <= MOST_REPEATS) else {
                continue;
            };
            let here = self.places.get(*first..).unwrap_or_default();
            let here = here.chunk_by(|(x, _), (y, _)| x == y).next().unwrap_or_default();
            for (_, i) in here {
                met.pairs.extend(same.iter().map(|(_, j)| (*i, *j)));
            }
        }
        met.pairs.sort_unstable();
        met
    }

    fn stands_at(&self, i: u32, other: &[u64], j: u32) -> bool {
        let (i, j) = (i as usize, j as usize);
        self.words.get(i..i + self.k) == other.get(j..j + self.k)
    }
}

/// The windows that two sequences of words have in common.
#[derive(Debug)]
pub struct Met {
    /// Where each begins in the first and in the second, in this order.
    pairs: Vec<(u32, u32)>,
    /// Words of the two sequences.
    lens: [usize; 2],
    k: usize,
}

impl Met {
    /// The best chain of runs: see [`shared_runs`].
    pub fn runs(&self) -> Vec<Shared> {
        if let Some(runs) = self.all_in_one_chain() {
            return runs;
        }
        let [_, width] = self.lens;
        merge(best_chain(&self.pairs, width, self.k), self.k)
    }

    /// The runs where each window goes on with the one before it or begins behind its end in both sequences, as where all
    /// was carried over: then no chain has more than all of them, and nothing is to be chosen.
    fn all_in_one_chain(&self) -> Option<Vec<Shared>> {
        let mut runs: Vec<Shared> = Vec::new();
        for (i, j) in &self.pairs {
            let (a, b) = (*i as usize, *j as usize);
            match runs.last_mut() {
                Some(run) if b + run.a == a + run.b && a <= run.a + run.len => {
                    run.len = a + self.k - run.a;
                }
                Some(run) if a < run.a + run.len || b < run.b + run.len => return None,
                _ => runs.push(Shared { a, b, len: self.k }),
            }
        }
        Some(runs)
    }

    /// Only the windows that have no word in one of these runs, in either sequence.
    #[must_use]
    pub fn outside(mut self, runs: &[Shared]) -> Self {
        let windows = |run: &Shared| (run.len + 1).saturating_sub(self.k);
        if self.pairs.len() == runs.iter().map(windows).sum::<usize>() {
            // All of them are in the runs.
            self.pairs.clear();
            return self;
        }
        let [own, other] = self.lens;
        let inside_own = starts_inside(runs.iter().map(|run| (run.a, run.len)), own, self.k);
        let inside_other = starts_inside(runs.iter().map(|run| (run.b, run.len)), other, self.k);
        let is_inside = |inside: &[bool], at: u32| inside.get(at as usize) == Some(&true);
        self.pairs.retain(|(i, j)| !is_inside(&inside_own, *i) && !is_inside(&inside_other, *j));
        self
    }
}

/// For each word of a sequence whether a window that begins there has a word in one of the stretches.
fn starts_inside(
    stretches: impl Iterator<Item = (usize, usize)>,
    len: usize,
    k: usize,
) -> Vec<bool> {
    let mut inside = vec![false; len];
    for (start, len) in stretches {
        let from = start.saturating_sub(k.saturating_sub(1));
        inside.iter_mut().take(start + len).skip(from).for_each(|slot| *slot = true);
    }
    inside
}

/// More words first, then fewer runs: one word outweighs any number of runs a text can have.
const WORD: i64 = 1 << 32;
const RUN: i64 = -1;

fn best_chain(pairs: &[(u32, u32)], width: usize, k: usize) -> Vec<(usize, usize)> {
    let k32 = k as u32;
    let mut best_before = Fenwick::new(width + 1);
    let mut score = vec![0i64; pairs.len()];
    let mut from = vec![usize::MAX; pairs.len()];
    // Windows enter the tree only once the row is past their last word.
    let mut entering = 0;
    let mut best: Option<usize> = None;
    for index in 0..pairs.len() {
        let Some(&(i, j)) = pairs.get(index) else { continue };
        while let Some(&(ei, ej)) = pairs.get(entering)
            && ei + k32 <= i
        {
            best_before.raise((ej + k32) as usize, score[entering], entering);
            entering += 1;
        }
        let (before, previous) = best_before.best_up_to(j as usize);
        score[index] = before + WORD * k as i64 + RUN;
        from[index] = previous;
        // The window one word earlier in both: the same run, one word longer.
        if i > 0 && j > 0 {
            let earlier = pairs.get(..index).unwrap_or_default();
            if let Ok(found) = earlier.binary_search(&(i - 1, j - 1)) {
                let longer = score[found] + WORD;
                if longer >= score[index] {
                    score[index] = longer;
                    from[index] = found;
                }
            }
        }
        if best.is_none_or(|b| score[index] > score[b]) {
            best = Some(index);
        }
    }
    let mut chain = Vec::new();
    let mut at = best;
    while let Some(index) = at {
        if let Some(&(i, j)) = pairs.get(index) {
            chain.push((i as usize, j as usize));
        }
        at = Some(from[index]).filter(|previous| *previous != usize::MAX);
    }
    chain.reverse();
    chain
}

/// Joins windows that overlap on one diagonal into runs.
fn merge(chain: Vec<(usize, usize)>, k: usize) -> Vec<Shared> {
    let mut runs: Vec<Shared> = Vec::new();
    for (i, j) in chain {
        match runs.last_mut() {
            Some(run) if i + run.b == j + run.a && i <= run.a + run.len => {
                run.len = i + k - run.a;
            }
            _ => runs.push(Shared { a: i, b: j, len: k }),
        }
    }
    runs
}

/// The best score, and who has it, among entries up to a place.
struct Fenwick {
    tree: Vec<(i64, usize)>,
}

impl Fenwick {
    fn new(len: usize) -> Self {
        Self { tree: vec![(0, usize::MAX); len + 1] }
    }

    fn raise(&mut self, place: usize, score: i64, who: usize) {
        let mut at = place + 1;
        while let Some(entry) = self.tree.get_mut(at) {
            if score > entry.0 {
                *entry = (score, who);
            }
            at += at & at.wrapping_neg();
        }
    }

    fn best_up_to(&self, place: usize) -> (i64, usize) {
        let mut at = place + 1;
        let mut best = (0, usize::MAX);
        while at > 0 {
            if let Some(entry) = self.tree.get(at)
                && entry.0 > best.0
            {
                best = *entry;
            }
            at -= at & at.wrapping_neg();
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<u64> {
        text.bytes().map(u64::from).collect()
    }

    /// The same by dynamic programming over every cell.
    fn exhaustive(a: &[u64], b: &[u64], k: usize) -> usize {
        let mut run = vec![vec![0; b.len() + 1]; a.len() + 1];
        let mut best = vec![vec![0usize; b.len() + 1]; a.len() + 1];
        for i in 1..=a.len() {
            for j in 1..=b.len() {
                run[i][j] = if a[i - 1] == b[j - 1] { run[i - 1][j - 1] + 1 } else { 0 };
                best[i][j] = best[i - 1][j].max(best[i][j - 1]);
                for len in k..=run[i][j] {
                    best[i][j] = best[i][j].max(best[i - len][j - len] + len);
                }
            }
        }
        best[a.len()][b.len()]
    }

    #[test]
    fn agrees_with_exhaustive_search() {
        let mut seed = 7u64;
        let mut next = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % most
        };
        for _ in 0..2000 {
            let letters = 2 + next(4);
            let a: Vec<u64> = (0..next(40)).map(|_| next(letters)).collect();
            let b: Vec<u64> = (0..next(40)).map(|_| next(letters)).collect();
            let runs = shared_runs(&a, &b, 3);
            let total: usize = runs.iter().map(|r| r.len).sum();
            assert_eq!(total, exhaustive(&a, &b, 3), "{a:?} {b:?} {runs:?}");
            for pair in runs.windows(2) {
                assert!(
                    pair[0].a + pair[0].len <= pair[1].a && pair[0].b + pair[0].len <= pair[1].b
                );
            }
            for run in runs {
                assert_eq!(a[run.a..run.a + run.len], b[run.b..run.b + run.len]);
            }
        }
    }

    #[test]
    fn prefers_few_long_runs() {
        let runs = shared_runs(&words("abcdefgh"), &words("abcxabcdefgh"), 3);
        assert_eq!(runs, [Shared { a: 0, b: 4, len: 8 }]);
    }
}
