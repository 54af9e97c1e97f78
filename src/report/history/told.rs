//! A history in; what every format says about it in words (its counts, the cell of each step) out.

use super::Followed;
use crate::model::{Differs, Held, HistoryCounts, Lineage, Op, Step, StepKind};
use crate::report::cited::library_line;
use crate::report::diff::concordance::{became, label};
use crate::report::evidence::count;

/// What stands in a cell of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// `12`, `12 → 14`, `15`; empty where the revision does not have it.
    pub(super) number: String,
    /// `edited`, `split from 12`, `dropped`; empty where nothing happened to its words.
    pub(super) told: String,
    /// True where what is told comes first: `back as 15`.
    leads: bool,
}

impl Cell {
    pub(super) fn of(followed: Followed<'_>, lineage: &Lineage, step: &Step) -> Self {
        let number = followed.paragraph(step).map(label).unwrap_or_default();
        let other = || {
            let other = followed.history.lineages.get(step.other?)?;
            let paragraph = match step.kind {
                StepKind::SplitFrom => followed.before(other, step.revision)?,
                _ => followed.paragraph(other.at(step.revision)?)?,
            };
            Some(label(paragraph))
        };
        let group = |new: bool| group(followed, lineage, step, new);
        let edited = if is_edited(followed, lineage, step) { ", edited" } else { "" };
        let told = match step.kind {
            StepKind::First | StepKind::Unchanged => String::new(),
            StepKind::New => "new".to_owned(),
            StepKind::SplitFrom => format!("split from {}", other().unwrap_or_default()),
            StepKind::Edited => "edited".to_owned(),
            StepKind::Moved => format!("moved{edited}"),
            StepKind::Split => format!("split into {}", group(true)),
            StepKind::Merged => format!("merged from {}", group(false)),
            StepKind::MergedInto => format!("merged into {}", other().unwrap_or_default()),
            StepKind::Dropped => "dropped".to_owned(),
            StepKind::Back => format!("back as {number}{edited}"),
        };
        let leads = step.kind == StepKind::Back;
        let was = followed.before(lineage, step.revision).filter(|_| step.renumbered && !leads);
        let number = match (was, followed.paragraph(step)) {
            (Some(was), Some(now)) if label(was) != number => became(was, now),
            _ => number,
        };
        Self { number, told, leads }
    }

    /// `12 → 14 edited`
    pub(super) fn text(&self) -> String {
        let Self { number, told, leads } = self;
        if *leads || number.is_empty() {
            return told.clone();
        }
        if told.is_empty() { number.clone() } else { format!("{number} {told}") }
    }
}

/// `12, 13`: the paragraphs that a change holds on one side.
fn group(followed: Followed<'_>, lineage: &Lineage, step: &Step, new: bool) -> String {
    let Some((before, change)) = followed.history.change(lineage, step) else {
        return String::new();
    };
    let (revision, side) = if new { (step.revision, &change.new) } else { (before, &change.old) };
    let Some(draft) = followed.draft(revision) else { return String::new() };
    let labels = side.iter().filter_map(|at| draft.paragraphs.get(*at)).map(label);
    labels.collect::<Vec<_>>().join(", ")
}

/// True where something ever happened to a paragraph, as a reader asks for it: to have moved, or to have come back, with other
/// words is to be edited as well; a split and a merger have two sides; and `Unchanged` asks that nothing ever happened.
pub(super) fn happened(followed: Followed<'_>, lineage: &Lineage, asked: StepKind) -> bool {
    match asked {
        StepKind::Unchanged => lineage.is_unchanged(followed.history.revisions.len()),
        StepKind::Edited => lineage.steps.iter().any(|step| match step.kind {
            StepKind::Edited => true,
            StepKind::Moved | StepKind::Back => is_edited(followed, lineage, step),
            _ => false,
        }),
        StepKind::Split => lineage.has(asked) || lineage.has(StepKind::SplitFrom),
        StepKind::Merged => lineage.has(asked) || lineage.has(StepKind::MergedInto),
        _ => lineage.has(asked),
    }
}

