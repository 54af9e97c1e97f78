//! A reference of a draft to itself, and the revision before, in; what became of the paragraphs that it meant, in words, out.

use super::address::{is_numbered, listed};
use super::case::{Case, Earlier};
use crate::model::{Change, Citation, Op, Paragraph};

/// What to say of the paragraphs that a reference meant in the revision before and that have another number now or are
/// gone, each with advice; and the addresses that mean what they meant.
pub(super) fn followed<'c>(
    case: &Case<'_>,
    earlier: Earlier<'_>,
    at: usize,
    citation: &'c Citation,
) -> (Vec<(String, String)>, Vec<&'c str>) {
    let (mut moved, mut gone, mut stayed) = (Vec::new(), Vec::new(), Vec::new());
    for address in citation.paragraphs() {
        match now(case, earlier, at, citation, address) {
            Some(Now::Called(numbers)) => moved.push((address, numbers)),
            Some(Now::Gone) => gone.push(address),
            None => stayed.push(address),
        }
    }
    let mut told = Vec::new();
    if !moved.is_empty() {
        let (were, are): (Vec<&str>, Vec<Vec<String>>) = moved.into_iter().unzip();
        let are: Vec<&str> = are.iter().flatten().map(String::as_str).collect();
        let (old, new) = (listed(&were), listed(&are));
        let is = if were.len() > 1 { "are" } else { "is" };
        let message =
            format!("{} {old} of the revision before {is} now {} {new}", name(&were), name(&are));
        told.push((message, format!("write {new} for {old}, or say which paragraph is meant")));
    }
    if !gone.is_empty() {
        let was = if gone.len() > 1 { "were" } else { "was" };
        let (name, old) = (name(&gone), listed(&gone));
        let message = format!("{name} {old} of the revision before {was} taken out");
        told.push((message, "take the reference out, or say which paragraph is meant".to_owned()));
    }
    (told, stayed)
}

fn name(addresses: &[&str]) -> &'static str {
    if addresses.len() > 1 { "paragraphs" } else { "paragraph" }
}

/// What became of a paragraph that a reference meant in the revision before.
enum Now {
    /// It has these numbers now.
    Called(Vec<String>),
    /// It is gone.
    Gone,
}

/// What became of the paragraph that the reference meant, where the reference stayed as it was and the number did not.
fn now(
    case: &Case<'_>,
    earlier: Earlier<'_>,
    at: usize,
    citation: &Citation,
    address: &str,
) -> Option<Now> {
    let changes = &earlier.comparison.changes;
    let own = changes.iter().find(|change| change.new.contains(&at))?;
    if !stayed(own, at, citation) {
        return None;
    }
    let old = |index: &usize| earlier.draft.paragraphs.get(*index);
    let annex = own.old.first().and_then(old)?.annex.as_deref();
    let digits = address.split('(').next()?.trim();
    let meant = |paragraph: &Paragraph| paragraph.annex.as_deref() == annex;
    let before = earlier.draft.paragraphs.iter().filter(|p| is_numbered(p, digits));
    let [before] = before.filter(|p| meant(p)).collect::<Vec<_>>()[..] else { return None };
    let index = earlier.draft.paragraphs.iter().position(|own| std::ptr::eq(own, before))?;
    let became = changes.iter().find(|change| change.old.contains(&index))?;
    let after: Vec<&Paragraph> =
        became.new.iter().filter_map(|at| case.paragraph(*at)).filter(|p| !p.is_struck()).collect();
    if after.is_empty() {
        return Some(Now::Gone);
    }
    if after.iter().any(|paragraph| is_numbered(paragraph, digits)) {
        return None;
    }
    let labels = address.get(digits.len()..).unwrap_or_default();
    let numbers = after.iter().filter_map(|paragraph| paragraph.number.as_deref());
    // As the reference writes it.
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit());
    let written = |number: &'_ str| match number.strip_prefix("OP").filter(|_| is_plain) {
        Some(plain) => format!("{plain}{labels}"),
        None => format!("{number}{labels}"),
    };
    let numbers: Vec<String> = numbers.map(written).collect();
    (!numbers.is_empty()).then_some(Now::Called(numbers))
}

/// True where the words of the reference stand in both revisions.
fn stayed(change: &Change, at: usize, citation: &Citation) -> bool {
    let mut equal = change.segments.iter().filter(|segment| segment.op == Op::Equal);
    let holds =
        |place: &crate::model::Place| place.paragraph == at && place.span.contains(citation.span);
    equal.any(|segment| segment.place.as_ref().is_some_and(holds))
}
