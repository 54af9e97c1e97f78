//! Text in; the words it quotes from others out.

use crate::model::Span;

/// Words between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words with their quotation marks.
    pub span: Span,
    /// The words alone.
    pub inside: Span,
}

/// Marks that open and close a quotation. Single marks are left out: most of them are apostrophes.
const PAIRS: [(char, char); 4] = [('“', '”'), ('„', '“'), ('«', '»'), ('「', '」')];

/// Quotations in the order of the text, the outermost ones only. A mark that nothing closes on its line quotes nothing,
/// unless the line after it goes on with the quotation.
pub fn quotations(text: &str) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut open: Option<(usize, char, char)> = None;
    let mut depth = 0usize;
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        match open {
            None => {
                let close = match sign {
                    '"' => Some('"'),
                    _ => PAIRS.iter().find(|(begin, _)| *begin == sign).map(|(_, close)| *close),
                };
                open = close.map(|close| (at, sign, close));
                depth = 0;
            }
            Some((start, begin, close)) if sign == close => {
                if depth == 0 {
                    let inside = Span::new(start + begin.len_utf8(), at);
                    found.push(Quotation { span: Span::new(start, end), inside });
                    open = None;
                } else {
                    depth -= 1;
                }
            }
            // Each paragraph of a quotation opens with the mark, and only the last one closes it.
            Some((_, begin, _)) if sign == begin => {
                let line = text
                    .get(..at)
                    .is_some_and(|before| before.trim_end_matches(' ').ends_with('\n'));
                depth += usize::from(!line);
            }
            Some(_) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted() {
        for (text, wanted) in [
            ("the report “Our common agenda” and", &["Our common agenda"][..]),
            ("as \"one\" and \"two\" say", &["one", "two"]),
            ("“outer “inner” outer” rest", &["outer “inner” outer"]),
            ("“first line\n“second line” rest", &["first line\n“second line"]),
            ("« libre » et „frei“", &[" libre ", "frei"]),
            ("nobody’s “open", &[]),
            ("", &[]),
        ] {
            let found = quotations(text);
            let inside: Vec<&str> = found.iter().map(|q| q.inside.slice(text)).collect();
            assert_eq!(inside, wanted, "{text}");
        }
    }
}
