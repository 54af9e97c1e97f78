//! What a reader found wrong with a draft in; the same, known by fingerprints as the findings of rules are, out.

use std::collections::HashMap;

use twox_hash::XxHash3_64;

use crate::model::{Draft, Finding};

/// What was met while reading the draft. A fault is known by its rule, its message and its paragraph, never by its line.
pub fn reading(draft: &Draft) -> Vec<Finding> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let known = draft.findings.iter().map(|finding| {
        let paragraph = finding.paragraph.as_deref().unwrap_or_default();
        let known = format!("{}\n{}\n{paragraph}", finding.rule, finding.message);
        let nth = seen.entry(known.clone()).and_modify(|nth| *nth += 1).or_insert(1);
        let told = format!("{known}\n{nth}");
        let fingerprint = format!("{:016x}", XxHash3_64::oneshot(told.as_bytes()));
        Finding { fingerprint, ..finding.clone() }
    });
    known.collect()
}
