//! Two drafts in; the paragraphs that have the same words on both sides, paired, out.

use super::side::Side;
use crate::text::KeyMap;

/// Paragraphs that are repeated more often than this on either side are paired in their order; of fewer, which became
/// which is settled together with all others.
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
    for (olds, news) in groups.values() {
        if olds.len().max(news.len()) <= FEW && worded(olds) {
            continue;
        }
        let olds = olds.iter().filter(|o| paired.old[**o].is_none());
        let news = news.iter().filter(|n| paired.new[**n].is_none());
        let rest: Vec<(usize, usize)> = olds.copied().zip(news.copied()).collect();
        rest.into_iter().for_each(|(o, n)| paired.pair(o, n));
    }
    paired.pairs()
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
