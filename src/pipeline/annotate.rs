//! Drafts and a library in; every paragraph linked to its sources and marked out.

use rayon::prelude::*;

use super::{Thresholds, folding_of};
use crate::cite::{self, Gazetteer, Speaker};
use crate::mark;
use crate::model::{
    Annotation, Citation, CitationForm, Draft, Facts, Held, Library, Paragraph, Silence, Span, Via,
};
use crate::reuse::{self, Reuse, Subject};
use crate::text::{Folding, language, placeholders};

/// A library made ready to annotate any number of drafts.
#[derive(Debug)]
pub struct Annotator<'l> {
    pub(super) library: &'l Library,
    gazetteer: Gazetteer,
    pub(super) folding: Folding,
    thresholds: Thresholds,
}

impl<'l> Annotator<'l> {
    /// Takes up the names and symbols of `library`.
    pub fn new(library: &'l Library, thresholds: Thresholds) -> Self {
        let (folding, gazetteer) =
            rayon::join(|| folding_of(library), || Gazetteer::with_library(library));
        Self { library, gazetteer, folding, thresholds }
    }

    /// Links every paragraph of `draft` to its sources and marks it.
    pub fn annotate(&self, draft: Draft) -> Annotation {
        let named = self.named(&draft);
        let subjects = named.subjects(&draft);
        let matching = &self.thresholds.matching;
        let reused = reuse::matches(&subjects, self.library, &self.folding, matching);
        drop(subjects);
        self.marked(draft, named, reused)
    }

    /// The same for several drafts, in their order: the library is looked through once for all of them.
    pub fn annotate_all(&self, drafts: Vec<Draft>) -> Vec<Annotation> {
        let named: Vec<Named> = drafts.par_iter().map(|draft| self.named(draft)).collect();
        let all = drafts.iter().zip(&named);
        let subjects: Vec<Subject<'_>> =
            all.flat_map(|(draft, named)| named.subjects(draft)).collect();
        let matching = &self.thresholds.matching;
        let mut reused =
            reuse::matches(&subjects, self.library, &self.folding, matching).into_iter();
        drop(subjects);
        let portions: Vec<Vec<Reuse>> =
            drafts.iter().map(|d| reused.by_ref().take(d.paragraphs.len()).collect()).collect();
        let all: Vec<_> = drafts.into_iter().zip(named).zip(portions).collect();
        all.into_par_iter()
            .map(|((draft, named), reused)| self.marked(draft, named, reused))
            .collect()
    }

    /// The documents that each paragraph of a draft names, and those the draft says it rests on.
    fn named(&self, draft: &Draft) -> Named {
        Named { cited: self.cite(draft), declared: self.declared(draft) }
    }

    /// A draft with its marks, given what each of its paragraphs takes from the library.
    fn marked(&self, draft: Draft, named: Named, reused: Vec<Reuse>) -> Annotation {
        let marked = draft.paragraphs.iter().zip(named.cited).zip(reused);
        let facts: Vec<Facts> = marked
            .map(|((paragraph, Cited { citations, pinned }), reuse)| {
                let marking = mark::mark(
                    paragraph,
                    reuse.matches,
                    &reuse.words,
                    &citations,
                    &pinned,
                    &self.thresholds.marking,
                );
                Facts { citations, pinned, marking }
            })
            .collect();
        let silence = self.silence(&draft, &facts);
        Annotation { draft, facts, held: Held::of(self.library), silence }
    }

    fn cite(&self, draft: &Draft) -> Vec<Cited> {
        let own = Speaker::of(&draft.front);
        let mut speaker = own.clone();
        let mut annex = None;
        let mut before: Vec<Citation> = Vec::new();
        let mut cite = |paragraph: &Paragraph| {
            // A resolution of another organ may stand in the annex.
            if annex != paragraph.annex {
                annex.clone_from(&paragraph.annex);
                speaker.clone_from(&own);
            }
            if let Some(other) = Speaker::opening(&paragraph.text, &self.gazetteer) {
                speaker = other;
            }
            let citations = cite::citations(&paragraph.text, &self.gazetteer, &speaker, &before);
            remember(&mut before, &citations);
            let pins = paragraph.pins.iter();
            let pinned = pins
                .map(|pin| cite::citations(&pin.source, &self.gazetteer, &speaker, &[]))
                .collect();
            Cited { citations, pinned }
        };
        draft.paragraphs.iter().map(&mut cite).collect()
    }

