//! The start of a sub-paragraph in; its label, and what the label may count, out.

use super::number::printed_number;
use crate::model::Span;

/// How a sub-paragraph is labelled: the kind of counter decides which labels belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `(a)`
    Lower,
    /// `(A)`
    Upper,
    /// `(i)`
    Roman,
    /// `(1)`
    Digit,
    /// `a.`
    LowerStop,
    /// `i.`
    RomanStop,
    /// `1.` inside another paragraph
    DigitStop,
    /// A bullet
    Bullet,
}

/// A label at the start of a sub-paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// Its counter, `b`, `ii`, `3`.
    pub(crate) counter: String,
    /// Where it stands in the text, parentheses or full stop included.
    pub(crate) range: Span,
    /// True for `a.`, false for `(a)`.
    pub(crate) stop: bool,
}

/// Reads a label at the start of `text`: `(a)`, `a)`, `(ii)`, `(12)`, `a.`, also after an opening bracket.
pub(crate) fn label(text: &str) -> Option<Label> {
    let lead = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '[').len();
    let rest = text.get(lead..)?;
    let open = rest.starts_with('(');
    let body = rest.get(usize::from(open)..)?;
    let len = body.len() - body.trim_start_matches(char::is_alphanumeric).len();
    let counter = body.get(..len)?;
    let close = body.as_bytes().get(len)?;
    let stop = *close == b'.';
    if !(*close == b')' || stop && !open) || !is_counter(counter) {
        return None;
    }
    // "A. Smith" and "1. Text" are not sub-paragraphs: a full stop goes with small letters only.
    if stop && !counter.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let range = Span::new(lead, lead + usize::from(open) + len + 1);
    let after = text.get(range.end..)?;
    let parted = after.is_empty() || after.starts_with(char::is_whitespace) || !stop;
    parted.then(|| Label { counter: counter.to_owned(), range, stop })
}

/// Reads what counts an item of a list: a label, or a number in brackets, `[2.]`.
pub(crate) fn item_label(text: &str) -> Option<Label> {
    label(text).or_else(|| {
        let printed = printed_number(text)?;
        let digits = printed.number.bytes().all(|b| b.is_ascii_digit());
        let shown = printed.range.slice(text).trim_end().len();
        let range = Span::new(printed.range.start, printed.range.start + shown);
        (printed.bracketed && digits).then_some(Label {
            counter: printed.number,
            range,
            stop: true,
        })
    })
}

/// Letters that count in scripts other than Latin, each in its own order.
const LETTERS: [&str; 3] =
    ["أبجدهوزحطيكلمنسعفصقرشتثخذضظغ", "абвгдежзиклмнопрстуфхцчшщэюя", "一二三四五六七八九十"];

/// The place of a single letter in the order of its script.
fn place_in_script(counter: &str) -> Option<u64> {
    // Arabic joins a stretching mark to the letter ha.
    let mut letters = counter.chars().filter(|c| *c != '\u{640}');
    let (letter, None) = (letters.next()?, letters.next()) else { return None };
    let place = LETTERS.iter().find_map(|script| script.chars().position(|c| c == letter))?;
    Some(place as u64 + 1)
}

fn is_counter(counter: &str) -> bool {
    if !counter.is_ascii() {
        return place_in_script(counter).is_some();
    }
    let same_case = counter.bytes().all(|b| b.is_ascii_lowercase())
        || counter.bytes().all(|b| b.is_ascii_uppercase());
    let letters = same_case
        && (counter.len() == 1
            || counter.len() == 2 && counter.as_bytes().first() == counter.as_bytes().get(1)
            || roman_value(counter).is_some());
    let digits = counter.len() <= 2 && counter.bytes().all(|b| b.is_ascii_digit());
    !counter.is_empty() && (letters || digits)
}

/// The value of a small roman number (1 to 39) in either case.
pub(crate) fn roman_value(text: &str) -> Option<u64> {
    let lower = text.to_ascii_lowercase();
    if !lower.bytes().all(|letter| matches!(letter, b'i' | b'v' | b'x')) {
        return None;
    }
    (1..40).find(|value| roman(*value) == lower)
}

/// A roman number in small letters, up to 3,999; larger ones repeat the thousand.
pub(crate) fn roman(mut value: u64) -> String {
    const WEIGHTS: [(u64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (weight, letters) in WEIGHTS {
        while value >= weight {
            out.push_str(letters);
            value -= weight;
        }
    }
    out
}

impl Label {
    /// The styles this label can be read in, the usual one first, with its place in the count.
    /// `(i)` is a roman one or the ninth letter; only its neighbours tell.
    pub(crate) fn readings(&self) -> Vec<(Style, u64)> {
        let mut out = Vec::new();
        if let Ok(value) = self.counter.parse() {
            out.push((if self.stop { Style::DigitStop } else { Style::Digit }, value));
            return out;
        }
        if let Some(place) = place_in_script(&self.counter) {
            out.push((Style::Lower, place));
            return out;
        }
        let roman_style = if self.stop { Style::RomanStop } else { Style::Roman };
        if let Some(value) = roman_value(&self.counter) {
            out.push((roman_style, value));
        }
        let byte = self.counter.bytes().next().unwrap_or(b'a');
        let place = u64::from(byte.to_ascii_lowercase().saturating_sub(b'a')) + 1;
        let place = place + 26 * (self.counter.len() as u64 - 1);
        let letters = match (byte.is_ascii_uppercase(), self.stop) {
            (true, _) => Style::Upper,
            (false, true) => Style::LowerStop,
            (false, false) => Style::Lower,
        };
        if self.counter.len() <= 2 && self.counter.bytes().all(|b| b == byte) {
            out.push((letters, place));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (text, wanted) in [
            ("(a) x", "a"),
            ("(ii) x", "ii"),
            ("a. x", "a"),
            ("a) x", "a"),
            ("[(b) x]", "b"),
            ("(ب) x", "ب"),
            ("(هـ) x", "هـ"),
            ("б) x", "б"),
        ] {
            assert_eq!(label(text).map(|l| l.counter), Some(wanted.to_owned()), "{text}");
        }
        for text in ["(see) x", "A. Smith", "e.g. x", "(SIDS) x", "i.e. x"] {
            assert_eq!(label(text), None, "{text}");
        }
    }
}
