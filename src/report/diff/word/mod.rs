//! Two drafts, what became of the one in the other, and the Word file of the old one, in; this file with tracked changes out.
//!
//! Accepting all changes gives the new text, rejecting all the old one. Where paragraphs stay, only words that differ
//! are put in and taken out; what moved is taken out in one place and put in at the other, with a comment at both. Rows of
//! tables stay rows. What cannot be changed within a paragraph (one that shares its paragraph of the file with another) is
//! taken out and put in as a whole, and so is a table that has other columns. Footnotes come and go with the words they belong
//! to, and change where they stand; headers stay as they are.

mod called;
mod cover;
mod footnotes;
mod fresh;
mod group;
mod likes;
mod order;
mod passage;
mod plan;
mod put;
mod rows;
mod sentence;
mod struck;
mod table;
mod tables;
mod thread;

use std::collections::{HashMap, HashSet};

use super::notes::notes;
use super::{Compared, place};
use crate::model::{BORDER, Change, Draft, Op, Paragraph};
use crate::ooxml::numbering::Numbering;
use crate::ooxml::styles::Styles;
use crate::report::docx::Signature;
use crate::report::docx::calls::{is_plain, with_calls};
use crate::report::docx::comments::Comments;
use crate::report::docx::file::Archive;
use crate::report::docx::lines::{Item, items};
use crate::report::docx::markup::Hand;
use crate::report::docx::numbers::Numbers;
use crate::report::docx::patch::patched;
use crate::report::docx::story::Story;
use crate::report::docx::units::{Unit, Units, heading_unit};
use footnotes::Footnotes;
use fresh::Added;
use group::{Ground, Side};
use likes::Likes;
use order::Stays;
use plan::Plan;
use rows::Tables;
use thread::Notes;

/// Writes the changes into `base`, the file that the old draft was read from, or that was made
/// of it, as our `own`. None where its text is written in a way
/// that Word does not use.
///
/// # Errors
/// When the file is damaged.
pub(in crate::report) fn write(
    compared: Compared<'_>,
    (base, own): (&[u8], bool),
    signature: &Signature,
) -> Result<Option<Vec<u8>>, String> {
    let Some(mut file) = Archive::open(base)? else { return Ok(None) };
    let tree = file.tree_without_own()?;
    let Some(body) = tree.child("body") else { return Ok(None) };
    let source = file.source.clone();
    let styles = Styles::of(file.part("styles").as_ref());
    let story = Story::of(&source, body).with_looks(&styles);
    if story.paragraphs.is_empty() {
        return Ok(None);
    }
    let mut numbering = Numbering::of(file.part("numbering").as_ref());
    let numbers = Numbers::of(&story, &mut numbering, &styles);
    let mut units = Units::of(compared.old, &story, &numbers, &styles);
    let likes = Likes::of(compared.old, &units, &story, (&numbering, &styles), own);
    let tables = Tables::of(compared, &units, &story);
    let mut hand = Hand::new(signature, file.free_number());
    let plain = is_plain(compared.old, compared.new);
    let footnotes = Footnotes::of(&mut file, &story, &styles).filter(|_| plain);
    let (mut old, mut new, mut notes) =
        (compared.old.clone(), compared.new.clone(), Notes::default());
    if let Some(footnotes) = &footnotes {
        notes.called = true;
        let called;
        (new, called) = with_calls(compared.new);
        let endnotes = called.iter().map(|called| called.endnote).collect();
        notes.new = called.into_iter().map(|called| called.words).collect();
        footnotes.put_in(notes.new.len(), &mut old, &mut units, &story);
        notes.old = footnotes.words();
        hand.calling = Some(footnotes.calling(&mut file, &story, endnotes));
    }
    let has_looks = new.paragraphs.iter().flat_map(|p| &p.settings).any(put::is_look);
    let mut redline = Redline {
        plain: compared,
        compared: Compared { old: &old, new: &new, ..compared },
        units: &units,
        ground: Ground { story: &story, numbers: &numbers, likes: &likes, has_looks },
        plan: Plan::default(),
        hand,
        comments: Comments::default(),
        gone: HashSet::new(),
        tables,
        notes,
    };
    redline.all();
    let Redline { plan, mut hand, comments, notes, .. } = redline;
    let mut edits = plan.finish(&story, &mut numbering, &styles, &mut hand);
    let gone = footnotes.as_ref().map(|footnotes| footnotes.gone(&mut edits));
    let mut text = patched(&story, edits, &mut hand);
    if let Some((footnotes, gone)) = footnotes.zip(gone) {
        let all = (gone.as_slice(), &notes, compared.old.footnotes.as_slice());
        text = footnotes.write(&mut file, text, all, &mut hand)?;
    }
    file.set_text(&text);
    file.add_comments(&comments.part)?;
    file.finish().map(Some)
}

