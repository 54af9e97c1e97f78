//! The findings of an old repository in; a file that says which of them are known already out, and the other way round.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::Finding;

/// The form of the file.
const SCHEMA: &str = "adref/baseline/1";

/// Findings that were there when checking began, and that nobody wants to hear of again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Baseline {
    schema: String,
    /// By file, and in it by fingerprint.
    findings: BTreeMap<String, BTreeMap<String, Entry>>,
}

/// A known finding; rule and message are for the people who read the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    rule: String,
    message: String,
}

/// How findings stand to a baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Findings that it knows.
    pub known: usize,
    /// Entries for files that were checked and have these faults no more.
    pub mended: usize,
}

/// Why a file is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineError {
    /// The line of the file, where the fault has one.
    pub line: Option<usize>,
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no baseline; write it anew with --write-baseline")
    }
}

impl std::error::Error for BaselineError {}

impl Baseline {
    /// All of `findings` as known.
    pub fn of(findings: &[Finding]) -> Self {
        let mut known: BTreeMap<String, BTreeMap<String, Entry>> = BTreeMap::new();
        for finding in findings {
            let entry = Entry { rule: finding.rule.to_owned(), message: finding.message.clone() };
            let file = known.entry(finding.path.clone()).or_default();
            file.insert(finding.fingerprint.clone(), entry);
        }
        Self { schema: SCHEMA.to_owned(), findings: known }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// When it is not what [`Baseline::written`] writes.
    pub fn read(text: &str) -> Result<Self, BaselineError> {
        let read: Self = serde_json::from_str(text)
            .map_err(|error| BaselineError { line: Some(error.line()).filter(|line| *line > 0) })?;
        if read.schema == SCHEMA { Ok(read) } else { Err(BaselineError { line: None }) }
    }

    /// The file: JSON, sorted, so that its changes can be read in a review.
    pub fn written(&self) -> String {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        text + "\n"
    }

    /// Takes the known ones out of `findings`, which are those of the drafts `checked`.
    pub fn apply(&self, findings: &mut Vec<Finding>, checked: &[&str]) -> Known {
        let before = findings.len();
        let knows = |finding: &Finding| {
            let file = self.findings.get(&finding.path);
            file.is_some_and(|known| known.contains_key(&finding.fingerprint))
        };
        findings.retain(|finding| !knows(finding));
        let known = before - findings.len();
        let files = checked.iter().filter_map(|path| self.findings.get(*path));
        let entries: usize = files.map(BTreeMap::len).sum();
        Known { known, mended: entries.saturating_sub(known) }
    }
}
