//! A library read from several places in; each text once, from the first place that holds it, out.
//!
//! So a project's own copy of a text stands before the one in the personal library. Where the first place holds
//! excerpts only and a later one the whole text, both stay: the first may give names, the second gives the words.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::identity::{language, symbol_key};
use crate::model::{Entry, Library};

/// Takes out what an earlier place holds too.
pub(super) fn layer(library: &mut Library) {
    if library.places.len() < 2 {
        return;
    }
    let mut held: HashMap<(String, Option<&str>), Vec<usize>> = HashMap::new();
    for (index, entry) in library.entries.iter().enumerate() {
        let front = &entry.text.front;
        let Some(symbol) = &front.symbol else { continue };
        held.entry((symbol_key(symbol), front.annex.as_deref())).or_default().push(index);
    }
    let mut covered = HashSet::new();
    for indices in held.values().filter(|indices| indices.len() > 1) {
        let entries: Vec<&Entry> =
            indices.iter().filter_map(|index| library.entries.get(*index)).collect();
        for (index, entry) in indices.iter().zip(&entries) {
            let place = place_of(library, entry);
            let before = |other: &&&Entry| {
                place_of(library, other) < place && (other.is_full() || !entry.is_full())
            };
            let mut others = entries.iter().filter(before);
            if others.any(|other| language(&other.text) == language(&entry.text)) {
                covered.insert(*index);
            }
        }
    }
    let mut index = 0;
    library.entries.retain(|_| {
        index += 1;
        !covered.contains(&(index - 1))
    });
}

/// The place that an entry was read from, by its index.
pub(super) fn place_of(library: &Library, entry: &Entry) -> usize {
    let path = Path::new(&entry.text.path);
    let holds = |place: &String| path.starts_with(place);
    library.places.iter().position(holds).unwrap_or(usize::MAX)
}
