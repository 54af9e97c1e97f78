//! Characters of a page in; its lines of words, from top to bottom, out.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::font::Style;
use super::ink::{Glyph, Ink};

/// Characters further apart than this share of their size belong to two words.
const WORD_GAP: f64 = 0.14;
/// The same on a page that writes its spaces.
const WRITTEN_GAP: f64 = 0.3;
/// A page writes its spaces when this share of its characters or more are spaces.
const WRITTEN: f64 = 0.08;
/// The same where no script puts spaces between words.
const WIDE_GAP: f64 = 0.6;
/// Characters whose lines differ by less than this share of their size stand on one line.
const SAME_LINE: f64 = 0.16;
/// Type below this share of the size beside it is small: a call to a note, an index.
const SMALL: f64 = 0.85;

/// A word on a page, in points from the top left corner.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) size: f64,
    pub(super) style: Style,
    /// True for small type above the line: `¹`.
    pub(super) raised: bool,
    /// True where a space parts it from the word before it.
    pub(super) spaced: bool,
    /// True where that space does not let the line break.
    pub(super) tied: bool,
}

/// A line of words.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) words: Vec<Word>,
    pub(super) left: f64,
    pub(super) right: f64,
    /// What its words stand on.
    pub(super) base: f64,
    /// The size most of it is set in.
    pub(super) size: f64,
    /// The page, from 0.
    pub(super) page: usize,
    /// True where the file marks it as a running head or foot.
    pub(super) running: bool,
}

impl Line {
    /// Its words as one text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for word in &self.words {
            if word.spaced && !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    /// The share of its letters that are set as `is` asks.
    pub(super) fn share(&self, is: impl Fn(&Word) -> bool) -> f64 {
        let letters = |word: &Word| word.text.chars().filter(|c| c.is_alphanumeric()).count();
        let all: usize = self.words.iter().map(letters).sum();
        let those: usize = self.words.iter().filter(|word| is(word)).map(letters).sum();
        if all == 0 { 0.0 } else { those as f64 / all as f64 }
    }

    /// True when all of it is bold.
    pub(super) fn is_bold(&self) -> bool {
        self.share(|word| word.style.bold || word.raised) > 0.95
            && self.words.iter().any(|word| word.style.bold)
    }

    /// A line of these words alone.
    pub(super) fn of(&self, words: Vec<Word>) -> Self {
        let mut line = Self { words, ..self.clone() };
        line.measure();
        line
    }

    /// Sets the edges and the size by the words.
    fn measure(&mut self) {
        let words = || self.words.iter();
        self.left = words().map(|word| word.left).fold(f64::INFINITY, f64::min);
        self.right = words().map(|word| word.right).fold(f64::NEG_INFINITY, f64::max);
        let flat = words().filter(|word| !word.raised);
        self.size = usual_size(flat).or_else(|| usual_size(words())).unwrap_or_default();
    }
}

/// The size that most characters of these words have, to a tenth of a point.
fn usual_size<'w>(words: impl Iterator<Item = &'w Word>) -> Option<f64> {
    let sizes = words.map(|word| (word.size, word.text.chars().count()));
    most(sizes.map(|(size, count)| ((size * 10.0).round() as i64, count)))
        .map(|tenths| tenths as f64 / 10.0)
}

/// The value with the highest sum of weights; the smallest of equals.
pub(super) fn most(weighed: impl Iterator<Item = (i64, usize)>) -> Option<i64> {
    let mut sums = std::collections::BTreeMap::<i64, usize>::new();
    for (value, weight) in weighed {
        *sums.entry(value).or_default() += weight;
    }
    sums.into_iter().rev().max_by_key(|(_, weight)| *weight).map(|(value, _)| value)
}

/// True for letters of scripts written from right to left.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

/// Turns a page over, so that a text from right to left begins at the left.
pub(super) fn mirror(ink: &mut Ink) {
    let width = ink.size.0;
    for glyph in &mut ink.glyphs {
        (glyph.left, glyph.right) = (width - glyph.right, width - glyph.left);
    }
    for rule in &mut ink.rules {
        (rule.left, rule.right) = (width - rule.right, width - rule.left);
    }
}

