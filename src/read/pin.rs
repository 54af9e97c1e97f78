//! A comment of the file in; the author's pin, or what it says of the paragraphs around it, out.

use crate::model::Pin;

/// What a comment says where Markdown alone cannot: a file written by this tool has them where they are needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// `adref: new paragraph`: whatever follows does not belong to the paragraph before.
    Begin,
    /// `adref: same paragraph`: the text that follows goes on with the paragraph before.
    GoOn,
    /// `adref: annex I`, `adref: no annex`: where the paragraphs from here on stand.
    Annex(Option<String>),
}

/// Reads a comment about the layout of the text.
pub(super) fn layout(comment: &str) -> Option<Layout> {
    match comment.trim().strip_prefix("adref:")?.trim() {
        "new paragraph" => Some(Layout::Begin),
        "same paragraph" => Some(Layout::GoOn),
        "no annex" => Some(Layout::Annex(None)),
        other => {
            let annex = other.strip_prefix("annex ")?.trim();
            (!annex.is_empty()).then(|| Layout::Annex(Some(annex.to_owned())))
        }
    }
}

/// Reads `adref: A/RES/70/125 para. 9; verbatim`; any other comment is none of ours.
pub(super) fn parse(comment: &str) -> Option<Pin> {
    let body = comment.trim().strip_prefix("adref:")?.trim();
    let (source, claim) = match body.rsplit_once(';') {
        Some((source, claim)) => (source.trim(), Some(claim.trim().to_owned())),
        None => (body, None),
    };
    // "allow RULE: reason" waives a finding and pins nothing.
    if source.is_empty() || source.starts_with("allow ") || layout(comment).is_some() {
        return None;
    }
    Some(Pin { source: source.to_owned(), claim: claim.filter(|c| !c.is_empty()), at: None })
}
