//! Texts, folders and archives in; the library they are kept in, and what it says of them, out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use adref::library::{Added, Incoming, Outcome, Store, add, verify};
use adref::model::Severity;
use adref::read;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A Markdown text of one paragraph.
fn text(front: &str, words: &str) -> String {
    format!("---\n{front}\n---\n\n1. {words}\n")
}

/// The same text as AKN4UN XML.
fn akn(symbol: &str, words: &str) -> String {
    format!(
        "<akomaNtoso><statement name=\"resolution\"><coverPage><container name=\"symbol\"><docNumber refersTo=\"#symbol\">{symbol}\
         </docNumber></container></coverPage><mainBody><paragraph><num>1.</num><content><p>{words}</p></content>\
         </paragraph></mainBody></statement></akomaNtoso>"
    )
}

struct Kept {
    folder: tempfile::TempDir,
}

impl Kept {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    /// A file beside the library.
    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join("given").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn add(&self, paths: &[PathBuf], replace: bool) -> Added {
        let mut store = Store::open(&self.library()).unwrap();
        add(&mut store, paths, replace, &mut |_, _| {}).unwrap()
    }

    /// Adds one file, and says in a word what became of it.
    fn one(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let added = self.add(&[self.file(name, bytes)], false);
        assert_eq!(added.faults, []);
        told(&added.placed[0].outcome)
    }

    fn held(&self) -> Vec<String> {
        names(&self.library())
    }
}

fn told(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Added { file } => format!("added {file}"),
        Outcome::Held { file } => format!("held {file}"),
        Outcome::Kept { file, why } => format!("kept {file}: {why}"),
        Outcome::Replaced { file, old, why } => format!("{file} for {old}: {why}"),
    }
}

