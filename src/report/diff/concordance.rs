//! Changes in; which number became which, and all of it on one line, out.

use super::{Compared, section};
use crate::model::{Change, Paragraph};

/// What a paragraph is called beside others of its draft: its number as printed, `annex I, 9` and `Article 3, 9` where
/// numbers start anew; its id where it has none. It stays on one line.
pub(in crate::report) fn label(paragraph: &Paragraph) -> String {
    lead(paragraph) + &own(paragraph)
}

/// What a paragraph is called where it is known below which heading it stands.
pub(super) fn own(paragraph: &Paragraph) -> String {
    paragraph.shown_number().unwrap_or_else(|| paragraph.id.clone()).replace(' ', "\u{a0}")
}

/// What stands before the number of a paragraph.
fn lead(paragraph: &Paragraph) -> String {
    match paragraph.number {
        Some(_) => section::lead(paragraph).replace(' ', "\u{a0}"),
        None => String::new(),
    }
}

/// `14, 15`; of paragraphs that are all in one section, it is named once: `Article 3, 14, 15`.
pub(super) fn labels<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>, between: &str) -> String {
    labels_below("", paragraphs, between)
}

/// The same, without the section where it is `known`.
pub(super) fn labels_below<'p>(
    known: &str,
    paragraphs: impl Iterator<Item = &'p Paragraph>,
    between: &str,
) -> String {
    let all: Vec<&Paragraph> = paragraphs.collect();
    let shared = section_of(all.iter().copied());
    let each: Vec<String> =
        all.iter().map(|p| if shared.is_some() { own(p) } else { label(p) }).collect();
    shared.filter(|shared| shared != known).unwrap_or_default() + &each.join(between)
}

/// `12 → 14`, `Article 3, 12 → 14`
pub(in crate::report) fn became(old: &Paragraph, new: &Paragraph) -> String {
    let section = section_of([old, new].into_iter()).unwrap_or_default();
    let told = |paragraph| labels_below(&section, std::iter::once(paragraph), "");
    let arrow = if lead(old) == lead(new) { "\u{a0}→\u{a0}" } else { " → " };
    format!("{section}{}{arrow}{}", told(old), told(new))
}

/// What stands before the numbers of paragraphs, where it is the same for all that have one.
pub(super) fn section_of<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> Option<String> {
    let mut leads = paragraphs.filter(|p| p.number.is_some()).map(lead);
    let first = leads.next()?;
    leads.all(|lead| lead == first).then_some(first)
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
        Some(Self { lead: lead(paragraph), sign, first: number, last: number })
    }

    fn continues(&self, next: &Self) -> bool {
        (&self.lead, self.sign) == (&next.lead, next.sign) && next.first == self.last + 1
    }

    /// What it is called, without its section where that is `known`.
    fn told(&self, known: &str) -> String {
        let Self { lead, sign, first, last } = self;
        let lead = if lead == known { "" } else { lead.as_str() };
        if first == last {
            format!("{lead}{sign}{first}")
        } else {
            format!("{lead}{sign}{first}–{sign}{last}")
        }
    }
}

/// Paragraphs as people name them: runs of numbers as ranges, `1–13, 13 bis, 14`.
pub(in crate::report) fn ranges<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> String {
    let mut told: Vec<(&Paragraph, Option<Range>)> = Vec::new();
    for paragraph in paragraphs {
        let range = Range::of(paragraph);
        match (told.last_mut(), range) {
            (Some((_, Some(run))), Some(next)) if run.continues(&next) => run.last = next.last,
            (_, range) => told.push((paragraph, range)),
        }
    }
    let (mut out, mut known) = (String::new(), String::new());
    for (paragraph, range) in told {
        let own = lead(paragraph);
        out.push_str(match (out.is_empty(), own == known) {
            (true, _) => "",
            (false, true) => ", ",
            (false, false) => "; ",
        });
        out.push_str(&match range {
            Some(range) => range.told(&known),
            None => labels_below(&known, std::iter::once(paragraph), ""),
        });
        known = own;
    }
    out
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

    fn told(&self, known: &str) -> String {
        let told = match self {
            Self::Shift(old, new) => format!("{} → {}", old.told(known), new.told(known)),
            Self::Gone(range) => format!("{} gone", range.told(known)),
            Self::New(range) => format!("{} new", range.told(known)),
            Self::Told(text) => text.clone(),
        };
        // An entry is not torn apart at the end of a line, unless it is long.
        if told.chars().count() <= 32 { told.replace(' ', "\u{a0}") } else { told }
    }
}

/// `Numbers: 12 → 14 · 13 → 15, 16 · 14 + 15 → 17 · 18 gone · 3 bis new`: every printed number that is not what it was; a
/// line for each section in a row whose numbers start anew, `Numbers in Article 3: 2 → 3`. Nothing where all numbers are.
pub(super) fn lines(compared: Compared<'_>) -> Vec<String> {
    let mut sections: Vec<(String, Vec<Entry>)> = Vec::new();
    for change in compared.changes() {
        let section = section_of(compared.paragraphs(change)).unwrap_or_default();
        let Some(entry) = entry(change, compared, &section) else { continue };
        match sections.last_mut() {
            Some((last, entries)) if *last == section => {
                if !entries.last_mut().is_some_and(|last| last.takes(&entry)) {
                    entries.push(entry);
                }
            }
            _ => sections.push((section, vec![entry])),
        }
    }
    let line = |(section, entries): &(String, Vec<Entry>)| {
        let told: Vec<String> = entries.iter().map(|entry| entry.told(section)).collect();
        let named = match section.trim_end_matches([',', '\u{a0}']) {
            "" => String::new(),
            section => format!(" in {section}"),
        };
        format!("Numbers{named}: {}", told.join(" · "))
    };
    sections.iter().map(line).collect()
}

fn entry(change: &Change, compared: Compared<'_>, section: &str) -> Option<Entry> {
    let numbered = compared.paragraphs(change).any(|paragraph| paragraph.number.is_some());
    let old = labels_below(section, compared.old_of(change), " + ");
    let new = labels_below(section, compared.new_of(change), ", ");
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
            (vec![of("9", None), of("1", Some("I")), of("2", Some("I"))], "9; annex I, 1–2"),
            (
                vec![of("1", Some("annex")), of("2", Some("appendix II"))],
                "annex, 1; appendix II, 2",
            ),
            (vec![of("9999999", None), of("10000000", None)], "9999999, 10000000"),
        ] {
            assert_eq!(ranges(paragraphs.iter()).replace('\u{a0}', " "), wanted);
        }
    }
}
