//! Paragraphs and an address in; what shows that nothing stands there out.
//!
//! Readers overlook a number now and then, and take a paragraph for a part of the one before. So an address is called
//! missing only where no line without a number may be it.

use crate::model::{Number, Paragraph};
use crate::text::label::label;
use crate::text::{Organ, is_roman};

/// What shows that an address is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// The paragraphs end before it, with this one; true where all numbers up to there are present.
    Beyond(String, bool),
    /// Those around it are there, and it is not.
    Gap,
    /// The paragraph is there (its number), and has no such sub-paragraph.
    Part(String),
    /// There are only so many preambular paragraphs, and behind them operative ones.
    Preamble(usize),
    /// It is there and struck out.
    Struck,
}

/// What shows that none of the paragraphs, which follow one another in one text, has this address. None where one has
/// it, and where it cannot be said.
pub(super) fn missing(paragraphs: &[&Paragraph], address: &str) -> Option<Missing> {
    let called = |p: &&&Paragraph| is_at(p, address);
    let mut struck = None;
    for paragraph in paragraphs.iter().filter(called) {
        if !paragraph.is_struck() {
            return None;
        }
        struck = Some(Missing::Struck);
    }
    if struck.is_some() {
        return struck;
    }
    let sought = Number::of(address)?;
    if sought.series.eq_ignore_ascii_case("PP") {
        return preamble(paragraphs, sought.count);
    }
    let (stem, rest) = stem(address)?;
    if rest.is_empty() {
        return unnumbered_or_gone(paragraphs, sought.count);
    }
    let holders: Vec<usize> = paragraphs
        .iter()
        .enumerate()
        .filter(|(_, paragraph)| is_numbered(paragraph, stem))
        .map(|(at, _)| at)
        .collect();
    if holders.is_empty() {
        return unnumbered_or_gone(paragraphs, sought.count);
    }
    let shown = holders.iter().all(|at| shows_its_parts(paragraphs, *at, rest));
    shown.then(|| Missing::Part(stem.to_owned()))
}

/// True where a paragraph has this number: `3` is that of `OP3` too, and `OP3` that of `3`.
pub(super) fn is_numbered(paragraph: &Paragraph, number: &str) -> bool {
    paragraph.is_called(number) || operative(number).is_some_and(|own| paragraph.is_called(&own))
}

/// True where an address names this paragraph or one of its sub-paragraphs.
fn is_at(paragraph: &Paragraph, address: &str) -> bool {
    let has_part = |own: &str| paragraph.parts_at(own).next().is_some();
    let is_part = has_part(address) || operative(address).is_some_and(|own| has_part(&own));
    is_part || is_numbered(paragraph, address)
}

/// `OP3` for `3`, as operative paragraphs may be numbered in a draft, and `3` for `OP3`, as they may be cited.
fn operative(address: &str) -> Option<String> {
    match address.strip_prefix("OP") {
        Some(number) => Some(number.trim_start().to_owned()),
        None => address.starts_with(|c: char| c.is_ascii_digit()).then(|| format!("OP{address}")),
    }
}

/// `23` and `(b)` of `23(b)`.
fn stem(address: &str) -> Option<(&str, &str)> {
    let address = address.trim();
    let from = address.find(|c: char| c.is_ascii_digit())?;
    let digits = address.get(from..)?.find(|c: char| !c.is_ascii_digit());
    address.split_at_checked(digits.map_or(address.len(), |digits| from + digits))
}

/// True where all sub-paragraphs that a paragraph has can be seen, and none has the label that `rest` ends with.
fn shows_its_parts(paragraphs: &[&Paragraph], at: usize, rest: &str) -> bool {
    let Some(paragraph) = paragraphs.get(at) else { return false };
    // A list may go on in lines of its own behind the paragraph.
    let ends = paragraphs.get(at + 1).is_none_or(|next| next.number.is_some());
    let last = rest.rsplit('(').next().unwrap_or(rest);
    let last = last.trim_matches(|c: char| !c.is_alphanumeric());
    let labelled = paragraph.parts.iter().all(|part| {
        let label = label(part.label.slice(&paragraph.text));
        label.is_some_and(|label| !label.stop)
    });
    let inline = paragraph.text.contains(&format!("{last})"));
    ends && labelled && !inline && !last.is_empty()
}

fn preamble(paragraphs: &[&Paragraph], count: u32) -> Option<Missing> {
    let own = |p: &&&Paragraph| {
        let series = p.number.as_deref().and_then(Number::of).map(|number| number.series);
        p.number.is_none() && !Organ::opens(&p.text)
            || series.is_some_and(|series| series.eq_ignore_ascii_case("PP"))
    };
    let all = paragraphs.iter().filter(own).count();
    // Where no paragraph has a number, nothing tells the preamble from the rest.
    let is_told = paragraphs.iter().any(|p| !own(&p) && p.number.is_some());
    (usize::try_from(count).ok()? > all && is_told).then_some(Missing::Preamble(all))
}

