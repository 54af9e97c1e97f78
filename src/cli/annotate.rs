//! `adref annotate`: drafts in; each with its paragraphs linked and marked out.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;

use super::output::{Ended, Form, complain, mention, mention_in_short};
use super::places::places;
use super::tables::{Table, tables};
use super::template::making;
use super::word::{self, Signed};
use super::words::words;
use super::{Common, input, view};
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
    /// Write HTML by a template of your own, in the language of Jinja; see the guide on reports
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Show the page in the browser, and follow the draft as it changes: the same as adref view
    #[arg(long)]
    watch: bool,
    /// Show only paragraphs with these marks
    #[arg(long, value_enum, value_delimiter = ',', value_name = "MARK")]
    only: Vec<MarkName>,
    /// Only the counts, the paragraphs of each mark, and in Markdown what each rests on in a line: short enough for a
    /// comment in a review
    #[arg(long)]
    summary: bool,
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
    /// A page that opens in a browser, alone and offline
    Html,
    /// A row for each paragraph
    Csv,
    /// The same as an Excel workbook
    Xlsx,
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
    if command.watch {
        return watched(command, common);
    }
    let form = form(command, common)?;
    if form == Form::Word {
        return in_word(command, common);
    }
    let mut options = options(command, common, form)?;
    let names = command.drafts.iter().map(|name| input::addressed(name));
    // `draft.md#12` asks for one paragraph as --paragraph does.
    let address = names.clone().find_map(|(_, address)| address);
    options.paragraph = options.paragraph.or(address.map(str::to_owned));
    let annotated = annotated(names.map(|(name, _)| name), common);
    let drafts = annotated.drafts();
    if let Some(wanted) = &options.paragraph {
        let has =
            |(a, _): &(&Annotation, _)| a.draft.paragraphs.iter().any(|p| p.is_called(wanted));
        if !drafts.is_empty() && !drafts.iter().any(has) {
            anyhow::bail!("there is no paragraph {wanted} in {}", command.drafts.join(", "));
        }
    }
    if !drafts.is_empty() {
        let inputs = drafts.iter().map(|(a, _)| Path::new(&a.draft.path));
        let held = annotated.libraries.iter().flat_map(|l| &l.entries);
        let held = held.map(|entry| Path::new(&entry.text.path));
        common.spares(inputs.chain(held).chain(command.template.as_deref()))?;
        if form == Form::Workbook {
            common.write_workbook(&report::annotations_xlsx(&drafts, &options)?)?;
        } else {
            common.write(report::annotations(&drafts, &options)?)?;
        }
    }
    Ok(annotated.ended)
}

/// Writes the draft as a Word file with its marks.
fn in_word(command: &Annotate, common: &Common) -> Result<Ended> {
    let [draft] = command.drafts.as_slice() else {
        anyhow::bail!("a Word file holds one draft; annotate them one by one");
    };
    if command.paragraph.is_some() || !command.only.is_empty() || command.summary {
        anyhow::bail!(
            "a Word file holds the whole draft; leave out --only, --paragraph and --summary"
        );
    }
    word::annotate(draft, &command.signed, common)
}

/// Shows the page of the draft in the browser instead of writing it.
fn watched(command: &Annotate, common: &Common) -> Result<Ended> {
    let [draft] = command.drafts.as_slice() else {
        anyhow::bail!("--watch follows one draft");
    };
    let page = command.format.is_none_or(|format| matches!(format, FormatName::Html));
    if !page || common.output.is_some() || command.summary || !command.only.is_empty() {
        anyhow::bail!(
            "--watch shows the page in the browser, and writes no file; leave out --format, --output, --summary and --only"
        );
    }
    let draft = match &command.paragraph {
        Some(paragraph) => format!("{draft}#{paragraph}"),
        None => draft.clone(),
    };
    view::watch(&draft, command.template.clone(), 0, true, common)
}

/// Drafts that were annotated, with the libraries they were held against.
struct Annotated {
    /// Each with its place in `libraries`, in the order in which they were named.
    annotations: Vec<(Annotation, usize)>,
    libraries: Vec<Library>,
    ended: Ended,
}

