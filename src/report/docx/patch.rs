//! Edits to a Word file's text in; the part with all of them made in it, and every other byte as it was, out.

mod runs;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::fields::{Settled, Simple, settled};
use super::markup::{Hand, marked};
use super::story::{Row, Story};
use crate::model::Span;
use crate::ooxml::xml::Element;

/// Where something is put in: before or behind a character, told by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Anchor {
    Before(usize),
    Behind(usize),
    /// In a paragraph (by index) without characters.
    Within(usize),
}

/// Words that look like those beside them; where `set` is told, they are in bold and in italics as it says, whatever those are.
#[derive(Clone, Debug)]
pub(in crate::report) struct Stretch {
    pub(in crate::report) text: String,
    pub(in crate::report) set: Option<(bool, bool)>,
    /// True for words that are put in as struck out.
    pub(in crate::report) struck: bool,
}

impl Stretch {
    /// Words that look like those beside them.
    pub(in crate::report) fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), set: None, struck: false }
    }

    /// Adds this behind others.
    pub(in crate::report) fn add_to(self, words: &mut Vec<Self>) {
        match words.last_mut() {
            Some(last) if (last.set, last.struck) == (self.set, self.struck) => {
                last.text.push_str(&self.text)
            }
            _ => words.push(self),
        }
    }
}

/// What is put in.
#[derive(Clone, Debug)]
pub(in crate::report) enum Put {
    Words(Vec<Stretch>),
    /// A paragraph ends here; with its properties, mark included.
    Mark(String),
}

/// What is done to the text.
#[derive(Default)]
pub(in crate::report) struct Edits {
    /// The properties of paragraphs that get others.
    pub(in crate::report) properties: BTreeMap<usize, String>,
    /// Places of characters that are taken out.
    pub(in crate::report) deleted: Vec<Range<usize>>,
    /// Places of characters, with the colour they get.
    pub(in crate::report) coloured: Vec<(Range<usize>, &'static str)>,
    pub(in crate::report) put: BTreeMap<Anchor, Vec<Put>>,
    /// Paragraphs of which all runs are taken out.
    pub(in crate::report) emptied: BTreeSet<usize>,
    /// Paragraphs of which the mark is taken out.
    pub(in crate::report) joined: BTreeSet<usize>,
    /// What stands before and behind paragraphs, and inside them before their first run and behind their last one.
    pub(in crate::report) before: BTreeMap<usize, String>,
    pub(in crate::report) behind: BTreeMap<usize, String>,
    pub(in crate::report) opening: BTreeMap<usize, String>,
    pub(in crate::report) closing: BTreeMap<usize, String>,
    /// What stands behind rows of tables, by the byte they end at; and the rows that are taken out.
    pub(in crate::report) at: BTreeMap<usize, String>,
    pub(in crate::report) rows: BTreeSet<usize>,
}

/// Makes the edits.
pub(in crate::report) fn patched(story: &Story<'_>, mut edits: Edits, hand: &mut Hand) -> String {
    edits.deleted.sort_by_key(|range| range.start);
    edits.coloured.sort_by_key(|(range, _)| range.start);
    let Settled { runs: fields, simple } = settled(story, &mut edits);
    let marks = marks(story, &edits);
    let met = met(story, &edits);
    let (steps, parted) = (BTreeMap::new(), HashMap::new());
    let mut patcher = Patcher { story, edits, hand, steps, marks, parted, met, fields };
    patcher.plan(simple);
    patcher.copy(Span::new(0, story.source.len()))
}

/// For paragraphs that are parted, the properties of the parts that end in them, in the order of the text.
fn marks(story: &Story<'_>, edits: &Edits) -> HashMap<usize, Vec<String>> {
    let mut found: Vec<((usize, bool), usize, &String)> = Vec::new();
    for (anchor, put) in &edits.put {
        let (para, key) = match *anchor {
            Anchor::Before(at) => (story.run_at(at), (at, false)),
            Anchor::Behind(at) => (story.run_at(at), (at, true)),
            Anchor::Within(_) => continue,
        };
        let Some(run) = para else { continue };
        found.extend(put.iter().filter_map(|put| match put {
            Put::Mark(properties) => Some((key, run.para, properties)),
            Put::Words(_) => None,
        }));
    }
    found.sort_by_key(|(key, ..)| *key);
    let mut marks: HashMap<usize, Vec<String>> = HashMap::new();
    for (_, para, properties) in found {
        marks.entry(para).or_default().push(properties.clone());
    }
    marks
}

/// The paragraphs behind whose mark something is put in.
fn met(story: &Story<'_>, edits: &Edits) -> BTreeSet<usize> {
    let begins = |para: usize| {
        let first = story.characters(para).first().map(|(place, _)| Anchor::Before(*place));
        first.is_some_and(|first| edits.put.contains_key(&first))
            || edits.put.contains_key(&Anchor::Within(para))
    };
    let mut met: BTreeSet<usize> = edits.behind.keys().copied().collect();
    met.extend((1..story.paragraphs.len()).filter(|para| begins(*para)).map(|para| para - 1));
    met.retain(|para| story.paragraphs.get(*para).is_some_and(|p| p.row.is_none()));
    met
}

/// Something that is written in the place of bytes of the part.
enum Step {
    /// Put in; nothing is replaced.
    Add(String),
    /// In the place of all bytes up to this one.
    Replace(String, usize),
    /// This run is written anew.
    Run(usize),
}

struct Patcher<'a, 'e> {
    story: &'a Story<'e>,
    edits: Edits,
    hand: &'a mut Hand,
    steps: BTreeMap<usize, Vec<Step>>,
    /// For paragraphs that are parted: the properties of each part but the last, in their order,
    marks: HashMap<usize, Vec<String>>,
    /// and of those that are still to come while they are written.
    parted: HashMap<usize, std::vec::IntoIter<String>>,
    /// The paragraphs behind whose mark something is put in.
    met: BTreeSet<usize>,
    /// The runs of fields that go as a whole, by index, ascending.
    fields: Vec<usize>,
}

impl Patcher<'_, '_> {
    fn step(&mut self, at: usize, step: Step) {
        self.steps.entry(at).or_default().push(step);
    }

