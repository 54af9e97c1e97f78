//! Drafts go in; the tables made of them come out, with cells that a spreadsheet sorts, and none that it runs.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};

use adref::compare::{compare, follow};
use adref::library::load;
use adref::model::{Draft, DraftRevision, Entry};
use adref::pipeline::{Annotator, Thresholds};
use adref::read::read;
use adref::report::{
    self, Compared, DiffFormat, DiffOptions, Format, HistoryFormat, HistoryOptions, Options,
};
use quick_xml::events::Event;
use support::root;

const HOSTILE: &str = "1. =cmd|'/c calc'!A0 and \u{1b}[31m ]]> <f>1+1</f> \u{202e}\u{fffe}\u{ffff}, \"quoted\",\n\n\
    2. +41 22, and -1, and @SUM(A1),\n\n3. \\_x0041\\_ &amp; &lt;b&gt;,\n";

fn draft(text: &str) -> Draft {
    read("=draft.md", text.as_bytes()).unwrap()
}

/// The parts of a workbook, by their names.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        out.insert(part.name().unwrap().into_owned(), text);
    }
    out
}

/// The cells of the first sheet, row by row: the kind that the file says they are of, and their text.
fn cells(bytes: &[u8]) -> Vec<Vec<(String, String)>> {
    let parts = parts(bytes);
    for (name, text) in &parts {
        assert!(!text.contains("<f>") && !text.contains("<f "), "{name}: a formula");
        let mut xml = quick_xml::Reader::from_str(text);
        while xml.read_event().unwrap() != Event::Eof {}
    }
    let strings: Vec<String> = inside(&parts["xl/sharedStrings.xml"], "si");
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("<autoFilter ") && sheet.contains("state=\"frozen\""), "{sheet}");
    let row = |row: String| {
        let cell = |cell: &str| {
            let kind = cell.split_once(" t=\"").map_or("n", |(_, rest)| &rest[..1]).to_owned();
            let value = inside(cell, "v").concat();
            match kind.as_str() {
                "s" => (kind, strings[value.parse::<usize>().unwrap()].clone()),
                _ => (kind, value),
            }
        };
        row.split("<c ").skip(1).map(cell).collect()
    };
    inside(sheet, "row").into_iter().map(row).collect()
}

/// What stands in each element of a name, its own tags left out where it holds text alone.
fn inside(xml: &str, name: &str) -> Vec<String> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let begins = |rest: &&str| rest.starts_with([' ', '>']);
    let own = xml.split(open.as_str()).skip(1).filter(begins);
    let text = |own: &str| {
        let own = own.split(close.as_str()).next().unwrap();
        let own = own.split_once('>').unwrap().1;
        let own = own.strip_prefix("<t>").or(own.strip_prefix("<t xml:space=\"preserve\">"));
        own.map(|own| own.replace("</t>", ""))
    };
    let whole =
        |own: &str| own.split(close.as_str()).next().unwrap().split_once('>').unwrap().1.to_owned();
    own.map(|own| text(own).unwrap_or_else(|| whole(own))).collect()
}

fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Every row of the CSV has as many cells, and stands in the workbook with the same first cell.
fn agree(csv: &str, workbook: &[u8]) {
    let (rows, cells) = (rows(csv), cells(workbook));
    assert_eq!(rows.len(), cells.len());
    for (row, cells) in rows.iter().zip(&cells) {
        assert_eq!(row.len(), rows[0].len());
        let filled = row.iter().filter(|cell| !cell.is_empty()).count();
        assert_eq!(filled, cells.iter().filter(|(_, text)| !text.is_empty()).count(), "{row:?}");
    }
}

/// The rows are counted in the first column; numbers of paragraphs are text throughout, and Excel is told not to warn of it.
fn in_order(workbook: &[u8], numbers: &[usize]) {
    let cells = cells(workbook);
    assert_eq!(cells[0][0].1, "order");
    for (at, row) in cells.iter().enumerate().skip(1) {
        assert_eq!(row[0], ("n".to_owned(), at.to_string()));
        for column in numbers {
            let (kind, number) = &row[*column];
            assert!(kind == "s" || number.is_empty(), "{row:?}");
        }
    }
    let sheet = &parts(workbook)["xl/worksheets/sheet1.xml"];
    let last = format!("{}\" numberStoredAsText=\"1\"/>", cells.len());
    assert!(sheet.contains("<ignoredError sqref=\"A1:") && sheet.contains(&last), "{sheet}");
}

