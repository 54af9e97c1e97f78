//! Finds brackets that are not closed or not opened, and square ones that are left in a text whose stage is final.
//!
//! A square bracket that is not closed or not opened is an error; a round one, and one left in a final text, a warning.
//!
//! ## Why it matters
//!
//! Brackets say what is not agreed. Where one is missing nobody can tell how far the disagreement goes; and what is
//! adopted has none.
//!
//! ## Example
//!
//! > 12\. We commit to \[predictable and \[adequate\] financing for digital development.
//!
//! The first bracket is not closed, in this paragraph or in a later one.
//!
//! ## What to do
//!
//! Put in the bracket that is missing, or take the other one out. Before a text is final, settle what stands in
//! brackets. A text is final when the `stage` in its head is “adopted” or “final”, or one of `check: final_stages:` in
//! `adref.yaml`. A square bracket without its other half is an error, a round one without its other half in the same paragraph a
//! warning. Brackets in quoted words, and places held open (rule `placeholder`), are left alone.

use super::{Case, Check, Found, Settings};
use crate::check::brackets::{Sign, pairs, round};
use crate::model::{Severity, Span};
use crate::text::placeholders;

pub(super) const CHECK: Check = Check {
    name: "brackets",
    severity: Severity::Warning,
    page: include_str!("brackets.rs"),
    options: &[],
    within_quotations: false,
    run,
};

/// Words that an editor puts in brackets, and that stay.
const EDITORS: [&str; 3] = ["sic", "emphasis added", "footnote omitted"];

fn run(case: &Case<'_>, settings: &Settings) -> Vec<Found> {
    let pairs = pairs(case.paragraphs().map(|(at, paragraph, _)| (at, paragraph)));
    let alone = |sign: &Sign, message: &str, help: &str| {
        Found::words(sign.paragraph, sign.span(), message).help(help).severity(Severity::Error)
    };
    let unclosed = pairs.unclosed.iter().map(|sign| {
        alone(
            sign,
            "this bracket is not closed",
            "close it where the words end that are not agreed, or take it out",
        )
    });
    let unopened = pairs.unopened.iter().map(|sign| {
        alone(
            sign,
            "this bracket closes one that was not opened",
            "open it where those words begin, or take it out",
        )
    });
    let mut found: Vec<Found> = unclosed.chain(unopened).collect();
    for (at, paragraph, _) in case.paragraphs() {
        found.extend(round(&paragraph.text).into_iter().map(|sign| {
            let message = "this round bracket has no other half in the paragraph";
            let help = "put in the other half, or take it out";
            Found::words(at, Span::new(sign, sign + 1), message).help(help)
        }));
    }
    let stage = case.annotation.draft.front.stage.as_deref();
    if let Some(stage) = stage.filter(|stage| settings.is_final(stage)) {
        found.extend(left(case, &pairs.outermost, stage));
    }
    found
}

/// Brackets that are left in a text of this final stage.
fn left<'c>(
    case: &'c Case<'_>,
    pairs: &'c [(Sign, Sign)],
    stage: &'c str,
) -> impl Iterator<Item = Found> + 'c {
    let told = move |found: Found| found.help("settle it, and take the brackets out");
    let around = pairs.iter().filter_map(move |(open, close)| {
        let text = case.paragraph(open.paragraph)?.text.as_str();
        let within = open.paragraph == close.paragraph;
        let span = Span::new(open.at, if within { close.at + 1 } else { text.len() });
        let inside = span.slice(text).trim_matches(['[', ']', ' ', '.']).to_lowercase();
        if EDITORS.contains(&inside.as_str()) || placeholders(text).iter().any(|p| p.contains(span))
        {
            return None;
        }
        let words = inside.is_empty();
        let what = if words { "a bracket is" } else { "words in brackets are" };
        let message = format!("{what} left, though the stage of the text is “{stage}”");
        Some(told(Found::words(open.paragraph, span, message)))
    });
    let numbers = case.paragraphs().filter(|(_, paragraph, _)| paragraph.bracketed);
    let numbers = numbers.filter_map(move |(at, paragraph, _)| {
        let number = paragraph.shown_number()?;
        let message = format!(
            "the number {number} stands in brackets, though the stage of the text is “{stage}”"
        );
        Some(told(Found::paragraph(at, message).about(format!("number {number}"))))
    });
    around.chain(numbers)
}
