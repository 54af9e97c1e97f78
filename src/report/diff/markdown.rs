//! A comparison in; Markdown that a forge renders out.

use rayon::prelude::*;

use super::notes::notes;
use super::pieces::{Kind, Piece, pieces};
use super::told::{
    Head, NO_DIFFERENCE, head, heading, none_shown, part, pointer, summary, titles, unchanged,
};
use super::view::{Item, items};
use super::{Compared, DiffOptions, concordance, footnotes};
use crate::model::{Change, FootnoteChange};
use crate::report::markdown::{body, escaped};
use crate::report::pieces as set;

/// Writes the report.
pub(super) fn write(compared: Compared<'_>, options: &DiffOptions) -> String {
    let mut out = top(compared);
    if options.summary {
        return out;
    }
    let items = items(compared, options);
    if !items.iter().any(|item| matches!(item, Item::Change(_) | Item::Heading(..))) {
        out.push_str(&format!("{}\n", escaped(&none_shown(options, compared))));
        return out;
    }
    out.push_str("New words are **bold**, words taken out are ~~struck through~~.\n\n");
    let written: Vec<String> = items.par_iter().map(|item| shown(item, compared)).collect();
    out.push_str(&written.concat());
    let uncalled = &compared.comparison.uncalled;
    if !uncalled.is_empty() && !options.is_partial() {
        out.push_str(&format!("*{}*\n\n", footnotes::UNCALLED));
        uncalled.iter().for_each(|note| out.push_str(&footnote(note, compared)));
        out.push('\n');
    }
    out
}

fn shown(item: &Item<'_>, compared: Compared<'_>) -> String {
    match item {
        Item::Heading(change, level, text) => {
            let marks = "#".repeat((level + 1).min(6));
            let told = heading(change, compared)
                .map_or(String::new(), |told| format!(" · *heading {}*", escaped(&told)));
            format!("{marks} {}{told}\n\n", escaped(text))
        }
        Item::Change(change) => one(change, compared),
        Item::Unchanged(run) => format!("*{}*\n\n", escaped(&unchanged(run, compared))),
        Item::Pointer(old, change) => {
            format!("*{}*\n\n", escaped(&pointer(*old, change, compared)))
        }
        Item::Part(new, change) => format!("*{}*\n\n", escaped(&part(*new, change, compared))),
    }
}

/// The two drafts, how much differs, and which number became which.
fn top(compared: Compared<'_>) -> String {
    let (title, beside) = titles(compared);
    let mut out = format!("# {}\n\n", escaped(&title));
    beside.iter().for_each(|line| out.push_str(&format!("*{}*\n\n", escaped(line))));
    if compared.comparison.is_identical() {
        out.push_str(&format!("{NO_DIFFERENCE}\n\n"));
        return out;
    }
    let counts = compared.comparison.summary();
    out.push_str(&format!(
        "| unchanged | edited | moved | split | merged | added | removed | renumbered |\n\
         |---:|---:|---:|---:|---:|---:|---:|---:|\n\
         | {} | {} | {} | {} | {} | {} | {} | {} |\n\n",
        counts.unchanged,
        counts.edited,
        counts.moved,
        counts.split,
        counts.merged,
        counts.added,
        counts.removed,
        counts.renumbered,
    ));
    // The table has what the first line of the summary says.
    for line in summary(compared).iter().skip(1) {
        out.push_str(&format!("{}\n\n", escaped(line)));
    }
    for numbers in concordance::lines(compared) {
        out.push_str(&format!("{}\n\n", escaped(&numbers)));
    }
    out
}

/// One change with its head, its words and its notes.
pub(in crate::report) fn one(change: &Change, compared: Compared<'_>) -> String {
    let Head { number, was, kind, rest } = head(change, compared);
    let mut out = String::new();
    if !number.is_empty() {
        out.push_str(&format!("**{}** ", escaped(&number)));
    }
    if !was.is_empty() {
        out.push_str(&format!("{} ", escaped(&was)));
    }
    out.push_str(&format!("· **{kind}**"));
    rest.iter().for_each(|fact| out.push_str(&format!(" · {}", escaped(fact))));
    out.push_str("\n\n");
    let own = pieces(&change.segments, change.differs());
    // What is new as a whole says so in its head; in bold it would only shout.
    let text = body(&as_set(&own, &change.new, compared), !change.old.is_empty());
    // A border between paragraphs is one here, too.
    out.push_str(&text.replace("  \n  \n", "\n\n"));
    out.push_str("\n\n");
    for note in notes(change, compared) {
        out.push_str(&format!("- {}\n", escaped(&note)));
    }
    for note in &change.footnotes {
        out.push_str(&footnote(note, compared));
    }
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
    out
}

/// A footnote that differs, an item of a list.
fn footnote(note: &FootnoteChange, compared: Compared<'_>) -> String {
    let edited = footnotes::is_edited(note);
    let text = body(&as_set(&pieces(&note.segments, edited), &[], compared), edited);
    format!("- {}: {text}\n", escaped(&footnotes::told(note, compared)))
}

/// The pieces as the reports on one draft set them; of several `news` each begins with its number.
fn as_set(pieces: &[Piece<'_>], news: &[usize], compared: Compared<'_>) -> Vec<set::Piece> {
    let label = |index: usize| {
        let paragraph = news.get(index).and_then(|at| compared.new.paragraphs.get(*at));
        paragraph
            .filter(|_| news.len() > 1)
            .map_or(String::new(), |paragraph| format!("({}) ", concordance::label(paragraph)))
    };
    let mut out = vec![set::Piece::new(set::Kind::Plain, label(0))];
    for piece in pieces {
        let (kind, text) = match piece.kind {
            Kind::Before => continue,
            Kind::Same | Kind::Now | Kind::Cut => (set::Kind::Plain, piece.text.to_string()),
            Kind::In | Kind::Came => (set::Kind::New, piece.text.to_string()),
            Kind::Out | Kind::Went => (set::Kind::Dropped, piece.text.to_string()),
            Kind::Gap => (set::Kind::Gap, piece.text.to_string()),
            Kind::Begins(index) => (set::Kind::Plain, format!("\n\n{}", label(index))),
            Kind::Joined(_) => (set::Kind::Dropped, "¶".to_owned()),
        };
        out.push(set::Piece::new(kind, text));
    }
    out
}
