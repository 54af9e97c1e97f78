//! A match in; the agreed paragraph in full, with what the draft left out, put in and took over marked, out.

use super::words::{Lines, Words};
use crate::model::{Library, Match, Paragraph, Span};

/// What the draft did with a stretch of the agreed text.
struct Stretch {
    /// In the agreed text; empty where the draft only adds.
    agreed: Span,
    /// The draft's words in place of it.
    added: Option<Span>,
    /// True where the draft has the agreed words.
    taken: bool,
}

/// The lines of the agreed paragraph.
pub(super) fn agreed(matched: &Match, draft: &Paragraph, library: &Library) -> Option<Lines> {
    let entry = library.entries.get(matched.location.reference)?;
    let agreed = entry.text.paragraphs.get(matched.location.paragraph)?;
    let mut lines = Lines::new();
    let mut at = 0;
    for Stretch { agreed: span, added, taken } in stretches(matched) {
        // Where the draft turned the order around, stretches may lie in one another: the first one counts.
        if span.start < at {
            continue;
        }
        rest(&mut lines, agreed, Span::new(at, span.start));
        let (tag, class) = if taken { (None, "") } else { (Some("del"), "dropped") };
        lines.add(&Words::new(tag, class, span.slice(&agreed.text)), agreed, span.start);
        if let Some(added) = added {
            let before = agreed.text.get(..span.end).unwrap_or_default();
            if !before.is_empty() && !before.ends_with(char::is_whitespace) {
                lines.insert(Words::new(None, "", " "));
            }
            lines.insert(Words::new(Some("ins"), "new", added.slice(&draft.text)));
            let after = agreed.text.get(span.end..).unwrap_or_default();
            if after.starts_with(char::is_alphanumeric) {
                lines.insert(Words::new(None, "", " "));
            }
        }
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

/// All that the draft took, left out and put in, in the order of the agreed text.
fn stretches(matched: &Match) -> Vec<Stretch> {
    let taken =
        matched.runs.iter().map(|run| Stretch { agreed: run.agreed, added: None, taken: true });
    let edited = matched.departures.iter().map(|edit| Stretch {
        agreed: edit.agreed,
        added: Some(edit.draft).filter(|draft| !draft.is_empty()),
        taken: false,
    });
    let mut all: Vec<Stretch> = taken.chain(edited).collect();
    all.sort_by_key(|stretch| (stretch.agreed.start, stretch.agreed.end));
    all
}
