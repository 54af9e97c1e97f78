//! Findings in; SARIF 2.1.0, which code scanning services and editors read, out.
//!
//! The form is that of the OASIS standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0". A result
//! is known by its fingerprint, never by its place, so that an edit elsewhere does not open it anew. GitHub goes by
//! `primaryLocationLineHash` alone, so the fingerprint stands there too.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Findings, place};
use crate::model::{Draft, Finding, Rule, Severity, paragraph_name};
use crate::report::pretty;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What the paths of drafts are seen from.
const ROOT: &str = "%SRCROOT%";

/// The form of our fingerprints.
const FINGERPRINT: &str = "adref/v1";

/// The fingerprint that GitHub goes by: a hash, and the how manieth of its kind.
const GITHUB_FINGERPRINT: &str = "primaryLocationLineHash";

pub(super) fn write(told: Findings<'_>) -> String {
    let rules = descriptors(told);
    let results = told.findings.iter().map(|f| result(f, told.draft_of(f), &rules)).collect();
    let driver = Driver { name: "adref", version: env!("CARGO_PKG_VERSION"), rules };
    let root = Described { description: text("The folder that adref was run in") };
    let run = Run {
        tool: Tool { driver },
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: BTreeMap::from([(ROOT, root)]),
        results,
    };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    pretty::json(&log) + "\n"
}

/// All rules there are, and after them those of the readers, which have no page.
fn descriptors(told: Findings<'_>) -> Vec<Descriptor> {
    let mut all: Vec<Descriptor> = told.rules.iter().map(descriptor).collect();
    for finding in told.findings {
        if !all.iter().any(|known| known.id == finding.rule) {
            all.push(Descriptor {
                id: finding.rule,
                short_description: None,
                full_description: None,
                help: None,
                default_configuration: Configuration { level: level(finding.severity) },
            });
        }
    }
    all
}

fn descriptor(rule: &Rule) -> Descriptor {
    let page = rule.explanation();
    Descriptor {
        id: rule.name,
        short_description: Some(text(rule.brief())),
        full_description: Some(text(why(&page).unwrap_or_else(|| rule.brief()))),
        help: Some(Message { text: page.clone(), markdown: Some(page) }),
        default_configuration: Configuration { level: level(rule.severity) },
    }
}

/// What the page of a rule says below its first heading.
fn why(page: &str) -> Option<String> {
    let (_, below) = page.split_once("\n## ")?;
    let words = below.split("\n\n").nth(1)?.split_whitespace();
    Some(words.collect::<Vec<_>>().join(" "))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(finding: &Finding, draft: Option<&Draft>, rules: &[Descriptor]) -> Outcome {
    let print = &finding.fingerprint;
    Outcome {
        rule_id: finding.rule,
        rule_index: rules.iter().position(|rule| rule.id == finding.rule),
        level: level(finding.severity),
        message: text(unlinked(&place::told(finding))),
        locations: [location(finding, draft)],
        partial_fingerprints: BTreeMap::from([
            (FINGERPRINT, print.clone()),
            (GITHUB_FINGERPRINT, format!("{print}:1")),
        ]),
    }
}

/// A message in which `[words](target)` is no link: what is quoted from a draft leads nowhere.
fn unlinked(message: &str) -> String {
    if message.contains("](") {
        message.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        message.to_owned()
    }
}

fn location(finding: &Finding, draft: Option<&Draft>) -> Location {
    let path = place::path(finding);
    let region = finding.at.map(|at| Region {
        start_line: at.line,
        start_column: at.column,
        end_line: finding.until.map(|until| until.line),
        end_column: finding.until.map(|until| until.column),
    });
    let paragraph = finding.paragraph.iter().map(|id| Logical {
        name: paragraph_name(id, draft),
        fully_qualified_name: format!("{path}#{id}"),
        kind: "paragraph",
    });
    Location {
        logical_locations: paragraph.collect(),
        physical_location: Physical { artifact_location: artifact(&path), region },
    }
}

fn artifact(path: &str) -> Artifact {
    if let Some(rooted) = path.strip_prefix('/') {
        return Artifact { uri: format!("file:///{}", encoded(rooted)), uri_base_id: None };
    }
    let drive = path.split_once(":/").is_some_and(|(drive, _)| drive.len() == 1);
    if drive && cfg!(windows) {
        return Artifact { uri: format!("file:///{}", encoded(path)), uri_base_id: None };
    }
    Artifact { uri: encoded(path), uri_base_id: Some(ROOT) }
}

/// A path in which every byte but those that may stand in any part of a URI is percent-encoded (RFC 3986, section 2.3).
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn text(text: impl Into<String>) -> Message {
    Message { text: text.into(), markdown: None }
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    original_uri_base_ids: BTreeMap<&'static str, Described>,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Described {
    description: Message,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Message>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}
