//! Paragraphs as they stand on the pages in; front matter, headings and blocks of text out.

use super::line::Line;
use super::page::{Furniture, symbols_in};
use super::paragraph::{Piece, is_bullet, numbered};
use super::shape::Shape;
use super::words::Joiner;
use crate::model::{Extent, FrontMatter, Omission};
use crate::read::akn::{Rank, is_counter, is_untitled, rank};
use crate::read::assemble::Block;
use crate::read::flow::{BAR, Flow};
use crate::read::masthead::facts as masthead;
use crate::text::annex_of;
use crate::text::label::label;
use crate::text::number::printed_number;

/// A longer text is a paragraph, whatever it is set in.
const LONGEST_HEADING: usize = 400;
/// What stands before the text on page 1 has no more pieces than this.
const LONGEST_FRONT: usize = 60;

/// Makes blocks of pieces.
pub(super) struct Outline<'j> {
    joiner: &'j Joiner,
    shape: Shape,
    blocks: Vec<Block>,
    ranks: Vec<Rank>,
    letter: Option<char>,
    /// A number that stands alone, waiting for the heading it belongs to.
    counter: Option<String>,
    /// What was taken off every page.
    furniture: Vec<Furniture>,
    /// The page that reading has come to.
    page: usize,
}

/// What a document says of itself on its first page, and its text.
pub(super) fn outline(
    head: &[Line],
    furniture: Vec<Furniture>,
    pieces: &[Piece],
    shape: Shape,
    joiner: &Joiner,
) -> (FrontMatter, Vec<Block>) {
    let mut front = FrontMatter { extent: Some(Extent::Full), ..FrontMatter::default() };
    front.symbol = head.iter().flat_map(symbols_in).next();
    front.date = head.iter().find_map(|line| masthead::date(&line.text()));
    front.body = head.iter().find_map(|line| masthead::organ(&line.text())).map(str::to_owned);
    let mut outline = Outline {
        joiner,
        shape,
        blocks: Vec::new(),
        ranks: Vec::new(),
        letter: None,
        counter: None,
        furniture,
        page: 0,
    };
    outline.top(0);
    let start = outline.front(pieces, &mut front);
    // Without a language, the document service shows the document in that of the reader.
    let address =
        |symbol: &str| format!("https://docs.un.org/{}", symbol.replace(char::is_whitespace, ""));
    front.url = front.symbol.as_deref().map(address);
    outline.body(pieces.get(start..).unwrap_or_default());
    outline.end_counter();
    outline.turn_to(usize::MAX);
    (front, outline.blocks)
}

