//! A history in; a row for each paragraph, with its number and what happened in every revision, out.

use super::told::{self, summary, titles};
use super::{Followed, HistoryOptions};
use crate::model::Lineage;
use crate::report::cited::cut;
use crate::report::diff::concordance::label;
use crate::report::evidence::mark_word;
use crate::report::sheet::{Cell, Column, Sheet};

/// So many words tell a reader which paragraph it is.
const OPENING: usize = 10;

/// A row for each paragraph.
pub(super) fn sheet(followed: Followed<'_>, options: &HistoryOptions) -> Sheet {
    let mut columns = vec![Column::order()];
    for revision in &followed.history.revisions {
        let label = &revision.label;
        columns.push(Column::new(label, 11.0));
        columns.push(Column::new(format!("{label}: what happened"), 20.0));
        columns.extend(followed.library.map(|_| Column::new(format!("{label}: mark"), 12.0)));
    }
    columns.push(Column::new("first words", 60.0));
    let (title, revisions) = titles(followed);
    let mut about = vec![("draft", title), ("revisions", revisions)];
    about.extend(summary(followed).into_iter().map(|line| ("history", line)));
    Sheet {
        name: "History",
        columns,
        rows: options
            .shown(followed)
            .iter()
            .enumerate()
            .map(|(at, (_, own))| row(followed, at, own))
            .collect(),
        about,
    }
}

fn row(followed: Followed<'_>, at: usize, lineage: &Lineage) -> Vec<Cell> {
    let mut out = vec![Cell::Count(at + 1)];
    for revision in 0..followed.history.revisions.len() {
        let step = lineage.at(revision);
        let paragraph = step.and_then(|step| followed.paragraph(step));
        out.push(Cell::text(paragraph.map(label).unwrap_or_default()));
        out.push(Cell::text(
            step.map_or(String::new(), |step| told::Cell::of(followed, lineage, step).told),
        ));
        if followed.library.is_some() {
            let mark = step.and_then(|step| step.mark);
            out.push(Cell::text(mark.map_or("", |mark| mark_word(Some(mark)))));
        }
    }
    let newest = followed.newest(lineage);
    out.push(Cell::text(newest.map_or(String::new(), |p| cut(&p.text, OPENING))));
    out
}
