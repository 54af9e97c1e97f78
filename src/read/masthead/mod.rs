//! The first lines of a document in; what they say of it, and which of them say nothing else, out.
//!
//! Documents of the United Nations begin with a masthead: the organization, the symbol, the distribution, the
//! date, the languages, the organ, the session and the agenda item. None of its lines is part of the text.

pub(super) mod facts;

use crate::model::{Extent, FrontMatter};
use facts::{adopted, date, is_date, is_organ, organ, title};

/// How many lines are looked at.
const LINES: usize = 60;

/// No line of a masthead is longer.
const LONGEST: usize = 250;

/// What a masthead says.
#[derive(Debug, Default)]
pub(super) struct Masthead {
    /// Symbol, organ, title, dates, as far as they are there.
    pub(super) front: FrontMatter,
    /// For each line looked at: true where it belongs to the masthead.
    pub(super) lines: Vec<bool>,
}

/// How lines of a masthead begin that say nothing of use here, in small letters.
const OPENINGS: [&str; 22] = [
    "united nations",
    "nations unies",
    "naciones unidas",
    "distr.",
    "general",
    "limited",
    "original:",
    "english only",
    "agenda item",
    "item ",
    "points ",
    "point ",
    "tema ",
    "please recycle",
    "[without reference to a main committee",
    "[on the report of",
    "[adopted by",
    "[on the recommendation",
    "[sans renvoi",
    "[sur le rapport",
    "[sin remisión",
    "[sobre la base",
];

/// Reads the masthead at the top of a document; one that has neither a symbol nor a distribution has none.
pub(super) fn masthead(lines: &[String]) -> Masthead {
    let mut found = Masthead::default();
    let head = lines.get(..LINES).unwrap_or(lines);
    let is_mark = |line: &String| symbol(line).is_some() || distribution(line);
    let Some(first) = head.iter().position(is_mark) else {
        return adopted_only(head);
    };
    // Text may begin only after the mark; nothing but other lines of a masthead stands before it.
    if !head.iter().take(first).all(|line| line.trim().is_empty() || belongs(line)) {
        return adopted_only(head);
    }
    for line in head {
        if !found.take(line) {
            break;
        }
        found.lines.push(true);
    }
    found
}

/// Reads a masthead of which the lines are rows, their cells parted by ` | ` or line breaks; without a symbol that
/// stands alone there is none. Tells how many rows belong to it.
pub(super) fn masthead_of_rows<'t>(
    rows: impl IntoIterator<Item = &'t str>,
) -> (FrontMatter, usize) {
    let mut cells = Vec::new();
    let mut ends = Vec::new();
    for row in rows.into_iter().take(LINES) {
        let row = row.split(['|', '\n']).map(str::trim).filter(|cell| !cell.is_empty());
        cells.extend(row.map(str::to_owned));
        ends.push(cells.len());
    }
    let found = masthead(&cells);
    if found.front.symbol.is_none() {
        return (FrontMatter::default(), 0);
    }
    let taken = found.lines.iter().take_while(|taken| **taken).count();
    (found.front, ends.into_iter().take_while(|end| *end <= taken).count())
}

/// A text without masthead may still say which organ adopted it, and when, before it begins.
fn adopted_only(head: &[String]) -> Masthead {
    let mut found = Masthead::default();
    let mut front = head.iter().take_while(|line| !is_text(line));
    if let Some(at) = front.position(|line| adoption(line).is_some()) {
        found.lines = vec![false; at];
        found.lines.push(true);
        found.take(&head[at]);
    }
    found
}

impl Masthead {
    /// Takes up what a line says; false for one that is no longer part of the masthead.
    fn take(&mut self, line: &str) -> bool {
        let line = line.trim();
        let front = &mut self.front;
        if let Some(symbol) = symbol(line) {
            front.symbol.get_or_insert(symbol);
            return true;
        }
        if let Some((organ, day)) = adoption(line) {
            front.body = organ.or(front.body.take());
            front.adopted = Some(day);
            front.extent = Some(Extent::Full);
            return true;
        }
        if let Some(day) = date(line).filter(|_| is_date(line)) {
            front.date.get_or_insert(day);
            return true;
        }
        if let Some(name) = organ(line).filter(|_| is_organ(line) && !line.ends_with(',')) {
            front.body.get_or_insert_with(|| name.to_owned());
            return true;
        }
        let resolution = front.adopted.is_some() && front.title.is_none();
        let named = title(line);
        if resolution && named.len() < line.len() && line.len() <= 2 * LONGEST {
            front.title = Some(named.split_whitespace().collect::<Vec<_>>().join(" "));
            return true;
        }
        line.is_empty() || belongs(line)
    }
}

/// True for a line that stands in mastheads only.
fn belongs(line: &str) -> bool {
    let line = line.trim();
    let low = line.to_lowercase();
    let opens = |opening: &&str| match *opening {
        // Whole lines: texts begin with these words too.
        "united nations" | "nations unies" | "naciones unidas" | "general" | "limited" => {
            low == **opening
        }
        // "Item 16", and not "Points of order".
        "item " | "points " | "point " | "tema " => low
            .strip_prefix(opening)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())),
        opening => low.starts_with(opening),
    };
    let ends = |ending: &&str| low.ends_with(*ending);
    let words = line.split_whitespace().count();
    line.len() <= LONGEST
        && !line.ends_with([',', ';'])
        && (is_organ(line)
            || OPENINGS.iter().any(opens)
            || [" session", " meeting"].iter().any(ends) && words <= 6
            // "Second Committee"; the "Report of the Committee" is a title.
            || ends(&" committee") && words == 2
            || symbol(line).is_some()
            || is_date(line)
            || adoption(line).is_some())
}

