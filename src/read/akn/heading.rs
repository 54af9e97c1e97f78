//! The words of a heading in; its rank among headings, and the annex it opens, out.

/// Words for "annex" in the six official languages.
const ANNEX: [&str; 7] = ["annex", "annexe", "anexo", "приложение", "附件", "المرفق", "مرفق"];
/// Words for "appendix".
const APPENDIX: [&str; 5] = ["appendix", "appendice", "apéndice", "добавление", "附录"];

/// What a heading makes of the text after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) enum Rank {
    /// A resolution among several in one file.
    Resolution,
    /// "Annex I"
    Annex,
    /// The title of an annex or of the whole.
    Title,
    /// "I. Sustainable development"
    Roman,
    /// "A. Domestic public resources"
    Letter,
    /// Any other.
    Plain,
    /// One set smaller.
    Small,
}

/// The annex a heading opens: its number as printed (`I`), `annex` for one without a number,
/// `appendix II` for an appendix.
pub(in crate::read) fn annex_of(text: &str) -> Option<String> {
    let low = text.trim().to_lowercase();
    let of = |words: &[&str]| {
        words.iter().filter(|word| low.starts_with(**word)).map(|word| word.len()).max()
    };
    let (start, name) = match (of(&ANNEX), of(&APPENDIX)) {
        (Some(start), _) => (start, "annex"),
        (_, Some(start)) => (start, "appendix"),
        _ => return None,
    };
    let counter = text.trim().get(start..)?;
    let parted = counter.is_empty() || !counter.starts_with(|c: char| c.is_ascii_alphabetic());
    let counter = counter.trim().trim_end_matches('.');
    if !parted || !(counter.is_empty() || is_annex_counter(counter)) {
        return None;
    }
    match (counter.is_empty(), name) {
        (true, _) => Some(name.to_owned()),
        (false, "annex") => Some(counter.to_owned()),
        (false, _) => Some(format!("{name} {counter}")),
    }
}

/// `I`, `2`, `B`, `一`, `الأول`: one short word.
fn is_annex_counter(counter: &str) -> bool {
    let ascii = counter.is_ascii();
    let short = counter.chars().count() <= if ascii { 5 } else { 12 };
    let counts = counter.bytes().all(|b| b.is_ascii_digit())
        || is_roman(counter)
        || counter.len() == 1 && counter.bytes().all(|b| b.is_ascii_uppercase());
    short && !counter.contains(char::is_whitespace) && (counts || !ascii)
}

/// True when a heading is nothing but a number: `I`, `XIII.`, `A`.
pub(in crate::read) fn is_counter(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    is_roman(text) || text.len() == 1 && text.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_roman(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 8
        && !matches!(text, "L" | "C")
        && text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// The rank of a heading by its number; `letter` is that of the last lettered heading, which tells
/// the letter I from the number I.
pub(in crate::read) fn rank(text: &str, small: bool, letter: Option<char>) -> Rank {
    let first = text.split_whitespace().next().unwrap_or_default();
    let counter = first.trim_end_matches('.');
    let numbered = first.ends_with('.') || text.trim() == first;
    let mut letters = counter.chars();
    let follows = match (letters.next(), letters.next(), letter) {
        (Some(own), None, Some(last)) => own as u32 == last as u32 + 1,
        _ => false,
    };
    match () {
        () if numbered && is_roman(counter) && !follows => Rank::Roman,
        () if numbered && is_counter(counter) => Rank::Letter,
        () if small => Rank::Small,
        () => Rank::Plain,
    }
}

/// True for a heading that only counts and whose title is the next one: "Article 3", "Chapter II".
pub(in crate::read) fn is_untitled(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(word), Some(counter), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let named = word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    named && (is_counter(counter) || counter.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks() {
        for (text, letter, wanted) in [
            ("I. Sustainable development", None, Rank::Roman),
            ("I. Productive populations", Some('H'), Rank::Letter),
            ("C. Education grant", None, Rank::Letter),
            ("Objectives", None, Rank::Plain),
        ] {
            assert_eq!(rank(text, false, letter), wanted, "{text}");
        }
        assert!(is_untitled("Article 3") && is_untitled("Chapter II"));
        assert!(!is_untitled("Human rights") && !is_untitled("Article 3 applies"));
    }

    #[test]
    fn annexes_as_printed() {
        for (text, wanted) in [
            ("Annex I", Some("I")),
            ("Annex", Some("annex")),
            ("Annexe II", Some("II")),
            ("Anexo I", Some("I")),
            ("Приложение I", Some("I")),
            ("附件一", Some("一")),
            ("المرفق الأول", Some("الأول")),
            ("Appendix III", Some("appendix III")),
            ("Annex to resolution 78/2", None),
            ("Annexes", None),
            ("Annexation", None),
            ("Objectives", None),
        ] {
            assert_eq!(annex_of(text).as_deref(), wanted, "{text}");
        }
    }
}
