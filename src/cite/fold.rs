//! A text as written in; the same text with plain hyphens, quotes and spaces and a way back out.

use std::borrow::Cow;

use crate::text::is_raised;

/// A text whose typographic variants are folded, and the offsets of the original.
///
/// Invisible characters (soft hyphens, direction marks, word joiners) and raised figures are dropped; no-break and other
/// wide spaces become spaces; dashes, quotation marks and slashes become their plain forms.
pub(super) struct Folded<'t> {
    original: &'t str,
    /// The folded text.
    pub(super) text: Cow<'t, str>,
    /// Where a piece copied as it stands begins: in the folded text and in the original.
    pieces: Vec<(usize, usize)>,
}

impl<'t> Folded<'t> {
    /// Folds `original`; a text of plain ASCII is not copied.
    pub(super) fn new(original: &'t str) -> Self {
        if original.is_ascii() {
            return Self { original, text: Cow::Borrowed(original), pieces: Vec::new() };
        }
        let mut text = String::with_capacity(original.len());
        let mut pieces = vec![(0, 0)];
        let mut copied = 0;
        for (at, c) in original.char_indices().filter(|(_, c)| !c.is_ascii()) {
            let Some(plain) = plain(c) else { continue };
            let after = at + c.len_utf8();
            text.push_str(original.get(copied..at).unwrap_or_default());
            if !plain.is_empty() {
                pieces.push((text.len(), at));
                text.push_str(plain);
            }
            pieces.push((text.len(), after));
            copied = after;
        }
        text.push_str(original.get(copied..).unwrap_or_default());
        Self { original, text: Cow::Owned(text), pieces }
    }

    /// Byte of the original that byte `at` of the folded text came from.
    pub(super) fn start(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(folded, _)| *folded <= at);
        let piece = index.checked_sub(1).and_then(|i| self.pieces.get(i));
        piece.map_or(at, |(folded, original)| original + (at - folded))
    }

    /// Byte of the original after the character that ends before byte `at` of the folded text.
    pub(super) fn end(&self, at: usize) -> usize {
        let Some(last) = self.text.get(..at).and_then(|before| before.chars().next_back()) else {
            return self.start(at);
        };
        let start = self.start(at - last.len_utf8());
        let width = self.original.get(start..).and_then(|rest| rest.chars().next());
        start + width.map_or(0, char::len_utf8)
    }
}

/// The plain form of a typographic character; none for one that is kept as it is.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => "",
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => " ",
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{2043}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff0d}' => "-",
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{2bc}' => "'",
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => "\"",
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => "/",
        '\u{ff08}' => "(",
        '\u{ff09}' => ")",
        // The call of a note is no figure of the number before it.
        raised if is_raised(raised) => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Folded;

    #[test]
    fn offsets_lead_back_to_the_original() {
        let text = "résolution\u{a0}70\u{ad}/125\u{200e} “x”";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "résolution 70/125 \"x\"");
        let at = folded.text.find("70").unwrap_or_default();
        let end = at + "70/125".len();
        assert_eq!(text.get(folded.start(at)..folded.end(end)), Some("70\u{ad}/125"));
        assert_eq!(folded.end(folded.text.len()), text.len());
    }
}
