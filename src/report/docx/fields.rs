//! The runs of a text and what is done to them in; what is done at the ends of its fields, and the fields that go as a whole, out.
//!
//! Word prints the words of a field anew whenever it likes: words that come in beside it stand outside it, and a field of which
//! all words go goes with its instruction. A field is written in two ways: between marks in runs (`w:fldChar`), or as one
//! element (`w:fldSimple`). Nothing can track that an element goes, so one that does is written between marks.

use std::ops::Range;

use super::markup::{Hand, escaped, run_properties};
use super::patch::{Anchor, Edits, Put};
use super::story::{Story, characters_of};
use crate::ooxml::xml::Element;

/// A field that begins and ends in one paragraph.
#[derive(Default)]
struct Field<'e> {
    /// Its runs, by index.
    runs: Vec<usize>,
    /// The characters it prints, each with the bytes of its place.
    printed: Vec<Range<usize>>,
    /// Where the elements stand that begin and end it.
    start: usize,
    end: usize,
    /// The element that it is, where it is one.
    simple: Option<&'e Element>,
}

/// A field written as one element, with what is done to it.
pub(super) struct Simple<'e> {
    pub(super) element: &'e Element,
    pub(super) para: usize,
    /// Runs whose looks words before it and behind it get.
    pub(super) ends: (Option<&'e Element>, Option<&'e Element>),
    pub(super) before: Vec<Put>,
    pub(super) behind: Vec<Put>,
    /// True where it goes.
    pub(super) gone: bool,
}

/// What becomes of the fields of a text.
#[derive(Default)]
pub(super) struct Settled<'e> {
    /// The runs that go with a field, by index, ascending.
    pub(super) runs: Vec<usize>,
    pub(super) simple: Vec<Simple<'e>>,
}

/// Moves what is put in at the ends of a field out of it, and tells which fields go with all their words.
pub(super) fn settled<'e>(story: &Story<'e>, edits: &mut Edits) -> Settled<'e> {
    let mut settled = Settled::default();
    for para in 0..story.paragraphs.len() {
        let mut all = fields(story, para);
        all.extend(simple_fields(story, para));
        // What stands at the end of several fields stands outside the outermost.
        all.sort_by_key(|field| field.start);
        for field in all {
            settled.settle(field, para, story, edits);
        }
    }
    settled.runs.sort_unstable();
    settled
}

impl<'e> Settled<'e> {
    fn settle(&mut self, field: Field<'e>, para: usize, story: &Story<'e>, edits: &mut Edits) {
        let is_gone = |place: &Range<usize>| {
            let at = edits.deleted.partition_point(|range| range.end <= place.start);
            edits.deleted.get(at).is_some_and(|range| range.contains(&place.start))
        };
        let all = !field.printed.is_empty() && field.printed.iter().all(is_gone);
        let emptied = edits.emptied.contains(&para);
        let gone = match field.simple {
            Some(_) => all || emptied,
            None => all && is_apart(&field, story),
        };
        let mut take = |anchor| edits.put.remove(&anchor).unwrap_or_default();
        let first = field.printed.first().map(|first| Anchor::Before(first.start));
        let before: Vec<Put> = first.map(&mut take).unwrap_or_default();
        let last = field.printed.last().map(|last| Anchor::Behind(last.start));
        // Of a field that goes nothing stays that words could stand in.
        let within = field.printed.iter().map(|own| own.start).filter(|_| gone);
        let within = within.flat_map(|at| [Anchor::Before(at), Anchor::Behind(at)]);
        let behind: Vec<Put> = within.chain(last).flat_map(take).collect();
        let Some(element) = field.simple else {
            let ends = [(Anchor::Before(field.start), before), (Anchor::Behind(field.end), behind)];
            for (outside, put) in ends.into_iter().filter(|(_, put)| !put.is_empty()) {
                edits.put.entry(outside).or_default().extend(put);
            }
            self.runs.extend(field.runs.iter().filter(|_| gone));
            return;
        };
        if gone || !before.is_empty() || !behind.is_empty() {
            let run = |at: Option<&usize>| story.runs.get(*at?).map(|run| run.element);
            let ends = (run(field.runs.first()), run(field.runs.last()));
            self.simple.push(Simple { element, para, ends, before, behind, gone });
        }
    }
}

