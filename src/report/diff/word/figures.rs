//! What stays, goes and comes in a text in; the same with whole figures, and what goes before what comes, out.
//!
//! `1 200 000` against `900 000` is one figure for another, and no reader should have to put it together from its parts.

use super::super::words;
use crate::model::{Differs, Op, Segment};

/// No figure is longer, in bytes.
const LONGEST: usize = 40;

/// Words of which nothing is known but what becomes of them.
pub(super) fn piece(op: Op, text: String) -> Segment {
    Segment { op, text, place: None, differs: Differs::Words, elsewhere: None, source: None }
}

/// What stays, goes and comes between two lines.
pub(super) fn segments(old: &str, new: &str) -> Vec<Segment> {
    let mut out = Vec::new();
    for (differs, before, now) in words::edits(old, new) {
        if differs {
            let both = [piece(Op::Delete, before), piece(Op::Insert, now)];
            out.extend(both.into_iter().filter(|segment| !segment.text.is_empty()));
        } else {
            out.push(piece(Op::Equal, now));
        }
    }
    out
}

/// Puts figures together that a change cuts.
pub(super) fn whole(segments: &[Segment]) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::with_capacity(segments.len());
    // What goes and what comes since the last words that stay.
    let (mut gone, mut come): (Vec<Segment>, Vec<Segment>) = (Vec::new(), Vec::new());
    for (at, segment) in segments.iter().enumerate() {
        match segment.op {
            Op::Delete | Op::Insert if segment.text.contains('\n') => {
                flush(&mut gone, &mut come, &mut out);
                out.push(segment.clone());
            }
            Op::Delete => gone.push(segment.clone()),
            Op::Insert => come.push(segment.clone()),
            Op::Equal => {
                let changed = gone.last().or(come.last()).is_some();
                let before = [&gone, &come].map(|side| text(side));
                let head = if changed && before.iter().any(|text| is_open(text)) {
                    leading(&segment.text)
                } else {
                    0
                };
                let next = segments.get(at + 1).filter(|next| next.op != Op::Equal);
                let follows = |segment: &&Segment| {
                    segment
                        .text
                        .trim_start_matches(is_joint)
                        .starts_with(|c: char| c.is_ascii_digit())
                };
                let rest = segment.text.get(head..).unwrap_or_default();
                let next = next.filter(follows).map(|next| next.text.as_str());
                let tail = next.map_or(0, |next| trailing(rest, next));
                let (first, kept) = segment.text.split_at_checked(head).unwrap_or(("", ""));
                let (kept, last) = kept.split_at_checked(kept.len() - tail).unwrap_or((kept, ""));
                add(first, segment, &mut gone, &mut come);
                if !kept.is_empty() {
                    flush(&mut gone, &mut come, &mut out);
                    out.push(Segment { text: kept.to_owned(), ..segment.clone() });
                }
                add(last, segment, &mut gone, &mut come);
            }
        }
    }
    flush(&mut gone, &mut come, &mut out);
    out
}

fn flush(gone: &mut Vec<Segment>, come: &mut Vec<Segment>, out: &mut Vec<Segment>) {
    for segment in gone.drain(..).chain(come.drain(..)) {
        match out.last_mut() {
            Some(last) if is_one(last, &segment) => last.text.push_str(&segment.text),
            _ => out.push(segment),
        }
    }
}

/// True for two stretches of one line that came, or went, in one way.
fn is_one(first: &Segment, second: &Segment) -> bool {
    let told = |s: &Segment| (s.op, s.differs, s.elsewhere, s.source);
    told(first) == told(second) && !first.text.contains('\n')
}

fn text(segments: &[Segment]) -> String {
    segments.iter().map(|segment| segment.text.as_str()).collect()
}

/// Words that stay go and come again with the figure they are part of.
fn add(words: &str, like: &Segment, gone: &mut Vec<Segment>, come: &mut Vec<Segment>) {
    for (side, op) in [(gone, Op::Delete), (come, Op::Insert)] {
        match side.last_mut() {
            _ if words.is_empty() => {}
            Some(last) => last.text.push_str(words),
            None => side.push(Segment { op, text: words.to_owned(), ..like.clone() }),
        }
    }
}

/// What may stand between the digits of a figure.
fn is_joint(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '.' | ',')
}

/// True for a text that ends in a figure which may go on.
fn is_open(text: &str) -> bool {
    let digits = text.strip_suffix(is_joint).unwrap_or(text);
    digits.ends_with(|c: char| c.is_ascii_digit())
}

/// How many bytes at the start of a text go on with a figure: digits, and groups of three behind a joint.
fn leading(text: &str) -> usize {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut end = digits(text);
    while end < LONGEST {
        let rest = text.get(end..).unwrap_or_default();
        let Some(joint) = rest.chars().next().filter(|c| is_joint(*c)) else { break };
        let own = digits(rest.get(joint.len_utf8()..).unwrap_or_default());
        // A year is no group of a figure, and "3, 4" are two.
        if own != 3 && (own == 0 || !matches!(joint, '.' | ',')) {
            break;
        }
        end += joint.len_utf8() + own;
    }
    end
}

/// How many bytes at the end of a text are the start of a figure that `next` goes on with.
fn trailing(text: &str, next: &str) -> usize {
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        let figure = c.is_ascii_digit() || is_joint(c);
        if !figure || text.len() - at > LONGEST {
            break;
        }
        if c.is_ascii_digit() {
            start = at;
        }
    }
    let mut own = text.get(start..).unwrap_or_default();
    // "In 2024 100 people" are two figures: what goes on is a group of three digits.
    while !own.is_empty() && leading(&format!("{own}{next}")) <= own.len() {
        let step = own.find(is_joint).map_or(own.len(), |at| {
            at + own.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        own = own.get(step..).unwrap_or_default();
    }
    own.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stay_whole() {
        for (old, new, wanted) in [
            ("costs 1 200 000 a year", "costs 900 000 a year", "costs [1 200 000|900 000] a year"),
            ("Total 1 310 500", "Total 1 550 000", "Total [1 310 500|1 550 000]"),
            ("US$ 1.5 million", "US$ 1.7 million", "US$ [1.5|1.7] million"),
            ("in 2024 we act", "in 2025 we act", "in [2024|2025] we act"),
            ("10,000 nets", "12,000 nets", "[10,000|12,000] nets"),
            ("We urge all", "We ask all", "We [urge|ask] all"),
            ("paragraphs 3, 4 and 5", "paragraphs 3, 6 and 5", "paragraphs 3, [4|6] and 5"),
        ] {
            let shown = |segments: Vec<Segment>| -> String {
                let mut out = String::new();
                for segment in segments {
                    match segment.op {
                        Op::Equal => out.push_str(&segment.text),
                        Op::Delete => out.push_str(&format!("[{}|", segment.text)),
                        Op::Insert => out.push_str(&format!("{}]", segment.text)),
                    }
                }
                out
            };
            assert_eq!(shown(whole(&segments(old, new))), wanted);
        }
    }
}
