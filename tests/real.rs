//! Real texts go in; words that were lost, numbers that were misread and marks a reader disputes come out.
//!
//! The texts are not part of the project: `ADREF_DATA` names their folder, else `../shared/data`. Without
//! them these tests say so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use adref::model::Draft;
use adref::read;
use support::{agree, data, markdown_in, paragraphs, root, table};

fn folder(name: &str) -> Option<PathBuf> {
    let folder = data().map(|data| data.join(name)).filter(|folder| folder.is_dir());
    if folder.is_none() {
        println!("no real texts at hand: set ADREF_DATA to the folder that holds {name}");
    }
    folder
}

fn texts() -> Vec<PathBuf> {
    let folders = ["wsis/drafts", "wsis/references", "wsis/inputs", "cop21"];
    folders.iter().filter_map(|name| folder(name)).flat_map(|f| markdown_in(&f)).collect()
}

fn read_file(path: &Path) -> (String, Draft) {
    let bytes = fs::read(path).unwrap();
    let draft = read::read(&path.display().to_string(), &bytes).unwrap();
    (String::from_utf8(bytes).unwrap(), draft)
}

#[test]
fn swiss_proposals_read_as_a_careful_reader_reads_them() {
    let Some(wsis) = folder("wsis") else { return };
    let found = paragraphs(&wsis.join("drafts/swiss-proposal.md"), &wsis.join("references"));
    agree(&table(&root().join("tests/real/swiss.tsv")), &found, &[]);
}

#[test]
fn no_word_is_lost() {
    let mut faults = Vec::new();
    for path in texts() {
        let (source, draft) = read_file(&path);
        let wanted = words(&without_markup(body(&source)));
        let found: String =
            everything(&draft).lines().map(|l| without(l, "{:", "}") + "\n").collect();
        let found = words(&found);
        for (word, count) in &wanted {
            let kept = found.get(word).copied().unwrap_or(0);
            if kept != *count {
                faults.push(format!("{}: {word}: {count} in, {kept} out", path.display()));
            }
        }
        for word in found.keys().filter(|word| !wanted.contains_key(*word)) {
            faults.push(format!("{}: {word}: made up", path.display()));
        }
    }
    assert!(faults.is_empty(), "\n  {}\n", faults.join("\n  "));
}

#[test]
fn printed_numbers_are_kept() {
    let mut faults = Vec::new();
    for path in texts().iter().filter(|path| !path.to_string_lossy().contains("inputs")) {
        let (source, draft) = read_file(path);
        let wanted = numbered_lines(body(&source));
        let found: Vec<&str> =
            draft.paragraphs.iter().filter_map(|p| p.number.as_deref()).collect();
        if found != wanted {
            let at = found.iter().zip(&wanted).take_while(|(a, b)| *a == *b).count();
            let from = at.saturating_sub(2);
            faults.push(format!(
                "{}: after {at} numbers the file goes on {:?}, the draft {:?}",
                path.display(),
                wanted.iter().skip(from).take(8).collect::<Vec<_>>(),
                found.iter().skip(from).take(8).collect::<Vec<_>>()
            ));
        }
    }
    assert!(faults.is_empty(), "\n  {}\n", faults.join("\n  "));
}

/// The file without its front matter.
fn body(source: &str) -> &str {
    let Some(rest) = source.strip_prefix("---\n") else { return source };
    rest.split_once("\n---\n").map_or(source, |(_, body)| body)
}

/// Numbers at the start of lines, as a plain scan sees them: indented ones count the items of a list, unless
/// they are inserted between two paragraphs (`1bis.`).
fn numbered_lines(body: &str) -> Vec<String> {
    let mut out = Vec::new();
    for line in body.lines() {
        let rest = line.trim_start();
        let first = rest.split(' ').next().unwrap_or_default();
        let number = first.strip_suffix('.').unwrap_or(first);
        let plain =
            !number.is_empty() && number.len() < 5 && number.bytes().all(|b| b.is_ascii_digit());
        let whole = number.strip_suffix("bis").or(number.strip_suffix("ter")).unwrap_or_default();
        let inserted = whole.starts_with(|c: char| c.is_ascii_digit())
            && whole.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let outside = line.len() - rest.len() < 2 && first.ends_with('.');
        let option = rest.get(first.len()..).is_some_and(|after| after.starts_with(" Alt "));
        if inserted && option {
            out.push(format!("{number} Alt"));
        } else if inserted || plain && outside {
            out.push(number.to_owned());
        }
    }
    out
}

/// All words a draft holds, with its numbers, headings, struck words, footnotes and comments.
fn everything(draft: &Draft) -> String {
    let mut out = String::new();
    let mut add = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    for heading in &draft.headings {
        add(&heading.text);
    }
    for paragraph in &draft.paragraphs {
        paragraph.number.iter().for_each(|number| add(number));
        add(&paragraph.text);
        paragraph.asides.iter().for_each(|aside| add(&aside.text));
        for pin in &paragraph.pins {
            add("adref");
            add(&pin.source);
            pin.claim.iter().for_each(|claim| add(claim));
        }
    }
    for note in &draft.footnotes {
        add(&note.label);
        add(&note.text);
    }
    out
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *out.entry(word.to_owned()).or_default() += 1;
    }
    out
}

/// The words a reader of the printed page sees: where links lead, tags, and instructions to a Markdown
/// processor taken away, and the signs that stand inside words.
fn without_markup(body: &str) -> String {
    let defines = |line: &str| {
        let label = line.trim_start().strip_prefix('[').filter(|rest| !rest.starts_with('^'));
        label.and_then(|rest| rest.split_once("]: ")).map(|(label, _)| format!("[{label}]"))
    };
    let labels: Vec<String> = body.lines().filter_map(defines).collect();
    let mut out = String::new();
    for line in body.lines().filter(|line| defines(line).is_none()) {
        let mut line = without(line, "](", ")");
        for label in &labels {
            line = line.replace(&format!("]{label}"), "]");
        }
        out.push_str(&without(&without(&without(&line, "<span", ">"), "</span", ">"), "{:", "}"));
        out.push('\n');
    }
    out.replace("**", "").replace('*', "").replace("~~", "").replace('\\', "")
}

/// The line without anything from `open` to `close`.
fn without(line: &str, open: &str, close: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, inside)) = rest.split_once(open) {
        let Some((_, after)) = inside.split_once(close) else { break };
        out.push_str(before);
        out.push(' ');
        rest = after;
    }
    out + rest
}
