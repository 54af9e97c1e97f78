//! The source files go in; every wall of the architecture that one of them breaks comes out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The stages, in their order. None of them knows another.
const STAGES: [&str; 9] =
    ["read", "cite", "library", "reuse", "mark", "ask", "compare", "check", "report"];

/// Walls with a door, and why: (from, to, reason).
const DOORS: [(&str, &str, &str); 1] = [(
    "library",
    "read",
    "a reference is read exactly as a draft is; a second reader would be a second set of faults",
)];

/// Stages that may open files: reading references is what the library is for.
const FILES_ALLOWED: [&str; 1] = ["library"];

/// No file is longer than this, so that one can be read in one sitting.
const LONGEST: usize = 450;

/// Files that are longer for now, with the length they may not pass. Shorten one, and take it out here.
const LONG: [(&str, usize); 0] = [];

/// A file of `src/`.
struct File {
    /// Path below `src/`, with `/` on every system.
    name: String,
    text: String,
    /// The text without comments and without the unit tests at its end.
    code: String,
}

impl File {
    /// The folder or file right below `src/`: `cite`, `pipeline`.
    fn module(&self) -> &str {
        self.name.split(['/', '.']).next().unwrap_or_default()
    }
}

fn files() -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&src, &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        File { name, code: code.collect::<Vec<_>>().join("\n"), text }
    };
    paths.into_iter().map(read).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            paths.push(path);
        }
    }
}

/// The modules right below the crate that a file names: `crate::read::…`, `use crate::{cite, mark::Mark}`,
/// and `super::super::read` from two folders down.
fn named(file: &File) -> Vec<String> {
    let ident = |text: &str| -> String {
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let depth = file.name.matches('/').count() - usize::from(file.name.ends_with("/mod.rs"));
    let climb = "super::".repeat(depth + 1);
    let mut found = Vec::new();
    for way in ["crate::", "adref::", climb.as_str()] {
        for (at, _) in file.code.match_indices(way) {
            let before = file.code.get(..at).unwrap_or_default();
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let rest = file.code.get(at + way.len()..).unwrap_or_default();
            match rest.strip_prefix('{') {
                Some(list) => found.extend(heads(list)),
                None => found.push(ident(rest)),
            }
        }
    }
    found
}

/// The first word of each item of a `use` list, up to its closing brace.
fn heads(list: &str) -> Vec<String> {
    let mut depth = 0;
    let mut heads = vec![String::new()];
    let mut fresh = true;
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(String::new());
                fresh = true;
            }
            _ if depth == 0 && fresh && (c.is_alphanumeric() || c == '_') => {
                heads.last_mut().unwrap().push(c);
            }
            _ if depth == 0 && c == ':' => fresh = false,
            _ => {}
        }
    }
    heads
}

fn report(faults: &[String]) {
    assert!(faults.is_empty(), "\n  {}\n", faults.join("\n  "));
}

#[test]
fn stages_do_not_know_each_other() {
    let mut faults = Vec::new();
    for file in files().iter().filter(|file| STAGES.contains(&file.module())) {
        let own = file.module();
        for other in named(file) {
            let stage = STAGES.contains(&other.as_str()) && other != own;
            let door = DOORS.iter().any(|(from, to, _)| *from == own && *to == other);
            if stage && !door {
                faults.push(format!("src/{}: the stage {own} uses the stage {other}", file.name));
            }
            if matches!(other.as_str(), "pipeline" | "cli") {
                faults.push(format!("src/{}: the stage {own} uses {other}", file.name));
            }
        }
    }
    report(&faults);
}

#[test]
fn the_ground_floor_knows_only_itself() {
    let mut faults = Vec::new();
    let ground = |file: &&File| matches!(file.module(), "model" | "text" | "ooxml");
    for file in files().iter().filter(ground) {
        for other in named(file).iter().filter(|other| !other.is_empty()) {
            let lower = other.starts_with(|c: char| c.is_lowercase());
            let own = other == "ooxml" && file.module() == "ooxml";
            if lower && !own && !matches!(other.as_str(), "model" | "text") {
                faults.push(format!("src/{}: {} uses {other}", file.name, file.module()));
            }
        }
    }
    report(&faults);
}

