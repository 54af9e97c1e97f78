//! Text of one part of a Word file in; its elements as a tree, under their names without prefix, out.
//!
//! Names are told apart without their namespace, so that files in the strict form of the standard read as
//! others do. A document type declaration is passed over and none of its entities is expanded.

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::model::Span;

/// How deep elements may be nested; a text box in a table in a table reaches 40.
const MAX_DEPTH: usize = 128;

/// An element of a part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
    children: Vec<Node>,
    /// Where it stands in the text of its part, with its tags.
    pub(crate) span: Span,
    /// What stands between its tags; empty, at its end, where it has but one tag.
    pub(crate) inner: Span,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    /// Words, and the byte of the part that they begin at.
    Words(String, usize),
}

impl Element {
    fn of(tag: &BytesStart<'_>, span: Span) -> Self {
        // Marks of editing sessions are on every other element, and nothing is read from them.
        let idle = |name: &str| name.starts_with("rsid") || matches!(name, "paraId" | "textId");
        let mut attributes = tag.attributes();
        let kept = attributes.with_checks(false).flatten().filter_map(|attribute| {
            let name = attribute.key.local_name();
            let name = name.as_ref();
            let value = unescape(&attribute.value).unwrap_or_default();
            (!idle(name)).then(|| (name.into(), value.as_ref().into()))
        });
        let attributes = kept.collect();
        let name = tag.local_name().as_ref().into();
        let inner = Span::new(span.end, span.end);
        Self { name, attributes, children: Vec::new(), span, inner }
    }

    /// The elements right inside this one.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Words(..) => None,
        })
    }

    /// The first element called `name` right inside this one.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| &*element.name == name)
    }

    /// The element reached by going down `path`.
    pub(crate) fn down(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// The value of the attribute called `name`.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find(|(key, _)| &**key == name).map(|(_, value)| &**value)
    }

    /// The attribute `val` of the child called `name`.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// The attribute `val` of the child called `name` as a number.
    pub(crate) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.value(name)?.trim().parse().ok()
    }

    /// Whether the property called `name` is switched on or off; none where nothing is said.
    pub(crate) fn switch(&self, name: &str) -> Option<bool> {
        let value = self.child(name)?.attribute("val");
        Some(!matches!(value, Some("0" | "false" | "off" | "none")))
    }

    /// The words right inside this element.
    pub(crate) fn words(&self) -> String {
        self.pieces().map(|(words, _)| words).collect()
    }

    /// The same, piece by piece: each stands in the part as it is, or is one reference such as `&amp;`, and begins at
    /// the byte told with it.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (&str, usize)> {
        self.children.iter().filter_map(|node| match node {
            Node::Words(words, at) => Some((words.as_str(), *at)),
            Node::Element(_) => None,
        })
    }

    /// Adds what a nested element became. Where a file offers the same content in several forms, only the
    /// first is kept, or the last resort where it is the only one.
    fn add(&mut self, mut element: Element) {
        if &*element.name != "AlternateContent" {
            return self.children.push(Node::Element(element));
        }
        let offered = |name: &str| {
            element
                .children
                .iter()
                .position(|node| matches!(node, Node::Element(offer) if &*offer.name == name))
        };
        if let Some(at) = offered("Choice").or_else(|| offered("Fallback"))
            && let Node::Element(chosen) = element.children.swap_remove(at)
        {
            self.children.extend(chosen.children);
        }
    }

    fn add_words(&mut self, words: &str, at: usize) {
        // White space between elements is the file's layout.
        let text = matches!(&*self.name, "t" | "delText" | "instrText");
        let goes_on = matches!(self.children.last(), Some(Node::Words(..)));
        if text || goes_on || !words.trim().is_empty() {
            self.children.push(Node::Words(words.to_owned(), at));
        }
    }
}

