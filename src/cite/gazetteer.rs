//! The lexicon and a library in; what a name or symbol stands for, and which reference holds it, out.

use std::collections::HashMap;

use rayon::prelude::*;

use super::called::{Called, Title};
use super::organ::Organ;
use super::pinpoint::PartWord;
use super::symbol::{is_adopted, key};
use super::token::{Kind, Tokens};
use super::trie::{Meaning, Name, Trie};
use super::{Speaker, citations};
use crate::model::{CitationForm, Library};
use crate::text::ORGANS;

const INSTRUMENTS: &str = include_str!("data/instruments.tsv");
const WORDS: &str = include_str!("data/words.tsv");
const SERIES: &str = include_str!("data/series.tsv");
const ADOPTED: &str = include_str!("data/adopted.tsv");
const DECISIONS: &str = include_str!("data/decisions.tsv");

/// The longest title looked for between quotation marks, in words.
const MAX_TITLE: usize = 80;

/// A document known by name.
#[derive(Clone, Debug)]
pub(super) struct Instrument {
    pub(super) symbol: Option<String>,
    pub(super) annex: Option<String>,
    pub(super) name: String,
    pub(super) agreed: bool,
    pub(super) reference: Option<usize>,
}

/// What a symbol stands for.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) symbol: String,
    pub(super) name: Option<String>,
    pub(super) agreed: bool,
    pub(super) reference: Option<usize>,
}

/// Everything `cite` knows about names: a lexicon of well-known instruments, organs and the words
/// that point at parts of documents, and what a library's references are called.
#[derive(Debug, Default)]
pub struct Gazetteer {
    pub(super) trie: Trie,
    pub(super) instruments: Vec<Instrument>,
    pub(super) organs: Vec<Organ>,
    pub(super) parts: Vec<PartWord>,
    /// The library's references by the key of their symbol, with annex and index.
    held: HashMap<String, Vec<(Option<String>, usize)>>,
    /// Symbol, name of the library's references by index.
    references: Vec<(Option<String>, String)>,
    /// The library's titles by the hash of their words; none for a title that several bear.
    titles: HashMap<u64, Option<usize>>,
    /// The lexicon's instruments by symbol and annex; none where several share them.
    known: HashMap<(String, Option<String>), Option<usize>>,
    adopted: HashMap<&'static str, &'static str>,
    decisions: HashMap<&'static str, &'static str>,
}

