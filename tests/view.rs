//! A draft goes in; the page that `adref view` serves comes out, is made anew as files change, and goes to nobody else.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The tool while it serves; it ends with the test.
struct Serving {
    child: Child,
    address: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    fn start(folder: &Path, draft: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_adref"))
            .args(["view", draft, "--no-open"])
            .current_dir(folder)
            .env("XDG_DATA_HOME", folder)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").and_then(|url| url.split('/').next());
        let address = address.unwrap_or_else(|| panic!("no address: {line}")).to_owned();
        Self { child, address }
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let code = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (code, answer)
    }

    fn page(&self) -> String {
        let (code, page) = self.ask("GET", "/", &self.address);
        assert_eq!(code, 200);
        page
    }

    /// Waits until the page says something.
    fn says(&self, wanted: &str) {
        let from = Instant::now();
        while !self.page().contains(wanted) {
            assert!(from.elapsed() < Duration::from_secs(60), "the page never said: {wanted}");
            sleep(Duration::from_millis(50));
        }
    }
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("references")).unwrap();
    let lamps = "---\nsymbol: A/RES/99/1\ntitle: Lamps\nadopted: 2044-12-20\n---\n\n\
        1. Calls upon all towns to light every bridge from dusk to dawn, and to count their lamps each spring;\n";
    fs::write(folder.path().join("references/a-res-99-1.md"), lamps).unwrap();
    fs::write(
        folder.path().join("draft.md"),
        "1. We keep the river clean for all who swim in it.\n",
    )
    .unwrap();
    folder
}

#[test]
fn the_page_follows_the_draft_and_the_library() {
    let folder = folder();
    let serving = Serving::start(folder.path(), "draft.md");
    assert!(serving.address.starts_with("127.0.0.1:"), "this machine alone: {}", serving.address);
    serving.says("We keep the river clean");
    assert!(serving.page().contains("data-version=\"1\""));
    let draft = "1. We call upon all towns to light every bridge from dusk to dawn, and to count their lamps each spring.\n";
    fs::write(folder.path().join("draft.md"), draft).unwrap();
    serving.says("data-show=\"reaffirmed");
    let (_, version) = serving.ask("GET", "/version", &serving.address);
    let version = version.rsplit("\r\n").next().unwrap().to_owned();
    assert!(version.parse::<usize>().unwrap() > 1, "{version}");
    fs::remove_file(folder.path().join("references/a-res-99-1.md")).unwrap();
    serving.says("data-show=\"new");
}

#[test]
fn a_draft_that_cannot_be_read_is_told_and_comes_back() {
    let folder = folder();
    let serving = Serving::start(folder.path(), "draft.md");
    let path = folder.path().join("draft.md");
    fs::write(&path, "---\ntitle: [\n---\n\n1. Broken <b>.\n").unwrap();
    serving.says("The draft cannot be shown");
    assert!(serving.page().contains("draft.md"), "the file is named");
    fs::write(&path, "1. We are back.\n").unwrap();
    serving.says("We are back");
}

#[test]
fn nobody_else_is_answered() {
    let folder = folder();
    let serving = Serving::start(folder.path(), "draft.md");
    for (method, path, host, wanted) in [
        ("GET", "/", "example.org", 403),
        ("GET", "/version", "example.org", 403),
        ("GET", "/draft.md", serving.address.as_str(), 404),
        ("GET", "/../draft.md", serving.address.as_str(), 404),
        ("POST", "/", serving.address.as_str(), 404),
        ("GET", "/?x=1", serving.address.as_str(), 200),
        ("GET", "/", &format!("{}\r\nOrigin: http://example.org", serving.address), 403),
        ("GET", "/", &format!("{}\r\nSec-Fetch-Site: cross-site", serving.address), 403),
        ("GET", "/", &format!("{}\r\nSec-Fetch-Site: same-origin", serving.address), 200),
    ] {
        let (code, answer) = serving.ask(method, path, host);
        assert_eq!(code, wanted, "{method} {path} of {host}");
        assert_eq!(answer.contains("We keep the river"), code == 200, "{method} {path} of {host}");
    }
}
