//! A paragraph in; what its number is counted below, its annex and the heading where numbers start anew, out.

use crate::model::Paragraph;
use crate::text::is_inserted;

/// So many characters of a heading without a number of its own tell which it is.
const MOST: usize = 24;

/// What stands before a number where it does not stand for itself: `annex I, `, `Article 3, `; empty where it does.
pub(super) fn lead(paragraph: &Paragraph) -> String {
    let heading = paragraph.restarts.and_then(|at| paragraph.section.get(at));
    let section = heading.map(|heading| short(heading));
    let told = [annex(paragraph), section].into_iter().flatten().filter(|told| !told.is_empty());
    told.map(|told| told + ", ").collect()
}

/// The annex and all headings that a paragraph stands below: `Annex I › A. Trade`.
pub(super) fn path(paragraph: &Paragraph) -> String {
    let named = |annex: &String| {
        !paragraph.section.iter().any(|heading| heading.eq_ignore_ascii_case(annex))
    };
    let annex = annex(paragraph).filter(named);
    annex.iter().chain(&paragraph.section).map(String::as_str).collect::<Vec<_>>().join(" › ")
}

/// `annex I`; an annex without a number is called `annex`, an appendix `appendix II` already.
fn annex(paragraph: &Paragraph) -> Option<String> {
    let annex = paragraph.annex.as_deref()?;
    let named = annex.starts_with(char::is_lowercase);
    Some(if named { annex.to_owned() } else { format!("annex {annex}") })
}

/// A heading as people name it: `Article 3` of "Article 3 (mitigation)", `VII` of "VII. Internet governance"; the first
/// words of one that has no number.
fn short(heading: &str) -> String {
    let plain = heading.replace(['[', ']', '*', '_'], "");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let stops = |c: char| matches!(c, '.' | ':' | ',' | ')' | '(' | '–' | '—');
    let named = match words.as_slice() {
        [own, ..] if is_counter(own.trim_matches(stops), own.ends_with(stops)) => 1,
        [_, own, bis, ..] if is_counter(own.trim_matches(stops), true) => {
            2 + usize::from(is_inserted(bis.trim_matches(stops)))
        }
        [_, own] if is_counter(own.trim_matches(stops), true) => 2,
        _ => 0,
    };
    if named > 0 {
        let words = words.get(..named).unwrap_or_default();
        return words.join(" ").trim_matches(stops).to_owned();
    }
    let mut out = String::new();
    for word in words {
        if !out.is_empty() && out.chars().count() + 1 + word.chars().count() > MOST {
            return out + " …";
        }
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(word);
    }
    if out.chars().count() > 2 * MOST {
        out.chars().take(MOST).chain("…".chars()).collect()
    } else {
        out
    }
}

/// True for `3`, `3bis`, `3.2`; a letter or a Roman number counts only where something `marks` it as one: "A new world"
/// begins with a word.
fn is_counter(word: &str, marks: bool) -> bool {
    let roman = !word.is_empty() && word.chars().all(|c| "IVXLC".contains(c));
    let letter = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    (1..4).contains(&digits) || marks && (roman || letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_short() {
        for (heading, wanted) in [
            ("Article 3 (mitigation)", "Article 3"),
            ("[Article 3bis] (REDD-plus)", "Article 3bis"),
            ("Article 8 bis", "Article 8 bis"),
            ("VII. Internet governance", "VII"),
            ("A. Trade", "A"),
            ("3.2 Trade", "3.2"),
            ("Chapter IV: Trade", "Chapter IV"),
            ("第三条 定义", "第三条 定义"),
            ("A global partnership", "A global partnership"),
            ("2030 Agenda", "2030 Agenda"),
            ("Means of implementation and partnership", "Means of implementation …"),
            ("", ""),
        ] {
            assert_eq!(short(heading), wanted, "{heading}");
        }
    }
}
