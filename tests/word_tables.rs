//! Drafts with tables, and drafts that end otherwise, in; their redlines, accepted and rejected element by element, out.
//!
//! Reading a redline passes over empty paragraphs and over what no reader sees. Here nothing is passed over: rejected, the
//! file has every paragraph and every row of the old one, empty ones too, and none besides.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod support;

use adref::model::Draft;
use adref::read::{Reading, Revisions, read, read_as};
use support::redlines::redline;
use support::xml::{Node, part, tree};

fn document(bytes: &[u8]) -> Node {
    tree(&part(bytes, "word/document.xml"))
}

/// The words of a paragraph once all changes are accepted, or rejected.
fn words(node: &Node, gone: &str) -> String {
    let own = match node.name.as_str() {
        "w:t" | "w:delText" => node.words.clone(),
        "w:tab" => " ".to_owned(),
        "w:pPr" | "w:rPr" => return String::new(),
        name if name == gone => return String::new(),
        _ => String::new(),
    };
    own + &node.children.iter().map(|child| words(child, gone)).collect::<String>()
}

/// Paragraphs, and rows between bars, once all changes are accepted (`gone` is `w:del`) or rejected (`w:ins`).
fn blocks(parent: &Node, gone: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut open: Option<String> = None;
    for node in &parent.children {
        match node.name.as_str() {
            "w:p" => {
                let text = open.take().unwrap_or_default() + &words(node, gone);
                let mark = node.child("w:pPr").and_then(|set| set.child("w:rPr"));
                if mark.is_some_and(|mark| mark.child(gone).is_some()) {
                    open = Some(text);
                } else {
                    out.push(text);
                }
            }
            "w:tbl" => {
                let goes =
                    |row: &&Node| row.child("w:trPr").is_some_and(|set| set.child(gone).is_some());
                let rows = node.children.iter().filter(|child| child.name == "w:tr");
                for row in rows.filter(|row| !goes(row)) {
                    // A table of which no row stays parts nothing.
                    out.extend(open.take().filter(|text| !text.is_empty()));
                    let cells = row.children.iter().filter(|child| child.name == "w:tc");
                    let cells: Vec<String> =
                        cells.map(|cell| blocks(cell, gone).join("/")).collect();
                    out.push(format!("| {} |", cells.join(" | ")));
                }
            }
            _ => {}
        }
    }
    assert!(open.is_none_or(|text| text.is_empty()), "words without an end");
    out
}

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
