//! Tokens of a text in; the documents it mentions and the words that point at parts, in order, out.

use super::gazetteer::Gazetteer;
use super::list::List;
use super::own::own_label;
use super::pinpoint::{Pin, pins};
use super::symbol::{is_adopted, symbol};
use super::token::{Kind, Tokens};
use super::trie::Meaning;
use super::whose::Named;
use crate::model::{Citation, CitationForm, Pinpoint};

/// A mention of a document, its pinpoints still apart.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Its first token, and the token after its last.
    pub(super) first: usize,
    pub(super) last: usize,
    /// Where it ends in the folded text, which may be within a token.
    pub(super) end: usize,
    pub(super) form: CitationForm,
    pub(super) symbol: Option<String>,
    pub(super) annex: Option<String>,
    pub(super) name: Option<String>,
    pub(super) pins: Vec<Pin>,
    pub(super) agreed: bool,
    pub(super) reference: Option<usize>,
}

impl Mention {
    /// The document of a citation, mentioned again at a place that is still to be told.
    pub(super) fn again(citation: &Citation) -> Self {
        Self {
            first: 0,
            last: 0,
            end: 0,
            form: CitationForm::Ibid,
            symbol: citation.symbol.clone(),
            annex: citation.annex.clone(),
            name: citation.name.clone(),
            pins: Vec::new(),
            agreed: citation.agreed,
            reference: citation.reference,
        }
    }
}

/// Words that point at parts of a document: `paragraphs 3 and 4`.
#[derive(Clone, Debug)]
pub(super) struct Pointer {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) pins: Vec<Pin>,
}

/// How many items back "ibid." and "the same resolution" look.
const REACH: usize = 64;

/// What the scanner finds.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Mention(Mention),
    Pointer(Pointer),
}

