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
        ChangeKind::Split => format!("Split off from {was}."),
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
