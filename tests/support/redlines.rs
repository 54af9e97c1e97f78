//! Two drafts and the Word file of the old one in; this file with tracked changes out.

use adref::model::Draft;
use adref::pipeline::{self, Thresholds};
use adref::report::{Compared, Signature, redline_word};

/// The redline of two drafts; `base` is the Word file of the old one, which is laid out where there is none.
pub fn redline(old: &Draft, new: &Draft, base: Option<&[u8]>) -> Vec<u8> {
    let diffed = pipeline::diff(old.clone(), new.clone(), None, &Thresholds::default());
    let compared = Compared {
        old: &diffed.old,
        new: &diffed.new,
        comparison: &diffed.comparison,
        library: None,
    };
    redline_word(compared, base, &Signature::default()).unwrap()
}
