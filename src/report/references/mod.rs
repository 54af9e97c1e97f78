//! A library in; its list, or one of its texts, for a terminal out.

mod corrections;
mod data;

use unicode_width::UnicodeWidthStr;

use self::corrections::Corrections;
use super::sanitized;
use super::wrap::{Look, Styled, dress};
use crate::model::{Entry, Library, Paragraph, corrected};
use crate::text::Language;

pub use data::{reference_csv, reference_json, reference_xlsx};

/// Below this width the columns of a table would be too narrow to read, and each reference takes two lines.
const NARROW: usize = 110;

/// What is told of a reference, and where it stands: the first three give way where the terminal is narrow.
const HEADINGS: [&str; 7] = ["SYMBOL", "NAME", "TITLE", "ADOPTED", "LANG", "PARAS", "EXTENT"];

/// What stands where there is nothing to tell.
const NOTHING: &str = "–";

/// No symbol takes more columns; a longer one is cut.
const WIDEST_SYMBOL: usize = 34;

/// The table of `chosen` references of a library: symbol, short name, title, adopted, language, paragraphs, extent. A
/// name and a language are told where one of them has a name, and where one is not in English.
pub fn reference_list(library: &Library, chosen: &[&Entry], width: usize, color: bool) -> String {
    let corrections = Corrections::of(library);
    let mut rows = vec![HEADINGS.map(str::to_owned)];
    rows.extend(chosen.iter().map(|entry| row(entry, corrections.to(entry))));
    let widest = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let spoken = chosen.iter().any(|entry| entry.text.language() != Language::En);
    let nameless = rows.iter().skip(1).all(|[_, name, ..]| name == NOTHING);
    let symbol = widest(0).min(WIDEST_SYMBOL);
    let (adopted, language, count) = (widest(3), widest(4), widest(5));
    let fixed = adopted + count + widest(6) + if spoken { language + 2 } else { 0 };
    let mut out = String::new();
    for (index, [own, name, title, date, code, paragraphs, held]) in rows.iter().enumerate() {
        let code = if spoken { column(code, language) + "  " } else { String::new() };
        let tail = format!(
            "{}  {code}{}{paragraphs}  {held}",
            column(date, adopted),
            " ".repeat(count.saturating_sub(paragraphs.width())),
        );
        let look = if index == 0 { Look::Strong } else { Look::Plain };
        if width < NARROW {
            let head = format!("{}  {tail}", column(own, symbol));
            out.push_str(&dress(head.trim_end(), look, color));
            let beside = match (name.as_str(), title.as_str()) {
                (NOTHING, _) => title.clone(),
                (_, NOTHING) => name.clone(),
                _ if name == title => name.clone(),
                _ => format!("{name}: {title}"),
            };
            out.push_str(&format!("\n  {}\n", dress(&fitted(&beside, width - 2), look, color)));
            continue;
        }
        let free = width.saturating_sub(symbol + fixed + 10);
        let named = if nameless { 0 } else { widest(1).min(free * 2 / 5) };
        let titled = widest(2).min(free - named);
        let name = if nameless { String::new() } else { column(name, named) + "  " };
        let line = format!("{}  {name}{}  {tail}", column(own, symbol), column(title, titled));
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

fn row(entry: &Entry, corrigenda: &[&str]) -> [String; 7] {
    let front = &entry.text.front;
    let annex = front.annex.as_ref().map_or(String::new(), |annex| format!(", annex {annex}"));
    let symbols = front.symbols().collect::<Vec<_>>().join(", ");
    let symbol = if symbols.is_empty() { NOTHING.to_owned() } else { format!("{symbols}{annex}") };
    let dash = || NOTHING.to_owned();
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
        entry.text.language().code().to_owned(),
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

/// A reference of a library, or some of its paragraphs, as they stand; `others` are further languages that it is held
/// in.
pub fn reference_text(
    library: &Library,
    entry: &Entry,
    others: &[Language],
    paragraphs: &[(&Paragraph, Option<&str>)],
    width: usize,
    color: bool,
) -> String {
    let width = width.clamp(40, 120);
    let mut out = head(library, entry, others, width, color);
    let mut above = entry.text.front.annex.as_deref();
    for (paragraph, part) in paragraphs {
        out.push('\n');
        // Annexes number anew: without its annex, a number would be that of several paragraphs.
        let annex = entry.annex(paragraph);
        if annex != above {
            above = annex;
            let mut line = Styled::default();
            line.push(entry.citation(annex), Look::Strong);
            out.push_str(&line.wrapped((0, 0), width, color));
            out.push('\n');
        }
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

/// What stands above the paragraphs of a reference.
fn head(
    library: &Library,
    entry: &Entry,
    others: &[Language],
    width: usize,
    color: bool,
) -> String {
    let front = &entry.text.front;
    let mut head = Styled::default();
    head.push(entry.citation(front.annex.as_deref()), Look::Strong);
    if let Some(title) = &front.title {
        head.push(format!(" · {title}"), Look::Plain);
    }
    let mut out = head.wrapped((0, 0), width, color);
    let mut line = |text: String, look: Look| {
        let mut styled = Styled::default();
        styled.push(text, look);
        out.push_str(&styled.wrapped((0, 0), width, color));
    };
    let spoken = entry.text.language();
    let language = Some(spoken.name()).filter(|_| spoken != Language::En || !others.is_empty());
    let given = [&front.body, &front.adopted, &front.url, &front.note, &front.superseded_by];
    let given = given.into_iter().flatten().map(String::as_str);
    let extent = if entry.is_full() { "full text" } else { "excerpts" };
    let facts: Vec<&str> = given.chain(language).chain([extent]).collect();
    line(facts.join(" · "), Look::Faint);
    if !others.is_empty() {
        let names: Vec<&str> = others.iter().map(|other| other.name()).collect();
        let codes: Vec<&str> = others.iter().map(|other| other.code()).collect();
        let told =
            format!("Also held in {} (--language {})", joined(&names, "and"), joined(&codes, "or"));
        line(told, Look::Faint);
    }
    for corrigendum in Corrections::of(library).to(entry) {
        line(format!("Corrected by {corrigendum}, which is held beside it"), Look::Strong);
    }
    if let Some(base) = front.symbols().find_map(corrected) {
        line(format!("Corrects {base}"), Look::Strong);
    }
    out
}

/// `French, Russian and Spanish`
fn joined(words: &[&str], last: &str) -> String {
    match words {
        [first @ .., end] if !first.is_empty() => format!("{} {last} {end}", first.join(", ")),
        _ => words.concat(),
    }
}
