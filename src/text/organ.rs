//! The list of organs in; what each is called, and whose a symbol is, out.

use std::sync::OnceLock;

/// Organs that adopt resolutions and decisions, one a row; its head tells the columns.
pub const ORGANS: &str = include_str!("data/organs.tsv");

/// No organ has a longer name, in bytes.
const LONGEST: usize = 150;

/// An organ, as a user names it and as its symbols tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organ {
    /// Its usual name, `General Assembly`.
    pub name: &'static str,
    /// Its names, the usual one among them.
    names: Vec<&'static str>,
    /// What it is called in short, `GA`.
    short: Vec<&'static str>,
    /// How the symbols of its documents begin, `A/HRC/`; empty where it has no series of its own.
    series: Vec<&'static str>,
}

impl Organ {
    fn of_row(row: &'static str) -> Option<Self> {
        let mut cells = row.split('\t').skip(1);
        let (names, series) = (cells.next()?, cells.nth(3)?);
        let (short, names): (Vec<&str>, Vec<&str>) =
            names.split(" | ").partition(|name| name.starts_with('='));
        let short = short.into_iter().map(|name| name.trim_start_matches('=')).collect();
        let series =
            series.split(" | ").filter(|series| !matches!(*series, "-") && !series.contains('#'));
        let series = series.collect();
        Some(Self { name: names.first()?, names, short, series })
    }

    /// The organ with this name, in any case.
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = name.trim();
        let same = |known: &&str| known.eq_ignore_ascii_case(name);
        organs().iter().find(|organ| organ.names.iter().any(same))
    }

    /// True for the line that opens a resolution and is no paragraph of its preamble: "The General Assembly,".
    pub fn opens(text: &str) -> bool {
        let text = text.trim().trim_matches(['*', '_']);
        let name = text.strip_prefix("The ").map(|name| name.strip_suffix(',').unwrap_or(name));
        // Nearly all paragraphs are longer than any name.
        name.is_some_and(|name| name.len() <= LONGEST && Self::named(name).is_some())
    }

    /// The organ whose series a symbol belongs to: `A/HRC/RES/50/15` is of the Human Rights Council and not, as `A/`
    /// would have it, of the General Assembly.
    pub fn of_symbol(symbol: &str) -> Option<&'static Self> {
        let begins = |series: &&&str| {
            let head = symbol.get(..series.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(series))
        };
        let length = |organ: &&Self| organ.series.iter().filter(begins).map(|own| own.len()).max();
        organs().iter().filter(|organ| length(organ).is_some()).max_by_key(length)
    }

    /// True when a series of its documents is a part of one of another organ, as `E/ESCAP/` is of `E/`.
    pub fn issues_within(&self, name: &str) -> bool {
        let other = Self::named(name).filter(|other| other.name != self.name);
        let of = |own: &&str| {
            other.is_some_and(|other| other.series.iter().any(|series| own.starts_with(series)))
        };
        self.series.iter().any(of)
    }

    /// True when `word` is what the organ is called in short.
    pub fn is_short(&self, word: &str) -> bool {
        self.short.iter().any(|short| short.eq_ignore_ascii_case(word))
    }
}

fn organs() -> &'static [Organ] {
    static LIST: OnceLock<Vec<Organ>> = OnceLock::new();
    LIST.get_or_init(|| {
        let rows = ORGANS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        rows.filter_map(Organ::of_row).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_tell_the_organ() {
        for (symbol, wanted) in [
            ("A/RES/70/125", Some("General Assembly")),
            ("A/79/L.2", Some("General Assembly")),
            ("a/hrc/res/50/15", Some("Human Rights Council")),
            ("E/RES/2024/13", Some("Economic and Social Council")),
            ("E/CN.4/RES/1994/95", Some("Commission on Human Rights")),
            ("S/RES/2768(2025)", Some("Security Council")),
            ("E/ESCAP/80/L.2", Some("Economic and Social Commission for Asia and the Pacific")),
            ("E/CN.6/2024/L.5", Some("Commission on the Status of Women")),
            ("WSIS-03/GENEVA/DOC/4-E", None),
            ("", None),
            ("É/1", None),
        ] {
            assert_eq!(Organ::of_symbol(symbol).map(|organ| organ.name), wanted, "{symbol}");
        }
    }

    #[test]
    fn names_and_short_names() {
        let assembly = Organ::named("united nations general assembly").unwrap();
        assert_eq!(assembly.name, "General Assembly");
        assert!(assembly.is_short("unga") && assembly.is_short("GA") && !assembly.is_short("SC"));
        assert!(Organ::named("Assembly of friends").is_none());
    }

    #[test]
    fn lines_that_open_a_resolution() {
        for text in ["The General Assembly,", "*The Security Council,*", "The General Assembly"] {
            assert!(Organ::opens(text), "{text}");
        }
        for text in
            ["General Assembly", "The General Assembly, recalling its", "The Assembly of friends,"]
        {
            assert!(!Organ::opens(text), "{text}");
        }
    }
}
