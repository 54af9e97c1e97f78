//! Findings in; JSON after `schemas/check-1.json` out.

use serde::Serialize;

use super::Findings;
use super::summary::Summary;
use crate::model::{Finding, Severity};
use crate::report::pretty;

/// Version of the form this module writes.
const SCHEMA: &str = "adref/check/1";

pub(super) fn write(told: Findings<'_>) -> String {
    let report = Report {
        schema: SCHEMA,
        findings: told.findings.iter().map(facts).collect(),
        summary: Summary::of(told),
    };
    pretty::json(&report) + "\n"
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    summary: Summary,
    findings: Vec<FindingFacts<'a>>,
}

#[derive(Serialize)]
struct FindingFacts<'a> {
    rule: &'static str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a str,
    /// Null for formats without lines.
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    paragraph: Option<&'a str>,
    fingerprint: &'a str,
}

fn facts(finding: &Finding) -> FindingFacts<'_> {
    FindingFacts {
        rule: finding.rule,
        severity: finding.severity,
        message: &finding.message,
        help: finding.help.as_deref(),
        path: &finding.path,
        line: finding.at.map(|at| at.line),
        column: finding.at.map(|at| at.column),
        end_line: finding.until.map(|until| until.line),
        end_column: finding.until.map(|until| until.column),
        paragraph: finding.paragraph.as_deref(),
        fingerprint: &finding.fingerprint,
    }
}
