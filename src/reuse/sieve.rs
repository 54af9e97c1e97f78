//! Draft paragraphs and agreed texts in; for each draft paragraph the agreed ones that may be its source, out.

use rayon::prelude::*;

use super::best::{Candidates, first_for_each_word, most_telling};
use super::pairs::Pairs;
use super::prepared::{Prepared, SHORTEST_RUN, cost_of_chance};
use super::select::{clears, least};
use super::sequences::{PARTS, Sequences};
use super::served::Served;
use super::{MatchThresholds, Subject};
use crate::model::{BySequences, Draft, Hit, Library, Location, Places, Shares, Sieve};
use crate::rooms::Rooms;
use crate::text::{Folding, Near, keys_from, window_key};

/// Draft paragraphs behind tables of their word sequences, for agreed texts to stream past.
#[derive(Debug)]
pub struct Sequenced<'f> {
    pub(super) prepared: Vec<Prepared>,
    /// For each of them its part in the cost of chance, in 256ths of a bit.
    chance: Vec<u32>,
    pub(super) runs: Sequences,
    pub(super) pairs: Pairs,
    folding: &'f Folding,
    thresholds: MatchThresholds,
    /// The bar in the largest library there may be, in bits.
    highest: f64,
}

/// For every reference and every paragraph of it the keys of its words; none where no draft shares enough with it.
pub(super) type Worded = Vec<Vec<Box<[u64]>>>;

/// Paragraphs of the largest library there may be.
const LARGEST: usize = 1 << 24;

/// Share (0..1) of a draft paragraph's words from which it counts as carried over.
const CARRIED: f64 = 0.75;

/// Room for looking at one text after another without asking for memory each time.
#[derive(Debug, Default)]
pub struct Room {
    /// The keys of a text's words.
    words: Vec<u64>,
    runs: Shared,
    pairs: Shared,
    /// The best so far, for every draft paragraph.
    served: Vec<Served>,
}

/// What a text shares with draft paragraphs, by the sequences of one table.
#[derive(Debug, Default)]
struct Shared {
    /// Room for the keys of sequences that may be in a draft.
    near: Vec<u64>,
    sequences: Vec<u32>,
    /// For every sequence the last text it was met in.
    seen: Vec<u32>,
    text: u32,
    /// For every draft paragraph what that is worth which this text shares with it: so few bytes that they stay at hand.
    sums: Vec<u32>,
    touched: Vec<u32>,
    /// The draft paragraphs that share enough, with what that is worth.
    enough: Vec<(u32, u32)>,
    /// For every draft paragraph its place among these, from 1 on; 0 where it is not one of them.
    among: Vec<u32>,
    /// For each of these the words where what it shares begins.
    starts: Vec<Places>,
}

