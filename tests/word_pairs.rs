//! Pairs of Word files with struck-out words, fields, lists and paragraphs that part in; what stands in their redlines once all is accepted or rejected, out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod support;

use adref::read::read;
use support::packages::{with_usual_parts, zipped};
use support::redlines::redline;
use support::resolved::text;

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

/// A run of `~struck-out words~`, of a `{field}` that is one element, or of plain words.
fn runs(line: &str) -> String {
    let mut out = String::new();
    for (at, piece) in line.split(['~', '{', '}']).enumerate().filter(|(_, own)| !own.is_empty()) {
        let field = line.split(['~', '{', '}']).take(at).map(|own| own.len() + 1).sum::<usize>();
        match (line.as_bytes().get(field.wrapping_sub(1)), at % 2) {
            (Some(b'~'), 1) => out.push_str(&format!(
                "<w:r><w:rPr><w:strike/></w:rPr><w:t xml:space=\"preserve\">{piece}</w:t></w:r>"
            )),
            (Some(b'{'), 1) => out.push_str(&format!(
                "<w:fldSimple w:instr=\" REF b1 \">{}</w:fldSimple>",
                run(piece)
            )),
            _ => out.push_str(&run(piece)),
        }
    }
    out
}

const NAME: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Lists that count `1.` and, one level deeper, `(a)`.
const LISTS: &str = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
    <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/>\
    <w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"(%2)\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";

/// A Word file of these lines; those that begin with a bar are rows of a table, and those that begin with `#` and `##` are
/// counted in a list and one level deeper in it.
fn file(lines: &[&str]) -> Vec<u8> {
    let mut body = String::new();
    for line in lines {
        let paragraph = |line: &str| {
            let words = line.trim_start_matches('#');
            let set = line.len().checked_sub(words.len() + 1).map(|level| {
                format!(
                    "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>"
                )
            });
            format!("<w:p>{}{}</w:p>", set.unwrap_or_default(), runs(words.trim_start()))
        };
        match line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")) {
            None => body.push_str(&paragraph(line)),
            Some(row) => {
                let cell = |cell: &str| format!("<w:tc>{}</w:tc>", paragraph(cell.trim()));
                let cells: String = row.split(" | ").map(cell).collect();
                let grid = "<w:gridCol w:w=\"900\"/>".repeat(row.split(" | ").count());
                let table = format!("<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>");
                match body.strip_suffix("</w:tbl>") {
                    Some(rows) => body = format!("{rows}<w:tr>{cells}</w:tr></w:tbl>"),
                    None => body.push_str(&format!("{table}<w:tr>{cells}</w:tr></w:tbl>")),
                }
            }
        }
    }
    let part = |name: &str, tag: &str, inner: &str| {
        let part = format!("<w:{tag} xmlns:w=\"{NAME}\">{inner}</w:{tag}>");
        (format!("word/{name}.xml"), part.into_bytes())
    };
    let body = format!("<w:body>{body}</w:body>");
    let mut members =
        vec![part("document", "document", &body), part("numbering", "numbering", LISTS)];
    with_usual_parts(&mut members);
    zipped(&members)
}

/// Accepted the redline has the words of the new file and nothing else, rejected those of the old one.
fn holds(old: &[&str], new: &[&str]) -> Vec<u8> {
    let (base, wanted) = (file(old), file(new));
    let drafts = [&base, &wanted].map(|bytes| read("draft.docx", bytes).unwrap());
    let made = redline(&drafts[0], &drafts[1], Some(&base));
    assert_eq!(text(&made, "w:ins"), text(&base, "w:ins"), "{old:?}: rejected");
    assert_eq!(text(&made, "w:del"), text(&wanted, "w:del"), "{old:?}: accepted");
    made
}

const FIRST: &str = "1. We agree on the table.";
const LAST: &str = "3. We note the harbours.";

