//! How words of a paragraph are set apart by their looks; nothing flows through here, it is a fact.

use super::Span;

/// Words of a paragraph that are set in a way of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The words, in the paragraph's text.
    pub span: Span,
    /// How they are set.
    pub how: Set,
}

/// How words of a [`Setting`] are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// In bold.
    Bold,
    /// In italics.
    Italic,
    /// As a quotation that stands apart from the text around it: whole lines.
    Quotation,
}
