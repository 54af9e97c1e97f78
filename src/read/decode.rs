//! Bytes of a file in; its text, or what the file is instead, out.

use super::ReadError;
use super::container::{Container, container};
use crate::model::LineIndex;

/// What to do with a file that is not read.
const OTHERS: &str = "give a Word, PDF, Markdown, HTML, plain text or AKN4UN XML file";

/// Bytes as text: UTF-8 with or without a byte order mark.
pub(super) fn decode<'b>(path: &str, bytes: &'b [u8]) -> Result<&'b str, ReadError> {
    let error = |message: String| ReadError { path: path.to_owned(), at: None, message };
    let resave = "save it as UTF-8 and try again";
    for (mark, name) in [
        (&b"\xFF\xFE\0\0"[..], "UTF-32 (little-endian)"),
        (&b"\0\0\xFE\xFF"[..], "UTF-32 (big-endian)"),
        (&b"\xFF\xFE"[..], "UTF-16 (little-endian)"),
        (&b"\xFE\xFF"[..], "UTF-16 (big-endian)"),
    ] {
        if bytes.starts_with(mark) {
            return Err(error(format!("the file is in {name}, not UTF-8; {resave}")));
        }
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(Container::Other(what, advice)) = container(bytes) {
        return Err(error(format!("this is {what}; {advice}")));
    }
    if let Some(kind) = binary_kind(bytes) {
        return Err(error(format!("this is {kind}; {OTHERS}")));
    }
    let damaged = |kind: &str| {
        error(format!(
            "its name says {kind}, and it is none: it is damaged, or was not loaded whole; get it again, or save it anew"
        ))
    };
    // Stretch by stretch to its end: so a processor looks at many bytes at once.
    let has_zero = |stretch: &[u8]| stretch.iter().fold(false, |any, byte| any | (*byte == 0));
    let zero = bytes.chunks(1 << 12).any(has_zero);
    if let Some(kind) = named_kind(path).filter(|_| zero || std::str::from_utf8(bytes).is_err()) {
        return Err(damaged(kind));
    }
    if zero {
        return Err(error(if looks_like_utf16(bytes) {
            format!("the file is in UTF-16 without a mark, not UTF-8; {resave}")
        } else {
            format!("this is not a text file; {OTHERS}")
        }));
    }
    std::str::from_utf8(bytes).map_err(|fault| {
        let valid = bytes.get(..fault.valid_up_to()).unwrap_or_default();
        let before = String::from_utf8_lossy(valid);
        let at = LineIndex::new(&before).position(&before, before.len());
        let name = legacy_encoding(bytes);
        ReadError { at: Some(at), ..error(format!("the file is {name}, not UTF-8; {resave}")) }
    })
}

/// Files people have that are not text, by their first bytes.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    [
        (&b"\x89PNG"[..], "a picture"),
        (&b"\xFF\xD8\xFF"[..], "a picture"),
        (&b"{\\rtf"[..], "a rich text file (.rtf)"),
        (&b"\x7FELF"[..], "a program"),
        (&b"\x1F\x8B"[..], "a compressed file"),
    ]
    .into_iter()
    .find_map(|(magic, name)| bytes.starts_with(magic).then_some(name))
}

/// What a file that is not text should be by its name.
fn named_kind(path: &str) -> Option<&'static str> {
    let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
    match ending.as_str() {
        "pdf" => Some("PDF"),
        "docx" => Some("Word document"),
        _ => None,
    }
}

fn looks_like_utf16(bytes: &[u8]) -> bool {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let most = bytes.len() / 2 * 3 / 4;
    bytes.len() > 3 && (zeros(0) > most || zeros(1) > most)
}

/// What an invalid UTF-8 file most likely is.
fn legacy_encoding(bytes: &[u8]) -> &'static str {
    // 0x80 to 0x9F are control characters in ISO 8859-1 and curly quotes or dashes in Windows-1252.
    if bytes.iter().any(|b| (0x80..=0x9F).contains(b)) {
        "in Windows-1252 or a similar encoding"
    } else {
        "in ISO 8859-1 (Latin-1) or a similar encoding"
    }
}