#[test]
fn words_struck_out_in_cells_come_and_go_and_strike_no_others() {
    let rows = [
        ("| Lamps ~and oil ~for all | 7 |", "| Lamps ~and oil ~for some | 7 |"),
        ("| Lamps ~and oil~ | 7 |", "| Lamps at night ~and oil~ | 7 |"),
        ("| ~Lamps~ | 7 |", "| ~Lamps~ Boats | 7 |"),
        ("| ~Lamps~ | 7 |", "| ~Lamps~ | 8 |"),
        ("| Lamps for all | 7 |", "| Lamps ~and oil ~for all | 7 |"),
        ("| Lamps ~and oil ~for all | 7 |", "| Lamps for all | 7 |"),
    ];
    for (before, now) in rows {
        holds(&[FIRST, "| Item | Sum |", before, LAST], &[FIRST, "| Item | Sum |", now, LAST]);
    }
    let (head, lamps, boats) = ("| Item | Sum |", "| ~Lamps~ | ~7~ |", "| Boats ~and oars~ | 9 |");
    holds(&[FIRST, head, lamps, LAST], &[FIRST, head, boats, LAST]);
    holds(&[FIRST, head, lamps, boats, LAST], &[FIRST, head, boats, LAST]);
    holds(&[FIRST, head, LAST], &[FIRST, head, boats, LAST]);
}

#[test]
fn a_paragraph_struck_out_as_a_whole_comes_and_goes() {
    let struck = "2. ~We light no lamps.~";
    holds(&[FIRST, struck, LAST], &[FIRST, LAST]);
    holds(&[FIRST, LAST], &[FIRST, struck, LAST]);
    holds(&[FIRST, struck, LAST], &[FIRST, struck, "2 bis. We row boats.", LAST]);
    holds(&[FIRST, struck, LAST], &[FIRST, "2. We light no lamps.", LAST]);
    holds(&[FIRST, "2. We light no lamps.", LAST], &[FIRST, struck, LAST]);
    holds(&[FIRST, struck, LAST], &[FIRST, "2. ~We light some lamps.~", LAST]);
}

#[test]
fn words_beside_a_field_of_one_element_stand_outside_it_and_it_goes_with_all_its_words() {
    let pairs = [
        ("2. We recall page {7} above.", "2. We recall page 8 below."),
        ("2. We recall {Lamps} above.", "2. We recall the {Lamps} above."),
        ("2. We recall {Lamps}.", "2. We recall {Lamps} at night."),
        ("2. We recall {Lamps} at night.", "2. We recall at night."),
    ];
    for (before, now) in pairs {
        holds(&[FIRST, before, LAST], &[FIRST, now, LAST]);
    }
    let made = holds(&[FIRST, "2. We recall {Lamps} at night.", LAST], &[FIRST, LAST]);
    let source = support::xml::part(&made, "word/document.xml");
    assert!(source.contains("<w:delInstrText xml:space=\"preserve\"> REF b1 </w:delInstrText>"));
    assert!(!source.contains("fldSimple"), "{source}");
}

#[test]
fn of_a_split_the_part_that_fits_stays_where_it_is() {
    let lamps = "We recognize that lamps need oil and wicks for everyone on the coast.";
    let boats = "Boats and their crews have the potential to carry people, goods and news to all islands, \
                 however small, and to bring everybody home before the storms of the winter begin.";
    let (reefs, mills) =
        ("2. We welcome the chart of all reefs.", "3. We stress the need for mills.");
    let both = format!("1. {lamps} {boats}");
    let turned = format!("1. {boats} {lamps}");
    let first = [format!("1. {boats}"), format!("1. {lamps}")];
    let last = [format!("4. {lamps}"), format!("4. {boats}")];
    let kept = |made: &[u8], words: &str| {
        let source = support::xml::part(made, "word/document.xml");
        assert!(source.contains(&format!("<w:t xml:space=\"preserve\">{words}")), "{source}");
        let typed = source.matches(&format!("{words}</w:t></w:r></w:ins>")).count();
        assert_eq!(typed, 0, "{source}");
    };
    kept(&holds(&[&turned, reefs, mills], &[&first[0], reefs, mills, &last[0]]), &first[0]);
    // Its longer part does not follow the same neighbours any more, the shorter one does.
    kept(&holds(&[&both, reefs, mills], &[&first[1], reefs, mills, &last[1]]), &first[1]);
    // The longer part stands where the whole stood, and the other one before.
    let opening = "0. We meet on the bridge of the town.";
    let moved = [format!("0. {lamps}"), format!("1. {boats}")];
    let old = ["0. We meet on the bridge of the town.", &both, reefs];
    kept(&holds(&old, &[&moved[0], opening, &moved[1], reefs]), boats);
    // Of a merger, too.
    let parts = [format!("1. {lamps}"), format!("4. {boats}")];
    kept(&holds(&[&parts[0], reefs, mills, &parts[1]], &[&both, reefs, mills]), &parts[0]);
}

