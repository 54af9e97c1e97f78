//! Announced numbers in, "its resolutions 60/252, 68/302 and 70/1"; one mention each out.

use super::around::around;
use super::number::{Numbered, after_date, letter, numbered};
use super::organ::{Organ, Shape};
use super::pinpoint::Pin;
use super::scan::{Item, Mention, Scanner, part_letter};
use super::trie::Meaning;
use super::whose::Named;
use crate::model::{CitationForm, Pinpoint};

/// An announcement of numbers, "its resolutions", and how far its list has been read.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    /// The word that announces, and the first token of the organ's name where that stands before it.
    pub(super) trigger: usize,
    pub(super) start: usize,
    pub(super) organ: Option<usize>,
    /// True where the organ's own name stands before it.
    pub(super) named: bool,
    /// True for "its" and for an organ's own name.
    pub(super) direct: bool,
    pub(super) decision: bool,
    /// The token after the last number read.
    pub(super) last: usize,
    pub(super) items: usize,
}

/// The General Assembly numbers its resolutions by session, `31/1`, from this session (1976) on.
const FIRST_WITH_STROKE: u32 = 31;

impl Scanner<'_> {
    /// Notes that "resolution" or "decision" stands at token `i`, and whose it may be.
    pub(super) fn announce(&mut self, i: usize, decision: bool) {
        let near = |named: &Named| i.saturating_sub(named.last) <= 3;
        let own = self.named.filter(near).filter(|named| {
            (named.last..i).all(|at| {
                self.tokens.is_mark(at, b'\'')
                    || self.tokens.is_mark(at, b'(')
                    || self.tokens.is_mark(at, b')')
                    || self.tokens.is_any(at, around("of an organ"))
            })
        });
        // "within the International Maritime Organization (resolution 70/235, para. 4)": a source, whose texts have symbols.
        let opened = i.checked_sub(1).is_some_and(|before| self.tokens.is_mark(before, b'('));
        let has_symbols =
            |named: &Named| self.gazetteer.organs.get(named.organ).is_some_and(Organ::is_principal);
        let own = own.filter(|named| !opened || has_symbols(named));
        let before = |words: &[&str]| i > 0 && self.tokens.is_any(i - 1, words);
        let records = own.is_none().then(|| self.records()).flatten();
        // "the Commission's report pursuant to resolution 31/1"
        let reports = self.named.filter(|named| {
            let way = around("report of an organ");
            named.last + way.len() == i
                && (named.last..i).zip(way).all(|(at, word)| self.tokens.is_any(at, &[word]))
        });
        let (organ, direct) = match own.or(reports) {
            Some(named) => (Some(named.organ), true),
            None if before(around("own")) => {
                let within = i > 1 && self.tokens.is_any(i - 2, around("within"));
                // "the adoption by the Commission of its resolution"
                let subject = |named: &Named| {
                    within || (named.first > 1 && self.tokens.is_any(named.first - 2, &["by"]))
                };
                let organ = self.named.filter(subject).map(|named| named.organ);
                (organ.or(self.speaker), true)
            }
            None if before(around("singles out")) => {
                let listed = self.list.filter(|list| list.items == 0 && list.named);
                let organ =
                    listed.and_then(|list| list.organ).or(self.named.map(|named| named.organ));
                let organ = organ
                    .filter(|at| self.gazetteer.organs.get(*at).is_some_and(|o| o.is_principal()));
                (organ.or(self.speaker), organ.is_some())
            }
            // "the Commission, at its seventy-ninth session, adopted resolution 79/1"
            None if before(&["adopted"]) => {
                let organ = self.named.map(|named| named.organ);
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
        let named = own.or(reports).is_some() || (records.is_some() && organ == records);
        // "Res. 70/125"
        let dotted = self.tokens.is_mark(i + 1, b'.') && self.tokens.is_number(i + 2);
        let last = if dotted { i + 2 } else { i + 1 };
        self.list =
            Some(List { trigger: i, start, organ, named, direct, decision, last, items: 0 });
    }

    /// Reads the number that stands behind an organ's short name without a space: WHA75.3.
    pub(super) fn glued(&mut self, organ: usize, i: usize, last: usize) -> Option<usize> {
        self.gazetteer.organs.get(organ)?.glued().filter(|own| *own == self.tokens.word(i))?;
        let whole = (last..last + 3).all(|at| self.tokens.joined(at))
            && self.tokens.is_mark(last + 1, b'.');
        let (session, number) = self.tokens.number(last).zip(self.tokens.number(last + 2))?;
        let announced = self.list.filter(|list| whole && self.continues(*list, i));
        let list = announced.unwrap_or(List {
            trigger: i,
            start: i,
            organ: Some(organ),
            named: true,
            direct: true,
            decision: false,
            last: i,
            items: 0,
        });
        let shape = Shape::Session { session, number };
        let found = Numbered { shape, letter: None, last: last + 3 };
        let end = self.number(&found, Some(organ), list, i).filter(|_| whole)?;
        self.list = Some(List { last: end, items: list.items + 1, ..list });
        Some(end)
    }

    /// Reads the number that stands at token `i`, where numbers were announced.
    pub(super) fn number_at(&mut self, i: usize) -> Option<usize> {
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
            _ if self.is_source(i) => List {
                trigger: i,
                start: i,
                organ: None,
                named: false,
                direct: false,
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
        if matches!(found.shape, Shape::Plain { .. })
            && known.is_none_or(|o| o.key != "security-council")
        {
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

    /// True for the number that opens a parenthesis and has a paragraph behind it, by which it is known without the word
    /// "resolution": "(78/265, para. 1)".
    fn is_source(&self, i: usize) -> bool {
        let opens = i > 0 && self.tokens.is_mark(i - 1, b'(');
        let found = opens.then(|| numbered(self.tokens, i, false)).flatten();
        found.is_some_and(|found| {
            let is_late = |session: u32| session >= FIRST_WITH_STROKE;
            let part = || self.gazetteer.trie.longest(self.tokens, found.last + 1);
            matches!(found.shape, Shape::Session { session, .. } if is_late(session))
                && self.tokens.is_mark(found.last, b',')
                && matches!(part(), Some((Meaning::Part(_), _)))
        })
    }

    /// Adds the mention of a number at token `i`, and of the further letters that share it: `A and B`.
    fn number(
        &mut self,
        found: &Numbered,
        organ: Option<usize>,
        list: List,
        i: usize,
    ) -> Option<usize> {
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
        if mention.symbol.is_none() || matches!(found.shape, Shape::Named(_)) {
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
            self.items.push(Item::Mention(Mention {
                symbol,
                ..Mention { agreed: template.agreed, name: template.name.clone(), ..place }
            }));
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
        while at < i
            && (self.tokens.is_mark(at, b',')
                || self.tokens.is_mark(at, b'-')
                || self.tokens.is_any(at, around("joins numbers")))
        {
            at += 1;
        }
        at == i
    }

    /// True when the number from token `i` to `last`, apart from its list, reads as a member of it.
    fn is_item(&self, list: List, i: usize, last: usize) -> bool {
        if self.continues(list, i) {
            return true;
        }
        let before = self.tokens.is_any(i.saturating_sub(1), around("before an item"))
            || [b',', b';', b'(', b':']
                .iter()
                .any(|mark| self.tokens.is_mark(i.saturating_sub(1), *mark));
        let marked = [b',', b';', b'.', b')'].iter().any(|mark| self.tokens.is_mark(last, *mark));
        let dated = after_date(self.tokens, last) > last;
        before
            && (marked
                || dated
                || self.tokens.get(last).is_none()
                || self.tokens.is_any(last, around("behind an item")))
    }
}
