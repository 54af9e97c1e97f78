//! What a text mentions in; the same with "subparagraph (f) of paragraph 2", "paragraph 3 of the annex" and "paragraph 4 of the
//! preamble", each told by two pointers, as one out.

use super::pinpoint::Pin;
use super::scan::{Item, Pointer};
use super::token::Tokens;
use crate::model::Pinpoint;

/// Joins each pointer to labels alone with the pointer to the one paragraph that they are labels of, and each one to paragraphs
/// with the pointer to the annex or the preamble that they stand in.
pub(super) fn nested(tokens: &Tokens, items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        if let (Some(Item::Pointer(inner)), Item::Pointer(outer)) = (out.last_mut(), &item)
            && let Some(pins) =
                joined(tokens, inner, outer).or_else(|| in_part(tokens, inner, outer))
        {
            (inner.pins, inner.last) = (pins, outer.last);
        } else {
            out.push(item);
        }
    }
    out
}

fn joined(tokens: &Tokens, inner: &Pointer, outer: &Pointer) -> Option<Vec<Pin>> {
    let [Pin::At(Pinpoint::Paragraph(stem))] = outer.pins.as_slice() else { return None };
    let is_of = tokens.is_any(inner.last, &["of", "in"]) && inner.last + 1 == outer.first;
    if !is_of || !stem.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let address = |pin: &Pin| match pin {
        Pin::At(Pinpoint::Paragraph(label)) if label.starts_with('(') => {
            Some(Pin::At(Pinpoint::Paragraph(format!("{stem}{label}"))))
        }
        _ => None,
    };
    inner.pins.iter().map(address).collect()
}

/// The pins of "paragraph 3 of the annex" and of "paragraph 12 of the preamble".
fn in_part(tokens: &Tokens, inner: &Pointer, outer: &Pointer) -> Option<Vec<Pin>> {
    let of = inner.last + 1 + usize::from(tokens.is_any(inner.last + 1, &["the"]));
    let is_of = tokens.is_any(inner.last, &["of", "in"]) && of == outer.first;
    let counted = |pin: &Pin| match pin {
        Pin::At(Pinpoint::Paragraph(own)) if own.starts_with(|c: char| c.is_ascii_digit()) => {
            Some(own.clone())
        }
        _ => None,
    };
    let counted: Vec<String> = inner.pins.iter().map(counted).collect::<Option<_>>()?;
    match outer.pins.as_slice() {
        _ if !is_of => None,
        [Pin::Annex(_)] => Some(inner.pins.iter().chain(&outer.pins).cloned().collect()),
        [Pin::At(Pinpoint::Section(part))] if part == "preamble" => {
            let address = |own: &String| Pin::At(Pinpoint::Paragraph(format!("PP{own}")));
            Some(counted.iter().map(address).collect())
        }
        _ => None,
    }
}
