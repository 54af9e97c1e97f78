//! A history in; Markdown that a forge renders, a table or the lives of single paragraphs, out.

use super::life::{Moment, lives};
use super::terminal::cell;
use super::told::{none_shown, summary, titles};
use super::{Followed, HistoryOptions};
use crate::model::Lineage;
use crate::report::cited::cut;
use crate::report::diff::markdown::one;
use crate::report::markdown::escaped;

/// So many words tell a reader which paragraph it is.
const OPENING: usize = 10;

/// Writes the report.
pub(super) fn write(followed: Followed<'_>, options: &HistoryOptions) -> String {
    let (title, revisions) = titles(followed);
    let mut out = format!("# {}\n\n*{}*\n\n", escaped(&title), escaped(&revisions));
    if options.lives.is_some() {
        out.push_str("New words are **bold**, words taken out are ~~struck through~~.\n\n");
        for life in lives(followed, options) {
            life.iter().for_each(|told| out.push_str(&moment(told)));
        }
        return out;
    }
    for line in summary(followed) {
        out.push_str(&format!("{}\n\n", escaped(&line)));
    }
    let shown = options.shown(followed);
    if shown.is_empty() {
        return out + &escaped(&none_shown(&options.only)) + "\n";
    }
    let labels = followed.history.revisions.iter().map(|revision| revision.label.clone());
    out.push_str(&row(labels.chain([String::from("first words")])));
    out.push_str(&"|---".repeat(followed.history.revisions.len() + 1));
    out.push_str("|\n");
    for (_, lineage) in shown {
        out.push_str(&row(cells(followed, lineage)));
    }
    out
}

fn row(cells: impl IntoIterator<Item = String>) -> String {
    let line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cells: Vec<String> = cells.into_iter().map(|text| escaped(&line(text))).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn cells(followed: Followed<'_>, lineage: &Lineage) -> Vec<String> {
    let told = (0..followed.history.revisions.len())
        .map(|at| lineage.at(at).map_or(String::new(), |step| cell(followed, lineage, step)));
    let newest = followed.newest(lineage);
    told.chain([newest.map_or(String::new(), |p| cut(&p.text, OPENING))]).collect()
}

fn moment(moment: &Moment<'_>) -> String {
    let mut out = format!("## {} · {}", escaped(&moment.revision), escaped(&moment.told));
    moment.mark.iter().for_each(|mark| out.push_str(&format!(" · {mark}")));
    out.push_str("\n\n");
    if let Some(text) = moment.text {
        out.push_str(&format!("{}\n\n", escaped(text).replace('\n', "  \n")));
    }
    if let Some((change, compared)) = moment.change {
        out.push_str(&one(change, compared));
    }
    out
}
