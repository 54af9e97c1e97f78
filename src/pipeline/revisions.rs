//! Two drafts or all revisions of one, and a library, in; a comparison or a history out.

use super::{Annotator, Thresholds};
use crate::compare;
use crate::model::{Annotation, Comparison, Draft, DraftRevision, History, Library, Mark};
use crate::text::Folding;

/// Two drafts, and what became of the old one in the new one.
#[derive(Debug)]
pub struct Diffed {
    /// The old draft.
    pub old: Draft,
    /// The new draft.
    pub new: Draft,
    /// What became of its paragraphs and headings.
    pub comparison: Comparison,
}

/// Compares two drafts. Where there is a library, both are held against it, and what changed is credited to the agreed
/// paragraphs that have its words.
pub fn diff(old: Draft, new: Draft, library: Option<&Library>, thresholds: &Thresholds) -> Diffed {
    diffed(old, new, library, thresholds, compare::compare_with)
}

/// Compares two drafts of one paragraph each, however little they share.
pub fn diff_one(
    old: Draft,
    new: Draft,
    library: Option<&Library>,
    thresholds: &Thresholds,
) -> Diffed {
    diffed(old, new, library, thresholds, compare::compare_one)
}

fn diffed(
    old: Draft,
    new: Draft,
    library: Option<&Library>,
    thresholds: &Thresholds,
    compare: fn(&Folding, &Draft, &Draft) -> Comparison,
) -> Diffed {
    let Some(library) = library else {
        let comparison = compare(Folding::general(), &old, &new);
        return Diffed { old, new, comparison };
    };
    let annotator = Annotator::new(library, *thresholds);
    let (old, new) = (annotator.annotate(old), annotator.annotate(new));
    let mut comparison = compare(&annotator.folding, &old.draft, &new.draft);
    let before = compare::Held { draft: &old.draft, facts: &old.facts };
    let after = compare::Held { draft: &new.draft, facts: &new.facts };
    compare::credit(&mut comparison, before, after);
    Diffed { old: old.draft, new: new.draft, comparison }
}

/// Follows every paragraph of a draft through its revisions, the oldest first. Where there is a library, each of them is
/// held against it, and every step has the mark of its paragraph.
pub fn history(
    revisions: Vec<DraftRevision>,
    library: Option<&Library>,
    thresholds: &Thresholds,
) -> History {
    let mut history = compare::follow(revisions);
    let Some(library) = library else { return history };
    let annotator = Annotator::new(library, *thresholds);
    let mut marks: Vec<Vec<Option<Mark>>> = Vec::with_capacity(history.revisions.len());
    for revision in &mut history.revisions {
        let Annotation { draft, facts, .. } =
            annotator.annotate(std::mem::take(&mut revision.draft));
        revision.draft = draft;
        marks.push(facts.iter().map(|facts| facts.marking.mark).collect());
    }
    for step in history.lineages.iter_mut().flat_map(|lineage| &mut lineage.steps) {
        let mark = |at: usize| marks.get(step.revision)?.get(at).copied().flatten();
        step.mark = step.paragraph.and_then(mark);
    }
    history
}
