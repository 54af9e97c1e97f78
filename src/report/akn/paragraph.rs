//! A paragraph in; its lines and sub-paragraphs, one within the other as AKN nests them, out.

use std::cmp::Reverse;
use std::ops::Range;

use super::names::{encoded, is_uri};
use super::notes::Notes;
use super::xml::Xml;
use crate::model::{AsideKind, Link, Paragraph, Part};
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

/// A paragraph ready to be written: its links in the order of the text.
pub(super) struct Words<'d> {
    pub(super) paragraph: &'d Paragraph,
    links: Vec<&'d Link>,
}

impl<'d> Words<'d> {
    pub(super) fn of(paragraph: &'d Paragraph) -> Self {
        let mut links: Vec<&Link> =
            paragraph.links.iter().filter(|link| !link.span.is_empty()).collect();
        links.sort_by_key(|link| (link.span.start, Reverse(link.span.end)));
        Self { paragraph, links }
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
        let link = self.links.partition_point(|link| link.span.start < range.start);
        aside.is_some_and(|aside| aside.at < range.end)
            || self.links.get(link).is_some_and(|link| link.span.start < range.end)
    }

    /// Writes one line, without an element of its own.
    pub(super) fn line(&self, range: Range<usize>, notes: &mut Notes<'d>, xml: &mut Xml) {
        let p = self.paragraph;
        let first = p.asides.partition_point(|aside| aside.at < range.start);
        let asides = p.asides.get(first..).unwrap_or_default().iter();
        let mut asides = asides.take_while(|aside| aside.at <= range.end).peekable();
        let first = self.links.partition_point(|link| link.span.start < range.start);
        let links = self.links.get(first..).unwrap_or_default().iter();
        let mut links = links.take_while(|link| link.span.start < range.end).peekable();
        // Where the links still open end, outermost first: XML cannot say that two overlap.
        let mut open: Vec<usize> = Vec::new();
        let mut at = range.start;
        loop {
            let next_aside = asides.peek().map(|aside| aside.at);
            let next_link = links.peek().map(|link| link.span.start);
            let next = [open.last().copied(), next_aside, next_link].into_iter().flatten().min();
            let stop = next.unwrap_or(range.end).max(at);
            let mut borders = stop..p.text.len();
            let stop = borders.find(|at| p.text.is_char_boundary(*at)).unwrap_or(p.text.len());
            xml.words(p.text.get(at..stop).unwrap_or_default());
            at = stop;
            if next.is_none() {
                break;
            }
            if open.last().is_some_and(|end| *end <= at) {
                open.pop();
                xml.end("a");
            } else if let Some(aside) = asides.next_if(|aside| aside.at <= at) {
                notes.aside(aside, xml);
                let before = p.text.get(range.start..at).unwrap_or_default();
                let gap = before.is_empty() || before.ends_with(' ');
                if aside.kind == AsideKind::Struck && gap && at < range.end {
                    // The space that parts struck words from the next ones is not the text's own.
                    xml.words(" ");
                }
            } else if let Some(link) = links.next() {
                open.push(link.span.end.min(open.last().copied().unwrap_or(range.end)));
                begin_link(&link.href, xml);
            }
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
