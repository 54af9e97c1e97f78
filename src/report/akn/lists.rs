//! The lines and sub-paragraphs of a paragraph in; its lists, points and blocks written out.

use super::Writer;
use super::paragraph::{Node, Words};

impl<'d> Writer<'d> {
    /// What a numbered paragraph or a point holds: words alone, or lists with their introductions.
    pub(super) fn hierarchy(
        &mut self,
        words: &Words<'d>,
        nodes: &[Node<'d>],
        id: &str,
        depth: usize,
    ) {
        if !nodes.iter().any(Node::is_part) {
            return self.lines("content", words, nodes, id);
        }
        let mut rest = nodes;
        let mut number = 0;
        while !rest.is_empty() {
            number += 1;
            let list = self.ids.give(id, "list", &number.to_string());
            let (intro, after) = run(rest, false);
            let (points, after) = run(after, true);
            self.xml.open("list", &[("eId", &list)]);
            if !intro.is_empty() {
                self.lines("intro", words, intro, &list);
            }
            self.points("point", words, points, &list, depth);
            rest = after;
            if !rest.iter().any(Node::is_part) && !rest.is_empty() {
                self.lines("wrapUp", words, rest, &list);
                rest = &[];
            }
            self.xml.close("list");
        }
    }

    /// What a container or an item holds, which may have blocks only: lines, and lists of them.
    pub(super) fn blocks(&mut self, words: &Words<'d>, nodes: &[Node<'d>], id: &str, depth: usize) {
        let mut rest = nodes;
        let mut number = 0;
        while !rest.is_empty() {
            let (lines, after) = run(rest, false);
            for node in lines {
                self.node_line(words, node);
            }
            let (items, after) = run(after, true);
            if !items.is_empty() {
                number += 1;
                let list = self.ids.give(id, "list", &number.to_string());
                self.xml.open("blockList", &[("eId", &list)]);
                self.points("item", words, items, &list, depth);
                self.xml.close("blockList");
            }
            rest = after;
        }
        if nodes.is_empty() {
            self.xml.leaf("p", &[], "");
        }
    }

    fn points(
        &mut self,
        element: &str,
        words: &Words<'d>,
        nodes: &[Node<'d>],
        list: &str,
        depth: usize,
    ) {
        for (at, node) in nodes.iter().enumerate() {
            let Node::Part(part, nodes) = node else { continue };
            let text = &words.paragraph.text;
            let count = (at + 1).to_string();
            let counter = if part.label.is_empty() { &count } else { part.label.slice(text) };
            let id = self.ids.give(list, element, counter);
            let number = words.number(part).map(|(printed, _)| printed);
            let own = part.depth.to_string();
            let mut attributes = vec![("eId", id.as_str())];
            if part.depth != depth {
                attributes.push(("adref:depth", &own));
            }
            if number.is_none() && !part.label.is_empty() {
                attributes.push(("adref:label", part.label.slice(text)));
            }
            self.xml.open(element, &attributes);
            if let Some(number) = number {
                self.xml.leaf("num", &[], number);
            }
            if element == "item" {
                self.blocks(words, nodes, &id, depth + 1);
            } else {
                self.hierarchy(words, nodes, &id, depth + 1);
            }
            self.xml.close(element);
        }
    }

    fn lines(&mut self, element: &str, words: &Words<'d>, nodes: &[Node<'d>], id: &str) {
        let id = format!("{id}__{}", element.to_lowercase());
        self.xml.open(element, &[("eId", &id)]);
        for node in nodes {
            self.node_line(words, node);
        }
        if nodes.is_empty() {
            self.xml.leaf("p", &[], "");
        }
        self.xml.close(element);
    }

    fn node_line(&mut self, words: &Words<'d>, node: &Node<'d>) {
        if let Node::Line(range) = node {
            self.line(words, range.clone());
        }
    }
}

/// The nodes at the start that are sub-paragraphs, or are none; and the rest.
fn run<'n, 'd>(nodes: &'n [Node<'d>], parts: bool) -> (&'n [Node<'d>], &'n [Node<'d>]) {
    let end = nodes.iter().position(|node| node.is_part() != parts).unwrap_or(nodes.len());
    nodes.split_at(end)
}
