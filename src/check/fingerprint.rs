//! Findings of one draft in; what each is known by from one run to the next, out.
//!
//! A finding is known by its rule, by what it is about, and by the few words around it: never by its place. So it
//! keeps its fingerprint when paragraphs are put in before it, renumbered, or moved. Two that are the same in all this
//! are told apart by their order.

use std::collections::HashMap;

use twox_hash::XxHash3_64;

use super::case::Case;
use super::found::Found;
use crate::model::{Rule, Span};

/// So many words on either side of those concerned tell where they stand.
const AROUND: usize = 4;

/// One for each finding, sixteen hexadecimal digits: XXH3 of what it is known by.
pub(super) fn of_all(case: &Case<'_>, found: &[(Rule, Found)]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let known = found.iter().map(|(rule, found)| {
        let known = format!("{}\n{}", rule.name, known_by(case, found));
        let nth = seen.entry(known.clone()).or_default();
        *nth += 1;
        let told = if *nth == 1 { known } else { format!("{known}\n{nth}") };
        format!("{:016x}", XxHash3_64::oneshot(told.as_bytes()))
    });
    known.collect()
}

fn known_by(case: &Case<'_>, found: &Found) -> String {
    let Some(paragraph) = found.paragraph.and_then(|at| case.paragraph(at)) else {
        return found.about.clone();
    };
    if !found.about.is_empty() {
        return found.about.to_lowercase();
    }
    let text = paragraph.text.as_str();
    let span = found.span.unwrap_or(Span::new(0, 0));
    let before = text.get(..span.start).unwrap_or_default().split_whitespace().rev().take(AROUND);
    let after = text.get(span.end..).unwrap_or_default().split_whitespace().take(AROUND);
    let around: Vec<&str> = before.chain(after).collect();
    // Words that stand alone are known by the heading above them.
    let heading = paragraph.section.last().filter(|_| around.is_empty());
    let heading = heading.map_or("", String::as_str);
    format!("{}\n{}\n{heading}", span.slice(text), around.join(" ")).to_lowercase()
}
