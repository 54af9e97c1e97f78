//! Folders and files of references in; all that is wrong with them, as findings, out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::gather::texts_in;
use super::identity::{is_symbol_like, slug};
use super::record::{NAME, Record, name_in, sha256};
use crate::model::{BreakKind, Entry, Finding, Library, Severity, breaks, symbol_key, unnumbered};
use crate::read::ReadError;

/// What came of verifying a library.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    /// How many references could be read.
    pub references: usize,
    /// What is wrong, and, as notes, what is worth knowing; in the order of the files.
    pub findings: Vec<Finding>,
}

/// Holds every reference in `places` against the record of its folder and against itself: files that were
/// changed, lost or cannot be read; numbers that leave a paragraph out; symbols and names held twice; a file
/// whose name speaks of another document; texts superseded by what is not there.
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn verify(places: &[PathBuf]) -> Result<Verified, ReadError> {
    // Each place by itself: what an earlier place covers is verified too.
    let read = places.iter().map(|place| super::load(std::slice::from_ref(place)));
    let mut libraries = read.collect::<Result<Vec<Library>, ReadError>>()?;
    let mut findings: Vec<Finding> = Vec::new();
    libraries.iter_mut().for_each(|library| findings.append(&mut library.findings));
    for place in places.iter().filter(|place| place.is_dir()) {
        against_record(place, &mut findings)?;
    }
    for entry in libraries.iter().flat_map(|library| &library.entries) {
        numbering(entry, &mut findings);
        file_name(entry, &mut findings);
        superseded(entry, &libraries, &mut findings);
    }
    let line = |finding: &Finding| finding.at.map_or((0, 0), |at| (at.line, at.column));
    findings.sort_by(|a, b| (&a.path, line(a), a.rule).cmp(&(&b.path, line(b), b.rule)));
    let references = libraries.iter().map(|library| library.entries.len()).sum();
    Ok(Verified { references, findings })
}

/// Holds the files of a folder against its record.
fn against_record(folder: &Path, findings: &mut Vec<Finding>) -> Result<(), ReadError> {
    let record = match Record::load(folder) {
        Ok(record) => record,
        Err(error) => {
            findings.push(Finding::error("broken-record", &error.path, error.message));
            return Ok(());
        }
    };
    let checked = record.files.par_iter().filter_map(|(file, recorded)| {
        let path = folder.join(file);
        let shown = path.display().to_string();
        match fs::read(&path) {
            Ok(bytes) if sha256(&bytes) == recorded.sha256 => None,
            Ok(_) => Some(
                Finding::error("changed-file", &shown, "the file was changed since it was added").help(
                    "add the official file again with --replace; or, if the change is meant, add this very file \
                     with --replace",
                ),
            ),
            Err(_) => Some(
                Finding::error("missing-file", &shown, "the file was added to the library and is gone")
                    .help(format!("add it again, or forget it: adref references remove {file}")),
            ),
        }
    });
    findings.extend(checked.collect::<Vec<_>>());
    let held = texts_in(folder)?;
    let names: BTreeSet<String> = held.iter().filter_map(|path| name_in(folder, path)).collect();
    let unknown: Vec<&String> =
        names.iter().filter(|name| !record.files.contains_key(*name)).collect();
    if let Some(first) = unknown.first() {
        let message = match unknown.len() {
            1 => format!("{first} is not in the record; whether it was changed cannot be told"),
            n => format!(
                "{n} files, such as {first}, are not in the record; whether they were changed cannot be told"
            ),
        };
        let record = folder.join(NAME).display().to_string();
        let help = format!("record what is there: adref references add {}", folder.display());
        let note = Finding::warning("not-recorded", &record, message).help(help);
        findings.push(Finding { severity: Severity::Note, ..note });
    }
    Ok(())
}

