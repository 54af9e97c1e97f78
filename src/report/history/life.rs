//! Lineages asked for in; each life, moment by moment, with its redlines, out.

use super::told::Cell;
use super::{Followed, HistoryOptions};
use crate::model::{Change, Lineage, Step, StepKind};
use crate::report::Compared;
use crate::report::evidence::mark_word;

/// What became of a paragraph in one revision.
#[derive(Debug)]
pub(super) struct Moment<'h> {
    pub(super) step: &'h Step,
    /// `Rev.1`
    pub(super) revision: String,
    /// `12 → 14 edited`, `back as 15; compared with zero draft`
    pub(super) told: String,
    /// `marked new`
    pub(super) mark: Option<String>,
    /// Its text, where there is nothing to compare it with.
    pub(super) text: Option<&'h str>,
    /// What changed.
    pub(super) change: Option<(&'h Change, Compared<'h>)>,
}

/// The lives of all lineages that are shown.
pub(super) fn lives<'h>(followed: Followed<'h>, options: &HistoryOptions) -> Vec<Vec<Moment<'h>>> {
    let shown = options.shown(followed).into_iter();
    shown.map(|(_, lineage)| life(followed, lineage)).collect()
}

/// A life from its beginning; that of a paragraph that was split off begins with the one it was part of.
fn life<'h>(followed: Followed<'h>, lineage: &'h Lineage) -> Vec<Moment<'h>> {
    let mut parts = vec![(lineage, usize::MAX)];
    let mut own = lineage;
    // A paragraph is split from one of the revision before: every round goes further back.
    while let Some(born) = own.steps.first().filter(|step| step.kind == StepKind::SplitFrom) {
        let other = born.other.and_then(|other| followed.history.lineages.get(other));
        let Some(other) = other.filter(|other| other.last_seen(born.revision).is_some()) else {
            break;
        };
        parts.push((other, born.revision));
        own = other;
    }
    let mut moments = Vec::new();
    for (lineage, before) in parts.into_iter().rev() {
        let steps = lineage.steps.iter().filter(|step| step.revision < before);
        moments.extend(steps.map(|step| moment(followed, lineage, step)));
    }
    moments
}

/// What became of a paragraph in the revision of `step`.
pub(super) fn moment<'h>(
    followed: Followed<'h>,
    lineage: &'h Lineage,
    step: &'h Step,
) -> Moment<'h> {
    let label = |revision: usize| followed.label(revision);
    let cell = Cell::of(followed, lineage, step).text();
    let change = followed.history.change(lineage, step);
    let told = match step.kind {
        StepKind::New => format!("{cell} in {}", label(step.revision)),
        StepKind::Unchanged => format!("{cell}, unchanged"),
        StepKind::Back => {
            let before = change.map_or("", |(before, _)| label(before));
            format!("{cell}; compared with {before}")
        }
        _ => cell,
    };
    let alone = matches!(step.kind, StepKind::First | StepKind::New);
    let told_by_words = !alone
        && step.kind != StepKind::Dropped
        && change.is_some_and(|(_, change)| {
            change.old.len() + change.new.len() > 2
                || change.is_rewritten()
                || !change.footnotes.is_empty()
        });
    let compared = change.filter(|_| told_by_words).and_then(|(before, change)| {
        let compared = Compared {
            old: followed.draft(before)?,
            new: followed.draft(step.revision)?,
            comparison: followed.history.comparisons.get(step.revision.checked_sub(1)?)?,
            library: followed.library,
        };
        Some((change, compared))
    });
    Moment {
        step,
        revision: label(step.revision).to_owned(),
        told,
        mark: step.mark.map(|mark| format!("marked {}", mark_word(Some(mark)))),
        text: followed.paragraph(step).filter(|_| alone).map(|p| p.text.as_str()),
        change: compared,
    }
}
