//! Text in; its sentences, each with its place, out.

use crate::model::Span;

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 20] = [
    "para", "paras", "art", "arts", "sect", "chap", "chaps", "no", "nos", "vol", "res", "rev",
    "add", "corr", "cf", "ed", "dr", "mr", "ms", "pp",
];

/// What may stand between the end of a sentence and the space after it.
const CLOSING: [char; 5] = ['"', '”', '’', ')', ']'];

/// Sentences in the order of the text, without the white space between them.
///
/// A sentence ends at `.`, `!` or `?` before white space and a capital, a bracket or a quotation
/// mark, and at a line break; a semicolon does not end one.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        let mut end = at + c.len_utf8();
        let ends = match c {
            '\n' | '。' | '！' | '？' | '؟' => true,
            '.' | '!' | '?' => ends_sentence(text, start, at, end),
            _ => false,
        };
        if ends {
            let after = text.get(end..).unwrap_or_default();
            end += after.len() - after.trim_start_matches(CLOSING).len();
            push(text, start, end, &mut found);
            start = end;
        }
    }
    push(text, start, bytes.len(), &mut found);
    found
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let Some(raw) = text.get(start..end) else { return };
    let lead = raw.len() - raw.trim_start().len();
    let length = raw.trim().len();
    if length > 0 {
        found.push(Span::new(start + lead, start + lead + length));
    }
}

fn ends_sentence(text: &str, start: usize, at: usize, end: usize) -> bool {
    let after = text.get(end..).unwrap_or_default();
    let after = after.trim_start_matches(CLOSING);
    let rest = after.trim_start();
    if rest.len() == after.len() && !rest.is_empty() {
        return false;
    }
    let opens = rest.chars().next().is_none_or(|c| !c.is_lowercase() && !c.is_ascii_digit());
    let before = text.get(start..at).unwrap_or_default();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let short = ABBREVIATIONS.contains(&word.to_lowercase().as_str());
    let initial = word.len() == 1 && word.starts_with(char::is_uppercase);
    opens && !short && !initial
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_the_genre() {
        let text =
            "We recall para. 9 of it. We note resolution 217 A. Mr. X spoke! \"Yes.\" And so";
        let found: Vec<_> = sentences(text).iter().map(|s| s.slice(text)).collect();
        assert_eq!(
            found,
            [
                "We recall para. 9 of it.",
                "We note resolution 217 A. Mr. X spoke!",
                "\"Yes.\"",
                "And so"
            ]
            .map(|s| s.trim_start_matches('\u{0}'))
        );
    }
}
