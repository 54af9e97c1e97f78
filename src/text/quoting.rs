//! The words around a quotation in; whether they give it to a source, or make a title or a term of it, out.

use std::sync::LazyLock;

use super::acts::{is_act_word, opening_act};
use super::lists::Lists;
use crate::model::Span;

/// A list of `data/quoting.txt`.
fn list(name: &str) -> &'static [&'static str] {
    static LISTS: LazyLock<Lists> =
        LazyLock::new(|| Lists::parse(include_str!("data/quoting.txt")));
    LISTS.of(name)
}

/// True where the words before a quotation say that it is a title or a term: "entitled “…”".
pub fn precedes_name(before: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    list("names").iter().any(|name| {
        before.strip_suffix(name).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

/// True where the words between a source and a quotation behind it let the source speak: ", which stresses that “…”".
///
/// The author's own verb lets nobody else speak: "Recalls resolution 70/125, stresses that “…”", "and we note that “…”".
pub fn lets_speak(between: &str) -> bool {
    let words = words(between);
    let holds = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if holds(&["we", "and"]) || between.starts_with(',') && !holds(list("speakers")) {
        return false;
    }
    let all = words.join(" ");
    let phrase = |phrase: &&str| phrase.contains(' ') && all.contains(*phrase);
    words.iter().any(|word| says(word)) || list("says").iter().any(phrase)
}

/// True where the words between a quotation and a source behind it give it to the source: ", as stated in".
pub fn leads_behind(between: &str) -> bool {
    let words = words(between);
    let known = |word: &String| {
        let word = word.as_str();
        list("behind").contains(&word) || list("way").contains(&word) || says(word)
    };
    // "“…”, agreed in resolution 70/125"
    let is_participle = matches!(words.as_slice(), [first, link, ..] if is_past(first) && LINKS.contains(&link.as_str()));
    let opens = |first: &String| is_participle || list("behind").contains(&first.as_str());
    words.first().is_some_and(opens) && words.iter().all(known)
}

/// What leads from "agreed" to where it was.
const LINKS: [&str; 2] = ["in", "by"];

/// True where the sentence opens so that what comes after the source it names is the source's: "As affirmed in".
pub fn leads_in(opening: &str) -> bool {
    let opening = words(opening).join(" ");
    let opens = |lead: &&str| {
        opening.strip_prefix(lead).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    list("leads").iter().any(opens)
}

/// True where a sentence that opens with "In" and a source goes on to tell, in the past, what was said there: "In paragraph 28
/// of …, | Heads of State and Government, who had met in New York, decided to". Authors speak of themselves in the present.
pub fn tells_of(opening: &str, between: &str) -> bool {
    let (opening, between) = (words(opening), words(between));
    let mut way = opening.iter().map(String::as_str);
    let is_in = way.next().is_some_and(|first| list("in").contains(&first))
        && way.all(|word| list("in").contains(&word) || list("of it").contains(&word));
    is_in && between.iter().rev().take(AFTER_VERB + 1).any(|word| is_past(word))
}

/// True where a source is named in passing between what somebody did there, in the past, and what that was: "The Assembly decided,
/// in … |, to".
pub fn told_in_passing(opening: &str, between: &str) -> bool {
    let (opening, between) = (words(opening), words(between));
    let is_link = matches!(between.as_slice(), [link] if matches!(link.as_str(), "to" | "that"));
    let mut before = opening.iter().rev().skip_while(|word| list("of it").contains(&word.as_str()));
    let leads = before.next().is_some_and(|word| list("in").contains(&word.as_str()));
    is_link && leads && before.next().is_some_and(|verb| is_past(verb))
}

/// True where a source is named in a clause of its own about those who go on to act: "Member States, which in … | were called upon
/// to light lamps, must ensure that".
pub fn told_of_others(opening: &str, between: &str) -> bool {
    let opening = words(opening);
    let is_in = |word: &str, lists: &[&str]| lists.iter().any(|name| list(name).contains(&word));
    let small = |word: &&String| is_in(word, &["in", "of it"]) && !is_in(word, &["relatives"]);
    let way = opening.iter().rev().take_while(small).count();
    let relative = opening.iter().rev().nth(way).filter(|_| way > 0);
    let behind = between.rsplit_once(',').map(|(_, clause)| words(clause));
    let behind = behind.or_else(|| {
        let all = words(between);
        let modal = all.iter().position(|word| is_in(word, &["modals"]))?;
        all.get(modal..).map(<[String]>::to_vec)
    });
    relative.is_some_and(|word| is_in(word, &["relatives"]))
        && behind.is_some_and(|clause| !clause.iter().any(|word| is_past(word)))
}

/// True where a source is only what somebody else speaks of: "the statement of Norway on … | that", "of which Norway said",
/// "Norway, introducing … |, said that". The bodies that make sources are nobody else.
pub fn speaks_of(opening: &str, between: &str) -> bool {
    let is_body = |word: &str| {
        let word = word.to_lowercase();
        list("speakers").iter().any(|own| *own == word || own.strip_suffix('s') == Some(&word))
    };
    let is_capital = |word: &String| word.starts_with(char::is_uppercase);
    // "General Assembly" is known by its last word.
    let is_other = |words: &[String]| {
        let mut names = words.split(|word| !is_capital(word)).filter_map(<[String]>::last);
        names.any(|name| !is_body(name))
    };
    let split = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '’')));
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (ahead, behind) = (words(opening), split(between));
    let is_stated = ahead.last().is_some_and(|word| ABOUT.contains(&word.as_str()))
        && ahead.iter().rev().take(SPEAKS).any(|word| list("said").contains(&word.as_str()));
    let verb = |words: &[String]| {
        words.iter().position(|word| says(&word.to_lowercase()) && word != "that")
    };
    // Who speaks stands in the clause of the verb: "in New York, stated" names a place.
    let mut clauses = between.split(',').map(split);
    let is_named = clauses.find_map(|own| Some(is_other(own.get(..verb(&own)?)?))) == Some(true);
    // The subject stands before a clause that names the source, and the verb behind it.
    let is_set_off = between.starts_with(',') && verb(&behind) == Some(0);
    let subject = opening.rsplit_once(',').and_then(|(subject, _)| split(subject).pop());
    is_stated || is_named || is_set_off && subject.is_some_and(|word| is_other(&[word]))
}

/// What leads from a statement to what it is about.
const ABOUT: [&str; 4] = ["on", "about", "concerning", "regarding"];

/// True where a quotation is somebody's own words: a verb of saying, or what is said, stands right before it, "the delegation
/// stressed that “…”", "in the words of Norway, “…”", or right behind it, "“…”, said Norway".
pub fn said_by_another(before: &str, behind: &str) -> bool {
    let clause = before.rsplit([';', ':', '.', '\n']).next().unwrap_or_default();
    let lead =
        clause.trim_end().rsplit([',', '“', '”']).find(|part| part.contains(char::is_alphabetic));
    let own = words(lead.unwrap_or_default());
    let is_act = |word: &String| is_act_word(word) || is_said(word);
    let leads = own.iter().rev().take(SPEAKS).any(is_act);
    let next = words(behind.split(['.', ';', '\n']).next().unwrap_or_default());
    // "“…”, and thanks all" goes on with what the author does.
    let goes_on = next.first().is_some_and(|first| first == "and");
    leads || !goes_on && next.iter().take(SPEAKS - 1).any(is_said)
}

/// A verb that leads to words, or follows them, is so near, with who speaks and "that" beside it.
const SPEAKS: usize = 5;

/// True for a word that says, in whatever form, or for what is said: "stating", "statement".
fn is_said(word: &String) -> bool {
    let stem = word.strip_suffix("ing");
    let is_going_on =
        stem.is_some_and(|stem| is_act_word(stem) || is_act_word(&format!("{stem}e")));
    word != "that" && (says(word) || is_going_on || list("said").contains(&word.as_str()))
}

/// Behind its verb stand no more words than these before what a source says: "also to".
const AFTER_VERB: usize = 2;

/// True for a word by which a source spoke: "decided", "held".
fn is_past(word: &str) -> bool {
    word.ends_with('d') && says(word)
        || list("past").iter().any(|row| row.split_once(' ').is_some_and(|(past, _)| past == word))
}

/// True for a word by which a source speaks: "states", "reaffirmed".
fn says(word: &str) -> bool {
    let stems = || [word.strip_suffix("ed"), word.strip_suffix('d')].into_iter().flatten();
    let is_finite = || word.ends_with('s') && is_act_word(word);
    list("says").contains(&word) || is_finite() || stems().any(is_act_word)
}

/// Where a text tells of the act that another one opens with, "in which the Assembly requested …" of "Requests …": the ends of the
/// verbs that do. None where it opens with the same act itself.
pub fn retold(text: &str, agreed: &str) -> Vec<usize> {
    let base = |text: &str| opening_act(text).map(|act| act.base);
    let Some(told) = base(agreed).filter(|told| base(text) != Some(told)) else {
        return Vec::new();
    };
    let mut told = told.split(' ');
    let verb = told.next().unwrap_or_default();
    let particles: Vec<&str> = told.collect();
    let all: Vec<(Span, String)> = words_at(text).collect();
    let ends = all.iter().enumerate().filter(|(_, (_, word))| is_past_of(word, verb));
    let ends = ends.map(|(at, _)| {
        let behind = all.get(at + 1..).unwrap_or_default().iter();
        let own = behind.zip(&particles).take_while(|((_, word), particle)| word == *particle);
        all.get(at + own.count()).map_or(0, |(span, _)| span.end)
    });
    ends.collect()
}

/// True for "requested" of "request", "took" of "take".
fn is_past_of(word: &str, base: &str) -> bool {
    let stem = word.strip_suffix("ed").or(word.strip_suffix('d'));
    let is_regular = stem.is_some_and(|stem| {
        stem == base
            || base.strip_suffix('e') == Some(stem)
            || base.strip_suffix('y').is_some_and(|base| stem.strip_suffix('i') == Some(base))
    });
    is_regular || list("past").iter().any(|row| row.split_once(' ') == Some((word, base)))
}

fn words(text: &str) -> Vec<String> {
    words_at(text).map(|(_, word)| word).collect()
}

/// The words of a text in small letters, each with where it stands.
fn words_at(text: &str) -> impl Iterator<Item = (Span, String)> {
    let parts_words = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '’' | '\''));
    let mut start = 0;
    let words = text.split_inclusive(parts_words).map(move |piece| {
        let word = piece.trim_end_matches(parts_words);
        let at = Span::new(start, start + word.len());
        start += piece.len();
        (at, word.to_lowercase())
    });
    words.filter(|(_, word)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_a_quotation() {
        for (between, wanted) in [
            (", which states that ", true),
            (" decides to ", true),
            (" affirmed ", true),
            (" describes it as ", true),
            (", according to which ", true),
            (", and we stress ", false),
            (", recognizing that ", false),
            (", reiterates that ", false),
            (", in which the Assembly reiterated that ", true),
            (" and the ", false),
        ] {
            assert_eq!(lets_speak(between), wanted, "{between}");
        }
        for (between, wanted) in [
            (", as stated in ", true),
            (", as the ", true),
            (", agreed in ", true),
            (", and agreed in ", false),
            (", according to ", true),
            (" – this sentence of the ", true),
            (", and recalls ", false),
            (", the report of ", false),
        ] {
            assert_eq!(leads_behind(between), wanted, "{between}");
        }
        for (opening, wanted) in [
            ("As the Assembly affirmed in ", true),
            ("According to ", true),
            ("In the words of ", true),
            ("Assembly ", false),
            ("Recalling ", false),
        ] {
            assert_eq!(leads_in(opening), wanted, "{opening}");
        }
        assert!(precedes_name("on the theme ") && !precedes_name("states that "));
        for (opening, between, wanted) in [
            ("In ", ", we decided to ", true),
            (
                "In its ",
                ", Heads of State and Government, who had met in New York, took note of ",
                true,
            ),
            ("Recalling ", ", we decided to ", false),
            ("In ", ", we decide to ", false),
            ("In ", ", decided by others to be kept and to be lit ", false),
        ] {
            assert_eq!(tells_of(opening, between), wanted, "{opening}{between}");
        }
        for (before, behind, wanted) in [
            (", stressing that ", ".", true),
            (" and the statement of the delegation that ", ".", true),
            (", whose delegation said ", ".", true),
            (" and the commitment that ", ", and thanks all", false),
            (" of Norway, ", ".", false),
            (", stressing lamps, in view of the lamps of Norway, that ", ".", false),
            (" and ", ", said the delegation", true),
        ] {
            assert_eq!(said_by_another(before, behind), wanted, "{before}…{behind}");
        }
        for (opening, between, wanted) in [
            ("the statement of Norway on ", " that it ", true),
            ("Recalls ", ", of which Norway said: ", true),
            ("Recalls that Norway, introducing ", ", said that it ", true),
            ("Recalls that Norway, when it submitted ", ", called it ", true),
            ("Recalls ", ", which stated that ", false),
            ("In ", ", States, who had met in New York, stated that ", false),
            ("Recalls that the Assembly, in ", ", stated that ", false),
            ("Recalls that, in ", ", the General Assembly stated that ", false),
        ] {
            assert_eq!(speaks_of(opening, between), wanted, "{opening}{between}");
        }
        assert!(told_in_passing("The Assembly decided, in ", ", to "));
        assert!(!told_in_passing("The Compact was adopted by ", " "));
        assert!(!told_in_passing("The Assembly, in ", ", to "));
        for (opening, between, wanted) in [
            ("States, which in ", " were called upon to act, must ensure that ", true),
            ("States that in ", " were called upon to act must ensure that ", true),
            ("The Assembly, which in its ", " decided that ", false),
            ("The Assembly, which in ", ", a text of note, decided that ", false),
            ("In ", ", which we recall, States must ensure that ", false),
        ] {
            assert_eq!(told_of_others(opening, between), wanted, "{opening}{between}");
        }
    }

    #[test]
    fn acts_told_in_the_past() {
        let agreed = "Requests the Commission to light lamps";
        let told = "Recalling resolution 77/320, in which the Assembly requested the Commission to light lamps";
        let ends = |told: &'static str, agreed| -> Vec<&str> {
            retold(told, agreed).into_iter().map(|end| &told[..end]).collect()
        };
        assert_eq!(ends(told, agreed).len(), 1);
        assert!(ends(agreed, agreed).is_empty());
        assert!(ends("Recalling the lamps as requested", "Notes the lamps").is_empty());
        let told = "Recalling that it called upon and Called for all";
        let wanted = ["Recalling that it called upon", "Recalling that it called upon and Called"];
        assert_eq!(ends(told, "Calls upon all"), wanted);
        for (word, base) in [("decided", "decide"), ("notified", "notify"), ("took", "take")] {
            assert!(is_past_of(word, base), "{word}");
        }
    }
}
