//! Repositories with drafts go in; what `adref check` tells of changed paragraphs, and of findings that are not in the
//! baseline, comes out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use support::schema;

const TWO: &str =
    "1. Lamps shall burn [TBC] on every bridge.\n\n2. Boats pass below the arches on [date].\n";

/// Git in a folder, with nobody's own settings; true where it ends well.
fn git(folder: &Path, arguments: &[&str]) -> bool {
    let mut command = Command::new("git");
    command.current_dir(folder).stdin(Stdio::null());
    command.env("GIT_CONFIG_GLOBAL", folder.join("no-settings")).env("GIT_CONFIG_NOSYSTEM", "1");
    for setting in ["user.name=A Delegate", "user.email=a@example.org", "commit.gpgsign=false"] {
        command.args(["-c", setting]);
    }
    command.args(arguments).output().is_ok_and(|output| output.status.success())
}

/// What became of a check: its exit code, what it wrote, and its messages.
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

fn check(folder: &Path, arguments: &[&str]) -> Ended {
    check_of(folder, arguments, "")
}

fn check_of(folder: &Path, arguments: &[&str], input: &str) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adref"));
    command.current_dir(folder).arg("check").args(arguments);
    command.env("COLUMNS", "100").env("ADREF_LIBRARY", "personal").env("ADREF_CACHE", "cache");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // What is not asked for its input closes it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// The findings of a check by draft and words, and how many were left out as unchanged.
fn found(folder: &Path, arguments: &[&str]) -> (Vec<String>, u64) {
    let ended =
        check(folder, &[arguments, &["--rule", "placeholder", "--format", "json"]].concat());
    assert!(matches!(ended.code, Some(0 | 1)), "{}", ended.err);
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    schema::check("check-1.json", &report);
    let told = |finding: &Value| {
        let path = finding["path"].as_str().unwrap().replace('\\', "/");
        let file = path.rsplit('/').next().unwrap().to_owned();
        format!("{file} {}", finding["message"].as_str().unwrap().split(' ').next().unwrap())
    };
    let all = report["findings"].as_array().unwrap().iter().map(told).collect();
    (all, report["summary"]["elsewhere"].as_u64().unwrap())
}

/// A folder with drafts, under git where there is git.
fn repository(drafts: &[(&str, &str)]) -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir_all(at.join("drafts/deep")).unwrap();
    for (name, text) in drafts {
        fs::write(at.join("drafts").join(name), text).unwrap();
    }
    let committed = git(at, &["init", "--quiet"])
        && git(at, &["add", "."])
        && git(at, &["commit", "--quiet", "-m", "Zero draft"]);
    if !committed {
        println!("skipped: there is no git here");
        return None;
    }
    Some(folder)
}

#[test]
fn only_changed_paragraphs() {
    let Some(folder) = repository(&[("a.md", TWO), ("deep/b.md", TWO)]) else { return };
    let root = folder.path();
    let since = ["--changed-since", "HEAD"];
    assert_eq!(found(root, &since), (vec![], 4));
    // One paragraph is edited, one comes in before it, and all are renumbered.
    let edited = "1. Keepers are paid.\n\n2. Lamps shall burn [TBC] on every bridge.\n\n\
                  3. Ships pass below the arches on [date].\n";
    fs::write(root.join("drafts/a.md"), edited).unwrap();
    let told = (vec!["a.md “[date]”".to_owned()], 3);
    assert_eq!(found(root, &since), told);
    // The same from a folder inside, by a path from the root, and from outside the repository.
    assert_eq!(found(&root.join("drafts/deep"), &["..", since[0], since[1]]), told);
    let whole = root.join("drafts");
    let whole = whole.to_str().unwrap();
    assert_eq!(found(root, &[whole, since[0], since[1]]), told);
    let elsewhere = tempfile::tempdir().unwrap();
    assert_eq!(found(elsewhere.path(), &[whole, since[0], since[1]]), told);
    // What only stands elsewhere has not changed.
    let swapped =
        "1. Boats pass below the arches on [date].\n\n2. Lamps shall burn [TBC] on every bridge.\n";
    fs::write(root.join("drafts/a.md"), swapped).unwrap();
    assert_eq!(found(root, &since), (vec![], 4));
    // A paragraph that stands twice now is new once.
    fs::write(
        root.join("drafts/a.md"),
        format!("{TWO}\n3. Boats pass below the arches on [date].\n"),
    )
    .unwrap();
    assert_eq!(found(root, &since), (vec!["a.md “[date]”".to_owned()], 4));
}

