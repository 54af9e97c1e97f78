//! A text in; what its paragraphs' numbers count, and where they leave one out, repeat one or go back, out.

use std::collections::HashSet;
use std::fmt;

use super::Draft;
use crate::text::inserted::{comparable, inserted_before};

/// A printed number, as far as it counts: 12 of `12 bis`, `12.alt` and `OP12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number<'n> {
    /// What stands before the digits: `PP`, `OP`.
    pub series: &'n str,
    /// What the digits count.
    pub count: u32,
}

impl<'n> Number<'n> {
    /// None where nothing is counted, as in `IV` or `(a)`.
    pub fn of(number: &'n str) -> Option<Self> {
        let at = number.find(|c: char| c.is_ascii_digit())?;
        let (series, rest) = number.split_at_checked(at)?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        Some(Self { series: series.trim(), count: rest.get(..digits)?.parse().ok()? })
    }
}

/// A place where the numbers of a text are not as they should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// Index of the paragraph whose number shows it.
    pub paragraph: usize,
    /// Its number as printed.
    pub number: String,
    /// What is wrong with it.
    pub kind: BreakKind,
}

/// What is wrong with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BreakKind {
    /// It is the first one, and not 1.
    Begins,
    /// It leaves out this one, at least.
    Gap(String),
    /// It is smaller than this one before it.
    Back(String),
    /// It stood before.
    Repeated,
    /// It stands where this one is due: those around it go on without it.
    Slip(u32),
    /// It stands twice, once where this one is due.
    Doubled(u32),
    /// It and the number after it have changed places.
    Exchanged(String),
    /// It counts on from this one, and is written in another way: `OP13` after `12`.
    Otherwise(String),
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = &self.number;
        match &self.kind {
            BreakKind::Begins => write!(f, "the numbers begin with {own}"),
            BreakKind::Gap(due) => write!(f, "paragraph {own} stands where {due} is due"),
            BreakKind::Back(before) => write!(f, "paragraph {own} stands after {before}"),
            BreakKind::Repeated => write!(f, "the number {own} stands twice"),
            BreakKind::Slip(due) => write!(f, "paragraph {own} stands where {due} is due"),
            BreakKind::Doubled(due) => {
                write!(f, "the number {own} stands twice, once where {due} is due")
            }
            BreakKind::Exchanged(after) => write!(f, "paragraph {own} stands before {after}"),
            BreakKind::Otherwise(before) => {
                write!(f, "paragraph {own} is numbered in another way than {before} before it")
            }
        }
    }
}

/// Goes through the numbers of a text. They begin anew in an annex, and wherever a 1 stands. A number like `12 bis` counts
/// with the 12, a paragraph that is struck out keeps its number, and where a placeholder stands some may be left out.
///
/// Numbers with a point, `7.1`, count by themselves below the number they begin with, and `3 ter` needs a `3 bis`.
pub fn breaks(text: &Draft) -> Vec<Break> {
    let all = (0..text.paragraphs.len()).filter_map(|at| Counted::of(text, at));
    let (pointed, counted): (Vec<_>, Vec<_>) = all.partition(|own| decimal(own.printed).is_some());
    let mut found = whole(text, &counted);
    found.extend(below(&pointed));
    found.extend(inserted(&counted));
    found.sort_by_key(|found| found.paragraph);
    found
}

