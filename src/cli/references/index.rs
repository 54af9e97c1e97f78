//! `adref references index`: a library in; its index, kept in the cache folder, out.

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::super::Common;
use super::super::output::{Ended, say};
use super::super::places;
use adref::library::index::Built;
use adref::library::{self, Holding};

/// Make an index of a large library, so that it is not read anew each time
///
/// The index lies in the cache folder of the system. From then on every command keeps it current.
#[derive(clap::Args)]
pub(super) struct Index {
    /// Remove the index instead
    #[arg(long)]
    remove: bool,
}

impl Common {
    /// How libraries are held, as the user wishes.
    pub(in crate::cli) fn holding(&self) -> Holding {
        let indexes = if self.no_index { None } else { folder() };
        Holding { indexes, ..Holding::default() }
    }
}

/// The folder where indexes are kept.
fn folder() -> Option<PathBuf> {
    Some(places::cache()?.join("index"))
}

pub(super) fn run(command: &Index, common: &Common) -> Result<Ended> {
    let places = super::held(common)?;
    let folder = folder().context("no folder for caches is known here; set HOME")?;
    let text = if command.remove {
        match library::index::remove(&places, &folder)? {
            true => "The index was removed.\n".to_owned(),
            false => "There was no index.\n".to_owned(),
        }
    } else {
        let shown = std::io::stderr().is_terminal();
        let told = |done: usize, all: usize| {
            // A line for every tenth, so that a large library is not silent for seconds.
            if shown && done * 10 / all != done.saturating_sub(512) * 10 / all {
                say(&format!("{done} of {all} files read\n"));
            }
        };
        let built = library::index::build(&places, &folder, &told)?;
        summary(&built)
    };
    common.write(&text)?;
    Ok(Ended::Clean)
}

/// What was made, on one line.
fn summary(built: &Built) -> String {
    let (files, verb) = if built.files == 1 { ("file", "is") } else { ("files", "are") };
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let (text, index) = built.bytes;
    format!(
        "{} {files} ({:.1} MB) {verb} in the index {} ({:.1} MB).\n",
        built.files,
        megabytes(text),
        built.path.display(),
        megabytes(index)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_and_several() {
        let told = |files| {
            summary(&Built { path: "x.adref".into(), files, bytes: (2_000_000, 1_500_000) })
        };
        assert_eq!(told(1), "1 file (2.0 MB) is in the index x.adref (1.5 MB).\n");
        assert_eq!(told(12), "12 files (2.0 MB) are in the index x.adref (1.5 MB).\n");
    }
}