    /// The references that the draft's front matter says it rests on: among ties they come first.
    fn declared(&self, draft: &Draft) -> Vec<usize> {
        let speaker = Speaker::of(&draft.front);
        let cite = |source: &String| cite::citations(source, &self.gazetteer, &speaker, &[]);
        draft.front.sources.iter().flat_map(cite).filter_map(|c| c.reference).collect()
    }

    fn silence(&self, draft: &Draft, facts: &[Facts]) -> Option<Silence> {
        let by_text = |f: &Facts| f.marking.sources.iter().any(|s| s.via == Via::Text);
        if facts.iter().any(by_text) {
            return None;
        }
        if draft.paragraphs.is_empty() {
            return Some(Silence::EmptyDraft);
        }
        if self.library.paragraph_count() == 0 {
            return Some(Silence::EmptyLibrary);
        }
        let texts = self.library.entries.iter().flat_map(|e| e.text.paragraphs.iter());
        let held = language(&joined(texts));
        if let (Some(own), Some(held)) = (language(&joined(draft.paragraphs.iter())), held)
            && own != held
        {
            return Some(Silence::Languages { draft: own.name(), library: held.name() });
        }
        let excerpts = self.library.entries.iter().all(|entry| !entry.is_full());
        Some(if excerpts { Silence::ExcerptsOnly } else { Silence::NothingShared })
    }
}

/// The documents that a draft names.
struct Named {
    /// One for each paragraph.
    cited: Vec<Cited>,
    /// References that the front matter says it rests on.
    declared: Vec<usize>,
}

impl Named {
    fn subjects<'d>(&self, draft: &'d Draft) -> Vec<Subject<'d>> {
        let paragraphs = draft.paragraphs.iter().zip(&self.cited);
        paragraphs.map(|(paragraph, cited)| subject(paragraph, cited, &self.declared)).collect()
    }
}

/// Documents a paragraph names: in its text, and through its author's pins.
struct Cited {
    citations: Vec<Citation>,
    pinned: Vec<Vec<Citation>>,
}

/// As much of some paragraphs as tells their language.
fn joined<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        text.push_str(&paragraph.text);
        text.push(' ');
        if text.len() > 20_000 {
            break;
        }
    }
    text
}

fn subject<'d>(paragraph: &'d Paragraph, cited: &Cited, declared: &[usize]) -> Subject<'d> {
    let mut apart: Vec<Span> = placeholders(&paragraph.text);
    let citations = &cited.citations;
    apart.extend(citations.iter().filter_map(|c| in_parentheses(&paragraph.text, c.span)));
    // What an author pinned comes first: it is meant as the base of the paragraph.
    let named = cited.pinned.iter().flatten().chain(citations);
    Subject {
        paragraph,
        mentions: citations.iter().map(|c| c.span).collect(),
        apart,
        cited: named.filter_map(|c| c.reference).chain(declared.iter().copied()).collect(),
    }
}

/// The parentheses around a citation that hold nothing else: "(A/RES/78/213, para. 18)".
fn in_parentheses(text: &str, citation: Span) -> Option<Span> {
    let before = text.get(..citation.start)?.trim_end_matches(char::is_whitespace);
    let before = before.strip_suffix("See").or(before.strip_suffix("see")).unwrap_or(before);
    let open = before.trim_end().strip_suffix('(')?.len();
    let after = text.get(citation.end..)?;
    let rest = after.trim_start();
    rest.starts_with(')').then(|| Span::new(open, citation.end + (after.len() - rest.len()) + 1))
}

/// So many documents cited before are remembered.
const MOST_REMEMBERED: usize = 64;

/// Puts the documents of a paragraph behind those cited before it, each once.
fn remember(before: &mut Vec<Citation>, citations: &[Citation]) {
    for citation in citations.iter().filter(|own| own.form != CitationForm::Internal) {
        before.retain(|known| !known.is_same_document(citation));
        before.push(citation.clone());
    }
    before.drain(..before.len().saturating_sub(MOST_REMEMBERED));
}
