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
use adref::library;
use adref::model::{Library, Paragraph};
use adref::pipeline::{Checker, Thresholds};
use adref::read::read;
use common::data;

/// So many paragraphs are claimed.
const CLAIMS: usize = 150;

/// A paragraph of the library, and how it is cited.
struct Agreed {
    symbol: String,
    number: String,
    words: Vec<String>,
}

/// Paragraphs with a number that no other one of their text has, of plain running words.
fn agreed(library: &Library) -> Vec<Agreed> {
    let all = library.entries.iter().flat_map(|entry| {
        let once = |number: &str| {
            entry.text.paragraphs.iter().filter(|p| p.number.as_deref() == Some(number)).count()
                == 1
        };
        let plain = move |p: &&Paragraph| {
            let words = p.text.split_whitespace().count();
            p.parts.is_empty()
                && p.annex.is_none()
                && (25..90).contains(&words)
                && !p.text.contains(['\n', '“', '"', '[', '(', '_', '*', '/'])
                && !p.text.contains("as appropriate")
                && p.number.as_deref().is_some_and(once)
        };
        entry.text.paragraphs.iter().filter(plain).map(|p| Agreed {
            symbol: entry.symbol().to_owned(),
            number: p.number.clone().unwrap(),
            words: p.text.split_whitespace().map(str::to_owned).collect(),
        })
    });
    let all: Vec<Agreed> = all.collect();
    let step = (all.len() / CLAIMS).max(1);
    all.into_iter().step_by(step).take(CLAIMS).collect()
}

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

#[test]
fn claims_of_agreed_language_hold_or_are_found() {
    let folder = data().join("un/akn/ga/78");
    if !folder.is_dir() {
        println!("no official texts at hand: set ADREF_DATA to the folder that holds un/akn");
        return;
    }
    let library = library::load(&[folder]).unwrap();
    let policy = Policy::default();
    let checker = Checker::new(&library, Thresholds::default(), &policy);
    let agreed = agreed(&library);
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
