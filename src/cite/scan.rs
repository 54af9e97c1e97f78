//! Tokens of a text in; the documents it mentions and the words that point at parts, in order, out.

use super::gazetteer::Gazetteer;
use super::number::{Numbered, after_date, letter, numbered, year_after};
use super::organ::{Organ, Shape};
use super::pinpoint::{Pin, pins};
use super::symbol::{is_adopted, symbol};
use super::token::{Kind, Tokens};
use super::trie::Meaning;
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

/// Words that point at parts of a document: `paragraphs 3 and 4`.
#[derive(Clone, Debug)]
pub(super) struct Pointer {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) pins: Vec<Pin>,
}

/// What the scanner finds.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Mention(Mention),
    Pointer(Pointer),
}

/// An announcement of numbers, "its resolutions", and how far its list has been read.
#[derive(Clone, Copy, Debug)]
struct List {
    /// The word that announces, and the first token of the organ's name where that stands before it.
    trigger: usize,
    start: usize,
    organ: Option<usize>,
    /// True where the organ's own name stands before it.
    named: bool,
    /// True for "its" and for an organ's own name.
    direct: bool,
    decision: bool,
    /// The token after the last number read.
    last: usize,
    items: usize,
}

/// An organ's name in the sentence.
#[derive(Clone, Copy, Debug)]
struct Named {
    organ: usize,
    first: usize,
    last: usize,
}

