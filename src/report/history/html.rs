//! A history in; one HTML page with the table of all lineages, and the redlines that its cells lead to, out.

use rayon::prelude::*;
use serde::Serialize;

use super::life::{Moment, moment};
use super::told::{Cell, happened, none_shown, summary, titles};
use super::{Followed, HistoryOptions};
use crate::model::{Lineage, Paragraph, Step, StepKind};
use crate::report::cited::cut;
use crate::report::diff::concordance::label;
use crate::report::diff::drawn::{NoteView, footnote, lines};
use crate::report::diff::notes::notes;
use crate::report::evidence::{mark_word, sign};
use crate::report::html::page::{TemplateError, page};
use crate::report::html::words::{Lines, plain};
use crate::text::Language;

/// What the filters ask for, beside all that ever changed.
const FILTERS: [StepKind; 7] = [
    StepKind::New,
    StepKind::Edited,
    StepKind::Moved,
    StepKind::Split,
    StepKind::Merged,
    StepKind::Dropped,
    StepKind::Back,
];

/// So many words tell a reader which paragraph it is.
const OPENING: usize = 14;

#[derive(Serialize)]
struct Report {
    title: String,
    lang: &'static str,
    /// Language of the newest revision, and its direction.
    text_lang: &'static str,
    dir: &'static str,
    /// The names of all revisions in a line.
    revisions: String,
    columns: Vec<String>,
    summary: Vec<String>,
    silence: Option<String>,
    with_marks: bool,
    rows: Vec<Row>,
}

/// The life of a paragraph.
#[derive(Serialize)]
struct Row {
    anchor: String,
    /// Its number in the newest revision; empty where that does not have it.
    label: String,
    /// Its number in the last revision that had it, where the newest does not: `(was 12)`.
    was: String,
    opening: String,
    /// Which filters show it: `changed new edited`.
    show: String,
    changed: bool,
    /// True where a moment is printed.
    printed: bool,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    /// Of the step: `edited`, `merged-into`; none where the revision does not have the paragraph.
    kind: Option<String>,
    text: String,
    mark: Option<&'static str>,
    sign: Option<&'static str>,
    /// What opens from the cell.
    moment: Option<MomentView>,
}

#[derive(Serialize)]
struct MomentView {
    anchor: String,
    /// False where paper needs it not: another moment shows the same words with what became of them.
    printed: bool,
    revision: String,
    told: String,
    mark: Option<String>,
    /// True where its lines show what changed.
    redline: bool,
    lines: Option<Lines>,
    /// Footnotes of the paragraph that differ.
    footnotes: Vec<NoteView>,
    notes: Vec<String>,
}

/// Writes the page.
pub(super) fn write(
    followed: Followed<'_>,
    options: &HistoryOptions,
) -> Result<String, TemplateError> {
    let shown = options.shown(followed);
    let (title, revisions) = titles(followed);
    let newest = followed.history.revisions.last();
    let language = newest.map(|newest| newest.draft.language()).unwrap_or_default();
    let report = Report {
        title,
        lang: Language::default().code(),
        text_lang: language.code(),
        dir: if language == Language::Ar { "rtl" } else { "ltr" },
        revisions,
        columns: followed.history.revisions.iter().map(|own| own.label.clone()).collect(),
        summary: summary(followed),
        silence: shown.is_empty().then(|| none_shown(&options.only)),
        with_marks: followed.library.is_some(),
        rows: shown.par_iter().map(|(at, lineage)| row(followed, *at, lineage)).collect(),
    };
    page("history.html", &report, &options.making)
}

fn row(followed: Followed<'_>, at: usize, lineage: &Lineage) -> Row {
    let newest = followed.newest(lineage);
    let revisions = followed.history.revisions.len();
    let changed = !lineage.is_unchanged(revisions);
    let mut show = vec![if changed { "changed" } else { "unchanged" }];
    show.extend(FILTERS.iter().filter(|k| happened(followed, lineage, **k)).map(|k| k.word()));
    let cell = |revision: usize| match lineage.at(revision) {
        Some(step) => cell(followed, at, lineage, step),
        None => CellView { kind: None, text: String::new(), mark: None, sign: None, moment: None },
    };
    let mut cells: Vec<CellView> = (0..revisions).map(cell).collect();
    let moments = || cells.iter().filter_map(|cell| cell.moment.as_ref());
    // A redline has the words before it in it; what never changed is told by the table.
    let drawn = moments().any(|moment| moment.redline);
    let mut printed = false;
    for moment in cells.iter_mut().filter_map(|cell| cell.moment.as_mut()) {
        moment.printed &= changed && (moment.redline || !drawn);
        printed |= moment.printed;
    }
    let last = lineage.steps.last().filter(|step| step.revision + 1 == revisions);
    let is_there = last.is_some_and(|step| step.paragraph.is_some());
    let number = newest.map(label).unwrap_or_default();
    let (label, was) = if is_there {
        (number, String::new())
    } else {
        (String::new(), format!("(was\u{a0}{number})"))
    };
    // A sign of emphasis that nothing closes is no word.
    let words = |own: &Paragraph| cut(own.text.trim_start_matches(['*', '_', ' ']), OPENING);
    Row {
        anchor: format!("l{}", at + 1),
        label,
        was,
        opening: newest.map_or(String::new(), words),
        show: show.join(" "),
        changed,
        printed,
        cells,
    }
}

fn cell(followed: Followed<'_>, at: usize, lineage: &Lineage, step: &Step) -> CellView {
    let Moment { revision, told, mark, text, change, .. } = moment(followed, lineage, step);
    let anchor = format!("l{}r{}", at + 1, step.revision + 1);
    let own = followed.paragraph(step).filter(|_| text.is_some());
    let drawn = change.map(|(change, compared)| lines(change, compared, None));
    let opens = text.is_some() || drawn.is_some();
    let footnotes = change.map(|(change, compared)| {
        change.footnotes.iter().map(|note| footnote(note, compared)).collect()
    });
    let view = MomentView {
        anchor,
        // The redline of a split, or of what was merged, stands with the paragraph that has most of its words.
        printed: !matches!(step.kind, StepKind::SplitFrom | StepKind::MergedInto),
        revision,
        told,
        mark,
        redline: drawn.is_some(),
        lines: drawn.or_else(|| own.map(plain)),
        footnotes: footnotes.unwrap_or_default(),
        notes: change.map(|(change, compared)| notes(change, compared)).unwrap_or_default(),
    };
    CellView {
        kind: Some(kind(step.kind)),
        text: Cell::of(followed, lineage, step).text(),
        mark: step.mark.map(|mark| mark_word(Some(mark))),
        sign: step.mark.map(|mark| sign(Some(mark))),
        moment: opens.then_some(view),
    }
}

/// `merged-into`: the word for a kind of step, as classes and filters have it.
fn kind(kind: StepKind) -> String {
    kind.word().replace(' ', "-")
}
