//! A text in; what nobody should have to put together from its parts, figures and symbols of documents, out.
//!
//! A figure is `1 200 000`, `25,000`, `2.5`, `١٬٢٠٠`; a symbol is a word with strokes and figures in it, `A/RES/70/125`,
//! and so is the address of a page.

use super::scan::is_raised;
use crate::model::Span;

/// Nothing longer, in bytes, is kept whole.
const LONGEST: usize = 160;

/// Digits of a figure that stand between two joints.
const GROUP: usize = 3;

/// How many bytes at the start of a text are one figure or one symbol; 0 where there is none. The text begins where a word
/// does.
pub fn whole_len(text: &str) -> usize {
    let symbol = symbol_len(text);
    if symbol > 0 { symbol } else { figure_len(text) }
}

/// The figure or symbol that lies on both sides of the byte `at`.
pub fn whole_around(text: &str, at: usize) -> Option<Span> {
    let (before, behind) = text.split_at_checked(at)?;
    let least = at.saturating_sub(LONGEST);
    // A word that a figure or symbol may go on from is looked for to the left, as far as one may reach.
    let mut start = at;
    let mut after: Option<char> = behind.chars().next();
    for (own, c) in before.char_indices().rev().take_while(|(own, _)| *own >= least) {
        let parts = is_space(c) && !after.is_some_and(is_digit);
        if parts || !(is_space(c) || may_hold(c)) {
            break;
        }
        (start, after) = (own, Some(c));
    }
    while start < at {
        let rest = text.get(start..)?;
        let len = whole_len(rest);
        if start + len > at {
            return Some(Span::new(start, start + len));
        }
        // On with the next word.
        let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()).max(len);
        let next = rest.get(word..)?.find(char::is_alphanumeric)?;
        start += word + next;
    }
    None
}

/// Digits, and groups of digits behind a joint: behind a space only groups of three, as "2024 100 people" are two figures.
fn figure_len(text: &str) -> usize {
    let digits = |text: &str| {
        text.chars()
            .take_while(|c| is_digit(*c))
            .fold((0, 0), |(count, len), c| (count + 1, len + c.len_utf8()))
    };
    let (count, mut end) = digits(text);
    let mut spaced = (1..=GROUP).contains(&count);
    while end > 0 && end < LONGEST {
        let rest = text.get(end..).unwrap_or_default();
        let Some(joint) = rest.chars().next().filter(|c| is_space(*c) || is_point(*c)) else {
            break;
        };
        let (count, len) = digits(rest.get(joint.len_utf8()..).unwrap_or_default());
        if count == 0 || is_space(joint) && !(spaced && count == GROUP) {
            break;
        }
        spaced &= count == GROUP;
        end += joint.len_utf8() + len;
    }
    end
}

/// A word with a stroke in it that does not only part two words, as in "and/or": there is a figure in it.
fn symbol_len(text: &str) -> usize {
    if !text.starts_with(char::is_alphanumeric) {
        return 0;
    }
    let (mut open, mut end) = (0usize, 0);
    let (mut figures, mut strokes) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => break,
            ')' => open -= 1,
            '/' => strokes = true,
            c if is_digit(c) => figures = true,
            c if !may_hold(c) => break,
            _ => {}
        }
        if at >= LONGEST {
            return 0;
        }
        // A stop at its end is that of the sentence.
        if c.is_alphanumeric() || c == ')' {
            end = at + c.len_utf8();
        }
    }
    let own = text.get(..end).unwrap_or_default();
    if figures && strokes && own.contains('/') { end } else { 0 }
}

/// A digit of any script; a raised one calls a note.
fn is_digit(c: char) -> bool {
    c.is_numeric() && !is_raised(c)
}

/// What may stand between the digits of a figure.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_point(c: char) -> bool {
    matches!(c, '.' | ',' | '\u{66b}' | '\u{66c}')
}

/// What a figure or a symbol is made of. Scripts that are written without spaces have words beside a symbol, not in it.
fn may_hold(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || is_digit(c)
        || is_point(c)
        || matches!(c, '/' | '-' | '‑' | '(' | ')' | ':' | '?' | '=' | '&' | '%' | '#' | '_')
        || c.is_alphabetic() && u32::from(c) < 0x600
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_symbols_are_whole() {
        for (text, wanted) in [
            ("1 200 000 a year", "1 200 000"),
            ("25,000 nets", "25,000"),
            ("2.5 million", "2.5"),
            ("2.", "2"),
            ("2024 100 people", "2024"),
            ("3, 4 and 5", "3"),
            ("100 20 people", "100"),
            ("1\u{a0}200,5.", "1\u{a0}200,5"),
            ("١٬٢٠٠ دولار", "١٬٢٠٠"),
            ("A/RES/70/125.", "A/RES/70/125"),
            ("A/77/62-E/2022/8, para. 3", "A/77/62-E/2022/8"),
            ("DOC/6(Rev.1)-E) and", "DOC/6(Rev.1)-E"),
            ("75/202).", "75/202"),
            ("70/125号决议", "70/125"),
            ("https://docs.un.org/en/A/RES/70/1).", "https://docs.un.org/en/A/RES/70/1"),
            ("and/or 5", ""),
            ("word 5", ""),
            ("", ""),
        ] {
            assert_eq!(&text[..whole_len(text)], wanted, "{text}");
        }
    }

    #[test]
    fn what_lies_on_both_sides() {
        for (before, behind, wanted) in [
            ("costs 12 345 ", "678 a year", Some("12 345 678")),
            ("costs 12 ", "345 678 a year", Some("12 345 678")),
            ("costs ", "12 345 678 a year", None),
            ("in 2024 ", "100 people", None),
            ("see A/", "RES/70/125.", Some("A/RES/70/125")),
            ("(see A/RES/", "70/125)", Some("A/RES/70/125")),
            ("see A/RES/70/125", ", para. 3", None),
            ("大会第70/", "125号决议", Some("70/125")),
            ("hers and/", "or 5", None),
            ("the word ", "of 2", None),
            ("in 2 ", "300 towns", Some("2 300")),
        ] {
            let text = format!("{before}{behind}");
            let found = whole_around(&text, before.len()).map(|span| span.slice(&text));
            assert_eq!(found, wanted, "{text}");
        }
    }
}
