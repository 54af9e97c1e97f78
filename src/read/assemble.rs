//! Blocks of text in the order of the file in; numbered paragraphs with their sub-paragraphs out.

use super::flow::Flow;
use super::number::{Label, Printed, Style, label, leading_value, printed_number};
use crate::model::{AsideKind, Draft, Heading, Paragraph, Part, Pin, Span};
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

/// A paragraph under construction.
#[derive(Default)]
struct Open {
    number: Option<String>,
    flow: Flow,
    parts: Vec<Part>,
    /// Counters of the sub-paragraphs still open, outermost first.
    levels: Vec<(Style, u64)>,
    pins: Vec<Pin>,
    /// Set while a list numbered from 1 stands under this numbered paragraph.
    counting: bool,
}

#[derive(Default)]
struct Assembler {
    open: Option<Open>,
    headings: Vec<(usize, String)>,
    annex: Option<String>,
    comments: Vec<String>,
}

impl Assembler {
    fn block(&mut self, block: Block, draft: &mut Draft) {
        match block {
            Block::Heading { level, text } => self.heading(level, text, draft),
            Block::Annex { annex } => {
                self.close(draft);
                self.annex = annex;
            }
            Block::Text { flow } => {
                let (first, rest) = self.split_lines(flow, None);
                self.text(first, draft);
                self.texts(rest, draft);
            }
            Block::Item { depth, marker, flow } => {
                let number = marker.as_ref().map(|(number, _)| number.as_str());
                let (first, rest) = self.split_lines(flow, number);
                self.item(depth, marker, first, draft);
                self.texts(rest, draft);
            }
            Block::Continued { depth, flow } => {
                let (first, rest) = self.split_lines(flow, None);
                self.continued(depth, first, draft);
                self.texts(rest, draft);
            }
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

    fn texts(&mut self, flows: Vec<Flow>, draft: &mut Draft) {
        for flow in flows {
            self.text(flow, draft);
        }
    }

    /// Cuts text at lines that begin the next paragraph or sub-paragraph although Markdown joins them:
    /// "12. …" followed on the next line by "12 bis. …" or "(b) …".
    fn split_lines(&self, flow: Flow, number: Option<&str>) -> (Flow, Vec<Flow>) {
        let own = self.open.as_ref().and_then(|open| open.number.as_deref());
        let mut expected = number.or(own).and_then(leading_value);
        let mut listing = self.open.as_ref().is_some_and(|open| !open.levels.is_empty());
        let mut cuts = Vec::new();
        let mut at = 0;
        for line in flow.text.split_inclusive('\n') {
            let printed = printed_number(line);
            let value = printed.as_ref().and_then(Printed::value);
            let follows = match (value, expected) {
                (Some(value), Some(last)) => value == last || value == last + 1,
                (None, _) => printed.is_some(),
                _ => false,
            };
            let found = label(line);
            let labelled = found.as_ref().is_some_and(|l| listing || opens_list(l));
            if at > 0 && (follows || labelled && printed.is_none()) {
                cuts.push(at);
            }
            if at == 0 && number.is_none() || follows {
                expected = value.or(expected);
            }
            listing |= labelled;
            at += line.len();
        }
        let mut first = flow;
        let mut rest = Vec::new();
        // From the end, so that every cut copies only what follows it.
        for cut in cuts.into_iter().rev() {
            let (before, piece) = first.split(cut);
            rest.push(joined(piece));
            first = before;
        }
        rest.reverse();
        rest.retain(|piece| !piece.is_empty());
        (joined(first), rest)
    }

    fn heading(&mut self, level: usize, text: String, draft: &mut Draft) {
        self.close(draft);
        self.headings.retain(|(outer, _)| *outer < level);
        self.headings.push((level, text.clone()));
        draft.headings.push(Heading { level, text, before: draft.paragraphs.len() });
    }

    /// Text outside lists: a numbered paragraph, a sub-paragraph in plain form, the rest of a
    /// paragraph that a list interrupted, or an unnumbered paragraph.
    fn text(&mut self, flow: Flow, draft: &mut Draft) {
        if flow.is_empty() {
            return;
        }
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

    fn continued(&mut self, depth: usize, flow: Flow, draft: &mut Draft) {
        // "3bis." written under "3." is a paragraph of its own: Markdown has no number for it.
        if let Some(printed) = printed_number(&flow.text)
            && self.open.as_ref().is_some_and(|open| open.is_followed_by(&printed))
        {
            let rest = flow.cut(printed.range);
            return self.begin(Some(printed.number), rest, draft);
        }
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

impl Open {
    /// Depth of a part that stands at this list depth: a numbered paragraph written as a list item
    /// takes the outermost list for itself.
    fn level(&self, depth: usize) -> usize {
        if self.number.is_some() && depth > 1 { depth - 1 } else { depth }
    }

    fn ends_with_colon(&self) -> bool {
        self.flow.text.trim_end().ends_with(':')
    }

    /// True when a list that stands on its own belongs under this paragraph.
    fn expects_list(&self, flow: &Flow) -> bool {
        self.ends_with_colon() || !self.levels.is_empty() || label(&flow.text).is_some()
    }

    /// True when a paragraph number `value` counts an item of a list inside this paragraph.
    fn counts(&self, value: u64) -> bool {
        let own = self.number.as_deref().and_then(leading_value);
        match (own, self.levels.first()) {
            (Some(own), Some((_, last))) if self.counting => {
                // Where both readings fit, a full stop before it ends the list.
                value == last + 1 && !(value == own + 1 && self.flow.text.trim_end().ends_with('.'))
            }
            (Some(own), None) => value == 1 && own != 0 && self.ends_with_colon(),
            _ => false,
        }
    }

    /// True for `12 bis` after 12, or after `12 bis` for `12 ter`.
    fn is_followed_by(&self, printed: &Printed) -> bool {
        let inserted = printed.number.contains(char::is_alphabetic);
        let own = self.number.as_deref().and_then(leading_value);
        inserted && own.is_some() && own == printed.value()
    }

    /// True when `flow` is the rest of this paragraph after a list: it begins in mid-sentence.
    fn goes_on_with(&self, flow: &Flow) -> bool {
        let small = flow.text.trim_start().starts_with(char::is_lowercase);
        let ended = self.flow.text.trim_end().ends_with(['.', '!', '?']);
        small && !self.levels.is_empty() && !ended
    }

    fn goes_on(&mut self, flow: Flow) {
        self.end_parts(0);
        self.flow.append(flow.trimmed());
    }

    /// Adds a sub-paragraph; `depth` is where the markup puts it, if it says.
    fn part(&mut self, label: Option<Label>, depth: Option<usize>, flow: Flow) {
        let depth = self.place(label.as_ref(), depth);
        self.end_parts_below(depth - 1);
        let lead = flow.text.len() - flow.text.trim_start().len();
        self.flow.append(flow.trimmed_end());
        let length = self.flow.text.len();
        let start = self.last_line_start(length);
        let counter = match &label {
            Some(label) => label.counter.clone(),
            None => format!("•{}", self.levels.get(depth - 1).map_or(1, |(_, value)| *value)),
        };
        let outer = self.parts.iter().rev().find(|part| part.depth < depth && part.span.end == 0);
        let address = format!("{}({counter})", outer.map_or("", |part| part.address.as_str()));
        let label = label.map_or(Span::new(start, start), |l| {
            Span::new(start + l.range.start - lead, start + l.range.end - lead)
        });
        // An end of 0 means: still open.
        self.parts.push(Part { address, depth, span: Span::new(start, 0), label });
    }

    fn last_line_start(&self, length: usize) -> usize {
        self.flow.text.get(..length).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1)
    }

    /// Ends the parts deeper than `keep` and forgets their counters: text follows that is in none of them.
    fn end_parts(&mut self, keep: usize) {
        self.end_parts_below(keep);
        self.levels.truncate(keep);
    }

    fn end_parts_below(&mut self, keep: usize) {
        let end = self.flow.text.len();
        for part in self.parts.iter_mut().filter(|part| part.span.end == 0 && part.depth > keep) {
            part.span.end = end;
        }
    }

    /// Finds the depth of a sub-paragraph from its label and its neighbours, and counts it.
    fn place(&mut self, label: Option<&Label>, hint: Option<usize>) -> usize {
        let Some(label) = label else {
            let depth = hint.unwrap_or(1).clamp(1, self.levels.len() + 1);
            let counted = match self.levels.get(depth - 1) {
                Some((Style::Bullet, value)) => value + 1,
                _ => 1,
            };
            return self.set_level(depth, Style::Bullet, counted);
        };
        let readings = label.readings();
        let nests = self.ends_with_colon() && !self.levels.is_empty();
        let first = readings.iter().find(|(_, value)| *value == 1).copied();
        if let (true, Some((style, value))) = (nests, first) {
            return self.set_level(self.levels.len() + 1, style, value);
        }
        for depth in (1..=self.levels.len()).rev() {
            let follows = |(style, value): &&(Style, u64)| {
                self.levels.get(depth - 1).is_some_and(|(s, v)| s == style && v + 1 == *value)
            };
            if let Some((style, value)) = readings.iter().find(follows).copied() {
                return self.set_level(depth, style, value);
            }
        }
        let same = |(style, _): &&(Style, u64)| self.levels.iter().any(|(s, _)| s == style);
        let (style, value) = first
            .or_else(|| readings.iter().find(same).copied())
            .or_else(|| readings.last().copied())
            .unwrap_or((Style::Bullet, 1));
        let known = self.levels.iter().position(|(s, _)| *s == style).map(|at| at + 1);
        let depth = hint.or(known).unwrap_or(self.levels.len() + 1);
        self.set_level(depth.clamp(1, self.levels.len() + 1), style, value)
    }

    fn set_level(&mut self, depth: usize, style: Style, value: u64) -> usize {
        self.levels.truncate(depth - 1);
        self.levels.push((style, value));
        depth
    }
}

impl Flow {
    fn trimmed_end(self) -> Flow {
        self.trimmed()
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

fn opens_list(label: &Label) -> bool {
    label.readings().iter().any(|(_, value)| *value == 1)
}

/// Line breaks inside a paragraph are the file's, not the author's.
fn joined(mut flow: Flow) -> Flow {
    flow.text = flow.text.replace('\n', " ");
    flow.trimmed()
}

/// Sub-paragraphs that run on in the text: "We call on: (a) developers to …; (b) companies to …".
fn inline_parts(text: &str) -> Vec<Part> {
    let mut found: Vec<(Label, usize)> = Vec::new();
    let mut style = None;
    for (at, _) in text.match_indices('(') {
        let Some(label) = text.get(at..).and_then(label) else { continue };
        let before = text.get(..at).unwrap_or_default().trim_end();
        let before = before.strip_suffix("and").or(before.strip_suffix("or")).unwrap_or(before);
        let introduced = before.trim_end().ends_with([':', ';', ',', '.']) || before.is_empty();
        let spaced = at == 0 || text.get(..at).is_some_and(|t| t.ends_with(char::is_whitespace));
        let wanted = found.len() as u64 + 1;
        let fits = |(s, value): &(Style, u64)| *value == wanted && style.is_none_or(|st| st == *s);
        let reading = label.readings().into_iter().find(fits);
        if let (true, true, Some((s, _))) = (introduced, spaced, reading) {
            style = Some(s);
            found.push((label, at));
        }
    }
    if found.len() < 2 {
        return Vec::new();
    }
    let ends = found.iter().skip(1).map(|(_, at)| *at).chain([text.len()]).collect::<Vec<_>>();
    let parts = found.into_iter().zip(ends).map(|((label, at), end)| {
        let end = at + text.get(at..end).map_or(0, |t| t.trim_end().len());
        let address = format!("({})", label.counter);
        let label = Span::new(at + label.range.start, at + label.range.end);
        Part { address, depth: 1, span: Span::new(at, end), label }
    });
    parts.collect()
}

/// Gives every paragraph an id that is unique in its draft.
fn give_ids(paragraphs: &mut [Paragraph]) {
    let mut used = std::collections::HashMap::<String, usize>::new();
    let mut unnumbered = 0;
    for paragraph in paragraphs {
        let base = match &paragraph.number {
            Some(number) => number.clone(),
            None => {
                unnumbered += 1;
                format!("pp{unnumbered}")
            }
        };
        let mut id = base.clone();
        let mut times = *used.get(&base).unwrap_or(&0);
        while times > 0 && (id == base || used.contains_key(&id)) {
            times += 1;
            id = format!("{base}~{times}");
        }
        used.insert(base, times.max(1));
        used.entry(id.clone()).or_insert(1);
        paragraph.id = id;
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
