//! Drafts, a library and a policy in; what is wrong with each draft out.

use rayon::prelude::*;

use super::{Annotator, Thresholds};
use crate::check;
use crate::cite::Gazetteer;
use crate::compare;
use crate::library;
use crate::model::{Annotation, Checked, Draft, Library};

/// A draft that was checked.
#[derive(Debug)]
pub struct CheckedDraft {
    /// The draft with its sources and marks.
    pub annotation: Annotation,
    /// What is wrong with it.
    pub checked: Checked,
}

/// A library made ready to check any number of drafts.
#[derive(Debug)]
pub struct Checker<'l> {
    annotator: Annotator<'l>,
    wholes: library::Wholes<'l>,
    names: Vec<&'static str>,
    symbols: check::Symbols<'l>,
    policy: &'l check::Policy,
}

impl<'l> Checker<'l> {
    /// Takes up the names and symbols of `library`, and what the repository wants.
    pub fn new(library: &'l Library, thresholds: Thresholds, policy: &'l check::Policy) -> Self {
        let annotator = Annotator::new(library, thresholds);
        let wholes = library::Wholes::of(library);
        let symbols = check::Symbols::of(library);
        Self { annotator, wholes, names: Gazetteer::names(), symbols, policy }
    }

    /// Checks drafts, in their order; with the revision before, also what the changes since then did to them.
    pub fn check_all(&self, drafts: Vec<Draft>, earlier: Option<&Draft>) -> Vec<CheckedDraft> {
        let annotated = self.annotator.annotate_all(drafts);
        annotated.into_par_iter().map(|annotation| self.checked(annotation, earlier)).collect()
    }

    /// Checks one draft.
    pub fn check(&self, draft: Draft, earlier: Option<&Draft>) -> CheckedDraft {
        self.checked(self.annotator.annotate(draft), earlier)
    }

    fn checked(&self, annotation: Annotation, earlier: Option<&Draft>) -> CheckedDraft {
        let comparison = earlier.map(|old| (old, compare::compare(old, &annotation.draft)));
        let earlier = comparison.as_ref();
        let case = check::Case {
            annotation: &annotation,
            library: self.annotator.library,
            whole: &|reference| self.wholes.get(reference),
            names: &self.names,
            symbols: &self.symbols,
            folding: &self.annotator.folding,
            earlier: earlier.map(|(draft, comparison)| check::Earlier { draft, comparison }),
        };
        let checked = check::check(&case, self.policy);
        CheckedDraft { annotation, checked }
    }
}
