//! Agreed paragraphs in; texts made from them in every way that texts are reused out.

use std::collections::HashMap;

use adref::model::{Library, Paragraph};
use adref::text::sentences;

/// A text, and the passages of agreed texts it was made from: each must be found; none, and nothing may be.
pub(crate) struct Case {
    pub(crate) paragraph: Paragraph,
    pub(crate) made_from: Vec<String>,
}

/// What takes the place of words.
#[derive(Clone, Copy)]
pub(crate) enum Words {
    /// Any word of the resolutions, as often as it stands there.
    Frequent,
    /// One of the words that stand in few paragraphs.
    Rare,
}

#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Whole,
    /// So many words in a hundred, anywhere.
    Replaced(usize, Words),
    /// So many of every ten, at even distances.
    Evenly(usize),
    /// As many as to make so many in a hundred, in stretches of two to four.
    Stretches(usize),
    /// So many words in a hundred: replaced, dropped, or another put before it.
    Edited(usize),
    /// Half of the words of a paragraph of so many to so many words.
    Half(usize, usize),
    Fragment(Words),
    Stitched,
    Reordered,
    Stock,
    Shuffled,
    Phrases,
}

pub(crate) const KINDS: [(&str, Kind); 20] = [
    ("taken over whole", Kind::Whole),
    ("20 % of the words replaced", Kind::Replaced(20, Words::Frequent)),
    ("40 % of the words replaced", Kind::Replaced(40, Words::Frequent)),
    ("40 % replaced by rare words", Kind::Replaced(40, Words::Rare)),
    ("40 % replaced, evenly", Kind::Evenly(4)),
    ("40 % replaced in stretches", Kind::Stretches(40)),
    ("40 % replaced, dropped or added", Kind::Edited(40)),
    ("half of the words replaced", Kind::Replaced(50, Words::Frequent)),
    ("half replaced by rare words", Kind::Replaced(50, Words::Rare)),
    ("every second word replaced", Kind::Evenly(5)),
    ("half replaced in stretches", Kind::Stretches(50)),
    ("half replaced, dropped or added", Kind::Edited(50)),
    ("half of a paragraph of 20 to 30 words replaced", Kind::Half(20, 30)),
    ("12 to 25 words inside 60 to 150 others", Kind::Fragment(Words::Frequent)),
    ("12 to 25 words inside 60 to 150 rare ones", Kind::Fragment(Words::Rare)),
    ("two halves stitched together", Kind::Stitched),
    ("sentences, or halves of one, in another order", Kind::Reordered),
    ("stock phrases only", Kind::Stock),
    ("the words of a paragraph in any order", Kind::Shuffled),
    ("stock phrases around the words of a paragraph in any order", Kind::Phrases),
];

/// What cases are made from.
pub(crate) struct Texts<'l> {
    /// Paragraphs of 20 to 120 words.
    pool: Vec<&'l str>,
    frequent: Vec<&'l str>,
    rare: Vec<&'l str>,
    half: usize,
}

impl<'l> Texts<'l> {
    /// From files the sequences were not counted on, of one half (0 or 1).
    pub(crate) fn new(all: &'l Library, half: usize) -> Self {
        let (mut pool, mut frequent) = (Vec::new(), Vec::new());
        for entry in &all.entries {
            let name = entry.text.path.rsplit('/').next().unwrap_or_default();
            let number = crc32(name.as_bytes()) as usize;
            for paragraph in &entry.text.paragraphs {
                frequent.extend(words(&paragraph.text));
                let held_out = number.is_multiple_of(3) && number / 3 % 2 == half;
                if held_out && paragraph.parts.is_empty() {
                    pool.push(paragraph.text.as_str());
                }
            }
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        frequent.iter().for_each(|word| *counts.entry(word).or_default() += 1);
        let mut rare: Vec<&str> = counts
            .into_iter()
            .filter(|(word, count)| *count <= 20 && word.chars().all(char::is_alphabetic))
            .map(|(word, _)| word)
            .collect();
        rare.sort_unstable();
        Self { pool, frequent, rare, half }
    }

    /// So many cases of a kind, always the same.
    pub(crate) fn cases(&self, kind: &Kind, count: usize) -> Vec<Case> {
        let mut chance = Chance(42 + self.half as u64);
        std::iter::repeat_with(|| self.case(kind, &mut chance)).take(count).collect()
    }

    fn paragraph(&self, chance: &mut Chance, least: usize, most: usize) -> &'l str {
        loop {
            let text = self.pool[chance.below(self.pool.len())];
            if (least..=most).contains(&words(text).count()) {
                return text;
            }
        }
    }

