//! Words and properties in; the elements of a Word file that say them, in the order that the standard asks for, out.

use crate::model::Span;
use crate::ooxml::xml::Element;

/// Who makes the tracked changes and the comments of a Word file, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The name that Word shows.
    pub author: String,
    /// `2025-10-24T00:00:00Z`; without one the changes have no date.
    pub date: Option<String>,
}

impl Default for Signature {
    fn default() -> Self {
        Self { author: "adref".to_owned(), date: None }
    }
}

/// A signature with the numbers of all that is signed with it.
pub(in crate::report) struct Hand {
    signed: String,
    next: u32,
}

impl Hand {
    /// Signs; numbers begin with `next`.
    pub(in crate::report) fn new(signature: &Signature, next: u32) -> Self {
        let mut signed = format!(" w:author=\"{}\"", escaped(&signature.author));
        if let Some(date) = &signature.date {
            signed.push_str(&format!(" w:date=\"{}\"", escaped(date)));
        }
        Self { signed, next }
    }

    /// A number that nothing else in the file has.
    pub(in crate::report) fn number(&mut self) -> u32 {
        self.next = self.next.saturating_add(1);
        self.next - 1
    }

    /// ` w:id="7" w:author="adref"`
    pub(in crate::report) fn sign(&mut self) -> String {
        self.sign_as().1
    }

    /// The same, with the number in it.
    pub(in crate::report) fn sign_as(&mut self) -> (u32, String) {
        let number = self.number();
        (number, format!(" w:id=\"{number}\"{}", self.signed))
    }

    /// Runs that were put in (`ins`) or taken out (`del`).
    pub(in crate::report) fn tracked(&mut self, change: &str, runs: &str) -> String {
        format!("<w:{change}{}>{runs}</w:{change}>", self.sign())
    }

    /// Words that were put in, with the properties of a run.
    pub(in crate::report) fn inserted(&mut self, properties: &str, words: &str) -> String {
        let run = format!("<w:r>{properties}{}</w:r>", text(words, false));
        self.tracked("ins", &run)
    }

    /// Says of a paragraph's mark that it was put in (`ins`) or taken out (`del`).
    pub(in crate::report) fn mark(&mut self, change: &str) -> String {
        format!("<w:{change}{}/>", self.sign())
    }
}

/// Text as it stands in a part. What XML cannot hold is a question mark in a diamond (XML 1.0, 2.2).
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// The words of a run; those that were taken out stand in an element of their own, and so does a tab.
pub(in crate::report) fn text(words: &str, deleted: bool) -> String {
    let name = if deleted { "delText" } else { "t" };
    let words = words.split('\t').map(|words| match words {
        "" => String::new(),
        words => format!("<w:{name} xml:space=\"preserve\">{}</w:{name}>", escaped(words)),
    });
    words.collect::<Vec<_>>().join("<w:tab/>")
}

/// Properties of a run, in the order of the schema (CT_RPr, ECMA-376-1, A.1).
const RUN_ORDER: [&str; 25] = [
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
];

/// Properties of a paragraph, in the order of the schema (CT_PPr), as far as something is put among them.
const PARAGRAPH_ORDER: [&str; 7] =
    ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"];

/// Takes a list out of what a paragraph looks like.
const NO_NUMBER: &str = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>";

/// The children of `set` as they stand in the part, without those called so.
fn children<'s>(
    set: Option<&'s Element>,
    source: &'s str,
    without: &'s [&'s str],
) -> impl Iterator<Item = (&'s str, &'s str)> {
    let elements = set.into_iter().flat_map(Element::elements);
    let kept = elements.filter(|element| !without.contains(&&*element.name));
    kept.map(|element| (&*element.name, element.span.slice(source)))
}

/// `children` with `added`, called `name`, at its place in `order`.
fn with<'s>(
    children: impl Iterator<Item = (&'s str, &'s str)>,
    order: &[&str],
    name: &str,
    added: &str,
) -> String {
    let rank = |name: &str| order.iter().position(|n| *n == name).unwrap_or(order.len());
    let own = rank(name);
    let mut out = String::new();
    let mut pending = Some(added);
    for (child, text) in children {
        if rank(child) > own {
            out.push_str(pending.take().unwrap_or_default());
        }
        out.push_str(text);
    }
    out + pending.unwrap_or_default()
}

/// The properties of a run with a colour; nothing but the colour where it had none.
pub(in crate::report) fn coloured(
    properties: Option<&Element>,
    source: &str,
    color: &str,
) -> String {
    let kept = children(properties, source, &["color"]);
    let added = format!("<w:color w:val=\"{color}\"/>");
    format!("<w:rPr>{}</w:rPr>", with(kept, &RUN_ORDER, "color", &added))
}

/// The properties of a run as they are put in with new words: without earlier changes of them.
pub(in crate::report) fn run_properties(properties: Option<&Element>, source: &str) -> String {
    let without = ["rPrChange", "ins", "del", "moveFrom", "moveTo"];
    let kept: String = children(properties, source, &without).map(|(_, text)| text).collect();
    if kept.is_empty() { kept } else { format!("<w:rPr>{kept}</w:rPr>") }
}

/// The properties of a paragraph that stays, with `mark` said of its mark.
pub(in crate::report) fn marked(properties: Option<&Element>, source: &str, mark: &str) -> String {
    let own = properties.and_then(|set| set.child("rPr"));
    let name = if mark.starts_with("<w:ins") { "ins" } else { "del" };
    let of_mark = with(children(own, source, &[]), &RUN_ORDER, name, mark);
    let of_mark = format!("<w:rPr>{of_mark}</w:rPr>");
    let kept = children(properties, source, &["rPr"]);
    let order = ["sectPr", "pPrChange"];
    let before: String =
        kept.filter(|(name, _)| !order.contains(name)).map(|(_, text)| text).collect();
    let behind: String = children(properties, source, &["rPr"])
        .filter(|(name, _)| order.contains(name))
        .map(|(_, text)| text)
        .collect();
    format!("<w:pPr>{before}{of_mark}{behind}</w:pPr>")
}

/// The properties of a paragraph that is put in, taken from those of another: no section ends with it, nobody has changed
/// them, and it stands in no list where it is not `numbered`.
pub(in crate::report) fn taken(
    properties: Option<&Element>,
    source: &str,
    numbered: bool,
    mark: &str,
) -> String {
    let own = properties.and_then(|set| set.child("rPr"));
    let without = ["ins", "del", "moveFrom", "moveTo", "rPrChange"];
    let of_mark: String = children(own, source, &without).map(|(_, text)| text).collect();
    let of_mark = if mark.is_empty() && of_mark.is_empty() {
        String::new()
    } else {
        format!("<w:rPr>{mark}{of_mark}</w:rPr>")
    };
    let without = ["rPr", "sectPr", "pPrChange", "numPr"];
    let without = if numbered { without.get(..3).unwrap_or_default() } else { &without[..] };
    let kept = children(properties, source, without);
    let kept = if numbered {
        kept.map(|(_, text)| text).collect()
    } else {
        with(kept, &PARAGRAPH_ORDER, "numPr", NO_NUMBER)
    };
    format!("<w:pPr>{kept}{of_mark}</w:pPr>")
}

/// The start tag of an element that stands in the part with an end tag of its own.
pub(in crate::report) fn start_tag<'s>(element: &Element, source: &'s str) -> &'s str {
    Span::new(element.span.start, element.inner.start).slice(source)
}