impl Simple<'_> {
    /// What stands in the place of its start tag and of its end tag once it goes, as a field between marks.
    pub(super) fn tags(&self, source: &str, hand: &mut Hand) -> (String, String) {
        let set = run_properties(self.ends.0.and_then(|run| run.child("rPr")), source);
        let said = |name: &str| {
            let value = self.element.attribute(name);
            value.map_or(String::new(), |value| format!(" w:{name}=\"{}\"", escaped(value)))
        };
        let data = self.element.child("fldData").map_or("", |data| data.span.slice(source));
        let begin = format!(
            "<w:fldChar w:fldCharType=\"begin\"{}{}>{data}</w:fldChar>",
            said("fldLock"),
            said("dirty")
        );
        let instruction = escaped(self.element.attribute("instr").unwrap_or_default());
        let instruction =
            format!("<w:delInstrText xml:space=\"preserve\">{instruction}</w:delInstrText>");
        let run = |inner: &str| format!("<w:r>{set}{inner}</w:r>");
        let start = [begin.as_str(), &instruction, "<w:fldChar w:fldCharType=\"separate\"/>"];
        let start: String = start.into_iter().map(run).collect();
        let end = run("<w:fldChar w:fldCharType=\"end\"/>");
        (hand.tracked("del", &start), hand.tracked("del", &end))
    }
}

/// The fields of a paragraph that stand between marks; one within another belongs to it.
fn fields<'e>(story: &Story<'e>, para: usize) -> Vec<Field<'e>> {
    let mut found = Vec::new();
    let mut open: Option<Field<'e>> = None;
    let (mut depth, mut prints) = (0_usize, false);
    let runs = story.paragraphs.get(para).map_or(&[][..], |paragraph| &paragraph.runs);
    for index in runs {
        let Some(run) = story.runs.get(*index).filter(|run| run.there) else { continue };
        for element in run.element.elements() {
            let bound = element.attribute("fldCharType").filter(|_| &*element.name == "fldChar");
            match bound {
                Some("begin") => {
                    if depth == 0 {
                        (open, prints) = (Some(Field::default()), false);
                        open.iter_mut().for_each(|field| field.start = element.span.start);
                    }
                    depth += 1;
                }
                Some("separate") => prints |= depth == 1,
                Some("end") => depth = depth.saturating_sub(1),
                _ => {}
            }
            let Some(field) = &mut open else { continue };
            if field.runs.last() != Some(index) {
                field.runs.push(*index);
            }
            if prints {
                let words = characters_of(element).into_iter();
                field.printed.extend(words.map(|(at, c)| at..at + c.len_utf8()));
            }
            if bound.is_some() && depth == 0 {
                field.end = element.span.start;
                found.extend(open.take());
            }
        }
    }
    found
}

/// The fields of a paragraph that are one element each.
fn simple_fields<'e>(story: &Story<'e>, para: usize) -> Vec<Field<'e>> {
    let Some(paragraph) = story.paragraphs.get(para) else { return Vec::new() };
    let mut elements = Vec::new();
    gather(paragraph.element, &mut elements);
    let field = |element: &'e Element| {
        let mut field = Field { start: element.span.start, ..Field::default() };
        (field.end, field.simple) = (element.inner.end, Some(element));
        for at in &paragraph.runs {
            let run = story.runs.get(*at).filter(|run| run.there);
            let Some(run) = run.filter(|run| element.span.contains(run.element.span)) else {
                continue;
            };
            field.runs.push(*at);
            let words = run.element.elements().flat_map(characters_of);
            field.printed.extend(words.map(|(at, c)| at..at + c.len_utf8()));
        }
        field
    };
    elements.into_iter().map(field).collect()
}

/// Fields that are one element, through whatever wraps them; those of text boxes belong to other paragraphs.
fn gather<'e>(parent: &'e Element, found: &mut Vec<&'e Element>) {
    for element in parent.elements() {
        match &*element.name {
            "r" | "pPr" | "del" | "moveFrom" => {}
            name => {
                found.extend((name == "fldSimple").then_some(element));
                gather(element, found);
            }
        }
    }
}

/// True where no run of a field has other words than those it prints.
fn is_apart(field: &Field<'_>, story: &Story<'_>) -> bool {
    let runs = field.runs.iter().filter_map(|run| story.runs.get(*run));
    let characters = runs.flat_map(|run| run.element.elements()).flat_map(characters_of);
    characters.count() == field.printed.len()
}
