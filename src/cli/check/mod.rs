//! `adref check`: drafts in; what is wrong with them out.

mod changed;
mod found;
mod known;

use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;

use self::changed::Since;
use self::found::Found;
use super::output::{Ended, complain, say};
use super::places::upwards;
use super::tables::tables;
use super::{Common, config, input};
use adref::check;
use adref::library::{self, Drafts};
use adref::model::{Draft, Rule, Severity};
use adref::report::{self, CheckFormat, CheckOptions};

/// Check drafts: every claim of agreed language, every citation, numbers, brackets, placeholders
#[derive(clap::Args)]
pub(super) struct Check {
    /// Drafts, and folders of drafts [default: what `drafts` in adref.yaml says, else the folder `drafts`]
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// How to write the findings [default: terminal, or what the ending of --output says: .txt, .json, .sarif, .xml]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// Run only these rules
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    rule: Vec<String>,
    /// Report only findings in paragraphs that changed since this git revision
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// The revision of the draft before: a file, or `REVISION:file` from git. Shows which numbers referred to in the
    /// text have moved on
    #[arg(long, value_name = "OLD")]
    against: Option<String>,
    /// A file of findings that are known and not told again [default: what `check: baseline:` in adref.yaml says, else
    /// adref-baseline.json beside it, where there is one]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all that is found now in these drafts to the baseline, and end well
    #[arg(long, conflicts_with_all = ["rule", "changed_since"])]
    write_baseline: bool,
    /// From which severity on the check fails
    #[arg(long, value_enum, default_value_t = Grade::Warning, value_name = "SEVERITY")]
    fail_on: Grade,
    /// From which severity on findings are reported; the summary counts those that are not. The check fails as it would
    /// with them
    #[arg(long, value_enum, default_value_t = Grade::Note, value_name = "SEVERITY")]
    min_severity: Grade,
    /// Explain a rule, and check nothing
    #[arg(long, value_name = "RULE", conflicts_with_all = ["paths", "rules"])]
    explain: Option<String>,
    /// List the rules, and check nothing
    #[arg(long, conflicts_with = "paths")]
    rules: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    /// The line, the words concerned, and what to do
    Terminal,
    /// For programs: schemas/check-1.json
    Json,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Annotations in the log of a GitHub workflow
    Github,
    /// JUnit XML, for build servers
    Junit,
    /// A code quality report for merge requests on GitLab
    Gitlab,
}

impl FormatName {
    fn format(self) -> CheckFormat {
        match self {
            Self::Terminal => CheckFormat::Terminal,
            Self::Json => CheckFormat::Json,
            Self::Sarif => CheckFormat::Sarif,
            Self::Github => CheckFormat::GitHub,
            Self::Junit => CheckFormat::JUnit,
            Self::Gitlab => CheckFormat::GitLab,
        }
    }

    /// The format of files with this ending.
    fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "txt" => Some(Self::Terminal),
            "json" => Some(Self::Json),
            "sarif" => Some(Self::Sarif),
            "xml" => Some(Self::Junit),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Grade {
    Error,
    Warning,
    Note,
}

impl Grade {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

pub(super) fn run(command: &Check, common: &Common) -> Result<Ended> {
    let rules: Vec<Rule> = check::rules().collect();
    if let Some(name) = &command.explain {
        let page = report::rule_for_terminal(called(name, &rules)?);
        return common.write(&page).map(|()| Ended::Clean);
    }
    command.rule.iter().try_for_each(|name| called(name, &rules).map(|_| ()))?;
    if command.rules {
        return common.write(report::rules(&rules, common.width())).map(|()| Ended::Clean);
    }
    // A wrong ending is told before anything is done.
    let options = options(command, common)?;
    let names = named(command)?;
    if command.write_baseline && names.iter().any(|name| name == "-") {
        bail!("a baseline knows findings by their file, and standard input is none; name a file");
    }
    let earlier = earlier(command, &names, common)?;
    let since = command.changed_since.as_deref();
    let since = since.map(|revision| Since::new(revision, &names)).transpose()?;
    let (tables, mut ended) = tables(names.iter().map(String::as_str), common);
    if tables.is_empty() && ended == Ended::Incomplete {
        return Ok(ended);
    }
    let mut found = Found::default();
    for table in tables {
        if let Err(error) = found.take(table, earlier.as_ref(), since.as_ref(), command, common) {
            complain(&error);
            ended = Ended::Incomplete;
        }
    }
    if found.is_empty() && ended == Ended::Incomplete {
        return Ok(ended);
    }
    if command.write_baseline {
        return found.write_baselines().map(|()| ended);
    }
    let worst = found.tell(&rules, command.min_severity.severity(), &options, common)?;
    let fails = worst >= Some(command.fail_on.severity());
    Ok(if ended == Ended::Clean && fails { Ended::Findings } else { ended })
}

/// The rule of this name.
fn called<'r>(name: &str, rules: &'r [Rule]) -> Result<&'r Rule> {
    let name = name.trim();
    let found = rules.iter().find(|rule| rule.name == name);
    found.ok_or_else(|| {
        let like = check::most_like(name, rules.iter().map(|rule| rule.name));
        let help = like.map_or(String::new(), |like| format!("did you mean “{like}”? "));
        anyhow::anyhow!("there is no rule “{name}”; {help}`adref check --rules` lists all")
    })
}

