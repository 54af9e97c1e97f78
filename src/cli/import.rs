//! `adref import`: files as they arrive in; each as a draft in Markdown or AKN4UN, and what was not taken over, out.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::output::{Ended, complain, mention, print, say, write_file};
use super::{Common, input};
use adref::model::{Draft, Paragraph};
use adref::{read, report};

/// Write files as drafts: Markdown, one line a paragraph with the numbers as printed, or AKN4UN XML
#[derive(clap::Args)]
pub(super) struct Import {
    /// Files to take over: Word, PDF, web pages, plain text, AKN4UN XML, Markdown; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// How to write them [default: markdown, or what the ending of --output says]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// Replace files that are already there
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// A draft to work on: .md
    Markdown,
    /// The XML form of United Nations documents: .xml or .akn
    Akn,
}

impl FormatName {
    /// What to call it, and the ending of its files.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Markdown => ("Markdown", "md"),
            Self::Akn => ("AKN4UN", "xml"),
        }
    }

    fn write(self, draft: &Draft) -> String {
        match self {
            Self::Markdown => report::draft(draft),
            Self::Akn => report::akn(draft),
        }
    }
}

pub(super) fn run(command: &Import, common: &Common) -> Result<Ended> {
    let folder = folder(command, common)?;
    let format = format(command, common, folder.is_some())?;
    let mut ended = Ended::Clean;
    let mut taken = HashSet::new();
    for name in &command.files {
        if let Err(error) = one(name, folder.as_deref(), format, command, common, &mut taken) {
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
    Ok(None)
}

/// What the drafts are written as.
fn format(command: &Import, common: &Common, into_folder: bool) -> Result<FormatName> {
    if !into_folder {
        common.agrees(command.format)?;
    }
    match (command.format, &common.output, common.ending().as_deref()) {
        (Some(format), ..) => Ok(format),
        (None, None, _) => Ok(FormatName::Markdown),
        (None, Some(_), _) if into_folder => Ok(FormatName::Markdown),
        (None, Some(_), Some("md" | "markdown")) => Ok(FormatName::Markdown),
        (None, Some(_), Some("xml" | "akn")) => Ok(FormatName::Akn),
        (None, Some(output), _) => bail!(
            "{}: import writes Markdown and AKN4UN XML; give a name that ends in .md or .xml, or say --format",
            output.display()
        ),
    }
}

fn one(
    name: &str,
    folder: Option<&Path>,
    format: FormatName,
    command: &Import,
    common: &Common,
    taken: &mut HashSet<PathBuf>,
) -> Result<()> {
    let draft = input::draft(name, common.reading())?;
    draft.findings.iter().for_each(mention);
    let written = format.write(&draft);
    let path = match folder {
        Some(folder) => Some(folder.join(file_name(&draft, format))),
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
        write_file(path, &written)?;
    } else {
        print(&written)?;
    }
    say(&report::taken_over(&draft));
    if let Some(path) = &path {
        say(&format!("  written to {}\n", path.display()));
    }
    if let Some(odd) = changed(&draft, &written) {
        let (name, _) = format.names();
        say(&format!("  check paragraph {odd}: {name} could not hold it exactly as it was read\n"));
    }
    Ok(())
}

/// The first paragraph that reading what was written gives otherwise.
fn changed(draft: &Draft, written: &str) -> Option<String> {
    let again = read::read("", written.as_bytes()).unwrap_or_default();
    let same = |a: &Paragraph, b: &Paragraph| {
        (&a.id, &a.annex, &a.text, &a.parts) == (&b.id, &b.annex, &b.text, &b.parts)
    };
    let mut pairs = draft.paragraphs.iter().enumerate();
    let odd = pairs.find(|(at, old)| !again.paragraphs.get(*at).is_some_and(|new| same(old, new)));
    odd.map(|(_, paragraph)| paragraph.address(None))
}

/// `a-res-70-125.md` from the symbol, else the name of the file.
fn file_name(draft: &Draft, format: FormatName) -> String {
    let stem = Path::new(&draft.path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let symbol = draft.front.symbol.as_ref();
    let whole = symbol.cloned().or(stem).unwrap_or_default().to_lowercase();
    let parts = whole.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let name = parts.collect::<Vec<_>>().join("-");
    let (_, ending) = format.names();
    format!("{}.{ending}", if name.is_empty() { "draft" } else { &name })
}
