//! The start of a paragraph in; its printed number or label, and where it stands, out.

use super::inserted::is_inserted;
use crate::model::Span;

/// A number printed at the start of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    /// The number as printed, without its full stop: `12 bis`.
    pub(crate) number: String,
    /// True where the number stands in square brackets, `[14.]`: nobody has agreed to it yet.
    pub(crate) bracketed: bool,
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

/// Reads a number at the start of `text`: `12.`, `12 bis.`, `12 (bis).`, `12.alt`, `131 b.`, `[14.]`, `OP5`, `7.3.`
///
/// A bare number needs its full stop (or a closing parenthesis or bracket), so that "2030 is near"
/// stays a sentence. An opening bracket before the number stays in the text when it encloses more
/// than the number.
pub(crate) fn printed_number(text: &str) -> Option<Printed> {
    let lead = text.len() - text.trim_start().len();
    let mut scan = Scan { text, at: lead };
    // Where each bracket stands that is open.
    let mut brackets = Vec::new();
    while brackets.len() < MOST_BRACKETS && scan.rest().starts_with('[') {
        brackets.push(scan.at);
        scan.at += 1;
        scan.skip_spaces();
    }
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
    let mut stopped = scan.take_while(|c| c == '.') > 0;
    // `[14.]` goes as a whole, `[14. Text]` keeps its bracket around the text.
    let mut first = from;
    while let Some(open) = brackets.pop() {
        let back = scan.at;
        scan.skip_spaces();
        if !scan.eat(']') {
            scan.at = back;
            break;
        }
        first = open;
    }
    let bracketed = first < from;
    stopped |= scan.take_while(|c| c == '.') > 0;
    stopped = stopped || bracketed || scan.eat(')');
    if !(stopped || inserted || operative) || !scan.at_gap() {
        return None;
    }
    let shown = text.get(from..end)?;
    let number = match shown.contains(char::is_whitespace) {
        true => shown.split_whitespace().collect::<Vec<_>>().join(" "),
        false => shown.to_owned(),
    };
    scan.skip_spaces();
    Some(Printed { number, bracketed, range: Span::new(first, scan.at) })
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

    /// ` bis`, ` (bis)`, `-bis`, `.alt`, ` b`, `bis.alt 2`: what tells an inserted paragraph from its neighbour.
    fn suffixes(&mut self, operative: bool) -> bool {
        let mut found = false;
        loop {
            let back = self.at;
            let spaced = self.skip_spaces() > 0 || self.eat('.');
            if self.word_if(is_inserted)
                || self.enclosed()
                || self.eat('-') && self.word_if(is_inserted)
            {
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

    /// `(bis)`
    fn enclosed(&mut self) -> bool {
        let back = self.at;
        let found = self.eat('(') && self.word_if(is_inserted) && self.eat(')');
        self.at = if found { self.at } else { back };
        found
    }

    fn at_gap(&self) -> bool {
        let rest = self.rest();
        rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '[' || c == '*')
    }
}

/// The most brackets that are looked through for a number.
const MOST_BRACKETS: usize = 8;

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
            ("[ 14. ] We", "14", "We"),
            ("[14 bis.] We", "14 bis", "We"),
            ("[[14.] We]", "14", "[We]"),
            ("[[14.]] We", "14", "We"),
            ("[[14. We]]", "14", "[[We]]"),
            ("12 (bis). We", "12 (bis)", "We"),
            ("12-bis. We", "12-bis", "We"),
            ("12.bis We", "12.bis", "We"),
            ("12 nonies. We", "12 nonies", "We"),
            ("12 Quinquiesdecies We", "12 Quinquiesdecies", "We"),
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
        for text in [
            "2030 is near",
            "5 a year",
            "2.5 billion people",
            "[...] 4",
            "70/125 of",
            "1.5°C",
            "12 (see) x",
            "12-year x",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
