//! Folders of `tests/docx` in, zipped into Word files; what is read of each, against what its `expected` file says, out.
//!
//! A case is a folder with the parts of a Word file as readable XML, and what is to be read of it in
//! `expected.txt` (changes accepted), `expected-reject.txt` and `expected-show.txt`, as far as they are there.
//! Parts that every Word file has, and the list of what the text refers to, are added where they are missing.
//! `ADREF_SHOW=1` prints what is read instead of comparing it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::fs;
use std::path::PathBuf;

use adref::model::{AsideKind, Draft, Paragraph, RevisionKind};
use adref::read::{Reading, Revisions, read_as};
use support::packages::{members, with_usual_parts, zipped};
use support::root;

/// What was read, line by line.
fn shown(bytes: &[u8], revisions: Revisions) -> String {
    let draft = match read_as("case.docx", bytes, Reading { revisions }) {
        Ok(draft) => draft,
        Err(error) => return format!("error: {error}\n"),
    };
    let mut out = String::new();
    let front = &draft.front;
    for (key, value) in [
        ("symbol", &front.symbol),
        ("title", &front.title),
        ("body", &front.body),
        ("adopted", &front.adopted),
        ("date", &front.date),
    ] {
        if let Some(value) = value {
            out.push_str(&format!("{key}: {value}\n"));
        }
    }
    for (at, paragraph) in draft.paragraphs.iter().enumerate() {
        out.push_str(&headings(&draft, at));
        out.push_str(&one(paragraph));
    }
    out.push_str(&headings(&draft, draft.paragraphs.len()));
    for footnote in &draft.footnotes {
        out.push_str(&format!("[^{}]: {}\n", footnote.label, footnote.text));
    }
    for finding in &draft.findings {
        out.push_str(&format!("warning: {}\n", finding.message));
    }
    out
}

fn headings(draft: &Draft, before: usize) -> String {
    let here = draft.headings.iter().filter(|heading| heading.before == before);
    here.map(|heading| format!("{} {}\n", "#".repeat(heading.level), heading.text)).collect()
}

/// A paragraph with what stands beside its words, its sub-paragraphs and its changes.
fn one(paragraph: &Paragraph) -> String {
    let mut text = paragraph.text.clone();
    for aside in paragraph.asides.iter().rev() {
        let words = match aside.kind {
            AsideKind::Struck => format!("~~{}~~", aside.text),
            AsideKind::Footnote => format!("[^{}]", aside.text),
            AsideKind::Comment => format!("<!-- {} -->", aside.text),
        };
        text.insert_str(aside.at, &words);
    }
    let annex = paragraph.annex.as_ref().map_or(String::new(), |annex| format!("{annex}: "));
    let number = paragraph.shown_number().unwrap_or("-".to_owned());
    let mut out = format!("{annex}{number} | {}\n", text.replace('\n', "\n    "));
    if !paragraph.parts.is_empty() {
        let parts: Vec<&str> = paragraph.parts.iter().map(|part| part.address.as_str()).collect();
        out.push_str(&format!("    parts: {}\n", parts.join(" ")));
    }
    for link in &paragraph.links {
        out.push_str(&format!("    link: {} -> {}\n", link.span.slice(&paragraph.text), link.href));
    }
    for pin in &paragraph.pins {
        out.push_str(&format!("    pin: {}\n", pin.source));
    }
    for revision in &paragraph.revisions {
        let sign = match revision.kind {
            RevisionKind::Inserted => "inserted",
            RevisionKind::Deleted => "deleted",
            RevisionKind::MovedHere => "moved here",
            RevisionKind::MovedAway => "moved away",
        };
        let author = revision.author.as_deref().unwrap_or("?");
        let date = revision.date.as_deref().unwrap_or("?");
        let slice = revision.span.slice(&paragraph.text);
        let place = match slice {
            "" => format!("at {}", revision.span.start),
            slice if slice == revision.text => "in the text".to_owned(),
            slice => format!("as “{slice}”"),
        };
        let text = &revision.text;
        out.push_str(&format!("    {sign} by {author} on {date}: “{text}” {place}\n"));
    }
    out
}

