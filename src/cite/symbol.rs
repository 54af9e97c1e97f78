//! Tokens where a document symbol begins in; the symbol in its canonical form, and where it ends, out.

use super::number::letter;
use super::token::{Tokens, is_roman};

/// A document symbol found in a text.
pub(super) struct Symbol {
    /// Canonical form.
    pub(super) symbol: String,
    /// The part's letter where the symbol does not carry it: `A/RES/217(III)` of `217 A (III)`.
    pub(super) letter: Option<char>,
    /// Where it ends in the folded text.
    pub(super) end: usize,
}

/// The longest parenthesis a symbol holds, such as `(Parts I and II)`.
const MAX_PARENTHESIS: usize = 32;
/// The longest symbol; what goes on longer is no symbol.
const MAX_SYMBOL: usize = 120;

/// The symbol that begins with token `i`.
pub(super) fn symbol(tokens: &Tokens, i: usize) -> Option<Symbol> {
    let start = tokens.get(i)?.start;
    // S-20/2 is a number; its symbol is A/RES/S-20/2.
    let special = tokens.is_mark(i + 1, b'-') && matches!(tokens.word(i), "S" | "A" | "E");
    if special || !may_begin(tokens.text, start) {
        return None;
    }
    let window = tokens.text.as_bytes().get(start..)?;
    let window = window.get(..MAX_SYMBOL).unwrap_or(window);
    let resolution = is_resolution(window);
    let (mut end, mut canonical, mut cut) = (0, String::new(), false);
    while let Some(byte) = window.get(end).copied() {
        let next = window.get(end + 1).copied().unwrap_or(b' ');
        match byte {
            _ if byte.is_ascii_alphanumeric() => {
                if !cut {
                    canonical.push(char::from(byte));
                }
                end += 1;
            }
            b'/' | b'.' if next.is_ascii_alphanumeric() => {
                if !cut {
                    canonical.push(char::from(byte));
                }
                end += 1;
            }
            // "A/66/53/Add.1/ Corr.1"
            b'/' if next == b' ' && has_addition(window, end + 2) => {
                canonical.push('/');
                end += 2;
            }
            b'-' if next.is_ascii_alphanumeric() => match after_hyphen(window, end) {
                Hyphen::Part => {
                    canonical.push('-');
                    end += 1;
                }
                // A range of documents, or a second symbol of the same one: the first stands for it.
                Hyphen::Beyond => {
                    cut = true;
                    end += 1;
                }
                Hyphen::Stop => break,
            },
            b'(' | b' ' => {
                let open = window.get(end..)?.iter().position(|b| *b == b'(').filter(|at| *at <= 3);
                let Some(close) = open.and_then(|at| parenthesis(window, end + at, resolution))
                else {
                    break;
                };
                let inner = window.get(end..close)?.iter().filter(|b| **b != b' ');
                if !cut {
                    canonical.extend(inner.map(|b| char::from(*b)));
                }
                end = close;
            }
            _ => break,
        }
    }
    let trailing = canonical.len() - canonical.trim_end_matches(['.', '-', '/']).len();
    canonical.truncate(canonical.len() - trailing);
    let mut found = Symbol { symbol: canonical, letter: None, end: start + end };
    is_plausible(&found.symbol).then(|| {
        canonicalize(&mut found, tokens, resolution);
        found
    })
}

/// False where the letters at `start` are the middle of a word, or of an address on any other host.
fn may_begin(text: &str, start: usize) -> bool {
    let before = text.get(start.saturating_sub(48)..start).or_else(|| text.get(..start));
    match before.and_then(|b| b.chars().next_back()) {
        Some('/') => before.is_some_and(|b| {
            let host = b.rsplit_once(['"', ' ', '(', '<']).map_or(b, |(_, address)| address);
            host.contains("undocs.org/") || host.contains("docs.un.org/")
        }),
        Some(c) => !((c.is_alphanumeric() && c < '\u{590}') || ".-_=@:\\".contains(c)) || c == ':',
        None => true,
    }
}

/// True where the window begins `X/RES/` or `A/HRC/RES/`.
fn is_resolution(window: &[u8]) -> bool {
    let head = window.get(..12).unwrap_or(window);
    head.windows(5).any(|part| part.eq_ignore_ascii_case(b"/RES/"))
}

/// True where an addition to a document is named at `at`.
fn has_addition(window: &[u8], at: usize) -> bool {
    let rest = window.get(at..).unwrap_or_default();
    ["Add.", "Corr.", "Rev."].iter().any(|word| rest.starts_with(word.as_bytes()))
}

enum Hyphen {
    /// It belongs to the symbol: `S-20`, `WSIS-05`, `-E`.
    Part,
    /// What follows is read and left out: `SR.9-16`, `A/56/1026-S/2002/932`.
    Beyond,
    /// The symbol ends before it.
    Stop,
}

