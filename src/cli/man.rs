//! `adref man`: a folder in; a manual page for adref and for each of its commands out.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::output::{Ended, write_file};
use super::{Arguments, Common};

/// Write manual pages: with --output DIR one for each command into that folder, else the first one to the terminal
#[derive(clap::Args)]
pub(super) struct Manual {}

pub(super) fn run(_: &Manual, common: &Common) -> Result<Ended> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    // Only now each command knows its whole name and the options that all of them take.
    command.build();
    match &common.output {
        None => common.write(&page(&command)?.1)?,
        Some(folder) => {
            fs::create_dir_all(folder)
                .with_context(|| format!("{} could not be made", folder.display()))?;
            write(&command, folder)?;
        }
    }
    Ok(Ended::Clean)
}

/// Writes the page of a command, and those of the commands below it.
fn write(command: &Command, folder: &Path) -> Result<()> {
    let (name, text) = page(command)?;
    write_file(&folder.join(name), &text)?;
    command.get_subcommands().try_for_each(|below| write(below, folder))
}

/// The name of a page and its text.
fn page(command: &Command) -> Result<(String, String)> {
    let page = Man::new(command.clone());
    let mut text = Vec::new();
    page.render(&mut text)?;
    Ok((page.get_filename(), String::from_utf8(text)?))
}
