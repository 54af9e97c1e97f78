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

/// A mark that opens a quotation, and those that may close it.
type Pair = (char, &'static [char]);

/// The marks of the official languages, and of others that quote in the same way.
const PAIRS: [Pair; 10] = [
    ('“', &['”']),
    ('"', &['"']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('「', &['」']),
    ('『', &['』']),
    ('‹', &['›']),
    ('‘', &['’']),
    ('‚', &['‘', '’']),
    ('\'', &['\'']),
];

/// Quotations in the order of the text, the outermost ones only. A mark that nothing closes on its line quotes nothing,
/// unless the line after it goes on with the quotation.
///
/// Most single marks are apostrophes. One opens a quotation only before a letter and behind no letter, and only where the
/// same line closes it; and it closes one only where no letter follows.
pub fn quotations(text: &str) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut open: Option<(usize, Pair)> = None;
    let mut depth = 0usize;
    // Up to here the text lies within a single quotation that has been found.
    let mut past = 0;
    for (at, sign) in text.char_indices().filter(|(_, sign)| !sign.is_ascii_alphanumeric()) {
        let end = at + sign.len_utf8();
        match open {
            _ if at < past => {}
            None => {
                let Some(pair) = PAIRS.iter().find(|(begin, _)| *begin == sign) else { continue };
                if is_single(sign) {
                    let single = single(text, at, *pair);
                    past = single.map_or(past, |single| single.span.end);
                    found.extend(single);
                } else {
                    open = Some((at, *pair));
                    depth = 0;
                }
            }
            Some((start, (begin, close))) if close.contains(&sign) => {
                if depth == 0 {
                    let inside = Span::new(start + begin.len_utf8(), at);
                    found.push(Quotation { span: Span::new(start, end), inside });
                    open = None;
                } else {
                    depth -= 1;
                }
            }
            // Each paragraph of a quotation opens with the mark, and only the last one closes it.
            Some((_, (begin, _))) if sign == begin => {
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

/// True for the marks that may be apostrophes.
fn is_single(sign: char) -> bool {
    matches!(sign, '‘' | '‚' | '\'')
}

/// No quotation between single marks is longer, in bytes.
const LONGEST_SINGLE: usize = 1000;

/// The quotation between single marks that opens at `at`.
fn single(text: &str, at: usize, (begin, close): Pair) -> Option<Quotation> {
    let is_word = |c: char| c.is_alphanumeric();
    let start = at + begin.len_utf8();
    let behind = text.get(start..)?;
    let begins = |c: char| c.is_alphabetic() || matches!(c, '[' | '…' | '“' | '"' | '«');
    if !behind.starts_with(begins) || text.get(..at)?.ends_with(is_word) {
        return None;
    }
    let mut before = ' ';
    let mut line = behind.char_indices().take_while(|(at, c)| *at < LONGEST_SINGLE && *c != '\n');
    let (place, sign) = line.find(|(at, c)| {
        let is_end = !std::mem::replace(&mut before, *c).is_whitespace();
        let after = behind.get(at + c.len_utf8()..).unwrap_or_default();
        close.contains(c) && is_end && !after.starts_with(is_word)
    })?;
    let inside = Span::new(start, start + place);
    Some(Quotation { span: Span::new(at, inside.end + sign.len_utf8()), inside })
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
            ("« libre » et „frei“ i „wolny”", &[" libre ", "frei", "wolny"]),
            ("« un « deux » trois » et ‹ quatre ›", &[" un « deux » trois ", " quatre "]),
            ("「一『二』三」和『四』", &["一『二』三", "四"]),
            ("says ‘the port’s lamps’ and 'all of them'", &["the port’s lamps", "all of them"]),
            ("‚eins‘ and ‘“two” three’", &["eins", "“two” three"]),
            ("States’ duties, nobody’s, l’eau, the ‘90s and rock'n'roll", &[]),
            ("“outer ‘inner’ outer” and States’ ‘open", &["outer ‘inner’ outer"]),
            ("nobody’s “open", &[]),
            ("", &[]),
        ] {
            let found = quotations(text);
            let inside: Vec<&str> = found.iter().map(|q| q.inside.slice(text)).collect();
            assert_eq!(inside, wanted, "{text}");
        }
    }
}
