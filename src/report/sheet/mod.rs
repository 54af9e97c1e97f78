//! Rows of typed cells in; a file for a spreadsheet, as CSV or as an Excel workbook, out.

mod csv;
mod xlsx;

pub use xlsx::WorkbookError;

/// A table that a spreadsheet opens: a row of headings, and rows of as many cells.
#[derive(Debug)]
pub(super) struct Sheet {
    /// What the sheet is called in a workbook: at most 31 characters, none of `[]:*?/\`.
    pub(super) name: &'static str,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// What is told of the whole, on a sheet of its own: what it is, and that.
    pub(super) about: Vec<(&'static str, String)>,
}

/// A heading, and how wide the cells below it are.
#[derive(Debug)]
pub(super) struct Column {
    title: String,
    /// In characters, as Excel counts them.
    width: f64,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(String),
    /// Several things, a line each.
    Lines(Vec<String>),
    Count(usize),
    /// A share (0..1).
    Share(f64),
    /// A day, `2015-12-16`; other text stays text.
    Day(String),
    Nothing,
}

impl Column {
    /// The place of a row, counted from 1. Numbers of paragraphs are text, `12 bis` among them, and are sorted by it.
    pub(super) fn order() -> Self {
        Self::new("order", 7.0)
    }

    pub(super) fn new(title: impl Into<String>, width: f64) -> Self {
        Self { title: title.into(), width }
    }
}

impl Cell {
    /// Text, or nothing where there is none.
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }

    /// Several things, or nothing where there is none.
    pub(super) fn lines(lines: Vec<String>) -> Self {
        if lines.is_empty() { Self::Nothing } else { Self::Lines(lines) }
    }

    pub(super) fn day(text: Option<&str>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Day(text.to_owned()))
    }

    /// `yes`, or nothing.
    pub(super) fn yes(yes: bool) -> Self {
        if yes { Self::Text("yes".to_owned()) } else { Self::Nothing }
    }
}
