//! Paragraphs of adopted resolutions in, claimed as agreed language in drafts made up for the purpose; what the rules on such
//! claims find in them, true ones and ones with a word altered, out.
//!
//! The texts are not part of the project; without them these tests say so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and says what it found"
)]

mod common;

use std::collections::HashSet;

use adref::check::Policy;
use adref::model::Library;
use adref::pipeline::{Checker, Thresholds};
use adref::read::read;
use common::agreed::{Agreed, agreed, sessions};

/// So many paragraphs are claimed.
const CLAIMS: usize = 150;

/// So many paragraphs are edited in each way.
const EACH: usize = 20;

/// A draft with a paragraph for each claim; how many of them the rule finds at fault.
fn found(
    checker: &Checker<'_>,
    rule: &str,
    agreed: &[Agreed],
    claim: impl Fn(&Agreed) -> String,
) -> HashSet<String> {
    let paragraphs =
        agreed.iter().zip(1..).map(|(agreed, n)| format!("{n}. {}\n\n", claim(agreed)));
    let draft = read("draft.md", paragraphs.collect::<String>().as_bytes()).unwrap();
    let checked = checker.check(draft, None).checked;
    let own = checked.findings.iter().filter(|finding| finding.rule == rule);
    own.inspect(|finding| println!("{rule}: {}", finding.message))
        .filter_map(|finding| finding.paragraph.clone())
        .collect()
}

/// The words with another one in the place of the seventh, and with a qualifier behind it.
fn altered(words: &[String]) -> String {
    let mut words = words.to_vec();
    words[6] = "harbour".to_owned();
    words.join(" ")
}

fn qualified(words: &[String]) -> String {
    let mut words = words.to_vec();
    words.insert(7, ", as appropriate,".to_owned());
    words.join(" ").replace(" ,", ",")
}

/// What is done to an agreed paragraph: words of it, what stands in their place, and what that is called in a message.
const EDITS: [(&str, &str, &str); 14] = [
    (" should ", " should not ", "a negation added"),
    (" shall ", " may ", "weaker"),
    (" will ", " will endeavour to ", "weaker"),
    (" to ensure ", " to seek to ensure ", "weaker"),
    ("Reaffirms ", "Takes note of ", "weaker"),
    ("Calls upon ", "Invites ", "weaker"),
    ("Urges ", "Encourages ", "weaker"),
    ("Decides to ", "Considers whether to ", "weaker"),
    (" all States ", " all States, subject to national legislation, ", "a qualifier"),
    (" to provide ", " to provide, where they are in a position to do so, ", "a qualifier"),
    (" in accordance with international law", "", "a qualifier"),
    (" at least ", " ", "a limit"),
    (" 2030 ", " 2035 ", "another date"),
    (" not ", " ", "a negation removed"),
];

/// What changes nothing of what is agreed.
const SPEAKERS: [(&str, &str); 6] = [
    ("Emphasizes ", "We emphasize "),
    ("Welcomes ", "We also welcome "),
    ("Encourages ", "Also encourages "),
    ("Calls upon ", "We call upon "),
    ("Requests ", "Further requests "),
    (" its commitment", " our commitment"),
];

/// The text of a paragraph that has these words, with others in their place, cited.
fn edited(agreed: &Agreed, old: &str, new: &str) -> String {
    let text = agreed.words.join(" ").replacen(old, new, 1);
    let text = text.trim_end_matches([';', '.']).to_owned();
    format!("{text} ({}, para. {}).", agreed.symbol, agreed.number)
}

#[test]
fn edits_are_called_what_they_are() {
    sessions().iter().for_each(edits_of);
}

