//! A library read from several places in; each text once, from the first place that holds it, out.
//!
//! So a project's own copy of a text stands before the one in the personal library. Where the first place holds
//! excerpts only and a later one the whole text, both stay: the first may give names, the second gives the words.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::model::{Entry, Library, symbol_key};
use crate::text::Language;

/// Takes out what an earlier place holds too.
pub(super) fn layer(library: &mut Library) {
    if library.places.len() < 2 {
        return;
    }
    let mut held: HashMap<(String, Option<&str>), Vec<usize>> = HashMap::new();
    for (index, entry) in library.entries.iter().enumerate() {
        let front = &entry.text.front;
        for symbol in front.symbols() {
            held.entry((symbol_key(symbol), front.annex.as_deref())).or_default().push(index);
        }
    }
    let mut covered = HashSet::new();
    for indices in held.into_values().filter(|indices| indices.len() > 1) {
        // The first place that holds the text in a language, and the first that holds all of it.
        let mut first: HashMap<Language, (usize, usize)> = HashMap::new();
        let mut facts = Vec::new();
        for index in indices {
            let Some(entry) = library.entries.get(index) else { continue };
            let (place, full, spoken) =
                (place_of(library, entry), entry.is_full(), entry.text.language());
            let (any, whole) = first.entry(spoken).or_insert((usize::MAX, usize::MAX));
            *any = place.min(*any);
            *whole = if full { place.min(*whole) } else { *whole };
            facts.push((index, place, full, spoken));
        }
        let earlier = |(_, place, full, spoken): &&(usize, usize, bool, Language)| {
            first.get(spoken).is_some_and(|(any, whole)| whole < place || !full && any < place)
        };
        covered.extend(facts.iter().filter(earlier).map(|(index, ..)| *index));
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
