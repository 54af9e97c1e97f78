//! References in; the same as JSON or CSV, for programs and spreadsheets, out.

use serde::Serialize;

use super::corrections::Corrections;
use crate::model::{Entry, Extent, Library, corrected, shown_path};
use crate::report::sheet::{Cell, Column, Sheet, WorkbookError};

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
const COLUMNS: [(&str, f64); 14] = [
    ("symbol", 18.0),
    ("annex", 8.0),
    ("name", 28.0),
    ("title", 50.0),
    ("body", 22.0),
    ("adopted", 12.0),
    ("language", 10.0),
    ("extent", 10.0),
    ("paragraphs", 11.0),
    ("corrects", 18.0),
    ("corrected_by", 18.0),
    ("superseded_by", 18.0),
    ("url", 36.0),
    ("path", 36.0),
];

/// `chosen` of the references of a library as CSV (RFC 4180), with a row of headings.
pub fn reference_csv(library: &Library, chosen: &[&Entry]) -> String {
    sheet(library, chosen).csv()
}

/// The same as an Excel workbook.
///
/// # Errors
/// When there are more than Excel takes.
pub fn reference_xlsx(library: &Library, chosen: &[&Entry]) -> Result<Vec<u8>, WorkbookError> {
    sheet(library, chosen).xlsx()
}

fn sheet(library: &Library, chosen: &[&Entry]) -> Sheet {
    let corrections = Corrections::of(library);
    let text = |text: Option<&str>| Cell::text(text.unwrap_or_default());
    let row = |entry: &&Entry| {
        let row = Reference::of(entry, &corrections);
        vec![
            text(row.symbol),
            text(row.annex),
            Cell::text(row.name),
            text(row.title),
            text(row.body),
            Cell::day(row.adopted),
            Cell::text(row.language),
            Cell::text(if entry.is_full() { "full" } else { "excerpts" }),
            Cell::Count(row.paragraphs),
            text(row.corrects),
            Cell::text(row.corrected_by.join("; ")),
            text(row.superseded_by),
            text(row.url),
            Cell::text(shown_path(row.path)),
        ]
    };
    Sheet {
        name: "References",
        columns: COLUMNS.map(|(title, width)| Column::new(title, width)).into(),
        rows: chosen.iter().map(row).collect(),
        about: Vec::new(),
    }
}
