//! A paragraph's text and citations in; whether it expressly reaffirms one of them out.

use crate::model::Citation;
use crate::text::{Act, acts, sentences};

/// True when an act that renews a source (reaffirm, affirm, recommit) governs an agreed document: it is
/// the nearest act before the citation in the same sentence, and what it reaffirms is not a statement
/// ("We reaffirm that …", in which a document is only mentioned).
pub(super) fn reaffirmed(text: &str, citations: &[Citation]) -> bool {
    let agreed: Vec<&Citation> = citations.iter().filter(|c| c.agreed).collect();
    if agreed.is_empty() {
        return false;
    }
    let acts = acts(text);
    let sentences = sentences(text);
    agreed.iter().any(|citation| {
        let start = citation.span.start;
        let sentence = sentences.iter().rev().find(|s| s.start <= start);
        let from = sentence.map_or(0, |s| s.start);
        let nearest =
            acts.iter().rev().find(|act| act.span.start < start && act.span.start >= from);
        nearest.is_some_and(|act| act.reaffirms && !introduces_statement(text, act))
    })
}

/// True for "reaffirm that" and "reaffirm, moreover, that".
fn introduces_statement(text: &str, act: &Act) -> bool {
    let after = text.get(act.span.end..).unwrap_or_default();
    let mut words = after.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphabetic()));
    let first = words.next().unwrap_or_default();
    // One aside between commas may stand in between: ", moreover," or ", in this regard,".
    let aside = after.trim_start().strip_prefix(',').and_then(|rest| rest.split_once(','));
    let behind = aside.filter(|(inside, _)| inside.split_whitespace().count() <= 4);
    let next = behind.and_then(|(_, rest)| rest.split_whitespace().next());
    first == "that" || next == Some("that")
}
