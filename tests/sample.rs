//! The sample draft and library go in; every mark and source a careful reader disagrees with comes out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use support::{agree, paragraphs, root, table};

/// Where the tool stands apart from the reader, and why that is left so.
const KNOWN: &[(&str, &str)] = &[];

#[test]
fn revision_1_reads_as_a_careful_reader_reads_it() {
    let found = paragraphs(&root().join("drafts/rev1.md"), &root().join("references"));
    agree(&table(&root().join("tests/sample/rev1.tsv")), &found, KNOWN);
}
