//! A draft that was read from a Word file, and the text of this file, in; where each of its paragraphs and headings stands out.

use std::collections::HashMap;

use super::numbers::Numbers;
use super::story::{Run, Story};
use crate::model::{AsideKind, Draft, Paragraph};
use crate::ooxml::styles::{Role, Styles};

/// The place of characters that stand nowhere: numbers that Word counts, and what joins lines and cells.
pub(in crate::report) const NOWHERE: usize = usize::MAX;

/// So many paragraphs of the file are looked at for a heading.
const MOST_LOOKED_AT: usize = 1_000;

/// Where a paragraph or a heading of a draft stands in its file.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct Unit {
    /// The paragraphs of the file, ascending.
    pub(in crate::report) paras: Vec<usize>,
    /// For each byte of the text that a character begins at, its place.
    pub(in crate::report) places: Vec<usize>,
    /// The number before the words, where it was typed: its characters with their places, and struck-out words among and
    /// behind them.
    pub(in crate::report) lead: Vec<(usize, char)>,
    /// True where another paragraph of the draft stands in the same one of the file.
    pub(in crate::report) shared: bool,
    /// The row of a table that it is.
    pub(in crate::report) row: Option<usize>,
}

impl Unit {
    /// The number before the words alone, as it is read.
    pub(in crate::report) fn typed(&self, story: &Story<'_>) -> Vec<(usize, char)> {
        let read = |place| story.run_at(place).is_some_and(Run::is_read);
        self.lead.iter().copied().filter(|(place, _)| read(*place)).collect()
    }
}

/// A draft in its file.
pub(in crate::report) struct Units {
    pub(in crate::report) paragraphs: Vec<Unit>,
    /// None for a heading that is not found.
    pub(in crate::report) headings: Vec<Option<Unit>>,
}

impl Units {
    /// Finds them.
    pub(in crate::report) fn of(
        draft: &Draft,
        story: &Story<'_>,
        numbers: &Numbers,
        styles: &Styles,
    ) -> Self {
        let mut paragraphs: Vec<Unit> =
            draft.paragraphs.iter().map(|paragraph| unit(paragraph, story)).collect();
        let mut owners: HashMap<usize, usize> = HashMap::new();
        for para in paragraphs.iter().flat_map(|unit| &unit.paras) {
            *owners.entry(*para).or_default() += 1;
        }
        find_struck(draft, &mut paragraphs, story, &mut owners);
        for unit in &mut paragraphs {
            // Cells without words, or with words struck out only, belong to their row.
            let rest = (0..story.paragraphs.len()).filter(|_| unit.row.is_some());
            let own = |para: &usize| story.paragraphs.get(*para).is_some_and(|p| p.row == unit.row);
            let rest: Vec<usize> =
                rest.filter(own).filter(|para| !owners.contains_key(para)).collect();
            unit.paras.extend(&rest);
            unit.paras.sort_unstable();
            owners.extend(rest.into_iter().map(|para| (para, 1)));
            unit.shared = unit.paras.iter().any(|para| owners.get(para).is_some_and(|n| *n > 1));
        }
        let mut headings = Vec::with_capacity(draft.headings.len());
        let mut from = 0;
        for heading in &draft.headings {
            let before = heading.before.checked_sub(1).and_then(|at| paragraphs.get(at));
            let after = paragraphs.get(heading.before).and_then(|unit| unit.paras.first().copied());
            let last = before.and_then(|unit| unit.paras.last()).map_or(0, |para| para + 1);
            from = from.max(last);
            let until = after.unwrap_or(story.paragraphs.len());
            let free = (from..until).filter(|para| !owners.contains_key(para));
            let free = free.take(MOST_LOOKED_AT);
            let mut free = free.filter(|p| story.look(*p, styles).role != Some(Role::Contents));
            let found = free
                .find_map(|para| heading_unit(&heading.text, para, story, numbers.printed(para)));
            from = found.as_ref().and_then(|unit| unit.paras.last()).map_or(from, |p| p + 1);
            headings.push(found);
        }
        Self { paragraphs, headings }
    }
}

/// Finds the paragraphs and rows of which all words are struck out, between those that have others.
fn find_struck(
    draft: &Draft,
    units: &mut [Unit],
    story: &Story<'_>,
    owners: &mut HashMap<usize, usize>,
) {
    let mut from = 0;
    for (at, paragraph) in draft.paragraphs.iter().enumerate() {
        if paragraph.is_struck() {
            let next = units.iter().skip(at).find_map(|unit| unit.paras.first().copied());
            let free = from..next.unwrap_or(story.paragraphs.len());
            let mut free = free.filter(|para| !owners.contains_key(para)).take(MOST_LOOKED_AT);
            let found = free.find_map(|para| struck_unit(paragraph, para, story));
            if let Some((unit, found)) = units.get_mut(at).zip(found) {
                owners.extend(found.paras.iter().map(|para| (*para, 1)));
                *unit = found;
            }
        }
        let last = units.get(at).and_then(|unit| unit.paras.last());
        from = last.map_or(from, |last| last + 1);
    }
}

