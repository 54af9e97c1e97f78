//! A comparison in; its concordance, a row for each change, for a spreadsheet out.

use super::concordance::own;
use super::{Compared, DiffOptions, section};
use crate::model::{Change, Mark, Paragraph};
use crate::report::cited::cut;
use crate::report::evidence::mark_word;
use crate::report::search::cell;

const COLUMNS: [&str; 12] = [
    "old number",
    "new number",
    "old section",
    "new section",
    "kind",
    "moved",
    "renumbered",
    "similarity",
    "mark before",
    "mark after",
    "drift",
    "first words",
];

/// So many words tell a reader which paragraph it is.
const OPENING: usize = 10;

/// Writes the rows.
pub(super) fn write(compared: Compared<'_>, options: &DiffOptions) -> String {
    let mut out = COLUMNS.join(",") + "\r\n";
    for change in compared.changes().iter().filter(|change| options.takes(change, compared)) {
        out.push_str(&row(change, compared).map(|text| cell(&text)).join(","));
        out.push_str("\r\n");
    }
    out
}

fn row(change: &Change, compared: Compared<'_>) -> [String; 12] {
    let mark = |mark: Option<Mark>| mark.map_or("", |mark| mark_word(Some(mark))).to_owned();
    let yes = |yes: bool| if yes { "yes" } else { "" }.to_owned();
    let opening = |paragraph: &Paragraph| cut(&paragraph.text, OPENING);
    let agreed = change.agreed;
    [
        numbers(compared.old_of(change)),
        numbers(compared.new_of(change)),
        sections(compared.old_of(change)),
        sections(compared.new_of(change)),
        change.kind.word().to_owned(),
        yes(change.moved),
        yes(change.renumbered),
        format!("{:.2}", change.similarity),
        agreed.map_or(String::new(), |agreed| mark(agreed.old)),
        agreed.map_or(String::new(), |agreed| mark(agreed.new)),
        agreed.map_or("", |agreed| agreed.drift.word()).to_owned(),
        compared.paragraphs(change).next().map_or(String::new(), opening),
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
