//! Annotated drafts in; JSON after `schemas/annotate-1.json` out.

use serde::Serialize;

use super::Options;
use super::agreed::Place;
use super::evidence::{Edited, Evidence, evidence};
use super::pretty::json;
use crate::model::{
    Annotation, AsideKind, Citation, Draft, Edit, Facts, Fidelity, Heading, Held, Library, Mark,
    Paragraph, Summary, Via,
};

/// Version of the form this module writes.
const SCHEMA: &str = "adref/annotate/1";

/// Writes one object for one draft, a list of objects for several.
pub(super) fn write(drafts: &[(&Annotation, &Library)], options: &Options) -> String {
    let reports: Vec<Report<'_>> =
        drafts.iter().map(|(draft, library)| report(draft, library, options)).collect();
    let written = match reports.as_slice() {
        [one] if !options.several => json(one),
        several => json(&several),
    };
    written + "\n"
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    draft: DraftFacts<'a>,
    summary: Summary,
    library: Held,
    headings: Vec<HeadingFacts<'a>>,
    paragraphs: Vec<ParagraphFacts<'a>>,
}

#[derive(Serialize)]
struct DraftFacts<'a> {
    path: &'a str,
    title: Option<&'a str>,
    stage: Option<&'a str>,
    date: Option<&'a str>,
}

#[derive(Serialize)]
struct HeadingFacts<'a> {
    level: usize,
    text: &'a str,
    /// Id of the paragraph that follows it.
    before: Option<&'a str>,
}

#[derive(Serialize)]
struct ParagraphFacts<'a> {
    id: &'a str,
    number: Option<&'a str>,
    /// Only where it is true.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    bracketed: bool,
    annex: Option<&'a str>,
    section: &'a [String],
    line: Option<usize>,
    text: &'a str,
    mark: Option<Mark>,
    fidelity: Fidelity,
    coverage: f64,
    act: Option<&'a str>,
    placeholder: bool,
    parts: Vec<PartFacts<'a>>,
    sources: Vec<SourceFacts>,
    spans: Vec<SpanFacts>,
    citations: Vec<CitationFacts<'a>>,
    struck: Vec<AsideFacts<'a>>,
    footnotes: Vec<AsideFacts<'a>>,
}

#[derive(Serialize)]
struct PartFacts<'a> {
    address: &'a str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct SourceFacts {
    symbol: Option<String>,
    annex: Option<String>,
    paragraph: Option<String>,
    name: Option<String>,
    adopted: Option<String>,
    coverage: f64,
    words: usize,
    /// Where the paragraph was rewritten from it: words that both have in the same order.
    kept: Option<usize>,
    via: Via,
    fidelity: Fidelity,
    /// First words of an agreed paragraph that has no number.
    opening: Option<String>,
    /// Bits by which the shared words are rarer than chance.
    evidence: f64,
    /// True when the draft takes its words in another order.
    reordered: bool,
    /// True when only the author's pin names it.
    pinned: bool,
    /// True when the draft or a pin in it names it.
    cited: bool,
    /// False for a source tied with the one before it, to which the words are credited.
    credited: bool,
    in_library: bool,
    departures: Vec<DepartureFacts>,
    /// Where its words were agreed first and last; null for a source that stands alone or follows another.
    agreed: Option<AgreedFacts>,
}

#[derive(Serialize)]
struct AgreedFacts {
    first: Option<PlaceFacts>,
    last: Option<PlaceFacts>,
    texts: usize,
}

#[derive(Serialize)]
struct PlaceFacts {
    symbol: Option<String>,
    annex: Option<String>,
    paragraph: Option<String>,
    name: Option<String>,
    adopted: Option<String>,
}

#[derive(Serialize)]
struct DepartureFacts {
    op: &'static str,
    agreed: String,
    draft: String,
}

#[derive(Serialize)]
struct SpanFacts {
    start: usize,
    end: usize,
    status: &'static str,
    source: Option<usize>,
}

#[derive(Serialize)]
struct CitationFacts<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    symbol: Option<&'a str>,
    annex: Option<&'a str>,
    name: Option<&'a str>,
    paragraphs: Vec<&'a str>,
    articles: Vec<&'a str>,
    agreed: bool,
    resolved: bool,
}

#[derive(Serialize)]
struct AsideFacts<'a> {
    at: usize,
    text: &'a str,
}

fn report<'a>(annotation: &'a Annotation, library: &Library, options: &Options) -> Report<'a> {
    let Annotation { draft, held, .. } = annotation;
    let shown = annotation.paragraphs().filter(|(p, f)| !options.summary && options.shows(p, f));
    Report {
        schema: SCHEMA,
        draft: DraftFacts {
            path: &draft.path,
            title: draft.front.title.as_deref(),
            stage: draft.front.stage.as_deref(),
            date: draft.front.date.as_deref(),
        },
        summary: annotation.summary(),
        library: *held,
        headings: draft.headings.iter().map(|h| heading(draft, h)).collect(),
        paragraphs: shown.map(|(p, f)| paragraph(draft, p, f, library)).collect(),
    }
}

