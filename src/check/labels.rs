//! The sub-paragraphs of a paragraph in; labels that leave one out, repeat one or go back, out.

use crate::model::{Paragraph, Part, Span};
use crate::text::label::{Style, label};

/// A label that is not the one due at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misplaced {
    /// The label, in the paragraph's text.
    pub(super) label: Span,
    /// The one before it in the same list.
    pub(super) before: Span,
    /// True where it is the same as that one.
    pub(super) repeated: bool,
}

/// The last label of a list, and how it may be read: `(i)` is the ninth letter or a Roman one.
struct Last {
    label: Span,
    readings: Vec<(Style, u64)>,
}

/// Goes through the lists of a paragraph. A list may begin anew with its first label, and labels of another kind are
/// another list.
pub(super) fn misplaced(paragraph: &Paragraph) -> Vec<Misplaced> {
    let mut found = Vec::new();
    // The list open at each depth.
    let mut lists: Vec<Option<Last>> = Vec::new();
    for part in &paragraph.parts {
        lists.resize_with(part.depth.min(MOST_DEPTHS), || None);
        let Some(list) = lists.last_mut() else { continue };
        let readings = readings(paragraph, part);
        let fault = list.as_ref().and_then(|last| fault(last, &readings, part.label));
        let due = list.as_ref().map(|last| next(last, &readings));
        let kept = match due {
            Some(due) if !due.is_empty() => due,
            _ => readings,
        };
        *list = (!kept.is_empty()).then_some(Last { label: part.label, readings: kept });
        found.extend(fault);
    }
    found
}

/// No list is nested deeper in a text that people read.
const MOST_DEPTHS: usize = 8;

fn readings(paragraph: &Paragraph, part: &Part) -> Vec<(Style, u64)> {
    let own = part.label.slice(&paragraph.text).trim();
    let number =
        || own.strip_suffix('.')?.parse().ok().map(|count| vec![(Style::DigitStop, count)]);
    label(own).map(|label| label.readings()).or_else(number).unwrap_or_default()
}

/// Goes through the lists that run on within the words of a paragraph, "(a) …; (b) …; and (c) …", "1) …; 2) …". What is
/// cited, and what stands behind no sign and no "and", is no label: "paragraph 3 (a)", "resolution 46/182 (b)".
pub(super) fn misplaced_inline(paragraph: &Paragraph, cited: &[Span]) -> Vec<Misplaced> {
    let text = paragraph.text.as_str();
    let mut list: Vec<(Span, Vec<(Style, u64)>)> = Vec::new();
    let mut found = Vec::new();
    for (at, is_open) in counters(text) {
        let own = text.get(at..).and_then(label).filter(|own| !own.stop);
        let Some(own) = own else { continue };
        let span = Span::new(at, at + own.range.end);
        let is_part = paragraph.parts.iter().any(|part| part.label.overlaps(span));
        let before = text.get(..at).unwrap_or_default().trim_end();
        let parted = before.ends_with([';', ',', ':'])
            || [" and", " or"].iter().any(|word| before.ends_with(word));
        let readings = own.readings();
        let opens = readings.iter().any(|(_, place)| *place == 1)
            && (is_open || parted || before.is_empty());
        let is_cited = cited.iter().any(|cited| cited.overlaps(span));
        if !is_part && (is_cited || !(parted || opens)) {
            continue;
        }
        if opens {
            list = vec![(span, readings)];
            continue;
        }
        let Some((before, last)) = list.last() else { continue };
        let last = Last { label: *before, readings: last.clone() };
        // Those of a list that was read as one are looked at with that list.
        found.extend(fault(&last, &readings, span).filter(|_| !is_part));
        let goes_on = next(&last, &readings);
        list.push((span, if goes_on.is_empty() { readings } else { goes_on }));
    }
    found
}

/// Where a label may begin within a text, and whether it has a parenthesis before it: `(a)`, or `a)` where it does not close
/// one, as in "(see annex A)".
fn counters(text: &str) -> impl Iterator<Item = (usize, bool)> + '_ {
    let mut depth = 0usize;
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let is_start = before.is_whitespace() || before == '[';
        before = c;
        match c {
            '(' => {
                depth += 1;
                Some((at, true))
            }
            ')' => {
                depth = depth.saturating_sub(1);
                None
            }
            _ => (depth == 0 && is_start && c.is_alphanumeric()).then_some((at, false)),
        }
    })
}

/// The readings of a label that go on from the one before.
fn next(last: &Last, readings: &[(Style, u64)]) -> Vec<(Style, u64)> {
    let goes_on = |(style, place): &&(Style, u64)| {
        last.readings.iter().any(|(own, before)| own == style && before + 1 == *place)
    };
    readings.iter().filter(goes_on).copied().collect()
}

fn fault(last: &Last, readings: &[(Style, u64)], label: Span) -> Option<Misplaced> {
    if !next(last, readings).is_empty() || readings.iter().any(|(_, place)| *place == 1) {
        return None;
    }
    let mut same = readings.iter().filter_map(|(style, place)| {
        let (_, before) = last.readings.iter().find(|(own, _)| own == style)?;
        Some(before == place)
    });
    let repeated = same.next()?;
    Some(Misplaced { label, before: last.label, repeated })
}
