//! Findings in; workflow commands, which GitHub shows as annotations beside the lines of a pull request, out.
//!
//! The form is GitHub's: `::error file=…,line=…::message`. What stands in a message cannot begin a command of its own:
//! line breaks and `%` are written as `%0A`, `%0D` and `%25`, and in properties `:` and `,` too.

use super::summary::Summary;
use super::terminal::closing;
use super::{Findings, place};
use crate::model::{Draft, Finding, Severity, paragraph_name};
use crate::report::sanitized;

pub(super) fn write(told: Findings<'_>) -> String {
    let commands: String = told.findings.iter().map(|f| command(f, told.draft_of(f))).collect();
    commands + &closing(&Summary::of(told))
}

fn command(finding: &Finding, draft: Option<&Draft>) -> String {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = vec![format!("file={}", property(&place::path(finding)))];
    if let Some(at) = finding.at {
        properties.push(format!("line={}", at.line));
        let until = finding.until.unwrap_or(at);
        // GitHub takes columns only where both are on one line.
        if until.line == at.line {
            properties.push(format!("col={}", at.column));
            properties.push(format!("endLine={}", until.line));
            properties.push(format!("endColumn={}", until.column));
        } else {
            properties.push(format!("endLine={}", until.line));
        }
    }
    let paragraph = finding.paragraph.as_ref();
    let paragraph =
        paragraph.map_or(String::new(), |id| format!(", {}", paragraph_name(id, draft)));
    properties.push(format!("title={}", property(&format!("{}{paragraph}", finding.rule))));
    format!("::{kind} {}::{}\n", properties.join(","), data(&place::told(finding)))
}

/// Text behind the second `::`.
fn data(text: &str) -> String {
    // Carriage returns would be taken out with the control characters, and words run together.
    let text = sanitized(&text.replace("\r\n", "\n").replace('\r', "\n"));
    text.replace('%', "%25").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
