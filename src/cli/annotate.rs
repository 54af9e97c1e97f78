//! `adref annotate`: drafts in; each with its paragraphs linked and marked out.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;

use super::output::{Ended, complain, mention};
use super::places::{Places, places};
use super::{Common, input};
use adref::library;
use adref::model::{Annotation, Library, Mark, Severity};
use adref::pipeline::Annotator;
use adref::report::{self, Format, Options};

/// Link every paragraph of a draft to its agreed language, and mark it
#[derive(clap::Args)]
pub(super) struct Annotate {
    /// Drafts: Markdown or Word files, `-` for standard input, or `REVISION:file` from git
    #[arg(required = true, value_name = "DRAFT")]
    drafts: Vec<String>,
    /// How to write the report [default: terminal, or what the ending of --output says]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// Show only paragraphs with these marks
    #[arg(long, value_enum, value_delimiter = ',', value_name = "MARK")]
    only: Vec<MarkName>,
    /// Show only this paragraph, by its printed number
    #[arg(long, value_name = "NUMBER")]
    paragraph: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Terminal,
    Markdown,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum MarkName {
    New,
    Recalled,
    Reaffirmed,
    /// Nothing but a bracket that holds a place
    Placeholder,
}

pub(super) fn run(command: &Annotate, common: &Common) -> Result<Ended> {
    let mut options = options(command, common)?;
    let mut libraries = Libraries::default();
    let mut ended = Ended::Clean;
    let mut annotated: Vec<(Vec<PathBuf>, Annotation)> = Vec::new();
    for name in &command.drafts {
        let (name, address) = input::addressed(name);
        // `draft.md#12` asks for one paragraph as --paragraph does.
        options.paragraph = options.paragraph.or(address.map(str::to_owned));
        match annotate(name, common, &mut libraries) {
            Ok((places, annotation)) => {
                annotation.draft.findings.iter().for_each(mention);
                annotated.push((places, annotation));
            }
            Err(error) => {
                complain(&error);
                ended = Ended::Incomplete;
            }
        }
    }
    if libraries.broken {
        ended = Ended::Incomplete;
    }
    if let Some(wanted) = &options.paragraph {
        let has = |(_, a): &(_, Annotation)| a.draft.paragraphs.iter().any(|p| p.is_called(wanted));
        if !annotated.is_empty() && !annotated.iter().any(has) {
            anyhow::bail!("there is no paragraph {wanted} in {}", command.drafts.join(", "));
        }
    }
    let empty = Library::default();
    let library = |places| libraries.read.get(places).unwrap_or(&empty);
    let drafts: Vec<(&Annotation, &Library)> =
        annotated.iter().map(|(places, annotation)| (annotation, library(places))).collect();
    if !drafts.is_empty() {
        let inputs = annotated.iter().map(|(_, a)| Path::new(&a.draft.path));
        let held = libraries.read.values().flat_map(|l| &l.entries);
        common.spares(inputs.chain(held.map(|entry| Path::new(&entry.text.path))))?;
        common.write(&report::annotations(&drafts, &options))?;
    }
    Ok(ended)
}

fn options(command: &Annotate, common: &Common) -> Result<Options> {
    let ending = common.output.as_ref().and_then(|path| path.extension());
    let ending = ending.map(|e| e.to_string_lossy().to_lowercase());
    let format = match (command.format, ending.as_deref()) {
        (Some(FormatName::Terminal), _) => Format::Terminal,
        (Some(FormatName::Markdown), _) => Format::Markdown,
        (Some(FormatName::Json), _) => Format::Json,
        (None, None | Some("txt")) => Format::Terminal,
        (None, Some("md" | "markdown")) => Format::Markdown,
        (None, Some("json")) => Format::Json,
        (None, Some(other)) => anyhow::bail!(
            "no format is known for files ending in .{other}; use .md, .json or .txt, or say --format"
        ),
    };
    let only = command.only.iter().map(|mark| match mark {
        MarkName::New => Some(Mark::New),
        MarkName::Recalled => Some(Mark::Recalled),
        MarkName::Reaffirmed => Some(Mark::Reaffirmed),
        MarkName::Placeholder => None,
    });
    Ok(Options {
        format,
        only: only.collect(),
        // A sub-paragraph is shown with the paragraph it stands in.
        paragraph: command.paragraph.as_deref().map(|p| input::number_of(p).to_owned()),
        several: command.drafts.len() > 1,
        width: common.width(),
        color: common.colored(),
    })
}

fn annotate(
    name: &str,
    common: &Common,
    libraries: &mut Libraries,
) -> Result<(Vec<PathBuf>, Annotation)> {
    let Places { library: folders, config } = places(name, common)?;
    let draft = input::draft(name, common.reading())?;
    let library = libraries.get(&folders)?;
    let annotation = Annotator::new(library, config.thresholds).annotate(draft);
    Ok((folders, annotation))
}

/// Libraries read so far, by their places.
#[derive(Default)]
struct Libraries {
    read: HashMap<Vec<PathBuf>, Library>,
    /// True once a reference could not be read.
    broken: bool,
}

impl Libraries {
    fn get(&mut self, places: &[PathBuf]) -> Result<&Library> {
        if !self.read.contains_key(places) {
            let library = library::load(places)?;
            library.findings.iter().for_each(mention);
            self.broken |= library.findings.iter().any(|f| f.severity == Severity::Error);
            self.read.insert(places.to_vec(), library);
        }
        Ok(&self.read[places])
    }
}
