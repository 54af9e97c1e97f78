//! A paragraph in; the acts it does ("recalling", "also reaffirms", "we call upon"), each with its place, out.

mod phrase;
mod speaker;
mod strength;
mod tokens;
mod words;

use phrase::{Found, Scan};
use tokens::{Gap, Token, tokens};
use words::{ActWords, Mood};

use crate::model::Span;

pub(super) use speaker::is_act_word;
pub use speaker::{all_acts, is_act, only_speaker};
pub use strength::{Weighed, denials, negations, negators, weighed};

/// Something a text does: recall, reaffirm, take note, request, express concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// Base form: `take note`, `express concern`, `concerned`. Where two verbs are joined
    /// ("recognizing and reaffirming") it is that of the first.
    pub base: &'static str,
    /// The words of the act in the text, adverbs included: "Also reaffirms", "Noting with deep concern".
    pub span: Span,
    /// True for an act that renews a source: affirm, reaffirm, recommit, reconfirm; also where such
    /// a verb is joined to another.
    pub reaffirms: bool,
}

/// The act a paragraph opens with, past its number or label, brackets, emphasis, and the subject
/// ("We", "We, the Heads of State and Government, …", "The General Assembly,").
pub fn opening_act(text: &str) -> Option<Act> {
    let tokens = tokens(text);
    let scan = Scan { tokens: &tokens, words: ActWords::get() };
    scan.opening(0).map(|found| found.act)
}

/// Every act of a paragraph in the order of the text.
///
/// In mid-sentence only what cannot well be a noun or a means ("by recognizing …") counts.
pub fn acts(text: &str) -> Vec<Act> {
    acts_of(&tokens(text))
}