/// The breaks of whole numbers.
fn whole(text: &Draft, counted: &[Counted<'_>]) -> Vec<Break> {
    let mut found = Vec::new();
    let mut count = Count::default();
    let mut rest = counted.iter();
    while let Some(own) = rest.next() {
        let next = rest.as_slice().first().filter(|next| next.goes_on(own));
        let before = count.last.as_ref().filter(|last| !own.goes_on(last));
        let before = before.map(|last| (own.is_otherwise(last), last.printed.to_owned()));
        let kind = match before {
            Some((true, before)) => {
                count = Count { last: Some(own.clone()), ..Count::default() };
                Some(BreakKind::Otherwise(before))
            }
            Some((false, _)) => {
                count = Count::default();
                count.take(text, own, next)
            }
            None => count.take(text, own, next),
        };
        if matches!(kind, Some(BreakKind::Exchanged(_))) {
            rest.next();
        }
        let number = || own.printed.to_owned();
        found.extend(kind.map(|kind| Break { paragraph: own.at, number: number(), kind }));
    }
    found
}

/// The breaks of numbers with a point.
fn below(pointed: &[Counted<'_>]) -> Vec<Break> {
    let mut found = Vec::new();
    let mut last: Option<(&str, Option<&str>, u32)> = None;
    for own in pointed.iter().filter(|own| !own.struck) {
        let Some((stem, count)) = decimal(own.printed) else { continue };
        let before = last.filter(|(other, annex, _)| *other == stem && *annex == own.annex);
        let reached = before.map_or(0, |(.., reached)| reached);
        let due = reached.saturating_add(1);
        let kind = match count {
            _ if count == due => None,
            _ if count == reached && own.printed.contains(char::is_alphabetic) => None,
            _ if count == reached => Some(BreakKind::Repeated),
            // It begins anew.
            _ if count <= 1 => None,
            _ if count > due => Some(BreakKind::Gap(format!("{stem}.{due}"))),
            _ => Some(BreakKind::Back(format!("{stem}.{reached}"))),
        };
        let number = own.printed.to_owned();
        found.extend(kind.map(|kind| Break { paragraph: own.at, number, kind }));
        last = Some((stem, own.annex, count));
    }
    found
}

/// `7` and 3 of `7.3`; none of `7` and `7.alt`.
fn decimal(printed: &str) -> Option<(&str, u32)> {
    let end = printed.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(printed.len());
    let (stem, count) = printed.get(..end)?.trim_end_matches('.').rsplit_once('.')?;
    Some((stem, count.parse().ok()?))
}

/// Numbers put between two others that leave one out: `3 ter` where no `3 bis` is.
fn inserted(counted: &[Counted<'_>]) -> Vec<Break> {
    let known: HashSet<(Option<&str>, String)> =
        counted.iter().map(|own| (own.annex, comparable(own.printed))).collect();
    let missing = counted.iter().filter_map(|own| {
        let word =
            own.printed.rsplit(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty())?;
        let due = own.printed.replacen(word, inserted_before(word)?, 1);
        let is_there = own.struck || known.contains(&(own.annex, comparable(&due)));
        let number = own.printed.to_owned();
        (!is_there).then_some(Break { paragraph: own.at, number, kind: BreakKind::Gap(due) })
    });
    missing.collect()
}

/// Indices of paragraphs without a number that stand between two numbered ones of the same section.
pub fn unnumbered(text: &Draft) -> impl Iterator<Item = usize> {
    let between = text.paragraphs.windows(3).enumerate();
    between.filter_map(|(at, three)| {
        let [before, paragraph, after] = three else { return None };
        let together = [before, after]
            .iter()
            .all(|near| (&near.annex, &near.section) == (&paragraph.annex, &paragraph.section));
        let own = Number::of(before.number.as_deref()?)?;
        let next = Number::of(after.number.as_deref()?)?;
        let follows = own.series == next.series && next.count == own.count + 1;
        (together && follows && paragraph.number.is_none() && !paragraph.placeholder)
            .then_some(at + 1)
    })
}

/// A numbered paragraph.
#[derive(Clone)]
struct Counted<'t> {
    at: usize,
    printed: &'t str,
    number: Number<'t>,
    annex: Option<&'t str>,
    struck: bool,
}

impl<'t> Counted<'t> {
    fn of(text: &'t Draft, at: usize) -> Option<Self> {
        let paragraph = text.paragraphs.get(at)?;
        let printed = paragraph.number.as_deref()?;
        let number = Number::of(printed)?;
        let annex = paragraph.annex.as_deref();
        Some(Self { at, printed, number, annex, struck: paragraph.is_struck() })
    }

    /// True where it counts on from the other one in another way of numbering. Preambular paragraphs count by themselves.
    fn is_otherwise(&self, other: &Self) -> bool {
        let operative = |series: &str| series.is_empty() || series.eq_ignore_ascii_case("OP");
        self.annex == other.annex
            && operative(self.number.series)
            && operative(other.number.series)
            && other.number.count.checked_add(1) == Some(self.number.count)
    }

    /// True for `4 bis` and `4 ter`, which come behind this `4`.
    fn is_put_in_behind(&self, other: &Self) -> bool {
        let is_latin =
            |word: &str| word.eq_ignore_ascii_case("bis") || inserted_before(word).is_some();
        let mut words = self.printed.split(|c: char| !c.is_alphabetic());
        !other.printed.contains(char::is_alphabetic) && words.any(is_latin)
    }

    /// True where it counts on from the other one.
    fn goes_on(&self, other: &Self) -> bool {
        self.annex == other.annex && self.number.series == other.number.series
    }
}

/// How far the numbers have come since they last began.
#[derive(Default)]
struct Count<'t> {
    last: Option<Counted<'t>>,
    /// The highest number struck out after that.
    struck: u32,
    /// All of them, as they are compared.
    seen: HashSet<String>,
}

impl<'t> Count<'t> {
    /// Counts the next paragraph, and says what is wrong with its number.
    fn take(
        &mut self,
        text: &Draft,
        own: &Counted<'t>,
        next: Option<&Counted<'t>>,
    ) -> Option<BreakKind> {
        let count = own.number.count;
        if own.struck {
            self.struck = count;
            return None;
        }
        let follows = |wanted: u32| next.is_some_and(|next| next.number.count == wanted);
        let last = self.last.clone();
        let reached = last.as_ref().map_or(0, |last| last.number.count);
        let (due, from) = (reached.saturating_add(1), last.as_ref().map_or(0, |last| last.at + 1));
        let anew = count == 1 && last.is_some() && !(reached > 1 && follows(due.saturating_add(1)));
        if anew && !(reached == 1 && is_together(text, from, own.at)) {
            *self = Self::default();
        }
        let repeated = !self.seen.insert(comparable(own.printed));
        let between = text.paragraphs.get(from..own.at).unwrap_or_default();
        let printed = || last.as_ref().map_or_else(String::new, |last| last.printed.to_owned());
        let kind = match self.last {
            None if count <= 1 => None,
            Some(ref last) if count == reached && !repeated && last.is_put_in_behind(own) => {
                Some(BreakKind::Back(printed()))
            }
            _ if count == due || count == reached && !repeated => None,
            _ if count > due && count <= self.struck.saturating_add(1) => None,
            _ if follows(due.saturating_add(1)) && !follows(count.saturating_add(1)) => {
                let before = last.as_ref().filter(|_| repeated).into_iter();
                let mut beside = before.chain(next).map(|near| comparable(near.printed));
                let is_doubled = beside.any(|near| near == comparable(own.printed));
                Some(if is_doubled { BreakKind::Doubled(due) } else { BreakKind::Slip(due) })
            }
            _ if count == due.saturating_add(1) && follows(due) => {
                next.map(|next| BreakKind::Exchanged(next.printed.to_owned()))
            }
            _ if count > due && between.iter().any(|paragraph| paragraph.placeholder) => None,
            None => Some(BreakKind::Begins),
            Some(_) if count > due => Some(BreakKind::Gap(format!("{}{due}", own.number.series))),
            Some(_) if repeated && (count == reached || !follows(count.saturating_add(1))) => {
                Some(BreakKind::Repeated)
            }
            Some(_) => Some(BreakKind::Back(printed())),
        };
        let due = match &kind {
            Some(BreakKind::Slip(due) | BreakKind::Doubled(due)) => *due,
            // Where the numbers after it do not go on from it, it alone is out of order.
            Some(BreakKind::Back(_)) if !follows(count.saturating_add(1)) => reached,
            Some(BreakKind::Repeated) => reached,
            _ => count,
        };
        let number = Number { count: due, ..own.number };
        self.last = Some(Counted { number, ..own.clone() });
        self.struck = 0;
        kind
    }
}

/// True where no heading parts these paragraphs from the one before.
fn is_together(text: &Draft, from: usize, to: usize) -> bool {
    !text.headings.iter().any(|heading| (from..=to).contains(&heading.before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Aside, AsideKind, Paragraph};

    /// `-12` is struck out, `...` a placeholder, and an empty one has no number.
    fn text(numbers: &[&str]) -> Draft {
        let paragraph = |number: &&str| {
            let struck = Aside { at: 0, kind: AsideKind::Struck, text: "words".to_owned() };
            let own = number.trim_start_matches('-');
            Paragraph {
                number: Some(own.to_owned()).filter(|own| !own.is_empty() && own != "..."),
                placeholder: own == "...",
                asides: if number.starts_with('-') { vec![struck] } else { Vec::new() },
                ..Paragraph::default()
            }
        };
        Draft { paragraphs: numbers.iter().map(paragraph).collect(), ..Draft::default() }
    }

    #[test]
    fn one_without_a_number() {
        for (numbers, wanted) in [
            (&["1", "", "2"][..], &[1][..]),
            (&["", "1", "2", ""], &[]),
            (&["1", "", "3"], &[]),
            (&["PP1", "", "OP2"], &[]),
        ] {
            assert_eq!(unnumbered(&text(numbers)).collect::<Vec<_>>(), wanted, "{numbers:?}");
        }
    }

    #[test]
    fn gaps_and_steps_back() {
        for (numbers, wanted) in [
            (&["1", "2", "2 bis", "2 ter", "3", "", "4"][..], &[][..]),
            (&["1", "2", "1", "2"], &[]),
            (&["1", "1", "2"], &["the number 1 stands twice"]),
            (&["PP1", "PP2", "OP1", "OP2"], &[]),
            (&["7.1", "7.2", "7.3"], &[]),
            (
                &["6", "7", "7.1", "7.3", "8"][1..],
                &["the numbers begin with 7", "paragraph 7.3 stands where 7.2 is due"],
            ),
            (&["1.1", "1.2", "2.1", "2.2", "1.1"], &[]),
            (
                &["1.1", "1.1", "1.3", "1.2"],
                &[
                    "the number 1.1 stands twice",
                    "paragraph 1.3 stands where 1.2 is due",
                    "paragraph 1.2 stands after 1.3",
                ],
            ),
            (&["1", "2", "2 ter", "3"], &["paragraph 2 ter stands where 2 bis is due"]),
            (
                &["1", "2", "OP3", "OP4"],
                &["paragraph OP3 is numbered in another way than 2 before it"],
            ),
            (&["12", "14"], &["the numbers begin with 12", "paragraph 14 stands where 13 is due"]),
            (&["...", "12", "...", "14"], &[]),
            (&["1", "2", "3", "2", "3"], &["paragraph 2 stands after 3"]),
            (&["1", "2", "3", "2", "4"], &["the number 2 stands twice"]),
            (&["1", "2", "2", "3"], &["the number 2 stands twice"]),
            (&["1", "2", "4", "4", "5"], &["the number 4 stands twice, once where 3 is due"]),
            (&["1", "2", "2", "4"], &["the number 2 stands twice, once where 3 is due"]),
            (
                &["1", "2", "2 bis", "2 bis", "4"],
                &["the number 2 bis stands twice, once where 3 is due"],
            ),
            (&["1", "2", "4", "4 bis", "5"], &["paragraph 4 stands where 3 is due"]),
            (&["1", "2", "2 bis", "2bis", "3"], &["the number 2bis stands twice"]),
            (&["1", "2 bis", "2", "3"], &["paragraph 2 stands after 2 bis"]),
            (&["1", "2.alt", "2", "3"], &[]),
            (&["1", "2", "7", "4"], &["paragraph 7 stands where 3 is due"]),
            (&["1", "2", "1", "4"], &["paragraph 1 stands where 3 is due"]),
            (&["1", "3", "2", "4"], &["paragraph 3 stands before 2"]),
            (&["1", "-2", "3"], &[]),
            (&["1", "-2", "2", "3"], &[]),
            (&["1", "-2", "-3", "4"], &[]),
            (&["I", "(a)", "99999999999999"], &[]),
            (&["4294967295", "4294967295"], &["the numbers begin with 4294967295"]),
        ] {
            let found: Vec<_> = breaks(&text(numbers)).iter().map(Break::to_string).collect();
            assert_eq!(found, wanted, "{numbers:?}");
        }
    }
}
