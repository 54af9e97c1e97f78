//! Lines of all pages in; the lines of each paragraph, and the cells of each table row, out.

use super::line::{Line, Word};
use super::page::Page;
use super::shape::Shape;
use super::table::{self, Item};
use crate::text::label::label;
use crate::text::number::printed_number;

/// What stands together.
#[derive(Debug)]
pub(super) enum Piece {
    /// Lines of one paragraph or heading.
    Lines(Vec<Line>),
    /// A table row: the lines of each cell.
    Row(Vec<Vec<Line>>),
}

impl Piece {
    /// The page it begins on.
    pub(super) fn page(&self) -> Option<usize> {
        let first = match self {
            Self::Lines(lines) => lines.first(),
            Self::Row(cells) => cells.iter().flatten().next(),
        };
        first.map(|line| line.page)
    }
}

/// A line more than this share of the usual pitch below the one before it begins a paragraph.
const APART: f64 = 1.22;
/// Lines that begin this far from one another, in shares of the type size, are indented.
const INDENT: f64 = 0.8;

/// Puts lines together that are one paragraph, also over the end of a page.
pub(super) fn pieces(pages: Vec<Page>, shape: Shape) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut open: Vec<Line> = Vec::new();
    let mut columns = Vec::new();
    let mut items: Vec<(f64, Vec<Item>)> = Vec::new();
    for page in pages {
        let pitch = shape.pitch_on(&page.lines);
        items.push((pitch, table::items(page, shape.pitch, &mut columns)));
    }
    let spaced = are_spaced(&items, shape);
    for (pitch, items) in items {
        let right = shape.right_on(lines_of(&items));
        let edges = edges(&items, APART * pitch, right);
        let heads = heads(&items, APART * pitch);
        for ((item, right), head) in items.into_iter().zip(edges).zip(heads) {
            match item {
                Item::Row(cells) => {
                    close(&mut open, &mut pieces);
                    pieces.push(Piece::Row(cells));
                }
                Item::Line(line) => {
                    let shape = Shape { right, pitch, ..shape };
                    if head || begins(&open, &line, shape, spaced) {
                        // What stands further left goes on with an indented line: that one began a paragraph.
                        let began = open.pop_if(|last| began(last, &line, shape));
                        close(&mut open, &mut pieces);
                        open.extend(began);
                    }
                    open.push(line);
                }
            }
        }
    }
    close(&mut open, &mut pieces);
    pieces
}

fn lines_of(items: &[Item]) -> impl Iterator<Item = &Line> {
    items.iter().filter_map(|item| match item {
        Item::Line(line) => Some(line),
        Item::Row(_) => None,
    })
}

/// True where room stands above paragraphs: above nearly every line that begins with a number.
fn are_spaced(pages: &[(f64, Vec<Item>)], shape: Shape) -> bool {
    let (mut roomy, mut all) = (0, 0);
    for (pitch, items) in pages {
        for pair in items.windows(2) {
            let [Item::Line(a), Item::Line(b)] = pair else { continue };
            let body = (b.size - shape.size).abs() < 0.06 * shape.size;
            if body && tabbed(b) && printed_number(&b.text()).is_some() {
                all += 1;
                roomy += usize::from(b.base - a.base > APART * pitch);
            }
        }
    }
    all >= 3 && roomy * 10 >= all * 9
}

/// For every item, whether it is the first line of a heading at the top of a page: bold, with room below.
fn heads(items: &[Item], apart: f64) -> Vec<bool> {
    let mut heads = vec![false; items.len()];
    let bold = |item: &&Item| matches!(item, Item::Line(line) if line.is_bold());
    let run = items.iter().take_while(bold).count();
    if let (Some(Item::Line(last)), Some(Item::Line(next)), Some(first)) =
        (run.checked_sub(1).and_then(|at| items.get(at)), items.get(run), heads.first_mut())
    {
        *first = next.base - last.base > apart;
    }
    heads
}

/// For every item, where full lines end among its neighbours: those of one block, set narrower than the page,
/// end where its longest line does.
fn edges(items: &[Item], apart: f64, page: f64) -> Vec<f64> {
    let mut edges = vec![page; items.len()];
    let mut start = 0;
    while start < items.len() {
        let mut end = start + 1;
        while let (Some(Item::Line(a)), Some(Item::Line(b))) = (items.get(end - 1), items.get(end))
            && (0.0..=apart).contains(&(b.base - a.base))
        {
            end += 1;
        }
        let block = || lines_of(items.get(start..end).unwrap_or_default());
        let longest = block().map(|line| line.right).fold(0.0, f64::max);
        let left = block().map(|line| line.left).fold(f64::INFINITY, f64::min);
        // A column of short items is not a narrow block: its lines would not be full.
        let filled = longest - left > 0.55 * (page - left);
        if end - start > 2 && filled || longest > page {
            edges.iter_mut().take(end).skip(start).for_each(|edge| *edge = longest);
        }
        start = end;
    }
    edges
}

