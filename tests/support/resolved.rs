//! The text of a Word file with tracked changes in; its paragraphs and rows once all are accepted or rejected, element by element, out.

use super::xml::{Node, part, tree};

/// The text of a Word file.
pub fn document(bytes: &[u8]) -> Node {
    tree(&part(bytes, "word/document.xml"))
}

/// The words of a paragraph once all changes are accepted, or rejected: those struck out between tildes, those of a field in
/// braces, and the end of a field between marks as `}`.
pub fn words(node: &Node, gone: &str) -> String {
    let inner = || node.children.iter().map(|child| words(child, gone)).collect::<String>();
    match node.name.as_str() {
        "w:t" | "w:delText" => node.words.clone(),
        "w:tab" => " ".to_owned(),
        "w:pPr" | "w:rPr" => String::new(),
        name if name == gone => String::new(),
        "w:r" if node.child("w:rPr").is_some_and(|set| set.child("w:strike").is_some()) => {
            format!("~{}~", inner())
        }
        "w:fldSimple" => format!("{{{}}}", inner()),
        "w:fldChar" => match node.attribute("w:fldCharType") {
            Some("begin") => "{".to_owned(),
            Some("end") => "}".to_owned(),
            _ => String::new(),
        },
        _ => inner(),
    }
}

/// Paragraphs, and rows between bars, once all changes are accepted (`gone` is `w:del`) or rejected (`w:ins`).
pub fn blocks(parent: &Node, gone: &str) -> Vec<String> {
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

/// The same of a whole file; empty paragraphs and spaces at the ends of others are left out, and those between struck-out words
/// that nothing parts.
pub fn text(bytes: &[u8], gone: &str) -> Vec<String> {
    let document = document(bytes);
    let blocks = blocks(document.child("w:body").unwrap(), gone);
    let plain =
        |text: String| text.replace("~~", "").split_whitespace().collect::<Vec<_>>().join(" ");
    blocks.into_iter().map(plain).filter(|text| !text.is_empty()).collect()
}
