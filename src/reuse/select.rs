//! Aligned agreed paragraphs in; those that hold as sources, best first and each word credited once, out.

use std::cmp::Reverse;

use super::aligned::Aligned;
use super::departures::departures;
use super::prepared::{Prepared, SHORTEST_RUN};
use super::rewritten;
use super::waiting::Waiting;
use super::{Reuse, Subject};
use crate::model::{Edit, Library, Location, Match, Paragraph, Run, Span, WordSpan};
use crate::text::{Folding, Shared, sentences};

/// When shared words are a match and not chance.
///
/// Chance grows with the library: among twice as many paragraphs one bit more is shared by accident.
/// So the bar is `bits` plus the binary logarithm of the number of paragraphs held, and it holds for
/// ten documents as for ten thousand. Their effect on precision and recall is in `docs/thresholds.md`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MatchThresholds {
    /// Bits that shared words must be worth in a library of one paragraph.
    pub bits: f64,
    /// Share (0..1) of a paragraph's words from which one source makes it recalled.
    pub recalled: f64,
    /// Share (0..1) of a sentence or sub-paragraph from which it counts as restated on its own.
    pub restated: f64,
}

impl Default for MatchThresholds {
    fn default() -> Self {
        Self { bits: 20.0, recalled: 0.25, restated: 0.60 }
    }
}

impl MatchThresholds {
    /// Bits that shared words must be worth in a library of so many paragraphs.
    pub(super) fn bar(&self, paragraphs: usize) -> f64 {
        self.bits + (paragraphs.max(1) as f64).log2()
    }

    /// True when the words that a draft paragraph shares with an agreed one are no accident in a library of so
    /// many paragraphs.
    pub(super) fn holds(&self, paragraphs: usize, shared: Extent, evidence: f64) -> bool {
        clears(self.bar(paragraphs), shared, evidence)
    }
}

/// The least evidence, in bits, that any words need to clear this bar.
pub(super) fn least(bar: f64) -> f64 {
    bar * (1.0 - LENIENCE)
}

/// True when evidence of so many bits for so many words clears the bar.
pub(super) fn clears(bar: f64, shared: Extent, evidence: f64) -> bool {
    shared.words >= FEWEST_WORDS && evidence >= lowered(bar, shared)
}

/// The bar for words of which so much is shared.
pub(super) fn lowered(bar: f64, shared: Extent) -> f64 {
    bar * (1.0 - LENIENCE * shared.wholeness())
}

/// How much of a draft paragraph's words another text shares.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    /// Words shared.
    pub(super) words: usize,
    /// Words of the longest run among them.
    pub(super) longest: usize,
    /// Words of the draft paragraph.
    pub(super) all: usize,
}

impl Extent {
    /// Of these runs in a draft paragraph of so many words.
    pub(super) fn of(runs: &[Shared], all: usize) -> Self {
        let words = runs.iter().map(|run| run.len).sum();
        Self { words, longest: runs.iter().map(|run| run.len).max().unwrap_or(0), all }
    }

    /// How near (0..1) this is to the whole paragraph, or to a passage that nobody writes twice by accident.
    fn wholeness(self) -> f64 {
        let share = self.words as f64 / self.all.max(1) as f64;
        let passage = if self.longest < SHORTEST_UNIT { 0 } else { self.longest };
        share.max(passage as f64 / WHOLE_PASSAGE).min(1.0)
    }
}

/// A run of so many words counts as carried whole, however long the paragraph around it.
const WHOLE_PASSAGE: f64 = 24.0;

/// How far the bar is lowered for a paragraph that is carried whole: the more of a paragraph stands in
/// one agreed paragraph, the less rare its words need to be.
const LENIENCE: f64 = 0.75;

/// A source that carries little of a paragraph links it all the same when the evidence clears the bar by
/// this factor: then half of an agreed paragraph was rewritten, or some of it quoted.
const EVIDENT: f64 = 2.0;

/// A sentence, sub-paragraph or agreed fragment with fewer words is too short to be restated on its own.
const SHORTEST_UNIT: usize = 12;

/// Share (0..1) of a stretch of the draft that must be carried for it to be a passage taken over.
const PASSAGE: f64 = 0.8;