    fn plan(&mut self, simple: Vec<Simple<'_>>) {
        let story = self.story;
        for (index, paragraph) in story.paragraphs.iter().enumerate() {
            self.paragraph(index, paragraph.element, paragraph.properties);
        }
        simple.into_iter().for_each(|field| self.simple(field));
        let touched: Vec<usize> =
            (0..story.runs.len()).filter(|run| self.is_touched(*run)).collect();
        for run in touched {
            if let Some(own) = story.runs.get(run) {
                self.step(own.element.span.start, Step::Run(run));
            }
        }
        for row in std::mem::take(&mut self.edits.rows) {
            if let Some(Row { element: row, .. }) = story.rows.get(row) {
                let mark = self.hand.mark("del");
                match row.child("trPr") {
                    Some(set) if !set.inner.is_empty() => {
                        self.step(set.inner.end, Step::Add(mark));
                    }
                    Some(set) => {
                        let whole = format!("<w:trPr>{mark}</w:trPr>");
                        self.step(set.span.start, Step::Replace(whole, set.span.end));
                    }
                    None => {
                        let whole = format!("<w:trPr>{mark}</w:trPr>");
                        let first = row.child("tblPrEx").map_or(row.inner.start, |e| e.span.end);
                        self.step(first, Step::Add(whole));
                    }
                }
            }
        }
        for (at, text) in std::mem::take(&mut self.edits.at) {
            self.step(at, Step::Add(text));
        }
    }

