//! Two drafts in; how many footnotes only one of them has out.

use std::collections::HashMap;

use crate::model::{Draft, FootnoteCounts};

/// Footnotes are compared by their words alone: their numbers change with every footnote before them.
pub(super) fn footnotes(old: &Draft, new: &Draft) -> FootnoteCounts {
    let mut held: HashMap<Vec<&str>, (usize, usize)> = HashMap::new();
    for note in &old.footnotes {
        held.entry(note.text.split_whitespace().collect()).or_default().0 += 1;
    }
    for note in &new.footnotes {
        held.entry(note.text.split_whitespace().collect()).or_default().1 += 1;
    }
    let removed = held.values().map(|(old, new)| old.saturating_sub(*new)).sum();
    let added = held.values().map(|(old, new)| new.saturating_sub(*old)).sum();
    FootnoteCounts { removed, added }
}
