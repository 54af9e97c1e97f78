//! The properties of a table, its rows and its cells in; those of others that are put in and look alike, out.

use super::{children, with};
use crate::ooxml::xml::Element;

/// Properties of a table, in the order of the schema (CT_TblPr), as far as one is put among them.
const TABLE_ORDER: [&str; 7] = [
    "tblStyle",
    "tblpPr",
    "tblOverlap",
    "bidiVisual",
    "tblStyleRowBandSize",
    "tblStyleColBandSize",
    "tblW",
];

/// The properties of a new table, taken from those of another; ruled where there is none.
pub(in crate::report) fn table_properties(like: Option<&Element>, source: &str) -> String {
    const WIDTH: &str = "<w:tblW w:w=\"0\" w:type=\"auto\"/>";
    let Some(like) = like else {
        let sides = ["top", "left", "bottom", "right", "insideH", "insideV"];
        let rule = |side| {
            format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>")
        };
        let rules = sides.map(rule).concat();
        return format!("<w:tblPr>{WIDTH}<w:tblBorders>{rules}</w:tblBorders></w:tblPr>");
    };
    let without = ["tblpPr", "tblOverlap", "tblW", "tblCaption", "tblDescription", "tblPrChange"];
    let kept = children(Some(like), source, &without);
    format!("<w:tblPr>{}</w:tblPr>", with(kept, &TABLE_ORDER, "tblW", WIDTH))
}

/// The properties of a row that is put in, taken from those of another.
pub(in crate::report) fn row_properties(
    like: Option<&Element>,
    source: &str,
    mark: &str,
) -> String {
    let without = ["ins", "del", "trPrChange", "tblHeader", "cnfStyle"];
    let kept: String = children(like, source, &without).map(|(_, text)| text).collect();
    format!("<w:trPr>{kept}{mark}</w:trPr>")
}

/// The properties of a cell that is put in, taken from those of another; it is joined with none above or below. Where there is
/// no other, it takes so many columns.
pub(in crate::report) fn cell_properties(
    like: Option<&Element>,
    source: &str,
    columns: usize,
) -> String {
    let without = ["vMerge", "hMerge", "cellIns", "cellDel", "cellMerge", "tcPrChange", "cnfStyle"];
    let kept: String = children(like, source, &without).map(|(_, text)| text).collect();
    if !kept.is_empty() {
        return format!("<w:tcPr>{kept}</w:tcPr>");
    }
    let span = match columns {
        0 | 1 => String::new(),
        columns => format!("<w:gridSpan w:val=\"{columns}\"/>"),
    };
    format!("<w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/>{span}</w:tcPr>")
}
