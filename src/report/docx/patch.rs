//! Edits to a Word file's text in; the part with all of them made in it, and every other byte as it was, out.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::markup::{Hand, coloured, marked, run_properties, start_tag};
use super::parts::{Parts, State, as_deleted};
use super::story::{Row, Run, Story, characters_of};
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

/// What is put in.
#[derive(Clone, Debug)]
pub(in crate::report) enum Put {
    Words(String),
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
    /// What is left out without a trace: marks of our own comments.
    pub(in crate::report) dropped: Vec<Span>,
}

/// Makes the edits.
pub(in crate::report) fn patched(story: &Story<'_>, mut edits: Edits, hand: &mut Hand) -> String {
    edits.deleted.sort_by_key(|range| range.start);
    edits.coloured.sort_by_key(|(range, _)| range.start);
    let marks = marks(story, &edits);
    let met = met(story, &edits);
    let (steps, parted) = (BTreeMap::new(), HashMap::new());
    let mut patcher = Patcher { story, edits, hand, steps, marks, parted, met };
    patcher.plan();
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
}

impl Patcher<'_, '_> {
    fn step(&mut self, at: usize, step: Step) {
        self.steps.entry(at).or_default().push(step);
    }

    fn plan(&mut self) {
        let story = self.story;
        for (index, paragraph) in story.paragraphs.iter().enumerate() {
            self.paragraph(index, paragraph.element, paragraph.properties);
        }
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
        for span in std::mem::take(&mut self.edits.dropped) {
            self.step(span.start, Step::Replace(String::new(), span.end));
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
            let added = self.put(&put, "", index);
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

    fn is_touched(&self, run: usize) -> bool {
        let Some(Run { element, para, there, .. }) = self.story.runs.get(run) else { return false };
        let span = element.span;
        let near = |bound: fn(usize) -> Anchor| {
            self.edits.put.range(bound(span.start)..bound(span.end)).next().is_some()
        };
        let first = self.edits.deleted.partition_point(|range| range.end <= span.start);
        let deleted = self.edits.deleted.get(first).is_some_and(|range| range.start < span.end);
        let first = self.edits.coloured.partition_point(|(range, _)| range.end <= span.start);
        let coloured =
            self.edits.coloured.get(first).is_some_and(|(range, _)| range.start < span.end);
        *there
            && (self.edits.emptied.contains(para)
                || deleted
                || coloured
                || near(Anchor::Before)
                || near(Anchor::Behind))
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

    /// Something that is put in, with the properties of the run beside it.
    fn put(&mut self, put: &Put, properties: &str, para: usize) -> String {
        match put {
            Put::Words(words) => self.hand.inserted(properties, words),
            Put::Mark(_) => {
                let next = self.parted.get_mut(&para).and_then(Iterator::next);
                format!("</w:p><w:p>{}", next.unwrap_or_default())
            }
        }
    }

    /// A run, parted where words of it are taken out or coloured or something is put in.
    fn run(&mut self, index: usize) -> String {
        let Some(run) = self.story.runs.get(index) else { return String::new() };
        let Run { element, para, inserted, .. } = *run;
        let source = self.story.source;
        let like = self.story.lends(element, para).child("rPr");
        let like = run_properties(like, source);
        // What stands in a text box is no part of the paragraph.
        let boxed = element.span.slice(source).contains("txbxContent");
        let emptied = self.edits.emptied.contains(&para) && !boxed;
        let mut parts = Parts { done: Vec::new(), body: String::new(), words: String::new() };
        let mut state = if emptied { State::Deleted } else { State::Kept };
        let mut at = element.child("rPr").map_or(element.inner.start, |set| set.span.end);
        for child in element.elements() {
            let is_text = matches!(&*child.name, "t" | "delText");
            let own = characters_of(child);
            if own.is_empty() {
                continue;
            }
            let gap = self.copy(Span::new(at, child.span.start));
            parts.body.push_str(&as_deleted(gap, state));
            at = child.span.end;
            for (place, character) in own {
                for put in self.edits.put.remove(&Anchor::Before(place)).into_iter().flatten() {
                    parts.end(state);
                    let put = self.put(&put, &like, para);
                    parts.done.push((State::Kept, Err(put)));
                }
                let now = if emptied { State::Deleted } else { self.state(place) };
                if now != state {
                    parts.end(state);
                    state = now;
                }
                if is_text {
                    parts.words.push(character);
                } else {
                    parts.end_words(state);
                    parts.body.push_str(child.span.slice(source));
                }
                for put in self.edits.put.remove(&Anchor::Behind(place)).into_iter().flatten() {
                    parts.end(state);
                    let put = self.put(&put, &like, para);
                    parts.done.push((State::Kept, Err(put)));
                }
            }
            parts.end_words(state);
        }
        let gap = self.copy(Span::new(at, element.inner.end));
        parts.body.push_str(&as_deleted(gap, state));
        parts.end(state);
        if self.met.contains(&para) && self.ends_paragraph(index) {
            parts.end_with_deletion();
        }
        let mut out = String::new();
        for (state, part) in parts.done {
            match part {
                Ok(body) => out.push_str(&self.part(element, state, &body)),
                // What one person puts in does not stand in what another one has put in.
                Err(put) => match inserted {
                    Some(theirs) => {
                        let tag = start_tag(theirs, source);
                        let again = renumbered(tag, self.hand.number());
                        out.push_str(&format!("</{}>{put}{again}", name_of(tag)));
                    }
                    None => out.push_str(&put),
                },
            }
        }
        out
    }

    /// True for the last run of its paragraph that has words.
    fn ends_paragraph(&self, index: usize) -> bool {
        let run = self.story.runs.get(index);
        let para = run.and_then(|run| self.story.paragraphs.get(run.para));
        let has_words = |at: &&usize| {
            let run = self.story.runs.get(**at).filter(|run| run.there);
            run.is_some_and(|run| run.element.elements().any(|e| !characters_of(e).is_empty()))
        };
        para.and_then(|para| para.runs.iter().rev().find(has_words)) == Some(&index)
    }

    fn part(&mut self, run: &Element, state: State, body: &str) -> String {
        let source = self.story.source;
        let set = run.child("rPr");
        let properties = match state {
            State::Coloured(color) => coloured(set, source, color),
            _ => set.map_or("", |set| set.span.slice(source)).to_owned(),
        };
        let run = format!("{}{properties}{body}</w:r>", start_tag(run, source));
        match state {
            State::Deleted => self.hand.tracked("del", &run),
            _ => run,
        }
    }

    fn state(&self, place: usize) -> State {
        let holds = |range: &Range<usize>| range.contains(&place);
        let first = self.edits.deleted.partition_point(|range| range.end <= place);
        if self.edits.deleted.get(first).is_some_and(holds) {
            return State::Deleted;
        }
        let first = self.edits.coloured.partition_point(|(range, _)| range.end <= place);
        match self.edits.coloured.get(first).filter(|(range, _)| holds(range)) {
            Some((_, color)) => State::Coloured(color),
            None => State::Kept,
        }
    }
}

/// The name in a start tag.
fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    name.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default()
}

/// A start tag with another number.
fn renumbered(tag: &str, number: u32) -> String {
    let Some((head, rest)) = tag.split_once("w:id=\"") else { return tag.to_owned() };
    let rest = rest.split_once('"').map_or("", |(_, rest)| rest);
    format!("{head}w:id=\"{number}\"{rest}")
}
