//! A draft in; the same with a character in its text for each call of a footnote, and the words of these footnotes, out.
//!
//! In a Word file a call is a character like others: it comes and goes, and words stand before and behind it. So one stands
//! in for it while texts are compared and put in: a private one (Unicode, 23.5: U+100000 to U+10FFFD). A draft that has such
//! characters of its own, or more footnotes than there are of them, keeps its calls apart.

use super::lines::{Item, items};
use crate::model::{Aside, Draft, Footnote, Heading, Labels, Paragraph, Span, called, note_lines};

const FIRST: u32 = 0x0010_0000;

/// How many bytes each of these characters has.
const CALL_LEN: usize = 4;

/// More footnotes than this have no characters that could stand in for their calls.
const MOST: usize = 0xFFFE;

/// The character that stands in for the call with this index.
pub(in crate::report) fn call(index: usize) -> Option<char> {
    let index = u32::try_from(index).ok().filter(|_| index < MOST)?;
    char::from_u32(FIRST + index)
}

/// The index of the call that a character stands in for.
pub(in crate::report) fn index(c: char) -> Option<usize> {
    let index = u32::from(c).checked_sub(FIRST)?;
    usize::try_from(index).ok().filter(|index| *index < MOST)
}

/// True for a character that stands in for a call.
pub(in crate::report) fn is_call(c: char) -> bool {
    index(c).is_some()
}

/// A text without its calls.
pub(in crate::report) fn without(text: &str) -> String {
    text.chars().filter(|c| !is_call(*c)).collect()
}

/// True where characters can stand in for the calls of both drafts.
pub(in crate::report) fn is_plain(old: &Draft, new: &Draft) -> bool {
    let drafts = || [old, new].into_iter();
    let texts = drafts().flat_map(|draft| &draft.paragraphs).map(|p| p.text.as_str());
    let headings = drafts().flat_map(|draft| &draft.headings).map(|h| h.text.as_str());
    let notes = drafts().flat_map(|draft| &draft.footnotes).map(|note| note.text.as_str());
    let in_headings = drafts().flat_map(|draft| &draft.headings).flat_map(|h| called(&h.calls));
    let calls = drafts().flat_map(|draft| &draft.paragraphs).flat_map(|p| called(&p.asides));
    let count = calls.chain(in_headings).count();
    count < MOST && !texts.chain(headings).chain(notes).any(|text| text.contains(is_call))
}

/// The footnote that a call calls.
#[derive(Default)]
pub(in crate::report) struct Called {
    pub(in crate::report) words: String,
    pub(in crate::report) endnote: bool,
}

/// The draft with its calls in its texts, and for each of them in their order its footnote.
pub(in crate::report) fn with_calls(draft: &Draft) -> (Draft, Vec<Called>) {
    let mut labels = Labels::of(&draft.footnotes);
    let mut all = Vec::new();
    let mut made = draft.clone();
    let mut next = |asides: &[Aside]| -> Vec<(usize, char)> {
        let mut calls = Vec::new();
        for (at, label) in called(asides) {
            calls.extend(call(all.len()).map(|call| (at, call)));
            let note = labels.call(label);
            let called =
                |note: &Footnote| Called { words: note_lines(&note.text), endnote: note.endnote };
            all.push(note.map(called).unwrap_or_default());
        }
        calls
    };
    for item in items(draft) {
        match item {
            Item::Heading(at) => {
                if let Some(heading) = made.headings.get_mut(at) {
                    put_into_heading(&next(&heading.calls), heading);
                }
            }
            Item::Paragraph(at) => {
                if let Some(paragraph) = made.paragraphs.get_mut(at) {
                    put_in(&next(&paragraph.asides), paragraph);
                }
            }
        }
    }
    (made, all)
}

/// Puts characters into a heading, each before the byte told with it, in ascending order.
pub(in crate::report) fn put_into_heading(calls: &[(usize, char)], heading: &mut Heading) {
    for (at, call) in calls.iter().rev() {
        if heading.text.is_char_boundary(*at) {
            heading.text.insert(*at, *call);
        }
    }
}

