//! The runs of a text in; the fields among them, each with the characters it prints, out.
//!
//! Word prints the words of a field anew whenever it likes: words that come in beside it stand outside it, and a field of which
//! all words go goes with its instruction.

use std::ops::Range;

use super::patch::{Anchor, Edits};
use super::story::{Story, characters_of};

/// A field that begins and ends in one paragraph.
#[derive(Default)]
struct Field {
    /// Its runs, by index.
    runs: Vec<usize>,
    /// The characters it prints, each with the bytes of its place.
    printed: Vec<Range<usize>>,
    /// Where the elements stand that begin and end it.
    start: usize,
    end: usize,
}

/// Moves what is put in at the ends of a field out of it, and tells the runs that go with all its words.
pub(super) fn settled(story: &Story<'_>, edits: &mut Edits) -> Vec<usize> {
    let mut gone = Vec::new();
    for para in 0..story.paragraphs.len() {
        for field in fields(story, para) {
            let ends = field.printed.first().zip(field.printed.last());
            let Some((first, last)) = ends else { continue };
            let moves = [
                (Anchor::Before(first.start), Anchor::Before(field.start)),
                (Anchor::Behind(last.start), Anchor::Behind(field.end)),
            ];
            for (within, outside) in moves {
                if let Some(put) = edits.put.remove(&within) {
                    edits.put.insert(outside, put);
                }
            }
            let is_gone = |place: &Range<usize>| {
                let at = edits.deleted.partition_point(|range| range.end <= place.start);
                edits.deleted.get(at).is_some_and(|range| range.contains(&place.start))
            };
            if field.printed.iter().all(is_gone) && is_apart(&field, story) {
                gone.extend(field.runs);
            }
        }
    }
    gone.sort_unstable();
    gone
}

/// The fields of a paragraph; one within another belongs to it.
fn fields(story: &Story<'_>, para: usize) -> Vec<Field> {
    let mut found = Vec::new();
    let mut open: Option<Field> = None;
    let (mut depth, mut prints) = (0_usize, false);
    let runs = story.paragraphs.get(para).map_or(&[][..], |paragraph| &paragraph.runs);
    for index in runs {
        let Some(run) = story.runs.get(*index).filter(|run| run.there) else { continue };
        for element in run.element.elements() {
            let bound = element.attribute("fldCharType").filter(|_| &*element.name == "fldChar");
            match bound {
                Some("begin") => {
                    if depth == 0 {
                        (open, prints) = (Some(Field::default()), false);
                        open.iter_mut().for_each(|field| field.start = element.span.start);
                    }
                    depth += 1;
                }
                Some("separate") => prints |= depth == 1,
                Some("end") => depth = depth.saturating_sub(1),
                _ => {}
            }
            let Some(field) = &mut open else { continue };
            if field.runs.last() != Some(index) {
                field.runs.push(*index);
            }
            if prints {
                let words = characters_of(element).into_iter();
                field.printed.extend(words.map(|(at, c)| at..at + c.len_utf8()));
            }
            if bound.is_some() && depth == 0 {
                field.end = element.span.start;
                found.extend(open.take());
            }
        }
    }
    found
}

/// True where no run of a field has other words than those it prints.
fn is_apart(field: &Field, story: &Story<'_>) -> bool {
    let runs = field.runs.iter().filter_map(|run| story.runs.get(*run));
    let characters = runs.flat_map(|run| run.element.elements()).flat_map(characters_of);
    characters.count() == field.printed.len()
}