#[test]
fn new_and_renamed_drafts() {
    let Some(folder) = repository(&[("a.md", TWO)]) else { return };
    let root = folder.path();
    fs::write(root.join("drafts/new.md"), TWO).unwrap();
    assert!(git(root, &["mv", "drafts/a.md", "drafts/deep/rev 1.md"]));
    let edited = TWO.replace("every bridge", "each bridge");
    fs::write(root.join("drafts/deep/rev 1.md"), edited).unwrap();
    let (all, elsewhere) = found(root, &["--changed-since", "HEAD"]);
    assert_eq!(all, ["rev 1.md “[TBC]”", "new.md “[TBC]”", "new.md “[date]”"]);
    assert_eq!(elsewhere, 1);
    // From the subfolder, by its own name.
    let (all, _) = found(&root.join("drafts/deep"), &["rev 1.md", "--changed-since", "HEAD"]);
    assert_eq!(all, ["rev 1.md “[TBC]”"]);
}

/// A finding about a draft as a whole is told where anything of the draft has changed.
#[test]
fn findings_without_a_paragraph() {
    let idle =
        "<!-- adref: allow placeholder: nothing is open -->\n\n1. Boats pass below the arches.\n";
    let Some(folder) = repository(&[("a.md", idle)]) else { return };
    let root = folder.path();
    let arguments = ["--changed-since", "HEAD", "--rule", "placeholder,waiver"];
    let before = check(root, &arguments);
    assert_eq!(
        (before.code, before.out.lines().next()),
        (Some(0), Some("Nothing found in 1 draft"))
    );
    fs::write(root.join("drafts/a.md"), idle.replace("Boats", "Ships")).unwrap();
    let after = check(root, &arguments);
    assert_eq!(after.code, Some(1), "{}", after.out);
    assert!(after.out.contains("warning[waiver]"), "{}", after.out);
    // A waiver that comes to a paragraph changes it.
    fs::write(
        root.join("drafts/a.md"),
        "1. Boats pass below the arches.\n\n<!-- adref: allow placeholder: why -->\n",
    )
    .unwrap();
    assert!(check(root, &arguments).out.contains("warning[waiver]"));
}

/// A number that was mistyped changes no words, and is told where it was in order before.
#[test]
fn numbers_that_were_mistyped() {
    let old = "1. Boats pass.\n\n2. Lamps burn.\n\n3. Tides turn.\n\n5. Ropes hold.\n";
    let Some(folder) = repository(&[("a.md", old)]) else { return };
    let root = folder.path();
    let arguments = ["--changed-since", "HEAD", "--rule", "numbering"];
    fs::write(root.join("drafts/a.md"), old.replace("2. Lamps", "7. Lamps")).unwrap();
    let ended = check(root, &arguments);
    assert_eq!(ended.code, Some(1), "{}", ended.out);
    assert!(ended.out.contains("Lamps burn") && !ended.out.contains("Ropes hold"), "{}", ended.out);
}

#[test]
fn what_cannot_be_asked_of_git_is_one_clear_error() {
    let Some(folder) = repository(&[("a.md", TWO), ("deep/b.md", TWO)]) else { return };
    let root = folder.path();
    for (arguments, wanted) in [
        (
            ["drafts", "nope"],
            "error: git knows no revision nope here; `git log --oneline` lists those there are\n",
        ),
        (
            ["drafts", "--output=x"],
            "error: git knows no revision --output=x here; `git log --oneline` lists those there are\n",
        ),
        (
            ["-", "HEAD"],
            "error: --changed-since asks git what a draft was before, and standard input has no past; name a file\n",
        ),
    ] {
        let [draft, revision] = arguments;
        let ended = check_of(root, &[draft, &format!("--changed-since={revision}")], TWO);
        assert_eq!((ended.code, ended.err.as_str(), ended.out.as_str()), (Some(2), wanted, ""));
    }
    let nowhere = tempfile::tempdir().unwrap();
    fs::write(nowhere.path().join("a.md"), TWO).unwrap();
    let ended = check(nowhere.path(), &["a.md", "--changed-since", "HEAD"]);
    assert_eq!(ended.code, Some(2));
    assert_eq!(
        ended.err,
        "error: --changed-since asks git what a draft was before, and the folder . is not under git\n"
    );
}

