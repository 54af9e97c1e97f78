//! Paragraphs that were edited in their place in; the words and marks that come and go in the file out.

mod aligned;
mod printed;

use super::likes::Likes;
use super::plan::{Piece, Plan, Planned};
use crate::model::{BORDER, Op, Paragraph, Segment, Setting};
use crate::report::docx::lines::{Kind, Line, lines};
use crate::report::docx::numbers::{Numbers, Wanted};
use crate::report::docx::patch::{Anchor, Stretch};
use crate::report::docx::story::Story;
use crate::report::docx::units::{NOWHERE, Unit};

/// What the edits are made in.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a, 'e> {
    pub(super) story: &'a Story<'e>,
    pub(super) numbers: &'a Numbers,
    pub(super) likes: &'a Likes<'a, 'e>,
    /// True where the new draft sets words apart by their looks.
    pub(super) has_looks: bool,
}

/// Text of one side: paragraphs (or a heading), each with the place of its characters on the old side.
pub(super) struct Side<'p> {
    pub(super) paragraphs: Vec<(&'p Paragraph, Option<&'p Unit>)>,
    /// The level of the heading, where it is one.
    pub(super) heading: Option<usize>,
}

/// A line of one side.
struct Row<'p> {
    line: Line,
    /// The text of its paragraph.
    text: &'p str,
    /// Bytes of the joined text.
    start: usize,
    end: usize,
    /// Which paragraph begins with it.
    begins: Option<usize>,
    /// How words of its paragraph are set.
    settings: &'p [Setting],
}

/// A line of the old side in the file.
struct Stand {
    /// The paragraph whose mark ends it.
    para: usize,
    /// Its first character.
    first: usize,
}

impl<'p> Side<'p> {
    fn rows(&self) -> Vec<Row<'p>> {
        let mut rows = Vec::new();
        let mut base = 0;
        for (index, (paragraph, _)) in self.paragraphs.iter().enumerate() {
            for (at, mut line) in lines(paragraph).into_iter().enumerate() {
                if let Some(level) = self.heading {
                    line.kind = Kind::Heading(level);
                }
                let (start, end) = (base + line.range.start, base + line.range.end);
                let (text, begins) = (paragraph.text.as_str(), (at == 0).then_some(index));
                rows.push(Row { line, text, start, end, begins, settings: &paragraph.settings });
            }
            base += paragraph.text.len() + BORDER.len();
        }
        rows
    }

    pub(super) fn places(&self) -> Vec<usize> {
        let mut places = Vec::new();
        for (paragraph, unit) in &self.paragraphs {
            if !places.is_empty() {
                places.extend([NOWHERE; BORDER.len()]);
            }
            match unit {
                Some(unit) => places.extend(&unit.places),
                None => places.extend(std::iter::repeat_n(NOWHERE, paragraph.text.len())),
            }
        }
        places
    }
}

/// Edits of one group of paragraphs, until it is known that all of them can be made.
struct Group<'g, 'a, 'e> {
    ground: Ground<'a, 'e>,
    old: &'g Side<'g>,
    new: &'g Side<'g>,
    old_rows: Vec<Row<'g>>,
    new_rows: Vec<Row<'g>>,
    stands: Vec<Stand>,
    /// For each new line, the old line with whose mark it ends,
    kept: Vec<Option<usize>>,
    /// the old line in which it ends,
    host: Vec<usize>,
    /// and whether words of it stood there before.
    stood: Vec<bool>,
    deleted: Vec<(usize, usize)>,
    put: Vec<(Anchor, Piece<'e>)>,
    joined: Vec<usize>,
    ends: Vec<(usize, Planned<'e>)>,
    /// Where the next words are put in; none at the start of a line.
    anchor: Option<Anchor>,
    /// The lines that reading has come to.
    at: (usize, usize),
    /// Where the words of the new line begin.
    start: Anchor,
}

/// Makes the edits that `segments` tell; false, with nothing done, where they cannot be made in place.
pub(super) fn edit<'e>(
    ground: Ground<'_, 'e>,
    (old, new): (&Side<'_>, &Side<'_>),
    segments: &[Segment],
    plan: &mut Plan<'e>,
) -> bool {
    let (old_rows, new_rows) = (old.rows(), new.rows());
    let places = old.places();
    let Some(stands) = stands(&old_rows, &places, old, ground.story) else { return false };
    let mut group = Group {
        ground,
        old,
        new,
        kept: vec![None; new_rows.len()],
        host: vec![0; new_rows.len()],
        stood: vec![false; new_rows.len()],
        old_rows,
        new_rows,
        stands,
        deleted: Vec::new(),
        put: Vec::new(),
        joined: Vec::new(),
        ends: Vec::new(),
        anchor: None,
        at: (0, 0),
        start: Anchor::Within(0),
    };
    if group.align(segments).is_none() || group.walk(segments, &places).is_none() {
        return false;
    }
    let Group { mut deleted, put, joined, ends, .. } = group;
    deleted.sort_unstable();
    deleted.into_iter().for_each(|(place, len)| plan.delete(place, len));
    for (anchor, piece) in put {
        match piece {
            Piece::Words(words) => words.into_iter().for_each(|own| plan.put(anchor, own)),
            mark => plan.pieces.entry(anchor).or_default().push(mark),
        }
    }
    plan.edits.joined.extend(joined);
    plan.kept.extend(ends);
    true
}

