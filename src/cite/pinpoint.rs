//! Tokens after "paragraph", "article", "annex" in; the addresses they list, ranges spelled out, out.

use super::token::Tokens;
use crate::model::Pinpoint;
use crate::text::inserted::is_inserted;
use crate::text::is_month;

/// What a word such as "paragraph" points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartWord {
    /// A paragraph.
    Paragraph,
    /// An article.
    Article,
    /// An annex.
    Annex,
    /// Anything else, with the word that names it: `sect.`.
    Section(&'static str),
}

/// A part of a document as the text points at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pin {
    /// A pinpoint.
    At(Pinpoint),
    /// An annex, with its number where it has one.
    Annex(Option<String>),
}

/// Addresses after one word, `paragraphs 3 and 4`.
pub(super) struct Pins {
    pub(super) pins: Vec<Pin>,
    /// The token after them.
    pub(super) last: usize,
}

/// The longest range that is spelled out; of a longer one the ends are kept.
const MAX_RANGE: u32 = 400;
/// The most addresses read after one word.
const MAX_LIST: usize = 600;

/// The addresses that follow the word `part`, which ends before token `i`.
pub(super) fn pins(tokens: &Tokens, part: PartWord, i: usize) -> Option<Pins> {
    let mut at = if tokens.is_mark(i, b'.') { i + 1 } else { i };
    let mut addresses: Vec<String> = Vec::new();
    let mut range = false;
    let mut label = match tokens.word(i.saturating_sub(1)) {
        // Operative paragraphs are numbered in the text itself; preambular ones only count.
        "PP" | "PPs" => "PP",
        _ if i > 1 && tokens.is_any(i - 2, &["preambular"]) => "PP",
        _ => "",
    };
    while let Some((address, last)) = address(tokens, part, at, addresses.last()) {
        // One that has a label of its own gives it to those after it: "PP3, OP4 and 5".
        let own = ["PP", "OP"].into_iter().find(|own| address.starts_with(own));
        label = own.unwrap_or(label);
        let address = if own.is_some() { address } else { format!("{label}{address}") };
        match addresses.last() {
            Some(first) if range => {
                let between = spelled_out(first, &address);
                addresses.extend(between);
            }
            _ => {}
        }
        addresses.push(address);
        at = last;
        let Some((next, ranges)) = separator(tokens, at) else { break };
        if addresses.len() > MAX_LIST
            || is_single(tokens, i)
            || self::address(tokens, part, next, addresses.last()).is_none()
        {
            break;
        }
        (at, range) = (next, ranges);
    }
    let alone = matches!(
        part,
        PartWord::Annex | PartWord::Section("appendix" | "enclosure" | "preamble" | "chapeau")
    );
    if addresses.is_empty() && !alone {
        return None;
    }
    let read = addresses.len();
    let pins = match (part, addresses.is_empty()) {
        (PartWord::Annex, true) => vec![Pin::Annex(None)],
        (PartWord::Section(word), true) => vec![Pin::At(Pinpoint::Section(word.to_owned()))],
        (PartWord::Annex, false) => addresses.into_iter().map(|a| Pin::Annex(Some(a))).collect(),
        _ => addresses.into_iter().map(|address| Pin::At(pinpoint(part, address))).collect(),
    };
    // The full stop after a bare "annex" ends the sentence.
    let last = if read == 0 { i } else { at };
    Some(Pins { pins, last })
}

/// True for the "paragraph" of "articles 57, paragraph 5 (g), 61 and 62", which ends before token `i`: the numbers behind
/// its own are articles.
fn is_single(tokens: &Tokens, i: usize) -> bool {
    const BACK: usize = 3;
    let Some(number) = i.checked_sub(BACK) else { return false };
    tokens.is_any(i - 1, &["paragraph"]) && tokens.is_mark(i - 2, b',') && tokens.is_number(number)
}

fn pinpoint(part: PartWord, address: String) -> Pinpoint {
    match part {
        PartWord::Article => Pinpoint::Article(address),
        PartWord::Section(word) => Pinpoint::Section(format!("{word} {address}")),
        PartWord::Paragraph | PartWord::Annex => Pinpoint::Paragraph(address),
    }
}

/// What parts two addresses at token `i`: the token after it, and whether it spans a range.
fn separator(tokens: &Tokens, i: usize) -> Option<(usize, bool)> {
    if tokens.is_mark(i, b'-') || tokens.is_any(i, &["to", "through"]) {
        return Some((i + 1, true));
    }
    if tokens.is_mark(i, b',') {
        let and = tokens.is_any(i + 1, &["and", "or"]);
        return Some((if and { i + 2 } else { i + 1 }, false));
    }
    (tokens.is_any(i, &["and", "or"]) || tokens.is_mark(i, b'&') || tokens.is_mark(i, b';'))
        .then_some((i + 1, false))
}

