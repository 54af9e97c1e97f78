//! A library in; which references correct which out.

use std::collections::HashMap;

use crate::model::{Entry, Library, corrected};

/// Corrigenda held, by what they correct.
pub(super) struct Corrections<'l> {
    of: HashMap<String, Vec<&'l str>>,
}

impl<'l> Corrections<'l> {
    pub(super) fn of(library: &'l Library) -> Self {
        let mut of: HashMap<String, Vec<&str>> = HashMap::new();
        for symbol in library.entries.iter().flat_map(|entry| entry.text.front.symbols()) {
            if let Some(base) = corrected(symbol) {
                of.entry(base.to_uppercase()).or_default().push(symbol);
            }
        }
        Self { of }
    }

    /// The symbols of the corrigenda to a reference.
    pub(super) fn to(&self, entry: &Entry) -> &[&'l str] {
        let mut symbols = entry.text.front.symbols();
        let found = symbols.find_map(|symbol| self.of.get(&symbol.to_uppercase()));
        found.map_or(&[], Vec::as_slice)
    }
}
