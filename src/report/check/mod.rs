//! Findings in; text for a terminal, a forge or a build server out. One file a format.

mod github;
mod gitlab;
mod json;
mod junit;
mod place;
mod rules;
mod sarif;
mod summary;
mod terminal;

use crate::model::{Draft, Finding, Rule};

pub use rules::{rule, rule_for_terminal, rules};

/// What came of a check, ready to be told.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'r> {
    /// The drafts that were checked, in their order.
    pub drafts: &'r [&'r Draft],
    /// What was found in them, by draft, then by place.
    pub findings: &'r [Finding],
    /// The rules there are.
    pub rules: &'r [Rule],
    /// Findings that their authors waived.
    pub waived: usize,
    /// Findings that the baseline knows.
    pub known: usize,
    /// Entries of the baseline whose faults are mended.
    pub mended: usize,
    /// Findings left out because their paragraphs did not change.
    pub elsewhere: usize,
    /// Findings left out because they matter less than the user asks for.
    pub hidden: usize,
}

impl<'r> Findings<'r> {
    /// The draft that a finding is in.
    fn draft_of(self, finding: &Finding) -> Option<&'r Draft> {
        self.drafts.iter().find(|draft| draft.path == finding.path).copied()
    }
}

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckFormat {
    /// For reading in a terminal.
    #[default]
    Terminal,
    /// For programs: `schemas/check-1.json`.
    Json,
    /// For code scanning services and editors: SARIF 2.1.0.
    Sarif,
    /// For the log of a GitHub workflow, which becomes annotations.
    GitHub,
    /// For build servers: JUnit XML.
    JUnit,
    /// For merge requests on GitLab: a code quality report.
    GitLab,
}

/// How wide the terminal is, and whether it shows colours.
#[derive(Clone, Copy, Debug)]
pub struct CheckOptions {
    /// How findings are written.
    pub format: CheckFormat,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether the terminal shows colours.
    pub color: bool,
}

/// Writes what was found.
pub fn findings(findings: Findings<'_>, options: &CheckOptions) -> String {
    match options.format {
        CheckFormat::Terminal => terminal::write(findings, options),
        CheckFormat::Json => json::write(findings),
        CheckFormat::Sarif => sarif::write(findings),
        CheckFormat::GitHub => github::write(findings),
        CheckFormat::JUnit => junit::write(findings),
        CheckFormat::GitLab => gitlab::write(findings),
    }
}