fn heading<'a>(draft: &'a Draft, heading: &'a Heading) -> HeadingFacts<'a> {
    let before = draft.paragraphs.get(heading.before).map(|paragraph| paragraph.id.as_str());
    HeadingFacts { level: heading.level, text: &heading.text, before }
}

fn paragraph<'a>(
    draft: &'a Draft,
    paragraph: &'a Paragraph,
    facts: &'a Facts,
    library: &Library,
) -> ParagraphFacts<'a> {
    let marking = &facts.marking;
    let chars = CharCounts::new(&paragraph.text);
    let spans = marking.spans.iter().map(|span| SpanFacts {
        start: chars.at(span.span.start),
        end: chars.at(span.span.end),
        status: if span.source.is_some() { "carried" } else { "new" },
        source: span.source,
    });
    let parts = paragraph.parts.iter().map(|part| PartFacts {
        address: &part.address,
        start: chars.at(part.span.start),
        end: chars.at(part.span.end),
    });
    let citations = facts.citations.iter().map(|c| citation(c, paragraph, &chars));
    let asides = |kind: AsideKind| {
        let wanted = paragraph.asides.iter().filter(|aside| aside.kind == kind);
        wanted.map(|aside| (chars.at(aside.at), aside.text.as_str())).collect::<Vec<_>>()
    };
    let note = |label: &str| draft.footnotes.iter().find(|note| note.label == label);
    ParagraphFacts {
        id: &paragraph.id,
        number: paragraph.number.as_deref(),
        bracketed: paragraph.bracketed,
        annex: paragraph.annex.as_deref(),
        section: &paragraph.section,
        line: draft.position(paragraph, 0).map(|at| at.line),
        text: &paragraph.text,
        mark: marking.mark,
        fidelity: marking.fidelity,
        coverage: rounded(marking.coverage.share()),
        act: marking.act.as_deref(),
        placeholder: paragraph.placeholder,
        parts: parts.collect(),
        sources: evidence(paragraph, facts, library).into_iter().map(source).collect(),
        spans: spans.collect(),
        citations: citations.collect(),
        struck: asides(AsideKind::Struck)
            .into_iter()
            .map(|(at, text)| AsideFacts { at, text })
            .collect(),
        footnotes: asides(AsideKind::Footnote)
            .into_iter()
            .map(|(at, label)| AsideFacts { at, text: note(label).map_or(label, |n| &n.text) })
            .collect(),
    }
}

fn source(evidence: Evidence) -> SourceFacts {
    let fidelity = evidence.fidelity();
    SourceFacts {
        coverage: rounded(evidence.coverage),
        words: evidence.words,
        kept: evidence.kept,
        via: evidence.via,
        fidelity,
        credited: evidence.leads,
        opening: evidence.opening,
        evidence: rounded(evidence.bits),
        reordered: evidence.reordered,
        pinned: evidence.pinned,
        cited: evidence.cited,
        in_library: evidence.held,
        departures: evidence.departures.into_iter().map(departure).collect(),
        symbol: evidence.symbol,
        annex: evidence.annex,
        paragraph: evidence.paragraph,
        name: evidence.name,
        adopted: evidence.adopted,
        agreed: evidence.agreed.map(|agreed| AgreedFacts {
            first: agreed.first.map(place),
            last: agreed.last.map(place),
            texts: agreed.texts,
        }),
    }
}

fn place(place: Place) -> PlaceFacts {
    let Place { symbol, annex, paragraph, name, adopted, .. } = place;
    PlaceFacts { symbol, annex, paragraph, name, adopted }
}

fn departure(edited: Edited) -> DepartureFacts {
    let op = match edited.edit {
        Edit::Insert => "insert",
        Edit::Delete => "delete",
        Edit::Replace => "replace",
    };
    DepartureFacts { op, agreed: edited.agreed, draft: edited.draft }
}

fn citation<'a>(
    citation: &'a Citation,
    paragraph: &'a Paragraph,
    chars: &CharCounts,
) -> CitationFacts<'a> {
    CitationFacts {
        start: chars.at(citation.span.start),
        end: chars.at(citation.span.end),
        text: citation.span.slice(&paragraph.text),
        symbol: citation.symbol.as_deref(),
        annex: citation.annex.as_deref(),
        name: citation.name.as_deref(),
        paragraphs: citation.paragraphs().collect(),
        articles: citation.articles().collect(),
        agreed: citation.agreed,
        resolved: citation.resolved(),
    }
}

/// Four places are more than the text can bear, and keep the output the same on every machine.
pub(super) fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

/// Byte offsets of a text as counts of Unicode scalar values.
pub(super) struct CharCounts {
    /// None for a text of ASCII only, where the two are the same.
    starts: Option<Vec<usize>>,
}

impl CharCounts {
    pub(super) fn new(text: &str) -> Self {
        let starts = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at).collect());
        Self { starts }
    }

    pub(super) fn at(&self, byte: usize) -> usize {
        match &self.starts {
            Some(starts) => starts.partition_point(|start| *start < byte),
            None => byte,
        }
    }
}
