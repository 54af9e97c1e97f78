//! A footnote that differs in; how it is called, and what was done to it, out.

use std::collections::HashSet;

use super::Compared;
use crate::model::{Change, ChangeKind, Footnote, FootnoteChange, note_words};
use crate::text::in_place;

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

/// All footnotes that differ.
pub(super) fn all(compared: Compared<'_>) -> impl Iterator<Item = &FootnoteChange> {
    let comparison = compared.comparison;
    comparison.changes.iter().flat_map(|change| &change.footnotes).chain(&comparison.uncalled)
}

/// The footnotes that both drafts have and that kept their order, by their places in the old and in the new one: those that
/// were edited, and those of which nothing is told, as they have the same words.
pub(super) fn kept(compared: Compared<'_>) -> Vec<(usize, usize)> {
    let told = || all(compared);
    let rest = |notes: &[Footnote], of: fn(&FootnoteChange) -> Option<usize>| -> Vec<usize> {
        let told: HashSet<usize> = told().filter_map(of).collect();
        (0..notes.len()).filter(|at| !told.contains(at)).collect()
    };
    let words = |notes: &[Footnote], at: usize| notes.get(at).map(|note| note_words(&note.text));
    let mut olds = rest(&compared.old.footnotes, |note| note.old);
    let mut kept: Vec<(usize, usize)> =
        told().filter_map(|note| Some((note.old?, note.new?))).collect();
    for new in rest(&compared.new.footnotes, |note| note.new) {
        let own = words(&compared.new.footnotes, new);
        let same = olds.iter().position(|old| words(&compared.old.footnotes, *old) == own);
        kept.extend(same.map(|at| (olds.remove(at), new)));
    }
    kept.sort_unstable_by_key(|(_, new)| *new);
    let stays = in_place(&kept, |_| 1);
    kept.into_iter().zip(stays).filter_map(|(pair, stays)| stays.then_some(pair)).collect()
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
