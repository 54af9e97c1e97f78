//! What a search found in; text for a terminal, or rows for a spreadsheet, out.

use super::Showing;
use super::cited::{Cited, library_line};
use super::evidence::{count, percent};
use super::sheet::{Cell, Column, Sheet};
use super::wrap::{Look, Styled};
use crate::model::shortened;
use crate::model::{Departure, Edit, Found, Library, Passage, Refusal, Search, Span};

/// Columns before the words, where the dates stand.
const MARGIN: usize = 12;

/// Lines are no longer than this however wide the terminal is.
const WIDEST: usize = 120;

/// The found words with what stands around them fill about so many lines.
const LINES: usize = 2;

/// Writes the answer for a terminal.
pub fn search(answer: &Search, library: &Library, showing: &Showing) -> String {
    let width = showing.width.clamp(40, WIDEST);
    let shown = answer.found.len().min(showing.limit.unwrap_or(usize::MAX));
    let line = |styled: &Styled| styled.wrapped((0, 0), width, showing.color);
    let mut head = Styled::default();
    head.push(format!("“{}”", answer.query.trim()), Look::Strong);
    head.push(format!(": {}", total(answer, shown)), Look::Plain);
    let mut out = line(&head) + "\n";
    let mut near = false;
    for found in answer.found.iter().take(shown) {
        if !found.exact && !near {
            near = true;
            out.push_str("Near:\n\n");
        }
        out.push_str(&one(found, &answer.query, library, width, showing.color));
    }
    let mut foot = Styled::default();
    foot.push(library_line(answer.held), Look::Faint);
    if answer.searched < answer.held.references {
        let searched = count(answer.searched, "was", "were");
        foot.push(format!(" Of its references {searched} searched"), Look::Faint);
        let undated = match answer.undated {
            0 => ".".to_owned(),
            some => format!("; {some} left out because nothing tells when they were agreed."),
        };
        foot.push(undated, Look::Faint);
    }
    out + &line(&foot)
}

fn total(answer: &Search, shown: usize) -> String {
    match answer.refused {
        Some(Refusal::NoWord) => return "there is no word to search for.".to_owned(),
        Some(Refusal::TooCommon) => {
            return "these words stand in nearly every text; add some that tell more.".to_owned();
        }
        None => {}
    }
    let all = answer.found.len();
    if all == 0 {
        return "no paragraph has these words, in a row or nearly.".to_owned();
    }
    let (exact, texts) = (answer.exact(), answer.texts());
    let kinds = match all - exact {
        0 => "word for word".to_owned(),
        near if near == all => "none word for word, but near".to_owned(),
        near => format!("{exact} word for word, {near} near"),
    };
    let found = count(all, "paragraph", "paragraphs");
    let rest =
        if shown < all { format!("; {shown} shown, --limit shows more") } else { String::new() };
    format!("{found} in {}, {kinds}{rest}.", count(texts, "text", "texts"))
}

fn one(found: &Found, query: &str, library: &Library, width: usize, color: bool) -> String {
    let Some(first) = found.passages.first() else { return String::new() };
    let Some(cited) = Cited::of(library, found.location, Some(first.span)) else {
        return String::new();
    };
    let mut head = Styled::default();
    head.push(format!("{:<MARGIN$}", cited.date()).replace(' ', "\u{a0}"), Look::Faint);
    head.push(cited.place(), Look::Strong);
    if let Some(name) = cited.name() {
        head.push(format!(" ({name})"), Look::Plain);
    }
    let differs: Vec<String> =
        first.changes.iter().map(|change| told(change, &cited.paragraph.text, query)).collect();
    if !found.exact {
        head.push(format!(" ·\u{a0}{} close", percent(first.closeness)), Look::Plain);
    }
    if let more @ 1.. = found.passages.len() - 1 {
        head.push(
            format!(" ·\u{a0}and {} more in it", count(more, "place", "places")),
            Look::Faint,
        );
    }
    let mut out = head.wrapped((0, MARGIN), width, color);
    let text = in_context(&cited.paragraph.text, first, LINES * (width - MARGIN), color);
    out.push_str(&text.wrapped((MARGIN, 0), width, color));
    if !differs.is_empty() {
        let mut line = Styled::default();
        line.push(differs.join("; "), Look::Faint);
        out.push_str(&line.wrapped((MARGIN, 0), width, color));
    }
    out + "\n"
}

