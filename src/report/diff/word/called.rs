//! The calls of a file's footnotes in; where they stand among the words of the old draft, out.

use std::collections::HashMap;

use super::footnotes::Footnotes;
use crate::model::{Draft, called};
use crate::report::docx::calls::{call, index, put_in, put_into_heading};
use crate::report::docx::lines::{Item, items};
use crate::report::docx::story::Story;
use crate::report::docx::units::{NOWHERE, Unit, Units};

impl Footnotes {
    /// Puts the calls of the file into the texts of the old draft; the first has this index.
    pub(super) fn put_in(
        &self,
        first: usize,
        draft: &mut Draft,
        units: &mut Units,
        story: &Story<'_>,
    ) {
        let held = self.as_said(draft, units).unwrap_or_else(|| self.as_placed(units));
        for (item, own) in held {
            match item {
                Item::Paragraph(at) => {
                    let found = draft.paragraphs.get_mut(at).zip(units.paragraphs.get_mut(at));
                    let Some((paragraph, unit)) = found else { continue };
                    self.stand_in(&own, unit);
                    let said = called(&paragraph.asides).map(|(at, _)| at).collect();
                    let calls = self.stand(&own, said, (&paragraph.text, unit), first, story);
                    put_in(&calls, paragraph);
                    self.place(&paragraph.text, unit, first);
                }
                Item::Heading(at) => {
                    let unit = units.headings.get_mut(at).and_then(Option::as_mut);
                    let Some((heading, unit)) = draft.headings.get_mut(at).zip(unit) else {
                        continue;
                    };
                    let said = called(&heading.calls).map(|(at, _)| at).collect();
                    let calls = self.stand(&own, said, (&heading.text, unit), first, story);
                    put_into_heading(&calls, heading);
                    self.place(&heading.text, unit, first);
                }
            }
        }
    }

    /// The calls of each paragraph and heading, as the draft says: where it has as many as the file they are the same, in the
    /// same order. A paragraph of the file that is nothing but a call belongs to the one of the draft that calls it.
    fn as_said(&self, draft: &Draft, units: &Units) -> Option<HashMap<Item, Vec<usize>>> {
        let mut held: HashMap<Item, Vec<usize>> = HashMap::new();
        let owners = owners(units);
        let mut at = 0;
        for item in items(draft) {
            let asides = match item {
                Item::Paragraph(at) => draft.paragraphs.get(at).map(|own| own.asides.as_slice()),
                Item::Heading(at) => draft.headings.get(at).map(|own| own.calls.as_slice()),
            };
            for _ in called(asides.unwrap_or_default()) {
                let owned = owners.get(&self.calls.get(at)?.para);
                owned.is_none_or(|all| all.contains(&item)).then_some(())?;
                held.entry(item).or_default().push(at);
                at += 1;
            }
        }
        (at == self.calls.len()).then_some(held)
    }

    /// The same, as the words in the file stand round them.
    fn as_placed(&self, units: &Units) -> HashMap<Item, Vec<usize>> {
        let owners = owners(units);
        let mut held: HashMap<Item, Vec<usize>> = HashMap::new();
        for (at, call) in self.calls.iter().enumerate() {
            let all = owners.get(&call.para).map_or(&[][..], Vec::as_slice);
            // Of several in one paragraph of the file, the one whose words stand before it.
            let before = |item: &Item| {
                Characters::of(unit(units, *item)?).before(call.place).map(|(place, _)| place)
            };
            let owner =
                if all.len() > 1 { all.iter().max_by_key(|i| before(i)) } else { all.first() };
            owner.into_iter().for_each(|owner| held.entry(*owner).or_default().push(at));
        }
        held
    }

    /// Says of a paragraph of the draft that it stands where its calls do, too.
    fn stand_in(&self, own: &[usize], unit: &mut Unit) {
        unit.paras.extend(own.iter().filter_map(|at| self.calls.get(*at)).map(|call| call.para));
        unit.paras.sort_unstable();
        unit.paras.dedup();
    }

    /// Where in a text of the draft these calls stand, and the characters that stand in for them: where it says so itself, by
    /// its own calls (`said`), else by the places of its words in the file.
    fn stand(
        &self,
        own: &[usize],
        said: Vec<usize>,
        (text, unit): (&str, &Unit),
        first: usize,
        story: &Story<'_>,
    ) -> Vec<(usize, char)> {
        let characters = Characters::of(unit);
        let seen = |at: &usize| {
            let call = self.calls.get(*at)?;
            let span = story.paragraphs.get(call.para)?.element.span;
            Some(characters.around(call.place, (span.start, span.end)))
        };
        let seen = own.iter().map(|at| seen(at).unwrap_or(text.len()));
        let places: Vec<usize> = if said.len() == own.len() { said } else { seen.collect() };
        let calls = own.iter().zip(places);
        calls.filter_map(|(at, place)| Some((place, call(first + at)?))).collect()
    }

    /// Says of the calls in a text where they stand in the file.
    fn place(&self, text: &str, unit: &mut Unit, first: usize) {
        let before = std::mem::take(&mut unit.places);
        let mut before = before.into_iter();
        for c in text.chars() {
            let own = index(c).and_then(|at| self.calls.get(at.checked_sub(first)?));
            match own {
                Some(call) => {
                    unit.places.push(call.place);
                    unit.places.extend(std::iter::repeat_n(NOWHERE, c.len_utf8() - 1));
                }
                None => unit.places.extend(before.by_ref().take(c.len_utf8())),
            }
        }
    }
}

/// The paragraphs and headings of the draft that stand in each paragraph of the file.
fn owners(units: &Units) -> HashMap<usize, Vec<Item>> {
    let paragraphs = (0..units.paragraphs.len()).map(Item::Paragraph);
    let headings = (0..units.headings.len()).map(Item::Heading);
    let mut owners: HashMap<usize, Vec<Item>> = HashMap::new();
    for item in paragraphs.chain(headings) {
        for para in unit(units, item).map_or(&[][..], |unit| &unit.paras) {
            owners.entry(*para).or_default().push(item);
        }
    }
    owners
}

fn unit(units: &Units, item: Item) -> Option<&Unit> {
    match item {
        Item::Paragraph(at) => units.paragraphs.get(at),
        Item::Heading(at) => units.headings.get(at)?.as_ref(),
    }
}

/// The characters of a paragraph of the draft, in the order of their places.
struct Characters(Vec<(usize, usize)>);

impl Characters {
    fn of(unit: &Unit) -> Self {
        let own = unit.places.iter().enumerate().filter(|(_, place)| **place != NOWHERE);
        let mut all: Vec<(usize, usize)> = own.map(|(at, place)| (*place, at)).collect();
        all.sort_unstable();
        Self(all)
    }

    /// The last that stands before a place: its place, and its byte of the text.
    fn before(&self, place: usize) -> Option<(usize, usize)> {
        let at = self.0.partition_point(|(own, _)| *own < place).checked_sub(1)?;
        self.0.get(at).copied()
    }

    /// The byte of the text that a place is at: behind the character before it, if that stands between the same bounds, or
    /// before the one behind it.
    fn around(&self, place: usize, (start, end): (usize, usize)) -> usize {
        let before = self.before(place).filter(|(own, _)| *own >= start);
        let behind = self.0.get(self.0.partition_point(|(own, _)| *own <= place));
        let behind = behind.filter(|(own, _)| *own < end).map(|(_, at)| *at);
        before.map(|(_, at)| at + 1).or(behind).unwrap_or_default()
    }
}
