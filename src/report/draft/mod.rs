//! A draft in; the Markdown that is read as the same draft out.
//!
//! Each paragraph and sub-paragraph stands on one line, however long: a comparison word by word, as git makes it, then
//! shows the words that changed and not where lines were broken anew. What Markdown itself cannot say is said in
//! comments that nobody sees on a forge: `<!-- adref: new paragraph -->`, `same paragraph`, `annex I`, `no annex`.
//!
//! Reading the file gives the same ids, numbers, annexes, sections, texts, sub-paragraphs, links, notes and pins,
//! except for: headings below the sixth rank, which become sixth; labels of notes that occur twice, which are counted
//! (`a-2`); links within links, of which the outer one stays; comments that begin a later line of a paragraph.

mod front;
mod labels;

use std::ops::Range;

pub(super) use front::head;
use labels::Labels;

use super::inline::{Place, comment, line, line_with, plain, stands_before};
use crate::model::{Aside, Draft, Heading, Paragraph, Part, Pin, Span, Waiver};
use crate::text::annex_of_heading;
use crate::text::label::{item_label, label};
use crate::text::number::printed_number;

/// Writes a draft.
pub fn draft(draft: &Draft) -> String {
    written(draft).text
}

/// A draft in Markdown, and where its blocks stand in it.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) text: String,
    /// In the order of the text, without a gap; what stands before the first is the front matter, what stands after
    /// the last are the labels of footnotes that are called and that nobody wrote.
    pub(super) blocks: Vec<(Unit, Range<usize>)>,
}

/// What a block of a written draft holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// The heading with this index.
    Heading(usize),
    /// The paragraphs with these indexes: several where they are the rows of a table.
    Paragraphs(Range<usize>),
    /// The footnote with this index.
    Footnote(usize),
}

/// Writes a draft, and says where its blocks stand.
pub(super) fn written(draft: &Draft) -> Written {
    let mut writer =
        Writer { draft, out: head(&draft.front), labels: Labels::new(draft), annex: None };
    writer.pins(&draft.pins);
    writer.waivers(&draft.waivers);
    let mut blocks: Vec<(Unit, Range<usize>)> = Vec::new();
    let mut headings = draft.headings.iter().enumerate().peekable();
    let mut at = 0;
    while at <= draft.paragraphs.len() {
        while let Some((index, heading)) = headings.next_if(|(_, heading)| heading.before <= at) {
            let start = writer.out.len();
            writer.heading(heading);
            blocks.push((Unit::Heading(index), start..writer.out.len()));
        }
        let start = writer.out.len();
        let rows = table_rows(draft, at, headings.peek().map(|(_, heading)| heading.before));
        if rows > 0 {
            writer.table(at..at + rows);
            blocks.push((Unit::Paragraphs(at..at + rows), start..writer.out.len()));
            at += rows;
            continue;
        }
        if let Some(paragraph) = draft.paragraphs.get(at) {
            let before = at.checked_sub(1).and_then(|at| draft.paragraphs.get(at));
            writer.paragraph(paragraph, before);
            blocks.push((Unit::Paragraphs(at..at + 1), start..writer.out.len()));
        }
        at += 1;
    }
    writer.notes(&mut blocks);
    Written { text: writer.out, blocks }
}

struct Writer<'d> {
    draft: &'d Draft,
    out: String,
    labels: Labels,
    /// The annex that reading has come to.
    annex: Option<String>,
}

