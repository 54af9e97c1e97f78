//! Lineages in the order they were found in; in the order a reader looks for them out.

use crate::model::{Lineage, StepKind};

/// Puts lineages in the order of the newest revision; one that it does not have stands behind the paragraph it last stood
/// behind, or behind the one it was merged into. `held` tells for each revision the lineage of each of its paragraphs.
pub(super) fn in_order(lineages: Vec<Lineage>, held: &[Vec<usize>]) -> Vec<Lineage> {
    let order = order(&lineages, held);
    let mut places = vec![0; lineages.len()];
    for (place, own) in order.iter().enumerate() {
        places.iter_mut().skip(*own).take(1).for_each(|slot| *slot = place);
    }
    let mut placed: Vec<(usize, Lineage)> = places.iter().copied().zip(lineages).collect();
    placed.sort_unstable_by_key(|(place, _)| *place);
    let mut lineages: Vec<Lineage> = placed.into_iter().map(|(_, lineage)| lineage).collect();
    for step in lineages.iter_mut().flat_map(|lineage| &mut lineage.steps) {
        step.other = step.other.and_then(|other| places.get(other).copied());
    }
    lineages
}

fn order(lineages: &[Lineage], held: &[Vec<usize>]) -> Vec<usize> {
    let count = lineages.len();
    let Some((newest, older)) = held.split_last() else { return Vec::new() };
    let mut placed = vec![false; count];
    for lineage in newest {
        placed.iter_mut().skip(*lineage).take(1).for_each(|slot| *slot = true);
    }
    // What stands before all comes first; behind lineage `l` stands what is in slot `l + 1`.
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); count + 1];
    for own in older.iter().rev() {
        let mut last = 0;
        for lineage in own {
            if let Some(placed @ false) = placed.get_mut(*lineage) {
                *placed = true;
                // What took it up stands in a later revision, and has its place already.
                let into = lineages.get(*lineage).and_then(|own| own.steps.last());
                let into = into.filter(|step| step.kind == StepKind::MergedInto);
                let slot = into.and_then(|step| step.other).map_or(last, |other| other + 1);
                behind.iter_mut().skip(slot).take(1).for_each(|slot| slot.push(*lineage));
            }
            last = lineage + 1;
        }
    }
    let first = behind.first().into_iter().flatten().chain(newest);
    let mut waiting: Vec<usize> = first.copied().collect();
    waiting.reverse();
    let mut order = Vec::with_capacity(count);
    while let Some(lineage) = waiting.pop() {
        order.push(lineage);
        waiting.extend(behind.get(lineage + 1).into_iter().flatten().rev());
    }
    order
}
