//! What a text mentions in; the same with "subparagraph (f) of paragraph 2", told by two pointers, as one address out.

use super::pinpoint::Pin;
use super::scan::{Item, Pointer};
use super::token::Tokens;
use crate::model::Pinpoint;

/// Joins each pointer to labels alone with the pointer to the one paragraph that they are labels of.
pub(super) fn nested(tokens: &Tokens, items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        if let (Some(Item::Pointer(inner)), Item::Pointer(outer)) = (out.last_mut(), &item)
            && let Some(pins) = joined(tokens, inner, outer)
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
