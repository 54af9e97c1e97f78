//! `adref history`: the revisions of a draft in; the life of every paragraph out.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::commits::{Commit, commits};
use super::output::{Ended, Form, complain, mention, mention_in_short};
use super::places::{Places, places};
use super::template::making;
use super::words::words;
use super::{Common, input};
use adref::model::{Draft, DraftRevision, History as Followed, Library, Severity, StepKind};
use adref::pipeline;
use adref::report::{self, HistoryFormat, HistoryOptions};

/// Follow every paragraph through all revisions of a draft: born, renumbered, edited, split, merged, dropped, back
#[derive(clap::Args)]
#[command(
    override_usage = "adref history [OPTIONS] <OLDEST> <NEXT>...\n       adref history [OPTIONS] --git <FILE>"
)]
pub(super) struct History {
    /// The revisions, the oldest first: files of any format that is read, `-` for standard input, or `REVISION:file` from
    /// git; `draft.md#12` shows the life of its paragraph 12
    #[arg(value_name = "DRAFT", required_unless_present = "git", conflicts_with = "git")]
    drafts: Vec<String>,
    /// Take all commits that touched this file, under whatever name it had
    #[arg(long, value_name = "FILE")]
    git: Option<String>,
    /// With --git: begin with the file as it stood at this revision of git
    #[arg(long, value_name = "REV", requires = "git")]
    since: Option<String>,
    /// How to write the report [default: terminal, or what the ending of --output says]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// Write HTML by a template of your own, in the language of Jinja; see the guide on reports
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Show only paragraphs to which one of these happened
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KIND")]
    only: Vec<KindName>,
    /// Show the whole life of one paragraph with its redlines: its number in the newest revision, or `12@REVISION`, where
    /// the revision is named as in the report or counted from 1
    #[arg(long, value_name = "NUMBER", value_parser = words)]
    paragraph: Option<String>,
    /// Do not look for agreed language
    #[arg(long, conflicts_with = "library")]
    no_library: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Terminal,
    Markdown,
    Json,
    /// A row for each paragraph
    Csv,
    /// The same as an Excel workbook
    Xlsx,
    /// A table on a page that opens in a browser, alone and offline; each cell leads to its redline
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum KindName {
    /// In every revision, with the same words in the same place
    Unchanged,
    Edited,
    Moved,
    Split,
    Merged,
    /// In a later revision for the first time
    New,
    Dropped,
    /// Dropped, and there again
    Back,
}

/// More revisions than this are not held at once.
const MOST_REVISIONS: usize = 500;

pub(super) fn run(command: &History, common: &Common) -> Result<Ended> {
    let form = form(command, common)?;
    let (read, lost) = match &command.git {
        Some(file) => from_git(file, command.since.as_deref(), common)?,
        None => named(&command.drafts, common)?,
    };
    let mut ended = if lost { Ended::Incomplete } else { Ended::Clean };
    if read.len() < 2 {
        bail!("{}", too_few(command, lost));
    }
    let asked: Vec<Option<String>> = read.iter().map(|(_, address)| address.clone()).collect();
    let revisions = DraftRevision::named(read.into_iter().map(|(revision, _)| revision).collect());
    revisions.iter().flat_map(|revision| &revision.draft.findings).for_each(mention);
    let wanted = wanted(command, &asked, &revisions)?;
    let (library, places) = library(command, common, &revisions)?;
    if let Some(library) = &library {
        mention_in_short(&library.findings);
        if library.findings.iter().any(|f| f.severity == Severity::Error) {
            ended = Ended::Incomplete;
        }
    }
    let thresholds = &places.config.thresholds;
    let history = pipeline::history(revisions, library.as_ref(), thresholds);
    let options = HistoryOptions {
        format: form.text().unwrap_or_default(),
        only: command.only.iter().map(|kind| kind.kind()).collect(),
        lives: wanted.map(|(revision, number)| lives(&history, revision, &number)),
        width: common.width(),
        color: common.colored(),
        making: making(command.template.as_deref(), form.text() == Some(HistoryFormat::Html))?,
    };
    let held = library.iter().flat_map(|library| &library.entries).map(|entry| &entry.text.path);
    let inputs = history.revisions.iter().map(|revision| &revision.draft.path).chain(held);
    common.spares(inputs.map(Path::new).chain(command.template.as_deref()))?;
    match form {
        Form::Text(_) => common.write(report::history(&history, library.as_ref(), &options)?)?,
        Form::Workbook | Form::Word => {
            common.write_workbook(&report::history_xlsx(&history, library.as_ref(), &options)?)?;
        }
    }
    Ok(ended)
}

/// Revisions that were read, each with the paragraph asked for behind its name; and whether one could not be.
type Read = (Vec<(DraftRevision, Option<String>)>, bool);

fn named(names: &[String], common: &Common) -> Result<Read> {
    let parted: Vec<(&str, Option<&str>)> =
        names.iter().map(|name| input::addressed(name)).collect();
    if parted.iter().filter(|(name, _)| *name == "-").count() > 1 {
        bail!("only one of the revisions can come from standard input");
    }
    bounded(parted.len())?;
    let mut read = Vec::new();
    let mut lost = false;
    for (name, address) in parted {
        match input::draft(name, common.reading()) {
            Ok(draft) => {
                let date = draft.front.date.clone();
                let revision = DraftRevision { date, draft, ..DraftRevision::default() };
                read.push((revision, address.map(str::to_owned)));
            }
            Err(error) => {
                complain(&error);
                lost = true;
            }
        }
    }
    Ok((read, lost))
}

fn from_git(file: &str, since: Option<&str>, common: &Common) -> Result<Read> {
    let (file, address) = input::addressed(file);
    let commits = commits(file, since)?;
    bounded(commits.len())?;
    let newest = commits.len().saturating_sub(1);
    let mut read = Vec::new();
    let mut lost = false;
    for (at, commit) in commits.into_iter().enumerate() {
        match commit.draft(common.reading()) {
            Ok(draft) => {
                let Commit { hash, date, .. } = commit;
                let date = draft.front.date.clone().or(Some(date));
                let revision =
                    DraftRevision { label: String::new(), date, commit: Some(hash), draft };
                read.push((revision, address.filter(|_| at == newest).map(str::to_owned)));
            }
            Err(error) => {
                complain(&error);
                lost = true;
            }
        }
    }
    Ok((read, lost))
}

fn bounded(revisions: usize) -> Result<()> {
    if revisions > MOST_REVISIONS {
        bail!(
            "{revisions} revisions are more than can be followed at once ({MOST_REVISIONS}); \
             give fewer, or with --git begin later with --since"
        );
    }
    Ok(())
}

fn too_few(command: &History, lost: bool) -> String {
    if lost {
        return "fewer than two revisions could be read, and there is nothing to follow".to_owned();
    }
    match (&command.git, &command.since) {
        (Some(file), Some(since)) => {
            format!("{file}: git has no later revision of it than {since}; begin earlier")
        }
        (Some(file), None) => {
            format!("{file}: git has one revision of it only, and a history needs two")
        }
        (None, _) => {
            "give two revisions or more, the oldest first; or --git and one file, for all \
                      commits that touched it"
                .to_owned()
        }
    }
}

/// The paragraph asked for: the revision it is in, and its number there.
fn wanted(
    command: &History,
    asked: &[Option<String>],
    revisions: &[DraftRevision],
) -> Result<Option<(usize, String)>> {
    let mut named = asked.iter().enumerate().filter_map(|(at, own)| Some((at, own.clone()?)));
    let behind = named.next();
    if named.next().is_some() || behind.is_some() && command.paragraph.is_some() {
        bail!("name one paragraph: behind one of the revisions, or with --paragraph");
    }
    let newest = revisions.len() - 1;
    let (revision, number) = match (&command.paragraph, behind) {
        (Some(paragraph), _) => match paragraph.rsplit_once('@') {
            Some((number, name)) => (called(name.trim(), revisions)?, number),
            None => (newest, paragraph.as_str()),
        },
        (None, Some((at, ref number))) => return found(at, number, revisions),
        (None, None) => return Ok(None),
    };
    found(revision, input::number_of(number), revisions)
}

/// The revision that is called so, else that of this place.
fn called(name: &str, revisions: &[DraftRevision]) -> Result<usize> {
    let is_label = |revision: &DraftRevision| revision.label.to_lowercase() == name.to_lowercase();
    let is_commit = |revision: &DraftRevision| revision.commit.as_deref() == Some(name);
    let named = revisions.iter().position(is_label).or(revisions.iter().position(is_commit));
    let counted = || name.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < revisions.len());
    if let Some(at) = named.or_else(counted) {
        return Ok(at);
    }
    let labels: Vec<&str> = revisions.iter().map(|revision| revision.label.as_str()).collect();
    bail!(
        "there is no revision {name}; there are {}, or 1 to {}",
        labels.join(", "),
        revisions.len()
    )
}

