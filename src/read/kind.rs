//! Bytes of a file in; what kind of file it is, told by content and never by its ending, out.

use super::container::{Container, container};
use super::{akn, plain};

/// Kinds of file that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Akoma Ntoso for the United Nations, XML.
    Akn,
    /// Markdown, with or without front matter.
    Markdown,
    /// Plain text, its lines broken by hand or by a program.
    Text,
    /// A Word document (Office Open XML).
    Docx,
    /// A PDF.
    Pdf,
    /// A web page.
    Html,
}

/// How far into a PDF its mark may stand (ISO 32000-1, annex H, implementation note 13).
const PDF_HEAD: usize = 1024;

/// The kind of the file with these bytes; Markdown where nothing says otherwise.
pub fn kind(bytes: &[u8]) -> Kind {
    if container(bytes) == Some(Container::Word) {
        return Kind::Docx;
    }
    let head = bytes.get(..PDF_HEAD).unwrap_or(bytes);
    if head.split(|byte| *byte == b'%').skip(1).any(|rest| rest.starts_with(b"PDF-")) {
        return Kind::Pdf;
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = text.get(..PDF_HEAD * 4).unwrap_or(text);
    let start = head.trim_ascii_start();
    // A head of keys is a sign of Markdown, and in a large library most files have one.
    if text.starts_with(b"---\n") || text.starts_with(b"---\r\n") {
        return Kind::Markdown;
    }
    if !start.starts_with(b"<") {
        let plain = std::str::from_utf8(text).is_ok_and(plain::is_plain);
        return if plain { Kind::Text } else { Kind::Markdown };
    }
    let head = String::from_utf8_lossy(start);
    if akn::is_akn(&head) {
        return Kind::Akn;
    }
    let head = head.to_lowercase();
    // XHTML may begin with an XML declaration and comments.
    let fragment = || text.trim_ascii_end().ends_with(b">") && begins_with_block(&head);
    if head.contains("<!doctype html") || head.contains("<html") || fragment() {
        Kind::Html
    } else {
        Kind::Markdown
    }
}

/// True where a text begins with an element that holds a block of a page. Markdown may begin with one too, but does not
/// end with a tag as well.
fn begins_with_block(head: &str) -> bool {
    const BLOCKS: [&str; 16] = [
        "h1", "h2", "h3", "h4", "h5", "h6", "p", "ol", "ul", "div", "table", "body", "section",
        "article", "main", "head",
    ];
    let name = head.trim_start_matches('<').split(|c: char| !c.is_ascii_alphanumeric()).next();
    name.is_some_and(|name| BLOCKS.contains(&name))
}
