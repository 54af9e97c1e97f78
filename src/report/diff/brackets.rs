//! A change in; what happened to its square brackets, and to the alternatives that stood in them, out.
//!
//! Both texts are looked at as wholes: each bracket is paired with its own, and two pairs are one where they stand around
//! the same words that both texts have. Which of two brackets side by side was drawn as changed does not matter.

use std::collections::BTreeMap;

use super::Compared;
use super::notes::quoted;
use crate::model::{Change, Differs, Op, Segment};

/// Alternatives have so many words at most.
const SHORT: usize = 4;

/// What happened to brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// Put around the number of the paragraph, or taken from it.
    Number(Op),
    /// Put around words that stood without them.
    Opened(Vec<String>),
    /// Taken from around words that stay.
    Lifted(Vec<String>),
    /// They stand around more words now, or around fewer.
    Reach(String, String),
    /// Alternatives side by side, `[shall] [should]`: those that stay, now without brackets, and those that went.
    Chosen(Vec<String>, Vec<String>),
    /// Alternatives that went while the others stay in brackets.
    GivenUp(Vec<String>),
    /// Words that stay stand in brackets now, beside others in brackets: `[shall] [should]`.
    Beside(Vec<String>),
    /// What holds only a place, `[...]`, was put in or taken out.
    Placeholder(Op),
    /// A bracket that has no other was put in or taken out.
    Single(Op),
}

impl Remark {
    pub(super) fn told(&self) -> String {
        match self {
            Self::Number(Op::Delete) => "brackets lifted from the number".to_owned(),
            Self::Number(_) => "brackets opened around the number".to_owned(),
            Self::Opened(words) => format!("brackets opened around {}", words.join(", ")),
            Self::Lifted(words) => format!("brackets lifted from {}", words.join(", ")),
            Self::Reach(old, new) => format!("brackets around {old} now stand around {new}"),
            Self::Chosen(stay, went) => format!(
                "of the alternatives in brackets {} chosen, {} given up",
                were(stay),
                were(went)
            ),
            Self::GivenUp(went) => {
                format!("of the alternatives in brackets {} given up", were(went))
            }
            Self::Beside(all) => format!("now side by side in brackets: {}", all.join(", ")),
            Self::Placeholder(Op::Delete) => "a placeholder in brackets taken out".to_owned(),
            Self::Placeholder(_) => "a placeholder in brackets put in".to_owned(),
            Self::Single(Op::Delete) => "a single bracket taken out".to_owned(),
            Self::Single(_) => "a single bracket put in".to_owned(),
        }
    }

    /// True where something is in brackets that was not, or no longer is: `Op::Insert` asks for the one, `Op::Delete`
    /// for the other.
    pub(super) fn sets(&self, op: Op) -> bool {
        match self {
            Self::Opened(_) | Self::Beside(_) => op == Op::Insert,
            Self::Lifted(_) | Self::Chosen(..) => op == Op::Delete,
            Self::Number(own) | Self::Placeholder(own) | Self::Single(own) => op == *own,
            Self::Reach(..) | Self::GivenUp(_) => false,
        }
    }
}

/// `“shall” was`, `“shall”, “will” were`
fn were(words: &[String]) -> String {
    format!("{} {}", words.join(", "), if words.len() == 1 { "was" } else { "were" })
}

/// What happened to the brackets of a change that has both sides.
pub(super) fn remarks(change: &Change, compared: Compared<'_>) -> Vec<Remark> {
    number(change, compared).into_iter().chain(within(change)).collect()
}

/// Whether the number itself stands in brackets, or no longer does.
fn number(change: &Change, compared: Compared<'_>) -> Option<Remark> {
    let ([_], [_]) = (change.old.as_slice(), change.new.as_slice()) else { return None };
    let (old, new) = (compared.old_of(change).next()?, compared.new_of(change).next()?);
    let op = if new.bracketed { Op::Insert } else { Op::Delete };
    (old.bracketed != new.bracketed).then_some(Remark::Number(op))
}

fn within(change: &Change) -> Vec<Remark> {
    let has = |s: &Segment| s.op != Op::Equal && s.text.contains(['[', ']']);
    if change.old.is_empty() || change.new.is_empty() || !change.segments.iter().any(has) {
        return Vec::new();
    }
    let (mut old, mut new) = (Side::new(change, Op::Delete), Side::new(change, Op::Insert));
    pair(&mut old, &mut new, |_| true, |pair| (pair.from, pair.to));
    let mut out = old.chosen();
    out.extend(new.beside());
    out.extend(reach(&mut old, &mut new));
    out.extend(Some(new.around()).filter(|words| !words.is_empty()).map(Remark::Opened));
    out.extend(Some(old.around()).filter(|words| !words.is_empty()).map(Remark::Lifted));
    for (own, other, op) in [(&new, &old, Op::Insert), (&old, &new, Op::Delete)] {
        let empty =
            |side: &Side| side.pairs.iter().filter(|pair| pair.is_empty() && !pair.done).count();
        out.extend((empty(own) > empty(other)).then_some(Remark::Placeholder(op)));
        out.extend((own.single > other.single).then_some(Remark::Single(op)));
    }
    out
}

