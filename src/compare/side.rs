//! A draft in; its paragraphs as folded words, with one key for each whole paragraph, out.

use rayon::prelude::*;

use crate::model::{Draft, Paragraph};
use crate::text::{Folding, Word, window_key};

/// Fewer paragraphs than this are compared by one thread: to wake others takes longer.
pub(super) const FEW: usize = 64;

/// A draft made ready to be compared.
#[derive(Debug)]
pub(super) struct Side<'d> {
    pub(super) draft: &'d Draft,
    /// One for each paragraph.
    pub(super) texts: Vec<Text>,
}

/// The words of a paragraph.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) words: Vec<Word>,
    /// One key for all of them in their order: the same for paragraphs that differ only in how words are written. Where
    /// there are none, as in a placeholder, it is that of the characters.
    pub(super) key: u64,
}

impl<'d> Side<'d> {
    pub(super) fn new(draft: &'d Draft, folding: &Folding) -> Self {
        let text = |paragraph| Text::new(paragraph, folding);
        let paragraphs = &draft.paragraphs;
        let texts = if paragraphs.len() < FEW {
            paragraphs.iter().map(text).collect()
        } else {
            paragraphs.par_iter().map(text).collect()
        };
        Self { draft, texts }
    }

    /// The number printed before a paragraph.
    pub(super) fn number(&self, at: usize) -> Option<&'d str> {
        self.paragraph(at)?.number.as_deref()
    }

    pub(super) fn paragraph(&self, at: usize) -> Option<&'d Paragraph> {
        self.draft.paragraphs.get(at)
    }
}

impl Text {
    fn new(paragraph: &Paragraph, folding: &Folding) -> Self {
        let words = folding.paragraph(paragraph);
        let key = match words.as_slice() {
            [] => {
                let shown = paragraph.text.chars().filter(|c| !c.is_whitespace());
                shown.fold(1, |key, c| window_key(&[key, u64::from(c)]))
            }
            words => words.iter().fold(0, |key, word| window_key(&[key, word.key])),
        };
        Self { words, key }
    }
}
