//! What a reference says of itself in; when it was agreed, as well as that can be told, out.

use super::FrontMatter;

/// When a text was agreed. The earlier is the less; a text of which that cannot be told comes after all others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    unknown: bool,
    date: String,
    by_symbol: bool,
}

impl When {
    /// The date of adoption; without one, the year that the symbol tells.
    pub fn of(front: &FrontMatter) -> Self {
        let dated = |date: &&String| date.bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
        if let Some(date) = front.adopted.as_ref().filter(dated) {
            return Self { unknown: false, date: date.clone(), by_symbol: false };
        }
        let year = front.symbols().find_map(year_of);
        let date = year.map_or(String::new(), |year| year.to_string());
        Self { unknown: year.is_none(), date, by_symbol: year.is_some() }
    }

    /// `2015-12-16`, or `2015` where only the symbol tells it; none where nothing does.
    pub fn date(&self) -> Option<&str> {
        (!self.unknown).then_some(self.date.as_str())
    }

    /// `2015`
    pub fn year(&self) -> Option<&str> {
        self.date().and_then(|date| date.get(..4))
    }

    /// True when only the session or the year in the symbol tells it.
    pub fn is_by_symbol(&self) -> bool {
        self.by_symbol
    }
}

/// The year in which the organ met for the session that a symbol names: `A/RES/70/125` is of the session of 2015,
/// `E/RES/2024/13`, `S/RES/2768(2025)` and `E/CN.6/2025/5` name it themselves.
fn year_of(symbol: &str) -> Option<u32> {
    let plausible = |year: &u32| (1945..2200).contains(year);
    if let Some((_, year)) = symbol.rsplit_once('(') {
        return year.trim_end_matches(')').trim().parse().ok().filter(plausible);
    }
    let mut years = symbol.split('/').filter(|part| part.len() == 4).filter_map(|p| p.parse().ok());
    if let Some(year) = years.find(plausible) {
        return Some(year);
    }
    let mut parts = symbol.split('/').skip_while(|part| !matches!(*part, "RES" | "DEC"));
    let number: u32 = parts.nth(1)?.parse().ok()?;
    match number {
        // The Human Rights Council meets in three regular sessions a year, the first of them in June 2006.
        session @ 1..=200 if symbol.starts_with("A/HRC/") => Some(2006 + (session - 1) / 3),
        // The first session of the General Assembly opened in January 1946; each later one in autumn.
        session @ 1..=200 if symbol.starts_with("A/") => Some(1945 + session),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_symbols_tell() {
        for (symbol, year) in [
            ("A/RES/70/125", Some(2015)),
            ("A/HRC/RES/50/15", Some(2022)),
            ("A/HRC/RES/20/8", Some(2012)),
            ("E/RES/2024/13", Some(2024)),
            ("S/RES/2768(2025)", Some(2025)),
            ("E/CN.6/2025/5", Some(2025)),
            ("TPNW/MSP/2025/11/Rev.1", Some(2025)),
            ("A/79/834", None),
            ("A/RES/ES-11/1", None),
            ("A/RES/217(III)", None),
            ("WSIS-03/GENEVA/DOC/4-E", None),
        ] {
            assert_eq!(year_of(symbol), year, "{symbol}");
        }
    }

    #[test]
    fn the_undated_come_last() {
        let when = |symbol: &str, adopted: Option<&str>| {
            When::of(&FrontMatter {
                symbol: Some(symbol.to_owned()),
                adopted: adopted.map(str::to_owned),
                ..FrontMatter::default()
            })
        };
        let mut all = [when("X", None), when("A/RES/72/1", None), when("X", Some("2016-01-01"))];
        all.sort();
        assert_eq!(
            all.map(|when| when.date().map(str::to_owned)),
            [Some("2016-01-01".to_owned()), Some("2017".to_owned()), None]
        );
    }
}
