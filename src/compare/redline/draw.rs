//! Aligned stretches of two texts in; the redline, to the character, out.

use std::ops::Range;

use super::align::Stretch;
use super::joined::Joined;
use super::nature::{is_counted, nature, parts_figures, same_type, sign_before, value};
use super::whole::is_within;
use crate::model::{Differs, Op, Segment, Span};

/// The redline of the stretches: what lies between words goes with the words it stands beside.
pub(super) fn segments(stretches: &[Stretch], old: &Joined, new: &Joined) -> Vec<Segment> {
    let mut drawing = Drawing { old, new, out: Vec::with_capacity(stretches.len() * 2) };
    // An edit is drawn with what stands around it; between two equal tokens there is always something to draw.
    for (nth, stretch) in stretches.iter().enumerate() {
        if stretch.equal {
            drawing.equal(stretch);
        } else {
            let before = nth.checked_sub(1).and_then(|nth| stretches.get(nth));
            drawing.edit(stretch, before, stretches.get(nth + 1));
        }
    }
    match stretches.last() {
        Some(last) if last.equal => drawing.gap(last.old.end, last.new.end),
        Some(_) => {}
        None => drawing.gap(0, 0),
    }
    drawing.out
}

struct Drawing<'j, 'd> {
    old: &'j Joined<'d>,
    new: &'j Joined<'d>,
    out: Vec<Segment>,
}

impl Drawing<'_, '_> {
    /// Tokens that both texts have, each with what stands before it; before the first, an edit has drawn that.
    fn equal(&mut self, stretch: &Stretch) {
        if self.out.is_empty() {
            self.gap(stretch.old.start, stretch.new.start);
        }
        // Mostly they are written alike from the first to the last.
        let (a, b) = (self.old.across(&stretch.old), self.new.across(&stretch.new));
        if a.slice(&self.old.text) == b.slice(&self.new.text) {
            self.push(Op::Equal, b, Differs::Words);
            return;
        }
        let (mut o, mut n) = (stretch.old.start, stretch.new.start);
        while o < stretch.old.end {
            if o > stretch.old.start {
                self.gap(o, n);
            }
            let joined = |more: &usize| {
                let (o, n) = (o + more, n + more);
                is_within(self.old, o) || is_within(self.new, n) || self.is_bound(o, n)
            };
            let count = (1..stretch.old.end - o).take_while(joined).count() + 1;
            self.same(o..o + count, n..n + count);
            (o, n) = (o + count, n + count);
        }
    }

    /// True where two words stand apart in one text and are bound in the other: "well known", "well-known".
    fn is_bound(&self, o: usize, n: usize) -> bool {
        let (a, b) = (self.old.between(o, o), self.new.between(n, n));
        let (left, right) = (a.slice(&self.old.text), b.slice(&self.new.text));
        let binds = |gap: &str| matches!(gap, "-" | "‐" | "‑" | "–" | "/");
        left == " " && binds(right) || binds(left) && right == " "
    }

    /// What stands before the old token `o` and before the new token `n`, which are equal, or at both ends.
    fn gap(&mut self, o: usize, n: usize) {
        let (a, b) = (self.old.between(o, o), self.new.between(n, n));
        let (left, right) = (a.slice(&self.old.text), b.slice(&self.new.text));
        if left == right {
            self.push(Op::Equal, b, Differs::Words);
            return;
        }
        if same_type(left, right) {
            self.push(Op::Delete, a, Differs::Typography);
            self.push(Op::Insert, b, Differs::Typography);
            return;
        }
        if self.old.border(a).is_some() != self.new.border(b).is_some() {
            // One paragraph ends here and the next begins, on one side only.
            let own = self.old.border(a).map_or(a.len(), |border| border.start - a.start);
            let other = self.new.border(b).map_or(b.len(), |border| border.start - b.start);
            let head = head(left, right, own.min(other));
            self.push(Op::Equal, Span::new(b.start, b.start + head), Differs::Words);
            self.push(Op::Delete, Span::new(a.start + head, a.end), Differs::Writing);
            self.push(Op::Insert, Span::new(b.start + head, b.end), Differs::Writing);
            return;
        }
        let (mut i, mut j) = (a.start, b.start);
        let (lefts, rights) = (signs(left), signs(right));
        let changes = similar::TextDiff::from_slices(&lefts, &rights);
        let changes: Vec<_> = changes.iter_all_changes().collect();
        let signed = sign_before(self.old, o) != sign_before(self.new, n)
            || parts_figures(self.old, o) != parts_figures(self.new, n);
        for change in changes {
            let (sign, len) = (change.value(), change.value().len());
            let differs = |text: &str, at: usize| {
                if is_counted(text, at, sign) { Differs::Words } else { nature(sign, signed) }
            };
            match change.tag() {
                similar::ChangeTag::Equal => {
                    self.push(Op::Equal, Span::new(j, j + len), Differs::Words);
                    (i, j) = (i + len, j + len);
                }
                similar::ChangeTag::Delete => {
                    self.push(Op::Delete, Span::new(i, i + len), differs(&self.old.text, i));
                    i += len;
                }
                similar::ChangeTag::Insert => {
                    self.push(Op::Insert, Span::new(j, j + len), differs(&self.new.text, j));
                    j += len;
                }
            }
        }
    }

