//! Finds paragraphs that cite or pin an agreed text as their base and depart from its words.
//!
//! ## Why it matters
//!
//! A paragraph that names its source is taken for the agreed text. One phrase dropped ("as appropriate"), one added ("on
//! mutually agreed terms"), or one verb put in the place of a stronger one, changes what was agreed, and nobody may
//! notice before it is adopted.
//!
//! ## Example
//!
//! > 9\. We reaffirm that the same rights that people have offline should also be protected online (A/RES/70/125, para. 9).
//!
//! The agreed paragraph says "must also be protected online".
//!
//! ## What to do
//!
//! Restore the agreed words. Where the edit is meant, say that the paragraph adapts its source: `<!-- adref:
//! A/RES/70/125 para. 9; adapted -->` after the paragraph. Edits that change what is asked are warnings, and named: a
//! qualifier ("as appropriate", "subject to national legislation"), a limit ("at least") or a negation that was added
//! or dropped, another figure, date, session or interval, "all" or "each" added or dropped, another number of an article or a
//! paragraph that the text refers to, a weaker act or verb. Other edits are notes, and so is what a paragraph leaves out that
//! only tells of its source, "in which the Assembly requested", or of a report on it; another figure, date or interval
//! among the words told, or a negation, is a warning there too. Where a part of the paragraph is cited,
//! "paragraph 5 (b)", edits of the others are notes. Who speaks ("We emphasize" for
//! "Emphasizes") and "also" before an act are none. What is quoted in quotation marks is left to `misquotation`.

use super::{Case, Check, Found, Settings};
use crate::check::agreed::{Beside, altered, at, place};
use crate::check::attributed::attributed;
use crate::check::base::{Claim, base};
use crate::model::{Citation, Severity, Span};

pub(super) const CHECK: Check = Check {
    name: "altered-agreed-language",
    severity: Severity::Warning,
    page: include_str!("altered_agreed_language.rs"),
    options: &[],
    within_quotations: true,
    run,
};

fn run(case: &Case<'_>, _: &Settings) -> Vec<Found> {
    let paragraphs = case.paragraphs().flat_map(|(index, paragraph, facts)| {
        let bases =
            facts.marking.sources.iter().filter_map(|source| base(case, paragraph, facts, source));
        bases.map(move |base| (index, paragraph, facts, base))
    });
    let found = paragraphs.filter_map(|(index, paragraph, facts, base)| {
        // What an author says is adapted may be; what is said to be verbatim is the business of `false-pin`.
        if matches!(base.claim, Some(Claim::Adapted | Claim::Verbatim)) {
            return None;
        }
        let (entry, agreed) = at(case, base.matched.location)?;
        let reference = Some(base.matched.location.reference);
        let points = |citation: &&Citation| {
            citation.reference != reference && !citation.pinpoints.is_empty()
        };
        let (pointing, naming): (Vec<_>, Vec<_>) = facts.citations.iter().partition(points);
        let pointers: Vec<Span> = pointing.iter().map(|citation| citation.span).collect();
        let cited = naming.iter().map(|citation| citation.span);
        // What is quoted from a source in so many words is the business of `misquotation`.
        let quoted = attributed(case, index).into_iter().map(|quoted| quoted.inside);
        let quoted: Vec<Span> = quoted.collect();
        let runs = &base.matched.runs;
        if runs.iter().all(|run| quoted.iter().any(|quoted| quoted.contains(run.draft))) {
            return None;
        }
        let apart: Vec<Span> = cited.chain(quoted).collect();
        let (is_loose, parts, told) = (base.is_loose, base.parts.as_slice(), base.told.as_slice());
        let beside = Beside { apart: &apart, pointers: &pointers, is_loose, parts, told };
        let altered = altered(paragraph, agreed, base.matched, beside)?;
        // A text that is updated every year names the one before as a whole: only what weakens it is worth a word.
        if base.is_loose && altered.is_update && !altered.is_told_wrongly {
            return None;
        }
        let place = place(entry, agreed);
        let names = if base.claim.is_some() { "is pinned to" } else { "cites" };
        let message =
            format!("this paragraph {names} {place}, and departs from it: it {}", altered.told);
        // What tells of an agreed text in the past need not say all of it.
        let is_claimed = !base.is_retold || altered.is_told_wrongly;
        let severity =
            if altered.is_grave && is_claimed { Severity::Warning } else { Severity::Note };
        let help = "restore the agreed words, or pin the paragraph as adapted if the edit is meant";
        let found = Found::words(index, altered.span, message).help(help).severity(severity);
        Some(found.about(format!("{place}\n{}", altered.telling.join("\n"))))
    });
    found.collect()
}
