//! Changes in; which number became which, and all of it on one line, out.

use super::Compared;
use crate::model::{Change, Paragraph};

/// What a paragraph is called beside others of its draft: its number as printed, `annex I, 9` in an annex; its id
/// where it has none. It stays on one line.
pub(in crate::report) fn label(paragraph: &Paragraph) -> String {
    let own = match (paragraph.shown_number(), &paragraph.annex) {
        (Some(number), Some(annex)) => format!("{}{number}", lead(annex)),
        (Some(number), None) => number,
        (None, _) => paragraph.id.clone(),
    };
    own.replace(' ', "\u{a0}")
}

/// `annex I, `; an annex without a number is called `annex`, an appendix `appendix II` already.
fn lead(annex: &str) -> String {
    let named = annex.starts_with(char::is_lowercase);
    if named { format!("{annex}, ") } else { format!("annex {annex}, ") }
}

/// `14, 15`
pub(super) fn labels<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>, between: &str) -> String {
    paragraphs.map(label).collect::<Vec<_>>().join(between)
}

/// Paragraphs of one side that follow one another: `5–20`, `annex I, 5–20`, `pp3–pp5`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Range {
    /// What stands before the first number.
    lead: String,
    /// What stands before every number.
    sign: &'static str,
    first: usize,
    last: usize,
}

impl Range {
    fn of(paragraph: &Paragraph) -> Option<Self> {
        let (digits, sign) = match (&paragraph.number, paragraph.bracketed) {
            (Some(number), false) => (number.as_str(), ""),
            (None, _) => (paragraph.id.strip_prefix("pp")?, "pp"),
            _ => return None,
        };
        let plain = digits.len() <= 6 && digits.bytes().all(|b| b.is_ascii_digit());
        let number = plain.then(|| digits.parse().ok())??;
        let annex = paragraph.annex.as_deref().filter(|_| sign.is_empty());
        let lead = annex.map_or(String::new(), lead).replace(' ', "\u{a0}");
        Some(Self { lead, sign, first: number, last: number })
    }

    fn continues(&self, next: &Self) -> bool {
        (&self.lead, self.sign) == (&next.lead, next.sign) && next.first == self.last + 1
    }

    fn told(&self) -> String {
        let Self { lead, sign, first, last } = self;
        if first == last {
            format!("{lead}{sign}{first}")
        } else {
            format!("{lead}{sign}{first}–{sign}{last}")
        }
    }
}

/// Paragraphs as people name them: runs of numbers as ranges, `1–13, 13 bis, 14`.
pub(super) fn ranges<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> String {
    let mut told: Vec<(String, Option<Range>)> = Vec::new();
    for paragraph in paragraphs {
        let range = Range::of(paragraph);
        match (told.last_mut(), range) {
            (Some((_, Some(run))), Some(next)) if run.continues(&next) => run.last = next.last,
            (_, range) => told.push((label(paragraph), range)),
        }
    }
    let told = told.into_iter().map(|(label, range)| range.map_or(label, |range| range.told()));
    told.collect::<Vec<_>>().join(", ")
}

/// One entry of the line.
enum Entry {
    /// Paragraphs in a row that became paragraphs in a row.
    Shift(Range, Range),
    Gone(Range),
    New(Range),
    Told(String),
}

impl Entry {
    /// Takes `next` up, where it goes on as this one does.
    fn takes(&mut self, next: &Self) -> bool {
        let goes_on = match (&*self, next) {
            (Self::Shift(a, b), Self::Shift(c, d)) => a.continues(c) && b.continues(d),
            (Self::Gone(a), Self::Gone(b)) | (Self::New(a), Self::New(b)) => a.continues(b),
            _ => false,
        };
        if goes_on {
            match (self, next) {
                (Self::Shift(a, b), Self::Shift(c, d)) => (a.last, b.last) = (c.last, d.last),
                (Self::Gone(a), Self::Gone(b)) | (Self::New(a), Self::New(b)) => a.last = b.last,
                _ => {}
            }
        }
        goes_on
    }

    fn told(&self) -> String {
        let told = match self {
            Self::Shift(old, new) => format!("{} → {}", old.told(), new.told()),
            Self::Gone(range) => format!("{} gone", range.told()),
            Self::New(range) => format!("{} new", range.told()),
            Self::Told(text) => text.clone(),
        };
        // An entry is not torn apart at the end of a line, unless it is long.
        if told.chars().count() <= 32 { told.replace(' ', "\u{a0}") } else { told }
    }
}

/// `12 → 14 · 13 → 15, 16 · 14 + 15 → 17 · 18 gone · 3 bis new`: every printed number that is not what it was. None
/// where all numbers are.
pub(super) fn line(compared: Compared<'_>) -> Option<String> {
    let mut entries: Vec<Entry> = Vec::new();
    for entry in compared.changes().iter().filter_map(|change| entry(change, compared)) {
        if !entries.last_mut().is_some_and(|last| last.takes(&entry)) {
            entries.push(entry);
        }
    }
    let told: Vec<String> = entries.iter().map(Entry::told).collect();
    (!told.is_empty()).then(|| told.join(" · "))
}

fn entry(change: &Change, compared: Compared<'_>) -> Option<Entry> {
    let numbered = compared.paragraphs(change).any(|paragraph| paragraph.number.is_some());
    let (old, new) =
        (labels(compared.old_of(change), " + "), labels(compared.new_of(change), ", "));
    if !numbered || old == new {
        return None;
    }
    let mut sides = (compared.old_of(change), compared.new_of(change));
    let ranges = (sides.0.next().and_then(Range::of), sides.1.next().and_then(Range::of));
    Some(match (change.old.as_slice(), change.new.as_slice(), ranges) {
        ([_], [_], (Some(old), Some(new))) => Entry::Shift(old, new),
        ([_], [], (Some(old), _)) => Entry::Gone(old),
        ([], [_], (_, Some(new))) => Entry::New(new),
        (_, [], _) => Entry::Told(format!("{old} gone")),
        ([], _, _) => Entry::Told(format!("{new} new")),
        _ => Entry::Told(format!("{old} → {new}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_row_are_ranges() {
        let of = |number: &str, annex: Option<&str>| Paragraph {
            id: number.to_owned(),
            number: Some(number.to_owned()).filter(|number| !number.starts_with("pp")),
            annex: annex.map(str::to_owned),
            ..Paragraph::default()
        };
        let bracketed = Paragraph { bracketed: true, ..of("5", None) };
        for (paragraphs, wanted) in [
            (vec![], ""),
            (vec![of("1", None)], "1"),
            (vec![of("pp1", None), of("pp2", None), of("1", None)], "pp1–pp2, 1"),
            (vec![of("1", None), of("2", None), of("2 bis", None), of("3", None)], "1–2, 2 bis, 3"),
            (vec![of("4", None), bracketed, of("6", None)], "4, [5], 6"),
            (vec![of("9", None), of("1", Some("I")), of("2", Some("I"))], "9, annex I, 1–2"),
            (
                vec![of("1", Some("annex")), of("2", Some("appendix II"))],
                "annex, 1, appendix II, 2",
            ),
            (vec![of("9999999", None), of("10000000", None)], "9999999, 10000000"),
        ] {
            assert_eq!(ranges(paragraphs.iter()).replace('\u{a0}', " "), wanted);
        }
    }
}
