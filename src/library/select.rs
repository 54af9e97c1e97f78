//! A library and wishes in; the references wished for, in the order of their symbols, out.

use crate::model::{Entry, Library};

/// Which references are wanted; all where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The organ that speaks: its name, a usual abbreviation (GA, ECOSOC), or the beginning of its symbols (A/C.3).
    pub organ: Option<String>,
    /// Only texts adopted on this date or later: a year, a month, or a day, `2024-12-31`.
    pub since: Option<String>,
}

/// Organs, with what people call them and how their symbols begin; what begins alike stands before what it is
/// part of.
const ORGANS: [(&str, &[&str], &str); 4] = [
    ("human rights council", &["hrc", "unhrc"], "A/HRC/"),
    ("general assembly", &["ga", "unga"], "A/"),
    ("economic and social council", &["ecosoc"], "E/"),
    ("security council", &["sc", "unsc"], "S/"),
];

/// The references wanted, sorted by symbol as people count: 70/125 before 79/1; those without a symbol last.
pub fn select<'l>(library: &'l Library, wanted: &Selection) -> Vec<&'l Entry> {
    let mut found: Vec<&Entry> = library
        .entries
        .iter()
        .filter(|entry| wanted.organ.as_deref().is_none_or(|organ| speaks(entry, organ)))
        .filter(|entry| {
            let adopted = entry.text.front.adopted.as_deref();
            wanted.since.as_deref().is_none_or(|since| adopted.is_some_and(|date| date >= since))
        })
        .collect();
    found.sort_by_cached_key(|entry| {
        let front = &entry.text.front;
        let symbol = front.symbol.as_deref();
        let annex = front.annex.clone().unwrap_or_default();
        let own = counted(symbol.unwrap_or(&entry.name));
        (symbol.is_none(), own, annex, entry.text.path.clone())
    });
    found
}

/// Whether `organ` speaks in a text.
fn speaks(entry: &Entry, organ: &str) -> bool {
    let front = &entry.text.front;
    let organ = organ.trim().to_lowercase();
    let body = front.body.as_deref().unwrap_or_default().to_lowercase();
    let symbols: Vec<String> = front.symbols().map(str::to_uppercase).collect();
    let known = ORGANS.iter().find(|(name, short, _)| *name == organ || short.contains(&&*organ));
    let Some((name, ..)) = known else {
        let head = organ.to_uppercase();
        return body.contains(&organ) || symbols.iter().any(|symbol| symbol.starts_with(&head));
    };
    let owner = |symbol: &String| ORGANS.iter().find(|(.., head)| symbol.starts_with(head));
    body == *name || symbols.iter().filter_map(owner).any(|(owner, ..)| owner == name)
}

/// A symbol in pieces that sort as people count: words by their letters, numbers by their worth.
fn counted(symbol: &str) -> Vec<(u64, String)> {
    let mut pieces: Vec<(u64, String)> = Vec::new();
    let mut digits = false;
    for c in symbol.to_uppercase().chars() {
        let digit = c.is_ascii_digit();
        match pieces.last_mut() {
            Some((_, text)) if digit == digits => text.push(c),
            _ => pieces.push((0, c.to_string())),
        }
        digits = digit;
    }
    for (worth, text) in &mut pieces {
        // A number too long to count sorts by its digits, behind all others.
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            *worth = text.parse().unwrap_or(u64::MAX);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Draft, FrontMatter};

    fn entry(symbol: &str, body: &str, adopted: &str) -> Entry {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let front = FrontMatter {
            symbol: given(symbol),
            body: given(body),
            adopted: given(adopted),
            ..FrontMatter::default()
        };
        Entry { name: "a name".to_owned(), ..Entry::new(Draft { front, ..Draft::default() }) }
    }

    fn chosen(organ: &str, since: &str) -> Vec<String> {
        let library = Library {
            entries: vec![
                entry("A/RES/79/1", "General Assembly", "2024-09-22"),
                entry("", "Committee on Information", ""),
                entry("A/RES/70/125", "General Assembly", "2015-12-16"),
                entry("A/RES/70/9", "", "2015-11-01"),
                entry("A/HRC/RES/50/15", "Human Rights Council", ""),
                entry("E/RES/2024/13", "Economic and Social Council", "2024-07-23"),
            ],
            ..Library::default()
        };
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let wanted = Selection { organ: given(organ), since: given(since) };
        select(&library, &wanted).iter().map(|entry| entry.symbol().to_owned()).collect()
    }

    #[test]
    fn by_symbol_as_people_count() {
        let all = [
            "A/HRC/RES/50/15",
            "A/RES/70/9",
            "A/RES/70/125",
            "A/RES/79/1",
            "E/RES/2024/13",
            "a name",
        ];
        assert_eq!(chosen("", ""), all);
    }

    #[test]
    fn by_organ_and_date() {
        assert_eq!(chosen("GA", ""), ["A/RES/70/9", "A/RES/70/125", "A/RES/79/1"]);
        assert_eq!(chosen("human rights council", ""), ["A/HRC/RES/50/15"]);
        assert_eq!(chosen("Information", ""), ["a name"]);
        assert_eq!(chosen("a/res/70", ""), ["A/RES/70/9", "A/RES/70/125"]);
        assert_eq!(chosen("", "2015-12"), ["A/RES/70/125", "A/RES/79/1", "E/RES/2024/13"]);
        assert_eq!(chosen("ECOSOC", "2025"), Vec::<String>::new());
    }
}
