//! `adref diff`: two revisions of a draft in; what became of the one in the other out.

mod pair;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;

use self::pair::Pair;
use super::output::{Ended, Form, complain, mention, mention_in_short, say};
use super::places::{Places, places};
use super::template::making;
use super::word::{self, Signed};
use super::words::words;
use super::{Common, input};
use adref::model::{ChangeKind, Draft, Library, Paragraph, Severity};
use adref::pipeline::{self, Diffed};
use adref::read::{Reading, Revisions};
use adref::report::{self, Compared, DiffFormat, DiffOptions};

/// From so many columns on, two stand side by side where they are asked for.
const TWO_COLUMNS: usize = 120;

/// From so many columns on, two stand side by side without being asked for.
const WIDE: usize = 160;

/// Of several paragraphs with one number so many others are named.
const MOST_NAMED: usize = 3;

/// Compare two revisions of a draft, paragraph by paragraph, through renumbering, moves, splits and merges
#[derive(clap::Args)]
#[command(
    override_usage = "adref diff [OPTIONS] <OLD> <NEW>\n       adref diff [OPTIONS] --rev <REV> <DRAFT>"
)]
pub(super) struct Diff {
    /// The old draft and the new one: files of any format that is read, `-` for standard input, or `REVISION:file` from
    /// git
    #[arg(required = true, value_name = "DRAFT", num_args = 1..=9)]
    drafts: Vec<String>,
    /// Compare with the same file at this revision of git
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    /// How to write the report [default: terminal, or what the ending of --output says]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// Only the counts and the numbers
    #[arg(long)]
    summary: bool,
    /// Write HTML by a template of your own, in the language of Jinja; see the guide on reports
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Show only changes of these kinds
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KIND")]
    only: Vec<KindName>,
    /// Show only what became of this paragraph of either draft, by its printed number
    #[arg(long, value_name = "NUMBER", value_parser = words)]
    paragraph: Option<String>,
    /// Show the old text beside the new one; done without asking in a terminal of 160 columns and more
    #[arg(long)]
    side_by_side: bool,
    /// Show so many unchanged paragraphs before and after each change
    #[arg(
        long,
        default_value = "0",
        value_name = "NUMBER",
        value_parser = count,
        allow_hyphen_values = true
    )]
    context: usize,
    /// End with 1 where anything differs
    #[arg(long)]
    exit_code: bool,
    /// Do not look for agreed language
    #[arg(long, conflicts_with = "library")]
    no_library: bool,
    #[command(flatten)]
    signed: Signed,
    /// Take the arguments that git gives to an external diff driver
    #[arg(long, hide = true, conflicts_with = "rev")]
    git: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Terminal,
    Markdown,
    Json,
    /// The new draft in Markdown with the changes marked in it
    #[value(name = "criticmarkup")]
    CriticMarkup,
    /// Which paragraph became which
    Csv,
    /// The same as an Excel workbook
    Xlsx,
    /// The whole redline on a page that opens in a browser, alone and offline
    Html,
    /// The old draft as a Word file with tracked changes
    Docx,
}

#[derive(Clone, Copy, ValueEnum)]
enum KindName {
    Unchanged,
    Edited,
    Moved,
    Split,
    Merged,
    Added,
    Removed,
}

/// A number of paragraphs; more than any draft has is as good as all.
fn count(text: &str) -> Result<usize, String> {
    let digits = text.trim();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err("give a number of paragraphs: 0, 1, 2 and so on".to_owned());
    }
    Ok(digits.parse().unwrap_or(usize::MAX))
}

pub(super) fn run(command: &Diff, common: &Common) -> Result<Ended> {
    if !command.git {
        return compare(command, common, &Pair::named(command)?);
    }
    // Git takes any other end for a fault of the driver, and shows no further file.
    let compared = Pair::of_git(&command.drafts).and_then(|pair| match pair {
        Some(pair) => compare(command, common, &pair),
        None => Ok(Ended::Clean),
    });
    if let Err(error) = compared {
        complain(&error);
    }
    Ok(Ended::Clean)
}

