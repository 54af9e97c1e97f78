//! Parts of a Word file, parted by NUL bytes, go in; a draft whose places all lie in its text, or an error with a
//! message, comes out.

#![no_main]

use std::io::{Cursor, Write};

use adref::read::{Reading, Revisions, read_as};
use adref_fuzz::read_soundly;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

const PARTS: [&str; 6] = [
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "word/footnotes.xml",
    "word/comments.xml",
    "word/_rels/document.xml.rels",
];
const TYPES: &str = "<Types><Override PartName=\"/word/document.xml\" \
                     ContentType=\"wordprocessingml.document.main+xml\"/></Types>";
const RELATIONS: &str = "<Relationships><Relationship Type=\"/numbering\" Target=\"numbering.xml\"/>\
    <Relationship Type=\"/styles\" Target=\"styles.xml\"/><Relationship Type=\"/footnotes\" \
    Target=\"footnotes.xml\"/><Relationship Type=\"/comments\" Target=\"comments.xml\"/></Relationships>";

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    read(&zipped(bytes));
});

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, part: &[u8]| {
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(name, stored).expect("in memory");
        archive.write_all(part).expect("in memory");
    };
    let parts: Vec<&[u8]> = bytes.splitn(PARTS.len(), |byte| *byte == 0).collect();
    put("[Content_Types].xml", TYPES.as_bytes());
    for (name, part) in PARTS.iter().zip(&parts) {
        put(name, part);
    }
    if parts.len() < PARTS.len() {
        put("word/_rels/document.xml.rels", RELATIONS.as_bytes());
    }
    archive.finish().expect("in memory").into_inner()
}

fn read(bytes: &[u8]) {
    for revisions in [Revisions::Accept, Revisions::Reject, Revisions::Show] {
        read_soundly(read_as("fuzz.docx", bytes, Reading { revisions }));
    }
}
