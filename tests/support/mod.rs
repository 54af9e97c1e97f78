//! What several tests need: the data folder, annotated JSON of a draft, and tables filled in by readers.

#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test uses its own part of this")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

pub mod compared;
pub mod footnotes;
pub mod html;
pub mod packages;
pub mod redlines;
pub mod resolved;
pub mod schema;
pub mod xml;

use std::fs;
use std::path::{Path, PathBuf};

use adref::library;
use adref::model::{Annotation, Library};
use adref::pipeline::{Annotator, Thresholds};
use adref::read;
use adref::report::{self, Format, Options};
use serde_json::Value;

/// The project's own folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Where the real texts are: `ADREF_DATA`, else beside the project. None where they are not at hand.
pub fn data() -> Option<PathBuf> {
    let folder =
        std::env::var_os("ADREF_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Markdown files of a folder, sorted.
pub fn markdown_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.sort();
    files
}

pub fn load(folder: &Path) -> Library {
    library::load(&[folder.to_owned()]).expect("the library can be opened")
}

pub fn annotated(path: &str, bytes: &[u8], library: &Library) -> Annotation {
    let draft = read::read(path, bytes).expect("the draft can be read");
    Annotator::new(library, Thresholds::default()).annotate(draft)
}

pub fn json(annotations: &[Annotation], library: &Library) -> String {
    let options = Options { format: Format::Json, ..Options::default() };
    let drafts: Vec<(&Annotation, &Library)> = annotations.iter().map(|a| (a, library)).collect();
    report::annotations(&drafts, &options).unwrap()
}

/// The paragraphs of `adref annotate --format json`.
pub fn paragraphs(draft: &Path, references: &Path) -> Vec<Value> {
    let library = load(references);
    let bytes = fs::read(draft).unwrap();
    let written = json(&[annotated("draft.md", &bytes, &library)], &library);
    let value: Value = serde_json::from_str(&written).unwrap();
    schema::check("annotate-1.json", &value);
    value["paragraphs"].as_array().unwrap().clone()
}

/// What a reader says of one paragraph.
#[derive(Debug)]
pub struct Read {
    pub paragraph: String,
    pub mark: String,
    pub fidelity: String,
    /// (need, source, its paragraph)
    pub sources: Vec<(String, String, String)>,
}

/// Reads a table of marks; its columns are explained in its first lines.
pub fn table(path: &Path) -> Vec<Read> {
    let text = fs::read_to_string(path).unwrap();
    let mut out: Vec<Read> = Vec::new();
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1);
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let [paragraph, mark, fidelity, need, source, number, ..] = cells.as_slice() else {
            unreachable!("{}: too few columns: {row}", path.display())
        };
        if out.last().is_none_or(|last| last.paragraph != *paragraph) {
            out.push(Read {
                paragraph: (*paragraph).to_owned(),
                mark: (*mark).to_owned(),
                fidelity: (*fidelity).to_owned(),
                sources: Vec::new(),
            });
        }
        if *source != "-" {
            let source = ((*need).to_owned(), (*source).to_owned(), (*number).to_owned());
            out.last_mut().unwrap().sources.push(source);
        }
    }
    out
}

/// Where the tool and the reader disagree, one line each, beginning with the paragraph.
pub fn disagreements(read: &[Read], found: &[Value]) -> Vec<String> {
    let mut out = Vec::new();
    let ids: Vec<&str> = found.iter().map(|p| p["id"].as_str().unwrap()).collect();
    let wanted: Vec<&str> = read.iter().map(|r| r.paragraph.as_str()).collect();
    if ids != wanted {
        out.push(format!("*: the paragraphs are {ids:?}, the reader has {wanted:?}"));
    }
    for row in read {
        let Some(paragraph) = found.iter().find(|p| p["id"] == row.paragraph.as_str()) else {
            continue;
        };
        let id = &row.paragraph;
        let mark = paragraph["mark"].as_str().unwrap_or("placeholder");
        let fidelity = paragraph["fidelity"].as_str().unwrap();
        if (mark, fidelity) != (row.mark.as_str(), row.fidelity.as_str()) {
            let coverage = &paragraph["coverage"];
            out.push(format!(
                "{id}: {mark}, {fidelity} (coverage {coverage}); the reader says {}, {}",
                row.mark, row.fidelity
            ));
        }
        let sources: Vec<(String, String)> =
            paragraph["sources"].as_array().unwrap().iter().map(place).collect();
        let at = |(_, source, number): &&(String, String, String)| {
            sources.iter().any(|(s, n)| s == source && n == number)
        };
        for missing in row.sources.iter().filter(|s| s.0 != "may" && !at(s)) {
            out.push(format!("{id}: not among its sources: {} {}", missing.1, missing.2));
        }
        for (source, number) in &sources {
            if !row.sources.iter().any(|(_, s, n)| s == source && n == number) {
                out.push(format!("{id}: a source the reader does not see: {source} {number}"));
            }
        }
        let first = row.sources.iter().find(|s| s.0 == "first");
        if let (Some((_, source, number)), Some(told)) = (first, sources.first())
            && (source, number) != (&told.0, &told.1)
            && at(&first.unwrap())
        {
            out.push(format!("{id}: {} {} comes first, not {source} {number}", told.0, told.1));
        }
    }
    out
}

/// A source as the tables write it: `A/RES/79/1, annex I` and `22`.
fn place(source: &Value) -> (String, String) {
    let own = source["symbol"].as_str().or(source["name"].as_str()).unwrap_or("?");
    let annex = source["annex"].as_str().map_or(String::new(), |annex| format!(", annex {annex}"));
    (format!("{own}{annex}"), source["paragraph"].as_str().unwrap_or("-").to_owned())
}

/// Fails on disagreements that are not known. `known` holds the line's beginning and why it stands.
pub fn agree(read: &[Read], found: &[Value], known: &[(&str, &str)]) {
    let all = disagreements(read, found);
    let (known, unknown): (Vec<&String>, Vec<&String>) =
        all.iter().partition(|line| known.iter().any(|(start, _)| line.starts_with(start)));
    println!("{} paragraphs, {} known disagreements", read.len(), known.len());
    known.iter().for_each(|line| println!("known: {line}"));
    let lines: Vec<String> = unknown.iter().map(|line| format!("  {line}")).collect();
    assert!(unknown.is_empty(), "the tool and the reader disagree:\n{}", lines.join("\n"));
}
