//! Tokens where a number may stand in; the number's shape and letter, and where it ends, out.

use super::organ::Shape;
use super::token::{Tokens, is_roman};
use crate::text::is_month;

/// A resolution's or decision's number in prose.
pub(super) struct Numbered {
    pub(super) shape: Shape,
    /// The part's letter: `217 A (III)`, `48/75 J`.
    pub(super) letter: Option<char>,
    /// The token after it.
    pub(super) last: usize,
}

const LAST_YEAR: u32 = 2100;

/// The number that stands at token `i`; `plain` allows one without a session.
pub(super) fn numbered(tokens: &Tokens, i: usize, plain: bool) -> Option<Numbered> {
    let glued = [b'/', b'.', b'-', b'$'].iter().any(|m| i > 0 && tokens.is_mark(i - 1, *m));
    if tokens.joined(i) && glued && !(i > 0 && is_range(tokens, i - 1)) {
        return None;
    }
    if tokens.is_word(i) {
        return session_by_letter(tokens, i);
    }
    let number = tokens.number(i)?;
    if tokens.is_mark(i + 1, b'/') && tokens.joined(i + 1) && tokens.joined(i + 2) {
        return slashed(tokens, i, number);
    }
    parenthesized(tokens, i, number).or_else(|| {
        let ends = !tokens.is_mark(i + 1, b'%') && !tokens.is_mark(i + 1, b'/');
        let whole = ends && !(tokens.joined(i + 2) && tokens.is_number(i + 2));
        (plain && whole && !(tokens.joined(i + 1) && tokens.is_word(i + 1))).then_some(Numbered {
            shape: Shape::Plain { number },
            letter: None,
            last: i + 1,
        })
    })
}

/// `S-20/2`, `ES-11/1`, `X/2`.
fn session_by_letter(tokens: &Tokens, i: usize) -> Option<Numbered> {
    let word = tokens.word(i);
    let emergency = match word {
        "S" => false,
        "ES" => true,
        _ => return None,
    };
    let session = tokens.number(i + 2).filter(|_| tokens.is_mark(i + 1, b'-'))?;
    let number = tokens.number(i + 4).filter(|_| tokens.is_mark(i + 3, b'/'))?;
    if !(1..=4).all(|step| tokens.joined(i + step)) {
        return None;
    }
    let shape = match emergency {
        true => Shape::Emergency { session, number },
        false => Shape::Special { session, number },
    };
    let (letter, last) = letter(tokens, i + 5);
    Some(Numbered { shape, letter, last })
}

/// `60/251`, `2006/46`, `48/75 J`, `1/CP.21`.
fn slashed(tokens: &Tokens, i: usize, first: u32) -> Option<Numbered> {
    if tokens.is_word(i + 2) {
        let named = tokens.is_any(i + 2, &["CP", "CMA", "CMP", "COP", "SBI", "SBSTA"])
            && tokens.is_mark(i + 3, b'.')
            && tokens.joined(i + 4);
        let number = tokens.number(i + 4).filter(|_| named)?;
        let name = format!("{first}/{}.{number}", tokens.word(i + 2));
        return Some(Numbered { shape: Shape::Named(name), letter: None, last: i + 5 });
    }
    let number = tokens.number(i + 2)?;
    let goes_on =
        [b'/', b'%', b'-'].iter().any(|m| tokens.is_mark(i + 3, *m)) && tokens.joined(i + 3);
    let compound = goes_on && tokens.joined(i + 4) && !tokens.is_mark(i + 4, b'"');
    if number == 0
        || compound && !is_range(tokens, i + 3)
        || (goes_on && tokens.is_mark(i + 3, b'%'))
    {
        return None;
    }
    let shape = match (tokens.word(i).len(), tokens.word(i + 2).len()) {
        (4, 1..=3) if (1946..=LAST_YEAR).contains(&first) => Shape::Year { year: first, number },
        (1..=3, 1..=3) if first > 0 => Shape::Session { session: first, number },
        _ => return None,
    };
    let (letter, last) = letter(tokens, i + 3);
    Some(Numbered { shape, letter, last })
}

