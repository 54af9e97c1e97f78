//! Finds numbers of paragraphs and labels of sub-paragraphs that leave one out, stand twice, or go back.
//!
//! ## Why it matters
//!
//! The number is how a delegation names a paragraph. Where 14 stands twice, nobody knows which one was agreed; where 13
//! is missing, everybody asks what became of it.
//!
//! ## Example
//!
//! > 12\. We welcome the report.
//! >
//! > 14\. We request the Secretary-General to submit another one.
//!
//! ## What to do
//!
//! Put the numbers right, and then the references to them: rule `dangling-reference` finds these. Numbers such as `12
//! bis` and `12.alt`, numbers that begin anew with 1 or in an annex, and those of paragraphs that are struck out are in
//! order; `12 ter` needs a `12 bis` somewhere, and numbers with a point, `7.1`, count by themselves. Labels are looked
//! at in lists and in running text, "(a) …; (b) …", "1) …; 2) …". Where paragraphs are left out on purpose, put `[...]` in their
//! place; a draft of single paragraphs says `extent: excerpts` in its head.

use super::{Case, Check, Found, Settings};
use crate::check::address::{has_line, opens_line};
use crate::check::labels::{misplaced, misplaced_inline};
use crate::model::{Break, BreakKind, Draft, Extent, Number, Paragraph, Severity, Span, breaks};

pub(super) const CHECK: Check = Check {
    name: "numbering",
    severity: Severity::Warning,
    page: include_str!("numbering.rs"),
    options: &[],
    within_quotations: false,
    run,
};

fn run(case: &Case<'_>, _: &Settings) -> Vec<Found> {
    let draft = &case.annotation.draft;
    let excerpts = draft.front.extent == Some(Extent::Excerpts);
    let numbers = breaks(draft).into_iter();
    let numbers = numbers.filter(|found| !excerpts || found.kind == BreakKind::Repeated);
    let numbers = numbers.filter(|found| !is_meant(draft, found));
    let mut found: Vec<Found> = numbers
        .map(|found| {
            // Known by the words of its paragraph: its number changes with every paragraph before it.
            Found::paragraph(found.paragraph, found.to_string()).help(help(&found.kind))
        })
        .collect();
    for (at, paragraph, facts) in case.paragraphs() {
        let cited: Vec<Span> = facts.citations.iter().map(|citation| citation.span).collect();
        let inline = misplaced_inline(paragraph, &cited).into_iter();
        found.extend(misplaced(paragraph).into_iter().chain(inline).map(|misplaced| {
            let own = misplaced.label.slice(&paragraph.text).trim();
            let before = misplaced.before.slice(&paragraph.text).trim();
            let message = if misplaced.repeated {
                format!("sub-paragraph {own} stands twice")
            } else {
                format!("sub-paragraph {own} follows {before}")
            };
            Found::words(at, misplaced.label, message).help("put the labels of the list in order")
        }));
    }
    found
}

/// True where a number is not the draft's own, or is a part of the paragraph before: in an annex or behind a colon, where
/// paragraphs of another text are amended; where the lettered list of a paragraph goes on under a heading; and where the
/// numbers left out stand in the text between.
fn is_meant(draft: &Draft, found: &Break) -> bool {
    let Some(own) = draft.paragraphs.get(found.paragraph) else { return false };
    let before = draft.paragraphs.get(..found.paragraph).unwrap_or_default();
    let last = before.iter().rposition(|paragraph| paragraph.number.is_some());
    let between = before.get(last.unwrap_or_default()..).unwrap_or_default();
    let before = last.and_then(|last| before.get(last));
    let amends = || before.is_some_and(|before| before.text.trim_end().ends_with(':'));
    let count = |paragraph: &Paragraph| {
        paragraph.number.as_deref().and_then(Number::of).map(|number| number.count)
    };
    // All that are left out, from this one on, begin a line in the text before.
    let stands = |from: u32| {
        count(own).is_some_and(|to| {
            from < to
                && (from..to).all(|number| {
                    let is_there = |own: &Paragraph| {
                        has_line(&own.text, number) || opens_line(&own.text, number)
                    };
                    between.iter().any(is_there)
                })
        })
    };
    match &found.kind {
        BreakKind::Begins => own.annex.is_some() || amends() || stands(1),
        BreakKind::Repeated => {
            amends() || own.parts.first().is_some_and(|part| part.span.start == 0)
        }
        BreakKind::Gap(_) => {
            before.and_then(count).is_some_and(|before| stands(before.saturating_add(1)))
        }
        _ => amends(),
    }
}

fn help(kind: &BreakKind) -> &'static str {
    match kind {
        BreakKind::Begins | BreakKind::Gap(_) => {
            "put the numbers in order, or put [...] where paragraphs are left out"
        }
        BreakKind::Repeated | BreakKind::Doubled(_) => "give one of the two another number",
        BreakKind::Back(_) | BreakKind::Slip(_) | BreakKind::Exchanged(_) => {
            "put the numbers in order"
        }
        BreakKind::Otherwise(_) => "number all paragraphs of one text in one way",
    }
}
