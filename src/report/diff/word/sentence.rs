//! A change in; what happened to its paragraphs, in a sentence for a comment, out.

use super::super::Compared;
use super::super::concordance::labels;
use crate::model::{Change, ChangeKind, Paragraph};

/// Of what stays in its place: `Paragraph 12 was split into paragraphs 12 and 13.`; none where no more was done than the
/// tracked changes show.
pub(super) fn here(change: &Change, compared: Compared<'_>) -> Option<String> {
    let (was, now) = sides(change, compared);
    match change.kind {
        ChangeKind::Split => Some(format!("{} was split into {now}.", capital(&was))),
        ChangeKind::Merged => Some(format!("{} were merged into {now}.", capital(&was))),
        _ => None,
    }
}

/// Of what was taken out where it stood, and put in elsewhere: `Moved: it is paragraph 14 now.`
pub(super) fn gone(change: &Change, compared: Compared<'_>) -> String {
    let (_, now) = sides(change, compared);
    match change.kind {
        ChangeKind::Split => format!("Split into {now}."),
        ChangeKind::Merged => format!("Merged into {now}."),
        ChangeKind::Moved => format!("Moved: it is {now} now."),
        _ => format!("It is {now} now."),
    }
}

/// Of what was put in, and stood elsewhere before: `Moved: it was paragraph 12.`
pub(super) fn come(change: &Change, compared: Compared<'_>) -> String {
    let (was, _) = sides(change, compared);
    match change.kind {
        ChangeKind::Split => format!("Part of what was {was}."),
        ChangeKind::Merged => format!("Merged from {was}."),
        ChangeKind::Moved => format!("Moved: it was {was}."),
        _ => format!("It was {was}."),
    }
}

fn sides(change: &Change, compared: Compared<'_>) -> (String, String) {
    (named(compared.old_of(change)), named(compared.new_of(change)))
}

/// `paragraph 12`, `paragraphs 5, 6 and 7`; what is named with its article or annex goes by that.
fn named<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> String {
    let all: Vec<&Paragraph> = paragraphs.collect();
    let told = labels(all.iter().copied(), ", ");
    let told = match told.rsplit_once(", ") {
        Some((before, last)) if all.len() > 1 => format!("{before} and {last}"),
        _ => told,
    };
    // "Article 3, 2" says by itself what it is.
    let plain = all.iter().all(|paragraph| told.contains(&labels([*paragraph].into_iter(), "")));
    match all.len() {
        1 if plain && !told.contains(", ") => format!("paragraph {told}"),
        2.. if plain => format!("paragraphs {told}"),
        _ => told,
    }
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::model::Draft;

    fn draft(text: &str) -> Draft {
        crate::read::read("draft.md", text.as_bytes()).expect("a draft")
    }

    #[test]
    fn a_comment_says_what_happened() {
        let (lamps, boats, mills) = (
            "Lamps burn on every bridge of the town from dusk to dawn.",
            "Boats pass below the bridges on the left side of the river only.",
            "Mills stand still on Sundays and on the days of the great fair.",
        );
        for (old, new, wanted) in [
            (
                format!("1. {lamps} {boats}\n"),
                format!("1. {lamps}\n\n2. {boats}\n"),
                ["Paragraph 1 was split into paragraphs 1 and 2.", "", ""],
            ),
            (
                format!("1. {lamps}\n\n2. {boats}\n\n3. {mills}\n"),
                format!("1. {lamps} {boats} {mills}\n"),
                ["Paragraphs 1, 2 and 3 were merged into paragraph 1.", "", ""],
            ),
            (
                format!("1. {lamps}\n\n2. {boats}\n\n3. {mills}\n"),
                format!("1. {boats}\n\n2. {mills}\n\n3. {lamps}\n"),
                ["", "Moved: it is paragraph 3 now.", "Moved: it was paragraph 1."],
            ),
        ] {
            let (old, new) = (draft(&old), draft(&new));
            let comparison = compare(&old, &new);
            let compared =
                Compared { old: &old, new: &new, comparison: &comparison, library: None };
            let changed = |change: &&Change| change.moved || change.old.len() != change.new.len();
            let change = comparison.changes.iter().find(changed).expect("a change");
            let told = if change.moved {
                [String::new(), gone(change, compared), come(change, compared)]
            } else {
                [here(change, compared).unwrap_or_default(), String::new(), String::new()]
            };
            assert_eq!(told, wanted);
        }
    }
}
