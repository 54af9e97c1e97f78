//! Real paragraphs in; a draft, its next revision, and what became of every paragraph, out.
//!
//! The old draft is made of real paragraphs in their own order: a preamble, then sections, each a run of one
//! resolution's operative paragraphs under its title. Walking through it, chance gives every paragraph a fate at the
//! rates of [`RATES`]; what travels is then put in elsewhere, texts of other resolutions are added, and all is
//! numbered: anew, or with the old numbers kept and `12 bis` for what came in.

use std::collections::HashSet;

use adref::text::Folding;
use anyhow::Result;

use super::chance::Chance;
use super::edit;
use super::pool::Pool;
use super::sheet::{Item, Made, Numbering, Pair, Section, pair};

/// How much the revisions differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Light edits, moves, splits and merges.
    Plain,
    /// Heavy edits; near-duplicates, duplicates and very short paragraphs; pieces that are edited and travel.
    Hard,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::Plain, Self::Hard];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Hard => "hard",
        }
    }

    fn is_hard(self) -> bool {
        self == Self::Hard
    }
}

/// What becomes of a paragraph.
#[derive(Clone, Copy)]
enum Fate {
    Edited,
    Removed,
    Moved,
    /// Two to five of them.
    BlockMoved,
    MovedEdited,
    Split,
    Merged,
    /// One of its sentences goes into another paragraph.
    Travels,
    /// Becomes operative, if it is preambular.
    Operative,
}

/// Fates with their rates in a thousand paragraphs of the old draft, plain and hard, and how many paragraphs one of
/// them takes on average; the others are left as they are.
const RATES: [(Fate, usize, usize, f64); 9] = [
    (Fate::Edited, 200, 300, 1.0),
    (Fate::Removed, 60, 60, 1.0),
    (Fate::Moved, 30, 40, 1.0),
    (Fate::BlockMoved, 30, 30, 3.0),
    (Fate::MovedEdited, 30, 80, 1.0),
    (Fate::Split, 40, 60, 1.0),
    (Fate::Merged, 60, 80, 2.3),
    (Fate::Travels, 0, 30, 2.0),
    (Fate::Operative, 0, 150, 1.0),
];

/// So many in a hundred paragraphs of the old draft are put in.
const ADDED: usize = 6;

/// A paragraph of the new draft while it is made.
struct Piece {
    item: Item,
    made: Made,
}

impl Piece {
    fn of(item: Item, mut from: Vec<usize>) -> Self {
        from.sort_unstable();
        Self { item, made: Made { from, travelled: false } }
    }
}

/// Pieces that stand together, and whether they go elsewhere.
struct Group {
    pieces: Vec<Piece>,
    travels: bool,
}

/// A pair of drafts of about `size` paragraphs. The same seed makes the same pair.
///
/// # Errors
/// Where Markdown does not read back what was written.
pub(crate) fn make(pool: &Pool, kind: Kind, size: usize, seed: u64) -> Result<Pair> {
    let mut chance = Chance::new(seed);
    let (sections, old) = drawn(pool, kind, size, &mut chance);
    let renamed = if kind.is_hard() { 20 } else { 5 };
    let new_sections = sections.iter().map(|title| {
        let other = chance.percent(renamed).then(|| edit::light(title, pool, &mut chance));
        Section { title: other.unwrap_or_else(|| title.clone()) }
    });
    let new_sections: Vec<Section> = new_sections.collect();
    let groups = Maker { pool, kind, old: &old, taken: vec![false; old.len()] }.groups(&mut chance);
    let mut pieces = placed(groups, &mut chance);
    add(&mut pieces, pool, kind, &old, &mut chance);
    let numbering = if chance.percent(50) {
        Numbering::Kept
    } else {
        Numbering::Anew(1 + chance.below(2) * chance.below(6))
    };
    let sections: Vec<Section> = sections.into_iter().map(|title| Section { title }).collect();
    let (items, made): (Vec<Item>, Vec<Made>) =
        pieces.into_iter().map(|piece| (piece.item, piece.made)).unzip();
    pair((&sections, old), (&new_sections, items), &made, numbering)
}

