//! What a user limits a question to in; which references are meant, and in which order they are told, out.

use crate::model::{Entry, Library, When};
use crate::text::Folding;

/// Which end of time comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest agreed.
    #[default]
    Last,
    /// The first agreed.
    First,
}

/// The references that a question is about.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The organ that speaks, by its name, its beginning or its initials.
    pub organ: Option<String>,
    /// Only texts agreed on this day or later: a year, a month or a day (`2015`, `2015-12`, `2015-12-16`).
    pub since: Option<String>,
}

impl Scope {
    /// True for a reference that is meant.
    pub fn admits(&self, entry: &Entry) -> bool {
        self.speaks(entry) && self.is_since(entry) == Some(true)
    }

    /// True for a reference of the organ that is meant but of which nothing tells when it was agreed.
    pub fn loses(&self, entry: &Entry) -> bool {
        self.speaks(entry) && self.is_since(entry).is_none()
    }

    fn is_since(&self, entry: &Entry) -> Option<bool> {
        let Some(since) = &self.since else { return Some(true) };
        let when = When::of(&entry.text.front);
        // `2015` stands before `2015-12-16`; of a year alone, only the year can be held against the wish.
        let date = when.date()?;
        let shortest = date.len().min(since.len());
        Some(date.get(..shortest) >= since.get(..shortest))
    }

    fn speaks(&self, entry: &Entry) -> bool {
        let Some(wanted) = &self.organ else { return true };
        let Some(organ) = organ(entry) else { return false };
        let folding = Folding::general();
        let (name, own) = (folding.keys(organ), folding.keys(wanted));
        let whole = !own.is_empty() && name.windows(own.len()).any(|part| part == own);
        let short = wanted.trim().to_uppercase();
        let bare = short.strip_prefix("UN").filter(|rest| rest.len() > 1).unwrap_or(&short);
        whole || folding.keys(&short) == name || initials(organ) == bare
    }
}

/// The organs that speak in a library, with the number of their texts, those with most first.
pub fn organs(library: &Library) -> Vec<(String, usize)> {
    let mut organs: Vec<(String, usize)> = Vec::new();
    for name in library.entries.iter().filter_map(organ) {
        match organs.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => organs.push((name.to_owned(), 1)),
        }
    }
    organs.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    organs
}

/// How the symbols of an organ's texts begin.
const SERIES: [(&str, &str); 4] = [
    ("A/HRC/", "Human Rights Council"),
    ("A/", "General Assembly"),
    ("E/RES/", "Economic and Social Council"),
    ("S/", "Security Council"),
];

/// The organ that speaks in a reference: what it says itself, else what its symbol tells.
fn organ(entry: &Entry) -> Option<&str> {
    let front = &entry.text.front;
    let symbol = front.symbol.as_deref().unwrap_or_default();
    let told = SERIES.iter().find(|(series, _)| symbol.starts_with(series));
    front.body.as_deref().or(told.map(|(_, name)| *name))
}

/// `SC` of "Security Council".
fn initials(name: &str) -> String {
    let words = name.split([' ', '-']).filter(|word| word.starts_with(char::is_uppercase));
    words.filter_map(|word| word.chars().next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Draft, FrontMatter};

    fn entry(body: Option<&str>, symbol: &str, adopted: Option<&str>) -> Entry {
        let front = FrontMatter {
            symbol: Some(symbol.to_owned()),
            body: body.map(str::to_owned),
            adopted: adopted.map(str::to_owned),
            ..FrontMatter::default()
        };
        Entry::new(Draft { front, ..Draft::default() })
    }

    #[test]
    fn organs_by_name_and_in_short() {
        let assembly = entry(Some("General Assembly"), "A/RES/70/125", None);
        let council = entry(None, "A/HRC/RES/50/15", None);
        let ecosoc = entry(Some("Economic and Social Council"), "E/RES/2024/13", None);
        for (organ, wanted) in [
            ("GA", [true, false, false]),
            ("unga", [true, false, false]),
            ("general assembly", [true, false, false]),
            ("HRC", [false, true, false]),
            ("ecosoc", [false, false, true]),
            ("Council", [false, true, true]),
            ("Security Council", [false, false, false]),
        ] {
            let scope = Scope { organ: Some(organ.to_owned()), since: None };
            assert_eq!([&assembly, &council, &ecosoc].map(|e| scope.admits(e)), wanted, "{organ}");
        }
    }

    #[test]
    fn since_a_year_or_a_day() {
        let day = entry(None, "X", Some("2015-12-16"));
        let session = entry(None, "A/RES/70/1", None);
        let none = entry(None, "X", None);
        for (since, wanted) in [
            ("2015", [true, true, false]),
            ("2015-12-17", [false, true, false]),
            ("2016", [false, false, false]),
        ] {
            let scope = Scope { organ: None, since: Some(since.to_owned()) };
            assert_eq!([&day, &session, &none].map(|e| scope.admits(e)), wanted, "{since}");
            assert!(scope.loses(&none) && !scope.loses(&day));
        }
    }
}
