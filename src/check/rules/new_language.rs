//! Finds new language in the sections where a policy wants agreed language only.
//!
//! ## Why it matters
//!
//! Delegations may agree that a section, often the preamble or the follow-up, restates what was agreed before and adds
//! nothing. This holds them to it.
//!
//! ## Example
//!
//! With this in `adref.yaml`:
//!
//! ```yaml
//! check:
//!   rules:
//!     new-language: { sections: [Preamble], most: 0.2 }
//! ```
//!
//! every paragraph under a heading with the word "Preamble" is found of whose words more than a fifth are new. Without
//! `most`, every paragraph that is marked new is found. Without `sections`, the rule does nothing.
//!
//! ## What to do
//!
//! Take agreed words: `adref suggest DRAFT#NUMBER` shows what is agreed on the same subject. Or move the paragraph.

use super::{Case, Check, Found, Settings};
use crate::model::{Mark, Severity};

pub(super) const CHECK: Check = Check {
    name: "new-language",
    severity: Severity::Warning,
    page: include_str!("new_language.rs"),
    options: &["most"],
    within_quotations: true,
    run,
};

fn run(case: &Case<'_>, settings: &Settings) -> Vec<Found> {
    if settings.sections.is_empty() {
        return Vec::new();
    }
    let wanted = case.paragraphs().filter(|(at, ..)| case.is_in(Some(*at), &settings.sections));
    let found = wanted.filter_map(|(at, paragraph, facts)| {
        let coverage = facts.marking.coverage;
        let mark = facts.marking.mark?;
        let new = 1.0 - coverage.share();
        let message = match settings.most {
            None if mark == Mark::New => "this paragraph is new, and this section is for agreed language".to_owned(),
            Some(most) if new > most => format!(
                "{} of {} words of this paragraph are new ({:.0}\u{a0}%); in this section at most {:.0}\u{a0}% may be",
                coverage.total - coverage.carried,
                coverage.total,
                (new * 100.0).ceil(),
                most * 100.0
            ),
            _ => return None,
        };
        let name = paragraph.number.as_deref().unwrap_or(&paragraph.id);
        let help = format!("`adref suggest {}#{name}` shows what is agreed on this subject", case.path());
        // The paragraph is known by how it begins.
        let opening: Vec<&str> = paragraph.text.split_whitespace().take(8).collect();
        Some(Found::paragraph(at, message).help(help).about(opening.join(" ")))
    });
    found.collect()
}
