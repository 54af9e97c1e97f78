//! Two drafts and the links between their paragraphs in; what became of their headings out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::settle::{Offer, settle};
use super::side::Side;
use crate::model::{ChangeKind, Heading, HeadingChange};
use crate::text::{Folding, KeyMap, in_place, window_key};

/// Two headings are one where the share (0..1) of their words that both have, and the share of the paragraphs below
/// them that are linked, are so much together: a heading is known by its words or by what stands below it.
const LEAST: f64 = 0.5;

/// More headings than this on either side are compared by the paragraphs below them only.
const MOST: usize = 200;

/// A heading with what it is known by.
struct Known<'d> {
    heading: &'d Heading,
    /// Its folded words, ascending.
    words: Vec<u64>,
    /// How many paragraphs stand between it and the next heading.
    below: usize,
}

/// What became of every heading of both drafts, in the order of the new text; what was removed stands behind what
/// stood before it.
pub(super) fn headings(old: &Side, new: &Side, links: &[(usize, usize)]) -> Vec<HeadingChange> {
    let (olds, news) = (known(old), known(new));
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (o, n) in links {
        if let (Some(a), Some(b)) = (above(old, *o), above(new, *n)) {
            *shared.entry((b, a)).or_default() += 1;
        }
    }
    if olds.len().max(news.len()) <= MOST {
        (0..news.len()).for_each(|n| {
            (0..olds.len()).for_each(|o| {
                shared.entry((n, o)).or_default();
            })
        });
    } else {
        by_words(&olds, &news).into_iter().for_each(|pair| {
            shared.entry(pair).or_default();
        });
    }
    let offers: Vec<Offer> = shared
        .iter()
        .filter_map(|((n, o), links)| {
            let alike = alike(olds.get(*o)?, news.get(*n)?, *links);
            (alike >= LEAST).then_some(Offer { old: *o, new: *n, worth: SCALE * alike })
        })
        .collect();
    let pairs = settle(&offers, olds.len());
    let stays = in_place(&pairs, |n| news.get(n).map_or(0, |heading| heading.below));
    in_order(&olds, &news, &pairs, &stays)
}

/// Worths are of the size of bits, as `settle` expects them.
const SCALE: f64 = 100.0;

fn known<'d>(side: &Side<'d>) -> Vec<Known<'d>> {
    let headings = &side.draft.headings;
    let all = side.draft.paragraphs.len();
    let known = headings.iter().enumerate().map(|(at, heading)| {
        let mut words = Folding::general().keys(&heading.text);
        words.sort_unstable();
        let next = headings.get(at + 1).map_or(all, |next| next.before);
        Known { heading, words, below: next.saturating_sub(heading.before) }
    });
    known.collect()
}

/// The heading that a paragraph stands below.
fn above(side: &Side, paragraph: usize) -> Option<usize> {
    side.draft.headings.partition_point(|heading| heading.before <= paragraph).checked_sub(1)
}

/// Headings with the same words, of two long lists.
fn by_words(olds: &[Known], news: &[Known]) -> Vec<(usize, usize)> {
    let mut places: KeyMap<usize> = KeyMap::default();
    for (at, heading) in olds.iter().enumerate() {
        places.entry(window_key(&heading.words)).or_insert(at);
    }
    let same =
        |(at, heading): (usize, &Known)| Some((at, *places.get(&window_key(&heading.words))?));
    news.iter().enumerate().filter_map(same).collect()
}

/// How much two headings are one: by their words, by the paragraphs below them, and a little by their level.
fn alike(old: &Known, new: &Known, links: usize) -> f64 {
    let mut others = new.words.iter().peekable();
    let both = old.words.iter().filter(|word| {
        while others.next_if(|other| other < word).is_some() {}
        others.next_if_eq(word).is_some()
    });
    let share = |both: usize, all: usize| 2.0 * both as f64 / all.max(1) as f64;
    let words = share(both.count(), old.words.len() + new.words.len());
    let below = share(links, old.below + new.below).min(1.0);
    let level = if old.heading.level == new.heading.level { 0.05 } else { 0.0 };
    if words + below > 0.0 { words + below + level } else { 0.0 }
}

fn in_order(
    olds: &[Known],
    news: &[Known],
    pairs: &[(usize, usize)],
    stays: &[bool],
) -> Vec<HeadingChange> {
    let mut came: Vec<HeadingChange> = (0..news.len())
        .map(|n| HeadingChange { kind: ChangeKind::Added, old: None, new: Some(n) })
        .collect();
    let mut gone = vec![true; olds.len()];
    // For each old heading that stayed, where it stands now.
    let mut stayed: Vec<(usize, usize)> = Vec::new();
    for ((o, n), stays) in pairs.iter().zip(stays) {
        let same = olds.get(*o).map(|h| &h.heading.text) == news.get(*n).map(|h| &h.heading.text);
        let kind = match (stays, same) {
            (false, _) => ChangeKind::Moved,
            (true, false) => ChangeKind::Edited,
            (true, true) => ChangeKind::Unchanged,
        };
        came.iter_mut()
            .skip(*n)
            .take(1)
            .for_each(|change| (change.kind, change.old) = (kind, Some(*o)));
        gone.iter_mut().skip(*o).take(1).for_each(|gone| *gone = false);
        if *stays {
            stayed.push((*o, *n));
        }
    }
    let mut out: Vec<(usize, HeadingChange)> =
        came.into_iter().enumerate().map(|(n, change)| (2 * n + 1, change)).collect();
    for o in (0..gone.len()).filter(|o| gone.get(*o) == Some(&true)) {
        let behind = stayed
            .iter()
            .filter(|(other, _)| *other < o)
            .max_by_key(|(other, n)| (*other, Reverse(*n)));
        let place = behind.map_or(0, |(_, n)| 2 * n + 2);
        out.push((place, HeadingChange { kind: ChangeKind::Removed, old: Some(o), new: None }));
    }
    out.sort_by_key(|(place, _)| *place);
    out.into_iter().map(|(_, change)| change).collect()
}
