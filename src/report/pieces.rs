//! A paragraph with its mark in; its text cut into carried, new, dropped and struck-out pieces out.

use crate::model::shortened;
use crate::model::{AsideKind, Edit, Facts, Library, Paragraph, Span};

/// Dropped words are shown in full up to this many.
const LONGEST_DROPPED: usize = 40;

/// How a piece of text stands to agreed language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Carried from agreed language, or no words at all.
    Plain,
    /// The draft's own words.
    New,
    /// Words of the agreed text that the draft leaves out.
    Dropped,
    /// Words struck out by the author.
    Struck,
    /// The call of a footnote.
    Note,
    /// A space between the text and what was put into it.
    Gap,
}

/// A piece of a paragraph as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// Told by [`detailed`] alone.
    pub(super) detail: Detail,
}

/// What more there is to say of the draft's own text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Detail {
    /// Nothing.
    #[default]
    None,
    /// It is carried from the source with this index among those of the paragraph.
    Source(usize),
    /// It stands in place of agreed words.
    Adapted,
}

impl Piece {
    pub(super) fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), detail: Detail::None }
    }
}

/// Something shown at a byte of the text, before what stands there.
struct Insertion {
    at: usize,
    kind: Kind,
    text: String,
}

/// The paragraph's text in pieces; all plain and new pieces together are its text.
pub(super) fn pieces(paragraph: &Paragraph, facts: &Facts, library: &Library) -> Vec<Piece> {
    cut(paragraph, facts, library, |_| Detail::None)
}

/// The same, where words tell by which source they are carried, and whether they stand in place of agreed ones.
pub(super) fn detailed(paragraph: &Paragraph, facts: &Facts, library: &Library) -> Vec<Piece> {
    cut(paragraph, facts, library, |detail| detail)
}

fn cut(
    paragraph: &Paragraph,
    facts: &Facts,
    library: &Library,
    told: fn(Detail) -> Detail,
) -> Vec<Piece> {
    let text = &paragraph.text;
    let mut insertions = asides(paragraph);
    let struck: Vec<String> =
        insertions.iter().filter(|i| i.kind == Kind::Struck).map(|i| plain(&i.text)).collect();
    // Words the author struck out are shown once, as the author struck them.
    let dropped = dropped(facts, library, text);
    insertions.extend(dropped.into_iter().filter(|d| {
        let words = plain(&d.text);
        !struck.iter().any(|s| s.contains(&words))
    }));
    insertions.sort_by_key(|insertion| insertion.at);
    let kinds = kinds(facts, text);
    let mut out: Vec<Piece> = Vec::new();
    let mut insertions = insertions.into_iter().peekable();
    let mut at = 0;
    let mut current = 0;
    while at < text.len() || insertions.peek().is_some() {
        if let Some(insertion) = insertions.next_if(|insertion| insertion.at <= at) {
            push(&mut out, insertion.kind, &insertion.text);
            continue;
        }
        let until = insertions.peek().map_or(text.len(), |i| i.at.min(text.len()));
        while kinds.get(current).is_some_and(|(.., end)| *end <= at) {
            current += 1;
        }
        let rest = (Kind::Plain, Detail::None, text.len());
        let (kind, detail, end) = kinds.get(current).copied().unwrap_or(rest);
        let end = end.min(until).max(at + 1);
        add(&mut out, kind, told(detail), text.get(at..end).unwrap_or_default());
        at = end;
    }
    with_gaps(out)
}

/// Sets dropped and struck-out words apart from the words beside them.
pub(super) fn with_gaps(pieces: Vec<Piece>) -> Vec<Piece> {
    let set_in = |piece: &Piece| matches!(piece.kind, Kind::Dropped | Kind::Struck);
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        if set_in(&piece) {
            piece.text = piece.text.trim().to_owned();
        }
        let touches = out.last().is_some_and(|last| {
            let begins = piece.text.starts_with(|c: char| c.is_whitespace() || ",.;:".contains(c));
            let stops = begins && !set_in(&piece);
            (set_in(last) || set_in(&piece)) && !stops && !last.text.ends_with(char::is_whitespace)
        });
        if touches {
            out.push(Piece::new(Kind::Gap, " "));
        }
        out.push(piece);
    }
    out
}

pub(super) fn push(out: &mut Vec<Piece>, kind: Kind, text: &str) {
    add(out, kind, Detail::None, text);
}

