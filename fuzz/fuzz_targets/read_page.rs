//! Any bytes go in, as a web page and as a plain text; a draft that can be written as Markdown and read again comes out.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = [&b"<!doctype html>"[..], bytes].concat();
    // A form feed makes plain text of what is not Markdown.
    let text = [&b"\x0c"[..], bytes].concat();
    for file in [page, text] {
        let Ok(draft) = adref::read::read("fuzz", &file) else { continue };
        for paragraph in &draft.paragraphs {
            for part in &paragraph.parts {
                assert!(paragraph.text.get(part.span.start..part.span.end).is_some());
            }
            assert!(paragraph.asides.iter().all(|a| paragraph.text.is_char_boundary(a.at)));
            let _ = draft.position(paragraph, paragraph.text.len());
        }
        let markdown = adref::report::draft(&draft);
        assert!(adref::read::read("written.md", markdown.as_bytes()).is_ok());
    }
});
