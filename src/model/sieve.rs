//! What drafts look for in; which paragraphs of a library too large to be held are worth reading, out.

/// What a piece of agreed text may be to one paragraph of a draft, at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The paragraph of the draft, counted over all drafts that look.
    pub draft: u32,
    /// Evidence, in bits, that any alignment of the two can give.
    pub evidence: f32,
    /// Words of the draft paragraph that any alignment can carry, at most.
    pub carried: u32,
    /// Which of its words these are: one bit for each, or for several neighbours in a paragraph of more than 256.
    pub places: [u64; 4],
}

/// A sequence that a paragraph looks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Its index among all that are looked for.
    pub sequence: u32,
    /// What all its places in the paragraph are worth together, in bits: a multiple of 1/256.
    pub bits: f32,
    /// The words of the paragraph that it covers, as in [`Hit::places`].
    pub places: [u64; 4],
}

/// Lets the few paragraphs of a library through that may be a source.
pub trait Sieve: Sync {
    /// Room to work in, one for each thread.
    type Room: Default + Send;

    /// The keys of the three-word sequences looked for, each once, in ascending order; none where texts can only be
    /// looked through one by one.
    fn sequences(&self) -> &[u64];

    /// Adds what `text` may be to any paragraph that looks, in a library of at least so many paragraphs.
    fn look(&self, text: &str, least: usize, room: &mut Self::Room, hits: &mut Vec<Hit>);

    /// For each paragraph that looks: the [`sequences`](Self::sequences) it looks for, by their index, and what all
    /// places of each are worth to it, in bits.
    ///
    /// Empty where texts can only be looked through one by one.
    fn wanted(&self) -> Vec<Vec<Wanted>> {
        Vec::new()
    }

    /// What a text of so many words may be to one paragraph that looks, given what all sequences that stand in it are
    /// worth together and which words of the paragraph they cover; nothing where it does not count in a library of so
    /// many paragraphs. [`look`](Self::look) finds the same.
    ///
    /// More bits, more places or fewer words never make it less.
    fn weigh(
        &self,
        _draft: u32,
        _bits: f32,
        _places: [u64; 4],
        _words: usize,
        _paragraphs: usize,
    ) -> Option<Hit> {
        None
    }

    /// Whether a hit counts in a library of so many paragraphs.
    fn holds(&self, hit: &Hit, paragraphs: usize) -> bool;

    /// For each of the texts with these hits the paragraphs that look for whose sake it is to be read closely; none
    /// where it need not be.
    fn worth_reading(&self, texts: &[Vec<Hit>]) -> Vec<Vec<u32>>;
}