fn edits_of(library: &Library) {
    let policy = Policy::default();
    let checker = Checker::new(library, Thresholds::default(), &policy);
    let all = agreed(library, usize::MAX);
    let with = |words: &'static str| {
        let with = all.iter().filter(move |a| a.words.join(" ").replacen(words, "", 1).len() > 120);
        with.filter(move |a| a.words.join(" ").contains(words)).take(EACH)
    };
    let told = |old: &'static str, new: &str| -> Vec<String> {
        let claims = with(old).zip(1..).map(|(a, n)| format!("{n}. {}\n\n", edited(a, old, new)));
        let draft = read("draft.md", claims.collect::<String>().as_bytes()).unwrap();
        let found = checker.check(draft, None).checked.findings;
        let own = found.into_iter().filter(|found| found.rule == "altered-agreed-language");
        own.map(|found| found.message).collect()
    };
    let (mut planted, mut named) = (0, 0);
    for (old, new, name) in EDITS {
        let (all, found) = (with(old).count(), told(old, new));
        let own = found.iter().filter(|message| message.contains(&format!("({name})")));
        let own = own.count();
        println!("{old:?} to {new:?}: {own} of {all} called {name}");
        found.iter().filter(|m| !m.contains(&format!("({name})"))).for_each(|m| println!("   {m}"));
        planted += all;
        named += own;
    }
    let share = named as f64 / planted as f64;
    println!("== {named} of {planted} edits are called what they are");
    assert!(planted >= 100 && share >= 0.95, "{share}");
    for (old, new) in SPEAKERS {
        let found = told(old, new);
        println!("{old:?} to {new:?}: {} of {} told", found.len(), with(old).count());
        assert!(found.is_empty(), "{found:#?}");
    }
}

/// Ways to give words to a source: `{n}` is the number of its paragraph, `{s}` its symbol, `{q}` what is quoted.
const WAYS: [&str; 33] = [
    "Paragraph {n} of {s} acknowledges that “{q}” in full.",
    "Paragraph {n} of {s} decides that “{q}”.",
    "Paragraph {n} of {s} invites “{q}”.",
    "Paragraph {n} of {s} calls upon “{q}”.",
    "Paragraph {n} of {s} stresses “{q}”.",
    "Paragraph {n} of {s} emphasizes that “{q}”.",
    "Paragraph {n} of {s} welcomes “{q}”.",
    "In paragraph {n} of {s} the Assembly urged “{q}”.",
    "Paragraph {n} of {s} refers to “{q}”.",
    "Paragraph {n} of {s} describes it as “{q}”.",
    "Recalling paragraph {n} of {s}, according to which “{q}”,",
    "Recalling {s}, in which the Assembly resolved that “{q}”,",
    "As the Assembly affirmed in {s}, “{q}”.",
    "According to {s}, “{q}”.",
    "In the words of {s}, para. {n}, “{q}”.",
    "In paragraph {n} of {s}: “{q}”.",
    "We recall “{q}”, as stated in paragraph {n} of {s}.",
    "We recall that “{q}”, as {s} says.",
    "We recall “{q}” ({s}, para. {n}).",
    "We are guided by «{q}», as set out in {s}.",
    "“{q}” – this sentence of {s} guides us.",
    "“{q}” [{s}, para. {n}]",
    "{s}, para. {n}, “{q}”.",
    "Paragraph {n} of {s} “{q}”.",
    "We build on the agreement in {s} that “{q}” and on nothing else.",
    "We underscore, with {s}, that “{q}”.",
    "Reiterating that, in the language of {s}, “{q}”,",
    "The Assembly in {s} underscored that “{q}”.",
    "Reference is made to {s}, which encourages “{q}”.",
    "“{q}”, in the words of paragraph {n} of {s}.",
    "In paragraph {n} of {s}, Heads of State and Government, who had met in New York, decided to “{q}”.",
    "In paragraph {n} of {s}, we decided to “{q}”.",
    "The Assembly decided, in paragraph {n} of {s}, to “{q}”.",
];

#[test]
fn quotations_are_held_to_their_source_however_it_is_named() {
    sessions().iter().for_each(quotations_from);
}

