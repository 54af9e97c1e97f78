//! A paragraph's text in; the documents it mentions, with place and pinpoint, out.
//!
//! The text is folded and cut into tokens once (`fold`, `token`), scanned once from left to right for
//! names, symbols and numbers (`scan`, with `trie`, `symbol`, `pinpoint`; `list` and `whose` for numbers in prose, with `number` and `organ`), and what
//! points at a paragraph or article is given to the document it points into (`attach`). What is known
//! beforehand stands in `data/` and is held by the [`Gazetteer`]. Time grows with the length of the text
//! and with nothing else.

mod attach;
mod called;
mod fold;
mod gazetteer;
mod list;
mod number;
mod organ;
mod pinpoint;
mod scan;
mod symbol;
mod token;
mod trie;
mod whose;

use crate::model::{Citation, CitationForm, FrontMatter, Span};
use attach::attach;
use fold::Folded;
pub use gazetteer::Gazetteer;
use pinpoint::settle;
use scan::{Mention, Scanner};
use token::Tokens;

/// Who speaks in a text: "its resolution" is a resolution of this organ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    /// The text's symbol, `E/RES/2024/13`.
    pub symbol: Option<String>,
    /// The organ's name, `Economic and Social Council`; it wins over the symbol.
    pub body: Option<String>,
}

impl Speaker {
    /// The speaker a text's front matter names.
    pub fn of(front: &FrontMatter) -> Self {
        Self { symbol: front.symbol.clone(), body: front.body.clone() }
    }

    /// The organ that speaks; the General Assembly where nothing says otherwise.
    fn organ(&self, gazetteer: &Gazetteer) -> Option<usize> {
        let named = self.body.as_deref().and_then(|body| {
            let folded = Folded::new(body);
            let tokens = Tokens::new(&folded.text);
            (0..tokens.len().min(16)).find_map(|i| match gazetteer.trie.longest(&tokens, i) {
                Some((trie::Meaning::Organ(organ), _)) => Some(organ),
                _ => None,
            })
        });
        let by_symbol = || {
            let symbol = self.symbol.as_deref()?;
            let key = match symbol.split('/').next()? {
                "A" if symbol.starts_with("A/HRC/") => "human-rights-council",
                "HRC" => "human-rights-council",
                "E" => "economic-and-social-council",
                "S" => "security-council",
                "UNEP" => "environment-assembly",
                _ => return None,
            };
            gazetteer.organ(key)
        };
        named.or_else(by_symbol).or_else(|| gazetteer.organ("general-assembly"))
    }
}

/// The longest stretch of text that is tokenized at once; a longer text is cut at a space.
const STRETCH: usize = 64 * 1024;

/// Citations of one paragraph, in the order of the text, not overlapping.
///
/// `previous` is the last citation of the text before it, which "ibid." and "the same resolution" point
/// back to. Spans are bytes of `text` and lie on character borders.
pub fn citations(
    text: &str,
    gazetteer: &Gazetteer,
    speaker: &Speaker,
    previous: Option<&Citation>,
) -> Vec<Citation> {
    let speaker = speaker.organ(gazetteer);
    let mut found: Vec<Citation> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = stretch_end(text, start);
        let part = text.get(start..end).unwrap_or_default();
        let before = found.last().or(previous);
        let more = stretch(part, start, gazetteer, speaker, before);
        found.extend(more);
        start = end;
    }
    found
}

/// Where the stretch that begins at `start` ends: after a line or a sentence if one ends in time.
fn stretch_end(text: &str, start: usize) -> usize {
    let mut limit = start + STRETCH;
    if limit >= text.len() {
        return text.len();
    }
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let window = text.get(start..limit).unwrap_or_default();
    let cut = window.rfind('\n').or_else(|| window.rfind(". ")).or_else(|| window.rfind(' '));
    cut.filter(|at| *at > 0).map_or(limit, |at| start + at + 1)
}

fn stretch(
    text: &str,
    offset: usize,
    gazetteer: &Gazetteer,
    speaker: Option<usize>,
    previous: Option<&Citation>,
) -> Vec<Citation> {
    let folded = Folded::new(text);
    let tokens = Tokens::new(&folded.text);
    let items = Scanner::new(&tokens, gazetteer, speaker, previous).items();
    let mentions = attach(&tokens, items);
    let citations = mentions.into_iter().filter_map(|mention| {
        let start = folded.start(tokens.get(mention.first)?.start) + offset;
        let end = folded.end(mention.end) + offset;
        Some(citation(mention, Span::new(start, end), gazetteer))
    });
    citations.collect()
}

/// The citation of a mention, resolved against the library.
fn citation(mention: Mention, span: Span, gazetteer: &Gazetteer) -> Citation {
    let Mention { form, symbol, mut annex, mut name, pins, mut agreed, mut reference, .. } =
        mention;
    let own = annex.clone();
    let pinpoints = settle(pins, &mut annex);
    let mut symbol = symbol;
    let numbered = matches!(form, CitationForm::Symbol | CitationForm::Number);
    let again = form == CitationForm::Ibid;
    let afresh = numbered || annex != own || (again && reference.is_none());
    if let Some(written) = symbol.take_if(|_| afresh) {
        let document = gazetteer.document(written, annex.as_deref());
        symbol = Some(document.symbol);
        name = if numbered { name.or(document.name) } else { name };
        agreed |= document.agreed;
        reference = document.reference.or(reference);
    }
    Citation { span, form, symbol, annex, name, pinpoints, agreed, reference }
}
