//! The list of acts in; every form an act takes, looked up by its first word, out.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::text::keys::{WordMap, WordSet};

const ACTS: &str = include_str!("../data/acts.txt");

/// Room for the forms of all acts.
const FORMS: usize = 800;

/// How a form stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    /// `recalls`
    Finite,
    /// `recall`, after "we" or as a command
    Plain,
    /// `recalling`
    Participle,
    /// `considered`, after "having" or "have"
    Done,
    /// `concerned`
    State,
}

/// One form of an act.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) mood: Mood,
    /// Base form of the act: `take note`.
    pub(super) base: &'static str,
    /// Words that must follow, `note`.
    pub(super) rest: Vec<&'static str>,
    pub(super) renews: bool,
    pub(super) noun: bool,
    pub(super) mid: bool,
    pub(super) own: bool,
    pub(super) it: bool,
}

/// The word lists of `data/acts.txt`.
#[derive(Default)]
pub(super) struct ActWords {
    forms: WordMap<String, Vec<Form>>,
    /// "express concern" and its like, by the noun that makes them.
    expressions: WordMap<&'static str, &'static str>,
    adverbs: WordMap<&'static str, Vec<Vec<&'static str>>>,
    pub(super) tails: Vec<Vec<&'static str>>,
    nouns: WordSet,
    adjectives: WordSet,
    it: WordSet,
}

impl ActWords {
    /// The one list there is.
    pub(super) fn get() -> &'static Self {
        static WORDS: OnceLock<ActWords> = OnceLock::new();
        WORDS.get_or_init(|| Self::parse(ACTS))
    }

    fn parse(data: &'static str) -> Self {
        let mut words = Self::default();
        words.forms.reserve(FORMS);
        let mut list = "";
        for line in data.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                list = name;
                continue;
            }
            let (entry, flags) = line.split_once('|').unwrap_or((line, ""));
            let entry = entry.trim();
            match list {
                "acts" => words.add_act(entry, flags),
                "done" => words.add(entry, form(Mood::Done, named("have", entry), "")),
                "states" => words.add(entry, form(Mood::State, entry, flags)),
                "adverbs" => {
                    let mut parts = entry.split(' ');
                    let first = parts.next().unwrap_or_default();
                    words.adverbs.entry(first).or_default().push(parts.collect());
                }
                "tails" => words.tails.push(entry.split(' ').collect()),
                "nouns" => {
                    words.nouns.insert(entry);
                }
                "adjectives" => {
                    words.adjectives.insert(entry);
                }
                "it" => {
                    words.it.insert(entry);
                }
                _ => {}
            }
        }
        for known in words.adverbs.values_mut() {
            known.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        }
        for forms in words.forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
        }
        words.name_expressions();
        words
    }

    fn add(&mut self, word: &str, form: Form) {
        self.forms.entry(word.to_owned()).or_default().push(form);
    }

    fn add_act(&mut self, base: &'static str, flags: &'static str) {
        let mut parts = base.split(' ');
        let head = parts.next().unwrap_or_default();
        let rest: Vec<_> = parts.collect();
        let own = flags.split(' ').find_map(|flag| flag.strip_prefix('='));
        let participle = own.map_or_else(|| participle(head), str::to_owned);
        let own_form = Form { rest, ..form(Mood::Plain, base, flags) };
        for (word, mood) in [
            (head.to_owned(), Mood::Plain),
            (third_person(head), Mood::Finite),
            (participle, Mood::Participle),
        ] {
            self.add(&word, Form { mood, ..own_form.clone() });
        }
    }

    /// Makes `express concern` of each noun, its plural named as its singular.
    fn name_expressions(&mut self) {
        for noun in &self.nouns {
            let single = noun.strip_suffix('s').filter(|single| self.nouns.contains(single));
            self.expressions.insert(noun, named("express", single.unwrap_or(noun)));
        }
    }

    /// Forms that begin with `word`, those with most words first.
    pub(super) fn forms(&self, word: &str) -> &[Form] {
        self.forms.get(spelled_with_z(word).as_ref()).map_or(&[], Vec::as_slice)
    }

    /// The base forms of all acts.
    pub(super) fn bases(&self) -> impl Iterator<Item = &'static str> {
        let forms = self.forms.values().flatten().map(|form| form.base);
        forms.chain(self.expressions.values().copied())
    }

    /// What follows each adverb or adverbial phrase that begins with `word`.
    pub(super) fn adverb(&self, word: &str) -> Option<&[Vec<&'static str>]> {
        self.adverbs.get(word).map(Vec::as_slice)
    }

    /// The base of "express" with this noun.
    pub(super) fn expression(&self, noun: &str) -> Option<&'static str> {
        self.expressions.get(noun).copied()
    }

    /// True for "concern", "commitment" and their like.
    pub(super) fn is_noun(&self, word: &str) -> bool {
        self.nouns.contains(word)
    }

    /// True for "deep", "strong" and their like.
    pub(super) fn is_adjective(&self, word: &str) -> bool {
        self.adjectives.contains(word)
    }

    /// True for what follows "considers it".
    pub(super) fn follows_it(&self, word: &str) -> bool {
        self.it.contains(word)
    }
}

