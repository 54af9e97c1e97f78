//! What drafts look for in; which paragraphs of a library too large to be held are worth reading, out.

use std::ops::BitOrAssign;

/// What is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shares {
    /// Runs of words, carried over as they stand.
    Runs,
    /// Pairs of words that a thorough rewriting may have left.
    Pairs,
}

/// Words of one paragraph of a draft: a bit for each, or for several neighbours where there are more words than bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places([u64; 4]);

impl Places {
    /// How many there are.
    pub const COUNT: usize = 256;

    /// Every place.
    pub const ALL: Self = Self([u64::MAX; 4]);

    /// Adds a place.
    #[inline]
    pub fn add(&mut self, place: usize) {
        if let Some(slot) = self.0.get_mut(place / 64) {
            *slot |= 1 << (place % 64);
        }
    }

    /// Whether a place is among them.
    #[inline]
    pub fn has(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|slot| slot >> (place % 64) & 1 == 1)
    }

    /// Whether some are in both.
    #[inline]
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).any(|(own, other)| own & other != 0)
    }

    /// The places, in ascending order.
    #[inline]
    pub fn iter(&self) -> InOrder {
        InOrder { left: *self, slot: 0 }
    }

    /// How many are among them.
    pub fn count(&self) -> usize {
        self.0.iter().map(|slot| slot.count_ones() as usize).sum()
    }

    /// These and, after each of them, the next.
    #[must_use]
    pub fn and_next(self) -> Self {
        let [a, b, c, d] = self.0;
        let next = |slot: u64, before: u64| slot | slot << 1 | before >> 63;
        Self([next(a, 0), next(b, a), next(c, b), next(d, c)])
    }
}

impl BitOrAssign for Places {
    fn bitor_assign(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(all, own)| *all |= own);
    }
}

/// The places of [`Places`], in ascending order.
#[derive(Clone, Debug)]
pub struct InOrder {
    left: Places,
    slot: usize,
}

impl Iterator for InOrder {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        loop {
            let bits = self.left.0.get_mut(self.slot)?;
            if *bits != 0 {
                let bit = bits.trailing_zeros() as usize;
                *bits &= *bits - 1;
                return Some(64 * self.slot + bit);
            }
            self.slot += 1;
        }
    }
}

/// What a piece of agreed text may be to one paragraph of a draft, at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The paragraph of the draft, counted over all drafts that look.
    pub draft: u32,
    /// What the two share.
    pub shares: Shares,
    /// Evidence, in bits, that any alignment of the two can give.
    pub evidence: f32,
    /// Words of the draft paragraph that any alignment can carry, at most.
    pub carried: u32,
    /// Which of its words these are.
    pub places: Places,
}

/// Lets the few paragraphs of a library through that may be a source.
pub trait Sieve: Sync {
    /// Room to work in, one for each thread.
    type Room: Default + Send;

    /// Adds what `text` may be to any paragraph that looks, in a library of at least so many paragraphs.
    ///
    /// What cannot be among the best beside the texts that the same room was used for may be left out; a text is shown to
    /// a room once.
    fn look(&self, text: &str, least: usize, room: &mut Self::Room, hits: &mut Vec<Hit>);

    /// What is looked for, where an index can find it; else every text has to be looked at.
    fn sequences(&self) -> Option<&dyn BySequences> {
        None
    }

    /// The same for what is looked for by its words.
    fn words(&self) -> Option<&dyn ByWords> {
        None
    }

    /// Whether a hit counts in a library of so many paragraphs.
    fn holds(&self, hit: &Hit, paragraphs: usize) -> bool;

    /// For each of the texts with these hits the paragraphs that look for whose sake it is to be read closely, in
    /// ascending order; none where it need not be.
    fn worth_reading(&self, texts: &[Vec<Hit>]) -> Vec<Vec<u32>>;
}

/// What the paragraphs of drafts look for, said so that an index can find it: the word sequences that stand in them.
pub trait BySequences: Sync {
    /// For each paragraph that looks its sequences, each once: runs of three words, or telling pairs.
    fn wanted(&self, shares: Shares) -> Vec<Vec<Wanted>>;

    /// What all sequences that a text shares with a paragraph must be worth together, in 256ths of a bit, to count in a
    /// library of so many paragraphs, however few words the text has, when they begin at no more than so many words.
    fn least(&self, looking: (u32, Shares), starts: usize, paragraphs: usize) -> u32;

    /// Of the agreed paragraphs that share enough with one that looks those worth a close look, with what they may be,
    /// in a library of so many paragraphs; `words` tells how many words each has.
    fn best(
        &self,
        looking: (u32, Shares),
        sharers: &mut dyn Sharers,
        words: &dyn Fn(u32) -> usize,
        paragraphs: usize,
    ) -> Vec<(u32, Hit)>;

    /// Whether runs of words account for a paragraph, so that its pairs need not be looked for.
    fn account_for(&self, draft: u32, runs: &[(u32, Hit)]) -> bool;
}

/// What is looked for by single words, said so that an index can leave texts alone that cannot have enough of them.
pub trait ByWords: Sync {
    /// For each that looks its words, where every text let through can be found by them; `forms` are the written forms
    /// of the library's words, in which what is misspelt can be looked up.
    fn sought(&self, forms: &dyn Forms) -> Option<Vec<Sought>>;

    /// Where only so many texts are worth reading, those with the best evidence, their number. What words are worth is
    /// then no less than the evidence of any hit that has them, in 256ths.
    fn most_texts(&self) -> Option<usize> {
        None
    }
}

/// The written forms of a library's words.
pub trait Forms {
    /// Tells each different form, in small letters, with the key of its word. Words with a digit are left out.
    fn each(&self, tell: &mut dyn FnMut(&str, u64));
}

/// Words that a text must have to be let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The words, or what may stand in the place of each.
    pub words: Vec<AnyOf>,
    /// What those that a text has must be worth together; more than 0.
    pub least: u32,
}

impl Sought {
    /// The parts of a bit, or of whatever evidence is counted in, in which words are weighed.
    pub const PARTS: f64 = 256.0;
}

/// Words of which one is as good as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnyOf {
    /// Their keys; each is a rare word (`text::is_rare`), since an index keeps no others.
    pub keys: Vec<u64>,
    /// What it is worth to have one of them.
    pub worth: u32,
}

/// A word sequence that a paragraph looks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Its key.
    pub key: u64,
    /// What all its places in the paragraph are worth together, in 256ths of a bit.
    pub worth: u32,
    /// The words of the paragraph that it begins with.
    pub starts: Places,
}

/// The agreed paragraphs that share enough sequences with one that looks, told as far as they are asked for, and each
/// once.
pub trait Sharers {
    /// So many of them, or all where they are fewer: what shares most comes first, and of equals the lower number.
    fn most(&mut self, count: usize) -> Vec<Sharing>;

    /// All others that share as much as `least` says, in 256ths of a bit, of the places of one of their sequences; what
    /// shares most comes first.
    fn others(&mut self, least: &dyn Fn(Places) -> u32) -> Vec<Sharing>;
}

/// All sequences that an agreed paragraph shares with one that looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sharing {
    /// The number of the agreed paragraph.
    pub number: u32,
    /// What they are worth together, in 256ths of a bit.
    pub worth: u32,
    /// The words that they begin with, where they are runs.
    pub starts: Places,
}