fn close(open: &mut Vec<Line>, pieces: &mut Vec<Piece>) {
    if !open.is_empty() {
        pieces.push(Piece::Lines(std::mem::take(open)));
    }
}

/// True when `line` begins a paragraph after the lines of the one that is open.
fn begins(open: &[Line], line: &Line, shape: Shape, spaced: bool) -> bool {
    let (Some(first), Some(last)) = (open.first(), open.last()) else { return false };
    let pitch = shape.pitch;
    let size = line.size.max(1.0);
    if (last.size - line.size).abs() > 0.07 * size {
        return true;
    }
    let same_page = last.page == line.page;
    let down = line.base - last.base;
    // Headings are set in larger type, with more room between their lines.
    let room = if (line.size - shape.size).abs() < 0.06 * shape.size { pitch } else { 1.2 * size };
    let headline = last.is_bold() && line.is_bold();
    if same_page && (down > APART * room.max(if headline { 1.3 * size } else { 0.0 }) || down < 0.0)
    {
        return true;
    }
    if headline {
        return numbered(line) && !same_left(first, line, size);
    }
    if last.is_bold() && !line.is_bold() && open.iter().all(Line::is_bold) && !fills(last, shape) {
        return true;
    }
    let indented = line.left - last.left > INDENT * size;
    let outdented = last.left - line.left > INDENT * size;
    let hanging = open.len() == 1 && numbered(first);
    if numbered(line) && (tabbed(line) || indented || !fills_before(last, line, shape)) {
        return true;
    }
    if indented && !(hanging && near_text(first, line, size)) {
        return true;
    }
    if outdented && open.len() > 1 && last.page == line.page {
        return true;
    }
    // Where room tells paragraphs apart, a line may be left short for other reasons.
    let slack = if spaced && same_page { 3.0 * size } else { 0.0 };
    !fills_before(last, line, Shape { right: shape.right - slack, ..shape })
}

/// True when `last` was the indented first line of the paragraph that goes on with `line`.
fn began(last: &Line, line: &Line, shape: Shape) -> bool {
    let down = line.base - last.base;
    last.page == line.page
        && (0.0..APART * shape.pitch).contains(&down)
        && (last.size - line.size).abs() < 0.07 * line.size
        && last.left - line.left > INDENT * line.size
        && last.is_bold() == line.is_bold()
        && !numbered(line)
        && fills_before(last, line, shape)
}

fn same_left(a: &Line, b: &Line, size: f64) -> bool {
    (a.left - b.left).abs() < INDENT * size
}

/// True when a line begins where the words after the number of `first` begin.
fn near_text(first: &Line, line: &Line, size: f64) -> bool {
    let starts = first.words.iter().skip(1).take(3);
    starts.into_iter().any(|word| (word.left - line.left).abs() < INDENT * size)
}

/// True for a line that begins with a number, a label or a bullet.
pub(super) fn numbered(line: &Line) -> bool {
    let text = line.text();
    let bullet = line.words.first().is_some_and(|word| is_bullet(&word.text));
    bullet || printed_number(&text).is_some() || label(&text).is_some_and(|l| l.range.start == 0)
}

/// True for signs that stand before the items of a list.
pub(super) fn is_bullet(word: &str) -> bool {
    matches!(word, "•" | "◦" | "▪" | "■" | "●" | "○" | "–" | "—" | "-" | "·")
}

/// True when more than a word space stands after the number a line begins with.
fn tabbed(line: &Line) -> bool {
    let pairs = line.words.windows(2).take(2);
    let gap = |pair: &[Word]| match pair {
        [a, b] => b.left - a.right,
        _ => 0.0,
    };
    pairs.map(gap).fold(0.0, f64::max) > 0.55 * line.size
}

/// True when a line reaches the right edge, give or take a long word.
fn fills(line: &Line, shape: Shape) -> bool {
    line.right > shape.right - 4.0 * line.size
}

/// True when the first word of the next line had no room at the end of this one. A number and the word after
/// it ("25 September") are kept together, whether the file says so or not.
fn fills_before(line: &Line, next: &Line, shape: Shape) -> bool {
    let digits = |word: &Word| word.text.bytes().all(|b| b.is_ascii_digit());
    let pairs = next.words.windows(2).take_while(|pair| match pair {
        [a, b] => !b.spaced || b.tied || digits(a),
        _ => false,
    });
    let last = next.words.get(pairs.count());
    let width = last.map_or(0.0, |word| word.right - next.left);
    // A little more than the space that stood before it, as type is set narrower to fit.
    line.right + width + 0.35 * line.size > shape.right
}
