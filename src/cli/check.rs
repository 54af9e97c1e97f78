//! `adref check`: drafts in; what is wrong with them out.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use rayon::prelude::*;

use super::output::{Ended, complain, mention_in_short, write_file};
use super::places::{Places, upwards};
use super::progress::Progress;
use super::tables::{Table, tables};
use super::{Common, config, input};
use adref::check::{self, Baseline, Known, Policy};
use adref::library;
use adref::model::{ChangeKind, Draft, Finding, Rule, Severity};
use adref::pipeline::{CheckedDraft, Checker};
use adref::report::{self, CheckFormat, CheckOptions, Findings};

/// Check drafts: every claim of agreed language, every citation, numbers, brackets, placeholders
#[derive(clap::Args)]
pub(super) struct Check {
    /// Drafts, and folders of drafts [default: what `drafts` in adref.yaml says, else the folder `drafts`]
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// How to write the findings [default: terminal, or what the ending of --output says]
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
    /// A file of findings that are known and not told again [default: what `check: baseline:` in adref.yaml says]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all that is found now to the baseline, and end well
    #[arg(long)]
    write_baseline: bool,
    /// From which severity on the check fails
    #[arg(long, value_enum, default_value_t = Grade::Warning, value_name = "SEVERITY")]
    fail_on: Grade,
    /// Explain a rule, and check nothing
    #[arg(long, value_name = "RULE", conflicts_with_all = ["paths", "rules"])]
    explain: Option<String>,
    /// List the rules, and check nothing
    #[arg(long, conflicts_with = "paths")]
    rules: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Terminal,
    Json,
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
        return common.write(&explained(name, &rules)?).map(|()| Ended::Clean);
    }
    if command.rules {
        return common.write(&report::rules(&rules)).map(|()| Ended::Clean);
    }
    let names = named(command)?;
    let earlier = command.against.as_deref().map(|old| input::draft(old, common.reading()));
    let earlier = earlier.transpose()?;
    if names.len() > 1 && earlier.is_some() {
        bail!("--against compares one draft with its revision before; name one draft");
    }
    let (tables, mut ended) = tables(names.iter().map(String::as_str), common);
    if tables.is_empty() {
        return Ok(ended);
    }
    let mut found = Found::default();
    for table in &tables {
        match found.take(table, earlier.as_ref(), command, common) {
            Ok(()) => {}
            Err(error) => {
                complain(&error);
                ended = Ended::Incomplete;
            }
        }
    }
    found.drafts.sort_by_key(|(order, _)| *order);
    let told = found.told(command, common, &tables, &rules)?;
    let fails = told >= Some(command.fail_on.severity());
    Ok(if ended == Ended::Clean && fails && !command.write_baseline {
        Ended::Findings
    } else {
        ended
    })
}

/// What a rule finds, why that matters, an example, and what to do.
fn explained(name: &str, rules: &[Rule]) -> Result<String> {
    let Some(rule) = rules.iter().find(|rule| rule.name == name) else {
        let like = check::most_like(name, rules.iter().map(|rule| rule.name));
        let help = like.map_or(String::new(), |like| format!("; did you mean “{like}”?"));
        bail!("there is no rule “{name}”{help} `adref check --rules` lists all");
    };
    Ok(report::rule(rule))
}

/// The drafts to check: the files named, and those in the folders named.
fn named(command: &Check) -> Result<Vec<String>> {
    let mut named = command.paths.clone();
    if named.is_empty() {
        named = config::drafts(&upwards(Path::new(".")))?
            .into_iter()
            .map(|path| path.display().to_string())
            .collect();
    }
    let mut names = Vec::new();
    for name in named {
        let path = Path::new(&name);
        if !path.is_dir() {
            names.push(name);
            continue;
        }
        let files = library::drafts_in(path)?;
        if files.is_empty() {
            bail!("{name}: there is no draft in this folder; name a file, or another folder");
        }
        names.extend(files.into_iter().map(|file| file.display().to_string()));
    }
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    Ok(names)
}

/// All that came of the drafts, with their places on the command line.
#[derive(Default)]
struct Found {
    drafts: Vec<(usize, CheckedDraft)>,
    elsewhere: usize,
}