#[test]
fn every_door_is_used() {
    let files = files();
    for (from, to, reason) in DOORS {
        let used = files.iter().any(|f| f.module() == from && named(f).iter().any(|n| n == to));
        assert!(used, "the door from {from} to {to} ({reason}) is not used: close it");
    }
}

#[test]
fn only_the_library_and_the_command_line_touch_the_system() {
    const SYSTEM: [&str; 7] =
        ["std::fs", "std::net", "std::process", "std::env", "File::", "stdin()", "Command::new"];
    let mut faults = Vec::new();
    for file in files() {
        let outside = matches!(file.module(), "cli" | "main");
        let allowed = FILES_ALLOWED.contains(&file.module());
        for word in SYSTEM.iter().filter(|word| file.code.contains(**word)) {
            if !(outside || allowed && matches!(*word, "std::fs" | "File::")) {
                faults.push(format!("src/{}: {word}", file.name));
            }
        }
    }
    report(&faults);
}

#[test]
fn one_folder_uses_the_network() {
    // One asks; the other answers this machine alone.
    let outside =
        |file: &&File| !file.name.starts_with("library/fetch/") && file.name != "cli/view/serve.rs";
    let mut faults = Vec::new();
    for file in files().iter().filter(outside) {
        for word in ["ureq", "std::net", "TcpStream", "tiny_http"] {
            if file.code.contains(word) {
                faults.push(format!("src/{}: {word}", file.name));
            }
        }
    }
    report(&faults);
}

#[test]
fn the_library_neither_prints_nor_exits() {
    const LOUD: [&str; 8] = [
        "println!",
        "print!(",
        "eprintln!",
        "eprint!(",
        "dbg!(",
        "stdout()",
        "stderr()",
        "process::exit",
    ];
    let mut faults = Vec::new();
    for file in files() {
        for word in LOUD.iter().filter(|word| file.code.contains(**word)) {
            // The command line writes reports and messages, through handles that can fail, not macros.
            let handle = matches!(*word, "stdout()" | "stderr()");
            if !(file.module() == "cli" && handle) {
                faults.push(format!("src/{}: {word}", file.name));
            }
        }
    }
    report(&faults);
}

#[test]
fn every_module_says_what_goes_in_and_what_comes_out() {
    let mut faults = Vec::new();
    for file in files() {
        let first = file.text.lines().next().unwrap_or_default();
        if !first.starts_with("//! ") {
            faults.push(format!("src/{}: does not open with a `//!` line", file.name));
        }
    }
    report(&faults);
}

#[test]
fn files_stay_short() {
    let mut faults = Vec::new();
    for file in files() {
        let lines = file.text.lines().count();
        let known = LONG.iter().find(|(name, _)| *name == file.name);
        let most = known.map_or(LONGEST, |(_, most)| *most);
        if lines > most {
            faults.push(format!("src/{}: {lines} lines, at most {most}", file.name));
        }
    }
    report(&faults);
}

#[test]
fn the_walls_would_notice() {
    let code = "use crate::{model::{Draft, Span}, read, mark::Mark};\nfn f() { crate::cite::x() }\n\
                use super::super::report::wrap;";
    let file =
        File { name: "reuse/deep/x.rs".to_owned(), text: String::new(), code: code.to_owned() };
    let mut found = named(&file);
    found.sort();
    found.retain(|name| !name.is_empty());
    assert_eq!(found, ["cite", "mark", "model", "read"]);
    let near = File { name: "reuse/x.rs".to_owned(), ..file };
    assert!(named(&near).iter().any(|name| name == "report"));
}