fn acts_of(tokens: &[Token<'_>]) -> Vec<Act> {
    let scan = Scan { tokens, words: ActWords::get() };
    let mut out = Vec::new();
    let mut mood = None;
    let mut since = 0;
    let mut at = 0;
    while at < tokens.len() {
        let starts = scan.gap(at) == Gap::Sentence;
        if starts {
            // A new sentence has its own subject; what a list goes on with does not begin anew.
            since = at;
        }
        let found = if starts && !scan.quoted(at) {
            scan.opening(at)
        } else {
            scan.inside(at, since, mood)
        };
        match found {
            Some(found) => {
                mood = Some(found.mood);
                at = found.end;
                since = at;
                out.push(found.act);
            }
            None => at += 1,
        }
    }
    out
}

/// What may stand before a plain verb that makes it no act: "to recall", "must reaffirm".
const GOVERNING: [&str; 12] = [
    "to", "will", "shall", "should", "must", "can", "could", "may", "might", "would", "not",
    "cannot",
];

/// What makes an -ing form a means or a noun: "by recognizing".
const PREPOSITIONS: [&str; 17] = [
    "by",
    "of",
    "for",
    "in",
    "through",
    "to",
    "from",
    "with",
    "without",
    "on",
    "towards",
    "including",
    "upon",
    "at",
    "into",
    "toward",
    "as",
];

/// What follows a noun where an act would have its object: "requests for", "the notes of".
const AFTER_NOUN: [&str; 13] =
    ["for", "of", "from", "by", "and", "or", "made", "to", "in", "as", "are", "is", "at"];

impl Scan<'_, '_> {
    /// The act at the start of a sentence that begins at `at`.
    fn opening(&self, at: usize) -> Option<Found> {
        if let Some(found) = self.act(at, &|_| true) {
            let next = self.word(found.end);
            let doubtful = match found.mood {
                Mood::Plain => found.noun,
                // "Notes by the Secretary-General", "Requests for information"
                Mood::Finite => {
                    let noun = matches!(next, "by" | "of" | "from" | "made")
                        || next == "for" && found.act.base != "appeal";
                    found.noun && noun && !found.act.base.contains(' ')
                }
                mood => mood == Mood::Done,
            };
            return (!doubtful).then_some(found);
        }
        match self.word(at) {
            "we" if self.gap(at + 1) == Gap::Space => self.after_we(at + 1),
            "we" => self.after_subject(at + 1),
            "the" | "have" => self.after_body(at),
            _ => None,
        }
    }

    /// After "we": a plain verb, "are concerned", "have considered".
    fn after_we(&self, at: usize) -> Option<Found> {
        let (next, _) = self.past_adverbs(at);
        match self.word(next) {
            "are" | "remain" | "stand" => self.act(next + 1, &|form| form.mood == Mood::State),
            "have" => self.act(next + 1, &|form| form.mood == Mood::Done),
            _ => self.act(at, &|form| form.mood == Mood::Plain),
        }
    }

    /// After "We, the Heads of State and Government, …,": the first act of the sentence.
    fn after_subject(&self, at: usize) -> Option<Found> {
        (at..self.tokens.len())
            .take_while(|here| self.gap(*here) != Gap::Sentence)
            .filter(|here| self.gap(*here) == Gap::Clause)
            .find_map(|here| {
                let we = self.word(here) == "we";
                let found = if we { self.after_we(here + 1) } else { self.act(here, &|_| true) };
                found.filter(|found| {
                    let assembled = found.mood == Mood::State && found.act.base == "assembled";
                    !assembled && found.mood != Mood::Finite
                })
            })
    }

    /// After "The General Assembly" or "The States Parties to the Convention".
    fn after_body(&self, at: usize) -> Option<Found> {
        if self.word(at) == "have" {
            return self.act(at + 1, &|form| form.mood == Mood::Done);
        }
        let small = ["of", "the", "and", "for", "on", "to", "in", "its", "this", "present"];
        let mut here = at + 1;
        let named = |here: usize| {
            let token = self.tokens.get(here);
            token.is_some_and(|t| t.before == Gap::Space && t.capital)
                || small.contains(&self.word(here)) && self.gap(here) == Gap::Space
        };
        while here < at + 30 && named(here) {
            here += 1;
        }
        if here == at + 1 || self.gap(here) == Gap::Sentence {
            return None;
        }
        let clause = self.gap(here) == Gap::Clause;
        self.act(here, &|form| match form.mood {
            Mood::Finite => true,
            Mood::Participle | Mood::State => clause,
            _ => false,
        })
    }

    /// An act in mid-sentence; `since` is where the last act ended or the sentence began.
    fn inside(&self, at: usize, since: usize, mood: Option<Mood>) -> Option<Found> {
        let boundary = self.gap(at) == Gap::Clause;
        let joined = matches!(self.word(at), "and" | "while" | "but" | "whilst");
        if !boundary && !joined && self.word(at) != "we" {
            return None;
        }
        let at = at + usize::from(joined);
        if self.gap(at) == Gap::Sentence || self.quoted(at) {
            return None;
        }
        if self.word(at) == "we" {
            return self.after_we(at + 1);
        }
        let found = self.act(at, &|_| true)?;
        let coloured = self.past_adverbs(at).0 > at;
        let next = self.word(found.end);
        let likely = match found.mood {
            Mood::Finite => {
                let object = !AFTER_NOUN.contains(&next) && self.gap(found.end) == Gap::Space;
                let particle = found.act.base.contains(' ') && found.act.base != "call for";
                mood == Some(Mood::Finite)
                    && (coloured || !(found.noun && found.joined))
                    && (!found.noun || particle || object || coloured && boundary)
                    && (boundary || !found.noun || particle || coloured || self.object(found.end))
            }
            Mood::Participle => found.mid && !self.is_means(since, at),
            Mood::Plain => {
                mood == Some(Mood::Plain)
                    && !(found.noun && AFTER_NOUN.contains(&next))
                    && !(since..at).any(|i| GOVERNING.contains(&self.word(i)))
            }
            Mood::State => {
                let object = ["that", "at", "about", "by", "of", "over", "with"].contains(&next);
                found.mid && boundary && object
            }
            Mood::Done => false,
        };
        likely.then_some(found)
    }

    /// True when the word at `at` opens the object of a verb.
    fn object(&self, at: usize) -> bool {
        let opens = [
            "the", "that", "all", "its", "their", "a", "an", "each", "those", "other", "with",
            "also", "this", "these", "any", "our",
        ];
        opens.contains(&self.word(at)) || self.tokens.get(at).is_some_and(|token| token.capital)
    }

    /// True when an -ing form goes on with a row of means: "by raising awareness, recognizing …".
    fn is_means(&self, since: usize, at: usize) -> bool {
        let gerund = |i: usize| self.word(i).len() > 4 && self.word(i).ends_with("ing");
        (since..at).any(|i| PREPOSITIONS.contains(&self.word(i)) && gerund(i + 1))
            || at.checked_sub(1).is_some_and(|i| PREPOSITIONS.contains(&self.word(i)))
    }
}
