//! A library in; its list, or one of its texts, for a terminal out.

use unicode_width::UnicodeWidthStr;

use super::sanitized;
use super::wrap::{Look, Styled, dress};
use crate::model::{Entry, Library, Paragraph};

/// The table of all references: symbol, short name, title, adopted, paragraphs, extent.
pub fn reference_list(library: &Library, width: usize, color: bool) -> String {
    let mut rows =
        vec![["SYMBOL", "NAME", "TITLE", "ADOPTED", "PARAS", "EXTENT"].map(str::to_owned)];
    rows.extend(library.entries.iter().map(row));
    let mut widths = [0usize; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    // The two columns of free text share what the others leave.
    let fixed = widths[0].min(30) + widths[3] + widths[4] + widths[5] + 10;
    let free = width.saturating_sub(fixed).max(30);
    widths[0] = widths[0].min(30);
    widths[1] = widths[1].min(free * 2 / 5);
    widths[2] = widths[2].min(free.saturating_sub(widths[1]));
    let mut out = String::new();
    for (index, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let cell = fitted(cell, width);
            let gap = " ".repeat(width.saturating_sub(cell.width()));
            line.push_str(&if column == 4 {
                format!("{gap}{cell}")
            } else {
                format!("{cell}{gap}")
            });
            line.push_str("  ");
        }
        let look = if index == 0 { Look::Strong } else { Look::Plain };
        out.push_str(&dress(line.trim_end(), look, color));
        out.push('\n');
    }
    out
}

fn row(entry: &Entry) -> [String; 6] {
    let front = &entry.text.front;
    let annex = front.annex.as_ref().map_or(String::new(), |annex| format!(", annex {annex}"));
    let symbol =
        front.symbol.as_ref().map_or("–".to_owned(), |symbol| format!("{symbol}{annex}"));
    let dash = || "–".to_owned();
    let extent = if entry.is_full() { "full" } else { "excerpts" };
    [
        sanitized(&symbol),
        sanitized(front.names.first().unwrap_or(&dash())),
        sanitized(front.title.as_ref().unwrap_or(&dash())),
        sanitized(front.adopted.as_ref().unwrap_or(&dash())),
        entry.text.paragraphs.len().to_string(),
        extent.to_owned(),
    ]
}

/// `text` in at most `width` columns.
fn fitted(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + 2 > width {
            break;
        }
        out.push(c);
    }
    out.trim_end().to_owned() + "…"
}

/// A reference, or some of its paragraphs, as they stand.
pub fn reference_text(
    entry: &Entry,
    paragraphs: &[(&Paragraph, Option<&str>)],
    width: usize,
    color: bool,
) -> String {
    let front = &entry.text.front;
    let width = width.clamp(40, 120);
    let mut head = Styled::default();
    head.push(entry.citation(front.annex.as_deref()), Look::Strong);
    if let Some(title) = &front.title {
        head.push(format!(" {title}"), Look::Plain);
    }
    let mut out = head.wrapped((0, 0), width, color);
    let facts: Vec<&str> =
        [&front.body, &front.adopted, &front.url, &front.note, &front.superseded_by]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
    let mut line = Styled::default();
    let extent = if entry.is_full() { "full text" } else { "excerpts" };
    line.push([&facts[..], &[extent]].concat().join(" · "), Look::Faint);
    out.push_str(&line.wrapped((0, 0), width, color));
    for (paragraph, part) in paragraphs {
        out.push('\n');
        let found = part.and_then(|address| paragraph.parts.iter().find(|p| p.address == address));
        let text = found.map_or(paragraph.text.as_str(), |p| p.span.slice(&paragraph.text));
        let mut styled = Styled::default();
        if found.is_none()
            && let Some(number) = &paragraph.number
        {
            styled.push(format!("{number}. "), Look::Strong);
        }
        styled.push(text, Look::Plain);
        out.push_str(&styled.wrapped((0, 0), width, color));
    }
    out
}