impl<'f> Sequenced<'f> {
    /// The paragraphs of drafts, before anything is known of the library they will be held against.
    pub fn new(drafts: &[&Draft], thresholds: MatchThresholds) -> Sequenced<'static> {
        let folding = Folding::general();
        let paragraphs = drafts.par_iter().flat_map_iter(|draft| &draft.paragraphs);
        let prepared = paragraphs.map(|p| Prepared::new(&Subject::alone(p), folding)).collect();
        Sequenced::of(prepared, folding, thresholds)
    }

    pub(super) fn of(
        prepared: Vec<Prepared>,
        folding: &'f Folding,
        thresholds: MatchThresholds,
    ) -> Self {
        let chance = |own: &Prepared| (cost_of_chance(own.keys.len(), 1) * PARTS) as u32;
        let chance = prepared.iter().map(chance).collect();
        let (runs, pairs) = rayon::join(|| Sequences::of_runs(&prepared), || Pairs::new(&prepared));
        Self {
            prepared,
            chance,
            runs,
            pairs,
            folding,
            highest: thresholds.bar(LARGEST),
            thresholds,
        }
    }

    pub(super) fn prepared(&self, paragraph: usize) -> Option<&Prepared> {
        self.prepared.get(paragraph)
    }

    /// For each draft paragraph the agreed paragraphs that share the most surprising words with it, and the words of
    /// these.
    pub(super) fn candidates(&self, library: &Library) -> (Vec<Candidates<Location>>, Worded) {
        let count = library.paragraph_count();
        let rooms = Rooms::<Room>::new();
        let entries = library.entries.par_iter().enumerate();
        let (found, worded): (Vec<Vec<(Location, Hit)>>, Worded) = entries
            .map(|(reference, entry)| {
                rooms.with(|room| {
                    let (mut found, mut worded) = (Vec::new(), Vec::new());
                    let mut hits = Vec::new();
                    for (paragraph, text) in entry.text.paragraphs.iter().enumerate() {
                        hits.clear();
                        room.words.clear();
                        self.folding.each_of_paragraph(text, |word| room.words.push(word.key));
                        self.meet(count, room, &mut hits);
                        let words: &[u64] = if hits.is_empty() { &[] } else { &room.words };
                        worded.push(words.into());
                        let location = Location { reference, paragraph };
                        found.extend(hits.iter().map(|hit| (location, *hit)));
                    }
                    (found, worded)
                })
            })
            .unzip();
        let hits = found.iter().flatten().map(|(location, hit)| (hit, *location));
        (self.best(hits), worded)
    }

    /// For each draft paragraph what is worth a close look.
    fn best<'h, T: Copy + Ord + Send>(
        &self,
        hits: impl Iterator<Item = (&'h Hit, T)>,
    ) -> Vec<Candidates<T>> {
        let mut all: Vec<[Vec<(&Hit, T)>; 2]> = vec![Default::default(); self.prepared.len()];
        for (hit, what) in hits {
            if let Some([runs, pairs]) = all.get_mut(hit.draft as usize) {
                let list = if hit.shares == Shares::Runs { runs } else { pairs };
                list.push((hit, what));
            }
        }
        let best = |([runs, mut pairs], draft): ([Vec<(&Hit, T)>; 2], u32)| {
            if self.carried_over(draft, runs.iter().map(|(hit, _)| *hit)) {
                pairs.clear();
            }
            Candidates { carried: first_for_each_word(runs), rewritten: most_telling(pairs) }
        };
        all.into_par_iter().zip(0..self.prepared.len() as u32).map(best).collect()
    }

    /// Whether a text carries a draft paragraph nearly whole: then it was not rewritten from another.
    pub(super) fn carried_over<'h>(&self, draft: u32, hits: impl Iterator<Item = &'h Hit>) -> bool {
        let most = hits.map(|hit| hit.carried).max().unwrap_or(0);
        let all = self.prepared(draft as usize).map_or(0, |own| own.keys.len());
        f64::from(most) >= CARRIED * all as f64
    }

    /// Adds what a text may be to any draft paragraph; its words are in the room.
    fn meet(&self, least: usize, room: &mut Room, hits: &mut Vec<Hit>) {
        let Room { words, runs, pairs, served } = room;
        self.find(words, runs, pairs);
        let text = self.text(words.len(), least);
        if served.is_empty() {
            served.extend(self.prepared.iter().map(Prepared::nothing_served));
        }
        // What no draft paragraph could do with less.
        let needed = self.needed(text);
        let most: u32 = runs.sequences.iter().map(|sequence| self.runs.most(*sequence)).sum();
        if most >= needed {
            runs.add_up(&self.runs, self.prepared.len(), |draft| needed + self.chance(draft));
            runs.find_starts(&self.runs);
            for ((draft, worth), starts) in runs.enough.iter().zip(&runs.starts) {
                let served = served.get_mut(*draft as usize);
                let weigh = |served| self.weigh_runs(*draft, (*worth, *starts), text, served);
                hits.extend(served.and_then(weigh));
            }
        }
        let needed =
            |draft: u32| self.pairs.needed.get(draft as usize).copied().unwrap_or(u32::MAX);
        pairs.add_up(&self.pairs.table, self.prepared.len(), needed);
        for (draft, worth) in &pairs.enough {
            let served = served.get_mut(*draft as usize);
            hits.extend(served.and_then(|served| self.weigh_pairs(*draft, *worth, served)));
        }
    }

    /// Finds the sequences of these words that stand in a draft.
    fn find(&self, words: &[u64], runs: &mut Shared, pairs: &mut Shared) {
        let (of_runs, of_pairs) = (self.runs.filter(), self.pairs.table.filter());
        let mut near_runs = Near::new(&mut runs.near, words.len());
        let mut near_pairs = Near::new(&mut pairs.near, 2 * words.len());
        for window in words.windows(SHORTEST_RUN) {
            let [first, second, third] = *window else { continue };
            let [run, pair, apart] = keys_from([first, second, third]);
            near_runs.offer(run, of_runs);
            near_pairs.offer(pair, of_pairs);
            near_pairs.offer(apart, of_pairs);
        }
        if let Some(last) = words.last_chunk::<2>() {
            near_pairs.offer(window_key(last), of_pairs);
        }
        self.runs.find(near_runs.keys(), &mut runs.sequences);
        self.pairs.table.find(near_pairs.keys(), &mut pairs.sequences);
    }

    /// What the runs that a text shares with a draft paragraph must be worth together, in 256ths of a bit, beside the
    /// draft paragraph's own part in the cost of chance: no alignment is worth more than all of them, chance paid for once.
    pub(super) fn needed(&self, text: Text) -> u32 {
        (least(text.bar) * PARTS) as u32 + text.chance
    }

    /// A text of so many words, in a library of so many paragraphs.
    pub(super) fn text(&self, words: usize, paragraphs: usize) -> Text {
        let chance = (cost_of_chance(1, words) * PARTS) as u32;
        Text { words, bar: self.thresholds.bar(paragraphs), chance }
    }

    /// A draft paragraph's part in the cost of chance, in 256ths of a bit.
    pub(super) fn chance(&self, draft: u32) -> u32 {
        self.chance.get(draft as usize).copied().unwrap_or(0)
    }

    /// What a text may be to a draft paragraph with which it shares runs worth so much that begin there; nothing where it
    /// does not count, or others are better.
    pub(super) fn weigh_runs(
        &self,
        draft: u32,
        (worth, starts): (u32, Places),
        text: Text,
        served: &mut Served,
    ) -> Option<Hit> {
        let own = self.prepared(draft as usize)?;
        let (places, carried) = own.carried(starts);
        let most = f64::from(worth) - f64::from(self.chance(draft) + text.chance);
        let at_most = (most / PARTS) as f32;
        let extent = own.extent(carried);
        let holds = |evidence: f32| clears(text.bar, extent, f64::from(evidence));
        if !holds(at_most) || !served.may_add(places, at_most) {
            return None;
        }
        // Where one place stands for several words, the places say more than the runs are worth.
        let evidence = (own.most_evidence(starts, text.words) as f32).min(at_most);
        if !holds(evidence) {
            return None;
        }
        let hit = Hit { draft, shares: Shares::Runs, evidence, carried: carried as u32, places };
        // Another may take its place only when it will hold however large the library turns out to be.
        if f64::from(evidence) >= self.highest {
            served.add(&hit);
        }
        Some(hit)
    }

    /// The same for telling pairs.
    pub(super) fn weigh_pairs(&self, draft: u32, worth: u32, served: &mut Served) -> Option<Hit> {
        let needed = self.pairs.needed.get(draft as usize)?;
        if worth < *needed || !served.adds_pairs(worth) {
            return None;
        }
        let evidence = (f64::from(worth) / PARTS) as f32;
        let places = Places::default();
        Some(Hit { draft, shares: Shares::Pairs, evidence, carried: 0, places })
    }
}