/// The old draft: titles of sections, and paragraphs. Section 0 is the preamble and has no title.
fn drawn(pool: &Pool, kind: Kind, size: usize, chance: &mut Chance) -> (Vec<String>, Vec<Item>) {
    let works = pool.shuffled(if kind.is_hard() { 30 } else { 0 }, chance);
    let (mut titles, mut items) = (vec![String::new()], Vec::new());
    let all = works.iter().flat_map(|work| work.preamble.iter().take(4));
    for text in all.take(size / 10) {
        items.push(Item { section: 0, text: text.clone() });
    }
    for work in works {
        let run = work.operative.iter().take(4 + chance.below(14));
        titles.push(work.title.clone());
        for text in run {
            let other = match chance.below(100) {
                0..8 => chance.one(&pool.stock),
                8..13 => chance.one(&pool.short),
                13..16 => items.get(chance.below(items.len())).map(|item: &Item| &item.text),
                _ => None,
            };
            let usable = other.filter(|other| kind.is_hard() && !other.ends_with(','));
            let text = usable.unwrap_or(text).clone();
            items.push(Item { section: titles.len() - 1, text });
            if items.len() >= size {
                return (titles, items);
            }
        }
    }
    (titles, items)
}

struct Maker<'a> {
    pool: &'a Pool,
    kind: Kind,
    old: &'a [Item],
    /// Paragraphs that have a fate.
    taken: Vec<bool>,
}

