//! A git repository with a draft that was edited and renamed goes in; its history, as `adref history --git` tells it, comes out.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Git in a folder, with nobody's own settings.
fn git(folder: &Path, arguments: &[&str]) -> Option<()> {
    let mut command = Command::new("git");
    command.current_dir(folder).stdin(Stdio::null());
    command.env("GIT_CONFIG_GLOBAL", folder.join("no-settings")).env("GIT_CONFIG_NOSYSTEM", "1");
    for setting in ["user.name=A Delegate", "user.email=a@example.org", "commit.gpgsign=false"] {
        command.args(["-c", setting]);
    }
    let output = command.args(arguments).output().ok()?;
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
    Some(())
}

fn adref(folder: &Path, arguments: &[&str]) -> (Output, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_adref"))
        .current_dir(folder)
        .args(arguments)
        .env("COLUMNS", "100")
        .env("ADREF_LIBRARY", "personal")
        .env("ADREF_CACHE", "cache")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let plain = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\u{a0}', " ");
    let (out, err) = (plain(&output.stdout), plain(&output.stderr));
    (output, out, err)
}

/// A repository in which a draft in a folder was committed three times, the third time under another name.
fn repository() -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    if Command::new("git").arg("--version").output().is_err() {
        println!("skipped: there is no git here");
        return None;
    }
    git(at, &["init", "--quiet"])?;
    fs::create_dir(at.join("texts")).unwrap();
    let paragraphs = [
        "Lamps shall burn on every bridge from dusk to dawn, except when the moon is full.",
        "Boats pass below the arches on the left side only, one behind the other.",
        "Keepers are paid from the harbour toll, and nobody may cut their wages in winter.",
    ];
    let commit = |name: &str, stage: &str, texts: &[&str]| {
        let numbered =
            texts.iter().enumerate().map(|(nth, text)| format!("{}. {text}\n\n", nth + 1));
        let head = format!("---\ntitle: Bridges\nstage: {stage}\n---\n\n");
        fs::write(at.join("texts").join(name), head + &numbered.collect::<String>()).unwrap();
        git(at, &["add", "--all"])?;
        git(at, &["commit", "--quiet", "-m", stage])
    };
    let [a, b, c] = paragraphs;
    commit("zero é.md", "zero draft", &[a, b, c])?;
    commit("zero é.md", "Rev.1", &[a, c])?;
    git(at, &["mv", "texts/zero é.md", "texts/draft.md"])?;
    commit("draft.md", "Rev.2", &[a, c, b])?;
    fs::write(at.join("other.md"), "1. Words.\n").unwrap();
    git(at, &["add", "--all"])?;
    git(at, &["commit", "--quiet", "-m", "Another file"])?;
    Some(folder)
}

#[test]
fn all_commits_of_a_file_are_its_revisions() {
    let Some(folder) = repository() else { return };
    let (output, out, err) = adref(folder.path(), &["history", "--git", "texts/draft.md"]);
    assert!(output.status.success() && err.is_empty(), "{err}");
    assert!(out.contains("3 paragraphs followed through 3 revisions: 2 unchanged"), "{out}");
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
    let row = |start: &[&str]| rows.iter().any(|row| row.starts_with(start));
    assert!(row(&["zero", "draft", "Rev.1", "Rev.2", "first", "words"]), "{out}");
    assert!(row(&["2", "dropped", "back", "as", "3", "Boats"]), "{out}");
    // From within the folder, and since a revision.
    let texts = folder.path().join("texts");
    let (_, out, _) = adref(&texts, &["history", "--git", "draft.md", "--since", "HEAD~2"]);
    assert!(out.contains("followed through 2 revisions"), "{out}");
    let (_, out, _) = adref(&texts, &["history", "--git", "draft.md#3"]);
    assert!(out.contains("Rev.2 · back as 3; compared with zero draft"), "{out}");
}

#[test]
fn what_git_does_not_have_is_said() {
    let Some(folder) = repository() else { return };
    let at = folder.path();
    fs::write(at.join("new.md"), "1. Words.\n").unwrap();
    let outside = tempfile::tempdir().unwrap();
    for (place, arguments, wanted) in [
        (at, &["--git", "new.md"][..], "new.md: git has no commit of this file"),
        (at, &["--git", "other.md"], "other.md: git has one revision of it only"),
        (at, &["--git", "texts"], "texts: this is a folder"),
        (at, &["--git", "nowhere/draft.md"], "nowhere/draft.md: there is no such folder"),
        (
            at,
            &["--git", "texts/draft.md", "--since", "v9"],
            "--since v9: git knows no such revision",
        ),
        (at, &["--git", "texts/draft.md", "--since", "HEAD"], "git has no later revision of it"),
        (outside.path(), &["--git", "draft.md"], "this folder is not under git"),
    ] {
        let (output, _, err) = adref(place, &[&["history"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.contains(wanted), "{arguments:?}: {err}");
    }
    // A commit that cannot be read is named, and the others are told.
    fs::write(at.join("texts/draft.md"), "---\ntitle: [\n---\n").unwrap();
    git(at, &["commit", "--quiet", "--all", "-m", "Broken"]);
    let (output, out, err) = adref(at, &["history", "--git", "texts/draft.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err.contains(":texts/draft.md:") && out.contains("3 revisions"), "{err}{out}");
}
