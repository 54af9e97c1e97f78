//! A symbol that nothing is known by in; the one that was probably meant, or why it cannot exist, out.

use std::collections::BTreeMap;

use super::case::Case;
use super::series;
use super::words::words;
use crate::model::{Citation, CitationForm, Entry, Library, Paragraph, Span, symbol_key};
use crate::text::{date_in_words, leading_date, leading_month, trailing_date};

/// Documents of a series that may be cited, roughly: those of eighty sessions of the General Assembly. A symbol that is
/// one slip away from a held one is no accident only where few of these are held.
const SERIES: usize = 20_000;

/// By so many slips of one figure a number like 70/125 becomes another one: two figures exchanged, and one figure
/// replaced, left out or doubled.
const EXCHANGED: usize = 4;
const REPLACED: usize = 45;

/// At most so often (0..1) a held symbol may be one slip away by accident.
const ACCIDENT: f64 = 0.05;

/// The symbols of a library's references, made ready for comparing.
#[derive(Debug)]
pub struct Symbols<'c>(BTreeMap<String, Vec<&'c Entry>>);

impl<'c> Symbols<'c> {
    /// Takes up the symbols of all its references.
    pub fn of(library: &'c Library) -> Self {
        let mut all: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
        for entry in &library.entries {
            for own in entry.text.front.symbols() {
                all.entry(symbol_key(own)).or_default().push(entry);
            }
        }
        Self(all)
    }

    /// The references that have this symbol.
    pub(super) fn at(&self, symbol: &str) -> &[&'c Entry] {
        self.0.get(&symbol_key(symbol)).map_or(&[], Vec::as_slice)
    }

    /// What the library says took the place of the text with this symbol.
    pub(super) fn superseded(&self, symbol: &str) -> Option<&'c str> {
        let mut all = self.at(symbol).iter();
        all.find_map(|entry| entry.text.front.superseded_by.as_deref())
    }

    /// Those that are one slip away from a symbol.
    fn near(&self, symbol: &str) -> Vec<(&'c Entry, Slip)> {
        let near = self.0.iter().filter_map(|(own, entries)| Some((slip(symbol, own)?, entries)));
        near.flat_map(|(slip, entries)| entries.iter().map(move |entry| (*entry, slip))).collect()
    }
}

/// The reference that was meant by a symbol which is not held, where there is evidence for one: it is one slip away, and
/// its title or its date stands beside the symbol, or the library is so small that this cannot well be an accident.
///
/// Resolutions are adopted in batches, so neighbours in number are often of one day: a date is evidence only where two
/// figures changed places.
pub(super) fn meant<'c>(
    case: &Case<'c>,
    paragraph: &Paragraph,
    citation: &Citation,
) -> Option<&'c Entry> {
    let symbol = symbol_key(citation.symbol.as_deref()?);
    let mut near = case.symbols.near(&symbol);
    near.retain(|(entry, _)| !case.is_later(entry));
    let words = words_behind(case, paragraph, citation);
    if let Some(date) = date_of(paragraph, citation) {
        // A date that is given is the evidence: without it a slip is no more than a neighbour.
        let fits = |(entry, slip): &&(&Entry, Slip)| {
            entry.text.front.adopted.as_ref().is_some_and(|adopted| adopted.starts_with(&date))
                && (*slip == Slip::Exchanged || is_titled(case, entry, &words))
        };
        return near.iter().find(fits).map(|(entry, _)| *entry);
    }
    let titled = |(entry, _): &&(&Entry, Slip)| {
        is_of_session(entry, &symbol) && is_titled(case, entry, &words)
    };
    if let Some((entry, _)) = near.iter().find(titled) {
        return Some(entry);
    }
    // A document that is held may well be the one that is meant.
    if citation.resolved() {
        return None;
    }
    let accident = |slip: Slip| {
        let ways = if slip == Slip::Exchanged { EXCHANGED } else { REPLACED };
        (ways * case.library.entries.len()) as f64 / SERIES as f64
    };
    match near.as_slice() {
        [(entry, slip)] if accident(*slip) <= ACCIDENT => Some(entry),
        _ => None,
    }
}

