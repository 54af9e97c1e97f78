//! A comparison in; one HTML page with the whole redline, and which paragraph became which, out.

use std::collections::HashSet;

use rayon::prelude::*;
use serde::Serialize;

use super::brackets;
use super::concordance::{label, labels};
use super::drawn::{NoteView, footnote, lines};
use super::notes::notes;
use super::pieces::Extent;
use super::told::{Head, NO_DIFFERENCE, counts, head, heading, none_shown, part, pointer};
use super::told::{summary, titles, unchanged};
use super::view::{Item, items};
use super::{Compared, DiffOptions};
use crate::model::{Change, ChangeKind, Drift, Op, Paragraph, Segment};
use crate::report::html::page::{TemplateError, page};
use crate::report::html::words::{Lines, Note, notes as notes_of};
use crate::report::html::{Anchor, MOST_NAMED, anchored};
use crate::text::Language;

#[derive(Serialize)]
struct Report<'d> {
    title: String,
    lang: &'static str,
    /// What is told below the title.
    beside: Vec<String>,
    /// Language of the new draft, and its direction.
    text_lang: &'static str,
    dir: &'static str,
    /// Said where nothing differs, or nothing is shown.
    silence: Option<String>,
    counts: String,
    summary: Vec<String>,
    kinds: Vec<KindView>,
    with_library: bool,
    headings: Vec<HeadingView>,
    items: Vec<ItemView>,
    /// Footnotes that differ and that no paragraph calls.
    uncalled: Vec<NoteView>,
    /// The footnotes of the new draft.
    notes: Vec<Note<'d>>,
    concordance: Vec<Row>,
    /// Words of all that is shown, for the strip.
    words: usize,
}

/// All changes of one kind.
#[derive(Serialize)]
struct KindView {
    kind: &'static str,
    sign: &'static str,
    count: usize,
    named: Vec<Anchor>,
    more: usize,
}

#[derive(Clone, Serialize)]
struct HeadingView {
    anchor: String,
    level: usize,
    text: String,
    /// True where only the old draft has it.
    gone: bool,
    /// `renamed, was “…”`
    told: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "what", rename_all = "lowercase")]
enum ItemView {
    Heading(HeadingView),
    Change(Box<ChangeView>),
    /// Paragraphs in a row that are only counted.
    Unchanged {
        told: String,
    },
    /// Where something stood, or stands, that is shown elsewhere.
    Pointer {
        anchor: String,
        told: String,
        to: String,
    },
}

#[derive(Serialize)]
struct ChangeView {
    anchor: String,
    kind: &'static str,
    sign: &'static str,
    head: Head,
    /// What its first new paragraph is called.
    number: String,
    /// What it was called before: `12`, `12 + 13`.
    old: String,
    /// The places that the paragraphs of the old draft were taken from, where it is another one.
    from: Vec<Anchor>,
    /// What the filters ask for: the kind, and `edited`, `towards`, `away`, `acts`, `brackets`, `renumbered`.
    show: String,
    /// True where anything differs that a reader sees.
    changed: bool,
    lines: Lines,
    footnotes: Vec<NoteView>,
    notes: Vec<String>,
    words: usize,
    words_before: usize,
    /// Words put in, and words taken out.
    added: usize,
    removed: usize,
}

/// A row of the concordance.
#[derive(Serialize)]
struct Row {
    old: String,
    new: String,
    kind: &'static str,
    renumbered: bool,
    anchor: String,
}

/// Writes the page.
pub(super) fn write(
    compared: Compared<'_>,
    options: &DiffOptions,
) -> Result<String, TemplateError> {
    let whole = !options.is_partial();
    // A redline that is handed over holds the whole text; what is unchanged can be hidden in it.
    let context = if whole { usize::MAX } else { options.context };
    let items = items(compared, &DiffOptions { context, ..options.clone() });
    let shown = items.iter().any(|item| matches!(item, Item::Change(_) | Item::Heading(..)));
    let identical = compared.comparison.is_identical();
    let silence = if identical {
        Some(NO_DIFFERENCE.to_owned())
    } else {
        (!shown).then(|| none_shown(options, compared))
    };
    let (title, beside) = titles(compared);
    // Parts of a split that stand apart from it are led to from their places.
    let apart: HashSet<usize> = items
        .iter()
        .filter_map(|item| match item {
            Item::Part(new, _) => Some(*new),
            _ => None,
        })
        .collect();
    let mut views: Vec<ItemView> = items
        .par_iter()
        .enumerate()
        .filter(|_| !options.summary)
        .map(|(at, item)| view(at, item, compared, &apart))
        .collect();
    let mut words = 0;
    for item in &mut views {
        if let ItemView::Change(change) = item {
            change.words_before = words;
            words += change.words;
        }
    }
    let language = compared.new.language();
    let headings = views.iter().filter_map(|item| match item {
        ItemView::Heading(heading) => Some(heading.clone()),
        _ => None,
    });
    let report = Report {
        title,
        lang: Language::default().code(),
        beside,
        text_lang: language.code(),
        dir: if language == Language::Ar { "rtl" } else { "ltr" },
        silence,
        counts: counts(compared),
        summary: summary(compared).into_iter().skip(1).collect(),
        kinds: kinds(compared),
        with_library: compared.library.is_some(),
        headings: headings.collect(),
        concordance: compared
            .changes()
            .iter()
            .filter(|change| options.takes(change, compared))
            .map(|change| row(change, compared))
            .collect(),
        uncalled: compared
            .comparison
            .uncalled
            .iter()
            .filter(|_| whole && !options.summary)
            .map(|note| footnote(note, compared))
            .collect(),
        notes: if whole && !options.summary { notes_of(compared.new) } else { Vec::new() },
        items: views,
        words,
    };
    page("diff.html", &report, &options.making)
}

