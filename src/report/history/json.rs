//! A history in; JSON after `schemas/history-1.json` out.

use serde::Serialize;

use super::life::moment;
use super::told::Cell;
use super::{Followed, HistoryOptions};
use crate::model::{Held, HistoryCounts, Lineage, Mark, Step, StepKind};
use crate::report::cited::cut;
use crate::report::diff::json::{SegmentFacts, segment};
use crate::report::json::rounded;
use crate::report::pretty::json;

/// Version of the form this module writes.
const SCHEMA: &str = "adref/history/1";

/// So many words tell a reader which paragraph it is.
const OPENING: usize = 10;

/// Writes one object.
pub(super) fn write(followed: Followed<'_>, options: &HistoryOptions) -> String {
    let shown = options.shown(followed).into_iter();
    let report = Report {
        schema: SCHEMA,
        revisions: revisions(followed),
        summary: followed.history.counts(),
        library: followed.library.map(Held::of),
        lineages: shown.map(|(index, own)| lineage(followed, options, index, own)).collect(),
    };
    json(&report) + "\n"
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    revisions: Vec<RevisionFacts<'a>>,
    summary: HistoryCounts,
    /// Null where no library was asked.
    library: Option<Held>,
    lineages: Vec<LineageFacts<'a>>,
}

#[derive(Serialize)]
struct RevisionFacts<'a> {
    label: &'a str,
    path: &'a str,
    title: Option<&'a str>,
    stage: Option<&'a str>,
    date: Option<&'a str>,
    commit: Option<&'a str>,
    language: &'static str,
    paragraphs: usize,
}

#[derive(Serialize)]
struct LineageFacts<'a> {
    /// Its place among all, also where not all are written.
    index: usize,
    first_words: String,
    steps: Vec<StepFacts<'a>>,
}

#[derive(Serialize)]
struct StepFacts<'a> {
    revision: usize,
    kind: StepKind,
    told: String,
    id: Option<&'a str>,
    number: Option<&'a str>,
    line: Option<usize>,
    renumbered: bool,
    similarity: f64,
    lineage: Option<usize>,
    mark: Option<Mark>,
    /// Only where single paragraphs were asked for, and there is something to compare with.
    #[serde(skip_serializing_if = "Option::is_none")]
    segments: Option<Vec<SegmentFacts<'a>>>,
}

fn revisions(followed: Followed<'_>) -> Vec<RevisionFacts<'_>> {
    let facts = followed.history.revisions.iter().map(|revision| RevisionFacts {
        label: &revision.label,
        path: &revision.draft.path,
        title: revision.draft.front.title.as_deref(),
        stage: revision.draft.front.stage.as_deref(),
        date: revision.date.as_deref(),
        commit: revision.commit.as_deref(),
        language: revision.draft.language().code(),
        paragraphs: revision.draft.paragraphs.len(),
    });
    facts.collect()
}

fn lineage<'a>(
    followed: Followed<'a>,
    options: &HistoryOptions,
    index: usize,
    lineage: &'a Lineage,
) -> LineageFacts<'a> {
    let with_words = options.lives.is_some();
    let steps = lineage.steps.iter().map(|own| step(followed, lineage, own, with_words)).collect();
    let newest = followed.newest(lineage);
    let first_words = newest.map_or(String::new(), |paragraph| cut(&paragraph.text, OPENING));
    LineageFacts { index, first_words, steps }
}

fn step<'a>(
    followed: Followed<'a>,
    lineage: &'a Lineage,
    step: &'a Step,
    with_words: bool,
) -> StepFacts<'a> {
    let paragraph = followed.paragraph(step);
    let line = paragraph.and_then(|own| followed.draft(step.revision)?.position(own, 0));
    let change = moment(followed, lineage, step).change.filter(|_| with_words);
    let segments = change.map(|(change, compared)| {
        change.segments.iter().map(|own| segment(own, compared)).collect()
    });
    StepFacts {
        revision: step.revision,
        kind: step.kind,
        told: Cell::of(followed, lineage, step).text().replace('\u{a0}', " "),
        id: paragraph.map(|own| own.id.as_str()),
        number: paragraph.and_then(|own| own.number.as_deref()),
        line: line.map(|at| at.line),
        renumbered: step.renumbered,
        similarity: rounded(step.similarity),
        lineage: step.other,
        mark: step.mark,
        segments,
    }
}