fn after_hyphen(window: &[u8], at: usize) -> Hyphen {
    let before = at.checked_sub(1).and_then(|b| window.get(b)).copied().unwrap_or(b' ');
    let rest = window.get(at + 1..).unwrap_or_default();
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let capitals = rest.iter().take_while(|b| b.is_ascii_uppercase()).count();
    let boundary = |n: usize| !rest.get(n).is_some_and(u8::is_ascii_alphanumeric);
    let next = rest.get(capitals.max(digits)).copied().unwrap_or(b' ');
    if before.is_ascii_uppercase()
        && (digits > 0 && boundary(digits) || capitals > 1 && next == b'/')
    {
        Hyphen::Part
    } else if digits > 0 && boundary(digits) && before.is_ascii_digit()
        || capitals > 0 && rest.get(capitals) == Some(&b'/')
    {
        Hyphen::Beyond
    } else if capitals == 1 && boundary(1) {
        Hyphen::Part
    } else {
        Hyphen::Stop
    }
}

/// Where the parenthesis that opens at `open` ends, if a symbol may hold it.
fn parenthesis(window: &[u8], open: usize, resolution: bool) -> Option<usize> {
    const PARTS: [&str; 9] =
        ["vol", "vols", "part", "parts", "sect", "sects", "supp", "introduction", "chap"];
    let rest = window.get(open + 1..)?;
    let length = rest.iter().take(MAX_PARENTHESIS).position(|b| *b == b')')?;
    let inner = std::str::from_utf8(rest.get(..length)?).ok()?;
    let word = inner.split([' ', '.', '-']).next().unwrap_or_default();
    let named = PARTS.iter().any(|part| word.to_ascii_lowercase().starts_with(part));
    let year = inner.len() == 4 && inner.bytes().all(|b| b.is_ascii_digit());
    let session = is_roman(inner.trim_start_matches("ES-").trim_start_matches("S-"));
    let revision =
        word == "Rev" || (!inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit()) && !year);
    let joined = open > 0 && window.get(open - 1).is_some_and(u8::is_ascii_alphanumeric);
    (named
        || (resolution && ((year && window.starts_with(b"S/")) || session))
        || (joined && revision))
        .then_some(open + length + 2)
}

/// Two components at least, a digit, and no component that is a word of prose.
fn is_plausible(symbol: &str) -> bool {
    let mut components = symbol.split('/');
    let first = components.next().unwrap_or_default();
    let digits = symbol.bytes().filter(u8::is_ascii_digit).count();
    let rest: Vec<&str> = components.collect();
    let prose = rest.iter().filter(|c| !c.eq_ignore_ascii_case("res")).any(|c| {
        c.starts_with(|l: char| l.is_ascii_lowercase() && c.len() > 1)
            || c.bytes().take_while(u8::is_ascii_lowercase).count() > 1
    });
    let enough = rest.len() > 1 || digits >= 3 || first.len() > 1;
    let numbered = rest.iter().any(|c| c.bytes().any(|b| b.is_ascii_digit()));
    !rest.is_empty() && enough && numbered && !prose
}

/// Brings a symbol into the form the United Nations' own addresses use.
fn canonicalize(found: &mut Symbol, tokens: &Tokens, resolution: bool) {
    for (other, own) in [("HRC/", "A/HRC/"), ("UNGA/", "A/"), ("GA/", "A/")] {
        if let Some(rest) = found.symbol.strip_prefix(other) {
            found.symbol = format!("{own}{rest}");
        }
    }
    if !resolution || found.symbol.starts_with("UNEP/") {
        return;
    }
    let components: Vec<&str> = found.symbol.split('/').collect();
    let upper = components.iter().map(|c| if c.eq_ignore_ascii_case("RES") { "RES" } else { c });
    found.symbol = upper.collect::<Vec<_>>().join("/");
    // A/RES/217 A (III), A/RES/217A(III)
    let after = tokens.index_at(found.end);
    if let Some((number, session)) = found.symbol.split_once('(') {
        if let Some(letter) = number.chars().next_back().filter(char::is_ascii_uppercase) {
            found.symbol = format!("{}({session}", number.trim_end_matches(letter));
            found.letter = Some(letter);
        }
        return;
    }
    let (letter, last) = letter(tokens, after);
    let Some(letter) = letter else { return };
    let roman = |close: usize| tokens.is_mark(last, b'(') && tokens.is_mark(close, b')');
    if roman(last + 2) && is_roman(tokens.word(last + 1)) {
        found.symbol = format!("{}({})", found.symbol, tokens.word(last + 1));
        found.letter = Some(letter);
        found.end = tokens.get(last + 2).map_or(found.end, |t| t.end);
    } else if found.symbol.ends_with(|c: char| c.is_ascii_digit()) {
        found.symbol.push(letter);
        found.end = tokens.get(last - 1).map_or(found.end, |t| t.end);
    }
}

/// A symbol as it is compared: without spaces, case, the mark of the language, and the asterisk of a reissue.
pub(super) fn key(symbol: &str) -> String {
    let symbol = symbol.trim_end_matches('*');
    let mut key: String = symbol.chars().filter(|c| !c.is_whitespace()).collect();
    key.make_ascii_uppercase();
    if key.starts_with("WSIS") && key.ends_with("-E") {
        key.truncate(key.len() - 2);
    }
    key
}

/// True for the symbol of a resolution, a decision or a presidential statement.
pub(super) fn is_adopted(symbol: &str) -> bool {
    symbol.split('/').any(|component| {
        ["RES", "DEC", "PRST"].iter().any(|kind| {
            component.get(..kind.len()).is_some_and(|head| head.eq_ignore_ascii_case(kind))
                && !component.get(kind.len()..).unwrap_or_default().starts_with(char::is_alphabetic)
        })
    })
}