/// Fewer words than this are a name or a formula even when they are all a paragraph has.
pub(super) const FEWEST_WORDS: usize = 8;

/// At most this many sources beside the first are looked for.
pub(super) const MOST_SOURCES: usize = 6;

/// What sources are picked from, and by what rules.
#[derive(Clone, Copy, Debug)]
pub(super) struct Selecting<'l> {
    pub(super) library: &'l Library,
    pub(super) folding: &'l Folding,
    pub(super) thresholds: &'l MatchThresholds,
    /// Paragraphs of the library, those that are not at hand included.
    pub(super) paragraphs: usize,
}

impl Selecting<'_> {
    /// Picks the sources of a paragraph: among those `waiting` those that carry its words, then among `rewritten`, asked
    /// for only where much is left, those that it was rewritten from.
    pub(super) fn select<'k>(
        &self,
        subject: &Subject<'_>,
        own: &Prepared,
        mut waiting: Waiting<'_, 'k>,
        rewritten: &dyn Fn() -> Vec<Aligned<'k>>,
    ) -> Reuse {
        let Self { library, thresholds, paragraphs, .. } = *self;
        let bar = thresholds.bar(paragraphs);
        let units = units(subject, own);
        let share =
            |candidate: &Aligned<'_>| candidate.count() as f64 / own.keys.len().max(1) as f64;
        let holds = |shared: Extent, evidence: f64| clears(bar, shared, evidence);
        let links = |candidate: &Aligned<'_>| {
            share(candidate) >= thresholds.recalled
                || restates_a_unit(candidate, &units, thresholds.restated)
                || taken_up(candidate) >= thresholds.restated
                || takes_a_passage(candidate)
                || candidate.evidence >= EVIDENT * bar
        };
        let holding = |candidate: &Aligned<'_>| holds(candidate.extent(), candidate.evidence);
        let mut pool = waiting.most(holding);
        if !pool.iter().any(links) {
            pool.extend(waiting.others().into_iter().filter(holding));
            if !pool.iter().any(links) {
                pool.clear();
            }
        }
        let mut owner: Vec<Option<usize>> = vec![None; own.keys.len()];
        let mut chosen: Vec<(Aligned<'_>, usize)> = Vec::new();
        for rank in 0..=MOST_SOURCES {
            let gains: Vec<(Extent, f64)> = pool.iter().map(|c| gain(c, own, &owner)).collect();
            // The first source has been held against the bar; each further one must clear it by what it adds.
            let clears = |at: &usize| {
                gains.get(*at).is_some_and(|(adds, bits)| {
                    adds.words > 0 && (rank == 0 || *bits >= lowered(bar, *adds))
                })
            };
            let mut able: Vec<usize> = (0..pool.len()).filter(clears).collect();
            let words = |at: &usize| gains.get(*at).map_or(0, |(adds, _)| adds.words);
            let most = able.iter().map(words).max().unwrap_or(0);
            able.sort_by_cached_key(|at| {
                standing(subject, library, pool.get(*at), words(at), most)
            });
            let Some(best) = able.first().copied() else { break };
            let credited = words(&best);
            let same = |at: &usize| {
                let pair = pool.get(best).zip(pool.get(*at));
                pair.is_some_and(|(x, y)| same_words(&x.carried, &y.carried))
            };
            able.retain(|at| words(at) == credited && same(at));
            if let Some(candidate) = pool.get(best) {
                credit(candidate, chosen.len(), &mut owner);
            }
            let mut rest = Vec::with_capacity(pool.len());
            let mut tied: Vec<Option<Aligned<'_>>> = vec![None; able.len()];
            for (at, candidate) in pool.into_iter().enumerate() {
                match able.iter().position(|a| *a == at) {
                    Some(place) => tied[place] = Some(candidate),
                    None => rest.push(candidate),
                }
            }
            pool = rest;
            if rank == 0 {
                pool.extend(waiting.beside(&owner, bar).into_iter().filter(holding));
            }
            chosen.extend(tied.into_iter().flatten().map(|candidate| (candidate, rank)));
        }
        let order = |candidate: &Aligned<'_>, words: usize, most: usize| {
            standing(subject, library, Some(candidate), words, most)
        };
        for (candidate, rank) in rewritten::sources(own, &chosen, rewritten, holds, order) {
            credit(&candidate, chosen.len(), &mut owner);
            chosen.push((candidate, rank));
        }
        let credited: Vec<bool> = owner.iter().map(Option::is_some).collect();
        let words = own.words.iter().zip(owner);
        let described = chosen
            .iter()
            .map(|(c, rank)| self.describe(subject.paragraph, own, c, &credited, *rank));
        let mut matches: Vec<Match> = described.collect();
        tell_once(&mut matches);
        Reuse {
            matches,
            words: words.map(|(word, source)| WordSpan { span: word.span, source }).collect(),
        }
    }

    fn describe(
        &self,
        paragraph: &Paragraph,
        own: &Prepared,
        candidate: &Aligned<'_>,
        credited: &[bool],
        rank: usize,
    ) -> Match {
        let agreed = self
            .library
            .entries
            .get(candidate.location.reference)
            .and_then(|entry| entry.text.paragraphs.get(candidate.location.paragraph));
        let words = agreed.map_or_else(Vec::new, |agreed| self.folding.paragraph(agreed));
        let runs: Vec<Run> = candidate
            .runs
            .iter()
            .map(|run| Run {
                draft: span_of(&own.words, run.a, run.len),
                agreed: span_of(&words, run.b, run.len),
                words: run.len,
            })
            .collect();
        // Where (nearly) all shared words lie in one sub-paragraph of the agreed text, that is the source.
        let shared = candidate.kept.as_ref().unwrap_or(&candidate.runs);
        let all: usize = shared.iter().map(|run| run.len).sum();
        let part = agreed.and_then(|agreed| {
            let holds = |part: &&crate::model::Part| {
                let agreed = |run: &&Shared| span_of(&words, run.b, run.len);
                let inside = shared.iter().filter(|run| part.span.contains(agreed(run)));
                let words: usize = inside.map(|run| run.len).sum();
                words as f64 >= MOSTLY * all as f64
            };
            agreed.parts.iter().filter(holds).max_by_key(|part| part.depth)
        });
        let departures = agreed.map_or_else(Vec::new, |agreed| {
            departures(own, (&paragraph.text, &agreed.text), &words, shared, credited)
        });
        Match {
            location: candidate.location,
            coverage: candidate.count() as f64 / own.keys.len().max(1) as f64,
            evidence: candidate.evidence,
            kept: candidate.kept.is_some().then_some(all),
            part: part.map(|part| part.address.clone()),
            reordered: candidate
                .runs
                .windows(2)
                .any(|pair| pair.first().map(|r| r.b) > pair.last().map(|r| r.b)),
            departures,
            runs,
            rank,
        }
    }
}