fn kinds(compared: Compared<'_>) -> Vec<KindView> {
    let all = [
        ChangeKind::Edited,
        ChangeKind::Added,
        ChangeKind::Removed,
        ChangeKind::Moved,
        ChangeKind::Split,
        ChangeKind::Merged,
        ChangeKind::Unchanged,
    ];
    let view = |kind: ChangeKind| {
        let own = || compared.changes().iter().filter(move |change| change.kind == kind);
        let most = if kind == ChangeKind::Unchanged { 0 } else { MOST_NAMED };
        let named = own().take(most).map(|change| Anchor {
            anchor: anchor(change, compared),
            label: match change.new.is_empty() {
                true => labels(compared.old_of(change), " + "),
                false => labels(compared.new_of(change), ", "),
            },
        });
        KindView {
            kind: kind.word(),
            sign: sign(kind),
            count: own().count(),
            named: named.collect(),
            more: if most > 0 { own().count().saturating_sub(most) } else { 0 },
        }
    };
    all.into_iter().map(view).filter(|view| view.count > 0).collect()
}

/// The sign of a kind, told apart by its shape alone.
fn sign(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Unchanged => "=",
        ChangeKind::Edited => "±",
        ChangeKind::Moved => "↕",
        ChangeKind::Split => "⇉",
        ChangeKind::Merged => "⇇",
        ChangeKind::Added => "+",
        ChangeKind::Removed => "−",
    }
}

/// Where a change stands in the page: by its first new paragraph, else by the old one.
fn anchor(change: &Change, compared: Compared<'_>) -> String {
    let new = compared.new_of(change).next().map(is);
    let old = || compared.old_of(change).next().map(was);
    new.or_else(old).unwrap_or_default()
}

/// Where a paragraph of the new draft stands.
pub(super) fn is(new: &Paragraph) -> String {
    format!("p{}", anchored(&new.id))
}

/// Where a paragraph of the old draft stood.
fn was(old: &Paragraph) -> String {
    format!("was-{}", anchored(&old.id))
}

fn view(at: usize, item: &Item<'_>, compared: Compared<'_>, apart: &HashSet<usize>) -> ItemView {
    match item {
        Item::Heading(change, level, text) => ItemView::Heading(HeadingView {
            anchor: format!("s{at}"),
            level: (*level).clamp(1, 5) + 1,
            text: (*text).to_owned(),
            gone: change.new.is_none(),
            told: heading(change, compared),
        }),
        Item::Change(change) => ItemView::Change(Box::new(changed(change, compared, apart))),
        Item::Unchanged(run) => ItemView::Unchanged { told: unchanged(run, compared) },
        Item::Pointer(old, change) => ItemView::Pointer {
            anchor: compared.old.paragraphs.get(*old).map(was).unwrap_or_default(),
            told: pointer(*old, change, compared),
            to: anchor(change, compared),
        },
        Item::Part(new, change) => ItemView::Pointer {
            anchor: compared.new.paragraphs.get(*new).map(is).unwrap_or_default(),
            told: part(*new, change, compared),
            to: anchor(change, compared),
        },
    }
}

fn changed(change: &Change, compared: Compared<'_>, apart: &HashSet<usize>) -> ChangeView {
    let from = compared.old_of(change).filter(|_| change.moved && !change.new.is_empty());
    let drift = change.agreed.map(|agreed| agreed.drift.word());
    let changed = change.differs();
    // What was moved, split or merged, and edited as well, is found by either word.
    let edited = match change.kind {
        ChangeKind::Moved => Extent::of(&change.segments) != Extent::Nothing,
        ChangeKind::Split | ChangeKind::Merged => Extent::of(&change.segments) >= Extent::Status,
        _ => false,
    };
    let tokens = [
        Some(change.kind.word()),
        edited.then_some(ChangeKind::Edited.word()),
        drift.filter(|word| *word != Drift::None.word()),
        (!change.acts.is_empty()).then_some("acts"),
        (!change.footnotes.is_empty()).then_some("footnotes"),
        (!brackets::remarks(change, compared).is_empty()).then_some("brackets"),
        change.renumbered.then_some("renumbered"),
        changed.then_some("changed"),
    ];
    let words = |wanted: fn(&Segment) -> bool| {
        let own = change.segments.iter().filter(|segment| wanted(segment));
        own.map(|segment| segment.text.split_whitespace().count()).sum::<usize>()
    };
    ChangeView {
        anchor: anchor(change, compared),
        kind: change.kind.word(),
        sign: sign(change.kind),
        head: head(change, compared),
        number: compared.new_of(change).next().map(label).unwrap_or_default(),
        old: labels(compared.old_of(change), " + "),
        from: from.map(|old| Anchor { anchor: was(old), label: label(old) }).collect(),
        show: tokens.into_iter().flatten().collect::<Vec<_>>().join(" "),
        changed,
        lines: lines(change, compared, Some(&|new| !apart.contains(&new))),
        footnotes: change.footnotes.iter().map(|note| footnote(note, compared)).collect(),
        notes: notes(change, compared),
        words: words(|_| true),
        words_before: 0,
        added: words(|segment| segment.op == Op::Insert),
        removed: words(|segment| segment.op == Op::Delete),
    }
}

fn row(change: &Change, compared: Compared<'_>) -> Row {
    Row {
        old: labels(compared.old_of(change), " + "),
        new: labels(compared.new_of(change), ", "),
        kind: change.kind.word(),
        renumbered: change.renumbered,
        anchor: anchor(change, compared),
    }
}