/// True for a sentence, or the organ that begins one: the text has begun.
fn is_text(line: &str) -> bool {
    let line = line.trim();
    line.len() > LONGEST || line.ends_with([',', ';', '.', '،', '؛', '，', '；', '。'])
}

/// True for "Distr.: General".
fn distribution(line: &str) -> bool {
    line.trim().to_lowercase().starts_with("distr.")
}

/// The symbol that a line consists of: `A/RES/70/125`, `S/RES/2250 (2015)`, `A/C.2/79/L.12/Rev.1*`.
fn symbol(line: &str) -> Option<String> {
    // Dashes that join two symbols are hyphens to everything that looks for one.
    let line =
        line.trim().trim_end_matches('*').trim_end().replace(['–', '\u{2010}', '\u{2011}'], "-");
    let (first, _) = line.split_once('/')?;
    let letters = !first.is_empty()
        && first.len() <= 12
        && first.starts_with(|c: char| c.is_ascii_uppercase());
    let organ = first
        .bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'));
    let allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '(' | ')' | ' ');
    let spaced = line.split(' ').skip(1).all(|word| word.starts_with('('));
    let numbered = line.contains(|c: char| c.is_ascii_digit());
    (letters && organ && spaced && numbered && line.len() <= 60 && line.chars().all(allowed))
        .then_some(line)
}

/// The organ and the day of "Resolution adopted by the General Assembly on 16 December 2015".
fn adoption(line: &str) -> Option<(Option<String>, String)> {
    let line = line.trim();
    if line.len() > LONGEST {
        return None;
    }
    Some((organ(line).map(str::to_owned), adopted(line)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (FrontMatter, usize) {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let found = masthead(&lines);
        let taken = found.lines.iter().filter(|taken| **taken).count();
        (found.front, taken)
    }

    #[test]
    fn an_adopted_resolution() {
        let (front, taken) = read(
            "United Nations\nA/RES/70/125\nGeneral Assembly\nDistr.: General\n1 February 2016\n\
             Seventieth session\nAgenda item 16\nResolution adopted by the General Assembly on 16 December 2015\n\
             [without reference to a Main Committee (A/70/L.33)]\n70/125.\tOutcome document of the meeting\n\
             The General Assembly,\nReaffirming its resolution 56/183,",
        );
        assert_eq!(taken, 10);
        assert_eq!(front.symbol.as_deref(), Some("A/RES/70/125"));
        assert_eq!(front.body.as_deref(), Some("General Assembly"));
        assert_eq!(front.date.as_deref(), Some("2016-02-01"));
        assert_eq!(front.adopted.as_deref(), Some("2015-12-16"));
        assert_eq!(front.title.as_deref(), Some("Outcome document of the meeting"));
    }

    #[test]
    fn texts_without_masthead() {
        for text in
            ["United Nations reform\n\n1. We decide.", "1 May 2025\nWe met.", "", "A/RES in words"]
        {
            assert_eq!(read(text).1, 0, "{text}");
        }
        let (front, taken) =
            read("Draft\nResolution adopted by the General Assembly on 25 September 2015\nWe");
        assert_eq!((front.adopted.as_deref(), taken), (Some("2015-09-25"), 1));
        for text in [
            "Draft resolution on bridges\nThe General Assembly,\nResolution adopted by the General Assembly on 25 \
             September 2015\nWe",
            "The General Assembly,\nRecalling the Declaration adopted by the General Assembly on 17 March 2023,",
            "A/79/L.2\nRecalling the Declaration adopted by the General Assembly on 17 March 2023,\nPoints of order",
        ] {
            let (front, taken) = read(text);
            assert!(front.adopted.is_none() && taken < 2, "{text}");
        }
    }

    #[test]
    fn rows() {
        let (front, rows) = masthead_of_rows([
            "United Nations | A/RES/70/125",
            "General Assembly | Distr.: General\n1 February 2016",
            "Seventieth session",
            "Agenda item 16",
            "Resolution adopted by the General Assembly on 16 December 2015",
            "The General Assembly adopts the text.",
        ]);
        assert_eq!(front.symbol.as_deref(), Some("A/RES/70/125"));
        assert_eq!(front.adopted.as_deref(), Some("2015-12-16"));
        assert_eq!(rows, 5);
        for text in ["As in A/RES/70/125, we", "1. See A/RES/70/125", "See https://a.b/c/1", ""] {
            assert_eq!(masthead_of_rows([text]).1, 0, "{text}");
        }
    }

    #[test]
    fn symbols() {
        for (line, wanted) in [
            ("A/C.2/79/L.12/Rev.1*", Some("A/C.2/79/L.12/Rev.1")),
            ("S/RES/2250 (2015)", Some("S/RES/2250 (2015)")),
            ("A/79/834–S/2025/186", Some("A/79/834-S/2025/186")),
            ("WSIS-05/TUNIS/DOC/6(Rev.1)-E", Some("WSIS-05/TUNIS/DOC/6(Rev.1)-E")),
            ("and/or 2", None),
            ("A/RES/70/125 and others", None),
            ("24/7", None),
            ("N/A", None),
        ] {
            assert_eq!(symbol(line).as_deref(), wanted, "{line}");
        }
    }
}
