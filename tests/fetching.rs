//! Symbols in; documents from a server of the test's own, and every fault a server can have, out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod loopback;

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

use adref::library::fetch::{FetchError, Fetched, Fetcher, Patience, Request, Template};
use adref::text::Language;
use loopback::{Answer, Server, answer, cut, gzipped, ok};

const DOCUMENT: &[u8] =
    b"---\nsymbol: A/RES/70/125\n---\n\n1. We decide to publish the timetable of every bus.\n";
const OTHER: &[u8] =
    b"---\nsymbol: A/RES/70/126\n---\n\n1. We decide to publish the timetable of every train.\n";

/// Patience that a test has.
fn brief() -> Patience {
    Patience {
        pause: Duration::ZERO,
        whole: Duration::from_secs(20),
        largest: 100_000,
        ..Patience::default()
    }
}

fn from(servers: &[&Server]) -> Request {
    let mirrors = servers.iter().map(|server| Template::parse(&server.mirror()).unwrap()).collect();
    Request { mirrors, official: false, patience: brief(), ..Request::default() }
}

/// What a fetch gives, and how long it would have waited each time.
fn fetched(request: Request, symbol: &str) -> (Result<Fetched, FetchError>, Vec<u64>) {
    let slept = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&slept);
    let sleep = move |wait: Duration| log.borrow_mut().push(wait.as_secs());
    let result = Fetcher::with_sleep(request, Box::new(sleep)).fetch(symbol);
    let slept = slept.borrow().clone();
    (result, slept)
}

#[test]
fn a_document_comes_as_it_is() {
    let server = Server::start(vec![ok(DOCUMENT)]);
    let request = Request { language: Language::Fr, ..from(&[&server]) };
    let document = fetched(request, " a/RES/70/125 ").0.unwrap();
    assert_eq!(document.bytes, DOCUMENT);
    assert_eq!(document.text.paragraphs.len(), 1);
    assert!(!document.kept);
    let requests = server.requests();
    let [head] = requests.as_slice() else { panic!("{requests:?}") };
    assert!(head.starts_with("GET /fr/A/RES/70/125.pdf HTTP/1.1\r\n"), "{head}");
    let agent = concat!("user-agent: adref/", env!("CARGO_PKG_VERSION"));
    assert!(head.to_lowercase().contains(agent), "{head}");
}

#[test]
fn a_compressed_answer() {
    let body = gzipped(DOCUMENT);
    let server = Server::start(vec![answer("200 OK", &["Content-Encoding: gzip"], &body)]);
    assert_eq!(fetched(from(&[&server]), "A/RES/70/125").0.unwrap().bytes, DOCUMENT);
}

/// What a server answers, what is said of it, and how often it is asked.
type Fault = (&'static str, Vec<Answer>, &'static str, usize);

#[test]
fn what_is_no_document_is_told_apart() {
    let loops: Vec<Answer> =
        (0..20).map(|_| answer("302 Found", &["Location: /again"], b"")).collect();
    let busy: Vec<Answer> = (0..20).map(|_| answer("503 Busy", &[], b"")).collect();
    let broken: Vec<Answer> = (0..20).map(|_| cut(DOCUMENT)).collect();
    let faults: Vec<Fault> = vec![
        ("empty body", vec![ok(b"")], "has no such document (it answered with an empty page)", 1),
        ("white space", vec![ok(b" \r\n")], "has no such document (it answered with an empty", 1),
        (
            "a page",
            vec![ok(b"<!DOCTYPE html><html>A/RES/70/125 not found</html>")],
            "has no such document (it answered with a web page)",
            1,
        ),
        ("another document", vec![ok(OTHER)], "answered with another document: A/RES/70/126", 1),
        (
            "a message",
            vec![ok(b"A/RES/70/125: no")],
            "a document that does not bear this symbol",
            1,
        ),
        ("no text", vec![ok(b"\x89PNG\r\n\x1a\n\0\0")], "cannot be read: this is a picture", 1),
        ("404", vec![answer("404 Not Found", &[], b"no")], "has no such document (404)", 1),
        ("403", vec![answer("403 Forbidden", &[], b"")], "does not allow this request (403)", 1),
        ("teapot", vec![answer("418 Teapot", &[], b"")], "did not answer with a document (418)", 1),
        ("a loop", loops, "leads in a circle", 6),
        (
            "to a file",
            vec![answer("302 Found", &["Location: file:///etc/passwd"], b"")],
            "not safe to follow: file:///etc/passwd",
            1,
        ),
        ("nowhere", vec![answer("302 Found", &[], b"")], "leads nowhere", 1),
        ("always busy", busy, "is out of order at present (503); try again later", 4),
        ("always cut", broken, "broke off in the middle of the document", 4),
        (
            "not HTTP",
            vec![Answer::Bytes(b"220 mail.example.org ESMTP\r\n".to_vec())],
            "gives an answer that is not understood",
            1,
        ),
        (
            "come back in an hour",
            vec![answer("429 Too Many Requests", &["Retry-After: 3600"], b"")],
            "asks to come back in 60 minutes",
            1,
        ),
        ("a flood", vec![Answer::Flood], "a file too large for a document", 1),
    ];
    for (name, answers, told, asked) in faults {
        let server = Server::start(answers);
        let (result, _) = fetched(from(&[&server]), "A/RES/70/125");
        let message = result.map(|_| ()).unwrap_err().to_string();
        let wanted = format!("A/RES/70/125: the mirror {} ", server.host);
        assert!(message.starts_with(&wanted) && message.contains(told), "{name}: {message}");
        assert_eq!(server.requests().len(), asked, "{name}: {message}");
    }
}

