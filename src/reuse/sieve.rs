//! Draft paragraphs and agreed texts in; for each draft paragraph the agreed ones that may be its source, out.

use rayon::prelude::*;

use super::sequences::{self, Place, Prepared, SHORTEST_RUN, Sequences};
use super::{MatchThresholds, Subject, prepare};
use crate::model::{Draft, Hit, Library, Location, Sieve, Wanted};
use crate::text::{Folding, Word, window_key};

/// At most this many agreed paragraphs are aligned with a draft paragraph, those that share most first.
const MOST_CANDIDATES: usize = 96;

/// Draft paragraphs behind a table of their three-word sequences, for agreed texts to stream past.
#[derive(Debug)]
pub struct Sequenced<'f> {
    prepared: Vec<Prepared>,
    /// For each of them its share in the cost of chance, in bits.
    costs: Vec<f32>,
    table: Sequences,
    folding: &'f Folding,
    thresholds: MatchThresholds,
}

/// Room for looking at one text after another without asking for memory each time.
#[derive(Debug, Default)]
pub struct Room {
    met: Vec<u32>,
    /// For every sequence the last text it was met in.
    seen: Vec<u32>,
    text: u32,
    /// For every draft paragraph the bits that this text shares with it.
    shared: Vec<f32>,
    touched: Vec<u32>,
}

