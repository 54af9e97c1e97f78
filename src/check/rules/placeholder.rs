//! Finds places held open for words still to come: `[...]`, `[TBC]`, `[to be updated …]`, `para XYZ`, `20XX`,
//! `xx May`, `on … May`, `X per cent`, `… per cent`, `{city}`, `<insert place>`, `A/RES/80/--`, `____`, `[Note: …]`,
//! `[... more language ...]`, `in (city)`.
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
use crate::check::held_open::{held_open, named};
use crate::model::Severity;

pub(super) const CHECK: Check = Check {
    name: "placeholder",
    severity: Severity::Warning,
    page: include_str!("placeholder.rs"),
    options: &["also"],
    within_quotations: false,
    run,
};

fn run(case: &Case<'_>, settings: &Settings) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, paragraph, _) in case.paragraphs() {
        let text = paragraph.text.as_str();
        let mut places = held_open(text, paragraph.number.is_some());
        for place in settings.also.iter().flat_map(|also| named(text, also)) {
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
