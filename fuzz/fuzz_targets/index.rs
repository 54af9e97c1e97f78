//! Any bytes go in as the index of a small library; the library as it is read without one comes out.

#![no_main]

use std::path::PathBuf;
use std::sync::OnceLock;

use adref::library::{self, Holding};
use adref::model::Draft;
use adref::pipeline::{Thresholds, library_for};
use libfuzzer_sys::fuzz_target;

const AGREED: &str = "1. Recalls that all human rights are universal, indivisible and interdependent.\n\n\
                      2. Requests the harbour master to report on the painting of lighthouses every year.\n";

/// A library, its index, the bytes of that, and a draft.
fn stage() -> &'static (PathBuf, PathBuf, Vec<u8>, Draft) {
    static STAGE: OnceLock<(PathBuf, PathBuf, Vec<u8>, Draft)> = OnceLock::new();
    STAGE.get_or_init(|| {
        let root = std::env::temp_dir().join(format!("adref-fuzz-{}", std::process::id()));
        let references = root.join("references");
        std::fs::create_dir_all(&references).unwrap();
        std::fs::write(references.join("one.md"), AGREED).unwrap();
        std::fs::write(references.join("two.md"), AGREED.replace("harbour", "airport")).unwrap();
        let built = library::index::build(&[references], &root, &|_, _| ()).unwrap();
        let bytes = std::fs::read(&built.path).unwrap();
        (root, built.path, bytes, adref::read::read("draft.md", AGREED.as_bytes()).unwrap())
    })
}

fuzz_target!(|changes: Vec<(u16, u8)>| {
    let (root, path, bytes, draft) = stage();
    let mut bytes = bytes.clone();
    for (at, value) in changes {
        let at = at as usize * 7 % bytes.len();
        bytes[at] ^= value;
    }
    std::fs::write(path, &bytes).unwrap();
    let read = |indexes| {
        let holding = Holding { few: 0, indexes };
        let places = [root.join("references")];
        let library = library_for(&[draft], &places, &Thresholds::default(), &holding).unwrap();
        library.entries.iter().map(|e| format!("{:?}", e.text.paragraphs.len())).collect::<Vec<_>>()
    };
    assert_eq!(read(Some(root.clone())), read(None));
});