fn quotations_from(library: &Library) {
    let policy = Policy { only: vec!["misquotation".to_owned()], ..Policy::default() };
    let checker = Checker::new(library, Thresholds::default(), &policy);
    let agreed = agreed(library, CLAIMS);
    let quoted = |way: &str, a: &Agreed, words: &[String]| {
        let words = words.get(1..).unwrap().iter().take(14);
        let words: Vec<&str> = words.map(|word| word.trim_end_matches([';', '.'])).collect();
        let quoted = words.join(" ");
        way.replace("{n}", &a.number).replace("{s}", &a.symbol).replace("{q}", &quoted)
    };
    let (mut wrong, mut missed) = (0, 0);
    for (way, nth) in WAYS.iter().zip(0..) {
        let own: Vec<&Agreed> = agreed.iter().skip(nth % 7).step_by(7).take(EACH).collect();
        let with = |words: &dyn Fn(&Agreed) -> Vec<String>| {
            let claims = own.iter().map(|a| quoted(way, a, &words(a))).zip(1..);
            let text: String = claims.map(|(claim, n)| format!("{n}. {claim}\n\n")).collect();
            let found = checker.check(read("draft.md", text.as_bytes()).unwrap(), None).checked;
            found.findings
        };
        let told = with(&|a| a.words.clone());
        told.iter().for_each(|found| println!("   wrongly: {}", found.message));
        let found = with(&|a| altered(&a.words).split(' ').map(str::to_owned).collect());
        let explained =
            found.iter().filter(|found| found.message.contains("“harbour” in place of"));
        let explained = explained.count();
        println!("{way}: {explained} of {} found, {} wrongly", own.len(), told.len());
        wrong += told.len();
        missed += own.len() - explained;
    }
    let all = WAYS.len() * EACH;
    println!(
        "== {missed} of {all} misquotations missed or explained wrongly, {wrong} told wrongly"
    );
    assert!(wrong == 0 && missed * 50 <= all, "{missed} missed, {wrong} wrong");
}

#[test]
fn claims_of_agreed_language_hold_or_are_found() {
    sessions().iter().for_each(claims_of);
}

fn claims_of(library: &Library) {
    let policy = Policy::default();
    let checker = Checker::new(library, Thresholds::default(), &policy);
    let agreed = agreed(library, CLAIMS);
    let cited = |a: &Agreed| format!("({}, para. {}).", a.symbol, a.number);
    let text = |a: &Agreed| a.words.join(" ").trim_end_matches([';', '.']).to_owned();
    let quoted = |a: &Agreed, words: &str| {
        format!(
            "We recall that paragraph {} of {} states that “{words}” in its own words.",
            a.number, a.symbol
        )
    };
    let pinned = |a: &Agreed, words: &str| {
        format!("{words}\n\n<!-- adref: {}, para. {}; verbatim -->", a.symbol, a.number)
    };
    let twelve = |words: &str| words.split(' ').skip(2).take(14).collect::<Vec<_>>().join(" ");
    let all = agreed.len();
    type Claim<'c> = Box<dyn Fn(&Agreed) -> String + 'c>;
    let rounds: [(&str, Claim<'_>, Claim<'_>, f64, f64); 4] = [
        (
            "misquotation",
            Box::new(|a| quoted(a, &twelve(&text(a)))),
            Box::new(|a| quoted(a, &twelve(&altered(&a.words)))),
            0.0,
            0.98,
        ),
        (
            "false-pin",
            Box::new(|a| pinned(a, &text(a))),
            Box::new(|a| pinned(a, &altered(&a.words))),
            0.0,
            0.98,
        ),
        (
            "altered-agreed-language",
            Box::new(|a| format!("{} {}", text(a), cited(a))),
            Box::new(|a| {
                format!("{} {}", qualified(&a.words).trim_end_matches([';', '.']), cited(a))
            }),
            0.01,
            0.95,
        ),
        (
            "unlinked-agreed-language",
            Box::new(|a| format!("{} {}", text(a), cited(a))),
            Box::new(|a| format!("{}.", text(a))),
            0.0,
            0.95,
        ),
    ];
    let mut faults = Vec::new();
    for (rule, true_claim, false_claim, most, least) in &rounds {
        let silent = found(&checker, rule, &agreed, true_claim).len() as f64 / all as f64;
        println!("-- {rule}, with its fault:");
        let told = found(&checker, rule, &agreed, false_claim);
        for (agreed, n) in agreed.iter().zip(1..).filter(|(_, n)| !told.contains(&n.to_string())) {
            println!("   not found, {n}: {}", agreed.words.join(" "));
        }
        let told = told.len() as f64 / all as f64;
        println!(
            "== {rule}: {told:.3} of {all} faults found, {silent:.3} of true claims told wrongly"
        );
        if silent > *most || told < *least {
            faults.push(format!(
                "{rule}: {told:.3} found (at least {least}), {silent:.3} wrongly (at most {most})"
            ));
        }
    }
    assert!(all >= 100 && faults.is_empty(), "{all} claims\n{}", faults.join("\n"));
}
