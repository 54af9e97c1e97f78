//! The file of a finding in; its name as forges and build servers want it, and what stands beside a finding, out.

use crate::model::{Draft, Finding, paragraph_name};

/// The path with `/` on every system, and without `./` before it: forges know their files by such names.
pub(super) fn path(finding: &Finding) -> String {
    slashed(&finding.path)
}

/// A path as forges write it.
pub(super) fn slashed(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    path.trim_start_matches("./").to_owned()
}

/// The message, and in a line of its own what to do.
pub(super) fn told(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    }
}

/// `drafts/rev1.md:12:4`, or with the paragraph where the file has no lines.
pub(super) fn address(finding: &Finding, draft: &Draft) -> String {
    let path = path(finding);
    match (finding.at, &finding.paragraph) {
        (Some(at), _) => format!("{path}:{}:{}", at.line, at.column),
        (None, Some(id)) => format!("{path}, {}", paragraph_name(id, Some(draft))),
        (None, None) => path,
    }
}
