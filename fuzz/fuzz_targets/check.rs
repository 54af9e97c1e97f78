//! A draft and a reference, parted by a NUL byte, go in; what every rule finds lies in the draft, and can be told.

#![no_main]

use adref::check::Policy;
use adref::pipeline::{Checker, Thresholds};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((draft, agreed)) = adref_fuzz::two(bytes) else { return };
    let earlier = agreed.clone();
    let library = adref_fuzz::library(agreed);
    let policy = Policy::default();
    let checked = Checker::new(&library, Thresholds::default(), &policy).check(draft, Some(&earlier));
    for finding in &checked.checked.findings {
        assert!(!finding.message.is_empty());
    }
});
