//! A git repository with two revisions of a draft goes in; what `git diff` and `git difftool` show through adref comes out.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const OLD: &str =
    "---\ntitle: Buses\n---\n\n1. We urge States to publish timetables.\n\n2. Old words go.\n";
const NEW: &str = "---\ntitle: Buses\n---\n\n1. We urge States to publish timetables.\n\n2. New ones come here.\n";

/// What was printed, with plain spaces.
fn plain(printed: &[u8]) -> String {
    String::from_utf8_lossy(printed).replace('\u{a0}', " ")
}

/// Git in a folder, with nobody's own settings.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let nobody = folder.join("no-settings");
    let mut command = Command::new("git");
    command.current_dir(folder).stdin(Stdio::null());
    command.env("GIT_CONFIG_GLOBAL", &nobody).env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("COLUMNS", "80").env("ADREF_LIBRARY", "personal").env("ADREF_CACHE", "cache");
    command.env_remove("GIT_PAGER_IN_USE").env_remove("GIT_EXTERNAL_DIFF");
    for setting in ["user.name=A Delegate", "user.email=a@example.org", "commit.gpgsign=false"] {
        command.args(["-c", setting]);
    }
    let output = command.args(arguments).output().ok()?;
    let text = plain(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {text}{said}");
    Some(text)
}

/// A repository with one commit of `draft.md`, and adref as the driver for Markdown; none where there is no git.
fn repository() -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let begun = Command::new("git").arg("--version").output().is_ok();
    if !begun {
        println!("skipped: there is no git here");
        return None;
    }
    git(at, &["init", "--quiet"])?;
    fs::write(at.join(".gitattributes"), "*.md diff=adref\n").unwrap();
    let command = format!("\"{}\" diff --git", env!("CARGO_BIN_EXE_adref"));
    git(at, &["config", "diff.adref.command", &command])?;
    fs::write(at.join("draft.md"), OLD).unwrap();
    fs::write(at.join("other.md"), OLD).unwrap();
    git(at, &["add", "."])?;
    git(at, &["commit", "--quiet", "-m", "Zero draft"])?;
    Some(folder)
}

#[test]
fn git_diff_shows_paragraphs() {
    let Some(folder) = repository() else { return };
    let at = folder.path();
    fs::write(at.join("draft.md"), NEW).unwrap();
    fs::remove_file(at.join("other.md")).unwrap();
    let shown = git(at, &["--no-pager", "diff"]).unwrap();
    assert!(
        shown.starts_with("Buses\ndraft.md\n\n2 paragraphs before, 2 now: 1 unchanged"),
        "{shown}"
    );
    let gone = "Buses\nother.md\n\n2 paragraphs before, 0 now: 2 removed.";
    assert!(shown.contains(gone), "{shown}");
    assert!(!shown.contains("git-blob") && !shown.contains("/tmp"), "{shown}");
    // A file that was renamed and edited.
    git(at, &["mv", "draft.md", "rev1.md"]).unwrap();
    git(at, &["add", "rev1.md"]).unwrap();
    let shown = git(at, &["--no-pager", "diff", "--cached", "-M10%"]).unwrap();
    assert!(shown.starts_with("Buses\ndraft.md → rev1.md\n\n2 paragraphs before"), "{shown}");
    // One that is new, and one that cannot be read: git goes on after it.
    fs::write(at.join("a-broken.md"), b"---\ntitle: [\n---\n").unwrap();
    git(at, &["add", "--all"]).unwrap();
    let shown = git(at, &["--no-pager", "diff", "--cached", "--no-renames"]).unwrap();
    assert!(shown.contains("Buses\nrev1.md\n\n0 paragraphs before, 2 now: 2 added."), "{shown}");
}

#[test]
fn git_difftool_shows_paragraphs() {
    let Some(folder) = repository() else { return };
    let at = folder.path();
    fs::write(at.join("draft.md"), NEW).unwrap();
    let command = format!("\"{}\" diff --summary", env!("CARGO_BIN_EXE_adref"));
    let shown = git(at, &["difftool", "-y", "-x", &command, "HEAD", "--", "draft.md"]).unwrap();
    assert!(
        shown.starts_with("Buses\ndraft.md\n\n2 paragraphs before, 2 now: 1 unchanged"),
        "{shown}"
    );
}

#[test]
fn a_revision_of_the_same_file() {
    let Some(folder) = repository() else { return };
    let at = folder.path();
    fs::write(at.join("draft.md"), NEW).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_adref"));
        command.current_dir(at).env("COLUMNS", "80").env("ADREF_LIBRARY", "personal");
        let output = command.arg("diff").args(arguments).stdin(Stdio::null()).output().unwrap();
        (output.status.code(), plain(&output.stdout))
    };
    let (code, shown) = run(&["--rev", "HEAD", "draft.md", "--exit-code"]);
    assert_eq!(code, Some(1));
    assert!(shown.contains("HEAD:draft.md → draft.md"), "{shown}");
    assert_eq!(run(&["HEAD:draft.md", "draft.md"]), (Some(0), shown));
    let unknown = Command::new(env!("CARGO_BIN_EXE_adref"))
        .current_dir(at)
        .args(["diff", "--rev", "Rev.7", "draft.md"])
        .output()
        .unwrap();
    let said = plain(&unknown.stderr);
    assert!(said.contains("git knows no revision Rev.7"), "{said}");
    let same = run(&["--rev", "HEAD", "other.md", "--exit-code"]);
    assert_eq!(same, (Some(0), "No difference.\n".to_owned()));
}