impl<'f> Sequenced<'f> {
    /// The paragraphs of drafts, before anything is known of the library they will be held against.
    pub fn new(drafts: &[&Draft], thresholds: MatchThresholds) -> Sequenced<'static> {
        let folding = Folding::general();
        let paragraphs = drafts.iter().flat_map(|draft| &draft.paragraphs);
        let prepared = paragraphs.map(|p| prepare(&Subject::alone(p), folding)).collect();
        Sequenced::of(prepared, folding, thresholds)
    }

    pub(super) fn of(
        prepared: Vec<Prepared>,
        folding: &'f Folding,
        thresholds: MatchThresholds,
    ) -> Self {
        let table = Sequences::new(&prepared);
        let cost = |own: &Prepared| sequences::cost_of_chance(own.keys.len(), 1) as f32;
        let costs = prepared.iter().map(cost).collect();
        Self { prepared, costs, table, folding, thresholds }
    }

    pub(super) fn prepared(&self, paragraph: usize) -> Option<&Prepared> {
        self.prepared.get(paragraph)
    }

    /// For each draft paragraph the agreed paragraphs that share the most surprising sequences with it.
    pub(super) fn candidates(&self, library: &Library) -> Vec<Vec<Location>> {
        let count = library.paragraph_count();
        let entries = library.entries.par_iter().enumerate();
        let found: Vec<Vec<(Location, Hit)>> = entries
            .filter(|(_, entry)| !entry.text.paragraphs.is_empty())
            .map_init(Room::default, |room, (reference, entry)| {
                let mut found = Vec::new();
                let mut hits = Vec::new();
                for (paragraph, text) in entry.text.paragraphs.iter().enumerate() {
                    hits.clear();
                    self.meet(&self.folding.paragraph(text), count, room, &mut hits);
                    let location = Location { reference, paragraph };
                    found.extend(hits.iter().map(|hit| (location, *hit)));
                }
                found
            })
            .collect();
        let found = found.iter().flatten().map(|(location, hit)| (hit, *location));
        self.best(found)
    }

    /// For each draft paragraph what is worth a close look: for every word of it the few that carry it and share
    /// most, and all that share the same with it as one of these.
    fn best<'h, T: Copy + Ord + Send>(
        &self,
        hits: impl Iterator<Item = (&'h Hit, T)>,
    ) -> Vec<Vec<T>> {
        let mut all: Vec<Vec<(&Hit, T)>> = vec![Vec::new(); self.prepared.len()];
        for (hit, what) in hits {
            if let Some(list) = all.get_mut(hit.draft as usize) {
                list.push((hit, what));
            }
        }
        all.into_par_iter().map(first_for_each_word).collect()
    }

    fn meet(&self, words: &[Word], least: usize, room: &mut Room, hits: &mut Vec<Hit>) {
        let mut met = std::mem::take(&mut room.met);
        met.clear();
        let mut window = [0; SHORTEST_RUN];
        let mut count = 0;
        words.iter().for_each(|word| self.step(word.key, &mut window, &mut count, &mut met));
        self.weigh_all(&met, words.len(), least, room, hits);
        room.met = met;
    }

    #[inline]
    fn step(
        &self,
        key: u64,
        window: &mut [u64; SHORTEST_RUN],
        words: &mut usize,
        met: &mut Vec<u32>,
    ) {
        *window = [window[1], window[2], key];
        *words += 1;
        if *words >= SHORTEST_RUN {
            met.extend(self.table.find(window_key(window)));
        }
    }

    /// Adds what a text of so many words, in which these sequences stand, may be to every paragraph.
    fn weigh_all(
        &self,
        met: &[u32],
        words: usize,
        least: usize,
        room: &mut Room,
        hits: &mut Vec<Hit>,
    ) {
        // No alignment is worth more than all sequences together, chance paid for once: see `Prepared::evidence`.
        let needed = self.needed(words, least);
        let most: f32 = met.iter().map(|sequence| self.table.most_bits(*sequence)).sum();
        if most < needed {
            return;
        }
        room.begin(self.table.keys().len(), self.prepared.len());
        for sequence in met {
            let Some(seen) = room.seen.get_mut(*sequence as usize) else { continue };
            if std::mem::replace(seen, room.text) == room.text {
                continue;
            }
            for place in self.table.places(*sequence) {
                let Some(shared) = room.shared.get_mut(place.paragraph as usize) else { continue };
                if *shared == 0.0 {
                    room.touched.push(place.paragraph);
                }
                *shared += place.bits;
            }
        }
        for draft in room.touched.drain(..) {
            let Some(shared) = room.shared.get_mut(draft as usize) else { continue };
            let bits = std::mem::take(shared);
            if bits < needed {
                continue;
            }
            let places = met.iter().fold([0; 4], |places, sequence| {
                let own = self.covered(draft, self.table.places_in(*sequence, draft));
                std::array::from_fn(|at| places[at] | own[at])
            });
            hits.extend(self.weigh(draft, bits, places, words, least));
        }
    }

    /// Bits that a text of so many words must share in a library of so many paragraphs, however much it carries.
    fn needed(&self, words: usize, paragraphs: usize) -> f32 {
        self.thresholds.least(paragraphs) as f32 + sequences::cost_of_chance(1, words) as f32
    }

    fn words_of(&self, draft: u32) -> usize {
        self.prepared.get(draft as usize).map_or(0, |own| own.keys.len())
    }

    /// The words of a draft paragraph that sequences at these places cover.
    fn covered<'p>(&self, draft: u32, places: impl IntoIterator<Item = &'p Place>) -> [u64; 4] {
        let scale = words_a_bit(self.words_of(draft));
        let mut covered = [0; 4];
        for place in places {
            for bit in (place.word as usize..place.word as usize + SHORTEST_RUN).map(|w| w / scale)
            {
                if let Some(slot) = covered.get_mut(bit / 64) {
                    *slot |= 1 << (bit % 64);
                }
            }
        }
        covered
    }
}

/// Words that one bit of [`Hit::places`] stands for, in a paragraph of so many.
fn words_a_bit(words: usize) -> usize {
    words.div_ceil(256).max(1)
}

/// So many texts are looked at closely for the sake of one word.
const FOR_EACH_WORD: u8 = 12;

/// Bits within which two texts share the same with a paragraph; names may weigh differently in the two.
const THE_SAME: f32 = 0.5;