/// A pair of brackets.
#[derive(Clone, Debug)]
struct Pair {
    /// Bytes of what stands between them.
    start: usize,
    end: usize,
    /// How much of what both texts have stands before each of the two.
    from: usize,
    to: usize,
    /// Letters and figures between them.
    letters: usize,
    /// True where the other text has it too, or where it was told.
    done: bool,
}

impl Pair {
    /// Words that both texts have stand in it.
    fn holds_kept(&self) -> bool {
        self.to > self.from
    }

    /// At least half of its words stay.
    fn is_mostly_kept(&self) -> bool {
        self.holds_kept() && 2 * (self.to - self.from) >= self.letters
    }

    /// All its words stay.
    fn stays(&self) -> bool {
        self.letters > 0 && self.to - self.from >= self.letters
    }

    fn is_empty(&self) -> bool {
        self.letters == 0
    }
}

/// One text of a change with its brackets.
#[derive(Debug, Default)]
struct Side {
    text: String,
    /// By where they open.
    pairs: Vec<Pair>,
    /// How many brackets have no other.
    single: usize,
}

impl Side {
    fn new(change: &Change, op: Op) -> Self {
        let mut side = Self::default();
        let (mut kept, mut letters) = (0, 0);
        let mut open: Vec<(usize, usize, usize)> = Vec::new();
        for segment in change.segments.iter().filter(|s| s.op == op || s.op == Op::Equal) {
            let stays = segment.op == Op::Equal;
            // A word that is only written in another way stays, and counts the same in both texts.
            if !stays
                && segment.differs != Differs::Words
                && segment.text.contains(char::is_alphanumeric)
            {
                kept += 1;
                letters += 1;
            }
            let counts = stays || segment.differs == Differs::Words;
            for c in segment.text.chars() {
                match c {
                    '[' => open.push((side.text.len() + 1, kept, letters)),
                    ']' => match open.pop() {
                        Some((start, from, before)) => side.pairs.push(Pair {
                            start,
                            end: side.text.len(),
                            from,
                            to: kept,
                            letters: letters - before,
                            done: false,
                        }),
                        None => side.single += 1,
                    },
                    c if counts && c.is_alphanumeric() => {
                        letters += 1;
                        kept += usize::from(stays);
                    }
                    _ => {}
                }
                side.text.push(c);
            }
        }
        side.single += open.len();
        side.pairs.sort_unstable_by_key(|pair| pair.start);
        side
    }

    fn words(&self, pair: &Pair) -> String {
        quoted(self.text.get(pair.start..pair.end).unwrap_or_default())
    }

    fn count(&self, pair: &Pair) -> usize {
        self.text.get(pair.start..pair.end).unwrap_or_default().split_whitespace().count()
    }

    /// Words that both texts have in brackets that only this one has; of brackets within others the outer ones.
    fn around(&self) -> Vec<String> {
        let mut end = 0;
        let mut out = Vec::new();
        for pair in self.pairs.iter().filter(|pair| !pair.done && pair.holds_kept()) {
            if pair.start >= end {
                out.push(self.words(pair));
                end = pair.end;
            }
        }
        out
    }

    /// Pairs side by side: `[shall] [should]`, `[shall]/[should]`.
    fn rows(&self) -> Vec<Vec<usize>> {
        let mut taken = vec![false; self.pairs.len()];
        let mut out = Vec::new();
        for first in 0..self.pairs.len() {
            let mut run = vec![first];
            while let Some(last) = run.last().and_then(|at| self.pairs.get(*at)) {
                let next = self.pairs.partition_point(|pair| pair.start <= last.end);
                let Some(pair) = self.pairs.get(next).filter(|_| taken.get(next) == Some(&false))
                else {
                    break;
                };
                let between = self.text.get(last.end + 1..pair.start - 1).unwrap_or("-");
                let parts = |c: char| c.is_whitespace() || matches!(c, '/' | '|');
                if !between.trim_matches(parts).is_empty() {
                    break;
                }
                run.push(next);
            }
            if run.len() > 1 && taken.get(first) == Some(&false) {
                run.iter()
                    .for_each(|at| taken.iter_mut().skip(*at).take(1).for_each(|t| *t = true));
                out.push(run);
            }
        }
        out
    }

    /// Of the old text: which alternatives were chosen, and which given up.
    fn chosen(&mut self) -> Vec<Remark> {
        let mut out = Vec::new();
        for run in self.rows() {
            let pairs: Vec<Pair> =
                run.iter().filter_map(|at| self.pairs.get(*at)).cloned().collect();
            let named = |fits: &dyn Fn(&Pair) -> bool| -> Vec<String> {
                pairs.iter().filter(|pair| fits(pair)).map(|pair| self.words(pair)).collect()
            };
            let free = named(&|pair| pair.stays() && !pair.done);
            let held = named(&|pair| pair.stays() && pair.done);
            let went = named(&|pair| !pair.is_empty() && !pair.holds_kept() && !pair.done);
            if went.is_empty() || free.is_empty() && held.is_empty() {
                continue;
            }
            let told = free.is_empty();
            out.push(if told { Remark::GivenUp(went) } else { Remark::Chosen(free, went) });
            self.done(&run);
        }
        out
    }

