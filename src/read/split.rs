//! A text or the paragraphs of a draft in; its pieces, its inline sub-paragraphs, or their ids out.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::flow::Flow;
use super::open::Open;
use crate::model::{Paragraph, Part, Span};
use crate::text::Organ;
use crate::text::label::{Label, Style, label};
use crate::text::number::{Printed, leading_value, printed_number};

/// True for a label that begins a list.
pub(super) fn opens_list(label: &Label) -> bool {
    label.readings().iter().any(|(_, value)| *value == 1)
}

/// Line breaks inside a paragraph are the file's, not the author's.
pub(super) fn joined(mut flow: Flow) -> Flow {
    if flow.text.contains('\n') {
        flow.text = flow.text.replace('\n', " ");
    }
    flow.trimmed()
}

/// Cuts text at lines that begin the next paragraph or sub-paragraph although Markdown joins them:
/// "12. …" followed on the next line by "12 bis. …" or "(b) …". `number` is that of the text itself, where
/// it is known already. The first piece is returned apart: it is what the text was taken for.
pub(super) fn split_lines(
    flow: Flow,
    open: Option<&Open>,
    number: Option<&str>,
) -> (Flow, Vec<Flow>) {
    if !flow.text.contains('\n') {
        return (joined(flow), Vec::new());
    }
    let own = open.and_then(|open| open.number.as_deref());
    let mut expected = number.or(own).and_then(leading_value);
    let mut listing = open.is_some_and(|open| !open.levels.is_empty());
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

/// Puts a list number back before its text, as the label of a sub-paragraph: `2.`, or `[2.]` if `bracketed`.
pub(super) fn with_number(number: &str, bracketed: bool, at: usize, flow: Flow) -> (Flow, Label) {
    let mut numbered = Flow::default();
    let shown = if bracketed { format!("[{number}.]") } else { format!("{number}.") };
    numbered.push(&format!("{shown} "), at);
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
    let range = Span::new(0, shown.len());
    (numbered, Label { counter: number.to_owned(), range, stop: true })
}

/// Sub-paragraphs that run on in the text: "We call on: (a) developers to …; (b) companies to …".
pub(super) fn inline_parts(text: &str) -> Vec<Part> {
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
pub(super) fn give_ids(paragraphs: &mut [Paragraph]) {
    let mut used = HashMap::<Cow<'_, str>, usize>::with_capacity(paragraphs.len());
    let mut unnumbered = 0;
    let mut ids = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs.iter() {
        let base = match &paragraph.number {
            Some(number) => Cow::Borrowed(number.as_str()),
            // "The General Assembly," opens the preamble and is none of its paragraphs.
            None if Organ::opens(&paragraph.text) => Cow::Borrowed("pp0"),
            None => {
                unnumbered += 1;
                Cow::Owned(format!("pp{unnumbered}"))
            }
        };
        let mut times = match used.entry(base.clone()) {
            Entry::Occupied(times) => *times.get(),
            Entry::Vacant(first) => {
                first.insert(1);
                ids.push(base.into_owned());
                continue;
            }
        };
        let mut id = String::new();
        while id.is_empty() || used.contains_key(id.as_str()) {
            times += 1;
            id = format!("{base}~{times}");
        }
        used.insert(base, times);
        used.insert(Cow::Owned(id.clone()), 1);
        ids.push(id);
    }
    paragraphs.iter_mut().zip(ids).for_each(|(paragraph, id)| paragraph.id = id);
}
