//! HTML in; its elements and words as one flat list, every start with its end, out.
//!
//! The tokens are those of the HTML standard; which tags end which follows its rules for the elements that matter
//! to a text (`p`, `li`, `td`, …). The list has no tree to walk down or to take apart, so that no depth of nesting
//! can exhaust the stack. Elements nested deeper than [`MAX_DEPTH`] are passed over; their words stay.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// How deep elements are kept; browsers stop at 512.
const MAX_DEPTH: usize = 512;

/// Attributes that say something about the text; all others are dropped.
const KEPT: [&str; 19] = [
    "alt",
    "aria-hidden",
    "class",
    "content",
    "epub:type",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "name",
    "property",
    "rel",
    "reversed",
    "role",
    "start",
    "style",
    "type",
    "value",
    "width",
];

/// An element's name and what it says of itself.
#[derive(Debug, Default)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(&'static str, String)>,
    /// Index of the node that ends it.
    pub(super) end: usize,
    /// Byte of the file it begins at.
    pub(super) at: usize,
}

impl Tag {
    /// The value of an attribute; empty where it is absent.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.has(name).unwrap_or_default()
    }

    /// The value of an attribute, if it is there.
    pub(super) fn has(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    /// The value of a property in the `style` attribute, in small letters.
    pub(super) fn style(&self, property: &str) -> Option<String> {
        self.attribute("style").split(';').find_map(|declaration| {
            let (name, value) = declaration.split_once(':')?;
            name.trim().eq_ignore_ascii_case(property).then(|| value.trim().to_lowercase())
        })
    }

    /// True for an element that stands in a line of text.
    pub(super) fn runs_on(&self) -> bool {
        !is_block(&self.name)
    }
}

/// A start, words, or an end.
#[derive(Debug)]
pub(super) enum Node {
    Open(Tag),
    /// Words and the byte of the file they begin at.
    Words(String, usize),
    Comment(String, usize),
    Close,
}

/// Cuts a page into its nodes.
pub(super) fn nodes(source: &str) -> Vec<Node> {
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    for token in Tokenizer::new_with_emitter(source, emitter).flatten() {
        match token {
            Token::StartTag(tag) => page.start(tag),
            Token::EndTag(tag) => page.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(words) => {
                let text = String::from_utf8_lossy(&words.value).into_owned();
                page.nodes.push(Node::Words(text, words.span.start));
            }
            Token::Comment(comment) => {
                let text = String::from_utf8_lossy(&comment.value).into_owned();
                page.nodes.push(Node::Comment(text, comment.span.start));
            }
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    while !page.open.is_empty() {
        page.pop();
    }
    page.nodes
}

#[derive(Default)]
struct Page {
    nodes: Vec<Node>,
    /// Indices of the elements still open, outermost first.
    open: Vec<usize>,
    /// Elements passed over because they were too deep, whose end tags are still to come.
    passed: usize,
}

impl Page {
    fn name(&self, depth: usize) -> &str {
        match self.open.get(depth).and_then(|at| self.nodes.get(*at)) {
            Some(Node::Open(tag)) => &tag.name,
            _ => "",
        }
    }

    fn start(&mut self, token: StartTag<usize>) {
        let name = String::from_utf8_lossy(&token.name).into_owned();
        for (ended, within) in ended_by(&name) {
            self.end_implied(ended, within);
        }
        let value = |name: &&'static str| {
            let value = token.attributes.get(name.as_bytes())?;
            Some((*name, String::from_utf8_lossy(value).into_owned()))
        };
        let attributes = KEPT.iter().filter_map(value).collect();
        let void = is_void(&name) || token.self_closing && matches!(&*name, "path" | "circle");
        if self.open.len() >= MAX_DEPTH && !void {
            self.passed += 1;
            return;
        }
        self.open.push(self.nodes.len());
        self.nodes.push(Node::Open(Tag { name, attributes, end: 0, at: token.span.start }));
        if void {
            self.pop();
        }
    }

    fn end(&mut self, name: &str) {
        if self.passed > 0 && !is_void(name) {
            self.passed -= 1;
            return;
        }
        let walls: &[&str] = if is_table(name) { &["table"] } else { &["td", "th", "caption"] };
        for depth in (0..self.open.len()).rev() {
            let open = self.name(depth);
            if open == name {
                while self.open.len() > depth {
                    self.pop();
                }
                return;
            }
            // A bold type that ends inside a paragraph it did not begin in ends nothing else.
            if walls.contains(&open) || is_format(name) && is_block(open) {
                return;
            }
        }
    }

    /// Ends the innermost of these elements, unless one of `within` stands around it.
    fn end_implied(&mut self, ended: &[&str], within: &[&str]) {
        for depth in (0..self.open.len()).rev() {
            let open = self.name(depth);
            if ended.contains(&open) {
                while self.open.len() > depth {
                    self.pop();
                }
                return;
            }
            if within.contains(&open) {
                return;
            }
        }
    }

    fn pop(&mut self) {
        let end = self.nodes.len();
        if let Some(Node::Open(tag)) = self.open.pop().and_then(|at| self.nodes.get_mut(at)) {
            tag.end = end;
            self.nodes.push(Node::Close);
        }
    }
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
/// What a `p` left open does not reach across.
const WALLS: [&str; 8] = ["td", "th", "caption", "table", "button", "object", "body", "li"];

/// What the start of an element ends although its end is not written, and what it does not reach across.
fn ended_by(name: &str) -> Vec<(&'static [&'static str], &'static [&'static str])> {
    let mut ended: Vec<(&'static [&'static str], &'static [&'static str])> = Vec::new();
    if is_block(name) && !is_table(name) {
        ended.push((&["p"], &WALLS));
    }
    match name {
        "li" => ended.push((&["li"], &["ul", "ol", "menu"])),
        "dt" | "dd" => ended.push((&["dt", "dd"], &["dl"])),
        "tr" => ended.push((&["tr"], &["table"])),
        "td" | "th" => ended.push((&["td", "th"], &["tr", "table"])),
        "thead" | "tbody" | "tfoot" => ended.push((&["thead", "tbody", "tfoot"], &["table"])),
        "body" => ended.push((&["head"], &["body"])),
        "a" => ended.push((&["a"], &["td", "th", "table", "body"])),
        _ if HEADINGS.contains(&name) => ended.push((&HEADINGS, &["td", "th", "body", "div"])),
        _ => {}
    }
    ended
}

