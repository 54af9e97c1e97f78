//! A text in; the forms of dates that stand in it for dates still to come, "DD Month 2025", "dd/mm/yyyy", out.

use super::words::words;
use crate::model::Span;
use crate::text::is_month;

/// The forms of dates in a text, in its order. One that a text only describes, "in the format dd/mm/yyyy", is none.
pub(super) fn date_forms(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut form: Option<Span> = None;
    let mut end = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let own = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let span = Span::new(end, end + own.len());
        end += word.len();
        let goes_on = form.is_some_and(|form| {
            let between = text.get(form.end..span.start).unwrap_or_default();
            matches!(between, " " | "\u{a0}" | "/" | "." | "-" | "–")
        });
        match form.filter(|_| goes_on) {
            Some(form_so_far) if is_part(own) => {
                form = Some(Span::new(form_so_far.start, span.end));
            }
            _ if own.is_empty() => {}
            _ => {
                found.extend(form.take());
                form = is_part(own).then_some(span);
            }
        }
    }
    found.extend(form);
    found.retain(|form| is_form(text, *form));
    found
}

/// True for what a date or its form is made of: "DD", "Month", "September", "2025".
fn is_part(word: &str) -> bool {
    is_letters(word) || words("parts of dates").contains(&word) || is_month(word) || is_year(word)
}

/// True for the letters that stand for the figures of a date, all small or all capital: "dd", "YYYY".
fn is_letters(word: &str) -> bool {
    let is_one_case = word.chars().all(char::is_lowercase) || word.chars().all(char::is_uppercase);
    is_one_case && words("letters of dates").contains(&word.to_lowercase().as_str())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// True for more than one part, of which one at least is letters.
fn is_form(text: &str, form: Span) -> bool {
    let own = form.slice(text).split(|c: char| !c.is_alphanumeric());
    let parts: Vec<&str> = own.filter(|part| !part.is_empty()).collect();
    let before = text.get(..form.start).unwrap_or_default();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    let is_described =
        last.is_some_and(|word| words("describes dates").contains(&word.to_lowercase().as_str()));
    parts.len() > 1 && parts.iter().any(|part| is_letters(part)) && !is_described
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_dates() {
        for (text, wanted) in [
            ("by dd/mm/yyyy and on DD Month 2025", &["dd/mm/yyyy", "DD Month 2025"][..]),
            ("on DD September, YYYY-MM-DD.", &["DD September", "YYYY-MM-DD"]),
            ("in the format dd/mm/yyyy, in May 2025, 5 mm, DD", &[]),
            ("Month by month and year 2025", &[]),
        ] {
            let found = date_forms(text);
            let found: Vec<&str> = found.iter().map(|form| form.slice(text)).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