/// Words that no source carries are an insertion against the first source only.
fn tell_once(matches: &mut [Match]) {
    let told: Vec<Span> = matches
        .iter()
        .filter(|m| m.rank == 0)
        .take(1)
        .flat_map(|m| m.departures.iter().map(|d| d.draft))
        .collect();
    for departures in matches.iter_mut().filter(|m| m.rank > 0).map(|m| &mut m.departures) {
        departures.retain(|d| d.edit != Edit::Insert || !told.contains(&d.draft));
        for departure in departures.iter_mut().filter(|d| told.contains(&d.draft)) {
            departure.edit = Edit::Delete;
            departure.draft.end = departure.draft.start;
        }
    }
}

/// Sentences and sub-paragraphs, as ranges of word indices.
fn units(subject: &Subject<'_>, own: &Prepared) -> Vec<(usize, usize)> {
    let paragraph = subject.paragraph;
    let parts = paragraph.parts.iter().map(|part| part.span);
    let place = |offset: usize| own.words.partition_point(|word| word.span.start < offset);
    sentences(&paragraph.text)
        .into_iter()
        .chain(parts)
        .map(|span| (place(span.start), place(span.end)))
        .filter(|(from, to)| to - from >= SHORTEST_UNIT)
        .collect()
}

fn restates_a_unit(candidate: &Aligned<'_>, units: &[(usize, usize)], restated: f64) -> bool {
    units.iter().any(|(from, to)| {
        let words = candidate.carried.get(*from..*to).unwrap_or_default();
        let carried = words.iter().filter(|c| **c).count();
        carried as f64 >= restated * words.len() as f64
    })
}