/// Two words as one name: a hundred short ones, made once and kept for as long as the program runs.
fn named(first: &str, second: &str) -> &'static str {
    format!("{first} {second}").leak()
}

fn form(mood: Mood, base: &'static str, flags: &str) -> Form {
    let has = |name: &str| !flags.is_empty() && flags.split(' ').any(|flag| flag == name);
    Form {
        mood,
        base,
        rest: Vec::new(),
        renews: has("renews"),
        noun: has("noun"),
        mid: has("mid"),
        own: has("own"),
        it: has("it"),
    }
}

fn ends_in_consonant_y(head: &str) -> bool {
    head.ends_with('y') && !["ay", "ey", "oy", "uy"].iter().any(|end| head.ends_with(end))
}

fn third_person(head: &str) -> String {
    if ends_in_consonant_y(head) {
        return format!("{}ies", head.trim_end_matches('y'));
    }
    let hisses = ["s", "x", "ch", "sh"].iter().any(|end| head.ends_with(end));
    format!("{head}{}", if hisses { "es" } else { "s" })
}

fn participle(head: &str) -> String {
    match head.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') => format!("{stem}ing"),
        _ => format!("{head}ing"),
    }
}

/// British spellings as the list has them, and any hyphen as the plain one.
fn spelled_with_z(word: &str) -> Cow<'_, str> {
    let plain = if word.is_ascii() {
        Cow::Borrowed(word)
    } else {
        let silent = ['\u{AD}', '\u{2060}'];
        Cow::Owned(word.replace(['\u{2010}', '\u{2011}'], "-").replace(silent, ""))
    };
    for (british, american) in [("ise", "ize"), ("ises", "izes"), ("ising", "izing")] {
        // Not in "praise".
        if let Some(stem) = plain.strip_suffix(british)
            && stem.len() > 3
        {
            return Cow::Owned(format!("{stem}{american}"));
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections() {
        for (base, finite, ing) in [
            ("recall", "recalls", "recalling"),
            ("recognize", "recognizes", "recognizing"),
            ("stress", "stresses", "stressing"),
            ("pay", "pays", "paying"),
            ("notify", "notifies", "notifying"),
            ("agree", "agrees", "agreeing"),
            ("wish", "wishes", "wishing"),
        ] {
            assert_eq!((third_person(base).as_str(), participle(base).as_str()), (finite, ing));
        }
    }

    #[test]
    fn spellings() {
        let words = ActWords::get();
        for word in
            ["recognises", "emphasising", "re‑emphasizes", "authorise", "praise", "praising"]
        {
            assert!(!words.forms(word).is_empty(), "{word}");
        }
        assert_eq!(words.expression("concerns"), Some("express concern"));
    }

    #[test]
    fn the_list_is_long_enough() {
        let bases: std::collections::HashSet<_> =
            ActWords::get().forms.values().flatten().map(|form| form.base).collect();
        assert!(bases.len() > 120, "{}", bases.len());
    }
}