/// How the paragraph differs from the words looked for.
fn told(change: &Departure, text: &str, query: &str) -> String {
    let line = |words: &str| shortened(&words.split_whitespace().collect::<Vec<_>>().join(" "));
    let own = line(change.agreed.slice(text));
    let asked = line(change.draft.slice(query));
    match change.edit {
        Edit::Insert => format!("without “{asked}”"),
        Edit::Delete => format!("with “{own}”"),
        Edit::Replace => format!("“{own}” in place of “{asked}”"),
    }
}

/// Bytes before and after the passage that fill so many columns with it, cut between words.
fn window(text: &str, span: Span, columns: usize) -> Span {
    let free = columns.saturating_sub(span.slice(text).chars().count() + 24) / 2;
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let far = |at: Option<(usize, char)>, none: usize| at.map_or(none, |(at, _)| at);
    let start = far(before.char_indices().rev().nth(free), 0);
    let end = span.end + far(after.char_indices().nth(free), after.len());
    let cut = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let start = match start {
        0 => 0,
        _ => start + cut(start, span.start).find(char::is_whitespace).unwrap_or(0),
    };
    let end = match end {
        end if end == text.len() => end,
        _ => span.end + cut(span.end, end).rfind(char::is_whitespace).unwrap_or(0),
    };
    Span::new(start, end)
}

/// The found words and what stands around them.
fn in_context(text: &str, passage: &Passage, columns: usize, color: bool) -> Styled {
    let shown = window(text, passage.span, columns);
    let mut styled = Styled::default();
    let line = |from: usize, to: usize| text.get(from..to).unwrap_or_default().replace('\n', " ");
    if shown.start > 0 {
        styled.push("… ", Look::Faint);
    }
    let mut at = shown.start;
    for shared in &passage.shared {
        let plain = line(at, shared.start);
        styled.push(if at == shown.start { plain.trim_start() } else { &plain }, Look::Plain);
        let words = line(shared.start, shared.end);
        styled.push(if color { words } else { format!("**{words}**") }, Look::Found);
        at = shared.end.max(at);
    }
    styled.push(line(at, shown.end).trim_end(), Look::Plain);
    if shown.end < text.len() {
        styled.push(" …", Look::Faint);
    }
    styled
}

const COLUMNS: [&str; 13] = [
    "adopted",
    "symbol",
    "annex",
    "paragraph",
    "name",
    "title",
    "kind",
    "share",
    "closeness",
    "before",
    "found",
    "after",
    "url",
];

/// Writes one row for every place found, for a spreadsheet.
pub fn search_csv(answer: &Search, library: &Library, limit: Option<usize>) -> String {
    let text = |text: Option<&str>| Cell::text(text.unwrap_or_default());
    let mut rows = Vec::new();
    for found in answer.found.iter().take(limit.unwrap_or(usize::MAX)) {
        for passage in &found.passages {
            let Some(cited) = Cited::of(library, found.location, Some(passage.span)) else {
                continue;
            };
            let facts = cited.facts();
            let own = &cited.paragraph.text;
            let shown = window(own, passage.span, 2 * WIDEST);
            rows.push(vec![
                Cell::day(facts.adopted),
                text(facts.symbol),
                text(facts.annex),
                Cell::text(facts.paragraph.unwrap_or_default()),
                Cell::text(facts.name),
                text(facts.title),
                Cell::text(if found.exact { "exact" } else { "near" }),
                Cell::Share(passage.share),
                Cell::Share(passage.closeness),
                text(own.get(shown.start..passage.span.start)),
                Cell::text(passage.span.slice(own)),
                text(own.get(passage.span.end..shown.end)),
                text(facts.url),
            ]);
        }
    }
    let columns = COLUMNS.map(|title| Column::new(title, 20.0)).into();
    Sheet { name: "Found", columns, rows, about: Vec::new() }.csv()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_context_stay_whole() {
        let text =
            "We reaffirm that the same rights that people have offline must be protected online.";
        let at = text.find("people").map_or(Span::default(), |at| Span::new(at, at + 6));
        let shown = window(text, at, 56);
        assert_eq!(shown.slice(text), " rights that people have");
    }
}