    fn word(&self, chance: &mut Chance, from: Words) -> &'l str {
        let list = match from {
            Words::Frequent => &self.frequent,
            Words::Rare => &self.rare,
        };
        list[chance.below(list.len())]
    }

    fn case(&self, kind: &Kind, chance: &mut Chance) -> Case {
        let (least, most) =
            if let Kind::Half(least, most) = kind { (*least, *most) } else { (30, 120) };
        let text = self.paragraph(chance, least, most);
        let own: Vec<&str> = words(text).collect();
        let any = |chance: &mut Chance| self.word(chance, Words::Frequent);
        let mut made_from = vec![text.to_owned()];
        let made: Vec<&str> = match *kind {
            Kind::Whole => own,
            Kind::Replaced(share, from) => {
                let mut made = own.clone();
                for at in chance.some_of(own.len(), share) {
                    made[at] = self.word(chance, from);
                }
                made
            }
            Kind::Half(..) => {
                let mut made = own.clone();
                chance.some_of(own.len(), 50).into_iter().for_each(|at| made[at] = any(chance));
                made
            }
            Kind::Evenly(share) => {
                let hit = |at: usize| (at + 1) * share / 10 > at * share / 10;
                own.into_iter()
                    .enumerate()
                    .map(|(at, word)| if hit(at) { any(chance) } else { word })
                    .collect()
            }
            Kind::Stretches(share) => {
                let mut made = own.clone();
                let mut replaced = vec![false; own.len()];
                while replaced.iter().filter(|r| **r).count() * 100 < own.len() * share {
                    let from = chance.below(own.len());
                    for at in from..(from + 2 + chance.below(3)).min(own.len()) {
                        made[at] = any(chance);
                        replaced[at] = true;
                    }
                }
                made
            }
            Kind::Edited(share) => {
                let edited = chance.some_of(own.len(), share);
                let mut made = Vec::new();
                for (at, word) in own.into_iter().enumerate() {
                    match edited.contains(&at).then(|| chance.below(3)) {
                        Some(0) => {}
                        Some(1) => made.push(any(chance)),
                        Some(_) => made.extend([any(chance), word]),
                        None => made.push(word),
                    }
                }
                made
            }
            Kind::Fragment(from) => {
                let len = 12 + chance.below(14);
                let start = chance.below(own.len() - len + 1);
                let passage = &own[start..start + len];
                made_from = vec![passage.join(" ")];
                let others = 60 + chance.below(91);
                let before = chance.below(others + 1);
                let mut made: Vec<&str> = (0..others).map(|_| self.word(chance, from)).collect();
                made.splice(before..before, passage.iter().copied());
                made
            }
            Kind::Stitched => {
                let other = self.paragraph(chance, least, most);
                let other: Vec<&str> = words(other).collect();
                let halves = [&own[..own.len() / 2], &other[other.len() / 2..]];
                made_from = halves.iter().map(|half| half.join(" ")).collect();
                halves.concat()
            }
            Kind::Reordered => {
                let mut parts: Vec<&str> = sentences(text).iter().map(|s| s.slice(text)).collect();
                if parts.len() < 2 {
                    // One sentence: its halves change places.
                    let (first, second) = own.split_at(own.len() / 2);
                    return case([second, first].concat().join(" "), made_from);
                }
                parts.reverse();
                return case(parts.join(" "), made_from);
            }
            Kind::Stock => {
                made_from.clear();
                let mut made = Vec::new();
                for _ in 0..8 {
                    made.extend(STOCK[chance.below(STOCK.len())].split(' '));
                    made.extend((0..3).map(|_| any(chance)));
                }
                made
            }
            Kind::Shuffled => {
                made_from.clear();
                let mut made = own;
                chance.shuffle(&mut made);
                made
            }
            Kind::Phrases => {
                made_from.clear();
                let mut made = own;
                chance.shuffle(&mut made);
                let parts = made.chunks(3).flat_map(|three| {
                    let stock = STOCK[chance.below(STOCK.len())].split(' ');
                    stock.chain(three.iter().copied()).collect::<Vec<_>>()
                });
                parts.take(120).collect()
            }
        };
        case(made.join(" "), made_from)
    }
}

fn case(text: String, made_from: Vec<String>) -> Case {
    Case { paragraph: Paragraph { text, ..Paragraph::default() }, made_from }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// Phrases that every resolution may use.
const STOCK: [&str; 24] = [
    "as well as",
    "in accordance with international law",
    "with a view to",
    "in this regard",
    "the importance of",
    "requests the Secretary-General to submit to the General Assembly",
    "at its eightieth session",
    "a report on the implementation of the present resolution",
    "calls upon all Member States to",
    "with the support of the international community",
    "in accordance with the Charter of the United Nations",
    "including through the provision of",
    "in particular developing countries",
    "taking into account the",
    "within their respective mandates",
    "as a matter of priority",
    "the full and effective implementation of",
    "at the national, regional and international levels",
    "and all other relevant stakeholders",
    "to continue to support",
    "bearing in mind the",
    "welcomes the progress made in",
    "the implementation of the 2030 Agenda for Sustainable Development",
    "in order to ensure",
];

/// A small generator of numbers, the same on every machine (constants of Knuth's MMIX).
pub(crate) struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }

    /// So many in a hundred of the numbers below `count`, in any order.
    fn some_of(&mut self, count: usize, share: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..count).collect();
        self.shuffle(&mut all);
        all.truncate(count * share / 100);
        all
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

/// CRC-32 as zip files use it: decides which files were left out of the counts.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}