#[test]
fn nobody_listens() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mirror = Template::parse(&format!("http://{port}/{{symbol}}")).unwrap();
    let request =
        Request { mirrors: vec![mirror], official: false, patience: brief(), ..Request::default() };
    let (result, slept) = fetched(request, "A/RES/70/125");
    let message = result.unwrap_err().to_string();
    assert!(message.contains("cannot be reached: it refuses the connection"), "{message}");
    assert_eq!(slept, [2, 4, 8]);
}

#[test]
fn a_document_that_drips() {
    let server = Server::start(vec![Answer::Drip, Answer::Drip]);
    let patience = Patience { whole: Duration::from_millis(400), tries: 2, ..brief() };
    let (result, _) = fetched(Request { patience, ..from(&[&server]) }, "A/RES/70/125");
    let message = result.unwrap_err().to_string();
    assert!(message.contains("answers too slowly"), "{message}");
}

#[test]
fn patience_with_what_passes() {
    let busy = |status, headers: &[&str]| answer(status, headers, b"");
    for (answers, waits) in [
        (vec![busy("429 Too Many", &["Retry-After: 7"]), ok(DOCUMENT)], &[7][..]),
        (vec![busy("429 Too Many", &["Retry-After: 0"]), ok(DOCUMENT)], &[2]),
        (
            vec![
                busy("429 Too Many", &["Retry-After: Fri, 31 Dec 1999 23:59:59 GMT"]),
                ok(DOCUMENT),
            ],
            &[2],
        ),
        (
            vec![busy("500 Oh", &[]), busy("502 Oh", &[]), busy("504 Oh", &[]), ok(DOCUMENT)],
            &[2, 4, 8],
        ),
        (vec![cut(DOCUMENT), ok(DOCUMENT)], &[2]),
        (vec![Answer::Bytes(Vec::new()), ok(DOCUMENT)], &[2]),
    ] {
        let server = Server::start(answers);
        let (result, slept) = fetched(from(&[&server]), "A/RES/70/125");
        assert_eq!(result.unwrap().bytes, DOCUMENT);
        assert_eq!(slept, waits);
    }
}

#[test]
fn a_pause_between_two_requests() {
    let server = Server::start(vec![ok(DOCUMENT), ok(OTHER)]);
    let slept = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&slept);
    let patience = Patience { pause: Duration::from_secs(3600), ..brief() };
    let sleep = move |wait: Duration| log.borrow_mut().push(wait);
    let request = Request { patience, ..from(&[&server]) };
    let mut fetcher = Fetcher::with_sleep(request, Box::new(sleep));
    fetcher.fetch("A/RES/70/125").unwrap();
    assert!(slept.borrow().is_empty());
    fetcher.fetch("A/RES/70/126").unwrap();
    let slept = slept.borrow();
    assert!(matches!(slept.as_slice(), [wait] if *wait > Duration::from_secs(3000)), "{slept:?}");
}

#[test]
fn redirections_lead_to_the_document() {
    let there = Server::start(vec![ok(DOCUMENT)]);
    // The same machine under another name is another host.
    let port = there.host.rsplit(':').next().unwrap();
    let other = format!("Location: http://localhost:{port}/x");
    let here = Server::start(vec![
        answer("301 Moved", &["Location: /elsewhere"], b""),
        answer("307 Moved", &["Location: ../sideways?x=y"], b""),
        answer("302 Found", &[&other], b""),
    ]);
    let document = fetched(from(&[&here]), "A/RES/70/125").0.unwrap();
    assert_eq!(document.bytes, DOCUMENT);
    assert!(there.requests()[0].starts_with("GET /x "), "{:?}", there.requests());
    assert!(here.requests()[2].starts_with("GET /sideways?x=y "), "{:?}", here.requests());
}

