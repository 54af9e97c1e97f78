//! A sheet in; CSV after RFC 4180, of which no cell is a formula, out.

use super::{Cell, Sheet};
use crate::report::sanitized;

impl Sheet {
    /// Writes the rows; lines end as the RFC wants it. A byte order mark stands first, because Excel takes a file without
    /// one for text in the character set of its country.
    pub(in crate::report) fn csv(&self) -> String {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let headings = self.columns.iter().map(|column| text(&column.title)).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(written).collect());
        for row in std::iter::once(headings).chain(rows) {
            // Writing to memory cannot fail.
            let _ = writer.write_record::<Vec<String>, _>(row);
        }
        let rows = String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default();
        format!("\u{feff}{rows}")
    }
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(own) | Cell::Day(own) => text(own),
        Cell::Lines(lines) => text(&lines.join("; ")),
        Cell::Count(count) => count.to_string(),
        Cell::Share(share) => format!("{share:.2}"),
        Cell::Nothing => String::new(),
    }
}

/// Text on one line that no spreadsheet takes for a formula: an apostrophe stands before what would begin one, as the
/// OWASP page "CSV Injection" advises.
fn text(own: &str) -> String {
    let own = sanitized(own).split_whitespace().collect::<Vec<_>>().join(" ");
    let formula = own.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula { format!("'{own}") } else { own }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_no_formulas() {
        for (own, wanted) in [
            ("A/RES/70/125", "A/RES/70/125"),
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            (" +41 22", "'+41 22"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'=1"),
            ("＝1", "'＝1"),
            ("1-2", "1-2"),
            ("a\u{1b}[31mb\nc", "ab c"),
            ("", ""),
        ] {
            assert_eq!(text(own), wanted, "{own}");
        }
    }
}
