//! A case in; what each rule finds in it out. One file a rule: its opening comment is the page in `docs/rules/`.

mod altered_agreed_language;
mod brackets;
mod dangling_reference;
mod false_pin;
mod misquotation;
mod missing_pinpoint_target;
mod new_language;
mod numbering;
mod placeholder;
mod structure;
mod superseded_source;
mod unintroduced_name;
mod unlinked_agreed_language;
mod unresolved_citation;
pub(super) mod waiver;

use super::case::Case;
use super::found::Found;
use super::policy::{Policy, Setting, Settings, most_like};
use crate::model::{Rule, Severity};

/// A rule: its name, its page, and what it does.
pub(super) struct Check {
    pub(super) name: &'static str,
    pub(super) severity: Severity,
    /// The source of the rule's file, whose opening comment explains it.
    pub(super) page: &'static str,
    /// Options of [`Settings`] that it takes beside severity, paths and sections.
    pub(super) options: &'static [&'static str],
    /// True where it also looks at words quoted from others, which are not the author's own.
    pub(super) within_quotations: bool,
    pub(super) run: fn(&Case<'_>, &Settings) -> Vec<Found>,
}

/// All rules, in the order of their names.
pub(super) const ALL: &[Check] = &[
    altered_agreed_language::CHECK,
    brackets::CHECK,
    dangling_reference::CHECK,
    false_pin::CHECK,
    misquotation::CHECK,
    missing_pinpoint_target::CHECK,
    new_language::CHECK,
    numbering::CHECK,
    placeholder::CHECK,
    structure::CHECK,
    superseded_source::CHECK,
    unintroduced_name::CHECK,
    unlinked_agreed_language::CHECK,
    unresolved_citation::CHECK,
    waiver::CHECK,
];

impl Check {
    /// What is known of the rule beside what it finds.
    pub(super) fn facts(&self) -> Rule {
        Rule { name: self.name, severity: self.severity, page: self.page }
    }
}

/// What is wrong with a policy: each fault in a sentence.
pub(super) fn faults(policy: &Policy) -> Vec<String> {
    let names = || ALL.iter().map(|check| check.name);
    let mut faults = Vec::new();
    for name in policy.only.iter().chain(policy.rules.keys()) {
        if !names().any(|known| known == name) {
            let like = most_like(name, names());
            let help = like.map_or(String::new(), |like| format!("; did you mean “{like}”?"));
            faults.push(format!("there is no rule “{name}”{help}"));
        }
    }
    for check in ALL {
        let Some(Setting::Settings(settings)) = policy.rules.get(check.name) else { continue };
        faults
            .extend(settings.faults(check.options).map(|fault| format!("{}: {fault}", check.name)));
    }
    faults
}
