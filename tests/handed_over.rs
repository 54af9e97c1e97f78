//! The commands of docs/reports.md go in; each runs on the sample, and leaves the file that it names.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::root;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn every_command_of_the_guide_leaves_its_file() {
    let folder = tempfile::tempdir().unwrap();
    for own in ["drafts", "references"] {
        copy(&root().join(own), &folder.path().join(own));
    }
    let guide = fs::read_to_string(root().join("docs/reports.md")).unwrap();
    let blocks = guide.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    // What serves a page does not end by itself: tests/view.rs has it.
    let lines = blocks.flat_map(str::lines).filter(|line| !line.starts_with("adref view"));
    let mut ran = 0;
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (name, arguments) = words.split_first().unwrap();
        assert_eq!(*name, "adref", "{line}");
        let done = Command::new(env!("CARGO_BIN_EXE_adref"))
            .args(arguments)
            .current_dir(folder.path())
            .env("XDG_DATA_HOME", folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8(done.stderr).unwrap();
        assert!(done.status.success() && done.stdout.is_empty(), "{line}: {told}");
        let file = arguments.last().unwrap();
        let bytes = fs::read(folder.path().join(file)).unwrap();
        let begins: &[u8] = if file.ends_with("html") { b"<!doctype html>" } else { b"PK" };
        assert!(bytes.starts_with(begins), "{line}");
        ran += 1;
    }
    assert!(ran >= 7, "{ran} commands were found");
}
