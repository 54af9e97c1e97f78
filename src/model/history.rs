//! A draft followed through all its revisions: each paragraph with what became of it from one to the next.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Change, Comparison, Draft, Mark, shown_path};

/// A draft as it stood once.
#[derive(Clone, Debug, Default)]
pub struct DraftRevision {
    /// What it is called beside the others; see [`DraftRevision::named`].
    pub label: String,
    /// When it was written, as the draft says, else as git says.
    pub date: Option<String>,
    /// The commit it was read from, in short.
    pub commit: Option<String>,
    /// The draft.
    pub draft: Draft,
}

/// All paragraphs of a draft, each followed through its revisions.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The revisions, the oldest first.
    pub revisions: Vec<DraftRevision>,
    /// What became of each revision in the next; one fewer than revisions.
    pub comparisons: Vec<Comparison>,
    /// Paragraphs that came back, held against what they were when they were last seen.
    pub returns: Vec<Change>,
    /// In the order of the newest revision; what it does not have stands behind what it stood behind.
    pub lineages: Vec<Lineage>,
}

/// The life of one paragraph. Every paragraph of every revision stands in exactly one step of one lineage.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    /// What happened to it, at most once in a revision, the oldest revision first. Before the first step it was not
    /// born; where a revision after it has none, it was dropped or merged into another before.
    pub steps: Vec<Step>,
}

/// What became of a paragraph in a revision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The revision, counted from 0.
    pub revision: usize,
    /// The paragraph there; none where it was dropped or merged into another.
    pub paragraph: Option<usize>,
    /// What was done.
    pub kind: StepKind,
    /// The lineage it was split from or merged into.
    pub other: Option<usize>,
    /// True where it is printed with another number than when it was last seen.
    pub renumbered: bool,
    /// Share (0..1) of its words, then and now, that stand in both; of those of all paragraphs where it was split or
    /// merged. 1 where it is first seen, 0 where it is dropped or new.
    pub similarity: f64,
    /// The change that tells it: of [`History::returns`] where it came back, else of the comparison with the revision
    /// before; none in the oldest revision.
    pub change: Option<usize>,
    /// Its mark, where a library was asked and it is no placeholder.
    pub mark: Option<Mark>,
}

/// What may become of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// It stands in the oldest revision.
    First,
    /// No revision before has it.
    New,
    /// It was part of another paragraph.
    SplitFrom,
    /// The same words in the same place.
    Unchanged,
    /// Other words, or other brackets.
    Edited,
    /// In another place, edited or not.
    Moved,
    /// Part of it became other paragraphs; this one has most of its words.
    Split,
    /// It took another paragraph up, and gave it most of its words.
    Merged,
    /// Another paragraph took it up.
    MergedInto,
    /// The revision does not have it any more.
    Dropped,
    /// It was dropped, and stands here again.
    Back,
}

/// Counts over a history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HistoryCounts {
    /// All lineages.
    pub lineages: usize,
    /// Those that stand in every revision with the same words in the same place; their numbers may differ.
    pub unchanged: usize,
    /// Those with other words in the same place, at least once.
    pub edited: usize,
    /// Those that stood in another place, at least once.
    pub moved: usize,
    /// Those that the oldest revision does not have, those split off among them.
    pub born: usize,
    /// Those that began as part of another.
    pub split_off: usize,
    /// Those that were taken up by another.
    pub merged_away: usize,
    /// Those that were dropped and did not come back.
    pub dropped: usize,
    /// Those that were dropped and came back at least once.
    pub came_back: usize,
}

impl DraftRevision {
    /// Names each revision by its stage, else by its date, its symbol or its file. Those of one name are told apart by their
    /// dates, their commits, their files or, where nothing else differs, their order.
    pub fn named(mut revisions: Vec<Self>) -> Vec<Self> {
        let bases: Vec<String> = revisions.iter().map(Self::base).collect();
        let mut shared: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, base) in bases.iter().enumerate() {
            shared.entry(base.to_lowercase()).or_default().push(at);
        }
        for group in shared.into_values() {
            let own = || group.iter().filter_map(|at| revisions.get(*at));
            let beside = APART.iter().find_map(|fact| {
                let facts: Vec<String> = own().map(fact).collect::<Option<_>>()?;
                let all: BTreeSet<&String> = facts.iter().collect();
                (all.len() == group.len()).then_some(facts)
            });
            let order = || (1..=group.len()).map(|nth| nth.to_string()).collect();
            let beside = beside.unwrap_or_else(order);
            for (at, beside) in group.iter().zip(beside) {
                let Some(base) = bases.get(*at) else { continue };
                let label =
                    if group.len() == 1 { base.clone() } else { format!("{base} · {beside}") };
                revisions.iter_mut().skip(*at).take(1).for_each(|own| own.label.clone_from(&label));
            }
        }
        revisions
    }

    fn base(&self) -> String {
        let front = &self.draft.front;
        let said = [&front.stage, &self.date, &front.symbol];
        let said = said.into_iter().flatten().find(|text| !text.trim().is_empty());
        said.map_or_else(|| stem(&self.draft.path).to_owned(), |text| text.trim().to_owned())
    }
}

