//! Drafts with tables, and drafts that end otherwise, in; their redlines, accepted and rejected element by element, out.
//!
//! Reading a redline passes over empty paragraphs and over what no reader sees. Here nothing is passed over: rejected, the
//! file has every paragraph and every row of the old one, empty ones too, and none besides.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod support;

use adref::model::Draft;
use adref::read::{Reading, Revisions, read, read_as};
use support::packages::with_body;
use support::redlines::redline;
use support::resolved::{blocks, document};
use support::xml::Node;

/// Old draft, new draft, and how many rows are put in and taken out.
const CASES: [(&str, &str, &str, usize, usize); 15] = [
    (
        "a figure that changed",
        "1. We agree.\n\n| A | 1 200 000 |\n|---|---|\n| B | 7 |\n\n2. We note it.",
        "1. We agree.\n\n| A | 900 000 |\n|---|---|\n| B | 7 |\n\n2. We note it.",
        0,
        0,
    ),
    (
        "a row more",
        "1. We agree.\n\n| A | 1 |\n|---|---|\n| B | 7 |\n\n2. We note it.",
        "1. We agree.\n\n| A | 1 |\n|---|---|\n| Costs of the new hall | 12 |\n| B | 7 |\n\n2. We note it.",
        1,
        0,
    ),
    (
        "a row before all others, and one less",
        "1. We agree.\n\n| A | 1 |\n|---|---|\n| B | 7 |\n\n2. We note it.",
        "1. We agree.\n\n| Item | Sum |\n|---|---|\n| A | 1 |\n\n2. We note it.",
        1,
        1,
    ),
    (
        "a new table",
        "1. We agree.\n\n2. We note it.",
        "1. We agree.\n\n| A | 1 |\n|---|---|\n| B | 7 |\n\n2. We note it.",
        2,
        0,
    ),
    (
        "a table that goes",
        "1. We agree.\n\n| A | 1 |\n|---|---|\n| B | 7 |\n\n2. We note it.",
        "1. We agree.\n\n2. We note it.",
        0,
        2,
    ),
    (
        "a new column",
        "1. We agree.\n\n| A | 1 |\n|---|---|\n| B | 7 |\n\n2. We note it.",
        "1. We agree.\n\n| A | 1 | x |\n|---|---|---|\n| B | 7 | y |\n\n2. We note it.",
        2,
        2,
    ),
    (
        "a paragraph that moved over a table",
        "1. We agree to the first point of the list.\n\n| Alpha bridge | 1 |\n|---|---|\n| Beta bridge | 7 |\n\n2. We note the second point of the text.",
        "1. We agree to the first point of the list.\n\n2. We note the second point of the text.\n\n| Alpha bridge | 1 |\n|---|---|\n| Beta bridge | 7 |",
        0,
        0,
    ),
    (
        "a new table at the end",
        "1. We agree.",
        "1. We agree.\n\n| A | 1 |\n|---|---|\n| B | 7 |",
        2,
        0,
    ),
    (
        "words and a bar in cells",
        "1. We agree.\n\n| A | x \\| y |\n|---|---|\n| B | |\n\n2. We note it.",
        "1. We agree.\n\n| A | x \\| z |\n|---|---|\n| B | new |\n\n2. We note it.",
        0,
        0,
    ),
    (
        "a paragraph behind a table",
        "1. We agree.\n\n| A | 1 |\n|---|---|\n| B | 7 |\n\n2. We note it.",
        "1. We agree.\n\n| A | 1 |\n|---|---|\n| B | 7 |\n\nWe insert a paragraph right behind the table.\n\n2. We note it.",
        0,
        0,
    ),
    (
        "a paragraph at the end",
        "1. We agree.",
        "1. We agree.\n\n2. We insert another paragraph at the end.",
        0,
        0,
    ),
    ("the last paragraph goes", "1. We agree.\n\n2. We note the report.", "1. We agree.", 0, 0),
    (
        "the last two go",
        "1. We agree.\n\n2. We note the report.\n\n3. We end here.",
        "1. We agree.",
        0,
        0,
    ),
    (
        "the last is another one",
        "1. We agree.\n\n2. We note the report.",
        "1. We agree.\n\n# An end\n\nAll delegations danced until morning.",
        0,
        0,
    ),
    (
        "the last row goes",
        "1. We agree.\n\n| A | 1 |\n|---|---|\n| B | 7 |",
        "1. We agree.\n\n| A | 1 |\n|---|---|",
        0,
        1,
    ),
];

