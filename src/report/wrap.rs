//! Styled words in; lines that fit a terminal out.

use std::iter::repeat_n;
use std::str::Chars;

use unicode_width::UnicodeWidthStr;

use colored::{Color, ColoredString, Colorize};

/// How words look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Look {
    /// As the terminal shows text.
    #[default]
    Plain,
    /// New language: blue, as in the annotated proposals that delegations exchange.
    New,
    /// Struck through.
    Struck,
    /// Set back.
    Faint,
    /// Set off.
    Strong,
    /// A mark: reaffirmed.
    Reaffirmed,
    /// A mark: recalled.
    Recalled,
    /// Words that were searched for.
    Found,
    /// Words that were elsewhere before.
    Moved,
}

/// Blue and green that read on dark and on light grounds: entries 33, 35 and 172 of the 256-colour table.
const BLUE: Color = Color::AnsiColor(33);
const GREEN: Color = Color::AnsiColor(35);
const AMBER: Color = Color::AnsiColor(172);

/// Writes `text` in its look.
pub(super) fn dress(text: &str, look: Look, color: bool) -> String {
    if !color || text.is_empty() {
        return text.to_owned();
    }
    let dressed: ColoredString = match look {
        Look::Plain => return text.to_owned(),
        Look::New => text.color(BLUE),
        Look::Struck => text.strikethrough().dimmed(),
        Look::Faint => text.dimmed(),
        Look::Strong => text.bold(),
        Look::Reaffirmed => text.color(GREEN).bold(),
        Look::Recalled => text.color(AMBER).bold(),
        Look::Found => text.bold().underline(),
        Look::Moved => text.color(GREEN),
    };
    dressed.to_string()
}

/// Text in pieces, each with its look.
#[derive(Clone, Debug, Default)]
pub(super) struct Styled {
    pieces: Vec<Item>,
}

#[derive(Clone, Debug)]
enum Item {
    Text(String, Look),
    /// The line ends; the next one, and those it runs on to, are indented by so much more.
    End(usize),
}

impl Styled {
    /// Adds text, freed of the characters that command a terminal; `\n` begins a new line.
    pub(super) fn push(&mut self, text: impl AsRef<str>, look: Look) {
        for (index, line) in text.as_ref().split('\n').enumerate() {
            if index > 0 {
                self.pieces.push(Item::End(0));
            }
            self.pieces.push(Item::Text(sanitized(line), look));
        }
    }

    /// Ends the line; what follows is indented by `indent` columns.
    pub(super) fn end_line(&mut self, indent: usize) {
        self.pieces.push(Item::End(indent));
    }

    /// The pieces wrapped to `width` columns, the first line after `indent` spaces and those it runs on to
    /// after `hanging` more. A word is broken only where it is longer than a line.
    pub(super) fn wrapped(
        &self,
        (indent, hanging): (usize, usize),
        width: usize,
        color: bool,
    ) -> String {
        let texts = self.pieces.iter().map(|item| match item {
            Item::Text(text, _) => text.len(),
            Item::End(_) => 0,
        });
        // With room for margins, the lines need no second place in memory.
        let out = String::with_capacity(texts.sum::<usize>() * 9 / 8 + 64);
        let mut lines = Lines { out, width, indent, hanging, color, ..Lines::default() };
        for item in &self.pieces {
            match item {
                Item::End(deeper) => {
                    lines.end_line();
                    lines.indent = indent + deeper;
                }
                Item::Text(text, look) => {
                    for (at, word) in text.split(parts).enumerate() {
                        if at > 0 {
                            lines.space();
                        }
                        lines.add(word, *look);
                    }
                }
            }
        }
        lines.end_line();
        lines.out
    }
}

/// Text without looks, freed of what commands a terminal and wrapped to `width` columns.
pub(super) fn folded(text: &str, width: usize) -> String {
    let mut styled = Styled::default();
    styled.push(text, Look::Plain);
    styled.wrapped((0, 0), width, false).trim_end().to_owned()
}

/// True for white space at which a line may end; a no-break space is part of its word.
fn parts(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')
}

