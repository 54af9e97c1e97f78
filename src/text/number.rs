//! The start of a paragraph in; its printed number or label, and where it stands, out.

use crate::model::Span;

/// Words that follow a number inserted between two others: "12 bis".
const INSERTED: [&str; 10] =
    ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies", "alt"];

/// A number printed at the start of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    /// The number as printed, without its full stop: `12 bis`.
    pub(crate) number: String,
    /// What is cut from the text: the number, its punctuation and the space after it.
    pub(crate) range: Span,
}

impl Printed {
    /// True for a number put between two others: `12 bis`.
    pub(crate) fn is_inserted(&self) -> bool {
        self.number.contains(char::is_alphabetic)
    }

    /// The leading whole number, `12` for `12 bis`; none for `PP3`.
    pub(crate) fn value(&self) -> Option<u64> {
        leading_value(&self.number)
    }
}

/// The leading whole number of a printed number.
pub(crate) fn leading_value(number: &str) -> Option<u64> {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    number.get(..digits)?.parse().ok()
}

/// Reads a number at the start of `text`: `12.`, `12 bis.`, `12.alt`, `131 b.`, `[14.]`, `OP5`, `7.3.`
///
/// A bare number needs its full stop (or a closing parenthesis or bracket), so that "2030 is near"
/// stays a sentence. An opening bracket before the number stays in the text when it encloses more
/// than the number.
pub(crate) fn printed_number(text: &str) -> Option<Printed> {
    let lead = text.len() - text.trim_start().len();
    let mut scan = Scan { text, at: lead };
    let brackets = scan.take_while(|c| c == '[');
    let start = scan.at;
    scan.skip_spaces();
    let from = scan.at;
    let operative = scan.word_if(|w| matches!(w, "OP" | "PP" | "Op" | "Pp"));
    if operative {
        scan.skip_spaces();
    }
    if scan.take_while(|c| c.is_ascii_digit()) == 0 || scan.at - from > 9 {
        return None;
    }
    while !operative && scan.decimal() {}
    let inserted = scan.suffixes(operative);
    let end = scan.at;
    let stopped = scan.take_while(|c| c == '.') > 0;
    let closed = brackets > 0 && scan.eat(']');
    let stopped = scan.take_while(|c| c == '.') > 0 || stopped;
    let stopped = stopped || closed || scan.eat(')');
    if !(stopped || inserted || operative) || !scan.at_gap() {
        return None;
    }
    let number = text.get(from..end)?.split_whitespace().collect::<Vec<_>>().join(" ");
    scan.skip_spaces();
    // `[14.]` goes as a whole, `[14. Text]` keeps its bracket around the text.
    let first = if closed { start - 1 } else { start };
    Some(Printed { number, range: Span::new(first, scan.at) })
}

/// True for `bis`, `ter`, `alt` and their like.
fn is_inserted(word: &str) -> bool {
    INSERTED.contains(&word.to_lowercase().as_str())
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        let taken = rest.len() - rest.trim_start_matches(keep).len();
        self.at += taken;
        taken
    }

    fn skip_spaces(&mut self) -> usize {
        self.take_while(char::is_whitespace)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.rest().starts_with(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    /// Takes the letters ahead if `accept` wants them.
    fn word_if(&mut self, accept: impl Fn(&str) -> bool) -> bool {
        let rest = self.rest();
        let len = rest.len() - rest.trim_start_matches(|c: char| c.is_alphabetic()).len();
        let accepted = rest.get(..len).is_some_and(accept);
        self.at += if accepted { len } else { 0 };
        accepted
    }

    /// `.3` of `7.3.`: a further level, which must itself be followed by a full stop.
    fn decimal(&mut self) -> bool {
        let rest = self.rest();
        let Some(after) = rest.strip_prefix('.') else { return false };
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let next = after.get(digits..).unwrap_or_default();
        let letters = next.len() - next.trim_start_matches(|c: char| c.is_alphabetic()).len();
        let inserted = next.get(..letters).is_some_and(is_inserted);
        let found = digits > 0 && (next.starts_with('.') || inserted);
        self.at += if found { digits + 1 } else { 0 };
        found
    }

    /// ` bis`, `.alt`, ` b`, `bis.alt 2`: what tells an inserted paragraph from its neighbour.
    fn suffixes(&mut self, operative: bool) -> bool {
        let mut found = false;
        loop {
            let back = self.at;
            let spaced = self.skip_spaces() > 0 || self.eat('.');
            if self.word_if(is_inserted) {
                found = true;
                let counted = self.at;
                self.skip_spaces();
                let digits = self.take_while(|c| c.is_ascii_digit());
                if digits == 0 || digits > 2 {
                    self.at = counted;
                }
                continue;
            }
            // A single letter counts only where punctuation ends it, or "5 a year" would be a number.
            let single = self.word_if(|w| w.len() == 1);
            let ends = operative && !spaced || self.rest().starts_with(['.', ')', ']']);
            if single && ends && self.text.get(back..back + 1) != Some(".") {
                continue;
            }
            self.at = back;
            return found;
        }
    }

    fn at_gap(&self) -> bool {
        let rest = self.rest();
        rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '[' || c == '*')
    }
}

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
        let place = u64::from(byte.to_ascii_lowercase() - b'a') + 1;
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

    fn number(text: &str) -> Option<(String, String)> {
        printed_number(text).map(|p| {
            let mut rest = text.to_owned();
            rest.replace_range(p.range.start..p.range.end, "");
            (p.number, rest)
        })
    }

    #[test]
    fn numbers_as_printed() {
        for (text, wanted, rest) in [
            ("12. We", "12", "We"),
            ("12 bis. We", "12 bis", "We"),
            ("12bis We", "12bis", "We"),
            ("12.alt We", "12.alt", "We"),
            ("12.alt. We", "12.alt", "We"),
            ("12 alt 2. We", "12 alt 2", "We"),
            ("131 b. We", "131 b", "We"),
            ("127 quinquies. We", "127 quinquies", "We"),
            ("[14.] We", "14", "We"),
            ("[14]. We", "14", "We"),
            ("[14. We]", "14", "[We]"),
            ("OP5 Reaffirms", "OP5", "Reaffirms"),
            ("OP5bis. Reaffirms", "OP5bis", "Reaffirms"),
            ("PP3. Recalling", "PP3", "Recalling"),
            ("7.3. We", "7.3", "We"),
            ("3.3bis We", "3.3bis", "We"),
            ("12) We", "12", "We"),
        ] {
            assert_eq!(number(text), Some((wanted.to_owned(), rest.to_owned())), "{text}");
        }
    }

    #[test]
    fn sentences_are_not_numbers() {
        for text in
            ["2030 is near", "5 a year", "2.5 billion people", "[...] 4", "70/125 of", "1.5°C"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }

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
