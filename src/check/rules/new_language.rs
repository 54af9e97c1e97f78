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
//! > # Preamble
//! >
//! > 1\. Every harbour shall have a lamp of its own, and a keeper who is paid on time.
//!
//! every paragraph under a heading with the word "Preamble" is found of whose words more than a fifth are new. Without
//! `most`, every paragraph that is marked new is found. Without `sections`, the rule does nothing.
//!
//! ## What to do
//!
//! Take agreed words: `adref suggest DRAFT#NUMBER` shows what is agreed on the same subject. Or move the paragraph.

use super::{Case, Check, Found, Settings};
use crate::model::{Facts, Mark, Paragraph, Severity, Span};
use crate::text::{Folding, is_month, opening_act, quotations};

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
        if only_recites(case, paragraph, facts) {
            return None;
        }
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

/// Words that stand between the documents of a recital, and in the opening line.
const RECITAL: &str = include_str!("../data/recital.txt");

/// True for a paragraph that says nothing but which documents it recalls, by number, date and title, and for the opening line
/// "The General Assembly,": it has no words of its own that could be agreed.
fn only_recites(case: &Case<'_>, paragraph: &Paragraph, facts: &Facts) -> bool {
    let text = paragraph.text.as_str();
    let cited = facts.citations.iter();
    let titles = cited.clone().filter_map(|citation| case.entry(citation.reference?));
    let titles: Vec<String> = titles
        .filter_map(|entry| entry.text.front.title.as_ref().map(|title| title.to_lowercase()))
        .collect();
    let quoted = quotations(text).into_iter().map(|quoted| quoted.span);
    let act = opening_act(text).map(|act| act.span);
    let apart: Vec<Span> = cited.map(|citation| citation.span).chain(quoted).chain(act).collect();
    let is_small = |word: &str| RECITAL.lines().any(|own| own == word);
    let is_date = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let is_of_title = |word: &str| {
        titles.iter().any(|title| title.split(|c: char| !c.is_alphanumeric()).any(|w| w == word))
    };
    let words = Folding::plain().words(text, &[]).into_iter().map(|word| word.span);
    words.filter(|word| !apart.iter().any(|apart| apart.overlaps(*word))).all(|word| {
        let word = word.slice(text);
        let lower = word.to_lowercase();
        is_small(&lower) || is_date(&lower) || is_month(word) || is_of_title(&lower)
    })
}
