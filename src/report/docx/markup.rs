//! Words and properties in; the elements of a Word file that say them, in the order that the standard asks for, out.

mod tables;

use super::calls;
use super::notes::Callings;
use crate::model::Span;
use crate::ooxml::xml::Element;

pub(in crate::report) use tables::{cell_properties, row_properties, table_properties};

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

/// Words that are put in with the properties of one run.
#[derive(Clone, Debug)]
pub(in crate::report) struct Words {
    pub(in crate::report) run: String,
    pub(in crate::report) text: String,
}

/// A signature with the numbers of all that is signed with it.
pub(in crate::report) struct Hand {
    signed: String,
    next: u32,
    /// How calls of new footnotes are written that stand among words.
    pub(in crate::report) calling: Option<Callings>,
}

impl Hand {
    /// Signs; numbers begin with `next`.
    pub(in crate::report) fn new(signature: &Signature, next: u32) -> Self {
        let mut signed = format!(" w:author=\"{}\"", escaped(&signature.author));
        if let Some(date) = &signature.date {
            signed.push_str(&format!(" w:date=\"{}\"", escaped(date)));
        }
        Self { signed, next, calling: None }
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

    /// Words that were put in, with the properties of a run; and the calls of footnotes among them.
    pub(in crate::report) fn inserted(&mut self, properties: &str, words: &str) -> String {
        let runs = self.runs(properties, words);
        self.tracked("ins", &runs)
    }

    /// The same, where not all words have the properties of one run.
    pub(in crate::report) fn inserted_each(&mut self, words: &[Words]) -> String {
        let runs: String = words.iter().map(|own| self.runs(&own.run, &own.text)).collect();
        self.tracked("ins", &runs)
    }

    fn runs(&mut self, properties: &str, words: &str) -> String {
        let Some(calling) = &mut self.calling else {
            return format!("<w:r>{properties}{}</w:r>", text(words, false));
        };
        let mut runs = String::new();
        for words in words.split_inclusive(calls::is_call) {
            let plain = words.trim_end_matches(calls::is_call);
            if !plain.is_empty() {
                runs.push_str(&format!("<w:r>{properties}{}</w:r>", text(plain, false)));
            }
            if let Some(call) = words.chars().next_back().and_then(calls::index) {
                runs.push_str(&calling.call(call));
            }
        }
        runs
    }

    /// Says of a paragraph's mark that it was put in (`ins`) or taken out (`del`).
    pub(in crate::report) fn mark(&mut self, change: &str) -> String {
        format!("<w:{change}{}/>", self.sign())
    }
}

/// True for a character that no part can hold (XML 1.0, 2.2).
pub(in crate::report) fn is_barred(c: char) -> bool {
    let blank = matches!(c, '\t' | '\n' | '\r');
    c < ' ' && !blank || matches!(c, '\u{FFFE}' | '\u{FFFF}')
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
            c if is_barred(c) => out.push('\u{FFFD}'),
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

/// Properties of a run that new words do not take over: earlier changes of them, and what would take the words out of the text.
const NOT_TAKEN: [&str; 8] =
    ["rPrChange", "ins", "del", "moveFrom", "moveTo", "strike", "dstrike", "vanish"];

/// The properties of a run as they are put in with new words.
pub(in crate::report) fn run_properties(properties: Option<&Element>, source: &str) -> String {
    let kept: String = children(properties, source, &NOT_TAKEN).map(|(_, text)| text).collect();
    if kept.is_empty() { kept } else { format!("<w:rPr>{kept}</w:rPr>") }
}

/// The same, for words that are in bold or in italics, or in neither, whatever these properties say.
pub(in crate::report) fn set_as(
    properties: Option<&Element>,
    source: &str,
    (bold, italic): (bool, bool),
) -> String {
    let looks = ["b", "bCs", "i", "iCs"];
    let without: Vec<&str> = NOT_TAKEN.into_iter().chain(looks).collect();
    let set = [("b", bold, "<w:b/><w:bCs/>"), ("i", italic, "<w:i/><w:iCs/>")];
    let set: String = set.iter().filter(|(_, is_set, _)| *is_set).map(|(.., own)| *own).collect();
    let kept = with(children(properties, source, &without), &RUN_ORDER, "b", &set);
    if kept.is_empty() { kept } else { format!("<w:rPr>{kept}</w:rPr>") }
}

/// Properties of a run as they are put in, with the words struck out.
pub(in crate::report) fn struck(properties: &str) -> String {
    const STRUCK: &str = "<w:strike/>";
    let inner = properties.strip_prefix("<w:rPr>").and_then(|rest| rest.strip_suffix("</w:rPr>"));
    let inner = inner.unwrap_or_default();
    // What stands before it in the schema, each an element without others in it.
    let rank = |name: &str| RUN_ORDER.iter().position(|own| *own == name);
    let before = inner.split_inclusive("/>").take_while(|element| {
        let name = element.trim_start_matches("<w:").split([' ', '/']).next().unwrap_or_default();
        rank(name).is_some_and(|at| Some(at) < rank("strike"))
    });
    let at = before.map(str::len).sum();
    let (before, behind) = inner.split_at_checked(at).unwrap_or((inner, ""));
    let behind = behind.strip_prefix(STRUCK).unwrap_or(behind);
    format!("<w:rPr>{before}{STRUCK}{behind}</w:rPr>")
}

/// The properties of a run as words of another text are put in with them: without what sets single words apart.
pub(in crate::report) fn words_properties(properties: Option<&Element>, source: &str) -> String {
    let looks = ["rStyle", "b", "bCs", "i", "iCs", "color", "highlight", "u", "shd", "vertAlign"];
    let without: Vec<&str> = NOT_TAKEN.into_iter().chain(looks).collect();
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
    let of_mark = mark_properties(properties, source);
    let of_mark = if mark.is_empty() && of_mark.is_empty() {
        String::new()
    } else {
        format!("<w:rPr>{mark}{of_mark}</w:rPr>")
    };
    format!("<w:pPr>{}{of_mark}</w:pPr>", looks(properties, source, numbered))
}

/// What the mark of a paragraph looks like, without changes of it.
pub(in crate::report) fn mark_properties(properties: Option<&Element>, source: &str) -> String {
    let own = properties.and_then(|set| set.child("rPr"));
    let without = ["ins", "del", "moveFrom", "moveTo", "rPrChange"];
    children(own, source, &without).map(|(_, text)| text).collect()
}

/// What a paragraph looks like, without what is said of its mark, its section and earlier changes.
pub(in crate::report) fn looks(
    properties: Option<&Element>,
    source: &str,
    numbered: bool,
) -> String {
    let without = ["rPr", "sectPr", "pPrChange", "numPr"];
    let without = if numbered { without.get(..3).unwrap_or_default() } else { &without[..] };
    let kept = children(properties, source, without);
    if numbered {
        kept.map(|(_, text)| text).collect()
    } else {
        with(kept, &PARAGRAPH_ORDER, "numPr", NO_NUMBER)
    }
}

/// The properties of a paragraph that stays and gets the [`looks`] of another, as a tracked change; `mark` is said of its mark.
pub(in crate::report) fn changed(
    old: Option<&Element>,
    source: &str,
    looks: &str,
    mark: &str,
    hand: &mut Hand,
) -> String {
    let all = |without: &[&str]| -> String {
        children(old, source, without).map(|(_, text)| text).collect()
    };
    let only = |name: &str| -> String {
        children(old, source, &[]).filter(|(own, _)| *own == name).map(|(_, text)| text).collect()
    };
    let before = all(&["rPr", "sectPr", "pPrChange"]);
    let (section, earlier) = (only("sectPr"), only("pPrChange"));
    let own = old.and_then(|set| set.child("rPr"));
    let of_mark = with(children(own, source, &[]), &RUN_ORDER, "ins", mark);
    let mark = if of_mark.is_empty() { of_mark } else { format!("<w:rPr>{of_mark}</w:rPr>") };
    // Who rejects all rejects an earlier change as well.
    let change = if earlier.is_empty() {
        format!("<w:pPrChange{}><w:pPr>{before}</w:pPr></w:pPrChange>", hand.sign())
    } else {
        earlier
    };
    format!("<w:pPr>{looks}{mark}{section}{change}</w:pPr>")
}

/// The start tag of an element that stands in the part with an end tag of its own.
pub(in crate::report) fn start_tag<'s>(element: &Element, source: &'s str) -> &'s str {
    Span::new(element.span.start, element.inner.start).slice(source)
}

/// True for a text whose first letter is written from right to left: Hebrew, Arabic, Syriac, Thaana and their forms.
pub(in crate::report) fn is_rtl(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(
        |c| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'),
    )
}