/// A paragraph of which all words are struck out, if it begins with this one of the file.
fn struck_unit(paragraph: &Paragraph, first: usize, story: &Story<'_>) -> Option<Unit> {
    let joined = |words: &mut dyn Iterator<Item = char>| {
        words.filter(|c| !c.is_whitespace()).collect::<String>()
    };
    let struck = paragraph.asides.iter().filter(|aside| aside.kind == AsideKind::Struck);
    let words = joined(&mut struck.flat_map(|aside| aside.text.chars()));
    let number = joined(&mut paragraph.number.iter().flat_map(|number| number.chars()));
    let row = story.paragraphs.get(first)?.row;
    let mut unit = Unit { row, ..Unit::default() };
    let mut rest = words.as_str();
    for para in first..story.paragraphs.len() {
        let held = story.paragraphs.get(para).filter(|held| held.row == row)?;
        let characters = story.characters(para);
        let own = joined(&mut characters.iter().map(|(_, c)| *c));
        let left = match rest.strip_prefix(&own) {
            Some(left) => left,
            // Its number may be typed before them.
            None if para == first && !number.is_empty() => {
                let lead = own.strip_suffix(rest).or_else(|| {
                    let start = own.char_indices().map(|(at, _)| at);
                    let start = start
                        .skip(1)
                        .find(|at| own.get(*at..).is_some_and(|own| rest.starts_with(own)))?;
                    own.get(..start)
                })?;
                let typed = lead
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .eq(number.chars().filter(|c| c.is_alphanumeric()));
                rest.strip_prefix(own.get(lead.len()..).filter(|_| typed)?)?
            }
            None => return None,
        };
        if !own.is_empty() || held.row.is_some() {
            unit.paras.push(para);
        }
        rest = left;
        if rest.is_empty() && !unit.paras.is_empty() {
            return Some(unit);
        }
    }
    None
}

fn unit(paragraph: &Paragraph, story: &Story<'_>) -> Unit {
    let mut unit = Unit { places: vec![NOWHERE; paragraph.text.len()], ..Unit::default() };
    for (at, character) in paragraph.text.char_indices().filter(|(_, c)| *c != '\n') {
        let place = paragraph.origin.source_offset(at);
        let Some(para) = story.para_at(place, character) else { continue };
        if let Some(slot) = unit.places.get_mut(at) {
            *slot = place;
        }
        if unit.paras.last() != Some(&para) {
            unit.paras.push(para);
        }
    }
    unit.paras.sort_unstable();
    unit.paras.dedup();
    let row = |para: &usize| story.paragraphs.get(*para).and_then(|paragraph| paragraph.row);
    unit.row = unit.paras.first().and_then(row);
    if let (Some(number), Some(para)) = (&paragraph.number, unit.paras.first()) {
        unit.lead = lead(paragraph, &unit.places, story.characters(*para));
        // A number that is struck out is none.
        if !typed(&unit.typed(story)).contains(digits(number)) {
            unit.lead.clear();
        }
    }
    unit
}

/// The typed number of a paragraph: what stands before its first word, or between it and the bracket before it, without
/// being part of its words.
fn lead(
    paragraph: &Paragraph,
    places: &[usize],
    mut characters: Vec<(usize, char)>,
) -> Vec<(usize, char)> {
    let mut own = paragraph.text.char_indices().filter_map(|(at, c)| {
        let place = places.get(at).copied().filter(|place| *place != NOWHERE)?;
        Some((place, c))
    });
    let brackets: Vec<usize> =
        own.clone().take_while(|(_, c)| !c.is_alphanumeric()).map(|(place, _)| place).collect();
    let words = own.clone().find(|(_, c)| c.is_alphanumeric());
    let Some((first, _)) = words.or_else(|| own.next()) else { return Vec::new() };
    characters.retain(|(place, _)| *place < first && !brackets.contains(place));
    let line = characters.iter().rposition(|(_, c)| *c == '\n').map_or(0, |at| at + 1);
    characters.drain(..line);
    characters
}

/// Characters without their places.
fn typed(characters: &[(usize, char)]) -> String {
    characters.iter().map(|(_, c)| *c).collect()
}

/// A number without the words behind it: `12` of `12 bis`.
fn digits(number: &str) -> &str {
    number.split_whitespace().next().unwrap_or_default()
}

/// The heading `text`, if this paragraph of the file is it.
pub(in crate::report) fn heading_unit(
    text: &str,
    para: usize,
    story: &Story<'_>,
    printed: Option<&str>,
) -> Option<Unit> {
    let characters = story.read_characters(para);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let own = words(&characters.iter().map(|(_, c)| *c).collect::<String>());
    let head = text.strip_suffix(&own).filter(|_| !own.is_empty())?;
    if words(head) != words(printed.unwrap_or_default()) {
        return None;
    }
    let mut places = vec![NOWHERE; text.len()];
    let mut shown = characters.into_iter().filter(|(_, c)| !c.is_whitespace());
    let mut space: Option<usize> = None;
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < head.len()) {
        if c.is_whitespace() {
            space = Some(at);
            continue;
        }
        let (place, _) = shown.next()?;
        if let Some(slot) = places.get_mut(at) {
            *slot = place;
        }
        // A space is where the word behind it begins, less one.
        if let Some(slot) = space.take().and_then(|at| places.get_mut(at))
            && place > 0
            && story.para_at(place - 1, ' ') == Some(para)
        {
            *slot = place - 1;
        }
    }
    Some(Unit { paras: vec![para], places, ..Unit::default() })
}