/// A folder with two drafts, each with two findings.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("drafts/deep")).unwrap();
    for name in ["a.md", "deep/b.md"] {
        fs::write(folder.path().join("drafts").join(name), TWO).unwrap();
    }
    folder
}

fn baseline(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("adref-baseline.json")).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    schema::check("baseline-1.json", &value);
    value
}

#[test]
fn a_baseline_lets_an_old_repository_start() {
    let folder = project();
    let root = folder.path();
    assert_eq!(check(root, &[]).code, Some(1));
    let written = check(root, &["--write-baseline"]);
    assert_eq!((written.code, written.out.as_str()), (Some(0), ""));
    assert!(written.err.contains("findings written to ./adref-baseline.json"), "{}", written.err);
    let files = baseline(root);
    let files: Vec<&String> = files["findings"].as_object().unwrap().keys().collect();
    assert_eq!(files, ["drafts/a.md", "drafts/deep/b.md"]);
    // It is found by itself beside the drafts' settings, or here, and used from wherever the check is run.
    let clean = check(root, &[]);
    assert_eq!(
        (clean.code, clean.out.lines().next()),
        (Some(0), Some("Nothing found in 2 drafts"))
    );
    let path = root.join("adref-baseline.json");
    let path = path.to_str().unwrap();
    assert_eq!(
        check(&root.join("drafts/deep"), &["b.md", "../a.md", "--baseline", path]).code,
        Some(0)
    );
    fs::write(root.join("adref.yaml"), "thresholds:\n  recalled: 0.25\n").unwrap();
    assert_eq!(check(&root.join("drafts/deep"), &["b.md"]).code, Some(0));
    let elsewhere = tempfile::tempdir().unwrap();
    let draft = root.join("drafts/a.md");
    assert_eq!(check(elsewhere.path(), &[draft.to_str().unwrap()]).code, Some(0));
}

#[test]
fn a_baseline_knows_findings_and_not_lines() {
    let folder = project();
    let root = folder.path();
    check(root, &["--write-baseline"]);
    // Edits elsewhere, new numbers, and one fault more; one is mended.
    let edited = "1. Keepers are paid [TBD].\n\n2. Lamps shall burn [TBC] on every bridge.\n\n\
                  3. Boats pass below the arches.\n";
    fs::write(root.join("drafts/a.md"), edited).unwrap();
    let (all, _) = found(root, &[]);
    assert_eq!(all, ["a.md “[TBD]”"]);
    let told = check(root, &["--rule", "placeholder"]).out;
    assert!(told.contains("     3  more known to the baseline\n"), "{told}");
    assert!(told.contains("1 entry of the baseline found no more"), "{told}");
    // A rule that does not run has mended nothing.
    assert!(!check(root, &["--rule", "waiver"]).out.contains("found no more"));
    // One draft is taken up anew, and the other stands.
    let before = baseline(root)["findings"]["drafts/deep/b.md"].clone();
    assert_eq!(check(root, &["drafts/a.md", "--write-baseline"]).code, Some(0));
    let after = baseline(root);
    assert_eq!(after["findings"]["drafts/deep/b.md"], before);
    assert_eq!(after["findings"]["drafts/a.md"].as_object().unwrap().len(), 2);
    assert_eq!(found(root, &[]), (vec![], 0));
}

