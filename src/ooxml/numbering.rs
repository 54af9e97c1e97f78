//! The lists of a Word file and its paragraphs one after the other in; the number each of them prints out.
//!
//! Numbers are counted as Word counts them (ECMA-376-1, 17.9): all lists made of one definition share its
//! counters; a list with a start of its own begins there when it is first met; a level begins anew after a
//! paragraph of a level further out, unless the definition says otherwise.

use std::collections::{HashMap, HashSet};

use super::numerals::numeral;
use super::styles::{InList, Styles};
use super::xml::Element;

/// Levels a list has.
const LEVELS: usize = 9;

/// A longer pattern for a number is no number; Word allows a few dozen characters.
const LONGEST_PATTERN: usize = 60;

/// How often one definition may refer to another one.
const MOST_STEPS: usize = 8;

/// A number as it is printed before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    /// Empty for a bullet.
    pub(crate) text: String,
    /// True where it counts nothing: a dot, a dash.
    pub(crate) bullet: bool,
    /// How deep it stands among the levels that number text, from 1; headings have none.
    pub(crate) depth: usize,
    /// Its definition, which tells one list from another.
    pub(crate) definition: String,
    /// True for `I.` and `A.`, as headings are numbered.
    pub(crate) capital: bool,
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    pattern: String,
    /// The number of the level after which this one begins anew; 0 for never.
    restart: Option<usize>,
    /// All numbers in it are written in digits.
    legal: bool,
    /// The paragraph style that stands for this level.
    style: Option<String>,
}

impl Level {
    fn of(element: &Element) -> Self {
        let bulleted = element.child("lvlPicBulletId").is_some();
        let format = if bulleted { "bullet" } else { element.value("numFmt").unwrap_or("decimal") };
        let pattern = element.value("lvlText").unwrap_or_default();
        let fits = pattern.chars().count() <= LONGEST_PATTERN;
        Self {
            start: element.number("start").unwrap_or(0),
            format: format.to_owned(),
            pattern: if fits { pattern.to_owned() } else { String::new() },
            restart: element.number("lvlRestart"),
            legal: element.switch("isLgl") == Some(true),
            style: element.value("pStyle").map(str::to_owned),
        }
    }

    /// `I.` and `A.`, as headings are numbered.
    fn is_capital(&self) -> bool {
        matches!(self.format.as_str(), "upperRoman" | "upperLetter")
    }
}

#[derive(Default)]
struct Definition {
    levels: [Option<Level>; LEVELS],
    /// The style whose list this definition stands for.
    linked: Option<String>,
}

#[derive(Default)]
struct List {
    definition: String,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// The counters of one definition.
#[derive(Clone, Default)]
struct Counters {
    counts: [Option<u32>; LEVELS],
    /// Levels that number headings.
    headings: [bool; LEVELS],
    /// Levels that number text.
    text: [bool; LEVELS],
}

/// All lists of a file, and how far each has counted.
#[derive(Default)]
pub(crate) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
    counted: Counted,
}

/// How far the lists of a file have counted.
#[derive(Clone, Default)]
pub(crate) struct Counted {
    counters: HashMap<String, Counters>,
    /// Lists whose own start has been used, by level.
    started: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(crate) fn of(part: Option<&Element>) -> Self {
        let mut numbering = Self::default();
        for element in part.into_iter().flat_map(Element::elements) {
            match &*element.name {
                "abstractNum" => {
                    let id = element.attribute("abstractNumId").unwrap_or_default().to_owned();
                    let linked = element.value("numStyleLink").map(str::to_owned);
                    let levels = levels(element);
                    numbering.definitions.insert(id, Definition { levels, linked });
                }
                "num" => {
                    let id = element.attribute("numId").unwrap_or_default().to_owned();
                    numbering.lists.insert(id, list(element));
                }
                _ => {}
            }
        }
        numbering
    }

    /// True where a paragraph stands in one of the lists.
    pub(crate) fn has(&self, in_list: &InList) -> bool {
        in_list.list.as_deref().is_some_and(|id| id != "0" && self.lists.contains_key(id))
    }

    /// How far the lists have counted.
    pub(crate) fn counted(&self) -> Counted {
        self.counted.clone()
    }

