//! Cells in; a table whose columns fit the terminal out.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::report::sanitized;
use crate::report::wrap::{Look, dress};

/// Columns between two columns of the table.
const GAP: usize = 2;

/// A column of the table is as wide as its cells, within these.
pub(super) const NARROWEST: usize = 11;
const WIDEST: usize = 26;

/// The first words of a paragraph take at least, and at most, so many columns.
const FEWEST_WORDS: usize = 20;
const MOST_WORDS: usize = 70;

/// A row of the table: a cell for each revision, and the words that tell which paragraph it is.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) cells: Vec<(String, Look)>,
    pub(super) words: String,
}

/// How wide everything is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// How many of the oldest revisions are left out.
    pub(super) skipped: usize,
    columns: Vec<usize>,
    /// None where there is no room for words.
    words: Option<usize>,
}

impl Layout {
    /// Fits columns into `width`: as wide as their cells, else narrower, else without the oldest ones, of which two stay
    /// in any case.
    pub(super) fn new(head: &[String], rows: &[Row], width: usize) -> Self {
        let wide = |text: &str| sanitized(text).width();
        let natural: Vec<usize> = (0..head.len())
            .map(|at| {
                let cells = rows.iter().filter_map(|row| row.cells.get(at));
                let widest = cells.map(|(text, _)| wide(text)).max().unwrap_or(0);
                let named = head.get(at).map_or(0, |label| wide(label)).min(NARROWEST);
                widest.max(named).clamp(1, WIDEST)
            })
            .collect();
        let fits = |least: usize, words: Option<usize>| {
            (0..=head.len().saturating_sub(least)).find_map(|skipped| {
                let rest = words.map_or(Some(width + GAP), |words| width.checked_sub(words))?;
                let columns = narrowed(natural.get(skipped..)?, rest)?;
                let used: usize = columns.iter().map(|column| column + GAP).sum();
                let words = words.map(|_| width.saturating_sub(used).min(MOST_WORDS));
                Some(Self { skipped, columns, words })
            })
        };
        // Three revisions without words tell more than two with words.
        fits(3, Some(FEWEST_WORDS)).or_else(|| fits(2, None)).unwrap_or_else(|| {
            let skipped = head.len().saturating_sub(2);
            let each = (width / 2).saturating_sub(GAP).max(1);
            let columns = natural.iter().skip(skipped).map(|column| (*column).min(each)).collect();
            Self { skipped, columns, words: None }
        })
    }

    /// True where a row has anything in the revisions that are shown.
    pub(super) fn has(&self, row: &Row) -> bool {
        row.cells.iter().skip(self.skipped).any(|(text, _)| !text.is_empty())
    }

    /// The lines of a row.
    pub(super) fn row(&self, row: &Row, color: bool) -> String {
        let shown = row.cells.iter().skip(self.skipped).zip(&self.columns);
        let cells: Vec<(Vec<String>, Look, usize)> =
            shown.map(|((text, look), width)| (wrapped(text, *width), *look, *width)).collect();
        let words = self.words.map_or(String::new(), |width| cut(&row.words, width));
        let height = cells.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0).max(1);
        let mut out = String::new();
        for line in 0..height {
            // Spaces wait until something stands behind them: none end a line.
            let mut waiting = 0;
            for (lines, look, width) in &cells {
                let text = lines.get(line).map_or("", String::as_str);
                if !text.is_empty() {
                    out.push_str(&" ".repeat(waiting));
                    out.push_str(&dress(text, *look, color));
                    waiting = 0;
                }
                waiting += width + GAP - text.width().min(*width);
            }
            if line == 0 && !words.is_empty() {
                out.push_str(&" ".repeat(waiting));
                out.push_str(&dress(&words, Look::Faint, color));
            }
            out.push('\n');
        }
        out
    }

    /// The line below the head.
    pub(super) fn rule(&self, color: bool) -> String {
        let columns = self.columns.iter().copied().chain(self.words);
        let lines: Vec<String> = columns.map(|width| "─".repeat(width)).collect();
        dress(&lines.join("  "), Look::Faint, color) + "\n"
    }
}

/// Columns that take `width` with a gap behind each, the widest made narrower first; none where they cannot.
fn narrowed(columns: &[usize], width: usize) -> Option<Vec<usize>> {
    let taken = |most: usize| columns.iter().map(|column| (*column).min(most) + GAP).sum::<usize>();
    let most = (NARROWEST..=WIDEST).rev().find(|most| taken(*most) <= width)?;
    Some(columns.iter().map(|column| (*column).min(most)).collect())
}

/// Lines of at most `width` columns; a word is broken only where it is longer than one.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let text = sanitized(text);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let ends = |c: char| c.is_whitespace() && c != '\u{a0}';
    for word in text.split(ends).filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        } else if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if !line.is_empty() && line.width() + c.width().unwrap_or(0) > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

/// As many whole words as `width` columns hold.
fn cut(text: &str, width: usize) -> String {
    let lines = wrapped(text, width.saturating_sub(2).max(1));
    match lines.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, ..] => format!("{first} …"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: usize, revisions: usize) -> (Layout, Vec<String>) {
        let head: Vec<String> = (0..revisions).map(|at| format!("Rev.{at}")).collect();
        let cells = (0..revisions).map(|at| (format!("{at} merged from 2 bis, 13"), Look::Plain));
        let words = "Requests the Secretary-General to report".to_owned();
        let row = Row { cells: cells.collect(), words };
        let layout = Layout::new(&head, std::slice::from_ref(&row), width);
        let lines = layout.row(&row, false).lines().map(str::to_owned).collect();
        (layout, lines)
    }

    #[test]
    fn columns_get_narrower_then_the_oldest_go() {
        for (width, revisions, skipped) in [
            (80, 2, 0),
            (80, 4, 0),
            (80, 5, 1),
            (200, 13, 0),
            (200, 20, 7),
            (40, 3, 0),
            (40, 4, 1),
            (10, 9, 7),
        ] {
            let (layout, lines) = table(width, revisions);
            assert_eq!(layout.skipped, skipped, "{width} columns, {revisions} revisions");
            for line in lines {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn words_are_not_torn_unless_they_must_be() {
        assert_eq!(
            wrapped("12\u{a0}→\u{a0}14 moved, edited", 11),
            ["12\u{a0}→\u{a0}14", "moved,", "edited"]
        );
        assert_eq!(wrapped("annexIII,12bis", 6), ["annexI", "II,12b", "is"]);
        assert_eq!(wrapped("\u{1b}[31mred\u{1b}[0m \u{1b}no", 20), ["red no"]);
        assert_eq!(cut("one two three", 9), "one two …");
        assert_eq!(cut("发展发展发展", 6), "发展 …");
    }
}
