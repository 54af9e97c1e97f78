//! A comment of the file in; the author's pin or waiver, or what it says of the paragraphs around it, out.

use crate::model::{Pin, Position, Waiver};

/// What an author says of the paragraph that a comment stands behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// What it rests on.
    Pin(Pin),
    /// A finding that is meant to be.
    Waiver(Waiver),
}

impl Remark {
    /// The same remark at its place in the file.
    pub(super) fn at(mut self, place: Option<Position>) -> Self {
        match &mut self {
            Self::Pin(pin) => pin.at = place,
            Self::Waiver(waiver) => waiver.at = place,
        }
        self
    }
}

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

/// What stands behind `adref:`, in letters of any size. Without the colon only what begins as a waiver or a symbol does is
/// meant for us: any other comment may speak of the tool.
fn body(comment: &str) -> Option<&str> {
    let (name, rest) = comment.trim().split_at_checked(NAME.len())?;
    if !name.eq_ignore_ascii_case(NAME) {
        return None;
    }
    match rest.trim_start().strip_prefix(':') {
        Some(body) => Some(body.trim()),
        None => {
            let body = rest.strip_prefix(char::is_whitespace)?.trim();
            let first = body.split_whitespace().next()?;
            let is_symbol =
                first.contains('/') && first.starts_with(|c: char| c.is_ascii_uppercase());
            (first == "allow" || is_symbol).then_some(body)
        }
    }
}

/// What opens a comment that is meant for this tool.
const NAME: &str = "adref";

/// True for a comment that is meant for this tool.
pub(super) fn is_meant(comment: &str) -> bool {
    parse(comment).is_some() || layout(comment).is_some()
}

/// Reads a comment about the layout of the text.
pub(super) fn layout(comment: &str) -> Option<Layout> {
    match body(comment)? {
        "new paragraph" => Some(Layout::Begin),
        "same paragraph" => Some(Layout::GoOn),
        "no annex" => Some(Layout::Annex(None)),
        other => {
            let annex = other.strip_prefix("annex ")?.trim();
            (!annex.is_empty()).then(|| Layout::Annex(Some(annex.to_owned())))
        }
    }
}

/// Reads `adref: A/RES/70/125 para. 9; verbatim` and `adref: allow RULE: reason`; any other comment is none of ours.
pub(super) fn parse(comment: &str) -> Option<Remark> {
    let body = body(comment)?;
    if let Some(waived) = body.strip_prefix("allow ") {
        let (rule, reason) = waived.split_once(':').unwrap_or((waived, ""));
        let (rule, reason) = (rule.trim().to_owned(), reason.trim().to_owned());
        return Some(Remark::Waiver(Waiver { rule, reason, at: None }));
    }
    let (source, claim) = match body.rsplit_once(';') {
        Some((source, claim)) => (source.trim(), Some(claim.trim().to_owned())),
        None => (body, None),
    };
    if source.is_empty() || layout(comment).is_some() {
        return None;
    }
    let claim = claim.filter(|claim| !claim.is_empty());
    Some(Remark::Pin(Pin { source: pointed(source), claim, at: None }))
}

/// The source of a pin as texts cite it, where it is written as commands take it: "A/RES/70/125, para. 9" for "A/RES/70/125#9".
fn pointed(source: &str) -> String {
    let parts = source.split_once('#').map(|(text, address)| (text.trim_end(), address.trim()));
    let is_address = |address: &str| {
        address.starts_with(|c: char| c.is_ascii_digit()) && !address.contains(['#', ',', ';', '/'])
    };
    match parts.filter(|(text, address)| !text.is_empty() && is_address(address)) {
        Some((text, address)) => format!("{text}, para. {address}"),
        None => source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_that_are_meant() {
        let pin = |source: &str, claim: Option<&str>| {
            let claim = claim.map(str::to_owned);
            Some(Remark::Pin(Pin { source: source.to_owned(), claim, at: None }))
        };
        for (comment, wanted) in [
            (
                " adref: A/RES/70/125 para. 9; verbatim ",
                pin("A/RES/70/125 para. 9", Some("verbatim")),
            ),
            ("ADREF: GDC", pin("GDC", None)),
            ("adref: A/RES/70/1#74; cited", pin("A/RES/70/1, para. 74", Some("cited"))),
            ("adref: GDC #23 (b)", pin("GDC, para. 23 (b)", None)),
            ("adref: GDC#annex", pin("GDC#annex", None)),
            ("adref A/RES/70/125", pin("A/RES/70/125", None)),
            ("adref checks this file", None),
            ("adreferendum: A/RES/70/125", None),
            ("adref:", None),
            ("a comment", None),
            ("«é»", None),
        ] {
            assert_eq!(parse(comment), wanted, "{comment}");
        }
    }
}
