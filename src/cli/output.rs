//! A report in; written to the terminal, or to a file that is never left half-written.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;

use super::{Color, Common};
use adref::library::replace_file;
use adref::model::{Finding, Severity};
use adref::report::sanitized;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// All was done.
    Clean,
    /// All was done, and something was found.
    Findings,
    /// Something could not be read; the rest was done.
    Incomplete,
}

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form<F> {
    /// Text, in a form of the report's own.
    Text(F),
    /// An Excel workbook.
    Workbook,
    /// A Word file.
    Word,
}

/// Endings that say what a file holds, with the formats that it may then be written in.
const ENDINGS: [(&str, &[&str]); 11] = [
    ("html", &["html"]),
    ("htm", &["html"]),
    ("docx", &["docx"]),
    ("xlsx", &["xlsx"]),
    ("csv", &["csv"]),
    ("md", &["markdown", "criticmarkup"]),
    ("markdown", &["markdown", "criticmarkup"]),
    ("json", &["json", "sarif", "gitlab"]),
    ("sarif", &["sarif"]),
    ("xml", &["akn", "junit"]),
    ("akn", &["akn"]),
];

impl<F> Form<F> {
    /// The form of the report's own, where it is one.
    pub(super) fn text(self) -> Option<F> {
        match self {
            Self::Text(format) => Some(format),
            Self::Workbook | Self::Word => None,
        }
    }
}

impl Common {
    /// Whether what goes to stdout or to the output file is coloured.
    pub(super) fn colored(&self) -> bool {
        let wanted = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let asked_not = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                // Git shows what a command writes in a pager of its own, and says so.
                let paged = std::env::var_os("GIT_PAGER_IN_USE").is_some_and(|used| used == "true");
                let shown = paged || io::stdout().is_terminal();
                self.output.is_none() && shown && !asked_not && !dumb
            }
        };
        colored::control::set_override(wanted);
        wanted
    }

    /// The ending of the output file, in small letters.
    pub(super) fn ending(&self) -> Option<String> {
        let ending = self.output.as_ref()?.extension()?;
        Some(ending.to_string_lossy().to_lowercase())
    }

    /// Makes sure that the format asked for is one that the name of the output file promises.
    ///
    /// # Errors
    /// When it is another: `--format html -o report.xlsx`.
    pub(super) fn agrees<F: ValueEnum>(&self, asked: Option<F>) -> Result<()> {
        let named = asked.and_then(|format| format.to_possible_value());
        let (Some(format), Some(output), Some(ending)) = (named, &self.output, self.ending())
        else {
            return Ok(());
        };
        let format = format.get_name();
        let promised = ENDINGS.iter().find(|(own, _)| *own == ending);
        if promised.is_none_or(|(_, formats)| formats.contains(&format)) {
            return Ok(());
        }
        let fitting = ENDINGS.iter().find(|(_, formats)| formats.contains(&format));
        anyhow::bail!(
            "{}: a file whose name ends in .{ending} is not written with --format {format}; give it a name that ends in \
             .{}, or leave out --format",
            output.display(),
            fitting.map_or("txt", |(own, _)| own)
        );
    }

    /// Columns to write in: those of the terminal, else 80.
    pub(super) fn width(&self) -> usize {
        let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let own = if self.output.is_some() { None } else { asked.or_else(seen) };
        own.filter(|columns| *columns > 0).unwrap_or(80)
    }

    /// Makes sure that the report replaces none of the files it was made from.
    ///
    /// # Errors
    /// When the output is one of them.
    pub(super) fn spares<'p>(&self, mut inputs: impl Iterator<Item = &'p Path>) -> Result<()> {
        let Some(output) = &self.output else { return Ok(()) };
        let Ok(own) = output.canonicalize() else { return Ok(()) };
        // A library has thousands of files: only one of the same size can be the same file.
        let size = |path: &Path| path.metadata().ok().map(|facts| facts.len());
        let own_size = size(&own);
        let is_own = |input: &Path| input.canonicalize().is_ok_and(|input| input == own);
        if inputs.any(|input| size(input) == own_size && is_own(input)) {
            anyhow::bail!(
                "{}: this is a draft or a reference, and the report would replace it; choose another name",
                output.display()
            );
        }
        Ok(())
    }

    /// Writes a report to where the user wants it.
    pub(super) fn write(&self, report: impl AsRef<[u8]>) -> Result<()> {
        match &self.output {
            Some(path) => write_file(path, report.as_ref()),
            None => print(report.as_ref()),
        }
    }

    /// Writes a file of another program to where the user wants it; `named` is what it is called.
    ///
    /// # Errors
    /// When that is a terminal, which could not show it.
    fn write_for(&self, named: &str, bytes: &[u8]) -> Result<()> {
        if self.output.is_none() && io::stdout().is_terminal() {
            anyhow::bail!("{named} is not for the terminal; name a file with --output");
        }
        self.write(bytes)
    }

    /// Writes an Excel workbook.
    pub(super) fn write_workbook(&self, bytes: &[u8]) -> Result<()> {
        self.write_for("an Excel file", bytes)
    }

    /// Writes a Word file.
    pub(super) fn write_word(&self, bytes: &[u8]) -> Result<()> {
        self.write_for("a Word file", bytes)
    }
}

