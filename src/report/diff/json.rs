//! A comparison in; JSON after `schemas/diff-1.json` out.

use rayon::prelude::*;
use serde::Serialize;

use super::{Compared, DiffOptions};
use crate::model::{
    Change, ChangeCounts, ChangeKind, Differs, Draft, Drift, FootnoteChange, FootnoteCounts, Held,
    Mark, Op, Paragraph, Segment, Strength,
};
use crate::report::cited::Cited;
use crate::report::json::rounded;
use crate::report::pretty::json;

/// Version of the form this module writes.
const SCHEMA: &str = "adref/diff/1";

/// So many changes are written together, and those after them by whichever thread is free.
const TOGETHER: usize = 128;

/// So many are written before they are put behind one another.
const ROUND: usize = 8 * TOGETHER;

/// Bytes of a change, as most drafts have them.
const ABOUT: usize = 1 << 10;

/// Writes one object.
pub(super) fn write(compared: Compared<'_>, options: &DiffOptions) -> String {
    let taken = compared.changes().iter().filter(|change| options.takes(change, compared));
    let report = Report {
        schema: SCHEMA,
        old: draft(compared.old),
        new: draft(compared.new),
        identical: compared.comparison.is_identical(),
        summary: compared.comparison.summary(),
        library: compared.library.map(Held::of),
        headings: headings(compared),
        footnotes: compared.comparison.footnotes,
        uncalled_footnotes: compared
            .comparison
            .uncalled
            .iter()
            .map(|note| footnote(note, compared))
            .collect(),
        changes: [],
    };
    let taken: Vec<&Change> = taken.filter(|_| !options.summary).collect();
    let stretch = |taken: &[&Change]| {
        json(&Stretch { changes: taken.iter().map(|c| change(c, compared)).collect() })
    };
    // Each stretch is an object with the same key as the last of the report: its items go there.
    let report = json(&report);
    let (Some(head), false) = (report.strip_suffix("[]\n}"), taken.is_empty()) else {
        return report + "\n";
    };
    let mut out = String::with_capacity(head.len() + taken.len() * ABOUT);
    out.push_str(head);
    // Round by round: so what was written is not held twice.
    for (round, taken) in taken.chunks(ROUND).enumerate() {
        let stretches: Vec<String> = match taken.len() {
            ..=TOGETHER => vec![stretch(taken)],
            _ => taken.par_chunks(TOGETHER).map(stretch).collect(),
        };
        for (nth, own) in stretches.iter().enumerate() {
            let items = own.strip_prefix("{\n  \"changes\": [");
            let items = items.and_then(|own| own.strip_suffix("\n  ]\n}")).unwrap_or_default();
            out.push_str(if round + nth == 0 { "[" } else { "," });
            out.push_str(items);
        }
    }
    out.push_str("\n  ]\n}\n");
    out
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    old: DraftFacts<'a>,
    new: DraftFacts<'a>,
    identical: bool,
    summary: ChangeCounts,
    /// Null where no library was asked.
    library: Option<Held>,
    headings: Vec<HeadingFacts<'a>>,
    footnotes: FootnoteCounts,
    uncalled_footnotes: Vec<FootnoteFacts<'a>>,
    /// Empty: they are written by stretches, and put in here.
    changes: [(); 0],
}

/// Changes in a row.
#[derive(Serialize)]
struct Stretch<'a> {
    changes: Vec<ChangeFacts<'a>>,
}

#[derive(Serialize)]
struct DraftFacts<'a> {
    path: &'a str,
    title: Option<&'a str>,
    stage: Option<&'a str>,
    date: Option<&'a str>,
    language: &'static str,
    paragraphs: usize,
}

#[derive(Serialize)]
struct HeadingFacts<'a> {
    kind: ChangeKind,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

#[derive(Serialize)]
struct ChangeFacts<'a> {
    kind: ChangeKind,
    renumbered: bool,
    moved: bool,
    /// Ids.
    old: Vec<&'a str>,
    new: Vec<&'a str>,
    /// Numbers as printed, one for each id.
    old_numbers: Vec<Option<&'a str>>,
    new_numbers: Vec<Option<&'a str>>,
    /// Annexes and headings above them, one for each id.
    old_sections: Vec<SectionFacts<'a>>,
    new_sections: Vec<SectionFacts<'a>>,
    /// Lines of the files, one for each id.
    old_lines: Vec<Option<usize>>,
    new_lines: Vec<Option<usize>>,
    similarity: f64,
    segments: Vec<SegmentFacts<'a>>,
    acts: Vec<ActFacts<'a>>,
    footnotes: Vec<FootnoteFacts<'a>>,
    mark: Marks,
    drift: Drift,
}

#[derive(Serialize)]
struct SectionFacts<'a> {
    annex: Option<&'a str>,
    headings: &'a [String],
}

