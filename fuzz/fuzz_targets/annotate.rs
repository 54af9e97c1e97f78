//! A draft and a reference, parted by a NUL byte, go in; the whole way to JSON must be walked.

#![no_main]

use adref::model::{Entry, Library};
use adref::pipeline::{Annotator, Thresholds};
use adref::read::read;
use adref::report::{Format, Options, annotations};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut halves = bytes.splitn(2, |byte| *byte == 0);
    let (draft, agreed) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
    let (Ok(draft), Ok(text)) = (read("draft.md", draft), read("agreed.md", agreed)) else { return };
    let mut library = Library::default();
    library.entries.push(Entry { name: "agreed".to_owned(), ..Entry::new(text) });
    let annotation = Annotator::new(&library, Thresholds::default()).annotate(draft);
    for facts in &annotation.facts {
        assert!(facts.marking.coverage.carried <= facts.marking.coverage.total);
    }
    for format in [Format::Terminal, Format::Markdown, Format::Json] {
        let options = Options { format, ..Options::default() };
        let _ = annotations(&[(&annotation, &library)], &options);
    }
});