/// One address at token `i`, and the token after it. `(b)` alone belongs to the address before it.
fn address(
    tokens: &Tokens,
    part: PartWord,
    i: usize,
    before: Option<&String>,
) -> Option<(String, usize)> {
    if let Some((label, last)) = sublabels(tokens, i, None) {
        let stem = before.map_or("", |b| b.split('(').next().unwrap_or_default());
        let alone = stem.is_empty() && part == PartWord::Paragraph;
        return (alone || !stem.is_empty()).then(|| (format!("{stem}{label}"), last));
    }
    let word = tokens.word(i);
    if tokens.is_number(i) {
        return numbered(tokens, part, i);
    }
    // "annex II to A/RES/70/1" is no range from II to A.
    let goes_on = [b'\'', b'/'].iter().any(|mark| tokens.is_mark(i + 1, *mark));
    if !tokens.is_word(i) || (goes_on && tokens.joined(i + 1)) {
        return None;
    }
    let roman = super::token::is_roman(word) || (word.len() == 1 && tokens.capital(i).is_some());
    match part {
        PartWord::Paragraph => {
            // A number still to be filled in: "para XYZ".
            let blank = matches!(word, "X" | "XX" | "XXX" | "XYZ" | "Y" | "N" | "NN");
            let label =
                matches!(word, "OP" | "PP") && tokens.joined(i + 1) && tokens.is_number(i + 1);
            match (blank, label) {
                (true, _) => Some((word.to_owned(), i + 1)),
                (_, true) => Some((format!("{word}{}", tokens.word(i + 1)), i + 2)),
                _ => None,
            }
        }
        PartWord::Section("goal" | "target") => None,
        PartWord::Section("part") if matches!(word, "one" | "two" | "three" | "four") => {
            Some((word.to_owned(), i + 1))
        }
        // Action line C5
        PartWord::Section(_)
            if word.len() == 1 && tokens.joined(i + 1) && tokens.is_number(i + 1) =>
        {
            Some((format!("{word}{}", tokens.word(i + 1)), i + 2))
        }
        _ if roman => {
            let mut last = i + 1;
            let mut address = word.to_owned();
            // sect. II.A, annex VI.B
            while tokens.is_mark(last, b'.')
                && tokens.joined(last + 1)
                && (tokens.capital(last + 1).is_some() || tokens.is_number(last + 1))
            {
                address = format!("{address}.{}", tokens.word(last + 1));
                last += 2;
            }
            if let Some((label, after)) = sublabels(tokens, last, None) {
                return Some((address + &label, after));
            }
            Some((address, last))
        }
        _ => None,
    }
}

/// `23`, `12 bis`, `131 b`, `23 (b) (ii)`, `17.2`.
fn numbered(tokens: &Tokens, part: PartWord, i: usize) -> Option<(String, usize)> {
    let number = tokens.number(i)?;
    let year = (1900..=2100).contains(&number);
    let foreign =
        tokens.joined(i + 1) && (tokens.is_mark(i + 1, b'/') || tokens.is_mark(i + 1, b'%'));
    let quantity = tokens.is_any(i + 1, &["per", "percent", "million", "billion", "years", "days"])
        || is_month(tokens.word(i + 1));
    // "paragraph 15, and 2253 (2015)"
    let dated = tokens.is_mark(i + 1, b'(')
        && (tokens.word(i + 2).len() == 4 || super::token::is_roman(tokens.word(i + 2)));
    if year || foreign || quantity || dated {
        return None;
    }
    let mut address = tokens.word(i).to_owned();
    let mut last = i + 1;
    // article 17.2, rule 12.alt
    let dot = tokens.is_mark(last, b'.') && tokens.joined(last) && tokens.joined(last + 1);
    let decimal = tokens.is_number(last + 1) && part != PartWord::Paragraph;
    if dot && (decimal || is_inserted(tokens.word(last + 1))) {
        address = format!("{address}.{}", tokens.word(last + 1));
        last += 2;
    }
    let enclosed = tokens.is_mark(last, b'(') && tokens.is_mark(last + 2, b')');
    let hyphenated = tokens.is_mark(last, b'-') && tokens.joined(last) && tokens.joined(last + 1);
    if is_inserted(tokens.word(last)) {
        address = format!("{address} {}", tokens.word(last));
        last += 1;
    } else if (enclosed || hyphenated) && is_inserted(tokens.word(last + 1)) {
        address = format!("{address} {}", tokens.word(last + 1));
        last += if enclosed { 3 } else { 2 };
    } else if tokens.joined(last) && tokens.is_word(last) {
        let letter = tokens.word(last);
        if letter.len() != 1 {
            return None;
        }
        address.push_str(letter);
        last += 1;
    }
    if let Some((labels, after)) = sublabels(tokens, last, Some(())) {
        address.push_str(&labels);
        last = after;
    }
    Some((address, last))
}

