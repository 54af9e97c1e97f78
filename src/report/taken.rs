//! A draft as it was read in; what was taken over from its file and what was not, in a few lines, out.

use std::collections::BTreeMap;

use super::evidence::count;
use crate::model::{AsideKind, Draft, Omission};

/// So many places are named; more of them only crowd the line.
const NAMED: usize = 5;

/// Says how much a file held, what of it stands apart from the paragraphs, and what was left out, and where.
pub fn taken_over(draft: &Draft) -> String {
    let paragraphs = count(draft.paragraphs.len(), "paragraph", "paragraphs");
    let headings = count(draft.headings.len(), "heading", "headings");
    let mut out = format!("{}: {paragraphs}, {headings}\n", draft.path);
    if !draft.footnotes.is_empty() {
        let called = draft.paragraphs.iter().filter(|paragraph| {
            paragraph.asides.iter().any(|aside| aside.kind == AsideKind::Footnote)
        });
        let places: Vec<String> = called.map(|paragraph| paragraph.address(None)).collect();
        let notes = count(draft.footnotes.len(), "footnote", "footnotes");
        let called = if places.is_empty() {
            String::new()
        } else {
            format!(
                ", called in {} {}",
                if places.len() == 1 { "paragraph" } else { "paragraphs" },
                few(&places)
            )
        };
        out.push_str(&format!("  kept apart at the end: {notes}{called}\n"));
    }
    let mut found = BTreeMap::<Omission, Vec<usize>>::new();
    for left_out in &draft.left_out {
        found.entry(left_out.what).or_default().push(left_out.after);
    }
    for (what, after) in &found {
        let (one, several) = what.names();
        let mut places: Vec<String> = after.iter().map(|after| place(draft, *after)).collect();
        places.dedup();
        let verb = if *what == Omission::Table { "changed" } else { "left out" };
        out.push_str(&format!(
            "  {verb}: {} ({})\n",
            count(after.len(), one, several),
            few(&places)
        ));
    }
    if found.is_empty() {
        out.push_str("  nothing was left out\n");
    }
    out
}

fn place(draft: &Draft, after: usize) -> String {
    match after.checked_sub(1).and_then(|at| draft.paragraphs.get(at)) {
        Some(paragraph) => format!("after paragraph {}", paragraph.address(None)),
        None => "before the first paragraph".to_owned(),
    }
}

fn few(places: &[String]) -> String {
    let more = places.len().saturating_sub(NAMED);
    let named: Vec<&str> = places.iter().take(NAMED).map(String::as_str).collect();
    match more {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
