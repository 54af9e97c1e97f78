//! A change in; what is told below its words out: its place, acts, brackets, sentences that moved, agreed language.

use super::brackets::Remark;
use super::concordance::label;
use super::{Compared, brackets, place};
use crate::model::shortened;
use crate::model::{ActChange, AsideKind, Change, Location, Op, Segment, Strength};
use crate::report::cited::Cited;

/// Everything told below the words of a change, a line each.
pub(in crate::report) fn notes(change: &Change, compared: Compared<'_>) -> Vec<String> {
    let mut told: Vec<String> = place::moved(change, compared).into_iter().collect();
    told.extend(struck(change, compared));
    told.extend(change.acts.iter().map(act));
    told.extend(brackets::remarks(change, compared).iter().map(Remark::told));
    told.extend(elsewhere(change, compared));
    told.extend(sources(change, compared));
    told
}

/// Of a paragraph that its author struck out as a whole before it came or went, the words: no redline has them.
fn struck(change: &Change, compared: Compared<'_>) -> Option<String> {
    let one_sided = change.old.is_empty() || change.new.is_empty();
    let paragraph = compared.paragraphs(change).next().filter(|p| one_sided && p.is_struck())?;
    let words = paragraph.asides.iter().filter(|aside| aside.kind == AsideKind::Struck);
    let words: Vec<&str> = words.map(|aside| aside.text.as_str()).collect();
    Some(format!("struck out as a whole by its author: {}", quoted(&words.join(" "))))
}

/// `urges → encourages: weaker`
fn act(act: &ActChange) -> String {
    let strength = match act.strength {
        Some(Strength::Weaker) => ": weaker",
        Some(Strength::Stronger) => ": stronger",
        Some(Strength::Reversed) => ": reversed",
        None => "",
    };
    format!("{} → {}{strength}", act.old, act.new)
}

pub(super) fn quoted(words: &str) -> String {
    format!("“{}”", shortened(&words.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Segments that follow one another and say the same of their words.
fn runs<K: PartialEq>(
    change: &Change,
    key: impl Fn(&Segment) -> Option<K>,
) -> Vec<(Op, K, Vec<String>)> {
    let mut out: Vec<(Op, K, Vec<String>)> = Vec::new();
    let changed = change.segments.iter().filter(|s| s.op != Op::Equal && !s.text.trim().is_empty());
    for (segment, key) in changed.filter_map(|segment| key(segment).map(|key| (segment, key))) {
        match out.last_mut() {
            Some((op, last, words)) if *op == segment.op && *last == key => {
                words.push(quoted(&segment.text));
            }
            _ => out.push((segment.op, key, vec![quoted(&segment.text)])),
        }
    }
    out
}

/// Words that were elsewhere before, or are now.
fn elsewhere(change: &Change, compared: Compared<'_>) -> Vec<String> {
    let told = runs(change, |segment| segment.elsewhere).into_iter();
    told.filter_map(|(op, at, words)| {
        let words = words.join(", ");
        match op {
            Op::Insert if change.old.contains(&at) => Some(format!("{words} moved within it")),
            Op::Delete if change.new.contains(&at) => None,
            Op::Insert => {
                Some(format!("{words} was in {}", label(compared.old.paragraphs.get(at)?)))
            }
            _ => Some(format!("{words} is now in {}", label(compared.new.paragraphs.get(at)?))),
        }
    })
    .collect()
}

/// Agreed paragraphs that words were taken from, or that have the words taken out.
fn sources(change: &Change, compared: Compared<'_>) -> Vec<String> {
    let told = runs(change, |segment| segment.source).into_iter();
    told.filter_map(|(op, location, words)| {
        let place = place(location, compared)?;
        let done = if op == Op::Insert { "put in" } else { "taken out" };
        Some(format!("{done}: {}, agreed in {place}", words.join(", ")))
    })
    .collect()
}

/// `A/RES/79/1, annex I, para. 21 (Global Digital Compact)`
fn place(location: Location, compared: Compared<'_>) -> Option<String> {
    let cited = Cited::of(compared.library?, location, None)?;
    Some(match cited.name() {
        Some(name) => format!("{} ({name})", cited.place()),
        None => cited.place(),
    })
}