/// What tells revisions of one name apart, the most telling first.
const APART: [fn(&DraftRevision) -> Option<String>; 4] = [
    |revision| revision.date.clone(),
    |revision| revision.commit.clone(),
    |revision| Some(stem(&revision.draft.path).to_owned()),
    |revision| Some(shown_path(&revision.draft.path).to_owned()),
];

/// `rev1` of `HEAD~1:drafts/rev1.md`
fn stem(path: &str) -> &str {
    let file = path.rsplit(['/', '\\', ':']).next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

impl History {
    /// The change that tells a step, with the revision it is compared with.
    pub fn change(&self, lineage: &Lineage, step: &Step) -> Option<(usize, &Change)> {
        let index = step.change?;
        if step.kind == StepKind::Back {
            let seen = lineage.last_seen(step.revision)?;
            return Some((seen.revision, self.returns.get(index)?));
        }
        let before = step.revision.checked_sub(1)?;
        Some((before, self.comparisons.get(before)?.changes.get(index)?))
    }

    /// The lineage that a paragraph of a revision belongs to.
    pub fn lineage_of(&self, revision: usize, paragraph: usize) -> Option<usize> {
        let holds = |lineage: &Lineage| {
            lineage.at(revision).is_some_and(|step| step.paragraph == Some(paragraph))
        };
        self.lineages.iter().position(holds)
    }

    /// Counts of lineages.
    pub fn counts(&self) -> HistoryCounts {
        let mut counts = HistoryCounts { lineages: self.lineages.len(), ..Default::default() };
        for lineage in &self.lineages {
            let is = |kind: StepKind| usize::from(lineage.has(kind));
            let ended = lineage.steps.last().map(|step| step.kind);
            counts.unchanged += usize::from(lineage.is_unchanged(self.revisions.len()));
            counts.edited += is(StepKind::Edited);
            counts.moved += is(StepKind::Moved);
            counts.born += is(StepKind::New) | is(StepKind::SplitFrom);
            counts.split_off += is(StepKind::SplitFrom);
            counts.merged_away += is(StepKind::MergedInto);
            counts.dropped += usize::from(ended == Some(StepKind::Dropped));
            counts.came_back += is(StepKind::Back);
        }
        counts
    }
}

impl Lineage {
    /// What happened to it in a revision.
    pub fn at(&self, revision: usize) -> Option<&Step> {
        let index = self.steps.binary_search_by_key(&revision, |step| step.revision).ok()?;
        self.steps.get(index)
    }

    /// The step in which it was last seen before a revision.
    pub fn last_seen(&self, before: usize) -> Option<&Step> {
        let seen = |step: &&Step| step.revision < before && step.paragraph.is_some();
        self.steps.iter().rev().find(seen)
    }

    /// True where this ever became of it.
    pub fn has(&self, kind: StepKind) -> bool {
        self.steps.iter().any(|step| step.kind == kind)
    }

    /// True where all of so many revisions have its words in the same place.
    pub fn is_unchanged(&self, revisions: usize) -> bool {
        let stays = |step: &Step| matches!(step.kind, StepKind::First | StepKind::Unchanged);
        self.steps.len() == revisions && self.steps.iter().all(stays)
    }
}

impl StepKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::New => "new",
            Self::SplitFrom => "split from",
            Self::Unchanged => "unchanged",
            Self::Edited => "edited",
            Self::Moved => "moved",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::MergedInto => "merged into",
            Self::Dropped => "dropped",
            Self::Back => "back",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn revision(path: &str, stage: Option<&str>, date: Option<&str>) -> DraftRevision {
        let mut draft = Draft { path: path.to_owned(), ..Draft::default() };
        draft.front.stage = stage.map(str::to_owned);
        DraftRevision { date: date.map(str::to_owned), draft, ..DraftRevision::default() }
    }

    #[test]
    fn revisions_of_one_name_are_told_apart() {
        type Facts<'a> = [(&'a str, Option<&'a str>, Option<&'a str>); 2];
        let cases: [(Facts<'_>, [&str; 2]); 6] = [
            (
                [("a.md", Some("zero draft"), None), ("b.md", Some("Rev.1"), None)],
                ["zero draft", "Rev.1"],
            ),
            ([("a.md", None, Some("2025-01-02")), ("b.md", None, None)], ["2025-01-02", "b"]),
            (
                [
                    ("a.md", Some("Rev.1"), Some("2025-01-02")),
                    ("b.md", Some("rev.1"), Some("2025-01-03")),
                ],
                ["Rev.1 · 2025-01-02", "rev.1 · 2025-01-03"],
            ),
            (
                [("x/a.md", Some("Rev.1"), None), ("x/b.md", Some("Rev.1"), None)],
                ["Rev.1 · a", "Rev.1 · b"],
            ),
            ([("x/a.md", None, None), ("y/a.md", None, None)], ["a · x/a.md", "a · y/a.md"]),
            ([("HEAD~1:x/a.md", None, None), ("HEAD~1:x/a.md", None, None)], ["a · 1", "a · 2"]),
        ];
        for (facts, wanted) in cases {
            let named = DraftRevision::named(facts.map(|(p, s, d)| revision(p, s, d)).to_vec());
            assert_eq!(named.iter().map(|r| r.label.as_str()).collect::<Vec<_>>(), wanted);
        }
    }
}
