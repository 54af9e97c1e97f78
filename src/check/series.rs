//! The symbol of a resolution, and a date, in; why there cannot be one of this number, or of this date, out: each organ
//! numbers its resolutions in its own way.

use std::sync::LazyLock;

/// Where the Security Council had come with its numbers at the end of each year, in the order of the years.
static COUNCIL: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| {
    let lines = include_str!("data/security-council.txt").lines();
    let pairs = lines.filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (year, last) = line.split_once(' ')?;
        Some((year.parse().ok()?, last.parse().ok()?))
    });
    pairs.collect()
});

/// So many resolutions before and behind the turn of a year may be of either.
const TURN: u32 = 8;

/// More resolutions than so many were never adopted, by far: by the General Assembly in one session, by the Economic and
/// Social Council in one year, by the Human Rights Council in one session.
const MOST: [(&str, u32); 3] = [("A/RES/", 600), ("E/RES/", 200), ("A/HRC/RES/", 120)];

/// Why no resolution can have this symbol, `S/RES/1325(2010)`; none where one can.
pub(super) fn impossible(symbol: &str) -> Option<String> {
    if let Some((number, year)) = of_council(symbol) {
        let (from, to) = years(number)?;
        let told = if from == to { from.to_string() } else { format!("{from} or {to}") };
        return (!(from..=to).contains(&year)).then(|| format!("number {number} is of {told}"));
    }
    let (series, most) = MOST.iter().find(|(series, _)| symbol.starts_with(series))?;
    let (period, number) = symbol.strip_prefix(series)?.split_once('/')?;
    let number: u32 = number.parse().ok()?;
    let period: u32 = period.parse().ok()?;
    let whole = if *series == "E/RES/" { "year" } else { "session" };
    (number > *most).then(|| format!("{whole} {period} has not nearly so many resolutions"))
}

/// Why a resolution cannot be of a date, `2015-12-16` or `2015-12`; none where it can.
///
/// Sessions of the General Assembly open in September, and the session before closes on the same day (rules of
/// procedure, rule 1); `A/RES/70/125` is of session 70, which opened in 2015. The Human Rights Council, which first met in
/// 2006, holds three sessions a year. The Economic and Social Council numbers by the year of its session, which may
/// reach into those beside it.
pub(super) fn misdated(symbol: &str, date: &str) -> Option<String> {
    let (month, year) = (date.get(..7)?, date.get(..4)?.parse::<u32>().ok()?);
    if let Some((_, own)) = of_council(symbol) {
        return (own != year).then(|| format!("its number says that it is of {own}"));
    }
    let parts: Vec<&str> = symbol.split('/').collect();
    match parts.as_slice() {
        ["A", "RES", session, ..] => {
            let opens = session.parse::<u32>().ok()? + 1945;
            let (from, to) = (format!("{opens}-09"), format!("{}-09", opens + 1));
            let fits = (from.as_str()..=to.as_str()).contains(&month);
            (!fits).then(|| {
                format!(
                    "session {session} was held from September {opens} to September {}",
                    opens + 1
                )
            })
        }
        ["A", "HRC", "RES", session, ..] => {
            let held = 2006 + session.parse::<u32>().ok()?.checked_sub(1)? / 3;
            (held != year).then(|| format!("session {session} was held in {held}"))
        }
        ["E", "RES", own, ..] => {
            let own: u32 = own.parse().ok().filter(|own| *own > 1945)?;
            (own.abs_diff(year) > 1).then(|| format!("its number says that it is of {own}"))
        }
        _ => None,
    }
}

/// 1325 and 2000 of `S/RES/1325(2000)`.
fn of_council(symbol: &str) -> Option<(u32, u32)> {
    let (number, year) = symbol.strip_prefix("S/RES/")?.split_once('(')?;
    let year = year.strip_suffix(')')?.trim();
    Some((number.trim().parse().ok()?, year.parse().ok().filter(|year| *year > 1945)?))
}

/// The years in which the Security Council may have adopted a number; none past those of the table.
fn years(number: u32) -> Option<(u32, u32)> {
    let by = |number: u32| COUNCIL.iter().find(|(_, last)| number <= *last).map(|(year, _)| *year);
    Some((by(number.saturating_sub(TURN))?, by(number + TURN)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_no_resolution_has() {
        for (symbol, wanted) in [
            ("S/RES/1325(2000)", None),
            ("S/RES/1325(2010)", Some("number 1325 is of 2000")),
            ("S/RES/2504(2020)", None),
            ("S/RES/2504(2018)", Some("number 2504 is of 2019 or 2020")),
            ("S/RES/9999(2030)", None),
            ("A/RES/78/265", None),
            ("A/RES/78/1265", Some("session 78 has not nearly so many resolutions")),
            ("E/RES/2024/350", Some("year 2024 has not nearly so many resolutions")),
            ("A/RES/S-20/2", None),
            ("A/RES/217(III)", None),
        ] {
            assert_eq!(impossible(symbol).as_deref(), wanted, "{symbol}");
        }
    }

    #[test]
    fn dates_that_no_resolution_has() {
        for (symbol, date, fits) in [
            ("A/RES/70/125", "2015-12-16", true),
            ("A/RES/70/125", "2015-12", true),
            ("A/RES/70/125", "2015-09", true),
            ("A/RES/70/125", "2014-12", false),
            ("A/HRC/RES/48/9", "2021-10-08", true),
            ("A/HRC/RES/48/9", "2015-03-03", false),
            ("A/HRC/RES/1/1", "2006-06-29", true),
            ("A/HRC/RES/58/1", "2025-04-02", true),
            ("E/RES/2023/14", "2023-06-07", true),
            ("E/RES/2023/14", "2022-12", true),
            ("E/RES/2023/14", "2021-07-05", false),
            ("S/RES/1325(2000)", "2000-10-31", true),
            ("S/RES/1325(2000)", "2010-10-31", false),
            ("A/RES/S-20/2", "1998-06-10", true),
        ] {
            assert_eq!(misdated(symbol, date).is_none(), fits, "{symbol} {date}");
        }
    }
}