fn add(out: &mut Vec<Piece>, kind: Kind, detail: Detail, text: &str) {
    match out.last_mut() {
        Some(last)
            if (last.kind, last.detail) == (kind, detail)
                && matches!(kind, Kind::Plain | Kind::New) =>
        {
            last.text.push_str(text);
        }
        _ if text.is_empty() => {}
        _ => out.push(Piece { kind, text: text.to_owned(), detail }),
    }
}

/// The words of a text, for telling whether two texts say the same.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Kinds of the text with the byte each ends at. A stop behind new words is new with them; where all words are new, so are
/// all signs between and around them.
fn kinds(facts: &Facts, text: &str) -> Vec<(Kind, Detail, usize)> {
    let coverage = facts.marking.coverage;
    if coverage.total > 0 && coverage.carried == 0 && !facts.marking.spans.is_empty() {
        return vec![(Kind::New, Detail::None, text.len())];
    }
    let replaced = replaced(facts);
    let mut out: Vec<(Kind, Detail, usize)> = Vec::new();
    for span in &facts.marking.spans {
        let Span { start, end } = span.span;
        out.push((Kind::Plain, Detail::None, start));
        if let Some(source) = span.source {
            out.push((Kind::Plain, Detail::Source(source), end));
            continue;
        }
        let after = text.get(end..).unwrap_or_default();
        let stops =
            after.len() - after.trim_start_matches([',', '.', ';', ':', '!', '?', '”']).len();
        for place in replaced.iter().filter(|place| place.start < end && start < place.end) {
            let stops = if place.end < end { 0 } else { stops };
            out.push((Kind::New, Detail::None, place.start.max(start)));
            out.push((Kind::New, Detail::Adapted, place.end.min(end) + stops));
        }
        out.push((Kind::New, Detail::None, end + stops));
    }
    out.push((Kind::Plain, Detail::None, text.len()));
    out
}

/// Words of the draft that stand in place of agreed ones, in the order of the text; of sources that are tied, the first
/// tells.
fn replaced(facts: &Facts) -> Vec<Span> {
    let mut last = None;
    let matched = facts.marking.sources.iter().filter_map(|source| source.matched.as_ref());
    let leading = matched.filter(|matched| last.replace(matched.rank) != Some(matched.rank));
    let edits = leading.flat_map(|matched| &matched.departures);
    let mut places: Vec<Span> =
        edits.filter(|edit| edit.edit == Edit::Replace).map(|edit| edit.draft).collect();
    places.sort_by_key(|place| place.start);
    places
}

fn asides(paragraph: &Paragraph) -> Vec<Insertion> {
    let shown = paragraph.asides.iter().filter_map(|aside| {
        let (kind, text) = match aside.kind {
            AsideKind::Struck => (Kind::Struck, aside.text.clone()),
            AsideKind::Footnote => (Kind::Note, aside.text.clone()),
            AsideKind::Comment => return None,
        };
        Some(Insertion { at: aside.at, kind, text })
    });
    shown.collect()
}

/// Words the agreed paragraphs have and the draft leaves out, at the place they were left out.
fn dropped(facts: &Facts, library: &Library, draft: &str) -> Vec<Insertion> {
    let mut out = Vec::new();
    let mut last = None;
    for matched in facts.marking.sources.iter().filter_map(|source| source.matched.as_ref()) {
        // Of sources that are tied, only the first is drawn into the text.
        if last.replace(matched.rank) == Some(matched.rank) {
            continue;
        }
        let agreed = library
            .entries
            .get(matched.location.reference)
            .and_then(|entry| entry.text.paragraphs.get(matched.location.paragraph));
        for departure in &matched.departures {
            let words = agreed.map_or("", |agreed| departure.agreed.slice(&agreed.text));
            if !words.is_empty() {
                let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
                // A clause is read as it stands; a page of dropped text would bury the paragraph.
                let long = text.split(' ').count() > LONGEST_DROPPED;
                let text = if long { shortened(&text) } else { text };
                let at = departure.draft.start;
                // A comma or a full stop stays with the word before it.
                let after = draft.get(at..).unwrap_or_default();
                let stops = after.len() - after.trim_start_matches([',', '.', ';', ':']).len();
                let at = if departure.draft.is_empty() { at + stops } else { at };
                out.push(Insertion { at, kind: Kind::Dropped, text });
            }
        }
    }
    out
}
