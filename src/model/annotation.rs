//! An annotated draft: the draft, and for every paragraph its citations and its mark.

use serde::Serialize;

use super::{Citation, Draft, Extent, Library, Mark, Marking, Paragraph};

/// A draft with every paragraph linked to its sources and marked.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// The draft.
    pub draft: Draft,
    /// One for each of the draft's paragraphs, in their order.
    pub facts: Vec<Facts>,
    /// What the library held.
    pub held: Held,
    /// Why nothing matched, where nothing did.
    pub silence: Option<Silence>,
}

/// What was found out about one paragraph.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Documents it mentions, in the order of the text.
    pub citations: Vec<Citation>,
    /// The documents its author pinned it to, a list for each of the paragraph's pins; spans lie in the pins' own text.
    pub pinned: Vec<Vec<Citation>>,
    /// Its mark with the evidence.
    pub marking: Marking,
}

impl Annotation {
    /// The paragraphs with what was found out about them.
    pub fn paragraphs(&self) -> impl Iterator<Item = (&Paragraph, &Facts)> {
        self.draft.paragraphs.iter().zip(&self.facts)
    }

    /// Counts over the whole draft.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary { paragraphs: self.facts.len(), ..Summary::default() };
        for (paragraph, facts) in self.paragraphs() {
            match facts.marking.mark {
                Some(Mark::New) => summary.new += 1,
                Some(Mark::Recalled) => summary.recalled += 1,
                Some(Mark::Reaffirmed) => summary.reaffirmed += 1,
                None if paragraph.is_struck() => summary.struck += 1,
                None => summary.placeholders += 1,
            }
            summary.words.total += facts.marking.coverage.total;
            summary.words.carried += facts.marking.coverage.carried;
        }
        summary.words.new = summary.words.total - summary.words.carried;
        summary
    }
}

/// Counts over a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// All paragraphs.
    pub paragraphs: usize,
    /// Those marked new.
    pub new: usize,
    /// Those marked recalled.
    pub recalled: usize,
    /// Those marked reaffirmed.
    pub reaffirmed: usize,
    /// Those that hold only a placeholder and carry no mark.
    pub placeholders: usize,
    /// Those of which all words are struck out; they carry no mark either.
    pub struck: usize,
    /// Words.
    pub words: Words,
}

/// Words of a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// All words.
    pub total: usize,
    /// Words that no source carries.
    pub new: usize,
    /// Words carried from agreed language.
    pub carried: usize,
}

/// What a library held when it was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Held {
    /// References.
    pub references: usize,
    /// References of which only excerpts are held.
    pub excerpts: usize,
    /// Paragraphs of all references.
    pub paragraphs: usize,
}

impl Held {
    /// Counts what `library` holds.
    pub fn of(library: &Library) -> Self {
        let excerpts = |entry: &&super::Entry| entry.text.front.extent == Some(Extent::Excerpts);
        Self {
            references: library.entries.len(),
            excerpts: library.entries.iter().filter(excerpts).count(),
            paragraphs: library.paragraph_count(),
        }
    }
}

/// Why no paragraph of a draft shares words with any reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The draft holds no paragraph.
    EmptyDraft,
    /// The library holds no reference.
    EmptyLibrary,
    /// Draft and library are written in different languages.
    Languages {
        /// Language of the draft.
        draft: &'static str,
        /// Language of most of the library.
        library: &'static str,
    },
    /// The library holds only excerpts, so agreed language may be missing from it.
    ExcerptsOnly,
    /// The library is whole, and the draft shares nothing with it.
    NothingShared,
}
