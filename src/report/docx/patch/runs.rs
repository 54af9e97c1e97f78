//! Runs of a Word file in, of which words go, come or get a colour; the same as they are written then out.

use std::ops::Range;

use super::{Anchor, Patcher, Put};
use crate::model::Span;
use crate::ooxml::xml::Element;
use crate::report::docx::markup::{Words, coloured, run_properties, set_as, start_tag, struck};
use crate::report::docx::parts::{Parts, State, as_deleted};
use crate::report::docx::story::{Run, characters_of};

impl Patcher<'_, '_> {
    /// True where something is done to a run or beside its words.
    pub(super) fn is_touched(&self, run: usize) -> bool {
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
                || self.fields.binary_search(&run).is_ok()
                || deleted
                || coloured
                || near(Anchor::Before)
                || near(Anchor::Behind))
    }

    /// Something that is put in, with the properties of the run beside it.
    pub(super) fn put(&mut self, put: &Put, like: Option<&Element>, para: usize) -> String {
        let source = self.story.source;
        match put {
            Put::Words(stretches) => {
                let words = stretches.iter().map(|own| {
                    let run = match own.set {
                        None => run_properties(like, source),
                        Some(set) => set_as(like, source, set),
                    };
                    let run = if own.struck { struck(&run) } else { run };
                    Words { run, text: own.text.clone() }
                });
                self.hand.inserted_each(&words.collect::<Vec<_>>())
            }
            Put::Mark(_) => {
                let next = self.parted.get_mut(&para).and_then(Iterator::next);
                format!("</w:p><w:p>{}", next.unwrap_or_default())
            }
        }
    }

    /// A run, parted where words of it are taken out or coloured or something is put in.
    pub(super) fn run(&mut self, index: usize) -> String {
        let Some(run) = self.story.runs.get(index) else { return String::new() };
        let Run { element, para, inserted, .. } = *run;
        let source = self.story.source;
        let like = self.story.lends(element, para).child("rPr");
        // What stands in a text box is no part of the paragraph.
        let boxed = element.span.slice(source).contains("txbxContent");
        let field = self.fields.binary_search(&index).is_ok();
        let emptied = field || self.edits.emptied.contains(&para) && !boxed;
        let mut parts = Parts { done: Vec::new(), body: String::new(), words: String::new() };
        let mut state = if emptied { State::Deleted } else { State::Kept };
        let mut at = element.child("rPr").map_or(element.inner.start, |set| set.span.end);
        for child in element.elements() {
            let is_text = matches!(&*child.name, "t" | "delText");
            let own = characters_of(child);
            if own.is_empty() {
                // What comes in before or behind a field.
                let ends = [
                    (Anchor::Before(child.span.start), child.span.start),
                    (Anchor::Behind(child.span.start), child.span.end),
                ];
                for (anchor, end) in ends {
                    let Some(put) = self.edits.put.remove(&anchor) else { continue };
                    let through = self.copy(Span::new(at, end));
                    parts.body.push_str(&as_deleted(through, state));
                    parts.end(state);
                    at = end;
                    for put in put {
                        let put = self.put(&put, like, para);
                        parts.done.push((State::Kept, Err(put)));
                    }
                }
                continue;
            }
            let gap = self.copy(Span::new(at, child.span.start));
            parts.body.push_str(&as_deleted(gap, state));
            at = child.span.end;
            for (place, character) in own {
                for put in self.edits.put.remove(&Anchor::Before(place)).into_iter().flatten() {
                    parts.end(state);
                    let put = self.put(&put, like, para);
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
                    let put = self.put(&put, like, para);
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
