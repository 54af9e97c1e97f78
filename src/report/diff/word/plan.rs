//! Lines that stay, come and go in a Word file in; the edits that make them, with the right numbers, out.

use std::collections::{BTreeMap, BTreeSet};

use super::fresh::{Added, Counter};
use crate::ooxml::numbering::Numbering;
use crate::ooxml::styles::Styles;
use crate::ooxml::xml::Element;
use crate::report::docx::markup::{Hand, changed, looks, marked, taken};
use crate::report::docx::numbers::Wanted;
use crate::report::docx::patch::{Anchor, Edits, Put, Stretch};
use crate::report::docx::story::Story;

/// A line of the new text in a paragraph of the old file.
#[derive(Clone, Debug)]
pub(super) struct Planned<'e> {
    /// What is to be printed before it by Word.
    pub(super) wanted: Wanted,
    /// What is typed before its words where Word does not print it.
    pub(super) typed: String,
    /// Where its words begin.
    pub(super) start: Anchor,
    /// The properties of the paragraph that it looks like,
    pub(super) like: Option<&'e Element>,
    /// or the looks that it gets instead.
    pub(super) looks: Option<String>,
}

impl Planned<'_> {
    /// The properties of a paragraph that is put in to end it; it stands in a list only where that is `counted`.
    fn properties(&self, counted: bool, source: &str, hand: &mut Hand) -> String {
        let mark = hand.mark("ins");
        match &self.looks {
            Some(looks) => format!("<w:pPr>{looks}<w:rPr>{mark}</w:rPr></w:pPr>"),
            None => taken(self.like, source, counted, &mark),
        }
    }
}

/// What is put in at one place.
#[derive(Clone, Debug)]
pub(super) enum Piece<'e> {
    Words(Vec<Stretch>),
    /// A paragraph ends here, and this line with it.
    Mark(Planned<'e>),
}

/// All that is done to a file.
#[derive(Default)]
pub(super) struct Plan<'e> {
    pub(super) edits: Edits,
    pub(super) pieces: BTreeMap<Anchor, Vec<Piece<'e>>>,
    /// Lines that end with the marks of paragraphs of the file.
    pub(super) kept: BTreeMap<usize, Planned<'e>>,
    /// Lines put in before all paragraphs, and behind each.
    pub(super) first: Vec<Added<'e>>,
    pub(super) behind: BTreeMap<usize, Vec<Added<'e>>>,
    /// Paragraphs of the file that get other looks, and those whose mark was put in, as what was theirs ends another one.
    looks: BTreeMap<usize, String>,
    parted: BTreeSet<usize>,
}

impl<'e> Plan<'e> {
    /// Puts words in.
    pub(super) fn put(&mut self, anchor: Anchor, words: Stretch) {
        if words.text.is_empty() {
            return;
        }
        let pieces = self.pieces.entry(anchor).or_default();
        match pieces.last_mut() {
            Some(Piece::Words(last)) => words.add_to(last),
            _ => pieces.push(Piece::Words(vec![words])),
        }
    }

    /// Puts words in at the end of a line, before a mark that parts it from what follows.
    pub(super) fn put_in_line(&mut self, anchor: Anchor, words: impl IntoIterator<Item = Stretch>) {
        let pieces = self.pieces.remove(&anchor).unwrap_or_default();
        let ends = pieces.iter().position(|piece| matches!(piece, Piece::Mark(_)));
        let (line, rest) = pieces.split_at(ends.unwrap_or(pieces.len()));
        self.pieces.insert(anchor, line.to_vec());
        words.into_iter().for_each(|own| self.put(anchor, own));
        let all = self.pieces.entry(anchor).or_default();
        all.extend(rest.iter().cloned());
    }

    /// Takes characters out; `len` is how many bytes the character at `place` has in the part, at least.
    pub(super) fn delete(&mut self, place: usize, len: usize) {
        match self.edits.deleted.last_mut() {
            Some(last) if last.end == place => last.end = place + len,
            _ => self.edits.deleted.push(place..place + len),
        }
    }

    /// Takes a paragraph out, with all that stands in it. The end of a section stays.
    pub(super) fn remove(&mut self, para: usize, story: &Story<'_>) {
        self.edits.emptied.insert(para);
        self.join(para, story);
    }

    /// Takes the mark of a paragraph out; false where a section ends with it.
    pub(super) fn join(&mut self, para: usize, story: &Story<'_>) -> bool {
        let free = can_join(para, story);
        if free {
            self.edits.joined.insert(para);
        }
        free
    }

