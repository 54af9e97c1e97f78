//! The nodes of a page in; its footnotes, what calls them and where they stand, out.
//!
//! A note is called by a raised or note-like link with a short text to a place further down ("[1]", "*"), or by a
//! raised mark that a later paragraph begins with. Word, LibreOffice, Google Docs, MediaWiki, EPUB and Markdown
//! converters all write one of the two.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::page::{Node, Tag};

/// A mark of more characters than this calls no note.
const LONGEST_MARK: usize = 4;

/// Parts of the names that programs give to footnotes.
const NAMES: [&str; 7] = ["_ftn", "_edn", "footnote", "endnote", "cite_note", "ftnt", "fn"];

/// What is known of a page's notes.
#[derive(Default)]
pub(super) struct Notes {
    /// Label of the note that the element at this node calls.
    pub(super) calls: HashMap<usize, String>,
    /// Label of the note that the element at this node holds.
    pub(super) held: BTreeMap<usize, String>,
    /// Elements within notes that are not their words: the mark, and the way back.
    pub(super) marks: HashSet<usize>,
}

/// Finds the notes in `text`.
pub(super) fn notes(nodes: &[Node], text: &Range<usize>) -> Notes {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, tag) in tags(nodes) {
        for name in [tag.attribute("id"), tag.attribute("name")] {
            if !name.is_empty() {
                places.entry(name).or_insert(at);
            }
        }
    }
    let around = Around::of(nodes);
    let mut notes = Notes::default();
    for (at, tag) in tags(nodes).filter(|(at, tag)| text.contains(at) && tag.name == "a") {
        let Some(name) = tag.attribute("href").split_once('#').map(|(_, name)| name) else {
            continue;
        };
        let Some(target) = places.get(name).copied() else { continue };
        let Some(mark) = mark(nodes, at..tag.end) else { continue };
        let role = [tag.attribute("role"), tag.attribute("epub:type")];
        let called = role.iter().any(|role| role.contains("noteref"));
        let named = NAMES.iter().any(|part| name.to_ascii_lowercase().contains(part));
        let raised = around.is_raised(nodes, at, tag);
        if target <= at || !(called || named || raised) {
            continue;
        }
        let Some(block) = around.note_block(nodes, target) else { continue };
        let Some(Node::Open(held)) = nodes.get(block) else { continue };
        if (block..held.end).contains(&at) || held.end - block > text.len() / 2 {
            continue;
        }
        if !notes.held.contains_key(&block) {
            notes.marks_of(nodes, block..held.end, &mark);
            notes.held.insert(block, mark.clone());
        }
        notes.calls.insert(around.raising(nodes, at).unwrap_or(at), mark);
    }
    notes.typed(nodes, text, &around);
    notes
}

fn tags(nodes: &[Node]) -> impl Iterator<Item = (usize, &Tag)> {
    nodes.iter().enumerate().filter_map(|(at, node)| match node {
        Node::Open(tag) => Some((at, tag)),
        _ => None,
    })
}

/// The words of these nodes.
fn words(nodes: &[Node], range: Range<usize>) -> String {
    let nodes = nodes.get(range).unwrap_or_default();
    nodes
        .iter()
        .filter_map(|n| if let Node::Words(w, _) = n { Some(w.as_str()) } else { None })
        .collect()
}

fn has_words(nodes: &[Node], range: Range<usize>) -> bool {
    let nodes = nodes.get(range).unwrap_or_default();
    nodes.iter().any(|node| matches!(node, Node::Words(words, _) if !words.trim().is_empty()))
}

/// The mark of a note, its brackets taken off.
fn mark(nodes: &[Node], range: Range<usize>) -> Option<String> {
    let text = words(nodes, range);
    let text = text.trim().trim_matches(['[', ']', '(', ')']).trim();
    let count = text.chars().count();
    let fits = (1..=LONGEST_MARK).contains(&count) && !text.contains(char::is_whitespace);
    fits.then(|| text.to_owned())
}

impl Notes {
    /// True when one of these nodes holds a note.
    pub(super) fn any_in(&self, range: Range<usize>) -> bool {
        self.held.range(range).next().is_some()
    }
}

/// For every node the element around it.
struct Around(Vec<usize>);

impl Around {
    fn of(nodes: &[Node]) -> Self {
        let mut open = Vec::new();
        let outer = nodes.iter().enumerate().map(|(at, node)| {
            let around = open.last().copied().unwrap_or(usize::MAX);
            match node {
                Node::Open(_) => open.push(at),
                Node::Close => {
                    open.pop();
                }
                _ => {}
            }
            around
        });
        Self(outer.collect())
    }

