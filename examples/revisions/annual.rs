//! Resolutions of several years with one title in; how `compare` pairs one year's paragraphs with the next one's, and
//! where a global assignment by similarity alone disagrees, out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use adref::compare::compare;
use adref::model::{ChangeKind, Draft};
use anyhow::Result;

use super::assign::assign;
use super::edit::{bag, similarity};
use super::pool::{Pool, Work};

/// So many disagreements are written.
const SAMPLE: usize = 30;

/// Pairs below this are no pairs for the assignment.
const LEAST: f64 = 0.3;

/// Prints counts; writes a sample of disagreements to `disagree.txt` in a folder.
pub(crate) fn report(pool: &Pool, folder: Option<&Path>) -> Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut pairs, mut paragraphs, mut one_to_one, mut similar) = (0, 0, 0, 0.0);
    let (mut same, mut differ) = (0, Vec::new());
    for (old, new) in yearly(pool) {
        let comparison = compare(&old.draft, &new.draft);
        pairs += 1;
        paragraphs += old.draft.paragraphs.len() + new.draft.paragraphs.len();
        for change in &comparison.changes {
            *counts.entry(change.kind.word()).or_default() += change.old.len() + change.new.len();
        }
        let found: Vec<(usize, usize)> = comparison
            .changes
            .iter()
            .filter_map(|change| match (change.old.as_slice(), change.new.as_slice()) {
                ([old], [new]) => Some((*old, *new)),
                _ => None,
            })
            .collect();
        let in_many: Vec<usize> = comparison
            .changes
            .iter()
            .filter(|change| matches!(change.kind, ChangeKind::Split | ChangeKind::Merged))
            .flat_map(|change| change.new.iter().copied())
            .collect();
        let words = [&old.draft, &new.draft]
            .map(|draft| draft.paragraphs.iter().map(bag).collect::<Vec<_>>());
        one_to_one += found.len();
        similar += found.iter().map(|(o, n)| similarity(&words[0][*o], &words[1][*n])).sum::<f64>();
        let best = assign(&words[0], &words[1], LEAST);
        for (n, wanted) in best.iter().enumerate().filter(|(n, _)| !in_many.contains(n)) {
            let got = found.iter().find(|(_, new)| *new == n).map(|(old, _)| *old);
            if got == *wanted || is_equal(&words[0], got, *wanted) {
                same += 1;
            } else {
                differ.push(disagreement((old, new), n, got, *wanted, &words));
            }
        }
    }
    println!("\nOne title in two years: {pairs} pairs of resolutions, {paragraphs} paragraphs\n");
    let counts: Vec<String> =
        counts.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    println!("paragraphs by kind: {}", counts.join(", "));
    println!(
        "{one_to_one} pairs one to one, mean similarity {:.3}; with the best global assignment agree {same} paragraphs, \
         differ {}",
        similar / one_to_one.max(1) as f64,
        differ.len()
    );
    if let Some(folder) = folder {
        let shown: Vec<&str> = differ
            .iter()
            .step_by((differ.len() / SAMPLE).max(1))
            .take(SAMPLE)
            .map(String::as_str)
            .collect();
        fs::create_dir_all(folder)?;
        fs::write(folder.join("disagree.txt"), shown.join("\n"))?;
    }
    Ok(())
}

/// Resolutions of one title in the order of their sessions, each with the next.
pub(crate) fn yearly(pool: &Pool) -> Vec<(&Work, &Work)> {
    let mut titles: BTreeMap<&str, Vec<&Work>> = BTreeMap::new();
    pool.works.iter().for_each(|work| titles.entry(&work.title).or_default().push(work));
    let mut pairs = Vec::new();
    for works in titles.values_mut() {
        works.sort_by_key(|work| &work.session);
        // Several of one session under one title are parts A, B, C: which follows which is not known.
        let sessions: Vec<&str> = works.iter().map(|work| work.session.as_str()).collect();
        if sessions.windows(2).all(|two| two[0] != two[1]) {
            pairs.extend(works.windows(2).map(|two| (two[0], two[1])));
        }
    }
    pairs
}

fn is_equal(words: &[Vec<u64>], a: Option<usize>, b: Option<usize>) -> bool {
    a.zip(b).is_some_and(|(a, b)| words[a] == words[b])
}

fn disagreement(
    (old, new): (&Work, &Work),
    at: usize,
    got: Option<usize>,
    wanted: Option<usize>,
    words: &[Vec<Vec<u64>>; 2],
) -> String {
    let mut text = format!("{} ({} → {})\n", new.title, old.session, new.session);
    let flat = |draft: &Draft, at: usize| draft.paragraphs[at].text.replace('\n', " / ");
    let _ = writeln!(text, "  new {at}: {}", flat(&new.draft, at));
    for (name, other) in [("compare", got), ("assignment", wanted)] {
        let _ = match other {
            Some(other) => {
                let near = similarity(&words[0][other], &words[1][at]);
                writeln!(text, "  {name} {near:.2}, old {other}: {}", flat(&old.draft, other))
            }
            None => writeln!(text, "  {name}: none"),
        };
    }
    text
}