    /// The edits. Every paragraph is counted as Word will count it once they are accepted; where that does not give the
    /// number that is wanted, the number is typed, and the paragraph stands in no list.
    pub(super) fn finish(
        mut self,
        story: &Story<'e>,
        numbering: &mut Numbering,
        styles: &Styles,
        hand: &mut Hand,
    ) -> Edits {
        let mut counter = Counter { numbering, styles, source: story.source };
        self.put_first_of_all(story, &mut counter, hand);
        let mut parted: BTreeMap<usize, BTreeSet<(usize, bool)>> = BTreeMap::new();
        for (anchor, pieces) in &self.pieces {
            let (key, run) = match *anchor {
                Anchor::Before(at) => ((at, false), story.run_at(at)),
                Anchor::Behind(at) => ((at, true), story.run_at(at)),
                Anchor::Within(_) => continue,
            };
            if let Some(run) = run
                && pieces.iter().any(|piece| matches!(piece, Piece::Mark(_)))
            {
                parted.entry(run.para).or_default().insert(key);
            }
        }
        for (index, paragraph) in story.paragraphs.iter().enumerate() {
            for (place, behind) in parted.remove(&index).unwrap_or_default() {
                let anchor = if behind { Anchor::Behind(place) } else { Anchor::Before(place) };
                self.part(anchor, &mut counter, hand);
            }
            let mut behind = String::new();
            let ends = paragraph.ends && !self.edits.joined.contains(&index);
            match self.kept.remove(&index).filter(|_| ends) {
                Some(line) => {
                    let properties = paragraph.properties;
                    let stays = line.looks.is_none();
                    if stays && counter.agrees(properties, &line.wanted) {
                        // It stays in its list, or out of any.
                    } else if paragraph.last || can_join(index, story) {
                        let counted = stays && counter.agrees(line.like, &line.wanted);
                        let like = if counted { line.like } else { properties };
                        if !counted {
                            self.retype(&line);
                        }
                        let line = Planned { like, ..line };
                        if paragraph.last {
                            let own = || looks(like, story.source, counted);
                            self.looks.insert(index, line.looks.unwrap_or_else(own));
                        } else {
                            self.edits.joined.insert(index);
                            let set = line.properties(counted, story.source, hand);
                            behind.push_str(&format!("<w:p>{set}</w:p>"));
                        }
                    } else {
                        counter.count(properties);
                    }
                }
                None if ends => counter.count(paragraph.properties),
                None => {}
            }
            let added = self.behind.remove(&index).unwrap_or_default();
            let table = paragraph.row.and_then(|row| story.rows.get(row));
            // What follows a row with several cells stands behind its table.
            let end = table.map_or(paragraph.element.span.end, |row| row.outermost.end);
            if table.is_none() && paragraph.last {
                behind.push_str(&self.at_the_end(index, added, story, &mut counter, hand));
            } else {
                let tables = (table.is_some(), story.has_table_at(end));
                behind.push_str(&counter.added(added, tables, hand));
            }
            if behind.is_empty() {
                continue;
            }
            if table.is_some() {
                self.edits.at.entry(end).or_default().push_str(&behind);
            } else {
                self.edits.behind.insert(index, behind);
            }
        }
        for (index, paragraph) in story.paragraphs.iter().enumerate() {
            let parted = self.parted.contains(&index);
            let mark = if parted { hand.mark("ins") } else { String::new() };
            let set = match self.looks.remove(&index) {
                Some(looks) => changed(paragraph.properties, story.source, &looks, &mark, hand),
                None if parted => marked(paragraph.properties, story.source, &mark),
                None => continue,
            };
            self.edits.properties.insert(index, set);
        }
        self.edits.put = self
            .pieces
            .into_iter()
            .map(|(anchor, pieces)| {
                let put = pieces.into_iter().map(|piece| match piece {
                    Piece::Words(words) => Put::Words(words),
                    Piece::Mark(line) => Put::Mark(line.typed),
                });
                (anchor, put.collect())
            })
            .collect();
        self.edits
    }

    /// What stands before all paragraphs of the file, and before the table that the first of them stands in.
    fn put_first_of_all(&mut self, story: &Story<'e>, counter: &mut Counter<'_>, hand: &mut Hand) {
        let first = std::mem::take(&mut self.first);
        // What comes before all else stands in no text box, even where the first words do.
        let outside = story.paragraphs.iter().position(|paragraph| !paragraph.boxed);
        let at = outside.unwrap_or_default();
        let row = story.paragraphs.get(at).and_then(|p| p.row).and_then(|row| story.rows.get(row));
        let first = counter.added(first, (false, row.is_some()), hand);
        if first.is_empty() {
            return;
        }
        match row {
            Some(row) => {
                self.edits.at.entry(row.outermost.start).or_default().push_str(&first);
            }
            None => drop(self.edits.before.insert(at, first)),
        }
    }