    /// What is done to a paragraph as a whole: its properties, its ends.
    fn paragraph(&mut self, index: usize, element: &Element, properties: Option<&Element>) {
        let source = self.story.source;
        let mut marks = self.marks.remove(&index).unwrap_or_default();
        let own = if self.edits.joined.contains(&index) {
            let mark = self.hand.mark("del");
            Some(marked(properties, source, &mark))
        } else {
            self.edits.properties.remove(&index)
        };
        let mut first = own;
        if !marks.is_empty() {
            let kept = properties.map_or("", |set| set.span.slice(source)).to_owned();
            let last = first.take().unwrap_or(kept);
            first = marks.first().cloned();
            let rest: Vec<String> = marks.drain(1..).chain([last]).collect();
            self.parted.insert(index, rest.into_iter());
        }
        if let Some(text) = self.edits.before.remove(&index) {
            self.step(element.span.start, Step::Add(text));
        }
        let behind = self.edits.behind.remove(&index);
        let mut opening = self.edits.opening.remove(&index).unwrap_or_default();
        let closing = self.edits.closing.remove(&index).unwrap_or_default();
        for put in self.edits.put.remove(&Anchor::Within(index)).into_iter().flatten() {
            let added = self.put(&put, None, index);
            opening.push_str(&added);
        }
        if element.inner.is_empty() && element.inner.end == element.span.end {
            // A paragraph of one tag has nothing in it.
            if first.is_some() || !opening.is_empty() || !closing.is_empty() {
                let tag = element.span.slice(source).trim_end_matches('>').trim_end_matches('/');
                let first = first.unwrap_or_default();
                let whole = format!("{}>{first}{opening}{closing}</w:p>", tag.trim_end());
                self.step(element.span.start, Step::Replace(whole, element.span.end));
            }
        } else {
            match (properties, first) {
                (Some(set), Some(first)) => {
                    self.step(set.span.start, Step::Replace(first + &opening, set.span.end));
                }
                (Some(set), None) => self.step(set.span.end, Step::Add(opening)),
                (None, first) => {
                    let first = first.unwrap_or_default();
                    self.step(element.inner.start, Step::Add(first + &opening));
                }
            }
            self.step(element.inner.end, Step::Add(closing));
        }
        if let Some(text) = behind {
            self.step(element.span.end, Step::Add(text));
        }
    }

    /// What is done to a field that is one element.
    fn simple(&mut self, field: Simple<'_>) {
        let Simple { element, para, ends, .. } = &field;
        let (span, inner) = (element.span, element.inner);
        let mut put = |all: &[Put], like: Option<&Element>| -> String {
            let like = like.and_then(|run| run.child("rPr"));
            all.iter().map(|put| self.put(put, like, *para)).collect()
        };
        let (before, behind) = (put(&field.before, ends.0), put(&field.behind, ends.1));
        self.step(span.start, Step::Add(before));
        if field.gone {
            let (start, end) = field.tags(self.story.source, self.hand);
            if inner.is_empty() {
                self.step(span.start, Step::Replace(start + &end, span.end));
            } else {
                let data = element.child("fldData").map_or(inner.start, |data| data.span.end);
                self.step(span.start, Step::Replace(start, data));
                self.step(inner.end, Step::Replace(end, span.end));
            }
        }
        // What stands behind the last words of the paragraph stands behind these.
        self.steps.entry(span.end).or_default().insert(0, Step::Add(behind));
    }

    /// The bytes of the part from one place to another, with what is done to them.
    fn copy(&mut self, span: Span) -> String {
        let mut out = String::with_capacity(span.len());
        let mut at = span.start;
        while let Some((&next, _)) = self.steps.range(at..span.end.max(at)).next() {
            out.push_str(Span::new(at, next).slice(self.story.source));
            at = next;
            for step in self.steps.remove(&next).unwrap_or_default() {
                match step {
                    Step::Add(text) => out.push_str(&text),
                    Step::Replace(text, end) => {
                        out.push_str(&text);
                        at = at.max(end);
                    }
                    Step::Run(run) => {
                        out.push_str(&self.run(run));
                        at = self.story.runs.get(run).map_or(at, |run| run.element.span.end);
                    }
                }
            }
        }
        // What is put in at the very end belongs to what is copied.
        out.push_str(Span::new(at, span.end).slice(self.story.source));
        out
    }
}
