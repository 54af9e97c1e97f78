//! Finds places held open for words still to come: `[...]`, `[TBC]`, `[to be updated …]`, `para XYZ`, `[date]`.
//!
//! ## Why it matters
//!
//! A bracket that was put in to be filled later is easily overlooked at night, and it goes out to a hundred and
//! ninety-three delegations.
//!
//! ## Example
//!
//! > 28. We note the report of the Secretary-General \[TBC\] and paragraph XX of the Tunis Agenda.
//!
//! ## What to do
//!
//! Fill the place, or take it out. Where it has to wait, say for what:
//! `<!-- adref: allow placeholder: awaiting the report of the Commission -->` after the paragraph. A repository names
//! more words that hold a place under `check: rules: placeholder: also:` in `adref.yaml`.

use super::{Case, Check, Found, Settings};
use crate::model::{Severity, Span};
use crate::text::placeholders;

pub(super) const CHECK: Check = Check {
    name: "placeholder",
    severity: Severity::Warning,
    page: include_str!("placeholder.rs"),
    options: &["also"],
    within_quotations: false,
    run,
};

/// Letters that stand for words still to come wherever they stand.
const UNKNOWN: [&str; 4] = ["XXXX", "XYZ", "TBC", "TBD"];

/// Letters that do so where a number is due, "A/RES/80/XX", "paragraph XX"; elsewhere they may be a Roman number.
const UNNUMBERED: [&str; 2] = ["XX", "XXX"];

/// What a number is due after.
const BEFORE_NUMBER: [&str; 8] =
    ["/", "paragraph ", "paragraphs ", "para. ", "paras. ", "para ", "resolution ", "decision "];

fn run(case: &Case<'_>, settings: &Settings) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, paragraph, _) in case.paragraphs() {
        let text = paragraph.text.as_str();
        let mut places = placeholders(text);
        let more = unknown(text).chain(settings.also.iter().flat_map(|also| named(text, also)));
        for place in more {
            if !places.iter().any(|known| known.overlaps(place)) {
                places.push(place);
            }
        }
        places.sort();
        found.extend(places.into_iter().map(|place| {
            let words: String = place.slice(text).split_whitespace().collect::<Vec<_>>().join(" ");
            Found::words(at, place, format!("“{words}” holds a place for words still to come"))
                .help("fill it or take it out")
        }));
    }
    found
}

/// Words that stand for a number or a name still to come.
fn unknown(text: &str) -> impl Iterator<Item = Span> {
    UNKNOWN.iter().chain(&UNNUMBERED).flat_map(move |word| {
        let places = text.match_indices(word).map(|(at, word)| Span::new(at, at + word.len()));
        let is_due = move |place: &Span| {
            let before = text.get(..place.start).unwrap_or_default().to_lowercase();
            BEFORE_NUMBER.iter().any(|due| before.ends_with(due))
        };
        places.filter(move |place| {
            is_whole(text, *place) && (!UNNUMBERED.contains(word) || is_due(place))
        })
    })
}

/// Every place where `wanted` stands as a whole word, in any case.
fn named<'t>(text: &'t str, wanted: &'t str) -> impl Iterator<Item = Span> + 't {
    let wide = wanted.len();
    let starts = text.char_indices().map(|(at, _)| at);
    let places = starts.map(move |at| Span::new(at, at + wide));
    places.filter(move |place| {
        let same =
            text.get(place.start..place.end).is_some_and(|own| own.eq_ignore_ascii_case(wanted));
        wide > 0 && same && is_whole(text, *place)
    })
}

/// True where neither a letter nor a figure stands beside these words.
fn is_whole(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|text| text.chars().next_back());
    let after = text.get(span.end..).and_then(|text| text.chars().next());
    ![before, after].into_iter().flatten().any(char::is_alphanumeric)
}