fn cases() -> Vec<PathBuf> {
    let folders = fs::read_dir(root().join("tests/docx")).unwrap();
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

#[test]
fn every_case_is_read_as_expected() {
    let mut faults = Vec::new();
    let mut compared = 0;
    for case in cases() {
        let bytes = zipped(&members(&case));
        for (file, revisions) in [
            ("expected.txt", Revisions::Accept),
            ("expected-reject.txt", Revisions::Reject),
            ("expected-show.txt", Revisions::Show),
        ] {
            let path = case.join(file);
            let read = shown(&bytes, revisions);
            if std::env::var_os("ADREF_SHOW").is_some() {
                println!("=== {}\n{read}", path.display());
                continue;
            }
            let Ok(expected) = fs::read_to_string(&path) else { continue };
            compared += 1;
            if expected.replace("\r\n", "\n") != read {
                faults
                    .push(format!("{}\n--- expected\n{expected}--- read\n{read}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(compared > 10 || std::env::var_os("ADREF_SHOW").is_some(), "only {compared} compared");
}

/// What holds of every draft, whatever it was read from.
fn sound(draft: &Draft) {
    let ids: std::collections::HashSet<&str> =
        draft.paragraphs.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids.len(), draft.paragraphs.len());
    for paragraph in &draft.paragraphs {
        let text = &paragraph.text;
        let parts = paragraph.parts.iter().flat_map(|part| [part.span, part.label]);
        let links = paragraph.links.iter().map(|link| link.span);
        let revisions = paragraph.revisions.iter().map(|revision| revision.span);
        for span in parts.chain(links).chain(revisions) {
            assert!(text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
        }
        assert!(paragraph.asides.iter().all(|aside| text.is_char_boundary(aside.at)));
    }
}

fn read_all_ways(bytes: &[u8]) {
    for revisions in [Revisions::Accept, Revisions::Reject, Revisions::Show] {
        match read_as("case.docx", bytes, Reading { revisions }) {
            Ok(draft) => sound(&draft),
            Err(error) => assert!(!error.message.is_empty()),
        }
    }
}

/// A small generator of numbers (xorshift64*), so that a failure can be met again.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as usize % most.max(1)
    }
}

/// Breaks text between its elements: takes one out, doubles one, or puts one in from elsewhere.
fn shuffled(seed: &mut Seeded, text: &str) -> String {
    let mut pieces: Vec<&str> = text.split_inclusive('>').collect();
    for _ in 0..=seed.below(8) {
        let at = seed.below(pieces.len());
        let piece = pieces[seed.below(pieces.len())];
        match seed.below(4) {
            0 => drop(pieces.remove(at)),
            1 => pieces.insert(at, piece),
            2 => pieces[at] = piece,
            _ => pieces.insert(at, "<w:p>\u{e9}</w:p>"),
        }
        if pieces.is_empty() {
            break;
        }
    }
    pieces.concat()
}

#[test]
fn broken_files_are_read_or_refused() {
    let rounds = std::env::var("ADREF_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    for (index, case) in cases().iter().enumerate() {
        for round in 0..rounds {
            let mut seed = Seeded((index as u64 + 1) << 32 | (round + 1));
            let mut members = members(case);
            let at = seed.below(members.len());
            let text = String::from_utf8_lossy(&members[at].1).into_owned();
            members[at].1 = shuffled(&mut seed, &text).into_bytes();
            let mut bytes = zipped(&members);
            read_all_ways(&bytes);
            for _ in 0..seed.below(4) {
                let at = seed.below(bytes.len());
                bytes[at] ^= 1 << seed.below(8);
            }
            bytes.truncate(bytes.len() - seed.below(3) * seed.below(bytes.len() / 2));
            read_all_ways(&bytes);
        }
    }
}

/// A Word file with this body, and what else is given.
fn with_body(body: &str, others: &[(&str, String)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut members = vec![("word/document.xml".to_owned(), document.into_bytes())];
    members
        .extend(others.iter().map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes())));
    with_usual_parts(&mut members);
    zipped(&members)
}

#[test]
fn files_made_to_do_harm() {
    let text = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let refusal = |bytes: &[u8]| shown(bytes, Revisions::Accept);

    let bomb = with_body(&format!("<w:p>{}</w:p>", " ".repeat(70 << 20)), &[]);
    assert!(bomb.len() < 1 << 20, "{} bytes", bomb.len());
    assert!(refusal(&bomb).contains("unpacks to more than 64 MB"), "{}", refusal(&bomb));
    let many = with_body(&"<w:p/>".repeat(2_100_000), &[]);
    assert!(refusal(&many).contains("too many elements"));
    let deep = with_body(&"<w:p>".repeat(100_000), &[]);
    assert!(refusal(&deep).contains("128 deep"));
    let tables =
        "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>".repeat(40) + &"</w:tc></w:tr></w:tbl>".repeat(40);
    read_all_ways(&with_body(&tables, &[]));

    // A list that counts from a number too large for letters, with a level that does not exist.
    let list = "<n><abstractNum abstractNumId=\"0\"><lvl ilvl=\"0\"><start val=\"4294967295\"/>\
                <numFmt val=\"lowerLetter\"/><lvlText val=\"(%1)%9%0%\"/></lvl><lvl ilvl=\"99\"/></abstractNum>\
                <num numId=\"1\"><abstractNumId val=\"0\"/></num></n>";
    let item = "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>";
    let listed = with_body(&item.repeat(3), &[("word/numbering.xml", list.to_owned())]);
    assert!(refusal(&listed).contains("(4294967295)1%0% x"), "{}", refusal(&listed));
    let huge = list.replace("(%1)", &"%1".repeat(100_000));
    read_all_ways(&with_body(&item.repeat(3), &[("word/numbering.xml", huge)]));

    // Notes that call one another, and one note called without end.
    let note = |id: usize| {
        let next = id + 1;
        format!(
            "<footnote id=\"{id}\"><p><r><t>n</t><footnoteReference id=\"{next}\"/></r></p></footnote>"
        )
    };
    let notes = format!("<n>{}</n>", (0..20_000).map(note).collect::<String>());
    let calls = "<w:p><w:r><w:t>x</w:t>".to_owned()
        + &"<w:footnoteReference w:id=\"0\"/>".repeat(20_000)
        + "</w:r></w:p>";
    let called = with_body(&calls, &[("word/footnotes.xml", notes)]);
    assert_eq!(refusal(&called).matches("]: n").count(), 1);

    // Styles based on one another in a circle and in a long chain, and a part that stands for itself.
    let style = |id: usize| {
        format!(
            "<style type=\"paragraph\" styleId=\"{id}\"><basedOn val=\"{}\"/></style>",
            (id + 1) % 5_000
        )
    };
    let styles = format!("<s>{}</s>", (0..5_000).map(style).collect::<String>());
    let styled = text("x").replace("<w:p>", "<w:p><w:pPr><w:pStyle w:val=\"7\"/></w:pPr>");
    read_all_ways(&with_body(&styled, &[("word/styles.xml", styles)]));
    let circle = format!(
        "<Relationships>{}</Relationships>",
        ["styles", "numbering", "footnotes", "header"]
            .map(|kind| format!(
                "<Relationship Id=\"a\" Type=\"{kind}\" Target=\"/../word/./document.xml\"/>"
            ))
            .concat()
    );
    read_all_ways(&with_body(&text("x"), &[("word/_rels/document.xml.rels", circle)]));

    // One change over a hundred thousand lines.
    let lines = "<w:r><w:t>1. x</w:t><w:br/></w:r>".repeat(100_000);
    let changed = with_body(&format!("<w:p><w:ins w:author=\"A\">{lines}</w:ins></w:p>"), &[]);
    read_all_ways(&changed);
    let struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>x </w:t></w:r><w:r><w:t>, y </w:t></w:r>"
        .repeat(20_000);
    read_all_ways(&with_body(&format!("<w:p><w:ins>{struck}</w:ins></w:p>"), &[]));
    let fields = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(20_000)
        + &"<w:r><w:t>x</w:t></w:r>".repeat(20_000)
        + &"<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>".repeat(20_000);
    read_all_ways(&with_body(&format!("<w:p>{fields}</w:p>"), &[]));
}
