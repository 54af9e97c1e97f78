//! What a library answers: where it has words, the life of a sentence, agreed language on a subject.

use super::{Departure, Held, Location, Span};

/// Where the library has the words that were searched for.
#[derive(Clone, Debug)]
pub struct Search {
    /// The words searched for, as they were written.
    pub query: String,
    /// The paragraphs found: exact ones first, in the order asked for; then near ones, the closest first.
    pub found: Vec<Found>,
    /// Why nothing could be searched for, where that is so.
    pub refused: Option<Refusal>,
    /// References of the organ or time asked for; all where nothing was asked.
    pub searched: usize,
    /// References left out because nothing tells when they were agreed.
    pub undated: usize,
    /// What the library holds.
    pub held: Held,
}

impl Search {
    /// Paragraphs that have all the words in a row.
    pub fn exact(&self) -> usize {
        self.found.iter().filter(|found| found.exact).count()
    }

    /// References in which something was found.
    pub fn texts(&self) -> usize {
        let mut texts: Vec<usize> = self.found.iter().map(|f| f.location.reference).collect();
        texts.sort_unstable();
        texts.dedup();
        texts.len()
    }
}

/// Why words cannot be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no word among them.
    NoWord,
    /// They stand in nearly every paragraph.
    TooCommon,
}

/// A paragraph that has the words searched for.
#[derive(Clone, Debug)]
pub struct Found {
    /// The paragraph.
    pub location: Location,
    /// True when all the words stand in it in a row.
    pub exact: bool,
    /// Where they stand: every place where they are exact, else the nearest.
    pub passages: Vec<Passage>,
}

/// Words of a reference paragraph that were looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passage {
    /// Where they stand in the paragraph's text.
    pub span: Span,
    /// Those of them that are the words looked for, one that is only spelt otherwise among them.
    pub shared: Vec<Span>,
    /// Share (0..1) of the words looked for that it has, by the information they carry; a misspelt word
    /// counts for the letters that are right.
    pub share: f64,
    /// The share, made less by other words between: 1 for words in a row.
    pub closeness: f64,
    /// How the words looked for differ from it: `agreed` lies in the paragraph's text, `draft` in the words
    /// looked for.
    pub changes: Vec<Departure>,
}

/// The life of a sentence: every text that carried it, wording by wording.
#[derive(Clone, Debug)]
pub struct Life {
    /// The words traced.
    pub text: String,
    /// Its wordings, in the order in which they were first agreed.
    pub wordings: Vec<Wording>,
    /// The wording most like the words traced, the latest among equals.
    pub nearest: Option<Nearest>,
}

/// The wording most like the words traced, and what parts them.
#[derive(Clone, Debug)]
pub struct Nearest {
    /// Its index among the wordings.
    pub wording: usize,
    /// What parts them: `agreed` lies in the wording's text, `draft` in the words traced.
    pub changes: Vec<Departure>,
}

/// One wording of a sentence, with the texts that have it.
#[derive(Clone, Debug)]
pub struct Wording {
    /// Its words, as the text that had them first wrote them.
    pub text: String,
    /// The texts that have it, the first agreed first; never empty.
    pub carriers: Vec<Carrier>,
    /// The earlier wording it is most like, and what it changed; none for the first.
    pub from: Option<Earlier>,
}

/// The wording that another came from.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// Its index among the wordings.
    pub wording: usize,
    /// What was changed: `agreed` lies in its text, `draft` in the text of the later wording.
    pub changes: Vec<Departure>,
}

/// A place where a sentence was agreed.
#[derive(Clone, Debug)]
pub struct Carrier {
    /// The paragraph.
    pub location: Location,
    /// Where the sentence stands in its text.
    pub span: Span,
    /// Share (0..1) of the words traced that it has, by the information they carry.
    pub share: f64,
}

impl Life {
    /// All places where it was agreed, wording by wording.
    pub fn carriers(&self) -> impl Iterator<Item = &Carrier> {
        self.wordings.iter().flat_map(|wording| &wording.carriers)
    }
}

/// Agreed language on the subject of a paragraph.
#[derive(Clone, Debug)]
pub struct Suggestions {
    /// The words that suggestions were sought for.
    pub text: String,
    /// The subject: its rarest words, the one that tells most first.
    pub subject: Vec<String>,
    /// The best first.
    pub suggestions: Vec<Suggestion>,
    /// What the library holds.
    pub held: Held,
}

/// An agreed paragraph on the same subject.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The paragraph.
    pub location: Location,
    /// How well it fits: shared information in bits, weighed by BM25; for comparing within one answer only.
    pub score: f64,
    /// The words and phrases shared, the one that tells most first.
    pub shared: Vec<String>,
    /// Words of the subject that stand in the title of the text.
    pub titled: Vec<String>,
    /// Other places that say nearly the same, the latest first.
    pub also: Vec<Location>,
}