#[test]
fn all_tables_of_the_sample() {
    let library = load(&[root().join("references")]).unwrap();
    let of = |name: &str| read(name, &fs::read(root().join("drafts").join(name)).unwrap()).unwrap();
    let annotation = Annotator::new(&library, Thresholds::default()).annotate(of("rev1.md"));
    let drafts = [(&annotation, &library)];
    let options = Options { format: Format::Csv, ..Options::default() };
    let csv = report::annotations(&drafts, &options).unwrap();
    let workbook = report::annotations_xlsx(&drafts, &options).unwrap();
    agree(&csv, &workbook);
    assert_eq!(workbook, report::annotations_xlsx(&drafts, &options).unwrap(), "the same bytes");
    let third = rows(&csv).into_iter().find(|row| row[1] == "3").unwrap();
    assert_eq!(third[3], "reaffirmed");
    assert!(third[8].contains("E/RES/2024/13, para. 7"), "{third:?}");
    let typed = cells(&workbook);
    let third = typed.iter().find(|row| row[1].1 == "3").unwrap();
    assert!(third[5].0 == "n" && third[5].1.starts_with("0."), "a share is a number: {third:?}");
    in_order(&workbook, &[1]);

    let (old, new) = (of("zero-draft.md"), of("rev1.md"));
    let comparison = compare(&old, &new);
    let compared = Compared { old: &old, new: &new, comparison: &comparison, library: None };
    let options = DiffOptions { format: DiffFormat::Csv, ..DiffOptions::default() };
    let workbook = report::diff_xlsx(compared, &options).unwrap();
    agree(&report::diff(compared, &options).unwrap(), &workbook);
    in_order(&workbook, &[1, 2]);

    let revisions = [old, new].map(|draft| DraftRevision { draft, ..DraftRevision::default() });
    let history = follow(DraftRevision::named(revisions.into()));
    let options = HistoryOptions { format: HistoryFormat::Csv, ..HistoryOptions::default() };
    let workbook = report::history_xlsx(&history, None, &options).unwrap();
    agree(&report::history(&history, None, &options).unwrap(), &workbook);
    in_order(&workbook, &[1, 3]);

    let chosen: Vec<&Entry> = library.entries.iter().collect();
    let workbook = report::reference_xlsx(&library, &chosen).unwrap();
    agree(&report::reference_csv(&library, &chosen), &workbook);
    assert_eq!(cells(&workbook).len(), library.entries.len() + 1);
}

#[test]
fn nothing_of_a_draft_is_a_formula() {
    let library = load(&[root().join("references")]).unwrap();
    let annotation = Annotator::new(&library, Thresholds::default()).annotate(draft(HOSTILE));
    let drafts = [(&annotation, &library)];
    let options = Options { format: Format::Csv, ..Options::default() };
    let csv = report::annotations(&drafts, &options).unwrap();
    for cell in rows(&csv).concat() {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        assert!(!cell.contains(['\u{1b}', '\u{202e}', '\u{fffe}', '\u{ffff}']), "{cell:?}");
    }
    let texts = cells(&report::annotations_xlsx(&drafts, &options).unwrap());
    let text = |row: usize| texts[row].last().unwrap().clone();
    assert_eq!(
        text(1),
        (
            "s".to_owned(),
            "=cmd|'/c calc'!A0 and  ]]&gt; &lt;f&gt;1+1&lt;/f&gt; , \"quoted\",".to_owned()
        )
    );
    assert_eq!(text(3).1, "_x005F_x0041_ &amp; &lt;b&gt;,");
}

#[test]
fn a_cell_holds_no_more_than_excel_takes() {
    let long = format!("1. {}\n", "words without end ".repeat(4_000));
    let annotation =
        Annotator::new(&Default::default(), Thresholds::default()).annotate(draft(&long));
    let drafts = [(&annotation, &Default::default())];
    let workbook = report::annotations_xlsx(&drafts, &Options::default()).unwrap();
    let text = cells(&workbook)[1].last().unwrap().1.clone();
    assert!(text.encode_utf16().count() <= 32_767 && text.ends_with('…'));
}
