//! What became of one draft in the next: paragraphs paired, their words redlined, headings followed.

use serde::Serialize;

use super::{Location, Mark, Span};

/// Two drafts, the old and the new one, paired paragraph by paragraph.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Every paragraph of both drafts stands in exactly one change; in the order of the new text, with what was
    /// removed where it stood.
    pub changes: Vec<Change>,
    /// Every heading of both drafts, in the same order.
    pub headings: Vec<HeadingChange>,
    /// How many footnotes differ, word for word.
    pub footnotes: FootnoteCounts,
    /// Footnotes that differ and that no paragraph calls, such as those of headings.
    pub uncalled: Vec<FootnoteChange>,
}

/// How many footnotes of two drafts differ; each counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FootnoteCounts {
    /// Those of the old draft that the new one has not.
    pub removed: usize,
    /// Those of the new draft that the old one had not.
    pub added: usize,
    /// Those that have other words now.
    pub edited: usize,
}

/// What became of a footnote that differs.
#[derive(Clone, Debug)]
pub struct FootnoteChange {
    /// What was done: `edited`, `added` or `removed`.
    pub kind: ChangeKind,
    /// Its index among the footnotes of the old draft.
    pub old: Option<usize>,
    /// Its index among the footnotes of the new draft.
    pub new: Option<usize>,
    /// The redline of its words on one line; a [`Place`] in it counts footnotes for paragraphs.
    pub segments: Vec<Segment>,
}

/// What became of paragraphs.
#[derive(Clone, Debug)]
pub struct Change {
    /// What was done.
    pub kind: ChangeKind,
    /// Paragraphs of the old draft, by their index, ascending; none where text was added.
    pub old: Vec<usize>,
    /// Paragraphs of the new draft, by their index, ascending; none where text was removed.
    pub new: Vec<usize>,
    /// True where the number that is printed is another one.
    pub renumbered: bool,
    /// True where it stands in another place among its neighbours; also of what was split or merged.
    pub moved: bool,
    /// Share (0..1) of the words of both sides that stand on both; 1 where nothing but spelling, punctuation or
    /// brackets differ, 0 where there is one side only.
    pub similarity: f64,
    /// The redline: what is equal and deleted makes the old text, what is equal and inserted the new one, to the
    /// character. Several paragraphs of a side are parted by [`BORDER`].
    pub segments: Vec<Segment>,
    /// Acts and modal verbs that were put in place of others, in the order of the text.
    pub acts: Vec<ActChange>,
    /// Footnotes that its paragraphs call, and that differ; in the order of their calls.
    pub footnotes: Vec<FootnoteChange>,
    /// How both sides stand to agreed language; none where no library was asked.
    pub agreed: Option<AgreedChange>,
}

/// What stands between two paragraphs that one change holds.
pub const BORDER: &str = "\n\n";

/// Kinds of change. `split` and `merged` win over `moved`, `moved` over `edited`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// The same words in the same place.
    Unchanged,
    /// Other words, or other brackets, in the same place.
    Edited,
    /// In another place, edited or not.
    Moved,
    /// One paragraph became several.
    Split,
    /// Several paragraphs became one.
    Merged,
    /// Only the new draft has it.
    Added,
    /// Only the old draft has it.
    Removed,
}

/// A stretch of text in a redline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Which side has it.
    pub op: Op,
    /// The author's own characters.
    pub text: String,
    /// Where it stands: in the new draft, or in the old one where it was deleted. None for a [`BORDER`].
    pub place: Option<Place>,
    /// What it is that differs.
    pub differs: Differs,
    /// The paragraph on the other side where these words were before, or are now.
    pub elsewhere: Option<usize>,
    /// The agreed paragraph that has these words, where a library was asked.
    pub source: Option<Location>,
}

/// Which side has a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// Both.
    Equal,
    /// The new draft.
    Insert,
    /// The old draft.
    Delete,
}

/// What differs in an inserted or deleted segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Differs {
    /// Words: a change of substance. Equal segments say so too.
    Words,
    /// Only how the same words are written: case, punctuation, spelling, line breaks.
    Writing,
    /// Only the kind of hyphens, quotation marks and spaces, which a reader hardly sees.
    Typography,
    /// Only brackets around the same words: a change of their status.
    Status,
}