impl Writer<'_> {
    /// A block of its own, indented by so many columns.
    fn block(&mut self, indent: usize, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn says(&mut self, what: &str) {
        self.block(0, &format!("<!-- adref: {what} -->"));
    }

    fn heading(&mut self, heading: &Heading) {
        let Heading { level, text, .. } = heading;
        if let Some(annex) = annex_of_heading(text) {
            self.annex = Some(annex);
        }
        let (text, asides) = (text.clone(), heading.calls.clone());
        let words = Paragraph { text, asides, ..Paragraph::default() };
        let whole = 0..words.text.len();
        let text = line(&words, whole, Place::Within, |aside| self.labels.call(aside));
        let trimmed = text.trim_end_matches('#');
        let tail = "\\#".repeat(text.len() - trimmed.len());
        self.block(0, &format!("{} {trimmed}{tail}", "#".repeat((*level).clamp(1, 6))));
    }

    fn enter(&mut self, paragraph: &Paragraph) {
        if self.annex != paragraph.annex {
            match &paragraph.annex {
                Some(annex) => self.says(&format!("annex {annex}")),
                None => self.says("no annex"),
            }
            self.annex.clone_from(&paragraph.annex);
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, before: Option<&Paragraph>) {
        self.enter(paragraph);
        for aside in paragraph.asides.iter().filter(|aside| stands_before(aside)) {
            self.block(0, &comment(&aside.text));
        }
        let parts = lined_parts(paragraph);
        let first = paragraph.text.find('\n').unwrap_or(paragraph.text.len());
        let headless = parts.first().is_some_and(|part| part.span.start == 0);
        let number = paragraph.number.as_deref();
        let plain = |n: &&str| n.len() <= 9 && n.bytes().all(|b| b.is_ascii_digit());
        let listed = number.filter(plain).filter(|_| !paragraph.bracketed);
        let after_colon = before.is_some_and(|b| b.number.is_some() && b.text.ends_with(':'));
        if number.is_none() && headless
            || after_colon && number.is_some_and(|n| n.parse() == Ok(1_u64))
        {
            self.says("new paragraph");
        }
        let lead = match number {
            Some(number) if paragraph.bracketed => format!("[{number}.] "),
            Some(number) => format!("{number}. "),
            None => String::new(),
        };
        let base = listed.map_or(0, |_| lead.len());
        let place = match number {
            Some(_) if listed.is_some() => Place::Start,
            Some(_) => Place::Within,
            None if needs_care(&paragraph.text, before) => Place::Literal,
            None => Place::Start,
        };
        if headless && listed.is_some() {
            // The number stands on the line of the sub-paragraph that it begins with.
            self.lines(paragraph, &parts, 0, base, Some(lead.trim_end()));
        } else if headless {
            if number.is_some() {
                self.block(0, lead.trim_end());
            }
            self.lines(paragraph, &parts, 0, base, None);
        } else {
            let text = line(paragraph, 0..first, place, |aside| self.labels.call(aside));
            self.block(0, format!("{lead}{text}").trim_end());
            self.lines(paragraph, &parts, first + 1, base, None);
        }
        self.pins(&paragraph.pins);
        self.waivers(&paragraph.waivers);
    }

    fn pins(&mut self, pins: &[Pin]) {
        for pin in pins {
            self.block(0, &comment(&pin.written()));
        }
    }

    fn waivers(&mut self, waivers: &[Waiver]) {
        for waiver in waivers {
            self.block(0, &comment(&waiver.written()));
        }
    }

    /// The lines of a paragraph from byte `from` on: sub-paragraphs, and what goes on after them.
    fn lines(
        &mut self,
        p: &Paragraph,
        parts: &[&Part],
        from: usize,
        base: usize,
        lead: Option<&str>,
    ) {
        let mut lead = lead;
        let mut waiting = parts.iter().peekable();
        // Where the words of each open sub-paragraph stand, and where it ends, outermost first.
        let mut columns: Vec<(usize, usize)> = Vec::new();
        let mut at = from;
        while at <= p.text.len() && !p.text.is_empty() && from <= p.text.len() {
            let rest = p.text.get(at..).unwrap_or_default();
            let end = at + rest.find('\n').unwrap_or(rest.len());
            let mut begun = false;
            while let Some(part) = waiting.next_if(|part| part.span.start <= at) {
                begun = true;
                let before = p.text.get(..at).unwrap_or_default().trim_end();
                let fresh = columns.is_empty() && !before.ends_with(':');
                columns.truncate(part.depth.saturating_sub(1));
                let indent = columns.last().map_or(base, |(column, _)| *column);
                let nested = base > 0 || !columns.is_empty();
                let (mut marker, start) = marker(p, part, nested);
                let bare = part.label.is_empty() || part.label.slice(&p.text).starts_with('[');
                if fresh && !nested && bare {
                    // A bullet that no colon announces would be a paragraph, and so would a bracketed number.
                    marker.insert_str(0, "- ");
                }
                let literal = part.label.is_empty() && item_label(rest).is_some();
                let place = if literal { Place::Literal } else { Place::Start };
                let text = line(p, start..end, place, |aside| self.labels.call(aside));
                let text = format!("{marker}{text}");
                columns.push((indent + marker.len(), part.span.end));
                match lead.take() {
                    Some(number) => self.block(0, format!("{number} {text}").trim_end()),
                    None => self.block(indent, text.trim_end()),
                }
            }
            if !begun {
                while columns.last().is_some_and(|(_, end)| *end <= at) {
                    columns.pop();
                }
                let indent = columns.last().map_or(base, |(column, _)| *column);
                if indent == 0 {
                    self.says("same paragraph");
                }
                let counted = label(rest).is_some() || printed_number(rest).is_some();
                let literal = counted && indent > 0;
                let place = if literal { Place::Literal } else { Place::Start };
                let text = line(p, at..end, place, |aside| self.labels.call(aside));
                self.block(indent, &text);
            }
            at = end + 1;
        }
    }

    fn table(&mut self, rows: Range<usize>) {
        for (index, p) in self.draft.paragraphs.get(rows).unwrap_or_default().iter().enumerate() {
            if index == 0 {
                self.enter(p);
            }
            let mut cells = Vec::new();
            for (cell, asides) in p.cells_with_asides() {
                let call = |aside: &Aside| self.labels.call(aside);
                cells.push(line_with(p, cell.start..cell.end, asides, Place::Cell, call));
            }
            let row = format!("| {} |", cells.join(" | "));
            if index == 0 {
                self.block(0, &row);
                self.out.push_str(&format!("|{}\n", "---|".repeat(cells.len())));
            } else {
                self.out.push_str(&format!("{row}\n"));
            }
        }
    }

    fn notes(&mut self, blocks: &mut Vec<(Unit, Range<usize>)>) {
        let given = std::mem::take(&mut self.labels.given);
        for (index, (note, label)) in self.draft.footnotes.iter().zip(given).enumerate() {
            let start = self.out.len();
            let mut lines = note.text.split('\n');
            let first = lines.next().unwrap_or_default();
            self.block(0, &format!("[^{label}]: {}", plain(first, Place::Start)));
            lines.for_each(|line| self.block(4, &plain(line, Place::Start)));
            blocks.push((Unit::Footnote(index), start..self.out.len()));
        }
        for label in std::mem::take(&mut self.labels.bare) {
            self.block(0, &format!("[^{label}]:"));
        }
    }
}

/// The sub-paragraphs that begin a line; those that run on in the text are found again in it.
pub(super) fn lined_parts(paragraph: &Paragraph) -> Vec<&Part> {
    let begins = |at: usize| at == 0 || paragraph.text.get(..at).is_some_and(|t| t.ends_with('\n'));
    let all = paragraph.parts.iter().all(|part| begins(part.span.start));
    if all { paragraph.parts.iter().collect() } else { Vec::new() }
}

/// What stands before a sub-paragraph, and where the rest of its words begin. A number with a full stop is Markdown's
/// own; outside other lists it needs a bullet before it, or it would be a paragraph's.
fn marker(p: &Paragraph, part: &Part, nested: bool) -> (String, usize) {
    let shown = part.label.slice(&p.text);
    let counter =
        shown.strip_suffix('.').filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let after = p.text.get(part.label.end..).unwrap_or_default();
    match counter {
        Some(counter) if part.label.start == part.span.start && after.starts_with([' ', '\n']) => {
            let bullet = if nested { "" } else { "- " };
            let start = part.label.end + usize::from(after.starts_with(' '));
            (format!("{bullet}{counter}. "), start)
        }
        _ => ("- ".to_owned(), part.span.start),
    }
}

/// True where the start of an unnumbered paragraph would be read as a number or a label, or as the rest of the one before.
fn needs_care(text: &str, before: Option<&Paragraph>) -> bool {
    let listing = before.is_some_and(|before| !before.parts.is_empty());
    label(text).is_some()
        || printed_number(text).is_some()
        || listing && text.starts_with(char::is_lowercase)
}

/// How many paragraphs from `at` on are rows of one table; they are text without a number, with the same number of cells.
pub(super) fn table_rows(draft: &Draft, at: usize, heading: Option<usize>) -> usize {
    let paragraphs = draft.paragraphs.get(at..).unwrap_or_default();
    let Some(first) = paragraphs.first() else { return 0 };
    let wanted = first.cells.len();
    let is_row = |p: &&Paragraph| {
        let plain = p.number.is_none() && p.parts.is_empty();
        let plain = plain && p.pins.is_empty() && p.waivers.is_empty();
        let whole = |span: Span| {
            p.cells.iter().any(|cell| cell.start <= span.start && span.end <= cell.end)
        };
        plain
            && wanted > 1
            && p.cells.len() == wanted
            && p.annex == first.annex
            && !p.asides.iter().any(stands_before)
            && !p.text.contains('\n')
            && p.links.iter().all(|link| whole(link.span))
            && p.asides.iter().all(|aside| whole(Span::new(aside.at, aside.at)))
    };
    let most = heading.map_or(usize::MAX, |before| before.saturating_sub(at));
    paragraphs.iter().take(most).take_while(is_row).count()
}