#[test]
fn a_baseline_follows_a_draft_to_its_new_name() {
    let folder = project();
    let root = folder.path();
    check(root, &["--write-baseline"]);
    fs::rename(root.join("drafts/a.md"), root.join("drafts/rev2.md")).unwrap();
    assert_eq!(found(root, &[]), (vec![], 0));
    // Written for one draft, it keeps what it knows of the others; for all, what is gone goes.
    let knows = |file: &str| baseline(root)["findings"].get(file).is_some();
    check(root, &["drafts/deep/b.md", "--write-baseline"]);
    assert!(knows("drafts/a.md"));
    check(root, &["--write-baseline"]);
    assert!(knows("drafts/rev2.md") && !knows("drafts/a.md"));
    // Where the old draft is still there, the other one is new.
    fs::copy(root.join("drafts/rev2.md"), root.join("drafts/a.md")).unwrap();
    assert_eq!(check(root, &["drafts/a.md"]).code, Some(1));
}

#[test]
fn a_draft_is_checked_once_and_standard_input_is_no_file() {
    let folder = project();
    let root = folder.path();
    let once = check(root, &["drafts/a.md"]).out;
    assert_eq!(check(root, &["drafts/a.md", "./drafts/a.md"]).out, once);
    let refused = check(root, &["-", "--write-baseline"]);
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(!root.join("adref-baseline.json").exists());
    let missing = check(root, &["--baseline", "none.json"]);
    assert_eq!((missing.code, missing.out.as_str()), (Some(2), ""));
}

#[test]
fn a_baseline_that_is_none() {
    let folder = project();
    let root = folder.path();
    let missing = check(root, &["--baseline", "known.json"]);
    assert_eq!(missing.code, Some(2));
    assert_eq!(
        missing.err,
        "error: known.json: there is no such baseline; `adref check --write-baseline` makes it\n"
    );
    fs::write(root.join("known.json"), "{\n  \"schema\": 1\n}\n").unwrap();
    for arguments in
        [vec!["--baseline", "known.json"], vec!["--baseline", "known.json", "--write-baseline"]]
    {
        let broken = check(root, &arguments);
        assert_eq!(broken.code, Some(2));
        let said =
            "error: known.json:2: this is no baseline; write it anew with --write-baseline\n";
        assert_eq!(broken.err, said);
    }
    assert_eq!(fs::read_to_string(root.join("known.json")).unwrap(), "{\n  \"schema\": 1\n}\n");
    // Settings name another, seen from their own folder.
    fs::write(root.join("adref.yaml"), "check:\n  baseline: deep/known.json\n").unwrap();
    fs::create_dir(root.join("deep")).unwrap();
    let ended = check(&root.join("drafts"), &["--write-baseline"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let text = fs::read_to_string(root.join("deep/known.json")).unwrap();
    assert!(text.contains("\"../drafts/deep/b.md\""), "{text}");
    assert_eq!(check(root, &[]).code, Some(0));
}

#[test]
fn exit_codes() {
    let folder = project();
    let root = folder.path();
    let placeholder = ["--rule", "placeholder", "--fail-on"];
    let fails_on = |grade| check(root, &[&placeholder[..], &[grade]].concat()).code;
    assert_eq!(
        [fails_on("note"), fails_on("warning"), fails_on("error")],
        [Some(1), Some(1), Some(0)]
    );
    // What cannot be read is told, and the rest is checked.
    fs::write(root.join("drafts/broken.md"), "---\ntitle: [\n---\n\n1. Lamps.\n").unwrap();
    let ended = check(root, &["--rule", "placeholder"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("drafts/broken.md:"), "{}", ended.err);
    assert!(ended.out.contains("4 warnings in 2 drafts"), "{}", ended.out);
    // A repository without any draft is in order; a folder named that holds none is a slip.
    let empty = tempfile::tempdir().unwrap();
    fs::create_dir(empty.path().join("drafts")).unwrap();
    let ended = check(empty.path(), &["--format", "gitlab"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), "[]\n"));
    assert_eq!(check(empty.path(), &["drafts"]).code, Some(2));
    assert_eq!(
        check(root, &["--rule", "placholder"]).err,
        "error: there is no rule “placholder”; did you mean “placeholder”? `adref check --rules` lists all\n"
    );
}
