//! A part of a Word file in; its elements as a tree, each with its words, out.

use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};

/// An element of a part, with its children.
#[derive(Default)]
pub struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The words right in it.
    pub words: String,
    pub children: Vec<Node>,
}

impl Node {
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Its attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Shows it and all that stands in it, one after the other.
    pub fn each(&self, seen: &mut dyn FnMut(&Node)) {
        seen(self);
        self.children.iter().for_each(|child| child.each(seen));
    }
}

/// The root of a part; fails where it is not well formed.
pub fn tree(source: &str) -> Node {
    let node = |tag: &BytesStart<'_>| Node {
        name: tag.name().as_ref().to_owned(),
        attributes: tag
            .attributes()
            .map(|a| a.unwrap())
            .map(|a| (a.key.as_ref().to_owned(), a.value.into_owned()))
            .collect(),
        ..Node::default()
    };
    let mut reader = quick_xml::Reader::from_str(source);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => open.push(node(&tag)),
            Event::Empty(tag) => open.last_mut().unwrap().children.push(node(&tag)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().words.push_str(&text),
            Event::GeneralRef(name) => {
                let name: &str = &name;
                open.last_mut().unwrap().words.push_str(&format!("&{name};"));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "elements without an end");
    open.pop().unwrap().children.pop().unwrap()
}

/// A part of a packed file.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut source = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut source).unwrap();
    source
}
