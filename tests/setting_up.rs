//! An empty folder goes in; the repository that `adref init` makes of it, its checks at work, completions and manual
//! pages come out.

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
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use support::{markdown_in, root, schema};

const WRITTEN: [&str; 7] = [
    ".githooks/pre-commit",
    ".github/workflows/adref.yml",
    ".gitlab-ci.yml",
    "adref.schema.json",
    "adref.yaml",
    "drafts/README.md",
    "references/README.md",
];

/// A command in a folder, with nobody's own settings, and with the tool on its path.
fn command(folder: &Path, name: &str) -> Command {
    let own = Path::new(env!("CARGO_BIN_EXE_adref")).parent().unwrap().to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths([own].into_iter().chain(std::env::split_paths(&path)));
    let mut command = Command::new(name);
    command.current_dir(folder).stdin(Stdio::null()).env("PATH", path.unwrap());
    command.env("GIT_CONFIG_GLOBAL", folder.join("no-settings")).env("GIT_CONFIG_NOSYSTEM", "1");
    for (name, value) in [("NAME", "A Delegate"), ("EMAIL", "a@example.org")] {
        command.env(format!("GIT_AUTHOR_{name}"), value);
        command.env(format!("GIT_COMMITTER_{name}"), value);
    }
    command.env("COLUMNS", "80").env("ADREF_LIBRARY", "personal").env("ADREF_CACHE", "cache");
    command
}

fn run(folder: &Path, line: &[&str]) -> Output {
    command(folder, line[0]).args(&line[1..]).output().unwrap()
}

fn adref(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, env!("CARGO_BIN_EXE_adref")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every file below a folder but git's own, with what it holds.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn collect(folder: &Path, at: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            let name = path.strip_prefix(at).unwrap().to_string_lossy().replace('\\', "/");
            if path.is_dir() && name != ".git" {
                collect(&path, at, found);
            } else if path.is_file() {
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(folder, folder, &mut found);
    found
}

#[test]
fn init_writes_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let first = adref(root, &["init", "talks"]);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let at = root.join("talks");
    let written = files(&at);
    assert_eq!(written.keys().collect::<Vec<_>>(), WRITTEN);
    let told = text(&first.stdout);
    assert!(WRITTEN.iter().all(|name| told.contains(name)), "{told}");
    // What is there is left alone, to the byte, and said.
    for name in WRITTEN {
        fs::write(at.join(name), "our own").unwrap();
    }
    fs::remove_file(at.join("drafts/README.md")).unwrap();
    let before = files(&at);
    let again = adref(&at, &["init"]);
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(files(&at), before);
    let told = text(&again.stdout);
    assert_eq!(told.lines().filter(|line| line.starts_with("left alone")).count(), 7, "{told}");
    assert!(!told.contains("written"), "{told}");
}

#[test]
fn what_init_writes_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    adref(at, &["init"]);
    // Settings, and the schema that editors hold them against.
    let official: Value =
        serde_json::from_str(&fs::read_to_string(at.join("adref.schema.json")).unwrap()).unwrap();
    let holds = |text: &str| {
        let settings: Value = serde_yaml::from_str(text).unwrap();
        schema::faults(&official, &official, &settings, "$")
    };
    let settings = fs::read_to_string(at.join("adref.yaml")).unwrap();
    assert!(settings.starts_with("# yaml-language-server: $schema=adref.schema.json\n"));
    assert_eq!(holds(&settings), Vec::<String>::new());
    let is_set = |line: &&str| line.strip_prefix("# ").is_none_or(|l| l.starts_with(' '));
    let set: Vec<&str> =
        settings.lines().filter(is_set).map(|l| l.trim_start_matches('#')).collect();
    assert_eq!(holds(&set.join("\n")), Vec::<String>::new());
    for page in ["README.md", "docs/check.md"] {
        let page = fs::read_to_string(root().join(page)).unwrap();
        let blocks = page.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        for block in blocks {
            assert_eq!(holds(block), Vec::<String>::new(), "{block}");
        }
    }
    for wrong in
        ["libary: x", "check: { rules: { placeholder: eror } }", "thresholds: { recalled: 25 }"]
    {
        assert_ne!(holds(wrong), Vec::<String>::new(), "{wrong}");
    }
    // What forges read is YAML at least; what they make of it, only they can say.
    for name in [".github/workflows/adref.yml", ".gitlab-ci.yml"] {
        let read: Value =
            serde_yaml::from_str(&fs::read_to_string(at.join(name)).unwrap()).unwrap();
        assert!(read.is_object(), "{name}");
    }
}

