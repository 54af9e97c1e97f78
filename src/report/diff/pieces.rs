//! A change in; its words cut into what stayed, what came and what went, as it is drawn, out.

use std::borrow::Cow;

use crate::model::{BORDER, Differs, Op, Place, Segment};

/// An equal stretch of more words than this is shortened in its middle.
const LONGEST: usize = 48;

/// So many words stay at either end of a stretch that is shortened.
const KEPT: usize = 16;

/// How a piece is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Both drafts have it.
    Same,
    /// Words that both drafts have, as the new one writes them.
    Now,
    /// The same as the old one wrote them: drawn only where the old text stands by itself.
    Before,
    /// The new draft has it.
    In,
    /// The old draft has it.
    Out,
    /// The new draft has it here, the old one elsewhere.
    Came,
    /// The old draft has it here, the new one elsewhere.
    Went,
    /// Words left out of the report.
    Cut,
    /// A space between words that would run into one another.
    Gap,
    /// Another paragraph of the new draft begins here: its place among those of the change.
    Begins(usize),
    /// Another paragraph of the old draft began here, and the new one goes on: its place among those of the change.
    Joined(usize),
}

/// A piece of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'c> {
    pub(super) kind: Kind,
    pub(super) text: Cow<'c, str>,
    /// Where its first byte stands, in the new draft unless it was deleted.
    pub(super) at: Option<Place>,
}

impl Kind {
    /// True of what only the old draft has.
    pub(super) fn is_out(self) -> bool {
        matches!(self, Self::Out | Self::Went)
    }

    /// True of what only the new draft has.
    pub(super) fn is_in(self) -> bool {
        matches!(self, Self::In | Self::Came)
    }

    /// True of what one column of both texts leaves to the old one.
    fn is_hidden(self) -> bool {
        self == Self::Before
    }
}

/// What differs in a change, taken together; the more, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    /// Nothing.
    Nothing,
    /// Only how the same words are written.
    Writing,
    /// Brackets, and perhaps writing.
    Status,
    /// Words.
    Words,
}

impl Extent {
    pub(super) fn of(segments: &[Segment]) -> Self {
        let differs = |what: Differs| {
            segments.iter().any(|s| s.op != Op::Equal && s.place.is_some() && s.differs == what)
        };
        if differs(Differs::Words) {
            Self::Words
        } else if differs(Differs::Status) {
            Self::Status
        } else if differs(Differs::Writing) {
            Self::Writing
        } else {
            Self::Nothing
        }
    }
}

/// The words of a change, or of a footnote, in pieces. Another way of writing is drawn only where nothing else differs, or where stops were
/// set or taken away: a comma may change what is meant.
pub(super) fn pieces(segments: &[Segment], shorten: bool) -> Vec<Piece<'_>> {
    let hidden = !matches!(Extent::of(segments), Extent::Writing);
    let is_stop = |c: char| matches!(c, ',' | ';' | ':' | '.' | '(' | ')' | '!' | '?');
    let mut out: Vec<Piece<'_>> = Vec::with_capacity(segments.len());
    let (mut begun, mut joined) = (Border::default(), Border::default());
    for segment in segments {
        let stops = || segment.text.chars().all(|c| is_stop(c) || c.is_whitespace());
        let plain_writing = match segment.differs {
            Differs::Typography => true,
            Differs::Writing => hidden && !stops(),
            Differs::Words | Differs::Status => false,
        };
        let kind = match (segment.op, segment.place) {
            (op, None) => {
                let ended = if op == Op::Delete { &mut joined } else { &mut begun };
                let Some(index) = ended.after(&segment.text) else { continue };
                if op == Op::Delete { Kind::Joined(index) } else { Kind::Begins(index) }
            }
            (Op::Equal, _) => Kind::Same,
            (Op::Insert, _) if plain_writing => Kind::Now,
            (Op::Delete, _) if plain_writing => Kind::Before,
            (Op::Insert, _) if segment.elsewhere.is_some() => Kind::Came,
            (Op::Insert, _) => Kind::In,
            (Op::Delete, _) if segment.elsewhere.is_some() => Kind::Went,
            (Op::Delete, _) => Kind::Out,
        };
        push(&mut out, kind, segment);
    }
    labels_begin(&mut out);
    if shorten {
        out = shortened(out);
    }
    with_gaps(out)
}

/// The borders between paragraphs of one side, counted; a border may lie in several segments.
#[derive(Default)]
struct Border {
    bytes: usize,
}

impl Border {
    /// Which border has ended with `text`, from 1; none where none has.
    fn after(&mut self, text: &str) -> Option<usize> {
        let before = self.bytes / BORDER.len();
        self.bytes += text.len();
        Some(self.bytes / BORDER.len()).filter(|now| *now > before)
    }
}

/// Adds a segment, to the piece before it where both are drawn the same way.
fn push<'c>(out: &mut Vec<Piece<'c>>, kind: Kind, segment: &'c Segment) {
    match out.last_mut() {
        Some(last) if last.kind == kind && !matches!(kind, Kind::Begins(_) | Kind::Joined(_)) => {
            last.text.to_mut().push_str(&segment.text);
        }
        _ => out.push(Piece { kind, text: Cow::Borrowed(&segment.text), at: segment.place }),
    }
}

