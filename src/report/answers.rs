//! What a library answers in; JSON after `schemas/search-1.json`, `trace-1.json` and `suggest-1.json` out.

use serde::Serialize;

use super::cited::{Cited, PlaceFacts};
use super::json::{CharCounts, rounded};
use super::pretty::json;
use super::trace::Told;
use crate::model::{
    Carrier, Departure, Edit, Found, Held, Library, Location, Passage, Refusal, Search, Span,
    Suggestion, Suggestions,
};

#[derive(Serialize)]
struct ChangeFacts {
    op: &'static str,
    agreed: String,
    draft: String,
}

/// The edits between two texts, in words.
fn changes(changes: &[Departure], agreed: &str, draft: &str) -> Vec<ChangeFacts> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = changes.iter().map(|change| ChangeFacts {
        op: match change.edit {
            Edit::Insert => "insert",
            Edit::Delete => "delete",
            Edit::Replace => "replace",
        },
        agreed: line(change.agreed.slice(agreed)),
        draft: line(change.draft.slice(draft)),
    });
    told.collect()
}

#[derive(Serialize)]
struct SpanFacts {
    start: usize,
    end: usize,
}

impl SpanFacts {
    fn of(span: Span, chars: &CharCounts) -> Self {
        Self { start: chars.at(span.start), end: chars.at(span.end) }
    }
}

fn written(report: &impl Serialize) -> String {
    json(report) + "\n"
}

#[derive(Serialize)]
struct SearchReport<'a> {
    schema: &'static str,
    query: &'a str,
    refused: Option<&'static str>,
    library: Held,
    searched: usize,
    undated: usize,
    summary: SearchSummary,
    hits: Vec<HitFacts<'a>>,
}

#[derive(Serialize)]
struct SearchSummary {
    paragraphs: usize,
    texts: usize,
    exact: usize,
    near: usize,
    shown: usize,
}

#[derive(Serialize)]
struct HitFacts<'a> {
    #[serde(flatten)]
    place: PlaceFacts<'a>,
    kind: &'static str,
    share: f64,
    closeness: f64,
    text: &'a str,
    passages: Vec<PassageFacts>,
}

#[derive(Serialize)]
struct PassageFacts {
    start: usize,
    end: usize,
    shared: Vec<SpanFacts>,
    changes: Vec<ChangeFacts>,
}

/// Writes what a search found.
pub fn search_json(answer: &Search, library: &Library, limit: Option<usize>) -> String {
    let shown = answer.found.len().min(limit.unwrap_or(usize::MAX));
    let hits = answer.found.iter().take(shown);
    written(&SearchReport {
        schema: "adref/search/1",
        query: &answer.query,
        refused: answer.refused.map(|refusal| match refusal {
            Refusal::NoWord => "no-word",
            Refusal::TooCommon => "too-common",
        }),
        library: answer.held,
        searched: answer.searched,
        undated: answer.undated,
        summary: SearchSummary {
            paragraphs: answer.found.len(),
            texts: answer.texts(),
            exact: answer.exact(),
            near: answer.found.len() - answer.exact(),
            shown,
        },
        hits: hits.filter_map(|found| hit(found, &answer.query, library)).collect(),
    })
}

fn hit<'a>(found: &'a Found, query: &str, library: &'a Library) -> Option<HitFacts<'a>> {
    let first = found.passages.first()?;
    let cited = Cited::of(library, found.location, Some(first.span))?;
    let text = &cited.paragraph.text;
    let chars = CharCounts::new(text);
    let passage = |passage: &Passage| PassageFacts {
        start: chars.at(passage.span.start),
        end: chars.at(passage.span.end),
        shared: passage.shared.iter().map(|span| SpanFacts::of(*span, &chars)).collect(),
        changes: changes(&passage.changes, text, query),
    };
    Some(HitFacts {
        place: cited.facts(),
        kind: if found.exact { "exact" } else { "near" },
        share: rounded(first.share),
        closeness: rounded(first.closeness),
        text,
        passages: found.passages.iter().map(passage).collect(),
    })
}

