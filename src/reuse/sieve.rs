//! Draft paragraphs and agreed texts in; for each draft paragraph the agreed ones that may be its source, out.

use rayon::prelude::*;

use super::best::{Candidates, first_for_each_word, most_telling};
use super::select::Extent;
use super::sequences::{Place, Prepared, SHORTEST_RUN, Sequences, cost_of_chance};
use super::{MatchThresholds, Subject, pairs, prepare};
use crate::model::{Draft, Hit, Library, Location, Question, Shares, Sieve, Wanted};
use crate::text::{Folding, Sliding, Word};

/// Draft paragraphs behind tables of their word sequences, for agreed texts to stream past.
#[derive(Debug)]
pub struct Sequenced<'f> {
    prepared: Vec<Prepared>,
    /// For each of them what it takes to be looked at.
    needs: Vec<Needs>,
    runs: Sequences,
    pairs: Sequences,
    folding: &'f Folding,
    thresholds: MatchThresholds,
}

/// Bits that a text must share with a draft paragraph.
#[derive(Clone, Copy, Debug, Default)]
struct Needs {
    /// The draft paragraph's part in the cost of chance.
    cost: f32,
    /// In telling pairs.
    pairs: f32,
}

/// Share (0..1) of a draft paragraph's words from which it counts as carried over.
const CARRIED: f64 = 0.75;

/// Room for looking at one text after another without asking for memory each time.
#[derive(Debug, Default)]
pub struct Room {
    runs: Met,
    pairs: Met,
}

/// The sequences of one table that a text has.
#[derive(Debug, Default)]
struct Met {
    sequences: Vec<u32>,
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
        let needs = |own: &Prepared| Needs {
            cost: cost_of_chance(own.keys.len(), 1) as f32,
            pairs: pairs::needed(own),
        };
        let needs = prepared.iter().map(needs).collect();
        let (runs, pairs) = (Sequences::of_runs(&prepared), pairs::table(&prepared));
        Self { prepared, needs, runs, pairs, folding, thresholds }
    }

    pub(super) fn prepared(&self, paragraph: usize) -> Option<&Prepared> {
        self.prepared.get(paragraph)
    }

    /// For each draft paragraph the agreed paragraphs that share the most surprising words with it.
    pub(super) fn candidates(&self, library: &Library) -> Vec<Candidates<Location>> {
        let count = library.paragraph_count();
        let entries = library.entries.par_iter().enumerate();
        let found: Vec<Vec<(Location, Hit)>> = entries
            .filter(|(_, entry)| !entry.text.paragraphs.is_empty())
            .map_init(Room::default, |room, (reference, entry)| {
                let mut found = Vec::new();
                let mut hits = Vec::new();
                for (paragraph, text) in entry.text.paragraphs.iter().enumerate() {
                    hits.clear();
                    let words = self.folding.paragraph(text);
                    self.meet(count, room, &mut hits, |tell| words.iter().copied().for_each(tell));
                    let location = Location { reference, paragraph };
                    found.extend(hits.iter().map(|hit| (location, *hit)));
                }
                found
            })
            .collect();
        self.best(found.iter().flatten().map(|(location, hit)| (hit, *location)))
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
        let best = |([runs, mut pairs], own): ([Vec<(&Hit, T)>; 2], &Prepared)| {
            // What one text carries nearly whole was not rewritten from another.
            let most = runs.iter().map(|(hit, _)| hit.carried).max().unwrap_or(0);
            if f64::from(most) >= CARRIED * own.keys.len() as f64 {
                pairs.clear();
            }
            Candidates { carried: first_for_each_word(runs), rewritten: most_telling(pairs) }
        };
        all.into_par_iter().zip(&self.prepared).map(best).collect()
    }

    /// Adds what a text may be to any draft paragraph; `text` tells its words.
    fn meet(
        &self,
        least: usize,
        room: &mut Room,
        hits: &mut Vec<Hit>,
        text: impl FnOnce(&mut dyn FnMut(Word)),
    ) {
        room.runs.sequences.clear();
        room.pairs.sequences.clear();
        let mut keys = Sliding::default();
        let (runs, pairs) = (&mut room.runs.sequences, &mut room.pairs.sequences);
        text(&mut |word: Word| {
            keys.push(word.key);
            runs.extend(keys.three().and_then(|key| self.runs.find(key)));
            pairs.extend(keys.two().and_then(|key| self.pairs.find(key)));
            pairs.extend(keys.two_apart().and_then(|key| self.pairs.find(key)));
        });
        self.weigh_runs(keys.count(), least, room, hits);
        self.weigh_pairs(room, hits);
    }

    fn weigh_runs(&self, words: usize, least: usize, room: &mut Room, hits: &mut Vec<Hit>) {
        // No alignment is worth more than all sequences together, chance paid for once: see `Prepared::evidence`.
        let chance = cost_of_chance(1, words) as f32;
        let needed = self.thresholds.least(least) as f32 + chance;
        let Met { sequences, .. } = &room.runs;
        let most: f32 = sequences.iter().map(|sequence| self.runs.most_bits(*sequence)).sum();
        if most < needed {
            return;
        }
        room.runs.add_up(&self.runs, self.prepared.len());
        let Met { sequences, shared, touched, .. } = &mut room.runs;
        for draft in touched.drain(..) {
            let bits = shared.get_mut(draft as usize).map_or(0.0, std::mem::take);
            if bits < needed {
                continue;
            }
            let places = sequences.iter().fold([0; 4], |places, sequence| {
                let own = self.covered(draft, self.runs.places_in(*sequence, draft));
                std::array::from_fn(|at| places[at] | own[at])
            });
            hits.extend(self.weigh((draft, Shares::Runs), bits, places, words, least));
        }
    }

    fn weigh_pairs(&self, room: &mut Room, hits: &mut Vec<Hit>) {
        room.pairs.add_up(&self.pairs, self.prepared.len());
        let Met { shared, touched, .. } = &mut room.pairs;
        for draft in touched.drain(..) {
            let bits = shared.get_mut(draft as usize).map_or(0.0, std::mem::take);
            hits.extend(self.weigh((draft, Shares::Pairs), bits, [0; 4], 0, 0));
        }
    }

    fn words_of(&self, draft: u32) -> usize {
        self.prepared.get(draft as usize).map_or(0, |own| own.keys.len())
    }

    /// The words of a draft paragraph that runs at these places cover.
    fn covered<'p>(&self, draft: u32, places: impl IntoIterator<Item = &'p Place>) -> [u64; 4] {
        let scale = words_a_bit(self.words_of(draft));
        let mut covered = [0; 4];
        for place in places {
            let words = place.word as usize..place.word as usize + SHORTEST_RUN;
            for bit in words.map(|word| word / scale) {
                if let Some(slot) = covered.get_mut(bit / 64) {
                    *slot |= 1 << (bit % 64);
                }
            }
        }
        covered
    }

    /// What each draft paragraph looks for in one of the tables.
    fn asks(&self, table: &Sequences, shares: Shares) -> Vec<Question> {
        let none = |draft| Question { draft, shares, wanted: Vec::new() };
        let mut questions: Vec<Question> = (0..self.prepared.len() as u32).map(none).collect();
        for (key, sequence) in table.all() {
            for same in table.places(sequence).chunk_by(|a, b| a.paragraph == b.paragraph) {
                let draft = same.first().map_or(0, |place| place.paragraph);
                let bits = same.iter().map(|place| place.bits).sum();
                let places = match shares {
                    Shares::Runs => self.covered(draft, same),
                    Shares::Pairs => [0; 4],
                };
                if let Some(question) = questions.get_mut(draft as usize) {
                    question.wanted.push(Wanted { key, bits, places });
                }
            }
        }
        questions
    }
}

