//! A match in; the agreed paragraph in full, with what the draft took and what it left out told apart, out.

use super::words::{Lines, Words};
use crate::model::{Library, Match, Paragraph, Span};

/// The lines of the agreed paragraph, as it was agreed: nothing of the draft is put into it.
pub(super) fn agreed(matched: &Match, library: &Library) -> Option<Lines> {
    let entry = library.entries.get(matched.location.reference)?;
    let agreed = entry.text.paragraphs.get(matched.location.paragraph)?;
    let mut lines = Lines::new();
    let mut at = 0;
    for (span, taken) in stretches(matched) {
        // Where the draft turned the order around, stretches may lie in one another: the first one counts.
        if span.start < at {
            continue;
        }
        rest(&mut lines, agreed, Span::new(at, span.start));
        let (tag, class) = if taken { (None, "") } else { (Some("span"), "left") };
        lines.add(&Words::new(tag, class, span.slice(&agreed.text)), agreed, span.start);
        at = span.end;
    }
    rest(&mut lines, agreed, Span::new(at, agreed.text.len()));
    Some(lines)
}

/// What the draft neither took nor changed. A space or a stop alone is no such thing.
fn rest(lines: &mut Lines, agreed: &Paragraph, span: Span) {
    let words = span.slice(&agreed.text);
    let tag = words.contains(char::is_alphanumeric).then_some("span");
    lines.add(&Words::new(tag, "rest", words), agreed, span.start);
}

/// All that the draft took, and all that it left out, in the order of the agreed text; with whether it was taken.
fn stretches(matched: &Match) -> Vec<(Span, bool)> {
    let taken = matched.runs.iter().map(|run| (run.agreed, true));
    let left = matched.departures.iter().map(|edit| (edit.agreed, false));
    let mut all: Vec<(Span, bool)> =
        taken.chain(left).filter(|(span, _)| !span.is_empty()).collect();
    all.sort_by_key(|(span, _)| (span.start, span.end));
    all
}