/// The lines of a page; `mirrored` for one that was turned over.
pub(super) fn lines(ink: &Ink, page: usize, mirrored: bool) -> Vec<Line> {
    let blank = ink.glyphs.iter().filter(|glyph| glyph.text.trim().is_empty()).count();
    let written = blank as f64 > WRITTEN * ink.glyphs.len() as f64;
    let apart = if written { WRITTEN_GAP } else { WORD_GAP };
    let drawn = ink.glyphs.iter().filter(|glyph| !glyph.text.is_empty());
    let (marks, mut glyphs): (Vec<&Glyph>, Vec<&Glyph>) = drawn.partition(|g| is_mark(g));
    glyphs.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Row<'_>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if glyph.base - row.base <= SAME_LINE * row.size.max(glyph.size) => {
                row.add(glyph);
            }
            _ => rows.push(Row::new(glyph)),
        }
    }
    // A vowel sign stands above or below its line and belongs to it.
    for mark in marks {
        let far = |row: &Row<'_>| (row.base - mark.base).abs();
        if let Some(row) = rows.iter_mut().min_by(|a, b| far(a).total_cmp(&far(b))) {
            row.glyphs.push(mark);
        }
    }
    rows.retain(|row| row.glyphs.iter().any(|glyph| !glyph.text.trim().is_empty()));
    let mut lines: Vec<Line> =
        raised_into_place(rows).into_iter().map(|row| row.line(page, mirrored, apart)).collect();
    lines.retain(|line| !line.words.is_empty());
    lines.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    lines
}

/// True for signs that are set over or under other letters.
fn is_mark(glyph: &Glyph) -> bool {
    glyph.text.chars().all(is_combining_mark)
}

/// Characters on one line, before they are words.
struct Row<'g> {
    glyphs: Vec<&'g Glyph>,
    base: f64,
    size: f64,
}

impl<'g> Row<'g> {
    fn new(glyph: &'g Glyph) -> Self {
        Self { glyphs: vec![glyph], base: glyph.base, size: glyph.size }
    }

    fn add(&mut self, glyph: &'g Glyph) {
        self.glyphs.push(glyph);
        self.size = self.size.max(glyph.size);
    }

    fn edges(&self) -> (f64, f64) {
        let inked = || self.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
        (
            inked().map(|glyph| glyph.left).fold(f64::INFINITY, f64::min),
            inked().map(|glyph| glyph.right).fold(f64::NEG_INFINITY, f64::max),
        )
    }

    /// True when `small` hangs on this row: a raised number, a lowered index.
    fn takes(&self, small: &Row<'_>) -> bool {
        let ((left, right), (from, to)) = (self.edges(), small.edges());
        let up = self.base - small.base;
        small.size <= SMALL * self.size
            && up < 0.8 * self.size
            && up > -0.35 * self.size
            && from > left - 3.0 * self.size
            && to < right + 2.0 * self.size
    }

    fn line(mut self, page: usize, mirrored: bool, apart: f64) -> Line {
        // By their middles, as the letters of a ligature lie over one another.
        self.glyphs.sort_by(|a, b| (a.left + a.right).total_cmp(&(b.left + b.right)));
        // A letter drawn twice, a little apart, is a bold one.
        self.glyphs.dedup_by(|b, a| {
            a.text == b.text
                && !a.text.trim().is_empty()
                && (a.left - b.left).abs() < 0.1 * a.size
                && (a.base - b.base).abs() < 0.1 * a.size
        });
        let gap = |pair: &[&Glyph]| match pair {
            [a, b] => b.left - a.right,
            _ => 0.0,
        };
        let gaps = std::iter::once(0.0).chain(self.glyphs.windows(2).map(gap));
        let mut placed: Vec<(&Glyph, f64)> = self.glyphs.iter().copied().zip(gaps).collect();
        if mirrored {
            left_to_right_runs(&mut placed);
        }
        let mut line = Line { base: self.base, page, ..Line::default() };
        let (mut parted, mut tied) = (false, false);
        for (glyph, gap) in placed {
            if glyph.text.trim().is_empty() {
                (parted, tied) = (true, glyph.text.contains(['\u{A0}', '\u{202F}']));
                continue;
            }
            let raised =
                glyph.size <= SMALL * self.size && self.base - glyph.base > 0.15 * self.size;
            let last = line.words.last_mut();
            let wide = !is_mark(glyph)
                && last.as_ref().is_some_and(|last| gap > allowed(last, glyph, apart) * glyph.size);
            let fresh = parted || wide;
            match last {
                Some(word) if !fresh && word.raised == raised => {
                    word.text.push_str(&glyph.text);
                    word.left = word.left.min(glyph.left);
                    word.right = word.right.max(glyph.right);
                }
                last => {
                    let spaced = last.is_some() && fresh;
                    line.words.push(Word {
                        text: glyph.text.to_string(),
                        left: glyph.left,
                        right: glyph.right,
                        size: glyph.size,
                        style: glyph.style,
                        raised,
                        spaced,
                        tied,
                    });
                }
            }
            (parted, tied) = (false, false);
        }
        line.running = self.glyphs.iter().all(|glyph| glyph.running);
        for word in &mut line.words {
            word.text = plain(&word.text);
        }
        line.words.retain(|word| !word.text.is_empty());
        line.measure();
        line
    }
}