    /// Of the new text: words that stay and now stand beside others in brackets, all of them short.
    fn beside(&mut self) -> Vec<Remark> {
        let mut out = Vec::new();
        for run in self.rows() {
            let pairs: Vec<&Pair> = run.iter().filter_map(|at| self.pairs.get(*at)).collect();
            let came = |pair: &&&Pair| !pair.done && !pair.holds_kept() && !pair.is_empty();
            let put = |pair: &&&Pair| !pair.done && pair.stays();
            let short = |pair: &&Pair| self.count(pair) <= SHORT;
            if pairs.iter().all(short)
                && pairs.iter().any(|pair| came(&pair))
                && pairs.iter().any(|pair| put(&pair))
            {
                out.push(Remark::Beside(pairs.iter().map(|pair| self.words(pair)).collect()));
                self.done(&run);
            }
        }
        out
    }

    fn done(&mut self, pairs: &[usize]) {
        for at in pairs {
            self.pairs.iter_mut().skip(*at).take(1).for_each(|pair| pair.done = true);
        }
    }
}

/// Settles pairs of both texts that `fits` takes and that have the same key; gives them.
fn pair<K: Ord>(
    old: &mut Side,
    new: &mut Side,
    fits: impl Fn(&Pair) -> bool,
    key: impl Fn(&Pair) -> K,
) -> Vec<(usize, usize)> {
    let mut places: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    let open = |pair: &Pair| !pair.done && fits(pair);
    for (at, own) in old.pairs.iter().enumerate().filter(|(_, pair)| open(pair)) {
        places.entry(key(own)).or_default().push(at);
    }
    let mut out = Vec::new();
    for (at, own) in new.pairs.iter_mut().enumerate().filter(|(_, pair)| open(pair)) {
        let Some(other) = places.get_mut(&key(own)).and_then(Vec::pop) else { continue };
        own.done = true;
        out.push((other, at));
    }
    old.done(&out.iter().map(|(o, _)| *o).collect::<Vec<_>>());
    out
}

/// Pairs of which one end stays and the other moved.
fn reach(old: &mut Side, new: &mut Side) -> Vec<Remark> {
    let mut pairs = pair(old, new, Pair::is_mostly_kept, |pair| pair.from);
    pairs.extend(pair(old, new, Pair::is_mostly_kept, |pair| pair.to));
    let told = |(o, n): &(usize, usize)| {
        Some(Remark::Reach(old.words(old.pairs.get(*o)?), new.words(new.pairs.get(*n)?)))
    };
    pairs.iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::read::read;

    /// What is told of the brackets between two wordings of one paragraph.
    fn told(old: &str, new: &str) -> Vec<String> {
        let draft =
            |text: &str| read("draft.md", format!("1. {text}\n").as_bytes()).expect("a draft");
        let comparison = compare(&draft(old), &draft(new));
        comparison.changes.iter().flat_map(within).map(|remark| remark.told()).collect()
    }

    #[test]
    fn brackets_and_alternatives() {
        for (old, new, wanted) in [
            ("We note the [open] net.", "We note the open net.", "brackets lifted from “open”"),
            ("We note the open net.", "We note the [open] net.", "brackets opened around “open”"),
            // Which of two brackets side by side is drawn does not count.
            ("We [[note] it] well.", "We [note it] well.", "brackets lifted from “note”"),
            ("We [note it] well.", "We [[note] it] well.", "brackets opened around “note”"),
            (
                "We [note it well today].",
                "We [note it] well today.",
                "brackets around “note it well today” now stand around “note it”",
            ),
            (
                "We [[note] it well].",
                "[We [note] it well].",
                "brackets around “[note] it well” now stand around “We [note] it well”",
            ),
            // Words between brackets that were replaced say nothing of the brackets.
            ("Each Party [may] act on its own now.", "Each Party [shall] act on its own now.", ""),
            // Alternatives.
            (
                "Each Party [shall] [should] act on its own.",
                "Each Party should act on its own.",
                "of the alternatives in brackets “should” was chosen, “shall” was given up",
            ),
            (
                "Each Party [shall][should][will] act on its own.",
                "Each Party [shall][should] act on its own.",
                "of the alternatives in brackets “will” was given up",
            ),
            (
                "Each Party should act on its own.",
                "Each Party [shall]/[should] act on its own.",
                "now side by side in brackets: “shall”, “should”",
            ),
            // Brackets without another one, and quotations that are not closed.
            ("We [note the “open net.", "We note the “open net.", "a single bracket taken out"),
            ("We note] the [open] net.", "We note] the open net.", "brackets lifted from “open”"),
            ("We note the net [...].", "We note the net.", "a placeholder in brackets taken out"),
            (
                "We note the [centre] of it.",
                "We note the center of it.",
                "brackets lifted from “centre”",
            ),
        ] {
            assert_eq!(told(old, new).join("; "), wanted, "{old} / {new}");
        }
    }
}
