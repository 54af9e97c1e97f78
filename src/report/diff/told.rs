//! A comparison in; what every format says about it in words (its counts, the head of each change) out.

use serde::Serialize;

use super::brackets::Remark;
use super::concordance::{label, labels, labels_below, ranges, section_of};
use super::pieces::Extent;
use super::{Compared, DiffOptions, brackets, footnotes, place};
use crate::model::{
    ActChange, AgreedChange, Change, ChangeKind, Differs, Draft, Drift, FootnoteCounts,
    HeadingChange, Op, Segment, Strength, shown_path,
};
use crate::report::evidence::{count, mark_word, percent};

/// Said where nothing differs.
pub(super) const NO_DIFFERENCE: &str = "No difference.";

/// The head of a change: `14 (was 12) · moved and edited · 87 % the same`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Head {
    /// `14`; empty where the new draft has nothing of it.
    pub(super) number: String,
    /// `(was 12)`; empty where the number is what it was.
    pub(super) was: String,
    /// `moved and edited`
    pub(super) kind: String,
    /// `87 % the same`, `recalled → reaffirmed, towards agreed language`
    pub(super) rest: Vec<String>,
}

/// What is said at the head of a change.
pub(super) fn head(change: &Change, compared: Compared<'_>) -> Head {
    let number = labels(compared.new_of(change), ", ");
    let section = section_of(compared.new_of(change)).unwrap_or_default();
    let old = labels_below(&section, compared.old_of(change), " + ");
    let same = old == labels_below(&section, compared.new_of(change), " + ");
    let mut rest = Vec::new();
    if !change.old.is_empty() && !change.new.is_empty() && change.similarity < 1.0 {
        rest.push(format!("{} the same", percent(change.similarity)));
    }
    rest.extend(change.agreed.and_then(agreed));
    let was = if old.is_empty() || same { String::new() } else { format!("(was {old})") };
    Head { number, was, kind: kind(change), rest }
}

/// What was done, in words.
fn kind(change: &Change) -> String {
    let extent = Extent::of(&change.segments);
    let word = change.kind.word();
    match (change.kind, extent) {
        (ChangeKind::Unchanged, Extent::Nothing) => {
            footnotes::only(change).unwrap_or_else(|| word.to_owned())
        }
        (ChangeKind::Unchanged, Extent::Writing) if names_differ(change) => {
            "only punctuation, spelling, or a name in short".to_owned()
        }
        (ChangeKind::Unchanged, Extent::Writing) => "only punctuation or spelling".to_owned(),
        (ChangeKind::Edited, Extent::Writing) => format!("{word}: only punctuation or spelling"),
        (ChangeKind::Edited, Extent::Status) => format!("{word}: only brackets"),
        (ChangeKind::Moved, Extent::Words) => format!("{word} and edited"),
        (ChangeKind::Moved, Extent::Status) => format!("{word}, and brackets changed"),
        (ChangeKind::Moved, Extent::Writing) => {
            format!("{word}, otherwise only punctuation or spelling")
        }
        (ChangeKind::Split | ChangeKind::Merged, _) if change.moved => format!("{word} and moved"),
        _ => word.to_owned(),
    }
}

/// True where a name stands in short on one side and in full on the other: `GDC`, "Global Digital Compact".
fn names_differ(change: &Change) -> bool {
    let words = |segment: &Segment| segment.text.split_whitespace().count();
    change.segments.windows(2).any(|pair| match pair {
        [old, new] if (old.op, new.op) == (Op::Delete, Op::Insert) => {
            let counts = (words(old), words(new));
            new.differs == Differs::Writing && counts.0.abs_diff(counts.1) > 1
        }
        _ => false,
    })
}

fn agreed(agreed: AgreedChange) -> Option<String> {
    let marks = match (agreed.old, agreed.new) {
        (Some(old), Some(new)) if old != new => {
            format!("{} → {}", mark_word(Some(old)), mark_word(Some(new)))
        }
        (Some(mark), _) | (None, Some(mark)) => mark_word(Some(mark)).to_owned(),
        (None, None) => return None,
    };
    Some(match agreed.drift {
        Drift::Towards => format!("{marks}, towards agreed language"),
        Drift::Away => format!("{marks}, away from agreed language"),
        Drift::None => marks,
    })
}

/// What is said of the whole, a line each; the first says how many.
pub(super) fn summary(compared: Compared<'_>) -> Vec<String> {
    let mut told = vec![counts(compared)];
    let rest = [
        headings(&compared.comparison.headings),
        notes(compared.comparison.footnotes),
        writing(compared.changes()),
        acts(compared.changes()),
        status(compared),
        drift(compared.changes()),
    ];
    told.extend(rest.into_iter().flatten());
    told.extend(remarks(compared));
    told
}

