//! What drafts look for in; which paragraphs of a library too large to be held are worth reading, out.

/// What is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shares {
    /// Runs of words, carried over as they stand.
    Runs,
    /// Pairs of words that a thorough rewriting may have left.
    Pairs,
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
    /// Words of the draft paragraph that any alignment can carry.
    pub carried: u32,
    /// Which of its words these are: one bit for each, or for several neighbours in a paragraph of more than 256.
    pub places: [u64; 4],
}

/// Lets the few paragraphs of a library through that may be a source.
pub trait Sieve: Sync {
    /// Room to work in, one for each thread.
    type Room: Default + Send;

    /// Adds what `text` may be to any paragraph that looks, in a library of at least so many paragraphs.
    fn look(&self, text: &str, least: usize, room: &mut Self::Room, hits: &mut Vec<Hit>);

    /// Whether a hit counts in a library of so many paragraphs.
    fn holds(&self, hit: &Hit, paragraphs: usize) -> bool;

    /// Which of the texts with these hits are to be read closely.
    fn worth_reading(&self, texts: &[Vec<Hit>]) -> Vec<bool>;
}
