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

/// True for the name of a month, "May".
pub fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// The date that `text` begins with, `16 December 2015` or `16th December, 2015`, in the form `2015-12-16`.
pub fn leading_date(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let day = words.next()?;
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending));
    let day: u32 = ordinal.unwrap_or(day).parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = words.next()?.trim_end_matches(',');
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let year = words.next()?.trim_end_matches(|c: char| !c.is_ascii_digit());
    let year: u32 = year.parse().ok().filter(|year| (1945..2200).contains(year))?;
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// The date `2015-12-16` in words, `16 December 2015`; as it is where it is no whole date.
pub fn date_in_words(date: &str) -> String {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<usize>().ok());
    let (year, month, day) =
        (parts.next().flatten(), parts.next().flatten(), parts.next().flatten());
    let month = month.and_then(|month| MONTHS.get(month.checked_sub(1)?));
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_at_the_start() {
        for (text, wanted) in [
            ("16 December 2015, in which", Some("2015-12-16")),
            ("1\u{a0}July 2024", Some("2024-07-01")),
            ("21st March, 2023, and", Some("2023-03-21")),
            ("December 2015", None),
            ("16 Decembre 2015", None),
            ("32 May 2015", None),
            ("", None),
        ] {
            let found = leading_date(text);
            assert_eq!(found.as_deref(), wanted, "{text}");
        }
        assert_eq!(date_in_words("2015-12-16"), "16 December 2015");
        assert_eq!(date_in_words("2015-12"), "2015-12");
    }
}
