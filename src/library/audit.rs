//! A library in; what contradicts itself in it out, as findings.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::layers::place_of;
use crate::model::{Entry, Finding, Library, symbol_key};

/// Adds a finding for every symbol held twice, every name that two sources share, every paragraph
/// number that stands twice in one source, and every source that nothing can cite.
pub(super) fn audit(library: &mut Library) {
    type Look = fn(&Library, &mut Vec<Finding>);
    let looks: [Look; 4] = [symbols_held_twice, names_shared, numbers_repeated, nameless];
    let held: &Library = library;
    let found = looks.par_iter().map(|look| {
        let mut found = Vec::new();
        look(held, &mut found);
        found
    });
    let found: Vec<Vec<Finding>> = found.collect();
    library.findings.extend(found.into_iter().flatten());
}

fn symbols_held_twice(library: &Library, found: &mut Vec<Finding>) {
    let mut held: HashMap<_, Vec<&Entry>> = HashMap::new();
    for entry in &library.entries {
        let front = &entry.text.front;
        // The same document in another language is no second document, and excerpts in one place beside the whole
        // text in another are no fault.
        let same = |other: &&&Entry| {
            place_of(library, entry) == place_of(library, other)
                && entry.text.language() == other.text.language()
        };
        let key = |symbol: &str| (symbol_key(symbol), front.annex.as_deref());
        let second = front.symbols().find_map(|symbol| {
            let other = held.get(&key(symbol))?.iter().find(same)?;
            Some((symbol, *other))
        });
        for symbol in front.symbols() {
            held.entry(key(symbol)).or_default().push(entry);
        }
        let Some((symbol, other)) = second else { continue };
        let annex = front.annex.as_ref().map_or(String::new(), |annex| format!(", annex {annex}"));
        let message = format!("{symbol}{annex} is also held by {}", other.text.path);
        found.push(
            Finding::warning("duplicate-symbol", &entry.text.path, message)
                .help("keep one file for one document, or give each its own annex"),
        );
    }
}

/// True when two references are one document in two languages.
fn is_translated(one: &Entry, other: &Entry) -> bool {
    let symbol = |entry: &Entry| entry.text.front.symbol.as_deref().map(symbol_key);
    symbol(one).is_some()
        && symbol(one) == symbol(other)
        && one.text.language() != other.text.language()
}

fn names_shared(library: &Library, found: &mut Vec<Finding>) {
    let mut first: HashMap<String, (usize, &Entry)> = HashMap::new();
    for (index, entry) in library.entries.iter().enumerate() {
        for name in &entry.text.front.names {
            let Some((at, other)) = first.get(&name.to_lowercase()) else {
                first.insert(name.to_lowercase(), (index, entry));
                continue;
            };
            if *at == index
                || place_of(library, other) != place_of(library, entry)
                || is_translated(other, entry)
            {
                continue;
            }
            let message = format!("the name “{name}” is also a name of {}", other.text.path);
            found.push(
                Finding::warning("shared-name", &entry.text.path, message)
                    .help("a draft that uses this name is linked to the first of the two"),
            );
        }
    }
}

fn numbers_repeated(library: &Library, found: &mut Vec<Finding>) {
    for entry in &library.entries {
        let mut seen = HashSet::new();
        let repeated: Vec<_> = entry
            .text
            .paragraphs
            .iter()
            .filter_map(|paragraph| {
                let number = paragraph.number.as_deref()?;
                // Sections may number anew; the same number in the same section may not.
                let key = (paragraph.annex.as_deref(), paragraph.section.as_slice(), number);
                (!seen.insert(key)).then_some((paragraph, number))
            })
            .collect();
        let Some((paragraph, number)) = repeated.first() else { continue };
        let more = match repeated.len() - 1 {
            0 => String::new(),
            more => format!(", and so do {more} more"),
        };
        found.push(
            Finding::warning(
                "repeated-number",
                &entry.text.path,
                format!("paragraph {number} stands twice{more}"),
            )
            .at(entry.text.position(paragraph, 0))
            .paragraph(&paragraph.id)
            .help("check the numbers against the official text"),
        );
    }
}

fn nameless(library: &Library, found: &mut Vec<Finding>) {
    for entry in &library.entries {
        let front = &entry.text.front;
        if front.symbol.is_none() && front.names.is_empty() && front.title.is_none() {
            found.push(
                Finding::warning(
                    "nameless-source",
                    &entry.text.path,
                    "this reference has neither a symbol nor a name, so no draft can cite it",
                )
                .help("add `symbol:` or `names:` between `---` lines at the top of the file"),
            );
        }
    }
}