/// The words that stand behind a citation, where its document is named.
fn words_behind(case: &Case<'_>, paragraph: &Paragraph, citation: &Citation) -> Vec<u64> {
    let behind = paragraph.text.get(citation.span.end..).unwrap_or_default();
    let near_by: String = behind.chars().take(NEAR).collect();
    case.folding.keys(&near_by)
}

/// The reference that was meant by the symbol of another one which is held too: the title of the one that was meant stands
/// behind the symbol, and that of the other does not.
pub(super) fn mistaken<'c>(
    case: &Case<'c>,
    paragraph: &Paragraph,
    citation: &Citation,
) -> Option<&'c Entry> {
    let own = case.entry(citation.reference?)?;
    if citation.form == CitationForm::Name {
        return None;
    }
    let behind = undated(paragraph.text.get(citation.span.end..)?.trim_start());
    // What is named behind a comma may be another document.
    let names = ["on ", "entitled ", "(", "“", "\""].iter().any(|sign| behind.starts_with(sign));
    let words = words_behind(case, paragraph, citation);
    let is_other = names && !is_titled(case, own, &words);
    if date_of(paragraph, citation).is_none() {
        return is_other.then(|| meant(case, paragraph, citation)).flatten();
    }
    // A date is that of many, and further on another number may be named with its title.
    let symbol = symbol_key(citation.symbol.as_deref()?);
    let near = if is_other { case.symbols.near(&symbol) } else { Vec::new() };
    let words = case.folding.keys(behind);
    let mut near = near.into_iter().map(|(entry, _)| entry).filter(|own| !case.is_later(own));
    near.find(|entry| is_of_session(entry, &symbol) && opens_with_title(case, entry, &words))
}

/// True for a document of the session of a symbol: the resolutions of other years on one matter have one title.
pub(super) fn is_of_session(entry: &Entry, symbol: &str) -> bool {
    entry.text.front.symbols().any(|own| series(&symbol_key(own)) == series(symbol))
}

/// True where the title of a document is the first that these words name: "on the promotion of …".
fn opens_with_title(case: &Case<'_>, entry: &Entry, words: &[u64]) -> bool {
    const LEAD: usize = 2;
    let front = &entry.text.front;
    front.title.iter().chain(&front.names).any(|title| {
        let title = case.folding.keys(title);
        let starts = words.windows(title.len().max(1)).take(LEAD + 1);
        title.len() >= TITLE && starts.into_iter().any(|window| window == title)
    })
}

/// What follows the date that a text begins with, "of 19 December 2023 | on the rights of pilots".
pub(super) fn undated(text: &str) -> &str {
    const DATE: usize = 3;
    let date = text.strip_prefix("of ").filter(|date| leading_date(date).is_some());
    let rest = date.and_then(|date| date.splitn(DATE + 1, [' ', '\u{a0}']).nth(DATE));
    rest.map_or(text, str::trim_start)
}

/// `A/RES/70` of `A/RES/70/125`: what a symbol shares with those of its session.
fn series(symbol: &str) -> Option<&str> {
    symbol.rsplit_once('/').map(|(series, _)| series)
}

/// Within so many characters behind its number a document is named.
const NEAR: usize = 600;

/// A title of fewer words than this may stand in a text by accident.
const TITLE: usize = 4;

/// True where the title of a document stands among these words, which follow the citation.
fn is_titled(case: &Case<'_>, entry: &Entry, words: &[u64]) -> bool {
    let front = &entry.text.front;
    front.title.iter().chain(&front.names).any(|title| {
        let title = case.folding.keys(title);
        title.len() >= TITLE && words.windows(title.len()).any(|window| window == title)
    })
}

