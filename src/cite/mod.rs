//! A paragraph's text in; the documents it mentions, with place and pinpoint, out.
//!
//! The text is folded and cut into tokens once (`fold`, `token`), scanned once from left to right for
//! names, symbols and numbers (`scan`, with `trie`, `symbol`, `pinpoint`; `list` and `whose` for numbers in prose, with `number` and `organ`), and what
//! points at a paragraph or article is given to the document it points into (`attach`, with `antecedent`). What is known
//! beforehand stands in `data/` and is held by the [`Gazetteer`]. Time grows with the length of the text
//! and with nothing else.

mod antecedent;
mod around;
mod attach;
mod called;
mod fold;
mod gazetteer;
mod list;
mod nested;
mod number;
mod organ;
mod own;
mod pinpoint;
mod scan;
mod symbol;
mod token;
mod trie;
mod whose;

use crate::model::{Citation, CitationForm, FrontMatter, Span};
use crate::text::Organ;
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

    /// The speaker that a paragraph names which is nothing but the name of an organ, as it opens a resolution: "The Economic
    /// and Social Commission for Asia and the Pacific,".
    pub fn opening(text: &str, gazetteer: &Gazetteer) -> Option<Self> {
        let line = text.lines().next().filter(|line| line.len() <= LONGEST_NAME)?.trim_end();
        let name = line.strip_suffix(',').or(Some(line).filter(|line| *line == text.trim_end()))?;
        let folded = Folded::new(name);
        let tokens = Tokens::new(&folded.text);
        let first = usize::from(tokens.is_any(0, &["the"]));
        let (meaning, last) = gazetteer.trie.longest(&tokens, first)?;
        let trie::Meaning::Organ(organ) = meaning else { return None };
        let organ = gazetteer.organs.get(organ).filter(|organ| !organ.is_generic)?;
        (last == tokens.len()).then(|| Self { symbol: None, body: Some(organ.name.to_owned()) })
    }

    /// The organ that speaks; the General Assembly where nothing says otherwise. A symbol may say it more exactly than
    /// the name does: what is issued as E/ESCAP/ has the name of the Economic and Social Council above it.
    fn organ(&self, gazetteer: &Gazetteer) -> Option<usize> {
        let named = self.body.as_deref().and_then(|body| {
            let folded = Folded::new(body);
            let tokens = Tokens::new(&folded.text);
            (0..tokens.len().min(16)).find_map(|i| match gazetteer.trie.longest(&tokens, i) {
                Some((trie::Meaning::Organ(organ), _)) => Some(organ),
                _ => None,
            })
        });
        let at = |name: &str| gazetteer.organs.iter().position(|organ| organ.name == name);
        let issued = self.symbol.as_deref().and_then(Organ::of_symbol);
        let exact = issued.filter(|own| match named {
            Some(named) => gazetteer.organs.get(named).is_some_and(|o| own.issues_within(o.name)),
            None => true,
        });
        let by_symbol = exact.and_then(|organ| at(organ.name));
        by_symbol.or(named).or_else(|| gazetteer.organ("general-assembly"))
    }
}

/// No organ has a longer name, in bytes.
const LONGEST_NAME: usize = 160;

/// The longest stretch of text that is tokenized at once; a longer text is cut at a space.
const STRETCH: usize = 64 * 1024;

/// Citations of one paragraph, in the order of the text, not overlapping.
///
/// `before` are citations of the text before it, the last one last: "ibid." and "the same resolution" point back to
/// that one, "paragraph 9 of the Compact" to the only one of them that is called so. Spans are bytes of `text` and lie on character borders.
pub fn citations(
    text: &str,
    gazetteer: &Gazetteer,
    speaker: &Speaker,
    before: &[Citation],
) -> Vec<Citation> {
    let speaker = speaker.organ(gazetteer);
    let mut found: Vec<Citation> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = stretch_end(text, start);
        let part = text.get(start..end).unwrap_or_default();
        let before = if found.is_empty() { before } else { &found };
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
    before: &[Citation],
) -> Vec<Citation> {
    let folded = Folded::new(text);
    let tokens = Tokens::new(&folded.text);
    let items = Scanner::new(&tokens, gazetteer, speaker, before.last()).items();
    let mentions = attach(&tokens, items, before);
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