struct Redline<'a, 'e> {
    /// The drafts as they were compared, and with the calls of their footnotes among their words.
    plain: Compared<'a>,
    compared: Compared<'a>,
    units: &'a Units,
    ground: Ground<'a, 'e>,
    plan: Plan<'e>,
    hand: Hand,
    comments: Comments,
    /// Headings and paragraphs of the old draft that do not stay in their place.
    gone: HashSet<Item>,
    tables: Tables,
    notes: Notes,
}

impl<'a, 'e> Redline<'a, 'e> {
    fn all(&mut self) {
        let Compared { old, new, .. } = self.compared;
        let new_items = items(new);
        let position: HashMap<Item, usize> =
            new_items.iter().enumerate().map(|(at, item)| (*item, at)).collect();
        let anchors = self.anchors(&position);
        let mut staying: HashMap<usize, Stays<'a>> = HashMap::new();
        self.gone = items(old).into_iter().collect();
        for (stays, at, _) in &anchors {
            staying.insert(*at, *stays);
            match stays {
                Stays::Heading(old, _) => drop(self.gone.remove(&Item::Heading(*old))),
                Stays::Table(at, _) => {
                    let rows = self.tables.stay.get(*at).map(|table| table.old.clone());
                    rows.into_iter().flatten().for_each(|old| {
                        self.gone.remove(&Item::Paragraph(old));
                    });
                }
                Stays::Part(_, old, _) => drop(self.gone.remove(&Item::Paragraph(*old))),
                Stays::Paragraphs(change) => change.old.iter().for_each(|old| {
                    self.gone.remove(&Item::Paragraph(*old));
                }),
            }
        }
        let order = self.order();
        self.title();
        self.cover();
        let by_new = self.compared.by_new();
        let mut cursor = self.past_gone(None, &order);
        let mut at = 0;
        while let Some(item) = new_items.get(at) {
            if let Some(stays) = staying.get(&at) {
                let last = self.stay(*stays);
                at += stays.len();
                cursor = self.past_gone(last.or(cursor), &order);
                continue;
            }
            if let Item::Paragraph(new) = item
                && let Some(rows) = self.tables.new.iter().find(|rows| rows.start == *new).cloned()
            {
                at += rows.len();
                self.insert_table(rows, cursor);
                continue;
            }
            let change = match item {
                Item::Paragraph(new) => by_new.get(*new).copied().flatten(),
                Item::Heading(_) => None,
            };
            let change = change.and_then(|at| self.compared.changes().get(at));
            self.insert(*item, change, cursor);
            at += 1;
        }
        let by_old = self.compared.by_old();
        for item in
            items(old).into_iter().filter(|item| self.gone.contains(item)).collect::<Vec<_>>()
        {
            let change = match item {
                Item::Paragraph(old) => by_old.get(old).copied().flatten(),
                Item::Heading(_) => None,
            };
            let change = change.and_then(|at| self.compared.changes().get(at));
            self.remove(item, change);
        }
        self.empty_rows();
    }

