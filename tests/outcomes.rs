//! Files as people have them go in; what they are read as is held against a file beside each.
//!
//! `tests/html/*.html` and `tests/plain/*.txt` are the files, `*.expected` what is read. After a change that is
//! meant: `ADREF_OVERWRITE=1 cargo test --test outcomes`, and read the difference as a diplomat would.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::fmt::Write;
use std::path::PathBuf;

use adref::model::{AsideKind, Draft};
use adref::read::{Kind, kind, read};

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let items = std::fs::read_dir(folder).unwrap().flatten().map(|item| item.path());
    let mut files: Vec<PathBuf> =
        items.filter(|path| path.extension().is_some_and(|e| e == ending)).collect();
    files.sort();
    assert!(!files.is_empty(), "no case in {folder}");
    files
}

/// The draft as a person would check it.
fn shown(draft: &Draft) -> String {
    let mut out = String::new();
    let front = &draft.front;
    for (key, value) in [
        ("symbol", &front.symbol),
        ("title", &front.title),
        ("body", &front.body),
        ("adopted", &front.adopted),
        ("date", &front.date),
        ("url", &front.url),
    ] {
        if let Some(value) = value {
            writeln!(out, "{key}: {value}").unwrap();
        }
    }
    let mut headings = draft.headings.iter().peekable();
    for (at, p) in draft.paragraphs.iter().enumerate() {
        while let Some(heading) = headings.next_if(|heading| heading.before <= at) {
            writeln!(out, "\n{} {}", "#".repeat(heading.level), heading.text).unwrap();
        }
        let line = draft.position(p, 0).map_or(0, |position| position.line);
        let annex = p.annex.as_ref().map_or(String::new(), |annex| format!(" [annex {annex}]"));
        writeln!(out, "\n{}{annex}, line {line}", p.address(None)).unwrap();
        for line in p.text.lines() {
            writeln!(out, "    {line}").unwrap();
        }
        for part in &p.parts {
            writeln!(out, "  part {}: {:?}", part.address, part.span.slice(&p.text)).unwrap();
        }
        for aside in &p.asides {
            let kind = match aside.kind {
                AsideKind::Struck => "struck",
                AsideKind::Footnote => "note",
                AsideKind::Comment => "comment",
            };
            let before = p.text.get(..aside.at).unwrap();
            writeln!(out, "  {kind} {} after {:?}", aside.text, tail(before)).unwrap();
        }
        for link in &p.links {
            writeln!(out, "  link {:?} to {}", link.span.slice(&p.text), link.href).unwrap();
        }
        for pin in &p.pins {
            writeln!(out, "  pin {}", pin.source).unwrap();
        }
    }
    for note in &draft.footnotes {
        writeln!(out, "\nnote {}: {}", note.label, note.text).unwrap();
    }
    for left_out in &draft.left_out {
        writeln!(out, "\nleft out after {}: {}", left_out.after, left_out.what.names().0).unwrap();
    }
    out
}

/// The last words of a text.
fn tail(text: &str) -> &str {
    let start = text.char_indices().rev().nth(14).map_or(0, |(at, _)| at);
    &text[start..]
}

fn hold(folder: &str, ending: &str, wanted: Kind) {
    let mut odd = Vec::new();
    for path in files(folder, ending) {
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(kind(&bytes), wanted, "{}", path.display());
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let found = shown(&read(&name, &bytes).unwrap());
        let beside = path.with_extension("expected");
        if std::env::var_os("ADREF_OVERWRITE").is_some() {
            std::fs::write(&beside, &found).unwrap();
        }
        if std::fs::read_to_string(&beside).unwrap_or_default() != found {
            odd.push(format!("{}:\n{found}", beside.display()));
        }
    }
    assert!(odd.is_empty(), "\n{}", odd.join("\n"));
}

#[test]
fn web_pages() {
    hold("tests/html", "html", Kind::Html);
}

#[test]
fn plain_texts() {
    hold("tests/plain", "txt", Kind::Text);
}

/// Bytes of a file with some of them put elsewhere, taken out or replaced.
fn mutated(bytes: &[u8], mut seed: u64) -> Vec<u8> {
    const ODD: &[u8] = b"<>&;/\"'=- \n\x0c\x00\xff\xe2\x80>*[]()1.ap!";
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below.max(1)
    };
    let mut out = bytes.to_vec();
    for _ in 0..=next(12) {
        let (at, length) = (next(out.len()), next(40));
        let end = (at + length).min(out.len());
        match next(4) {
            0 => drop(out.drain(at..end)),
            1 => {
                let piece = out[at..end].to_vec();
                let to = next(out.len());
                out.splice(to..to, piece);
            }
            2 => out.truncate(at.max(1)),
            _ => {
                let byte = ODD[next(ODD.len())];
                out.insert(at, byte);
            }
        }
    }
    out
}

#[test]
fn damaged_files_are_read_or_refused() {
    for path in [files("tests/html", "html"), files("tests/plain", "txt")].concat() {
        let bytes = std::fs::read(&path).unwrap();
        for seed in 0..30 {
            let damaged = mutated(&bytes, seed);
            let Ok(draft) = read("damaged", &damaged) else { continue };
            for p in &draft.paragraphs {
                for part in &p.parts {
                    assert!(p.text.get(part.span.start..part.span.end).is_some());
                }
                assert!(p.asides.iter().all(|aside| p.text.is_char_boundary(aside.at)));
                assert!(p.links.iter().all(|l| p.text.get(l.span.start..l.span.end).is_some()));
                let _ = draft.position(p, p.text.len());
            }
            let again = adref::report::draft(&draft);
            assert!(read("written.md", again.as_bytes()).is_ok(), "{again}");
        }
    }
}

#[test]
fn hostile_pages_end() {
    let many = |piece: &str| piece.repeat(3_000);
    for page in [
        many("<div>"),
        many("<ol><li>"),
        many("<table><tr><td>"),
        many("<sup>1</sup>"),
        many("<a href=#x>1</a>") + "<p id=x>1 note",
        many("<p>&amp;&lt;&#65;&CounterClockwiseContourIntegral;"),
        many("<header>a"),
        many("<b><i>a</b>"),
        "<p>".to_owned() + &many("</p></td></li>"),
        format!("<p {}>a", many("a=1 ")),
        format!("<!--{}", many("-")),
        many("<del>a"),
    ] {
        let draft = read("page.html", format!("<!doctype html>{page}").as_bytes()).unwrap();
        assert!(draft.paragraphs.len() <= 400_000);
    }
}