/// Paragraphs without a number between numbered ones (official texts have such lines too, so that is worth a look and no
/// more), and numbers that leave one out or go back.
fn numbering(entry: &Entry, findings: &mut Vec<Finding>) {
    if !entry.is_full() {
        return;
    }
    let text = &entry.text;
    let at = |paragraph: usize| text.paragraphs.get(paragraph);
    let told = |paragraph: usize, message: String| {
        let (place, id) =
            at(paragraph).map_or((None, ""), |p| (text.position(p, 0), p.id.as_str()));
        Finding::warning("numbering", &text.path, message).at(place).paragraph(id)
    };
    if let Some(found) = unnumbered(text).next() {
        let number = |paragraph: Option<usize>| paragraph.and_then(at)?.number.as_deref();
        let from = number(found.checked_sub(1)).unwrap_or_default();
        let to = number(Some(found + 1)).unwrap_or_default();
        let message = format!("between paragraphs {from} and {to} stands one without a number");
        let note = told(found, message).help("see whether the official text has a number there");
        findings.push(Finding { rule: "unnumbered", severity: Severity::Note, ..note });
    }
    // Numbers that stand twice are told for every library, see `audit`.
    let mut found = breaks(text);
    found.retain(|found| found.kind != BreakKind::Repeated);
    let Some(first) = found.first() else { return };
    let more = match found.len() - 1 {
        0 => String::new(),
        1 => "; the same happens in one more place".to_owned(),
        more => format!("; the same happens in {more} more places"),
    };
    findings.push(told(first.paragraph, format!("{first}{more}")).help(
        "compare it with the official text; for a text that is not whole, say `extent: excerpts`",
    ));
}

fn file_name(entry: &Entry, findings: &mut Vec<Finding>) {
    let Some(symbol) = &entry.text.front.symbol else { return };
    let stem = Path::new(&entry.text.path).file_stem().unwrap_or_default();
    let name = slug(&stem.to_string_lossy());
    let named = |own: &str| {
        let rest = name.strip_prefix(&slug(own));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    if is_symbol_like(&name) && !entry.text.front.symbols().any(named) {
        let message =
            format!("the file is named after another document than {symbol}, which it holds");
        findings.push(
            Finding::warning("file-name", &entry.text.path, message)
                .help("see which of the two is right, then rename the file or correct its symbol"),
        );
    }
}

/// What `superseded_by` names should be another text, and should be held.
fn superseded(entry: &Entry, libraries: &[Library], findings: &mut Vec<Finding>) {
    let front = &entry.text.front;
    let Some(next) = front.superseded_by.as_deref() else { return };
    let own: Vec<String> = front.symbols().map(symbol_key).collect();
    let path = &entry.text.path;
    if own.contains(&symbol_key(next)) {
        let message = format!("the text says that it is superseded by itself ({next})");
        findings
            .push(Finding::warning("superseded", path, message).help("correct `superseded_by`"));
    } else if named(libraries, next).is_none() {
        let message = format!("{next}, which supersedes this text, is not in the library");
        let note = Finding::warning("superseded", path, message)
            .help("add it, so that drafts are held against what is in force");
        findings.push(Finding { severity: Severity::Note, ..note });
    } else if !own.is_empty() && leads_back(entry, libraries) {
        let message = format!("this text is superseded by {next}, and that by this one again");
        findings.push(
            Finding::warning("superseded", path, message)
                .help("correct `superseded_by` in one of them"),
        );
    }
}

/// The first text called `name`.
fn named<'l>(libraries: &'l [Library], name: &str) -> Option<&'l Entry> {
    libraries.iter().find_map(|library| library.find(name).into_iter().next())
}

/// Whether following `superseded_by` from an entry comes back to it, at most so many texts on.
fn leads_back(entry: &Entry, libraries: &[Library]) -> bool {
    const STEPS: usize = 16;
    let mut at = entry;
    for _ in 0..STEPS {
        let next = at.text.front.superseded_by.as_deref();
        let Some(next) = next.and_then(|next| named(libraries, next)) else { return false };
        if next.text.path == entry.text.path {
            return true;
        }
        at = next;
    }
    false
}