    /// Goes back to where the lists had counted to.
    pub(crate) fn count_from(&mut self, counted: Counted) {
        self.counted = counted;
    }

    /// Counts a paragraph that stands in a list, and gives the number it prints.
    ///
    /// Where styles put it there, `by` are those that may stand for its level, the nearest first.
    pub(crate) fn count(
        &mut self,
        in_list: &InList,
        by: &[String],
        heading: bool,
        styles: &Styles,
    ) -> Option<Printed> {
        let list_id = in_list.list.as_deref().filter(|id| *id != "0")?;
        let list = self.lists.get(list_id)?;
        let definition_id = self.followed(&list.definition, styles);
        let definition = self.definitions.get(&definition_id)?;
        let level_at = |at: usize| {
            let own = list.levels.get(at).and_then(Option::as_ref);
            own.or_else(|| definition.levels.get(at).and_then(Option::as_ref))
        };
        let stands_for = |style: &String| {
            let is_for =
                |at: &usize| level_at(*at).is_some_and(|l| l.style.as_ref() == Some(style));
            (0..LEVELS).find(is_for)
        };
        let for_style = by.iter().find_map(stands_for);
        let at = for_style.or(in_list.level).unwrap_or(0).min(LEVELS - 1);
        let level = level_at(at)?;

        let counters = self.counted.counters.entry(definition_id.clone()).or_default();
        let own_start = list.starts.get(at).copied().flatten();
        let begins = own_start.is_some() && self.counted.started.insert((list_id.to_owned(), at));
        let count = match counters.counts.get(at).copied().flatten() {
            Some(count) if !begins => count.saturating_add(1),
            _ => own_start.unwrap_or(level.start),
        };
        for (deeper, counted) in counters.counts.iter_mut().enumerate() {
            let restart = level_at(deeper).and_then(|level| level.restart);
            let resets = deeper > at && restart.is_none_or(|after| at < after);
            if deeper == at {
                *counted = Some(count);
            } else if resets {
                *counted = None;
            }
        }
        let used = if heading { &mut counters.headings } else { &mut counters.text };
        if let Some(used) = used.get_mut(at) {
            *used = true;
        }
        let shown = |shown: usize| {
            let of = level_at(shown);
            let counted = counters.counts.get(shown).copied().flatten();
            let count = counted.or(of.map(|level| level.start)).unwrap_or(1);
            let format = of.map_or("decimal", |level| level.format.as_str());
            numeral(count, if level.legal && format != "none" { "decimal" } else { format })
        };
        let bullet = level.format == "bullet";
        let text = if bullet { String::new() } else { filled(&level.pattern, shown) };
        let outer = (0..at).filter(|outer| {
            let numbers_text = counters.text.get(*outer) == Some(&true);
            let numbers_headings = counters.headings.get(*outer) == Some(&true);
            numbers_text && !numbers_headings && level_at(*outer).is_some_and(|l| !l.is_capital())
        });
        Some(Printed {
            bullet,
            depth: outer.count() + 1,
            definition: definition_id.clone(),
            capital: level.is_capital(),
            text: text.trim().to_owned(),
        })
    }

    /// The definition that counts: one may stand for the list of a style, which has its own.
    fn followed(&self, definition: &str, styles: &Styles) -> String {
        let mut id = definition;
        for _ in 0..MOST_STEPS {
            let linked = self.definitions.get(id).and_then(|d| d.linked.as_deref());
            let list = linked.and_then(|style| self.lists.get(styles.list_of(style)?));
            match list {
                Some(list) if list.definition != id => id = &list.definition,
                _ => break,
            }
        }
        id.to_owned()
    }
}

fn levels(element: &Element) -> [Option<Level>; LEVELS] {
    let mut levels = [const { None }; LEVELS];
    for level in element.elements().filter(|level| &*level.name == "lvl") {
        let at: Option<usize> = level.attribute("ilvl").and_then(|at| at.trim().parse().ok());
        if let Some(place) = at.and_then(|at| levels.get_mut(at)) {
            *place = Some(Level::of(level));
        }
    }
    levels
}

