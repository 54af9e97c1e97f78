//! A quotation and the document it is given to in; where its words stand there, or how it departs from them, out.

use super::case::Case;
use crate::model::{Draft, Edit, Paragraph, Span};
use crate::text::{Shared, Word, only_speaker, shared_runs};

/// A quotation of no more words than this may have none left in a row of three.
const SHORT: usize = 12;

/// Words in a row that tell where a quotation is from.
const RUN: usize = 3;

/// From this share (0..1) of its words on, in runs of three, a quotation is from a paragraph, and misquotes it.
const FROM: f64 = 0.5;

/// The stretches of a quotation that claim to be the source's own words: what stands in square brackets was put in, and
/// three points leave something out. A letter in brackets is the source's, in another case: "\[t\]he".
pub(super) fn pieces(words: &str) -> impl Iterator<Item = String> {
    let mut pieces = vec![String::new()];
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let inside = if c == '[' { after.split_once(']') } else { None };
        match inside {
            Some((letter, after)) if letter.chars().count() == 1 => {
                pieces.last_mut().into_iter().for_each(|piece| piece.push_str(letter));
                rest = after;
            }
            Some((_, after)) => {
                pieces.push(String::new());
                rest = after;
            }
            None if c == '…' => {
                pieces.push(String::new());
                rest = after;
            }
            None if rest.starts_with("...") || rest.starts_with(". . .") => {
                pieces.push(String::new());
                rest = rest.trim_start_matches(['.', ' ']);
            }
            None => {
                pieces.last_mut().into_iter().for_each(|piece| piece.push(c));
                rest = after;
            }
        }
    }
    pieces.into_iter().filter(|piece| piece.contains(char::is_alphanumeric))
}

/// The words with single letters taken out of their brackets: "\[t\]he" is "the".
pub(super) fn unbracketed(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        rest = match after.split_once(']') {
            Some((letter, behind)) if letter.chars().count() == 1 => {
                out.push_str(letter);
                behind
            }
            _ => {
                out.push('[');
                after
            }
        };
    }
    out + rest
}

/// The words of a whole document in a row, with the paragraph of each.
pub(super) struct Held<'t> {
    pub(super) source: &'t Draft,
    pub(super) keys: Vec<u64>,
    words: Vec<(usize, Word)>,
}

/// The agreed paragraph that a quotation is nearly from, and how it differs.
pub(super) struct Nearest<'t> {
    pub(super) paragraph: &'t Paragraph,
    /// In words; empty where only the speaker differs: "acknowledges" for "We acknowledge".
    pub(super) told: String,
}

impl<'t> Held<'t> {
    pub(super) fn of(case: &Case<'_>, source: &'t Draft) -> Self {
        let paragraphs = source.paragraphs.iter().enumerate();
        let words: Vec<(usize, Word)> = paragraphs
            .flat_map(|(at, paragraph)| {
                case.folding.paragraph(paragraph).into_iter().map(move |word| (at, word))
            })
            .collect();
        let keys = words.iter().map(|(_, word)| word.key).collect();
        Self { source, keys, words }
    }

    /// True where the pieces stand in the text, each without a gap, in this order.
    pub(super) fn has(&self, pieces: &[Vec<u64>]) -> bool {
        stand_in(&self.keys, pieces)
    }

    /// The paragraph that most words of a quotation are from, if it is half of them. In a short one that is given to the
    /// document in so many words, pairs of words tell it too, where they stand close together.
    pub(super) fn nearest(
        &self,
        quoted: &[Word],
        text: &str,
        is_direct: bool,
    ) -> Option<Nearest<'t>> {
        let own: Vec<u64> = quoted.iter().map(|word| word.key).collect();
        let best = |run: usize, most: usize| {
            let shares = self.paragraphs().map(|(at, range)| {
                let agreed = self.keys.get(range.clone()).unwrap_or_default();
                let runs = shared_runs(&own, agreed, run);
                let shared: usize = runs.iter().map(|run| run.len).sum();
                let ends = runs.first().zip(runs.last());
                let reach = ends.map_or(0, |(first, last)| last.b + last.len - first.b);
                (at, range, if reach <= most { shared } else { 0 })
            });
            let best = shares.max_by_key(|(_, _, shared)| *shared);
            best.filter(|(.., shared)| *shared as f64 >= FROM * own.len() as f64)
        };
        let close = || best(RUN - 1, own.len() + RUN);
        let is_short = is_direct && own.len() <= SHORT;
        let (at, range, _) = best(RUN, usize::MAX).or_else(|| is_short.then(close).flatten())?;
        let paragraph = self.source.paragraphs.get(at)?;
        let agreed = self.words.get(range)?;
        Some(Nearest { paragraph, told: edits(quoted, text, agreed, &paragraph.text) })
    }

    /// Where in the row of words each paragraph stands.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
        let mut from = 0;
        self.words.chunk_by(|(a, _), (b, _)| a == b).filter_map(move |words| {
            let range = from..from + words.len();
            from = range.end;
            Some((words.first()?.0, range))
        })
    }
}

/// So many edits are told one by one.
const MOST_TOLD: usize = 3;

