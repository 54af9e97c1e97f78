//! The names of drafts in; the drafts, put together by the library they are held against, out.

use anyhow::Result;

use super::output::{Ended, complain};
use super::places::{Places, places};
use super::{Common, input};
use adref::model::{Draft, Library};
use adref::pipeline;

/// For each draft so many files of a library are held as a whole,
const FEW_FOR_EACH: usize = 64;

/// and never more than this: some 100 MB of resolutions.
const MOST_HELD: usize = 2_000;

/// Drafts that are held against the same library, with their places on the command line.
pub(super) struct Table {
    pub(super) places: Places,
    pub(super) drafts: Vec<(usize, Draft)>,
}

/// Reads the drafts called so. What cannot be read is told, and the rest is read all the same.
pub(super) fn tables<'n>(
    names: impl Iterator<Item = &'n str>,
    common: &Common,
) -> (Vec<Table>, Ended) {
    let mut ended = Ended::Clean;
    let mut tables: Vec<Table> = Vec::new();
    for (order, name) in names.enumerate() {
        let read = places(name, common)
            .and_then(|places| Ok((places, input::draft(name, common.reading())?)));
        match read {
            Ok((places, draft)) => match tables.iter_mut().find(|table| table.places == places) {
                Some(table) => table.drafts.push((order, draft)),
                None => tables.push(Table { places, drafts: vec![(order, draft)] }),
            },
            Err(error) => {
                complain(&error);
                ended = Ended::Incomplete;
            }
        }
    }
    (tables, ended)
}

impl Table {
    /// The library that its drafts are held against, as far as they need it.
    pub(super) fn library(&self, common: &Common) -> Result<Library> {
        let Places { library: folders, config } = &self.places;
        let drafts: Vec<&Draft> = self.drafts.iter().map(|(_, draft)| draft).collect();
        let mut holding = common.holding();
        // What is not held is looked through twice for each draft; with many drafts it is cheaper to hold more.
        holding.few = holding.few.max((drafts.len() * FEW_FOR_EACH).min(MOST_HELD));
        Ok(pipeline::library_for(&drafts, folders, &config.thresholds, &holding)?)
    }
}
