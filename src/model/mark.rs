//! Verdicts with their evidence: mark, fidelity, sources, and which words each source carried.

use serde::{Deserialize, Serialize};

use super::{Citation, Match, Span};

/// What a paragraph is in relation to agreed language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// Rests on nothing agreed.
    New,
    /// Names an agreed source, or carries part of its words.
    Recalled,
    /// Restates agreed language, or expressly reaffirms a source.
    Reaffirmed,
}

/// How close a paragraph stays to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fidelity {
    /// No source.
    None,
    /// Named, its words not carried.
    Cited,
    /// Its words carried with departures.
    Adapted,
    /// Word for word after folding.
    Verbatim,
}

/// A count of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// All words of the paragraph.
    pub total: usize,
    /// Words carried from agreed language.
    pub carried: usize,
}

impl Coverage {
    /// Share (0..1) of words carried; 0 for a paragraph without words.
    pub fn share(&self) -> f64 {
        if self.total == 0 { 0.0 } else { self.carried as f64 / self.total as f64 }
    }
}

/// How a source is linked to a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// By words carried.
    Text,
    /// By being named.
    Citation,
}

/// One piece of evidence: a source, and how the paragraph is linked to it.
#[derive(Clone, Debug)]
pub struct Source {
    /// How it is linked.
    pub via: Via,
    /// The words shared, where linked by text.
    pub matched: Option<Match>,
    /// The mention or the author's pin that names it, where there is one; its span lies in the text of the
    /// paragraph or of the pin.
    pub citation: Option<Citation>,
    /// True when only the author's pin names it.
    pub pinned: bool,
}

/// Words of a paragraph and where they come from. The spans of a paragraph do not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordSpan {
    /// The words, in the paragraph's text.
    pub span: Span,
    /// Index in the marking's sources of what carries them; none for new words.
    pub source: Option<usize>,
}

/// A paragraph's mark with all its evidence.
#[derive(Clone, Debug)]
pub struct Marking {
    /// The mark; none for a placeholder.
    pub mark: Option<Mark>,
    /// How close it stays to its source.
    pub fidelity: Fidelity,
    /// Words in all, and words carried.
    pub coverage: Coverage,
    /// Base form of the opening act: `reaffirm`, `recall`, `take note`.
    pub act: Option<String>,
    /// Sources, the one that carries most first.
    pub sources: Vec<Source>,
    /// The paragraph's words, new or carried.
    pub spans: Vec<WordSpan>,
}
