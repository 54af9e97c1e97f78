//! Words a draft paragraph shares with agreed paragraphs: runs, coverage, departures.

use super::Span;

/// A paragraph of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Index of the reference in the library.
    pub reference: usize,
    /// Index of the paragraph in the reference.
    pub paragraph: usize,
}

/// Words shared in order: the same folded words stand in both texts without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where in the draft paragraph's text.
    pub draft: Span,
    /// Where in the agreed paragraph's text.
    pub agreed: Span,
    /// How many words.
    pub words: usize,
}

/// An edit that separates a draft paragraph from the agreed paragraph it restates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// What was done.
    pub edit: Edit,
    /// The agreed words, empty for an insertion; in the agreed paragraph's text.
    pub agreed: Span,
    /// The draft's words, empty for a deletion; in the draft paragraph's text.
    pub draft: Span,
}

/// Kinds of departure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The draft adds words.
    Insert,
    /// The draft drops words.
    Delete,
    /// The draft puts words in place of others.
    Replace,
}

/// What a draft paragraph shares with one agreed paragraph.
#[derive(Clone, Debug)]
pub struct Match {
    /// The agreed paragraph.
    pub location: Location,
    /// Shared words in the order of the draft.
    pub runs: Vec<Run>,
    /// Share (0..1) of the draft paragraph's words that the runs carry.
    pub coverage: f64,
    /// Evidence, in bits, that the shared words are no accident: see `reuse::MatchThresholds`.
    pub evidence: f64,
    /// Where the draft paragraph was rewritten from this one: how many words both have in the same order, single
    /// ones among them. None where its runs alone make the match.
    pub kept: Option<usize>,
    /// Address of the sub-paragraph that was matched on its own; none for the whole paragraph.
    pub part: Option<String>,
    /// True when the draft takes the agreed words in another order.
    pub reordered: bool,
    /// Edits between the two.
    pub departures: Vec<Departure>,
    /// Matches that carry the same words equally well share a rank; 0 is the best.
    pub rank: usize,
}

impl Edit {
    /// `adds “…”`, `drops “…”`, `“…” in place of “…”`, long words shortened in their middle.
    pub fn told(self, agreed: &str, draft: &str) -> String {
        match self {
            Self::Insert => format!("adds “{}”", shortened(draft)),
            Self::Delete => format!("drops “{}”", shortened(agreed)),
            Self::Replace => format!("“{}” in place of “{}”", shortened(draft), shortened(agreed)),
        }
    }

    /// What a text does to the agreed one, as a predicate: `adds “…”`, `drops “…”`, `has “…” in place of “…”`.
    pub fn done(self, agreed: &str, draft: &str) -> String {
        let has = if self == Self::Replace { "has " } else { "" };
        format!("{has}{}", self.told(agreed, draft))
    }
}

/// At most eleven words: the first six, and the last four.
pub fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 11 {
        return words.join(" ");
    }
    let head = words.get(..6).unwrap_or_default().join(" ");
    let tail = words.get(words.len() - 4..).unwrap_or_default().join(" ");
    format!("{head} … {tail}")
}
