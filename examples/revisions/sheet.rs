//! Paragraphs of two revisions and where each came from in; two drafts as Markdown reads them, with the truth, out.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use adref::model::{ChangeKind, Draft};
use adref::read;
use adref::text::Folding;

use super::edit::{bag, similarity};
use super::moves;

/// A paragraph before it is numbered.
pub(crate) struct Item {
    /// 0 is the preamble: without heading and number.
    pub(crate) section: usize,
    pub(crate) text: String,
}

pub(crate) struct Section {
    pub(crate) title: String,
}

/// How a new draft is numbered.
pub(crate) enum Numbering {
    /// In its order, from this number on.
    Anew(usize),
    /// As the old draft, with `12 bis` for what came in or came from elsewhere.
    Kept,
}

/// How a paragraph of the new draft came to be.
pub(crate) struct Made {
    /// Paragraphs of the old draft it is made of, ascending.
    pub(crate) from: Vec<usize>,
    /// True where it was taken to another place.
    pub(crate) travelled: bool,
}

/// Two drafts, and what became of every paragraph.
pub(crate) struct Pair {
    pub(crate) old: Draft,
    pub(crate) new: Draft,
    /// Every paragraph of both stands in exactly one.
    pub(crate) truth: Vec<Truth>,
    /// For each side, a number for each paragraph: the same for paragraphs with the same words, on either side.
    pub(crate) classes: [Vec<usize>; 2],
    /// For each side, the words of each paragraph, sorted.
    pub(crate) bags: [Vec<Vec<u64>>; 2],
}

/// What became of paragraphs.
#[derive(Clone, Debug)]
pub(crate) struct Truth {
    pub(crate) kind: ChangeKind,
    pub(crate) old: Vec<usize>,
    pub(crate) new: Vec<usize>,
    /// Of a moved one: the others it passed, where marking these as moved instead says the same.
    pub(crate) passed: Vec<usize>,
    /// True where it passed nothing but what travelled itself: moved or not is a matter of taste.
    pub(crate) open: bool,
    /// True where so few words are left that taking it for removed and added is right too.
    pub(crate) faint: bool,
}

/// Words that two versions of a paragraph must share for it to be known again.
const FAINT: f64 = 0.3;

/// Makes the pair of drafts; `made` says for each paragraph of the new one what it was made of.
///
/// # Errors
/// Where Markdown does not read back what was written.
pub(crate) fn pair(
    old: (&[Section], Vec<Item>),
    new: (&[Section], Vec<Item>),
    made: &[Made],
    numbering: Numbering,
) -> Result<Pair> {
    let from: Vec<Vec<usize>> = made.iter().map(|made| made.from.clone()).collect();
    let mut next = 0;
    let mut count = |item: &Item| {
        next += usize::from(item.section > 0);
        (item.section > 0).then(|| next.to_string())
    };
    let old_numbers: Vec<Option<String>> = old.1.iter().map(&mut count).collect();
    let new_numbers = match numbering {
        Numbering::Anew(start) => {
            next = start - 1;
            let mut count = |item: &Item| {
                next += usize::from(item.section > 0);
                (item.section > 0).then(|| next.to_string())
            };
            new.1.iter().map(&mut count).collect()
        }
        Numbering::Kept => kept(&new.1, &from, &old_numbers),
    };
    let old = draft("old.md", old.0, &old.1, &old_numbers)?;
    let new = draft("new.md", new.0, &new.1, &new_numbers)?;
    let words = [&old, &new].map(|draft| draft.paragraphs.iter().map(folded).collect::<Vec<_>>());
    let mut numbers: HashMap<&[u64], usize> = HashMap::new();
    let classes = words.each_ref().map(|side| {
        let mut classes = Vec::with_capacity(side.len());
        for words in side {
            let fresh = numbers.len();
            classes.push(*numbers.entry(words.as_slice()).or_insert(fresh));
        }
        classes
    });
    let bags = [&old, &new].map(|draft| draft.paragraphs.iter().map(bag).collect::<Vec<_>>());
    let mut truth = truth(&from, &classes, &bags);
    let travelled: Vec<bool> = made.iter().map(|made| made.travelled).collect();
    moves::mark(&mut truth, &travelled);
    Ok(Pair { old, new, truth, classes, bags })
}

fn folded(paragraph: &adref::model::Paragraph) -> Vec<u64> {
    Folding::general().paragraph(paragraph).iter().map(|word| word.key).collect()
}

const INSERTED: [&str; 9] =
    ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];

