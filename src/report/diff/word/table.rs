//! Rows of tables that were edited or added in; the words that come and go in their cells, new rows and new tables, out.

use super::group::Ground;
use super::passage::{self, Passage};
use super::plan::Plan;
use super::put::{struck_in, worded};
use super::thread::{self, Notes};
use crate::model::{Aside, Op, Paragraph, Segment, Span};
use crate::ooxml::xml::Element;
use crate::report::docx::markup::{Hand, cell_properties, row_properties, table_properties, taken};
use crate::report::docx::patch::{Anchor, Stretch};
use crate::report::docx::story::{Row, Story};
use crate::report::docx::units::{NOWHERE, Unit};

/// The width of a text, in twentieths of a point.
const WIDTH: usize = 9_072;

/// Makes the edits of a row that has as many cells as before, each within its cell; false, with nothing done, where they
/// cannot be made.
pub(super) fn edit(
    ground: Ground<'_, '_>,
    (old, unit): (&Paragraph, &Unit),
    new: &Paragraph,
    (plan, notes): (&mut Plan<'_>, &mut Notes),
) -> bool {
    let row = unit.row.and_then(|row| ground.story.rows.get(row));
    let Some(row) = row.filter(|_| old.number == new.number && !unit.shared) else { return false };
    let holders = row.cells();
    if old.cells.len() != new.cells.len() || holders.len() != old.cells.len() {
        return false;
    }
    let mut edits = Passage::default();
    for ((before, now), holder) in old.cells.iter().zip(&new.cells).zip(holders) {
        let words = now.slice(&new.text);
        if before.slice(&old.text) == words {
            continue;
        }
        let segments = thread::segments(before.slice(&old.text), words, notes);
        if segments.iter().all(|segment| segment.op == Op::Equal) {
            continue;
        }
        let words = (words, segments.as_slice());
        if cell(ground.story, (old, *before), unit, words, holder, &mut edits).is_none() {
            return false;
        }
    }
    edits.deleted.into_iter().for_each(|range| plan.delete(range.start, range.len()));
    edits.put.into_iter().for_each(|(anchor, words)| plan.put(anchor, Stretch::plain(&words)));
    plan.edits.joined.extend(edits.joined);
    true
}

/// The edits of one cell.
fn cell(
    story: &Story<'_>,
    (old, span): (&Paragraph, Span),
    unit: &Unit,
    (words, segments): (&str, &[Segment]),
    holder: &Element,
    edits: &mut Passage,
) -> Option<()> {
    let before = span.slice(&old.text);
    if before.is_empty() {
        let held = |para: &usize| {
            story.paragraphs.get(*para).is_some_and(|p| holder.span.contains(p.element.span))
        };
        let para = (0..story.paragraphs.len()).find(held)?;
        // Words that are struck out may stand there.
        let last = story.characters(para).last().copied();
        let put = match last {
            Some((place, c)) if c.is_whitespace() => (Anchor::Behind(place), words.to_owned()),
            Some((place, _)) => (Anchor::Behind(place), format!(" {words}")),
            None => (Anchor::Within(para), words.to_owned()),
        };
        edits.put.push(put);
        return Some(());
    }
    let places = unit.places.get(span.start..span.end)?;
    // A call at the start of a cell may be told as one of the empty cell before it.
    let inside = |place: &usize| holder.span.start <= *place && *place < holder.span.end;
    places.iter().filter(|place| **place != NOWHERE).all(inside).then_some(())?;
    passage::changed(story, (before, places), (words, segments), edits)
}

/// A row that is put in; it looks like another one, as far as this has as many cells. Where it has not, the last cell takes what
/// is left of so many columns. `point` stands in its first cell.
pub(super) fn row(
    paragraph: &Paragraph,
    (like, columns): (Option<&Row<'_>>, usize),
    source: &str,
    point: &str,
    hand: &mut Hand,
) -> String {
    let count = paragraph.cells.len();
    let cells = like.map(Row::cells).filter(|cells| cells.len() == count);
    let mark = hand.mark("ins");
    let like = like.and_then(|row| row.element.child("trPr"));
    let mut out = format!("<w:tr>{}", row_properties(like, source, &mark));
    for (at, (span, asides)) in paragraph.cells_with_asides().enumerate() {
        let like = cells.as_ref().and_then(|cells| cells.get(at)).copied();
        let rest = if at + 1 == count { (columns + 1).saturating_sub(count) } else { 1 };
        let set = cell_properties(like.and_then(|cell| cell.child("tcPr")), source, rest);
        let first = like.and_then(|cell| cell.child("p"));
        let run = first.and_then(|p| p.child("r")).and_then(|run| run.child("rPr"));
        let own = taken(first.and_then(|p| p.child("pPr")), source, false, &hand.mark("ins"));
        let range = span.start..span.end;
        let struck: Vec<&Aside> = struck_in(asides, &range).collect();
        let words = worded((&paragraph.text, range), (None, &struck), run, source);
        let words = if words.is_empty() { String::new() } else { hand.inserted_each(&words) };
        let point = if at == 0 { point } else { "" };
        out.push_str(&format!("<w:tc>{set}<w:p>{own}{words}{point}</w:p></w:tc>"));
    }
    out + "</w:tr>"
}

/// A table of which every row is put in, with the properties of another one.
pub(super) fn whole(
    rows: &[(&Paragraph, String)],
    like: Option<&Row<'_>>,
    source: &str,
    hand: &mut Hand,
) -> String {
    let columns = rows.iter().map(|(row, _)| row.cells.len()).max().unwrap_or(1).max(1);
    let set = table_properties(like.and_then(|row| row.table.child("tblPr")), source);
    let grid = format!("<w:gridCol w:w=\"{}\"/>", WIDTH / columns).repeat(columns);
    // Widths of another table are no widths of this one.
    let like = like.filter(|like| like.cells().len() == columns);
    let row = |(own, point): &(&Paragraph, String)| row(own, (like, columns), source, point, hand);
    let rows: String = rows.iter().map(row).collect();
    format!("<w:tbl>{set}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>")
}