/// Makes sure that a revision has the paragraph; where another has it, says so.
fn found(
    revision: usize,
    number: &str,
    revisions: &[DraftRevision],
) -> Result<Option<(usize, String)>> {
    let has = |draft: &Draft| draft.paragraphs.iter().any(|paragraph| paragraph.is_called(number));
    let own = revisions.get(revision);
    if own.is_some_and(|own| has(&own.draft)) {
        return Ok(Some((revision, number.to_owned())));
    }
    let label = own.map_or("", |own| own.label.as_str());
    let other = revisions.iter().rposition(|revision| has(&revision.draft));
    let help = other.and_then(|at| Some((at + 1, &revisions.get(at)?.label)));
    match help {
        Some((place, other)) => bail!(
            "there is no paragraph {number} in {label}, but there is one in {other}: --paragraph \"{number}@{place}\""
        ),
        None => bail!("there is no paragraph {number} in any revision"),
    }
}

/// The lineages of all paragraphs of a revision that are called so.
fn lives(history: &Followed, revision: usize, number: &str) -> Vec<usize> {
    let draft = history.revisions.get(revision).map(|revision| &revision.draft);
    let paragraphs = draft.into_iter().flat_map(|draft| draft.paragraphs.iter().enumerate());
    let called = paragraphs.filter(|(_, paragraph)| paragraph.is_called(number));
    called.filter_map(|(at, _)| history.lineage_of(revision, at)).collect()
}

