//! A text in; the acts it performs (recalls, reaffirms, requests) out.

use crate::model::Span;

/// An act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Base form.
    pub base: &'static str,
    /// Its words.
    pub span: Span,
    /// Whether it renews a source.
    pub reaffirms: bool,
}

/// The act a paragraph opens with.
pub fn opening_act(_text: &str) -> Option<Act> {
    None
}

/// Every act.
pub fn acts(_text: &str) -> Vec<Act> {
    Vec::new()
}
