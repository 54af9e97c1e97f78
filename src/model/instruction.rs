//! What an author says to the tool beside a paragraph, in comments that nobody else sees.

use serde::{Deserialize, Serialize};

use super::Position;

/// An author's claim of what a paragraph rests on: `<!-- adref: A/RES/70/125 para. 9; verbatim -->`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// The source as the author wrote it: `A/RES/70/125 para. 9`.
    pub source: String,
    /// The fidelity claimed, as written: `verbatim`.
    pub claim: Option<String>,
    /// Where the pin stands in the file.
    pub at: Option<Position>,
}

impl Pin {
    /// The words of the comment that says it.
    pub fn written(&self) -> String {
        let claim = match &self.claim {
            Some(claim) => format!("; {claim}"),
            None if self.source.contains(';') => ";".to_owned(),
            None => String::new(),
        };
        format!("adref: {}{claim}", self.source)
    }
}

/// An author's word that a finding is meant to be: `<!-- adref: allow placeholder: awaiting the report -->`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiver {
    /// The rule waived, as written: `placeholder`.
    pub rule: String,
    /// Why; empty where the author does not say.
    pub reason: String,
    /// Where it stands in the file.
    pub at: Option<Position>,
}

impl Waiver {
    /// The words of the comment that says it.
    pub fn written(&self) -> String {
        let Self { rule, reason, .. } = self;
        let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        format!("adref: allow {rule}{reason}")
    }
}