    /// What becomes of the last paragraph of the text, of a cell or of a text box, and of what is put in behind it; gives what
    /// then stands behind it. Its mark is never taken out, as no paragraph follows that could join: the last line that is put
    /// in ends with it, or, where it goes, the last one before it that stays.
    fn at_the_end(
        &mut self,
        index: usize,
        mut added: Vec<Added<'e>>,
        story: &Story<'e>,
        counter: &mut Counter<'_>,
        hand: &mut Hand,
    ) -> String {
        let Some(paragraph) = story.paragraphs.get(index) else { return String::new() };
        let (properties, source) = (paragraph.properties, story.source);
        let gone = self.edits.joined.remove(&index);
        let last = added.pop();
        match last {
            None if gone => {
                if let Some(kept) = self.kept_before(index, story) {
                    self.edits.joined.insert(kept);
                    let like = story.paragraphs.get(kept).and_then(|p| p.properties);
                    self.looks.insert(index, looks(like, source, true));
                }
                String::new()
            }
            None => String::new(),
            Some(Added::Line(line)) if gone => {
                let before = counter.added(added, (false, false), hand);
                self.edits.before.entry(index).or_default().push_str(&before);
                let made = counter.line(*line, hand);
                self.looks.insert(index, made.looks);
                self.edits.closing.entry(index).or_default().push_str(&made.words);
                String::new()
            }
            Some(table) if gone => {
                let all = added.into_iter().chain([table]).collect();
                let before = counter.added(all, (false, false), hand);
                self.edits.before.entry(index).or_default().push_str(&before);
                String::new()
            }
            Some(last) => {
                self.parted.insert(index);
                match last {
                    Added::Line(line) => {
                        let before = counter.added(added, (false, false), hand);
                        let made = counter.line(*line, hand);
                        let set = changed(properties, source, &made.looks, "", hand);
                        format!("{before}<w:p>{set}{}</w:p>", made.words)
                    }
                    table => {
                        let all = added.into_iter().chain([table]).collect();
                        let all = counter.added(all, (false, false), hand);
                        let set = properties.map_or("", |set| set.span.slice(source));
                        format!("{all}<w:p>{set}</w:p>")
                    }
                }
            }
        }
    }

    /// The paragraph before those that go together with `last`, where its mark can go in the place of theirs.
    fn kept_before(&self, last: usize, story: &Story<'_>) -> Option<usize> {
        let within = story.paragraphs.get(last)?.within;
        for para in (0..last).rev() {
            let paragraph = story.paragraphs.get(para).filter(|p| p.within == within)?;
            if self.edits.behind.contains_key(&para) {
                return None;
            }
            if self.edits.joined.contains(&para) || !paragraph.ends {
                continue;
            }
            let free = can_join(para, story) && !self.looks.contains_key(&para);
            return free.then_some(para);
        }
        None
    }

    /// Types the number of a line before its words.
    fn retype(&mut self, line: &Planned<'_>) {
        if line.wanted != Wanted::Nothing && !line.typed.is_empty() {
            let pieces = self.pieces.entry(line.start).or_default();
            let at =
                pieces.iter().rposition(|p| matches!(p, Piece::Mark(_))).map_or(0, |at| at + 1);
            pieces.insert(at, Piece::Words(vec![Stretch::plain(&line.typed)]));
        }
    }

    /// Decides on the properties of the paragraphs that end at an anchor; they take the place of what would be typed.
    fn part(&mut self, anchor: Anchor, counter: &mut Counter<'_>, hand: &mut Hand) {
        let count = self.pieces.get(&anchor).map_or(0, Vec::len);
        for at in 0..count {
            let piece = self.pieces.get(&anchor).and_then(|pieces| pieces.get(at));
            let Some(Piece::Mark(line)) = piece else { continue };
            let line = line.clone();
            let agrees = line.looks.is_none() && counter.agrees(line.like, &line.wanted);
            let set = line.properties(agrees, counter.source, hand);
            if !agrees && line.wanted != Wanted::Nothing {
                self.put_first(line.start, &line.typed, (anchor, at));
            }
            let pieces = self.pieces.get_mut(&anchor);
            if let Some(Piece::Mark(line)) = pieces.and_then(|pieces| pieces.get_mut(at)) {
                line.typed = set;
            }
        }
    }

    /// Types a number at the start of a line that ends with the mark at `end`.
    fn put_first(&mut self, start: Anchor, typed: &str, end: (Anchor, usize)) {
        let pieces = self.pieces.entry(start).or_default();
        let marks = |piece: &Piece<'_>| matches!(piece, Piece::Mark(_));
        let until = if start == end.0 { end.1 } else { pieces.len() };
        let before = pieces.get(..until).unwrap_or_default();
        let at = before.iter().rposition(marks).map_or(0, |at| at + 1);
        match pieces.get_mut(at) {
            // The words of the line stand there already, unless another paragraph begins in between.
            Some(Piece::Words(words)) => words.insert(0, Stretch::plain(typed)),
            _ => {
                // To put another piece in would move the mark; the line has no words of its own there.
                if start != end.0 {
                    pieces.insert(at, Piece::Words(vec![Stretch::plain(typed)]));
                }
            }
        }
    }
}

/// True where the mark of a paragraph can be taken out: no section ends with it.
fn can_join(para: usize, story: &Story<'_>) -> bool {
    let paragraph = story.paragraphs.get(para);
    paragraph.is_some_and(|p| p.properties.is_none_or(|set| set.child("sectPr").is_none()))
}
