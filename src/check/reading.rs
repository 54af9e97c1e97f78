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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Position;

    #[test]
    fn a_fault_is_known_by_what_it_says_and_not_by_its_line() {
        let at = |line| Some(Position { line, column: 1 });
        let found =
            |line, message: &str| Finding::warning("not-read", "a.docx", message).at(at(line));
        let prints = |findings: Vec<Finding>| -> Vec<String> {
            let draft = Draft { findings, ..Draft::default() };
            reading(&draft).into_iter().map(|finding| finding.fingerprint).collect()
        };
        let before = prints(vec![found(3, "a chart"), found(4, "a chart")]);
        assert_ne!(before.first(), before.last());
        assert_eq!(prints(vec![found(7, "a chart"), found(9, "a chart")]), before);
        assert!(!before.contains(&prints(vec![found(3, "a picture")])[0]));
    }
}
