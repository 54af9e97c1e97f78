//! Plain text in; a draft as numbered paragraphs out.
//!
//! Paragraphs are parted by empty lines or begin with an indented one. A short line in capitals, one that is underlined,
//! one set in the middle of the page and one that is counted ("II. Terms") are headings. No character is markup. Time and
//! memory grow with the length of the text.

mod pages;
mod signs;

pub(super) use signs::is_plain;

use super::assemble::{Block, assemble};
use super::flow::Flow;
use super::masthead::masthead_of_rows;
use crate::model::{AsideKind, Draft, Footnote, LineIndex, Omission};
use crate::text::label::label;
use crate::text::number::printed_number;
use crate::text::{annex_of_heading, is_roman};
use pages::{Line, lines};
use signs::{columns, indented, is_rule};

/// A longer line is a paragraph, whatever it looks like.
const LONGEST_HEADING: usize = 120;
/// From this column on a short line stands in the middle of the page.
const MIDDLE: usize = 16;

/// Reads a plain text.
pub(super) fn read(path: &str, source: &str) -> Draft {
    let lines = lines(source);
    let words = || lines.iter().filter(|line| !line.text.trim().is_empty()).map(|line| line.text);
    let all: Vec<&str> = lines.iter().map(|line| line.text).collect();
    let mut reader = Reader {
        starred: words().any(has_star),
        margin: words().map(columns).min().filter(|_| indented(&all) >= 2),
        ..Reader::default()
    };
    let mut draft = Draft { path: path.to_owned(), source: source.to_owned(), ..Draft::default() };
    draft.lines = LineIndex::new(source);
    let skipped = reader.letterhead(&lines, &mut draft);
    for line in lines.get(skipped..).unwrap_or_default() {
        reader.line(line);
    }
    reader.end_paragraph();
    draft.footnotes = reader.footnotes;
    assemble(reader.blocks, &mut draft);
    draft
}

#[derive(Default)]
struct Reader<'t> {
    blocks: Vec<Block>,
    footnotes: Vec<Footnote>,
    /// Lines of the paragraph being read.
    open: Vec<Line<'t>>,
    /// True after an empty line at the end of a page: the paragraph may go on on the next.
    paused: bool,
    /// True where a star after a word calls a note.
    starred: bool,
    /// Where lines begin, in a text whose paragraphs begin further in.
    margin: Option<usize>,
}

impl<'t> Reader<'t> {
    /// Reads the letterhead into the front matter, and says how many lines it takes.
    fn letterhead(&mut self, lines: &[Line<'_>], draft: &mut Draft) -> usize {
        let written: Vec<(usize, String)> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.text.trim().is_empty())
            .take(32)
            // Columns of a letterhead are parted by white space.
            .map(|(at, line)| (at, line.text.trim().replace("   ", "|")))
            .collect();
        let (found, rows) = masthead_of_rows(written.iter().map(|(_, line)| line.as_str()));
        draft.front.symbol = found.symbol;
        draft.front.body = found.body;
        draft.front.adopted = found.adopted;
        let cover = Block::LeftOut { what: Omission::Cover };
        self.blocks.extend(std::iter::repeat_n(cover, rows));
        rows.checked_sub(1).and_then(|at| written.get(at)).map_or(0, |(at, _)| at + 1)
    }

    fn line(&mut self, line: &Line<'t>) {
        let text = line.text.trim();
        if line.furniture {
            self.paused |= !self.open.is_empty();
            return self.blocks.push(Block::LeftOut { what: Omission::PageFurniture });
        }
        if text.is_empty() {
            // Empty lines at the foot of a page part nothing where the sentence goes on.
            self.paused = true;
            return;
        }
        if std::mem::take(&mut self.paused) && !self.goes_over(line) {
            self.end_paragraph();
        }
        if is_rule(text) {
            return self.rule(text);
        }
        if self.begins(line) {
            self.end_paragraph();
        }
        self.open.push(*line);
    }

    /// True where the paragraph goes on after the turn of a page.
    fn goes_over(&self, line: &Line<'_>) -> bool {
        let ended = self.open.last().is_some_and(|last| {
            last.text.trim_end().ends_with(['.', ';', ':', '!', '?', '”', '"'])
        });
        let small = line.text.trim_start().starts_with(char::is_lowercase);
        let turned = line.turned
            || matches!(self.blocks.last(), Some(Block::LeftOut { what: Omission::PageFurniture }));
        turned && small && !ended && !self.open.is_empty()
    }

    /// True where a paragraph begins with this line although none ended before it.
    fn begins(&self, line: &Line<'_>) -> bool {
        let (Some(first), Some(last)) = (self.open.first(), self.open.last()) else { return false };
        let text = line.text.trim();
        let ended = last.text.trim_end().ends_with(['.', ';', ',', ':', '!', '?', '”', '"']);
        let item = |text: &str| label(text).is_some() || printed_number(text).is_some();
        let hanging = self.open.len() == 1 && item(first.text.trim());
        let inner = |line: &str| self.margin.is_some_and(|margin| columns(line) >= margin + 2);
        let indented = columns(line.text) >= columns(last.text) + 2
            || self.open.len() == 1 && inner(last.text) && inner(line.text);
        bullet(text).is_some()
            || line.quoted != last.quoted
            || indented && ended && !hanging
            || self.is_note(text)
    }

