//! Annotated drafts in; a row for each paragraph, with its mark, its sources and how it departs from them, out.

use super::Options;
use super::cited::library_line;
use super::evidence::{Evidence, evidence, fidelity_word, percent, told, verdict_word};
use super::sheet::{Cell, Column, Sheet};
use crate::model::{Annotation, Facts, Library, Paragraph, Via};

/// The columns, with their widths. The draft is named where there are several.
const COLUMNS: [(&str, f64); 12] = [
    ("draft", 24.0),
    ("number", 9.0),
    ("section", 26.0),
    ("mark", 12.0),
    ("fidelity", 10.0),
    ("coverage", 10.0),
    ("words", 8.0),
    ("new words", 8.0),
    ("sources", 34.0),
    ("names", 30.0),
    ("departures", 46.0),
    ("text", 80.0),
];

/// The table of all paragraphs that are shown.
pub(super) fn sheet(drafts: &[(&Annotation, &Library)], options: &Options) -> Sheet {
    let skipped = usize::from(drafts.len() < 2);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (annotation, library) in drafts {
        let shown = annotation.paragraphs().filter(|(p, f)| options.shows(p, f));
        for (paragraph, facts) in shown {
            let order = Cell::Count(rows.len() + 1);
            let row = row(annotation, paragraph, facts, library).into_iter().skip(skipped);
            rows.push(std::iter::once(order).chain(row).collect());
        }
    }
    let columns = COLUMNS.iter().skip(skipped);
    let columns = columns.map(|(title, width)| Column::new(*title, *width));
    Sheet {
        name: "Paragraphs",
        columns: std::iter::once(Column::order()).chain(columns).collect(),
        rows,
        about: drafts.iter().flat_map(|(annotation, _)| about(annotation)).collect(),
    }
}

fn row(
    annotation: &Annotation,
    paragraph: &Paragraph,
    facts: &Facts,
    library: &Library,
) -> [Cell; 12] {
    let marking = &facts.marking;
    let told = evidence(paragraph, facts, library);
    let shown: Vec<&Evidence> = told.iter().filter(|e| e.leads || e.via == Via::Citation).collect();
    let lines = |line: &dyn Fn(&Evidence) -> Option<String>| {
        Cell::lines(shown.iter().filter_map(|evidence| line(evidence)).collect())
    };
    let source = |evidence: &Evidence| {
        let share = percent(evidence.coverage);
        Some(match evidence.via {
            Via::Text => format!("{} ({share})", evidence.place()),
            Via::Citation => format!("{} (cited)", evidence.place()),
        })
    };
    let departures = |evidence: &Evidence| {
        let told: Vec<String> = evidence.departures.iter().map(|edit| edit.told()).collect();
        (!told.is_empty()).then(|| format!("{}: {}", evidence.place(), told.join("; ")))
    };
    [
        Cell::text(annotation.draft.label()),
        Cell::text(paragraph.shown_number().unwrap_or_else(|| paragraph.id.clone())),
        Cell::text(paragraph.section.join(" › ")),
        Cell::text(verdict_word(paragraph, marking.mark)),
        Cell::text(fidelity_word(marking.fidelity).unwrap_or_default()),
        Cell::Share(marking.coverage.share()),
        Cell::Count(marking.coverage.total),
        Cell::Count(marking.coverage.total - marking.coverage.carried),
        lines(&source),
        lines(&|evidence| evidence.beside().map(str::to_owned)),
        lines(&departures),
        Cell::text(&paragraph.text),
    ]
}

fn about(annotation: &Annotation) -> Vec<(&'static str, String)> {
    let draft = &annotation.draft;
    let summary = annotation.summary();
    let carried = summary.words.carried as f64 / summary.words.total.max(1) as f64;
    let mut about = vec![("draft", draft.label().to_owned())];
    about.extend(draft.front.stage.clone().map(|stage| ("stage", stage)));
    about.extend(draft.front.date.clone().map(|date| ("date", date)));
    about.push((
        "paragraphs",
        format!(
            "{}: {} reaffirmed, {} recalled, {} new, {} without a mark",
            summary.paragraphs,
            summary.reaffirmed,
            summary.recalled,
            summary.new,
            summary.placeholders + summary.struck
        ),
    ));
    about.push((
        "words",
        format!("{}, {} of them agreed language", summary.words.total, percent(carried)),
    ));
    about.push(("library", library_line(annotation.held)));
    about.extend(annotation.silence.map(|silence| ("remark", told(silence))));
    about
}
