//! Adopted resolutions in; what the rules find in them, as they are and with a fault planted in each, out.
//!
//! Nobody drafted them for this tool, and they are as good as final: what is found there is nearly always a mistake of
//! the rule. So the findings of each rule have a ceiling, and the planted faults that it finds a floor. The texts are
//! not part of the project; without them these tests say so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and says what it found"
)]

mod common;

use std::path::PathBuf;

use adref::check::Policy;
use adref::library::Holding;
use adref::model::{CitationForm, Draft, Finding, Library};
use adref::pipeline::{CheckedDraft, Checker, Thresholds, called};
use adref::read::read;
use common::{data, official_files};
use rayon::prelude::*;

/// The rules, and the most findings that each may have in 1,122 resolutions.
const CEILINGS: [(&str, usize); 9] = [
    ("brackets", 0),
    ("dangling-reference", 0),
    // They give a resolution a title that is not its own: "The Pact of the Future".
    ("misquotation", 2),
    ("missing-pinpoint-target", 0),
    ("numbering", 2),
    // One text was adopted with "[To be determined]" in two places.
    ("placeholder", 2),
    ("superseded-source", 0),
    // Notes on abbreviations that the texts nowhere introduce: "ODA commitments".
    ("unintroduced-name", 17),
    // Most of them are slips of the texts themselves: "resolution 72/256 of 24 December 2107".
    ("unresolved-citation [Warning]", 13),
];

/// The resolutions in English.
fn files() -> Vec<PathBuf> {
    let mut files = official_files();
    files.retain(|file| !file.components().any(|part| part.as_os_str() == "languages"));
    if files.is_empty() {
        println!("no official texts at hand: set ADREF_DATA to the folder that holds un/akn");
    }
    files
}

/// The library they make: what each says of itself. Its paragraphs are read when a rule asks for them.
fn library() -> Library {
    let places = ["ga", "ecosoc"].map(|folder| data().join("un/akn").join(folder));
    called("", &places, &Holding::default()).unwrap()
}

fn draft(path: &PathBuf) -> Draft {
    read(&path.to_string_lossy(), &std::fs::read(path).unwrap()).unwrap()
}

fn policy() -> Policy {
    Policy {
        only: CEILINGS.map(|(rule, _)| rule.split(' ').next().unwrap().to_owned()).to_vec(),
        ..Policy::default()
    }
}

fn shown(draft: &Draft, finding: &Finding) -> String {
    let name = finding.path.rsplit('/').next().unwrap_or_default();
    let id = finding.paragraph.as_deref().unwrap_or("-");
    let paragraph = draft.paragraphs.iter().find(|paragraph| paragraph.id == id);
    let text = paragraph.map_or("", |paragraph| paragraph.text.as_str());
    let at = finding.span.map_or(0, |span| span.start);
    let around: String = text
        .char_indices()
        .filter(|(i, _)| i + 60 >= at && *i < at + 120)
        .map(|(_, c)| c)
        .collect();
    format!(
        "{} [{:?}] {name} {id}: {}\n      {}",
        finding.rule,
        finding.severity,
        finding.message,
        around.replace('\n', " / ")
    )
}

#[test]
fn what_is_adopted_has_hardly_a_fault() {
    let files = files();
    if files.is_empty() {
        return;
    }
    let library = library();
    let policy = policy();
    let checker = Checker::new(&library, Thresholds::default(), &policy);
    let found: Vec<String> = files
        .par_iter()
        .flat_map(|path| {
            let checked = checker.check(draft(path), None);
            let draft = &checked.annotation.draft;
            checked.checked.findings.iter().map(|finding| shown(draft, finding)).collect::<Vec<_>>()
        })
        .collect();
    let told = found.iter().filter(|line| !line.starts_with("unresolved-citation [Note]"));
    told.for_each(|line| println!("{line}"));
    for (rule, most) in CEILINGS {
        let count = found.iter().filter(|line| line.starts_with(rule)).count();
        println!("{rule}: {count} in {} resolutions", files.len());
        assert!(count <= most, "{rule}: more than {most} findings");
    }
}

