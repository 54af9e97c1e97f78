//! A text and its words in; which of the words belong to a proper name out.

use std::sync::LazyLock;

use super::fold::Word;
use super::noun::NOUNS;

/// Small words that may stand inside a name; they are looked up for nearly every word between two capitals.
static LINKS: LazyLock<Vec<&'static str>> = LazyLock::new(|| NOUNS.of("within names").to_vec());

/// For every word the number of the proper name it belongs to, counted from 1, or 0: a name is made of
/// capitalised words, numbers beside them, and the small words between them, up to the next comma or stop.
///
/// A name is not language: bodies, events, documents and programmes recur because they exist, not
/// because a text was taken over. The first word of a sentence counts as a name only when another
/// capitalised word follows it.
pub fn name_words(text: &str, words: &[Word]) -> Vec<u32> {
    let capital: Vec<bool> = words.iter().map(|w| starts_capital(w.span.slice(text))).collect();
    let at = |index: usize| capital.get(index).copied().unwrap_or(false);
    let mut named: Vec<bool> = words
        .iter()
        .enumerate()
        .map(|(index, word)| at(index) && (at(index + 1) || !opens_sentence(text, word.span.start)))
        .collect();
    let mut last: Option<usize> = None;
    for index in 0..words.len() {
        if named.get(index) != Some(&true) {
            continue;
        }
        if let Some(last) = last
            && index - last <= 4
            && (last + 1..index).all(|between| is_link(text, words, between))
            && (last..index).all(|at| !parted(text, words, at))
        {
            (last + 1..index).for_each(|between| set(&mut named, between));
        }
        last = Some(index);
    }
    for index in 0..words.len() {
        let numeric = words.get(index).is_some_and(|w| is_number(w.span.slice(text)));
        let beside =
            |other: Option<usize>| other.is_some_and(|o| at(o) && named.get(o) == Some(&true));
        if numeric && (beside(index.checked_sub(1)) || beside(Some(index + 1))) {
            set(&mut named, index);
        }
    }
    let mut name = 0;
    let mut numbered = Vec::with_capacity(named.len());
    for (index, is_named) in named.iter().enumerate() {
        let before = index.checked_sub(1);
        let begins = before.is_none_or(|b| named.get(b) != Some(&true) || parted(text, words, b));
        if *is_named && begins {
            name += 1;
        }
        numbered.push(if *is_named { name } else { 0 });
    }
    numbered
}

/// True when a comma, a stop or a line end stands between a word and the next.
fn parted(text: &str, words: &[Word], index: usize) -> bool {
    let (Some(word), Some(next)) = (words.get(index), words.get(index + 1)) else { return true };
    let between = text.get(word.span.end..next.span.start).unwrap_or_default();
    between.contains([',', ';', ':', '.', '\n'])
}

fn set(named: &mut [bool], index: usize) {
    if let Some(slot) = named.get_mut(index) {
        *slot = true;
    }
}

fn starts_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_link(text: &str, words: &[Word], index: usize) -> bool {
    words.get(index).is_some_and(|word| {
        let raw = word.span.slice(text);
        LINKS.contains(&raw) || is_number(raw)
    })
}

/// True when nothing but brackets, quotation marks and white space stands between the last end of a
/// sentence and byte `start`.
fn opens_sentence(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let before = before.trim_end_matches(|c: char| {
        c.is_whitespace() && c != '\n' || matches!(c, '[' | '(' | '"' | '“' | '‘' | '*' | '_')
    });
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\n', ')', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folding;

    #[test]
    fn names_and_what_is_none() {
        let text = "Recalling the World Summit on the Information Society and the 2030 Agenda for \
                    Sustainable Development, we call on Member States to act. Noting that";
        let words = Folding::plain().words(text, &[]);
        let named = name_words(text, &words);
        let found: Vec<&str> = words
            .iter()
            .zip(&named)
            .filter(|(_, named)| **named > 0)
            .map(|(word, _)| word.span.slice(text))
            .collect();
        assert_eq!(
            found.join(" "),
            "World Summit on the Information Society and the 2030 Agenda for Sustainable Development \
             Member States"
        );
    }
}
