//! Pairs of paragraphs in the order of the new text in; which of them kept their place among the others out.

/// True for each pair that stays: of all choices in which old places ascend with new ones the one with most pairs, and
/// of these the one with most words (a heaviest increasing subsequence; Jacobson and Vo, "Heaviest increasing/common
/// subsequence problems", 1992). Where two neighbours changed places, the shorter one moved.
pub fn in_place(pairs: &[(usize, usize)], words: impl Fn(usize) -> usize) -> Vec<bool> {
    let olds = pairs.iter().map(|(o, _)| o + 1).max().unwrap_or(0);
    let mut best_up_to = vec![Best::default(); olds + 1];
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (old, new)) in pairs.iter().enumerate() {
        let mut best = Best::default();
        let mut place = *old;
        while place > 0 {
            best = best.max(best_up_to.get(place).copied().unwrap_or_default());
            place &= place - 1;
        }
        before.push(best.at);
        let own = Best { pairs: best.pairs + 1, words: best.words + words(*new), at: Some(at) };
        let mut place = old + 1;
        while let Some(slot) = best_up_to.get_mut(place) {
            *slot = own.max(*slot);
            place += place & place.wrapping_neg();
        }
    }
    let best = best_up_to.iter().copied().fold(Best::default(), Best::max);
    let mut stays = vec![false; pairs.len()];
    let mut at = best.at;
    while let Some(index) = at {
        stays.iter_mut().skip(index).take(1).for_each(|slot| *slot = true);
        at = before.get(index).copied().flatten();
    }
    stays
}

/// The best choice so far that ends at a place, in a Fenwick tree of such.
#[derive(Clone, Copy, Default)]
struct Best {
    pairs: usize,
    words: usize,
    /// The last pair chosen.
    at: Option<usize>,
}

impl Best {
    /// The better of the two; of equals, the first.
    fn max(self, other: Self) -> Self {
        if (other.pairs, other.words) > (self.pairs, self.words) { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::in_place;

    #[test]
    fn what_moved() {
        let words = |_| 1;
        let stays = |old: &[usize]| {
            let pairs: Vec<(usize, usize)> = old.iter().enumerate().map(|(n, o)| (*o, n)).collect();
            in_place(&pairs, words)
        };
        assert_eq!(stays(&[0, 1, 2, 3]), [true; 4]);
        assert_eq!(stays(&[1, 2, 3, 0]), [true, true, true, false]);
        assert_eq!(stays(&[3, 0, 1, 2]), [false, true, true, true]);
        assert_eq!(stays(&[4, 5, 6, 0, 1]), [true, true, true, false, false]);
        assert!(stays(&[]).is_empty());
        // The shorter of two neighbours moved.
        assert_eq!(in_place(&[(1, 0), (0, 1)], |new| [5, 9][new]), [false, true]);
    }
}