#[derive(Serialize)]
struct TraceReport<'a> {
    schema: &'static str,
    library: Held,
    lives: Vec<LifeFacts<'a>>,
}

#[derive(Serialize)]
struct LifeFacts<'a> {
    sentence: Option<usize>,
    text: &'a str,
    texts: usize,
    wordings: Vec<WordingFacts<'a>>,
    nearest: Option<FromFacts>,
}

#[derive(Serialize)]
struct WordingFacts<'a> {
    text: &'a str,
    from: Option<FromFacts>,
    carriers: Vec<CarrierFacts<'a>>,
}

#[derive(Serialize)]
struct FromFacts {
    wording: usize,
    changes: Vec<ChangeFacts>,
}

#[derive(Serialize)]
struct CarrierFacts<'a> {
    #[serde(flatten)]
    place: PlaceFacts<'a>,
    start: usize,
    end: usize,
    share: f64,
}

/// Writes lives of sentences, with every wording and every text.
pub fn trace_json(lives: &[Told<'_>], library: &Library) -> String {
    let lives = lives.iter().map(|told| {
        let life = told.life;
        let text = |at: usize| life.wordings.get(at).map_or("", |wording| wording.text.as_str());
        let wordings = life.wordings.iter().map(|wording| WordingFacts {
            text: &wording.text,
            from: wording.from.as_ref().map(|from| FromFacts {
                wording: from.wording,
                changes: changes(&from.changes, text(from.wording), &wording.text),
            }),
            carriers: wording.carriers.iter().filter_map(|c| carrier(c, library)).collect(),
        });
        LifeFacts {
            sentence: told.sentence,
            text: &life.text,
            texts: life.carriers().count(),
            wordings: wordings.collect(),
            nearest: life.nearest.as_ref().map(|nearest| FromFacts {
                wording: nearest.wording,
                changes: changes(&nearest.changes, text(nearest.wording), &life.text),
            }),
        }
    });
    written(&TraceReport {
        schema: "adref/trace/1",
        library: Held::of(library),
        lives: lives.collect(),
    })
}

fn carrier<'a>(carrier: &Carrier, library: &'a Library) -> Option<CarrierFacts<'a>> {
    let cited = Cited::of(library, carrier.location, Some(carrier.span))?;
    let chars = CharCounts::new(&cited.paragraph.text);
    Some(CarrierFacts {
        place: cited.facts(),
        start: chars.at(carrier.span.start),
        end: chars.at(carrier.span.end),
        share: rounded(carrier.share),
    })
}

#[derive(Serialize)]
struct SuggestReport<'a> {
    schema: &'static str,
    text: &'a str,
    subject: &'a [String],
    library: Held,
    suggestions: Vec<SuggestionFacts<'a>>,
}

#[derive(Serialize)]
struct SuggestionFacts<'a> {
    #[serde(flatten)]
    place: PlaceFacts<'a>,
    score: f64,
    text: &'a str,
    shared: &'a [String],
    titled: &'a [String],
    also: Vec<PlaceFacts<'a>>,
}

/// Writes suggestions.
pub fn suggest_json(answer: &Suggestions, library: &Library) -> String {
    let place = |at: &Location| Cited::of(library, *at, None).map(|cited| cited.facts());
    let told = answer.suggestions.iter().filter_map(|told: &Suggestion| {
        let cited = Cited::of(library, told.location, None)?;
        Some(SuggestionFacts {
            place: cited.facts(),
            score: rounded(told.score),
            text: &cited.paragraph.text,
            shared: &told.shared,
            titled: &told.titled,
            also: told.also.iter().filter_map(place).collect(),
        })
    });
    written(&SuggestReport {
        schema: "adref/suggest/1",
        text: &answer.text,
        subject: &answer.subject,
        library: answer.held,
        suggestions: told.collect(),
    })
}