#[test]
fn rejected_it_is_the_old_file_and_nothing_else() {
    let full = |blocks: &[String]| -> Vec<String> {
        let words = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        blocks.iter().map(words).filter(|text| !text.is_empty()).collect()
    };
    for (name, old, new, put_in, taken_out) in CASES {
        let draft = |text: &str| read("draft.md", text.as_bytes()).unwrap();
        let (old, new) = (draft(old), draft(new));
        let bytes = redline(&old, &new, None);
        let read_back = |revisions| read_as("r.docx", &bytes, Reading { revisions }).unwrap();
        for (revisions, wanted) in [(Revisions::Accept, &new), (Revisions::Reject, &old)] {
            let texts = |draft: &Draft| -> Vec<(Option<String>, String, usize)> {
                let all = draft.paragraphs.iter();
                all.map(|p| (p.number.clone(), p.text.clone(), p.cells.len())).collect()
            };
            assert_eq!(texts(&read_back(revisions)), texts(wanted), "{name}: {revisions:?}");
        }
        let (made, before, now) = (
            document(&bytes),
            document(&redline(&old, &old, None)),
            document(&redline(&new, &new, None)),
        );
        let body = |document: &Node, gone: &str| blocks(document.child("w:body").unwrap(), gone);
        assert_eq!(body(&made, "w:ins"), body(&before, "w:ins"), "{name}: rejected");
        assert_eq!(full(&body(&made, "w:del")), full(&body(&now, "w:del")), "{name}: accepted");
        let rows = |change: &str| {
            let mut count = 0;
            let mut all = vec![&made];
            while let Some(node) = all.pop() {
                all.extend(&node.children);
                count += usize::from(node.name == "w:trPr" && node.child(change).is_some());
            }
            count
        };
        assert_eq!((rows("w:ins"), rows("w:del")), (put_in, taken_out), "{name}: rows");
    }
}

/// The cells of a row, each with how many columns it takes.
type Cells<'t> = &'t [(usize, &'t str)];

/// A table of such rows.
fn table(columns: usize, rows: &[Cells<'_>]) -> Vec<u8> {
    let cell = |(span, words): &(usize, &str)| {
        format!(
            "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/></w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"
        )
    };
    let row =
        |cells: &Cells<'_>| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    let grid = "<w:gridCol w:w=\"900\"/>".repeat(columns);
    let rows: String = rows.iter().map(row).collect();
    let line = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let table = format!("<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>");
    with_body(&(line("1. We agree on the sums of the table.") + &table + &line("2. We note it.")))
}

/// Rows of a redline that stay once all changes are accepted (`gone` is `w:del`) or rejected (`w:ins`): how many columns each of
/// their cells takes.
fn spans(bytes: &[u8], gone: &str) -> Vec<Vec<usize>> {
    let document = document(bytes);
    let body = document.child("w:body").unwrap();
    let tables = body.children.iter().filter(|child| child.name == "w:tbl");
    let rows = tables.flat_map(|table| &table.children).filter(|child| child.name == "w:tr");
    let stays = |row: &&Node| row.child("w:trPr").is_none_or(|set| set.child(gone).is_none());
    let cell = |cell: &Node| {
        let span = cell.child("w:tcPr").and_then(|set| set.child("w:gridSpan"));
        span.map_or(1, |span| span.attribute("w:val").unwrap().parse().unwrap())
    };
    let cells =
        |row: &Node| row.children.iter().filter(|c| c.name == "w:tc").map(cell).collect::<Vec<_>>();
    rows.filter(stays).map(cells).collect()
}

#[test]
fn rows_that_come_in_take_all_columns_and_stand_where_they_belong() {
    let head: Cells<'_> = &[(1, "Item"), (1, "2025"), (1, "2026")];
    let part: Cells<'_> = &[(3, "Part one: harbours")];
    let lamps: Cells<'_> = &[(1, "Lamps"), (1, "7"), (1, "8")];
    let masts: Cells<'_> = &[(1, "Masts"), (1, "17"), (1, "18")];
    let second: Cells<'_> = &[(3, "Part two: inland waters")];
    let total: Cells<'_> = &[(2, "Total of both parts"), (1, "50")];
    let cases: [[&[Cells<'_>]; 2]; 4] = [
        [&[head, part, lamps], &[head, part, lamps, second, masts]],
        [&[head, lamps], &[head, part, lamps, masts, total]],
        [&[head, lamps, total], &[head, lamps, masts, total]],
        [&[head, part, lamps, second, masts], &[head, lamps, masts]],
    ];
    for [before, now] in cases {
        let (old, new) = (table(3, before), table(3, now));
        let drafts = [&old, &new].map(|bytes| read("t.docx", bytes).unwrap());
        let made = redline(&drafts[0], &drafts[1], Some(&old));
        for (revisions, wanted) in
            [(Revisions::Accept, &drafts[1]), (Revisions::Reject, &drafts[0])]
        {
            let texts = |draft: &Draft| -> Vec<(String, usize)> {
                draft.paragraphs.iter().map(|p| (p.text.clone(), p.cells.len())).collect()
            };
            let draft = read_as("r.docx", &made, Reading { revisions }).unwrap();
            assert_eq!(texts(&draft), texts(wanted), "{revisions:?}");
        }
        let sums = |bytes: &[u8], gone| -> Vec<usize> {
            spans(bytes, gone).iter().map(|row| row.iter().sum()).collect()
        };
        assert_eq!(spans(&made, "w:ins"), spans(&old, "w:ins"));
        assert_eq!(sums(&made, "w:del"), vec![3; now.len()]);
    }
}

#[test]
fn a_table_goes_with_its_empty_rows() {
    let base =
        table(2, &[&[(1, "Lamps"), (1, "7")], &[(1, ""), (1, " ")], &[(1, "Masts"), (1, "9")]]);
    let old = read("old.docx", &base).unwrap();
    let new = read("new.md", b"1. We agree on the sums of the table.\n\n2. We note it.\n").unwrap();
    let made = redline(&old, &new, Some(&base));
    assert!(spans(&made, "w:del").is_empty(), "no row is left");
    assert_eq!(spans(&made, "w:ins"), spans(&base, "w:ins"));
}