fn names(folder: &Path) -> Vec<String> {
    let items = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        items.map(|item| item.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_text_is_kept_once_in_its_best_form() {
    let kept = Kept::new();
    let markdown = text("symbol: A/RES/70/125", "We decide.");
    assert_eq!(kept.one("x.md", &markdown), "added a-res-70-125.md");
    assert_eq!(kept.one("y.md", &markdown), "held a-res-70-125.md");
    assert_eq!(
        kept.one("x.xml", akn("A/RES/70/125", "We decide.")),
        "a-res-70-125.xml for a-res-70-125.md: it says the structure of the text more exactly"
    );
    assert_eq!(
        kept.one("x.md", &markdown),
        "kept a-res-70-125.xml: it says the structure of the text more exactly"
    );
    assert_eq!(kept.held(), ["a-res-70-125.xml", "adref-library.json"]);
    let path = kept.file("x.md", &markdown);
    let added = kept.add(&[path], true);
    assert_eq!(
        told(&added.placed[0].outcome),
        "a-res-70-125.md for a-res-70-125.xml: that was asked for"
    );
    assert_eq!(fs::read_to_string(kept.library().join("a-res-70-125.md")).unwrap(), markdown);
    // Excerpts never take the place of the whole.
    let excerpts = text("symbol: A/RES/70/125\nextent: excerpts", "We.");
    assert!(kept.one("e.md", excerpts).contains("it holds the whole text"));
}

#[test]
fn annexes_and_languages_are_texts_of_their_own() {
    let kept = Kept::new();
    assert_eq!(kept.one("a.md", text("symbol: A/RES/79/1", "We.")), "added a-res-79-1.md");
    assert_eq!(
        kept.one("b.md", text("symbol: A/RES/79/1\nannex: I", "We.")),
        "added a-res-79-1-annex-i.md"
    );
    let french = "Nous décidons de réduire les écarts et de garantir des services pour les habitants des îles";
    assert_eq!(kept.one("c.md", text("symbol: A/RES/79/1", french)), "added a-res-79-1.fr.md");
    assert_eq!(kept.one("Ünnamed text.md", "1. We decide.\n"), "added nnamed-text.md");
}

#[test]
fn a_reissue_takes_the_place_of_what_it_corrects() {
    let kept = Kept::new();
    let (first, second) =
        (text("symbol: A/79/L.2", "We decide."), text("symbol: A/79/L.2*", "We decide otherwise."));
    assert_eq!(kept.one("x.md", &first), "added a-79-l-2.md");
    assert_eq!(kept.one("x.md", &second), "a-79-l-2.md for a-79-l-2.md: the document was reissued");
    assert_eq!(kept.one("x.md", &first), "kept a-79-l-2.md: it was issued later");
    let other = text("symbol: A/79/L.2*", "We decide at last.");
    let differs = "a-79-l-2.md for a-79-l-2.md: its text differs from the one held";
    assert_eq!(kept.one("x.md", other), differs);
    assert_eq!(kept.held(), ["a-79-l-2.md", "adref-library.json"]);
}

#[test]
fn a_corrigendum_joins_what_it_corrects() {
    let kept = Kept::new();
    let corrigendum = kept.file("c.md", text("symbol: E/2024/13/Corr.1", "Insert a comma."));
    let added = kept.add(&[corrigendum], false);
    assert_eq!(added.placed[0].corrects, Some(("E/2024/13".to_owned(), None)));
    // What is corrected may come later.
    let base = kept.file("b.md", text("symbol: E/2024/13", "We decide."));
    let added = kept.add(&[base], false);
    assert_eq!(added.placed[0].corrected_by, ["e-2024-13-corr-1.md"]);
    assert_eq!(kept.held().len(), 3);
}

#[test]
fn what_somebody_made_by_hand_is_theirs() {
    let kept = Kept::new();
    fs::create_dir(kept.library()).unwrap();
    let own = text("symbol: A/RES/70/125\nnames: [WSIS+10]", "We decide.");
    fs::write(kept.library().join("mine.md"), &own).unwrap();
    let official = akn("A/RES/70/125", "We decide.");
    assert!(kept.one("x.xml", &official).starts_with("kept mine.md: somebody made"));
    assert_eq!(names(&kept.library()), ["mine.md"]);
    // The library added to itself is recorded, and no longer passes for made by hand.
    let added = kept.add(&[kept.library()], false);
    assert_eq!(told(&added.placed[0].outcome), "held mine.md");
    fs::write(kept.library().join("mine.md"), own.replace("decide", "do not decide")).unwrap();
    assert!(kept.one("x.xml", &official).starts_with("kept mine.md: somebody made"));
    let path = kept.file("x.xml", official);
    assert_eq!(
        told(&kept.add(&[path], true).placed[0].outcome),
        "a-res-70-125.xml for mine.md: that was asked for"
    );
}

#[test]
fn names_that_would_meet_do_not() {
    let kept = Kept::new();
    assert_eq!(kept.one("a.md", text("symbol: A/79/L.2", "We.")), "added a-79-l-2.md");
    let other = kept.one("b.md", text("symbol: A/79/L/2", "They."));
    assert!(other.starts_with("added a-79-l-2-") && other.ends_with(".md"), "{other}");
    let climbs = kept.one("c.md", text("symbol: ../../../etc/1", "We."));
    assert_eq!(climbs, "added etc-1.md");
    assert_eq!(names(kept.folder.path()), ["given", "library"]);
}

#[test]
fn one_bad_file_never_stops_the_rest() {
    let kept = Kept::new();
    kept.file("all/a.md", text("symbol: A/RES/1/1", "We."));
    kept.file("all/b.md", "---\nsymbol: [\n---\n");
    kept.file("all/c.xml", b"\xFF\xFE<\0");
    kept.file("all/deep/d.md", text("symbol: A/RES/1/2", "They."));
    kept.file("all/notes.csv", "nothing");
    kept.file("all/README.md", "nothing");
    kept.file("all/.hidden/e.md", text("symbol: A/RES/1/3", "You."));
    let all = kept.folder.path().join("given/all");
    let added = kept.add(&[all, kept.folder.path().join("none.md")], false);
    assert_eq!(added.placed.len(), 2);
    assert_eq!(added.skipped.len(), 1);
    let faults: Vec<&str> =
        added.faults.iter().map(|fault| fault.path.rsplit(['/', '\\']).next().unwrap()).collect();
    // What is not there is told first: texts are read in batches.
    assert_eq!(faults, ["none.md", "b.md", "c.xml"]);
}

#[test]
fn a_record_that_was_lost_is_made_anew() {
    let kept = Kept::new();
    let paths: Vec<PathBuf> = (1..4)
        .map(|n| kept.file(&format!("{n}.md"), text(&format!("symbol: A/RES/1/{n}"), "We.")))
        .collect();
    kept.add(&paths, false);
    let record = kept.library().join("adref-library.json");
    let before = fs::read(&record).unwrap();
    // As when the machine stopped before the record was written.
    fs::remove_file(&record).unwrap();
    fs::write(kept.library().join(".a-res-1-9.md.0.part"), "half").unwrap();
    let again = kept.add(&paths, false);
    assert!(again.placed.iter().all(|placed| matches!(placed.outcome, Outcome::Held { .. })));
    assert_eq!(fs::read(&record).unwrap(), before);
}

/// A zip archive of these members.
fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_archive_is_read_member_by_member() {
    let kept = Kept::new();
    let one = text("symbol: A/RES/1/1", "We.");
    let inner = archive(&[("two.md", text("symbol: A/RES/1/2", "They.").as_bytes())]);
    let innermost = archive(&[("inner.zip", &archive(&[("three.md", one.as_bytes())]))]);
    let zip = archive(&[
        ("folder/one.md", one.as_bytes()),
        ("folder/inner.zip", &inner),
        ("too-deep.zip", &innermost),
        ("__MACOSX/._one.md", b"\0\0"),
        ("folder/table.xlsx", b"nothing"),
        ("broken.xml", b"<akomaNtoso><p>"),
        ("../../climbs.md", text("symbol: A/RES/1/4", "You.").as_bytes()),
        ("/absolute.md", text("symbol: A/RES/1/5", "It.").as_bytes()),
        ("C:\\absolute.md", text("symbol: A/RES/1/6", "He.").as_bytes()),
    ]);
    let added = kept.add(&[kept.file("texts.zip", zip)], false);
    let names: Vec<&str> = added.placed.iter().map(|placed| placed.name.as_str()).collect();
    assert_eq!(names, ["A/RES/1/1", "A/RES/1/2"]);
    assert_eq!(added.skipped.len(), 1);
    let faults: Vec<String> = added.faults.iter().map(ToString::to_string).collect();
    let said = |wanted: &str| faults.iter().any(|fault| fault.contains(wanted));
    assert!(said("texts.zip/too-deep.zip/inner.zip: this archive lies within"), "{faults:?}");
    assert!(said("texts.zip/../../climbs.md: the name of this file leads out"), "{faults:?}");
    assert!(said("texts.zip//absolute.md: the name of this file leads out"), "{faults:?}");
    assert!(said("texts.zip/C:\\absolute.md: the name of this file leads out"), "{faults:?}");
    assert!(said("texts.zip/broken.xml:"), "{faults:?}");
    let record = fs::read_to_string(kept.library().join("adref-library.json")).unwrap();
    assert!(record.contains("\"texts.zip/folder/inner.zip/two.md\""), "{record}");
    assert_eq!(self::names(kept.folder.path()), ["given", "library"]);
}

/// What a killed process leaves: its lock, and files that are not in the record yet.
#[test]
fn what_was_left_by_a_killed_process_stops_nobody() {
    let kept = Kept::new();
    let one = text("symbol: A/RES/1/1", "We.");
    fs::create_dir_all(kept.library()).unwrap();
    fs::write(kept.library().join(".adref-lock"), "").unwrap();
    fs::write(kept.library().join("a-res-1-1.md"), &one).unwrap();
    let added = kept.add(&[kept.file("one.md", &one)], false);
    assert_eq!(added.faults, []);
    assert!(matches!(added.placed[0].outcome, Outcome::Held { .. }), "{:?}", added.placed);
    let record = fs::read_to_string(kept.library().join("adref-library.json")).unwrap();
    assert!(record.contains("a-res-1-1.md"), "{record}");
    // Elsewhere the file stays, and means nothing.
    if cfg!(unix) {
        assert!(!kept.library().join(".adref-lock").exists());
    }
}

#[test]
fn hostile_archives() {
    let zeros = vec![b' '; 30 * 1024 * 1024];
    let good = text("symbol: A/RES/1/1", "We.");
    let mut locked = archive(&[("one.md", good.as_bytes())]);
    // Bit 0 of the general purpose flags, in the local header and in the directory (APPNOTE 4.4.4).
    let directory = locked.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[directory + 8] |= 1;
    let mut damaged = archive(&[("one.md", good.as_bytes()), ("two.md", good.as_bytes())]);
    let inside = damaged
        .windows(7)
        .position(|part| part == b"one.md\xAB" || &part[..6] == b"one.md")
        .unwrap();
    damaged[inside + 9] ^= 0xFF;
    let cut = archive(&[("one.md", &zeros[..5000])]);
    let many: Vec<(String, &[u8])> =
        (0..50).map(|n| (format!("{n}.md"), &zeros[..1 << 20])).collect();
    let many: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    for (name, bytes, wanted) in [
        ("bomb.zip", archive(&[("one.md", &zeros)]), "unpacks to far more"),
        ("many.zip", archive(&many), "unpacks to far more"),
        (
            "nested.zip",
            archive(&[("in.zip", &archive(&[("one.md", &zeros)]))]),
            "unpacks to far more",
        ),
        ("locked.zip", locked, "locked with a password"),
        ("damaged.zip", damaged, "is broken"),
        ("cut.zip", cut[..cut.len() - 30].to_vec(), "broken or not whole"),
        (
            "sheet.zip",
            archive(&[("[Content_Types].xml", b"<x/>")]),
            "a document of a kind that is not read",
        ),
    ] {
        let kept = Kept::new();
        let added = kept.add(&[kept.file(name, bytes)], false);
        let said = added.faults.iter().any(|fault| fault.message.contains(wanted));
        assert!(said, "{name}: {:?}", added.faults);
    }
    // A Word document that lies in an archive as it is does not make the archive one.
    let kept = Kept::new();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file("x.docx", plain).unwrap();
    writer.write_all(&archive(&[("word/document.xml", b"<broken")])).unwrap();
    let zip = writer.finish().unwrap().into_inner();
    let added = kept.add(&[kept.file("stored.zip", zip)], false);
    assert!(added.faults.iter().any(|fault| fault.path.ends_with("stored.zip/x.docx")));

    let kept = Kept::new();
    let added = kept.add(&[kept.file("empty.zip", archive(&[]))], false);
    assert_eq!(added, Added::default());
}

#[test]
fn a_library_that_is_whole_is_told_from_one_that_is_not() {
    let kept = Kept::new();
    let found = || {
        let verified = verify(&[kept.library()]).unwrap();
        let grave = verified.findings.into_iter().filter(|f| f.severity > Severity::Note);
        grave.map(|finding| finding.rule).collect::<Vec<_>>()
    };
    for n in 1..=3 {
        kept.one(
            "x.md",
            text(&format!("symbol: A/RES/1/{n}\nnames: [The {n}]"), &format!("We {n}.")),
        );
    }
    assert_eq!(found(), [""; 0]);
    let file = |name: &str| kept.library().join(name);
    fs::write(file("a-res-1-1.md"), text("symbol: A/RES/1/1", "We decide otherwise.")).unwrap();
    fs::remove_file(file("a-res-1-2.md")).unwrap();
    assert_eq!(found(), ["changed-file", "missing-file"]);
    fs::write(file("a-res-1-9.md"), text("symbol: A/RES/1/8\nnames: [The 3]", "We.")).unwrap();
    fs::write(file("gap.md"), "---\ntitle: Gap\n---\n\n1. We.\n\n3. They.\n").unwrap();
    fs::write(file("round.md"), text("symbol: A/RES/2/1\nsuperseded_by: A/RES/2/2", "We."))
        .unwrap();
    fs::write(file("trip.md"), text("symbol: A/RES/2/2\nsuperseded_by: A/RES/2/1", "We.")).unwrap();
    fs::write(file("itself.md"), text("symbol: A/RES/2/3\nsuperseded_by: a/res/2/3", "We."))
        .unwrap();
    fs::write(file("again.md"), text("symbol: A/RES/1/3", "We again.")).unwrap();
    let mut rules = found();
    rules.sort_unstable();
    assert_eq!(
        rules,
        [
            "changed-file",
            "duplicate-symbol",
            "file-name",
            "missing-file",
            "numbering",
            "shared-name",
            "superseded",
            "superseded",
            "superseded"
        ]
    );
    let outside =
        "{\"schema\": \"adref/library/1\", \"files\": {\"../x.md\": {\"sha256\": \"0\"}}}";
    fs::write(file("adref-library.json"), outside).unwrap();
    assert!(found().contains(&"broken-record"));
    fs::write(file("adref-library.json"), "{ half").unwrap();
    assert!(found().contains(&"broken-record"));
    assert!(
        Store::open(&kept.library()).unwrap_err().message.contains("the record of this library")
    );
    assert_eq!(fs::read_to_string(file("adref-library.json")).unwrap(), "{ half");
}

#[test]
fn a_text_without_its_symbol_is_held_under_the_one_asked_for() {
    let kept = Kept::new();
    let bytes = b"1. We decide.\n";
    let text = read::read("x", bytes).unwrap();
    let place = |bytes: &[u8]| {
        let mut store = Store::open(&kept.library()).unwrap();
        let symbol = Some("A/RES/70/125");
        let incoming = Incoming { from: "https://example.org/", bytes, text: &text, symbol };
        let outcome = store.place(&incoming, false).unwrap();
        store.save().unwrap();
        told(&outcome)
    };
    assert_eq!(place(bytes), "added a-res-70-125.md");
    assert!(place(b"1. We decide again.\n").starts_with("a-res-70-125.md for a-res-70-125.md"));
}

#[test]
fn an_earlier_place_stands_before_a_later_one() {
    let kept = Kept::new();
    let mine = |front: &str| text(&format!("symbol: A/RES/1/{front}"), "We decide.");
    for (name, front) in
        [("1", "1"), ("2", "2\nextent: excerpts\nnames: [The second]"), ("3", "3\nannex: I")]
    {
        kept.file(&format!("project/{name}.md"), mine(front));
    }
    for (name, front) in
        [("1", "1"), ("2", "2\nnames: [The second]"), ("3", "3\nannex: II"), ("4", "1\nannex: I")]
    {
        kept.file(&format!("personal/{name}.md"), mine(front));
    }
    let french = "Nous décidons de réduire les écarts et de garantir des services pour les habitants des îles";
    kept.file("personal/5.md", text("symbol: A/RES/1/1", french));
    let given = kept.folder.path().join("given");
    let library = adref::library::load(&[given.join("project"), given.join("personal")]).unwrap();
    let mut paths: Vec<&str> = library
        .entries
        .iter()
        .map(|entry| {
            entry.text.path.rsplit_once("given").unwrap().1.trim_start_matches(['/', '\\'])
        })
        .collect();
    paths.sort_unstable();
    assert_eq!(
        paths.join(" ").replace('\\', "/"),
        "personal/2.md personal/3.md personal/4.md personal/5.md project/1.md project/2.md project/3.md"
    );
    assert_eq!(library.findings, []);
}

fn adref(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adref"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command.env("COLUMNS", "80").env("ADREF_LIBRARY", "mine").env("ADREF_CACHE", "cache");
    command
}

#[test]
fn several_at_once_lose_nothing() {
    let kept = Kept::new();
    let root = kept.folder.path();
    let children: Vec<_> = (0..8)
        .map(|n| {
            for m in 0..5 {
                let symbol = format!("symbol: A/RES/{n}/{m}");
                kept.file(&format!("{n}/{m}.md"), text(&symbol, &format!("We {n} {m}.")));
            }
            let given = format!("given/{n}");
            let arguments = ["references", "add", given.as_str(), "--library", "library"];
            adref(root, &arguments).stdout(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let held = kept.held();
    let texts = held.iter().filter(|name| name.ends_with(".md")).count();
    let left: Vec<_> = held.iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!((texts, left.len()), (40, usize::from(cfg!(not(unix)))), "{held:?}");
    let verified = verify(&[kept.library()]).unwrap();
    assert_eq!(verified.findings, [], "every text is recorded");
}

#[test]
fn where_texts_go_and_where_they_are_looked_for() {
    let kept = Kept::new();
    let root = kept.folder.path();
    kept.file("a.md", text("symbol: A/RES/1/1", "We."));
    kept.file("b.md", text("symbol: A/RES/1/2", "They."));
    let run = |arguments: &[&str]| {
        let output = adref(root, arguments).output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        (output.status.code().unwrap(), shown + &String::from_utf8(output.stderr).unwrap())
    };
    // There is no project yet: the personal library takes it.
    let (code, said) = run(&["references", "add", "given/a.md"]);
    assert_eq!((code, said.lines().last()), (0, Some("1 added. Library: mine")));
    fs::create_dir(root.join("references")).unwrap();
    let (_, said) = run(&["references", "add", "given/b.md"]);
    assert_eq!(said.lines().last(), Some("1 added. Library: ./references"));
    // Both are searched, unless something else is named.
    let (_, said) = run(&["references", "list"]);
    assert!(said.contains("A/RES/1/1") && said.contains("A/RES/1/2"), "{said}");
    let (_, said) = run(&["references", "list", "--library", "references"]);
    assert!(!said.contains("A/RES/1/1") && said.contains("A/RES/1/2"), "{said}");
    fs::write(root.join("adref.yaml"), "library: agreed\n").unwrap();
    let (_, said) = run(&["references", "add", "given/b.md"]);
    assert_eq!(said.lines().last(), Some("1 added. Library: ./agreed"));
    let (code, said) = run(&["references", "remove", "A/RES/1/2", "A/RES/9/9"]);
    assert_eq!(code, 2);
    assert!(said.contains("A/RES/1/2: removed ./agreed/a-res-1-2.md"), "{said}");
    assert!(said.contains("error: the library holds nothing called A/RES/9/9"), "{said}");
    assert_eq!(names(&root.join("agreed")), ["adref-library.json"]);
}