/// A repository made by `init`, with the sample draft and its library; none where there is no git.
fn repository() -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    if !run(at, &["git", "init", "--quiet"]).status.success() {
        println!("skipped: there is no git here");
        return None;
    }
    assert!(adref(at, &["init"]).status.success());
    for inside in ["drafts", "references"] {
        for file in markdown_in(&root().join(inside)) {
            fs::copy(&file, at.join(inside).join(file.file_name().unwrap())).unwrap();
        }
    }
    assert!(run(at, &["git", "add", "."]).status.success());
    let committed = run(at, &["git", "commit", "--quiet", "--no-verify", "-m", "Begin"]);
    assert!(committed.status.success(), "{}", text(&committed.stderr));
    Some(folder)
}

#[test]
fn the_hook_stops_a_commit() {
    let Some(folder) = repository() else { return };
    let at = folder.path();
    let commit = |name: &str, words: &str| {
        fs::write(at.join("drafts").join(name), words).unwrap();
        assert!(run(at, &["git", "add", "."]).status.success());
        run(at, &["git", "commit", "--quiet", "-m", "Lamps"])
    };
    let refused = commit("new lamps.md", "1. Lamps shall burn [TBC] on every bridge.\n");
    assert!(!refused.status.success());
    let said = text(&refused.stdout) + &text(&refused.stderr);
    assert!(said.contains("drafts/new lamps.md:1:21"), "{said}");
    let kept = commit("new lamps.md", "1. Lamps shall burn on every bridge.\n");
    assert!(kept.status.success(), "{}{}", text(&kept.stdout), text(&kept.stderr));
    // A commit without drafts is not held up by those that stand there.
    fs::write(at.join("drafts/open.md"), "1. Lamps shall burn [TBC].\n").unwrap();
    fs::write(at.join("drafts/README.md"), "1. [TBC]\n").unwrap();
    assert!(run(at, &["git", "add", "drafts/README.md"]).status.success());
    let other = run(at, &["git", "commit", "--quiet", "-m", "Explain"]);
    assert!(other.status.success(), "{}", text(&other.stdout));
    // Another clone has it for the asking.
    let clone = tempfile::tempdir().unwrap();
    let there = clone.path().join("clone");
    let cloned = run(clone.path(), &["git", "clone", "--quiet", at.to_str().unwrap(), "clone"]);
    assert!(cloned.status.success());
    assert!(run(&there, &["git", "config", "core.hooksPath", ".githooks"]).status.success());
    fs::write(there.join("drafts/lamps.md"), "1. Lamps shall burn [TBC].\n").unwrap();
    assert!(run(&there, &["git", "add", "."]).status.success());
    assert!(!run(&there, &["git", "commit", "--quiet", "-m", "Lamps"]).status.success());
}

/// What is committed is judged, not what stands in the folder meanwhile.
#[test]
fn the_hook_judges_what_is_staged() {
    let Some(folder) = repository() else { return };
    let at = folder.path();
    let stage = |words: &str, meanwhile: &str| {
        fs::write(at.join("drafts/new lamps.md"), words).unwrap();
        assert!(run(at, &["git", "add", "."]).status.success());
        fs::write(at.join("drafts/new lamps.md"), meanwhile).unwrap();
        run(at, &["git", "commit", "--quiet", "-m", "Lamps"])
    };
    let (open, done) = ("1. Lamps burn [TBC] bright.\n", "1. Lamps burn bright.\n");
    let refused = stage(open, done);
    let said = text(&refused.stdout) + &text(&refused.stderr);
    assert!(!refused.status.success() && said.contains("drafts/new lamps.md:1:15"), "{said}");
    let kept = stage(done, open);
    assert!(kept.status.success(), "{}{}", text(&kept.stdout), text(&kept.stderr));
    let left = fs::read_to_string(at.join("drafts/new lamps.md")).unwrap();
    assert_eq!(left, open);
}

/// Hooks of one's own, and hooks kept elsewhere, are left alone.
#[test]
fn the_hook_takes_nobodys_place() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    if !run(at, &["git", "init", "--quiet"]).status.success() {
        return println!("skipped: there is no git here");
    }
    fs::create_dir_all(at.join(".git/hooks")).unwrap();
    fs::write(at.join(".git/hooks/pre-commit"), "#!/bin/sh\nexit 0\n").unwrap();
    assert!(adref(at, &["init"]).status.success());
    let own = fs::read_to_string(at.join(".git/hooks/pre-commit")).unwrap();
    assert_eq!(own, "#!/bin/sh\nexit 0\n");
    fs::remove_file(at.join(".git/hooks/pre-commit")).unwrap();
    assert!(run(at, &["git", "config", "core.hooksPath", "elsewhere"]).status.success());
    assert!(adref(at, &["init"]).status.success());
    assert!(!at.join(".git/hooks/pre-commit").exists() && !at.join("elsewhere").exists());
}