impl<'a> SectionFacts<'a> {
    fn of(paragraph: &'a Paragraph) -> Self {
        Self { annex: paragraph.annex.as_deref(), headings: &paragraph.section }
    }
}

#[derive(Serialize)]
pub(in crate::report) struct SegmentFacts<'a> {
    op: Op,
    text: &'a str,
    source: Option<String>,
    /// Only where it is something less than words.
    #[serde(skip_serializing_if = "Option::is_none")]
    differs: Option<Differs>,
    /// Only where the words stand in another place on the other side.
    #[serde(skip_serializing_if = "Option::is_none")]
    elsewhere: Option<&'a str>,
}

#[derive(Serialize)]
struct ActFacts<'a> {
    old: &'a str,
    new: &'a str,
    strength: Option<Strength>,
}

/// A footnote that differs.
#[derive(Serialize)]
struct FootnoteFacts<'a> {
    kind: ChangeKind,
    /// Labels.
    old: Option<&'a str>,
    new: Option<&'a str>,
    segments: Vec<SegmentFacts<'a>>,
}

#[derive(Serialize)]
struct Marks {
    old: Option<Mark>,
    new: Option<Mark>,
}

fn draft(draft: &Draft) -> DraftFacts<'_> {
    DraftFacts {
        path: &draft.path,
        title: draft.front.title.as_deref(),
        stage: draft.front.stage.as_deref(),
        date: draft.front.date.as_deref(),
        language: draft.language().code(),
        paragraphs: draft.paragraphs.len(),
    }
}

fn headings(compared: Compared<'_>) -> Vec<HeadingFacts<'_>> {
    let facts = compared.comparison.headings.iter().map(|heading| HeadingFacts {
        kind: heading.kind,
        old: heading.old.and_then(|at| compared.old.headings.get(at)).map(|h| h.text.as_str()),
        new: heading.new.and_then(|at| compared.new.headings.get(at)).map(|h| h.text.as_str()),
    });
    facts.collect()
}

fn change<'a>(change: &'a Change, compared: Compared<'a>) -> ChangeFacts<'a> {
    let line = |draft: &Draft, p: &Paragraph| draft.position(p, 0).map(|at| at.line);
    ChangeFacts {
        kind: change.kind,
        renumbered: change.renumbered,
        moved: change.moved,
        old: compared.old_of(change).map(|p| p.id.as_str()).collect(),
        new: compared.new_of(change).map(|p| p.id.as_str()).collect(),
        old_numbers: compared.old_of(change).map(|p| p.number.as_deref()).collect(),
        new_numbers: compared.new_of(change).map(|p| p.number.as_deref()).collect(),
        old_sections: compared.old_of(change).map(SectionFacts::of).collect(),
        new_sections: compared.new_of(change).map(SectionFacts::of).collect(),
        old_lines: compared.old_of(change).map(|p| line(compared.old, p)).collect(),
        new_lines: compared.new_of(change).map(|p| line(compared.new, p)).collect(),
        similarity: rounded(change.similarity),
        segments: change.segments.iter().map(|s| segment(s, compared)).collect(),
        acts: change
            .acts
            .iter()
            .map(|act| ActFacts { old: &act.old, new: &act.new, strength: act.strength })
            .collect(),
        footnotes: change.footnotes.iter().map(|note| footnote(note, compared)).collect(),
        mark: Marks {
            old: change.agreed.and_then(|agreed| agreed.old),
            new: change.agreed.and_then(|agreed| agreed.new),
        },
        drift: change.agreed.map(|agreed| agreed.drift).unwrap_or_default(),
    }
}

fn footnote<'a>(note: &'a FootnoteChange, compared: Compared<'a>) -> FootnoteFacts<'a> {
    let label = |draft: &'a Draft, at: Option<usize>| {
        at.and_then(|at| draft.footnotes.get(at)).map(|note| note.label.as_str())
    };
    FootnoteFacts {
        kind: note.kind,
        old: label(compared.old, note.old),
        new: label(compared.new, note.new),
        segments: note.segments.iter().map(|s| segment(s, compared)).collect(),
    }
}

pub(in crate::report) fn segment<'a>(
    segment: &'a Segment,
    compared: Compared<'a>,
) -> SegmentFacts<'a> {
    let cited = segment.source.zip(compared.library);
    let cited = cited.and_then(|(location, library)| Cited::of(library, location, None));
    let other = if segment.op == Op::Delete { compared.new } else { compared.old };
    let elsewhere = segment.elsewhere.and_then(|at| other.paragraphs.get(at));
    SegmentFacts {
        op: segment.op,
        text: &segment.text,
        source: cited.map(|cited| cited.place().replace('\u{a0}', " ")),
        differs: Some(segment.differs).filter(|differs| *differs != Differs::Words),
        elsewhere: elsewhere.map(|paragraph| paragraph.id.as_str()),
    }
}
