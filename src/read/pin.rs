//! A comment of the file in; the author's pin, if it is one, out.

use crate::model::Pin;

/// Reads `adref: A/RES/70/125 para. 9; verbatim`; any other comment is none of ours.
pub(super) fn parse(comment: &str) -> Option<Pin> {
    let body = comment.trim().strip_prefix("adref:")?.trim();
    let (source, claim) = match body.rsplit_once(';') {
        Some((source, claim)) => (source.trim(), Some(claim.trim().to_owned())),
        None => (body, None),
    };
    // "allow RULE: reason" waives a finding and pins nothing.
    if source.is_empty() || source.starts_with("allow ") {
        return None;
    }
    Some(Pin { source: source.to_owned(), claim: claim.filter(|c| !c.is_empty()), at: None })
}
