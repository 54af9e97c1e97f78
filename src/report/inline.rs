//! Words with the links, notes and struck-out words beside them in; one line of Markdown that says the same out.

use std::ops::Range;

use crate::model::{Aside, AsideKind, Link, Paragraph};

/// What a line of Markdown is put where: some characters mean more in one place than in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At the start of a block: nothing may be taken for a list, a heading or a quotation.
    Start,
    /// At the start of a block whose words could be taken for a number or a label, or for the rest of the
    /// paragraph before: the first character is written as a number.
    Literal,
    /// After the start of a line.
    Within,
    /// In the cell of a table.
    Cell,
}

/// Writes the words of a paragraph in `range`, one line of it; `label` gives the label of a footnote's call.
pub(super) fn line(
    paragraph: &Paragraph,
    range: Range<usize>,
    place: Place,
    label: impl FnMut(&Aside) -> String,
) -> String {
    // An aside between two lines stands at the end of the first, or at the start of the second.
    let from = paragraph.asides.partition_point(|aside| aside.at < range.start);
    let to = paragraph.asides.partition_point(|aside| aside.at <= range.end);
    let asides = paragraph.asides.get(from..to).unwrap_or_default();
    line_with(paragraph, range, asides, place, label)
}

/// Writes the words of a paragraph in `range`, with these asides, which stand in it.
pub(super) fn line_with(
    paragraph: &Paragraph,
    range: Range<usize>,
    asides: &[Aside],
    place: Place,
    mut label: impl FnMut(&Aside) -> String,
) -> String {
    let mut out = Line::new(place);
    let mut at = range.start;
    let mut asides = asides.iter().filter(|aside| !stands_before(aside)).peekable();
    let mut links = links(&paragraph.links, &range).into_iter().peekable();
    let mut open: Option<&Link> = None;
    loop {
        let end = open.map(|link| link.span.end);
        let next_aside = asides.peek().map(|aside| aside.at);
        let next_link = links.peek().map(|link| link.span.start);
        let next = [end, next_aside, next_link].into_iter().flatten().min();
        let stop = next.unwrap_or(range.end);
        let words = paragraph.text.get(at..stop).unwrap_or_default();
        out.words(words, next.is_some());
        at = stop;
        if next.is_none() {
            break;
        }
        if end == Some(at) {
            out.out.push_str(&format!("]({})", target(open.map_or("", |link| &link.href))));
            out.link = false;
            open = None;
        } else if next_aside == Some(at) {
            let Some(aside) = asides.next() else { break };
            let rest = paragraph.text.get(at..range.end).unwrap_or_default();
            let before = paragraph.text.get(range.start..at).unwrap_or_default();
            out.aside(
                aside,
                before,
                rest,
                asides.peek().filter(|a| a.at == at).copied(),
                &mut label,
            );
        } else {
            open = links.next();
            out.begin();
            out.out.push('[');
            out.link = true;
        }
    }
    out.out
}

/// A comment at the start of a paragraph stands on a line of its own before it.
pub(super) fn stands_before(aside: &Aside) -> bool {
    aside.at == 0 && aside.kind == AsideKind::Comment
}

/// A comment as HTML has it; it cannot hold its own end.
pub(super) fn comment(text: &str) -> String {
    format!("<!-- {} -->", super::sanitized(text).replace("-->", "-- >").trim())
}

/// Text that is nothing but text.
pub(super) fn plain(text: &str, place: Place) -> String {
    let mut out = Line::new(place);
    out.words(text, false);
    out.out
}

/// Links that begin in `range`, those within others left out: Markdown has none.
fn links<'l>(links: &'l [Link], range: &Range<usize>) -> Vec<&'l Link> {
    let mut found: Vec<&Link> = links
        .iter()
        .filter(|l| !l.span.is_empty() && range.start <= l.span.start && l.span.end <= range.end)
        .collect();
    found.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
    let mut end = range.start;
    found.retain(|link| {
        let apart = link.span.start >= end;
        end = end.max(link.span.end);
        apart
    });
    found
}

/// Where a link leads, as Markdown takes it.
fn target(href: &str) -> String {
    let bare = |c: char| !c.is_control() && !c.is_whitespace() && !"()<>\\&\"'*_".contains(c);
    if !href.is_empty() && href.chars().all(bare) {
        return href.to_owned();
    }
    let mut out = String::from("<");
    for c in href.chars() {
        match c {
            '<' | '>' | '\\' => out.extend(['\\', c]),
            '&' => out.push_str("&amp;"),
            _ if spelled_out(c) => out.push_str(&reference(c)),
            _ => out.push(c),
        }
    }
    out.push('>');
    out
}