fn rows(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

impl Gazetteer {
    /// The built-in lexicon only.
    pub fn new() -> Self {
        let mut new = Self {
            adopted: rows(ADOPTED).filter_map(|row| row.split_once('\t')).collect(),
            decisions: rows(DECISIONS).filter_map(|row| row.split_once('\t')).collect(),
            ..Self::default()
        };
        for (organ, names) in rows(ORGANS).filter_map(Organ::of_row) {
            let meaning = Meaning::Organ(new.organs.len());
            names.for_each(|name| {
                new.trie.add(&Name::of_data(name), meaning);
            });
            new.organs.push(organ);
        }
        for (kind, words) in rows(WORDS).filter_map(|row| row.split_once('\t')) {
            let meaning = match kind {
                "resolution" => Meaning::Number(false),
                "decision" => Meaning::Number(true),
                "ibid" => Meaning::Ibid,
                "same" => Meaning::Same,
                "neighbour" => Meaning::Neighbour,
                _ => {
                    new.parts.push(match kind {
                        "paragraph" => PartWord::Paragraph,
                        "article" => PartWord::Article,
                        "annex" => PartWord::Annex,
                        _ => PartWord::Section(kind.trim_start_matches("section ")),
                    });
                    Meaning::Part(new.parts.len() - 1)
                }
            };
            words.split(" | ").for_each(|word| {
                new.trie.add(&Name::of_data(word), meaning);
            });
        }
        let series = rows(SERIES).filter_map(|row| row.split_once('\t'));
        for beginning in series.flat_map(|(_, beginnings)| beginnings.split(" | ")) {
            new.trie.add(&Name { words: beginning, exact: true }, Meaning::Series);
        }
        rows(INSTRUMENTS).for_each(|row| new.add_instrument(row));
        new
    }

    /// What the lexicon's instruments are called, in full.
    pub fn names() -> Vec<&'static str> {
        let names = rows(INSTRUMENTS).filter_map(|row| row.split('\t').nth(3));
        names.flat_map(|names| names.split(" | ")).filter(|name| !name.starts_with('=')).collect()
    }

    /// Reads a row of `instruments.tsv`; a row that lacks columns is left out.
    fn add_instrument(&mut self, row: &'static str) {
        let mut cells = row.split('\t');
        let mut cell = || cells.next();
        let (Some(symbol), Some(annex), Some(agreed), Some(names)) =
            (cell(), cell(), cell(), cell())
        else {
            return;
        };
        let some = |cell: &str| (cell != "-").then(|| cell.to_owned());
        let index = self.instruments.len();
        let first = names.split(" | ").next().unwrap_or_default();
        for name in names.split(" | ") {
            self.trie.add(&Name::of_data(name), Meaning::Instrument(index));
        }
        let instrument = Instrument {
            symbol: some(symbol),
            annex: some(annex),
            name: first.trim_start_matches('=').to_owned(),
            agreed: agreed == "yes",
            reference: None,
        };
        if let Some(symbol) = &instrument.symbol {
            let place = (key(symbol), instrument.annex.clone());
            self.known.entry(place).and_modify(|known| *known = None).or_insert(Some(index));
        }
        self.instruments.push(instrument);
    }

    /// The lexicon, and the symbols, names and titles of a library's references.
    pub fn with_library(library: &Library) -> Self {
        let mut new = Self::new();
        let called: Vec<Called> = library.entries.par_iter().map(Called::of).collect();
        new.references.reserve(called.len());
        new.held.reserve(called.len());
        new.titles.reserve(called.len());
        let mut titles = Vec::with_capacity(called.len());
        for (index, called) in called.into_iter().enumerate() {
            new.references.push(called.reference);
            for (key, annex) in called.keys {
                new.held.entry(key).or_default().push((annex, index));
            }
            titles.push(called.title);
        }
        for (index, entry) in library.entries.iter().enumerate() {
            for name in &entry.text.front.names {
                new.add_name(index, name, library);
            }
        }
        for (index, title) in titles.iter().enumerate() {
            title.iter().for_each(|title| new.add_title(index, title, library));
        }
        // Of one document in several languages the English text is meant: most drafts are negotiated in it.
        let language = |index: &usize| library.entries.get(*index).map(|e| e.text.language());
        for places in new.held.values_mut().filter(|places| places.len() > 1) {
            places.sort_by_cached_key(|(_, index)| language(index));
        }
        for at in 0..new.instruments.len() {
            let Some(instrument) = new.instruments.get(at) else { continue };
            let Some(symbol) =
                instrument.symbol.as_deref().filter(|_| instrument.reference.is_none())
            else {
                continue;
            };
            let reference = new.reference(symbol, instrument.annex.as_deref());
            if let Some(instrument) = new.instruments.get_mut(at) {
                instrument.reference = reference;
            }
        }
        new
    }

    /// Adds what people call reference `index`. A name that is a symbol or a number, `A/70/125`,
    /// becomes another symbol of the reference; one the lexicon has makes the reference its text.
    fn add_name(&mut self, index: usize, name: &str, library: &Library) {
        let Some(entry) = library.entries.get(index) else { return };
        let front = &entry.text.front;
        // A bare number would be found in every sentence.
        if !name.contains(char::is_alphabetic) {
            return;
        }
        if name.contains(|c: char| c.is_ascii_digit()) {
            let found = citations(name, self, &Speaker::default(), &[]);
            if let [only] = found.as_slice() {
                let whole = only.span.len() >= name.trim().len();
                let numbered = matches!(only.form, CitationForm::Symbol | CitationForm::Number);
                if let Some(symbol) = only.symbol.as_deref().filter(|_| whole && numbered) {
                    let places = self.held.entry(key(symbol)).or_default();
                    if places.is_empty() {
                        places.push((front.annex.clone(), index));
                    }
                    return;
                }
            }
        }
        let name = Name::of_library(name);
        if let Some(at) = self.trie.instrument(&name) {
            if let Some(instrument) = self.instruments.get_mut(at).filter(|i| i.reference.is_none())
            {
                instrument.reference = Some(index);
                instrument.agreed = true;
                instrument.annex = front.annex.clone();
                if front.symbol.is_some() {
                    instrument.symbol = front.symbol.clone();
                }
            }
            return;
        }
        let words = name.words.strip_prefix("the ").unwrap_or(name.words);
        let called = if name.exact { entry.name.clone() } else { words.to_owned() };
        self.add_reference(index, &name, called, library);
    }

    /// Adds a title: found between quotation marks, and without them where it names an instrument.
    fn add_title(&mut self, index: usize, title: &Title, library: &Library) {
        if let Some(hash) = title.hash {
            let same = self.titles.entry(hash).or_insert(Some(index));
            if *same != Some(index) {
                *same = None;
            }
        }
        let Some(bare) = title.names else { return };
        let name = Name { words: bare, exact: true };
        if self.trie.instrument(&name).is_none() {
            self.add_reference(index, &name, bare.to_owned(), library);
        }
    }

    fn add_reference(&mut self, index: usize, name: &Name, called: String, library: &Library) {
        let Some(entry) = library.entries.get(index) else { return };
        let front = &entry.text.front;
        if self.trie.add(name, Meaning::Instrument(self.instruments.len())) {
            self.instruments.push(Instrument {
                symbol: front.symbol.clone(),
                annex: front.annex.clone(),
                name: called,
                agreed: true,
                reference: Some(index),
            });
        }
    }

    /// The reference that holds a document or, given an annex, that annex of it.
    pub(super) fn reference(&self, symbol: &str, annex: Option<&str>) -> Option<usize> {
        let key = key(symbol);
        let whole = key.trim_end_matches(|c: char| c.is_ascii_uppercase());
        let part = key.len() == whole.len() + 1 && whole.ends_with(|c: char| c.is_ascii_digit());
        let places = self.held.get(&key).or_else(|| self.held.get(whole).filter(|_| part))?;
        let of = |annex: Option<&str>| places.iter().find(|(a, _)| a.as_deref() == annex);
        of(annex).or_else(|| of(None)).map(|(_, index)| *index)
    }

    /// What a symbol stands for; a draft is what it was adopted as.
    pub(super) fn document(&self, symbol: String, annex: Option<&str>) -> Document {
        let symbol = self.adopted.get(symbol.as_str()).map_or(symbol, |s| (*s).to_owned());
        if let Some(reference) = self.reference(&symbol, annex) {
            let (own, name) = self.references.get(reference).cloned().unwrap_or_default();
            let name = self.name(&symbol, annex).or(Some(name)).filter(|name| !name.is_empty());
            let symbol = own.filter(|own| !is_part_of(&key(&symbol), &key(own))).unwrap_or(symbol);
            return Document { symbol, name, agreed: true, reference: Some(reference) };
        }
        let name = self.name(&symbol, annex);
        let place = (key(&symbol), annex.map(str::to_owned));
        let agreed = match self.known.get(&place).copied().flatten() {
            Some(known) => self.instruments.get(known).is_some_and(|i| i.agreed),
            None => self.known.contains_key(&place) || is_adopted(&symbol),
        };
        Document { symbol, name, agreed, reference: None }
    }

    /// The lexicon's name of a document or an annex of it.
    fn name(&self, symbol: &str, annex: Option<&str>) -> Option<String> {
        let known = self.known.get(&(key(symbol), annex.map(str::to_owned))).copied().flatten()?;
        self.instruments.get(known).map(|instrument| instrument.name.clone())
    }

    /// The document that holds a decision of a conference of the parties, `1/CP.21`.
    pub(super) fn decision(&self, number: &str) -> Option<&'static str> {
        self.decisions.get(number).copied()
    }

    /// The reference whose title stands between quotation marks, the opening one being token `i`,
    /// and the token of the closing one.
    pub(super) fn title(&self, tokens: &Tokens, i: usize) -> Option<(usize, usize)> {
        if self.titles.is_empty() {
            return None;
        }
        let (hash, close) = words_until(tokens, i + 1, Some(b'"'))?;
        Some(((*self.titles.get(&hash)?)?, close))
    }

    /// Symbol and name of a reference.
    pub(super) fn held(&self, reference: usize) -> (Option<String>, String) {
        self.references.get(reference).cloned().unwrap_or_default()
    }

    /// The index of the organ with this key.
    pub(super) fn organ(&self, key: &str) -> Option<usize> {
        self.organs.iter().position(|organ| organ.key == key)
    }
}

/// True when `part` is `whole` with a part's letter, `A/RES/79/245B`.
fn is_part_of(part: &str, whole: &str) -> bool {
    part.strip_prefix(whole).is_some_and(|letter| letter.len() == 1)
}

/// The hash of the words from token `i` to the mark `until` or the end, and the token where it stands.
pub(super) fn words_until(tokens: &Tokens, i: usize, until: Option<u8>) -> Option<(u64, usize)> {
    let mut hash = 0u64;
    for at in i..=i + MAX_TITLE {
        let Some(token) = tokens.get(at) else {
            return (until.is_none() && at > i + 1).then_some((hash, at));
        };
        match token.kind {
            Kind::Mark(mark) if Some(mark) == until => return (at > i + 1).then_some((hash, at)),
            Kind::Mark(_) => {}
            _ => hash = (hash.rotate_left(7) ^ token.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15),
        }
    }
    None
}
