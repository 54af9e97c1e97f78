//! What a rule says of a place in a draft goes in; one finding in the making comes out.

use crate::model::{Position, Severity, Span};

/// A fault that a rule found, before it is known where the policy wants it.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Index of the paragraph concerned; none where the draft as a whole is.
    pub(super) paragraph: Option<usize>,
    /// The words concerned, in that paragraph's text.
    pub(super) span: Option<Span>,
    /// The place in the file, where it is not that of the paragraph's words.
    pub(super) at: Option<Position>,
    /// How much it matters, where that is not what the rule says of all it finds.
    pub(super) severity: Option<Severity>,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// What it is about, in words that stay while the text around them is edited; empty where the words concerned
    /// say it.
    pub(super) about: String,
}

impl Found {
    /// Words of a paragraph.
    pub(super) fn words(paragraph: usize, span: Span, message: impl Into<String>) -> Self {
        Self { span: Some(span), ..Self::paragraph(paragraph, message) }
    }

    /// A paragraph as a whole.
    pub(super) fn paragraph(paragraph: usize, message: impl Into<String>) -> Self {
        Self { paragraph: Some(paragraph), message: message.into(), ..Self::default() }
    }

    /// The same with advice.
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same, known by `about`.
    pub(super) fn about(self, about: impl Into<String>) -> Self {
        Self { about: about.into(), ..self }
    }

    /// The same, mattering as much as this.
    pub(super) fn severity(self, severity: Severity) -> Self {
        Self { severity: Some(severity), ..self }
    }

    /// The same at a place of the file that is none of the paragraph's words.
    pub(super) fn at(self, at: Option<Position>) -> Self {
        Self { at, ..self }
    }
}
