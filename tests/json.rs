//! Every JSON the tests produce goes in; where one breaks its schema comes out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{annotated, data, json, load, markdown_in, root, schema};

const ANNOTATE: &str = "annotate-1.json";

#[test]
fn cases_of_the_command_line() {
    let mut files = Vec::new();
    collect(&root().join("tests/cli"), &mut files);
    let mut checked = 0;
    for path in files {
        let ending = path.extension().map(|e| e.to_string_lossy().into_owned());
        let text = match ending.as_deref() {
            Some("trycmd" | "json" | "stdout") => fs::read_to_string(&path).unwrap(),
            _ => continue,
        };
        for value in values(&text) {
            schema::check(&schema_of(&value), &value);
            checked += 1;
        }
    }
    assert!(checked >= 5, "only {checked} reports found: are the cases where they were?");
}

#[test]
fn sample_and_real_drafts() {
    let mut pairs: Vec<(PathBuf, PathBuf)> = Vec::new();
    let own = root().join("references");
    pairs.extend(markdown_in(&root().join("drafts")).into_iter().map(|d| (d, own.clone())));
    if let Some(data) = data() {
        let library = data.join("wsis/references");
        for folder in ["wsis/drafts", "wsis/inputs", "cop21"] {
            let drafts = markdown_in(&data.join(folder));
            pairs.extend(drafts.into_iter().map(|draft| (draft, library.clone())));
        }
    }
    for (draft, references) in pairs {
        let library = load(&references);
        let bytes = fs::read(&draft).unwrap();
        let annotation = annotated(&draft.display().to_string(), &bytes, &library);
        let one: Value =
            serde_json::from_str(&json(std::slice::from_ref(&annotation), &library)).unwrap();
        schema::check(ANNOTATE, &one);
        consistent(&one);
        let two = json(&[annotation.clone(), annotation], &library);
        schema::check(ANNOTATE, &serde_json::from_str(&two).unwrap());
    }
}

/// What the schema says in words and no keyword can say.
fn consistent(report: &Value) {
    let count = |value: &Value| value.as_u64().unwrap();
    let summary = &report["summary"];
    let marks =
        ["new", "recalled", "reaffirmed", "placeholders", "struck"].map(|m| count(&summary[m]));
    assert_eq!(marks.iter().sum::<u64>(), count(&summary["paragraphs"]));
    let words = &summary["words"];
    assert_eq!(count(&words["new"]) + count(&words["carried"]), count(&words["total"]));
    for paragraph in report["paragraphs"].as_array().unwrap() {
        let chars: Vec<char> = paragraph["text"].as_str().unwrap().chars().collect();
        let within = |item: &Value| -> String {
            let (start, end) = (count(&item["start"]) as usize, count(&item["end"]) as usize);
            assert!(start <= end && end <= chars.len(), "{paragraph}");
            chars[start..end].iter().collect()
        };
        for citation in paragraph["citations"].as_array().unwrap() {
            assert_eq!(within(citation), citation["text"].as_str().unwrap());
        }
        for part in paragraph["parts"].as_array().unwrap() {
            within(part);
        }
        let sources = paragraph["sources"].as_array().unwrap().len() as u64;
        for span in paragraph["spans"].as_array().unwrap() {
            assert!(!within(span).is_empty());
            assert_eq!(span["status"] == "carried", span["source"].is_u64());
            assert!(span["source"].as_u64().is_none_or(|source| source < sources));
        }
        for aside in ["struck", "footnotes"].iter().flat_map(|k| paragraph[*k].as_array().unwrap())
        {
            assert!(count(&aside["at"]) as usize <= chars.len());
        }
    }
}

#[test]
fn the_checker_sees_faults() {
    let library = load(&root().join("references"));
    let draft = annotated("x.md", b"1. We reaffirm the Tunis Agenda.", &library);
    let mut report: Value = serde_json::from_str(&json(&[draft], &library)).unwrap();
    schema::check(ANNOTATE, &report);
    report["a field of a later version"] = Value::from(1);
    schema::check(ANNOTATE, &report);
    let text = fs::read_to_string(root().join("schemas").join(ANNOTATE)).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    let broken = [
        ("/summary/new", Value::from(-1)),
        ("/paragraphs/0/mark", Value::from("agreed")),
        ("/paragraphs/0/coverage", Value::from(1.5)),
        ("/paragraphs/0/sources/0/via", Value::Null),
        ("/paragraphs/0/number", Value::from(1)),
        ("/schema", Value::from("adref/annotate/2")),
    ];
    for (place, value) in broken {
        let mut report = report.clone();
        *report.pointer_mut(place).unwrap() = value;
        assert!(!schema::faults(&schema, &schema, &report, "$").is_empty(), "{place}");
    }
    report["draft"].as_object_mut().unwrap().remove("path");
    assert!(!schema::faults(&schema, &schema, &report, "$").is_empty());
}

/// The file of the schema that a value names: `annotate-1.json` for `adref/annotate/1`.
fn schema_of(value: &Value) -> String {
    let first = value.as_array().and_then(|several| several.first()).unwrap_or(value);
    let name = first["schema"].as_str().and_then(|name| name.strip_prefix("adref/"));
    format!("{}.json", name.unwrap().replace('/', "-"))
}

/// Reports in a text: what stands from a line that opens an object or a list to the line that closes it.
fn values(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in text.lines() {
        match (&mut open, line) {
            (None, "{" | "[") => {
                open = Some((if line == "{" { "}" } else { "]" }, line.to_owned()))
            }
            (Some((close, body)), _) => {
                body.push_str(line);
                if line == *close {
                    found.push(serde_json::from_str(body).unwrap());
                    open = None;
                }
            }
            _ => {}
        }
    }
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for item in fs::read_dir(folder).unwrap().flatten() {
        let path = item.path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
