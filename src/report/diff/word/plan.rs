//! Lines that stay, come and go in a Word file in; the edits that make them, with the right numbers, out.

use std::collections::{BTreeMap, BTreeSet};

use crate::ooxml::numbering::Numbering;
use crate::ooxml::styles::Styles;
use crate::ooxml::xml::Element;
use crate::report::docx::lines::Kind;
use crate::report::docx::markup::{Hand, marked, taken};
use crate::report::docx::numbers::{Wanted, counted};
use crate::report::docx::patch::{Anchor, Edits, Put};
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
    /// The properties of the paragraph that it looks like.
    pub(super) like: Option<&'e Element>,
}

/// A line that is put in as a paragraph of its own.
#[derive(Clone, Debug)]
pub(super) struct Fresh<'e> {
    pub(super) kind: Kind,
    pub(super) wanted: Wanted,
    pub(super) typed: String,
    pub(super) words: String,
    pub(super) like: Option<&'e Element>,
    /// The properties of its run.
    pub(super) run: String,
    /// What stands behind its words: a comment.
    pub(super) closing: String,
    /// True where nothing is known that it could look like.
    pub(super) plain: bool,
    /// The style it gets then, where the file has one for it.
    pub(super) style: Option<String>,
}

/// What is put in at one place.
#[derive(Clone, Debug)]
pub(super) enum Piece<'e> {
    Words(String),
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
    pub(super) first: Vec<Fresh<'e>>,
    pub(super) behind: BTreeMap<usize, Vec<Fresh<'e>>>,
}

impl<'e> Plan<'e> {
    /// Puts words in.
    pub(super) fn put(&mut self, anchor: Anchor, words: &str) {
        let pieces = self.pieces.entry(anchor).or_default();
        match pieces.last_mut() {
            Some(Piece::Words(last)) => last.push_str(words),
            _ => pieces.push(Piece::Words(words.to_owned())),
        }
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
        let first = std::mem::take(&mut self.first);
        let first = counter.fresh(first, hand);
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
                    if counter.agrees(properties, &line.wanted) {
                        // It stays in its list, or out of any.
                    } else if can_join(index, story) {
                        self.retype(&line);
                        self.edits.joined.insert(index);
                        let mark = hand.mark("ins");
                        let set = taken(properties, story.source, false, &mark);
                        behind.push_str(&format!("<w:p>{set}</w:p>"));
                    } else {
                        counter.count(properties);
                    }
                }
                None if ends => counter.count(paragraph.properties),
                None => {}
            }
            let fresh = self.behind.remove(&index).unwrap_or_default();
            behind.push_str(&counter.fresh(fresh, hand));
            let open = !behind.is_empty() || self.edits.joined.contains(&index);
            if open && paragraph.last {
                // A mark that was put in or taken out needs a paragraph behind it to join.
                behind.push_str("<w:p/>");
            }
            let table = paragraph.row.and_then(|row| story.rows.get(row)).map(|(_, end)| *end);
            match table {
                // What follows a row with several cells stands behind its table.
                Some(end) if !behind.is_empty() => {
                    self.edits.at.entry(end).or_default().push_str(&behind);
                }
                _ if !behind.is_empty() => drop(self.edits.behind.insert(index, behind)),
                _ => {}
            }
        }
        if !first.is_empty() {
            self.edits.before.insert(0, first);
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

    /// Types the number of a line before its words.
    fn retype(&mut self, line: &Planned<'_>) {
        if line.wanted != Wanted::Nothing && !line.typed.is_empty() {
            let pieces = self.pieces.entry(line.start).or_default();
            let at =
                pieces.iter().rposition(|p| matches!(p, Piece::Mark(_))).map_or(0, |at| at + 1);
            pieces.insert(at, Piece::Words(line.typed.clone()));
        }
    }

    /// Decides on the properties of the paragraphs that end at an anchor; they take the place of what would be typed.
    fn part(&mut self, anchor: Anchor, counter: &mut Counter<'_>, hand: &mut Hand) {
        let count = self.pieces.get(&anchor).map_or(0, Vec::len);
        for at in 0..count {
            let piece = self.pieces.get(&anchor).and_then(|pieces| pieces.get(at));
            let Some(Piece::Mark(line)) = piece else { continue };
            let line = line.clone();
            let agrees = counter.agrees(line.like, &line.wanted);
            let mark = hand.mark("ins");
            let set = taken(line.like, counter.source, agrees, &mark);
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
            Some(Piece::Words(words)) => words.insert_str(0, typed),
            _ => {
                // To put another piece in would move the mark; the line has no words of its own there.
                if start != end.0 {
                    pieces.insert(at, Piece::Words(typed.to_owned()));
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

/// The lists of a file as they are counted once all edits are accepted.
struct Counter<'a> {
    numbering: &'a mut Numbering,
    styles: &'a Styles,
    source: &'a str,
}

impl Counter<'_> {
    fn count(&mut self, properties: Option<&Element>) {
        counted(properties, self.numbering, self.styles);
    }

    /// Counts a paragraph with these properties if that prints what is wanted; else it is not counted.
    fn agrees(&mut self, properties: Option<&Element>, wanted: &Wanted) -> bool {
        let before = self.numbering.counted();
        let printed = counted(properties, self.numbering, self.styles);
        let agrees = wanted.is_met(printed.as_ref());
        if !agrees {
            self.numbering.count_from(before);
        }
        agrees
    }

    /// Paragraphs of lines that are put in.
    fn fresh(&mut self, lines: Vec<Fresh<'_>>, hand: &mut Hand) -> String {
        let mut out = String::new();
        for line in lines {
            let agrees = !line.plain && self.agrees(line.like, &line.wanted);
            let mark = hand.mark("ins");
            let set = if line.plain {
                let look = match line.kind {
                    _ if line.style.is_some() => {
                        format!("<w:pStyle w:val=\"{}\"/>", line.style.unwrap_or_default())
                    }
                    Kind::Heading(level) => {
                        format!("<w:keepNext/><w:outlineLvl w:val=\"{}\"/>", level.clamp(1, 9) - 1)
                    }
                    Kind::Part(depth) => format!("<w:ind w:left=\"{}\"/>", 567 * depth.min(8)),
                    Kind::Numbered | Kind::Continued | Kind::Text => String::new(),
                };
                marked(None, "", &mark).replacen("<w:pPr>", &format!("<w:pPr>{look}"), 1)
            } else {
                taken(line.like, self.source, agrees, &mark)
            };
            let typed = if agrees || line.wanted == Wanted::Nothing { "" } else { &line.typed };
            let words = format!("{typed}{}", line.words);
            let run = if words.is_empty() { words } else { hand.inserted(&line.run, &words) };
            out.push_str(&format!("<w:p>{set}{run}{}</w:p>", line.closing));
        }
        out
    }
}
