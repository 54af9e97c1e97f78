//! Names with their meanings in; the longest name that stands at a token, with its meaning, out.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::fold::Folded;
use super::token::{Kind, Token, Tokens};

/// What a name or word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// An instrument, by its index in the gazetteer.
    Instrument(usize),
    /// An organ, by its index in the gazetteer.
    Organ(usize),
    /// A word that points at a part of a document, by its index in the gazetteer's part words.
    Part(usize),
    /// A word that announces resolution numbers, or decision numbers where true.
    Number(bool),
    /// "ibid."
    Ibid,
    /// "the same resolution".
    Same,
    /// "the previous paragraph".
    Neighbour,
    /// The beginning of document symbols.
    Series,
}

/// One meaning of the words that lead to a place in the trie.
#[derive(Clone, Debug)]
struct Ending {
    meaning: Meaning,
    /// The letters in which the words must end, where case counts.
    exact: Option<Box<str>>,
}

/// Names by their words. Case and hyphens within a name do not count; its commas may be left out, all of them.
#[derive(Debug, Default)]
pub(super) struct Trie {
    steps: HashMap<(u32, u64), u32, BuildHasherDefault<Mixer>>,
    ends: Vec<Vec<Ending>>,
}

/// Mixes the two numbers of a step; they are hashes already.
#[derive(Debug, Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(29) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// True for the mark that a name may have or lack.
fn is_ignored(token: Token) -> bool {
    token.kind == Kind::Mark(b'-')
}

/// A name as it is looked for.
pub(super) struct Name<'n> {
    pub(super) words: &'n str,
    /// True when case counts throughout.
    pub(super) exact: bool,
}

impl<'n> Name<'n> {
    /// A name of the data files, where `=` asks for exactly these letters.
    pub(super) fn of_data(name: &'n str) -> Self {
        match name.strip_prefix('=') {
            Some(words) => Self { words, exact: true },
            None => Self { words: name, exact: is_acronym(name) },
        }
    }

    /// A name people gave a reference: a single word counts in its own letters only.
    pub(super) fn of_library(name: &'n str) -> Self {
        let bare = name.strip_prefix("the ").unwrap_or(name);
        Self { words: name, exact: is_acronym(name) || !bare.contains([' ', '-']) }
    }
}

fn is_acronym(name: &str) -> bool {
    name.len() <= 8 && name.bytes().all(|b| b.is_ascii_uppercase())
}

impl Trie {
    /// Adds a name; false when it holds no word.
    pub(super) fn add(&mut self, name: &Name, meaning: Meaning) -> bool {
        if name.words.contains(',') {
            let bare = name.words.replace(',', "");
            self.add(&Name { words: &bare, exact: name.exact }, meaning);
        }
        let Some((node, exact)) = self.place(name) else { return false };
        match self.ends.get_mut(node) {
            Some(endings) => endings.push(Ending { meaning, exact }),
            None => return false,
        }
        true
    }

    /// The instrument a name leads to already.
    pub(super) fn instrument(&mut self, name: &Name) -> Option<usize> {
        let (node, exact) = self.place(name)?;
        self.ends.get(node)?.iter().find_map(|ending| match ending.meaning {
            Meaning::Instrument(i) if exact.is_none() || ending.exact == exact => Some(i),
            _ => None,
        })
    }

    /// The place a name leads to, made where it is missing, and its letters where they count.
    fn place(&mut self, name: &Name) -> Option<(usize, Option<Box<str>>)> {
        let folded = Folded::new(name.words);
        let tokens = Tokens::new(&folded.text);
        if self.ends.is_empty() {
            self.ends.push(Vec::new());
        }
        let mut node = 0;
        for token in (0..tokens.len()).filter_map(|i| tokens.get(i)).filter(|t| !is_ignored(*t)) {
            let next = u32::try_from(self.ends.len()).ok()?;
            node = *self.steps.entry((node, token.hash)).or_insert_with(|| {
                self.ends.push(Vec::new());
                next
            });
        }
        let end = folded.text.trim();
        let exact = name.exact.then(|| end.strip_prefix("the ").unwrap_or(end).into());
        (node > 0).then_some((usize::try_from(node).ok()?, exact))
    }

    /// The longest name that begins at token `i`: what it means, and the token after it.
    ///
    /// A symbol's beginning counts only where its symbol goes on.
    pub(super) fn longest(&self, tokens: &Tokens, i: usize) -> Option<(Meaning, usize)> {
        let first = tokens.get(i)?;
        let mut node = *self.steps.get(&(0, first.hash))?;
        let mut best = None;
        let mut at = i + 1;
        loop {
            for ending in self.ends.get(usize::try_from(node).ok()?).into_iter().flatten() {
                let last = tokens.get(at - 1)?;
                let words = tokens.text.get(first.start..last.end).unwrap_or_default();
                if ending.exact.as_ref().is_none_or(|exact| words.ends_with(&**exact)) {
                    let symbol = tokens.joined(at)
                        && [b'/', b'.', b'-'].iter().any(|mark| tokens.is_mark(at, *mark));
                    match ending.meaning {
                        Meaning::Series if !symbol => {}
                        Meaning::Series => return Some((Meaning::Series, at)),
                        meaning => best = Some((meaning, at)),
                    }
                }
            }
            while tokens.get(at).is_some_and(is_ignored) {
                at += 1;
            }
            let Some(next) = tokens.get(at) else { break };
            let Some(step) = self.steps.get(&(node, next.hash)) else { break };
            node = *step;
            at += 1;
        }
        best
    }
}
