//! Words that stand in the file one behind the other, as in a cell or a note, and what becomes of them, in; the edits out.

use std::ops::Range;

use super::figures;
use crate::model::{Op, Segment};
use crate::report::docx::patch::{Anchor, Edits, Put};
use crate::report::docx::story::Story;
use crate::report::docx::units::NOWHERE;

/// Edits, until it is known that all of them can be made.
#[derive(Default)]
pub(super) struct Passage {
    pub(super) deleted: Vec<Range<usize>>,
    pub(super) put: Vec<(Anchor, String)>,
    /// Paragraphs of which the mark is taken out.
    pub(super) joined: Vec<usize>,
}

impl Passage {
    /// Makes them, where no others are made in the same words.
    pub(super) fn into_edits(self, edits: &mut Edits) {
        edits.deleted.extend(self.deleted);
        for (anchor, words) in self.put {
            edits.put.entry(anchor).or_default().push(Put::Words(words));
        }
        edits.joined.extend(self.joined);
    }
}

/// What stays, goes and comes, with whole figures and whole symbols: who reads `A/78/49` in the place of `A/77/62` should not
/// have to put it together.
pub(super) fn segments(old: &str, new: &str) -> Vec<Segment> {
    symbols(&figures::whole(&figures::segments(old, new)))
}

/// Puts symbols of documents together that a change cuts: words with a stroke in them.
fn symbols(segments: &[Segment]) -> Vec<Segment> {
    let mut out = Vec::with_capacity(segments.len());
    // What goes and what comes since the last words that stay.
    let (mut gone, mut come) = (String::new(), String::new());
    let flush = |gone: &mut String, come: &mut String, out: &mut Vec<Segment>| {
        for (op, text) in [(Op::Delete, gone), (Op::Insert, come)] {
            if !text.is_empty() {
                out.push(figures::piece(op, std::mem::take(text)));
            }
        }
    };
    for (at, segment) in segments.iter().enumerate() {
        let text = segment.text.as_str();
        match segment.op {
            Op::Delete => gone.push_str(text),
            Op::Insert => come.push_str(text),
            Op::Equal => {
                let next = segments.get(at + 1..).unwrap_or_default();
                let next: Vec<&str> = next
                    .iter()
                    .take_while(|s| s.op != Op::Equal)
                    .map(|s| s.text.as_str())
                    .collect();
                let goes_on = |word: &str| !word.is_empty() && !word.starts_with(is_stop);
                let begins = |word: &str| {
                    let mut next = next.iter().map(|next| first(next)).filter(|n| goes_on(n));
                    !word.is_empty() && next.any(|next| is_symbol(&(word.to_owned() + next)))
                };
                let ends = |word: &str| {
                    let mut sides = [&gone, &come].into_iter().filter(|side| !side.is_empty());
                    goes_on(word) && sides.any(|side| is_symbol(&(last(side).to_owned() + word)))
                };
                let whole = !next.is_empty() && first(text) == text && begins(text);
                let head = if whole { text } else { first(text).trim_end_matches(is_stop) };
                let head = if ends(head) { head } else { "" };
                let rest = text.strip_prefix(head).unwrap_or_default();
                let tail = if begins(last(rest)) { last(rest) } else { "" };
                let kept = rest.strip_suffix(tail).unwrap_or_default();
                [&mut gone, &mut come].iter_mut().for_each(|side| side.push_str(head));
                if !kept.is_empty() {
                    flush(&mut gone, &mut come, &mut out);
                    out.push(figures::piece(Op::Equal, kept.to_owned()));
                }
                [&mut gone, &mut come].iter_mut().for_each(|side| side.push_str(tail));
            }
        }
    }
    flush(&mut gone, &mut come, &mut out);
    out
}

/// The first word of a text, and the last; empty where white space stands there.
fn first(text: &str) -> &str {
    text.split(char::is_whitespace).next().unwrap_or_default()
}

fn last(text: &str) -> &str {
    text.rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// What ends a sentence or a part of it, and no symbol.
fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | ')' | ']')
}

/// True for a word with a stroke that does not only part two words, as in `and/or`.
fn is_symbol(word: &str) -> bool {
    word.contains('/') && word.contains(|c: char| c.is_ascii_digit())
}