#[test]
fn sub_paragraphs_that_become_one_paragraph_leave_it_counted() {
    let old = ["# We call upon States:", "## to light lamps;", "## to row boats;", "# We end."];
    holds(&old, &["# We call upon States to light lamps and to row boats.", "# We end."]);
    holds(&old, &["# We call upon States:", "## to light lamps and to row boats;", "# We end."]);
    holds(
        &old,
        &[
            "# We call upon States to light lamps.",
            "# We call upon towns to row boats.",
            "# We end.",
        ],
    );
}

const NOTE: &str = "We note the important contribution of the harbours to the lives of all people.";
const WELCOME: &str = "We welcome the work of the pilots and their many crews across the islands.";

#[test]
fn words_struck_out_behind_the_number_stay_with_their_paragraph() {
    let (struck, second) = (format!("1. ~policy states ~{NOTE}"), format!("2. {WELCOME}"));
    holds(&[&struck], &[&struck, &second]);
    holds(&[&struck, &second], &[&second.replace('2', "1"), &struck.replace('1', "2")]);
    // They stay when the number goes, and new words stand behind them.
    holds(&[&struck, &second], &[&struck.replace("1. ", ""), &second]);
    holds(&[&struck], &[&struck.replace("We note", "Today we note")]);
    holds(&[&struck], &[&struck.replace('1', "4").replace("We note", "Today we note")]);
    // A number that is struck out is none.
    let renumbered = format!("~1. ~2. {NOTE}");
    holds(&[&renumbered], &[&renumbered, &format!("3. {WELCOME}")]);
    holds(&[&renumbered], &[&renumbered.replace("2.", "3.")]);
}

#[test]
fn words_struck_out_in_a_draft_of_another_format_stay_with_their_paragraph() {
    let old = format!("# T\n\n1. ~~policy states~~ {NOTE}\n");
    let new = format!("{old}\n2. {WELCOME}\n");
    let drafts = [&old, &new].map(|text| read("draft.md", text.as_bytes()).unwrap());
    let made = redline(&drafts[0], &drafts[1], None);
    assert_eq!(text(&made, "w:del").last(), Some(&format!("2. {WELCOME}")));
}

#[test]
fn words_struck_out_come_and_go_where_paragraphs_are_split_and_merged() {
    let both = format!("1. {NOTE} {WELCOME}");
    let (first, second) = (format!("1. {NOTE}"), format!("2. {WELCOME}"));
    let among = |text: &str| text.replace("contribution", "contribu~and growing ~tion");
    let before = |text: &str| text.replace("We welcome", "~Also, ~We welcome");
    let behind = |text: &str| format!("{text} ~Today.~");
    for (whole, parts) in [
        (both.clone(), [among(&first), second.clone()]),
        (both.clone(), [first.clone(), before(&second)]),
        (both.clone(), [behind(&first), second.clone()]),
        (both.clone(), [first.clone(), behind(&second)]),
        (among(&both), [first.clone(), second.clone()]),
        (before(&both), [first.clone(), second.clone()]),
        (among(&both), [among(&first), before(&second)]),
    ] {
        let parts = [&parts[0], parts[1].as_str()];
        holds(&[&whole, LAST], &[parts[0], parts[1], LAST]);
        holds(&[parts[0], parts[1], LAST], &[&whole, LAST]);
    }
}

#[test]
fn a_paragraph_struck_out_as_a_whole_gets_and_loses_words_struck_out() {
    let (one, two) = ("2. ~We light lamps.~", "2. ~Policy.~ ~We light lamps.~");
    for (before, now) in [(one, two), (two, one)] {
        holds(&[FIRST, before, LAST], &[FIRST, now, LAST]);
    }
}

#[test]
fn words_struck_out_at_the_start_of_a_line_stand_in_it() {
    let old = ["# We call upon States:", "## to light lamps;", "## to row boats;", "# We end."];
    let now =
        ["# We call upon States:", "## to light lamps;", "## ~not ~to row boats;", "# We end."];
    holds(&old, &now);
    holds(&now, &old);
}