fn allowed(last: &Word, next: &Glyph, apart: f64) -> f64 {
    let wide = |c: Option<char>| c.is_some_and(is_unspaced);
    // A number ends with its stop, and less room may stand behind it.
    let number = last.text.ends_with('.') && last.text.starts_with(|c: char| c.is_ascii_digit());
    let either = !number && (wide(last.text.chars().last()) || wide(next.text.chars().next()));
    if either { WIDE_GAP } else { apart }
}

/// Scripts without spaces between words, and their punctuation.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// Moves rows of small type into the row they hang on.
fn raised_into_place(rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let mut placed: Vec<Row<'_>> = Vec::with_capacity(rows.len());
    let mut above: Option<Row<'_>> = None;
    for mut row in rows {
        if let Some(small) = above.take() {
            // A call stands above its own line before that line comes.
            if row.takes(&small) {
                row.glyphs.extend(small.glyphs);
            } else {
                match placed.last_mut().filter(|last| last.takes(&small)) {
                    Some(last) => last.glyphs.extend(small.glyphs),
                    None => placed.push(small),
                }
            }
        }
        let small = placed.last().is_none_or(|last| row.size <= last.size);
        if small {
            above = Some(row);
        } else {
            placed.push(row);
        }
    }
    if let Some(small) = above {
        match placed.last_mut().filter(|last| last.takes(&small)) {
            Some(last) => last.glyphs.extend(small.glyphs),
            None => placed.push(small),
        }
    }
    placed
}

/// In a text from right to left, numbers and Latin words still run from left to right.
fn left_to_right_runs(placed: &mut [(&Glyph, f64)]) {
    let first = |glyph: &Glyph| glyph.text.chars().next().unwrap_or(' ');
    let kind = |glyph: &Glyph| match first(glyph) {
        c if c.is_ascii_digit() || c.is_alphabetic() && !is_rtl(c) => Some(true),
        c if is_rtl(c) => Some(false),
        _ => None,
    };
    let mut at = 0;
    while let Some((glyph, _)) = placed.get(at) {
        if kind(glyph) != Some(true) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut next = end;
        let mut spaced = false;
        while let Some((glyph, _)) = placed.get(next) {
            match kind(glyph) {
                Some(false) => break,
                Some(true) => {
                    // Two numbers with a space between them are two, the right one first.
                    let digit = |g: &Glyph| first(g).is_ascii_digit();
                    let before = placed.get(end - 1).is_some_and(|(g, _)| digit(g));
                    if spaced && before && digit(glyph) {
                        break;
                    }
                    (end, spaced) = (next + 1, false);
                }
                None => spaced |= first(glyph).is_whitespace(),
            }
            next += 1;
        }
        if let Some(run) = placed.get_mut(at..end) {
            let mut gaps: Vec<f64> = run.iter().map(|(_, gap)| *gap).collect();
            if let Some(inner) = gaps.get_mut(1..) {
                inner.reverse();
            }
            run.reverse();
            run.iter_mut().zip(gaps).for_each(|((_, gap), new)| *gap = new);
        }
        at = end;
    }
}

/// Ligatures and presentation forms as the letters they stand for, without soft hyphens and marks that
/// cannot be seen; a hyphen that must not break is a hyphen.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{FB00}'..='\u{FB06}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
                out.extend(std::iter::once(c).nfkc());
            }
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' => {}
            '\u{2010}' | '\u{2011}' => out.push('-'),
            // The bullets of Symbol and Wingdings, in the area for private use.
            '\u{F0A7}' | '\u{F0B7}' => out.push('•'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.nfc().collect()
}