/// What shows that a number is not there.
fn unnumbered_or_gone(paragraphs: &[&Paragraph], sought: u32) -> Option<Missing> {
    let number = |p: &Paragraph| {
        let number = p.number.as_deref().and_then(Number::of)?;
        (!number.series.eq_ignore_ascii_case("PP")).then_some(number.count)
    };
    let numbers: Vec<u32> = paragraphs.iter().filter_map(|p| number(p)).collect();
    let most = *numbers.iter().max()?;
    let below = numbers.iter().copied().filter(|own| *own < sought).max()?;
    // How many lines without a number may be numbers that were overlooked.
    let mut hidden = 0;
    for (at, _) in paragraphs.iter().enumerate().filter(|(_, p)| number(p) == Some(below)) {
        let after = paragraphs.get(at + 1..).unwrap_or_default();
        let lines = after.iter().take_while(|p| p.number.is_none()).count();
        let swallowed = paragraphs.get(at).is_some_and(|p| has_line(&p.text, sought));
        hidden = hidden.max(lines + if swallowed { usize::MAX / 2 } else { 0 });
    }
    if usize::try_from(sought - below).ok()? <= hidden {
        return None;
    }
    if sought < most {
        return Some(Missing::Gap);
    }
    let whole = (1..=most).all(|wanted| numbers.contains(&wanted));
    let last = paragraphs.iter().find(|p| number(p) == Some(most));
    let last = last.and_then(|p| p.number.clone()).unwrap_or_else(|| most.to_string());
    Some(Missing::Beyond(last, whole))
}

/// True where a number stands within the text as if it began a paragraph.
pub(super) fn has_line(text: &str, number: u32) -> bool {
    let number = number.to_string();
    text.match_indices(&number).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '[']);
        let after = text.get(at + number.len()..).unwrap_or_default().trim_start();
        (before.is_empty() || before.ends_with(['\n', '.', ';', ','])) && after.starts_with('.')
    })
}

/// True where a line begins with this number without a stop, and goes on as a paragraph does: `26 Condemns …`.
pub(super) fn opens_line(text: &str, number: u32) -> bool {
    let number = number.to_string();
    text.lines().any(|line| {
        let rest = line.trim_start().trim_start_matches('[').strip_prefix(&number);
        rest.is_some_and(|rest| {
            let words = rest.trim_start_matches(['.', ']', ' ', '\t', '\u{a0}']);
            words.len() < rest.len() && words.starts_with(char::is_uppercase)
        })
    })
}

/// Addresses as they are told, three or more neighbours in one: `130 to 135`.
pub(super) fn listed(addresses: &[&str]) -> String {
    let mut runs: Vec<(&str, &str)> = Vec::new();
    for address in addresses {
        let count = |text: &str| text.parse::<u32>().ok();
        match runs.last_mut() {
            Some((_, last))
                if count(address).is_some_and(|own| count(last) == own.checked_sub(1)) =>
            {
                *last = address;
            }
            _ => runs.push((address, address)),
        }
    }
    let told = runs.iter().flat_map(|(first, last)| {
        let count = |text: &str| text.parse::<u32>().unwrap_or(0);
        match count(last).abs_diff(count(first)) {
            _ if first == last => vec![(*first).to_owned()],
            1 => vec![(*first).to_owned(), (*last).to_owned()],
            _ => vec![format!("{first} to {last}")],
        }
    });
    let told: Vec<String> = told.collect();
    match told.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => told.concat(),
    }
}

/// The Roman number that a heading begins with: "VII. Internet governance".
pub(super) fn numeral(heading: &str) -> Option<&str> {
    let words = ["Section ", "SECTION ", "Part ", "PART ", "Chapter ", "CHAPTER "];
    let heading = words.iter().find_map(|word| heading.strip_prefix(word)).unwrap_or(heading);
    let first = heading.split([' ', '.', ':', '\u{a0}']).next()?;
    is_roman(first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(numbers: &[&str]) -> Vec<Paragraph> {
        let paragraph = |number: &&str| Paragraph {
            number: Some((*number).to_owned()).filter(|n| !n.is_empty()),
            text: "Words.".to_owned(),
            ..Paragraph::default()
        };
        numbers.iter().map(paragraph).collect()
    }

    #[test]
    fn what_is_missing() {
        let beyond = |last: &str, whole| Some(Missing::Beyond(last.to_owned(), whole));
        for (numbers, address, wanted) in [
            (&["1", "2", "3"][..], "3", None),
            (&["1", "2", "3"], "4", beyond("3", true)),
            (&["1", "3"], "4", beyond("3", false)),
            (&["1", "3"], "2", Some(Missing::Gap)),
            (&["1", "", "3"], "2", None),
            (&["1", "2", ""], "3", None),
            (&["1", "2", ""], "4", beyond("2", true)),
            (&["1", "2", "3"], "2 bis", Some(Missing::Part("2".to_owned()))),
            (&["1", "2", "3"], "2(b)", Some(Missing::Part("2".to_owned()))),
            (&["1", "2", "", "3"], "2(b)", None),
            (&["", "", "1"], "PP3", Some(Missing::Preamble(2))),
            (&["", "", "1"], "PP2", None),
            (&["1", "2"], "PP2", Some(Missing::Preamble(0))),
            (&["", ""], "PP3", None),
            (&["", ""], "4", None),
            (&["1"], "XX", None),
            (&["OP1", "OP2"], "2", None),
            (&["OP1", "OP2"], "3", beyond("OP2", true)),
            (&["1", "2"], "4000000000", beyond("2", true)),
        ] {
            let text = text(numbers);
            let found = missing(&text.iter().collect::<Vec<_>>(), address);
            assert_eq!(found, wanted, "{address} of {numbers:?}");
        }
    }

    #[test]
    fn addresses_in_a_row() {
        assert_eq!(listed(&["130", "131", "132", "140", "23(b)"]), "130 to 132, 140 and 23(b)");
        assert_eq!(listed(&["5", "6", "9"]), "5, 6 and 9");
        assert_eq!(listed(&["7"]), "7");
    }
}
