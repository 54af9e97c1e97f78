//! A page goes in; its elements, with their attributes and their text, come out; faults of its making fail the test.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// Elements that hold nothing and are not closed.
const VOID: [&str; 6] = ["meta", "input", "br", "img", "link", "hr"];

/// A tag or a piece of text, in the order of the page.
#[derive(Debug)]
pub enum Node {
    Open { name: String, attributes: BTreeMap<String, String> },
    Close(String),
    Text(String),
}

/// A page, taken apart.
pub struct Page {
    pub nodes: Vec<Node>,
}

impl Page {
    /// Takes a page apart. Every tag must be closed where it may be, and the tokenizer must have nothing to complain of.
    pub fn read(text: &str) -> Self {
        let utf8 = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let (mut nodes, mut open) = (Vec::new(), Vec::<String>::new());
        // What stands in a script or a style is no markup: the tokenizer goes on as a browser does.
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut tokens = Tokenizer::new_with_emitter(text, emitter);
        while let Some(Ok(token)) = tokens.next() {
            match token {
                Token::StartTag(tag) => {
                    let name = utf8(&tag.name);
                    let attributes = tag.attributes.iter();
                    let attributes =
                        attributes.map(|(name, value)| (utf8(name), utf8(value))).collect();
                    if !VOID.contains(&name.as_str()) && !tag.self_closing {
                        open.push(name.clone());
                    }
                    nodes.push(Node::Open { name, attributes });
                }
                Token::EndTag(tag) => {
                    let name = utf8(&tag.name);
                    assert_eq!(open.pop().as_deref(), Some(name.as_str()), "closed out of order");
                    nodes.push(Node::Close(name));
                }
                Token::String(text) => nodes.push(Node::Text(utf8(&text))),
                Token::Error(error) => panic!("not well made: {error:?}"),
                Token::Doctype(_) => {}
                Token::Comment(text) => panic!("a comment: {text:?}"),
            }
        }
        assert!(open.is_empty(), "left open: {open:?}");
        Self { nodes }
    }

    pub fn attributes(&self, name: &str) -> Vec<&str> {
        let open = self.nodes.iter().filter_map(|node| match node {
            Node::Open { attributes, .. } => attributes.get(name).map(String::as_str),
            _ => None,
        });
        open.collect()
    }

    /// Asserts that the page needs nothing but itself, runs nothing but its own script, and leads nowhere in vain.
    pub fn stands_alone(&self) {
        let ids = self.attributes("id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "an id stands twice");
        for href in self.attributes("href") {
            match href.strip_prefix('#') {
                Some(id) => assert!(unique.contains(id), "nothing is at #{id}"),
                None => assert!(href.starts_with("http"), "a link that is none: {href}"),
            }
        }
        for node in &self.nodes {
            let Node::Open { name, attributes } = node else { continue };
            assert!(!["img", "link", "iframe", "object", "embed", "base"].contains(&name.as_str()));
            for attribute in attributes.keys() {
                let runs =
                    attribute.starts_with("on") || attribute == "style" || attribute == "src";
                assert!(!runs, "{attribute} of {name}");
            }
        }
        let count = |wanted: &str| {
            self.nodes
                .iter()
                .filter(|n| matches!(n, Node::Open { name, .. } if name == wanted))
                .count()
        };
        assert_eq!((count("script"), count("style"), count("main"), count("h1")), (1, 1, 1, 1));
    }

    /// For each element of a class within elements that have an id: that id and its text, without what stands in the
    /// elements `left_out` and in those of the class `number` or `by`; with a space where a line ends.
    pub fn texts(&self, class: &str, left_out: &[&str]) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        let mut stack: Vec<(bool, bool)> = Vec::new();
        let mut id = String::new();
        for node in &self.nodes {
            match node {
                Node::Open { name, attributes } if !VOID.contains(&name.as_str()) => {
                    if name == "article" {
                        id = attributes.get("id").cloned().unwrap_or_default();
                    }
                    let classes = attributes.get("class").map_or("", String::as_str);
                    let has = |wanted: &str| classes.split(' ').any(|own| own == wanted);
                    let (inside, hidden) = stack.last().copied().unwrap_or_default();
                    let begins = has(class) && !id.is_empty() && !inside;
                    if begins {
                        out.push((id.clone(), String::new()));
                    }
                    let is_out =
                        left_out.iter().any(|own| own == name || has(own.trim_start_matches('.')));
                    let own = has("number") || has("by");
                    stack.push((inside || begins, hidden || is_out || own));
                }
                Node::Close(name) => {
                    stack.pop();
                    if let (Some((_, text)), "p") = (out.last_mut(), name.as_str()) {
                        text.push(' ');
                    }
                }
                Node::Text(text) => {
                    if let (Some((_, out)), Some((true, false))) = (out.last_mut(), stack.last()) {
                        out.push_str(text);
                    }
                }
                Node::Open { .. } => {}
            }
        }
        out
    }
}
