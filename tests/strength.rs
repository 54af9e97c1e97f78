//! Pairs of paragraphs in; whether the acts and modal verbs that took the place of others are told, out.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

use adref::compare::compare;
use adref::model::{Draft, Strength};
use adref::read;

const CASES: &str = include_str!("strength/cases.tsv");

fn draft(text: &str) -> Draft {
    // Around it stands what did not change, so that the two are paired however much they differ.
    let text = format!("1. First come the words.\n\n2. {text}\n\n3. Last comes the end of them.\n");
    read::read("draft.md", text.as_bytes()).unwrap()
}

#[test]
fn acts_in_the_place_of_others_are_told() {
    let mut wrong = Vec::new();
    let cases = CASES.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    for line in cases {
        let mut fields = line.split('\t');
        let (old, new) = (fields.next().unwrap(), fields.next().unwrap());
        let expected: Vec<&str> = fields.collect();
        let comparison = compare(&draft(old), &draft(new));
        let told = comparison.changes.iter().flat_map(|change| &change.acts);
        let told: Vec<&str> = told
            .flat_map(|act| {
                let strength = match act.strength {
                    Some(Strength::Weaker) => "weaker",
                    Some(Strength::Stronger) => "stronger",
                    Some(Strength::Reversed) => "reversed",
                    None => "-",
                };
                [act.old.as_str(), act.new.as_str(), strength]
            })
            .collect();
        if told != expected {
            wrong.push(format!("{old}\n{new}\n  expected {expected:?}\n  told     {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
