//! Bytes of a PDF in; a draft as numbered paragraphs out.
//!
//! Pages are read by where things stand on them: characters make words, words lines, lines paragraphs. The
//! masthead of page 1, running heads and feet are taken off; footnotes are kept apart. Pictures of pages
//! (scans) hold no text and are refused, as is a file whose fonts do not say what their letters are.
//!
//! Limits against hostile files: 128 MB a file, 8 MB for what one compressed stream may grow to, 4,000
//! pages, 8 million characters, 20 million drawing operations, 2,000 bundles of objects, forms nested 12
//! deep; what exceeds them is refused. The file is taken apart in a thread of its own, so that a fault in the
//! PDF library ends in an error and not in the end of the tool.

mod canvas;
mod cmap;
mod contents;
mod encoding;
mod file;
mod font;
mod ink;
mod line;
mod matrix;
mod note;
mod outline;
mod page;
mod paragraph;
mod shape;
mod table;
mod words;

use std::collections::HashSet;
use std::thread;

use super::ReadError;
use super::assemble::assemble;
use crate::model::{Draft, Finding, Footnote, LeftOut, Omission};
use ink::{Ink, Painter};
use line::Line;
use page::Page;
use shape::Shape;
use words::Joiner;

/// Room for the calls that follow nested objects, in bytes.
const STACK: usize = 16 << 20;
/// A document in which fonts that explain nothing set this share of the characters cannot be read.
const UNREADABLE: f64 = 0.02;
/// The same for characters missing from fonts that explain others.
const GAPS: f64 = 0.25;

/// Reads a PDF.
///
/// # Errors
/// When the file is broken, cut off, locked with a password, too large, a scan without text, or set in fonts
/// that do not say what their letters are.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Draft, ReadError> {
    let refused = |message: String| ReadError { path: path.to_owned(), at: None, message };
    let read = thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(STACK);
        let Ok(running) = reader.spawn_scoped(scope, || inks(bytes)) else {
            return Err("the system has no room to read a PDF now; try again".to_owned());
        };
        let failed = || "this PDF is broken; get a fresh copy of the file".to_owned();
        running.join().unwrap_or_else(|_| Err(failed()))
    });
    let pages = read.map_err(refused)?;
    let mut draft = Draft { path: path.to_owned(), ..Draft::default() };
    draft.findings = legible(path, &pages).map_err(refused)?;
    layout(pages, &mut draft);
    Ok(draft)
}

/// What stands on the pages.
fn inks(bytes: &[u8]) -> Result<Vec<Ink>, String> {
    let document = file::open(bytes)?;
    let sheets = file::sheets(&document)?;
    let mut painter = Painter::new(&document);
    sheets.iter().map(|sheet| painter.page(sheet)).collect()
}

/// Refuses scans and fonts without meaning; what is lost on single pages is said.
fn legible(path: &str, pages: &[Ink]) -> Result<Vec<Finding>, String> {
    let letters =
        |ink: &Ink| ink.glyphs.iter().filter(|g| g.text.contains(char::is_alphanumeric)).count();
    let dumb: usize = pages.iter().map(|ink| ink.unreadable).sum();
    let gaps: usize = pages.iter().map(|ink| ink.gaps).sum();
    let all = dumb + gaps + pages.iter().map(letters).sum::<usize>();
    if dumb as f64 > UNREADABLE * all as f64 || gaps as f64 > GAPS * all as f64 {
        return Err(
            "the fonts of this PDF do not say what their letters are, so its words cannot be \
                    read; give the Word or XML version, or run text recognition (OCR) over it"
                .to_owned(),
        );
    }
    // A stamp or a page number on a scan is not its text.
    let bare = |ink: &Ink| letters(ink) < 40 && ink.pictured;
    if all == 0 && !pages.iter().any(|ink| ink.pictured) {
        return Err("this PDF holds no text; get a fresh copy of the file".to_owned());
    }
    if all == 0 || pages.iter().all(bare) {
        return Err("this PDF holds pictures of pages and no text (a scan); give the Word or XML \
                    version, or run text recognition (OCR) over it"
            .to_owned());
    }
    let scanned = pages.iter().enumerate().filter(|(_, ink)| letters(ink) == 0 && ink.pictured);
    let scanned = scanned.map(|(at, _)| {
        let message = format!("page {} is a picture without text and was not read", at + 1);
        Finding::warning("not-read", path, message)
            .help("run text recognition (OCR) over the file, or give its Word or XML version")
    });
    Ok(scanned.collect())
}

/// From characters on pages to paragraphs.
fn layout(mut inks: Vec<Ink>, draft: &mut Draft) {
    let letters = || inks.iter().flat_map(|ink| &ink.glyphs).flat_map(|glyph| glyph.text.chars());
    let (all, rtl) = (
        letters().filter(|c| c.is_alphabetic()).count(),
        letters().filter(|c| line::is_rtl(*c)).count(),
    );
    let mirrored = rtl * 2 > all;
    if mirrored {
        inks.iter_mut().for_each(line::mirror);
    }
    let page = |(at, ink): (usize, Ink)| Page {
        lines: line::lines(&ink, at, mirrored),
        size: ink.size,
        rules: ink.rules,
    };
    let mut pages: Vec<Page> = inks.into_iter().enumerate().map(page).collect();
    let (head, mut furniture) = page::stripped(&mut pages);
    for (own, entries) in furniture.iter_mut().zip(contents::taken(&mut pages)) {
        own.contents = entries;
    }
    let size = Shape::of(&pages).size;
    let notes = note::footnotes(&mut pages, size);
    let shape = Shape::of(&pages);
    let labels: HashSet<String> = notes.iter().map(|(label, _)| label.clone()).collect();
    let lines: Vec<&Line> = pages.iter().flat_map(|page| &page.lines).collect();
    let joiner = Joiner::new(&lines, labels);
    draft.footnotes = notes.iter().map(|(label, lines)| footnote(label, lines, &joiner)).collect();
    let pieces = paragraph::pieces(pages, shape);
    let (front, blocks) = outline::outline(&head, furniture, &pieces, shape, &joiner);
    draft.front = front;
    let cover = LeftOut { what: Omission::Cover, after: 0 };
    draft.left_out.extend(std::iter::repeat_n(cover, head.len()));
    assemble(blocks, draft);
}

/// A note: its label, and its words without it.
fn footnote(label: &str, lines: &[Line], joiner: &Joiner) -> Footnote {
    let text = joiner.flow(lines).text;
    let text = text.trim().strip_prefix(label).unwrap_or(text.trim());
    Footnote { label: label.to_owned(), text: text.trim().to_owned(), ..Footnote::default() }
}
