//! Blocks of text in the order of the file in; numbered paragraphs with their sub-paragraphs out.

use super::flow::Flow;
use super::number::{Label, Style, label, leading_value, printed_number};
use super::open::Open;
use super::split::{give_ids, inline_parts, joined, opens_list, split_lines};
use crate::model::{AsideKind, Draft, Heading, Paragraph, Pin, Span};
use crate::text::is_placeholder;

/// What a reader saw, before anyone decided what it is part of.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A heading; the outermost level is 1.
    Heading { level: usize, text: String },
    /// From here on paragraphs stand in this annex and number anew.
    Annex { annex: Option<String> },
    /// Text outside any list. Line breaks of the file stand in it as `\n`.
    Text { flow: Flow },
    /// The first text of a list item; the outermost list has depth 1. The marker is the number as
    /// printed and the byte of the file it stands at, or none for a bullet.
    Item { depth: usize, marker: Option<(String, usize)>, flow: Flow },
    /// A sub-paragraph that the file marks as one; its label stands at the start of its text.
    Part { label: Label, flow: Flow },
    /// Text that goes on inside a list item.
    Continued { depth: usize, flow: Flow },
    /// Cells of a table row, or text that is to stand alone.
    Alone { flow: Flow },
    /// An author's pin, belonging to the paragraph before it.
    Pin { pin: Pin },
    /// A comment that stands alone, belonging to the paragraph after it.
    Comment { text: String },
}

/// Puts blocks together into the paragraphs and headings of `draft`.
pub(super) fn assemble(blocks: impl IntoIterator<Item = Block>, draft: &mut Draft) {
    let mut assembler = Assembler::default();
    for block in blocks {
        assembler.block(block, draft);
    }
    assembler.close(draft);
    give_ids(&mut draft.paragraphs);
}

#[derive(Default)]
struct Assembler {
    open: Option<Open>,
    headings: Vec<(usize, String)>,
    annex: Option<String>,
    comments: Vec<String>,
    /// The numbered paragraph whose list a heading interrupted, and the list's counter.
    interrupted: Option<(String, (Style, u64))>,
}

impl Assembler {
    fn block(&mut self, block: Block, draft: &mut Draft) {
        match block {
            Block::Heading { level, text } => self.heading(level, text, draft),
            Block::Annex { annex } => {
                self.close(draft);
                self.interrupted = None;
                self.annex = annex;
            }
            Block::Text { flow } => {
                for piece in split_lines(flow, self.open.as_ref()) {
                    self.text(piece, draft);
                }
            }
            Block::Item { depth, marker, flow } => self.item(depth, marker, flow, draft),
            Block::Part { label, flow } => self.labelled(label, flow, draft),
            Block::Continued { depth, flow } => self.continued(depth, joined(flow), draft),
            Block::Alone { flow } => self.begin(None, joined(flow), draft),
            Block::Pin { pin } => match &mut self.open {
                Some(open) => open.pins.push(pin),
                None => {
                    if let Some(last) = draft.paragraphs.last_mut() {
                        last.pins.push(pin);
                    }
                }
            },
            Block::Comment { text } => self.comments.push(text),
        }
    }

    fn heading(&mut self, level: usize, text: String, draft: &mut Draft) {
        // "A. Domestic resources" begins a list anew; "Transparency" may stand inside one.
        let counted = text.split(' ').next().is_some_and(|first| first.ends_with('.'));
        match &self.open {
            Some(open) if !counted => {
                self.interrupted = open.unfinished().or(self.interrupted.take())
            }
            _ => {}
        }
        if counted {
            self.interrupted = None;
        }
        self.close(draft);
        self.headings.retain(|(outer, _)| *outer < level);
        self.headings.push((level, text.clone()));
        draft.headings.push(Heading { level, text, before: draft.paragraphs.len() });
    }

    /// Text outside lists: a numbered paragraph, a sub-paragraph in plain form, the rest of a
    /// paragraph that a list interrupted, or an unnumbered paragraph.
    fn text(&mut self, flow: Flow, draft: &mut Draft) {
        if let Some(printed) = printed_number(&flow.text) {
            let rest = flow.cut(printed.range);
            return self.numbered(printed.number, None, rest, draft);
        }
        if let (Some(label), Some(open)) = (label(&flow.text), &mut self.open)
            && (!open.levels.is_empty() || opens_list(&label))
        {
            return open.part(Some(label), None, flow);
        }
        match &mut self.open {
            Some(open) if open.goes_on_with(&flow) => open.goes_on(flow),
            _ => self.begin(None, flow, draft),
        }
    }

