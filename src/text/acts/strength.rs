//! A paragraph in; its acts and modal verbs, each with its grades on the scales of `data/strength.txt`, out.

use std::cmp::Ordering;
use std::sync::OnceLock;

use super::tokens::{Gap, Token, tokens};
use super::words::ActWords;
use super::{Act, acts_of};
use crate::model::{Span, Strength};
use crate::text::keys::{WordMap, WordSet};
use crate::text::noun::{follows_noun, precedes_noun};

const SCALES: &str = include_str!("../data/strength.txt");

/// An act or a modal verb that can be held against another one.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// Its words without "also" and "further" around them: "strongly encourages", "shall, as appropriate".
    pub span: Span,
    /// True for "shall" and for "the need to", false for an act.
    pub modal: bool,
    /// True for the act the text opens with.
    pub opens: bool,
    name: Name,
    /// Places on the scales; none where it has none, or where two acts are joined in one phrase.
    grades: &'static [Grade],
    stressed: bool,
    qualified: bool,
    negated: bool,
}

/// What makes two phrases the same: ways to say one thing have one number, what is on no scale its base form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Listed(usize),
    Other(&'static str),
}

#[derive(Clone, Copy, Debug)]
struct Grade {
    scale: usize,
    grade: usize,
}

impl Weighed {
    /// True where the other one is the same act as much stressed and loosened: "urging" and "also urges".
    pub fn is_same(&self, other: &Self) -> bool {
        let manner = |w: &Self| (w.modal, w.name, w.stressed, w.qualified, w.negated);
        manner(self) == manner(other)
    }

    /// True where the other one is the same act in whatever manner.
    pub fn is_akin(&self, other: &Self) -> bool {
        self.name == other.name
    }

    /// Whether `new`, put in the place of this one, asks for more or for less. None where they are on no common scale or
    /// on one grade of it, where both are negated ("may not" forbids), and where grade, stress and qualifying words pull
    /// in different directions: nobody can say whether "urges" asks for more than "strongly encourages". Where only one
    /// is negated it is reversed.
    pub fn became(&self, new: &Self) -> Option<Strength> {
        if self.negated != new.negated {
            return Some(Strength::Reversed);
        }
        let grade = self.grades.iter().find_map(|old| {
            let new = new.grades.iter().find(|new| new.scale == old.scale)?;
            Some(new.grade.cmp(&old.grade))
        });
        let grade = if self.name == new.name { Ordering::Equal } else { grade? };
        let pulls = [grade, new.stressed.cmp(&self.stressed), self.qualified.cmp(&new.qualified)];
        let only = |way: Ordering| pulls.contains(&way) && !pulls.contains(&way.reverse());
        if self.negated {
            None
        } else if only(Ordering::Greater) {
            Some(Strength::Stronger)
        } else {
            only(Ordering::Less).then_some(Strength::Weaker)
        }
    }
}

/// The acts and modal verbs of a text in their order.
pub fn weighed(text: &str) -> Vec<Weighed> {
    let tokens = tokens(text);
    let scales = Scales::get();
    let acts = acts_of(&tokens);
    let mut out: Vec<Weighed> = acts.iter().map(|act| scales.act(act, &tokens)).collect();
    for at in 0..tokens.len() {
        let within = |span: Span| acts.iter().any(|act| act.span.overlaps(span));
        out.extend(scales.modal(&tokens, at).filter(|modal| !within(modal.span)));
    }
    out.sort_by_key(|weighed| weighed.span.start);
    out
}

/// How many words of a text turn what it says into its opposite: "not", but not in "not only".
pub fn negations(text: &str) -> usize {
    negators(text).len()
}

/// The words of a text that turn what it says into its opposite, in its order.
pub fn negators(text: &str) -> Vec<Span> {
    found(text, &Scales::get().negations)
}

/// The words of a text that do so for the words behind them, in its order: "no keeper", but not "no later than".
pub fn denials(text: &str) -> Vec<Span> {
    found(text, &Scales::get().denials)
}

