//! Two sequences of folded words in; the longest chain of runs they share in order out.

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
    let pairs = matching_windows(a, b, k);
    let chain = best_chain(&pairs, b.len(), k);
    merge(chain, k)
}

/// All (i, j) with a[i..i+k] == b[j..j+k], sorted by i and then j.
fn matching_windows(a: &[u64], b: &[u64], k: usize) -> Vec<(u32, u32)> {
    if k == 0 || a.len() < k || b.len() < k {
        return Vec::new();
    }
    let mut windows: Vec<(u64, u32)> =
        b.windows(k).enumerate().map(|(j, w)| (window_key(w), j as u32)).collect();
    windows.sort_unstable();
    let mut pairs = Vec::new();
    for (i, window) in a.windows(k).enumerate() {
        let key = window_key(window);
        let from = windows.partition_point(|(other, _)| *other < key);
        let same = windows.iter().skip(from).take_while(|(other, _)| *other == key);
        let places: Vec<u32> = same.map(|(_, j)| *j).take(MOST_REPEATS + 1).collect();
        if places.len() > MOST_REPEATS {
            continue;
        }
        pairs.extend(
            places
                .into_iter()
                .filter(|j| b.get(*j as usize..*j as usize + k) == Some(window))
                .map(|j| (i as u32, j)),
        );
    }
    pairs
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