/// Words that one bit of [`Hit::places`] stands for, in a paragraph of so many.
fn words_a_bit(words: usize) -> usize {
    words.div_ceil(256).max(1)
}

impl Met {
    /// Adds up, for every draft paragraph, the bits of the sequences met, each once.
    fn add_up(&mut self, table: &Sequences, paragraphs: usize) {
        self.seen.resize(table.len(), 0);
        self.shared.resize(paragraphs, 0.0);
        self.text = self.text.wrapping_add(1);
        if self.text == 0 {
            self.seen.fill(0);
            self.text = 1;
        }
        for sequence in &self.sequences {
            let Some(seen) = self.seen.get_mut(*sequence as usize) else { continue };
            if std::mem::replace(seen, self.text) == self.text {
                continue;
            }
            for place in table.places(*sequence) {
                let Some(shared) = self.shared.get_mut(place.paragraph as usize) else { continue };
                if *shared == 0.0 {
                    self.touched.push(place.paragraph);
                }
                *shared += place.bits;
            }
        }
    }
}

impl Sieve for Sequenced<'_> {
    type Room = Room;

    fn look(&self, text: &str, least: usize, room: &mut Room, hits: &mut Vec<Hit>) {
        self.meet(least, room, hits, |tell| self.folding.each_word(text, |_| true, tell));
    }

    fn questions(&self) -> Vec<Question> {
        let mut questions = self.asks(&self.runs, Shares::Runs);
        questions.extend(self.asks(&self.pairs, Shares::Pairs));
        questions
    }

    fn weigh(
        &self,
        (draft, shares): (u32, Shares),
        bits: f32,
        places: [u64; 4],
        words: usize,
        paragraphs: usize,
    ) -> Option<Hit> {
        let needs = self.needs.get(draft as usize)?;
        if shares == Shares::Pairs {
            let hit = Hit { draft, shares, evidence: bits, carried: 0, places: [0; 4] };
            return (bits >= needs.pairs).then_some(hit);
        }
        let evidence = bits - needs.cost - cost_of_chance(1, words) as f32;
        if f64::from(evidence) < self.thresholds.least(paragraphs) {
            return None;
        }
        let all = self.words_of(draft);
        let covered: usize = places.iter().map(|places| places.count_ones() as usize).sum();
        let carried = (covered * words_a_bit(all)).min(all) as u32;
        let hit = Hit { draft, shares, evidence, carried, places };
        self.holds(&hit, paragraphs).then_some(hit)
    }

    fn holds(&self, hit: &Hit, paragraphs: usize) -> bool {
        let all = self.words_of(hit.draft);
        let words = hit.carried as usize;
        let extent = Extent { words, longest: words, all };
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
