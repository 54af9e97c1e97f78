//! Finds paragraphs that restate agreed language and neither cite nor pin where it is from.
//!
//! ## Why it matters
//!
//! Agreed language is the strongest argument for a paragraph, and nobody can use it who does not know that it is agreed.
//! The next drafter changes a word of it without knowing what that undoes.
//!
//! ## Example
//!
//! > 4\. We reaffirm that the same rights that people have offline must also be protected online.
//!
//! These are the words of A/RES/68/167, paragraph 3, and nothing says so.
//!
//! ## What to do
//!
//! Cite the source in the text, or pin it: `<!-- adref: A/RES/68/167 para. 3 -->` after the paragraph, which no reader of
//! the draft sees.

use super::{Case, Check, Found, Settings};
use crate::check::agreed::{at, place};
use crate::model::{Citation, CitationForm, Fidelity, Mark, Severity, Source, symbol_key};

pub(super) const CHECK: Check = Check {
    name: "unlinked-agreed-language",
    severity: Severity::Note,
    page: include_str!("unlinked_agreed_language.rs"),
    options: &[],
    within_quotations: true,
    run,
};

fn run(case: &Case<'_>, _: &Settings) -> Vec<Found> {
    let found = case.paragraphs().filter_map(|(index, _, facts)| {
        let marking = &facts.marking;
        // A document named in passing has none of the words.
        let linked = |source: &Source| source.matched.is_some() && source.citation.is_some();
        if marking.mark != Some(Mark::Reaffirmed) || marking.sources.iter().any(linked) {
            return None;
        }
        // Whether the words are those of the source that its author pins it to is the business of `false-pin`.
        let is_pinned = facts.pinned.iter().flatten().next().is_some();
        if is_pinned || facts.citations.iter().any(may_be_source) {
            return None;
        }
        let matched = marking.sources.first()?.matched.as_ref()?;
        let (entry, agreed) = at(case, matched.location)?;
        // Nobody took words from what was not there yet.
        if case.is_later(entry) {
            return None;
        }
        // A draft that the library holds as well is not its own source.
        let own = &case.annotation.draft.front;
        if own
            .symbols()
            .any(|own| entry.text.front.symbols().any(|other| symbol_key(own) == symbol_key(other)))
        {
            return None;
        }
        let place = place(entry, agreed);
        let how = match marking.fidelity {
            Fidelity::Verbatim => "has the words of",
            _ => "restates",
        };
        let message = format!("this paragraph {how} {place}, and does not say so");
        let pin = place.replace('\u{a0}', " ");
        let pinned = match agreed.number {
            Some(_) => pin.as_str(),
            None => entry.symbol(),
        };
        let help = format!("cite it, or pin it: {}", case.comment(&format!("adref: {pinned}")));
        Some(Found::paragraph(index, message).help(help).about(place))
    });
    found.collect()
}

/// True for a document that is not held and is cited as one cites a source, by its number or with a paragraph: the words may
/// well be from there. A name in passing ("the Charter of the United Nations") is none.
fn may_be_source(citation: &Citation) -> bool {
    let numbered = matches!(citation.form, CitationForm::Symbol | CitationForm::Number);
    citation.agreed && !citation.resolved() && (numbered || !citation.pinpoints.is_empty())
}
