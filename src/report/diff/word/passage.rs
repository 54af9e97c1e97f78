//! Words that stand in the file one behind the other, as in a cell or a note, and what becomes of them, in; the edits out.

use std::ops::Range;

use super::super::words;
use crate::model::{Differs, Op, Segment};
use crate::ooxml::xml::Element;
use crate::report::docx::markup::{Hand, taken};
use crate::report::docx::patch::{Anchor, Edits, Put, Stretch};
use crate::report::docx::story::Story;
use crate::report::docx::units::NOWHERE;

/// Edits, until it is known that all of them can be made.
#[derive(Default)]
pub(super) struct Passage {
    pub(super) deleted: Vec<Range<usize>>,
    pub(super) put: Vec<(Anchor, String)>,
    /// Paragraphs of which the mark is taken out.
    pub(super) joined: Vec<usize>,
}

impl Passage {
    /// Makes them, where no others are made in the same words.
    pub(super) fn into_edits(self, edits: &mut Edits, story: &Story<'_>, hand: &mut Hand) {
        edits.deleted.extend(self.deleted);
        for (anchor, words) in self.put {
            let put = edits.put.entry(anchor).or_default();
            let Some(properties) = parted(anchor, story) else {
                put.push(Put::Words(vec![Stretch::plain(&words.replace('\n', " "))]));
                continue;
            };
            for (at, line) in words.split('\n').enumerate() {
                if at > 0 {
                    put.push(Put::Mark(taken(properties, story.source, true, &hand.mark("ins"))));
                }
                if !line.is_empty() {
                    put.push(Put::Words(vec![Stretch::plain(line)]));
                }
            }
        }
        edits.joined.extend(self.joined);
    }
}

/// The properties of the paragraph that can be parted at an anchor; none where it cannot be.
fn parted<'e>(anchor: Anchor, story: &Story<'e>) -> Option<Option<&'e Element>> {
    let (Anchor::Before(at) | Anchor::Behind(at)) = anchor else { return None };
    let run = story.run_at(at).filter(|run| run.direct)?;
    Some(story.paragraphs.get(run.para)?.properties)
}

/// Words of which nothing is known but what becomes of them.
pub(super) fn piece(op: Op, text: String) -> Segment {
    Segment { op, text, place: None, differs: Differs::Words, elsewhere: None, source: None }
}

/// What stays, goes and comes between two lines.
pub(super) fn segments(old: &str, new: &str) -> Vec<Segment> {
    let mut out = Vec::new();
    for (differs, before, now) in words::edits(old, new) {
        if differs {
            let both = [piece(Op::Delete, before), piece(Op::Insert, now)];
            out.extend(both.into_iter().filter(|segment| !segment.text.is_empty()));
        } else {
            out.push(piece(Op::Equal, now));
        }
    }
    out
}

/// The edits that make the new words of the old ones, whose characters stand at these places; none where they cannot be made.
pub(super) fn changed(
    story: &Story<'_>,
    (old, places): (&str, &[usize]),
    (new, segments): (&str, &[Segment]),
    edits: &mut Passage,
) -> Option<()> {
    // What Word prints before the words cannot be taken out.
    places.first().filter(|place| **place != NOWHERE)?;
    let mut made = Passage::default();
    if within(story, segments, places, &mut made).is_some() {
        edits.deleted.extend(made.deleted);
        edits.put.extend(made.put);
        edits.joined.extend(made.joined);
        return Some(());
    }
    // Words of several paragraphs change together.
    let own = old.char_indices().filter_map(|(at, c)| {
        let place = places.get(at).copied().filter(|place| *place != NOWHERE)?;
        Some((place, c))
    });
    let there: Vec<(usize, char)> = own.collect();
    let mut paras: Vec<usize> =
        there.iter().filter_map(|(place, _)| story.run_at(*place).map(|run| run.para)).collect();
    paras.dedup();
    let last = there.iter().map(|(place, _)| *place).max()?;
    edits.deleted.extend(there.iter().map(|(place, c)| *place..place + c.len_utf8()));
    edits.put.push((Anchor::Behind(last), new.to_owned()));
    edits.joined.extend(paras.split_last()?.1);
    Some(())
}

/// The edits of words one by one; a line that ends in the old words is a paragraph.
fn within(
    story: &Story<'_>,
    segments: &[Segment],
    places: &[usize],
    edits: &mut Passage,
) -> Option<()> {
    let mut anchor = None;
    let mut at = 0;
    for segment in segments {
        if segment.op == Op::Insert {
            let next = || {
                let rest = places.get(at..).unwrap_or_default().iter();
                rest.copied().find(|place| *place != NOWHERE).map(Anchor::Before)
            };
            if !segment.text.is_empty() {
                edits.put.push((anchor.or_else(next)?, segment.text.clone()));
            }
            continue;
        }
        for c in segment.text.chars() {
            let place = places.get(at).copied()?;
            at += c.len_utf8();
            if place != NOWHERE {
                anchor = Some(Anchor::Behind(place));
            } else if c == '\n' && segment.op == Op::Equal {
                // What comes next stands in the paragraph that begins here.
                anchor = None;
            }
            match segment.op {
                Op::Delete if place == NOWHERE && c == '\n' => {
                    let para = |place: usize| story.run_at(place).map(|run| run.para);
                    let next = places.get(at..)?.iter().find(|place| **place != NOWHERE);
                    let Some(Anchor::Behind(last)) = anchor else { return None };
                    edits.joined.extend(para(last)?..para(*next?)?);
                }
                Op::Delete if place == NOWHERE => return None,
                Op::Delete => edits.deleted.push(place..place + c.len_utf8()),
                _ => {}
            }
        }
    }
    Some(())
}
