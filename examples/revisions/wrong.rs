//! Scores in; the cases that came out wrong, with their texts, out.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::score::{Score, Wrong};
use super::sheet::Pair;

/// So many cases are written.
const MOST: usize = 200;

/// Every wrong case as a reader needs it.
pub(crate) fn cases(pair: &Pair, score: &Score) -> Vec<String> {
    score.wrong.iter().map(|wrong| case(pair, wrong)).collect()
}

fn case(pair: &Pair, wrong: &Wrong) -> String {
    let truth = &wrong.truth;
    let mut text = format!(
        "true: {} {:?} → {:?}{}{}\n",
        truth.kind.word(),
        truth.old,
        truth.new,
        if truth.open { ", moved or not" } else { "" },
        if truth.faint { ", beyond recognition" } else { "" },
    );
    let (mut old, mut new) = (truth.old.clone(), truth.new.clone());
    for change in &wrong.found {
        let _ = writeln!(
            text,
            "found: {} {:?} → {:?}, similarity {:.2}",
            change.kind.word(),
            change.old,
            change.new,
            change.similarity
        );
        old.extend(&change.old);
        new.extend(&change.new);
    }
    for (side, draft, mut list) in [("old", &pair.old, old), ("new", &pair.new, new)] {
        list.sort_unstable();
        list.dedup();
        for at in list {
            let paragraph = &draft.paragraphs[at];
            let number = paragraph.number.as_deref().unwrap_or("-");
            let _ =
                writeln!(text, "  {side} {at} ({number}): {}", paragraph.text.replace('\n', " / "));
        }
    }
    text
}

/// Writes cases evenly taken from all of them.
pub(crate) fn write(path: &Path, cases: &[String]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let shown: Vec<&str> =
        cases.iter().step_by(cases.len().div_ceil(MOST).max(1)).map(String::as_str).collect();
    let head = format!("{} of {} wrong cases\n\n", shown.len(), cases.len());
    fs::write(path, head + &shown.join("\n"))?;
    Ok(())
}