/// How many paragraphs there were and are, and what became of them.
pub(super) fn counts(compared: Compared<'_>) -> String {
    let counts = compared.comparison.summary();
    let (old, new) = (compared.old.paragraphs.len(), compared.new.paragraphs.len());
    let kinds = [
        (counts.unchanged, "unchanged"),
        (counts.edited, "edited"),
        (counts.moved, "moved"),
        (counts.split, "split"),
        (counts.merged, "merged"),
        (counts.added, "added"),
        (counts.removed, "removed"),
    ];
    let kinds = kinds.iter().filter(|(number, _)| *number > 0);
    let kinds: Vec<String> = kinds.map(|(number, word)| format!("{number} {word}")).collect();
    let kinds = if kinds.is_empty() { "none".to_owned() } else { kinds.join(", ") };
    let renumbered = match counts.renumbered {
        0 => String::new(),
        some => format!("; {some} with another number"),
    };
    format!("{} before, {new} now: {kinds}{renumbered}.", count(old, "paragraph", "paragraphs"))
}

fn headings(headings: &[HeadingChange]) -> Option<String> {
    let words = [
        (ChangeKind::Edited, "renamed"),
        (ChangeKind::Moved, "moved"),
        (ChangeKind::Added, "added"),
        (ChangeKind::Removed, "removed"),
    ];
    let told = words.iter().map(|(kind, word)| {
        (headings.iter().filter(|heading| heading.kind == *kind).count(), *word)
    });
    listed("Headings", told)
}

fn notes(counts: FootnoteCounts) -> Option<String> {
    let told = [
        (counts.edited, "edited"),
        (counts.removed, "only in the old draft"),
        (counts.added, "only in the new one"),
    ];
    listed("Footnotes", told.into_iter())
}

/// How many of the paragraphs counted as unchanged are written in another way.
fn writing(changes: &[Change]) -> Option<String> {
    let unchanged = changes.iter().filter(|change| change.kind == ChangeKind::Unchanged);
    let number = unchanged.filter(|change| change.is_rewritten()).count();
    listed("Of the unchanged", [(number, "with other punctuation or spelling")].into_iter())
}

fn acts(changes: &[Change]) -> Option<String> {
    let of = |strength: Option<Strength>| {
        let all = changes.iter().flat_map(|change| &change.acts);
        all.filter(|act: &&ActChange| act.strength == strength).count()
    };
    let told = [
        (of(Some(Strength::Weaker)), "weaker"),
        (of(Some(Strength::Stronger)), "stronger"),
        (of(Some(Strength::Reversed)), "reversed"),
        (of(None), "other"),
    ];
    listed("Acts and modal verbs", told.into_iter())
}

fn status(compared: Compared<'_>) -> Option<String> {
    let remarks: Vec<Vec<Remark>> =
        compared.changes().iter().map(|change| brackets::remarks(change, compared)).collect();
    let sets = |remarks: &&Vec<Remark>, op: Op| remarks.iter().any(|remark| remark.sets(op));
    let of = |op: Op| remarks.iter().filter(|remarks| sets(remarks, op)).count();
    let place = |number: usize, word: &str| match number {
        0 => None,
        some => Some(format!("{word} in {}", count(some, "paragraph", "paragraphs"))),
    };
    let told = [place(of(Op::Insert), "opened"), place(of(Op::Delete), "lifted")];
    let told: Vec<String> = told.into_iter().flatten().collect();
    (!told.is_empty()).then(|| format!("Brackets: {}.", told.join(", ")))
}

fn drift(changes: &[Change]) -> Option<String> {
    let of = |drift: Drift| {
        changes.iter().filter(|c| c.agreed.is_some_and(|agreed| agreed.drift == drift)).count()
    };
    let told = [(of(Drift::Towards), "towards it"), (of(Drift::Away), "away from it")];
    listed("Agreed language", told.into_iter())
}

/// `Headings: 1 renamed, 2 added.`
fn listed<'w>(what: &str, told: impl Iterator<Item = (usize, &'w str)>) -> Option<String> {
    let told = told.filter(|(number, _)| *number > 0);
    let told: Vec<String> = told.map(|(number, word)| format!("{number} {word}")).collect();
    (!told.is_empty()).then(|| format!("{what}: {}.", told.join(", ")))
}

/// What a reader should know before believing the counts.
fn remarks(compared: Compared<'_>) -> Vec<String> {
    let Compared { old, new, comparison, .. } = compared;
    let empty = |draft: &Draft| draft.paragraphs.is_empty();
    match (empty(old), empty(new)) {
        (true, true) => return vec!["Neither draft holds a paragraph.".to_owned()],
        (true, false) => return vec!["The old draft holds no paragraph.".to_owned()],
        (false, true) => return vec!["The new draft holds no paragraph.".to_owned()],
        (false, false) => {}
    }
    let paired = comparison.changes.iter().filter(|c| !c.old.is_empty() && !c.new.is_empty());
    let (before, now) = (old.language(), new.language());
    // Numbers and names alone can pair a few paragraphs of any two texts.
    if before != now && paired.count() * 2 < comparison.changes.len() {
        return vec![format!(
            "The old draft is in {}, the new one in {}: compare drafts in one language.",
            before.name(),
            now.name()
        )];
    }
    Vec::new()
}

