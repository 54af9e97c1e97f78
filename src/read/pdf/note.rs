//! Pages in; their footnotes, taken off them, out.

use std::collections::HashSet;

use super::line::Line;
use super::page::{Page, is_rule};

/// Type of this share of the body's size or more is no note's.
const SMALL: f64 = 0.94;
/// A rule over notes covers at most this share of the page's width.
const SHORT: f64 = 0.45;

/// Takes footnotes off the foot of every page, with their labels. A note that goes on over pages is one.
pub(super) fn footnotes(pages: &mut [Page], body: f64) -> Vec<(String, Vec<Line>)> {
    let mut notes: Vec<(String, Vec<Line>)> = Vec::new();
    for page in pages {
        let Some(start) = start(page, body) else { continue };
        let lines = page.lines.split_off(start);
        let called: HashSet<&str> = calls(&page.lines).collect();
        for line in lines.into_iter().filter(|line| !is_rule(&line.text())) {
            let label = mark(&line).map(str::to_owned).or_else(|| numbered(&line, &called));
            match (label, notes.last_mut()) {
                (Some(label), _) => notes.push((label, vec![line])),
                (None, Some((_, note))) => note.push(line),
                (None, None) => notes.push((String::new(), vec![line])),
            }
        }
    }
    notes
}

/// What is raised in lines of text.
fn calls(lines: &[Line]) -> impl Iterator<Item = &str> {
    let words = lines.iter().flat_map(|line| &line.words).filter(|word| word.raised);
    words.map(|word| word.text.as_str())
}

/// The number of a note that begins with it in plain type, where the page calls it.
fn numbered(line: &Line, called: &HashSet<&str>) -> Option<String> {
    let first = line.words.first()?.text.trim_end_matches('.');
    (is_label(first) && called.contains(first)).then(|| first.to_owned())
}

/// The mark that a line begins with, if it is one that calls a note: `¹`, `12`, `*`, `a`.
pub(super) fn mark(line: &Line) -> Option<&str> {
    let first = line.words.first()?;
    let stars = first.text.len() - first.text.trim_start_matches(['*', '†', '‡']).len();
    if stars > 0 {
        return first.text.get(..stars);
    }
    (first.raised && is_label(&first.text)).then_some(first.text.as_str())
}

/// True for what calls a note: a number, stars, one letter.
pub(super) fn is_label(text: &str) -> bool {
    let digits = text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    let letter = text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase());
    let stars = text.chars().all(|c| matches!(c, '*' | '†' | '‡'));
    !text.is_empty() && (digits || letter || stars)
}

fn begins(line: &Line) -> bool {
    mark(line).is_some()
}

/// Index of the first line of the notes: what stands below a short rule in small type, or the small type at
/// the foot that begins with a mark.
fn start(page: &Page, body: f64) -> Option<usize> {
    let small = |line: &Line| line.size < SMALL * body;
    let lines = &page.lines;
    let tail = lines.iter().rev().take_while(|line| small(line) || is_rule(&line.text())).count();
    let tail = lines.len() - tail;
    let drawn = page.rules.iter().filter(|rule| rule.right - rule.left < SHORT * page.size.0);
    let written = lines.iter().filter(|line| is_rule(&line.text())).map(|line| line.base);
    let ruled = drawn.map(|rule| rule.y).chain(written).filter_map(|y| {
        let at = lines.iter().position(|line| line.base >= y)?;
        // A rule that ends the text stands in the middle, with nothing below it.
        (at >= tail && at < lines.len()).then_some(at)
    });
    ruled.min().or_else(|| {
        let first = lines.get(tail..)?.iter().position(begins)?;
        Some(tail + first)
    })
}
