//! Words of a paragraph in; the phrase that is an act at a given word, from its adverbs to its noun, out.

use super::Act;
use super::tokens::{Gap, Token};
use super::words::{ActWords, Form, Mood};
use crate::model::Span;

/// An act, how it is put, and the word after it.
pub(super) struct Found {
    pub(super) act: Act,
    pub(super) mood: Mood,
    pub(super) end: usize,
    pub(super) noun: bool,
    pub(super) mid: bool,
    /// True where a second verb is joined to the first.
    pub(super) joined: bool,
}

pub(super) struct Scan<'s, 't> {
    pub(super) tokens: &'s [Token<'t>],
    pub(super) words: &'static ActWords,
}

impl Scan<'_, '_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.low.as_ref())
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        self.tokens.get(at).map_or(Gap::Sentence, |token| token.before)
    }

    /// True when the word stands in quotation marks that the paragraph itself does not open with.
    pub(super) fn quoted(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.quoted)
    }

    /// True when the words follow each other from `at` on with nothing but space between.
    fn follows(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(index, word)| {
            self.word(at + index) == *word && (index == 0 || self.gap(at + index) == Gap::Space)
        })
    }

    /// The length of the adverb or adverbial phrase at `at`.
    fn adverb(&self, at: usize) -> usize {
        let word = self.word(at);
        if let Some(known) = self.words.adverb(word)
            && let Some(rest) =
                known.iter().find(|rest| rest.is_empty() || self.follows(at + 1, rest))
        {
            return 1 + rest.len();
        }
        let coloured = word.len() > 4 && word.ends_with("ly");
        usize::from(
            coloured && !matches!(word, "reply" | "family" | "assembly" | "only" | "supply"),
        )
    }

    /// Passes adverbs from `at` on: the first word that is none, and where the last row of adverbs
    /// that nothing parts from it begins.
    pub(super) fn past_adverbs(&self, at: usize) -> (usize, usize) {
        let (mut here, mut start) = (at, at);
        loop {
            let len = self.adverb(here);
            if len == 0 {
                return (here, start);
            }
            let phrase = len > 2;
            here += len;
            match self.gap(here) {
                Gap::Sentence => return (here, here),
                // "In this regard, also reaffirms": the phrase is about the sentence, not the act.
                Gap::Clause => start = here,
                Gap::Space if phrase && self.word(here - len) == "in" => start = here,
                Gap::Space => {}
            }
        }
    }

    /// The act at `at`, adverbs before it included.
    pub(super) fn act(&self, at: usize, wanted: &dyn Fn(&Form) -> bool) -> Option<Found> {
        let (mut here, mut start) = self.past_adverbs(at);
        // "continues to encourage", "remaining deeply concerned", "having further considered"
        let mut done = false;
        match self.word(here) {
            "continues" | "continuing" | "continue" if self.word(here + 1) == "to" => {
                let found = self.act(here + 2, &|form| form.mood == Mood::Plain)?;
                let first = self.tokens.get(start)?.span.start;
                let mood = match self.word(here) {
                    "continues" => Mood::Finite,
                    "continuing" => Mood::Participle,
                    _ => Mood::Plain,
                };
                let act = Act { span: Span::new(first, found.act.span.end), ..found.act };
                return Some(Found { act, mood, ..found });
            }
            "remains" | "remaining" | "being" | "remain" => {
                let found = self.act(here + 1, &|form| form.mood == Mood::State)?;
                let first = self.tokens.get(start)?.span.start;
                let act = Act { span: Span::new(first, found.act.span.end), ..found.act };
                return Some(Found { act, ..found });
            }
            "having" => {
                done = true;
                let first = here;
                here = self.past_adverbs(here + 1).0;
                start = start.min(first);
            }
            _ => {}
        }
        let after_have = at.checked_sub(1).is_some_and(|i| self.word(i) == "have");
        let (form, end) = self.form(here, &|form| {
            let is_done = form.mood == Mood::Done;
            if done { is_done } else { wanted(form) && (!is_done || after_have) }
        })?;
        let mut found = self.with_tail(form, end);
        let first = self.tokens.get(start)?.span.start;
        found.act.span.start = first;
        found.mood = if done { Mood::Participle } else { found.mood };
        found.mid |= done;
        self.with_second(form, &mut found);
        Some(found)
    }

    /// The form that stands at `at`, particles included, and the word after it.
    fn form(&self, at: usize, wanted: &dyn Fn(&Form) -> bool) -> Option<(&'static Form, usize)> {
        self.words.forms(self.word(at)).iter().filter(|form| wanted(form)).find_map(|form| {
            let mut here = at + 1;
            for word in &form.rest {
                // "takes also note", "calls once again upon", "draws the attention"
                while self.gap(here) == Gap::Space && self.word(here) != *word {
                    let adverb = self.adverb(here);
                    let filler = matches!(self.word(here), "the" | "due" | "great" | "its");
                    if adverb == 0 && !filler {
                        return None;
                    }
                    here += adverb.max(1);
                }
                if self.gap(here) != Gap::Space || self.word(here) != *word {
                    return None;
                }
                here += 1;
            }
            Some((form, here))
        })
    }

    /// What belongs to an act after its verb: adverbs, "with concern", "its commitment".
    fn with_tail(&self, form: &'static Form, end: usize) -> Found {
        let mut base = form.base;
        let mut here = end;
        while let Some((next, noun)) = self.tail(form, here) {
            if base == "express" {
                base = noun.and_then(|noun| self.words.expression(noun)).unwrap_or(base);
            }
            here = next;
        }
        let last = self.tokens.get(here.saturating_sub(1)).map_or(0, |token| token.span.end);
        let act = Act { base, span: Span::new(0, last), reaffirms: form.renews };
        Found { act, mood: form.mood, end: here, noun: form.noun, mid: form.mid, joined: false }
    }

    fn tail(&self, form: &Form, at: usize) -> Option<(usize, Option<&str>)> {
        if self.gap(at) != Gap::Space {
            return None;
        }
        if let Some(tail) = self.words.tails.iter().find(|tail| self.follows(at, tail)) {
            return Some((at + tail.len(), None));
        }
        if form.it && self.word(at) == "it" && self.words.follows_it(self.word(at + 1)) {
            return Some((at + 2, None));
        }
        if self.word(at) == "with" {
            return self.noun_phrase(at + 1).map(|(end, noun)| (end, Some(noun)));
        }
        let owned = matches!(self.word(at), "its" | "our" | "their");
        let bare = form.base == "express" || self.words.is_adjective(self.word(at));
        let the = self.word(at) == "the" && matches!(form.base, "express" | "share");
        if form.own && (owned || bare || the) {
            let phrase = self.noun_phrase(at + usize::from(owned || the));
            if let Some((end, noun)) = phrase {
                let particle = noun.starts_with("call")
                    && matches!(self.word(end), "upon" | "on" | "for")
                    && self.gap(end) == Gap::Space;
                return Some((end + usize::from(particle), Some(noun)));
            }
        }
        let adverb = self.adverb(at);
        // "reaffirms more strongly" is rare, "notes now" and "even" rarer: those that follow an act.
        let trails = !matches!(self.word(at), "now" | "even" | "more" | "most" | "very" | "still");
        (adverb > 0 && trails && self.ends_after(form, at + adverb)).then_some((at + adverb, None))
    }

    /// True when an adverb that ends before `at` belongs to the act and not to what it says:
    /// "recalling also the", but not "recommends equally distributed".
    fn ends_after(&self, form: &Form, at: usize) -> bool {
        let word = self.word(at);
        form.mood == Mood::State
            || !(word.ends_with("ed") || word.ends_with("ing"))
            || word == "need"
    }

    /// "deep concern", "appreciation and satisfaction": the word after it, and the first noun.
    fn noun_phrase(&self, at: usize) -> Option<(usize, &str)> {
        let mut here = at;
        while self.gap(here) == Gap::Space
            && (self.words.is_adjective(self.word(here)) || self.adverb(here) > 0)
            && !self.words.is_noun(self.word(here))
        {
            here += self.adverb(here).max(1);
        }
        if self.gap(here) != Gap::Space || !self.words.is_noun(self.word(here)) {
            return None;
        }
        let noun = self.word(here);
        here += 1;
        if self.word(here) == "and"
            && self.gap(here) == Gap::Space
            && let Some((end, _)) = self.noun_phrase(here + 1)
        {
            here = end;
        }
        Some((here, noun))
    }

    /// A second verb joined to the first: "recognizing and reaffirming", "welcomes and takes note".
    fn with_second(&self, form: &Form, found: &mut Found) {
        if self.word(found.end) != "and" || self.gap(found.end) != Gap::Space {
            return;
        }
        let (here, _) = self.past_adverbs(found.end + 1);
        if let Some((second, end)) = self.form(here, &|other| other.mood == form.mood)
            && self.gap(here) == Gap::Space
        {
            let tail = self.with_tail(second, end);
            found.act.span.end = tail.act.span.end;
            found.act.reaffirms |= tail.act.reaffirms;
            found.end = tail.end;
            found.joined = true;
        }
    }
}
