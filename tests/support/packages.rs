//! Folders with the parts of a Word file in; Word files out.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;

/// A Word file with these members.
pub fn zipped(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A Word file of these paragraphs and tables.
pub fn with_body(body: &str) -> Vec<u8> {
    let name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let text = format!("<w:document xmlns:w=\"{name}\"><w:body>{body}</w:body></w:document>");
    let mut members = vec![("word/document.xml".to_owned(), text.into_bytes())];
    with_usual_parts(&mut members);
    zipped(&members)
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// The members of a case, with what every Word file has.
pub fn members(case: &Path) -> Vec<(String, Vec<u8>)> {
    let mut paths = Vec::new();
    collect(case, &mut paths);
    let name =
        |path: &PathBuf| path.strip_prefix(case).unwrap().to_string_lossy().replace('\\', "/");
    let mut members: Vec<(String, Vec<u8>)> = paths
        .iter()
        .map(|path| (name(path), fs::read(path).unwrap()))
        .filter(|(name, _)| !name.starts_with("expected"))
        .collect();
    with_usual_parts(&mut members);
    members
}

pub fn with_usual_parts(members: &mut Vec<(String, Vec<u8>)>) {
    let has = |members: &[(String, Vec<u8>)], name: &str| members.iter().any(|(n, _)| n == name);
    if !has(members, "[Content_Types].xml") {
        let types = format!(
            "<Types><Override PartName=\"/word/document.xml\" ContentType=\"{MAIN}\"/></Types>"
        );
        members.push(("[Content_Types].xml".to_owned(), types.into_bytes()));
    }
    let list = |relations: &[(&str, &str)]| {
        let each = relations.iter().enumerate().map(|(at, (kind, target))| {
            format!("<Relationship Id=\"part{at}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>")
        });
        let all = each.collect::<String>();
        format!("<Relationships xmlns=\"{RELATIONS}\">{all}</Relationships>").into_bytes()
    };
    if !has(members, "_rels/.rels") {
        let all = list(&[
            ("officeDocument", "word/document.xml"),
            ("core-properties", "docProps/core.xml"),
        ]);
        members.push(("_rels/.rels".to_owned(), all));
    }
    if !has(members, "word/_rels/document.xml.rels") {
        let kinds = ["styles", "numbering", "footnotes", "endnotes", "comments", "settings"];
        let present: Vec<(&str, String)> = kinds
            .into_iter()
            .map(|kind| (kind, format!("{kind}.xml")))
            .filter(|(_, target)| has(members, &format!("word/{target}")))
            .collect();
        let present: Vec<(&str, &str)> = present.iter().map(|(k, t)| (*k, t.as_str())).collect();
        members.push(("word/_rels/document.xml.rels".to_owned(), list(&present)));
    }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { collect(&path, paths) } else { paths.push(path) }
    }
}
