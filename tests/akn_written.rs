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
use std::process::Command;

use adref::model::Draft;
use adref::read::read;
use adref::report::akn;
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

/// Whether the schema checker of libxml2 is installed.
fn has_xmllint() -> bool {
    Command::new("xmllint").arg("--version").output().is_ok_and(|out| out.status.success())
}

/// What the official schema says of these files, after xmllint.
fn schema_faults(files: &[(String, String)]) -> Vec<String> {
    if !has_xmllint() {
        println!("skipped: xmllint is not installed");
        return Vec::new();
    }
    let folder = tempfile::tempdir().unwrap();
    let mut faults = Vec::new();
    for some in files.chunks(200) {
        let paths = some.iter().enumerate().map(|(at, (name, xml))| {
            let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
            let path = folder.path().join(format!("{at}-{name}.xml"));
            fs::write(&path, xml).unwrap();
            path
        });
        let paths: Vec<PathBuf> = paths.collect();
        let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/akomantoso30.xsd");
        let mut command = Command::new("xmllint");
        let out =
            command.args(["--noout", "--huge", "--nonet", "--schema"]).arg(schema).args(&paths);
        let out = out.output().unwrap();
        let said = String::from_utf8_lossy(&out.stderr);
        faults.extend(said.lines().filter(|l| !l.ends_with(" validates")).map(str::to_owned));
    }
    faults
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
    let faults = schema_faults(&written);
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