    fn is_note(&self, text: &str) -> bool {
        self.starred && text.starts_with("* ")
    }

    fn rule(&mut self, text: &str) {
        let heading = match self.open.as_slice() {
            [line] if line.text.trim().chars().count() <= LONGEST_HEADING => Some(*line),
            _ => None,
        };
        match heading {
            Some(line) if !text.contains('*') => {
                self.open.clear();
                let level = if text.starts_with('=') { 1 } else { 2 };
                self.heading(level, line.text);
            }
            _ => self.end_paragraph(),
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(annex) = annex_of_heading(&text) {
            self.blocks.push(Block::Annex { annex: Some(annex) });
        }
        self.blocks.push(Block::Heading { level, text, calls: Vec::new() });
    }

    fn end_paragraph(&mut self) {
        let lines = std::mem::take(&mut self.open);
        let Some(first) = lines.first() else { return };
        let text = first.text.trim();
        if self.is_note(text) {
            let words: Vec<&str> = lines.iter().flat_map(|l| l.text.split_whitespace()).collect();
            let words = words.get(1..).unwrap_or_default().join(" ");
            return self.footnotes.push(Footnote {
                label: "*".to_owned(),
                text: words,
                ..Footnote::default()
            });
        }
        if let (Some(level), [_]) = (heading_level(first.text), lines.as_slice()) {
            return self.heading(level, text);
        }
        let mut flow = Flow::default();
        for line in &lines {
            let skipped = if flow.text.is_empty() { bullet(text).unwrap_or(0) } else { 0 };
            self.add(&mut flow, line, skipped);
        }
        self.blocks.push(match bullet(text) {
            Some(_) => Block::Item { depth: 1, marker: None, flow },
            None => Block::Text { flow },
        });
    }

    /// Adds a line to a paragraph, its white space as single spaces.
    fn add(&self, flow: &mut Flow, line: &Line<'_>, skipped: usize) {
        let lead = line.text.len() - line.text.trim_start().len() + skipped;
        let text = line.text.get(lead..).unwrap_or_default();
        let broken = flow.text.ends_with('-') && text.trim_start().starts_with(char::is_lowercase);
        if flow.text.ends_with('\u{ad}') {
            flow.text.pop();
        } else if !flow.text.is_empty() && !broken {
            flow.push("\n", line.at);
        }
        let mut end = 0;
        for (index, word) in text.split_ascii_whitespace().enumerate() {
            let from = text.get(end..).and_then(|rest| rest.find(word)).unwrap_or(0) + end;
            end = from + word.len();
            let at = line.at + lead + from;
            if index > 0 {
                flow.push(" ", at.saturating_sub(1));
            }
            match starred(word).filter(|_| self.starred) {
                Some(star) => {
                    flow.push(word.get(..star).unwrap_or_default(), at);
                    flow.aside(AsideKind::Footnote, "*");
                    flow.push(word.get(star + 1..).unwrap_or_default(), at + star + 1);
                }
                None => flow.push(word, at),
            }
        }
    }
}

/// Where the star behind a word is, if it is the only one: "Albania,*".
fn starred(word: &str) -> Option<usize> {
    let bare = word.trim_end_matches([',', '.', ';', ':']);
    let before = bare.strip_suffix('*')?;
    let single = word.matches('*').count() == 1 && before.contains(char::is_alphanumeric);
    single.then_some(before.len())
}

fn has_star(line: &str) -> bool {
    line.split_whitespace().any(|word| starred(word).is_some())
}

/// How long the bullet and the space after it at the start of a text are.
fn bullet(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['-', '–', '—', '•', '·', '▪', '●', '*'])?;
    let after = rest.trim_start();
    (after.len() < rest.len() && !after.is_empty()).then(|| text.len() - after.len())
}

/// The level of the heading that a line by itself is, if it is one.
fn heading_level(line: &str) -> Option<usize> {
    let text = line.trim();
    let ended = text.ends_with(['.', ';', ',', ':', '!', '?']);
    if annex_of_heading(text).is_some() && text.chars().count() <= LONGEST_HEADING {
        return Some(1);
    }
    let lettered = text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    if ended || !lettered || text.chars().count() > LONGEST_HEADING {
        return None;
    }
    let first = text.split_whitespace().next().unwrap_or_default();
    let counter = first.strip_suffix('.').unwrap_or_default();
    let titled = text.get(first.len()..).unwrap_or_default().trim_start();
    let titled = titled.starts_with(|c: char| c.is_uppercase());
    if is_roman(counter) && titled {
        return Some(2);
    }
    if counter.len() == 1 && counter.bytes().all(|b| b.is_ascii_uppercase()) && titled {
        return Some(3);
    }
    let capitals = !text.contains(char::is_lowercase) && text.contains(char::is_uppercase);
    let counted = label(text).is_some() || printed_number(text).is_some() || bullet(text).is_some();
    let middle = columns(line) >= MIDDLE && text.starts_with(char::is_uppercase);
    ((capitals || middle) && !counted).then_some(2)
}