/// The scanner over one text.
pub(super) struct Scanner<'s> {
    tokens: &'s Tokens<'s>,
    gazetteer: &'s Gazetteer,
    speaker: Option<usize>,
    previous: Option<&'s Citation>,
    items: Vec<Item>,
    list: Option<List>,
    named: Option<Named>,
    /// The organ whose numbers were read last in this sentence.
    cited: Option<usize>,
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
            "No", "Nos", "para", "paras", "chap", "chaps", "sect", "sects", "vol", "vols", "ibid", "p",
            "pp", "art", "arts", "res", "dec", "cf",
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
                Some(last)
            }
            Meaning::Part(part) => {
                let part = *self.gazetteer.parts.get(part)?;
                let found = pins(self.tokens, part, last)?;
                self.items.push(Item::Pointer(Pointer { first: i, last: found.last, pins: found.pins }));
                Some(found.last)
            }
            Meaning::Number(decision) => {
                self.announce(i, decision);
                Some(last)
            }
            Meaning::Ibid => self.ibid(i, last),
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

    fn mention(&self, first: usize, last: usize, form: CitationForm) -> Mention {
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
        let before = self.items.iter().rev().find_map(|item| match item {
            Item::Mention(m) if m.form != CitationForm::Internal && fits(&m.symbol) => Some(m),
            _ => None,
        });
        let mut mention = match (before, self.previous) {
            (Some(before), _) => before.clone(),
            (None, Some(previous)) if fits(&previous.symbol) => Mention {
                symbol: previous.symbol.clone(),
                annex: previous.annex.clone(),
                name: previous.name.clone(),
                agreed: previous.agreed,
                reference: previous.reference,
                ..self.mention(0, 0, CitationForm::Ibid)
            },
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
        let pointer = matches!(self.gazetteer.trie.longest(self.tokens, at), Some((Meaning::Part(_), _)));
        let marked = self.tokens.get(at).is_none_or(|t| matches!(t.kind, Kind::Mark(b';' | b')' | b'(')));
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

    /// Notes that "resolution" or "decision" stands at token `i`, and whose it may be.
    fn announce(&mut self, i: usize, decision: bool) {
        let near = |named: &Named| i.saturating_sub(named.last) <= 3;
        let own = self.named.filter(near).filter(|named| {
            (named.last..i).all(|at| {
                self.tokens.is_mark(at, b'\'')
                    || self.tokens.is_mark(at, b'(')
                    || self.tokens.is_mark(at, b')')
                    || self.tokens.is_any(at, &["s", "relevant", "previous", "landmark"])
            })
        });
        let before = |words: &[&str]| i > 0 && self.tokens.is_any(i - 1, words);
        let records = own.is_none().then(|| self.records()).flatten();
        let (organ, direct) = match own {
            Some(named) => (Some(named.organ), true),
            None if before(&["its", "our", "their"]) => {
                const WITHIN: [&str; 4] = ["in", "by", "through", "under"];
                let within = i > 1 && self.tokens.is_any(i - 2, &WITHIN);
                // "the adoption by the Commission of its resolution"
                let subject = |named: &Named| {
                    within || (named.first > 1 && self.tokens.is_any(named.first - 2, &["by"]))
                };
                let organ = self.named.filter(subject).map(|named| named.organ);
                (organ.or(self.speaker), true)
            }
            None if before(&["including", "particular", "particularly", "especially", "namely"])
                || before(&["was", "being", "were", "is"]) =>
            {
                let listed = self.list.filter(|list| list.items == 0 && list.named);
                let organ = listed.and_then(|list| list.organ).or(self.named.map(|named| named.organ));
                let organ = organ.filter(|at| self.gazetteer.organs.get(*at).is_some_and(|o| o.is_principal()));
                (organ.or(self.speaker), organ.is_some())
            }
            None => {
                // "the report to the Human Rights Council submitted pursuant to resolution 34/24"
                let pursuant = i > 2
                    && self.tokens.is_any(i - 2, &["pursuant"])
                    && self.tokens.is_any(i - 3, &["submitted"]);
                let near = self.named.filter(|named| pursuant && i - named.last < 40);
                let organ = near.map(|named| named.organ).or(records);
                (organ.or(self.speaker), organ.is_some())
            }
        };
        let start = own.map_or(i, |named| named.first);
        let named = own.is_some() || (records.is_some() && organ == records);
        // "Res. 70/125"
        let dotted = self.tokens.is_mark(i + 1, b'.') && self.tokens.is_number(i + 2);
        let last = if dotted { i + 2 } else { i + 1 };
        self.list = Some(List { trigger: i, start, organ, named, direct, decision, last, items: 0 });
    }

    /// The organ whose records were named last: "Supplement No. 53 (A/73/53), chap. IV, sect. A".
    fn records(&self) -> Option<usize> {
        let symbol = self.items.iter().rev().take(4).find_map(|item| match item {
            Item::Mention(mention) => mention.symbol.as_deref(),
            Item::Pointer(_) => None,
        })?;
        let mut parts = symbol.split('/');
        let series = parts.next();
        parts.next().filter(|session| session.parse::<u32>().is_ok())?;
        self.gazetteer.organ(match (series, parts.next()) {
            (Some("A"), Some("53")) => "human-rights-council",
            (Some("E"), Some("24")) => "statistical-commission",
            (Some("E"), Some("25")) => "commission-on-population",
            (Some("E"), Some("26")) => "commission-on-social-development",
            (Some("E"), Some("27")) => "commission-on-the-status-of-women",
            (Some("E"), Some("28")) => "commission-on-narcotic-drugs",
            (Some("E"), Some("30")) => "commission-on-crime-prevention",
            _ => return None,
        })
    }

    /// Reads the number that stands at token `i`, where numbers were announced.
    fn number_at(&mut self, i: usize) -> Option<usize> {
        let organ = self.named.filter(|named| named.last == i);
        let list = match (self.list, organ) {
            (Some(list), _) if self.continues(list, i) => list,
            // UNGA 70/125
            (_, Some(named)) => List {
                trigger: i,
                start: named.first,
                organ: Some(named.organ),
                named: true,
                direct: true,
                decision: false,
                last: i,
                items: 0,
            },
            (Some(list), _) => list,
            _ => return None,
        };
        let plain = list.last == i && list.items == 0 && list.direct && list.trigger < i;
        let found = numbered(self.tokens, i, plain)?;
        if list.last != i && !self.is_item(list, i, found.last) {
            return None;
        }
        if list.trigger == i && matches!(found.shape, Shape::Year { .. } | Shape::Dated { .. }) {
            return None;
        }
        let organ = self.organ_of(&found.shape, list, found.last);
        let known = organ.and_then(|at| self.gazetteer.organs.get(at));
        if matches!(found.shape, Shape::Plain { .. }) && known.is_none_or(|o| o.key != "security-council") {
            return None;
        }
        if organ.is_none() && list.last != i && !matches!(found.shape, Shape::Named(_)) {
            return None;
        }
        let end = self.number(&found, organ, list, i)?;
        self.cited = organ.or(self.cited);
        let mut list = List { last: end, items: list.items + 1, ..list };
        if list.items == 1 && list.direct {
            list.organ = organ.or(list.organ);
        }
        self.list = Some(list);
        Some(end)
    }

    /// Adds the mention of a number at token `i`, and of the further letters that share it: `A and B`.
    fn number(&mut self, found: &Numbered, organ: Option<usize>, list: List, i: usize) -> Option<usize> {
        let known = organ.and_then(|at| self.gazetteer.organs.get(at));
        let first = if list.items == 0 && list.last == i { list.start } else { i };
        let mut mention = self.mention(first, found.last, CitationForm::Number);
        let symbol = |letter| match &found.shape {
            Shape::Named(number) => self.gazetteer.decision(number).map(str::to_owned),
            shape => known.and_then(|organ| organ.symbol(shape, letter, list.decision)),
        };
        let kind = if list.decision { "decision" } else { "resolution" };
        mention.symbol = symbol(found.letter);
        mention.agreed = true;
        if mention.symbol.is_none() {
            let of = known.map(|organ| format!("{} ", organ.name)).unwrap_or_default();
            mention.name = Some(format!("{of}{kind} {}", found.shape));
        }
        if matches!(found.shape, Shape::Roman { .. }) {
            mention.pins = part_letter(found.letter);
        }
        if let Shape::Named(number) = &found.shape {
            mention.pins = vec![Pin::At(Pinpoint::Section(format!("{kind} {number}")))];
        }
        let (template, mut last) = (mention.clone(), found.last);
        self.items.push(Item::Mention(mention));
        let lettered = found.letter.is_some() && !matches!(found.shape, Shape::Roman { .. });
        while lettered && (self.tokens.is_any(last, &["and"]) || self.tokens.is_mark(last, b',')) {
            let (Some(next), after) = letter(self.tokens, last + 1) else { break };
            let symbol = known.and_then(|o| o.symbol(&found.shape, Some(next), list.decision));
            let place = self.mention(last + 1, after, CitationForm::Number);
            self.items.push(Item::Mention(Mention { symbol, ..Mention { agreed: template.agreed, name: template.name.clone(), ..place } }));
            last = after;
        }
        Some(last)
    }

    /// True when only what parts the members of a list stands between its last number and token `i`.
    fn continues(&self, list: List, i: usize) -> bool {
        let mut at = after_date(self.tokens, list.last);
        if at == list.last && self.tokens.is_number(at) {
            return at == i;
        }
        while at < i && (self.tokens.is_mark(at, b',') || self.tokens.is_any(at, &["and", "or", "to"])) {
            at += 1;
        }
        at == i
    }

    /// True when the number from token `i` to `last`, apart from its list, reads as a member of it.
    fn is_item(&self, list: List, i: usize, last: usize) -> bool {
        if self.continues(list, i) {
            return true;
        }
        const BEFORE: [&str; 17] = [
            "and", "or", "in", "with", "by", "as", "to", "also", "than", "notably", "particular",
            "particularly", "including", "namely", "resolution", "was", "being",
        ];
        const AFTER: [&str; 13] = [
            "and", "or", "on", "entitled", "in", "by", "to", "as", "adopted", "which", "concerning",
            "annex", "dated",
        ];
        let before = self.tokens.is_any(i.saturating_sub(1), &BEFORE)
            || [b',', b';', b'(', b':'].iter().any(|mark| self.tokens.is_mark(i.saturating_sub(1), *mark));
        let marked = [b',', b';', b'.', b')'].iter().any(|mark| self.tokens.is_mark(last, *mark));
        let dated = after_date(self.tokens, last) > last;
        before && (marked || dated || self.tokens.get(last).is_none() || self.tokens.is_any(last, &AFTER))
    }

    /// Whose number this is, from the words around it and the date after it.
    fn organ_of(&self, shape: &Shape, list: List, last: usize) -> Option<usize> {
        let organs = &self.gazetteer.organs;
        let fits = |organ: &usize| organs.get(*organ).is_some_and(|o| o.numbers(shape));
        let (session, year) = match shape {
            Shape::Session { session, .. } => (*session, year_after(self.tokens, last, *session)),
            _ => (u32::MAX, None),
        };
        // The date tells sessions apart that two organs have: the Assembly's 48th met in 1993, the
        // Human Rights Council's in 2021.
        let dated = |organ: &usize| {
            year.is_none_or(|year| organs.get(*organ).is_some_and(|o| o.met_in(session, year)))
        };
        let own = list.organ.map(|organ| self.in_full(organ, shape));
        let known = |own: &usize| fits(own) || organs.get(*own).is_some_and(|o| !o.is_principal());
        if let Some(own) = own.filter(|own| list.named && known(own)) {
            return Some(own);
        }
        let organ = |key: &str| self.gazetteer.organ(key);
        let early = session < 31;
        let by_shape = match shape {
            Shape::Dated { .. } => organ("security-council"),
            Shape::Year { .. } => organ("economic-and-social-council"),
            Shape::Plain { .. } | Shape::Named(_) => None,
            _ => organ("general-assembly"),
        };
        // In falling order of what the words say.
        let direct = own.filter(|own| list.direct && (early || year.is_none() && session == u32::MAX || organs.get(*own).is_some_and(Organ::is_principal)));
        let after = self.organ_after(last);
        let bare = own.or(self.speaker).filter(|_| !matches!(shape, Shape::Roman { .. }));
        let around = [own, self.cited, self.named.map(|named| named.organ)];
        let around = around.into_iter().flatten().filter(|_| early || year.is_some());
        let candidates: Vec<usize> =
            [direct, after, bare, by_shape].into_iter().flatten().filter(fits).collect();
        let by_date = ["human-rights-council", "environment-assembly"].into_iter().filter_map(organ);
        let by_date = by_date.filter(|o| fits(o) && year.is_some());
        let around: Vec<usize> = around.filter(fits).collect();
        let mut all = candidates.iter().copied().chain(by_date).chain(around.iter().copied());
        all.find(dated).or_else(|| candidates.iter().chain(&around).next().copied())
    }

    /// The organ that "Council" or "Assembly" stands for beside a number of this shape.
    fn in_full(&self, organ: usize, shape: &Shape) -> usize {
        let early = matches!(shape, Shape::Session { session, .. } if *session < 31);
        let key = match (self.gazetteer.organs.get(organ).map(|o| o.key), shape) {
            (Some("council"), Shape::Dated { .. } | Shape::Plain { .. }) => "security-council",
            (Some("council"), Shape::Year { .. } | Shape::Roman { .. }) => "economic-and-social-council",
            (Some("council"), _) => "human-rights-council",
            (Some("commission"), Shape::Year { .. }) => "commission-on-human-rights",
            (Some("assembly"), _) if early => "environment-assembly",
            (Some("assembly"), _) => "general-assembly",
            _ => return organ,
        };
        self.gazetteer.organ(key).unwrap_or(organ)
    }

    /// The organ named after a list of numbers: "resolutions 9/1 and 9/2 of the Conference of the Parties".
    fn organ_after(&self, last: usize) -> Option<usize> {
        let mut at = last;
        for _ in 0..40 {
            let date = after_date(self.tokens, at);
            let joins = self.tokens.is_number(at)
                || [b',', b'/'].iter().any(|mark| self.tokens.is_mark(at, *mark))
                || self.tokens.is_any(at, &["and", "adopted", "by", "of", "the"]);
            if let Some((Meaning::Organ(organ), _)) = self.gazetteer.trie.longest(self.tokens, at) {
                let of = at > last + 1
                    && self.tokens.is_any(at - 1, &["the"])
                    && self.tokens.is_any(at - 2, &["of", "by"]);
                return Some(organ).filter(|_| of);
            }
            at = match (date > at, joins) {
                (true, _) => date,
                (_, true) => at + 1,
                _ => return None,
            };
        }
        None
    }
}

/// The pinpoint that keeps the letter of a resolution whose symbol has none: `217 A (III)`.
fn part_letter(letter: Option<char>) -> Vec<Pin> {
    letter.map(|l| Pin::At(Pinpoint::Section(format!("part {l}")))).into_iter().collect()
}
