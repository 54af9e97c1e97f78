//! Pairs of revisions in: made ones, of which it is known what became of each paragraph, and real ones; what
//! `compare` misses, and where its redline is not the texts, comes out.
//!
//! The texts are not part of the project: `ADREF_DATA` names their folder, else `../shared/data`. Without
//! them these tests say so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

#[allow(dead_code, reason = "the example uses the rest")]
#[path = "../examples/revisions"]
mod revisions {
    pub(crate) mod annual;
    pub(crate) mod assign;
    pub(crate) mod chance;
    pub(crate) mod edit;
    pub(crate) mod make;
    pub(crate) mod moves;
    pub(crate) mod pool;
    pub(crate) mod score;
    pub(crate) mod sheet;
}
mod support;

use std::fs;
use std::sync::OnceLock;

use adref::compare::compare;
use adref::model::{BORDER, Change, ChangeKind, Comparison, Draft, Op};
use adref::read;

use revisions::annual::yearly;
use revisions::make::{Kind, make};
use revisions::pool::Pool;
use revisions::score::{Rate, Score, score};
use revisions::sheet::Pair;

/// So many pairs of each size.
const PAIRS: [(usize, u64); 2] = [(40, 10), (400, 2)];

/// So many pairs of resolutions that have one title in two years.
const YEARLY: usize = 60;

fn pool() -> Option<&'static Pool> {
    static POOL: OnceLock<Option<Pool>> = OnceLock::new();
    let read = || {
        let folder = support::data().map(|data| data.join("un/akn"))?;
        let places = ["ga/77", "ga/78", "ga/79", "ecosoc"].map(|name| folder.join(name));
        Some(Pool::read(&places)).filter(|pool| !pool.works.is_empty())
    };
    let pool = POOL.get_or_init(read).as_ref();
    if pool.is_none() {
        println!("no official resolutions at hand: set ADREF_DATA to the folder that holds un/akn");
    }
    pool
}

fn pairs(pool: &Pool, kind: Kind) -> Vec<Pair> {
    let seeds = PAIRS.iter().flat_map(|(size, count)| (1..=*count).map(move |seed| (*size, seed)));
    seeds.map(|(size, seed)| make(pool, kind, size, seed).unwrap()).collect()
}

/// Real revisions: successive drafts, and resolutions that have one title in two years.
fn real() -> Vec<(Draft, Draft)> {
    let read = |name: &str| {
        let path = support::data()?.join(name);
        read::read(name, &fs::read(path).ok()?).ok()
    };
    let drafts = [
        ("cop21/2015-10-23.md", "cop21/2015-12-04.md"),
        ("wsis/drafts/swiss-annex.md", "wsis/drafts/swiss-proposal.md"),
    ];
    let mut real: Vec<(Draft, Draft)> =
        drafts.iter().filter_map(|(old, new)| read(old).zip(read(new))).collect();
    let years = pool().map(yearly).unwrap_or_default();
    let step = (years.len() / YEARLY).max(1);
    let years = years.into_iter().step_by(step);
    real.extend(years.map(|(old, new)| (old.draft.clone(), new.draft.clone())));
    real
}

