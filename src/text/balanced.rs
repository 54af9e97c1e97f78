//! A span of a text in; the span with the brackets and quotation marks that belong to it out.

use crate::model::Span;

const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('“', '”'), ('‘', '’')];

/// Widens a span of words over the brackets and quotation marks that belong to it: those just outside whose
/// other half lies inside (`predictable] financing` becomes `[predictable] financing`), and square brackets
/// that hold nothing else (`[, as appropriate,]`).
pub fn balanced(text: &str, span: Span) -> Span {
    let mut span = span;
    if span.is_empty() {
        return span;
    }
    let before = text.get(..span.start).unwrap_or_default().trim_end_matches([' ', ',']);
    let after = text.get(span.end..).unwrap_or_default();
    let rest = after.trim_start_matches([' ', ',']);
    if before.ends_with('[') && rest.starts_with(']') && depth(span.slice(text), '[', ']') == 0 {
        return Span::new(before.len() - 1, span.end + (after.len() - rest.len()) + 1);
    }
    loop {
        let inside = span.slice(text);
        let after = text.get(span.end..).and_then(|t| t.chars().next());
        let before = text.get(..span.start).and_then(|t| t.chars().next_back());
        let closes = PAIRS.iter().find(|(_, close)| Some(*close) == after);
        let opens = PAIRS.iter().find(|(open, _)| Some(*open) == before);
        if let Some((_, close)) = closes.filter(|(o, c)| depth(inside, *o, *c) > 0) {
            span.end += close.len_utf8();
        } else if let Some((open, _)) = opens.filter(|(o, c)| depth(inside, *o, *c) < 0) {
            span.start -= open.len_utf8();
        } else {
            return span;
        }
    }
}

/// Openings that are not closed, or, negative, closings that were not opened.
fn depth(text: &str, open: char, close: char) -> i32 {
    let mut depth = 0;
    for c in text.chars() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_come_along() {
        for (text, words, wanted) in [
            ("and [predictable] financing.", "predictable] financing", "[predictable] financing"),
            ("in (2022–2032), and", "(2022–2032", "(2022–2032)"),
            ("in (2022–2032), and", "2022–2032", "2022–2032"),
            ("plain words", "words", "words"),
            ("law[, as appropriate,] and", "as appropriate", "[, as appropriate,]"),
            ("[shall] [should] plan", "should", "[should]"),
        ] {
            let start = text.find(words).unwrap_or_default();
            let span = balanced(text, Span::new(start, start + words.len()));
            assert_eq!(span.slice(text), wanted);
        }
    }
}
