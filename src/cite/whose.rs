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

impl Scanner<'_> {
    /// The organ whose records were named last: "Supplement No. 53 (A/73/53), chap. IV, sect. A".
    pub(super) fn records(&self) -> Option<usize> {
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
        let after = self.organ_after(last);
        // "resolution 217 A (III)" is the Assembly's even where the Economic and Social Council speaks,
        // unless it has just cited its own: "its resolution 8 (I), as amended by resolution 8 (II)".
        let roman = matches!(shape, Shape::Roman { .. });
        let bare = own.or(self.speaker).filter(|own| !roman || self.cited == Some(*own));
        let around = [own, self.cited, self.named.map(|named| named.organ)];
        let around = around.into_iter().flatten().filter(|_| early || year.is_some());
        let candidates: Vec<usize> =
            [direct, after, bare, by_shape].into_iter().flatten().filter(fits).collect();
        let by_date =
            ["human-rights-council", "environment-assembly"].into_iter().filter_map(organ);
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
            (Some("council"), Shape::Year { .. } | Shape::Roman { .. }) => {
                "economic-and-social-council"
            }
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
