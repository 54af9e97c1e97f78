//! Finds waivers that waive nothing: those for a rule that finds nothing there any more, those for a rule
//! that is switched off, those without a reason, and those for a rule that does not exist.
//!
//! ## Why it matters
//!
//! A waiver that outlives its reason hides the next fault of its kind.
//!
//! ## Example
//!
//! > 12\. We welcome the report of the Commission.
//! > `<!-- adref: allow placeholder: awaiting the report -->`
//!
//! The report is there, and the place is filled.
//!
//! ## What to do
//!
//! Take the comment out. Where it is still needed, give the name of the rule and the reason:
//! `<!-- adref: allow RULE: reason -->`. Behind a paragraph it holds for that paragraph, before the first one for the
//! whole draft.

use super::{Case, Check, Found, Settings};
use crate::model::Severity;

pub(in crate::check) const CHECK: Check = Check {
    name: "waiver",
    severity: Severity::Warning,
    page: include_str!("waiver.rs"),
    options: &[],
    within_quotations: false,
    run,
};

/// Waivers are held against what all other rules found: `check::waive` does it.
fn run(_: &Case<'_>, _: &Settings) -> Vec<Found> {
    Vec::new()
}
