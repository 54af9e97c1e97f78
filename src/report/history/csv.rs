//! A history in; a row for each paragraph, with its number and what happened in every revision, for a spreadsheet, out.

use super::told::Cell;
use super::{Followed, HistoryOptions};
use crate::model::Lineage;
use crate::report::cited::cut;
use crate::report::diff::concordance::label;
use crate::report::evidence::mark_word;
use crate::report::search::cell;

/// So many words tell a reader which paragraph it is.
const OPENING: usize = 10;

/// Writes the rows.
pub(super) fn write(followed: Followed<'_>, options: &HistoryOptions) -> String {
    let mut head = Vec::new();
    for revision in &followed.history.revisions {
        let label = &revision.label;
        head.extend([label.clone(), format!("{label}: what happened")]);
        head.extend(followed.library.map(|_| format!("{label}: mark")));
    }
    head.push("first words".to_owned());
    let mut out = row(head);
    for (_, lineage) in options.shown(followed.history) {
        out.push_str(&row(cells(followed, lineage)));
    }
    out
}

fn row(cells: Vec<String>) -> String {
    cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\r\n"
}

fn cells(followed: Followed<'_>, lineage: &Lineage) -> Vec<String> {
    let mut out = Vec::new();
    for revision in 0..followed.history.revisions.len() {
        let step = lineage.at(revision);
        let paragraph = step.and_then(|step| followed.paragraph(step));
        out.push(paragraph.map(label).unwrap_or_default());
        out.push(step.map_or(String::new(), |step| Cell::of(followed, lineage, step).told));
        if followed.library.is_some() {
            let mark = step.and_then(|step| step.mark);
            out.push(mark.map_or("", |mark| mark_word(Some(mark))).to_owned());
        }
    }
    out.push(followed.newest(lineage).map_or(String::new(), |p| cut(&p.text, OPENING)));
    out
}
