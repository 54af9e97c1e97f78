//! A library and a scope in; the references that it admits, in the order of their symbols, out.

use crate::model::{Entry, Library, Scope};

/// The references that `scope` admits, sorted by symbol as people count: 70/125 before 79/1; those without a symbol
/// last. Of one document in several languages English stands first.
pub fn select<'l>(library: &'l Library, scope: &Scope) -> Vec<&'l Entry> {
    let mut found: Vec<&Entry> =
        library.entries.iter().filter(|entry| scope.admits(entry)).collect();
    found.sort_by_cached_key(|entry| {
        let text = &entry.text;
        let symbol = text.front.symbol.as_deref();
        let annex = text.front.annex.clone().unwrap_or_default();
        let own = counted(symbol.unwrap_or(&entry.name));
        (symbol.is_none(), own, annex, text.language(), text.path.clone())
    });
    found
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
        let scope = Scope { organ: given(organ), since: given(since) };
        select(&library, &scope).iter().map(|entry| entry.symbol().to_owned()).collect()
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
        // The Human Rights Council's text has no date; its symbol tells the year.
        let later = ["A/HRC/RES/50/15", "A/RES/70/125", "A/RES/79/1", "E/RES/2024/13"];
        assert_eq!(chosen("", "2015-12"), later);
        assert_eq!(chosen("ECOSOC", "2025"), Vec::<String>::new());
    }
}
