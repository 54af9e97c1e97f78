//! A pointer in; whether it points into the very text that it stands in, and where the words that say so end, out.

use std::sync::LazyLock;

use super::pinpoint::{Pin, sublabels};
use super::scan::Pointer;
use super::token::Tokens;
use crate::model::Pinpoint;
use crate::text::{Lists, is_determiner};

/// A list of `data/own.txt`.
fn list(name: &str) -> &'static [&'static str] {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::parse(include_str!("data/own.txt")));
    LISTS.of(name)
}

/// The token after the words that make a pointer point into the text itself; none where they do not.
pub(super) fn internal_end(tokens: &Tokens, last: usize) -> Option<usize> {
    if tokens.is_any(last, list("beside")) {
        return Some(last + 1);
    }
    let of = tokens.is_any(last, &["of", "to", "in"]);
    let at = if of && tokens.is_any(last + 1, &["the"]) { last + 2 } else { last + 1 };
    if !of || !tokens.is_any(at, list("this")) {
        return None;
    }
    let end = (1..=3).map(|step| at + step).find(|at| tokens.is_any(*at, list("texts")))?;
    // "of the present paragraph 7 of A/RES/70/1", "of the present resolution 70/1": what has a number is called by it.
    (!tokens.is_number(end + 1)).then_some(end + 1)
}

/// True for a pointer to numbered paragraphs, or to their sub-paragraphs, perhaps of an annex.
pub(super) fn is_to_paragraphs(pointer: &Pointer) -> bool {
    let is_counted = |pin: &Pin| match pin {
        Pin::At(Pinpoint::Paragraph(address)) => !address.starts_with('('),
        _ => false,
    };
    let (first, rest) = (pointer.pins.first(), pointer.pins.get(1..).unwrap_or_default());
    let is_annex = |pin: &Pin| match pin {
        Pin::At(Pinpoint::Section(section)) => section == "annex",
        pin => matches!(pin, Pin::Annex(_)),
    };
    first.is_none_or(is_counted) && rest.iter().all(|pin| is_counted(pin) || is_annex(pin))
}

/// The pointer of a label that stands alone and is of the paragraph which speaks, "(d) of the present paragraph"; `i` is the
/// token of its parenthesis.
pub(super) fn own_label(tokens: &Tokens, i: usize) -> Option<Pointer> {
    let (label, last) = sublabels(tokens, i, None)?;
    let end = internal_end(tokens, last)?;
    let is_paragraph = tokens.is_any(end - 1, &["paragraph"]);
    let pins = vec![Pin::At(Pinpoint::Paragraph(label))];
    is_paragraph.then_some(Pointer { first: i, last, pins })
}

/// True for "paragraph 46" that no word leads on from, as "of its report" does, and no word leads to, as "its" does.
pub(super) fn is_own(tokens: &Tokens, pointer: &Pointer) -> bool {
    let comma = usize::from(tokens.is_mark(pointer.last, b','));
    let behind = pointer.last + comma;
    // "The Committee, in paragraph 14, asks" speaks of the Committee's own text.
    let aside = comma == 1
        && pointer.first.checked_sub(2).is_some_and(|before| tokens.is_mark(before, b','));
    let leads_on = tokens.is_any(behind, list("on"))
        && !is_infinitive(tokens, behind)
        && draft_end(tokens, pointer.last).is_none();
    !aside
        && !leads_on
        && !pointer.first.checked_sub(1).is_some_and(|before| tokens.is_any(before, list("before")))
}

/// True for the "to" of "pursuant to paragraph 17 to act", which leads to no document.
fn is_infinitive(tokens: &Tokens, at: usize) -> bool {
    tokens.is_any(at, &["to"])
        && tokens.word(at + 1).starts_with(|c: char| c.is_ascii_lowercase())
        && !is_determiner(tokens.word(at + 1))
        && !tokens.is_any(at + 1, list("leads"))
}

/// The token after "of the draft" or "of the draft resolution" at token `i`, where the draft has no other name there.
pub(super) fn draft_end(tokens: &Tokens, i: usize) -> Option<usize> {
    let is_draft = tokens.is_any(i, &["of", "in"])
        && tokens.is_any(i + 1, &["the"])
        && tokens.is_any(i + 2, &["draft"]);
    let end = i + 3 + usize::from(is_draft && tokens.is_any(i + 3, list("texts")));
    let is_bare = !tokens.is_word(end) && !tokens.is_number(end) && !tokens.is_mark(end, b'"');
    (is_draft && (is_bare || is_infinitive(tokens, end))).then_some(end)
}
