//! A heading in; the annex it opens, if it opens one, out.

use super::label::roman;

/// Words for "annex" in the six official languages.
const ANNEX: [&str; 7] = ["annex", "annexe", "anexo", "приложение", "附件", "المرفق", "مرفق"];
/// Words for "appendix".
const APPENDIX: [&str; 5] = ["appendix", "appendice", "apéndice", "добавление", "附录"];

/// Counters that are written out: in Chinese and in Arabic, from one to ten.
const WRITTEN: [[&str; 2]; 10] = [
    ["一", "الأول"],
    ["二", "الثاني"],
    ["三", "الثالث"],
    ["四", "الرابع"],
    ["五", "الخامس"],
    ["六", "السادس"],
    ["七", "السابع"],
    ["八", "الثامن"],
    ["九", "التاسع"],
    ["十", "العاشر"],
];

/// The annex a heading opens: its number as printed (`I`), one that is written out as it is addressed in other
/// languages; `annex` for one without a number, `appendix II` for an appendix.
pub fn annex_of(text: &str) -> Option<String> {
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
    let place = WRITTEN.iter().position(|forms| forms.contains(&counter));
    let roman = place.map(|place| roman(place as u64 + 1).to_uppercase());
    let counter = roman.as_deref().unwrap_or(counter);
    match (counter.is_empty(), name) {
        (true, _) => Some(name.to_owned()),
        (false, "annex") => Some(counter.to_owned()),
        (false, _) => Some(format!("{name} {counter}")),
    }
}

/// The annex opened by a heading that may go on with a title: "Annex II: Terms".
pub fn annex_of_heading(text: &str) -> Option<String> {
    annex_of(text.split([':', '.', '–', '—']).next().unwrap_or_default().trim())
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

/// True for a roman number in capitals, as headings and annexes are counted; L and C alone are letters.
pub fn is_roman(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 8
        && !matches!(text, "L" | "C")
        && text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annexes_as_printed() {
        for (text, wanted) in [
            ("Annex I", Some("I")),
            ("Annex", Some("annex")),
            ("Annexe II", Some("II")),
            ("Anexo I", Some("I")),
            ("Приложение I", Some("I")),
            ("附件一", Some("I")),
            ("المرفق الأول", Some("I")),
            ("المرفق الثاني", Some("II")),
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