/// Old numbers for what ascends, and inserted ones between them.
fn kept(items: &[Item], from: &[Vec<usize>], old: &[Option<String>]) -> Vec<Option<String>> {
    let number = |at: usize| -> Option<usize> {
        let first = from.get(at)?.first()?;
        old.get(*first)?.as_ref()?.parse().ok()
    };
    let mut numbers = Vec::with_capacity(items.len());
    let (mut base, mut after) = (0, 0);
    for (at, item) in items.iter().enumerate() {
        if item.section == 0 {
            numbers.push(None);
            continue;
        }
        // What came from far below is new here: the numbers after it go on as they were.
        let ahead = (at + 1..items.len()).take(20).filter_map(number).min().unwrap_or(usize::MAX);
        match number(at).filter(|own| *own > base && (*own < ahead || after >= INSERTED.len())) {
            Some(own) => {
                (base, after) = (own, 0);
                numbers.push(Some(own.to_string()));
            }
            None => {
                let word = INSERTED.get(after).copied().unwrap_or("decies");
                numbers.push(Some(format!("{base} {word}")));
                after += 1;
            }
        }
    }
    numbers
}

/// Writes a draft as Markdown and reads it; every paragraph must come back as it was.
fn draft(
    name: &str,
    sections: &[Section],
    items: &[Item],
    numbers: &[Option<String>],
) -> Result<Draft> {
    let mut text = "---\ntitle: A made draft\n---\n\n".to_owned();
    let mut section = 0;
    for (item, number) in items.iter().zip(numbers) {
        while section < item.section {
            section += 1;
            let title = sections.get(section).map_or("", |section| &section.title);
            let _ = write!(text, "## {title}\n\n");
        }
        if let Some(number) = number {
            let _ = write!(text, "{number}. ");
        }
        for line in item.text.lines() {
            let _ = write!(text, "{line}\n\n");
        }
    }
    let draft = read::read(name, text.as_bytes()).map_err(|e| anyhow::anyhow!("{e}"))?;
    for (at, item) in items.iter().enumerate() {
        let read =
            draft.paragraphs.get(at).with_context(|| format!("{name}: too few paragraphs"))?;
        ensure!(
            read.text == item.text && read.number == numbers[at],
            "{name}, paragraph {at}: {:?} {:?} came back as {:?} {:?}",
            numbers[at],
            item.text,
            read.number,
            read.text
        );
    }
    ensure!(draft.paragraphs.len() == items.len(), "{name}: too many paragraphs");
    Ok(draft)
}

/// What became of every paragraph, by what each was made of.
fn truth(from: &[Vec<usize>], classes: &[Vec<usize>; 2], bags: &[Vec<Vec<u64>>; 2]) -> Vec<Truth> {
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); bags[0].len()];
    for (new, olds) in from.iter().enumerate() {
        olds.iter().for_each(|old| into[*old].push(new));
    }
    let change = |kind, old: Vec<usize>, new: Vec<usize>| Truth {
        kind,
        old,
        new,
        passed: Vec::new(),
        open: false,
        faint: false,
    };
    let mut truth = Vec::new();
    for (new, olds) in from.iter().enumerate() {
        match olds.as_slice() {
            [] => truth.push(change(ChangeKind::Added, Vec::new(), vec![new])),
            [old] if into[*old].len() > 1 => {
                if into[*old][0] == new {
                    truth.push(change(ChangeKind::Split, vec![*old], into[*old].clone()));
                }
            }
            [old] => {
                let same = classes[0][*old] == classes[1][new];
                let kind = if same { ChangeKind::Unchanged } else { ChangeKind::Edited };
                let faint = similarity(&bags[0][*old], &bags[1][new]) < FAINT;
                truth.push(Truth { faint, ..change(kind, vec![*old], vec![new]) });
            }
            many => truth.push(change(ChangeKind::Merged, many.to_vec(), vec![new])),
        }
    }
    for (old, news) in into.iter().enumerate() {
        if news.is_empty() {
            truth.push(change(ChangeKind::Removed, vec![old], Vec::new()));
        }
    }
    truth
}

impl Pair {
    /// Writes `old.md`, `new.md` and `truth.json` into a folder.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("old.md"), &self.old.source)?;
        fs::write(folder.join("new.md"), &self.new.source)?;
        let changes = self
            .truth
            .iter()
            .map(|truth| json!({ "kind": truth.kind, "old": truth.old, "new": truth.new }));
        let text =
            serde_json::to_string_pretty(&json!({ "changes": changes.collect::<Vec<_>>() }))?;
        fs::write(folder.join("truth.json"), text + "\n")?;
        Ok(())
    }
}
