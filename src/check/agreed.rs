//! A place in the library, and a draft's edits to what stands there, in; what to call them in a message out.

use super::case::Case;
use super::effect::{Effect, Texts};
use super::retold::behind_telling;
use crate::model::{Departure, Edit, Entry, Location, Match, Paragraph, Span};

/// So many edits are told one by one.
const MOST_TOLD: usize = 3;

/// Who tells of a text in the past and puts no more words than these in the place of its own changes what it says; with more he
/// says it in his own words.
const MOST_CHANGED: usize = 4;

/// How a paragraph of a reference is cited: `A/RES/79/1, annex I, para. 9`; by its first words where it has no number.
pub(super) fn place(entry: &Entry, paragraph: &Paragraph) -> String {
    let document = entry.citation(entry.annex(paragraph));
    match &paragraph.number {
        Some(number) => format!("{document}, para.\u{a0}{number}"),
        None => {
            let opening: Vec<&str> = paragraph.text.split_whitespace().take(5).collect();
            format!("{document}, “{} …”", opening.join(" "))
        }
    }
}

/// The reference and the paragraph of it at a place of the library.
pub(super) fn at<'c>(case: &Case<'c>, location: Location) -> Option<(&'c Entry, &'c Paragraph)> {
    let entry = case.entry(location.reference)?;
    Some((entry, entry.text.paragraphs.get(location.paragraph)?))
}

/// What the edits of a draft paragraph do to the agreed one.
pub(super) struct Altered {
    /// In words: "drops “as appropriate” (a qualifier), “should” in place of “shall” (weaker), and 2 more edits".
    pub(super) told: String,
    /// The edits that matter most, for a fingerprint.
    pub(super) telling: Vec<String>,
    /// The draft's words that show it.
    pub(super) span: Span,
    /// True where an edit changes what is asked.
    pub(super) is_grave: bool,
    /// True where no edit does more than bring a text of a series up to date: another date, another session.
    pub(super) is_update: bool,
    /// True where what is told of the source has another figure, date or interval, or a negation, among the words of the source.
    pub(super) is_told_wrongly: bool,
}

/// What a draft paragraph does beside restating its source.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside<'d> {
    /// Stretches of the draft that are no edit of the source: what names it, and what quotes it.
    pub(super) apart: &'d [Span],
    /// Where it points at articles and paragraphs of other documents: of these only the figures are its edits.
    pub(super) pointers: &'d [Span],
    /// True where it names the source in passing.
    pub(super) is_loose: bool,
    /// The parts of the agreed paragraph that it names; none where it names all of it.
    pub(super) parts: &'d [Span],
    /// The ends of the verbs by which it tells of the act of the source: "in which it decided |".
    pub(super) told: &'d [usize],
}

/// Tells what the departures of `matched` do, those that change what is asked first. None where there is none.
pub(super) fn altered(
    draft: &Paragraph,
    agreed: &Paragraph,
    matched: &Match,
    beside: Beside<'_>,
) -> Option<Altered> {
    let texts =
        Texts::new(&agreed.text, &draft.text, beside.pointers, beside.apart, beside.is_loose);
    let touches = |stretches: &[Span], departure: &Departure| {
        stretches.iter().any(|stretch| touch(*stretch, departure.draft))
    };
    let points = |departure: &Departure| {
        touches(beside.pointers, departure) && texts.effect(departure) == Some(Effect::Pointed)
    };
    let own = |departure: &Departure| {
        !touches(beside.apart, departure)
            && (!touches(beside.pointers, departure) || points(departure))
    };
    let departures = matched
        .departures
        .iter()
        .filter_map(|departure| behind_telling(&agreed.text, &draft.text, departure, beside.told));
    let departures = departures.map(|departure| texts.within(&departure));
    let departures = departures.filter_map(|departure| {
        // What stands behind the name of the source may still change what is asked.
        let behind = behind_source(&departure, &texts, &draft.text, beside);
        if own(&departure) {
            return Some(behind.unwrap_or(departure));
        }
        let around = behind.or_else(|| before_source(&departure, &draft.text, beside));
        around.filter(|own| texts.effect(own).is_some())
    });
    let departures = departures.filter(|d| !texts.is_same(d));
    // What departs from a part that is not named breaks no claim.
    let is_claimed = |departure: &Departure| {
        beside.parts.is_empty() || beside.parts.iter().any(|part| touch(*part, departure.agreed))
    };
    let mut is_told_wrongly = false;
    let edits = departures.map(|departure| {
        let old = whole(&agreed.text, departure.agreed).slice(&agreed.text);
        let new = whole(&draft.text, departure.draft).slice(&draft.text);
        let effect = texts.effect(&departure).filter(|_| is_claimed(&departure));
        let is_behind = beside.told.iter().any(|end| *end <= departure.draft.start);
        let is_wrong = |effect: &Effect| effect.contradicts() && is_small(old) && is_small(new);
        is_told_wrongly |= is_behind && effect.as_ref().is_some_and(is_wrong);
        let told = done(&departure, old, new);
        let told = effect.as_ref().map_or(told.clone(), |e| format!("{told} ({})", e.told()));
        (departure.draft, told, effect)
    });
    let mut edits: Vec<(Span, String, Option<Effect>)> = edits.collect();
    let first = edits.iter().find(|(.., effect)| effect.is_some()).or(edits.first())?.0;
    edits.sort_by_key(|(.., effect)| effect.is_none());
    let effects = || edits.iter().filter_map(|(_, told, effect)| Some((told, effect.as_ref()?)));
    let telling = effects().map(|(told, _)| told.clone()).collect();
    let is_grave = effects().next().is_some();
    let is_update = effects().all(|(_, effect)| effect.is_update());
    let more = edits.len().saturating_sub(MOST_TOLD);
    let mut shown: Vec<String> =
        edits.into_iter().take(MOST_TOLD).map(|(_, told, _)| told).collect();
    if more > 0 {
        shown.push(if more == 1 { "1 more edit".to_owned() } else { format!("{more} more edits") });
    }
    Some(Altered {
        told: listed(&shown),
        telling,
        span: first,
        is_grave,
        is_update,
        is_told_wrongly,
    })
}