impl Maker<'_> {
    fn groups(mut self, chance: &mut Chance) -> Vec<Group> {
        let mut groups: Vec<Vec<Group>> = Vec::new();
        groups.resize_with(self.old.len(), Vec::new);
        for at in 0..self.old.len() {
            if !self.taken[at] {
                let fate = self.fate(chance);
                self.befall(at, fate, &mut groups, chance);
            }
        }
        groups.into_iter().flatten().collect()
    }

    fn fate(&self, chance: &mut Chance) -> Option<Fate> {
        let mut drawn = chance.below(1000) as f64;
        for (fate, plain, hard, takes) in RATES {
            let rate = if self.kind.is_hard() { hard } else { plain };
            drawn -= rate as f64 / takes;
            if drawn < 0.0 {
                return Some(fate);
            }
        }
        None
    }

    /// Lets it happen; what cannot happen to this text leaves it as it is.
    fn befall(
        &mut self,
        at: usize,
        fate: Option<Fate>,
        groups: &mut [Vec<Group>],
        chance: &mut Chance,
    ) {
        self.taken[at] = true;
        let whole = self.piece(at, self.old[at].text.clone());
        let made = match fate {
            None => staying(vec![whole]),
            Some(Fate::Removed) => Vec::new(),
            Some(Fate::Edited) => staying(vec![self.piece(at, self.edited(at, chance))]),
            Some(Fate::Moved) => travelling(vec![whole]),
            Some(Fate::MovedEdited) => travelling(vec![self.piece(at, self.edited(at, chance))]),
            Some(Fate::BlockMoved) => {
                let mut block = vec![whole];
                for next in self.free_after(at, 1 + chance.below(4)) {
                    self.taken[next] = true;
                    block.push(self.piece(next, self.old[next].text.clone()));
                }
                travelling(block)
            }
            Some(Fate::Split) => self.split(at, chance).unwrap_or_else(|| staying(vec![whole])),
            Some(Fate::Merged) => self.merged(at, chance).unwrap_or_else(|| staying(vec![whole])),
            Some(Fate::Travels) => {
                let sentence = self.sentence_travels(at, groups, chance);
                sentence.unwrap_or_else(|| staying(vec![whole]))
            }
            Some(Fate::Operative) => match edit::operative(&self.old[at].text) {
                Some(text) if self.old[at].section == 0 => {
                    let section = 1 + chance.below(self.sections());
                    let item = Item { section, text };
                    travelling(vec![Piece::of(item, vec![at])])
                }
                _ => staying(vec![whole]),
            },
        };
        groups[at].extend(made);
    }

    fn sections(&self) -> usize {
        self.old.last().map_or(0, |item| item.section)
    }

    fn piece(&self, at: usize, text: String) -> Piece {
        Piece::of(Item { section: self.old[at].section, text }, vec![at])
    }

    fn edited(&self, at: usize, chance: &mut Chance) -> String {
        let text = &self.old[at].text;
        // More than half of the hard edits are heavy: 30 to 60 words in a hundred.
        if self.kind.is_hard() && chance.percent(60) {
            let neighbour = self.old.get(at + 1).map_or("", |next| next.text.as_str());
            return edit::heavy(text, 30 + chance.below(31), neighbour, self.pool, chance);
        }
        edit::light(text, self.pool, chance)
    }

    /// So many paragraphs right after it in its section that have no fate yet.
    fn free_after(&self, at: usize, most: usize) -> Vec<usize> {
        let same =
            |next: &usize| !self.taken[*next] && self.old[*next].section == self.old[at].section;
        (at + 1..self.old.len()).take(most).take_while(same).collect()
    }

    /// Two or three pieces. In hard pairs they are edited now and then, and one of them may go elsewhere.
    fn split(&self, at: usize, chance: &mut Chance) -> Option<Vec<Group>> {
        let text = &self.old[at].text;
        // What the preamble says ends in a comma and has no number: it is not cut.
        let into = 2 + usize::from(chance.percent(30));
        let least = if self.kind.is_hard() { 8 } else { 10 };
        let texts = edit::split(text, into, least, chance).filter(|_| self.old[at].section > 0)?;
        let mut groups = Vec::new();
        for (nth, text) in texts.into_iter().enumerate() {
            let hard = self.kind.is_hard();
            let text = if hard && chance.percent(50) {
                edit::light(&text, self.pool, chance)
            } else {
                text
            };
            let travels = hard && nth > 0 && chance.percent(25);
            groups.push(Group { pieces: vec![self.piece(at, text)], travels });
        }
        Some(groups)
    }

    /// With one or two that follow it; in hard pairs now and then with one from elsewhere, and edited.
    fn merged(&mut self, at: usize, chance: &mut Chance) -> Option<Vec<Group>> {
        let hard = self.kind.is_hard();
        let mut all = vec![at];
        if hard && chance.percent(25) {
            let other = at + 1 + chance.below(self.old.len() - at);
            all.extend((other < self.old.len() && !self.taken[other]).then_some(other));
        } else {
            all.extend(self.free_after(at, 1 + usize::from(chance.percent(30))));
        }
        let texts: Vec<&str> = all.iter().map(|at| self.old[*at].text.as_str()).collect();
        let wide = texts.iter().all(|text| edit::count(text) >= 8 || !hard);
        if all.len() < 2 || self.old[at].section == 0 || !wide {
            return None;
        }
        let mut text = edit::merged(&texts, chance);
        if hard && chance.percent(50) {
            text = edit::light(&text, self.pool, chance);
        }
        all.iter().for_each(|at| self.taken[*at] = true);
        let item = Item { section: self.old[at].section, text };
        Some(staying(vec![Piece::of(item, all)]))
    }

    /// The last sentence of a paragraph, if it is less than half of it, goes to the end of a later one at least as long.
    fn sentence_travels(
        &mut self,
        at: usize,
        groups: &mut [Vec<Group>],
        chance: &mut Chance,
    ) -> Option<Vec<Group>> {
        let pieces = edit::split(&self.old[at].text, 2, 6, chance)?;
        let [stays, goes] = pieces.as_slice() else { return None };
        let other = at + 1 + chance.below(40);
        let target = &self.old.get(other).filter(|item| item.section > 0)?.text;
        let small = edit::count(goes) * 2 < edit::count(stays).min(edit::count(target));
        if self.taken[other] || self.old[at].section == 0 || !small || target.contains('\n') {
            return None;
        }
        self.taken[other] = true;
        let longer =
            format!("{}. {}", target.trim_end_matches(edit::STOPS), goes.replace('\n', " "));
        groups[other].extend(staying(vec![self.piece(other, longer)]));
        Some(staying(vec![self.piece(at, stays.clone())]))
    }
}

