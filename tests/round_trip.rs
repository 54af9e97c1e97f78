//! Drafts go in and are written as Markdown; what reading that Markdown changes about them comes out.
//!
//! Held against every official AKN file in the data folder, the sample drafts, and drafts made up of what Markdown
//! would take for markup.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and says what it skipped"
)]

mod common;

use adref::read::read;
use adref::report::draft as written;
use common::official_files;
use common::same::differences;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// A label without the count that a second note of the same label gets.
fn label(label: &str) -> String {
    let own = label.rsplit_once('-').filter(|(_, count)| count.bytes().all(|b| b.is_ascii_digit()));
    let own = own.map_or(label, |(own, _)| own);
    if own == "note" { String::new() } else { own.to_owned() }
}

fn changes(path: &str, bytes: &[u8]) -> Vec<String> {
    let Ok(first) = read(path, bytes) else { return Vec::new() };
    let markdown = written(&first);
    let second = match read("written.md", markdown.as_bytes()) {
        Ok(second) => second,
        Err(error) => return vec![error.to_string()],
    };
    let mut found = differences(&first, &second, label);
    if found.is_empty() && written(&second) != markdown {
        found.push("written again, it differs".to_owned());
    }
    found
}

/// A file that begins so would be taken for XML.
#[test]
fn words_behind_a_bracket_of_markup_stay_words() {
    assert_eq!(changes("draft.md", b"\\<   >itators:\n\n1. We act.\n"), Vec::<String>::new());
}

/// Struck words and calls of footnotes in the cells of a table, and several in a row, keep the spaces beside them.
#[test]
fn struck_words_keep_their_spaces() {
    let text = "1. We ~~all~~ ~~fund~~ help youth.\n\n| h | k |\n|---|---|\n| x | ~~q~~[^1] z w |\n\
        | ~~a~~ ~~b~~ | z w |\n| z w ~~q~~[^1] | x |\n| z ~~q~~ ~~r~~ w | x ~~y~~ |\n\n[^1]: B.\n";
    assert_eq!(changes("draft.md", text.as_bytes()), Vec::<String>::new());
    let first = read("draft.md", text.as_bytes()).unwrap();
    let texts: Vec<&str> = first.paragraphs.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(texts, ["We help youth.", "h | k", "x | z w", "z w", "z w | x", "z w | x"]);
    let markdown = written(&first);
    for kept in
        ["We <del>all</del> ~~fund~~ help", "| <del>a</del> ~~b~~ |", "z <del>q</del> ~~r~~ w"]
    {
        assert!(markdown.contains(kept), "{markdown}");
    }
}

#[test]
fn official_texts_stay_as_they_are() {
    let files = official_files();
    if files.is_empty() {
        println!("skipped: the official texts are not at hand");
        return;
    }
    let mut changed = Vec::new();
    for path in &files {
        let bytes = std::fs::read(path).unwrap();
        let found = changes(&path.display().to_string(), &bytes);
        if !found.is_empty() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            changed.push(format!("{name}\n    {}", found.join("\n    ")));
        }
    }
    let few = changed.iter().take(25).cloned().collect::<Vec<_>>().join("\n");
    assert!(changed.is_empty(), "{} of {} files:\n{few}", changed.len(), files.len());
}

#[test]
fn drafts_stay_as_they_are() {
    for folder in [
        "drafts",
        "references",
        "../shared/data/wsis/drafts",
        "../shared/data/wsis/inputs",
        "../shared/data/cop21",
    ] {
        for item in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = item.path();
            let found = changes("draft.md", &std::fs::read(&path).unwrap());
            assert!(found.is_empty(), "{}:\n    {}", path.display(), found.join("\n    "));
        }
    }
}