/// The symbol that a resolution's number was probably meant to be, where session and number changed places: "125/70",
/// which no session can have yet, for `A/RES/70/125`.
pub(super) fn turned(symbols: &Symbols<'_>, symbol: &str) -> Option<String> {
    let (session, number) = symbol.strip_prefix("A/RES/")?.split_once('/')?;
    let turned = format!("A/RES/{number}/{session}");
    let is_held = !symbols.at(&turned).is_empty();
    let (session, number): (u32, u32) = (session.parse().ok()?, number.parse().ok()?);
    (session >= FAR || is_held && session > number).then_some(turned)
}

/// The General Assembly holds its hundredth session in 2045.
const FAR: u32 = 100;

/// Symbols of resolutions whose parts stand in another order, with the right one: `A/70/RES/125`.
pub(super) fn disordered(text: &str) -> impl Iterator<Item = (Span, String)> + '_ {
    text.match_indices("/RES/").filter_map(move |(at, sign)| {
        let (before, after) = (text.get(..at)?, text.get(at + sign.len()..)?);
        let session = before.rsplit('/').next().filter(|s| is_number(s))?;
        let organ = before.strip_suffix(session)?.strip_suffix('/')?;
        let organ = organ.rsplit(|c: char| !c.is_ascii_uppercase()).next()?;
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let number = after.get(..digits).filter(|number| is_number(number))?;
        let start = at - session.len() - 1 - organ.len();
        let span = Span::new(start, at + sign.len() + digits);
        matches!(organ, "A" | "E" | "S").then(|| (span, format!("{organ}/RES/{session}/{number}")))
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The date that a text gives for a document beside naming it, as far as it gives one, `2015-12-16` or `2015-12`: "resolution
/// 70/125 of 16 December 2015", "its resolution of December 2015 (A/RES/70/125)".
pub(super) fn date_of(paragraph: &Paragraph, citation: &Citation) -> Option<String> {
    let text = paragraph.text.as_str();
    let behind = text.get(citation.span.end..)?.trim_start();
    // What is named was perhaps adopted long before the resolution that took it up.
    let is_named = citation.form == CitationForm::Name;
    let signs = words("dated").get(..if is_named { 1 } else { words("dated").len() })?;
    let dated = |sign: &&str| {
        let date = behind.strip_prefix(*sign)?;
        let is_apart = sign.ends_with('(') || date.starts_with(char::is_whitespace);
        leading_date(date).or_else(|| leading_month(date)).filter(|_| is_apart)
    };
    let before = || {
        let before = text.get(..citation.span.start)?.trim_end().strip_suffix('(')?;
        let (date, rest) = trailing_date(before)?;
        words("dated before").iter().any(|sign| rest.ends_with(sign)).then_some(date)
    };
    let found = signs.iter().find_map(dated);
    found.or_else(|| before().filter(|_| !is_named))
}

/// The document that a name stands for where another one's symbol, a slip away, stands behind it in parentheses: "the 2030
/// Agenda for Sustainable Development (resolution 70/11)".
pub(super) fn misnumbered<'p>(
    paragraph: &Paragraph,
    all: &'p [Citation],
    citation: &Citation,
) -> Option<&'p Citation> {
    let symbol = symbol_key(citation.symbol.as_deref()?);
    all.iter().find(|named| {
        let between = paragraph.text.get(named.span.end..citation.span.start);
        let of_name = || named.symbol.as_deref().map(symbol_key);
        named.form == CitationForm::Name
            && between.is_some_and(|between| between.trim() == "(")
            && of_name().is_some_and(|meant| slip(&symbol, &meant).is_some())
    })
}

/// Why a resolution cannot be of the date that is given for it, where it cannot: by the library, else by how its organ
/// numbers its resolutions.
pub(super) fn misdated(symbols: &Symbols<'_>, citation: &Citation, date: &str) -> Option<String> {
    let symbol = citation.symbol.as_deref()?;
    // A resolution in parts may be held as one, and each part has its own date; the library may hold an annex of it alone,
    // which was adopted with it.
    let all = symbols.at(symbol).iter();
    let adopted = all.filter_map(|entry| entry.text.front.adopted.as_deref());
    let adopted: Vec<&str> = adopted.filter(|adopted| adopted.len() >= date.len()).collect();
    match adopted.as_slice() {
        [] => series::misdated(symbol, date),
        [first, ..] => {
            let fits = adopted.iter().any(|adopted| adopted.starts_with(date));
            (!fits).then(|| format!("it was adopted on {}", date_in_words(first)))
        }
    }
}

