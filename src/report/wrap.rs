//! Styled words in; lines that fit a terminal out.

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
    };
    dressed.to_string()
}

/// Text in pieces, each with its look; `\n` in a piece begins a new line.
#[derive(Clone, Debug, Default)]
pub(super) struct Styled {
    pieces: Vec<(String, Look)>,
}

impl Styled {
    pub(super) fn push(&mut self, text: impl Into<String>, look: Look) {
        self.pieces.push((text.into(), look));
    }

    /// The pieces wrapped to `width` columns, the first line after `indent` spaces and those it runs on to
    /// after `hanging` more; a word longer than a line is broken. What documents say is freed of control
    /// characters first.
    pub(super) fn wrapped(
        &self,
        (indent, hanging): (usize, usize),
        width: usize,
        color: bool,
    ) -> String {
        let mut lines = Lines {
            out: String::new(),
            room: width.saturating_sub(indent + hanging).max(20),
            indent,
            hanging,
            column: 0,
            color,
            space: false,
        };
        for (text, look) in &self.pieces {
            let clean = sanitized(text);
            let mut rest = clean.as_str();
            while let Some(c) = rest.chars().next() {
                if c == '\n' {
                    lines.end_line();
                    rest = rest.get(1..).unwrap_or_default();
                } else if c.is_whitespace() {
                    lines.space = true;
                    rest = rest.get(c.len_utf8()..).unwrap_or_default();
                } else {
                    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                    lines.word(rest.get(..end).unwrap_or_default(), *look);
                    rest = rest.get(end..).unwrap_or_default();
                }
            }
        }
        lines.finish()
    }
}

struct Lines {
    out: String,
    room: usize,
    indent: usize,
    hanging: usize,
    column: usize,
    color: bool,
    space: bool,
}

impl Lines {
    fn word(&mut self, word: &str, look: Look) {
        let width = word.width();
        let gap = usize::from(self.space && self.column > 0);
        // Pieces without white space between them stay together where the line has room.
        if self.column > 0 && self.column + gap + width > self.room {
            self.end_line();
        } else if gap > 0 {
            self.out.push(' ');
            self.column += 1;
        }
        self.space = false;
        self.start_line();
        if width <= self.room {
            self.out.push_str(&dress(word, look, self.color));
            self.column += width;
            return;
        }
        for c in word.chars() {
            let mut one = [0u8; 4];
            let piece: &str = c.encode_utf8(&mut one);
            if self.column + piece.width() > self.room {
                self.end_line();
                self.start_line();
            }
            self.out.push_str(&dress(piece, look, self.color));
            self.column += piece.width();
        }
    }

    fn start_line(&mut self) {
        if self.column == 0 {
            let hanging = if self.out.is_empty() { 0 } else { self.hanging };
            self.out.push_str(&" ".repeat(self.indent + hanging));
        }
    }

    fn end_line(&mut self) {
        self.out.push('\n');
        self.column = 0;
        self.space = false;
    }

    fn finish(mut self) -> String {
        if self.column > 0 {
            self.end_line();
        }
        self.out
    }
}

/// `text` without characters that command a terminal: escape sequences, other control characters and
/// marks that turn the direction of writing for the rest of the line.
pub fn sanitized(text: &str) -> String {
    let keep = |c: &char| {
        !(c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
    };
    text.chars().filter(keep).collect()
}
