//! Words of a masthead in, as printed on page 1 of a United Nations document; facts for the front matter out.

/// Months in five of the official languages; Chinese counts them. Arabic has two names for each.
const MONTHS: [[&str; 6]; 12] = [
    ["january", "janvier", "enero", "января", "يناير", "كانون الثاني"],
    ["february", "février", "febrero", "февраля", "فبراير", "شباط"],
    ["march", "mars", "marzo", "марта", "مارس", "آذار"],
    ["april", "avril", "abril", "апреля", "أبريل", "نيسان"],
    ["may", "mai", "mayo", "мая", "مايو", "أيار"],
    ["june", "juin", "junio", "июня", "يونيه", "حزيران"],
    ["july", "juillet", "julio", "июля", "يوليه", "تموز"],
    ["august", "août", "agosto", "августа", "أغسطس", "آب"],
    ["september", "septembre", "septiembre", "сентября", "سبتمبر", "أيلول"],
    ["october", "octobre", "octubre", "октября", "أكتوبر", "تشرين الأول"],
    ["november", "novembre", "noviembre", "ноября", "نوفمبر", "تشرين الثاني"],
    ["december", "décembre", "diciembre", "декабря", "ديسمبر", "كانون الأول"],
];

/// Words for a meeting of an organ.
const MEETING: [&str; 8] =
    ["meeting", "séance", "sesión", "заседание", "заседании", "会议", "الجلسة", "جلسة"];

/// Words by which a resolution says that it was adopted.
const ADOPTED: [&str; 12] = [
    "resolution adopted",
    "adopted by",
    "decision adopted",
    "résolution adoptée",
    "adoptée par",
    "resolución aprobada",
    "aprobada por",
    "резолюция, принятая",
    "принята",
    "决议",
    "قرار اتخذته",
    "اتخذه",
];

/// Organs that speak, as they are printed at the top and as front matter names them.
const ORGANS: [&str; 6] = [
    "General Assembly",
    "Security Council",
    "Economic and Social Council",
    "Human Rights Council",
    "Trusteeship Council",
    "Executive Board",
];

/// The first date in a text, `16 December 2015` in an official language, as `2015-12-16`.
pub(super) fn date(text: &str) -> Option<String> {
    dated(text).map(|(date, _)| date)
}

/// True when a text is a date and no more.
pub(super) fn is_date(text: &str) -> bool {
    dated(text.trim()).is_some_and(|(_, rest)| !rest.chars().any(char::is_alphanumeric))
}

/// A date, and the text without it.
fn dated(text: &str) -> Option<(String, String)> {
    chinese(text).or_else(|| {
        let low = text.to_lowercase();
        MONTHS.iter().enumerate().find_map(|(at, names)| {
            let found = names.iter().filter_map(|name| Some((low.find(name)?, name.len())));
            // Both Arabic names stand side by side, with a stroke between them.
            let found: Vec<(usize, usize)> = found.collect();
            let start = found.iter().map(|(start, _)| *start).min()?;
            let end = found.iter().map(|(start, len)| start + len).max()?;
            let before = low.get(..start)?.trim_end();
            let before = before.strip_suffix(" de").unwrap_or(before).trim_end();
            let after = low.get(end..)?.trim_start();
            let after = after.strip_prefix("de ").unwrap_or(after);
            let (head, day) = last_number(before)?;
            let (year, tail) = first_number(after)?;
            let tail = tail.trim_start();
            let tail = tail.strip_prefix("года").or(tail.strip_prefix("г.")).unwrap_or(tail);
            valid(year, at + 1, day).map(|date| (date, format!("{head} {tail}")))
        })
    })
}

/// `2015年12月16日`
fn chinese(text: &str) -> Option<(String, String)> {
    let (before, rest) = text.split_once('年')?;
    let (head, year) = last_number(before.trim_end())?;
    let (month, rest) = rest.split_once('月')?;
    let (day, tail) = rest.split_once('日')?;
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let date = valid(year, number(month)?, number(day)?)?;
    Some((date, format!("{head} {tail}")))
}

fn valid(year: usize, month: usize, day: usize) -> Option<String> {
    let holds =
        (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    holds.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The number a text ends with; `1er` counts as 1.
fn last_number(text: &str) -> Option<(&str, usize)> {
    let text = text.strip_suffix("er").or(text.strip_suffix('º')).unwrap_or(text);
    let start = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    Some((text.get(..start)?, text.get(start..)?.parse().ok()?))
}

fn first_number(text: &str) -> Option<(usize, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(..text.len() - rest.len())?;
    Some((digits.parse().ok()?, rest))
}

/// True for "80th plenary meeting", which stands with its date below a resolution.
pub(super) fn is_meeting(text: &str) -> bool {
    let low = text.to_lowercase();
    let short = text.chars().count() <= 60;
    short && low.contains(|c: char| c.is_ascii_digit()) && MEETING.iter().any(|m| low.contains(m))
}

/// The date of "Resolution adopted by the General Assembly on 16 December 2015".
pub(super) fn adopted(text: &str) -> Option<String> {
    let low = text.to_lowercase();
    ADOPTED.iter().any(|word| low.contains(word)).then(|| date(text)).flatten()
}

/// The organ named in a text.
pub(super) fn organ(text: &str) -> Option<&'static str> {
    let low = text.to_lowercase();
    ORGANS.into_iter().find(|organ| low.contains(&organ.to_lowercase()))
}

/// True when a text is the name of an organ and no more: "The General Assembly".
pub(super) fn is_organ(text: &str) -> bool {
    let low = text.trim().to_lowercase();
    let name = low.strip_prefix("the ").unwrap_or(&low);
    ORGANS.iter().any(|organ| organ.eq_ignore_ascii_case(name))
}

/// The title without the resolution's number before it: `70/125. Outcome document …`.
pub(super) fn title(text: &str) -> &str {
    let Some((number, rest)) = text.split_once(' ') else { return text };
    let digits = number.trim_end_matches('.');
    let numbers = digits.contains('/') && digits.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    if numbers { rest.trim_start() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_six_languages() {
        for (text, wanted) in [
            ("16 December 2015", "2015-12-16"),
            ("le 1er février 2016", "2016-02-01"),
            ("el 16 de diciembre de 2015", "2015-12-16"),
            ("16 декабря 2015 года", "2015-12-16"),
            ("2015年12月16日", "2015-12-16"),
            ("16 كانون الأول/ديسمبر 2015", "2015-12-16"),
        ] {
            assert_eq!(date(text).as_deref(), Some(wanted), "{text}");
        }
        assert!(is_date("16 December 2015") && is_date("16 декабря 2015 года"));
        assert!(!is_date("Adopted on 16 December 2015") && !is_date("45 December 2015"));
        assert_eq!(date("in May of that year"), None);
    }

    #[test]
    fn what_a_front_says() {
        let line = "Resolution adopted by the General Assembly on 16 December 2015";
        assert_eq!(adopted(line).as_deref(), Some("2015-12-16"));
        assert_eq!(organ(line), Some("General Assembly"));
        assert!(is_organ("The General Assembly") && !is_organ("The General Assembly Hall"));
        assert_eq!(title("70/125. Outcome document"), "Outcome document");
        assert_eq!(title("Draft report"), "Draft report");
        assert!(is_meeting("80th plenary meeting") && !is_meeting("plenary meeting"));
    }
}
