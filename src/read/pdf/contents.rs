//! Pages in; the same pages without their tables of contents, and how many entries stood on each, out.

use super::line::Line;
use super::page::Page;

/// Fewer lines that lead to a page are no table, unless its head stands above.
const FEWEST: usize = 2;
/// So many lines may stand between two that lead to a page: titles that take several, and parts without a page.
const BETWEEN: usize = 3;
/// Words that stand above such a table, and above its columns, in the six languages.
const HEADS: [&str; 28] = [
    "contents",
    "table",
    "of",
    "chapter",
    "chapters",
    "section",
    "paragraph",
    "paragraphs",
    "page",
    "pages",
    "sommaire",
    "des",
    "matières",
    "chapitre",
    "paragraphes",
    "índice",
    "capítulo",
    "párrafos",
    "página",
    "содержание",
    "глава",
    "пункты",
    "стр",
    "目录",
    "页次",
    "المحتويات",
    "الفصل",
    "الصفحة",
];

/// Takes tables of contents off the pages; tells for every page how many entries there were.
pub(super) fn taken(pages: &mut [Page]) -> Vec<usize> {
    pages.iter_mut().map(of_page).collect()
}

fn of_page(page: &mut Page) -> usize {
    let leaders: Vec<usize> = (0..page.lines.len()).filter(|at| leads(*at, &page.lines)).collect();
    // What lies further apart are two tables, or none.
    let tables: Vec<&[usize]> = leaders.chunk_by(|a, b| b - a <= BETWEEN + 1).collect();
    let mut entries = 0;
    let mut kept = vec![true; page.lines.len()];
    for table in tables {
        let (Some(first), Some(last)) = (table.first(), table.last()) else { continue };
        let mut above = first.saturating_sub(BETWEEN + 1)..*first;
        let head = above.find(|at| page.lines.get(*at).is_some_and(is_head));
        if table.len() < FEWEST && head.is_none() {
            continue;
        }
        let beside = |at: &usize| match (page.lines.get(*at), page.lines.get(*last)) {
            (Some(line), Some(entry)) => is_page(&line.text()) && level(line, entry),
            _ => false,
        };
        let end = (last + 1..page.lines.len()).take_while(beside).last().unwrap_or(*last);
        let begin = head.unwrap_or(*first);
        kept.iter_mut().take(end + 1).skip(begin).for_each(|kept| *kept = false);
        entries += table.len();
    }
    let mut kept = kept.into_iter();
    page.lines.retain(|_| kept.next().unwrap_or(true));
    entries
}

/// True for a line from which dots lead to the number of a page, at its end or in a piece of its own beside it.
fn leads(at: usize, lines: &[Line]) -> bool {
    let Some(line) = lines.get(at) else { return false };
    let text: String = line.text().chars().filter(|c| !c.is_whitespace()).collect();
    let dots = text.match_indices(".....").chain(text.match_indices("……")).map(|(at, _)| at).min();
    let Some(rest) = dots.and_then(|at| text.get(at..)) else { return false };
    let number = rest.trim_matches(['.', '…']);
    let near = lines.iter().take(at + BETWEEN).skip(at.saturating_sub(BETWEEN));
    let beside = || near.into_iter().any(|other| level(other, line) && is_page(&other.text()));
    is_page(number) || number.is_empty() && beside()
}

/// True for the number of a page, or of two.
fn is_page(text: &str) -> bool {
    let text = text.trim();
    let figures = |c: char| c.is_ascii_digit() || "-–ivxlc".contains(c);
    !text.is_empty() && text.len() <= 9 && text.chars().all(figures)
}

/// True for two pieces of one line.
fn level(a: &Line, b: &Line) -> bool {
    (a.base - b.base).abs() < 0.5 * b.size
}

fn is_head(line: &Line) -> bool {
    let text = line.text().to_lowercase();
    let mut words = text.split_whitespace().map(|word| word.trim_matches(['.', ':'])).peekable();
    words.peek().is_some() && words.all(|word| HEADS.contains(&word))
}
