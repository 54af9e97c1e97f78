//! A change in; its words, old and new in one text, as a page sets them out.

use serde::Serialize;

use super::concordance::label;
use super::html::is;
use super::pieces::{Kind, pieces};
use super::{Compared, footnotes};
use crate::model::{Aside, AsideKind, Change, FootnoteChange, Paragraph};
use crate::report::html::words::{Lines, Words, call};

/// A footnote that differs.
#[derive(Serialize)]
pub(in crate::report) struct NoteView {
    told: String,
    lines: Lines,
}

/// The words of a change as a redline sets them, old and new in one text. On the page of a redline, where the number of
/// the first new paragraph stands before them, `addressed` says of those behind it which have an address of their own, by
/// their place in the new draft; and the calls of footnotes lead to these.
pub(in crate::report) fn lines(
    change: &Change,
    compared: Compared<'_>,
    addressed: Option<&dyn Fn(usize) -> bool>,
) -> Lines {
    let new = |index: usize| change.new.get(index).and_then(|at| compared.new.paragraphs.get(*at));
    let mut lines = Lines::new();
    let several = change.new.len() > 1;
    let number = |lines: &mut Lines, index: usize| {
        if let Some(paragraph) = new(index).filter(|_| several) {
            let told = format!("{} ", label(paragraph));
            let has =
                addressed.zip(change.new.get(index)).is_some_and(|(addressed, at)| addressed(*at));
            let id = has.then(|| is(paragraph));
            let mut words = Words::new(Some("b"), "now", &told);
            words.id = id;
            lines.insert(words);
        }
    };
    if addressed.is_none() {
        number(&mut lines, 0);
    }
    for piece in pieces(&change.segments, false) {
        match piece.kind {
            Kind::Begins(index) => {
                if let Some(paragraph) = new(index) {
                    lines.begin(paragraph, 0);
                }
                number(&mut lines, index);
                continue;
            }
            Kind::Joined(_) => {
                lines.insert(Words::new(Some("del"), "joined", "¶ "));
                continue;
            }
            _ => {}
        }
        let is_old = piece.kind.is_out() || piece.kind == Kind::Before;
        let side = if is_old { compared.old } else { compared.new };
        let place = piece.at.and_then(|at| Some((side.paragraphs.get(at.paragraph)?, at.span)));
        let (tag, class) = looks(piece.kind);
        let Some((paragraph, span)) = place else {
            lines.insert(Words::new(tag, class, &piece.text));
            continue;
        };
        let mut at = 0;
        for (by, aside) in calls(paragraph, span.start, &piece.text).filter(|_| !is_old) {
            let before = piece.text.get(at..by).unwrap_or_default();
            lines.add(&Words::new(tag, class, before), paragraph, span.start + at);
            // Side by side, it stands with the new text.
            let mut call = call(&aside.text, side, addressed.map(|_| ""));
            call.class = "call now";
            lines.insert(call);
            at = by;
        }
        let rest = piece.text.get(at..).unwrap_or_default();
        lines.add(&Words::new(tag, class, rest), paragraph, span.start + at);
    }
    lines
}

/// The calls of footnotes that stand in, or right behind, words of a paragraph from byte `start` on: the bytes before each
/// of them. One that stands before all words of the paragraph goes with the first.
fn calls<'p>(
    paragraph: &'p Paragraph,
    start: usize,
    words: &'p str,
) -> impl Iterator<Item = (usize, &'p Aside)> {
    let called = paragraph.asides.iter().filter(|aside| aside.kind == AsideKind::Footnote);
    called.filter_map(move |aside| {
        let by = aside.at.checked_sub(start)?;
        let here = by > 0 || aside.at == 0;
        (here && by <= words.len() && words.is_char_boundary(by)).then_some((by, aside))
    })
}

/// The element that holds a piece, and its class.
fn looks(kind: Kind) -> (Option<&'static str>, &'static str) {
    match kind {
        Kind::Gap => (Some("span"), "gap"),
        Kind::Now => (Some("span"), "now"),
        Kind::Before => (Some("span"), "before"),
        Kind::In => (Some("ins"), "in"),
        Kind::Out => (Some("del"), "out"),
        Kind::Came => (Some("ins"), "came"),
        Kind::Went => (Some("del"), "went"),
        Kind::Same | Kind::Cut | Kind::Begins(_) | Kind::Joined(_) => (None, ""),
    }
}

/// A footnote that differs, its words as a redline sets them.
pub(in crate::report) fn footnote(note: &FootnoteChange, compared: Compared<'_>) -> NoteView {
    let mut lines = Lines::new();
    for piece in pieces(&note.segments, false) {
        let (tag, class) = looks(piece.kind);
        lines.insert(Words::new(tag, class, &piece.text));
    }
    NoteView { told: footnotes::told(note, compared), lines }
}
