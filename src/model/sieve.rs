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
    /// Words of the draft paragraph that any alignment can carry, at most.
    pub carried: u32,
    /// Which of its words these are: one bit for each, or for several neighbours in a paragraph of more than 256.
    pub places: [u64; 4],
}

/// What one paragraph of a draft looks for in texts of which is known which word sequences stand in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The paragraph of the draft.
    pub draft: u32,
    /// What is to be shared: runs of three words, or pairs of words.
    pub shares: Shares,
    /// The sequences, each once.
    pub wanted: Vec<Wanted>,
}

/// A word sequence that a paragraph looks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Its key.
    pub key: u64,
    /// What all its places in the paragraph are worth together, in bits: a multiple of 1/256.
    pub bits: f32,
    /// The words of the paragraph that it covers, as in [`Hit::places`].
    pub places: [u64; 4],
}

/// Lets the few paragraphs of a library through that may be a source.
pub trait Sieve: Sync {
    /// Room to work in, one for each thread.
    type Room: Default + Send;

    /// Adds what `text` may be to any paragraph that looks, in a library of at least so many paragraphs.
    fn look(&self, text: &str, least: usize, room: &mut Self::Room, hits: &mut Vec<Hit>);

    /// What is looked for, so that an index can find it: for each paragraph that looks the runs of three words and the
    /// telling pairs that it has. None where every text has to be looked at.
    fn questions(&self) -> Vec<Question> {
        Vec::new()
    }

    /// What a text of so many words may be to one paragraph that looks, given what all sequences of a question that
    /// stand in it are worth together and which words of the paragraph they cover; nothing where it does not count in a
    /// library of so many paragraphs. [`look`](Self::look) finds the same.
    ///
    /// More bits, more places or fewer words never make it less.
    fn weigh(
        &self,
        _question: (u32, Shares),
        _bits: f32,
        _places: [u64; 4],
        _words: usize,
        _paragraphs: usize,
    ) -> Option<Hit> {
        None
    }

    /// Whether a hit counts in a library of so many paragraphs.
    fn holds(&self, hit: &Hit, paragraphs: usize) -> bool;

    /// For each of the texts with these hits the paragraphs that look for whose sake it is to be read closely, in
    /// ascending order; none where it need not be.
    fn worth_reading(&self, texts: &[Vec<Hit>]) -> Vec<Vec<u32>>;
}
