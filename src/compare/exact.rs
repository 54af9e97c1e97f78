//! Two drafts in; the paragraphs that have the same words on both sides, paired, out.

use super::side::Side;
use crate::text::{KeyMap, in_place};

/// Paragraphs that are repeated more often than this on either side are paired in their order between the same
/// neighbours; of fewer, and of those left over, which became which is settled together with all others.
const FEW: usize = 12;

/// Pairs of paragraphs with the same words. Those that stand once on each side are paired wherever they stand; of
/// repeated ones, those beside such a pair.
pub(super) fn pairs(old: &Side, new: &Side) -> Vec<(usize, usize)> {
    let mut groups: KeyMap<(Vec<usize>, Vec<usize>)> = KeyMap::default();
    let key = |side: &Side, at: usize| side.texts.get(at).map(|text| text.key);
    for at in 0..old.texts.len() {
        key(old, at).into_iter().for_each(|own| groups.entry(own).or_default().0.push(at));
    }
    for at in 0..new.texts.len() {
        key(new, at).into_iter().for_each(|own| groups.entry(own).or_default().1.push(at));
    }
    let mut paired = Paired::new(old.texts.len(), new.texts.len());
    for (olds, news) in groups.values() {
        if let ([o], [n]) = (olds.as_slice(), news.as_slice()) {
            paired.pair(*o, *n);
        }
    }
    // Beside a pair: the same words after it, and before it.
    let same = |o: usize, n: usize| key(old, o).is_some() && key(old, o) == key(new, n);
    for n in 0..new.texts.len() {
        if let Some(o) = paired.of_new(n)
            && same(o + 1, n + 1)
        {
            paired.pair(o + 1, n + 1);
        }
    }
    for n in (1..new.texts.len()).rev() {
        if let Some(o) = paired.of_new(n)
            && o > 0
            && same(o - 1, n - 1)
        {
            paired.pair(o - 1, n - 1);
        }
    }
    let worded = |at: &[usize]| {
        at.first().and_then(|at| old.texts.get(*at)).is_some_and(|text| text.count > 0)
    };
    let gaps = Gaps::new(&paired.pairs(), new);
    for (olds, news) in groups.values() {
        if olds.len().max(news.len()) <= FEW && worded(olds) {
            continue;
        }
        let olds = olds.iter().filter(|o| paired.old[**o].is_none()).map(|o| (gaps.of_old(*o), *o));
        let news = news.iter().filter(|n| paired.new[**n].is_none()).map(|n| (gaps.of_new(*n), *n));
        let mut news = news.peekable();
        let mut same = Vec::new();
        for (gap, o) in olds {
            while news.next_if(|(other, _)| *other < gap).is_some() {}
            same.extend(news.next_if(|(other, _)| *other == gap).map(|(_, n)| (o, n)));
        }
        same.into_iter().for_each(|(o, n)| paired.pair(o, n));
    }
    paired.pairs()
}

/// What lies between the pairs that kept their place: equal paragraphs in one gap are one another.
struct Gaps {
    olds: Vec<usize>,
    news: Vec<usize>,
}

impl Gaps {
    fn new(pairs: &[(usize, usize)], new: &Side) -> Self {
        let stays = in_place(pairs, |n| new.texts.get(n).map_or(0, |text| text.count));
        let kept = pairs.iter().zip(stays).filter(|(_, stays)| *stays).map(|(pair, _)| *pair);
        let (olds, news) = kept.unzip();
        Self { olds, news }
    }

    fn of_old(&self, at: usize) -> usize {
        self.olds.partition_point(|kept| *kept < at)
    }

    fn of_new(&self, at: usize) -> usize {
        self.news.partition_point(|kept| *kept < at)
    }
}

struct Paired {
    old: Vec<Option<usize>>,
    new: Vec<Option<usize>>,
}

impl Paired {
    fn new(old: usize, new: usize) -> Self {
        Self { old: vec![None; old], new: vec![None; new] }
    }

    fn of_new(&self, n: usize) -> Option<usize> {
        self.new.get(n).copied().flatten()
    }

    /// Pairs two paragraphs, unless one of them is paired already.
    fn pair(&mut self, o: usize, n: usize) {
        if let (Some(a @ None), Some(b @ None)) = (self.old.get_mut(o), self.new.get_mut(n)) {
            *a = Some(n);
            *b = Some(o);
        }
    }

    fn pairs(&self) -> Vec<(usize, usize)> {
        self.new.iter().enumerate().filter_map(|(n, o)| o.map(|o| (o, n))).collect()
    }
}
