//! A text that is held in full in; where its numbers leave a paragraph out or go back, out.

use crate::model::{Draft, Paragraph};

/// A place where the numbers of a text are not as they should be.
#[derive(Clone, Debug)]
pub(super) struct Break<'t> {
    /// The paragraph whose number shows it.
    pub(super) paragraph: &'t Paragraph,
    /// What is wrong with it.
    pub(super) message: String,
}

/// Goes through the numbers of a text. They begin anew in an annex, and wherever a 1 stands.
pub(super) fn breaks(text: &Draft) -> Vec<Break<'_>> {
    let mut found = Vec::new();
    let mut before: Option<(&Paragraph, Number<'_>)> = None;
    for paragraph in &text.paragraphs {
        let Some(number) = paragraph.number.as_deref().and_then(Number::of) else { continue };
        let own = paragraph.number.as_deref().unwrap_or_default();
        let last = before.filter(|(other, last)| {
            other.annex == paragraph.annex && last.series == number.series && number.count != 1
        });
        let message = match last {
            None if number.count > 1 => Some(format!("the numbers begin with {own}")),
            Some((other, last)) => {
                let other = other.number.as_deref().unwrap_or_default();
                if number.count > last.count + 1 {
                    Some(format!("paragraph {own} follows {other}"))
                } else if number.count < last.count {
                    Some(format!("paragraph {own} stands after {other}"))
                } else {
                    None
                }
            }
            None => None,
        };
        found.extend(message.map(|message| Break { paragraph, message }));
        before = Some((paragraph, number));
    }
    found
}

/// Paragraphs without a number that stand between two numbered ones of the same section. Official texts have
/// such lines too, so this is worth a look and no more.
pub(super) fn unnumbered(text: &Draft) -> Vec<Break<'_>> {
    let between = text.paragraphs.windows(3).filter_map(|three| {
        let [before, paragraph, after] = three else { return None };
        let together = [before, after]
            .iter()
            .all(|near| (&near.annex, &near.section) == (&paragraph.annex, &paragraph.section));
        let (from, to) = (before.number.as_deref()?, after.number.as_deref()?);
        let (own, next) = (Number::of(from)?, Number::of(to)?);
        let follows = own.series == next.series && next.count == own.count + 1;
        let message = format!("between paragraphs {from} and {to} stands one without a number");
        (together && follows && paragraph.number.is_none() && !paragraph.placeholder)
            .then_some(Break { paragraph, message })
    });
    between.collect()
}

/// A printed number, as far as it counts: 12 of `12 bis`, `12.alt` and `OP12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number<'n> {
    /// What stands before the digits: `PP`, `OP`.
    series: &'n str,
    count: u32,
}

impl<'n> Number<'n> {
    /// None where nothing is counted, as in `IV` or `(a)`.
    fn of(number: &'n str) -> Option<Self> {
        let at = number.find(|c: char| c.is_ascii_digit())?;
        let (series, rest) = number.split_at_checked(at)?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        Some(Self { series: series.trim(), count: rest.get(..digits)?.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(numbers: &[&str]) -> Draft {
        let paragraph = |number: &&str| Paragraph {
            number: Some((*number).to_owned()).filter(|n| !n.is_empty()),
            ..Paragraph::default()
        };
        Draft { paragraphs: numbers.iter().map(paragraph).collect(), ..Draft::default() }
    }

    fn told(numbers: &[&str]) -> Vec<String> {
        breaks(&text(numbers)).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn one_without_a_number() {
        for (numbers, wanted) in [
            (&["1", "", "2"][..], &["between paragraphs 1 and 2 stands one without a number"][..]),
            (&["", "1", "2", ""], &[]),
            (&["1", "", "3"], &[]),
            (&["PP1", "", "OP2"], &[]),
        ] {
            let text = text(numbers);
            let told: Vec<_> = unnumbered(&text).into_iter().map(|found| found.message).collect();
            assert_eq!(told, wanted, "{numbers:?}");
        }
    }

    #[test]
    fn gaps_and_steps_back() {
        for (numbers, wanted) in [
            (&["1", "2", "2 bis", "3", "", "4"][..], &[][..]),
            (&["1", "2", "1", "2"], &[]),
            (&["PP1", "PP2", "OP1", "OP2"], &[]),
            (&["12", "14"], &["the numbers begin with 12", "paragraph 14 follows 12"]),
            (&["1", "2", "3", "2", "3"], &["paragraph 2 stands after 3"]),
            (&["I", "(a)", "99999999999999"], &[]),
        ] {
            assert_eq!(told(numbers), wanted, "{numbers:?}");
        }
    }
}