#[test]
fn a_host_that_does_not_prove_who_it_is() {
    let there = Server::start(vec![ok(DOCUMENT)]);
    let location = format!("Location: https://{}/x", there.host);
    let here = Server::start(vec![answer("302 Found", &[&location], b"")]);
    let patience = Patience { tries: 1, whole: Duration::from_secs(2), ..brief() };
    let (result, _) = fetched(Request { patience, ..from(&[&here]) }, "A/RES/70/125");
    assert!(result.is_err());
    assert!(there.requests().is_empty());
}

#[test]
fn mirrors_in_their_order() {
    let empty = Server::start(vec![ok(b""), ok(b"")]);
    let full = Server::start(vec![ok(DOCUMENT), answer("404 Not Found", &[], b"")]);
    let request = from(&[&empty, &full]);
    let document = fetched(request.clone(), "A/RES/70/125").0.unwrap();
    assert!(document.from.contains(&full.host));
    let message = fetched(request, "A/RES/70/125").0.unwrap_err().to_string();
    assert!(message.contains("an empty page") && message.contains("(404)"), "{message}");
}

#[test]
fn what_is_kept_is_not_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(vec![ok(DOCUMENT), ok(DOCUMENT), ok(DOCUMENT), ok(OTHER)]);
    let request = Request { cache: Some(folder.path().join("deep/cache")), ..from(&[&server]) };
    let kept = |refresh| {
        let request = Request { refresh, ..request.clone() };
        fetched(request, "A/RES/70/125").0.unwrap().kept
    };
    assert!(!kept(false));
    assert!(kept(false));
    assert_eq!(server.requests().len(), 1);
    assert!(!kept(true));
    // What was damaged is asked for again.
    let file =
        fs::read_dir(folder.path().join("deep/cache")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() = b'!';
    fs::write(&file, bytes).unwrap();
    assert!(!kept(false));
    assert_eq!(server.requests().len(), 3);
    // What is not the document is not kept.
    assert!(fetched(request.clone(), "A/RES/70/1").0.is_err());
    assert_eq!(fs::read_dir(folder.path().join("deep/cache")).unwrap().count(), 1);
}

#[test]
fn what_is_no_symbol_is_not_asked_for() {
    let server = Server::start(Vec::new());
    for wrong in ["GDC", "", "A/RES/70/125?x=y", "../../A/1", "A/RES/70/125\nHost: example.org"] {
        let message = fetched(from(&[&server]), wrong).0.unwrap_err().to_string();
        assert!(message.contains("this is no document symbol"), "{message}");
    }
    assert!(server.requests().is_empty());
}

fn adref(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adref"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command.env("COLUMNS", "80").env("ADREF_LIBRARY", "mine").env("ADREF_CACHE", "cache");
    for proxy in
        ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
    {
        command.env_remove(proxy);
    }
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn from_a_mirror_into_the_library() {
    let server = Server::start(vec![ok(b""), ok(DOCUMENT), ok(DOCUMENT)]);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("references")).unwrap();
    fs::write(root.join("adref.yaml"), format!("mirror: {}\n", server.mirror())).unwrap();
    let fetch = ["references", "fetch", "--mirror-only", "A/RES/70/999", "A/RES/70/125"];
    let (code, shown, said) = adref(root, &fetch);
    let host = &server.host;
    assert_eq!(
        said,
        format!(
            "error: A/RES/70/999: the mirror {host} has no such document (it answered with an empty page); check \
             the symbol\n"
        )
    );
    assert_eq!(
        shown,
        "A/RES/70/125: added as a-res-70-125.md\n1 added. Library: ./references\n1 of 2 could not be fetched\n"
    );
    assert_eq!(code, Some(2));
    assert_eq!(fs::read(root.join("references/a-res-70-125.md")).unwrap(), DOCUMENT);
    let record = fs::read_to_string(root.join("references/adref-library.json")).unwrap();
    assert!(record.contains(&format!("http://{host}/en/A/RES/70/125.pdf")), "{record}");

    // Held: nobody is asked.
    let fetch = ["references", "fetch", "--mirror-only", "A/RES/70/125"];
    let (code, shown, said) = adref(root, &fetch);
    let held =
        "A/RES/70/125: already held in ./references/a-res-70-125.md; --refresh fetches it anew\n";
    assert_eq!((code, shown.as_str(), said.as_str()), (Some(0), held, ""));
    // Removed, and kept in the cache: nobody is asked either.
    assert_eq!(adref(root, &["references", "remove", "A/RES/70/125"]).0, Some(0));
    let personal = [&fetch[..], &["--personal"]].concat();
    let (code, shown, _) = adref(root, &personal);
    assert_eq!((code, server.requests().len()), (Some(0), 2));
    assert!(shown.ends_with("1 added. Library: mine\n"), "{shown}");
    assert!(root.join("mine/a-res-70-125.md").is_file());
}
