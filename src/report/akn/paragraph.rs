//! A paragraph in; its lines and sub-paragraphs, one within the other as AKN nests them, out.

use std::cmp::Reverse;
use std::ops::Range;

use super::names::{encoded, is_uri};
use super::notes::Notes;
use super::xml::Xml;
use crate::model::{Aside, AsideKind, Paragraph, Part, Set, Span};
use crate::report::draft::lined_parts;

/// A line of a paragraph, or a sub-paragraph with what it holds.
pub(super) enum Node<'d> {
    Line(Range<usize>),
    Part(&'d Part, Vec<Node<'d>>),
}

impl Node<'_> {
    pub(super) fn is_part(&self) -> bool {
        matches!(self, Self::Part(..))
    }
}

/// A paragraph ready to be written: its links and what is set in its own way, in the order of the text.
pub(super) struct Words<'d> {
    pub(super) paragraph: &'d Paragraph,
    marks: Vec<Mark<'d>>,
}

/// Words within an element of their own.
struct Mark<'d> {
    span: Span,
    /// Where a link leads; else the element.
    href: Option<&'d str>,
    element: &'static str,
}

impl<'d> Words<'d> {
    pub(super) fn of(paragraph: &'d Paragraph) -> Self {
        let links = paragraph.links.iter().map(|link| {
            let href = Some(link.href.as_str());
            Mark { span: link.span, href, element: "a" }
        });
        let set = paragraph.settings.iter().filter_map(|setting| {
            let element = match setting.how {
                Set::Bold => "b",
                Set::Italic => "i",
                Set::Quotation => return None,
            };
            Some(Mark { span: setting.span, href: None, element })
        });
        let mut marks: Vec<Mark<'d>> =
            links.chain(set).filter(|mark| !mark.span.is_empty()).collect();
        marks.sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end)));
        Self { paragraph, marks }
    }

    /// The lines and sub-paragraphs in their order.
    pub(super) fn nodes(&self) -> Vec<Node<'d>> {
        let text = &self.paragraph.text;
        let mut parts = lined_parts(self.paragraph).into_iter().peekable();
        let mut root = Vec::new();
        // The sub-paragraphs still open, outermost first, with what they hold so far.
        let mut open: Vec<(&Part, Vec<Node<'_>>)> = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            let end = at + line.len();
            let mut start = at;
            let mut begun = false;
            while let Some(part) = parts.next_if(|part| part.span.start <= at) {
                let deeper = |(outer, _): &(&Part, _)| outer.depth >= part.depth;
                while open.last().is_some_and(deeper) {
                    shut(&mut open, &mut root);
                }
                begun = true;
                open.push((part, Vec::new()));
                start = self.number(part).map_or(at, |(_, after)| after);
            }
            while !begun && open.last().is_some_and(|(part, _)| part.span.end <= at) {
                shut(&mut open, &mut root);
            }
            // A label without words is a line already.
            if start < end || start == at || self.beside(end..end + 1) {
                let nodes = open.last_mut().map_or(&mut root, |(_, nodes)| nodes);
                nodes.push(Node::Line(start..end));
            }
            at = end + 1;
        }
        while !open.is_empty() {
            shut(&mut open, &mut root);
        }
        root
    }

    /// The label that is set apart from the words of a sub-paragraph, and where these begin.
    ///
    /// None where it has no label, or something else than a space stands between the two.
    pub(super) fn number(&self, part: &Part) -> Option<(&'d str, usize)> {
        let text = &self.paragraph.text;
        let printed = text.get(part.span.start..part.label.end)?;
        let rest = text.get(part.label.end..)?;
        let rest = rest.split('\n').next().unwrap_or_default();
        let joint = usize::from(!rest.is_empty());
        let after = part.label.end + joint;
        let parted = rest.is_empty() || rest.len() > 1 && rest.starts_with(' ');
        let plain = parted && !part.label.is_empty() && !printed.contains('\n');
        (plain && !self.beside(part.span.start..after)).then_some((printed, after))
    }

    /// True when an aside stands at one of these bytes, or a link begins there.
    fn beside(&self, range: Range<usize>) -> bool {
        let p = self.paragraph;
        let aside = p.asides.get(p.asides.partition_point(|aside| aside.at < range.start));
        let mark = self.marks.partition_point(|mark| mark.span.start < range.start);
        aside.is_some_and(|aside| aside.at < range.end)
            || self.marks.get(mark).is_some_and(|mark| mark.span.start < range.end)
    }

    /// Writes one line, without an element of its own.
    pub(super) fn line(&self, range: Range<usize>, notes: &mut Notes<'d>, xml: &mut Xml) {
        let asides = &self.paragraph.asides;
        let from = asides.partition_point(|aside| aside.at < range.start);
        let to = asides.partition_point(|aside| aside.at <= range.end);
        let own = asides.get(from..to).unwrap_or_default();
        self.line_with(range, own, notes, xml);
    }

    /// Writes one line and these asides, which stand in it.
    pub(super) fn line_with(
        &self,
        range: Range<usize>,
        asides: &'d [Aside],
        notes: &mut Notes<'d>,
        xml: &mut Xml,
    ) {
        let p = self.paragraph;
        let mut asides = asides.iter().peekable();
        let first = self.marks.partition_point(|mark| mark.span.start < range.start);
        let marks = self.marks.get(first..).unwrap_or_default().iter();
        let mut marks = marks.take_while(|mark| mark.span.start < range.end).peekable();
        let own = Span::new(range.start, range.end);
        let mut settings = p.settings.iter();
        let quoted =
            !range.is_empty() && settings.any(|s| s.how == Set::Quotation && s.span.contains(own));
        if quoted {
            xml.start("embeddedText", &[]);
        }
        // Where the elements still open end, outermost first: XML cannot say that two overlap.
        let mut open: Vec<(usize, &str)> = Vec::new();
        let mut at = range.start;
        loop {
            let next_aside = asides.peek().map(|aside| aside.at);
            let next_mark = marks.peek().map(|mark| mark.span.start);
            let next = [open.last().map(|(end, _)| *end), next_aside, next_mark]
                .into_iter()
                .flatten()
                .min();
            let stop = next.unwrap_or(range.end).max(at);
            let mut borders = stop..p.text.len();
            let stop = borders.find(|at| p.text.is_char_boundary(*at)).unwrap_or(p.text.len());
            xml.words(p.text.get(at..stop).unwrap_or_default());
            at = stop;
            if next.is_none() {
                break;
            }
            if let Some((_, element)) = open.pop_if(|(end, _)| *end <= at) {
                xml.end(element);
            } else if let Some(aside) = asides.next_if(|aside| aside.at <= at) {
                notes.aside(aside, xml);
                let before = p.text.get(range.start..at).unwrap_or_default();
                let gap = before.is_empty() || before.ends_with(' ');
                if aside.kind == AsideKind::Struck && gap && at < range.end {
                    // The space that parts struck words from the next ones is not the text's own.
                    xml.words(" ");
                }
            } else if let Some(mark) = marks.next() {
                let outer = open.last().map_or(range.end, |(end, _)| *end);
                open.push((mark.span.end.min(outer), mark.element));
                match mark.href {
                    Some(href) => begin_link(href, xml),
                    None => xml.start(mark.element, &[]),
                }
            }
        }
        if quoted {
            xml.end("embeddedText");
        }
    }
}

/// Ends the innermost sub-paragraph.
fn shut<'d>(open: &mut Vec<(&'d Part, Vec<Node<'d>>)>, root: &mut Vec<Node<'d>>) {
    if let Some((part, nodes)) = open.pop() {
        let holder = open.last_mut().map_or(root, |(_, nodes)| nodes);
        holder.push(Node::Part(part, nodes));
    }
}

/// A link that is no address is kept beside the address that it is written as.
fn begin_link(href: &str, xml: &mut Xml) {
    if is_uri(href) {
        xml.start("a", &[("href", href)]);
    } else {
        xml.start("a", &[("href", &encoded(href)), ("adref:target", href)]);
    }
}
