//! Drafts go in and are written as AKN4UN; what reading that XML changes about them, and what its schema says, come out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and says what it skipped"
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use adref::model::{
    Aside, AsideKind, Draft, Footnote, FrontMatter, Heading, Link, Paragraph, Pin, Span,
};
use adref::read::read;
use adref::report::akn;
use common::akn_schema::{Schema, by_xmllint};
use common::same::differences;
use common::{data, official_files};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// What writing a draft and reading it again changes; the file as well.
fn changes(path: &str, bytes: &[u8]) -> (Vec<String>, String) {
    let Ok(first) = read(path, bytes) else { return (Vec::new(), String::new()) };
    changes_of(&first)
}

fn changes_of(first: &Draft) -> (Vec<String>, String) {
    let xml = akn(first);
    let second = match read("written.xml", xml.as_bytes()) {
        Ok(second) => second,
        Err(error) => return (vec![error.to_string()], xml),
    };
    let mut found = differences(first, &second, str::to_owned);
    if found.is_empty() {
        // Without a title, a symbol or words that tell the language, the name of the file stands in for them.
        let named = Draft { path: first.path.clone(), ..second };
        if akn(&named) != xml {
            found.push("written again, it differs".to_owned());
        }
    }
    (found, xml)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Fails where one of these files does not come back as it was, or where the schema does not take what was written.
fn stay(files: &[PathBuf]) {
    let mut changed = Vec::new();
    let mut written = Vec::new();
    for path in files {
        let (found, xml) = changes(&path.display().to_string(), &fs::read(path).unwrap());
        if !found.is_empty() {
            changed.push(format!("{}\n    {}", path.display(), found.join("\n    ")));
        }
        written.push((name_of(path), xml));
    }
    written.retain(|(_, xml)| !xml.is_empty());
    let few = changed.iter().take(25).cloned().collect::<Vec<_>>().join("\n");
    assert!(changed.is_empty(), "{} of {} files:\n{few}", changed.len(), files.len());
    valid(&written);
}

/// Fails where the schema does not take one of these files, after both checkers.
fn valid(files: &[(String, String)]) {
    let schema = Schema::read();
    let faults = files.iter().flat_map(|(name, xml)| {
        schema.faults(xml).into_iter().map(move |fault| format!("{name}: {fault}"))
    });
    let mut faults: Vec<String> = faults.collect();
    match by_xmllint(files) {
        Some(found) => faults.extend(found),
        None => println!("xmllint is not installed: only one checker was asked"),
    }
    let few = faults.iter().take(25).cloned().collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{} faults:\n{few}", faults.len());
}

#[test]
fn official_texts_stay_as_they_are() {
    let files = official_files();
    if files.is_empty() {
        println!("skipped: the official texts are not at hand");
    }
    stay(&files);
}

#[test]
fn drafts_stay_as_they_are() {
    let own = ["drafts", "references"].map(PathBuf::from);
    let others = ["wsis/drafts", "wsis/inputs", "wsis/references", "cop21"];
    let folders = own.into_iter().chain(others.map(|folder| data().join(folder)));
    let items = folders.flat_map(fs::read_dir).flatten().flatten();
    let mut files: Vec<PathBuf> = items.map(|item| item.path()).collect();
    files.sort();
    stay(&files);
}

/// One file with everything an element is chosen for, as it is to be.
#[test]
fn a_resolution_is_written_as_it_should_be() {
    let (found, xml) = changes("draft.md", &fs::read("tests/akn/resolution.md").unwrap());
    assert!(found.is_empty(), "{}", found.join("\n"));
    let wanted = Path::new("tests/akn/resolution.xml");
    if std::env::var_os("ADREF_OVERWRITE").is_some() {
        fs::write(wanted, &xml).unwrap();
    }
    assert_eq!(xml, fs::read_to_string(wanted).unwrap());
    valid(&[("resolution".to_owned(), xml)]);
}

#[test]
fn hostile_text_stands_as_text() {
    let page = "We shall ]]> <script>alert(1)</script> &amp; &lt; \u{202e}deciding\u{2066}. "
        .repeat(9_000);
    let texts = [
        page.as_str(),
        "]]> --> <!-- -- --> <?xml version='1.0'?> <![CDATA[ x ]]>",
        "</p></content></paragraph> &#0; &nosuch; %entity;",
        "A bell \u{7}, an escape \u{1b}[31m, a nought \u{0}, none \u{fffe}\u{ffff}, a return\rand a tab\t.",
        "[(a)] [((b))] (c)\u{a0}x (d)x",
        "é\u{301}\u{200f}\u{feff}𝕏",
    ];
    let hrefs = ["javascript:alert('1')", "http://[::1/", "a b\"<>", "\u{1}%zz#a#b", "", "://:x@"];
    let draft = Draft {
        front: FrontMatter {
            symbol: Some("A/1\"><x".to_owned()),
            title: Some(texts[3].to_owned()),
            date: Some("2025-02-30".to_owned()),
            names: vec![texts[1].to_owned()],
            note: Some(texts[2].to_owned()),
            ..FrontMatter::default()
        },
        paragraphs: texts
            .iter()
            .zip(hrefs)
            .map(|(text, href)| Paragraph {
                id: href.to_owned(),
                number: Some(href.to_owned()),
                text: (*text).to_owned(),
                links: vec![
                    Link { span: Span::new(0, 2), href: href.to_owned() },
                    Link { span: Span::new(1, 3), href: href.to_owned() },
                    Link { span: Span::new(3, usize::MAX), href: href.to_owned() },
                ],
                asides: [AsideKind::Struck, AsideKind::Footnote, AsideKind::Comment]
                    .map(|kind| Aside { at: 3, kind, text: (*text).to_owned() })
                    .into(),
                pins: vec![Pin { source: href.to_owned(), claim: None, at: None }],
                ..Paragraph::default()
            })
            .collect(),
        headings: vec![Heading { text: texts[1].to_owned(), before: 99, ..Heading::default() }],
        footnotes: vec![Footnote {
            label: texts[1].to_owned(),
            text: texts[3].to_owned(),
            ..Footnote::default()
        }],
        ..Draft::default()
    };
    let xml = akn(&draft);
    let again = read("written.xml", xml.as_bytes()).unwrap();
    let barred = |c: char| c < ' ' && !"\t\n\r".contains(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let allowed = |text: &str| text.replace(barred, "\u{fffd}");
    assert_eq!(again.paragraphs.len(), texts.len());
    for (paragraph, text) in again.paragraphs.iter().zip(texts) {
        assert_eq!(paragraph.text, allowed(text));
        assert_eq!(paragraph.asides.len(), 3, "{text}");
        assert!(paragraph.asides.iter().all(|aside| aside.text == allowed(text)));
    }
    assert_eq!(again.front.title, Some(allowed(texts[3])));
    assert_eq!(again.front.note.as_deref(), Some(texts[2]));
    assert_eq!(again.front.date.as_deref(), Some("2025-02-30"));
    valid(&[("hostile".to_owned(), xml)]);
}

/// What is changed by hand, or by another program, is read by its elements.
#[test]
fn a_file_that_was_worked_on_is_read_by_its_elements() {
    let draft = read("draft.md", b"1. We act:\n\n   - (a) now.\n\n2. We report.\n").unwrap();
    let xml = akn(&draft);
    let worked_on = xml
        .replace("<num>2.</num>", "<num>2 bis.</num>")
        .replace("<p>We report.</p>", "<block name=\"x\">(a) We <i>will</i> report.</block> Soon.")
        .replace("</list>", "<point><num>(b)</num><content><p>later.</p></content></point></list>");
    let read_again = read("draft.xml", worked_on.as_bytes()).unwrap();
    let texts: Vec<_> =
        read_again.paragraphs.iter().map(|p| (p.id.as_str(), p.text.as_str())).collect();
    assert_eq!(
        texts,
        [("1", "We act:\n(a) now.\n(b) later."), ("2 bis", "(a) We will report.\nSoon.")]
    );
    let parts: Vec<_> = read_again.paragraphs[0].parts.iter().map(|p| p.address.as_str()).collect();
    assert_eq!(parts, ["(a)", "(b)"]);
    assert!(read_again.paragraphs[1].parts.is_empty());

    let keys = "<proprietary source=\"#adref\"><adref:front>---\nnote: [\n---\n</adref:front></proprietary></meta>";
    let damaged = xml.replacen("</meta>", keys, 1);
    let error = read("draft.xml", damaged.as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("draft.xml: the front matter cannot be read"), "{error}");
}

/// Blocks of Markdown that are written as different elements.
const BLOCKS: &[&str] = &[
    "The General Assembly,",
    "Recalling its resolution 70/1,",
    "1. We call:",
    "2. We act on: (a) one; (b) two.",
    "   - (a) one;",
    "     - (i) deep:",
    "       - deeper still",
    "   - a bullet",
    "   goes on[^1]",
    "   (ii)",
    "[14.] In brackets",
    "[2.] Two",
    "12 bis. Inserted",
    "(a) alone",
    "and so on;",
    "- (b)x",
    "- [(c)] y",
    "3.",
    "[...]",
    "## Title",
    "#### Deep title",
    "# Annex I",
    "## Annex II",
    "<!-- adref: no annex -->",
    "<!-- adref: new paragraph -->",
    "<!-- adref: same paragraph -->",
    "<!-- adref: A/RES/70/125 para. 9; verbatim -->",
    "<!-- adref: allow placeholder: to come -->",
    "<!-- a -- remark -->",
    "~~Struck~~ words ~~and more~~",
    "~~(a) all of it~~",
    "[(a) linked](http://x.y/a_(b)) words",
    "[**bold** link](<a b>)[^2] [next](é)",
    "*two*  spaces\\\nbroken line",
    "| a | b |\n|---|---|\n| c[^1] | ~~d~~ e |",
    "|  | b |\n|---|---|\n| c | ~~d~~ |\n| ~~e~~ |  |",
    "| a | b |\n|---|---|\n| c | |",
    "&#49;. no number",
    "]]> & <b>x</b> \u{202e}",
    "[^1]: A note",
    "[^2]: Another",
    "[^1]: The same again",
];

thread_local! {
    static SCHEMA: Schema = Schema::read();
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(300),
        rng_seed: RngSeed::Fixed(30),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_a_draft_holds_stays_as_it_is(
        blocks in vec((select(BLOCKS), select(&["\n\n", "\n"][..])), 1..14)
    ) {
        let draft: String = blocks.iter().flat_map(|(block, end)| [*block, *end]).collect();
        let (mut found, xml) = changes("draft.md", draft.as_bytes());
        found.extend(SCHEMA.with(|schema| schema.faults(&xml)));
        prop_assert!(found.is_empty(), "{draft}\n{xml}\n    {}", found.join("\n    "));
    }
}
