//! References in; the same as JSON or CSV, for programs and spreadsheets, out.

use serde::Serialize;

use super::corrections::Corrections;
use crate::model::{Entry, Extent, Library, corrected};
use crate::report::sanitized;

/// What the JSON says it is.
const SCHEMA: &str = "adref/references/1";

#[derive(Serialize)]
struct Document<'l> {
    schema: &'static str,
    places: &'l [String],
    references: Vec<Reference<'l>>,
}

#[derive(Serialize)]
struct Reference<'l> {
    symbol: Option<&'l str>,
    /// Those that a joint symbol joins; the symbol alone where it is none.
    symbols: Vec<&'l str>,
    annex: Option<&'l str>,
    /// The short name shown beside the symbol.
    name: &'l str,
    names: &'l [String],
    title: Option<&'l str>,
    body: Option<&'l str>,
    adopted: Option<&'l str>,
    /// ISO 639-1.
    language: &'static str,
    extent: Extent,
    /// How many paragraphs are held.
    paragraphs: usize,
    corrects: Option<&'l str>,
    corrected_by: &'l [&'l str],
    superseded_by: Option<&'l str>,
    note: Option<&'l str>,
    url: Option<&'l str>,
    path: &'l str,
}

impl<'l> Reference<'l> {
    fn of(entry: &'l Entry, corrections: &'l Corrections<'l>) -> Self {
        let front = &entry.text.front;
        Self {
            symbol: front.symbol.as_deref(),
            symbols: front.symbols().collect(),
            annex: front.annex.as_deref(),
            name: &entry.name,
            names: &front.names,
            title: front.title.as_deref(),
            body: front.body.as_deref(),
            adopted: front.adopted.as_deref(),
            language: entry.text.language().code(),
            extent: if entry.is_full() { Extent::Full } else { Extent::Excerpts },
            paragraphs: entry.text.paragraphs.len(),
            corrects: front.symbols().find_map(corrected),
            corrected_by: corrections.to(entry),
            superseded_by: front.superseded_by.as_deref(),
            note: front.note.as_deref(),
            url: front.url.as_deref(),
            path: &entry.text.path,
        }
    }
}

/// `chosen` of the references of a library as JSON, `adref/references/1`.
pub fn reference_json(library: &Library, chosen: &[&Entry]) -> String {
    let corrections = Corrections::of(library);
    let references = chosen.iter().map(|entry| Reference::of(entry, &corrections)).collect();
    let document = Document { schema: SCHEMA, places: &library.places, references };
    // Strings and numbers always have a form in JSON.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

/// The columns of the table for spreadsheets.
const COLUMNS: [&str; 14] = [
    "symbol",
    "annex",
    "name",
    "title",
    "body",
    "adopted",
    "language",
    "extent",
    "paragraphs",
    "corrects",
    "corrected_by",
    "superseded_by",
    "url",
    "path",
];

/// `chosen` of the references of a library as CSV (RFC 4180), with a row of headings.
pub fn reference_csv(library: &Library, chosen: &[&Entry]) -> String {
    let corrections = Corrections::of(library);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    rows.extend(chosen.iter().map(|entry| {
        let row = Reference::of(entry, &corrections);
        let extent = if entry.is_full() { "full" } else { "excerpts" };
        [
            row.symbol.unwrap_or_default(),
            row.annex.unwrap_or_default(),
            row.name,
            row.title.unwrap_or_default(),
            row.body.unwrap_or_default(),
            row.adopted.unwrap_or_default(),
            row.language,
            extent,
            &row.paragraphs.to_string(),
            row.corrects.unwrap_or_default(),
            &row.corrected_by.join("; "),
            row.superseded_by.unwrap_or_default(),
            row.url.unwrap_or_default(),
            row.path,
        ]
        .map(cell)
    }));
    for row in &rows {
        // Writing to memory cannot fail.
        let _ = writer.write_record(row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Text as a cell that no spreadsheet takes for a formula: an apostrophe before what would begin one, as the
/// OWASP page "CSV Injection" advises.
fn cell(text: &str) -> String {
    let text = sanitized(text);
    let starts = text.trim_start_matches([' ', '\u{a0}']);
    if starts.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        return format!("'{text}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_no_formulas() {
        for (text, wanted) in [
            ("A/RES/70/125", "A/RES/70/125"),
            ("=1+1", "'=1+1"),
            (" +41 22", "' +41 22"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("1-2", "1-2"),
            ("", ""),
        ] {
            assert_eq!(cell(text), wanted, "{text}");
        }
    }
}
