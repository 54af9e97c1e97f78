//! A library in; its list, or one of its texts, for a terminal out.

mod corrections;
mod data;

use unicode_width::UnicodeWidthStr;

use self::corrections::Corrections;
use super::sanitized;
use super::wrap::{Look, Styled, dress};
use crate::model::{Entry, Library, Paragraph, corrected};

pub use data::{reference_csv, reference_json};

/// Below this width the columns of a table would be too narrow to read, and each reference takes two lines.
const NARROW: usize = 110;

const HEADINGS: [&str; 6] = ["SYMBOL", "NAME", "TITLE", "ADOPTED", "PARAS", "EXTENT"];

/// The table of `chosen` references of a library: symbol, short name, title, adopted, paragraphs, extent.
pub fn reference_list(library: &Library, chosen: &[&Entry], width: usize, color: bool) -> String {
    let corrections = Corrections::of(library);
    let mut rows = vec![HEADINGS.map(str::to_owned)];
    rows.extend(chosen.iter().map(|entry| row(entry, corrections.to(entry))));
    let widest = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let (symbol, adopted, count, extent) = (widest(0).min(34), widest(3), widest(4), widest(5));
    let mut out = String::new();
    for (index, [own, name, title, date, paragraphs, held]) in rows.iter().enumerate() {
        let tail = format!(
            "{}  {}{paragraphs}  {held}",
            column(date, adopted),
            " ".repeat(count.saturating_sub(paragraphs.width())),
        );
        let look = if index == 0 { Look::Strong } else { Look::Plain };
        if width < NARROW {
            let head = format!("{}  {tail}", column(own, symbol));
            out.push_str(&dress(head.trim_end(), look, color));
            let beside = match (name.as_str(), title.as_str()) {
                ("–", _) => title.clone(),
                (_, "–") => name.clone(),
                _ if name == title => name.clone(),
                _ => format!("{name}: {title}"),
            };
            out.push_str(&format!("\n  {}\n", dress(&fitted(&beside, width - 2), look, color)));
            continue;
        }
        let free = width.saturating_sub(symbol + adopted + count + extent + 10);
        let named = widest(1).min(free * 2 / 5);
        let titled = widest(2).min(free - named);
        let line = format!(
            "{}  {}  {}  {tail}",
            column(own, symbol),
            column(name, named),
            column(title, titled)
        );
        out.push_str(&dress(line.trim_end(), look, color));
        out.push('\n');
    }
    out
}

/// `text` cut or filled to `width` columns.
fn column(text: &str, width: usize) -> String {
    let cell = fitted(text, width);
    let gap = width.saturating_sub(cell.width());
    cell + &" ".repeat(gap)
}

fn row(entry: &Entry, corrigenda: &[&str]) -> [String; 6] {
    let front = &entry.text.front;
    let annex = front.annex.as_ref().map_or(String::new(), |annex| format!(", annex {annex}"));
    let symbols = front.symbols().collect::<Vec<_>>().join(", ");
    let symbol = if symbols.is_empty() { "–".to_owned() } else { format!("{symbols}{annex}") };
    let dash = || "–".to_owned();
    let spoken = front.names.iter().find(|name| !name.contains('/'));
    let extent = if entry.is_full() { "full" } else { "excerpts" };
    let also = if corrigenda.is_empty() { "" } else { ", corrected" };
    // Where nothing else names it, the file does.
    let known = front.symbol.is_some() || spoken.is_some();
    let nameless = if known { dash() } else { entry.text.path.clone() };
    [
        sanitized(&symbol),
        sanitized(spoken.unwrap_or(&dash())),
        sanitized(front.title.as_ref().unwrap_or(&nameless)),
        sanitized(front.adopted.as_ref().unwrap_or(&dash())),
        entry.text.paragraphs.len().to_string(),
        format!("{extent}{also}"),
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

/// A reference of a library, or some of its paragraphs, as they stand.
pub fn reference_text(
    library: &Library,
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
        head.push(format!(" · {title}"), Look::Plain);
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
    for corrigendum in Corrections::of(library).to(entry) {
        let mut line = Styled::default();
        line.push(format!("Corrected by {corrigendum}, which is held beside it"), Look::Strong);
        out.push_str(&line.wrapped((0, 0), width, color));
    }
    if let Some(base) = front.symbols().find_map(corrected) {
        let mut line = Styled::default();
        line.push(format!("Corrects {base}"), Look::Strong);
        out.push_str(&line.wrapped((0, 0), width, color));
    }
    for (paragraph, part) in paragraphs {
        out.push('\n');
        let found = part.and_then(|address| paragraph.parts.iter().find(|p| p.address == address));
        let text = found.map_or(paragraph.text.as_str(), |p| p.span.slice(&paragraph.text));
        let mut styled = Styled::default();
        if let Some(number) = paragraph.shown_number() {
            let stop = if found.is_none() { "." } else { "" };
            styled.push(format!("{number}{stop} "), Look::Strong);
        }
        styled.push(text, Look::Plain);
        out.push_str(&styled.wrapped((0, 0), width, color));
    }
    out
}