/// How large an agreed text is, and its library.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    words: usize,
    /// The bar in its library, in bits.
    bar: f64,
    /// Its part in the cost of chance, in 256ths of a bit.
    chance: u32,
}

impl Shared {
    /// Adds up, for every draft paragraph, the sequences met, each once, and keeps those paragraphs that share as much as
    /// they need.
    fn add_up(&mut self, table: &Sequences, paragraphs: usize, needed: impl Fn(u32) -> u32) {
        self.seen.resize(table.len(), 0);
        self.sums.resize(paragraphs, 0);
        self.text = self.text.wrapping_add(1);
        if self.text == 0 {
            self.seen.fill(0);
            self.text = 1;
        }
        let Self { sequences, seen, text, sums, touched, enough, .. } = self;
        let mut fresh = |sequence: &u32| {
            let seen = seen.get_mut(*sequence as usize);
            seen.is_some_and(|seen| std::mem::replace(seen, *text) != *text)
        };
        sequences.retain(&mut fresh);
        for place in sequences.iter().flat_map(|sequence| table.places(*sequence)) {
            let Some(worth) = sums.get_mut(place.paragraph as usize) else { continue };
            if *worth == 0 {
                touched.push(place.paragraph);
            }
            *worth += place.worth;
        }
        enough.clear();
        for draft in touched.drain(..) {
            let worth = sums.get_mut(draft as usize).map_or(0, std::mem::take);
            if worth >= needed(draft) {
                enough.push((draft, worth));
            }
        }
    }

