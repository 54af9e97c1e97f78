//! Files, folders and archives and a library in; the texts kept in it, and what became of each, out.

use std::path::PathBuf;

use rayon::prelude::*;

use super::gather::{Found, gather};
use super::store::{Incoming, Outcome, Store};
use crate::model::{Draft, corrected};
use crate::read::{self, ReadError};

/// What became of the texts that were to be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Every text that was read, in the order met.
    pub placed: Vec<Placed>,
    /// What could not be read or kept.
    pub faults: Vec<ReadError>,
    /// Files of kinds that hold no text.
    pub skipped: Vec<String>,
}

/// What became of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// What the text is called: its symbol with its annex, else its title, else its file.
    pub name: String,
    /// Its symbol.
    pub symbol: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// The document that it corrects, and the file that holds that, where one does.
    pub corrects: Option<(String, Option<String>)>,
    /// The files of its corrigenda.
    pub corrected_by: Vec<String>,
}

impl Placed {
    fn new(symbol: Option<&str>, annex: Option<&str>, label: &str, outcome: Outcome) -> Self {
        let name = match (symbol, annex) {
            (Some(symbol), Some(annex)) => format!("{symbol}, annex {annex}"),
            (Some(symbol), None) => symbol.to_owned(),
            (None, _) => label.to_owned(),
        };
        let corrects = symbol.and_then(corrected).map(|base| (base.to_owned(), None));
        let symbol = symbol.map(str::to_owned);
        Self { name, symbol, outcome, corrects, corrected_by: Vec::new() }
    }

    /// Looks up what the text corrects, and what corrects it.
    fn settle(&mut self, store: &Store) {
        if let Some((base, held)) = &mut self.corrects {
            *held = store.holder(base).map(str::to_owned);
        }
        if let Some(symbol) = &self.symbol {
            self.corrected_by = store.corrigenda(symbol).into_iter().map(str::to_owned).collect();
        }
    }
}

/// Texts are read in parallel, so many at a time.
const BATCH: usize = 64;

/// And so many bytes at a time.
const BATCH_BYTES: usize = 64 * 1024 * 1024;

/// The record is written after so many texts, so that little is lost when the machine stops.
const SAVE_EVERY: usize = 1024;

/// Adds every text in `paths` to a library; `replace` takes the new text in any case. `progress` is told how
/// many files are done, and the last of them.
///
/// A file that cannot be read stops no other.
///
/// # Errors
/// When the record of the library cannot be written.
pub fn add(
    store: &mut Store,
    paths: &[PathBuf],
    replace: bool,
    progress: &mut dyn FnMut(usize, &str),
) -> Result<Added, ReadError> {
    let mut work = Work {
        store,
        replace,
        progress,
        done: 0,
        waiting: Vec::new(),
        bytes: 0,
        added: Added::default(),
    };
    for path in paths {
        gather(path, &mut |found| match found {
            Found::Text { path, from, bytes } => work.take((path, from, bytes)),
            Found::Fault(fault) => work.added.faults.push(fault),
            Found::Skipped(path) => work.added.skipped.push(path),
        });
    }
    work.flush();
    let mut added = work.added;
    store.save()?;
    // Now that all is there: a document may come after what corrects it.
    added.placed.iter_mut().for_each(|placed| placed.settle(store));
    Ok(added)
}

/// A file before it is read: its path, what the record calls it, and its bytes.
type Unread = (String, String, Vec<u8>);

struct Work<'w> {
    store: &'w mut Store,
    replace: bool,
    progress: &'w mut dyn FnMut(usize, &str),
    done: usize,
    waiting: Vec<Unread>,
    /// Bytes waiting.
    bytes: usize,
    added: Added,
}

impl Work<'_> {
    fn take(&mut self, file: Unread) {
        self.bytes += file.2.len();
        self.waiting.push(file);
        if self.waiting.len() >= BATCH || self.bytes >= BATCH_BYTES {
            self.flush();
        }
    }

    /// Reads what is waiting, and keeps it.
    fn flush(&mut self) {
        self.bytes = 0;
        let batch = std::mem::take(&mut self.waiting);
        let store = &*self.store;
        let read: Vec<_> =
            batch.par_iter().map(|(path, _, bytes)| Read::of(store, path, bytes)).collect();
        for ((path, from, bytes), read) in batch.iter().zip(read) {
            let placed = match read {
                Read::Known(placed) => Ok(placed),
                Read::Text(text) => {
                    let incoming = Incoming { from, bytes, text: &text, symbol: None };
                    place(self.store, &incoming, self.replace)
                }
                Read::Fault(fault) => Err(fault),
            };
            match placed {
                Ok(placed) => self.added.placed.push(placed),
                Err(fault) => self.added.faults.push(fault),
            }
            self.done += 1;
            if self.done.is_multiple_of(SAVE_EVERY)
                && let Err(fault) = self.store.save()
            {
                self.added.faults.push(fault);
            }
            (self.progress)(self.done, path);
        }
    }
}

/// A file, read as far as needed.
enum Read {
    /// The library holds it and has it recorded.
    Known(Placed),
    Text(Box<Draft>),
    Fault(ReadError),
}

impl Read {
    fn of(store: &Store, path: &str, bytes: &[u8]) -> Self {
        if let Some((file, symbol, annex)) = store.known(bytes) {
            let outcome = Outcome::Held { file: file.to_owned() };
            return Self::Known(Placed::new(symbol, annex, file, outcome));
        }
        match read::read(path, bytes) {
            Ok(text) if text.paragraphs.is_empty() => Self::Fault(ReadError {
                path: path.to_owned(),
                at: None,
                message: "no paragraph was found in this file; get a fresh copy of it".to_owned(),
            }),
            Ok(text) => Self::Text(Box::new(text)),
            Err(fault) => Self::Fault(fault),
        }
    }
}

/// Adds one text that is already read, as [`add`] does.
///
/// # Errors
/// When it, or the record of the library, cannot be written.
pub fn add_one(
    store: &mut Store,
    incoming: &Incoming<'_>,
    replace: bool,
) -> Result<Placed, ReadError> {
    let mut placed = place(store, incoming, replace)?;
    store.save()?;
    placed.settle(store);
    Ok(placed)
}

/// Keeps one text, and says what it is called.
fn place(store: &mut Store, incoming: &Incoming<'_>, replace: bool) -> Result<Placed, ReadError> {
    let outcome = store.place(incoming, replace)?;
    let front = &incoming.text.front;
    let symbol = front.symbol.as_deref().or(incoming.symbol);
    Ok(Placed::new(symbol, front.annex.as_deref(), incoming.text.label(), outcome))
}
