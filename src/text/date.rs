//! Text in; the date it begins with, as `2015-12-16`, out.

/// The months as United Nations texts in English write them.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The date that `text` begins with, `16 December 2015`, in the form `2015-12-16`.
pub fn leading_date(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let day: u32 = words.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let year = words.next()?.trim_end_matches(|c: char| !c.is_ascii_digit());
    let year: u32 = year.parse().ok().filter(|year| (1945..2200).contains(year))?;
    Some(format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_at_the_start() {
        for (text, wanted) in [
            ("16 December 2015, in which", Some("2015-12-16")),
            ("1\u{a0}July 2024", Some("2024-07-01")),
            ("December 2015", None),
            ("16 Decembre 2015", None),
            ("32 May 2015", None),
            ("", None),
        ] {
            assert_eq!(leading_date(text).as_deref(), wanted, "{text}");
        }
    }
}