    fn unit(&self, item: Item) -> Option<&'a Unit> {
        match item {
            Item::Heading(at) => self.units.headings.get(at)?.as_ref(),
            Item::Paragraph(at) => self.units.paragraphs.get(at),
        }
    }

    /// Edits something in its place; gives the last paragraph of the file that it stands in.
    fn stay(&mut self, stays: Stays<'a>) -> Option<usize> {
        match stays {
            Stays::Paragraphs(change) => {
                let told = self.told_of(change);
                self.paragraphs(change, told)
            }
            Stays::Part(change, old, new) => self.part(change, old, new),
            Stays::Table(at, _) => self.table(at),
            Stays::Heading(old, new) => {
                let unit = self.unit(Item::Heading(old))?;
                let (before, now) =
                    (self.compared.old.headings.get(old)?, self.compared.new.headings.get(new)?);
                self.heading(unit, (&before.text, before.level), (&now.text, now.level));
                unit.paras.last().copied()
            }
        }
    }

    pub(super) fn heading(&mut self, unit: &Unit, old: (&str, usize), new: (&str, usize)) {
        let of =
            |(text, _): (&str, usize)| Paragraph { text: text.to_owned(), ..Paragraph::default() };
        let (before, now) = (of(old), of(new));
        let side = |paragraph, unit, level| Side {
            paragraphs: vec![(paragraph, unit)],
            heading: Some(level),
        };
        let sides = (side(&before, Some(unit), old.1), side(&now, None, new.1));
        let segments = thread::segments(old.0, new.0, &mut self.notes);
        if !group::edit(self.ground, (&sides.0, &sides.1), &segments, &mut self.plan)
            && old.0 != new.0
        {
            let last = unit.paras.last().copied();
            unit.paras.iter().for_each(|para| self.plan.remove(*para, self.ground.story));
            self.fresh(&now, Some(new.1), Vec::new(), last);
        }
    }

    /// The title is no paragraph; it is edited where it stands in the text as a line of its own.
    fn title(&mut self) {
        let title = |draft: &'a Draft| draft.front.title.as_deref();
        let (Some(old), Some(new)) = (title(self.compared.old), title(self.compared.new)) else {
            return;
        };
        let first = self.order().first().map_or(self.ground.story.paragraphs.len(), |o| o.0);
        let found = (0..first).find_map(|para| heading_unit(old, para, self.ground.story, None));
        if let Some(unit) = found.filter(|_| old != new) {
            self.heading(&unit, (old, 1), (new, 1));
        }
    }

    fn told_of(&self, change: &Change) -> Vec<String> {
        let mut told: Vec<String> = sentence::here(change, self.plain).into_iter().collect();
        told.extend(notes(change, self.plain));
        told
    }

    /// Edits the one paragraph of a split or a merger that stays in its place.
    fn part(&mut self, change: &Change, old: usize, new: usize) -> Option<usize> {
        let Compared { old: before, new: now, .. } = self.plain;
        let (before, now) = (before.paragraphs.get(old)?, now.paragraphs.get(new)?);
        let segments = passage::segments(&before.text, &now.text);
        let own = Change { old: vec![old], new: vec![new], segments, ..change.clone() };
        // This paragraph did not move, even if the others did.
        self.paragraphs(&own, self.told_of(&Change { moved: false, ..change.clone() }))
    }

    fn paragraphs(&mut self, change: &Change, mut told: Vec<String>) -> Option<usize> {
        let old: Vec<(&Paragraph, Option<&Unit>)> = change
            .old
            .iter()
            .filter_map(|at| {
                Some((self.compared.old.paragraphs.get(*at)?, self.units.paragraphs.get(*at)))
            })
            .collect();
        let new: Vec<(&Paragraph, Option<&Unit>)> =
            self.compared.new_of(change).map(|paragraph| (paragraph, None)).collect();
        let last = old.iter().filter_map(|(_, unit)| unit.and_then(|u| u.paras.last())).max();
        let last = last.map(|para| self.ground.story.end_of_line(*para));
        let numbers = |side: &[(&Paragraph, Option<&Unit>)]| -> Vec<Option<String>> {
            side.iter().map(|(paragraph, _)| paragraph.shown_number()).collect()
        };
        let joined = |side: &[(&Paragraph, Option<&Unit>)]| {
            let texts: Vec<&str> = side.iter().map(|(p, _)| p.text.as_str()).collect();
            texts.join(BORDER)
        };
        let texts = (joined(&old), joined(&new));
        let changed = self.notes.threaded(&change.segments, (&texts.0, &texts.1));
        let same =
            changed.iter().all(|segment| segment.op == Op::Equal) && numbers(&old) == numbers(&new);
        let sides =
            (Side { paragraphs: old, heading: None }, Side { paragraphs: new, heading: None });
        let row = match (sides.0.paragraphs.as_slice(), sides.1.paragraphs.as_slice()) {
            ([(old, Some(unit))], [(new, _)]) => Some((*old, *unit, *new)),
            _ => None,
        };
        let edited = group::edit(self.ground, (&sides.0, &sides.1), &changed, &mut self.plan)
            || row.is_some_and(|(old, unit, new)| {
                table::edit(self.ground, (old, unit), new, (&mut self.plan, &mut self.notes))
            });
        if edited || same {
            match row {
                Some((old, unit, new)) if unit.row.is_some() => {
                    self.struck_in_cells((old, unit), new);
                }
                _ => self.struck((&sides.0, &sides.1), &changed),
            }
            let units = sides.0.paragraphs.iter().filter_map(|(_, unit)| *unit);
            let paras: Vec<usize> = units.flat_map(|unit| unit.paras.iter().copied()).collect();
            self.tell(&told, &paras);
            return last;
        }
        for old in &change.old {
            self.remove(Item::Paragraph(*old), None);
        }
        for (index, (paragraph, _)) in sides.1.paragraphs.iter().enumerate() {
            let told = if index == 0 { std::mem::take(&mut told) } else { Vec::new() };
            self.fresh(paragraph, None, told, last);
        }
        last
    }

    /// A comment on paragraphs of the file.
    fn tell(&mut self, told: &[String], paras: &[usize]) {
        let (Some(first), Some(last)) = (paras.first(), paras.last()) else { return };
        let within = |para: &usize| self.ground.story.paragraphs.get(*para).map(|p| p.within);
        let last = if within(first) == within(last) { last } else { first };
        let marks = self.comments.add(told, &mut self.hand);
        self.plan.edits.opening.entry(*first).or_default().push_str(&marks.start);
        self.plan.edits.closing.entry(*last).or_default().push_str(&marks.end);
    }

    /// Takes something out.
    fn remove(&mut self, item: Item, change: Option<&Change>) {
        let Some(unit) = self.unit(item) else { return };
        let story = self.ground.story;
        if unit.shared {
            let text = match item {
                Item::Paragraph(at) => self.compared.old.paragraphs.get(at).map(|p| &p.text),
                Item::Heading(_) => None,
            };
            let characters = text.map(|text| text.char_indices()).into_iter().flatten();
            for (at, c) in characters {
                if let Some(place) = unit.places.get(at).filter(|p| **p != usize::MAX) {
                    self.plan.delete(*place, c.len_utf8());
                }
            }
            unit.lead.iter().for_each(|(place, c)| self.plan.delete(*place, c.len_utf8()));
        } else if let Some(row) = unit.row {
            // A row that holds another table stays without its own words.
            let holds = |at: usize| story.paragraphs.get(at).is_some_and(|p| p.row != Some(row));
            let whole = story.rows.get(row).is_some_and(|row| {
                let span = row.element.span;
                let inside = |at: &usize| {
                    story.paragraphs.get(*at).is_some_and(|p| span.contains(p.element.span))
                };
                !(0..story.paragraphs.len()).filter(inside).any(holds)
            });
            if whole {
                self.plan.edits.rows.insert(row);
            }
            self.plan.edits.emptied.extend(&unit.paras);
        } else {
            let ends = unit.paras.last().map(|last| story.end_of_line(*last));
            let (Some(first), Some(end)) = (unit.paras.first(), ends) else { return };
            let own = |para: &usize| unit.paras.contains(para) || Some(para) > unit.paras.last();
            (*first..=end).filter(own).for_each(|para| self.plan.remove(para, story));
        }
        if let Some(change) = change.filter(|change| !change.new.is_empty()) {
            let mut told = vec![sentence::gone(change, self.plain)];
            told.extend(place::moved(change, self.plain));
            let point = self.comments.point(&told, "del", &mut self.hand);
            if let Some(last) = unit.paras.last() {
                self.plan.edits.closing.entry(*last).or_default().push_str(&point);
            }
        }
    }
}