    /// One text in place of another, from the equal token before to the equal token behind, or as far as another edit
    /// reaches. What both have alike at their ends, outside of words, is equal.
    fn edit(&mut self, stretch: &Stretch, before: Option<&Stretch>, after: Option<&Stretch>) {
        let mut a = self.old.between(stretch.old.start, stretch.old.end);
        let mut b = self.new.between(stretch.new.start, stretch.new.end);
        if let Some(edit) = before.filter(|before| !before.equal) {
            (a.start, b.start) = self.meeting(edit);
        }
        if after.is_some_and(|after| !after.equal) {
            (a.end, b.end) = self.meeting(stretch);
        }
        self.bracket(stretch, &mut a, &mut b);
        let (left, right) = (a.slice(&self.old.text), b.slice(&self.new.text));
        let mut head = head(
            left,
            right,
            lead(self.old, stretch.old.start, a).min(lead(self.new, stretch.new.start, b)),
        );
        let (old, new) = (self.old, self.new);
        let cuts = |from: usize, to: usize| {
            old.is_within_border(a.start + from)
                || new.is_within_border(b.start + to)
                || is_in_label(left, from)
                || is_in_label(right, to)
        };
        while cuts(head, head) {
            head -= 1;
        }
        let most = (rear(old, stretch.old.end, a).min(a.len() - head))
            .min(rear(new, stretch.new.end, b).min(b.len() - head));
        let mut tail = tail(left, right, most);
        while cuts(a.len() - tail, b.len() - tail) {
            tail -= 1;
        }
        let (gone, come) = (a.len() - head - tail, b.len() - head - tail);
        if gone == 0 || come == 0 {
            let (own, len) = if gone == 0 { (right, come) } else { (left, gone) };
            let by = whole_brackets(own, head, len);
            (head, tail) = (head - by, tail + by);
        }
        self.push(Op::Equal, Span::new(b.start, b.start + head), Differs::Words);
        self.push(Op::Delete, Span::new(a.start + head, a.end - tail), Differs::Words);
        self.push(Op::Insert, Span::new(b.start + head, b.end - tail), Differs::Words);
        self.push(Op::Equal, Span::new(b.end - tail, b.end), Differs::Words);
    }

    /// Draws brackets that close, or open, in one text only and before the words of an edit, where what follows them is a
    /// sign that both texts have: "…]. Schools come first." for "….".
    fn bracket(&mut self, stretch: &Stretch, a: &mut Span, b: &mut Span) {
        let (left, right) = (a.slice(&self.old.text), b.slice(&self.new.text));
        let brackets = |text: &str| text.bytes().take_while(|c| matches!(c, b'[' | b']')).count();
        let (gone, come) = (brackets(left), brackets(right));
        let rest = (left.get(gone..).unwrap_or_default(), right.get(come..).unwrap_or_default());
        let (own, other) = (rest.0.chars().next(), rest.1.chars().next());
        let signs = own == other && own.is_some_and(|c| !c.is_alphanumeric());
        let before_words = gone <= lead(self.old, stretch.old.start, *a)
            && come <= lead(self.new, stretch.new.start, *b);
        if (gone == 0) != (come == 0) && signs && before_words {
            self.push(Op::Delete, Span::new(a.start, a.start + gone), Differs::Status);
            self.push(Op::Insert, Span::new(b.start, b.start + come), Differs::Status);
            (a.start, b.start) = (a.start + gone, b.start + come);
        }
    }

    /// Where an edit meets the edit behind it: what lies between their words goes with the second, or with the first if
    /// that only adds words or only takes them away.
    fn meeting(&self, first: &Stretch) -> (usize, usize) {
        let (o, n) = (first.old.end, first.new.end);
        let (a, b) = (self.old.between(o, o), self.new.between(n, n));
        let whole = first.old.is_empty() || first.new.is_empty();
        if whole { (a.end, b.end) } else { (a.start, b.start) }
    }

    /// The same word in both texts, or the same words of one figure or symbol, if not to the character.
    fn same(&mut self, olds: Range<usize>, news: Range<usize>) {
        let (a, b) = (self.old.across(&olds), self.new.across(&news));
        let (left, right) = (a.slice(&self.old.text), b.slice(&self.new.text));
        if left == right {
            self.push(Op::Equal, b, Differs::Words);
            return;
        }
        let mut within = olds.clone().zip(news.clone()).skip(1);
        let apart = within.any(|(o, n)| parts_figures(self.old, o) != parts_figures(self.new, n));
        let mut gaps = olds.zip(news).skip(1).flat_map(|(o, n)| {
            let gaps = (self.old.between(o, o), self.new.between(n, n));
            let gaps = [gaps.0.slice(&self.old.text), gaps.1.slice(&self.new.text)];
            gaps.into_iter().filter(move |_| gaps[0] != gaps[1])
        });
        let differs = if same_type(left, right) {
            Differs::Typography
        } else if apart
            || value(left) != value(right)
            || gaps.any(|gap| nature(gap, false) == Differs::Words)
        {
            Differs::Words
        } else {
            Differs::Writing
        };
        self.push(Op::Delete, a, differs);
        self.push(Op::Insert, b, differs);
    }