/// True where words or brackets differ from what they were.
fn is_edited(followed: Followed<'_>, lineage: &Lineage, step: &Step) -> bool {
    let change = followed.history.change(lineage, step);
    change.is_some_and(|(_, change)| {
        change
            .segments
            .iter()
            .any(|s| s.op != Op::Equal && matches!(s.differs, Differs::Words | Differs::Status))
    })
}

/// What the signs mean.
pub(super) const SIGNS: &str = "Marks: ◆ reaffirmed, ◈ recalled, ○ new language.";

/// What is said of the whole, a line each; the first tells the counts.
pub(super) fn summary(followed: Followed<'_>) -> Vec<String> {
    let mut told = vec![counts(followed)];
    let drafts = followed.history.revisions.iter();
    let empty = drafts.filter(|revision| revision.draft.paragraphs.is_empty());
    told.extend(empty.map(|revision| format!("{} holds no paragraph.", revision.label)));
    if let Some(library) = followed.library {
        told.push(format!("{SIGNS} {}", library_line(Held::of(library))));
    }
    told
}

/// `14 paragraphs followed through 3 revisions: 6 unchanged throughout, …`
fn counts(followed: Followed<'_>) -> String {
    let history = followed.history;
    let counts = history.counts();
    let HistoryCounts {
        lineages,
        unchanged,
        edited,
        moved,
        born,
        split_off,
        merged_away,
        dropped,
        came_back,
    } = counts;
    let kinds = [
        (unchanged, "unchanged throughout".to_owned()),
        (edited, "edited".to_owned()),
        (moved, "moved".to_owned()),
        (born - split_off, "born later".to_owned()),
        (split_off, "split off".to_owned()),
        (merged_away, "merged into others".to_owned()),
        (dropped, "dropped".to_owned()),
        (came_back, "came back".to_owned()),
    ];
    let kinds = kinds.iter().filter(|(number, _)| *number > 0);
    let kinds: Vec<String> = kinds.map(|(number, word)| format!("{number} {word}")).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(": {}", kinds.join(", ")) };
    format!(
        "{} followed through {}{kinds}.",
        count(lineages, "paragraph", "paragraphs"),
        count(history.revisions.len(), "revision", "revisions")
    )
}

/// The title of the newest revision that has one, and the names of all revisions, the oldest first.
pub(super) fn titles(followed: Followed<'_>) -> (String, String) {
    let revisions = &followed.history.revisions;
    let titled = revisions.iter().rev().find(|revision| revision.draft.front.title.is_some());
    let title = titled.or(revisions.last()).map_or("", |revision| revision.draft.label());
    let named = revisions.iter().map(|revision| match &revision.date {
        Some(date) if !revision.label.contains(date.as_str()) => {
            format!("{} ({date})", revision.label)
        }
        _ => revision.label.clone(),
    });
    (title.to_owned(), named.collect::<Vec<_>>().join(" → "))
}

/// What to say where no paragraph is as asked.
pub(super) fn none_shown(only: &[StepKind]) -> String {
    let words = only.iter().map(|kind| match kind {
        StepKind::Unchanged => "is unchanged throughout",
        StepKind::Edited => "was edited",
        StepKind::Moved => "was moved",
        StepKind::Split | StepKind::SplitFrom => "was split",
        StepKind::Merged | StepKind::MergedInto => "was merged",
        StepKind::New => "is new in a later revision",
        StepKind::Dropped => "was dropped",
        StepKind::Back => "came back",
        StepKind::First => "stands in the oldest revision",
    });
    match words.collect::<Vec<_>>().join(" or ") {
        words if words.is_empty() => "No revision holds a paragraph.".to_owned(),
        words => format!("No paragraph {words}."),
    }
}
