//! Agreed texts held together: references go in, entries are found by symbol or name.

use super::{Draft, Extent, Finding, Paragraph, symbol_key};

/// All references together, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Where it was read from, as the user named it.
    pub places: Vec<String>,
    /// One entry a reference.
    pub entries: Vec<Entry>,
    /// Faults met while reading: broken files, symbols or names held twice.
    pub findings: Vec<Finding>,
    /// True when only such paragraphs were read as the drafts at hand may rest on.
    pub sifted: bool,
}

/// One reference: an agreed text.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The text. Of a library too large to be held, only the paragraphs that the drafts at hand may rest on.
    pub text: Draft,
    /// How many paragraphs the text has; roughly, where it was not read closely.
    pub paragraphs: usize,
    /// The short name shown beside the symbol: the first of its names, else its title.
    pub name: String,
}

impl Entry {
    /// A reference with all its paragraphs.
    pub fn new(text: Draft) -> Self {
        let front = &text.front;
        // A symbol among the names, such as that of the draft it was, tells a reader less than the title.
        let spoken = front.names.iter().find(|name| !name.contains('/'));
        let first = spoken.or(front.title.as_ref()).or(front.symbol.as_ref());
        let name = first.cloned().unwrap_or_else(|| file_stem(&text.path));
        Self { name, paragraphs: text.paragraphs.len(), text }
    }

    /// Symbol, or the name where the text has none.
    pub fn symbol(&self) -> &str {
        self.text.front.symbol.as_deref().unwrap_or(&self.name)
    }

    /// How the text is cited: `A/RES/70/125`, or `A/RES/79/1, annex I` where a paragraph stands in
    /// an annex; `A/RES/70/1, annex` where the annex has no number.
    pub fn citation(&self, annex: Option<&str>) -> String {
        cited(self.symbol(), annex)
    }

    /// The annex a paragraph of this entry stands in: its own, else the one the file holds.
    pub fn annex<'e>(&'e self, paragraph: &'e Paragraph) -> Option<&'e str> {
        paragraph.annex.as_deref().or(self.text.front.annex.as_deref())
    }

    /// Paragraphs with this number, and the sub-paragraph meant, if the address names one: `9`, `25(a)`, `pp3`.
    pub fn paragraphs_at(&self, address: &str) -> Vec<(&Paragraph, Option<&str>)> {
        self.text.paragraphs_at(address)
    }

    /// True when the text is called this: its symbol, with or without the annex, or one of its names.
    fn is_called(&self, name: &str) -> bool {
        let front = &self.text.front;
        let wanted = symbol_key(name);
        let same = |other: &str| symbol_key(other) == wanted;
        let number = |symbol: &str| symbol.split_once("/RES/").is_some_and(|(_, own)| same(own));
        // The annex may be named with the printed symbol, or with one of those it joins.
        let annex = front.annex.as_deref();
        let whole = |symbol: &str| annex.is_some() && same(&cited(symbol, annex));
        let known = |symbol: &str| same(symbol) || number(symbol) || whole(symbol);
        known(self.symbol())
            || front.symbols().any(known)
            || front.names.iter().any(|other| same(other))
            || front.title.as_deref().is_some_and(same)
    }

    /// Whether the whole text is held; a reference that does not say is taken for whole.
    pub fn is_full(&self) -> bool {
        self.text.front.extent != Some(Extent::Excerpts)
    }
}

/// How a document or, given one, an annex of it is cited.
fn cited(symbol: &str, annex: Option<&str>) -> String {
    match annex {
        // An annex without a number is held under the word that names it; see `Paragraph::annex`.
        Some(name) if name.starts_with("annex") || name.starts_with("appendix") => {
            format!("{symbol}, {name}")
        }
        Some(number) => format!("{symbol}, annex {number}"),
        None => symbol.to_owned(),
    }
}

fn file_stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

impl Library {
    /// Number of paragraphs held.
    pub fn paragraph_count(&self) -> usize {
        self.entries.iter().map(|entry| entry.paragraphs).sum()
    }

    /// References called `name`: by symbol, with or without an annex, name or title, in any case.
    pub fn find(&self, name: &str) -> Vec<&Entry> {
        self.entries.iter().filter(|entry| entry.is_called(name)).collect()
    }

    /// References called `name` and, where one of their annexes is called so (`A/RES/79/1, annex I`), that annex.
    pub fn find_part(&self, name: &str) -> (Vec<&Entry>, Option<String>) {
        let whole = self.find(name);
        let lower = name.to_ascii_lowercase();
        let at = [", annex", ", appendix"].iter().find_map(|part| lower.find(part));
        let (Some(at), true) = (at, whole.is_empty()) else { return (whole, None) };
        let (document, part) = name.split_at(at);
        let part = part.trim_start_matches([',', ' ']);
        // As `Paragraph::annex` has it: an annex by its number alone, where it has one.
        let annex = match part.split_once(' ') {
            Some((word, number)) if word.eq_ignore_ascii_case("annex") => number.trim().to_owned(),
            _ => part.to_lowercase(),
        };
        (self.find(document.trim()), Some(annex))
    }

    /// The symbol or name held that is most like `name`, where one is like it at all.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let wanted = name.to_lowercase();
        let names = self.entries.iter().flat_map(|entry| {
            let front = &entry.text.front;
            front.symbol.iter().chain(&front.names).map(String::as_str)
        });
        let alike = |known: &str| {
            similar::TextDiff::from_chars(wanted.as_str(), known.to_lowercase().as_str()).ratio()
        };
        let best = names.map(|known| (alike(known), known)).max_by(|a, b| a.0.total_cmp(&b.0));
        best.filter(|(alike, _)| *alike >= 0.6).map(|(_, known)| known)
    }

    /// True when no reference is held.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annexes_in_citations() {
        let mut entry = Entry::new(Draft::default());
        entry.text.front.symbol = Some("A/RES/79/1".to_owned());
        for (annex, wanted) in [
            (None, "A/RES/79/1"),
            (Some("I"), "A/RES/79/1, annex I"),
            (Some("annex"), "A/RES/79/1, annex"),
            (Some("appendix II"), "A/RES/79/1, appendix II"),
        ] {
            assert_eq!(entry.citation(annex), wanted);
        }
    }
}
