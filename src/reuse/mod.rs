//! Draft paragraphs and a library in; for each paragraph the agreed paragraphs it shares words with out.

mod aligned;
mod departures;
mod pairs;
mod rewritten;
mod select;
mod sequences;

use rayon::prelude::*;

use self::pairs::Pairs;
use self::sequences::{Prepared, SHORTEST_RUN, Sequences};
use crate::model::{Library, Location, Match, Paragraph, Span, WordSpan};
use crate::text::{Folding, name_words, window_key};

use self::select::Extent;
pub use select::MatchThresholds;

/// A paragraph of the draft with what the citations say about it.
#[derive(Clone, Debug)]
pub struct Subject<'d> {
    /// The paragraph.
    pub paragraph: &'d Paragraph,
    /// Mentions of documents in its text: names, not language.
    pub mentions: Vec<Span>,
    /// Citations in parentheses and placeholders: they say where words come from or hold their place, and
    /// are not among the paragraph's words.
    pub apart: Vec<Span>,
    /// Indices in the library of the references it names, in the order of the text.
    pub cited: Vec<usize>,
}

impl<'d> Subject<'d> {
    /// A paragraph of which no citations are known.
    pub fn alone(paragraph: &'d Paragraph) -> Self {
        Self { paragraph, mentions: Vec::new(), apart: Vec::new(), cited: Vec::new() }
    }
}

/// What a paragraph takes from the library.
#[derive(Clone, Debug, Default)]
pub struct Reuse {
    /// The matches that hold: the source that carries most words first, then those tied with it, then
    /// the source that carries most of what is left, and so on.
    pub matches: Vec<Match>,
    /// The paragraph's words in order; `source` is the index of the match that carries them.
    pub words: Vec<WordSpan>,
}

/// At most this many agreed paragraphs are aligned with a draft paragraph, those that share most first.
const MOST_CANDIDATES: usize = 96;

/// At most so many more are looked at as texts that it may have been rewritten from.
const MOST_REWRITTEN: usize = 32;

/// Agreed paragraphs that a draft paragraph may rest on, those that share most first.
#[derive(Clone, Debug, Default)]
struct Candidates {
    /// By runs of words.
    carried: Vec<Location>,
    /// By telling pairs of words.
    rewritten: Vec<Location>,
}

