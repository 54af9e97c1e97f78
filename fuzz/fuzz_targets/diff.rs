//! Two revisions, parted by a NUL byte, go in; rejecting the redline gives the old text, accepting it the new.

#![no_main]

use adref::compare::compare;
use adref::model::{BORDER, Draft, Op};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((old, new)) = adref_fuzz::two(bytes) else { return };
    let comparison = compare(&old, &new);
    let mut seen = (vec![0; old.paragraphs.len()], vec![0; new.paragraphs.len()]);
    for change in &comparison.changes {
        let said = |other: Op| -> String {
            let segments = change.segments.iter().filter(|segment| segment.op != other);
            segments.map(|segment| segment.text.as_str()).collect()
        };
        assert_eq!(said(Op::Insert), texts(&old, &change.old));
        assert_eq!(said(Op::Delete), texts(&new, &change.new));
        change.old.iter().for_each(|at| seen.0[*at] += 1);
        change.new.iter().for_each(|at| seen.1[*at] += 1);
    }
    assert!(seen.0.iter().chain(&seen.1).all(|times| *times == 1));
});

fn texts(draft: &Draft, paragraphs: &[usize]) -> String {
    let texts = paragraphs.iter().map(|at| draft.paragraphs[*at].text.as_str());
    texts.collect::<Vec<_>>().join(BORDER)
}
