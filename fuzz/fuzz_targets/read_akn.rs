//! Any bytes go in, as an Akoma Ntoso file and as the body of one; a draft that can be written as Markdown and as Akoma
//! Ntoso and read again comes out.

#![no_main]

use adref::read::read;
use adref_fuzz::read_soundly;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let open = &b"<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><statement name=\"resolution\"><mainBody>"[..];
    let body = [open, bytes, b"</mainBody></statement></akomaNtoso>"].concat();
    for file in [bytes, &body] {
        let Some(draft) = read_soundly(read("fuzz.xml", file)) else { continue };
        let markdown = adref::report::draft(&draft);
        assert!(read("written.md", markdown.as_bytes()).is_ok());
        let xml = adref::report::akn(&draft);
        assert!(read("written.xml", xml.as_bytes()).is_ok());
    }
});
