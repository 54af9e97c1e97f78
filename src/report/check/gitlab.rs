//! Findings in; a code quality report, which GitLab shows beside the lines of a merge request, out.
//!
//! The form is the part of the Code Climate format that GitLab reads: description, name of the rule, fingerprint,
//! severity, and the line a finding begins in. A file without lines is shown at its first.

use serde::Serialize;
use twox_hash::XxHash3_64;

use super::{Findings, place};
use crate::model::{Draft, Finding, Severity, paragraph_name};
use crate::report::pretty;

pub(super) fn write(told: Findings<'_>) -> String {
    let issues: Vec<Issue> = told.findings.iter().map(|f| issue(f, told.draft_of(f))).collect();
    pretty::json(&issues) + "\n"
}

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
}

fn issue(finding: &Finding, draft: Option<&Draft>) -> Issue {
    let path = place::path(finding);
    let paragraph = finding.paragraph.as_ref();
    let paragraph = paragraph
        .map_or(String::new(), |id| format!("{}: ", capitalized(&paragraph_name(id, draft))));
    let help = finding.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
    Issue {
        description: format!("{paragraph}{}{help}", finding.message),
        check_name: finding.rule,
        // A fingerprint is a finding's own in its draft; GitLab wants it to be so in all of them.
        fingerprint: format!(
            "{:016x}",
            XxHash3_64::oneshot(format!("{path}\n{}", finding.fingerprint).as_bytes())
        ),
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location {
            path,
            lines: Lines {
                begin: finding.at.map_or(1, |at| at.line),
                end: finding.until.map(|until| until.line),
            },
        },
    }
}

/// The words as a sentence begins with them.
fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
