//! Any text goes in; citations that lie in it, in order and apart, come out.

#![no_main]

use std::sync::OnceLock;

use adref::cite::{Gazetteer, Speaker, citations};
use adref::model::{FrontMatter, Library};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    let gazetteer = GAZETTEER.get_or_init(|| Gazetteer::with_library(&Library::default()));
    let found = citations(text, gazetteer, &Speaker::of(&FrontMatter::default()), &[]);
    for citation in &found {
        assert!(!citation.span.slice(text).is_empty());
    }
    assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
});
