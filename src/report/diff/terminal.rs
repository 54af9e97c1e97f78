//! A comparison in; text for a terminal, in one column or in two, out.

use rayon::prelude::*;

use super::notes::notes;
use super::pieces::{Kind, Piece, pieces};
use super::told::{
    Head, NO_DIFFERENCE, counts, head, heading, none_shown, part, pointer, summary, titles,
    unchanged,
};
use super::view::{Item, items};
use super::{Compared, DiffOptions, columns, concordance, footnotes};
use crate::model::{Change, ChangeKind, Draft, FootnoteChange, Place};
use crate::report::terminal::between;
use crate::report::wrap::{Look, Styled};

/// Columns before the words of a change.
pub(in crate::report) const MARGIN: usize = 4;

/// Lines in one column are no longer than this however wide the terminal is.
const WIDEST: usize = 120;

/// Fewer items than this are written by one thread: to wake others takes longer.
const FEW: usize = 64;

/// Writes the report.
pub(super) fn write(compared: Compared<'_>, options: &DiffOptions) -> String {
    if compared.comparison.is_identical() && !options.is_partial() {
        return format!("{NO_DIFFERENCE}\n");
    }
    let page = Page { compared, options, width: options.width.clamp(40, WIDEST) };
    if options.summary {
        return page.top();
    }
    let items = items(compared, options);
    let each = |item: &Item<'_>| page.item(item);
    let (mut out, written): (String, Vec<String>) = if items.len() < FEW {
        (page.top(), items.iter().map(each).collect())
    } else {
        rayon::join(|| page.top(), || items.par_iter().map(each).collect())
    };
    out.push('\n');
    if !items.iter().any(|item| matches!(item, Item::Change(_) | Item::Heading(..))) {
        out.push_str(&page.line(none_shown(options, compared), Look::Plain));
        out.push('\n');
    }
    for (at, text) in written.iter().enumerate() {
        out.push_str(text);
        // Lines of one sentence stand together.
        let short = |item: Option<&Item<'_>>| {
            matches!(item, Some(Item::Unchanged(_) | Item::Pointer(..) | Item::Part(..)))
        };
        if short(items.get(at)) && !short(items.get(at + 1)) {
            out.push('\n');
        }
    }
    let uncalled = &compared.comparison.uncalled;
    if !uncalled.is_empty() && !options.is_partial() {
        out.push_str(&page.line(footnotes::UNCALLED, Look::Faint));
        uncalled.iter().for_each(|note| out.push_str(&page.footnote(note)));
        out.push('\n');
    }
    if options.is_partial() {
        let whole = format!("The whole draft: {}", counts(compared));
        out.push_str(&page.line(whole, Look::Plain));
    }
    out
}

/// One change with its head, its words and its notes.
pub(in crate::report) fn one(
    change: &Change,
    compared: Compared<'_>,
    options: &DiffOptions,
) -> String {
    Page { compared, options, width: options.width.clamp(40, WIDEST) }.change(change)
}

struct Page<'r> {
    compared: Compared<'r>,
    options: &'r DiffOptions,
    width: usize,
}

impl Page<'_> {
    fn wrapped(&self, styled: &Styled, indent: (usize, usize)) -> String {
        styled.wrapped(indent, self.width, self.options.color)
    }

    fn line(&self, text: impl AsRef<str>, look: Look) -> String {
        let mut styled = Styled::default();
        styled.push(text, look);
        self.wrapped(&styled, (0, 2))
    }

    /// The two drafts, how much differs, and which number became which.
    fn top(&self) -> String {
        let (title, beside) = titles(self.compared);
        let mut styled = Styled::default();
        styled.push(title, Look::Strong);
        let mut out = self.wrapped(&styled, (0, 0));
        beside.iter().for_each(|line| out.push_str(&self.line(line, Look::Faint)));
        if self.options.is_partial() && !self.options.summary {
            return out;
        }
        out.push('\n');
        for line in summary(self.compared) {
            out.push_str(&self.line(line, Look::Plain));
        }
        for numbers in concordance::lines(self.compared) {
            out.push_str(&self.line(numbers, Look::Plain));
        }
        out
    }

    fn item(&self, item: &Item<'_>) -> String {
        match item {
            Item::Heading(change, level, text) => {
                let mut styled = Styled::default();
                styled.push(text, Look::Strong);
                if let Some(told) = heading(change, self.compared) {
                    styled.push(format!(" · heading {told}"), Look::Plain);
                }
                self.wrapped(&styled, (level.saturating_sub(1).min(4) * 2, 2)) + "\n"
            }
            Item::Change(change) => self.change(change),
            Item::Unchanged(run) => self.line(unchanged(run, self.compared), Look::Faint),
            Item::Pointer(old, change) => {
                self.line(pointer(*old, change, self.compared), Look::Faint)
            }
            Item::Part(new, change) => self.line(part(*new, change, self.compared), Look::Faint),
        }
    }

    fn change(&self, change: &Change) -> String {
        let mut out = self.head(change);
        let pieces = pieces(&change.segments, change.differs());
        if self.options.side_by_side {
            out.push_str(&columns::write(&pieces, change, self.compared, self.options));
        } else {
            let bare = !self.options.color && !one_sided(change);
            let named: Vec<String> = self.compared.new_of(change).map(concordance::label).collect();
            let text = drawn(&pieces, &named, self.compared, bare);
            out.push_str(&self.wrapped(&text, (MARGIN, 0)));
        }
        let footnotes = change.footnotes.iter().map(|note| self.footnote(note));
        out.extend(footnotes);
        for note in notes(change, self.compared) {
            let mut styled = Styled::default();
            styled.push("↳ ", Look::Faint);
            styled.push(note, Look::Plain);
            out.push_str(&self.wrapped(&styled, (MARGIN, 2)));
        }
        out.push('\n');
        out
    }

    /// A footnote that differs, with its words.
    fn footnote(&self, note: &FootnoteChange) -> String {
        let edited = footnotes::is_edited(note);
        let mut styled = Styled::default();
        styled.push("↳ ", Look::Faint);
        styled.push(format!("{}: ", footnotes::told(note, self.compared)), Look::Plain);
        let bare = !self.options.color && edited;
        draw(&mut styled, &pieces(&note.segments, edited), &[], self.compared, bare);
        self.wrapped(&styled, (MARGIN, 2))
    }

    fn head(&self, change: &Change) -> String {
        let Head { number, was, kind, rest } = head(change, self.compared);
        let look = match change.kind {
            ChangeKind::Added => Look::New,
            ChangeKind::Moved => Look::Moved,
            ChangeKind::Unchanged | ChangeKind::Removed => Look::Faint,
            _ => Look::Recalled,
        };
        let mut styled = Styled::default();
        styled.push(&number, Look::Strong);
        let gap = if number.is_empty() || was.is_empty() { "" } else { " " };
        styled.push(format!("{gap}{was} · "), Look::Faint);
        styled.push(kind, look);
        rest.iter().for_each(|fact| styled.push(format!(" · {fact}"), Look::Plain));
        self.wrapped(&styled, (0, MARGIN))
    }
}

