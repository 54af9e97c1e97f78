//! Elements and words in, one by one; well-formed XML, indented where that changes no words, out.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// The attributes of an element: names and values.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// XML under construction.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
    depth: usize,
}

impl Xml {
    /// A part of a document that is to stand `depth` elements deep.
    pub(super) fn at(depth: usize) -> Self {
        Self { writer: Writer::new(Vec::new()), depth }
    }

    /// A document from its first line on.
    pub(super) fn document() -> Self {
        let mut xml = Self::at(0);
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        // Nothing but text was written.
        String::from_utf8(self.writer.into_inner()).unwrap_or_default()
    }

    /// Takes over a part that was written apart.
    pub(super) fn append(&mut self, part: Xml) {
        self.writer.get_mut().extend(part.writer.into_inner());
    }

    /// An element on a line of its own that holds others.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.new_line();
        self.start(name, attributes);
        self.depth += 1;
    }

    /// Its end, on a line of its own.
    pub(super) fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.new_line();
        self.end(name);
    }

    /// An element on a line of its own that holds nothing.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.new_line();
        self.mark(name, attributes);
    }

    /// An element on a line of its own that holds words.
    pub(super) fn leaf(&mut self, name: &str, attributes: Attributes<'_>, words: &str) {
        self.new_line();
        self.start(name, attributes);
        self.words(words);
        self.end(name);
    }

    /// An element among words.
    pub(super) fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Start(tag(name, attributes)));
    }

    /// Its end.
    pub(super) fn end(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element among words that holds nothing.
    pub(super) fn mark(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Empty(tag(name, attributes)));
    }

    /// Words.
    pub(super) fn words(&mut self, words: &str) {
        self.event(Event::Text(BytesText::new(&allowed(words))));
    }

    /// What stands among words begins on a line of its own.
    pub(super) fn new_line(&mut self) {
        let out = self.writer.get_mut();
        out.push(b'\n');
        out.extend(std::iter::repeat_n(b' ', 2 * self.depth));
    }

    fn event(&mut self, event: Event<'_>) {
        // Writing into memory does not fail.
        let _ = self.writer.write_event(event);
    }
}

fn tag<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut tag = BytesStart::new(name);
    for (name, value) in attributes {
        tag.push_attribute((*name, &*allowed(value)));
    }
    tag
}

/// The words with U+FFFD in place of the characters that XML 1.0 has no way to say (section 2.2, "Characters").
fn allowed(words: &str) -> Cow<'_, str> {
    let barred = |c: char| {
        c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    };
    if words.contains(barred) {
        Cow::Owned(words.replace(barred, "\u{FFFD}"))
    } else {
        Cow::Borrowed(words)
    }
}
