//! A sheet in; an Excel workbook with typed cells, a frozen row of headings and filters, out.

use std::fmt;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook,
    Worksheet, XlsxError,
};

use unicode_width::UnicodeWidthStr;

use super::{Cell, Column, Sheet};
use crate::report::sanitized;

/// Excel takes no more characters in a cell ("Excel specifications and limits").
const LONGEST: usize = 32_767;

/// Excel shows no more rows on a sheet, the headings among them.
const MOST_ROWS: usize = 1 << 20;

/// A4, as Excel numbers paper.
const A4: u8 = 9;

/// The height of a line, in points.
const LINE: f64 = 15.0;

/// No row is higher than so many lines: one of a page would hide those below it. The cell holds the rest.
const MOST_LINES: usize = 12;

/// Why a workbook could not be made.
#[derive(Debug)]
pub struct WorkbookError(XlsxError);

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the Excel file could not be made: {}", self.0)
    }
}

impl std::error::Error for WorkbookError {}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// How cells look.
struct Looks {
    heading: Format,
    text: Format,
    count: Format,
    share: Format,
    day: Format,
}

impl Sheet {
    /// Writes the workbook: this sheet, and what is told of the whole behind it. The same input gives the same bytes.
    ///
    /// # Errors
    /// When there are more rows than Excel takes.
    pub(in crate::report) fn xlsx(&self) -> Result<Vec<u8>, WorkbookError> {
        let cell = || {
            let line = Format::new().set_border_bottom(FormatBorder::Hair);
            line.set_align(FormatAlign::Top).set_text_wrap()
        };
        let looks = Looks {
            heading: cell()
                .set_align(FormatAlign::Left)
                .set_bold()
                .set_border_bottom(FormatBorder::Thin),
            text: cell().set_align(FormatAlign::Left).set_indent(1),
            count: cell(),
            share: cell().set_num_format("0%"),
            day: cell().set_num_format("yyyy-mm-dd"),
        };
        let mut workbook = Workbook::new();
        // Excel wants a date; a fixed one keeps the file the same from run to run.
        let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
        let sheet = workbook.add_worksheet();
        sheet.set_name(self.name)?;
        headings(sheet, &self.columns, &looks)?;
        sheet.set_row_height(0, 2.0 * LINE)?;
        for (row, cells) in (1..).zip(&self.rows).take(MOST_ROWS) {
            for (column, cell) in (0..).zip(cells) {
                put(sheet, row, column, cell, &looks)?;
            }
            let lines = cells.iter().zip(&self.columns).map(|(cell, column)| lines(cell, column));
            let lines = lines.max().unwrap_or(1).clamp(1, MOST_LINES);
            sheet.set_row_height(row, LINE * lines as f64)?;
        }
        let last = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let columns = u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        sheet.autofilter(0, 0, last, columns)?;
        // The number of a paragraph is text, also where it has nothing but digits: Excel is not to warn of it.
        sheet.ignore_error_range(0, 0, last, columns, IgnoreError::NumberStoredAsText)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet
            .set_paper_size(A4)
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_repeat_rows(0, 0)?;
        if !self.about.is_empty() {
            let about = workbook.add_worksheet();
            about.set_name("About")?;
            about.set_column_width(0, 20)?;
            about.set_column_width(1, 100)?;
            for (row, (what, told)) in (0..).zip(&self.about) {
                about.write_string_with_format(row, 0, *what, &looks.heading)?;
                about.write_string_with_format(row, 1, shown(told), &looks.text)?;
            }
        }
        Ok(workbook.save_to_buffer()?)
    }
}

fn headings(sheet: &mut Worksheet, columns: &[Column], looks: &Looks) -> Result<(), XlsxError> {
    for (at, column) in (0..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(0, at, shown(&column.title), &looks.heading)?;
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        // Written as text, so that nothing in it is a formula.
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, shown(text), &looks.text)?;
        }
        Cell::Lines(lines) => {
            sheet.write_string_with_format(row, column, shown(&lines.join("\n")), &looks.text)?;
        }
        Cell::Count(count) => {
            sheet.write_number_with_format(row, column, *count as f64, &looks.count)?;
        }
        Cell::Share(share) => {
            sheet.write_number_with_format(row, column, *share, &looks.share)?;
        }
        Cell::Day(text) => {
            match ExcelDateTime::parse_from_str(text).ok().filter(|_| is_day(text)) {
                Some(day) => {
                    sheet.write_datetime_with_format(row, column, &day, &looks.day)?;
                }
                None => {
                    sheet.write_string_with_format(row, column, shown(text), &looks.text)?;
                }
            }
        }
        Cell::Nothing => {}
    }
    Ok(())
}

/// How many lines a cell takes. Programs do not all find that out by themselves when they open a file.
fn lines(cell: &Cell, column: &Column) -> usize {
    let width = column.width.max(2.0) - 1.0;
    let of = |line: &str| ((line.width() as f64 / width).ceil() as usize).max(1);
    match cell {
        Cell::Text(text) | Cell::Day(text) => text.lines().map(of).sum(),
        Cell::Lines(lines) => lines.iter().map(|line| of(line)).sum(),
        _ => 1,
    }
}

/// True for `2015-12-16`; a year alone is no day.
fn is_day(text: &str) -> bool {
    text.len() == 10 && text.split('-').count() == 3
}

/// Text as a cell takes it, what is longer than any cell cut.
fn shown(text: &str) -> String {
    let text = sanitized(text);
    if text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units < LONGEST
    });
    kept.chain("…".chars()).collect()
}
