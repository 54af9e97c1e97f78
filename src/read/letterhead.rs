//! The first lines of a document's text in; what its letterhead says of it out.

/// How many lines a letterhead may have.
const LONGEST: usize = 16;

/// What a letterhead says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Masthead {
    /// The document's own symbol, standing alone on its line or in its cell.
    pub(super) symbol: Option<String>,
    /// The organ, and the date of adoption: "Resolution adopted by … on 16 December 2015".
    pub(super) body: Option<String>,
    /// As `2015-12-16`.
    pub(super) adopted: Option<String>,
    /// How many lines are nothing but letterhead.
    pub(super) lines: usize,
}

/// Reads the letterhead; without a symbol that stands alone there is none. Cells of a row are parted by ` | `.
pub(super) fn masthead<'t>(lines: impl IntoIterator<Item = &'t str>) -> Masthead {
    let mut found = Masthead::default();
    for (at, line) in lines.into_iter().take(LONGEST).enumerate() {
        let mut own = true;
        for cell in line.split(['|', '\n']).map(str::trim).filter(|cell| !cell.is_empty()) {
            if is_symbol(cell) {
                found.symbol.get_or_insert_with(|| cell.replace(char::is_whitespace, ""));
            } else if let Some((body, date)) = adopted(cell) {
                found.body.get_or_insert_with(|| body.to_owned());
                found.adopted.get_or_insert(date);
            } else {
                own &= is_letterhead(cell);
            }
        }
        if !own {
            break;
        }
        found.lines = at + 1;
    }
    if found.symbol.is_some() { found } else { Masthead::default() }
}

/// `A/RES/70/125`, `E/CN.16/2025/L.2`, `WSIS-05/TUNIS/DOC/6(Rev.1)-E`: parts parted by slashes, with a number.
fn is_symbol(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "./()-ev*".contains(c);
    text.len() <= 60
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.matches('/').count() >= 2
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(plain)
        && !text.contains("//")
}

/// The organ and date of "Resolution adopted by the General Assembly on 16 December 2015".
fn adopted(text: &str) -> Option<(&str, String)> {
    let (_, rest) = text.split_once("adopted by the ")?;
    let (body, date) = rest.split_once(" on ")?;
    (text.len() < 120).then_some((body.trim(), date_of(date)?))
}

/// `2015-12-16` of "16 December 2015".
fn date_of(text: &str) -> Option<String> {
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
    let mut words = text.split_whitespace();
    let day: u32 = words.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let year = words.next()?.get(..4)?;
    let year: u32 = year.parse().ok()?;
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// A line of every letterhead, which says nothing the front matter has a place for.
fn is_letterhead(text: &str) -> bool {
    const BEGINNINGS: [&str; 8] = [
        "Distr.",
        "Original:",
        "Agenda item",
        "Item ",
        "English only",
        "Date:",
        "Reissued",
        "Please recycle",
    ];
    const LINES: [&str; 4] =
        ["United Nations", "General Assembly", "Economic and Social Council", "Security Council"];
    let session = text.ends_with("session") && text.len() < 60;
    LINES.contains(&text)
        || session
        || date_of(text).is_some() && text.len() < 20
        || text.len() < 40 && BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letterheads() {
        let found = masthead([
            "United Nations | A/RES/70/125",
            "General Assembly | Distr.: General\n1 February 2016",
            "Seventieth session",
            "Agenda item 16",
            "Resolution adopted by the General Assembly on 16 December 2015",
            "The General Assembly adopts the text.",
        ]);
        assert_eq!(found.symbol.as_deref(), Some("A/RES/70/125"));
        assert_eq!(found.body.as_deref(), Some("General Assembly"));
        assert_eq!(found.adopted.as_deref(), Some("2015-12-16"));
        assert_eq!(found.lines, 5);
    }

    #[test]
    fn a_citation_is_no_letterhead() {
        for text in ["As in A/RES/70/125, we", "1. See A/RES/70/125", "See https://a.b/c/1", ""] {
            assert_eq!(masthead([text]), Masthead::default(), "{text}");
        }
        assert!(is_symbol("WSIS-05/TUNIS/DOC/6(Rev.1)-E") && !is_symbol("A/B/C"));
    }
}
