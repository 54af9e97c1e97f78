//! Official texts set as plain paragraphs, in Word, in a web page and in a text file, in; those of which a paragraph is lost, out.
//!
//! A paragraph such as "Recalling the Declaration adopted by the General Assembly on 17 March 2023," is no line of a
//! letterhead, whatever it says.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use adref::model::Draft;
use adref::read::read;
use support::data;
use support::packages::{with_usual_parts, zipped};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "xml") {
            found.push(path);
        }
    }
}

/// The lines of a text with the numbers before them.
fn lines(draft: &Draft) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in &draft.paragraphs {
        let number = paragraph.number.as_ref().map(|n| format!("{n}. ")).unwrap_or_default();
        lines.extend(format!("{number}{}", paragraph.text).lines().map(str::to_owned));
    }
    lines.retain(|line| line.chars().any(char::is_alphanumeric));
    lines
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn word(lines: &[String]) -> Vec<u8> {
    let each = lines.iter().map(|line| {
        format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(line))
    });
    let name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let text = format!(
        "<w:document xmlns:w=\"{name}\"><w:body>{}</w:body></w:document>",
        each.collect::<String>()
    );
    let mut members = vec![("word/document.xml".to_owned(), text.into_bytes())];
    with_usual_parts(&mut members);
    zipped(&members)
}

/// Letters and figures alone, without the numbers that are read apart.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn no_paragraph_of_an_official_text_is_lost() {
    let Some(data) = data() else { return println!("skipped: the official texts are not at hand") };
    let mut paths = Vec::new();
    files(&data.join("un/akn"), &mut paths);
    paths.sort();
    let mut lost = Vec::new();
    let mut count = 0;
    for path in paths.iter().step_by(9) {
        let draft = read("a.xml", &fs::read(path).unwrap()).unwrap();
        let lines = lines(&draft);
        let web: String = lines.iter().map(|line| format!("<p>{}</p>\n", escaped(line))).collect();
        let forms = [
            ("docx", word(&lines)),
            ("html", format!("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>{web}</body></html>").into_bytes()),
            ("txt", lines.join("\n\n").into_bytes()),
        ];
        for (form, bytes) in forms {
            let got = read(&format!("a.{form}"), &bytes).unwrap();
            let mut all = String::new();
            for paragraph in &got.paragraphs {
                all.push_str(&bare(paragraph.number.as_deref().unwrap_or_default()));
                all.push_str(&bare(&paragraph.text));
                let beside = paragraph.asides.iter().map(|aside| bare(&aside.text));
                all.extend(beside);
            }
            all.extend(got.headings.iter().map(|heading| bare(&heading.text)));
            all.extend(got.footnotes.iter().map(|note| bare(&note.text)));
            all.push_str(&bare(got.front.title.as_deref().unwrap_or_default()));
            let name = path.file_name().unwrap().display();
            for line in lines.iter().filter(|line| line.len() > 20 && !all.contains(&bare(line))) {
                lost.push(format!("{name}.{form}: {line}"));
            }
            if form == "docx" && got.front.adopted.is_some() {
                lost.push(format!("{name}: {:?} was invented", got.front.adopted));
            }
        }
        count += 1;
    }
    assert!(lost.is_empty(), "{} lost:\n{}", lost.len(), lost.join("\n"));
    assert!(count > 100, "{count} texts were read");
}