/// The scanner over one text.
pub(super) struct Scanner<'s> {
    pub(super) tokens: &'s Tokens<'s>,
    pub(super) gazetteer: &'s Gazetteer,
    pub(super) speaker: Option<usize>,
    pub(super) previous: Option<&'s Citation>,
    pub(super) items: Vec<Item>,
    pub(super) list: Option<List>,
    pub(super) named: Option<Named>,
    /// Organs named in full, in the order of the text.
    pub(super) mentioned: Vec<usize>,
    /// The organ whose numbers were read last in this sentence.
    pub(super) cited: Option<usize>,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(
        tokens: &'s Tokens<'s>,
        gazetteer: &'s Gazetteer,
        speaker: Option<usize>,
        previous: Option<&'s Citation>,
    ) -> Self {
        Self {
            tokens,
            gazetteer,
            speaker,
            previous,
            items: Vec::new(),
            list: None,
            named: None,
            mentioned: Vec::new(),
            cited: None,
        }
    }

    /// Everything the text mentions, in its order.
    pub(super) fn items(mut self) -> Vec<Item> {
        let mut i = 0;
        while let Some(token) = self.tokens.get(i) {
            i = match token.kind {
                Kind::Mark(b'.') => {
                    if self.ends_sentence(i) {
                        (self.list, self.named, self.cited) = (None, None, None);
                    }
                    i + 1
                }
                Kind::Mark(b'"') => self.title(i).unwrap_or(i + 1),
                Kind::Mark(b'(') => match own_label(self.tokens, i) {
                    Some(pointer) => {
                        let last = pointer.last;
                        self.items.push(Item::Pointer(pointer));
                        last
                    }
                    None => i + 1,
                },
                Kind::Mark(_) => i + 1,
                Kind::Word | Kind::Number => {
                    self.named_at(i).or_else(|| self.number_at(i)).unwrap_or(i + 1)
                }
            };
        }
        self.items
    }

    /// True when the full stop at token `i` ends a sentence rather than an abbreviation.
    fn ends_sentence(&self, i: usize) -> bool {
        const ABBREVIATIONS: [&str; 18] = [
            "No", "Nos", "para", "paras", "chap", "chaps", "sect", "sects", "vol", "vols", "ibid",
            "p", "pp", "art", "arts", "res", "dec", "cf",
        ];
        let spaced = !self.tokens.joined(i + 1);
        let begins = self.tokens.word(i + 1).starts_with(char::is_uppercase);
        let abbreviated = i > 0 && self.tokens.is_any(i - 1, &ABBREVIATIONS);
        spaced && begins && !abbreviated
    }

    /// Reads the name, symbol or word with a meaning that begins at token `i`.
    fn named_at(&mut self, i: usize) -> Option<usize> {
        let (meaning, last) = self.gazetteer.trie.longest(self.tokens, i)?;
        match meaning {
            Meaning::Series => self.symbol(i),
            Meaning::Instrument(index) => self.instrument(index, i, last),
            Meaning::Organ(organ) => {
                self.named = Some(Named { organ, first: i, last });
                if self.gazetteer.organs.get(organ).is_some_and(|organ| !organ.is_generic) {
                    self.mentioned.push(organ);
                }
                Some(self.glued(organ, i, last).unwrap_or(last))
            }
            Meaning::Part(part) => {
                let part = *self.gazetteer.parts.get(part)?;
                let found = pins(self.tokens, part, last)?;
                self.items.push(Item::Pointer(Pointer {
                    first: i,
                    last: found.last,
                    pins: found.pins,
                }));
                Some(found.last)
            }
            Meaning::Number(decision) => {
                self.announce(i, decision);
                Some(last)
            }
            Meaning::Ibid => self.ibid(i, last),
            // "Recalls that resolution 70/125 …"
            Meaning::Same if self.tokens.is_number(last) || symbol(self.tokens, last).is_some() => {
                None
            }
            Meaning::Same => {
                let mut mention = self.antecedent(|s| s.as_deref().is_some_and(is_adopted))?;
                (mention.first, mention.last) = (i, last);
                mention.end = self.tokens.get(last - 1)?.end;
                self.items.push(Item::Mention(mention));
                Some(last)
            }
            Meaning::Neighbour => {
                let mut mention = self.mention(i, last, CitationForm::Internal);
                mention.name = Some(self.tokens.word(i).to_lowercase() + " paragraph");
                self.items.push(Item::Mention(mention));
                Some(last)
            }
        }
    }

    pub(super) fn mention(&self, first: usize, last: usize, form: CitationForm) -> Mention {
        let end = last.checked_sub(1).and_then(|l| self.tokens.get(l)).map_or(0, |t| t.end);
        Mention {
            first,
            last,
            end,
            form,
            symbol: None,
            annex: None,
            name: None,
            pins: Vec::new(),
            agreed: false,
            reference: None,
        }
    }

    fn symbol(&mut self, i: usize) -> Option<usize> {
        let found = symbol(self.tokens, i)?;
        let last = self.tokens.index_at(found.end);
        let mut mention = self.mention(i, last, CitationForm::Symbol);
        mention.end = found.end;
        mention.symbol = Some(found.symbol);
        mention.pins = part_letter(found.letter);
        self.items.push(Item::Mention(mention));
        if let Some(list) = &mut self.list {
            list.last = last;
            list.items += 1;
        }
        Some(last)
    }

    fn instrument(&mut self, index: usize, i: usize, last: usize) -> Option<usize> {
        let generic = self.tokens.is_any(i, &["the"]) && self.tokens.is_any(last, &["of", "for"]);
        let compound = self.tokens.joined(last)
            && self.tokens.is_mark(last, b'/')
            && self.tokens.joined(last + 1);
        if generic || compound {
            return None;
        }
        let instrument = self.gazetteer.instruments.get(index)?;
        let article = self.tokens.is_any(i, &["the"]) && !instrument.name.starts_with("The ");
        let mut mention = self.mention(if article { i + 1 } else { i }, last, CitationForm::Name);
        mention.symbol = instrument.symbol.clone();
        mention.annex = instrument.annex.clone();
        mention.name = Some(instrument.name.clone());
        mention.agreed = instrument.agreed;
        mention.reference = instrument.reference;
        self.items.push(Item::Mention(mention));
        Some(last)
    }

    /// A reference's title between quotation marks, the opening one being token `i`.
    fn title(&mut self, i: usize) -> Option<usize> {
        let (reference, close) = self.gazetteer.title(self.tokens, i)?;
        let (symbol, name) = self.gazetteer.held(reference);
        let mut mention = self.mention(i + 1, close, CitationForm::Name);
        (mention.symbol, mention.name) = (symbol, Some(name));
        (mention.agreed, mention.reference) = (true, Some(reference));
        self.items.push(Item::Mention(mention));
        Some(close + 1)
    }

    /// The last document mentioned before that satisfies `fits`, to be mentioned again.
    fn antecedent(&self, fits: impl Fn(&Option<String>) -> bool) -> Option<Mention> {
        let before = self.items.iter().rev().take(REACH).find_map(|item| match item {
            Item::Mention(m) if m.form != CitationForm::Internal && fits(&m.symbol) => Some(m),
            _ => None,
        });
        let mut mention = match (before, self.previous) {
            (Some(before), _) => before.clone(),
            (None, Some(previous)) if fits(&previous.symbol) => Mention::again(previous),
            _ => return None,
        };
        mention.form = CitationForm::Ibid;
        mention.pins.clear();
        Some(mention)
    }

    /// "ibid.", unless it stands for a series of records: "Ibid., Supplement No. 53".
    fn ibid(&mut self, i: usize, last: usize) -> Option<usize> {
        let mut at = last;
        while self.tokens.is_mark(at, b'.') || self.tokens.is_mark(at, b',') {
            at += 1;
        }
        let pointer =
            matches!(self.gazetteer.trie.longest(self.tokens, at), Some((Meaning::Part(_), _)));
        let marked =
            self.tokens.get(at).is_none_or(|t| matches!(t.kind, Kind::Mark(b';' | b')' | b'(')));
        if !(pointer || marked || at == last) {
            return None;
        }
        let mut mention = self.antecedent(|_| true)?;
        let last = if self.tokens.is_mark(last, b'.') { last + 1 } else { last };
        (mention.first, mention.last) = (i, last);
        mention.end = self.tokens.get(last - 1)?.end;
        self.items.push(Item::Mention(mention));
        Some(last)
    }
}

/// The pinpoint that keeps the letter of a resolution whose symbol has none: `217 A (III)`.
pub(super) fn part_letter(letter: Option<char>) -> Vec<Pin> {
    letter.map(|l| Pin::At(Pinpoint::Section(format!("part {l}")))).into_iter().collect()
}
