//! Text in; the brackets that stand for words still to come out.

use crate::model::Span;

/// Openings of a bracket that holds a place: `[to be updated …]`, `[TBC]`.
const OPENINGS: [&str; 10] = [
    "to be ",
    "tbc",
    "tbd",
    "placeholder",
    "text to come",
    "language to come",
    "paragraph to come",
    "pending",
    "insert",
    "xx",
];

/// Words that hold a place where a bracket has nothing else: `[date]`.
const ALONE: [&str; 6] = ["date", "place", "number", "title", "symbol", "name"];

/// True when `text` holds nothing but placeholders.
pub fn is_placeholder(text: &str) -> bool {
    let spans = placeholders(text);
    if spans.is_empty() {
        return false;
    }
    let mut at = 0;
    let mut between = String::new();
    for span in &spans {
        between.push_str(text.get(at..span.start).unwrap_or_default());
        at = span.end;
    }
    between.push_str(text.get(at..).unwrap_or_default());
    !between.chars().any(char::is_alphanumeric)
}

/// Placeholders in the order of the text: `[...]`, `[…]`, `[ ]`, `[to be updated …]`, `[TBC]`.
pub fn placeholders(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    // Nearly all texts have none, and this is said much quicker than where they are.
    if !text.contains('[') {
        return found;
    }
    let mut open = None;
    for (at, bracket) in text.match_indices(['[', ']']) {
        match (bracket, open) {
            ("[", _) => open = Some(at),
            (_, Some(start)) => {
                let inside = text.get(start + 1..at).unwrap_or_default();
                if holds_a_place(inside) {
                    found.push(Span::new(start, at + 1));
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

fn holds_a_place(inside: &str) -> bool {
    if !inside.chars().any(char::is_alphanumeric) {
        return inside
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, '.' | '…' | '_' | '-' | '?'));
    }
    let head: String = inside.trim_start().chars().take(20).collect::<String>().to_lowercase();
    OPENINGS.iter().any(|opening| head.starts_with(opening)) || ALONE.contains(&head.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_that_hold_a_place() {
        for text in
            ["[...]", "[…].", "[ ]", "[TBC]", "[to be updated after the meeting]", "[xx]", "[date]"]
        {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["", "text", "[shall] [should]", "[We recall]", "as appropriate [...]", "[14]"]
        {
            assert!(!is_placeholder(text), "{text}");
        }
        assert_eq!(placeholders("in [TBC] and [...]").len(), 2);
    }
}
