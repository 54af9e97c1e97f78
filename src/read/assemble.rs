//! Blocks of text in the order of the file in; numbered paragraphs with their sub-paragraphs out.

use super::ahead::Ahead;
use super::flow::Flow;
use super::open::Open;
use super::pin::Remark;
use super::restarts::tell_restarts;
use super::split::{give_ids, inline_parts, joined, opens_list, split_lines, with_number};
use crate::model::{Aside, AsideKind, Draft, Heading, LeftOut, Omission, Paragraph, Span};
use crate::text::is_placeholder;
use crate::text::label::{Label, Style, item_label, label};
use crate::text::number::printed_number;

/// What a reader saw, before anyone decided what it is part of.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A heading, with the footnotes it calls; the outermost level is 1.
    Heading { level: usize, text: String, calls: Vec<Aside> },
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
    /// An author's pin or waiver, belonging to the paragraph before it.
    Remark { remark: Remark },
    /// A comment that stands alone, belonging to the paragraph after it.
    Comment { text: String },
    /// The paragraph before ends here, whatever follows.
    Begin,
    /// The text that follows goes on with the paragraph before.
    GoOn,
    /// Something that is not taken over stands here.
    LeftOut { what: Omission },
}

/// Puts blocks together into the paragraphs and headings of `draft`.
pub(super) fn assemble(blocks: impl IntoIterator<Item = Block>, draft: &mut Draft) {
    let blocks: Vec<Block> = blocks.into_iter().collect();
    let mut assembler = Assembler { ahead: Ahead::of(&blocks), ..Assembler::default() };
    for (at, block) in blocks.into_iter().enumerate() {
        assembler.ahead.come_to(at);
        assembler.block(block, draft);
    }
    assembler.close(draft);
    give_ids(&mut draft.paragraphs);
    tell_restarts(&mut draft.paragraphs);
}

#[derive(Default)]
struct Assembler {
    ahead: Ahead,
    open: Option<Open>,
    headings: Vec<(usize, String)>,
    annex: Option<String>,
    comments: Vec<String>,
    /// True when the next text is said to go on with the open paragraph.
    going_on: bool,
    /// The numbered paragraph whose list a heading interrupted, and the list's counter.
    interrupted: Option<(String, (Style, u64))>,
}

impl Assembler {
    fn block(&mut self, block: Block, draft: &mut Draft) {
        match block {
            Block::Heading { level, text, calls } => self.heading(level, (text, calls), draft),
            Block::Annex { annex } => {
                self.close(draft);
                self.interrupted = None;
                self.annex = annex;
            }
            Block::Text { flow } => {
                let (first, rest) = split_lines(flow, self.open.as_ref(), None);
                self.text(first, draft);
                self.texts(rest, None, draft);
            }
            Block::Item { depth, marker, flow } => {
                let number = marker.as_ref().map(|(number, _)| number.as_str());
                let (first, rest) = split_lines(flow, self.open.as_ref(), number);
                self.item(depth, marker, first, draft);
                let counted = self.open.as_ref().and_then(Open::counted);
                self.texts(rest, counted, draft);
            }
            Block::Part { label, flow } => self.labelled(label, flow, draft),
            Block::Continued { depth, flow } => {
                let counted = self.open.as_ref().and_then(Open::counted);
                let number = counted.map(|(_, value)| value.to_string());
                let (first, rest) = split_lines(flow, self.open.as_ref(), number.as_deref());
                self.continued(depth, first, draft);
                self.texts(rest, counted, draft);
            }
            Block::Alone { flow } => self.begin(None, joined(flow), draft),
            Block::Remark { remark } => self.remark(remark, draft),
            Block::Comment { text } => self.comments.push(text),
            Block::Begin => self.begin(None, Flow::default(), draft),
            Block::GoOn => self.going_on = true,
            Block::LeftOut { what } => {
                let after = draft.paragraphs.len() + usize::from(self.open.is_some());
                draft.left_out.push(LeftOut { what, after });
            }
        }
    }

    /// Gives a remark to the paragraph before it; a waiver before any paragraph is one for the whole text.
    fn remark(&mut self, remark: Remark, draft: &mut Draft) {
        let last = draft.paragraphs.last_mut();
        match (remark, &mut self.open, last) {
            (Remark::Pin(pin), Some(open), _) => open.pins.push(pin),
            (Remark::Pin(pin), None, Some(last)) => last.pins.push(pin),
            (Remark::Pin(pin), None, None) => draft.pins.push(pin),
            (Remark::Waiver(waiver), Some(open), _) => open.waivers.push(waiver),
            (Remark::Waiver(waiver), None, Some(last)) => last.waivers.push(waiver),
            (Remark::Waiver(waiver), None, None) => draft.waivers.push(waiver),
        }
    }