/// Characters that command a terminal or turn the direction of writing: written as numbers.
fn spelled_out(c: char) -> bool {
    c.is_control() && c != '\t' || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn reference(c: char) -> String {
    format!("&#{};", u32::from(c))
}

struct Line {
    out: String,
    place: Place,
    /// True within the words of a link.
    link: bool,
    /// True where the next character is written as a number, lest reading draw it to the words before.
    spelled: bool,
}

impl Line {
    fn new(place: Place) -> Self {
        Self { out: String::new(), place, link: false, spelled: false }
    }

    /// Markup stands here: what comes next is no longer the start of the line, though it may be that of the words.
    fn begin(&mut self) {
        if self.place == Place::Start {
            self.place = Place::Within;
        }
    }

    /// Writes words as words; `followed` where something other than words comes right after them.
    fn words(&mut self, words: &str, followed: bool) {
        let starts = marker(words);
        for (at, c) in words.char_indices() {
            let next = words.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
            let before = words.get(..at).and_then(|t| t.chars().next_back());
            let last = next.is_none() && followed;
            let alnum = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let first = at == 0 && matches!(self.place, Place::Start | Place::Literal);
            let marked = self.place == Place::Start && starts == Some(at);
            let escaped = match c {
                _ if first && self.place == Place::Literal => {
                    self.out.push_str(&reference(c));
                    continue;
                }
                // `{:x}` is an instruction to some Markdown processors.
                _ if spelled_out(c) || at == 0 && (self.spelled || words.starts_with("{:")) => {
                    self.out.push_str(&reference(c));
                    continue;
                }
                '\\' | '`' | '*' | '~' => true,
                '_' => !(alnum(before) && alnum(next)),
                '|' => self.place == Place::Cell,
                '[' => self.link || last || next == Some('^'),
                ']' => self.link || last || matches!(next, Some('(' | '[' | ':')),
                // At the start of a file it would be taken for XML.
                '<' => first || !matches!(next, Some(' ')),
                '&' => is_entity(words.get(at..).unwrap_or_default()),
                '#' | '>' | '+' | '-' | '=' => first,
                '!' => last,
                _ => marked,
            };
            if escaped {
                self.out.push('\\');
            }
            self.out.push(c);
        }
        if !words.is_empty() {
            self.spelled = false;
            if self.place != Place::Cell {
                self.place = Place::Within;
            }
        }
    }

    fn aside(
        &mut self,
        aside: &Aside,
        before: &str,
        rest: &str,
        next: Option<&Aside>,
        label: &mut impl FnMut(&Aside) -> String,
    ) {
        self.begin();
        match aside.kind {
            AsideKind::Footnote => self.out.push_str(&format!("[^{}]", label(aside))),
            AsideKind::Comment => self.out.push_str(&comment(&aside.text).replace('\n', " ")),
            AsideKind::Struck => {
                let words = &aside.text;
                let again = next.is_some();
                let place = if self.place == Place::Cell { Place::Cell } else { Place::Within };
                let mut inner = Line { link: self.link, ..Line::new(place) };
                inner.words(words, true);
                let outside = [before.chars().next_back(), rest.chars().next()];
                let edges = [words.chars().next(), words.chars().next_back()];
                // The marks are seen only beside words, and not right after other marks.
                let seen = edges.iter().zip(outside).all(|(edge, outer)| {
                    let glued = outer.is_some_and(char::is_alphanumeric);
                    edge.is_some_and(|c| c.is_alphanumeric() || !c.is_whitespace() && !glued)
                });
                let gap = before.is_empty() || before.ends_with(' ');
                let gap = gap && !rest.is_empty() && !again;
                if seen && !again && !self.out.ends_with(['~', '>']) {
                    self.out.push_str(&format!("~~{}~~", inner.out));
                } else {
                    self.out.push_str(&format!("<del>{}</del>", inner.out));
                }
                // Reading takes the spaces on both sides of struck words for one.
                self.spelled = gap && rest.starts_with([',', '.', ';', ':']);
                // Of struck words that follow one another, each had a space before it; reading leaves it out again.
                let follows = next.is_some_and(|next| next.kind == AsideKind::Struck);
                let parted =
                    before.ends_with(' ') || before.is_empty() && self.place == Place::Cell;
                if gap && !self.spelled || follows && parted {
                    self.out.push(' ');
                }
            }
        }
    }
}

/// Where the number at the start of `text` has the full stop or parenthesis that would make it a list.
fn marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    (digits > 0 && rest.starts_with(['.', ')'])).then_some(digits)
}

/// True where `&` begins what Markdown would take for a character.
fn is_entity(text: &str) -> bool {
    let name = text.strip_prefix('&').unwrap_or_default();
    let name = name.strip_prefix('#').unwrap_or(name);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    end > 0 && name.get(end..).is_some_and(|rest| rest.starts_with(';'))
}
