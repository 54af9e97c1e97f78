//! A comparison, and both drafts held against a library, in; the comparison with what is agreed on each side out.

use crate::model::{
    AgreedChange, Change, Comparison, Differs, Draft, Drift, Facts, Location, Op, Place, Segment,
    Span, Via,
};
use crate::text::Folding;

/// A paragraph that carries so large a share (0..1) of its words brings agreed language in where it is added, and takes
/// it out where it is removed: it restates, as for its mark.
const RESTATES: f64 = 0.6;

/// Fewer words of a longer stretch are not credited to a source of their own.
const FEWEST: usize = 3;

/// A draft with what was found out about its paragraphs.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// One for each of its paragraphs.
    pub facts: &'a [Facts],
}

/// Takes what a library says of both drafts up into their comparison: which agreed paragraph has the words that were
/// put in or taken out, the marks before and after, and whether the text came nearer to agreed language.
pub fn credit(comparison: &mut Comparison, old: Held<'_>, new: Held<'_>) {
    for change in &mut comparison.changes {
        let segments = std::mem::take(&mut change.segments);
        let credited = segments.into_iter().flat_map(|segment| match segment.op {
            Op::Delete => old.credited(segment),
            Op::Insert => new.credited(segment),
            Op::Equal => vec![segment],
        });
        change.segments = credited.collect();
        change.agreed = Some(AgreedChange {
            old: change.old.iter().filter_map(|at| old.facts.get(*at)?.marking.mark).max(),
            new: change.new.iter().filter_map(|at| new.facts.get(*at)?.marking.mark).max(),
            drift: drift(change, old, new),
        });
    }
}

/// Whether a change brought the text nearer to agreed language: words that agreed language carries count towards it where
/// they were put in and away from it where they were taken out, and other words the other way round. Words that only
/// went to another paragraph do not count, nor do edits of a paragraph that rests on no agreed words.
fn drift(change: &Change, old: Held<'_>, new: Held<'_>) -> Drift {
    match (change.old.as_slice(), change.new.as_slice()) {
        ([], news) if news.iter().any(|at| new.restates(*at)) => Drift::Towards,
        (olds, []) if olds.iter().any(|at| old.restates(*at)) => Drift::Away,
        ([], _) | (_, []) => Drift::None,
        (olds, news) => {
            if !olds.iter().any(|at| old.rests(*at)) && !news.iter().any(|at| new.rests(*at)) {
                return Drift::None;
            }
            let edits = change
                .segments
                .iter()
                .filter(|segment| segment.differs == Differs::Words && segment.elsewhere.is_none());
            let sum: i64 = edits.map(nearer).sum();
            match sum.signum() {
                1 => Drift::Towards,
                -1 => Drift::Away,
                _ => Drift::None,
            }
        }
    }
}

/// How many words a segment brings the text nearer to agreed language.
fn nearer(segment: &Segment) -> i64 {
    let words = Folding::general().words(&segment.text, &[]).len() as i64;
    match (segment.op, segment.source.is_some()) {
        (Op::Equal, _) => 0,
        (Op::Insert, true) | (Op::Delete, false) => words,
        (Op::Insert, false) | (Op::Delete, true) => -words,
    }
}

impl Held<'_> {
    /// True where the paragraph carries words of a source.
    fn rests(self, at: usize) -> bool {
        let sources = self.facts.get(at).map(|facts| &facts.marking.sources);
        sources.is_some_and(|sources| sources.iter().any(|source| source.via == Via::Text))
    }

    fn restates(self, at: usize) -> bool {
        let coverage = self.facts.get(at).map(|facts| facts.marking.coverage);
        coverage.is_some_and(|coverage| coverage.share() >= RESTATES)
    }

    /// A segment, cut where its words are carried by another source, or by none.
    fn credited(self, segment: Segment) -> Vec<Segment> {
        let Some(Place { paragraph, span: whole }) = segment.place else { return vec![segment] };
        let facts = self.facts.get(paragraph).filter(|_| segment.differs == Differs::Words);
        let (Some(facts), Some(text)) = (facts, self.draft.paragraphs.get(paragraph)) else {
            return vec![segment];
        };
        let words = |span: Span| Folding::general().words(span.slice(&text.text), &[]).len();
        let all = words(whole);
        let carried = facts.marking.spans.iter().filter_map(|span| {
            let inside = Span::new(span.span.start.max(whole.start), span.span.end.min(whole.end));
            let source = facts.marking.sources.get(span.source?)?.matched.as_ref()?.location;
            let count = if inside.is_empty() { 0 } else { words(inside) };
            (count > 0 && (count == all || count >= FEWEST)).then_some((inside, source))
        });
        let mut out: Vec<Segment> = Vec::new();
        let mut at = whole.start;
        let mut piece = |from: usize, to: usize, source: Option<Location>| {
            let span = Span::new(from, to);
            if !span.is_empty() {
                let place = Some(Place { paragraph, span });
                let text = span.slice(&text.text).to_owned();
                out.push(Segment { text, place, source, ..segment.clone() });
            }
        };
        let mut carried = carried.peekable();
        while let Some((span, source)) = carried.next() {
            // What stands before and behind the words of a whole segment goes with them, as a full stop does.
            let from = if at == whole.start && words(Span::new(at, span.start)) == 0 {
                at
            } else {
                span.start
            };
            let last = carried.peek().is_none() && words(Span::new(span.end, whole.end)) == 0;
            let to = if last { whole.end } else { span.end };
            piece(at, from, None);
            piece(from, to, Some(source));
            at = to;
        }
        piece(at, whole.end, None);
        out
    }
}
