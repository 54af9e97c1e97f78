//! Paragraphs with their numbers and headings in; below which heading each number is counted, where numbers start anew, out.

use crate::model::Paragraph;

/// Paragraphs in a row whose numbers ascend.
struct Run {
    start: usize,
    /// The place among the headings above it of the one that the numbers start anew below.
    depth: usize,
}

/// Tells of each numbered paragraph below which of its headings the number is counted, as an article or a chapter counts
/// its own. Numbers start anew where one that is not above the last one follows a new heading. Where this happens only
/// once, and the number is not 1, it is a slip.
pub(super) fn tell_restarts(paragraphs: &mut [Paragraph]) {
    let runs = runs(paragraphs);
    for (nth, run) in runs.iter().enumerate() {
        let next = runs.get(nth + 1);
        // What comes after may start anew further out, or further in.
        let depth = next.map_or(run.depth, |next| next.depth.max(run.depth));
        let end = next.map_or(paragraphs.len(), |next| next.start);
        for paragraph in paragraphs.get_mut(run.start..end).unwrap_or_default() {
            let last = paragraph.section.len().checked_sub(1);
            let last = last.filter(|_| paragraph.number.is_some());
            paragraph.restarts = last.map(|last| last.min(depth));
        }
    }
}

/// The runs of numbers, the first one from the first paragraph on; none where numbers never start anew.
fn runs(paragraphs: &[Paragraph]) -> Vec<Run> {
    let mut runs = vec![Run { start: 0, depth: 0 }];
    let mut last: Option<(u64, usize)> = None;
    let mut from_one = false;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let Some(value) = paragraph.number.as_deref().and_then(|number| number.parse::<u64>().ok())
        else {
            continue;
        };
        let before = last.replace((value, at)).and_then(|(v, at)| Some((v, paragraphs.get(at)?)));
        let Some((_, other)) = before.filter(|(before, _)| value <= *before) else { continue };
        let same = paragraph.section.iter().zip(&other.section).take_while(|(a, b)| a == b);
        let depth = same.count();
        if paragraph.annex == other.annex && depth < paragraph.section.len() {
            // The heading, and what stands below it before the number, belongs to the new run.
            let below =
                |other: &Paragraph| other.section.get(depth) == paragraph.section.get(depth);
            let before = paragraphs.get(..at).unwrap_or_default().iter().rev();
            let start = at - before.take_while(|other| below(other)).count();
            runs.push(Run { start, depth });
            from_one |= value == 1;
        }
    }
    if runs.len() > 2 || from_one { runs } else { Vec::new() }
}