/// True where the head says already that all words came or went.
pub(super) fn one_sided(change: &Change) -> bool {
    change.old.is_empty() || change.new.is_empty()
}

/// The pieces of a change in their looks; where it is `bare` of colours, between signs. Where there are several `named`
/// paragraphs, each begins with its name.
pub(super) fn drawn(
    pieces: &[Piece<'_>],
    named: &[String],
    compared: Compared<'_>,
    bare: bool,
) -> Styled {
    let mut styled = Styled::default();
    draw(&mut styled, pieces, named, compared, bare);
    styled
}

/// The same, behind what stands on the line already.
fn draw(
    styled: &mut Styled,
    pieces: &[Piece<'_>],
    named: &[String],
    compared: Compared<'_>,
    bare: bool,
) {
    let begin = |styled: &mut Styled, index: usize| {
        if let Some(name) = named.get(index).filter(|_| named.len() > 1) {
            styled.push(format!("{name}\u{a0} "), Look::Faint);
        }
    };
    begin(styled, 0);
    for piece in pieces {
        match piece.kind {
            Kind::Begins(index) => {
                styled.end_line(0);
                begin(styled, index);
            }
            Kind::Joined(_) if bare => styled.push("{-¶-}", Look::Struck),
            Kind::Joined(_) => styled.push("¶", Look::Struck),
            Kind::Before => {}
            Kind::Same | Kind::Now => {
                lines(styled, piece, compared, |text| text.to_owned(), Look::Plain)
            }
            Kind::In | Kind::Came => {
                let look = if piece.kind == Kind::Came { Look::Moved } else { Look::New };
                let set =
                    |text: &str| if bare { between("{+", text, "+}") } else { text.to_owned() };
                lines(styled, piece, compared, set, look);
            }
            Kind::Out | Kind::Went => {
                let set =
                    |text: &str| if bare { between("{-", text, "-}") } else { text.to_owned() };
                lines(styled, piece, compared, set, Look::Struck);
            }
            Kind::Cut => styled.push(&piece.text, Look::Faint),
            Kind::Gap => styled.push(&piece.text, Look::Plain),
        }
    }
}

/// Adds a piece of a draft; its sub-paragraphs stand on lines of their own.
fn lines(
    styled: &mut Styled,
    piece: &Piece<'_>,
    compared: Compared<'_>,
    set: impl Fn(&str) -> String,
    look: Look,
) {
    let draft = if piece.kind.is_out() { compared.old } else { compared.new };
    let mut at = 0;
    for (index, line) in piece.text.split('\n').enumerate() {
        if index > 0 {
            styled.end_line(2 * piece.at.map_or(0, |place| depth(place, at, draft)));
        }
        at += line.len() + 1;
        styled.push(set(line), look);
    }
}

/// Depth of the sub-paragraph of a draft that begins `after` bytes behind a place; 0 where none does.
fn depth(place: Place, after: usize, draft: &Draft) -> usize {
    let Some(paragraph) = draft.paragraphs.get(place.paragraph) else { return 0 };
    let start = place.span.start + after;
    // Of those that begin at one place, the outermost comes first.
    let first = paragraph.parts.partition_point(|part| part.span.start < start);
    let part = paragraph.parts.get(first).filter(|part| part.span.start == start);
    part.map_or(0, |part| part.depth)
}
