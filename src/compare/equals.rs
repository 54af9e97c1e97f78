//! Pairs, and what else has the same words, in; the pairs with which fewest of these moved, out.

use super::side::Side;
use crate::text::{KeyMap, in_place};

/// So many paragraphs with the same words are tried for a pair that moved: thousands of them must not make the search
/// quadratic.
const MOST: usize = 12;

/// Lets paragraphs with the same words take one another's part wherever one that moved then stands in its place; what
/// the pairs share is what it was. Paragraphs that were split or merged, linked more than once, stay as they are. Links
/// are by the new paragraph.
pub(super) fn untangled(links: &mut [(usize, usize)], old: &Side, new: &Side) {
    Tangle::new(links, old, new).untangle();
    turn(links);
    Tangle::new(links, new, old).untangle();
    turn(links);
}

/// Sees the links from the other side, by what is now the second of each.
fn turn(links: &mut [(usize, usize)]) {
    links.iter_mut().for_each(|link| *link = (link.1, link.0));
    links.sort_unstable_by_key(|(a, b)| (*b, *a));
}

/// Links of which another paragraph may stand for the first one.
struct Tangle<'s> {
    links: &'s mut [(usize, usize)],
    first: &'s Side<'s>,
    /// The pairs that stay, ascending on both sides.
    stay: Vec<(usize, usize)>,
    /// Those that moved: where in `links`, and the second of each.
    moved: Vec<(usize, usize)>,
    /// What holds each paragraph of the first side.
    held: Vec<Held>,
}

#[derive(Clone, Copy, PartialEq)]
enum Held {
    ByNone,
    /// By a pair that stays, or by parts.
    Firmly,
    /// By this link, which moved.
    Moved(usize),
}

impl<'s> Tangle<'s> {
    fn new(links: &'s mut [(usize, usize)], first: &'s Side<'s>, second: &Side) -> Self {
        let once = |of: fn(&(usize, usize)) -> usize, side: &Side| {
            let mut times = vec![0u8; side.texts.len()];
            for at in links.iter().map(of) {
                times
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|times| *times = times.saturating_add(1));
            }
            move |at: usize| times.get(at) == Some(&1)
        };
        let (first_once, second_once) = (once(|link| link.0, first), once(|link| link.1, second));
        let alone = links.iter().copied().enumerate();
        let alone: Vec<(usize, (usize, usize))> =
            alone.filter(|(_, (a, b))| first_once(*a) && second_once(*b)).collect();
        let pairs: Vec<(usize, usize)> = alone.iter().map(|(_, pair)| *pair).collect();
        let stays = in_place(&pairs, |b| second.texts.get(b).map_or(0, |text| text.count));
        let mut held = vec![Held::ByNone; first.texts.len()];
        let mut hold = |a: usize, by: Held| held.iter_mut().skip(a).take(1).for_each(|h| *h = by);
        links.iter().for_each(|(a, _)| hold(*a, Held::Firmly));
        let (mut stay, mut moved) = (Vec::with_capacity(pairs.len()), Vec::new());
        for ((at, (a, b)), stays) in alone.into_iter().zip(stays) {
            if stays {
                stay.push((a, b));
            } else {
                moved.push((at, b));
                hold(a, Held::Moved(at));
            }
        }
        Self { links, first, stay, moved, held }
    }

    fn untangle(mut self) {
        if self.moved.is_empty() {
            return;
        }
        let equals = self.equals();
        for (at, b) in std::mem::take(&mut self.moved) {
            let Some(a) = self.links.get(at).map(|(a, _)| *a) else { continue };
            let equal = self.key(a).and_then(|key| equals.get(&key));
            let Some(fits) = equal.and_then(|equal| self.that_fits(equal, b)) else { continue };
            let before = self.held.get(fits).copied();
            if let Some(Held::Moved(other)) = before {
                self.links.iter_mut().skip(other).take(1).for_each(|link| link.0 = a);
            }
            self.hold(a, before.unwrap_or(Held::ByNone));
            self.links.iter_mut().skip(at).take(1).for_each(|link| link.0 = fits);
            self.hold(fits, Held::Firmly);
            self.stay.insert(self.before(b), (fits, b));
        }
    }

    /// For the words of each pair that moved, by their key, all their places on the first side, ascending.
    fn equals(&self) -> KeyMap<Vec<usize>> {
        let mut equals: KeyMap<Vec<usize>> = KeyMap::default();
        let own = self.moved.iter().filter_map(|(at, _)| self.links.get(*at));
        equals.extend(own.filter_map(|(a, _)| Some((self.key(*a)?, Vec::new()))));
        for (at, text) in self.first.texts.iter().enumerate() {
            equals.entry(text.key).and_modify(|places| places.push(at));
        }
        equals
    }

    /// One of `equal` that would stand in its place beside `b`, and that no pair which stays has.
    fn that_fits(&self, equal: &[usize], b: usize) -> Option<usize> {
        let behind = self.before(b);
        let low = behind.checked_sub(1).and_then(|at| self.stay.get(at)).map_or(0, |(a, _)| a + 1);
        let high = self.stay.get(behind).map_or(usize::MAX, |(a, _)| *a);
        let from = equal.partition_point(|a| *a < low);
        let between = equal.iter().skip(from).take(MOST).take_while(|a| **a < high);
        let is_open = |a: &&usize| !matches!(self.held.get(**a), Some(Held::Firmly) | None);
        between.copied().find(|a| is_open(&a))
    }

    /// How many of the pairs that stay stand before `b`.
    fn before(&self, b: usize) -> usize {
        self.stay.partition_point(|(_, own)| *own < b)
    }

    fn key(&self, a: usize) -> Option<u64> {
        self.first.texts.get(a).map(|text| text.key)
    }

    fn hold(&mut self, a: usize, held: Held) {
        self.held.iter_mut().skip(a).take(1).for_each(|slot| *slot = held);
    }
}
