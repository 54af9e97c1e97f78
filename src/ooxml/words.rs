//! Elements of a run in; the characters that Word shows for them, and where these stand in the part, out.

pub(crate) use super::symbol::symbol;
use super::xml::Element;

/// The words of `w:t` or `w:delText` as Word shows them, each piece with the byte it begins at: line breaks of the file
/// are spaces, and white space at either end counts only where the file says so.
pub(crate) fn spaced(element: &Element) -> Vec<(String, usize)> {
    let pieces = element.pieces();
    let mut pieces: Vec<(String, usize)> =
        pieces.map(|(words, at)| (words.replace(['\n', '\r', '\t'], " "), at)).collect();
    if element.attribute("space") == Some("preserve") {
        return pieces;
    }
    for (words, at) in &mut pieces {
        let cut = words.len() - words.trim_start_matches(' ').len();
        words.drain(..cut);
        *at += cut;
        if !words.is_empty() {
            break;
        }
    }
    for (words, _) in pieces.iter_mut().rev() {
        words.truncate(words.trim_end_matches(' ').len());
        if !words.is_empty() {
            break;
        }
    }
    pieces.retain(|(words, _)| !words.is_empty());
    pieces
}

/// The character that Word shows for an element that holds no words: a tab, a break, a hyphen, a symbol.
pub(crate) fn shown(element: &Element) -> Option<char> {
    match &*element.name {
        "tab" | "ptab" => Some(' '),
        "br" if matches!(element.attribute("type"), Some("page" | "column")) => Some(' '),
        "br" | "cr" => Some('\n'),
        "noBreakHyphen" => Some('\u{2011}'),
        "softHyphen" => Some('\u{AD}'),
        "sym" => {
            let value = |name| element.attribute(name).unwrap_or_default();
            symbol(value("char"), value("font"))
        }
        _ => None,
    }
}