/// True for the dash of `78/1–78/3`: resolutions of one session on either side.
fn is_range(tokens: &Tokens, dash: usize) -> bool {
    let Some(first) = dash.checked_sub(3) else { return false };
    let session = tokens.number(first);
    let parted = tokens.is_mark(first + 1, b'/') && tokens.is_mark(dash + 2, b'/');
    let numbers = tokens.number(dash - 1).zip(tokens.number(dash + 3));
    tokens.is_mark(dash, b'-')
        && parted
        && session.is_some()
        && session == tokens.number(dash + 1)
        && numbers.is_some_and(|(from, to)| from < to)
}

/// `1325 (2000)`, `217 A (III)`, `1874 (S-IV)`.
fn parenthesized(tokens: &Tokens, i: usize, number: u32) -> Option<Numbered> {
    let letter = tokens.capital(i + 1);
    let open = if letter.is_some() { i + 2 } else { i + 1 };
    if !tokens.is_mark(open, b'(') {
        return None;
    }
    let inner = tokens.word(open + 1);
    let (session, close) = match inner {
        "S" | "ES" if tokens.is_mark(open + 2, b'-') && is_roman(tokens.word(open + 3)) => {
            (format!("{inner}-{}", tokens.word(open + 3)), open + 4)
        }
        _ if is_roman(inner) => (inner.to_owned(), open + 2),
        _ => {
            let year = tokens.number(open + 1)?;
            let dated = letter.is_none() && (1946..=LAST_YEAR).contains(&year);
            let shape = Shape::Dated { number, year };
            return (dated && tokens.is_mark(open + 2, b')')).then_some(Numbered {
                shape,
                letter,
                last: open + 3,
            });
        }
    };
    let shape = Shape::Roman { number, session };
    tokens.is_mark(close, b')').then_some(Numbered { shape, letter, last: close + 1 })
}

/// The letter of a resolution's part at token `i`, and the token after it.
pub(super) fn letter(tokens: &Tokens, i: usize) -> (Option<char>, usize) {
    const AFTER: [&str; 13] = [
        "of", "and", "or", "to", "on", "in", "by", "with", "entitled", "adopted", "as", "so", "the",
    ];
    let found = tokens.capital(i).filter(|letter| {
        // "A" and "I" may be words of their own: "resolution 70/1 A decade later".
        let goes_on = !matches!(letter, 'A' | 'I')
            && tokens.word(i + 1).starts_with(|c: char| c.is_ascii_lowercase());
        let follows = !tokens.is_word(i + 1) || goes_on || tokens.is_any(i + 1, &AFTER);
        follows
            && !(tokens.joined(i + 1)
                && [b'-', b'/', b'\''].iter().any(|m| tokens.is_mark(i + 1, *m)))
    });
    match found {
        // "resolution 70/1 I of": never seen; a lone capital before a name is an initial or an article.
        Some(letter) => (Some(letter), i + 1),
        None => (None, i),
    }
}

/// The token after "of 27 March 2006" where it stands at token `i`, else `i`.
pub(super) fn after_date(tokens: &Tokens, i: usize) -> usize {
    let start = if tokens.is_any(i, &["of", "dated"]) { i + 1 } else { i };
    if tokens.is_number(start) && is_month(tokens.word(start + 1)) {
        return if tokens.is_number(start + 2) { start + 3 } else { start + 2 };
    }
    i
}

/// The year of the date that follows numbers of one session, the last of which ends before token `i`:
/// "61/110 and 61/111 of 14 December 2006".
pub(super) fn year_after(tokens: &Tokens, i: usize, session: u32) -> Option<u32> {
    let mut at = i;
    for _ in 0..24 {
        let date = after_date(tokens, at);
        if date > at {
            return tokens.number(date - 1).filter(|year| (1946..=LAST_YEAR).contains(year));
        }
        at = if tokens.number(at) == Some(session) && tokens.is_mark(at + 1, b'/') {
            at + 3
        } else if tokens.is_mark(at, b',')
            || tokens.is_any(at, &["and"])
            || tokens.capital(at).is_some()
        {
            at + 1
        } else {
            return None;
        };
    }
    None
}
