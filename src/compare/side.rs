//! Two drafts in; the paragraphs of each as folded words, with one key for each whole paragraph, out.

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::model::{Draft, Paragraph};
use crate::text::{Folding, KeyMap, Word, window_key};

/// Fewer paragraphs than this are compared by one thread: to wake others takes longer.
pub(super) const FEW: usize = 64;

/// A draft made ready to be compared.
#[derive(Debug)]
pub(super) struct Side<'d> {
    pub(super) draft: &'d Draft,
    /// What counts as the same word.
    folding: &'d Folding,
    /// One for each paragraph.
    pub(super) texts: Vec<Text>,
}

/// What is known of the words of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// How many they are.
    pub(super) count: usize,
    /// One key for all of them in their order: the same for paragraphs that differ only in how words are written. Where
    /// there are none, as in a placeholder, it is that of the characters.
    pub(super) key: u64,
    /// Those of a paragraph that stands to the character in both drafts are told only where they are asked for.
    words: OnceLock<Vec<Word>>,
}

/// Makes both drafts ready. What stands in both to the character is looked at once.
pub(super) fn sides<'d>(
    old: &'d Draft,
    new: &'d Draft,
    folding: &'d Folding,
) -> (Side<'d>, Side<'d>) {
    let twins = twins(old, new);
    let mut doubled = vec![false; old.paragraphs.len()];
    for at in twins.iter().flatten() {
        doubled.iter_mut().skip(*at).take(1).for_each(|slot| *slot = true);
    }
    let olds = texts(old, |at, paragraph| match doubled.get(at) {
        Some(true) => Text::counted(paragraph, folding),
        _ => Text::told(paragraph, folding),
    });
    let news = texts(new, |at, paragraph| match twins.get(at) {
        Some(Some(_)) => Text::default(),
        _ => Text::told(paragraph, folding),
    });
    let mut new = Side { draft: new, folding, texts: news };
    for (text, twin) in new.texts.iter_mut().zip(twins) {
        if let Some(same) = twin.and_then(|at| olds.get(at)) {
            (text.count, text.key) = (same.count, same.key);
        }
    }
    (Side { draft: old, folding, texts: olds }, new)
}

/// For each paragraph of the new draft one of the old draft that is the same to the character, where it is easily found.
fn twins(old: &Draft, new: &Draft) -> Vec<Option<usize>> {
    let mut places: KeyMap<usize> = KeyMap::default();
    places.reserve(old.paragraphs.len());
    for (at, paragraph) in old.paragraphs.iter().enumerate() {
        places.entry(sample(&paragraph.text)).or_insert(at);
    }
    let twin = |paragraph: &Paragraph| {
        let at = *places.get(&sample(&paragraph.text))?;
        let Paragraph { text, parts, .. } = old.paragraphs.get(at)?;
        (*text == paragraph.text && *parts == paragraph.parts).then_some(at)
    };
    new.paragraphs.iter().map(twin).collect()
}

/// A key of the length of a text, and of a few bytes at its ends and in its middle.
fn sample(text: &str) -> u64 {
    let eight = |at: usize| {
        let bytes = text.as_bytes().get(at..).and_then(|rest| rest.first_chunk());
        bytes.map_or(0, |eight| u64::from_le_bytes(*eight))
    };
    let len = text.len();
    window_key(&[len as u64, eight(0), eight(len / 2), eight(len.saturating_sub(8))])
}

/// A text for each paragraph, as `make` has it for its index.
fn texts(draft: &Draft, make: impl Fn(usize, &Paragraph) -> Text + Sync) -> Vec<Text> {
    let paragraphs = &draft.paragraphs;
    let text = |(at, paragraph): (usize, &Paragraph)| make(at, paragraph);
    if paragraphs.len() < FEW {
        paragraphs.iter().enumerate().map(text).collect()
    } else {
        paragraphs.par_iter().enumerate().map(text).collect()
    }
}

impl<'d> Side<'d> {
    /// The number printed before a paragraph.
    pub(super) fn number(&self, at: usize) -> Option<&'d str> {
        self.paragraph(at)?.number.as_deref()
    }

    pub(super) fn paragraph(&self, at: usize) -> Option<&'d Paragraph> {
        self.draft.paragraphs.get(at)
    }

    /// The words of a paragraph.
    pub(super) fn words(&self, at: usize) -> &[Word] {
        let (Some(text), Some(paragraph)) = (self.texts.get(at), self.paragraph(at)) else {
            return &[];
        };
        text.words.get_or_init(|| self.folding.paragraph(paragraph))
    }
}

impl Text {
    /// With its words at hand.
    fn told(paragraph: &Paragraph, folding: &Folding) -> Self {
        let words = folding.paragraph(paragraph);
        let key = words.iter().fold(0, |key, word| window_key(&[key, word.key]));
        let (count, words) = (words.len(), OnceLock::from(words));
        Self { count, key: or_of_characters(count, key, paragraph), words }
    }

    /// Without its words.
    fn counted(paragraph: &Paragraph, folding: &Folding) -> Self {
        let (mut count, mut key) = (0, 0);
        folding.each_of_paragraph(paragraph, |word| {
            count += 1;
            key = window_key(&[key, word.key]);
        });
        Self { count, key: or_of_characters(count, key, paragraph), words: OnceLock::new() }
    }
}

/// The key of `count` words, or where there are none, that of the characters.
fn or_of_characters(count: usize, key: u64, paragraph: &Paragraph) -> u64 {
    if count > 0 {
        return key;
    }
    let shown = paragraph.text.chars().filter(|c| !c.is_whitespace());
    shown.fold(1, |key, c| window_key(&[key, u64::from(c)]))
}
