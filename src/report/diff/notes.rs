//! A change in; what is told below its words out: acts, brackets, sentences that moved, agreed language.

use super::Compared;
use super::concordance::label;
use crate::model::shortened;
use crate::model::{ActChange, Change, Differs, Location, Op, Segment, Strength};
use crate::report::cited::Cited;

/// Everything told below the words of a change, a line each.
pub(super) fn notes(change: &Change, compared: Compared<'_>) -> Vec<String> {
    let mut told: Vec<String> = change.acts.iter().map(act).collect();
    told.extend(brackets(change));
    told.extend(elsewhere(change, compared));
    told.extend(sources(change, compared));
    told
}

/// `urges → encourages: weaker`
fn act(act: &ActChange) -> String {
    let strength = match act.strength {
        Some(Strength::Weaker) => ": weaker",
        Some(Strength::Stronger) => ": stronger",
        None => "",
    };
    format!("{} → {}{strength}", act.old, act.new)
}

/// What happened to the brackets of a change.
pub(super) fn brackets(change: &Change) -> Vec<String> {
    let sides = [
        (Op::Insert, "brackets opened around", "a bracket opened"),
        (Op::Delete, "brackets lifted from", "a bracket lifted"),
    ];
    let told = sides.into_iter().filter(|(op, ..)| sets_brackets(change, *op));
    told.map(|(op, around, single)| match within(change, op) {
        words if words.is_empty() => single.to_owned(),
        words => format!("{around} {}", words.join(", ")),
    })
    .collect()
}

/// True where brackets alone were put in (`Op::Insert`) or taken out (`Op::Delete`).
pub(super) fn sets_brackets(change: &Change, op: Op) -> bool {
    change.segments.iter().any(|s| s.op == op && s.differs == Differs::Status)
}

/// The words within the brackets that one side has and the other has not; of brackets within others the outer ones.
fn within(change: &Change, side: Op) -> Vec<String> {
    let mut text = String::new();
    // Where each bracket opened, and whether it is a change of status.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for segment in change.segments.iter().filter(|s| s.op == side || s.op == Op::Equal) {
        let status = segment.differs == Differs::Status;
        for (at, c) in segment.text.char_indices().filter(|_| segment.op == side) {
            match c {
                '[' => open.push((text.len() + at + 1, status)),
                ']' => {
                    // The other bracket may have come with other words.
                    let pair = open.pop().filter(|(_, opening)| *opening || status);
                    found.extend(pair.map(|(start, _)| (start, text.len() + at)));
                }
                _ => {}
            }
        }
        text.push_str(&segment.text);
    }
    found.sort_unstable_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
    let mut done = 0;
    found.retain(|(start, end)| {
        let outer = *start >= done;
        done = done.max(*end);
        outer
    });
    let words = found.iter().filter_map(|(start, end)| text.get(*start..*end));
    words.filter(|words| !words.trim().is_empty()).map(quoted).collect()
}

fn quoted(words: &str) -> String {
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