/// Reads a part; every element it has is taken from `left`.
///
/// # Errors
/// What is wrong with it, to be put after its name.
pub(crate) fn parse(source: &str, left: &mut usize) -> Result<Element, String> {
    let broken = |error: quick_xml::Error| format!("is broken ({error})");
    let mut reader = Reader::from_str(source);
    let mut open = vec![Element::default()];
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(broken)?;
        let span = Span::new(start, reader.buffer_position() as usize);
        match event {
            Event::Start(_) | Event::Empty(_) if *left == 0 => {
                return Err("holds too many elements for a draft".to_owned());
            }
            Event::Start(_) | Event::Empty(_) if open.len() > MAX_DEPTH => {
                return Err(format!("has elements nested more than {MAX_DEPTH} deep"));
            }
            Event::Start(tag) => {
                *left -= 1;
                open.push(Element::of(&tag, span));
            }
            Event::Empty(tag) => {
                *left -= 1;
                if let Some(parent) = open.last_mut() {
                    parent.add(Element::of(&tag, span));
                }
            }
            Event::End(_) => {
                if let (Some(mut element), Some(parent)) = (open.pop(), open.last_mut()) {
                    (element.inner.end, element.span.end) = (span.start, span.end);
                    parent.add(element);
                }
            }
            Event::Text(words) => add_words(&mut open, &words, start),
            Event::CData(words) => add_words(&mut open, &words, start + "<![CDATA[".len()),
            Event::GeneralRef(name) => add_words(&mut open, &resolved(&name), start),
            Event::Eof => break,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
    if open.len() > 1 {
        return Err("breaks off".to_owned());
    }
    let root = open.pop().and_then(|document| document.elements().next().cloned());
    root.ok_or_else(|| "is empty".to_owned())
}

fn add_words(open: &mut [Element], words: &str, at: usize) {
    if let Some(parent) = open.last_mut() {
        parent.add_words(words, at);
    }
}

/// The character an entity stands for; one that only the file itself defines stays as written.
fn resolved(name: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        return character.to_string();
    }
    resolve_predefined_entity(name).map_or_else(|| format!("&{};", &**name), str::to_owned)
}

/// The text of a part, in UTF-8 or UTF-16 as the standard allows (ECMA-376-2, 6.2.5).
///
/// # Errors
/// What is wrong with it, to be put after its name.
pub(crate) fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    let wide = |from: fn([u8; 2]) -> u16, bytes: &[u8]| {
        let units = bytes.chunks_exact(2).map(|pair| from([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    let text = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => wide(u16::from_le_bytes, rest),
        [0xFE, 0xFF, rest @ ..] => wide(u16::from_be_bytes, rest),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    };
    text.ok_or_else(|| "holds bytes that are not text".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(source: &[u8]) -> Result<Element, String> {
        parse(&decoded(source.to_vec())?, &mut 1_000)
    }

    #[test]
    fn one_form_of_several_is_read() {
        let both = "<p xmlns:mc='x'><mc:AlternateContent><mc:Choice><t>a</t></mc:Choice>\
                    <mc:Fallback><t>b</t></mc:Fallback></mc:AlternateContent></p>";
        let tree = tree(both.as_bytes()).expect("well formed");
        assert_eq!(tree.elements().map(Element::words).collect::<String>(), "a");
    }

    #[test]
    fn encodings() {
        let source = "<t>\u{e9}&amp;&#233;&none;</t>";
        let wide: Vec<u8> =
            [0xFEFF].into_iter().chain(source.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for bytes in [source.as_bytes(), &wide] {
            assert_eq!(tree(bytes).expect("well formed").words(), "é&é&none;");
        }
        assert!(tree(b"<t>\xFF</t>").is_err());
        assert!(tree(b"\xFF\xFE\x00\xD8").is_err());
    }

    #[test]
    fn places() {
        let source = "<p a='>'><t>x&amp;y<![CDATA[z]]></t><b/></p>";
        let tree = tree(source.as_bytes()).expect("well formed");
        let (text, bare) = (tree.child("t").expect("t"), tree.child("b").expect("b"));
        assert_eq!(tree.inner.slice(source), "<t>x&amp;y<![CDATA[z]]></t><b/>");
        assert_eq!((tree.span.slice(source), bare.span.slice(source)), (source, "<b/>"));
        assert!(bare.inner.is_empty());
        let pieces = text.pieces().map(|(words, at)| (words, source.get(at..at + 1)));
        let wanted = [("x", Some("x")), ("&", Some("&")), ("y", Some("y")), ("z", Some("z"))];
        assert_eq!(pieces.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn limits() {
        assert!(tree("<a>".repeat(500).as_bytes()).unwrap_err().contains("128 deep"));
        let many = format!("<a>{}</a>", "<b/>".repeat(2_000));
        assert!(tree(many.as_bytes()).unwrap_err().contains("too many"));
        assert!(tree(b"<a><b></b>").unwrap_err().contains("breaks off"));
        assert!(tree(b"").is_err());
    }
}
