//! Sources with the same words in; where these were agreed first and last, and in how many texts, out.

use super::evidence::{Evidence, count};
use crate::model::When;

/// The texts that carry the same words equally well.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Agreed {
    /// The one agreed first, of those that have a date.
    pub(super) first: Option<Place>,
    /// The one agreed last.
    pub(super) last: Option<Place>,
    /// All of them, in the order of the sources, the leading one among them.
    places: Vec<Place>,
    /// True when the draft names the leading one.
    cited: bool,
    /// In how many texts.
    pub(super) texts: usize,
}

/// One of the places where words were agreed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) symbol: Option<String>,
    pub(super) annex: Option<String>,
    pub(super) paragraph: Option<String>,
    pub(super) name: Option<String>,
    pub(super) adopted: Option<String>,
    /// `A/RES/79/1, annex I, para. 22`
    pub(super) told: String,
    when: When,
}

impl Place {
    pub(super) fn of(evidence: &Evidence) -> Self {
        Self {
            symbol: evidence.symbol.clone(),
            annex: evidence.annex.clone(),
            paragraph: evidence.paragraph.clone(),
            name: evidence.name.clone(),
            adopted: evidence.adopted.clone(),
            told: evidence.place(),
            when: evidence.when.clone(),
        }
    }

    /// The text it stands in.
    fn text(&self) -> (&Option<String>, &Option<String>) {
        if self.symbol.is_some() { (&self.symbol, &None) } else { (&None, &self.name) }
    }
}

impl Agreed {
    pub(super) fn of(places: Vec<Place>, cited: bool) -> Self {
        let dated = || places.iter().filter(|place| place.when.date().is_some());
        // Of several on one day the first in the order of the sources is told.
        let last = dated().rev().max_by(|a, b| a.when.cmp(&b.when)).cloned();
        let mut texts: Vec<_> = places.iter().map(Place::text).collect();
        texts.sort_unstable();
        texts.dedup();
        let texts = texts.len();
        Self {
            first: dated().min_by(|a, b| a.when.cmp(&b.when)).cloned(),
            last,
            texts,
            cited,
            places,
        }
    }

    /// `first agreed in A/RES/68/198, para. 9 (2013-12-20), last agreed in …, in 28 texts`, beside the place of the
    /// source that leads; where nothing tells when, the others by name.
    pub(super) fn told(&self) -> String {
        let own = self.places.first();
        let dated =
            |place: &Place| format!("{} ({})", place.told, place.when.date().unwrap_or_default());
        let mut told = Vec::new();
        if self.cited {
            told.push("the one cited".to_owned());
        }
        match (&self.first, &self.last) {
            (Some(first), Some(last)) if first.when != last.when => {
                match own {
                    Some(own) if own == first => told.push("first agreed here".to_owned()),
                    _ => told.push(format!("first agreed in {}", dated(first))),
                }
                match own {
                    Some(own) if own == last && self.places.len() > 2 => {
                        told.push("last agreed here".to_owned());
                    }
                    Some(own) if own == last => {}
                    _ => told.push(format!("last agreed in {}", dated(last))),
                }
            }
            _ => {
                let others = self.places.get(1..).unwrap_or_default();
                let shown: Vec<&str> = others.iter().take(3).map(|p| p.told.as_str()).collect();
                told.push(format!("also in {}", shown.join("; ")));
            }
        }
        if self.texts > 2 {
            told.push(format!("in {} in all", count(self.texts, "text", "texts")));
        }
        told.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FrontMatter;

    fn place(symbol: &str, adopted: Option<&str>) -> Place {
        let adopted = adopted.map(str::to_owned);
        let front = FrontMatter { adopted: adopted.clone(), ..FrontMatter::default() };
        Place {
            symbol: Some(symbol.to_owned()),
            annex: None,
            paragraph: None,
            name: None,
            adopted,
            told: symbol.to_owned(),
            when: When::of(&front),
        }
    }

    #[test]
    fn a_set_is_told_in_one_line_however_large() {
        let dates: Vec<String> = (1994..2024).map(|year| format!("{year}-12-20")).collect();
        let all = |lead: usize| -> Vec<Place> {
            let mut places: Vec<Place> = dates.iter().map(|d| place(&d[..4], Some(d))).collect();
            places.swap(0, lead);
            places
        };
        for (places, cited, wanted) in [
            (
                all(29),
                false,
                "first agreed in 1994 (1994-12-20), last agreed here, in 30\u{a0}texts in all",
            ),
            (
                all(0),
                false,
                "first agreed here, last agreed in 2023 (2023-12-20), in 30\u{a0}texts in all",
            ),
            (
                all(10),
                true,
                "the one cited, first agreed in 1994 (1994-12-20), last agreed in 2023 \
                 (2023-12-20), in 30\u{a0}texts in all",
            ),
            (
                vec![place("B", Some("2001-01-01")), place("A", Some("2000-01-01"))],
                false,
                "first agreed in A (2000-01-01)",
            ),
            (vec![place("A", None), place("B", None)], false, "also in B"),
            (
                vec![place("A", Some("2000-01-01")), place("A", Some("2000-01-01"))],
                false,
                "also in A",
            ),
        ] {
            assert_eq!(Agreed::of(places, cited).told(), wanted);
        }
    }
}