/// Words, and what Markdown makes more of.
const PIECES: &[&str] = &[
    "we",
    "States",
    "Recalling",
    "2030",
    "12.",
    "1.",
    "(a)",
    "a.",
    "(i)",
    "1)",
    "12 bis.",
    "[14.]",
    "[2.]",
    "[1.",
    "12 (bis).",
    "OP5",
    "PP3.",
    "*",
    "**",
    "_x_",
    "_",
    "`",
    "[",
    "]",
    "[...]",
    "[x](y)",
    "[^1]",
    "[shall]",
    "](",
    "<b>",
    "<",
    ">",
    "&amp;",
    "&",
    "&#65;",
    "#",
    "##",
    "-",
    "+",
    "---",
    "===",
    "|",
    "\\",
    "~~",
    "~",
    "!",
    "![",
    "{:x}",
    "text;",
    "text:",
    "text.",
    "http://a.b",
    "“x”",
    "\u{a0}",
    "\u{202b}",
    "é",
    "发展",
    "<!-- adref: new paragraph -->",
    "Annex I",
    "$x$",
    ":",
];

/// A web page made of them: lists, headings, struck-out words, links, notes.
fn page() -> impl Strategy<Value = String> {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let words = vec(select(PIECES), 1..6).prop_map(move |words| escape(&words.join(" ")));
    let rich = (words.clone(), words.clone(), 0..7_usize).prop_map(|(a, b, kind)| match kind {
        0 => format!("{a} <del>{b}</del> end"),
        1 => format!("{a} <a href='http://x.y/a_(b)'>{b}</a>"),
        2 => format!("<s>{b}</s> {a}"),
        3 => format!("{a}<sup><a href='#fn1'>1</a></sup>, {b}"),
        4 => format!("{a}<br>{b}"),
        5 => format!("{a}<del>{b}</del>"),
        _ => a,
    });
    let block = (rich.clone(), rich.clone(), rich, 0..9_usize).prop_map(|(a, b, c, kind)| match kind {
        0 => format!("<h2>{a}</h2><p>{b}</p><p>{c}</p>"),
        1 => format!("<ol start=7><li>{a}<li>{b}<li><p>{c}</p><p>{a}</p></ol>"),
        2 => format!("<ol><li>{a}<ol type=a><li>{b}<ol type=i><li>{c}</ol></li><li>{a}</ol>{b}</li></ol>"),
        3 => format!("<p>{a}</p><ul><li>{b}</li><li>{c}<ul><li>{a}</ul></li></ul><p>{b}</p>"),
        4 => format!("<table><tr><td>{a}<td>{b}<tr><td>{c}<td>{a}<tr><td><td>{b}<td></table>"),
        5 => format!("<p>12 bis. {a}:</p><p>(a) {b}</p><p>(b) {c}</p>"),
        6 => format!("<h3>Annex II</h3><p>{a}</p><!-- adref: A/RES/70/125 para. 9; verbatim --><p>{b}</p>"),
        _ => format!("<p>{a}</p><p>{b}</p>"),
    });
    vec(block, 1..6).prop_map(|blocks| {
        format!(
            "<!doctype html><html><body>{}<p id=fn1>1 A <b>note</b>.</p></body></html>",
            blocks.concat()
        )
    })
}

/// What stands at the start of paragraphs, well and badly put.
const STARTS: &[&str] = &[
    "[", "]", "[[", "14", "1", "2", ".", " ", "bis", "nonies", "(", ")", "-", "(a)", "1.5", "OP",
    ":", "~~", "We", "\n\n",
];

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(300),
        rng_seed: RngSeed::Fixed(20),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_stands_round_a_number_stays_as_it_is(pieces in vec(select(STARTS), 1..24)) {
        let draft = pieces.concat();
        let written = written(&read("draft.md", draft.as_bytes()).unwrap());
        let found = changes("draft.md", draft.as_bytes());
        prop_assert!(found.is_empty(), "{draft}\n\n{written}\n    {}", found.join("\n    "));
    }

    #[test]
    fn whatever_a_page_holds_stays_as_it_is(page in page()) {
        let found = changes("page.html", page.as_bytes());
        let markdown = written(&read("page.html", page.as_bytes()).unwrap());
        prop_assert!(found.is_empty(), "{page}\n{markdown}\n    {}", found.join("\n    "));
    }
}
