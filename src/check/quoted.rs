//! A quotation and the document it is given to in; where its words stand there, or how it departs from them, out.

use crate::model::{Draft, Edit, Paragraph, Span};
use crate::text::{Folding, Shared, Word, only_speaker, shared_runs};

/// A quotation of no more words than this may have none left in a row of three.
const SHORT: usize = 12;

/// Words in a row that tell where a quotation is from.
const RUN: usize = 3;

/// From this share (0..1) of its words on, in runs of three, a quotation is from a paragraph, and misquotes it.
const FROM: f64 = 0.5;

/// What stands in the place of words that a quotation leaves out, and of those that its editor put in.
const GAP: char = '…';

/// A quotation with a sign in every place where it says that it is not the source's: what stands in square brackets was put
/// in or changed, and three points leave something out. A letter that opens a word in brackets is the source's, in another
/// case, "\[t\]he"; of a word that goes on in brackets, "State\[s\]", nothing is.
pub(super) fn claimed(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let bracketed = if c == '[' { after.split_once(']') } else { None };
        if let Some((inside, behind)) = bracketed {
            let goes_on = behind.starts_with(char::is_alphanumeric);
            let stem = out.trim_end_matches(char::is_alphanumeric).len();
            if stem == out.len() && goes_on && is_letter(inside) {
                out.push_str(inside);
                rest = behind;
            } else {
                out.truncate(stem);
                out.push(GAP);
                rest = behind.trim_start_matches(char::is_alphanumeric);
            }
        } else if rest.starts_with("...") || rest.starts_with(". . .") {
            out.push(GAP);
            rest = rest.trim_start_matches(['.', ' ']);
        } else {
            out.push(c);
            rest = after;
        }
    }
    out
}

fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// The stretches of a quotation that claim to be the source's own words; see [`claimed`].
pub(super) fn pieces(claimed: &str) -> impl Iterator<Item = &str> {
    claimed.split(GAP).filter(|piece| piece.contains(char::is_alphanumeric))
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
    pub(super) fn of(folding: &Folding, source: &'t Draft) -> Self {
        let paragraphs = source.paragraphs.iter().enumerate();
        let words: Vec<(usize, Word)> = paragraphs
            .flat_map(|(at, paragraph)| {
                folding.paragraph(paragraph).into_iter().map(move |word| (at, word))
            })
            .collect();
        let keys = words.iter().map(|(_, word)| word.key).collect();
        Self { source, keys, words }
    }

    /// True where the pieces stand in the text, each without a gap, in this order.
    pub(super) fn has(&self, pieces: &[Vec<u64>]) -> bool {
        stand_in(&self.keys, pieces)
    }

    /// True where they stand in one paragraph, with the lines without a number that go on from it.
    pub(super) fn has_in_one(&self, pieces: &[Vec<u64>]) -> bool {
        let goes_on = |at: usize| self.source.paragraphs.get(at).is_none_or(|p| p.number.is_none());
        let all: Vec<(usize, std::ops::Range<usize>)> = self.paragraphs().collect();
        all.chunk_by(|_, (own, _)| goes_on(*own)).any(|group| {
            let ends = group.first().zip(group.last());
            let words = ends.and_then(|((_, a), (_, b))| self.keys.get(a.start..b.end));
            words.is_some_and(|words| stand_in(words, pieces))
        })
    }

    /// The paragraph that most words of a quotation are from, if it is half of them, and of several the one that is meant. In a
    /// short one that is given to the document in so many words, pairs of words tell it too, where they stand close together.
    pub(super) fn nearest(
        &self,
        quoted: &[Word],
        text: &str,
        is_direct: bool,
        is_meant: impl Fn(&Paragraph) -> bool,
    ) -> Option<Nearest<'t>> {
        let own: Vec<u64> = quoted.iter().map(|word| word.key).collect();
        let of = |range: &std::ops::Range<usize>| self.keys.get(range.clone()).unwrap_or_default();
        let best = |run: usize, most: usize| {
            let near = self.paragraphs().filter(|(_, range)| {
                let runs = shared_runs(&own, of(range), run);
                let shared: usize = runs.iter().map(|run| run.len).sum();
                let ends = runs.first().zip(runs.last());
                let reach = ends.map_or(0, |(first, last)| last.b + last.len - first.b);
                reach <= most && shared as f64 >= FROM * own.len() as f64
            });
            near.max_by_key(|(at, range)| {
                let runs = aligned(&own, of(range), text.contains(GAP));
                let shared: usize = runs.iter().map(|run| run.len).sum();
                let is_meant = self.source.paragraphs.get(*at).is_some_and(&is_meant);
                (shared, is_meant, std::cmp::Reverse(*at))
            })
        };
        let close = || best(RUN - 1, own.len() + RUN);
        let is_short = is_direct && own.len() <= SHORT;
        let (at, range) = best(RUN, usize::MAX).or_else(|| is_short.then(close).flatten())?;
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

/// The edits between a paragraph and the stretch of an agreed one that it is from, in words.
pub(super) fn differences(folding: &Folding, own: &Paragraph, agreed: &Paragraph) -> String {
    let words = |paragraph: &Paragraph| folding.paragraph(paragraph);
    let theirs: Vec<(usize, Word)> = words(agreed).into_iter().map(|word| (0, word)).collect();
    let told = edits(&words(own), &own.text, &theirs, &agreed.text);
    if told.is_empty() { "lets somebody else speak".to_owned() } else { told }
}

/// So many edits are told one by one.
const MOST_TOLD: usize = 3;

/// The edits between a quotation and the stretch of the agreed paragraph that it is from, in words.
fn edits(quoted: &[Word], text: &str, agreed: &[(usize, Word)], agreed_text: &str) -> String {
    let own: Vec<u64> = quoted.iter().map(|word| word.key).collect();
    let theirs: Vec<u64> = agreed.iter().map(|(_, word)| word.key).collect();
    let gapped = text.contains(GAP);
    let runs = aligned(&own, &theirs, gapped);
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
        // Where the quotation says that it leaves words out, only as many are replaced as it puts in.
        let put_in = a - before.0;
        let from = if has_gap(quoted, text, before.0) {
            before.1.max(b.saturating_sub(put_in))
        } else {
            before.1
        };
        let to = if has_gap(quoted, text, a) { b.min(from + put_in) } else { b };
        let same_words = own.get(before.0..a) == theirs.get(from..to);
        let new = stretch(quoted.iter(), before.0..a).slice(text).trim();
        let old = stretch(agreed.iter().map(|(_, word)| word), from..to).slice(agreed_text).trim();
        let edit = match (old.is_empty(), new.is_empty()) {
            _ if same_words => None,
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

/// True where a quotation says that it leaves something out before its word `at`.
fn has_gap(quoted: &[Word], text: &str, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| quoted.get(before));
    let between = before.zip(quoted.get(at)).map(|(a, b)| Span::new(a.span.end, b.span.start));
    between.is_some_and(|between| between.slice(text).contains(GAP))
}

/// At its ends a quotation may leave out as many words as it has there, and so many more.
const SLACK: usize = 2;

/// The words of a quotation and of an agreed paragraph that stand for one another: the longest runs first, then what is
/// left between them, so that a "the" somewhere else in the paragraph is not taken for the one that was quoted.
fn aligned(own: &[u64], theirs: &[u64], gapped: bool) -> Vec<Shared> {
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
    // Before the first run and behind the last the quotation is from about as many words as it has there itself.
    let reach = |words: usize| match words {
        0 => 0,
        _ if gapped => theirs.len(),
        _ => words * 2 + SLACK,
    };
    let mut from = (0, 0);
    for (at, run) in anchors.iter().enumerate() {
        let start = if at == 0 { (0, run.b.saturating_sub(reach(run.a))) } else { from };
        fill(start, (run.a, run.b), &mut out);
        out.push(*run);
        from = (run.a + run.len, run.b + run.len);
    }
    let ahead = own.len().saturating_sub(from.0);
    let end = (from.1 + reach(ahead)).min(theirs.len());
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
