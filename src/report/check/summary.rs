//! Findings in; how many there are, by severity and by rule, out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Findings;
use crate::model::Severity;

/// Counts over all drafts that were checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Summary {
    pub(super) drafts: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    pub(super) waived: usize,
    pub(super) known: usize,
    pub(super) mended: usize,
    pub(super) elsewhere: usize,
    pub(super) hidden: usize,
    /// By the names of the rules.
    pub(super) rules: BTreeMap<&'static str, usize>,
}

impl Summary {
    pub(super) fn of(told: Findings<'_>) -> Self {
        let of = |severity| told.findings.iter().filter(|f| f.severity == severity).count();
        let mut rules = BTreeMap::new();
        told.findings.iter().for_each(|finding| *rules.entry(finding.rule).or_default() += 1);
        Self {
            drafts: told.drafts.len(),
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            notes: of(Severity::Note),
            waived: told.waived,
            known: told.known,
            mended: told.mended,
            elsewhere: told.elsewhere,
            hidden: told.hidden,
            rules,
        }
    }

    /// "2 errors, 1 warning and 3 notes in 2 drafts".
    pub(super) fn told(&self) -> String {
        let kinds = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let kinds = kinds.into_iter().filter(|(count, _)| *count > 0);
        let kinds: Vec<String> = kinds.map(|(count, kind)| counted(count, kind)).collect();
        let drafts = counted(self.drafts, "draft");
        match kinds.as_slice() {
            [] => format!("Nothing found in {drafts}"),
            [one] => format!("{one} in {drafts}"),
            [most @ .., last] => format!("{} and {last} in {drafts}", most.join(", ")),
        }
    }
}

/// "1 note", "2 notes".
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