/// Where each old line stands: none where two stand in one paragraph of the file, or one in several.
fn stands(
    rows: &[Row<'_>],
    places: &[usize],
    old: &Side<'_>,
    story: &Story<'_>,
) -> Option<Vec<Stand>> {
    if old.paragraphs.iter().any(|(_, unit)| unit.is_none_or(|u| u.shared || u.row.is_some())) {
        return None;
    }
    let mut stands: Vec<Stand> = Vec::new();
    for row in rows {
        let own = places.get(row.start..row.end)?.iter().copied().filter(|p| *p != NOWHERE);
        let mut paras = own.clone().map(|place| {
            story.run_at(place).map(|run| story.end_of_line(run.para)).unwrap_or_default()
        });
        let para = paras.next()?;
        if paras.any(|other| other != para) || stands.last().is_some_and(|s| s.para >= para) {
            return None;
        }
        stands.push(Stand { para, first: own.clone().min()? });
    }
    Some(stands)
}

impl<'e> Group<'_, '_, 'e> {
    fn walk(&mut self, segments: &[Segment], places: &[usize]) -> Option<()> {
        self.begin(Some(0), Some(0))?;
        let (mut o, mut n) = (0, 0);
        for segment in segments {
            for character in segment.text.chars() {
                let len = character.len_utf8();
                let old = (segment.op != Op::Insert).then_some(o);
                let new = (segment.op != Op::Delete).then_some(n);
                self.joints(old, new)?;
                o += if old.is_some() { len } else { 0 };
                n += if new.is_some() { len } else { 0 };
                if character != '\n' {
                    let place = old.and_then(|at| places.get(at).copied());
                    self.character(character, (old, place), new)?;
                }
            }
        }
        self.end_line(self.new_rows.len() - 1)
    }

    /// What is done where a line of either side ends at these bytes.
    fn joints(&mut self, old: Option<usize>, new: Option<usize>) -> Option<()> {
        let (line_old, line_new) = self.at;
        let ends = |rows: &[Row<'_>], line: usize, at: Option<usize>| {
            line + 1 < rows.len() && rows.get(line).is_some_and(|row| at == Some(row.end))
        };
        let new_ends = ends(&self.new_rows, line_new, new);
        let old_ends = ends(&self.old_rows, line_old, old);
        if new_ends {
            self.end_line(line_new)?;
            self.at.1 += 1;
            if self.kept.get(line_new).copied().flatten().is_none() {
                self.begin(None, Some(line_new + 1))?;
            }
        }
        if old_ends {
            self.at.0 += 1;
            let with = self.kept.iter().position(|kept| *kept == Some(line_old));
            if with.is_none() {
                let para = self.stands.get(line_old)?.para;
                self.joined.push(para);
            }
            self.begin(Some(line_old + 1), with.map(|line| line + 1))?;
        }
        Some(())
    }

    /// A line of the old side, of the new one, or of both, begins.
    fn begin(&mut self, old: Option<usize>, new: Option<usize>) -> Option<()> {
        if let Some(line) = old {
            self.anchor = None;
            self.at.0 = line;
            if new.is_some() {
                self.start = Anchor::Before(self.stands.get(line)?.first);
            }
        } else {
            self.start = self.here()?;
        }
        let lead = |side: &Side<'_>, rows: &[Row<'_>], line: Option<usize>| {
            let begins = line.and_then(|line| rows.get(line)?.begins)?;
            let (paragraph, unit) = side.paragraphs.get(begins)?;
            let typed = unit.map(|unit| unit.typed(self.ground.story)).unwrap_or_default();
            // Words come in behind what is struck out between the number and them.
            let last = unit.and_then(|unit| unit.lead.last());
            let last = last.map(|(place, _)| Anchor::Behind(*place));
            Some((paragraph.shown_number(), (typed, last)))
        };
        let (before, (typed, last)) = lead(self.old, &self.old_rows, old).unwrap_or_default();
        let (now, _) = lead(self.new, &self.new_rows, new).unwrap_or_default();
        let now = now.filter(|_| new.is_some_and(|line| !self.is_counted(line)));
        if let Some((first, _)) = typed.first().filter(|_| new.is_some()) {
            self.start = Anchor::Before(*first);
        }
        if before == now && !typed.is_empty() {
            self.anchor = last;
            return Some(());
        }
        // Only the number itself gives way where both are typed in the same way.
        let shown: String = typed.iter().map(|(_, c)| *c).collect();
        let own = before.filter(|before| !before.starts_with('[')).and_then(|before| {
            let start = shown.find(&before)?;
            let from = shown.get(..start)?.chars().count();
            Some(from..from + before.chars().count())
        });
        let plain = now.as_ref().filter(|now| !now.starts_with('['));
        let (gone, now) = match (own.and_then(|own| typed.get(own)), plain) {
            (Some(own), Some(now)) => (own, Some(now.clone())),
            _ => (typed.as_slice(), now.map(|now| self.ground.likes.typed(&now))),
        };
        gone.iter().for_each(|(place, c)| self.deleted.push((*place, c.len_utf8())));
        self.anchor = gone.last().map(|(place, _)| Anchor::Behind(*place)).or(self.anchor);
        if let Some(now) = now {
            self.words(Stretch::plain(&now))?;
        }
        self.anchor = last.or(self.anchor);
        Some(())
    }

    /// Where words are put in.
    fn here(&self) -> Option<Anchor> {
        let first = || self.stands.get(self.at.0).map(|stand| Anchor::Before(stand.first));
        self.anchor.or_else(first)
    }

    fn words(&mut self, words: Stretch) -> Option<()> {
        let anchor = self.here()?;
        match self.put.last_mut() {
            Some((last, Piece::Words(held))) if *last == anchor => words.add_to(held),
            _ => self.put.push((anchor, Piece::Words(vec![words]))),
        }
        Some(())
    }

    fn character(
        &mut self,
        character: char,
        (old, place): (Option<usize>, Option<usize>),
        new: Option<usize>,
    ) -> Option<()> {
        let row = self.new_rows.get(self.at.1)?;
        let labelled = row.line.label.as_ref().map(|label| row.start + label.len());
        let label = new.zip(labelled).is_some_and(|(at, end)| at < end);
        let behind = character == ' ' && new.map(|at| at + 1) == labelled;
        let counted = label && self.is_counted(self.at.1);
        let set = new.and_then(|at| self.set(at));
        let own = Stretch { text: character.to_string(), set, struck: false };
        match (place, new) {
            (Some(NOWHERE), None) => {
                // A label that Word prints goes with its paragraph.
                self.is_printed(old?).then_some(())?;
            }
            (Some(place), None) => {
                self.deleted.push((place, character.len_utf8()));
                self.anchor = Some(Anchor::Behind(place));
            }
            (Some(NOWHERE) | None, Some(at)) if !label && self.goes_on_printing(at) => {}
            (Some(NOWHERE), Some(_)) if label && !counted => {
                self.words(own)?;
            }
            (Some(NOWHERE), Some(_)) if !label && self.is_printed(old?) => {
                self.words(own)?;
            }
            (Some(NOWHERE), Some(_)) => {}
            (Some(_), Some(_)) if counted => return None,
            (Some(place), Some(_)) => self.anchor = Some(Anchor::Behind(place)),
            (None, _) if counted => {}
            (None, Some(_)) if behind => {
                self.words(Stretch { text: self.ground.likes.behind_label().to_owned(), ..own })?
            }
            (None, _) => self.words(own)?,
        }
        Some(())
    }

    /// A line of the new side ends.
    fn end_line(&mut self, line: usize) -> Option<()> {
        let row = self.new_rows.get(line)?;
        let like = self.like(line);
        let (mut wanted, mut typed) = self.ground.likes.wanted(&row.line, row.text, like);
        let kept = self.kept.get(line).copied().flatten();
        if let Some(old) = kept.filter(|_| self.ground.likes.is_counted(like)) {
            // A number that neither side tells apart from the words stays what it is.
            let words = row.text.get(row.line.range.clone()).unwrap_or_default();
            let told = !matches!(wanted, Wanted::Label(_));
            if let Some(printed) = self.printed(old).filter(|printed| words.starts_with(printed))
                && told
            {
                (wanted, typed) = (Wanted::Label(printed.to_owned()), format!("{printed} "));
            }
        }
        let looks = self.ground.likes.restyled(&row.line, like);
        if looks.is_some() && row.line.bullet {
            // The style has the bullet.
            wanted = Wanted::Nothing;
        }
        let planned = Planned { wanted, typed, start: self.start, like, looks };
        match kept {
            Some(old) => self.ends.push((self.stands.get(old)?.para, planned)),
            None => {
                let anchor = self.here()?;
                let (Anchor::Before(place) | Anchor::Behind(place)) = anchor else { return None };
                let run = self.ground.story.run_at(place)?;
                if !run.direct {
                    return None;
                }
                self.put.push((anchor, Piece::Mark(planned)));
            }
        }
        Some(())
    }
}