/// The title of the new draft, and what is told below it of the two, a line each.
pub(super) fn titles(compared: Compared<'_>) -> (String, Vec<String>) {
    let facts = |draft: &Draft| {
        let facts = [&draft.front.stage, &draft.front.date];
        facts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
    };
    let Compared { old, new, .. } = compared;
    let (before, now) = (facts(old), facts(new));
    // A file that is not there has the title of the one that is.
    let missing = |draft: &Draft| draft.paragraphs.is_empty() && draft.front.title.is_none();
    let title = if missing(new) { old.label() } else { new.label() };
    if old.label() != new.label() && !missing(old) && !missing(new) {
        let full = |draft: &Draft, facts: &str| match facts {
            "" => draft.label().to_owned(),
            facts => format!("{} · {facts}", draft.label()),
        };
        return (full(new, &now), vec![format!("compared with {}", full(old, &before))]);
    }
    let mut beside = Vec::new();
    // Git shows one file after the other: each says which it is.
    if old.path == new.path && title != new.path {
        beside.push(shown_path(&new.path).to_owned());
    }
    if before != now && !before.is_empty() && !now.is_empty() {
        beside.push(format!("{before} → {now}"));
    } else if old.path != new.path {
        let (old, new) = told_apart(&old.path, &new.path);
        beside.push(format!("{old} → {new}"));
    }
    (title.to_owned(), beside)
}

/// Two files that may have one name: then with as many of the folders they lie in as tell them apart.
fn told_apart<'p>(old: &'p str, new: &'p str) -> (&'p str, &'p str) {
    if shown_path(old) != shown_path(new) {
        return (shown_path(old), shown_path(new));
    }
    let shared = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    let from = |path: &'p str| {
        let differs = path.len().saturating_sub(shared + 1);
        let folder = path.bytes().take(differs).rposition(|byte| matches!(byte, b'/' | b'\\'));
        path.get(folder.map_or(0, |slash| slash + 1)..).unwrap_or(path)
    };
    (from(old), from(new))
}

/// `13 paragraphs unchanged: 1–13`, `6 paragraphs unchanged: 7–12 (were 8–13)`
pub(super) fn unchanged(changes: &[Change], compared: Compared<'_>) -> String {
    let now = ranges(changes.iter().flat_map(|change| compared.new_of(change)));
    let before = ranges(changes.iter().flat_map(|change| compared.old_of(change)));
    let moved = match changes.len() {
        _ if now == before => String::new(),
        1 => format!(" (was {before})"),
        _ => format!(" (were {before})"),
    };
    format!("{} unchanged: {now}{moved}", count(changes.len(), "paragraph", "paragraphs"))
}

/// What stands where a paragraph was that is elsewhere now: `(was 12) · now 14`, `(was 12) · merged into 9`.
pub(super) fn pointer(old: usize, change: &Change, compared: Compared<'_>) -> String {
    let number = compared.old.paragraphs.get(old).map(label).unwrap_or_default();
    let done = if change.old.len() > 1 { "merged into" } else { "now" };
    let now = labels(compared.new_of(change), ", ");
    // A number that stayed does not tell where it is.
    let same = if number == now { change.new.first() } else { None };
    let place = same.and_then(|at| place::place(compared.new, *at, false));
    let place = place.map_or(String::new(), |place| format!(", {place}"));
    format!("(was {number}) · {done} {now}{place}")
}

/// What stands where a further part of a split paragraph is: `15 · part of the split of 12, shown at 14`.
pub(super) fn part(new: usize, change: &Change, compared: Compared<'_>) -> String {
    let number = compared.new.paragraphs.get(new).map(label).unwrap_or_default();
    let first = compared.new_of(change).next().map(label).unwrap_or_default();
    let old = labels(compared.old_of(change), " + ");
    format!("{number} · part of the split of {old}, shown at {first}")
}

/// What became of a heading: `renamed; was “…”`.
pub(super) fn heading(heading: &HeadingChange, compared: Compared<'_>) -> Option<String> {
    let old = heading.old.and_then(|at| compared.old.headings.get(at));
    match heading.kind {
        ChangeKind::Edited => Some(format!("renamed, was “{}”", old?.text)),
        ChangeKind::Unchanged => None,
        kind => Some(kind.word().to_owned()),
    }
}

/// What to say where the report shows nothing although the drafts differ.
pub(super) fn none_shown(options: &DiffOptions, compared: Compared<'_>) -> String {
    let kinds: Vec<&str> = options.only.iter().map(|kind| kind.word()).collect();
    match (&options.paragraph, kinds.is_empty()) {
        (Some(paragraph), true) => format!("Paragraph {paragraph} is unchanged."),
        (Some(paragraph), false) => format!("Paragraph {paragraph} is not {}.", kinds.join(" or ")),
        (None, false) => format!("No paragraph is {}.", kinds.join(" or ")),
        (None, true) if compared.comparison.is_identical() => NO_DIFFERENCE.to_owned(),
        (None, true) => "No paragraph differs in its words.".to_owned(),
    }
}
