//! A number, the words around it and the date after it in; the organ whose number it is out.

use super::list::List;
use super::number::{after_date, year_after};
use super::organ::{Organ, Shape};
use super::scan::{Item, Scanner};
use super::trie::Meaning;

/// An organ's name in the sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub(super) organ: usize,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// So many organs named before are asked what "the Commission" stands for.
const RECENT: usize = 16;

impl Scanner<'_> {
    /// The organ whose records were named last: "Supplement No. 53 (A/73/53), chap. IV, sect. A".
    pub(super) fn records(&self) -> Option<usize> {
        let symbol = self.items.iter().rev().take(4).find_map(|item| match item {
            Item::Mention(mention) => mention.symbol.as_deref(),
            Item::Pointer(_) => None,
        })?;
        self.gazetteer.organs.iter().position(|organ| organ.records(symbol))
    }

    /// Whose number this is, from the words around it and the date after it.
    pub(super) fn organ_of(&self, shape: &Shape, list: List, last: usize) -> Option<usize> {
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
        let after = self.organ_after(last).map(|organ| self.in_full(organ, shape));
        if let Some(after) = after.filter(known) {
            return Some(after);
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
        let direct = own.filter(|own| {
            list.direct
                && (early
                    || year.is_none() && session == u32::MAX
                    || organs.get(*own).is_some_and(Organ::is_principal))
        });
        // "resolution 217 A (III)" is the Assembly's even where the Economic and Social Council speaks,
        // unless it has just cited its own: "its resolution 8 (I), as amended by resolution 8 (II)".
        let roman = matches!(shape, Shape::Roman { .. });
        let bare = own.or(self.speaker).filter(|own| !roman || self.cited == Some(*own));
        let around = [own, self.cited, self.named.map(|named| named.organ)].into_iter().flatten();
        let around = around.chain(self.recent()).filter(|_| early || year.is_some());
        let candidates: Vec<usize> =
            [direct, bare, by_shape].into_iter().flatten().filter(fits).collect();
        let by_date =
            ["human-rights-council", "environment-assembly"].into_iter().filter_map(organ);
        let by_date = by_date.filter(|o| fits(o) && year.is_some());
        let around: Vec<usize> = around.filter(fits).collect();
        let mut all = candidates.iter().copied().chain(by_date).chain(around.iter().copied());
        all.find(dated).or_else(|| candidates.iter().chain(&around).next().copied())
    }

    /// The organs that the text has named in full, the last one first.
    fn recent(&self) -> impl Iterator<Item = usize> + '_ {
        self.mentioned.iter().rev().take(RECENT).copied()
    }

    /// The organ that "Council" or "Commission" stands for beside a number of this shape: the one that speaks, or one that the
    /// text has named in full, if it is called so and numbers its texts so; else the one of that kind that usually does.
    fn in_full(&self, organ: usize, shape: &Shape) -> usize {
        let Some(short) = self.gazetteer.organs.get(organ).filter(|o| o.is_generic) else {
            return organ;
        };
        let is_meant = |at: &usize| {
            let own = self.gazetteer.organs.get(*at);
            own.is_some_and(|own| own.name.contains(short.name) && own.numbers(shape))
        };
        if let Some(meant) = self.speaker.into_iter().chain(self.recent()).find(is_meant) {
            return meant;
        }
        let early = matches!(shape, Shape::Session { session, .. } if *session < 31);
        let key = match (short.key, shape) {
            ("council", Shape::Dated { .. } | Shape::Plain { .. }) => "security-council",
            ("council", Shape::Year { .. } | Shape::Roman { .. }) => "economic-and-social-council",
            ("council", _) => "human-rights-council",
            ("commission", Shape::Year { .. }) => "commission-on-human-rights",
            ("assembly", _) if early => "environment-assembly",
            ("assembly", _) => "general-assembly",
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
                // "in its resolution 51/32 and by the General Assembly" names another one.
                let article = self.tokens.is_any(at.saturating_sub(1), &["the"]);
                let link = at.saturating_sub(1 + usize::from(article));
                let of = link >= last
                    && self.tokens.is_any(link, &["of", "by"])
                    && !self.tokens.is_any(link.saturating_sub(1), &["and"]);
                return Some(organ).filter(|_| of);
            }
            at = match (date > at, joins) {
                _ if joins && self.session_after(at).is_some() => self.session_after(at)?,
                (true, _) => date,
                (_, true) => at + 1,
                _ => return None,
            };
        }
        None
    }

    /// The token after "the seventy-ninth session", where "the" is token `i`.
    fn session_after(&self, i: usize) -> Option<usize> {
        const ORDINAL: std::ops::RangeInclusive<usize> = 2..=6;
        let end = ORDINAL.map(|step| i + step).find(|at| self.tokens.is_any(*at, &["session"]))?;
        let within = (i + 1..end).all(|at| {
            self.tokens.is_word(at) || self.tokens.is_mark(at, b'-') || self.tokens.is_number(at)
        });
        (within && self.tokens.is_any(i, &["the", "its"])).then_some(end + 1)
    }
}
