//! `adref references add`: files, folders and archives in; the texts in the library, and what became of each, out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::super::Common;
use super::super::output::{Ended, complain, mention_first};
use super::super::places::writable;
use super::super::progress::Progress;
use adref::library::{self, Added, Outcome, Placed, Store};
use adref::model::Finding;
use adref::report::sanitized;

/// Add texts: files, folders, and zip archives of them
#[derive(clap::Args)]
pub(super) struct Add {
    /// Files (AKN4UN XML, Markdown, Word, HTML, PDF), folders, and zip archives of any of these
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    target: Target,
}

/// Where texts go, and what they may replace.
#[derive(clap::Args)]
pub(super) struct Target {
    /// Take the new text even where a better one is held, or one made by hand
    #[arg(long)]
    pub(super) replace: bool,
    /// Put it into your personal library, which all your drafts share
    #[arg(long)]
    pub(super) personal: bool,
}

/// So many texts are told one by one when nothing happened to them that needs a word; else they are counted.
const FEW: usize = 20;

pub(super) fn run(command: &Add, common: &Common) -> Result<Ended> {
    let folder = writable(common, command.target.personal)?;
    let mut store = Store::open(&folder)?;
    let added = {
        let mut progress = Progress::new();
        let mut tell = |done: usize, at: &str| progress.tell(done, at);
        library::add(&mut store, &command.paths, command.target.replace, &mut tell)?
    };
    for fault in &added.faults {
        complain(&fault.clone().into());
    }
    if added.placed.is_empty() && added.faults.is_empty() {
        let paths: Vec<String> = command.paths.iter().map(|p| p.display().to_string()).collect();
        bail!(
            "{}: there is no text here; texts are AKN4UN XML, Markdown, Word, HTML and PDF files",
            paths.join(", ")
        );
    }
    common.write(sanitized(&told(&added, &folder)))?;
    mention_first(&remarks(&added, &folder)?);
    Ok(if added.faults.is_empty() { Ended::Clean } else { Ended::Incomplete })
}

/// So many new texts are looked through for what is wrong with them; of more, `verify` tells.
const FEW_NEW: usize = 128;

/// What is wrong with the texts that are new to the library.
fn remarks(added: &Added, folder: &Path) -> Result<Vec<Finding>> {
    let new = added.placed.iter().filter_map(|placed| match &placed.outcome {
        Outcome::Added { file } | Outcome::Replaced { file, .. } => Some(folder.join(file)),
        Outcome::Held { .. } | Outcome::Kept { .. } => None,
    });
    // A file that was added and replaced by a later one is gone.
    let new: BTreeSet<PathBuf> = new.filter(|path| path.exists()).collect();
    if new.len() > FEW_NEW {
        let advice = "adref references verify";
        let told = format!(
            "{} texts are new; `{advice}` tells whether anything is wrong with them",
            new.len()
        );
        return Ok(vec![Finding::note("new-texts", &folder.display().to_string(), told)]);
    }
    Ok(library::load(&new.into_iter().collect::<Vec<_>>())?.findings)
}

/// What became of the texts, in a line each and a line for all.
pub(super) fn told(added: &Added, folder: &Path) -> String {
    let few = added.placed.len() <= FEW;
    let plain = |placed: &&Placed| {
        matches!(placed.outcome, Outcome::Added { .. } | Outcome::Held { .. })
            && placed.corrects.is_none()
            && placed.corrected_by.is_empty()
    };
    let lines = added.placed.iter().filter(|placed| few || !plain(placed)).map(line);
    let mut out: String = lines.collect();
    if let Some(first) = added.skipped.first() {
        let count = added.skipped.len();
        let files =
            if count == 1 { "file of another kind was" } else { "files of other kinds were" };
        let more = if count > 1 { ", …" } else { "" };
        out.push_str(&format!("{count} {files} passed over: {first}{more}\n"));
    }
    let count = |is: fn(&Outcome) -> bool| added.placed.iter().filter(|p| is(&p.outcome)).count();
    let counts = [
        (count(|o| matches!(o, Outcome::Added { .. })), "added"),
        (count(|o| matches!(o, Outcome::Replaced { .. })), "replaced"),
        (count(|o| matches!(o, Outcome::Held { .. })), "already held"),
        (count(|o| matches!(o, Outcome::Kept { .. })), "not taken"),
        (added.faults.len(), "could not be read"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    out.push_str(&format!("{}. Library: {}\n", counts.join(", "), folder.display()));
    out
}

fn line(placed: &Placed) -> String {
    let name = &placed.name;
    let mut line = match &placed.outcome {
        Outcome::Added { file } => format!("{name}: added as {file}"),
        Outcome::Held { file } => format!("{name}: already held in {file}"),
        Outcome::Kept { file, why } => format!("{name}: not taken, {file} is kept: {why}"),
        Outcome::Replaced { file, old, why } if file == old => {
            format!("{name}: replaced {file}: {why}")
        }
        Outcome::Replaced { file, old, why } => format!("{name}: {file} replaced {old}: {why}"),
    };
    match &placed.corrects {
        Some((base, Some(file))) => line.push_str(&format!("; it corrects {base}, held in {file}")),
        Some((base, None)) => {
            line.push_str(&format!("; it corrects {base}, which is not held here"))
        }
        None => {}
    }
    if !placed.corrected_by.is_empty() {
        line.push_str(&format!("; it is corrected by {}", placed.corrected_by.join(", ")));
    }
    line + "\n"
}