/// Characters of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the paragraph in its draft.
    pub paragraph: usize,
    /// Bytes of the paragraph's text.
    pub span: Span,
}

/// An act or a modal verb put in place of another: "urges" became "encourages"; or words that a negation was put into, or
/// taken out of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActChange {
    /// As the old draft has it.
    pub old: String,
    /// As the new draft has it.
    pub new: String,
    /// Whether the new one asks for more, or for less; none where the two are not on one scale.
    pub strength: Option<Strength>,
}

/// How an act compares with the one it took the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// It asks for less.
    Weaker,
    /// It asks for more.
    Stronger,
    /// It says the opposite: a negation was put in or taken out.
    Reversed,
}

/// How both sides of a change stand to agreed language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgreedChange {
    /// The mark before: of several paragraphs the strongest; none where there are none, or only placeholders.
    pub old: Option<Mark>,
    /// The mark after.
    pub new: Option<Mark>,
    /// Where it went.
    pub drift: Drift,
}

/// Whether an edit brought a text nearer to agreed language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Drift {
    /// Nearer.
    Towards,
    /// Further away.
    Away,
    /// Neither.
    #[default]
    None,
}

/// What became of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingChange {
    /// What was done: `unchanged`, `edited` (renamed), `moved`, `added` or `removed`.
    pub kind: ChangeKind,
    /// Its index among the headings of the old draft.
    pub old: Option<usize>,
    /// Its index among the headings of the new draft.
    pub new: Option<usize>,
}

/// Counts over a comparison; `renumbered` counts changes of any kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChangeCounts {
    /// The same words in the same place.
    pub unchanged: usize,
    /// Other words in the same place.
    pub edited: usize,
    /// In another place.
    pub moved: usize,
    /// One paragraph became several.
    pub split: usize,
    /// Several became one.
    pub merged: usize,
    /// Only in the new draft.
    pub added: usize,
    /// Only in the old draft.
    pub removed: usize,
    /// With another number.
    pub renumbered: usize,
}

impl Comparison {
    /// Counts of all changes.
    pub fn summary(&self) -> ChangeCounts {
        let mut counts = ChangeCounts::default();
        for change in &self.changes {
            *counts.of(change.kind) += 1;
            counts.renumbered += usize::from(change.renumbered);
        }
        counts
    }

    /// True where nothing differs: no word, no stop, no bracket, no number, no heading, no footnote, no place.
    pub fn is_identical(&self) -> bool {
        let same = |change: &Change| !change.renumbered && !change.differs();
        self.changes.iter().all(same)
            && self.footnotes == FootnoteCounts::default()
            && self.headings.iter().all(|h| h.kind == ChangeKind::Unchanged)
    }
}

impl FootnoteCounts {
    /// Counts footnotes that differ.
    pub fn of<'c>(changes: impl Iterator<Item = &'c FootnoteChange>) -> Self {
        let mut counts = Self::default();
        for change in changes {
            match change.kind {
                ChangeKind::Added => counts.added += 1,
                ChangeKind::Removed => counts.removed += 1,
                _ => counts.edited += 1,
            }
        }
        counts
    }
}

impl ChangeCounts {
    fn of(&mut self, kind: ChangeKind) -> &mut usize {
        match kind {
            ChangeKind::Unchanged => &mut self.unchanged,
            ChangeKind::Edited => &mut self.edited,
            ChangeKind::Moved => &mut self.moved,
            ChangeKind::Split => &mut self.split,
            ChangeKind::Merged => &mut self.merged,
            ChangeKind::Added => &mut self.added,
            ChangeKind::Removed => &mut self.removed,
        }
    }
}

impl Change {
    /// True where anything differs that a reader sees, if only how the same words are written.
    pub fn is_rewritten(&self) -> bool {
        let seen = |s: &Segment| s.op != Op::Equal && s.differs != Differs::Typography;
        self.segments.iter().any(seen)
    }

    /// True where a reader sees a difference: in words, in how they are written, in place, or in a footnote.
    pub fn differs(&self) -> bool {
        self.kind != ChangeKind::Unchanged || self.is_rewritten() || !self.footnotes.is_empty()
    }
}

impl ChangeKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Edited => "edited",
            Self::Moved => "moved",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

impl Drift {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Towards => "towards",
            Self::Away => "away",
            Self::None => "none",
        }
    }
}