/// Writes text, or a file, to standard output.
pub(super) fn print(bytes: impl AsRef<[u8]>) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes.as_ref()).and_then(|()| stdout.flush()) {
        // The reader (a pager, `head`) has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.context("the terminal could not be written to"),
    }
}

/// Writes text, or a file, to `path`, which is replaced as a whole or not at all.
///
/// # Errors
/// When it is a folder, lies in none, or may not be written.
pub(super) fn write_file(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    replace(path, bytes.as_ref()).map_err(|error| {
        let gone = error.downcast_ref::<io::Error>().map(io::Error::kind);
        let place = path.display();
        match gone {
            Some(ErrorKind::NotFound) => {
                anyhow::anyhow!(
                    "{place} could not be written: there is no such folder; make it first"
                )
            }
            Some(ErrorKind::PermissionDenied) => {
                anyhow::anyhow!("{place} could not be written: you are not allowed to write there")
            }
            _ => error.context(format!("{place} could not be written")),
        }
    })
}

/// Replaces `path` as a whole: the old file stands until the new one is complete.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let facts = path.metadata();
    if facts.as_ref().is_ok_and(|facts| facts.is_dir()) {
        anyhow::bail!("it is a folder; give the name of a file");
    }
    if facts.as_ref().is_ok_and(|facts| !facts.is_file()) {
        // A pipe or a device takes what is written to it, and stays what it is.
        let mut open = OpenOptions::new().write(true).open(path)?;
        return Ok(open.write_all(bytes)?);
    }
    // A link stays a link: the file it leads to is replaced.
    let file = path.canonicalize();
    Ok(replace_file(file.as_deref().unwrap_or(path), bytes)?)
}

/// Says on stderr what stopped or hindered the command.
pub(super) fn complain(error: &anyhow::Error) {
    say(&format!("error: {error:#}\n"));
}

/// Says on stderr what was found wrong with a text.
pub(super) fn mention(finding: &Finding) {
    say(&described(finding));
}

/// A finding in a line, and its advice in another.
pub(super) fn described(finding: &Finding) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let place = finding.at.map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
    let mut text = format!("{severity}: {}{place}: {}\n", finding.path, finding.message);
    if let Some(help) = &finding.help {
        text.push_str(&format!("  hint: {help}\n"));
    }
    text
}

/// More remarks than this hide what the command was run for.
const MOST_REMARKS: usize = 12;

/// Says on stderr what was found wrong with a library while it was used for something else: by name the files that are
/// lost for the answer and what concerns this run, else how many remarks there are.
pub(super) fn mention_in_short(findings: &[Finding]) {
    let (named, remarks): (Vec<&Finding>, Vec<&Finding>) = findings
        .iter()
        .partition(|finding| finding.is_loss() || finding.severity == Severity::Note);
    named.into_iter().for_each(mention);
    let told = match remarks.len() {
        0 => return,
        1 => "1 remark on the library; `adref references verify` tells it",
        count => &format!("{count} remarks on the library; `adref references verify` lists them"),
    };
    say(&format!("note: {told}\n"));
}

/// Says on stderr what was found wrong with texts, the first remarks one by one and how many more there are.
pub(super) fn mention_first(findings: &[Finding]) {
    findings.iter().take(MOST_REMARKS).for_each(mention);
    if let Some(more) = findings.len().checked_sub(MOST_REMARKS).filter(|more| *more > 0) {
        let remarks = if more == 1 { "1 more remark" } else { &format!("{more} more remarks") };
        say(&format!("note: {remarks}; `adref references verify` lists them all\n"));
    }
}

/// Writes to stderr; where even that is closed, there is nobody to tell.
pub(super) fn say(text: &str) {
    let _ = io::stderr().write_all(sanitized(text).as_bytes());
}