    /// Adds characters of the new text, or, where they were deleted, of the old one.
    fn push(&mut self, op: Op, span: Span, differs: Differs) {
        let side = if op == Op::Delete { self.old } else { self.new };
        if span.is_empty() {
            return;
        }
        for (span, place) in side.places(span) {
            let text = span.slice(&side.text);
            let follows = |last: &&mut Segment| {
                let beside = match (last.place, place) {
                    (Some(a), Some(b)) => a.paragraph == b.paragraph && a.span.end == b.span.start,
                    _ => false,
                };
                last.op == op && last.differs == differs && beside
            };
            match self.out.last_mut().filter(follows) {
                Some(last) => {
                    last.text.push_str(text);
                    if let (Some(whole), Some(more)) = (&mut last.place, place) {
                        whole.span.end = more.span.end;
                    }
                }
                None => self.out.push(Segment {
                    op,
                    text: text.to_owned(),
                    place,
                    differs,
                    elsewhere: None,
                    source: None,
                }),
            }
        }
    }
}

/// True where a cut at byte `at` would part a label from its brackets: "(b" and ")".
fn is_in_label(text: &str, at: usize) -> bool {
    // Nothing is cut within a character, either.
    let (Some(before), Some(behind)) = (text.get(..at), text.get(at..)) else { return true };
    let opened = before.trim_end_matches(char::is_alphanumeric).ends_with('(');
    let closed = behind.trim_start_matches(char::is_alphanumeric).starts_with(')');
    opened && closed && !(before.ends_with('(') && behind.starts_with(')'))
}

/// What stands between two words, sign by sign; a label in its brackets, "(c)", is one.
fn signs(gap: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = gap;
    while let Some(first) = rest.chars().next() {
        let label =
            rest.strip_prefix('(').and_then(|label| label.find(|c: char| !c.is_alphanumeric()));
        let label = label.filter(|end| {
            *end > 0 && rest.get(end + 1..).is_some_and(|rest| rest.starts_with(')'))
        });
        let (sign, behind) = rest.split_at(label.map_or(first.len_utf8(), |end| end + 2));
        out.push(sign);
        rest = behind;
    }
    out
}

/// By how many bytes what was put in or taken out, `len` bytes from `start` on, has to begin earlier so that it holds
/// brackets in pairs: `[shall] ` and not `shall] [` before `should]`. 0 where that changes nothing.
fn whole_brackets(text: &str, start: usize, len: usize) -> usize {
    let cut = |by: usize| text.get(start.checked_sub(by)?..start + len - by);
    let is_whole = |words: &str| {
        let depth = words.chars().try_fold(0usize, |depth, c| match c {
            '[' => Some(depth + 1),
            ']' => depth.checked_sub(1),
            _ => Some(depth),
        });
        depth == Some(0)
    };
    if cut(0).is_none_or(is_whole) {
        return 0;
    }
    // The same words as long as what now stands before them is what stood at their end.
    let same = |by: &usize| text.get(start - by..start) == text.get(start + len - by..start + len);
    let steps = (1..=start.min(len)).filter(|by| text.is_char_boundary(start - by));
    steps.take_while(same).find(|by| cut(*by).is_some_and(is_whole)).unwrap_or(0)
}

/// Bytes before the first token from `from` on, in what lies between: all where there is no token.
fn lead(side: &Joined, from: usize, between: Span) -> usize {
    let token = side.tokens.get(from).filter(|token| token.span.start < between.end);
    token.map_or(between.len(), |token| token.span.start - between.start)
}

/// Bytes behind the last token before `to`, in what lies between: all where there is no token.
fn rear(side: &Joined, to: usize, between: Span) -> usize {
    let token = to.checked_sub(1).and_then(|at| side.tokens.get(at));
    let token = token.filter(|token| token.span.end > between.start);
    token.map_or(between.len(), |token| between.end - token.span.end)
}

/// How many bytes both begin with, whole characters, at most `most`.
fn head(a: &str, b: &str, most: usize) -> usize {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(c, _)| c.len_utf8());
    within(same, most)
}

/// How many bytes both end with.
fn tail(a: &str, b: &str, most: usize) -> usize {
    let pairs = a.chars().rev().zip(b.chars().rev());
    within(pairs.take_while(|(x, y)| x == y).map(|(c, _)| c.len_utf8()), most)
}

fn within(lengths: impl Iterator<Item = usize>, most: usize) -> usize {
    let mut sum = 0;
    for len in lengths {
        if sum + len > most {
            break;
        }
        sum += len;
    }
    sum
}