    /// Texts that Markdown joined to the one before. Where a list inside a paragraph had come to `counted`
    /// (its depth and number), the next number goes on with it.
    fn texts(&mut self, flows: Vec<Flow>, counted: Option<(usize, u64)>, draft: &mut Draft) {
        let mut counted = counted;
        for flow in flows {
            let printed = printed_number(&flow.text).filter(|printed| !printed.is_inserted());
            let next = counted.map(|(depth, value)| (depth, value + 1));
            match (printed, next, &mut self.open) {
                (Some(printed), Some((depth, value)), Some(open))
                    if printed.value() == Some(value) =>
                {
                    let start = flow.start();
                    let rest = flow.cut(printed.range);
                    let (flow, label) =
                        with_number(&printed.number, printed.bracketed, start, rest);
                    open.part(Some(label), Some(depth), flow);
                    counted = next;
                }
                _ => self.text(flow, draft),
            }
        }
    }

    fn heading(&mut self, level: usize, (text, calls): (String, Vec<Aside>), draft: &mut Draft) {
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
        draft.headings.push(Heading { level, text, before: draft.paragraphs.len(), calls });
    }

    /// Text outside lists: a numbered paragraph, a sub-paragraph in plain form, the rest of a
    /// paragraph that a list interrupted, or an unnumbered paragraph.
    fn text(&mut self, mut flow: Flow, draft: &mut Draft) {
        if flow.is_empty() {
            return;
        }
        if std::mem::take(&mut self.going_on)
            && let Some(open) = &mut self.open
        {
            return open.goes_on(flow);
        }
        if flow.literal {
            return self.begin(None, flow, draft);
        }
        if let Some(printed) = printed_number(&flow.text) {
            let rest = flow.cut(printed.range);
            return self.numbered(printed.number, printed.bracketed, None, rest, draft);
        }
        if let Some(printed) = flow.take_struck_number() {
            self.begin(Some(printed.number), flow, draft);
            return self.opened(printed.bracketed, false);
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
        let going_on = std::mem::take(&mut self.going_on);
        match (marker, &mut self.open) {
            (Some((number, at)), _) if depth == 1 => {
                self.numbered(number, false, Some(at), flow, draft);
            }
            (Some((number, at)), Some(open)) if label(&flow.text).is_none() => {
                let (flow, label) = with_number(&number, false, at, flow);
                open.part(Some(label), Some(open.level(depth)), flow);
            }
            (_, Some(open)) if depth > 1 || going_on || open.expects_list(&flow) => {
                let found = item_label(&flow.text).filter(|_| !flow.literal);
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
        // "3bis." written under "3." is a paragraph of its own: Markdown has no number for it.
        if let Some(printed) = printed_number(&flow.text).filter(|_| !flow.literal)
            && self.open.as_ref().is_some_and(|open| open.is_followed_by(&printed))
        {
            let rest = flow.cut(printed.range);
            self.begin(Some(printed.number), rest, draft);
            return self.opened(printed.bracketed, true);
        }
        let found = label(&flow.text).filter(|_| !flow.literal);
        match &mut self.open {
            Some(open) if found.is_some() => open.part(found, None, flow),
            Some(open) => {
                open.end_parts(if open.listed { depth - 1 } else { depth });
                open.flow.append(flow);
            }
            None => self.begin(None, flow, draft),
        }
    }

    /// A paragraph with a printed number, unless the number counts a list inside the paragraph
    /// before it (the Global Digital Compact, paragraph 7: "the following objectives:" 1. to 5.).
    fn numbered(
        &mut self,
        number: String,
        bracketed: bool,
        marker: Option<usize>,
        flow: Flow,
        draft: &mut Draft,
    ) {
        if let (Some(open), Ok(value)) = (&mut self.open, number.parse())
            && open.counts(value, || self.ahead.holds(value))
        {
            let (flow, label) = with_number(&number, bracketed, marker.unwrap_or_default(), flow);
            open.counting = true;
            return open.part(Some(label), Some(1), flow);
        }
        self.begin(Some(number), flow, draft);
        self.opened(bracketed, marker.is_some());
    }

    /// Says of the open paragraph whether its number is bracketed, and whether it is itself an item of
    /// the outermost list.
    fn opened(&mut self, bracketed: bool, listed: bool) {
        if let Some(open) = &mut self.open {
            open.bracketed = bracketed;
            open.listed = listed;
        }
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
        let Open { number, bracketed, flow, mut parts, pins, waivers, .. } = open;
        if parts.is_empty() {
            parts = inline_parts(&flow.text);
        }
        let whole = |cell: &Span| flow.text.get(cell.start..cell.end).is_some();
        let mut settings = flow.settings;
        settings.retain(|setting| !setting.span.is_empty() && whole(&setting.span));
        // A row that goes on behind its last cell is none.
        let is_row = flow.cells.iter().all(whole)
            && flow.cells.last().is_some_and(|cell| cell.end == flow.text.len());
        let cells = if is_row { flow.cells } else { Vec::new() };
        draft.paragraphs.push(Paragraph {
            id: String::new(),
            number,
            bracketed,
            annex: self.annex.clone(),
            section: self.headings.iter().map(|(_, text)| text.clone()).collect(),
            restarts: None,
            placeholder: is_placeholder(&flow.text),
            text: flow.text,
            parts,
            asides: flow.asides,
            cells,
            links: flow.links,
            settings,
            pins,
            waivers,
            revisions: flow.revisions,
            origin: flow.origin,
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::read::read;

    /// Paragraphs as `number [addresses] text`, the text's line breaks as slashes.
    fn outline(source: &str) -> Vec<String> {
        let draft = read("draft.md", source.as_bytes()).expect("readable");
        let line = |p: &crate::model::Paragraph| {
            let parts: Vec<String> =
                p.parts.iter().map(|x| format!("{}={}", x.address, x.span.len())).collect();
            let number = p.number.as_deref().unwrap_or("-");
            format!("{number} [{}] {}", parts.join(" "), p.text.replace('\n', "/"))
        };
        draft.paragraphs.iter().map(line).collect()
    }

    #[test]
    fn lists_inside_a_paragraph() {
        let source = "19. We call:\n\n    - (a) One;\n        - (i) Deep;\n        - (ii) Deeper;\n    \
                      - (b) Two;\n\n    and go on.\n\n20. Next.\n";
        assert_eq!(
            outline(source),
            [
                "19 [(a)=31 (a)(i)=9 (a)(ii)=12 (b)=8] We call:/(a) One;/(i) Deep;/(ii) Deeper;/(b) Two;/and go on.",
                "20 [] Next."
            ]
        );
    }

    #[test]
    fn labels_in_plain_form() {
        let source =
            "19. We call:\n\n(a) One:\n\n(i) Deep;\n\n(ii) Deeper;\n\n(b) Two;\n\nand go on.\n";
        assert_eq!(
            outline(source),
            [
                "19 [(a)=31 (a)(i)=9 (a)(ii)=12 (b)=8] We call:/(a) One:/(i) Deep;/(ii) Deeper;/(b) Two;/and go on."
            ]
        );
    }

    #[test]
    fn the_ninth_letter_is_no_roman_one() {
        let letters: Vec<String> = ('a'..='j').map(|c| format!("({c}) Item;")).collect();
        let source = format!("1. All:\n\n{}\n", letters.join("\n\n"));
        let draft = read("draft.md", source.as_bytes()).expect("readable");
        let parts: Vec<&str> =
            draft.paragraphs[0].parts.iter().map(|p| p.address.as_str()).collect();
        assert_eq!(parts, ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)", "(h)", "(i)", "(j)"]);
    }

    #[test]
    fn numbers_that_markdown_does_not_know() {
        let source = "12. Twelve\n12 bis. Inserted\n13. Thirteen\n\n3. Three\n\n    3bis. Under it.\n\n[14.] In brackets.\n\n15. [...]\n";
        assert_eq!(
            outline(source),
            [
                "12 [] Twelve",
                "12 bis [] Inserted",
                "13 [] Thirteen",
                "3 [] Three",
                "3bis [] Under it.",
                "14 [] In brackets.",
                "15 [] [...]"
            ]
        );
    }

    #[test]
    fn a_list_numbered_inside_a_numbered_paragraph() {
        let source = "7. The objectives:\n\n1. Close;\n\n2. Expand.\n\n8. We apply:\n";
        assert_eq!(
            outline(source),
            ["7 [(1)=9 (2)=10] The objectives:/1. Close;/2. Expand.", "8 [] We apply:"]
        );
    }

    #[test]
    fn bullets_are_counted() {
        let source = "1. All:\n\n    - One;\n    - Two;\n        - Deep;\n    - Three.\n";
        assert_eq!(
            outline(source),
            ["1 [(•1)=4 (•2)=10 (•2)(•1)=5 (•3)=6] All:/One;/Two;/Deep;/Three."]
        );
    }

    #[test]
    fn inline_labels() {
        assert_eq!(
            outline("11. We call on: (a) developers to act; and (b) companies to pay.\n"),
            ["11 [(a)=26 (b)=21] We call on: (a) developers to act; and (b) companies to pay."]
        );
        assert_eq!(
            outline("11. As in paragraph 23 (b) of it (a) nothing.\n"),
            ["11 [] As in paragraph 23 (b) of it (a) nothing."]
        );
    }
}
