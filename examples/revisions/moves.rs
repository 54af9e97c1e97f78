//! What became of paragraphs, and which were taken elsewhere, in; which of them moved among the others out.

use std::collections::HashMap;

use adref::model::ChangeKind;

use super::sheet::Truth;

/// Marks as moved what was taken past something that stayed.
///
/// Which of two paragraphs moved past which is a matter of taste: where no more paragraphs were passed than were moved
/// together, marking the passed ones says the same, and they are listed in `passed`. What passed only such as
/// travelled themselves, or pieces of splits and merges, is `open`: moved or not. What passed nothing did not move.
pub(crate) fn mark(truth: &mut [Truth], travelled: &[bool]) {
    let mut passed: Vec<(usize, Vec<usize>)> = Vec::new();
    for at in 0..truth.len() {
        let Some((old, new)) = one(&truth[at]) else { continue };
        if !travelled[new] {
            continue;
        }
        let crossed = |other: &Truth| {
            let is_before = |a: &Vec<usize>, b: usize| a.iter().any(|a| *a < b);
            let is_after = |a: &Vec<usize>, b: usize| a.iter().any(|a| *a > b);
            is_before(&other.old, old) && is_after(&other.new, new)
                || is_after(&other.old, old) && is_before(&other.new, new)
        };
        let stays = |other: &Truth| one(other).is_some_and(|(_, new)| !travelled[new]);
        let all: Vec<usize> = (0..truth.len()).filter(|other| crossed(&truth[*other])).collect();
        let firm: Vec<usize> = all.iter().copied().filter(|at| stays(&truth[*at])).collect();
        if firm.is_empty() {
            truth[at].open = !all.is_empty();
        } else {
            passed.push((at, firm));
        }
    }
    let mut together: HashMap<&[usize], usize> = HashMap::new();
    passed.iter().for_each(|(_, firm)| *together.entry(firm).or_default() += 1);
    let equal: Vec<bool> =
        passed.iter().map(|(_, firm)| firm.len() <= together[firm.as_slice()]).collect();
    for ((at, firm), equal) in passed.into_iter().zip(equal) {
        truth[at].kind = ChangeKind::Moved;
        truth[at].passed = if equal { firm } else { Vec::new() };
    }
}

/// The places of one paragraph that stayed one.
fn one(truth: &Truth) -> Option<(usize, usize)> {
    match (truth.old.as_slice(), truth.new.as_slice()) {
        ([old], [new]) => Some((*old, *new)),
        _ => None,
    }
}