/// What is left of an edit behind the source that the draft names first, "Recalls paragraph 9 of resolution 78/213, and urges"
/// in place of "Calls upon", from the act on where there is one; none where it does not begin with it.
fn behind_source(
    departure: &Departure,
    texts: &Texts<'_>,
    text: &str,
    beside: Beside<'_>,
) -> Option<Departure> {
    let own = departure.draft;
    let stretches = beside.apart.iter().chain(beside.pointers);
    let ends = stretches.map(|stretch| stretch.end).filter(|end| *end <= own.end);
    let end = ends.max()?;
    let rest = text.get(end.max(own.start)..own.end)?;
    let start = own.end - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let start = texts.first_act(Span::new(start, own.end)).unwrap_or(start);
    let is_asked =
        departure.edit == Edit::Replace && departure.agreed.start == 0 && start < own.end;
    is_asked.then(|| Departure { draft: Span::new(start, own.end), ..*departure })
}

/// What an edit puts in before the source that it ends with: "subject to available resources, | as called for in paragraph 9 of
/// resolution 78/213".
fn before_source(departure: &Departure, text: &str, beside: Beside<'_>) -> Option<Departure> {
    let own = departure.draft;
    let stretches = beside.apart.iter().chain(beside.pointers);
    let starts = stretches.filter(|stretch| touch(**stretch, own)).map(|stretch| stretch.start);
    let words = text.get(own.start..starts.min()?)?;
    let end = own.start + words.get(..words.rfind([',', '(', '['])?)?.trim_end().len();
    let is_put_in = departure.edit == Edit::Insert && own.start < end;
    is_put_in.then(|| Departure { draft: Span::new(own.start, end), ..*departure })
}

/// Some words with what a hyphen joins to them: "seventy-ninth" for "ninth".
fn whole(text: &str, words: Span) -> Span {
    if words.is_empty() {
        return words;
    }
    let is_joined = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\u{2010}' | '\u{2011}');
    let (before, after) = (text.get(..words.start), text.get(words.end..));
    let stem = before
        .map_or("", |text| text.get(text.trim_end_matches(is_joined).len()..).unwrap_or_default());
    let tail = after.map_or(0, |text| text.len() - text.trim_start_matches(is_joined).len());
    // The words of an edit end at a gap or at a hyphen.
    Span::new(words.start - stem.len(), words.end + tail)
}

/// An edit in words. Where one side has all words of the other before its own, only these were put in or left out: "drops “all”" of
/// "Encourages" in place of "Encourages all".
fn done(departure: &Departure, old: &str, new: &str) -> String {
    let behind = |long: &str, short: &str| {
        let rest = long.strip_prefix(short.trim_end())?;
        rest.strip_prefix(' ').filter(|_| departure.edit == Edit::Replace).map(str::to_owned)
    };
    match (behind(old, new), behind(new, old)) {
        (Some(dropped), _) => Edit::Delete.done(&dropped, ""),
        (_, Some(added)) => Edit::Insert.done("", &added),
        _ => departure.edit.done(old, new),
    }
}

/// True where words overlap a stretch, or words are missing in it or at its border.
fn touch(stretch: Span, words: Span) -> bool {
    stretch.overlaps(words)
        || words.is_empty() && stretch.start <= words.start && words.start <= stretch.end
}

fn is_small(words: &str) -> bool {
    words.split_whitespace().count() <= MOST_CHANGED
}

/// "a, b and c".
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
    }
}
