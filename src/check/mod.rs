//! An annotated draft and the library it was held against in; what is wrong with it, as findings, out.
//!
//! Every rule is one file of `rules/` and looks at the same [`Case`]. What rules have in common is done once and here:
//! where a policy wants them, how much they matter, what their authors waive, and what a finding is known by.

mod address;
mod agreed;
mod attributed;
mod base;
mod baseline;
mod behind;
mod blockquotes;
mod brackets;
mod case;
mod date_forms;
mod effect;
mod entitled;
mod figures;
mod fingerprint;
mod followed;
mod found;
mod held_open;
mod introduced;
mod labels;
mod misspelt;
mod policy;
mod preamble;
mod quoted;
mod reading;
mod retold;
mod rules;
mod series;
mod short_names;
mod slip;
mod unknown_name;
mod waive;
mod within;
mod words;

pub use baseline::{Baseline, BaselineError, Known};
pub use case::{Case, Earlier};
pub use policy::{Level, Opening, Policy, Setting, Settings, most_like};
pub use reading::reading;
pub use slip::Symbols;

use crate::model::{Checked, Finding, Position, Rule, Span};
use crate::text::quotations;
use found::Found;

/// All rules, in the order of their names.
pub fn rules() -> impl Iterator<Item = Rule> {
    rules::ALL.iter().map(rules::Check::facts)
}

/// Checks one draft.
pub fn check(case: &Case<'_>, policy: &Policy) -> Checked {
    let mut found: Vec<(Rule, Found)> = Vec::new();
    for rule in rules::ALL {
        let settings = policy.settings(rule.name);
        if settings.is_off() || !settings.holds_for(case.path()) {
            continue;
        }
        let meant = (rule.run)(case, &settings).into_iter();
        let meant = meant.filter(|found| case.is_in(found.paragraph, &settings.sections));
        let own = meant.filter(|found| rule.within_quotations || !is_quoted(case, found));
        let level = settings.level();
        found.extend(own.map(|mut found| {
            found.severity = level.or(found.severity).or(Some(rule.severity));
            (rule.facts(), found)
        }));
    }
    let waived = waive::waive(case, policy, &mut found);
    // In the order of the text, what concerns the draft as a whole first, remarks on a paragraph after its words.
    found.sort_by_key(|(rule, found)| (found.paragraph, found.at, found.span, rule.name));
    let fingerprints = fingerprint::of_all(case, &found);
    let findings = found
        .into_iter()
        .zip(fingerprints)
        .map(|((rule, found), fingerprint)| finding(case, rule, found, fingerprint))
        .collect();
    Checked { findings, waived }
}

/// True where a finding is about words that the author quotes from somebody else.
fn is_quoted(case: &Case<'_>, found: &Found) -> bool {
    let (Some(at), Some(span)) = (found.paragraph, found.span) else { return false };
    let text = case.paragraph(at).map_or("", |paragraph| paragraph.text.as_str());
    quotations(text).iter().any(|quoted| quoted.inside.contains(span))
}

/// The words that a finding points at: without the spaces and commas around them, and the next word where words are missing
/// in their place, or the last one at the end of the text.
fn own_words(text: &str, span: Span) -> Span {
    let inside = span.slice(text);
    if inside.contains(|c: char| !is_between(c)) {
        let start = span.start + inside.len() - inside.trim_start_matches(is_between).len();
        return Span::new(start, start + inside.trim_matches(is_between).len());
    }
    let (before, after) = text.split_at_checked(span.end).unwrap_or((text, ""));
    let next = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    let length = next.find(|c: char| !is_within(c)).unwrap_or(next.len());
    if length > 0 {
        let start = text.len() - next.len();
        return Span::new(start, start + length);
    }
    let last = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let start = last.trim_end_matches(is_within).len();
    Span::new(start, last.len())
}

/// True for what stands between words and belongs to none.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';')
}

fn is_within(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '’' | '\'')
}

fn finding(case: &Case<'_>, rule: Rule, found: Found, fingerprint: String) -> Finding {
    let draft = &case.annotation.draft;
    let paragraph = found.paragraph.and_then(|at| case.paragraph(at));
    let shown = |span: Span| paragraph.map_or(span, |own| own_words(&own.text, span));
    let found = Found { span: found.span.map(shown), ..found };
    let place = |span: Span| -> Option<(Position, Position)> {
        let paragraph = paragraph?;
        // The end of the last character meant, for what follows it may come from elsewhere in the file.
        let last = span.slice(&paragraph.text).char_indices().next_back();
        let (last, width) = last.map_or((0, 0), |(at, _)| (at, 1));
        let end = draft.position(paragraph, span.start + last)?;
        let until = Position { column: end.column + width, ..end };
        Some((draft.position(paragraph, span.start)?, until))
    };
    let span = found.span.or(paragraph.map(|_| Span::default()));
    let places = span.and_then(place);
    Finding {
        rule: rule.name,
        severity: found.severity.unwrap_or(rule.severity),
        message: found.message,
        help: found.help,
        path: draft.path.clone(),
        at: found.at.or(places.map(|(from, _)| from)),
        until: if found.at.is_some() { None } else { places.map(|(_, until)| until) },
        paragraph: paragraph.map(|paragraph| paragraph.id.clone()),
        span: found.span,
        fingerprint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_points_at_words() {
        let text = "shall share, where possible, technologies.";
        for (start, end, wanted) in [
            (0, 5, "shall"),
            (11, 28, "where possible"),
            (11, 11, "where"),
            (11, 13, "where"),
            (28, 28, "technologies"),
            (42, 42, "technologies"),
        ] {
            assert_eq!(own_words(text, Span::new(start, end)).slice(text), wanted, "{start}");
        }
        assert_eq!(own_words("…", Span::new(0, 0)), Span::new(0, 0));
        assert_eq!(own_words("a [...] b", Span::new(2, 7)), Span::new(2, 7));
    }
}
