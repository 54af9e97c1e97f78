//! A comparison in; its concordance, a row for each change, out.

use super::concordance::own;
use super::told::{summary, titles};
use super::{Compared, DiffOptions, section};
use crate::model::{Change, Mark, Paragraph};
use crate::report::cited::cut;
use crate::report::evidence::mark_word;
use crate::report::sheet::{Cell, Column, Sheet};

/// The columns, with their widths.
const COLUMNS: [(&str, f64); 12] = [
    ("old number", 11.0),
    ("new number", 11.0),
    ("old section", 28.0),
    ("new section", 28.0),
    ("kind", 11.0),
    ("moved", 8.0),
    ("renumbered", 12.0),
    ("similarity", 10.0),
    ("mark before", 12.0),
    ("mark after", 12.0),
    ("drift", 10.0),
    ("first words", 60.0),
];

/// So many words tell a reader which paragraph it is.
const OPENING: usize = 10;

/// The concordance.
pub(super) fn sheet(compared: Compared<'_>, options: &DiffOptions) -> Sheet {
    let taken = compared.changes().iter().filter(|change| options.takes(change, compared));
    let (title, beside) = titles(compared);
    let mut about = vec![("draft", title)];
    about.extend(beside.into_iter().map(|line| ("revisions", line)));
    about.extend(summary(compared).into_iter().map(|line| ("changes", line)));
    Sheet {
        name: "Concordance",
        columns: std::iter::once(Column::order())
            .chain(COLUMNS.map(|(title, width)| Column::new(title, width)))
            .collect(),
        rows: taken.enumerate().map(|(at, change)| row(at, change, compared)).collect(),
        about,
    }
}

fn row(at: usize, change: &Change, compared: Compared<'_>) -> Vec<Cell> {
    let mark = |mark: Option<Mark>| Cell::text(mark.map_or("", |mark| mark_word(Some(mark))));
    let opening = |paragraph: &Paragraph| cut(&paragraph.text, OPENING);
    let agreed = change.agreed;
    vec![
        Cell::Count(at + 1),
        Cell::text(numbers(compared.old_of(change))),
        Cell::text(numbers(compared.new_of(change))),
        Cell::text(sections(compared.old_of(change))),
        Cell::text(sections(compared.new_of(change))),
        Cell::text(change.kind.word()),
        Cell::yes(change.moved),
        Cell::yes(change.renumbered),
        Cell::Share(change.similarity),
        agreed.map_or(Cell::Nothing, |agreed| mark(agreed.old)),
        agreed.map_or(Cell::Nothing, |agreed| mark(agreed.new)),
        Cell::text(agreed.map_or("", |agreed| agreed.drift.word())),
        Cell::text(compared.paragraphs(change).next().map_or(String::new(), opening)),
    ]
}

/// `5 + 6`
fn numbers<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> String {
    paragraphs.map(own).collect::<Vec<_>>().join(" + ")
}

/// The annex and the headings that paragraphs stand below, the outermost first; of paragraphs in one section it stands once.
fn sections<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> String {
    let mut told: Vec<String> = paragraphs.map(section::path).collect();
    told.dedup();
    told.join(" + ")
}
