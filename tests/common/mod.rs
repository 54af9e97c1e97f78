//! The official files in the data folder go in; their elements as plain trees come out, for tests only.

#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    reason = "each test uses its own part of these helpers"
)]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

pub mod agreed;
pub mod akn_schema;
pub mod same;

use std::path::{Path, PathBuf};

use quick_xml::Reader;
use quick_xml::events::Event;

/// An element, or text where the name is empty.
#[derive(Default)]
pub struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Node>,
}

impl Node {
    pub fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// All text in it, those elements left out.
    pub fn words_without(&self, names: &[&str], out: &mut String) {
        out.push_str(&self.text);
        for child in &self.children {
            if !names.contains(&child.name.as_str()) {
                child.words_without(names, out);
            }
        }
    }

    /// Itself and everything in it, in the order of the text.
    pub fn all<'n>(&'n self, out: &mut Vec<&'n Node>) {
        out.push(self);
        for child in &self.children {
            child.all(out);
        }
    }

    pub fn named(&self, name: &str) -> Vec<&Node> {
        let mut all = Vec::new();
        self.all(&mut all);
        all.retain(|node| node.name == name);
        all
    }
}

/// Where the data is: `ADREF_DATA`, else beside the project.
pub fn data() -> PathBuf {
    std::env::var_os("ADREF_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from)
}

/// Every AKN file in the data folder, sorted; empty where the data is not at hand.
pub fn official_files() -> Vec<PathBuf> {
    let mut folders = vec![data().join("un/akn")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "xml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// True for the third of the files that nobody looked at while the reader and the lists were made.
pub fn is_unseen(path: &Path) -> bool {
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    hash % 3 == 0
}

/// The file as a tree.
pub fn tree(path: &Path) -> Node {
    let source = std::fs::read_to_string(path).unwrap();
    let mut reader = Reader::from_str(&source);
    let mut stack = vec![Node::default()];
    let text = |words: String| Node { text: words, ..Node::default() };
    loop {
        let event = reader.read_event().unwrap();
        let node = match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                let attributes = tag.attributes().flatten().map(|attribute| {
                    (attribute.key.local_name().as_ref().to_owned(), attribute.value.into_owned())
                });
                Node { name, attributes: attributes.collect(), ..Node::default() }
            }
            Event::Text(words) => text(words.to_string()),
            Event::CData(words) => text(words.to_string()),
            Event::GeneralRef(name) => text(match &**name {
                "amp" => "&".to_owned(),
                "lt" => "<".to_owned(),
                "gt" => ">".to_owned(),
                "quot" => "\"".to_owned(),
                "apos" => "'".to_owned(),
                _ => name.resolve_char_ref().ok().flatten().map_or_else(String::new, String::from),
            }),
            Event::End(_) => {
                let done = stack.pop().unwrap();
                stack.last_mut().unwrap().children.push(done);
                continue;
            }
            Event::Eof => return stack.pop().unwrap(),
            _ => continue,
        };
        match event {
            Event::Start(_) => stack.push(node),
            _ => stack.last_mut().unwrap().children.push(node),
        }
    }
}
