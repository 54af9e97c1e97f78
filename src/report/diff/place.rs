//! A paragraph in; the place it stands in, after which other and below which heading, out.

use super::Compared;
use super::concordance::label;
use crate::model::{Change, Draft};

/// `stood after 3, now after 7`: told where the number does not tell it, as it stayed the same, or there is none.
pub(super) fn moved(change: &Change, compared: Compared<'_>) -> Option<String> {
    let ([old], [new]) = (change.old.as_slice(), change.new.as_slice()) else { return None };
    let (before, now) = (compared.old.paragraphs.get(*old)?, compared.new.paragraphs.get(*new)?);
    let numbered = before.number.is_some() && now.number.is_some();
    if !change.moved || numbered && label(before) != label(now) {
        return None;
    }
    let elsewhere = before.section != now.section;
    let from = place(compared.old, *old, elsewhere)?;
    Some(format!("stood {from}, now {}", place(compared.new, *new, elsewhere)?))
}

/// `after 3`, `first of all`; where it stands below another heading than before, `after 3 in “Lamps”`, `first in “Lamps”`.
pub(super) fn place(draft: &Draft, at: usize, with_heading: bool) -> Option<String> {
    let own = draft.paragraphs.get(at)?;
    let before = at.checked_sub(1).and_then(|at| draft.paragraphs.get(at));
    let heading = own.section.last().filter(|_| with_heading);
    let beside = before.filter(|other| heading.is_none() || other.section == own.section);
    let after = match beside {
        Some(other) => format!("after {}", label(other)),
        None if heading.is_some() => "first".to_owned(),
        None => "first of all".to_owned(),
    };
    Some(match heading {
        Some(heading) => format!("{after} in “{heading}”"),
        None => after,
    })
}