/// Where words stand that turn a clause into its opposite.
fn found(text: &str, negations: &[&str]) -> Vec<Span> {
    let tokens = tokens(text);
    let scales = Scales::get();
    let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |t| t.low.as_ref());
    let negates = |at: &usize| {
        let own = word(Some(*at));
        let other = |pair: &[&str; 2]| {
            *pair == [own, word(Some(at + 1))] || *pair == [word(at.checked_sub(1)), own]
        };
        // "No. 53"
        let counts = word(Some(at + 1)).starts_with(|c: char| c.is_ascii_digit());
        negations.contains(&own) && !counts && !scales.no_negations.iter().any(other)
    };
    let negators = (0..tokens.len()).filter(negates);
    negators.filter_map(|at| tokens.get(at).map(|token| token.span)).collect()
}

/// The lists of `data/strength.txt`.
#[derive(Default)]
struct Scales {
    /// What stands on scales, by its first word.
    entries: WordMap<&'static str, Vec<Entry>>,
    stress: WordSet,
    /// What opens the phrase of an act besides its verb and what stresses it.
    opens: WordSet,
    qualifiers: Vec<Vec<&'static str>>,
    negations: Vec<&'static str>,
    denials: Vec<&'static str>,
    no_negations: Vec<[&'static str; 2]>,
}

/// What stands on a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Act,
    /// "shall", which a noun may look like: "the will".
    Modal,
    /// "the need to"
    Noun,
}

impl Kind {
    fn of(list: &str) -> Self {
        match list {
            "modals" => Self::Modal,
            "nouns" => Self::Noun,
            _ => Self::Act,
        }
    }
}

#[derive(Debug)]
struct Entry {
    phrase: &'static str,
    name: usize,
    kind: Kind,
    grades: Vec<Grade>,
}