/// What went from the beginning of a line that now begins a paragraph, the label of a sub-paragraph, goes with the
/// paragraph.
fn labels_begin(pieces: &mut [Piece<'_>]) {
    for at in 1..pieces.len() {
        let Some([label, begins]) = pieces.get_mut(at - 1..=at) else { continue };
        let line = label.text.strip_prefix('\n').filter(|_| label.kind.is_out());
        if let (Some(line), Kind::Begins(_)) = (line.map(str::to_owned), begins.kind) {
            label.text = Cow::Owned(line);
            if let Some(place) = &mut label.at {
                place.span.start += 1;
            }
            std::mem::swap(label, begins);
        }
    }
}

/// The pieces, long ones that both drafts have without their middle.
fn shortened(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let Some((head, tail)) = middle(&piece.text).filter(|_| piece.kind == Kind::Same) else {
            out.push(piece);
            continue;
        };
        let part = |from: usize, to: usize| {
            let at = piece.at.map(|place| {
                let mut place = place;
                place.span.start += from;
                place
            });
            let text = piece.text.get(from..to).unwrap_or_default().to_owned();
            Piece { kind: Kind::Same, text: Cow::Owned(text), at }
        };
        let cut = Piece { kind: Kind::Cut, text: Cow::Borrowed(" … "), at: None };
        out.extend([part(0, head), cut, part(tail, piece.text.len())]);
    }
    out
}

/// Where the middle of a long text begins and ends.
fn middle(text: &str) -> Option<(usize, usize)> {
    // Every word but the last takes two bytes at least.
    if text.len() < 2 * LONGEST {
        return None;
    }
    let mut ends = Vec::new();
    let mut starts = Vec::new();
    let mut within = false;
    for (at, c) in text.char_indices() {
        match (within, c.is_whitespace()) {
            (false, false) => starts.push(at),
            (true, true) => ends.push(at),
            _ => {}
        }
        within = !c.is_whitespace();
    }
    if starts.len() <= LONGEST {
        return None;
    }
    Some((*ends.get(KEPT - 1)?, *starts.get(starts.len() - KEPT)?))
}

/// Sets what went apart from what stands beside it.
fn with_gaps(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let last = out.iter().rev().find(|last| !last.kind.is_hidden());
        let touches = last.filter(|_| !piece.kind.is_hidden()).is_some_and(|last| {
            let stops = |c: char| c.is_whitespace() || ",.;:)]".contains(c);
            (last.kind.is_out() || piece.kind.is_out())
                && !last.text.ends_with(|c: char| c.is_whitespace() || "([".contains(c))
                && !piece.text.starts_with(stops)
        });
        if touches {
            out.push(Piece { kind: Kind::Gap, text: Cow::Borrowed(" "), at: None });
        }
        out.push(piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(segments: &[(Op, Differs, &str)]) -> Vec<Segment> {
        let place = Some(Place { paragraph: 0, span: crate::model::Span::default() });
        let segment = |(op, differs, text): &(Op, Differs, &str)| Segment {
            op: *op,
            text: (*text).to_owned(),
            place: place.filter(|_| !text.trim_matches('\n').is_empty()),
            differs: *differs,
            elsewhere: None,
            source: None,
        };
        segments.iter().map(segment).collect()
    }

    fn kinds(change: &[Segment]) -> Vec<Kind> {
        pieces(change, true).iter().map(|piece| piece.kind).collect()
    }

    #[test]
    fn writing_is_drawn_only_where_nothing_else_differs() {
        let writing = [
            (Op::Delete, Differs::Writing, "centre"),
            (Op::Insert, Differs::Writing, "center"),
            (Op::Equal, Differs::Words, " of data"),
        ];
        assert_eq!(kinds(&change(&writing)), [Kind::Out, Kind::Gap, Kind::In, Kind::Same]);
        let words = [&writing[..], &[(Op::Insert, Differs::Words, " now")]].concat();
        assert_eq!(kinds(&change(&words)), [Kind::Before, Kind::Now, Kind::Same, Kind::In]);
    }

    #[test]
    fn a_border_may_lie_in_two_segments() {
        let split = [
            (Op::Equal, Differs::Words, "One."),
            (Op::Insert, Differs::Writing, "\n"),
            (Op::Insert, Differs::Writing, "\n"),
            (Op::Equal, Differs::Words, "Two."),
        ];
        assert_eq!(kinds(&change(&split)), [Kind::Same, Kind::Begins(1), Kind::Same]);
    }

    #[test]
    fn long_equal_stretches_keep_their_ends() {
        let words: Vec<String> = (0..60).map(|n| format!("w{n}")).collect();
        let text = words.join(" ");
        let long = change(&[(Op::Equal, Differs::Words, text.as_str())]);
        let shown: String = pieces(&long, true).iter().map(|piece| &*piece.text).collect();
        assert_eq!(shown, format!("{} … {}", words[..16].join(" "), words[44..].join(" ")));
        let whole: String = pieces(&long, false).iter().map(|piece| &*piece.text).collect();
        assert_eq!(whole, text);
    }
}