/// The drafts to check: the files named, and those in the folders named. A repository may still be without any draft.
fn named(command: &Check) -> Result<Vec<String>> {
    let mut named = command.paths.clone();
    let nobody_says = named.is_empty();
    if nobody_says {
        named = config::drafts(&upwards(Path::new(".")))?
            .into_iter()
            .map(|path| path.display().to_string())
            .collect();
    }
    let mut names = Vec::new();
    for name in named {
        let path = Path::new(&name);
        if nobody_says && !path.exists() {
            bail!("{}: drafts: there is no file or folder {name}", config::NAME);
        }
        if !path.is_dir() {
            names.push(name);
            continue;
        }
        if nobody_says && path.is_absolute() {
            say(&format!("the drafts in {name} are checked\n"));
        }
        let Drafts { paths: files, passed_over } = library::drafts_in(path)?;
        if let Some(told) = told_of(&passed_over) {
            say(&told);
        }
        if files.is_empty() && nobody_says {
            say(&format!("note: there is no draft in {name} yet\n"));
        } else if files.is_empty() {
            bail!("{name}: there is no draft in this folder; name a file, or another folder");
        }
        names.extend(files.into_iter().map(|file| file.display().to_string()));
    }
    let mut names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let mut seen = HashSet::new();
    // `pin.md` and `./pin.md` are one file; what is no file, such as standard input, is known by its name.
    names.retain(|name| seen.insert(fs::canonicalize(name).unwrap_or_else(|_| name.into())));
    Ok(names)
}

/// What to say of documents in a folder that are not checked; none where there are none.
fn told_of(passed_over: &[PathBuf]) -> Option<String> {
    let first = passed_over.first()?.display();
    let (more, are) = match passed_over.len() - 1 {
        0 => (String::new(), "is"),
        more => (format!(" and {more} more"), "are"),
    };
    Some(format!(
        "note: {first}{more} {are} not checked: of a folder, Markdown, Word, PDF, HTML and XML are; a plain text is \
         checked where you name it, others once they are saved as .docx\n"
    ))
}

/// A name as settings and baselines know it: `drafts/rev1.md` for `./drafts/rev1.md`.
fn plain(name: &str) -> String {
    let parts = Path::new(name).components().filter(|part| *part != Component::CurDir);
    let plain: PathBuf = parts.collect();
    if plain.as_os_str().is_empty() { name.to_owned() } else { plain.display().to_string() }
}

/// The revision before, where the user names one.
fn earlier(command: &Check, names: &[String], common: &Common) -> Result<Option<Draft>> {
    let Some(old) = &command.against else { return Ok(None) };
    if names.len() > 1 {
        bail!("--against compares one draft with its revision before; name one draft");
    }
    input::draft(old, common.reading()).map(Some)
}

fn options(command: &Check, common: &Common) -> Result<CheckOptions> {
    common.agrees(command.format)?;
    let format = match (command.format, common.ending()) {
        (Some(format), _) => format,
        (None, None) => FormatName::Terminal,
        (None, Some(ending)) => match FormatName::of_ending(&ending) {
            Some(format) => format,
            None => bail!(
                "no format is known for files ending in .{ending}; use .txt, .json, .sarif or .xml, or say --format"
            ),
        },
    };
    let format = format.format();
    Ok(CheckOptions { format, width: common.width(), color: common.colored() })
}
