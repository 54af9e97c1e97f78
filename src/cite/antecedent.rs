//! A pointer with the documents named before it in; the one that it means by a short name, "paragraph 9 of the Compact", out.

use super::scan::{Mention, Pointer};
use super::symbol::is_adopted;
use super::token::Tokens;
use crate::model::{Citation, CitationForm};
use crate::text::{is_kind, is_of_kind};

/// "paragraph 27 of the resolution", "article 4 of the Convention", "the Compact, paragraph 9": the document mentioned
/// before whose name has the word, and the token after what names it. In an earlier paragraph it must be the only one.
pub(super) fn antecedent(
    tokens: &Tokens,
    pointer: &Pointer,
    mentions: &[Mention],
    before: &[Citation],
) -> Option<(Mention, usize)> {
    const REACH: usize = 12;
    let (word, last) = short_name(tokens, pointer)?;
    let is_called =
        |name: &Option<String>| name.as_deref().is_some_and(|name| is_of_kind(name, word));
    let fits = |mention: &&Mention| match word {
        "resolution" => mention.symbol.as_deref().is_some_and(is_adopted),
        _ => is_called(&mention.name),
    };
    let known = word == "resolution" || is_kind(word);
    let near = mentions.iter().rev().take(REACH).filter(|_| known).find(fits);
    let near =
        near.map(|found| Mention { form: CitationForm::Ibid, pins: Vec::new(), ..found.clone() });
    let far = || {
        let mut all = before.iter().filter(|citation| is_kind(word) && is_called(&citation.name));
        let first = all.next()?;
        all.all(|other| other.is_same_document(first)).then(|| Mention::again(first))
    };
    Some((near.or_else(far)?, last))
}

/// The word by which a document is called beside a pointer, "of the Compact" behind it or "the Compact," before it, and the
/// token after both.
fn short_name<'t>(tokens: &Tokens<'t>, pointer: &Pointer) -> Option<(&'t str, usize)> {
    let comma = usize::from(tokens.is_mark(pointer.last, b','));
    let start = pointer.last + comma;
    let leads_on = |at: usize| tokens.is_any(at, &["of", "on", "against", "for", "to"]);
    if tokens.is_any(start, &["of", "in"]) && tokens.is_any(start + 1, &["the", "that"]) {
        return (!leads_on(start + 3)).then(|| (tokens.word(start + 2), start + 3));
    }
    let name = pointer.first.checked_sub(2)?;
    let parted = tokens.is_mark(name + 1, b',') || tokens.is_mark(name + 1, b'(');
    let article = name.checked_sub(1)?;
    let is_named = parted && tokens.is_any(article, &["the"]) && is_kind(tokens.word(name));
    is_named.then(|| (tokens.word(name), pointer.last))
}

/// True where a text speaks of a document by name, "the Lisbon Declaration", that is not itself: "this Declaration".
pub(super) fn names_another(tokens: &Tokens) -> bool {
    const OWN: [&str; 4] = ["this", "present", "our", "draft"];
    (1..tokens.len()).any(|at| is_kind(tokens.word(at)) && !tokens.is_any(at - 1, &OWN))
}
