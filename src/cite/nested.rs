//! What a text mentions in; the same with "subparagraph (f) of paragraph 2" and "paragraph 3 of the annex", each told by two
//! pointers, as one out.

use super::pinpoint::Pin;
use super::scan::{Item, Pointer};
use super::token::Tokens;
use crate::model::Pinpoint;

/// Joins each pointer to labels alone with the pointer to the one paragraph that they are labels of, and each one to paragraphs
/// with the pointer to the annex that they stand in.
pub(super) fn nested(tokens: &Tokens, items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        if let (Some(Item::Pointer(inner)), Item::Pointer(outer)) = (out.last_mut(), &item)
            && let Some(pins) =
                joined(tokens, inner, outer).or_else(|| in_annex(tokens, inner, outer))
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

/// The pins of "paragraph 3 of the annex".
fn in_annex(tokens: &Tokens, inner: &Pointer, outer: &Pointer) -> Option<Vec<Pin>> {
    let [Pin::Annex(_)] = outer.pins.as_slice() else { return None };
    let of = inner.last + 1 + usize::from(tokens.is_any(inner.last + 1, &["the"]));
    let is_of = tokens.is_any(inner.last, &["of", "in"]) && of == outer.first;
    let is_counted = |pin: &Pin| match pin {
        Pin::At(Pinpoint::Paragraph(own)) => own.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    let counted = inner.pins.iter().all(is_counted);
    (is_of && counted).then(|| inner.pins.iter().chain(&outer.pins).cloned().collect())
}
