//! Any bytes go in, as a web page and as a plain text; a draft that can be written as Markdown and read again comes out.

#![no_main]

use adref::read::read;
use adref_fuzz::read_soundly;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = [&b"<!doctype html>"[..], bytes].concat();
    // A form feed makes plain text of what is not Markdown.
    let text = [&b"\x0c"[..], bytes].concat();
    for file in [page, text] {
        let Some(draft) = read_soundly(read("fuzz", &file)) else { continue };
        let markdown = adref::report::draft(&draft);
        assert!(read("written.md", markdown.as_bytes()).is_ok());
    }
});
