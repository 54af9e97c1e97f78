//! Rows of tables that were edited or added in; the words that come and go in their cells, and new rows, out.

use super::group::{Ground, Side};
use super::plan::Plan;
use crate::model::{Op, Paragraph, Segment};
use crate::report::docx::markup::Hand;
use crate::report::docx::patch::Anchor;
use crate::report::docx::story::Story;
use crate::report::docx::units::NOWHERE;

/// What stands between the cells of a row.
const BETWEEN: &str = " | ";

/// Makes the edits of one row that has as many cells as before; false, with nothing done, where they cannot be made.
pub(super) fn edit(
    ground: Ground<'_, '_>,
    (old, new): (&Side<'_>, &Side<'_>),
    segments: &[Segment],
    plan: &mut Plan<'_>,
) -> bool {
    let ([(old, Some(unit))], [(new, _)]) = (old.paragraphs.as_slice(), new.paragraphs.as_slice())
    else {
        return false;
    };
    let cells = |paragraph: &Paragraph| paragraph.text.split(BETWEEN).count();
    let plain = old.number == new.number && cells(old) == cells(new) && unit.row.is_some();
    if !plain || unit.shared {
        return false;
    }
    let mut deleted = Vec::new();
    let mut put: Vec<(Anchor, String)> = Vec::new();
    let mut anchor = None;
    let mut o = 0;
    for segment in segments {
        for c in segment.text.chars() {
            let place = (segment.op != Op::Insert).then(|| unit.places.get(o).copied()).flatten();
            match (segment.op, place) {
                (Op::Insert, _) => {
                    let next = || {
                        let rest = unit.places.get(o..).unwrap_or_default().iter();
                        rest.copied().find(|place| *place != NOWHERE).map(Anchor::Before)
                    };
                    let Some(here) = anchor.or_else(next) else { return false };
                    match put.last_mut() {
                        Some((last, words)) if *last == here => words.push(c),
                        _ => put.push((here, c.to_string())),
                    }
                }
                (Op::Equal, Some(NOWHERE)) => anchor = None,
                (Op::Delete, Some(NOWHERE)) | (_, None) => return false,
                (op, Some(place)) => {
                    anchor = Some(Anchor::Behind(place));
                    if op == Op::Delete {
                        deleted.push((place, c.len_utf8()));
                    }
                }
            }
            o += if segment.op == Op::Insert { 0 } else { c.len_utf8() };
        }
    }
    // Words at the start of a cell stand before its first character, wherever this is.
    let crosses = put.iter().any(|(anchor, _)| match anchor {
        Anchor::Before(place) | Anchor::Behind(place) => ground.story.run_at(*place).is_none(),
        Anchor::Within(_) => true,
    });
    if crosses || put.iter().any(|(_, words)| words.contains('|')) {
        return false;
    }
    deleted.into_iter().for_each(|(place, len)| plan.delete(place, len));
    put.into_iter().for_each(|(anchor, words)| plan.put(anchor, &words));
    true
}

/// Puts a row in behind another one, if it has as many cells.
pub(super) fn insert(
    paragraph: &Paragraph,
    row: usize,
    story: &Story<'_>,
    plan: &mut Plan<'_>,
    hand: &mut Hand,
) -> bool {
    let Some((element, _)) = story.rows.get(row) else { return false };
    let cells: Vec<&str> = paragraph.text.split(BETWEEN).collect();
    let own = element.elements().filter(|element| &*element.name == "tc").count();
    if own != cells.len() || paragraph.number.is_some() || paragraph.text.contains('\n') {
        return false;
    }
    let cell = |words: &&str, hand: &mut Hand| {
        let mark = hand.mark("ins");
        let run = hand.inserted("", words);
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr><w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{run}</w:p></w:tc>"
        )
    };
    let mark = hand.mark("ins");
    let cells: String = cells.iter().map(|words| cell(words, hand)).collect();
    let whole = format!("<w:tr><w:trPr>{mark}</w:trPr>{cells}</w:tr>");
    plan.edits.at.entry(element.span.end).or_default().push_str(&whole);
    true
}