impl Scales {
    /// The one set there is.
    fn get() -> &'static Self {
        static ALL: OnceLock<Scales> = OnceLock::new();
        ALL.get_or_init(|| Self::parse(SCALES))
    }

    fn parse(data: &'static str) -> Self {
        let mut scales = Self::default();
        let (mut list, mut scale, mut names) = ("", 0, 0);
        let lines = data.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
        for (grade, line) in lines.enumerate() {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                list = name;
                scale += 1;
                continue;
            }
            match list {
                "stress" => {
                    scales.stress.insert(line);
                }
                "opens" => {
                    scales.opens.insert(line);
                }
                "negations" => scales.negations.push(line),
                "denials" => scales.denials.push(line),
                "no negations" => {
                    scales.no_negations.extend(line.split_once(' ').map(|(a, b)| [a, b]));
                }
                "qualifiers" => scales.qualifiers.push(line.split(' ').collect()),
                _ => {
                    for says in line.split(',') {
                        names += 1;
                        for phrase in says.split('/').map(str::trim) {
                            let grade = Grade { scale, grade };
                            scales.add(phrase, names, Kind::of(list), grade);
                        }
                    }
                }
            }
        }
        scales
    }

    /// A phrase that stands on a scale already keeps the name it has there.
    fn add(&mut self, phrase: &'static str, name: usize, kind: Kind, grade: Grade) {
        let first = phrase.split(' ').next().unwrap_or_default();
        let entries = self.entries.entry(first).or_default();
        match entries.iter_mut().find(|entry| entry.phrase == phrase) {
            Some(entry) => entry.grades.push(grade),
            None => entries.push(Entry { phrase, name, kind, grades: vec![grade] }),
        }
    }

    fn starting_with(&self, word: &str) -> &[Entry] {
        self.entries.get(word).map_or(&[], Vec::as_slice)
    }

    fn act(&'static self, act: &Act, tokens: &[Token<'_>]) -> Weighed {
        let from = tokens.partition_point(|token| token.span.start < act.span.start);
        let to = tokens.partition_point(|token| token.span.end <= act.span.end);
        let words = tokens.get(from..to).unwrap_or_default();
        let stressed = |token: &Token| self.stress.contains(token.low.as_ref());
        let opens = |token: &&Token| {
            let word = token.low.as_ref();
            stressed(token) || self.opens.contains(word) || !ActWords::get().forms(word).is_empty()
        };
        let start = words.iter().find(opens).map_or(act.span.start, |token| token.span.start);
        let coda = |token: &&Token| !matches!(token.low.as_ref(), "also" | "further" | "again");
        let end = words.iter().rfind(coda).map_or(act.span.end, |token| token.span.end);
        let entry = self.entry(act.base, words);
        // "recalling and reaffirming": which of the two counts?
        let joined = words.iter().any(|token| token.low == "and");
        let qualifier = self.qualifier(tokens, to);
        Weighed {
            span: Span::new(start, qualifier.unwrap_or(end)),
            modal: false,
            opens: from == 0,
            name: entry.map_or(Name::Other(act.base), |entry| Name::Listed(entry.name)),
            grades: entry.filter(|_| !joined).map_or(&[], |entry| entry.grades.as_slice()),
            stressed: words.iter().any(stressed),
            qualified: qualifier.is_some(),
            negated: false,
        }
    }

    /// The entry of an act: of those that begin with its base form the one with most words that are all there.
    fn entry(&self, base: &str, words: &[Token<'_>]) -> Option<&Entry> {
        let fits = |entry: &&Entry| {
            let Some(more) = entry.phrase.strip_prefix(base).filter(|_| entry.kind == Kind::Act)
            else {
                return false;
            };
            let mut words = words.iter();
            (more.is_empty() || more.starts_with(' '))
                && more.split_whitespace().all(|word| words.any(|token| token.low == word))
        };
        let first = base.split(' ').next().unwrap_or_default();
        self.starting_with(first).iter().filter(fits).max_by_key(|entry| entry.phrase.len())
    }

    /// The modal verb, or the noun that does its office, at `at`. The month is none, nor is "the will".
    fn modal(&'static self, tokens: &[Token<'_>], at: usize) -> Option<Weighed> {
        let token = tokens.get(at)?;
        let entry = self.starting_with(&token.low).iter().find(|entry| entry.kind != Kind::Act)?;
        let word = |at: usize| tokens.get(at).map_or("", |token| token.low.as_ref());
        let before = at.checked_sub(1).map_or("", word);
        let noun = token.before == Gap::Space && precedes_noun(before);
        let is_noun = noun || token.before == Gap::Sentence || follows_noun(word(at + 1));
        let is_other = match entry.kind {
            Kind::Noun => !noun,
            _ => is_noun,
        };
        if token.capital || is_other {
            return None;
        }
        let not = tokens.get(at + 1).filter(|next| next.low == "not");
        let qualifier = self.qualifier(tokens, at + 1);
        let end = qualifier.unwrap_or(not.unwrap_or(token).span.end);
        Some(Weighed {
            span: Span::new(token.span.start, end),
            modal: true,
            opens: false,
            name: Name::Listed(entry.name),
            grades: &entry.grades,
            stressed: false,
            qualified: qualifier.is_some(),
            negated: not.is_some(),
        })
    }

    /// Where the qualifying words end that stand at `at`.
    fn qualifier(&self, tokens: &[Token<'_>], at: usize) -> Option<usize> {
        let stands = |words: &&Vec<&str>| {
            let here = tokens.get(at..).unwrap_or_default();
            let same = |(word, token): (&&str, &Token)| token.low == *word;
            words.len() <= here.len() && words.iter().zip(here).all(same)
        };
        let words = self.qualifiers.iter().find(stands)?;
        tokens.get(at).filter(|token| token.before != Gap::Sentence)?;
        tokens.get(at + words.len() - 1).map(|token| token.span.end)
    }
}
