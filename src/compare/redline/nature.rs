//! Characters of two texts that differ in; whether it is words, their status, their writing or only their type, out.

use super::joined::Joined;
use crate::model::Differs;
use crate::text::is_raised;

/// True where two texts are the same but for the kind of hyphens, quotation marks and spaces.
pub(super) fn same_type(a: &str, b: &str) -> bool {
    let plain = |text: &'_ str| -> String {
        let shown =
            text.chars().filter(|c| !matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}'));
        let plain = shown.map(|c| match c {
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            '“' | '”' | '„' | '«' | '»' => '"',
            '‘' | '’' | '‚' => '\'',
            '\n' => '\n',
            c if c.is_whitespace() => ' ',
            c => c,
        });
        plain.collect()
    };
    plain(a) == plain(b)
}

/// What it is that differs where one text has these characters between two words and the other has not.
pub(super) fn nature(between: &str, signed: bool) -> Differs {
    let is_sign = |c: char| match c {
        '-' | '−' | '‑' | '–' => signed,
        _ => !c.is_alphanumeric() && !c.is_whitespace() && !PUNCTUATION.contains(c),
    };
    if between.contains(['[', ']']) {
        Differs::Status
    } else if between.contains(is_sign) {
        Differs::Words
    } else {
        Differs::Writing
    }
}

/// Words of so many letters and figures are units and bases, `km²` and `10⁶`; behind longer ones, a raised figure is the
/// mark of a footnote.
const SHORT: usize = 3;

/// True for a character at byte `at`, beside the words, that is no label of its own line: of a sub-paragraph that is
/// referred to, `5 (a)`, or a raised figure that belongs to what it stands behind.
pub(super) fn is_counted(text: &str, at: usize, sign: &str) -> bool {
    let before = text.get(..at).unwrap_or_default();
    if sign.chars().any(is_raised) {
        let word = before.trim_end_matches(is_raised).chars().rev();
        return (1..=SHORT).contains(&word.take_while(|c| c.is_alphanumeric()).count());
    }
    let line = before.rsplit('\n').next().unwrap_or_default();
    let label = line.trim_start_matches(['(', '[', ' ']);
    sign.contains(char::is_alphanumeric) && !label.chars().all(char::is_alphanumeric)
}

/// The figures of a text with nothing between their thousands: `12,345` and `12345` are one, `12,5` and `125` are not.
pub(super) fn value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let behind = text.get(at + c.len_utf8()..).unwrap_or_default();
        let digits = behind.chars().take_while(|c| c.is_numeric()).count();
        let parts = matches!(c, ',' | '.') && out.ends_with(char::is_numeric);
        if c.is_numeric() || parts && !matches!(digits, 0 | THOUSAND) {
            out.push(c);
        }
    }
    out
}

/// Digits of a figure between two signs that part its thousands.
const THOUSAND: usize = 3;

/// True where a dash stands between two figures: "2013-2015".
pub(super) fn parts_figures(side: &Joined, at: usize) -> bool {
    let gap = side.between(at, at).slice(&side.text).trim();
    let figure = |at: Option<usize>| {
        let token = at.and_then(|at| side.tokens.get(at));
        token.is_some_and(|token| token.span.slice(&side.text).starts_with(char::is_numeric))
    };
    matches!(gap, "-" | "−" | "‑" | "–" | "—") && figure(at.checked_sub(1)) && figure(Some(at))
}

/// What parts words without meaning anything by itself; other signs ("5 %", "> 5", "€5") do mean something.
const PUNCTUATION: &str = ".,;:!?¿¡…·•*_/\\()'\"’‘‚“”„«»‹›`´—―‒‐\u{AD}\u{200B}\u{200E}\u{200F}\u{2060}\u{FEFF}،؛؟。、，；：（）《》「」";

/// True where a figure follows a sign: "-5 per cent".
pub(super) fn sign_before(side: &Joined, at: usize) -> bool {
    let gap = side.between(at, at).slice(&side.text);
    let word = side.tokens.get(at).map_or("", |token| token.span.slice(&side.text));
    let mut ends = gap.chars().rev();
    word.starts_with(|c: char| c.is_ascii_digit())
        && matches!(ends.next(), Some('-' | '−' | '‑' | '–'))
        && ends.next().is_none_or(|c| !c.is_alphanumeric())
}
