//! Pairs of paragraphs in the order of the new text in; which of them kept their place among the others out.

/// True for each pair that stays: the most pairs whose old places ascend too (a longest increasing subsequence, by
/// patience sorting: Fredman, "On computing the length of longest increasing subsequences", 1975).
pub(super) fn in_place(pairs: &[(usize, usize)]) -> Vec<bool> {
    // The last pair of the best chain of each length, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let old = |at: usize| pairs.get(at).map_or(0, |(o, _)| *o);
    for at in 0..pairs.len() {
        let length = ends.partition_point(|end| old(*end) < old(at));
        before.push(length.checked_sub(1).and_then(|l| ends.get(l).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut stays = vec![false; pairs.len()];
    let mut at = ends.last().copied();
    while let Some(index) = at {
        stays.iter_mut().skip(index).take(1).for_each(|slot| *slot = true);
        at = before.get(index).copied().flatten();
    }
    stays
}
