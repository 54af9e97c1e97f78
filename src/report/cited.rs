//! A place in the library in; how it is cited, and since when it is agreed, out.

use serde::Serialize;

use super::evidence::{count, first_words};
use crate::model::{Entry, Held, Library, Location, Paragraph, Part, Span, When};

/// A place in the library.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cited<'l> {
    pub(super) entry: &'l Entry,
    pub(super) paragraph: &'l Paragraph,
    /// The smallest sub-paragraph that holds the words meant.
    pub(super) part: Option<&'l Part>,
}

impl<'l> Cited<'l> {
    /// The place of `span` in a paragraph; of the whole paragraph where no span is given.
    pub(super) fn of(library: &'l Library, location: Location, span: Option<Span>) -> Option<Self> {
        let entry = library.entries.get(location.reference)?;
        let paragraph = entry.text.paragraphs.get(location.paragraph)?;
        let holds = |part: &&Part| span.is_some_and(|span| part.span.contains(span));
        let part = paragraph.parts.iter().filter(holds).max_by_key(|part| part.depth);
        Some(Self { entry, paragraph, part })
    }

    /// `A/RES/79/1, annex I, para. 22`; a paragraph without a number by its first words.
    pub(super) fn place(&self) -> String {
        let text = self.entry.citation(self.entry.annex(self.paragraph));
        match self.number() {
            Some(number) => format!("{text}, para.\u{a0}{number}"),
            None => format!("{text}, “{}”", first_words(&self.paragraph.text)),
        }
    }

    fn number(&self) -> Option<String> {
        self.paragraph.number.as_ref().map(|_| self.paragraph.address(self.part))
    }

    /// The name, where it is not already the symbol.
    pub(super) fn name(&self) -> Option<&'l str> {
        let name = self.entry.name.as_str();
        (self.entry.text.front.symbol.is_some() && name != self.entry.symbol()).then_some(name)
    }

    /// When it was agreed.
    pub(super) fn when(&self) -> When {
        When::of(&self.entry.text.front)
    }

    /// `2015-12-16`, `about 2015`, `no date`
    pub(super) fn date(&self) -> String {
        let when = self.when();
        match when.date() {
            Some(year) if when.is_by_symbol() => format!("about {year}"),
            Some(date) => date.to_owned(),
            None => "no date".to_owned(),
        }
    }

    /// The same for a program.
    pub(super) fn facts(&self) -> PlaceFacts<'l> {
        let front = &self.entry.text.front;
        let when = self.when();
        PlaceFacts {
            symbol: front.symbol.as_deref(),
            annex: self.entry.annex(self.paragraph),
            paragraph: self.number(),
            opening: self.number().is_none().then(|| first_words(&self.paragraph.text)),
            name: &self.entry.name,
            title: front.title.as_deref(),
            body: front.body.as_deref(),
            adopted: front.adopted.as_deref(),
            year: when.year().and_then(|year| year.parse().ok()),
            url: front.url.as_deref(),
            path: &self.entry.text.path,
        }
    }
}

/// A place in the library, as JSON has it.
#[derive(Serialize)]
pub(super) struct PlaceFacts<'l> {
    pub(super) symbol: Option<&'l str>,
    pub(super) annex: Option<&'l str>,
    /// `9`, `23(b)`; null for a paragraph without a number.
    pub(super) paragraph: Option<String>,
    /// First words of a paragraph without a number.
    opening: Option<String>,
    pub(super) name: &'l str,
    pub(super) title: Option<&'l str>,
    body: Option<&'l str>,
    pub(super) adopted: Option<&'l str>,
    /// The year of adoption, or the one that the symbol tells.
    year: Option<u32>,
    pub(super) url: Option<&'l str>,
    path: &'l str,
}

/// What the library holds, for the last line of an answer.
pub(super) fn library_line(held: Held) -> String {
    let references = count(held.references, "reference", "references");
    let paragraphs = count(held.paragraphs, "paragraph", "paragraphs");
    let excerpts = match held.excerpts {
        0 => String::new(),
        some if some == held.references => ", excerpts only".to_owned(),
        some => format!(", {some} as excerpts only"),
    };
    format!("Library: {references}, {paragraphs}{excerpts}.")
}

/// `text` on one line, cut to so many words.
pub(super) fn cut(text: &str, most: usize) -> String {
    let mut words = text.split_whitespace();
    let shown = words.by_ref().take(most).collect::<Vec<_>>().join(" ");
    if words.next().is_some() { format!("{shown} …") } else { shown }
}
