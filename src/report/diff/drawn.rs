//! A change in; its words, old and new in one text, as a page sets them out.

use serde::Serialize;

use super::concordance::label;
use super::html::is;
use super::pieces::{Kind, pieces};
use super::{Compared, footnotes};
use crate::model::{
    Aside, AsideKind, BORDER, Change, Differs, Footnote, FootnoteChange, Op, Paragraph, Segment,
    note_lines,
};
use crate::report::html::words::{Lines, Words, call};

/// A footnote that differs.
#[derive(Serialize)]
pub(in crate::report) struct NoteView {
    /// `edited`, `added` or `removed`.
    kind: &'static str,
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
    let stayed = stayed(change, compared);
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
                lines.insert(joined());
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
        // Side by side, a call stands with the text that it is in.
        let own = calls(paragraph, span.start, &piece.text);
        let drawn = |aside: &Aside| {
            if is_old {
                return called(&aside.text);
            }
            let mut call = call(&aside.text, side, addressed.map(|_| ""));
            call.class = "call now";
            call
        };
        let mut all: Vec<(usize, Words)> = own.map(|(by, aside)| (by, drawn(aside))).collect();
        let same = stayed.iter().filter(|_| piece.kind == Kind::Same);
        all.extend(same.filter(|old| std::ptr::eq(old.paragraph, paragraph)).filter_map(|old| {
            let by = within(old.at, span.start, &piece.text)?;
            Some((by, called(&old.call.text)))
        }));
        all.sort_by_key(|(by, _)| *by);
        for (by, call) in all {
            let before = piece.text.get(at..by).unwrap_or_default();
            lines.add(&Words::new(tag, class, before), paragraph, span.start + at);
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
    called.filter_map(move |aside| Some((within(aside.at, start, words)?, aside)))
}

/// The byte of words that begin at byte `start` of a paragraph at which its byte `at` is, if it stands in them or right behind.
fn within(at: usize, start: usize, words: &str) -> Option<usize> {
    let by = at.checked_sub(start)?;
    let here = by > 0 || at == 0;
    (here && by <= words.len() && words.is_char_boundary(by)).then_some(by)
}

/// The call of a footnote of the old draft: it is drawn only where the old text stands by itself.
fn called(label: &str) -> Words {
    Words::new(Some("sup"), "call before", label)
}

/// A call in words of the old draft that the new one has too.
struct Stayed<'c> {
    call: &'c Aside,
    /// Where these words stand in the new draft.
    paragraph: &'c Paragraph,
    at: usize,
}

/// The calls of the old draft in words of a change that stayed.
fn stayed<'c>(change: &Change, compared: Compared<'c>) -> Vec<Stayed<'c>> {
    let mut calls: Vec<(usize, bool, &Aside)> = Vec::new();
    let mut start = 0;
    for paragraph in compared.old_of(change) {
        let own = paragraph.asides.iter().filter(|aside| aside.kind == AsideKind::Footnote);
        calls.extend(own.map(|aside| (start + aside.at, aside.at == 0, aside)));
        start += paragraph.text.len() + BORDER.len();
    }
    let mut found = Vec::new();
    let mut from = 0;
    for segment in change.segments.iter().filter(|segment| segment.op != Op::Insert) {
        let own = from..from + segment.text.len();
        from = own.end;
        let Some(place) = segment.place.filter(|_| segment.op == Op::Equal) else { continue };
        let Some(paragraph) = compared.new.paragraphs.get(place.paragraph) else { continue };
        let here = calls.iter().filter(|(at, first, _)| {
            own.start < *at && *at <= own.end || *first && *at == own.start
        });
        found.extend(here.map(|(at, _, call)| Stayed {
            call,
            paragraph,
            at: place.span.start + at - own.start,
        }));
    }
    found
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
    for piece in pieces(&in_paragraphs(note, compared), false) {
        match piece.kind {
            // Its line ends with the sign, where the new text is shown: the old one goes on.
            Kind::Begins(_) => lines.insert(Words::new(Some("ins"), "begins", "¶")),
            Kind::Joined(_) => lines.insert(joined()),
            kind => {
                let (tag, class) = looks(kind);
                lines.add_note(&Words::new(tag, class, &piece.text));
            }
        }
    }
    NoteView { kind: note.kind.word(), told: footnotes::told(note, compared), lines }
}

/// The sign of a border that the old text had, where the new one goes on.
fn joined() -> Words {
    Words::new(Some("del"), "joined", "¶ ")
}

/// What became of a footnote, with the borders between its paragraphs: these are compared as one running text. Where both texts
/// have a border, or there is but one, a line break stands in the place of the space; what one of two has is a border that came
/// or went, as between paragraphs of a change.
fn in_paragraphs(note: &FootnoteChange, compared: Compared<'_>) -> Vec<Segment> {
    let lines = |notes: &[Footnote], at: Option<usize>| {
        at.and_then(|at| notes.get(at)).map(|note| note_lines(&note.text)).unwrap_or_default()
    };
    let (old, new) =
        (lines(&compared.old.footnotes, note.old), lines(&compared.new.footnotes, note.new));
    let alone = note.old.is_none() || note.new.is_none();
    let is_border = |text: &str, at: usize| text.as_bytes().get(at) == Some(&b'\n');
    let (mut was, mut is) = (0, 0);
    let mut out = Vec::new();
    for segment in &note.segments {
        let mut words = Segment { text: String::new(), ..segment.clone() };
        for c in segment.text.chars() {
            let went = segment.op != Op::Insert && is_border(&old, was);
            let came = segment.op != Op::Delete && is_border(&new, is);
            was += if segment.op == Op::Insert { 0 } else { c.len_utf8() };
            is += if segment.op == Op::Delete { 0 } else { c.len_utf8() };
            let stays = went && came || (went || came) && alone;
            words.text.push(if stays { '\n' } else { c });
            if went != came && !alone {
                let text = std::mem::take(&mut words.text);
                out.push(Segment { text, ..words.clone() });
                out.push(border(if went { Op::Delete } else { Op::Insert }));
            }
        }
        out.push(words);
    }
    out.retain(|segment| !segment.text.is_empty());
    out
}

/// A border between paragraphs that only one text has.
fn border(op: Op) -> Segment {
    let text = BORDER.to_owned();
    Segment { op, text, place: None, differs: Differs::Writing, elsewhere: None, source: None }
}