fn is_table(name: &str) -> bool {
    matches!(name, "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "table" | "caption")
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

fn is_format(name: &str) -> bool {
    matches!(
        name,
        "b" | "i" | "u" | "em" | "strong" | "font" | "span" | "small" | "big" | "tt" | "code"
    )
}

fn is_block(name: &str) -> bool {
    is_table(name)
        || HEADINGS.contains(&name)
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "body"
                | "center"
                | "dd"
                | "details"
                | "dialog"
                | "dir"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "header"
                | "hgroup"
                | "hr"
                | "html"
                | "li"
                | "main"
                | "menu"
                | "nav"
                | "ol"
                | "p"
                | "pre"
                | "search"
                | "section"
                | "summary"
                | "ul"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nodes written out: `p(words)`.
    fn shown(source: &str) -> String {
        let show = |node: &Node| match node {
            Node::Open(tag) => format!("{}(", tag.name),
            Node::Words(text, _) => text.clone(),
            Node::Comment(..) => String::new(),
            Node::Close => ")".to_owned(),
        };
        nodes(source).iter().map(show).collect()
    }

    #[test]
    fn ends_that_are_not_written() {
        for (source, wanted) in [
            ("<p>a<p>b", "p(a)p(b)"),
            ("<ul><li>a<ul><li>b</ul><li>c</ul>", "ul(li(aul(li(b)))li(c))"),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "table(tr(td(a)td(b))tr(td(c)))"),
            ("<p><b>a</p><p>b</b></p>", "p(b(a))p(b)"),
            ("<b><p>a</b>b</p>c", "b(p(ab)c)"),
            ("<div><td>a</div>b", "div(td(ab))"),
            ("<p>a<br>b<p>", "p(abr()b)p()"),
            ("</p>a</td>", "a"),
        ] {
            assert_eq!(shown(source), wanted, "{source}");
        }
    }

    #[test]
    fn any_depth_is_read() {
        let deep = 20_000;
        let source = format!("{}a{}b", "<div>".repeat(deep), "</div>".repeat(deep));
        let found = nodes(&source);
        assert!(matches!(found.last(), Some(Node::Words(text, _)) if text == "b"));
        assert!(found.len() < 2 * MAX_DEPTH + 3);
    }
}