impl Annotated {
    fn drafts(&self) -> Vec<(&Annotation, &Library)> {
        let own = self.annotations.iter();
        own.filter_map(|(draft, at)| Some((draft, self.libraries.get(*at)?))).collect()
    }
}

/// Annotates the drafts called so. What cannot be read is told, and the rest is annotated all the same.
fn annotated<'n>(names: impl Iterator<Item = &'n str>, common: &Common) -> Annotated {
    let (tables, mut ended) = tables(names, common);
    let mut annotations: Vec<(usize, Annotation, usize)> = Vec::new();
    let mut libraries: Vec<Library> = Vec::new();
    for table in tables {
        match annotate(table, common) {
            Ok((library, own)) => {
                mention_in_short(&library.findings);
                if library.findings.iter().any(|f| f.severity == Severity::Error) {
                    ended = Ended::Incomplete;
                }
                annotations.extend(own.into_iter().map(|(o, a)| (o, a, libraries.len())));
                libraries.push(library);
            }
            Err(error) => {
                complain(&error);
                ended = Ended::Incomplete;
            }
        }
    }
    annotations.sort_by_key(|(order, ..)| *order);
    annotations.iter().for_each(|(_, a, _)| a.draft.findings.iter().for_each(mention));
    let annotations = annotations.into_iter().map(|(_, annotation, at)| (annotation, at));
    Annotated { annotations: annotations.collect(), libraries, ended }
}

/// Annotates one draft, and says what is wrong with it on its page alone.
///
/// # Errors
/// When the draft or its library cannot be read.
pub(super) fn one(name: &str, common: &Common) -> Result<(Library, Option<Annotation>)> {
    let draft = input::draft(name, common.reading())?;
    let table = Table { places: places(name, common)?, drafts: vec![(0, draft)] };
    let (library, annotations) = annotate(table, common)?;
    Ok((library, annotations.into_iter().map(|(_, annotation)| annotation).next()))
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

fn form(command: &Annotate, common: &Common) -> Result<Form<Format>> {
    // A template of the user's own writes what it likes.
    if command.template.is_none() {
        common.agrees(command.format)?;
    }
    let ending = common.ending();
    Ok(Form::Text(match (command.format, ending.as_deref()) {
        (Some(FormatName::Terminal), _) | (None, None | Some("txt")) => Format::Terminal,
        (Some(FormatName::Markdown), _) | (None, Some("md" | "markdown")) => Format::Markdown,
        (Some(FormatName::Json), _) | (None, Some("json")) => Format::Json,
        (Some(FormatName::Html), _) | (None, Some("html" | "htm")) => Format::Html,
        (Some(FormatName::Csv), _) | (None, Some("csv")) => Format::Csv,
        (Some(FormatName::Xlsx), _) | (None, Some("xlsx")) => return Ok(Form::Workbook),
        (Some(FormatName::Docx), _) | (None, Some("docx")) => return Ok(Form::Word),
        (None, Some(other)) => anyhow::bail!(
            "no format is known for files ending in .{other}; use .html, .docx, .xlsx, .csv, .md, .json or .txt, or say --format"
        ),
    }))
}

fn options(command: &Annotate, common: &Common, form: Form<Format>) -> Result<Options> {
    let short = [Some(Format::Terminal), Some(Format::Markdown), Some(Format::Json)];
    if command.summary && !short.contains(&form.text()) {
        anyhow::bail!("--summary is for --format terminal, markdown and json");
    }
    let only = command.only.iter().map(|mark| match mark {
        MarkName::New => Some(Mark::New),
        MarkName::Recalled => Some(Mark::Recalled),
        MarkName::Reaffirmed => Some(Mark::Reaffirmed),
        MarkName::Placeholder => None,
    });
    Ok(Options {
        format: form.text().unwrap_or_default(),
        only: only.collect(),
        // A sub-paragraph is shown with the paragraph it stands in.
        paragraph: command.paragraph.as_deref().map(|p| input::number_of(p).to_owned()),
        summary: command.summary,
        several: command.drafts.len() > 1,
        width: common.width(),
        color: common.colored(),
        making: making(command.template.as_deref(), form.text() == Some(Format::Html))?,
    })
}