/// A fault that is planted: its rule, what it is called, what plants it, and the least share of them that is found.
struct Fault {
    rule: &'static str,
    name: &'static str,
    plant: fn(&CheckedDraft, u64) -> Option<Draft>,
    least: f64,
}

const FAULTS: [Fault; 9] = [
    Fault {
        rule: "missing-pinpoint-target",
        name: "pinpoint raised",
        plant: raised_pinpoint,
        least: 0.98,
    },
    Fault {
        rule: "dangling-reference",
        name: "internal reference raised",
        plant: raised_internal,
        least: 0.98,
    },
    Fault { rule: "numbering", name: "paragraph taken out", plant: taken_out, least: 0.98 },
    Fault { rule: "numbering", name: "number repeated", plant: repeated, least: 0.98 },
    Fault { rule: "numbering", name: "numbers exchanged", plant: exchanged, least: 0.98 },
    Fault { rule: "numbering", name: "label left out", plant: label_left_out, least: 0.98 },
    Fault {
        rule: "brackets",
        name: "opening bracket",
        plant: |c, s| bracket(c, s, "["),
        least: 0.95,
    },
    Fault {
        rule: "brackets",
        name: "closing bracket",
        plant: |c, s| bracket(c, s, "]"),
        least: 0.95,
    },
    Fault { rule: "unintroduced-name", name: "short name too early", plant: too_early, least: 0.8 },
];

/// Into so many texts each fault is planted, where so many have a place for it.
const PLANTED: usize = 100;

/// Raised by this, no paragraph has the number any more.
const RAISED: u32 = 500;

#[test]
fn planted_faults_are_found() {
    let files = files();
    if files.is_empty() {
        return;
    }
    let library = library();
    let policy = policy();
    let checker = Checker::new(&library, Thresholds::default(), &policy);
    let checked: Vec<CheckedDraft> = files
        .par_iter()
        .enumerate()
        // A third of all is enough; an even stride takes from every session.
        .filter(|(at, _)| at % 3 == 0)
        .map(|(_, path)| checker.check(draft(path), None))
        .collect();
    for Fault { rule, name, plant, least } in &FAULTS {
        let planted = checked.iter().enumerate().filter_map(|(at, checked)| {
            let draft = plant(checked, seeded(at))?;
            Some((checked, draft))
        });
        let planted: Vec<_> = planted.take(PLANTED).collect();
        let all = planted.len();
        let missed: Vec<String> = planted
            .into_par_iter()
            .filter_map(|(before, draft)| {
                let path = draft.path.clone();
                let found = checker.check(draft, None).checked.findings;
                let old = &before.checked.findings;
                let is_new = |finding: &&Finding| {
                    finding.rule == *rule
                        && !old.iter().any(|o| o.fingerprint == finding.fingerprint)
                };
                (!found.iter().any(|finding| is_new(&finding))).then_some(path)
            })
            .collect();
        println!("{rule}, {name}: {} of {all} found", all - missed.len());
        missed.iter().for_each(|path| println!("  missed in {path}"));
        assert!(all > 0, "{name}: no place for it");
        let share = (all - missed.len()) as f64 / all as f64;
        assert!(share >= *least, "{name}: {share}");
    }
}

