//! An annotated draft in; its counts, the paragraphs of each mark, and what the others rest on, short enough for the
//! comment of a forge, out.

use super::Options;
use super::diff::concordance::{label, ranges};
use super::evidence::{Evidence, evidence, fidelity_word, percent, sign, verdict_word};
use super::markdown::{escaped, top};
use super::terminal::Page;
use crate::model::{Annotation, Facts, Library, Mark, Paragraph, Via};

/// A comment on GitHub takes 65,536 characters; what a workflow writes around the report needs some as well.
const LONGEST: usize = 60_000;

/// The marks in the order they are told.
const MARKS: [Option<Mark>; 4] =
    [Some(Mark::New), Some(Mark::Recalled), Some(Mark::Reaffirmed), None];

/// Writes the short report in Markdown.
pub(super) fn markdown(annotation: &Annotation, library: &Library, options: &Options) -> String {
    let mut out = top(annotation);
    for (mark, word, numbers) in numbers(annotation, options) {
        out.push_str(&format!("- {} {word}: {}\n", sign(mark), escaped(&numbers)));
    }
    out.push('\n');
    let linked = annotation.paragraphs().filter(|(p, f)| options.shows(p, f));
    let linked: Vec<_> = linked.filter(|(_, facts)| !facts.marking.sources.is_empty()).collect();
    if linked.is_empty() {
        return out;
    }
    out.push_str("| paragraph | mark | rests on | departures |\n|---|---|---|---|\n");
    for (at, (paragraph, facts)) in linked.iter().enumerate() {
        let row = row(paragraph, facts, library);
        if out.len() + row.len() > LONGEST {
            let left = linked.len() - at;
            out.push_str(&format!("\n… and {left} more, which the whole report has.\n"));
            break;
        }
        out.push_str(&row);
    }
    out
}

/// Writes the short report for a terminal.
pub(super) fn terminal(annotation: &Annotation, page: &Page<'_>, options: &Options) -> String {
    let mut out = page.head(annotation);
    for (mark, word, numbers) in numbers(annotation, options) {
        out.push_str(&page.listed(word, mark, &numbers));
    }
    out + "\n" + &page.foot(annotation)
}

/// The marks, each with the paragraphs that have it: `1–4, 6`.
fn numbers(
    annotation: &Annotation,
    options: &Options,
) -> Vec<(Option<Mark>, &'static str, String)> {
    let of = |mark: Option<Mark>| {
        let own = || {
            let shown = annotation.paragraphs().filter(|(p, f)| options.shows(p, f));
            shown.filter(move |(_, facts)| facts.marking.mark == mark).map(|(p, _)| p)
        };
        let first = own().next()?;
        Some((mark, verdict_word(first, mark), ranges(own())))
    };
    MARKS.into_iter().filter_map(of).collect()
}

fn row(paragraph: &Paragraph, facts: &Facts, library: &Library) -> String {
    let marking = &facts.marking;
    let told = evidence(paragraph, facts, library);
    let shown: Vec<&Evidence> = told.iter().filter(|e| e.leads || e.via == Via::Citation).collect();
    let mark = [
        Some(format!("{} {}", sign(marking.mark), verdict_word(paragraph, marking.mark))),
        fidelity_word(marking.fidelity).map(str::to_owned),
        (marking.coverage.carried > 0).then(|| percent(marking.coverage.share())),
    ];
    let places: Vec<String> = shown.iter().map(|evidence| evidence.place()).collect();
    let edits = shown.iter().flat_map(|evidence| &evidence.departures);
    let edits: Vec<String> = edits.map(|edit| edit.told()).collect();
    let cells = [
        label(paragraph),
        mark.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        places.join("; "),
        edits.join("; "),
    ];
    format!("| {} |\n", cells.map(|cell| escaped(&cell).replace('\n', " ")).join(" | "))
}