impl Outline<'_> {
    /// Takes what stands before the text: session, agenda item, how it was adopted, title. The index of the
    /// first piece of the text is returned.
    fn front(&mut self, pieces: &[Piece], front: &mut FrontMatter) -> usize {
        let formula = self.formula(pieces);
        let end = formula.unwrap_or_else(|| self.front_end(pieces));
        let before: Vec<(String, &Vec<Line>)> = pieces
            .iter()
            .take(end)
            .filter_map(|piece| match piece {
                Piece::Lines(lines) => Some((self.joiner.flow(lines).text, lines)),
                Piece::Row(_) => None,
            })
            .collect();
        for (text, _) in &before {
            front.adopted = front.adopted.take().or_else(|| masthead::adopted(text));
        }
        let titles = before.iter().filter(|(text, lines)| {
            lines.iter().all(Line::is_bold) && masthead::adopted(text).is_none()
        });
        let organ = formula.is_some();
        let in_text =
            |lines: &[Line]| organ || lines.iter().any(|l| l.left > self.shape.left - l.size);
        let mut titles = titles.filter(|(text, lines)| in_text(lines) && !text.starts_with('['));
        // The title is the last before the organ speaks, and else the first.
        let title = if formula.is_some() { titles.next_back() } else { titles.next() };
        front.title = title.map(|(text, _)| masthead::title(text).to_owned());
        if let Some(Piece::Lines(lines)) = formula.and_then(|at| pieces.get(at)) {
            let flow = self.joiner.flow(lines);
            let named = masthead::organ(&flow.text).map(str::to_owned);
            front.body = named.or(front.body.take());
            self.blocks.push(Block::Alone { flow });
            return end + 1;
        }
        end
    }

    /// "The General Assembly," after nothing but what belongs to the front.
    fn formula(&self, pieces: &[Piece]) -> Option<usize> {
        let mut adopted = false;
        for (at, piece) in pieces.iter().enumerate().take(LONGEST_FRONT) {
            let Piece::Lines(lines) = piece else { continue };
            let Some(first) = lines.first() else { continue };
            let text = self.joiner.flow(lines).text;
            if lines.iter().all(Line::is_bold) {
                adopted |= masthead::adopted(&text).is_some();
                continue;
            }
            let inside = first.left > self.shape.left - first.size;
            if !inside || text.starts_with(['[', '(']) {
                continue;
            }
            // Below the line that says how it was adopted and the title, only the organ is left.
            let speaks = text.ends_with([',', '،', '，'])
                || masthead::is_organ(&text)
                || adopted && !text.ends_with(['.', ';', ':']);
            if speaks && text.chars().count() <= 60 {
                return Some(at);
            }
            if numbered(first) || text.ends_with(['.', ';']) {
                return None;
            }
        }
        None
    }

    /// Where the text begins that no organ opens: after what stands left of it, and after the title.
    fn front_end(&self, pieces: &[Piece]) -> usize {
        let mut titled = false;
        for (at, piece) in pieces.iter().enumerate().take(LONGEST_FRONT) {
            if piece.page().is_some_and(|page| page > 0) {
                return if titled { at } else { 0 };
            }
            let Piece::Lines(lines) = piece else { continue };
            let Some(first) = lines.first() else { continue };
            let text = self.joiner.flow(lines).text;
            let bold = lines.iter().all(Line::is_bold);
            let counted = matches!(rank(&text, false, None), Rank::Roman | Rank::Letter);
            let left = first.left < self.shape.left - 1.5 * first.size;
            if counted && bold || annex_of(&text).is_some() || numbered(first) {
                return at;
            }
            match (left, bold && first.size > 1.1 * self.shape.size) {
                (true, _) => {}
                (false, true) if !titled => titled = true,
                _ => return at,
            }
        }
        0
    }

    fn body(&mut self, pieces: &[Piece]) {
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            at += 1;
            if let Some(page) = piece.page() {
                self.turn_to(page);
            }
            match piece {
                Piece::Row(cells) => self.row(cells),
                Piece::Lines(lines) => {
                    let flow = self.joiner.flow(lines).trimmed();
                    let next = match pieces.get(at) {
                        Some(Piece::Lines(next)) => self.joiner.flow(next).text,
                        _ => String::new(),
                    };
                    if flow.is_empty() {
                        continue;
                    }
                    // Where and when a resolution was adopted stands below it.
                    let meeting = masthead::is_meeting(&flow.text);
                    if meeting && masthead::is_date(&next) {
                        at += 1;
                        continue;
                    }
                    if meeting && masthead::date(&flow.text).is_some() && flow.text.len() <= 60 {
                        continue;
                    }
                    self.lines(lines, flow);
                }
            }
        }
    }

    /// Says what was taken off the pages between here and the text of `page`.
    fn turn_to(&mut self, page: usize) {
        let last = page.min(self.furniture.len());
        while self.page < last {
            let foot = self.furniture.get(self.page).map_or(0, |own| own.foot);
            self.left_out(Omission::PageFurniture, foot);
            self.page += 1;
            self.top(self.page);
        }
    }

    /// Says what stood above the text of `page`; what leads to other pages is said with it.
    fn top(&mut self, page: usize) {
        let own = self.furniture.get(page).copied().unwrap_or_default();
        self.left_out(Omission::PageFurniture, own.head);
        self.left_out(Omission::Contents, own.contents);
    }

    fn left_out(&mut self, what: Omission, times: usize) {
        self.blocks.extend((0..times).map(|_| Block::LeftOut { what }));
    }

    fn row(&mut self, cells: &[Vec<Line>]) {
        let mut row = Flow::default();
        for cell in cells {
            if !row.text.is_empty() {
                row.add(BAR);
            }
            row.begin_cell();
            row.append_inline(self.joiner.flow(cell).trimmed());
        }
        row.end_row();
        if row.text.contains(char::is_alphanumeric) {
            self.end_counter();
            self.blocks.push(Block::Alone { flow: row });
        }
    }

    fn lines(&mut self, lines: &[Line], flow: Flow) {
        if !self.is_heading(lines, &flow.text) {
            return self.text(flow);
        }
        // "Annex I" and "II" may stand close above their titles.
        if let Some((first, rest)) = lines.split_first()
            && !rest.is_empty()
        {
            let head = self.joiner.flow([first]).text;
            if annex_of(&head).is_some() || is_counter(&head) && head.len() < 6 {
                self.heading(head);
                return self.heading(self.joiner.flow(rest).text);
            }
        }
        self.heading(flow.text);
    }

    fn is_heading(&self, lines: &[Line], text: &str) -> bool {
        let Some(first) = lines.first() else { return false };
        let ended = text.ends_with(['.', ';', ',', ':', '!', '،', '؛', '。', '；']);
        let short = text.len() <= LONGEST_HEADING;
        let counted = matches!(rank(text, false, None), Rank::Roman | Rank::Letter);
        let numbered = printed_number(text).is_some() || label(text).is_some_and(|l| !l.stop);
        if !short || ended && !(counted && is_counter(text)) || numbered {
            return false;
        }
        let bold = lines.iter().all(Line::is_bold);
        let large = first.size > 1.1 * self.shape.size;
        let italic = lines.iter().all(|line| line.share(|word| word.style.italic) > 0.95);
        let words = text.contains(char::is_alphabetic);
        let lone = annex_of(text).is_some() || is_counter(text) && first.left > self.shape.left;
        words && (bold || large || italic && text.len() <= 120 || lone)
    }

    fn heading(&mut self, text: String) {
        let text = text.trim().to_owned();
        if let Some(annex) = annex_of(&text) {
            self.end_counter();
            self.blocks.push(Block::Annex { annex: Some(annex) });
            return self.heading_at(Rank::Annex, text);
        }
        if is_counter(&text) && self.counter.is_none() {
            self.counter = Some(text);
            return;
        }
        if let Some(counter) = self.counter.take() {
            let stop = if counter.ends_with('.') { "" } else { "." };
            let rank = self.rank(&counter);
            return self.heading_at(rank, format!("{counter}{stop} {text}"));
        }
        let rank = self.rank(&text);
        self.heading_at(rank, text);
    }

    /// A heading's number whose heading never came.
    fn end_counter(&mut self) {
        if let Some(counter) = self.counter.take() {
            let rank = self.rank(&counter);
            self.heading_at(rank, counter);
        }
    }

    fn rank(&mut self, text: &str) -> Rank {
        let rank = rank(text, false, self.letter);
        match rank {
            Rank::Letter => self.letter = text.chars().next(),
            Rank::Roman => self.letter = None,
            _ => {}
        }
        rank
    }

    /// The last block that was taken over.
    fn last(&self) -> Option<&Block> {
        self.blocks.iter().rfind(|block| !matches!(block, Block::LeftOut { .. }))
    }

    /// Adds a heading. The one right after an annex's or an article's number is its title and stands below it.
    fn heading_at(&mut self, rank: Rank, text: String) {
        let rank = match (self.last(), self.ranks.last()) {
            (Some(Block::Heading { .. }), Some(Rank::Annex)) if rank >= Rank::Plain => Rank::Title,
            _ => rank,
        };
        let titles = matches!(self.last(), Some(Block::Heading { text, .. }) if is_untitled(text));
        while self.ranks.last().is_some_and(|outer| *outer > rank || *outer == rank && !titles) {
            self.ranks.pop();
        }
        self.ranks.push(rank);
        self.blocks.push(Block::Heading { level: self.ranks.len(), text, calls: Vec::new() });
    }

    fn text(&mut self, flow: Flow) {
        self.end_counter();
        let first = flow.text.split(' ').next().unwrap_or_default();
        if is_bullet(first) {
            let (_, rest) = flow.clone().split(first.len());
            return self.blocks.push(Block::Item { depth: 1, marker: None, flow: rest.trimmed() });
        }
        let found = label(&flow.text).filter(|l| !l.stop && l.range.start == 0);
        match found {
            Some(label) if printed_number(&flow.text).is_none() => self.part(label, flow),
            _ => self.blocks.push(Block::Text { flow }),
        }
    }

    /// A sub-paragraph, or one that begins with its own first: "(a) (i) To …".
    fn part(&mut self, found: crate::text::label::Label, flow: Flow) {
        let (printed, rest) = flow.clone().split(found.range.end);
        let rest = rest.trimmed();
        match label(&rest.text).filter(|l| !l.stop && l.range.start == 0) {
            Some(inner) => {
                self.blocks.push(Block::Part { label: found, flow: printed.trimmed() });
                self.part(inner, rest);
            }
            None => self.blocks.push(Block::Part { label: found, flow }),
        }
    }
}
