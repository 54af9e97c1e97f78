//! Words of a page in; running text with single spaces, each word with its place in the file, out.

use super::body::Body;
use crate::read::flow::Flow;

impl Body<'_> {
    /// Adds words: white space in a file is one space, except where the page asks for its lines.
    pub(super) fn words(&mut self, words: &str, at: usize, node: usize) {
        if self.around().any(|tag| tag.name == "pre") {
            for (index, line) in words.lines().enumerate() {
                let broken = index > 0;
                if broken && (line.trim().is_empty() || self.flow.text.ends_with('\n')) {
                    self.end_block();
                } else if broken {
                    self.add("\n", at);
                }
                self.spaced(line, at, node);
            }
            return;
        }
        self.spaced(words, at, node);
    }

    fn spaced(&mut self, words: &str, at: usize, node: usize) {
        // Words with entities in them stand elsewhere in the file than in the text: their start has to do.
        let exact = self.source.get(at..).is_some_and(|rest| rest.starts_with(words));
        let gap = words.starts_with(|c: char| c.is_ascii_whitespace());
        let mut end = 0;
        let mut parted = gap;
        for word in words.split_ascii_whitespace() {
            let from = words.get(end..).and_then(|rest| rest.find(word)).unwrap_or(0) + end;
            end = from + word.len();
            let place = at + if exact { from } else { 0 };
            if parted {
                self.gap(place, node);
            }
            self.word(word, place, node);
            parted = true;
        }
        let ends = words.ends_with(|c: char| c.is_ascii_whitespace());
        if ends && (end > 0 || gap) {
            self.gap(at + if exact { end } else { 0 }, node);
        }
    }

    fn gap(&mut self, at: usize, node: usize) {
        if node < self.struck {
            self.struck_words.push(' ');
        } else if self.flow.ends_with_struck() || !self.flow.text.ends_with([' ', '\n']) {
            self.word(" ", at, node);
        }
    }

    fn word(&mut self, word: &str, at: usize, node: usize) {
        if node < self.struck {
            self.struck_words.push_str(word);
        } else {
            self.bold.0 += if self.bold.1 > 0 { word.trim().len() } else { 0 };
            self.add(word, at);
        }
    }

    pub(super) fn add(&mut self, words: &str, at: usize) {
        if self.flow.ends_with_struck() {
            self.flow.push_after_struck(words, at);
        } else {
            self.flow.push(words, at);
        }
    }

    pub(super) fn take_flow(&mut self) -> (Flow, bool) {
        let flow = std::mem::take(&mut self.flow).trimmed();
        let bold = std::mem::take(&mut self.bold.0);
        if let Some((start, _)) = &mut self.link {
            *start = 0;
        }
        let bare =
            flow.text.len() - flow.text.matches([' ', '\n', '\u{a0}']).map(str::len).sum::<usize>();
        (flow, bold > 0 && bold >= bare)
    }
}
