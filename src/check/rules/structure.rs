//! Finds sections that do not say things in the order that a policy demands.
//!
//! ## Why it matters
//!
//! An outcome document is easier to agree on when each topic first recalls what was agreed, then takes up what happened
//! since, and then makes its request: then everybody sees which request rests on what.
//!
//! ## Example
//!
//! With this in `adref.yaml`:
//!
//! ```yaml
//! check:
//!   rules:
//!     structure:
//!       order:
//!         - { name: recall or reaffirm what was agreed, acts: [recall, reaffirm, recommit], marks: [reaffirmed] }
//!         - { name: take up what happened since, acts: [note, take note, recognize, welcome], optional: true }
//!         - { name: make a request, acts: [request, invite, encourage, call, urge, decide] }
//! ```
//!
//! > # Lamps
//! >
//! > 4\. We request every harbour to light its lamps an hour before dusk.
//!
//! a section is found that makes a request and never recalls what it rests on, and so is a paragraph that recalls an
//! agreed text after the request was made. Paragraphs that do none of these things may stand anywhere. Without `order`,
//! the rule does nothing; with `sections`, it looks at those only.
//!
//! ## What to do
//!
//! Put the paragraphs of the section into the order, or add the one that is missing.

use super::{Case, Check, Found, Settings};
use crate::check::policy::Opening;
use crate::model::{Facts, Paragraph, Severity};

pub(super) const CHECK: Check = Check {
    name: "structure",
    severity: Severity::Warning,
    page: include_str!("structure.rs"),
    options: &["order"],
    within_quotations: true,
    run,
};

/// A numbered paragraph with its place in the draft.
type Placed<'c> = (usize, &'c Paragraph, &'c Facts);

fn run(case: &Case<'_>, settings: &Settings) -> Vec<Found> {
    let order = settings.order.as_slice();
    if order.is_empty() {
        return Vec::new();
    }
    // What stands under no heading, and what holds only a place, is in no section.
    let placed = case.paragraphs().filter(|(_, paragraph, _)| {
        !paragraph.placeholder && !paragraph.section.is_empty() && paragraph.number.is_some()
    });
    let placed: Vec<Placed<'_>> = placed.collect();
    let sections =
        placed.chunk_by(|(_, a, _), (_, b, _)| (&a.section, &a.annex) == (&b.section, &b.annex));
    sections
        .flat_map(|section| {
            missing(section, order).chain(misplaced(case, section, order)).collect::<Vec<_>>()
        })
        .collect()
}

/// What a section leaves out, told at its first paragraph.
fn missing<'s>(
    section: &'s [Placed<'_>],
    order: &'s [Opening],
) -> impl Iterator<Item = Found> + 's {
    let heading = |paragraph: &Paragraph| paragraph.section.last().cloned().unwrap_or_default();
    let absent = order.iter().filter(|opening| {
        !opening.optional
            && !section.iter().any(|(_, paragraph, facts)| opening.is_of(paragraph, facts))
    });
    let first = section.first();
    absent.filter_map(move |opening| {
        let (at, paragraph, _) = first?;
        let heading = heading(paragraph);
        let message =
            format!("in the section “{heading}” no paragraph does this: {}", opening.name);
        let help =
            format!("add a paragraph that opens with one of these: {}", opening.acts.join(", "));
        Some(
            Found::paragraph(*at, message).help(help).about(format!("{heading}\n{}", opening.name)),
        )
    })
}

/// Paragraphs that come after what they should come before.
fn misplaced<'s>(
    case: &'s Case<'_>,
    section: &'s [Placed<'_>],
    order: &'s [Opening],
) -> impl Iterator<Item = Found> + 's {
    let mut furthest: Option<(usize, String)> = None;
    section.iter().filter_map(move |(at, paragraph, facts)| {
        let own = order.iter().position(|opening| opening.is_of(paragraph, facts))?;
        let name = case.name_of(paragraph);
        let Some((reached, before)) = furthest.clone().filter(|(reached, _)| *reached > own) else {
            furthest = Some((own, name));
            return None;
        };
        let (own, reached) = (order.get(own)?, order.get(reached)?);
        let message = format!(
            "{name} ({}) stands after {before} ({}), and belongs before it",
            own.name, reached.name
        );
        let opening: Vec<&str> = paragraph.text.split_whitespace().take(8).collect();
        let help = format!("put it before {before}");
        Some(Found::paragraph(*at, message).help(help).about(opening.join(" ")))
    })
}
