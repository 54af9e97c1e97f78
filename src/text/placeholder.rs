//! Text in; the brackets that stand for words still to come out.

use std::sync::LazyLock;

use super::lists::Lists;
use crate::model::Span;

/// A list of `data/placeholders.txt`.
fn list(name: &str) -> &'static [&'static str] {
    static LISTS: LazyLock<Lists> =
        LazyLock::new(|| Lists::parse(include_str!("data/placeholders.txt")));
    LISTS.of(name)
}

/// A part that is announced has a name of no more words: `[date of the meeting to be confirmed]`.
const LONGEST_NAME: usize = 5;

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
        return inside.chars().all(|c| c.is_whitespace() || is_blank(c));
    }
    let head: String = inside.trim_start().chars().take(20).collect::<String>().to_lowercase();
    let opens = |opening: &&str| match opening.strip_suffix('-') {
        Some(word) => head.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')),
        None => head.starts_with(*opening),
    };
    list("openings").iter().any(opens)
        || list("alone").contains(&head.trim())
        || is_form_of_date(inside)
        || is_unfinished_symbol(inside.trim())
        || is_to_come(inside)
        || is_asked(inside)
}

/// True for the signs that fill a place: dots, lines, a bullet.
fn is_blank(c: char) -> bool {
    matches!(c, '.' | '…' | '_' | '-' | '–' | '—' | '?' | '●' | '•')
}

/// True for `DD Month YYYY`, which has a figure or two of the form in it: `month` alone may be meant.
fn is_form_of_date(inside: &str) -> bool {
    let inside = inside.to_lowercase();
    let mut parts = inside.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let formed = inside.contains("dd") || inside.contains("yy") || inside.contains("mm");
    formed && parts.all(|part| list("date").contains(&part))
}

/// True for the symbol of a document that wants its number: `A/80/...`, `A/C.3/80/L.XX`.
fn is_unfinished_symbol(inside: &str) -> bool {
    let symbol = inside.to_lowercase();
    let wants = |part: &str| {
        let number =
            list("numbered").iter().find_map(|before| part.strip_prefix(before)).unwrap_or(part);
        !number.is_empty() && number.chars().all(|c| is_blank(c) || c == 'x')
    };
    symbol.starts_with(char::is_alphabetic)
        && !symbol.contains(char::is_whitespace)
        && symbol.split('/').skip(1).any(wants)
}

/// True for words that announce others: `to be confirmed`, `language to follow`, `date to be added by the secretariat`.
pub fn is_to_come(words: &str) -> bool {
    let words = words.to_lowercase();
    let words: Vec<&str> = words.split_whitespace().collect();
    let Some(at) = words.iter().position(|word| *word == "to").filter(|at| *at <= LONGEST_NAME)
    else {
        return false;
    };
    let (name, rest) = words.split_at(at);
    let announced = name.iter().any(|word| list("parts").contains(word));
    let fixed_later = || announced || name.iter().any(|word| list("fixed later").contains(word));
    match rest {
        [_, "be", done] => list("to be").contains(done) && (fixed_later() || name.is_empty()),
        [_, "be", done, ..] => list("to be").contains(done) && fixed_later(),
        [_, "follow" | "come"] => announced || name.is_empty(),
        _ => false,
    }
}

/// Somebody who is asked for words has a name of no more words: `[UN Secretariat to check]`.
const LONGEST_ASKED: usize = 3;

/// True for what one of those who write is asked to do: `Secretariat to check`, `OIOS to provide the figure`. Alternatives in
/// brackets go on: `[States to provide support]`.
fn is_asked(inside: &str) -> bool {
    let words: Vec<&str> = inside.split_whitespace().collect();
    let Some(at) = words.iter().position(|word| *word == "to") else { return false };
    let (name, rest) = words.split_at(at);
    let is_name = !name.is_empty()
        && name.len() <= LONGEST_ASKED
        && name.iter().all(|word| word.starts_with(char::is_uppercase));
    let asked = match rest {
        [_, verb] => list("asked").contains(verb),
        [_, verb, "the", what] | [_, verb, what] => {
            list("given").contains(verb) && list("parts").contains(what)
        }
        _ => false,
    };
    is_name && asked
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
        for text in [
            "[TBA]",
            "[to come]",
            "[date to be added]",
            "[OP to be inserted]",
            "[Secretariat to check]",
            "[OIOS to provide figure]",
            "[UN Secretariat to insert the reference]",
            "[language to follow]",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["[●]", "[DD Month YYYY]", "[A/80/...]", "[A/C.3/80/L.XX]", "[add reference]"]
        {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "[years to come]",
            "[the year to come]",
            "[month]",
            "[and/or]",
            "[the language to be used]",
            "[Member States to provide support]",
            "[States to confirm their support]",
            "[the right to development]",
            "[A/80/1]",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
        assert_eq!(placeholders("in [TBC] and [...]").len(), 2);
    }
}
