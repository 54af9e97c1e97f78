//! A footnote that differs in; how it is called, and what was done to it, out.

use super::Compared;
use crate::model::{Change, ChangeKind, Footnote, FootnoteChange};

/// Said above the footnotes that stand below no paragraph.
pub(super) const UNCALLED: &str = "Footnotes that no paragraph calls";

/// `footnote 3 (was 2), edited`
pub(in crate::report) fn told(note: &FootnoteChange, compared: Compared<'_>) -> String {
    let label = |notes: &'_ [Footnote], at: Option<usize>| {
        at.and_then(|at| notes.get(at)).map(|note| note.label.clone())
    };
    let old = label(&compared.old.footnotes, note.old);
    let new = label(&compared.new.footnotes, note.new);
    let was = match (&old, &new) {
        (Some(old), Some(new)) if old != new => format!(" (was {old})"),
        _ => String::new(),
    };
    let label = new.or(old).unwrap_or_default();
    format!("footnote {label}{was}, {}", note.kind.word())
}

/// `only a footnote`: what is said of a paragraph in which nothing else differs.
pub(super) fn only(change: &Change) -> Option<String> {
    match change.footnotes.len() {
        0 => None,
        1 => Some("only a footnote".to_owned()),
        _ => Some("only footnotes".to_owned()),
    }
}

/// True where both drafts have it: its words are marked one by one.
pub(super) fn is_edited(note: &FootnoteChange) -> bool {
    note.kind == ChangeKind::Edited
}
