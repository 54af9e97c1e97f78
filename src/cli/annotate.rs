//! `adref annotate`: drafts in; each with its paragraphs linked and marked out.

use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;

use super::output::{Ended, complain, mention, mention_in_short};
use super::tables::{Table, tables};
use super::word::{self, Signed};
use super::words::words;
use super::{Common, input};
use adref::model::{Annotation, Library, Mark, Severity};
use adref::pipeline::Annotator;
use adref::report::{self, Format, Options};

/// Link every paragraph of a draft to its agreed language, and mark it
#[derive(clap::Args)]
pub(super) struct Annotate {
    /// Drafts: Markdown, Word, PDF, HTML, plain text or AKN4UN XML files, `-` for standard input, or `REVISION:file`
    /// from git
    #[arg(required = true, value_name = "DRAFT")]
    drafts: Vec<String>,
    /// How to write the report [default: terminal, or what the ending of --output says]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// Show only paragraphs with these marks
    #[arg(long, value_enum, value_delimiter = ',', value_name = "MARK")]
    only: Vec<MarkName>,
    /// Show only this paragraph, by its printed number
    #[arg(long, value_name = "NUMBER", value_parser = words)]
    paragraph: Option<String>,
    #[command(flatten)]
    signed: Signed,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Terminal,
    Markdown,
    Json,
    /// The draft as a Word file, with colours and comments
    Docx,
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
    let ending = common.ending();
    let named = command.format.is_none() && ending.as_deref() == Some("docx");
    if named || matches!(command.format, Some(FormatName::Docx)) {
        let [draft] = command.drafts.as_slice() else {
            anyhow::bail!("a Word file holds one draft; annotate them one by one");
        };
        if command.paragraph.is_some() || !command.only.is_empty() {
            anyhow::bail!("a Word file holds the whole draft; leave out --only and --paragraph");
        }
        return word::annotate(draft, &command.signed, common);
    }
    let mut options = options(command, common)?;
    let names = command.drafts.iter().map(|name| input::addressed(name));
    // `draft.md#12` asks for one paragraph as --paragraph does.
    let address = names.clone().find_map(|(_, address)| address);
    options.paragraph = options.paragraph.or(address.map(str::to_owned));
    let (tables, mut ended) = tables(names.map(|(name, _)| name), common);
    let mut annotated: Vec<(usize, Annotation, usize)> = Vec::new();
    let mut libraries: Vec<Library> = Vec::new();
    for table in tables {
        match annotate(table, common) {
            Ok((library, annotations)) => {
                mention_in_short(&library.findings);
                if library.findings.iter().any(|f| f.severity == Severity::Error) {
                    ended = Ended::Incomplete;
                }
                annotated.extend(annotations.into_iter().map(|(o, a)| (o, a, libraries.len())));
                libraries.push(library);
            }
            Err(error) => {
                complain(&error);
                ended = Ended::Incomplete;
            }
        }
    }
    annotated.sort_by_key(|(order, ..)| *order);
    annotated.iter().for_each(|(_, a, _)| a.draft.findings.iter().for_each(mention));
    if let Some(wanted) = &options.paragraph {
        let has =
            |(_, a, _): &(_, Annotation, _)| a.draft.paragraphs.iter().any(|p| p.is_called(wanted));
        if !annotated.is_empty() && !annotated.iter().any(has) {
            anyhow::bail!("there is no paragraph {wanted} in {}", command.drafts.join(", "));
        }
    }
    let empty = Library::default();
    let drafts: Vec<(&Annotation, &Library)> = annotated
        .iter()
        .map(|(_, annotation, at)| (annotation, libraries.get(*at).unwrap_or(&empty)))
        .collect();
    if !drafts.is_empty() {
        let inputs = annotated.iter().map(|(_, a, _)| Path::new(&a.draft.path));
        let held = libraries.iter().flat_map(|l| &l.entries);
        common.spares(inputs.chain(held.map(|entry| Path::new(&entry.text.path))))?;
        common.write(&report::annotations(&drafts, &options))?;
    }
    Ok(ended)
}

/// Holds the drafts of a table against their library.
fn annotate(table: Table, common: &Common) -> Result<(Library, Vec<(usize, Annotation)>)> {
    let library = table.library(common)?;
    let annotator = Annotator::new(&library, table.places.config.thresholds);
    let annotated =
        table.drafts.into_iter().map(|(order, draft)| (order, annotator.annotate(draft)));
    let annotated = annotated.collect();
    Ok((library, annotated))
}

fn options(command: &Annotate, common: &Common) -> Result<Options> {
    let ending = common.output.as_ref().and_then(|path| path.extension());
    let ending = ending.map(|e| e.to_string_lossy().to_lowercase());
    let format = match (command.format, ending.as_deref()) {
        (Some(FormatName::Terminal), _) => Format::Terminal,
        (Some(FormatName::Markdown), _) => Format::Markdown,
        (Some(FormatName::Json), _) => Format::Json,
        (Some(FormatName::Docx), _) => anyhow::bail!("a Word file is written as a whole"),
        (None, None | Some("txt")) => Format::Terminal,
        (None, Some("md" | "markdown")) => Format::Markdown,
        (None, Some("json")) => Format::Json,
        (None, Some(other)) => anyhow::bail!(
            "no format is known for files ending in .{other}; use .docx, .md, .json or .txt, or say --format"
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