/// The edits that make the new words of the old ones, whose characters stand at these places; none where they cannot be made.
pub(super) fn changed(
    story: &Story<'_>,
    (old, places): (&str, &[usize]),
    (new, segments): (&str, &[Segment]),
    edits: &mut Passage,
) -> Option<()> {
    // What Word prints before the words cannot be taken out.
    places.first().filter(|place| **place != NOWHERE)?;
    let mut made = Passage::default();
    if within(segments, places, &mut made).is_some() {
        edits.deleted.extend(made.deleted);
        edits.put.extend(made.put);
        return Some(());
    }
    // Words of several paragraphs change together.
    let own = old.char_indices().filter_map(|(at, c)| {
        let place = places.get(at).copied().filter(|place| *place != NOWHERE)?;
        Some((place, c))
    });
    let there: Vec<(usize, char)> = own.collect();
    let mut paras: Vec<usize> =
        there.iter().filter_map(|(place, _)| story.run_at(*place).map(|run| run.para)).collect();
    paras.dedup();
    let last = there.iter().map(|(place, _)| *place).max()?;
    edits.deleted.extend(there.iter().map(|(place, c)| *place..place + c.len_utf8()));
    edits.put.push((Anchor::Behind(last), new.to_owned()));
    edits.joined.extend(paras.split_last()?.1);
    Some(())
}

/// The edits of words of one paragraph.
fn within(segments: &[Segment], places: &[usize], edits: &mut Passage) -> Option<()> {
    let mut anchor = None;
    let mut at = 0;
    for segment in segments {
        if segment.op == Op::Insert {
            let next = || {
                let rest = places.get(at..).unwrap_or_default().iter();
                rest.copied().find(|place| *place != NOWHERE).map(Anchor::Before)
            };
            if !segment.text.is_empty() {
                edits.put.push((anchor.or_else(next)?, segment.text.clone()));
            }
            continue;
        }
        for c in segment.text.chars() {
            let place = places.get(at).copied()?;
            at += c.len_utf8();
            if place != NOWHERE {
                anchor = Some(Anchor::Behind(place));
            }
            match segment.op {
                Op::Delete if place == NOWHERE => return None,
                Op::Delete => edits.deleted.push(place..place + c.len_utf8()),
                _ => {}
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_stay_whole() {
        for (old, new, wanted) in [
            ("Resolution 75/202.", "Resolution 76/189.", "Resolution [75/202|76/189]."),
            (
                "See A/77/62-E/2022/8, para. 3",
                "See A/78/62-E/2023/49, para. 3",
                "See [A/77/62-E/2022/8|A/78/62-E/2023/49], para. 3",
            ),
            ("and 75/202 and 76/1.", "and 75/203 and 76/1.", "and [75/202|75/203] and 76/1."),
            ("70/1 and/or 70/2", "70/1 and/or 70/3, annex", "70/1 and/or [70/2|70/3, annex]"),
            ("A/79/100", "A/79/100/Rev.1", "[A/79/100|A/79/100/Rev.1]"),
        ] {
            let mut shown = String::new();
            let (mut before, mut now) = (String::new(), String::new());
            let all = segments(old, new);
            for (at, segment) in all.iter().enumerate() {
                let text = segment.text.as_str();
                let follows = all.get(at + 1).is_some_and(|next| next.op == Op::Insert);
                let behind = at
                    .checked_sub(1)
                    .and_then(|at| all.get(at))
                    .is_some_and(|s| s.op == Op::Delete);
                match segment.op {
                    Op::Equal => shown.push_str(text),
                    Op::Delete => {
                        shown.push_str(&format!("[{text}|{}", if follows { "" } else { "]" }))
                    }
                    Op::Insert => {
                        shown.push_str(&format!("{}{text}]", if behind { "" } else { "[|" }))
                    }
                }
                before.push_str(if segment.op == Op::Insert { "" } else { text });
                now.push_str(if segment.op == Op::Delete { "" } else { text });
            }
            assert_eq!((before.as_str(), now.as_str()), (old, new));
            assert_eq!(shown, wanted);
        }
    }
}
