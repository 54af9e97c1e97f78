//! A paragraph with its matches and citations in; its mark, with the evidence, out.

mod govern;

use crate::model::{
    Citation, Coverage, Fidelity, Mark, Marking, Match, Paragraph, Source, Via, WordSpan,
};
use crate::text::{balanced, opening_act};

/// From which share of carried words a paragraph has which mark.
///
/// Measured on the Swiss proposals: unrelated paragraphs reach 0.24 at most, true restatements stand at
/// 0.94 and above. `docs/thresholds.md` shows what other values do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarkThresholds {
    /// Share (0..1) of words from which a paragraph restates agreed language.
    pub reaffirmed: f64,
    /// Share (0..1) of words from which a paragraph that also names a source is called adapted, and not
    /// only cited.
    pub recalled: f64,
}

impl Default for MarkThresholds {
    fn default() -> Self {
        Self { reaffirmed: 0.60, recalled: 0.25 }
    }
}

/// Marks a paragraph.
///
/// `words` are the paragraph's words with the index of the match that carries each, `pinned` the documents
/// its author pinned it to.
pub fn mark(
    paragraph: &Paragraph,
    matches: Vec<Match>,
    words: &[WordSpan],
    citations: &[Citation],
    pinned: &[Vec<Citation>],
    thresholds: &MarkThresholds,
) -> Marking {
    let act = opening_act(&paragraph.text).map(|act| act.base.to_owned());
    // A placeholder, and a paragraph of which every word was struck out, say nothing to be marked.
    if words.is_empty() {
        return Marking {
            mark: None,
            fidelity: Fidelity::None,
            coverage: Coverage::default(),
            act,
            sources: Vec::new(),
            spans: Vec::new(),
        };
    }
    let carried = words.iter().filter(|word| word.source.is_some()).count();
    let coverage = Coverage { total: words.len(), carried };
    let by_text = !matches.is_empty();
    let share = coverage.share();
    let restated = by_text && share >= thresholds.reaffirmed;
    let as_agreed = |m: &Match| m.departures.is_empty() && !m.reordered;
    let verbatim = carried == words.len() && leading(&matches).all(as_agreed);
    let renewed = govern::reaffirmed(&paragraph.text, citations);
    let sources = sources(matches, citations, pinned);
    let (mark, fidelity) = if restated {
        let fidelity = if verbatim { Fidelity::Verbatim } else { Fidelity::Adapted };
        (Mark::Reaffirmed, fidelity)
    } else if renewed {
        (Mark::Reaffirmed, Fidelity::Cited)
    } else if by_text
        && (sources.iter().all(|s| s.via == Via::Text) || share >= thresholds.recalled)
    {
        (Mark::Recalled, Fidelity::Adapted)
    } else if !sources.is_empty() {
        (Mark::Recalled, Fidelity::Cited)
    } else {
        (Mark::New, Fidelity::None)
    };
    Marking {
        mark: Some(mark),
        fidelity,
        coverage,
        act,
        sources,
        spans: merged(&paragraph.text, words),
    }
}

/// The matches that words are credited to: the first of each rank.
fn leading(matches: &[Match]) -> impl Iterator<Item = &Match> {
    let first = |at: &usize| {
        let rank = |index: usize| matches.get(index).map(|m| m.rank);
        *at == 0 || rank(*at) != rank(at - 1)
    };
    (0..matches.len()).filter(first).filter_map(|at| matches.get(at))
}

/// Sources by text, in their order, then the agreed documents that are named besides.
fn sources(matches: Vec<Match>, citations: &[Citation], pinned: &[Vec<Citation>]) -> Vec<Source> {
    let named =
        || citations.iter().map(|c| (c, false)).chain(pinned.iter().flatten().map(|c| (c, true)));
    let by_text = |matched: Match| {
        let names = |(c, _): &(&Citation, bool)| c.reference == Some(matched.location.reference);
        let (citation, pinned) = named().find(names).unzip();
        let pinned = pinned.unwrap_or(false);
        Source { via: Via::Text, citation: citation.cloned(), pinned, matched: Some(matched) }
    };
    let mut out: Vec<Source> = matches.into_iter().map(by_text).collect();
    for (citation, pinned) in named() {
        let listed = |source: &Source| match (&source.matched, &source.citation) {
            (Some(matched), _) => citation.reference == Some(matched.location.reference),
            (None, Some(other)) => same_target(citation, other),
            (None, None) => false,
        };
        if citation.agreed && !out.iter().any(listed) {
            let citation = Some(citation.clone());
            out.push(Source { via: Via::Citation, matched: None, citation, pinned });
        }
    }
    out
}

fn same_target(a: &Citation, b: &Citation) -> bool {
    let document = |c: &Citation| (c.symbol.clone(), c.annex.clone(), c.reference);
    let named = a.symbol.is_some() || a.name == b.name;
    document(a) == document(b) && named && (a.pinpoints == b.pinpoints || a.pinpoints.is_empty())
}

/// Neighbouring words with the same source as one span.
fn merged(text: &str, words: &[WordSpan]) -> Vec<WordSpan> {
    let mut out: Vec<WordSpan> = Vec::new();
    for word in words {
        match out.last_mut() {
            Some(last) if last.source == word.source => {
                last.span.end = last.span.end.max(word.span.end);
            }
            // An abbreviation stands for several words that share its span: the first one decides.
            Some(last) if last.span.end >= word.span.end => {}
            _ => out.push(*word),
        }
    }
    for span in out.iter_mut().filter(|span| span.source.is_none()) {
        span.span = balanced(text, span.span);
    }
    out
}