/// What is wrong with a comparison, whatever the drafts.
fn faults(old: &Draft, new: &Draft, comparison: &Comparison) -> Vec<String> {
    let mut faults = Vec::new();
    type Side = (&'static str, usize, fn(&Change) -> &[usize]);
    let sides: [Side; 2] = [
        ("old", old.paragraphs.len(), |change| &change.old),
        ("new", new.paragraphs.len(), |change| &change.new),
    ];
    for (side, count, of) in sides {
        let mut all: Vec<usize> = comparison.changes.iter().flat_map(of).copied().collect();
        all.sort_unstable();
        if all != (0..count).collect::<Vec<_>>() {
            faults.push(format!("not every {side} paragraph stands in one change: {all:?}"));
        }
    }
    for change in &comparison.changes {
        let said = |other: Op| {
            let segments = change.segments.iter().filter(|segment| segment.op != other);
            let wrong = segments.clone().filter_map(|segment| Some((segment, segment.place?)));
            let wrong = wrong.filter(|(segment, place)| {
                let own = if segment.op == Op::Delete { old } else { new };
                place.span.slice(&own.paragraphs[place.paragraph].text) != segment.text
            });
            (segments.map(|s| s.text.as_str()).collect::<String>(), wrong.count())
        };
        let wanted = |draft: &Draft, list: &[usize]| {
            let texts = list.iter().map(|at| draft.paragraphs[*at].text.as_str());
            texts.collect::<Vec<_>>().join(BORDER)
        };
        let ascends = |list: &[usize]| list.windows(2).all(|two| two[0] < two[1]);
        for (draft, list, other) in [(old, &change.old, Op::Insert), (new, &change.new, Op::Delete)]
        {
            let (text, misplaced) = said(other);
            if text != wanted(draft, list) || misplaced > 0 || !ascends(list) {
                faults.push(format!(
                    "{:?} → {:?}: the redline says {text:?}",
                    change.old, change.new
                ));
            }
        }
        if !(0.0..=1.0).contains(&change.similarity) {
            faults.push(format!("{:?} → {:?}: {}", change.old, change.new, change.similarity));
        }
    }
    faults
}

fn assert_sound(old: &Draft, new: &Draft) {
    let faults = faults(old, new, &compare(old, new));
    assert!(faults.is_empty(), "{} → {}:\n  {}", old.path, new.path, faults.join("\n  "));
}

#[test]
fn redlines_of_made_revisions_are_their_texts() {
    let Some(pool) = pool() else { return };
    for pair in Kind::ALL.iter().flat_map(|kind| pairs(pool, *kind)) {
        assert_sound(&pair.old, &pair.new);
        assert_sound(&pair.new, &pair.old);
    }
}

#[test]
fn redlines_of_real_revisions_are_their_texts() {
    for (old, new) in real() {
        assert_sound(&old, &new);
        assert_sound(&new, &old);
    }
}

#[test]
fn a_draft_is_its_own_revision_unchanged() {
    for (draft, _) in real() {
        let comparison = compare(&draft, &draft);
        let changed = comparison.changes.iter().find(|change| {
            change.kind != ChangeKind::Unchanged || change.old != change.new || change.renumbered
        });
        assert!(changed.is_none(), "{}: {changed:?}", draft.path);
        assert!(comparison.is_identical(), "{}", draft.path);
    }
}

#[test]
fn the_same_drafts_compare_alike_every_time() {
    let Some(pool) = pool() else { return };
    for pair in pairs(pool, Kind::Hard) {
        let said = || format!("{:?}", compare(&pair.old, &pair.new));
        assert!(said() == said());
    }
}

#[test]
fn every_paragraph_of_a_made_pair_has_one_truth() {
    let Some(pool) = pool() else { return };
    for pair in Kind::ALL.iter().flat_map(|kind| pairs(pool, *kind)) {
        let mut old: Vec<usize> = pair.truth.iter().flat_map(|t| t.old.iter().copied()).collect();
        let mut new: Vec<usize> = pair.truth.iter().flat_map(|t| t.new.iter().copied()).collect();
        old.sort_unstable();
        new.sort_unstable();
        assert_eq!(old, (0..pair.old.paragraphs.len()).collect::<Vec<_>>());
        assert_eq!(new, (0..pair.new.paragraphs.len()).collect::<Vec<_>>());
    }
}

/// A comparison that says exactly what is true, but for its redlines.
fn told(pair: &Pair) -> Comparison {
    let change = |truth: &revisions::sheet::Truth| Change {
        kind: truth.kind,
        old: truth.old.clone(),
        new: truth.new.clone(),
        renumbered: false,
        moved: truth.kind == ChangeKind::Moved,
        similarity: 1.0,
        segments: Vec::new(),
        acts: Vec::new(),
        footnotes: Vec::new(),
        agreed: None,
    };
    Comparison { changes: pair.truth.iter().map(change).collect(), ..Comparison::default() }
}

#[test]
fn the_truth_scores_full_and_less_scores_less() {
    let Some(pool) = pool() else { return };
    for pair in Kind::ALL.iter().flat_map(|kind| pairs(pool, *kind)) {
        let mut told = told(&pair);
        let full = score(&pair, &told);
        let rates = [full.paired, full.strict, full.kinds].into_iter();
        for rate in rates.chain(full.recall).chain(full.precision) {
            assert_eq!(rate.right, rate.of);
        }
        assert!(full.wrong.is_empty());
        // A split paragraph of which a piece went astray is no longer found.
        let Some(at) = told.changes.iter().position(|c| c.kind == ChangeKind::Split) else {
            continue;
        };
        let piece = told.changes[at].new.pop().unwrap();
        told.changes[at].kind = ChangeKind::Edited;
        let added = Change {
            kind: ChangeKind::Added,
            old: Vec::new(),
            new: vec![piece],
            ..told.changes[at].clone()
        };
        told.changes.push(added);
        let less = score(&pair, &told);
        assert!(
            less.paired.right < full.paired.right && less.recall[1].right < full.recall[1].right
        );
    }
}

/// What a comparison says that pairs as is true, and calls moved the fewest paragraphs that explain the order.
fn fewest_moves(pair: &Pair) -> Comparison {
    let mut told = told(pair);
    let mut single: Vec<usize> = (0..told.changes.len())
        .filter(|at| told.changes[*at].old.len() == 1 && told.changes[*at].new.len() == 1)
        .collect();
    single.sort_by_key(|at| told.changes[*at].new[0]);
    let old: Vec<usize> = single.iter().map(|at| told.changes[*at].old[0]).collect();
    // For each, how many ascend up to it, and the one before it.
    let mut chains: Vec<(usize, Option<usize>)> = Vec::new();
    for at in 0..old.len() {
        let before = (0..at).filter(|b| old[*b] < old[at]).max_by_key(|b| chains[*b].0);
        chains.push((before.map_or(0, |b| chains[b].0) + 1, before));
    }
    let mut at = (0..old.len()).max_by_key(|at| chains[*at].0);
    let mut stays = vec![false; old.len()];
    while let Some(index) = at {
        stays[index] = true;
        at = chains[index].1;
    }
    for (at, stays) in single.into_iter().zip(stays) {
        let change = &mut told.changes[at];
        let same = pair.classes[0][change.old[0]] == pair.classes[1][change.new[0]];
        change.kind = match (stays, same) {
            (false, _) => ChangeKind::Moved,
            (true, true) => ChangeKind::Unchanged,
            (true, false) => ChangeKind::Edited,
        };
    }
    told
}

#[test]
fn the_fewest_moves_are_as_good_as_those_made() {
    let Some(pool) = pool() else { return };
    let mut sum = Score::default();
    for pair in Kind::ALL.iter().flat_map(|kind| pairs(pool, *kind)) {
        sum.join(&score(&pair, &fewest_moves(&pair)));
    }
    let [recall, precision] = [sum.recall[0], sum.precision[0]];
    println!("moved: {recall:?} found, {precision:?} true, kinds {:?}", sum.kinds);
    // No floor for `compare` is above what the fewest moves reach.
    assert!(recall.share() >= 0.98 && precision.share() >= 0.98 && sum.kinds.share() >= 0.99);
}

/// The score over all pairs of a kind.
fn total(kind: Kind) -> Option<Score> {
    let mut sum = Score::default();
    for pair in pairs(pool()?, kind) {
        sum.join(&score(&pair, &compare(&pair.old, &pair.new)));
    }
    Some(sum)
}

fn assert_floors(kind: Kind, paired: f64, (found, right): (f64, f64)) {
    let Some(total) = total(kind) else { return };
    let mut rates: Vec<(String, Rate, f64)> = vec![
        ("paired".to_owned(), total.paired, paired),
        ("kinds".to_owned(), total.kinds, 0.97),
        ("headings".to_owned(), total.headings, 0.98),
    ];
    for (nth, name) in ["moved", "split", "merged"].into_iter().enumerate() {
        rates.push((format!("{name}, found"), total.recall[nth], found));
        rates.push((format!("{name}, true"), total.precision[nth], right));
    }
    let below: Vec<String> = rates
        .iter()
        .filter(|(_, rate, floor)| rate.share() < *floor)
        .map(|(name, rate, floor)| format!("{name}: {} of {}, floor {floor}", rate.right, rate.of))
        .collect();
    assert!(below.is_empty(), "{}:\n  {}", kind.word(), below.join("\n  "));
}

#[test]
fn plain_revisions_are_understood() {
    assert_floors(Kind::Plain, 0.99, (0.98, 0.97));
}

#[test]
fn hard_revisions_are_understood() {
    // Drafts full of near-duplicates, of which some were rewritten: which of two moved is often anyone's guess.
    assert_floors(Kind::Hard, 0.98, (0.85, 0.85));
}
