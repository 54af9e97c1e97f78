//! What a user limits a question to in; which references are meant out.

use super::{Entry, Library, When};
use crate::text::{Folding, Organ};

/// The references that a question is about; all where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The organ that speaks: words of its name, its initials or usual abbreviation (GA, ECOSOC), or the beginning of
    /// its symbols (A/C.3).
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

    /// True when a library holds a text of the organ that is meant, of whatever time.
    pub fn is_held(&self, library: &Library) -> bool {
        self.organ.is_none() || library.entries.iter().any(|entry| self.speaks(entry))
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
        let wanted = wanted.trim();
        if wanted.contains('/') {
            let wanted = wanted.to_uppercase();
            let mut symbols = entry.text.front.symbols();
            return symbols.any(|symbol| symbol.to_uppercase().starts_with(&wanted));
        }
        let folding = Folding::general();
        let (asked, upper) = (folding.keys(wanted), wanted.to_uppercase());
        let bare = upper.strip_prefix("UN").filter(|rest| rest.len() > 1).unwrap_or(&upper);
        let called = |organ: &str| {
            let name = folding.keys(organ);
            let part = !asked.is_empty() && name.windows(asked.len()).any(|part| part == asked);
            let short = Organ::named(organ).is_some_and(|organ| organ.is_short(wanted));
            part || short || initials(organ) == bare || folding.keys(&upper) == name
        };
        organs_of(entry).any(called)
    }
}

/// The organs that speak in a library, with the number of their texts, those with most first.
pub fn organs(library: &Library) -> Vec<(String, usize)> {
    let mut organs: Vec<(String, usize)> = Vec::new();
    for name in library.entries.iter().filter_map(|entry| organs_of(entry).next()) {
        match organs.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => organs.push((name.to_owned(), 1)),
        }
    }
    organs.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    organs
}

/// The organ that speaks in a reference: what it says itself and, where that is no organ known by this name (a
/// committee, a name in another language), those that its symbols tell.
fn organs_of(entry: &Entry) -> impl Iterator<Item = &str> {
    let front = &entry.text.front;
    let known = front.body.as_deref().and_then(Organ::named).map(|organ| organ.name);
    let first = known.or(front.body.as_deref());
    let told = front.symbols().filter(move |_| known.is_none()).filter_map(Organ::of_symbol);
    first.into_iter().chain(told.map(|organ| organ.name))
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
            symbol: Some(symbol.to_owned()).filter(|symbol| !symbol.is_empty()),
            body: body.map(str::to_owned),
            adopted: adopted.map(str::to_owned),
            ..FrontMatter::default()
        };
        Entry::new(Draft { front, ..Draft::default() })
    }

    #[test]
    fn organs_by_name_in_short_and_by_symbol() {
        let entries = [
            entry(Some("General Assembly"), "A/RES/70/125", None),
            entry(None, "A/HRC/RES/50/15", None),
            entry(Some("Economic and Social Council"), "E/RES/2024/13", None),
            entry(Some("Assemblée générale"), "A/RES/70/9", None),
            entry(Some("Committee on Information"), "", None),
        ];
        for (organ, wanted) in [
            ("GA", [true, false, false, true, false]),
            ("unga", [true, false, false, true, false]),
            ("general assembly", [true, false, false, true, false]),
            ("Assemblée", [false, false, false, true, false]),
            ("HRC", [false, true, false, false, false]),
            ("ecosoc", [false, false, true, false, false]),
            ("Council", [false, true, true, false, false]),
            ("Information", [false, false, false, false, true]),
            ("a/res/70", [true, false, false, true, false]),
            ("Security Council", [false; 5]),
            ("", [false; 5]),
        ] {
            let scope = Scope { organ: Some(organ.to_owned()), since: None };
            let admitted: Vec<bool> = entries.iter().map(|entry| scope.admits(entry)).collect();
            assert_eq!(admitted, wanted, "{organ}");
            let library = Library { entries: entries.to_vec(), ..Library::default() };
            assert_eq!(scope.is_held(&library), wanted.contains(&true), "{organ}");
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