fn compare(command: &Diff, common: &Common, pair: &Pair) -> Result<Ended> {
    let form = form(command, common)?;
    let options = options(command, common, pair, form)?;
    let mut ended = Ended::Clean;
    // Both are read, so that one run tells what is wrong with either.
    let read = if pair.is_large() {
        // This thread works too: a pool that has it starts one thread less. Where there is a pool already, it will do.
        let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
        rayon::join(|| pair.old.read(common), || pair.new.read(common))
    } else {
        (pair.old.read(common), pair.new.read(common))
    };
    let ((mut old, base), (mut new, _)) = match read {
        (Err(first), Err(second)) => {
            complain(&first);
            return Err(second);
        }
        (old, new) => (old?, new?),
    };
    old.findings.iter().chain(&new.findings).for_each(mention);
    [&old, &new].into_iter().for_each(|draft| tell_revisions(draft, common.reading()));
    if let Some(wanted) = &options.paragraph {
        let has = |draft: &Draft| draft.paragraphs.iter().any(|p| p.is_called(wanted));
        if !has(&old) && !has(&new) {
            bail!("there is no paragraph {wanted} in {} or in {}", old.path, new.path);
        }
    }
    if let Some((first, second)) = &pair.facing {
        keep(&mut old, first)?;
        keep(&mut new, second)?;
    }
    let (library, places) = library(command, common, pair, [&old, &new])?;
    if let Some(library) = &library {
        mention_in_short(&library.findings);
        if library.findings.iter().any(|f| f.severity == Severity::Error) {
            ended = Ended::Incomplete;
        }
    }
    let diff = if pair.facing.is_some() { pipeline::diff_one } else { pipeline::diff };
    let Diffed { old, new, comparison } =
        diff(old, new, library.as_ref(), &places.config.thresholds);
    let held = library.iter().flat_map(|library| &library.entries);
    let inputs = [&old.path, &new.path].into_iter().chain(held.map(|entry| &entry.text.path));
    common.spares(inputs.map(Path::new).chain(command.template.as_deref()))?;
    let compared =
        Compared { old: &old, new: &new, comparison: &comparison, library: library.as_ref() };
    match form {
        Form::Text(_) => common.write(report::diff(compared, &options)?)?,
        Form::Workbook => common.write_workbook(&report::diff_xlsx(compared, &options)?)?,
        Form::Word => word::redline(compared, &base, &command.signed, common)?,
    }
    let differs = command.exit_code && !comparison.is_identical();
    // The command ends here: to give all this back piece by piece would only take time.
    std::mem::forget((old, new, comparison));
    Ok(match ended {
        Ended::Clean if differs => Ended::Findings,
        ended => ended,
    })
}

/// Says that a draft holds tracked changes of others, and how they were read.
fn tell_revisions(draft: &Draft, reading: Reading) {
    let count: usize = draft.paragraphs.iter().map(|paragraph| paragraph.revisions.len()).sum();
    let (read, other) = match reading.revisions {
        Revisions::Reject => ("rejected", "--revisions accept reads the text with them"),
        Revisions::Accept | Revisions::Show => {
            ("accepted", "--revisions reject reads the text before them")
        }
    };
    if count > 0 {
        let changes = if count == 1 { "tracked change" } else { "tracked changes" };
        say(&format!("note: {}: holds {count} {changes}, read as {read}; {other}\n", draft.path));
    }
}

/// Leaves one paragraph of a draft, without what stands around it. Of several that are called so it is the one with this
/// id, else the first, and the ids of the others are told.
fn keep(draft: &mut Draft, wanted: &str) -> Result<()> {
    let called: Vec<&Paragraph> =
        draft.paragraphs.iter().filter(|paragraph| paragraph.is_called(wanted)).collect();
    let named = called.iter().find(|paragraph| paragraph.id == wanted).or(called.first());
    let Some(own) = named.map(|paragraph| (*paragraph).clone()) else {
        bail!("there is no paragraph {wanted} in {}", draft.path);
    };
    let others = called.iter().map(|p| p.id.as_str()).filter(|id| *id != own.id).take(MOST_NAMED);
    let others = others.map(|id| format!("{}#{id}", draft.path)).collect::<Vec<_>>().join(", ");
    if !others.is_empty() && !wanted.contains('~') {
        say(&format!(
            "note: {}: several paragraphs are numbered {wanted}; the first is compared, others are {others}\n",
            draft.path
        ));
    }
    (draft.paragraphs, draft.headings, draft.footnotes) = (vec![own], Vec::new(), Vec::new());
    Ok(())
}

