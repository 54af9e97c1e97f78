//! A line of a masthead in; the date, organ, title or meeting it tells out.

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

/// How the line begins that says who adopted a text, in small letters; as official documents of the United Nations
/// print it in five languages.
const ADOPTED: [&str; 19] = [
    "resolution adopted",
    "resolutions adopted",
    "decision adopted",
    "decisions adopted",
    "adopted by",
    "résolution adoptée",
    "résolutions adoptées",
    "décision adoptée",
    "adoptée par",
    "resolución aprobada",
    "resoluciones aprobadas",
    "decisión adoptada",
    "aprobada por",
    "резолюция, принятая",
    "резолюции, принятые",
    "решение, принятое",
    "принята ",
    "قرار اتخذ",
    "اتخذ",
];

/// How it begins and ends in Chinese: `2015年12月16日大会决议`.
const ADOPTED_CHINESE: [[&str; 4]; 2] = [
    ["大会", "安全理事会", "经济及社会理事会", "人权理事会"],
    ["决议", "决定", "通过", "通过的决议"],
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
pub(in crate::read) fn date(text: &str) -> Option<String> {
    dated(text).map(|dated| dated.day)
}

/// True when a text is a date and no more.
pub(in crate::read) fn is_date(text: &str) -> bool {
    let silent = |text: &str| !text.chars().any(char::is_alphanumeric);
    dated(text.trim()).is_some_and(|dated| silent(&dated.before) && silent(&dated.behind))
}

/// A date, and what stands before and behind it.
struct Dated {
    day: String,
    before: String,
    behind: String,
}

fn dated(text: &str) -> Option<Dated> {
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
            Dated::new(valid(year, at + 1, day)?, head, tail)
        })
    })
}

/// `2015年12月16日`
fn chinese(text: &str) -> Option<Dated> {
    let (before, rest) = text.split_once('年')?;
    let (head, year) = last_number(before.trim_end())?;
    let (month, rest) = rest.split_once('月')?;
    let (day, tail) = rest.split_once('日')?;
    let number = |text: &str| text.trim().parse::<usize>().ok();
    Dated::new(valid(year, number(month)?, number(day)?)?, head, tail)
}

impl Dated {
    fn new(day: String, before: &str, behind: &str) -> Option<Self> {
        Some(Self { day, before: before.to_owned(), behind: behind.to_owned() })
    }
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
pub(in crate::read) fn is_meeting(text: &str) -> bool {
    let low = text.to_lowercase();
    let short = text.chars().count() <= 60;
    short && low.contains(|c: char| c.is_ascii_digit()) && MEETING.iter().any(|m| low.contains(m))
}

/// The date of "Resolution adopted by the General Assembly on 16 December 2015". A sentence of the text that tells of an
/// adoption begins with another word, or goes on behind the date.
pub(in crate::read) fn adopted(text: &str) -> Option<String> {
    let low = text.trim().to_lowercase();
    let Dated { day, before, behind } = dated(text.trim())?;
    let (before, behind) = (before.trim(), behind.trim());
    let opens = ADOPTED.iter().any(|word| low.starts_with(word));
    let ends = |c: char| !c.is_alphanumeric() && !matches!(c, ',' | ';' | ':' | '.' | '،' | '؛');
    let [organs, words] = ADOPTED_CHINESE;
    let chinese = (before.is_empty() || organs.contains(&before))
        && words.iter().any(|word| behind.ends_with(word));
    // A star or a raised figure may call a note; what stands in brackets tells how it was adopted.
    let alone = behind.chars().next().is_none_or(|c| ends(c) || "¹²³".contains(c));
    (opens && alone || chinese && behind.chars().count() <= 20).then_some(day)
}

/// The organ named in a text.
pub(in crate::read) fn organ(text: &str) -> Option<&'static str> {
    let low = text.to_lowercase();
    ORGANS.into_iter().find(|organ| low.contains(&organ.to_lowercase()))
}

/// True when a text is the name of an organ and no more: "The General Assembly".
pub(in crate::read) fn is_organ(text: &str) -> bool {
    let low = text.trim().to_lowercase();
    let name = low.strip_prefix("the ").unwrap_or(&low);
    ORGANS.iter().any(|organ| organ.eq_ignore_ascii_case(name))
}

/// The title without the resolution's number before it: `70/125. Outcome document …`.
pub(in crate::read) fn title(text: &str) -> &str {
    let Some((number, rest)) = text.split_once(char::is_whitespace) else { return text };
    let digits = number.trim_end_matches('.').trim_end_matches(|c: char| c.is_ascii_uppercase());
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
        for line in [
            "Résolution adoptée par l’Assemblée générale le 16 décembre 2015",
            "Resolución aprobada por la Asamblea General el 16 de diciembre de 2015",
            "Резолюция, принятая Генеральной Ассамблеей 16 декабря 2015 года",
            "2015年12月16日大会决议",
            "قرار اتخذته الجمعية العامة في 16 كانون الأول/ديسمبر 2015",
            "Resolution adopted by the General Assembly on 16 December 2015*",
            "Adopted by the Security Council at its 7533rd meeting, on 16 December 2015",
        ] {
            assert_eq!(adopted(line).as_deref(), Some("2015-12-16"), "{line}");
        }
        for line in [
            "Recalling the Political Declaration adopted by the General Assembly on 17 March 2023,",
            "Recalling the Declaration adopted by the General Assembly on 17 March 2023",
            "Resolution adopted by the General Assembly on 17 March 2023, and its follow-up,",
            "Resolution adopted by the General Assembly on 17 March 2023 changed the plan.",
            "Rappelant la résolution adoptée par l’Assemblée générale le 16 décembre 2015,",
            "回顾大会2015年12月16日通过的决议，",
            "ссылаясь на резолюцию, принятую 16 декабря 2015 года,",
        ] {
            assert_eq!(adopted(line), None, "{line}");
        }
        assert!(is_organ("The General Assembly") && !is_organ("The General Assembly Hall"));
        assert_eq!(title("70/125. Outcome document"), "Outcome document");
        assert_eq!(title("Draft report"), "Draft report");
        assert!(is_meeting("80th plenary meeting") && !is_meeting("plenary meeting"));
    }
}