/// A number that is the same in every run, and another one for every text.
fn seeded(at: usize) -> u64 {
    (at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 16
}

/// One of several, by the seed.
fn one<T>(all: Vec<T>, seed: u64) -> Option<T> {
    let count = all.len() as u64;
    all.into_iter().nth((seed % count.max(1)) as usize)
}

/// The text with the first number of a citation raised.
fn raised(checked: &CheckedDraft, seed: u64, internal: bool) -> Option<Draft> {
    let annotation = &checked.annotation;
    let places = annotation.facts.iter().enumerate().flat_map(|(at, facts)| {
        let citations = facts.citations.iter().filter(move |citation| {
            let own = citation.form == CitationForm::Internal;
            let full =
                citation.paragraphs().next().is_some_and(|address| address.parse::<u32>().is_ok());
            full && if internal { own } else { !own && citation.resolved() }
        });
        citations.map(move |citation| (at, citation))
    });
    let (at, citation) = one(places.collect(), seed)?;
    let address = citation.paragraphs().next()?;
    let mut draft = annotation.draft.clone();
    let text = &mut draft.paragraphs.get_mut(at)?.text;
    let place = citation.span.start + citation.span.slice(text).find(address)?;
    let raised = (address.parse::<u32>().ok()? + RAISED).to_string();
    text.replace_range(place..place + address.len(), &raised);
    Some(draft)
}

fn raised_pinpoint(checked: &CheckedDraft, seed: u64) -> Option<Draft> {
    raised(checked, seed, false)
}

fn raised_internal(checked: &CheckedDraft, seed: u64) -> Option<Draft> {
    raised(checked, seed, true)
}

/// Places of paragraphs of the resolution itself that stand between two numbered ones.
fn between(draft: &Draft) -> Vec<usize> {
    let numbered = |at: usize| {
        let paragraph = draft.paragraphs.get(at);
        paragraph.is_some_and(|p| {
            p.annex.is_none() && p.number.as_ref().is_some_and(|n| n.parse::<u32>().is_ok())
        })
    };
    (1..draft.paragraphs.len()).filter(|at| (at - 1..=at + 1).all(numbered)).collect()
}

fn taken_out(checked: &CheckedDraft, seed: u64) -> Option<Draft> {
    let mut draft = checked.annotation.draft.clone();
    let at = one(between(&draft), seed)?;
    draft.paragraphs.remove(at);
    Some(draft)
}

fn repeated(checked: &CheckedDraft, seed: u64) -> Option<Draft> {
    let mut draft = checked.annotation.draft.clone();
    let at = one(between(&draft), seed)?;
    draft.paragraphs[at].number = draft.paragraphs[at - 1].number.clone();
    Some(draft)
}

fn exchanged(checked: &CheckedDraft, seed: u64) -> Option<Draft> {
    let mut draft = checked.annotation.draft.clone();
    let at = one(between(&draft), seed)?;
    let own = draft.paragraphs[at].number.take();
    draft.paragraphs[at].number = std::mem::replace(&mut draft.paragraphs[at + 1].number, own);
    Some(draft)
}

/// A list (a), (b), (c) becomes (a), (d), (c).
fn label_left_out(checked: &CheckedDraft, seed: u64) -> Option<Draft> {
    let mut draft = checked.annotation.draft.clone();
    let labels = draft.paragraphs.iter().enumerate().flat_map(|(at, paragraph)| {
        let second =
            paragraph.parts.iter().filter(|part| part.label.slice(&paragraph.text) == "(b)");
        second.map(move |part| (at, part.label))
    });
    let (at, label) = one(labels.collect(), seed)?;
    draft.paragraphs[at].text.replace_range(label.start..label.end, "(d)");
    Some(draft)
}

fn bracket(checked: &CheckedDraft, seed: u64, sign: &str) -> Option<Draft> {
    let mut draft = checked.annotation.draft.clone();
    let at = (seed % draft.paragraphs.len().max(1) as u64) as usize;
    let text = &mut draft.paragraphs.get_mut(at)?.text;
    let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    text.insert_str(one(spaces, seed >> 8)? + 1, sign);
    Some(draft)
}

/// A name that is introduced in a text stands in its first paragraph already.
fn too_early(checked: &CheckedDraft, seed: u64) -> Option<Draft> {
    let mut draft = checked.annotation.draft.clone();
    let names = draft.paragraphs.iter().filter(|p| p.annex.is_none()).flat_map(|paragraph| {
        let inside = paragraph.text.split('(').skip(1).filter_map(|rest| rest.split(')').next());
        let roman = |name: &str| name.bytes().all(|b| b"IVXLCDM".contains(&b));
        let capitals = |name: &str| name.bytes().all(|b| b.is_ascii_uppercase());
        inside.filter(move |name| name.len() > 2 && capitals(name) && !roman(name))
    });
    let name = one(names.collect(), seed)?.to_owned();
    let first = draft.paragraphs.first_mut().filter(|first| !first.text.contains(&name))?;
    first.text.push_str(&format!(" Noting the work of the {name}."));
    Some(draft)
}