    /// The elements around a node, the innermost first.
    fn outwards<'n>(
        &'n self,
        nodes: &'n [Node],
        at: usize,
    ) -> impl Iterator<Item = (usize, &'n Tag)> {
        let mut at = at;
        std::iter::from_fn(move || {
            at = *self.0.get(at)?;
            match nodes.get(at)? {
                Node::Open(tag) => Some((at, tag)),
                _ => None,
            }
        })
    }

    /// The raised element right around a link, if there is one.
    fn raising(&self, nodes: &[Node], at: usize) -> Option<usize> {
        let mut outer = self.outwards(nodes, at).take_while(|(_, tag)| tag.runs_on());
        outer.find(|(_, tag)| is_raised(tag)).map(|(at, _)| at)
    }

    fn is_raised(&self, nodes: &[Node], at: usize, tag: &Tag) -> bool {
        let inside = nodes.get(at..tag.end).unwrap_or_default();
        let raised = |node: &Node| matches!(node, Node::Open(tag) if is_raised(tag));
        inside.iter().any(raised) || self.raising(nodes, at).is_some()
    }

    /// The element that holds the note a link leads to.
    fn note_block(&self, nodes: &[Node], target: usize) -> Option<usize> {
        let own = nodes.get(target).map(|node| matches!(node, Node::Open(tag) if !tag.runs_on()));
        let mut outer = self.outwards(nodes, target);
        let block = match own {
            Some(true) => target,
            _ => outer.find(|(_, tag)| !tag.runs_on()).map(|(at, _)| at)?,
        };
        // Word and LibreOffice put the paragraphs of a note into a `div` of its own.
        let around = self.outwards(nodes, block).next();
        let own = around.filter(|(_, tag)| {
            let id = tag.attribute("id").to_ascii_lowercase();
            let called = tag.style("mso-element").is_some_and(|value| value.contains("note"));
            let counted = id.trim_end_matches(|c: char| c.is_ascii_digit());
            called
                || counted.len() < id.len()
                    && matches!(counted, "ftn" | "edn" | "sdfootnote" | "sdendnote" | "fn")
        });
        Some(own.map_or(block, |(at, _)| at))
    }
}

fn is_raised(tag: &Tag) -> bool {
    tag.name == "sup" || tag.style("vertical-align").as_deref() == Some("super")
}

impl Notes {
    /// Takes note of the mark a note begins with, and of its links back.
    fn marks_of(&mut self, nodes: &[Node], range: Range<usize>, called: &str) {
        let inside = nodes.get(range.clone()).unwrap_or_default();
        let mut begun = false;
        for (at, node) in inside.iter().enumerate().map(|(at, node)| (at + range.start, node)) {
            match node {
                Node::Open(tag) if tag.name == "a" && tag.attribute("href").contains('#') => {
                    let text = words(nodes, at..tag.end);
                    let arrow = text.contains(['↩', '↑', '^']) || text.trim().is_empty();
                    if arrow || mark(nodes, at..tag.end).as_deref() == Some(called) {
                        self.marks.insert(at);
                    }
                }
                Node::Open(tag)
                    if is_raised(tag)
                        && !begun
                        && mark(nodes, at..tag.end).as_deref() == Some(called) =>
                {
                    self.marks.insert(at);
                }
                Node::Words(text, _) => begun |= !text.trim().is_empty(),
                _ => {}
            }
        }
    }

    /// Raised marks without links: a paragraph that begins with one is the note to those before it.
    fn typed(&mut self, nodes: &[Node], text: &Range<usize>, around: &Around) {
        let mut called: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, tag) in tags(nodes).filter(|(at, tag)| text.contains(at) && is_raised(tag)) {
            if self.calls.contains_key(&at) || self.marks.contains(&at) {
                continue;
            }
            let Some(mark) = mark(nodes, at..tag.end) else { continue };
            let Some((block, _)) = around.outwards(nodes, at).find(|(_, tag)| !tag.runs_on())
            else {
                continue;
            };
            if has_words(nodes, block..at) {
                called.entry(mark).or_default().push(at);
            } else if let Some(calls) = called.remove(&mark) {
                self.calls.extend(calls.into_iter().map(|call| (call, mark.clone())));
                self.marks.insert(at);
                self.held.insert(block, mark);
            }
        }
    }
}
