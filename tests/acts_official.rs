//! The opening acts the United Nations marked in italics go in; how many are found as marked comes out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may fail loudly and shows its figures"
)]

mod common;

use adref::text::opening_act;
use common::{Node, is_unseen, official_files, tree};

/// A paragraph whose opening words are in italics, and those words.
struct Marked {
    text: String,
    words: String,
}

/// Marked openings of preambular containers and numbered paragraphs in English.
///
/// Left out: paragraphs in italics throughout (headings, titles), and openings that name the speaker.
fn marked(root: &Node) -> Vec<Marked> {
    let mut all = Vec::new();
    root.all(&mut all);
    let mut out = Vec::new();
    for node in all {
        let numbered = node.children.iter().any(|child| child.name == "num");
        let preambular = node.name == "container"
            && !matches!(node.attribute("name"), "formula" | "table" | "enactingFormula");
        if !(preambular || node.name == "paragraph" && numbered) {
            continue;
        }
        let Some(first) = node.named("p").into_iter().next() else { continue };
        let mut text = String::new();
        first.words_without(&["authorialNote"], &mut text);
        let text = text.trim().to_owned();
        let mut words = String::new();
        for child in &first.children {
            let italic = child.name == "span" && child.attribute("class") == "italic";
            let space = child.name.is_empty() && child.text.trim().is_empty();
            if !(italic || space) {
                break;
            }
            child.words_without(&[], &mut words);
        }
        let words = words.trim().to_owned();
        let speaker = words.starts_with("The ") || words.starts_with("We,");
        if !words.is_empty() && words.len() < text.len() && !speaker {
            out.push(Marked { text, words });
        }
    }
    out
}

fn folded(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\u{2011}')))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// What counts as equal: both begin at the first word, and they end at the same word or at most one
/// word apart.
fn nearly(found: &[String], marked: &[String]) -> bool {
    let common = found.iter().zip(marked).take_while(|(a, b)| a == b).count();
    common > 0 && common == found.len().min(marked.len()) && found.len().abs_diff(marked.len()) <= 1
}

#[derive(Default)]
struct Tally {
    all: usize,
    same: usize,
    near: usize,
    base: usize,
    misses: Vec<String>,
}

#[test]
fn acts_as_marked_by_the_united_nations() {
    let files = official_files();
    if files.is_empty() {
        eprintln!("no data: set ADREF_DATA to the folder that holds un/akn");
        return;
    }
    let mut tallies = [Tally::default(), Tally::default()];
    for path in files.iter().filter(|path| !path.to_string_lossy().contains("languages")) {
        let tally = &mut tallies[usize::from(is_unseen(path))];
        for Marked { text, words } in marked(&tree(path)) {
            tally.all += 1;
            let Some(act) = opening_act(&text) else {
                tally
                    .misses
                    .push(format!("NONE  {words} | {}", text.chars().take(90).collect::<String>()));
                continue;
            };
            let span = act.span.slice(&text);
            let (found, wanted) = (folded(span), folded(&words));
            let near = nearly(&found, &wanted);
            // The base found for the marked words alone; "express" alone leaves its noun unmarked.
            let alone = opening_act(&words).map(|act| act.base);
            let base = alone.is_some_and(|base| base == act.base);
            tally.same += usize::from(found == wanted);
            tally.near += usize::from(near);
            tally.base += usize::from(base && near);
            if !(near && base) {
                tally.misses.push(format!("SPAN  {words} | {span} | {:?} {alone:?}", act.base));
            }
        }
    }
    for (tally, name) in tallies.iter().zip(["seen", "unseen"]) {
        let share = |count: usize| count as f64 / tally.all.max(1) as f64;
        println!(
            "{name}: {} marked openings; span equal {:.4}, within one word {:.4}, with the base {:.4}",
            tally.all,
            share(tally.same),
            share(tally.near),
            share(tally.base)
        );
        if std::env::var_os("ADREF_SHOW").is_some() && name == "seen" {
            for miss in &tally.misses {
                println!("{miss}");
            }
        }
        assert!(share(tally.base) >= 0.98, "{name}");
    }
}
