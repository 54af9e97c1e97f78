//! Rules in; a list of them, or the page of one, out.

use colored::Colorize;

use crate::model::{Rule, Severity};

/// Columns that the names of rules and severities take.
const NAMES: usize = 28;

/// Every rule on a line: its name, how much it matters, and what it finds.
pub fn rules(rules: &[Rule]) -> String {
    let lines = rules.iter().map(|rule| {
        let severity = severity(rule.severity);
        format!("{:NAMES$} {severity:8} {}\n", rule.name.bold(), rule.brief())
    });
    lines.collect()
}

/// The page of a rule in Markdown, as `docs/rules/` has it.
pub fn rule(rule: &Rule) -> String {
    let severity = severity(rule.severity);
    format!(
        "# {}\n\nSeverity: {severity}, unless `adref.yaml` says otherwise.\n\n{}\n",
        rule.name,
        rule.explanation()
    )
}

/// A severity in a word.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
