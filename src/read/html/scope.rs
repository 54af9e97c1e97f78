//! The nodes of a page in; which of them are the text, and what of the page is left out, out.
//!
//! One rule stands above all others: what holds at least half of the words is the text, whatever it is called. So a
//! page that lies wholly in a form, or is hidden until a script shows it, is read all the same.

use std::ops::Range;

use super::page::{Node, Tag};
use crate::model::Omission;

/// Parts of names that pages give to what is not their text.
const FURNITURE: [&str; 9] = [
    "breadcrumb",
    "cookie",
    "element-invisible",
    "msotoc",
    "mw-editsection",
    "skip-link",
    "skiplink",
    "sr-only",
    "visually-hidden",
];

/// What ARIA calls parts of a page that are not its text.
const ROLES: [&str; 13] = [
    "alert",
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "doc-toc",
    "menu",
    "menubar",
    "navigation",
    "search",
    "tablist",
    "toolbar",
];

/// The nodes of a page, and how many words stand before each.
pub(super) struct Scope<'p> {
    nodes: &'p [Node],
    words: Vec<usize>,
    /// Words within links before each node, and links.
    linked: Vec<(usize, usize)>,
    /// Words within links to a place in the page itself.
    jumps: Vec<usize>,
    /// The nodes that hold the text.
    pub(super) text: Range<usize>,
}

impl<'p> Scope<'p> {
    pub(super) fn new(nodes: &'p [Node]) -> Self {
        let mut scope = Self {
            nodes,
            words: Vec::with_capacity(nodes.len() + 1),
            linked: Vec::with_capacity(nodes.len() + 1),
            jumps: Vec::with_capacity(nodes.len() + 1),
            text: 0..nodes.len(),
        };
        scope.count();
        scope.text = scope.whole();
        scope
    }

    fn count(&mut self) {
        let (mut words, mut linked, mut links, mut jumps) = (0, 0, 0, 0);
        let (mut unseen, mut link, mut jump) = (0, 0, 0);
        for (at, node) in self.nodes.iter().enumerate() {
            self.words.push(words);
            self.linked.push((linked, links));
            self.jumps.push(jumps);
            match node {
                Node::Open(tag) if is_unseen(tag) => unseen = unseen.max(tag.end),
                Node::Open(tag) if tag.name == "a" && tag.has("href").is_some() => {
                    links += 1;
                    link = tag.end;
                    if tag.attribute("href").starts_with('#') {
                        jump = tag.end;
                    }
                }
                Node::Words(text, _) if at >= unseen => {
                    let found = text.split_whitespace().count();
                    words += found;
                    linked += if at < link { found } else { 0 };
                    jumps += if at < jump { found } else { 0 };
                }
                _ => {}
            }
        }
        self.words.push(words);
        self.linked.push((linked, links));
        self.jumps.push(jumps);
    }

    /// How many words stand in these nodes.
    pub(super) fn words(&self, range: &Range<usize>) -> usize {
        let before = |at: usize| self.words.get(at).or(self.words.last()).copied().unwrap_or(0);
        before(range.end).saturating_sub(before(range.start))
    }

    /// True where words stand around the text, in a part of the page of their own.
    pub(super) fn has_surroundings(&self) -> bool {
        self.words(&(0..self.nodes.len())) > self.words(&self.text)
    }

    /// True for nodes that hold so much of the text that they cannot be left out.
    fn is_most(&self, range: &Range<usize>) -> bool {
        let all = self.words(&self.text);
        self.words(range) * 2 >= all && all > 0
    }

