//! The findings of an old repository in; a file that says which of them are known already out, and the other way round.

use std::collections::{BTreeMap, BTreeSet};
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
    /// Fingerprints known of files that are there no more.
    #[serde(skip)]
    released: BTreeSet<String>,
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

impl Default for Baseline {
    /// Nothing is known.
    fn default() -> Self {
        Self { schema: SCHEMA.to_owned(), findings: BTreeMap::new(), released: BTreeSet::new() }
    }
}

impl Baseline {
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

    /// Takes out what is known of files that are `gone`.
    pub fn forget(&mut self, gone: impl Fn(&str) -> bool) {
        self.findings.retain(|file, _| !gone(file));
    }

    /// Takes `findings` for all there are in `file`; what is known of other files stands.
    pub fn renew(&mut self, file: &str, findings: &[Finding]) {
        self.findings.remove(file);
        for finding in findings {
            let entry = Entry { rule: finding.rule.to_owned(), message: finding.message.clone() };
            let known = self.findings.entry(file.to_owned()).or_default();
            known.insert(finding.fingerprint.clone(), entry);
        }
    }

    /// The same, to be held against drafts: what it knows of files that are not there any more it knows of every file
    /// that it has nothing else of, for that may be the old draft by another name.
    #[must_use]
    pub fn released(mut self, is_there: impl Fn(&str) -> bool) -> Self {
        let gone = self.findings.iter().filter(|(file, _)| !is_there(file));
        self.released = gone.flat_map(|(_, entries)| entries.keys().cloned()).collect();
        self
    }

    /// Takes the known ones out of `findings`, which are all that the rules that `ran` say of `file`.
    pub fn apply(
        &self,
        findings: &mut Vec<Finding>,
        file: &str,
        ran: &dyn Fn(&str) -> bool,
    ) -> Known {
        let before = findings.len();
        let Some(entries) = self.findings.get(file) else {
            findings.retain(|finding| !self.released.contains(&finding.fingerprint));
            return Known { known: before - findings.len(), mended: 0 };
        };
        let is_known = |print: &str| findings.iter().any(|finding| finding.fingerprint == print);
        let gone = entries.iter().filter(|(print, entry)| ran(&entry.rule) && !is_known(print));
        let mended = gone.count();
        findings.retain(|finding| !entries.contains_key(&finding.fingerprint));
        Known { known: before - findings.len(), mended }
    }
}