/// For each subject what it takes from the library; see [`MatchThresholds`] for what holds.
///
/// Every pair that shares a run of three words is found: the library is read past a table of the
/// draft's own word sequences, so nothing depends on an index.
pub fn matches(
    subjects: &[Subject<'_>],
    library: &Library,
    folding: &Folding,
    thresholds: &MatchThresholds,
) -> Vec<Reuse> {
    let prepared: Vec<Prepared> = subjects.iter().map(|s| prepare(s, folding)).collect();
    let tables = (Sequences::new(&prepared), Pairs::new(&prepared));
    let count = library.paragraph_count();
    let holds = |shared: Extent, evidence: f64| thresholds.holds(count, shared, evidence);
    let candidates = candidates(&tables, &prepared, library, folding, &holds);
    let work = |index: usize| -> Reuse {
        let (Some(subject), Some(own), Some(found)) =
            (subjects.get(index), prepared.get(index), candidates.get(index))
        else {
            return Reuse::default();
        };
        let align = |location: &Location| aligned::align(own, *location, library, folding);
        let aligned = found.carried.iter().filter_map(align).collect();
        let rewritten = || found.rewritten.iter().filter_map(align).collect();
        select::select(subject, own, (aligned, &rewritten), library, thresholds, count)
    };
    (0..subjects.len()).into_par_iter().map(work).collect()
}

fn prepare(subject: &Subject<'_>, folding: &Folding) -> Prepared {
    let paragraph = subject.paragraph;
    let mut words = folding.paragraph(paragraph);
    words.retain(|word| !subject.apart.iter().any(|apart| apart.contains(word.span)));
    if paragraph.placeholder {
        words.clear();
    }
    let mut names = name_words(&paragraph.text, &words);
    let last = names.iter().copied().max().unwrap_or(0);
    for (mention, name) in subject.mentions.iter().zip(last + 1..) {
        let inside = words.iter().zip(&mut names).filter(|(word, _)| mention.contains(word.span));
        inside.for_each(|(_, slot)| *slot = name);
    }
    let keys = words.iter().map(|word| word.key).collect();
    Prepared { words, keys, names }
}

/// For each draft paragraph the agreed paragraphs that share the most surprising sequences with it.
fn candidates(
    (table, pairs): &(Sequences, Pairs),
    prepared: &[Prepared],
    library: &Library,
    folding: &Folding,
    holds: &(dyn Fn(Extent, f64) -> bool + Sync),
) -> Vec<Candidates> {
    type Hit = (u32, Location, f64);
    let found: Vec<(Vec<Hit>, Vec<Hit>)> = library
        .entries
        .par_iter()
        .enumerate()
        .map(|(reference, entry)| {
            let (mut carried, mut rewritten) = (Vec::new(), Vec::new());
            for (paragraph, text) in entry.text.paragraphs.iter().enumerate() {
                let location = Location { reference, paragraph };
                let words = folding.paragraph(text);
                let keys: Vec<u64> = words.iter().map(|word| word.key).collect();
                most_shared(table, prepared, &keys, |draft, most, evidence| {
                    if holds(most, evidence) {
                        carried.push((draft, location, evidence));
                    }
                });
                pairs.shared(&keys, |draft, bits| rewritten.push((draft, location, bits)));
            }
            (carried, rewritten)
        })
        .collect();
    let (carried, rewritten): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let carried = best(carried, prepared.len(), MOST_CANDIDATES);
    let rewritten = best(rewritten, prepared.len(), MOST_REWRITTEN);
    let both = carried.into_iter().zip(rewritten);
    both.map(|(carried, rewritten)| Candidates { carried, rewritten }).collect()
}

/// For each draft paragraph the locations of most bits.
fn best(found: Vec<Vec<(u32, Location, f64)>>, drafts: usize, most: usize) -> Vec<Vec<Location>> {
    let mut best: Vec<Vec<(f64, Location)>> = vec![Vec::new(); drafts];
    for (draft, location, bits) in found.into_iter().flatten() {
        if let Some(list) = best.get_mut(draft as usize) {
            list.push((bits, location));
        }
    }
    best.into_iter()
        .map(|mut list| {
            list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            list.truncate(most);
            list.into_iter().map(|(_, location)| location).collect()
        })
        .collect()
}

/// Tells, for each draft paragraph that shares a sequence with a text, the most words their alignment
/// can carry, and the most evidence it can give.
fn most_shared(
    table: &Sequences,
    prepared: &[Prepared],
    keys: &[u64],
    mut hit: impl FnMut(u32, Extent, f64),
) {
    let mut shared: Vec<(u32, u32, f32)> = Vec::new();
    for window in keys.windows(SHORTEST_RUN) {
        let places = table.places(window_key(window));
        shared.extend(places.iter().map(|place| (place.paragraph, place.word, place.bits)));
    }
    shared.sort_unstable_by_key(|(paragraph, word, _)| (*paragraph, *word));
    shared.dedup_by_key(|(paragraph, word, _)| (*paragraph, *word));
    for same in shared.chunk_by(|a, b| a.0 == b.0) {
        let Some((paragraph, _, _)) = same.first() else { continue };
        let all = prepared.get(*paragraph as usize).map_or(0, |own| own.keys.len());
        // No alignment carries more than the words these sequences cover, and none is worth more than all of
        // them together, chance paid for once.
        let (mut carried, mut evidence) = (0, -sequences::cost_of_chance(all, keys.len()));
        let mut end = 0;
        for (_, word, bits) in same {
            let after = *word as usize + SHORTEST_RUN;
            carried += after - end.max(*word as usize);
            end = after;
            evidence += f64::from(*bits);
        }
        hit(*paragraph, Extent { words: carried, longest: carried, all }, evidence);
    }
}