fn list(element: &Element) -> List {
    let mut list = List {
        definition: element.value("abstractNumId").unwrap_or_default().to_owned(),
        ..List::default()
    };
    for change in element.elements().filter(|change| &*change.name == "lvlOverride") {
        let at: Option<usize> = change.attribute("ilvl").and_then(|at| at.trim().parse().ok());
        let Some(at) = at else { continue };
        if let Some(place) = list.starts.get_mut(at) {
            *place = change.number("startOverride");
        }
        if let (Some(place), Some(level)) = (list.levels.get_mut(at), change.child("lvl")) {
            *place = Some(Level::of(level));
        }
    }
    list
}

/// The pattern `%1.%2` with the numbers of the levels it names.
fn filled(pattern: &str, shown: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        let level = characters.peek().and_then(|next| next.to_digit(10)).filter(|l| *l > 0);
        match (character, level) {
            ('%', Some(level)) => {
                characters.next();
                out.push_str(&shown(level as usize - 1));
            }
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ooxml::xml::parse;

    /// The numbers that paragraphs in these lists and levels print.
    fn printed(lists: &str, paragraphs: &[(&str, usize)]) -> Vec<String> {
        let source = format!("<numbering>{lists}</numbering>").replace('\'', "\"");
        let part = parse(&source, &mut 10_000).expect("well formed");
        let mut numbering = Numbering::of(Some(&part));
        let styles = Styles::default();
        let number = |(list, level): &(&str, usize)| {
            let in_list = InList { list: Some((*list).to_owned()), level: Some(*level) };
            let printed = numbering.count(&in_list, &[], false, &styles);
            printed.map_or("-".to_owned(), |printed| printed.text)
        };
        paragraphs.iter().map(number).collect()
    }

    const OUTLINE: &str = "<abstractNum abstractNumId='0'>\
        <lvl ilvl='0'><start val='1'/><numFmt val='upperRoman'/><lvlText val='%1.'/></lvl>\
        <lvl ilvl='1'><start val='1'/><numFmt val='decimal'/><lvlText val='%1.%2'/></lvl>\
        <lvl ilvl='2'><start val='1'/><numFmt val='lowerLetter'/><lvlText val='(%3)'/></lvl>\
        <lvl ilvl='3'><start val='1'/><numFmt val='decimal'/><isLgl/><lvlText val='%1.%2.%4'/></lvl>\
        </abstractNum><num numId='1'><abstractNumId val='0'/></num>\
        <num numId='2'><abstractNumId val='0'/><lvlOverride ilvl='2'><startOverride val='5'/></lvlOverride></num>";

    #[test]
    fn levels_begin_anew_and_go_on() {
        let paragraphs = [
            ("1", 0),
            ("1", 1),
            ("1", 2),
            ("1", 2),
            ("1", 1),
            ("1", 2),
            ("1", 0),
            ("1", 1),
            ("1", 3),
        ];
        assert_eq!(
            printed(OUTLINE, &paragraphs),
            ["I.", "I.1", "(a)", "(b)", "I.2", "(a)", "II.", "II.1", "2.1.1"]
        );
    }

    #[test]
    fn a_list_with_its_own_start() {
        let paragraphs = [("1", 2), ("1", 2), ("2", 2), ("2", 2), ("1", 2), ("7", 0)];
        assert_eq!(printed(OUTLINE, &paragraphs), ["(a)", "(b)", "(e)", "(f)", "(g)", "-"]);
    }

    #[test]
    fn a_level_that_never_begins_anew() {
        let lists = OUTLINE.replace(
            "<numFmt val='lowerLetter'/>",
            "<numFmt val='lowerLetter'/><lvlRestart val='0'/>",
        );
        let paragraphs = [("1", 0), ("1", 2), ("1", 0), ("1", 2)];
        assert_eq!(printed(&lists, &paragraphs), ["I.", "(a)", "II.", "(b)"]);
    }

    #[test]
    fn a_level_before_the_one_it_stands_in() {
        assert_eq!(printed(OUTLINE, &[("1", 1), ("1", 3), ("1", 99)]), ["I.1", "1.1.1", "-"]);
    }

    #[test]
    fn definitions_that_lead_in_a_circle() {
        let lists = "<abstractNum abstractNumId='0'><numStyleLink val='A'/></abstractNum>\
                     <num numId='1'><abstractNumId val='0'/></num>";
        assert_eq!(printed(lists, &[("1", 0)]), ["-"]);
    }
}
