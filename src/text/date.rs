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
    let (day, rest) = text.trim_start().split_once(char::is_whitespace)?;
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending));
    let day: u32 = ordinal.unwrap_or(day).parse().ok().filter(|day| (1..=31).contains(day))?;
    leading_month(rest).map(|month| format!("{month}-{day:02}"))
}

/// The month with its year that `text` begins with, `December 2015`, in the form `2015-12`.
pub fn leading_month(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let month = words.next()?.trim_end_matches(',');
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let year = words.next()?.trim_end_matches(|c: char| !c.is_ascii_digit());
    let year: u32 = year.parse().ok().filter(|year| (1945..2200).contains(year))?;
    Some(format!("{year}-{month:02}"))
}

/// The date that `text` ends with, with or without its day, and the words before it.
pub fn trailing_date(text: &str) -> Option<(String, &str)> {
    let text = text.trim_end();
    let mut starts = text.rmatch_indices(char::is_whitespace).map(|(at, _)| at);
    let (_, month, day) = (starts.next()?, starts.next()?, starts.next());
    let from = |at: usize| text.split_at_checked(at).map(|(rest, date)| (rest.trim_end(), date));
    let whole = day.and_then(from).and_then(|(rest, date)| Some((leading_date(date)?, rest)));
    whole.or_else(|| from(month).and_then(|(rest, date)| Some((leading_month(date.trim())?, rest))))
}

/// The date `2015-12-16` in words, `16 December 2015`, and `2015-12` as `December 2015`; as it is where it is none.
pub fn date_in_words(date: &str) -> String {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<usize>().ok());
    let (year, month, day) =
        (parts.next().flatten(), parts.next().flatten(), parts.next().flatten());
    let month = month.and_then(|month| MONTHS.get(month.checked_sub(1)?));
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(year), Some(month), None) if date.len() == 7 => format!("{month} {year}"),
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
        assert_eq!(date_in_words("2015-12"), "December 2015");
        assert_eq!(date_in_words("2015"), "2015");
    }

    #[test]
    fn months_and_dates_at_the_end() {
        assert_eq!(leading_month("March 2023, and").as_deref(), Some("2023-03"));
        assert_eq!(leading_month("21 March 2023"), None);
        for (text, wanted) in [
            ("its resolution of 21 March 2023 ", Some(("2023-03-21", "its resolution of"))),
            ("its resolution of March 2023", Some(("2023-03", "its resolution of"))),
            ("March 2023", None),
            ("its resolution of 2023", None),
        ] {
            let found = trailing_date(text);
            assert_eq!(found.as_ref().map(|(date, rest)| (date.as_str(), *rest)), wanted, "{text}");
        }
    }
}
