//! An edit, and the verbs by which a draft tells of an agreed text in the past, in; what of the edit is behind them out.

use crate::model::{Departure, Edit, Span};
use crate::text::opening_act;

/// An edit without the verb by which the draft tells of the act that the agreed text opens with, one that ends at one of `told`,
/// and what stands before it: "two" for "one" of "in which it decided that two" in place of "Decides that one". None where
/// nothing else is edited.
pub(super) fn behind_telling(
    agreed: &str,
    draft: &str,
    edit: &Departure,
    told: &[usize],
) -> Option<Departure> {
    let own = edit.draft;
    let within = told.iter().filter(|end| own.start < **end && **end <= own.end);
    let (Some(end), Some(act)) = (within.max(), opening_act(agreed)) else {
        return Some(edit.clone());
    };
    let act = act.span.end.clamp(edit.agreed.start, edit.agreed.end);
    let (old, new) = (Span::new(act, edit.agreed.end), Span::new(*end, own.end));
    let (agreed, draft) = behind_same(agreed, draft, old, new);
    let edit = match (agreed.is_empty(), draft.is_empty()) {
        (true, true) => return None,
        (true, false) => Edit::Insert,
        (false, true) => Edit::Delete,
        (false, false) => Edit::Replace,
    };
    Some(Departure { edit, agreed, draft })
}

/// Some words of two texts without those at their head that both have.
fn behind_same(agreed: &str, draft: &str, mut old: Span, mut new: Span) -> (Span, Span) {
    loop {
        (old, new) = (trimmed(agreed, old), trimmed(draft, new));
        let first = |text, span: Span| word_end(text, span) - span.start;
        let (was, is) = (first(agreed, old), first(draft, new));
        let is_same = was > 0
            && agreed.get(old.start..old.start + was) == draft.get(new.start..new.start + is);
        if !is_same {
            return (old, new);
        }
        (old.start, new.start) = (old.start + was, new.start + is);
    }
}

/// Some words without the gap before them.
fn trimmed(text: &str, words: Span) -> Span {
    Span::new(words.end - words.slice(text).trim_start().len(), words.end)
}

/// Where the first of some words ends.
fn word_end(text: &str, words: Span) -> usize {
    words.slice(text).find(' ').map_or(words.end, |len| words.start + len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::retold;

    #[test]
    fn what_is_edited_behind_a_telling() {
        let agreed = "Decides that the one-day meeting shall be held in May";
        for (draft, (old, new), wanted) in [
            (
                "Recalling that it decided that two-day meeting",
                ("Decides that the one", "Recalling that it decided that two"),
                Some((Edit::Replace, "the one", "two")),
            ),
            (
                "Recalling that it decided that the one-day meeting",
                ("Decides", "Recalling that it decided"),
                None,
            ),
            (
                "Recalling that it decided that the long one-day meeting",
                ("", "long"),
                Some((Edit::Insert, "", "long")),
            ),
        ] {
            let span = |text: &str, words: &str| {
                let start = text.find(words).unwrap_or_default();
                Span::new(start, start + words.len())
            };
            let (agreed_span, draft_span) = (span(agreed, old), span(draft, new));
            let edit = if old.is_empty() { Edit::Insert } else { Edit::Replace };
            let edit = Departure { edit, agreed: agreed_span, draft: draft_span };
            let found = behind_telling(agreed, draft, &edit, &retold(draft, agreed));
            let found = found.map(|d| (d.edit, d.agreed.slice(agreed), d.draft.slice(draft)));
            assert_eq!(found, wanted, "{draft}");
        }
    }
}
