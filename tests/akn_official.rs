//! Every official AKN file in; how many of its words and numbers the reader kept, out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may fail loudly and shows its figures"
)]

mod common;

use std::collections::HashMap;

use adref::model::{AsideKind, Draft};
use common::{Node, is_unseen, official_files, tree};

/// What is not the text itself: facts about the document, cover page, title, place and date of adoption.
const DROPPED: [&str; 6] =
    ["meta", "presentation", "coverPage", "preface", "conclusions", "collectionBody"];
/// Elements that do not part the words around them.
const RUNNING: [&str; 6] = ["span", "a", "sup", "inline", "img", "authorialNote"];

#[derive(Default)]
struct Words {
    text: String,
    notes: String,
    /// Where in `text` each printed number stands, and the number.
    numbers: Vec<(usize, String)>,
}

/// All words of the text, in the order of the file.
fn words_in(node: &Node, table: bool, out: &mut Words) {
    if DROPPED.contains(&node.name.as_str()) {
        return;
    }
    if node.name == "authorialNote" {
        node.words_without(&[], &mut out.notes);
        out.notes.push(' ');
        return;
    }
    let table = table || node.name == "table" || node.attribute("class") == "FootnoteText";
    let parts = !node.name.is_empty() && !RUNNING.contains(&node.name.as_str());
    let call = table && node.name == "sup";
    if parts || call {
        out.text.push(' ');
    }
    let start = out.text.len();
    out.text.push_str(&node.text);
    for child in &node.children {
        words_in(child, table, out);
    }
    if node.name == "num" {
        let number = out.text[start..].to_owned();
        out.numbers.push((out.text.len(), number));
    }
    if parts || call {
        out.text.push(' ');
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn bag<T: std::hash::Hash + Eq>(items: impl IntoIterator<Item = T>) -> HashMap<T, usize> {
    let mut bag = HashMap::new();
    for item in items {
        *bag.entry(item).or_default() += 1;
    }
    bag
}

/// How many of `wanted` are not in `found`, and which.
fn missing<T: std::hash::Hash + Eq + Clone>(
    wanted: &HashMap<T, usize>,
    found: &HashMap<T, usize>,
) -> Vec<T> {
    let lacks = |item: &T, count: usize| count.saturating_sub(*found.get(item).unwrap_or(&0));
    wanted
        .iter()
        .flat_map(|(item, count)| std::iter::repeat_n(item.clone(), lacks(item, *count)))
        .collect()
}

/// Every word the draft holds.
fn words_out(draft: &Draft) -> String {
    let mut out = String::new();
    for paragraph in &draft.paragraphs {
        out.push_str(paragraph.number.as_deref().unwrap_or_default());
        out.push(' ');
        out.push_str(&paragraph.text);
        out.push('\n');
    }
    for heading in &draft.headings {
        out.push_str(&heading.text);
        out.push('\n');
    }
    for note in &draft.footnotes {
        out.push_str(&note.text);
        out.push('\n');
    }
    out
}

/// A number with the first word after it.
fn numbered(number: &str, after: &str) -> (String, String) {
    let number: String = number.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    (number.trim().to_owned(), words(after).next().unwrap_or_default().to_owned())
}

fn numbers_out(draft: &Draft) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for paragraph in &draft.paragraphs {
        if let Some(number) = &paragraph.number {
            out.push(numbered(number, &paragraph.text));
        }
        for part in &paragraph.parts {
            let after = &paragraph.text[part.label.end..];
            out.push(numbered(part.label.slice(&paragraph.text), after));
        }
    }
    for heading in &draft.headings {
        let (first, rest) = heading.text.split_once(' ').unwrap_or((&heading.text, ""));
        out.push(numbered(first, rest));
    }
    out
}

#[derive(Default)]
struct Tally {
    words: usize,
    lost: usize,
    extra: usize,
    numbers: usize,
    unnumbered: usize,
    notes: usize,
}

#[test]
fn words_and_numbers_of_official_files() {
    let files = official_files();
    if files.is_empty() {
        eprintln!("no data: set ADREF_DATA to the folder that holds un/akn");
        return;
    }
    let show = std::env::var_os("ADREF_SHOW").is_some();
    let mut tallies = [Tally::default(), Tally::default()];
    for path in &files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let draft = adref::read::read(&path.to_string_lossy(), &std::fs::read(path).unwrap())
            .unwrap_or_else(|error| panic!("{error}"));
        let mut inside = Words::default();
        words_in(&tree(path), false, &mut inside);
        let all = format!("{} {}", inside.text, inside.notes);
        let calls: Vec<&str> = draft
            .paragraphs
            .iter()
            .flat_map(|p| &p.asides)
            .filter(|a| {
                a.kind == AsideKind::Footnote && !a.text.bytes().all(|b| b.is_ascii_digit())
            })
            .map(|a| a.text.as_str())
            .chain(draft.footnotes.iter().map(|n| n.label.as_str()))
            .filter(|label| !label.bytes().all(|b| b.is_ascii_digit()))
            .collect();
        let out = words_out(&draft);
        let found = bag(words(&out).chain(calls.iter().flat_map(|c| words(c))));
        let wanted = bag(words(&all));
        let lost = missing(&wanted, &found);
        let extra = missing(&found, &wanted);

        let printed: Vec<_> = inside
            .numbers
            .iter()
            .map(|(at, number)| numbered(number, &inside.text[*at..]))
            .collect();
        let unnumbered = missing(&bag(printed), &bag(numbers_out(&draft)));

        let tally = &mut tallies[usize::from(is_unseen(path))];
        tally.words += words(&all).count();
        tally.lost += lost.len();
        tally.extra += extra.len();
        tally.numbers += inside.numbers.len();
        tally.unnumbered += unnumbered.len();
        tally.notes += draft.footnotes.len();
        if show
            && !is_unseen(path)
            && !(lost.is_empty() && extra.is_empty() && unnumbered.is_empty())
        {
            let few = |list: &[&str]| list.iter().take(8).copied().collect::<Vec<_>>().join(" ");
            println!(
                "{name}: lost {} ({}), extra {} ({})",
                lost.len(),
                few(&lost),
                extra.len(),
                few(&extra)
            );
            for (number, words) in unnumbered.iter().take(8) {
                println!("    number {number:?} before {words:?}");
            }
        }

        let front = &draft.front;
        assert!(front.symbol.is_some() && front.title.is_some(), "{name}: {front:?}");
        assert!(front.adopted.is_some() && front.body.is_some(), "{name}: {front:?}");
        for paragraph in &draft.paragraphs {
            assert_eq!(paragraph.text.trim(), paragraph.text, "{name}");
            assert_ne!(paragraph.annex.as_deref(), Some(""), "{name}");
            for link in &paragraph.links {
                assert!(!link.span.slice(&paragraph.text).is_empty(), "{name}: {link:?}");
            }
            for aside in &paragraph.asides {
                assert!(paragraph.text.is_char_boundary(aside.at), "{name}");
            }
            for part in &paragraph.parts {
                assert!(part.span.contains(part.label), "{name}: {part:?}");
            }
        }
    }
    for (tally, name) in tallies.iter().zip(["seen", "unseen"]) {
        let share = |lost: usize, all: usize| 1.0 - lost as f64 / all.max(1) as f64;
        let (words, numbers) =
            (share(tally.lost, tally.words), share(tally.unnumbered, tally.numbers));
        println!(
            "{name}: {} words, {words:.5} kept, {} added; {} numbers, {numbers:.5} accounted for; {} footnotes",
            tally.words, tally.extra, tally.numbers, tally.notes
        );
        assert!(words >= 0.999, "{name}: words {words}");
        assert!(share(tally.extra, tally.words) >= 0.999, "{name}: added {}", tally.extra);
        assert!(numbers >= 0.995, "{name}: numbers {numbers}");
    }
}
