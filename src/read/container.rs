//! Bytes of a file that holds other files in; whether it is a Word document, or what else it is, out.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// How much of a member that tells the kind of an archive is looked at.
const HEAD: u64 = 1 << 20;

/// How an archive begins.
const ZIP: &[u8] = b"PK\x03\x04";

/// How a compound file begins, the container of Office before 2007 and of files with a password
/// ([MS-CFB], 2.2).
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

/// What people do with a text that is not in a form that is read.
const RESAVE: &str = "open it and save it as a Word document (.docx)";

/// What a file that holds others is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A Word document (.docx, .docm, .dotx), whole or not.
    Word,
    /// Something that is not read: what it is, and what to do.
    Other(&'static str, &'static str),
}

/// Tells what a container is; none for a file that holds no others.
pub(super) fn container(bytes: &[u8]) -> Option<Container> {
    if bytes.starts_with(ZIP) {
        Some(archive(bytes))
    } else {
        bytes.starts_with(COMPOUND).then(|| compound(bytes))
    }
}

fn archive(bytes: &[u8]) -> Container {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        // Names stand uncompressed at their members, so they show even where the list at the end is lost.
        let word = holds(bytes, b"word/");
        let damaged = Container::Other("a damaged zip archive", "get a fresh copy of it");
        return if word { Container::Word } else { damaged };
    };
    let mut head = |name: &str| -> Option<String> {
        let mut head = Vec::new();
        archive.by_name(name).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
        Some(String::from_utf8_lossy(&head).into_owned())
    };
    let types = head("[Content_Types].xml").unwrap_or_default();
    let declared = head("mimetype").unwrap_or_default();
    let main = |kind: &str| types.split(".main").any(|before| before.ends_with(kind));
    let word = [
        "wordprocessingml.document",
        "wordprocessingml.template",
        "ms-word.document.macroEnabled",
        "ms-word.template.macroEnabledTemplate",
    ];
    let other = |what| Container::Other(what, RESAVE);
    match () {
        () if word.iter().any(|kind| main(kind)) || holds(bytes, b"word/document.xml") => {
            Container::Word
        }
        () if types.contains("spreadsheetml") || declared.contains("opendocument.spreadsheet") => {
            Container::Other("a spreadsheet", "copy its text into a Word document (.docx)")
        }
        () if types.contains("presentationml")
            || declared.contains("opendocument.presentation") =>
        {
            Container::Other("a presentation", "copy its text into a Word document (.docx)")
        }
        () if declared.contains("opendocument.text") => other("an OpenDocument text (.odt)"),
        () if declared.contains("epub") => other("an electronic book (.epub)"),
        () => Container::Other("a zip archive", "unpack it and give the file inside"),
    }
}

fn compound(bytes: &[u8]) -> Container {
    // Names of streams stand in the directory in UTF-16.
    let stream = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        holds(bytes, &wide)
    };
    match () {
        () if stream("EncryptedPackage") => Container::Other(
            "a file protected with a password",
            "open it in Word, take the password off (File, Info, Protect Document) and save it",
        ),
        () if stream("Workbook") => Container::Other(
            "an old Excel file (.xls)",
            "copy its text into a Word document (.docx)",
        ),
        () if stream("PowerPoint Document") => Container::Other(
            "an old PowerPoint file (.ppt)",
            "copy its text into a Word document (.docx)",
        ),
        () => Container::Other("an old Word document (.doc)", RESAVE),
    }
}

fn holds(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in members {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("in memory");
            archive.write_all(text.as_bytes()).expect("in memory");
        }
        archive.finish().expect("in memory").into_inner()
    }

    fn what(bytes: &[u8]) -> &'static str {
        match container(bytes) {
            Some(Container::Word) => "Word",
            Some(Container::Other(what, _)) => what,
            None => "none",
        }
    }

    #[test]
    fn kinds_by_what_is_inside() {
        let types = |kind: &str| {
            format!("<Types><Override ContentType=\"application/vnd.{kind}\"/></Types>")
        };
        let office = |kind: &str| zipped(&[("[Content_Types].xml", &types(kind))]);
        let document = "openxmlformats-officedocument.wordprocessingml.document.main+xml";
        assert_eq!(what(&office(document)), "Word");
        assert_eq!(what(&office("ms-word.document.macroEnabled.main+xml")), "Word");
        assert_eq!(
            what(&office("openxmlformats-officedocument.spreadsheetml.sheet.main+xml")),
            "a spreadsheet"
        );
        // A presentation with a Word document inside stays a presentation.
        let mixed = "openxmlformats-officedocument.presentationml.presentation.main+xml\" x=\"wordprocessingml.document";
        assert_eq!(what(&office(mixed)), "a presentation");
        let open = zipped(&[("mimetype", "application/vnd.oasis.opendocument.text")]);
        assert_eq!(what(&open), "an OpenDocument text (.odt)");
        assert_eq!(what(&zipped(&[("a.txt", "a")])), "a zip archive");
        assert_eq!(what(b"PK\x03\x04 cut off word/document.xml"), "Word");
        assert_eq!(what(b"PK\x03\x04"), "a damaged zip archive");
    }

    #[test]
    fn compound_files() {
        let with = |stream: &str| {
            let wide = stream.encode_utf16().flat_map(u16::to_le_bytes);
            [COMPOUND.to_vec(), wide.collect()].concat()
        };
        assert_eq!(what(&with("EncryptedPackage")), "a file protected with a password");
        assert_eq!(what(&with("WordDocument")), "an old Word document (.doc)");
        assert_eq!(what(&with("Workbook")), "an old Excel file (.xls)");
        assert_eq!(what(b"text"), "none");
    }
}
