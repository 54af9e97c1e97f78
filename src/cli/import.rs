//! `adref import`: files as they arrive in; each as a Markdown draft, and what was not taken over, out.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::output::{Ended, complain, mention, print, say, write_file};
use super::{Common, input};
use adref::model::{Draft, Paragraph};
use adref::{read, report};

/// Write files as Markdown drafts: one line a paragraph, with the numbers as printed
#[derive(clap::Args)]
pub(super) struct Import {
    /// Files to take over: Word, PDF, web pages, plain text, AKN4UN XML, Markdown; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Replace files that are already there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(command: &Import, common: &Common) -> Result<Ended> {
    let folder = folder(command, common)?;
    let mut ended = Ended::Clean;
    let mut taken = HashSet::new();
    for name in &command.files {
        if let Err(error) = one(name, folder.as_deref(), command, common, &mut taken) {
            complain(&error);
            ended = Ended::Incomplete;
        }
    }
    Ok(ended)
}

/// The folder to write into, where the output is one.
fn folder(command: &Import, common: &Common) -> Result<Option<PathBuf>> {
    let Some(output) = &common.output else {
        if command.files.len() > 1 {
            bail!("several files need a folder to be written into: say --output FOLDER");
        }
        return Ok(None);
    };
    if output.is_dir() {
        return Ok(Some(output.clone()));
    }
    let shown = output.display();
    if command.files.len() > 1 || output.to_string_lossy().ends_with('/') {
        bail!("{shown}: there is no such folder; make it first");
    }
    let ending = output.extension().map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("md" | "markdown") => Ok(None),
        _ => bail!("{shown}: import writes Markdown; give a name that ends in .md"),
    }
}

fn one(
    name: &str,
    folder: Option<&Path>,
    command: &Import,
    common: &Common,
    taken: &mut HashSet<PathBuf>,
) -> Result<()> {
    let draft = input::draft(name, common.reading())?;
    draft.findings.iter().for_each(mention);
    let markdown = report::draft(&draft);
    let path = match folder {
        Some(folder) => Some(folder.join(file_name(&draft))),
        None => common.output.clone(),
    };
    if let Some(path) = &path {
        let shown = path.display();
        if !taken.insert(path.clone()) {
            bail!("{name}: another of the files was written as {shown}; import this one by itself");
        }
        if path.exists() && path.canonicalize().ok() == Path::new(name).canonicalize().ok() {
            bail!("{shown}: this is the file to be taken over; choose another name");
        }
        if path.exists() && !command.force {
            bail!("{shown} is already there; say --force to replace it, or choose another name");
        }
        write_file(path, &markdown)?;
    } else {
        print(&markdown)?;
    }
    say(&report::taken_over(&draft));
    if let Some(path) = &path {
        say(&format!("  written to {}\n", path.display()));
    }
    if let Some(odd) = changed(&draft, &markdown) {
        say(&format!(
            "  check paragraph {odd}: Markdown could not hold it exactly as it was read\n"
        ));
    }
    Ok(())
}

/// The first paragraph that reading the Markdown gives otherwise.
fn changed(draft: &Draft, markdown: &str) -> Option<String> {
    let again = read::read("", markdown.as_bytes()).unwrap_or_default();
    let same = |a: &Paragraph, b: &Paragraph| {
        (&a.id, &a.annex, &a.text, &a.parts) == (&b.id, &b.annex, &b.text, &b.parts)
    };
    let mut pairs = draft.paragraphs.iter().enumerate();
    let odd = pairs.find(|(at, old)| !again.paragraphs.get(*at).is_some_and(|new| same(old, new)));
    odd.map(|(_, paragraph)| paragraph.address(None))
}

/// `a-res-70-125.md` from the symbol, else the name of the file.
fn file_name(draft: &Draft) -> String {
    let stem = Path::new(&draft.path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let symbol = draft.front.symbol.as_ref();
    let whole = symbol.cloned().or(stem).unwrap_or_default().to_lowercase();
    let parts = whole.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let name = parts.collect::<Vec<_>>().join("-");
    if name.is_empty() { "draft.md".to_owned() } else { format!("{name}.md") }
}
