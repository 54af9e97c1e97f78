//! Mentions of documents: where in a paragraph, of which text, and of which of its paragraphs.

use super::Span;

/// How a citation names its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CitationForm {
    /// By document symbol: `A/RES/70/125`.
    Symbol,
    /// By number in prose: "General Assembly resolution 70/125", "decision 1/CP.21".
    Number,
    /// By a name of the library or the lexicon: "Tunis Agenda".
    Name,
    /// By pointing back at the document cited before: "ibid.".
    Ibid,
    /// A paragraph of the very text that speaks: "paragraph 26 of the present resolution".
    Internal,
}

/// One mention of a document in a paragraph.
///
/// A citation is a fact about the text: it stands whether or not the library holds what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The whole mention in the paragraph's text, pinpoint included.
    pub span: Span,
    /// How the document is named.
    pub form: CitationForm,
    /// Canonical symbol (`A/RES/70/125`, `A/HRC/RES/50/15`, `S/RES/2768(2025)`); none for an
    /// internal reference and for an instrument that has no United Nations symbol.
    pub symbol: Option<String>,
    /// The annex cited, as printed (`I`); none where the document itself is meant.
    pub annex: Option<String>,
    /// What the document is called: its name in the library or the lexicon.
    pub name: Option<String>,
    /// The paragraphs, articles or sections pointed at, in the order of the text.
    pub pinpoints: Vec<Pinpoint>,
    /// True when the document is agreed language: a resolution, a decision, a treaty or an outcome
    /// document, and not a report, a letter or a draft.
    pub agreed: bool,
    /// Index in the library of the reference meant, where the library holds it.
    pub reference: Option<usize>,
}

impl Citation {
    /// True when the library holds the document.
    pub fn resolved(&self) -> bool {
        self.reference.is_some()
    }

    /// True when both mean one document, or the same annex of it.
    pub fn is_same_document(&self, other: &Self) -> bool {
        let is_named = self.symbol.is_some() || self.name == other.name;
        is_named && self.symbol == other.symbol && self.annex == other.annex
    }

    /// Addresses of the paragraphs pointed at (`74`, `23(b)`), articles and sections left out.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.pinpoints.iter().filter_map(|pinpoint| match pinpoint {
            Pinpoint::Paragraph(address) => Some(address.as_str()),
            _ => None,
        })
    }

    /// Articles pointed at: `19`, `4(1)`.
    pub fn articles(&self) -> impl Iterator<Item = &str> {
        self.pinpoints.iter().filter_map(|pinpoint| match pinpoint {
            Pinpoint::Article(address) => Some(address.as_str()),
            _ => None,
        })
    }
}

/// A part of a document that a citation points at. Ranges are spelled out, one pinpoint each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pinpoint {
    /// A paragraph's address: `74`, `23(b)`, `12 bis`.
    Paragraph(String),
    /// An article of a treaty: `19`, `4(1)`.
    Article(String),
    /// A section, chapter, part or goal, with the word that names it: `sect. A`.
    Section(String),
}
