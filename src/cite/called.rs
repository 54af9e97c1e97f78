//! A reference in; its symbols and its title, made ready for the gazetteer, out.

use std::collections::BTreeSet;

use super::fold::Folded;
use super::gazetteer::words_until;
use super::symbol::key;
use super::token::Tokens;
use crate::model::Entry;

/// Words that make a title the name of an instrument, so that it is found without quotation marks.
const INSTRUMENT_NOUNS: [&str; 13] = [
    "Declaration",
    "Agenda",
    "Convention",
    "Covenant",
    "Compact",
    "Pact",
    "Charter",
    "Commitment",
    "Framework",
    "Protocol",
    "Treaty",
    "Accord",
    "Consensus",
];

/// What a reference is called, made ready for a gazetteer; of many references this is the most work, and can be done
/// for several at the same time.
pub(super) struct Called<'e> {
    /// Its symbol and its name.
    pub(super) reference: (Option<String>, String),
    /// The keys of its symbols, with the annex it holds.
    pub(super) keys: Vec<(String, Option<String>)>,
    pub(super) title: Option<Title<'e>>,
}

/// A title.
pub(super) struct Title<'e> {
    /// The hash of its words.
    pub(super) hash: Option<u64>,
    /// What it names, where it names an instrument.
    pub(super) names: Option<&'e str>,
}

impl<'e> Called<'e> {
    pub(super) fn of(entry: &'e Entry) -> Self {
        let front = &entry.text.front;
        // A joint symbol is held whole, as citations that were found bear it, and each of those it joins.
        let symbols = front.symbols().chain(front.symbol.as_deref());
        // A resolution in parts, `A/RES/78/80 A-B`, is also cited without them.
        let symbols = symbols.flat_map(|symbol| [Some(symbol), without_parts(symbol)]).flatten();
        let keys: BTreeSet<String> = symbols.map(key).collect();
        let keys = keys.into_iter().map(|key| (key, front.annex.clone())).collect();
        let reference = (front.symbol.clone(), entry.name.clone());
        Self { reference, keys, title: front.title.as_deref().map(Title::of) }
    }
}

/// `A/RES/78/80` of `A/RES/78/80 A-B`; none of a symbol that names no parts.
fn without_parts(symbol: &str) -> Option<&str> {
    let (whole, parts) = symbol.rsplit_once(' ')?;
    let letter = |part: &str| part.len() == 1 && part.bytes().all(|b| b.is_ascii_uppercase());
    let named = parts.contains(['-', '–']) && parts.split(['-', '–']).all(letter);
    (named && whole.ends_with(|c: char| c.is_ascii_digit())).then_some(whole)
}

impl<'e> Title<'e> {
    fn of(title: &'e str) -> Self {
        let folded = Folded::new(title);
        let hash = words_until(&Tokens::new(&folded.text), 0, None).map(|(hash, _)| hash);
        let bare = title.strip_prefix("The ").unwrap_or(title);
        let mut words = bare.split_whitespace();
        let named = words.by_ref().take(4).any(|word| INSTRUMENT_NOUNS.contains(&word));
        let names = named && bare.split_whitespace().nth(3).is_some();
        Self { hash, names: names.then_some(bare) }
    }
}
