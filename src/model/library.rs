//! Agreed texts held together: references go in, entries are found by symbol or name.

use super::{Draft, Extent, Finding, Paragraph};

/// All references together, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Where it was read from, as the user named it.
    pub places: Vec<String>,
    /// One entry a reference.
    pub entries: Vec<Entry>,
    /// Faults met while reading: broken files, symbols or names held twice.
    pub findings: Vec<Finding>,
}

/// One reference: an agreed text.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The text.
    pub text: Draft,
    /// The short name shown beside the symbol: the first of its names, else its title.
    pub name: String,
}

impl Entry {
    /// Symbol, or the name where the text has none.
    pub fn symbol(&self) -> &str {
        self.text.front.symbol.as_deref().unwrap_or(&self.name)
    }

    /// How the text is cited: `A/RES/70/125`, or `A/RES/79/1, annex I` where a paragraph stands in
    /// an annex; `A/RES/70/1, annex` where the annex has no number.
    pub fn citation(&self, annex: Option<&str>) -> String {
        match annex {
            // An annex without a number is held under the word that names it; see `Paragraph::annex`.
            Some(name) if name.starts_with("annex") || name.starts_with("appendix") => {
                format!("{}, {name}", self.symbol())
            }
            Some(number) => format!("{}, annex {number}", self.symbol()),
            None => self.symbol().to_owned(),
        }
    }

    /// The annex a paragraph of this entry stands in: its own, else the one the file holds.
    pub fn annex<'e>(&'e self, paragraph: &'e Paragraph) -> Option<&'e str> {
        paragraph.annex.as_deref().or(self.text.front.annex.as_deref())
    }

    /// Whether the whole text is held; a reference that does not say is taken for whole.
    pub fn is_full(&self) -> bool {
        self.text.front.extent != Some(Extent::Excerpts)
    }
}

impl Library {
    /// Number of paragraphs held.
    pub fn paragraph_count(&self) -> usize {
        self.entries.iter().map(|entry| entry.text.paragraphs.len()).sum()
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
        let mut entry = Entry { text: Draft::default(), name: "The Pact".to_owned() };
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