/// `(b)`, `(b) (ii)`, at token `i`; after a number also `(1)`.
pub(super) fn sublabels(
    tokens: &Tokens,
    i: usize,
    after_number: Option<()>,
) -> Option<(String, usize)> {
    let mut labels = String::new();
    let mut at = i;
    while labels.len() < 32 && tokens.is_mark(at, b'(') && tokens.is_mark(at + 2, b')') {
        let label = tokens.word(at + 1);
        let letters = label.len() == 1 && label.bytes().all(|b| b.is_ascii_lowercase());
        let roman = label.len() <= 5 && label.bytes().all(|b| b"ivx".contains(&b));
        let digits = label.len() <= 2 && tokens.is_number(at + 1) && after_number.is_some();
        if !(letters || roman || digits) {
            break;
        }
        labels = format!("{labels}({label})");
        at += 3;
    }
    (!labels.is_empty()).then_some((labels, at))
}

/// The addresses between the two ends of a range, both left out.
fn spelled_out(first: &str, last: &str) -> Vec<String> {
    if let (Ok(low), Ok(high)) = (first.parse::<u32>(), last.parse::<u32>()) {
        let short = high > low && high - low <= MAX_RANGE;
        return if short { (low + 1..high).map(|n| n.to_string()).collect() } else { Vec::new() };
    }
    let label = |address: &str| -> Option<(String, u8)> {
        let (stem, label) = address.strip_suffix(')')?.rsplit_once('(')?;
        let mut bytes = label.bytes();
        let byte = bytes.next().filter(|_| bytes.next().is_none())?;
        byte.is_ascii_lowercase().then(|| (stem.to_owned(), byte))
    };
    match (label(first), label(last)) {
        (Some((stem, low)), Some((other, high))) if stem == other && low < high => {
            (low + 1..high).map(|b| format!("{stem}({})", char::from(b))).collect()
        }
        _ => Vec::new(),
    }
}

/// Sorts pins into annex and pinpoints; a paragraph of an article becomes the article's: `2(4)`.
pub(super) fn settle(pins: Vec<Pin>, annex: &mut Option<String>) -> Vec<Pinpoint> {
    let mut settled: Vec<Pinpoint> = Vec::new();
    let mut named = false;
    for pin in pins {
        match pin {
            Pin::Annex(Some(number)) if !named => {
                *annex = Some(number);
                named = true;
            }
            Pin::Annex(Some(number)) => settled.push(Pinpoint::Section(format!("annex {number}"))),
            Pin::Annex(None) => settled.push(Pinpoint::Section("annex".to_owned())),
            Pin::At(pinpoint) => settled.push(pinpoint),
        }
    }
    within_articles(settled)
}

/// Binds paragraphs to the article they belong to: "article 2, paragraph 4", "paragraph 1 of article 2".
fn within_articles(pinpoints: Vec<Pinpoint>) -> Vec<Pinpoint> {
    if !pinpoints.iter().any(|pinpoint| matches!(pinpoint, Pinpoint::Article(_))) {
        return pinpoints;
    }
    let mut bound: Vec<Pinpoint> = Vec::new();
    // Paragraphs before any article, and the article named last with whether it still stands alone.
    let mut waiting: Vec<String> = Vec::new();
    let mut current: Option<(String, bool)> = None;
    for pinpoint in pinpoints {
        match (pinpoint, &mut current) {
            (Pinpoint::Paragraph(address), None) => waiting.push(address),
            (Pinpoint::Paragraph(address), Some((article, alone))) => {
                if std::mem::take(alone) {
                    bound.pop();
                }
                bound.push(paragraph_of(article, &address));
            }
            (Pinpoint::Article(article), _) => {
                let alone = waiting.is_empty();
                bound.extend(waiting.drain(..).map(|address| paragraph_of(&article, &address)));
                if alone {
                    bound.push(Pinpoint::Article(article.clone()));
                }
                current = Some((article, alone));
            }
            (section, _) => {
                current = None;
                bound.push(section);
            }
        }
    }
    bound.extend(waiting.into_iter().map(Pinpoint::Paragraph));
    bound
}

/// `2(4)`, and `2(4)(b)` for paragraph 4 (b) of article 2.
fn paragraph_of(article: &str, address: &str) -> Pinpoint {
    let (number, labels) = address.split_at(address.find('(').unwrap_or(address.len()));
    Pinpoint::Article(match number {
        "" => format!("{article}{labels}"),
        _ => format!("{article}({number}){labels}"),
    })
}