impl Found {
    /// Checks the drafts of one library.
    fn take(
        &mut self,
        table: &Table,
        earlier: Option<&Draft>,
        command: &Check,
        common: &Common,
    ) -> Result<()> {
        let library = table.library(common)?;
        mention_in_short(&library.findings);
        let Places { config, .. } = &table.places;
        let policy = Policy { only: command.rule.clone(), ..config.policy.clone() };
        if let Some(fault) = policy.faults().first() {
            bail!("{fault}; `adref check --rules` lists all rules");
        }
        let checker = Checker::new(&library, config.thresholds, &policy);
        let mut progress = Progress::new();
        // In portions, so that a terminal can be told how far the work has come.
        for drafts in table.drafts.chunks(PORTION) {
            if let Some((order, draft)) = drafts.first() {
                progress.tell(*order, &draft.path);
            }
            let texts = drafts.iter().map(|(_, draft)| draft.clone()).collect();
            let checked = checker.check_all(texts, earlier);
            let before = drafts.par_iter().map(|(_, draft)| {
                let revision = command.changed_since.as_deref();
                let old = revision.map(|revision| before(revision, draft, common)).transpose()?;
                Ok(old.flatten())
            });
            let before = before.collect::<Result<Vec<_>>>()?;
            for (((order, _), mut of), old) in drafts.iter().zip(checked).zip(before) {
                if let Some(old) = old {
                    self.elsewhere += retain_changed(&mut of, &old);
                }
                self.drafts.push((*order, of));
            }
        }
        Ok(())
    }

    /// Writes what was found, and says how much the worst of it matters.
    fn told(
        mut self,
        command: &Check,
        common: &Common,
        tables: &[Table],
        rules: &[Rule],
    ) -> Result<Option<Severity>> {
        let waived = self.drafts.iter().map(|(_, draft)| draft.checked.waived).sum();
        let mut findings: Vec<Finding> = Vec::new();
        for (_, draft) in &mut self.drafts {
            findings.extend(draft.annotation.draft.findings.iter().cloned());
            findings.append(&mut draft.checked.findings);
        }
        let drafts: Vec<&Draft> = self.drafts.iter().map(|(_, d)| &d.annotation.draft).collect();
        let kept = tables.iter().find_map(|table| table.places.config.baseline.clone());
        let baseline = command.baseline.clone().or(kept);
        let mut known = Known::default();
        if command.write_baseline {
            let path = baseline.unwrap_or_else(|| PathBuf::from(BASELINE));
            write_file(&path, &Baseline::of(&findings).written())?;
            let told = if findings.len() == 1 {
                "1 finding"
            } else {
                &format!("{} findings", findings.len())
            };
            super::output::say(&format!("{told} written to {}\n", path.display()));
            return Ok(None);
        }
        if let Some(path) = baseline {
            let paths: Vec<&str> = drafts.iter().map(|draft| draft.path.as_str()).collect();
            known = read_baseline(&path)?.apply(&mut findings, &paths);
        }
        let worst = findings.iter().map(|finding| finding.severity).max();
        let Known { known, mended } = known;
        let elsewhere = self.elsewhere;
        let told = Findings {
            drafts: &drafts,
            findings: &findings,
            rules,
            waived,
            known,
            mended,
            elsewhere,
        };
        common.spares(drafts.iter().map(|draft| Path::new(&draft.path)))?;
        common.write(&report::findings(told, &options(command, common)?))?;
        Ok(worst)
    }
}

/// Keeps the findings in paragraphs that the old revision has not, word for word; how many others there were.
fn retain_changed(of: &mut CheckedDraft, old: &Draft) -> usize {
    let draft = &of.annotation.draft;
    let comparison = adref::compare::compare(old, draft);
    let same = comparison.changes.iter().filter(|change| change.kind == ChangeKind::Unchanged);
    let same = same.flat_map(|change| &change.new).filter_map(|at| draft.paragraphs.get(*at));
    let same: HashSet<&str> = same.map(|paragraph| paragraph.id.as_str()).collect();
    let all = of.checked.findings.len();
    let is_same = |f: &Finding| f.paragraph.as_deref().is_some_and(|id| same.contains(id));
    of.checked.findings.retain(|finding| !is_same(finding));
    all - of.checked.findings.len()
}

/// So many drafts are checked before the terminal is told how far the work has come.
const PORTION: usize = 64;

/// The baseline's name where nobody gives another.
const BASELINE: &str = "adref-baseline.json";

/// A draft as it stood at a revision; none where it is newer than that.
fn before(revision: &str, draft: &Draft, common: &Common) -> Result<Option<Draft>> {
    input::at_revision(revision, &draft.path, common.reading())
}

fn read_baseline(path: &Path) -> Result<Baseline> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} could not be read", path.display()))?;
    Baseline::read(&text).map_err(|error| {
        let line = error.line.map_or(String::new(), |line| format!(":{line}"));
        anyhow::anyhow!("{}{line}: {error}", path.display())
    })
}

fn options(command: &Check, common: &Common) -> Result<CheckOptions> {
    let ending = common.ending();
    let format = match (command.format, ending.as_deref()) {
        (Some(FormatName::Terminal), _) | (None, None | Some("txt")) => CheckFormat::Terminal,
        (Some(FormatName::Json), _) | (None, Some("json")) => CheckFormat::Json,
        (None, Some(other)) => bail!(
            "no format is known for files ending in .{other}; use .json or .txt, or say --format"
        ),
    };
    Ok(CheckOptions { format, width: common.width(), color: common.colored() })
}
