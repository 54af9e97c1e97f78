//! A sifted library in; single references with all their paragraphs, read when they are asked for, out.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::read_file;
use crate::model::{Draft, Library};

/// References read as a whole, each once.
#[derive(Debug)]
pub struct Wholes<'l> {
    library: &'l Library,
    read: Mutex<HashMap<usize, Option<Arc<Draft>>>>,
}

impl<'l> Wholes<'l> {
    /// Nothing is read before it is asked for.
    pub fn of(library: &'l Library) -> Self {
        Self { library, read: Mutex::default() }
    }

    /// The reference with this index in the library. None where there is none, or where its file cannot be read.
    pub fn get(&self, reference: usize) -> Option<Arc<Draft>> {
        let known = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = known().get(&reference) {
            return read.clone();
        }
        // Two threads may read the same file at once; that is cheaper than to let all others wait for one.
        let entry = self.library.entries.get(reference)?;
        let read = read_file(Path::new(&entry.text.path)).ok().map(Arc::new);
        known().entry(reference).or_insert(read).clone()
    }
}
