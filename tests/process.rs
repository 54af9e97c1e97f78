//! What a case file cannot show: git revisions, closed pipes, files that may not be read, files replaced whole.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const AGREED: &str = "---\nsymbol: A/RES/60/1\nnames: [2005 World Summit Outcome]\nextent: full\n---\n\n\
                      2. We call upon Member States to publish the timetable of every bus.\n";

fn adref(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adref"));
    command.current_dir(folder).env("COLUMNS", "80").env_remove("NO_COLOR").stdin(Stdio::null());
    // Nobody's own library, and nobody's own cache.
    command.env("ADREF_LIBRARY", "personal-library").env("ADREF_CACHE", "cache");
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn ended(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), text(&output.stderr))
}

/// A folder with a draft and a library of one reference.
fn project(draft: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("drafts")).unwrap();
    fs::create_dir_all(folder.path().join("references")).unwrap();
    fs::write(folder.path().join("references/one.md"), AGREED).unwrap();
    fs::write(folder.path().join("drafts/rev1.md"), draft).unwrap();
    folder
}

fn git(folder: &Path, arguments: &[&str]) -> bool {
    let mut command = Command::new("git");
    command.current_dir(folder).args([
        "-c",
        "user.name=A Delegate",
        "-c",
        "user.email=a@example.org",
    ]);
    command.args(["-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null"]).args(arguments);
    command.output().is_ok_and(|output| output.status.success())
}

/// A draft may come through a pipe, whether it has a name or not; a library may not, and nobody waits for it.
#[test]
#[cfg(unix)]
fn pipes_with_names() {
    let folder = project("1. We call upon Member States to publish the timetable of every bus.\n");
    let root = folder.path();
    let made = Command::new("mkfifo").arg(root.join("pipe.md")).status();
    if !made.is_ok_and(|status| status.success()) {
        return println!("skipped: this system makes no pipes");
    }
    let refused =
        adref(root).args(["references", "list", "--library", "pipe.md"]).output().unwrap();
    let (code, message) = ended(&refused);
    assert_eq!(code, Some(2), "{message}");
    assert!(message.contains("pipe.md: this is a pipe or a device"), "{message}");

    let reading = adref(root).args(["annotate", "pipe.md"]).stdout(Stdio::piped()).spawn().unwrap();
    fs::write(root.join("pipe.md"), fs::read(root.join("drafts/rev1.md")).unwrap()).unwrap();
    let whole = reading.wait_with_output().unwrap();
    assert!(text(&whole.stdout).contains("1        REAFFIRMED"), "{}", text(&whole.stdout));

    let mut shell = Command::new("bash");
    shell
        .current_dir(root)
        .env("ADREF_LIBRARY", "none")
        .args(["-c", "\"$0\" annotate <(cat drafts/rev1.md)"]);
    let Ok(piped) =
        shell.arg(env!("CARGO_BIN_EXE_adref")).args(["--library", "references"]).output()
    else {
        return println!("skipped: there is no bash");
    };
    let shown = text(&piped.stdout);
    assert!(shown.contains("1        REAFFIRMED"), "{shown}");
}

#[test]
fn a_revision_from_git() {
    let old = "1. We call upon Member States to publish the timetable of every bus.\n";
    let folder = project(old);
    let root = folder.path();
    if !git(root, &["init", "-q"]) {
        println!("git is not at hand");
        return;
    }
    assert!(git(root, &["add", "."]) && git(root, &["commit", "-q", "-m", "Zero draft"]));
    fs::write(root.join("drafts/rev1.md"), "1. We have changed our minds.\n").unwrap();

    let output = adref(root).args(["annotate", "HEAD:drafts/rev1.md"]).output().unwrap();
    assert_eq!(ended(&output), (Some(0), String::new()));
    let shown = text(&output.stdout);
    assert!(shown.starts_with("HEAD:drafts/rev1.md\n"), "{shown}");
    assert!(shown.contains("REAFFIRMED · verbatim") && !shown.contains("changed"), "{shown}");

    // From a folder inside, paths are those of that folder, as people type them.
    let output = adref(&root.join("drafts")).args(["annotate", "HEAD:rev1.md"]).output().unwrap();
    assert_eq!(ended(&output), (Some(0), String::new()));

    for (name, said) in [
        ("HEAD:drafts/rev9.md", "rev9.md"),
        ("HEAD~7:drafts/rev1.md", "HEAD~7"),
        ("--output=x:drafts/rev1.md", "output"),
    ] {
        let output = adref(root).args(["annotate", "--", name]).output().unwrap();
        let (code, message) = ended(&output);
        assert_eq!(code, Some(2), "{name}: {message}");
        assert!(message.contains(said) && output.stdout.is_empty(), "{name}: {message}");
    }
    assert!(!root.join("x").exists() && !root.join("x:drafts").exists());
}

#[test]
fn a_reader_that_stops_early_is_no_fault() {
    let long: String =
        (1..20_000).map(|n| format!("{n}. We decide to meet again in room {n}.\n\n")).collect();
    let folder = project(&long);
    let mut child = adref(folder.path())
        .args(["annotate", "drafts/rev1.md"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "drafts/rev1.md\n");
    let output = child.wait_with_output().unwrap();
    assert_eq!(ended(&output), (Some(0), String::new()));
}

#[test]
fn standard_input_in_pieces() {
    let folder = project("");
    let mut child = adref(folder.path())
        .args(["annotate", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for piece in
        ["\u{FEFF}1. We call upon Member States to publish", " the timetable of every bus.\r\n"]
    {
        stdin.write_all(piece.as_bytes()).unwrap();
        stdin.flush().unwrap();
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("\"fidelity\": \"verbatim\""));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project("1. We decide.\n");
    let path = folder.path().join("drafts/rev1.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        println!("nothing is closed to this user");
        return;
    }
    let output = adref(folder.path()).args(["annotate", "drafts/rev1.md"]).output().unwrap();
    let wanted = "error: drafts/rev1.md: you are not allowed to read this file\n";
    assert_eq!(ended(&output), (Some(2), wanted.to_owned()));
}

#[test]
fn an_output_file_is_replaced_whole_or_not_at_all() {
    let folder = project("1. We decide.\n");
    let root = folder.path();
    fs::write(root.join("report.md"), "yesterday's report").unwrap();
    let run =
        |draft: &str| adref(root).args(["annotate", draft, "-o", "report.md"]).output().unwrap();
    assert_eq!(run("drafts/none.md").status.code(), Some(2));
    assert_eq!(fs::read_to_string(root.join("report.md")).unwrap(), "yesterday's report");
    assert_eq!(ended(&run("drafts/rev1.md")), (Some(0), String::new()));
    let written = fs::read_to_string(root.join("report.md")).unwrap();
    assert!(written.starts_with("# drafts/rev1.md\n"), "{written}");
    let mut left: Vec<String> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    assert_eq!(left, ["drafts", "references", "report.md"]);
}

#[test]
fn the_same_bytes_every_time() {
    let folder = project(
        &fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/drafts/rev1.md")).unwrap(),
    );
    let library = concat!(env!("CARGO_MANIFEST_DIR"), "/references");
    for format in ["terminal", "markdown", "json"] {
        let run = || {
            let mut command = adref(folder.path());
            command.args(["annotate", "drafts/rev1.md", "--format", format, "--library", library]);
            command.output().unwrap().stdout
        };
        let first = run();
        assert!(!first.is_empty());
        assert!((0..3).all(|_| run() == first), "{format}");
    }
}
