//! An annotated draft and the Word file it stands in, in; this file with colours and comments out.
//!
//! New words are blue. Words that the draft has in place of others of its source are violet; what is agreed keeps its
//! colour. A comment on each paragraph tells its mark and its sources; those of an earlier annotation make way.

use super::comments::Comments;
use super::file::Archive;
use super::markup::{Hand, Signature};
use super::numbers::Numbers;
use super::own::{ADAPTED, NEW};
use super::patch::{Edits, patched};
use super::story::Story;
use super::units::{NOWHERE, Unit, Units};
use crate::model::{Annotation, Draft, Edit, Facts, Library, Paragraph, Via};
use crate::ooxml::numbering::Numbering;
use crate::ooxml::styles::Styles;
use crate::report::evidence::{Evidence, count, evidence, told, verdict_rest, verdict_word};

/// Writes colours and comments into `base`, the file that `draft` stands in: the annotation's own, or the same one laid
/// out. None where its text is written in a way that Word does not use.
///
/// # Errors
/// When the file is damaged.
pub(in crate::report) fn write(
    annotation: &Annotation,
    draft: &Draft,
    library: &Library,
    base: &[u8],
    signature: &Signature,
) -> Result<Option<Vec<u8>>, String> {
    let Some(mut file) = Archive::open(base)? else { return Ok(None) };
    let tree = file.tree_without_own()?;
    let Some(body) = tree.child("body") else { return Ok(None) };
    let source = file.source.clone();
    let story = Story::of(&source, body);
    let styles = Styles::of(file.part("styles").as_ref());
    let mut numbering = Numbering::of(file.part("numbering").as_ref());
    let numbers = Numbers::of(&story, &mut numbering, &styles);
    let units = Units::of(draft, &story, &numbers, &styles);
    let mut hand = Hand::new(signature, file.free_number());
    let mut comments = Comments::default();
    let mut edits = Edits::default();
    let mut legend = vec![legend(annotation)];
    for ((paragraph, facts), unit) in annotation.paragraphs().zip(&units.paragraphs) {
        colour(paragraph, facts, unit, &mut edits);
        let found = evidence(paragraph, facts, library);
        let mut told = found.iter().filter(|e| is_told(e)).map(source_line).peekable();
        // Of a row on which nothing was found there is nothing to say.
        if unit.row.is_some() && told.peek().is_none() {
            continue;
        }
        let mut lines = verdict(paragraph, facts);
        lines.extend(told);
        lines.append(&mut legend);
        tell(&lines, unit, &story, (&mut comments, &mut edits), &mut hand);
    }
    let text = patched(&story, edits, &mut hand);
    file.set_text(&text);
    file.add_comments(&comments.part)?;
    file.finish().map(Some)
}

fn is_told(evidence: &Evidence) -> bool {
    evidence.leads || evidence.via == Via::Citation
}

/// What the colours mean, and what was found in the whole draft.
fn legend(annotation: &Annotation) -> String {
    let summary = annotation.summary();
    let silence = annotation.silence.map(|silence| format!(" {}", told(silence)));
    format!(
        "Blue: the draft’s own words. Violet: words in place of agreed ones. Other words are agreed. The whole draft: \
         {}: {} reaffirmed, {} recalled, {} new.{}",
        count(summary.paragraphs, "paragraph", "paragraphs"),
        summary.reaffirmed,
        summary.recalled,
        summary.new,
        silence.unwrap_or_default()
    )
}

/// `Reaffirmed · adapted · 97 % agreed words`
fn verdict(paragraph: &Paragraph, facts: &Facts) -> Vec<String> {
    let marking = &facts.marking;
    let line = verdict_word(paragraph, marking.mark).to_uppercase() + &verdict_rest(marking);
    vec![line]
}

/// `A/RES/70/125, para. 9 (WSIS+10) · adapted · 97 % (40 words): adds “…”`
fn source_line(evidence: &Evidence) -> String {
    let mut line = evidence.place();
    if let Some(name) = evidence.beside() {
        line.push_str(&format!(" ({name})"));
    }
    line + &evidence.standing()
}

/// Gives new words their colours.
fn colour(paragraph: &Paragraph, facts: &Facts, unit: &Unit, edits: &mut Edits) {
    let text = &paragraph.text;
    let sources = facts.marking.sources.iter().filter_map(|source| source.matched.as_ref());
    let replaced = sources.flat_map(|matched| &matched.departures);
    let mut adapted = vec![false; text.len()];
    for departure in replaced.filter(|departure| departure.edit == Edit::Replace) {
        let own = adapted.get_mut(departure.draft.start..departure.draft.end);
        own.into_iter().flatten().for_each(|adapted| *adapted = true);
    }
    for span in facts.marking.spans.iter().filter(|span| span.source.is_none()) {
        let (start, mut color) = (span.span.start, NEW);
        // A stop behind new words is new with them.
        let behind = text.get(span.span.end..).unwrap_or_default();
        let stops =
            behind.len() - behind.trim_start_matches([',', '.', ';', ':', '!', '?', '”']).len();
        let words = text.get(start..span.span.end + stops).unwrap_or_default();
        for (by, c) in words.char_indices() {
            let at = start + by;
            if at < span.span.end {
                color = if adapted.get(at) == Some(&true) { ADAPTED } else { NEW };
            }
            let place = unit.places.get(at).copied().filter(|place| *place != NOWHERE);
            let Some(place) = place else { continue };
            let range = place..place + c.len_utf8();
            match edits.coloured.last_mut() {
                Some((last, own)) if last.end == range.start && *own == color => {
                    last.end = range.end;
                }
                _ => edits.coloured.push((range, color)),
            }
        }
    }
}

/// Puts a comment on a paragraph of the draft.
fn tell(
    lines: &[String],
    unit: &Unit,
    story: &Story<'_>,
    (comments, edits): (&mut Comments, &mut Edits),
    hand: &mut Hand,
) {
    let (Some(first), Some(last)) = (unit.paras.first(), unit.paras.last()) else { return };
    let within = |para: &usize| story.paragraphs.get(*para).map(|paragraph| paragraph.within);
    let last = if within(first) == within(last) { last } else { first };
    let marks = comments.add(lines, hand);
    edits.opening.entry(*first).or_default().push_str(&marks.start);
    edits.closing.entry(*last).or_default().push_str(&marks.end);
}
