//! Agreed language on a subject in; it for a terminal, each paragraph with why, out.

use super::Showing;
use super::cited::{Cited, cut, library_line};
use super::evidence::count;
use super::wrap::{Look, Styled};
use crate::model::{Library, Suggestion, Suggestions};

/// Columns before the words.
const MARGIN: usize = 4;

/// Lines are no longer than this however wide the terminal is.
const WIDEST: usize = 120;

/// An agreed paragraph is shown up to so many words; `references show` prints it whole.
const MOST_WORDS: usize = 70;

/// Writes the suggestions.
pub fn suggest(answer: &Suggestions, library: &Library, showing: &Showing) -> String {
    let width = showing.width.clamp(40, WIDEST);
    let line = |text: &str, look: Look| {
        let mut styled = Styled::default();
        styled.push(text, look);
        styled.wrapped((0, 0), width, showing.color)
    };
    let mut out = line(&format!("“{}”", cut(&answer.text, MOST_WORDS)), Look::Strong) + "\n";
    if answer.subject.is_empty() {
        out.push_str(&line("It holds no word that tells a subject.", Look::Plain));
    } else {
        out.push_str(&line(&format!("Subject: {}.", answer.subject.join(", ")), Look::Plain));
        if answer.suggestions.is_empty() {
            out.push_str(&line("The library holds no paragraph on it.", Look::Plain));
        }
    }
    out.push('\n');
    for (at, suggestion) in answer.suggestions.iter().enumerate() {
        out.push_str(&one(at + 1, suggestion, library, width, showing.color));
    }
    out + &line(&library_line(answer.held), Look::Faint)
}

fn one(rank: usize, told: &Suggestion, library: &Library, width: usize, color: bool) -> String {
    let Some(cited) = Cited::of(library, told.location, None) else { return String::new() };
    let mut head = Styled::default();
    head.push(format!("{rank:<MARGIN$}").replace(' ', "\u{a0}"), Look::Strong);
    head.push(cited.place(), Look::Strong);
    if let Some(name) = cited.name() {
        head.push(format!(" ({name})"), Look::Plain);
    }
    head.push(format!(" ·\u{a0}{}", cited.date().replace(' ', "\u{a0}")), Look::Faint);
    let mut out = head.wrapped((0, MARGIN), width, color);
    let mut text = Styled::default();
    text.push(cut(&cited.paragraph.text, MOST_WORDS), Look::Plain);
    out.push_str(&text.wrapped((MARGIN, 0), width, color));
    let mut why = Styled::default();
    why.push(format!("↳ shares {}", told.shared.join(", ")), Look::Faint);
    if !told.titled.is_empty() {
        why.push(format!(" ·\u{a0}its title has {}", told.titled.join(", ")), Look::Faint);
    }
    if !told.also.is_empty() {
        let also = count(told.also.len(), "other paragraph", "other paragraphs");
        why.push(format!(" ·\u{a0}{also} nearly the same"), Look::Faint);
        let last = told.also.last().and_then(|at| Cited::of(library, *at, None));
        if let Some(first) = last.filter(|first| first.when().date().is_some()) {
            why.push(format!(", the first {} ({})", first.place(), first.date()), Look::Faint);
        }
    }
    out.push_str(&why.wrapped((MARGIN, 2), width, color));
    out + "\n"
}
