//! The letterheads of two drafts in; the lines of the old one edited where they stand, and what could not be, out.

use std::collections::HashSet;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::Redline;
use crate::report::docx::units::heading_unit;

impl Redline<'_, '_> {
    /// Edits the lines of the letterhead (symbol, date, session) that the old file has in its text. What cannot be edited there
    /// is told in a comment at the top.
    pub(super) fn cover(&mut self) {
        let (old, new) = (&self.compared.old.cover, &self.compared.new.cover);
        if old.is_empty() || new.is_empty() {
            return;
        }
        let first = self.order().first().map_or(self.ground.story.paragraphs.len(), |o| o.0);
        let mut told = Vec::new();
        let mut edited = HashSet::new();
        for op in capture_diff_slices(Algorithm::Patience, old, new) {
            if op.tag() == DiffTag::Equal {
                continue;
            }
            let before = old.get(op.old_range()).unwrap_or_default();
            let now = new.get(op.new_range()).unwrap_or_default();
            for at in 0..before.len().max(now.len()) {
                match (before.get(at), now.get(at)) {
                    (Some(before), Some(now)) => {
                        let units = (0..first).filter(|para| !edited.contains(para));
                        let unit = units
                            .filter_map(|para| heading_unit(before, para, self.ground.story, None))
                            .next();
                        match unit {
                            Some(unit) => {
                                edited.extend(unit.paras.iter().copied());
                                self.heading(&unit, (before, 1), (now, 1));
                            }
                            None => told.push(format!("“{before}” is now “{now}”")),
                        }
                    }
                    (Some(before), None) => told.push(format!("“{before}” is gone")),
                    (None, Some(now)) => told.push(format!("new: “{now}”")),
                    (None, None) => {}
                }
            }
        }
        if !told.is_empty() {
            told.insert(
                0,
                "The letterhead differs, and these lines are not changed here:".to_owned(),
            );
            self.tell(&told, &[0]);
        }
    }
}