fn first_for_each_word<T: Copy + Ord>(mut hits: Vec<(&Hit, T)>) -> Vec<T> {
    hits.sort_unstable_by(|a, b| b.0.evidence.total_cmp(&a.0.evidence).then(a.1.cmp(&b.1)));
    let mut served = [0u8; 256];
    let mut last: Option<&Hit> = None;
    let mut first = Vec::new();
    for (hit, what) in hits {
        let bits = || (0..256).filter(|bit| hit.places[bit / 64] >> (bit % 64) & 1 == 1);
        let wanted = bits().any(|bit| served[bit] < FOR_EACH_WORD);
        let same = last.is_some_and(|last| {
            last.places == hit.places && last.evidence - hit.evidence < THE_SAME
        });
        if wanted || same {
            bits().for_each(|bit| served[bit] = served[bit].saturating_add(1));
            first.push(what);
            last = Some(hit);
        }
        if first.len() == MOST_CANDIDATES {
            break;
        }
    }
    first
}

impl Sieve for Sequenced<'_> {
    type Room = Room;

    fn sequences(&self) -> &[u64] {
        self.table.keys()
    }

    fn look(&self, text: &str, least: usize, room: &mut Room, hits: &mut Vec<Hit>) {
        let mut met = std::mem::take(&mut room.met);
        met.clear();
        let mut window = [0; SHORTEST_RUN];
        let mut words = 0;
        let tell = |word: Word| self.step(word.key, &mut window, &mut words, &mut met);
        self.folding.each_word(text, |_| true, tell);
        self.weigh_all(&met, words, least, room, hits);
        room.met = met;
    }

    fn wanted(&self) -> Vec<Vec<Wanted>> {
        let mut wanted: Vec<Vec<Wanted>> = vec![Vec::new(); self.prepared.len()];
        for sequence in 0..self.table.keys().len() as u32 {
            for same in self.table.places(sequence).chunk_by(|a, b| a.paragraph == b.paragraph) {
                let draft = same.first().map_or(0, |place| place.paragraph);
                let bits = same.iter().map(|place| place.bits).sum();
                if let Some(own) = wanted.get_mut(draft as usize) {
                    own.push(Wanted { sequence, bits, places: self.covered(draft, same) });
                }
            }
        }
        wanted
    }

    fn weigh(
        &self,
        draft: u32,
        bits: f32,
        places: [u64; 4],
        words: usize,
        paragraphs: usize,
    ) -> Option<Hit> {
        let own = self.costs.get(draft as usize).copied().unwrap_or_default();
        if bits < self.needed(words, paragraphs) + own {
            return None;
        }
        let all = self.words_of(draft);
        let covered: usize = places.iter().map(|places| places.count_ones() as usize).sum();
        let carried = (covered * words_a_bit(all)).min(all) as u32;
        let evidence = bits - own - sequences::cost_of_chance(1, words) as f32;
        let hit = Hit { draft, evidence, carried, places };
        self.holds(&hit, paragraphs).then_some(hit)
    }

    fn holds(&self, hit: &Hit, paragraphs: usize) -> bool {
        let all = self.words_of(hit.draft);
        self.thresholds.holds(paragraphs, f64::from(hit.evidence), hit.carried as usize, all)
    }

    fn worth_reading(&self, texts: &[Vec<Hit>]) -> Vec<Vec<u32>> {
        let hits = texts.iter().enumerate();
        let hits = hits.flat_map(|(text, hits)| hits.iter().map(move |hit| (hit, text)));
        let mut worth = vec![Vec::new(); texts.len()];
        for (draft, texts) in (0..).zip(self.best(hits)) {
            for text in texts {
                if let Some(worth) = worth.get_mut(text) {
                    worth.push(draft);
                }
            }
        }
        worth
    }
}

impl Room {
    /// Makes ready for the next text.
    fn begin(&mut self, sequences: usize, paragraphs: usize) {
        self.seen.resize(sequences, 0);
        self.shared.resize(paragraphs, 0.0);
        self.text = self.text.wrapping_add(1);
        if self.text == 0 {
            self.seen.fill(0);
            self.text = 1;
        }
    }
}