    /// The element that holds most of the words: `main` or `article`, else the body.
    fn whole(&self) -> Range<usize> {
        let named = |wanted: fn(&Tag) -> bool| {
            let ranges = self.nodes.iter().enumerate().filter_map(move |(at, node)| match node {
                Node::Open(tag) if wanted(tag) => Some(at..tag.end),
                _ => None,
            });
            ranges.max_by_key(|range| (self.words(range), std::cmp::Reverse(range.start)))
        };
        let body = named(|tag| tag.name == "body").filter(|body| self.is_most(body));
        let body = body.unwrap_or(0..self.nodes.len());
        let main = named(|tag| tag.name == "main" || tag.attribute("role") == "main");
        let article = named(|tag| tag.name == "article");
        let most = |range: &Range<usize>| self.words(range) * 2 >= self.words(&body);
        main.filter(|r| most(r)).or(article.filter(|r| most(r))).unwrap_or(body)
    }

    /// Why an element of the text is left out, if it is; None within for what no reader ever saw. A header or footer
    /// belongs to the site unless it stands in a section of the text.
    pub(super) fn left_out(
        &self,
        at: usize,
        tag: &Tag,
        in_section: bool,
    ) -> Option<Option<Omission>> {
        if is_unseen(tag) {
            return Some(None);
        }
        let range = at..tag.end;
        let why = match tag.name.as_str() {
            "img" | "svg" | "object" | "embed" | "video" | "audio" | "canvas" | "iframe"
            | "picture" => {
                let tiny = matches!(tag.attribute("width"), "0" | "1");
                return Some((!tiny).then_some(Omission::Picture));
            }
            "button" | "select" | "textarea" | "input" | "datalist" | "fieldset" => Omission::Form,
            "form" => Omission::Form,
            "nav" | "aside" | "search" | "dialog" | "menu" => Omission::Navigation,
            "header" | "footer" if !in_section => Omission::Navigation,
            _ if ROLES.contains(&tag.attribute("role")) => Omission::Navigation,
            _ if is_named(tag) => Omission::Navigation,
            _ if is_hidden(tag) => Omission::Hidden,
            "ul" | "ol" | "dl" | "p" | "div" | "table" if self.is_menu(&range, &tag.name) => {
                Omission::Navigation
            }
            _ => return None,
        };
        if self.is_most(&range) {
            return None;
        }
        let empty = self.words(&range) == 0;
        Some(if empty { None } else { Some(why) })
    }

    /// True where all words are links: to places in the page itself, or several short ones without punctuation.
    fn is_menu(&self, range: &Range<usize>, name: &str) -> bool {
        let words = self.words(range);
        let of = |list: &[(usize, usize)], at: usize| list.get(at).copied().unwrap_or_default();
        let (from, to) = (of(&self.linked, range.start), of(&self.linked, range.end));
        let (linked, links) = (to.0 - from.0, to.1 - from.1);
        if words == 0 || linked < words || links < 3 {
            return false;
        }
        let jumps = |at: usize| self.jumps.get(at).copied().unwrap_or_default();
        if jumps(range.end) - jumps(range.start) == words {
            return true;
        }
        let nodes = self.nodes.get(range.clone()).unwrap_or_default();
        let ended = nodes.iter().any(|node| match node {
            Node::Words(text, _) => text.trim_end().ends_with([';', '.', ',', ':']),
            _ => false,
        });
        name == "ul" && !ended && words <= links * 6
    }
}

/// True for elements whose words nobody sees.
fn is_unseen(tag: &Tag) -> bool {
    matches!(
        tag.name.as_str(),
        "script" | "style" | "template" | "noscript" | "head" | "title" | "noframes" | "xml"
    )
}

fn is_named(tag: &Tag) -> bool {
    let names = [tag.attribute("class"), tag.attribute("id")];
    let names = names.map(str::to_ascii_lowercase);
    let furniture = |name: &str| FURNITURE.iter().any(|part| name.contains(part));
    names.iter().any(|name| furniture(name) || matches!(name.as_str(), "toc" | "table of contents"))
        || names[1].starts_with("table of contents")
}

fn is_hidden(tag: &Tag) -> bool {
    tag.has("hidden").is_some()
        || tag.attribute("aria-hidden") == "true"
        || tag.style("display").as_deref() == Some("none")
        || tag.style("visibility").as_deref() == Some("hidden")
        || tag.style("mso-hide").as_deref() == Some("all")
}