#[derive(Default)]
struct Lines<'s> {
    out: String,
    width: usize,
    indent: usize,
    hanging: usize,
    color: bool,
    /// Columns used on this line, the indent not counted.
    column: usize,
    /// The word being read: pieces in different looks without white space between them.
    word: Vec<(&'s str, Look)>,
    /// True when white space stands before the word.
    spaced: bool,
    /// Words in one look, not yet written: a look is switched on once for all of them.
    run: String,
    look: Look,
}

impl<'s> Lines<'s> {
    fn add(&mut self, piece: &'s str, look: Look) {
        if !piece.is_empty() {
            self.word.push((piece, look));
        }
    }

    fn space(&mut self) {
        self.place_word();
        self.spaced = true;
    }

    fn room(&self) -> usize {
        self.width.saturating_sub(self.indent + self.hanging).max(20)
    }

    fn place_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        let width: usize = word.iter().map(|(piece, _)| columns(piece)).sum();
        let gap = usize::from(self.spaced && self.column > 0);
        if self.column > 0 && self.column + gap + width > self.room() {
            self.break_line();
        } else if gap > 0 {
            if word.first().is_some_and(|(_, look)| *look != self.look) {
                self.switch(Look::Plain);
            }
            self.run.push(' ');
            self.column += 1;
        }
        self.spaced = false;
        for (piece, look) in &word {
            self.write(piece, *look);
        }
        // The room is kept for the next word.
        self.word = word;
        self.word.clear();
    }

    fn write(&mut self, piece: &str, look: Look) {
        self.start_line();
        self.switch(look);
        let width = columns(piece);
        if self.column + width <= self.room() {
            self.run.push_str(piece);
            self.column += width;
            return;
        }
        for c in piece.chars() {
            let mut one = [0u8; 4];
            let width = c.encode_utf8(&mut one).width();
            if self.column + width > self.room() {
                self.break_line();
                self.start_line();
            }
            self.run.push(c);
            self.column += width;
        }
    }

    /// Writes what is waiting, and goes on in another look.
    fn switch(&mut self, look: Look) {
        if look != self.look {
            self.write_run();
            self.look = look;
        }
    }

    /// Writes what is waiting.
    fn write_run(&mut self) {
        if self.color {
            self.out.push_str(&dress(&self.run, self.look, true));
        } else {
            self.out.push_str(&self.run);
        }
        self.run.clear();
    }

    fn start_line(&mut self) {
        if self.column == 0 {
            let first = self.out.is_empty();
            let indent = self.indent + if first { 0 } else { self.hanging };
            self.out.extend(repeat_n(' ', indent));
        }
    }

    fn break_line(&mut self) {
        self.write_run();
        self.out.push('\n');
        self.column = 0;
        self.spaced = false;
    }

    fn end_line(&mut self) {
        self.place_word();
        if self.column > 0 {
            self.break_line();
        }
        self.spaced = false;
    }
}

/// The columns that a piece of a word takes.
fn columns(piece: &str) -> usize {
    if piece.is_ascii() { piece.len() } else { piece.width() }
}

/// `text` without what commands a terminal: escape sequences as wholes, other control characters and marks that turn the
/// direction of writing for the rest of the line; and without the two signs beside them that XML has no way to say (XML
/// 1.0, 2.2).
pub fn sanitized(text: &str) -> String {
    let keep = |c: char| {
        !(c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(
                c,
                '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}'
            ))
    };
    let plain = |byte: u8| matches!(byte, b'\t' | b'\n' | b' '..=b'~');
    if text.bytes().all(plain) || text.chars().all(keep) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' | '\u{9b}' => rest = after_sequence(c, rest),
            c if keep(c) => out.push(c),
            _ => {}
        }
    }
    out
}

/// What stands behind an escape sequence that begins with `first` (ECMA-48, 5.4): `ESC [ 3 1 m`. Where no sequence goes on
/// there, nothing but the first character belongs to it.
fn after_sequence(first: char, rest: Chars<'_>) -> Chars<'_> {
    let mut after = rest.clone();
    if first == '\u{1b}' && after.next().is_none_or(|c| c != '[') {
        return rest;
    }
    match after.find(|c| !matches!(c, '\u{20}'..='\u{3f}')) {
        Some('\u{40}'..='\u{7e}') => after,
        _ => rest,
    }
}