/// The commands in the `sh` blocks of a page.
fn commands(page: &str) -> Vec<String> {
    let blocks = page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

#[test]
fn the_commands_of_the_page_run() {
    let Some(folder) = repository() else { return };
    let at = folder.path();
    let page = fs::read_to_string(root().join("docs/check.md")).unwrap();
    let commands = commands(&page);
    assert!(commands.len() > 10, "{commands:?}");
    for line in &commands {
        let ended = run(at, &["sh", "-c", line]);
        let code = ended.status.code();
        assert!(matches!(code, Some(0 | 1)), "{line}: {code:?} {}", text(&ended.stderr));
    }
    for made in ["adref.sarif", "adref-junit.xml", "gl-code-quality-report.json", "man/adref.1"] {
        assert!(at.join(made).is_file(), "{made}");
    }
}

/// What runs on a forge is what the page says.
#[test]
fn forges_run_the_commands_of_the_page() {
    let commands = commands(&fs::read_to_string(root().join("docs/check.md")).unwrap());
    let mut told = 0;
    for name in ["github.yml", "gitlab.yml"] {
        let text = fs::read_to_string(root().join("src/cli/init").join(name)).unwrap();
        for line in text.lines().map(str::trim) {
            let own = line.strip_prefix("run: ").or(line.strip_prefix("- ")).unwrap_or(line);
            if own.starts_with("adref ") {
                assert!(commands.iter().any(|command| command == own), "{name}: {own}");
                told += 1;
            }
        }
    }
    assert_eq!(told, 4);
    let action = fs::read_to_string(root().join("action.yml")).unwrap();
    let action: Value = serde_yaml::from_str(&action).unwrap();
    let usual = action["inputs"]["arguments"]["default"].as_str().unwrap();
    assert!(commands.contains(&format!("adref check {usual}")));
    let hooks = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let hooks: Value = serde_yaml::from_str(&hooks).unwrap();
    assert!(commands.contains(&hooks[0]["entry"].as_str().unwrap().to_owned()));
}

#[test]
fn shells_complete() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let printed = adref(at, &["completions", shell]);
        assert_eq!(printed.status.code(), Some(0));
        let script = text(&printed.stdout);
        for word in ["annotate", "references", "changed-since", "write-baseline"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
        // A shell that is here reads it without a fault.
        let path = at.join(shell);
        fs::write(&path, &script).unwrap();
        if let Ok(read) = command(at, shell).arg("-n").arg(&path).output() {
            assert!(read.status.success(), "{shell}: {}", text(&read.stderr));
        }
    }
    let script = "source ./bash; COMP_WORDS=(adref che); COMP_CWORD=1; _adref adref che adref; echo ${COMPREPLY[*]}";
    if let Ok(completed) = command(at, "bash").args(["-c", script]).output() {
        assert_eq!(text(&completed.stdout).trim(), "check", "{}", text(&completed.stderr));
    }
}

#[test]
fn a_page_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    assert_eq!(adref(at, &["man", "--output", "pages/man1"]).status.code(), Some(0));
    let pages: Vec<PathBuf> =
        fs::read_dir(at.join("pages/man1")).unwrap().map(|page| page.unwrap().path()).collect();
    let help = text(&adref(at, &["help"]).stdout);
    let named = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let named = named.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let named: Vec<&str> = named.map(|line| line.split_whitespace().next().unwrap()).collect();
    assert!(named.contains(&"check"), "{named:?}");
    for name in named.iter().filter(|name| **name != "help") {
        let page = fs::read_to_string(at.join(format!("pages/man1/adref-{name}.1"))).unwrap();
        for part in [".TH", ".SH NAME", ".SH SYNOPSIS", "\\-\\-library"] {
            assert!(page.contains(part), "{name}: {part}");
        }
    }
    assert!(pages.iter().any(|page| page.ends_with("adref-references-fetch.1")));
    let first = fs::read_to_string(at.join("pages/man1/adref.1")).unwrap();
    assert_eq!(text(&adref(at, &["man"]).stdout), first);
}
