//! The organs' data and a number's shape in; whose number it may be, and the symbol it makes, out.

/// How a resolution's number is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `60/251`.
    Session { session: u32, number: u32 },
    /// `2006/46`.
    Year { year: u32, number: u32 },
    /// `1325 (2000)`.
    Dated { number: u32, year: u32 },
    /// `217 (III)`, `1874 (S-IV)`.
    Roman { number: u32, session: String },
    /// `S-20/2`.
    Special { session: u32, number: u32 },
    /// `ES-11/1`.
    Emergency { session: u32, number: u32 },
    /// `1325`.
    Plain { number: u32 },
    /// `1/CP.21`: it says itself whose it is.
    Named(String),
}

/// Who adopts resolutions and decisions, and how they are numbered.
#[derive(Clone, Debug, Default)]
pub(super) struct Organ {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    resolution: Option<&'static str>,
    decision: Option<&'static str>,
    session: Option<(u32, u32)>,
    year: bool,
    dated: bool,
    roman: bool,
    special: bool,
    emergency: bool,
    plain: bool,
    /// True for what several organs go by in short: "Commission".
    pub(super) is_generic: bool,
    /// How the symbols of its documents begin; # stands for the session.
    series: Vec<&'static str>,
}

impl Organ {
    /// Reads a row of `organs.tsv`; its names are given back beside it.
    pub(super) fn of_row(row: &'static str) -> Option<(Self, impl Iterator<Item = &'static str>)> {
        let mut cells = row.split('\t');
        let (key, names) = (cells.next()?, cells.next()?);
        let prefix = |cell: Option<&'static str>| cell.filter(|c| !matches!(*c, "-" | "?"));
        let (resolution, decision) = (cells.next(), cells.next());
        let is_generic = resolution == Some("?");
        let (resolution, decision) = (prefix(resolution), prefix(decision));
        let name = names.split(" | ").next()?.trim_start_matches('=');
        let (shapes, series) = (cells.next()?, cells.next()?);
        let series = series.split(" | ").collect();
        let mut organ =
            Self { key, name, resolution, decision, is_generic, series, ..Self::default() };
        for shape in shapes.split(", ") {
            match shape {
                "year" => organ.year = true,
                "dated" => organ.dated = true,
                "roman" => organ.roman = true,
                "special" => organ.special = true,
                "emergency" => organ.emergency = true,
                "plain" => organ.plain = true,
                _ => {
                    let range = shape.strip_prefix("session ").and_then(|r| r.split_once('-'));
                    organ.session =
                        range.and_then(|(low, high)| Some((low.parse().ok()?, high.parse().ok()?)));
                }
            }
        }
        Some((organ, names.split(" | ")))
    }

    /// True when the organ numbers its texts in this way.
    pub(super) fn numbers(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Session { session, .. } => {
                self.session.is_some_and(|(low, high)| (low..=high).contains(session))
            }
            Shape::Year { .. } => self.year,
            Shape::Dated { .. } => self.dated,
            // The Assembly has numbered in Arabic figures since its thirty-first session.
            Shape::Roman { session, .. } if self.emergency => {
                self.roman && (session.contains('-') || roman(session) <= 30)
            }
            Shape::Roman { .. } => self.roman,
            Shape::Special { .. } => self.special,
            Shape::Emergency { .. } => self.emergency,
            Shape::Plain { .. } => self.plain,
            Shape::Named(_) => false,
        }
    }

    /// True when the organ's session may have met in that year, as far as its sessions follow a rule.
    pub(super) fn met_in(&self, session: u32, year: u32) -> bool {
        match self.key {
            // Opens in September of 1945 + session and may go on for two years.
            "general-assembly" => (1945 + session..=1947 + session).contains(&year),
            // Three sessions a year since June 2006, give or take one.
            "human-rights-council" => {
                let about = 2006 + session / 3;
                (about.saturating_sub(1)..=about + 1).contains(&year)
            }
            "environment-assembly" => match session {
                1 => year == 2014,
                2 => year == 2016,
                3 => year == 2017,
                4 => year == 2019,
                5 => (2021..=2022).contains(&year),
                _ => year >= 2024,
            },
            // One session a year, the seventy-ninth in 2023.
            "commission-for-asia" => (1943 + session..=1945 + session).contains(&year),
            // The seventy-fifth met in 2022.
            "world-health-assembly" => (1946 + session..=1948 + session).contains(&year),
            _ => true,
        }
    }

    /// True when its records are the supplement that has this symbol, `A/73/53` or `E/2015/27`, or an addition to it.
    pub(super) fn records(&self, symbol: &str) -> bool {
        let mut parts = symbol.split('/');
        let (organ, session, number) = (parts.next(), parts.next(), parts.next());
        let is_session = |part: &str| part.parse::<u32>().is_ok();
        session.is_some_and(is_session)
            && self.series.iter().any(|series| {
                let mut own = series.split('/');
                own.next() == organ && own.next() == Some("#") && own.next() == number
            })
    }

    /// What stands before its numbers without a space, `WHA` in WHA75.3.
    pub(super) fn glued(&self) -> Option<&'static str> {
        self.resolution?.strip_suffix("#.")
    }

    /// True when the organ's texts have symbols.
    pub(super) fn is_principal(&self) -> bool {
        self.resolution.is_some()
    }

    /// The symbol of the organ's text of this number; none where it has no such series.
    pub(super) fn symbol(
        &self,
        shape: &Shape,
        letter: Option<char>,
        decision: bool,
    ) -> Option<String> {
        let prefix = if decision { self.decision } else { self.resolution }?;
        let letter = letter.map(String::from).unwrap_or_default();
        Some(match shape {
            Shape::Session { session, number } if prefix.contains('#') => {
                format!("{}{number}", prefix.replace('#', &session.to_string()))
            }
            Shape::Session { session, number } => format!("{prefix}{session}/{number}{letter}"),
            Shape::Year { year, number } => format!("{prefix}{year}/{number}{letter}"),
            Shape::Dated { number, year } => format!("{prefix}{number}({year})"),
            Shape::Roman { number, session } => format!("{prefix}{number}({session})"),
            Shape::Special { session, number } => format!("{prefix}S-{session}/{number}{letter}"),
            Shape::Emergency { session, number } => {
                format!("{prefix}ES-{session}/{number}{letter}")
            }
            Shape::Plain { number } => format!("{prefix}{number}"),
            Shape::Named(_) => return None,
        })
    }
}

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Session { session, number } => write!(f, "{session}/{number}"),
            Self::Year { year, number } => write!(f, "{year}/{number}"),
            Self::Dated { number, year } => write!(f, "{number} ({year})"),
            Self::Roman { number, session } => write!(f, "{number} ({session})"),
            Self::Special { session, number } => write!(f, "S-{session}/{number}"),
            Self::Emergency { session, number } => write!(f, "ES-{session}/{number}"),
            Self::Plain { number } => write!(f, "{number}"),
            Self::Named(number) => f.write_str(number),
        }
    }
}

/// The value of a Roman numeral.
fn roman(numeral: &str) -> u32 {
    let value = |c: char| match c {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        _ => 100,
    };
    let mut sum = 0u32;
    let mut highest = 0;
    for c in numeral.chars().rev() {
        let value = value(c);
        sum = if value < highest { sum.saturating_sub(value) } else { sum + value };
        highest = highest.max(value);
    }
    sum
}