    /// Finds where in the draft paragraphs that share enough the sequences met begin: few share enough, and only for
    /// these it is asked.
    fn find_starts(&mut self, table: &Sequences) {
        let Self { sequences, sums, enough, among, starts, .. } = self;
        starts.clear();
        starts.resize(enough.len(), Places::default());
        if enough.is_empty() {
            return;
        }
        among.resize(sums.len(), 0);
        for ((draft, _), at) in enough.iter().zip(1..) {
            among.get_mut(*draft as usize).into_iter().for_each(|slot| *slot = at);
        }
        for place in sequences.iter().flat_map(|sequence| table.places(*sequence)) {
            let at = among.get(place.paragraph as usize).map_or(0, |at| *at as usize);
            if let Some(starts) = at.checked_sub(1).and_then(|at| starts.get_mut(at)) {
                starts.add(place.word as usize);
            }
        }
        for (draft, _) in enough.iter() {
            among.get_mut(*draft as usize).into_iter().for_each(|slot| *slot = 0);
        }
    }
}

impl Sieve for Sequenced<'_> {
    type Room = Room;

    fn look(&self, text: &str, least: usize, room: &mut Room, hits: &mut Vec<Hit>) {
        room.words.clear();
        self.folding.each_word(text, |_| true, |word| room.words.push(word.key));
        self.meet(least, room, hits);
    }

    fn sequences(&self) -> Option<&dyn BySequences> {
        Some(self)
    }

    fn holds(&self, hit: &Hit, paragraphs: usize) -> bool {
        let own = self.prepared(hit.draft as usize);
        let extent = own.map(|own| own.extent(hit.carried as usize)).unwrap_or_default();
        hit.shares == Shares::Pairs
            || self.thresholds.holds(paragraphs, extent, f64::from(hit.evidence))
    }

    fn worth_reading(&self, texts: &[Vec<Hit>]) -> Vec<Vec<u32>> {
        let hits = texts.iter().enumerate();
        let hits = hits.flat_map(|(text, hits)| hits.iter().map(move |hit| (hit, text)));
        let mut worth = vec![Vec::new(); texts.len()];
        for (draft, texts) in (0..).zip(self.best(hits)) {
            for text in texts.into_all() {
                if let Some(worth) =
                    worth.get_mut(text).filter(|worth| worth.last() != Some(&draft))
                {
                    worth.push(draft);
                }
            }
        }
        worth
    }
}