/// True when a stretch of the draft of at least twelve words, from one carried word to another, stands in the
/// agreed paragraph: a passage put into a longer paragraph.
fn takes_a_passage(candidate: &Aligned<'_>) -> bool {
    let runs = &candidate.runs;
    (0..runs.len()).any(|from| {
        let mut carried = 0;
        runs.iter().skip(from).any(|run| {
            carried += run.len;
            let long = runs.get(from).map_or(0, |first| run.a + run.len - first.a);
            long >= SHORTEST_UNIT && carried as f64 >= PASSAGE * long as f64
        })
    })
}

/// Share (0..1) of the agreed paragraph that the draft takes up; none of one too short to tell.
fn taken_up(candidate: &Aligned<'_>) -> f64 {
    let agreed = candidate.keys.len();
    let carried: usize = candidate.runs.iter().map(|run| run.len).sum();
    if agreed < SHORTEST_UNIT { 0.0 } else { carried as f64 / agreed as f64 }
}

/// Words, and their evidence, that a candidate carries beyond those already credited.
fn gain(candidate: &Aligned<'_>, own: &Prepared, owner: &[Option<usize>]) -> (Extent, f64) {
    let mut free: Vec<Shared> = Vec::new();
    for run in &candidate.runs {
        let mut from = 0;
        for at in 0..=run.len {
            let taken = owner.get(run.a + at).is_some_and(Option::is_some);
            if at == run.len || taken {
                if at - from >= SHORTEST_RUN {
                    free.push(Shared { a: run.a + from, b: run.b + from, len: at - from });
                }
                from = at + 1;
            }
        }
    }
    (Extent::of(&free, own.keys.len()), own.evidence(&free, candidate.keys.len()))
}

fn credit(candidate: &Aligned<'_>, source: usize, owner: &mut [Option<usize>]) {
    for (slot, carried) in owner.iter_mut().zip(&candidate.carried) {
        if *carried && slot.is_none() {
            *slot = Some(source);
        }
    }
}

/// True when two candidates have nearly the same words of the draft.
pub(super) fn same_words(x: &[bool], y: &[bool]) -> bool {
    let count = |list: &[bool]| list.iter().filter(|slot| **slot).count();
    let both = x.iter().zip(y).filter(|(a, b)| **a && **b).count();
    both * 20 >= count(x).max(count(y)) * 19
}

/// Share of the carried words that must lie in a sub-paragraph for it to be named as the source.
const MOSTLY: f64 = 0.9;

/// How near in words two sources must be for the one that the draft names to come first.
pub(super) const NEARLY: f64 = 0.95;

/// What decides between sources, the least first: whether the draft names it (and it carries nearly as many
/// words as the best), more words, the later adoption, fewer runs, and at last the order of the library, so
/// that ties are stable.
pub(super) type Rank = (usize, Reverse<usize>, Reverse<Option<String>>, usize, Option<Location>);

fn standing(
    subject: &Subject<'_>,
    library: &Library,
    candidate: Option<&Aligned<'_>>,
    words: usize,
    most: usize,
) -> Rank {
    let location = candidate.map(|candidate| candidate.location);
    let reference = location.map(|location| location.reference);
    let named = subject.cited.iter().position(|cited| Some(*cited) == reference);
    // A source that the draft names is its base even where another has a stray word more.
    let near = words as f64 >= NEARLY * most as f64;
    let adopted = reference
        .and_then(|at| library.entries.get(at))
        .and_then(|entry| entry.text.front.adopted.clone());
    let runs = candidate.map_or(usize::MAX, |candidate| candidate.runs.len());
    (named.filter(|_| near).unwrap_or(usize::MAX), Reverse(words), Reverse(adopted), runs, location)
}

fn span_of(words: &[crate::text::Word], from: usize, len: usize) -> Span {
    let start = words.get(from).map_or(0, |word| word.span.start);
    let end = words.get(from + len.max(1) - 1).map_or(start, |word| word.span.end);
    Span::new(start, end)
}