/// The edits between a quotation and the stretch of the agreed paragraph that it is from, in words.
fn edits(quoted: &[Word], text: &str, agreed: &[(usize, Word)], agreed_text: &str) -> String {
    let own: Vec<u64> = quoted.iter().map(|word| word.key).collect();
    let theirs: Vec<u64> = agreed.iter().map(|(_, word)| word.key).collect();
    let runs = aligned(&own, &theirs);
    // Words before the first shared one, or behind the last, are left out by every quotation.
    let head = runs.first().map_or(0, |run| run.b.saturating_sub(run.a));
    let tail = runs.last().map_or(0, |run| run.b + run.len + (own.len() - run.a - run.len));
    let tail = tail.min(theirs.len());
    // Nor does a word at either end stand for one of another sentence.
    let parted = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| agreed.get(before));
        let between =
            before.zip(agreed.get(*at)).map(|(a, b)| Span::new(a.1.span.end, b.1.span.start));
        between.is_some_and(|between| between.slice(agreed_text).contains(['.', ';', '\n']))
    };
    let opens = runs.first().map_or(0, |run| run.b);
    let closes = runs.last().map_or(0, |run| run.b + run.len);
    let head = (head + 1..=opens).rev().find(parted).unwrap_or(head);
    let tail = (closes..tail).find(parted).unwrap_or(tail);
    let mut told = Vec::new();
    let mut before = (0, head);
    let ends = [(own.len(), tail, 0)];
    for (a, b, len) in runs.iter().map(|run| (run.a, run.b, run.len)).chain(ends) {
        let new = stretch(quoted.iter(), before.0..a).slice(text).trim();
        let old =
            stretch(agreed.iter().map(|(_, word)| word), before.1..b).slice(agreed_text).trim();
        let edit = match (old.is_empty(), new.is_empty()) {
            (true, true) => None,
            (true, false) => Some(Edit::Insert),
            (false, true) => Some(Edit::Delete),
            (false, false) => Some(Edit::Replace),
        };
        // The act a quotation begins with may be said by somebody else; no other word may change.
        let same = before.0 == 0 && edit == Some(Edit::Replace) && only_speaker(old, new);
        told.extend(edit.map(|edit| (edit.done(old, new), same)));
        before = (a + len, b + len);
    }
    if told.is_empty() {
        return "takes them in another order".to_owned();
    }
    let told = told.into_iter().filter(|(_, same)| !same).map(|(told, _)| told);
    let mut told: Vec<String> = told.collect();
    let more = told.len().saturating_sub(MOST_TOLD);
    told.truncate(MOST_TOLD);
    match more {
        0 => {}
        1 => told.push("and 1 more edit".to_owned()),
        _ => told.push(format!("and {more} more edits")),
    }
    told.join(", ")
}

/// At its ends a quotation may leave out so many words more than it puts in.
const SLACK: usize = 2;

/// The words of a quotation and of an agreed paragraph that stand for one another: the longest runs first, then what is
/// left between them, so that a "the" somewhere else in the paragraph is not taken for the one that was quoted.
fn aligned(own: &[u64], theirs: &[u64]) -> Vec<Shared> {
    let coarse = [RUN, RUN - 1, 1].map(|run| shared_runs(own, theirs, run));
    let anchors = coarse.into_iter().find(|runs| !runs.is_empty()).unwrap_or_default();
    let mut out: Vec<Shared> = Vec::new();
    let fill = |from: (usize, usize), to: (usize, usize), out: &mut Vec<Shared>| {
        let (a, b) = (own.get(from.0..to.0), theirs.get(from.1..to.1));
        let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
        out.extend(shared_runs(a, b, 1).into_iter().map(|run| Shared {
            a: run.a + from.0,
            b: run.b + from.1,
            len: run.len,
        }));
    };
    let mut from = (0, 0);
    for (at, run) in anchors.iter().enumerate() {
        // Before the first run the quotation is from about as many words as it has there itself.
        let start = if at == 0 { (0, run.b.saturating_sub(run.a + SLACK)) } else { from };
        fill(start, (run.a, run.b), &mut out);
        out.push(*run);
        from = (run.a + run.len, run.b + run.len);
    }
    let ahead = own.len().saturating_sub(from.0);
    let end = (from.1 + ahead + if ahead > 0 { SLACK } else { 0 }).min(theirs.len());
    fill(from, (own.len(), end), &mut out);
    out
}

/// True where the pieces stand among the words, each without a gap, in this order.
pub(super) fn stand_in(words: &[u64], pieces: &[Vec<u64>]) -> bool {
    let mut from = 0;
    pieces.iter().all(|piece| {
        let rest = words.get(from..).unwrap_or_default();
        let found = piece.is_empty().then_some(0);
        let found =
            found.or_else(|| rest.windows(piece.len().max(1)).position(|window| window == piece));
        from += found.map_or(0, |at| at + piece.len());
        found.is_some()
    })
}

/// The place of some words in their text.
fn stretch<'w>(words: impl Iterator<Item = &'w Word>, range: std::ops::Range<usize>) -> Span {
    let spans: Vec<Span> =
        words.skip(range.start).take(range.len()).map(|word| word.span).collect();
    match (spans.first(), spans.last()) {
        (Some(first), Some(last)) => Span::new(first.start, last.end),
        _ => Span::default(),
    }
}