/// How a symbol was mistaken for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    /// Two neighbouring figures changed places.
    Exchanged,
    /// A figure was replaced, left out, or put in.
    Replaced,
}

/// The slip that makes `written` of `meant`; only figures slip, for the letters of a symbol tell its series.
fn slip(written: &str, meant: &str) -> Option<Slip> {
    let (a, b) = (written.as_bytes(), meant.as_bytes());
    let first = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(first..)?, b.get(first..)?);
    let last = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(..a.len().checked_sub(last)?)?, b.get(..b.len().checked_sub(last)?)?);
    let figures = |side: &[u8]| side.iter().all(u8::is_ascii_digit);
    match (a, b) {
        _ if !figures(a) || !figures(b) => None,
        ([x, y], [v, w]) if x == w && y == v => Some(Slip::Exchanged),
        ([_], [_]) | ([_], []) | ([], [_]) => Some(Slip::Replaced),
        _ => None,
    }
}

/// The newest session and year that a draft can cite.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sessions {
    year: Option<u32>,
}

impl Sessions {
    /// By the date the draft gives of itself, and the newest text of the library, whichever is later.
    pub(super) fn of(case: &Case<'_>) -> Self {
        let front = &case.annotation.draft.front;
        let year = |date: &String| date.get(..4).and_then(|year| year.parse().ok());
        let own = [&front.date, &front.adopted].into_iter().flatten().filter_map(year).max();
        let held = case.library.entries.iter().filter_map(|e| e.text.front.adopted.as_ref());
        // Only a draft that is dated can be said to cite what is not there yet.
        Self {
            year: own.map(|own: u32| held.filter_map(year).max().map_or(own, |held| held.max(own))),
        }
    }

    /// Why there can be no such document yet, where there cannot.
    pub(super) fn impossible(self, symbol: &str) -> Option<String> {
        let newest = self.year?;
        let mut parts = symbol.split('/');
        match (parts.next()?, parts.next()?, parts.next()?) {
            ("A", "RES", session) => {
                let session: u32 = session.parse().ok()?;
                // The first session was in 1946, and each begins in autumn.
                let opens = session + 1945;
                (opens > newest + 1).then(|| format!("session {session} opens in {opens}"))
            }
            ("E", "RES", year) => {
                let year: u32 = year.parse().ok()?;
                (year > newest + 1).then(|| format!("it would be of {year}"))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_in_disorder() {
        for (text, wanted) in [
            ("see A/70/RES/125, para. 9", &[("A/70/RES/125", "A/RES/70/125")][..]),
            ("see A/RES/70/125 and A/HRC/RES/50/15", &[]),
            ("A/70/RES/XX and 70/RES/1", &[]),
        ] {
            let found: Vec<(Span, String)> = disordered(text).collect();
            let found: Vec<(&str, &str)> =
                found.iter().map(|(span, meant)| (span.slice(text), meant.as_str())).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn slips_of_one_figure() {
        for (written, meant, wanted) in [
            ("A/RES/70/152", "A/RES/70/125", Some(Slip::Exchanged)),
            ("A/RES/70/12", "A/RES/70/125", Some(Slip::Replaced)),
            ("A/RES/70/1255", "A/RES/70/125", Some(Slip::Replaced)),
            ("A/RES/71/125", "A/RES/70/125", Some(Slip::Replaced)),
            ("A/RES/70/125", "A/RES/70/125", None),
            ("A/RES/70/521", "A/RES/70/125", None),
            ("E/RES/70/125", "A/RES/70/125", None),
            ("A/RES/70/125B", "A/RES/70/125A", None),
        ] {
            assert_eq!(slip(written, meant), wanted, "{written}");
        }
    }
}
