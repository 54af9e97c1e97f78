//! A draft and a reference, parted by a NUL byte, go in; the whole way to every report must be walked.

#![no_main]

use adref::pipeline::{Annotator, Thresholds};
use adref::report::{Format, Options, annotations};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((draft, agreed)) = adref_fuzz::two(bytes) else { return };
    let library = adref_fuzz::library(agreed);
    let annotation = Annotator::new(&library, Thresholds::default()).annotate(draft);
    for facts in &annotation.facts {
        assert!(facts.marking.coverage.carried <= facts.marking.coverage.total);
    }
    for format in [Format::Terminal, Format::Markdown, Format::Json, Format::Html] {
        let options = Options { format, ..Options::default() };
        assert!(annotations(&[(&annotation, &library)], &options).is_ok());
    }
});
