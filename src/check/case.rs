//! A draft with all that is known about it in; what rules ask of it out.

use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use super::slip::Symbols;
use crate::model::{
    Annotation, Citation, CitationForm, Comparison, Draft, Entry, Facts, Library, Paragraph, Pin,
    paragraph_name,
};
use crate::text::Folding;

/// What a rule looks at.
#[derive(Clone, Copy)]
pub struct Case<'c> {
    /// The draft, linked to its sources and marked.
    pub annotation: &'c Annotation,
    /// The library it was held against.
    pub library: &'c Library,
    /// Reads a reference as a whole, by its index, where the library holds only some of its paragraphs.
    pub whole: &'c dyn Fn(usize) -> Option<Arc<Draft>>,
    /// Names of documents that are known without any library.
    pub names: &'c [&'static str],
    /// The symbols of the library.
    pub symbols: &'c Symbols<'c>,
    /// How words are compared: with the names of the library.
    pub folding: &'c Folding,
    /// The revision before, where one is given.
    pub earlier: Option<Earlier<'c>>,
}

/// The revision before, and what became of it.
#[derive(Clone, Copy, Debug)]
pub struct Earlier<'c> {
    /// Its text.
    pub draft: &'c Draft,
    /// What became of its paragraphs.
    pub comparison: &'c Comparison,
}

impl<'c> Case<'c> {
    /// The file, as the user named it.
    pub(super) fn path(&self) -> &'c str {
        &self.annotation.draft.path
    }

    /// The paragraphs with their place in the draft and what was found out about them. Those that are struck out
    /// are no part of the text any more and are left out.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = (usize, &'c Paragraph, &'c Facts)> {
        let all = self.annotation.paragraphs().enumerate();
        all.map(|(at, (paragraph, facts))| (at, paragraph, facts))
            .filter(|(_, paragraph, _)| !paragraph.is_struck())
    }

    pub(super) fn paragraph(&self, at: usize) -> Option<&'c Paragraph> {
        self.annotation.draft.paragraphs.get(at)
    }

    /// What readers call a paragraph of the draft: `paragraph 12`, `preambular paragraph 2`.
    pub(super) fn name_of(&self, paragraph: &Paragraph) -> String {
        paragraph_name(&paragraph.id, Some(&self.annotation.draft))
    }

    /// How an author writes words for the tool into this draft: in Word a comment has no marks of its own.
    pub(super) fn comment(&self, words: &str) -> String {
        let path = Path::new(self.path());
        let is_word = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx"));
        if is_word {
            format!("“{words}” in a Word comment")
        } else {
            format!("<!-- {words} -->")
        }
    }

    /// Every citation in the draft's paragraphs, with the paragraph it stands in.
    pub(super) fn citations(&self) -> impl Iterator<Item = (usize, &'c Paragraph, &'c Citation)> {
        self.paragraphs().flat_map(|(at, paragraph, facts)| {
            facts.citations.iter().map(move |citation| (at, paragraph, citation))
        })
    }

    /// Every mention of a paragraph of this very draft: "paragraph 26 of the present resolution".
    pub(super) fn internal(&self) -> impl Iterator<Item = (usize, &'c Paragraph, &'c Citation)> {
        self.citations().filter(|(_, _, citation)| citation.form == CitationForm::Internal)
    }

    /// Every document that an author pins a paragraph to, with the paragraph's place in the draft and the pin.
    pub(super) fn pinned(&self) -> impl Iterator<Item = (usize, &'c Pin, &'c Citation)> {
        self.paragraphs().flat_map(|(at, paragraph, facts)| {
            let pins = paragraph.pins.iter().zip(&facts.pinned);
            pins.flat_map(move |(pin, own)| own.iter().map(move |citation| (at, pin, citation)))
        })
    }

    /// A reference by its index in the library.
    pub(super) fn entry(&self, reference: usize) -> Option<&'c Entry> {
        self.library.entries.get(reference)
    }

    /// True for a text that was adopted after the date of the draft, and cannot be what it meant to cite.
    pub(super) fn is_later(&self, entry: &Entry) -> bool {
        let front = &self.annotation.draft.front;
        let own = [&front.date, &front.adopted].into_iter().flatten().max();
        let adopted = entry.text.front.adopted.as_ref();
        // A date may be known to the year or the month only.
        own.zip(adopted)
            .is_some_and(|(own, adopted)| adopted > own && !adopted.starts_with(own.as_str()))
    }

    /// A reference with all its paragraphs. None where its file is gone.
    pub(super) fn text(&self, reference: usize) -> Option<Text<'c>> {
        let entry = self.entry(reference)?;
        if self.library.sifted {
            (self.whole)(reference).map(Text::Read)
        } else {
            Some(Text::Held(&entry.text))
        }
    }

    /// True where a finding on this paragraph stands in one of the sections; anywhere where none are named.
    pub(super) fn is_in(&self, paragraph: Option<usize>, sections: &[String]) -> bool {
        let Some(paragraph) = paragraph.and_then(|at| self.paragraph(at)) else { return true };
        sections.is_empty() || sections.iter().any(|wanted| stands_in(paragraph, wanted))
    }
}

/// True where a heading above the paragraph has these words, in any case.
pub(super) fn stands_in(paragraph: &Paragraph, section: &str) -> bool {
    let wanted = section.to_lowercase();
    paragraph.section.iter().any(|heading| heading.to_lowercase().contains(&wanted))
}

/// How a document comes into the library; a shell would take parentheses for its own, `S/RES/2719(2023)`.
pub(super) fn fetching(symbol: &str) -> String {
    let quote = if symbol.contains('(') { "\"" } else { "" };
    format!("`adref references fetch {quote}{symbol}{quote}` brings it")
}

/// `A/RES/70/125 (WSIS+10 outcome document)`; a title too long to be read in passing is left out.
pub(super) fn called(entry: &Entry, annex: Option<&str>) -> String {
    const PASSING: usize = 60;
    let (symbol, name) = (entry.citation(annex), entry.name.as_str());
    // An annex has another name than the resolution that it belongs to.
    let is_other = annex.is_some() && entry.text.front.annex.as_deref() != annex;
    if entry.symbol() == name || is_other || name.chars().count() > PASSING {
        symbol
    } else {
        format!("{symbol} ({name})")
    }
}

/// The whole text of a reference.
pub(super) enum Text<'c> {
    /// As the library holds it.
    Held(&'c Draft),
    /// Read anew.
    Read(Arc<Draft>),
}

impl Deref for Text<'_> {
    type Target = Draft;

    fn deref(&self) -> &Draft {
        match self {
            Self::Held(draft) => draft,
            Self::Read(draft) => draft,
        }
    }
}