/// Puts characters into the text of a paragraph, each before the byte told with it, in ascending order. Its
/// sub-paragraphs and cells hold the same words as before. One before a label stands behind it.
pub(in crate::report) fn put_in(calls: &[(usize, char)], paragraph: &mut Paragraph) {
    if calls.is_empty() {
        return;
    }
    let text = &paragraph.text;
    let ceil = |at: usize| (at..text.len()).find(|at| text.is_char_boundary(*at));
    let mut calls: Vec<(usize, char)> = calls
        .iter()
        .map(|(at, call)| {
            let at = ceil(*at).unwrap_or(text.len());
            let last = paragraph.parts.partition_point(|part| part.label.start <= at);
            let part = last.checked_sub(1).and_then(|last| paragraph.parts.get(last));
            let held = part.map(|part| part.label).filter(|label| !label.is_empty());
            let held = held.and_then(|label| {
                let space = text.get(label.end..).is_some_and(|rest| rest.starts_with(' '));
                let end = label.end + usize::from(space);
                (at < end).then_some(end)
            });
            (held.unwrap_or(at), *call)
        })
        .collect();
    calls.sort_by_key(|(at, _)| *at);
    let mut made = String::with_capacity(text.len() + CALL_LEN * calls.len());
    let mut from = 0;
    for (at, call) in &calls {
        made.push_str(text.get(from..*at).unwrap_or_default());
        made.push(*call);
        from = *at;
    }
    made.push_str(text.get(from..).unwrap_or_default());
    let shift = |at: usize, held: bool| {
        let before = calls.partition_point(|(place, _)| *place < at || held && *place == at);
        at + before * CALL_LEN
    };
    for part in &mut paragraph.parts {
        part.span = Span::new(shift(part.span.start, false), shift(part.span.end, true));
        part.label = Span::new(shift(part.label.start, false), shift(part.label.end, false));
    }
    for aside in &mut paragraph.asides {
        aside.at = shift(aside.at, false);
    }
    for setting in &mut paragraph.settings {
        let Span { start, end } = setting.span;
        setting.span = Span::new(shift(start, false), shift(end, false));
    }
    // Empty cells may stand where another one ends: a call is in the first of those it touches.
    let mut rest = calls.as_slice();
    let mut by = 0;
    for cell in &mut paragraph.cells {
        let (own, next) = rest.split_at(rest.partition_point(|(at, _)| *at <= cell.end));
        let start = cell.start + by;
        by += own.len() * CALL_LEN;
        *cell = Span::new(start, cell.end + by);
        rest = next;
    }
    paragraph.text = made;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    #[test]
    fn calls_stand_in_the_text_and_parts_and_cells_hold_their_words() {
        let text = "1. We recall[^a] this:\n(a) one[^b];\n(b) two.\n\n| A[^c] | |\n|---|---|\n| B | C[^a] |\n\n\
                    [^a]: A/RES/70/1.\n[^b]: Ibid.\n[^c]: In  dollars.\n";
        let draft = read("draft.md", text.as_bytes()).unwrap();
        let (made, called) = with_calls(&draft);
        let words: Vec<String> = called.into_iter().map(|called| called.words).collect();
        assert_eq!(words, ["A/RES/70/1.", "Ibid.", "In dollars.", "A/RES/70/1."]);
        for (before, now) in draft.paragraphs.iter().zip(&made.paragraphs) {
            assert_eq!(without(&now.text), before.text);
            for (was, is) in before.parts.iter().zip(&now.parts) {
                assert_eq!(is.label.slice(&now.text), was.label.slice(&before.text));
                assert_eq!(without(is.span.slice(&now.text)), was.span.slice(&before.text));
            }
            for (was, is) in before.cells.iter().zip(&now.cells) {
                assert_eq!(without(is.slice(&now.text)), was.slice(&before.text));
            }
        }
        let head = &made.paragraphs[1];
        assert_eq!(head.cells[0].slice(&head.text), format!("A{}", call(2).unwrap()));
    }
}