/// The library that the drafts are held against, where there is one.
fn library(
    command: &Diff,
    common: &Common,
    pair: &Pair,
    drafts: [&Draft; 2],
) -> Result<(Option<Library>, Places)> {
    let shown = pair.new.shown.as_deref().unwrap_or(&pair.new.name);
    let places = places(shown, common)?;
    if command.no_library || places.library.is_empty() {
        return Ok((None, places));
    }
    let thresholds = &places.config.thresholds;
    let library = pipeline::library_for(&drafts, &places.library, thresholds, &common.holding())?;
    Ok((Some(library), places))
}

fn options(
    command: &Diff,
    common: &Common,
    pair: &Pair,
    form: Form<DiffFormat>,
) -> Result<DiffOptions> {
    let format = form.text();
    let partial = !command.only.is_empty()
        || command.paragraph.is_some()
        || pair.paragraph.is_some()
        || pair.facing.is_some();
    if form == Form::Word && (partial || command.summary) {
        bail!("a Word file holds the whole draft; leave out --only, --paragraph and --summary");
    }
    if format == Some(DiffFormat::CriticMarkup) && (partial || command.summary) {
        bail!(
            "--format criticmarkup writes the whole draft; leave out --only, --paragraph and --summary"
        );
    }
    if matches!(format, None | Some(DiffFormat::Csv)) && command.summary {
        bail!("--summary has no rows for a spreadsheet; use --format terminal, markdown or json");
    }
    let width = match &common.output {
        Some(_) if command.side_by_side => WIDE,
        _ => common.width(),
    };
    if command.side_by_side && width < TWO_COLUMNS && format == Some(DiffFormat::Terminal) {
        say(&format!("note: side by side needs {TWO_COLUMNS} columns, and there are {width}\n"));
    }
    let paragraph = command.paragraph.as_deref().map(input::number_of).map(str::to_owned);
    Ok(DiffOptions {
        format: format.unwrap_or_default(),
        only: command.only.iter().map(|kind| kind.kind()).collect(),
        paragraph: paragraph.or_else(|| pair.paragraph.clone()),
        summary: command.summary,
        context: command.context,
        side_by_side: width >= WIDE || command.side_by_side && width >= TWO_COLUMNS,
        width,
        color: common.colored(),
        making: making(command.template.as_deref(), format == Some(DiffFormat::Html))?,
    })
}

fn form(command: &Diff, common: &Common) -> Result<Form<DiffFormat>> {
    // A template of the user's own writes what it likes.
    if command.template.is_none() {
        common.agrees(command.format)?;
    }
    Ok(Form::Text(match (command.format, common.ending().as_deref()) {
        (Some(FormatName::Terminal), _) | (None, None | Some("txt")) => DiffFormat::Terminal,
        (Some(FormatName::Markdown), _) | (None, Some("md" | "markdown")) => DiffFormat::Markdown,
        (Some(FormatName::Json), _) | (None, Some("json")) => DiffFormat::Json,
        (Some(FormatName::Csv), _) | (None, Some("csv")) => DiffFormat::Csv,
        (Some(FormatName::Html), _) | (None, Some("html" | "htm")) => DiffFormat::Html,
        (Some(FormatName::CriticMarkup), _) => DiffFormat::CriticMarkup,
        (Some(FormatName::Xlsx), _) | (None, Some("xlsx")) => return Ok(Form::Workbook),
        (Some(FormatName::Docx), _) | (None, Some("docx")) => return Ok(Form::Word),
        (None, Some(other)) => bail!(
            "no format is known for files ending in .{other}; use .html, .docx, .xlsx, .csv, .md, .json or .txt, or say --format"
        ),
    }))
}

impl KindName {
    fn kind(self) -> ChangeKind {
        match self {
            Self::Unchanged => ChangeKind::Unchanged,
            Self::Edited => ChangeKind::Edited,
            Self::Moved => ChangeKind::Moved,
            Self::Split => ChangeKind::Split,
            Self::Merged => ChangeKind::Merged,
            Self::Added => ChangeKind::Added,
            Self::Removed => ChangeKind::Removed,
        }
    }
}