/// The library that the revisions are held against, where there is one.
fn library(
    command: &History,
    common: &Common,
    revisions: &[DraftRevision],
) -> Result<(Option<Library>, Places)> {
    let newest = revisions.last().map_or("", |revision| revision.draft.path.as_str());
    let places = places(command.git.as_deref().unwrap_or(newest), common)?;
    if command.no_library || places.library.is_empty() {
        return Ok((None, places));
    }
    let drafts: Vec<&Draft> = revisions.iter().map(|revision| &revision.draft).collect();
    let thresholds = &places.config.thresholds;
    let library = pipeline::library_for(&drafts, &places.library, thresholds, &common.holding())?;
    Ok((Some(library), places))
}

fn form(command: &History, common: &Common) -> Result<Form<HistoryFormat>> {
    // A template of the user's own writes what it likes.
    if command.template.is_none() {
        common.agrees(command.format)?;
    }
    Ok(Form::Text(match (command.format, common.ending().as_deref()) {
        (Some(FormatName::Terminal), _) | (None, None | Some("txt")) => HistoryFormat::Terminal,
        (Some(FormatName::Markdown), _) | (None, Some("md" | "markdown")) => {
            HistoryFormat::Markdown
        }
        (Some(FormatName::Json), _) | (None, Some("json")) => HistoryFormat::Json,
        (Some(FormatName::Csv), _) | (None, Some("csv")) => HistoryFormat::Csv,
        (Some(FormatName::Xlsx), _) | (None, Some("xlsx")) => return Ok(Form::Workbook),
        (Some(FormatName::Html), _) | (None, Some("html" | "htm")) => HistoryFormat::Html,
        (None, Some(other)) => bail!(
            "no format is known for files ending in .{other}; use .html, .xlsx, .csv, .md, .json or .txt, or say --format"
        ),
    }))
}

impl KindName {
    fn kind(self) -> StepKind {
        match self {
            Self::Unchanged => StepKind::Unchanged,
            Self::Edited => StepKind::Edited,
            Self::Moved => StepKind::Moved,
            Self::Split => StepKind::Split,
            Self::Merged => StepKind::Merged,
            Self::New => StepKind::New,
            Self::Dropped => StepKind::Dropped,
            Self::Back => StepKind::Back,
        }
    }
}