    fn item(
        &mut self,
        depth: usize,
        marker: Option<(String, usize)>,
        flow: Flow,
        draft: &mut Draft,
    ) {
        let flow = joined(flow);
        match (marker, &mut self.open) {
            (Some((number, at)), _) if depth == 1 => {
                self.numbered(number, Some(at), flow, draft);
            }
            (Some((number, at)), Some(open)) if label(&flow.text).is_none() => {
                let (flow, label) = with_number(&number, at, flow);
                open.part(Some(label), Some(open.level(depth)), flow);
            }
            (_, Some(open)) if depth > 1 || open.expects_list(&flow) => {
                let found = label(&flow.text);
                open.part(found, Some(open.level(depth)), flow);
            }
            _ => self.begin(None, flow, draft),
        }
    }

    /// A sub-paragraph marked as one. Where a heading stands inside a list whose letters go on, the
    /// rest is a paragraph of the same number: its address is right, and so is its section.
    fn labelled(&mut self, label: Label, flow: Flow, draft: &mut Draft) {
        let listing = self.open.as_ref().is_some_and(|open| {
            !open.levels.is_empty() || open.number.is_some() || open.ends_with_colon()
        });
        let follows = |(_, (style, value)): &(String, (Style, u64))| {
            label.readings().iter().any(|(s, v)| s == style && *v == value + 1)
        };
        if !listing && self.interrupted.as_ref().is_some_and(follows) {
            let interrupted = self.interrupted.take();
            self.begin(
                interrupted.as_ref().map(|(number, _)| number.clone()),
                Flow::default(),
                draft,
            );
            if let (Some(open), Some((_, counter))) = (&mut self.open, interrupted) {
                open.levels.push(counter);
            }
        } else if self.open.is_none() || !listing && !opens_list(&label) {
            self.begin(None, Flow::default(), draft);
        }
        if let Some(open) = &mut self.open {
            open.part(Some(label), None, flow);
        }
    }

    fn continued(&mut self, depth: usize, flow: Flow, draft: &mut Draft) {
        let found = label(&flow.text);
        match &mut self.open {
            Some(open) if found.is_some() => open.part(found, None, flow),
            Some(open) => {
                let keep = if open.number.is_some() { depth - 1 } else { depth };
                open.end_parts(keep);
                open.flow.append(flow);
            }
            None => self.begin(None, flow, draft),
        }
    }

    /// A paragraph with a printed number, unless the number counts a list inside the paragraph
    /// before it (the Global Digital Compact, paragraph 7: "the following objectives:" 1. to 5.).
    fn numbered(&mut self, number: String, marker: Option<usize>, flow: Flow, draft: &mut Draft) {
        if let (Some(open), Some(value)) = (&mut self.open, leading_value(&number))
            && open.counts(value)
        {
            let (flow, label) = with_number(&number, marker.unwrap_or_default(), flow);
            open.counting = true;
            return open.part(Some(label), Some(1), flow);
        }
        self.begin(Some(number), flow, draft);
    }

    fn begin(&mut self, number: Option<String>, flow: Flow, draft: &mut Draft) {
        self.close(draft);
        if number.is_some() {
            self.interrupted = None;
        }
        let flow = flow.trimmed();
        let mut open = Open { number, ..Open::default() };
        for text in std::mem::take(&mut self.comments) {
            open.flow.aside(AsideKind::Comment, text);
        }
        open.flow.append(flow);
        self.open = Some(open);
    }

    fn close(&mut self, draft: &mut Draft) {
        let Some(mut open) = self.open.take() else { return };
        open.end_parts(0);
        if open.number.is_none() && open.flow.is_empty() {
            return;
        }
        let Open { number, flow, mut parts, pins, .. } = open;
        if parts.is_empty() {
            parts = inline_parts(&flow.text);
        }
        draft.paragraphs.push(Paragraph {
            id: String::new(),
            number,
            annex: self.annex.clone(),
            section: self.headings.iter().map(|(_, text)| text.clone()).collect(),
            placeholder: is_placeholder(&flow.text),
            text: flow.text,
            parts,
            asides: flow.asides,
            links: flow.links,
            pins,
            origin: flow.origin,
        });
    }
}

/// Puts a list number back before its text, as the label of a sub-paragraph.
fn with_number(number: &str, at: usize, flow: Flow) -> (Flow, Label) {
    let mut numbered = Flow::default();
    numbered.push(&format!("{number}. "), at);
    let by = numbered.text.len();
    let flow = flow.trimmed();
    numbered.origin.append(by, &flow.origin);
    numbered.text.push_str(&flow.text);
    numbered.asides.extend(flow.asides.into_iter().map(|mut aside| {
        aside.at += by;
        aside
    }));
    numbered.links.extend(flow.links.into_iter().map(|mut link| {
        link.span = Span::new(link.span.start + by, link.span.end + by);
        link
    }));
    let range = Span::new(0, number.len() + 1);
    (numbered, Label { counter: number.to_owned(), range, stop: true })
}