fn staying(pieces: Vec<Piece>) -> Vec<Group> {
    vec![Group { pieces, travels: false }]
}

fn travelling(pieces: Vec<Piece>) -> Vec<Group> {
    vec![Group { pieces, travels: true }]
}

/// All pieces in their new order: what travels goes one to three paragraphs on or back, or anywhere.
fn placed(groups: Vec<Group>, chance: &mut Chance) -> Vec<Piece> {
    let (mut pieces, mut going) = (Vec::new(), Vec::new());
    for group in groups {
        if group.travels {
            going.push((pieces.len(), group.pieces));
        } else {
            pieces.extend(group.pieces);
        }
    }
    // From the end, so that places found earlier stay true.
    let mut targets: Vec<(usize, Vec<Piece>)> = Vec::new();
    for (home, group) in going {
        let preambular = group.first().is_some_and(|piece| piece.item.section == 0);
        let start = pieces.iter().take_while(|piece| piece.item.section == 0).count();
        let (from, to) = if preambular { (0, start) } else { (start, pieces.len()) };
        let near = 1 + chance.below(3);
        let to_place = match chance.below(10) {
            0..2 => home.saturating_sub(near + group.len() - 1),
            2..4 => home + near + group.len() - 1,
            _ => from + chance.below(to - from + 1),
        };
        targets.push((to_place.clamp(from, to), group));
    }
    targets.sort_by_key(|(place, _)| *place);
    for (place, mut group) in targets.into_iter().rev() {
        // It stands in the section it came to.
        let beside = pieces.get(place.saturating_sub(1)).or(pieces.get(place));
        let section = beside.map_or(1, |piece| piece.item.section);
        for piece in &mut group {
            piece.made.travelled = true;
            let own = piece.item.section;
            piece.item.section = if own == 0 { 0 } else { section.max(1) };
        }
        pieces.splice(place..place, group);
    }
    pieces
}

/// Paragraphs of other resolutions put in, singly or by two and three; in hard pairs half of them stock paragraphs.
/// None of them has the words of an old one: that would be the old one moved.
fn add(pieces: &mut Vec<Piece>, pool: &Pool, kind: Kind, old: &[Item], chance: &mut Chance) {
    let keys = |text: &str| Folding::general().keys(text);
    let known: HashSet<Vec<u64>> = old.iter().map(|item| keys(&item.text)).collect();
    let is_new = |text: &&String| !known.contains(&keys(text));
    let donors: Vec<&String> =
        pool.works.iter().flat_map(|work| work.operative.iter()).filter(is_new).collect();
    let stock: Vec<&String> = pool.stock.iter().filter(is_new).collect();
    let mut left = old.len() * ADDED / 100;
    while left > 0 {
        let start = pieces.iter().take_while(|piece| piece.item.section == 0).count();
        let place = start + chance.below(pieces.len() - start + 1);
        let section = pieces.get(place.saturating_sub(1)).map_or(1, |p| p.item.section.max(1));
        let run = (1 + chance.below(3) * chance.below(2)).min(left);
        let from = chance.below(donors.len());
        for nth in 0..run {
            let donor = match chance.one(&stock) {
                Some(stock) if kind.is_hard() && chance.percent(50) => stock,
                _ => donors[(from + nth) % donors.len()],
            };
            let item = Item { section, text: donor.clone() };
            pieces.insert(place + nth, Piece::of(item, Vec::new()));
        }
        left -= run;
    }
}
