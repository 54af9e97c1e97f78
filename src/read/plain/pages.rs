//! The lines of a text in; those of its paragraphs, without headers, footers and numbers of pages, out.

use std::collections::HashMap;

use super::signs::{is_rule, unquoted};

/// How many lines at the top and at the foot of a page may repeat on others.
const EDGE: usize = 3;
/// On so many pages a line must stand to be a header or footer.
const REPEATED: usize = 3;

/// A line of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// The line without the marks of a quotation in a mail.
    pub(super) text: &'t str,
    /// Byte of the file it begins at.
    pub(super) at: usize,
    /// True where a mail quotes it.
    pub(super) quoted: bool,
    /// True where a page begins with it.
    pub(super) turned: bool,
    /// True for a header, a footer or the number of a page.
    pub(super) furniture: bool,
}

/// Cuts a text into lines.
pub(super) fn lines(source: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for piece in source.split_inclusive(['\n', '\u{c}']) {
        let turned = source.get(..at).is_some_and(|before| before.ends_with('\u{c}'));
        let text = piece.trim_end();
        let bare = unquoted(text);
        let start = at + (text.len() - bare.len());
        let quoted = text.starts_with('>');
        lines.push(Line { text: bare, at: start, quoted, turned, furniture: false });
        at += piece.len();
    }
    mark(&mut lines);
    lines
}

/// Marks what stands at the edges of pages without being text.
fn mark(lines: &mut [Line<'_>]) {
    let mut pages: Vec<Vec<usize>> = vec![Vec::new()];
    for (at, line) in lines.iter().enumerate() {
        if line.turned {
            pages.push(Vec::new());
        }
        if let Some(page) = pages.last_mut().filter(|_| !line.text.trim().is_empty()) {
            page.push(at);
        }
    }
    if pages.len() < 2 {
        return;
    }
    let edges = |page: &[usize]| -> Vec<usize> {
        let foot = page.len().saturating_sub(EDGE).max(EDGE);
        page.iter().take(EDGE).chain(page.iter().skip(foot)).copied().collect()
    };
    let mut times = HashMap::<String, usize>::new();
    for at in pages.iter().flat_map(|page| edges(page)) {
        if let Some(line) = lines.get(at) {
            *times.entry(shape(line.text)).or_default() += 1;
        }
    }
    for at in pages.iter().flat_map(|page| edges(page)) {
        if let Some(line) = lines.get_mut(at) {
            let repeated = times.get(&shape(line.text)).is_some_and(|times| *times >= REPEATED);
            line.furniture = is_page_number(line.text) || repeated && is_short(line.text);
        }
    }
}

/// True for a line that is no sentence, nor part of one.
fn is_short(line: &str) -> bool {
    let text = line.trim();
    text.len() < 100 && !text.ends_with(['.', ',', ';', ':'])
}

/// What lines that differ in their numbers only have in common.
fn shape(line: &str) -> String {
    let words = line.split_whitespace().map(|word| {
        word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ").replace("00", "0").replace("00", "0")
}

/// `3`, `- 3 -`, `3/24`, `Page 3 of 24`.
fn is_page_number(line: &str) -> bool {
    let low = line.trim().to_lowercase();
    let bare = low.strip_prefix("page").unwrap_or(&low).replace("of", "/");
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    (1..=8).contains(&digits)
        && bare.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "-–—/|".contains(c))
        && !is_rule(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_of_pages() {
        let page = |n: usize| {
            format!("A/80/L.1\n\nWe decide {n} things.\nMore of {n}.\n\n24-180{n}1    {n}/4\n")
        };
        let source = (1..=4).map(page).collect::<Vec<_>>().join("\u{c}");
        let left: Vec<&str> =
            lines(&source).iter().filter(|l| l.furniture).map(|l| l.text).collect();
        assert_eq!(left.len(), 8, "{left:?}");
        assert!(lines("2030\n\nWe decide.\n").iter().all(|line| !line.furniture));
        let numbers = lines("One.\n\n- 1 -\n\u{c}Two.\n\n2\n");
        assert_eq!(numbers.iter().filter(|line| line.furniture).count(), 2);
    }

    #[test]
    fn quotations_of_mails() {
        let found = lines("> > We decide\n>to act.\n");
        assert_eq!((found[0].text, found[0].at), ("We decide", 4));
        assert_eq!((found[1].text, found[1].at), ("to act.", 15));
    }
}
