//! A paragraph in; the place it stands in, after which other and below which heading, out.

use super::Compared;
use super::concordance::{label, labels};
use crate::model::{Change, Draft};

/// `it stood after 3, and stands after 7 now`: told where the number does not tell it, as it stayed the same, or there is none.
pub(super) fn moved(change: &Change, compared: Compared<'_>) -> Option<String> {
    let ([old], [new]) = (change.old.as_slice(), change.new.as_slice()) else { return None };
    let (before, now) = (compared.old.paragraphs.get(*old)?, compared.new.paragraphs.get(*new)?);
    let numbered = before.number.is_some() && now.number.is_some();
    if !change.moved || numbered && label(before) != label(now) {
        return None;
    }
    let elsewhere = before.section != now.section;
    let from = place(compared.old, *old, elsewhere)?;
    let to = place(compared.new, *new, elsewhere)?;
    // Two neighbours of the same number are two paragraphs all the same.
    let other = if from == to { neighbour(*old, compared) } else { None };
    Some(match other {
        Some(other) => format!("it stood {from}, which is {other} now, and stands {to} now"),
        None => format!("it stood {from}, and stands {to} now"),
    })
}

/// What the paragraph before one of the old draft is called now.
fn neighbour(old: usize, compared: Compared<'_>) -> Option<String> {
    let before = old.checked_sub(1)?;
    let change = compared.changes().iter().find(|change| change.old.contains(&before))?;
    let now = labels(compared.new_of(change), ", ");
    Some(if now.is_empty() { "gone".to_owned() } else { now })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::read::read;

    #[test]
    fn a_neighbour_with_the_same_number_is_told_apart() {
        let lines = [
            "Lamps burn on every bridge of the town from dusk to dawn.",
            "Boats pass below the bridges on the left side of the river only.",
            "Mills stand still on Sundays and on the days of the fair.",
            "Horses cross by day only.",
            "Keepers are paid from the toll of the bridge each month of the year.",
        ];
        let draft = |order: &[usize]| {
            let text = order.iter().zip(1..).map(|(at, n)| format!("{n}. {}\n\n", lines[*at]));
            read("draft.md", text.collect::<String>().as_bytes()).expect("a draft")
        };
        let (old, new) = (draft(&[0, 3, 1, 2, 4]), draft(&[1, 3, 0, 2, 4]));
        let comparison = compare(&old, &new);
        let compared = Compared { old: &old, new: &new, comparison: &comparison, library: None };
        let told: Vec<String> =
            comparison.changes.iter().filter_map(|change| moved(change, compared)).collect();
        assert_eq!(told, ["it stood after 1, which is 3 now, and stands after 1 now"]);
    }
}
