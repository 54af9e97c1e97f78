//! `adref references`: what to do with the library in; one file an action; how it ended out.

mod add;
mod fetch;
mod index;
mod language;
mod list;
mod remove;
mod show;
mod verify;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Subcommand;

use super::Common;
use super::output::{Ended, mention_in_short};
use super::places::places;
use adref::library;
use adref::model::{Library, Severity};

/// The library of agreed texts: add, fetch, list, show, verify, remove
#[derive(clap::Args)]
pub(super) struct References {
    #[command(subcommand)]
    command: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Add texts: files, folders, and zip archives of them
    Add(add::Add),
    /// Fetch documents by symbol from the United Nations; the one command that uses the network
    Fetch(fetch::Fetch),
    /// List all references: symbol, name, title, adopted, paragraphs, extent
    List(list::List),
    /// Show a reference, or one paragraph of it: A/RES/70/125#9, or GDC#22
    Show(show::Show),
    /// Look for files changed or lost, paragraphs left out, symbols held twice; ends with 1 if there are
    Verify(verify::Verify),
    /// Take references out of the library
    Remove(remove::Remove),
    /// Make an index of a large library, so that it is not read anew each time
    Index(index::Index),
}

pub(super) fn run(command: &References, common: &Common) -> Result<Ended> {
    match &command.command {
        Action::Add(add) => add::run(add, common),
        Action::Fetch(fetch) => fetch::run(fetch, common),
        Action::List(list) => list::run(list, common),
        Action::Show(show) => show::run(show, common),
        Action::Verify(verify) => verify::run(verify, common),
        Action::Remove(remove) => remove::run(remove, common),
        Action::Index(index) => index::run(index, common),
    }
}

/// Where the library is that is read.
///
/// # Errors
/// When there is none.
fn held(common: &Common) -> Result<Vec<PathBuf>> {
    let places = places("-", common)?.library;
    if places.is_empty() {
        bail!(
            "there is no library here: add texts with `adref references add`, or name a folder with --library DIR"
        );
    }
    Ok(places)
}

/// The library, and how it ends to read it; what is wrong with it is said in short.
fn load(common: &Common) -> Result<(Library, Ended)> {
    let library = library::load(&held(common)?)?;
    let ended = told(&library);
    Ok((library, ended))
}

/// Says in short what is wrong with a library; how it ended to read it.
fn told(library: &Library) -> Ended {
    mention_in_short(&library.findings);
    let broken = library.findings.iter().any(|f| f.severity == Severity::Error);
    if broken { Ended::Incomplete } else { Ended::Clean }
}
