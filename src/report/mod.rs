//! Annotated drafts, comparisons and the library in; text and files, for people and for programs, out.

mod agreed;
mod akn;
mod answers;
mod check;
mod cited;
mod diff;
mod docx;
mod draft;
mod evidence;
mod history;
mod html;
mod inline;
mod json;
mod markdown;
mod pieces;
mod pretty;
mod redline;
mod references;
mod rows;
mod search;
mod sheet;
mod short;
mod suggest;
mod taken;
mod terminal;
mod trace;
mod word;
mod wrap;

use crate::model::{Annotation, Facts, Library, Mark, Paragraph};

pub use akn::akn;
pub use answers::{search_json, suggest_json, trace_json};
pub use check::{CheckFormat, CheckOptions, Findings, findings, rule, rule_for_terminal, rules};
pub use diff::{Compared, DiffFormat, DiffOptions, diff, diff_xlsx};
pub use docx::Signature;
pub use draft::draft;
pub use history::{HistoryFormat, HistoryOptions, history, history_xlsx};
pub use html::{Making, Template, TemplateError, fault_html};
pub use references::{
    reference_csv, reference_json, reference_list, reference_text, reference_xlsx,
};
pub use search::{search, search_csv};
pub use sheet::WorkbookError;
pub use suggest::suggest;
pub use taken::taken_over;
pub use trace::{Told, trace};
pub use word::{annotated_word, footnotes_apart, redline_word, unwritable};
pub use wrap::sanitized;

/// How a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For reading in a terminal.
    #[default]
    Terminal,
    /// For a forge or a word processor.
    Markdown,
    /// For programs: `schemas/annotate-1.json`.
    Json,
    /// A page for a browser, that needs nothing else.
    Html,
    /// A row for each paragraph, for a spreadsheet.
    Csv,
}

/// How an answer of the library is shown.
#[derive(Clone, Copy, Debug)]
pub struct Showing {
    /// At most so many paragraphs or wordings; all where none is said.
    pub limit: Option<usize>,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether the terminal shows colours.
    pub color: bool,
}

/// What a report shows, and how wide.
#[derive(Clone, Debug)]
pub struct Options {
    /// How it is written.
    pub format: Format,
    /// Show only paragraphs with one of these marks, `None` standing for placeholders; all where empty.
    pub only: Vec<Option<Mark>>,
    /// Show only the paragraph with this id or number.
    pub paragraph: Option<String>,
    /// Only the counts, the paragraphs of each mark, and in Markdown what they rest on in a line each.
    pub summary: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether several drafts were asked for: their JSON is a list even when only one could be read.
    pub several: bool,
    /// Whether the terminal shows colours; without them every mark is written in characters.
    pub color: bool,
    /// How HTML is made.
    pub making: Making,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: Format::Terminal,
            only: Vec::new(),
            paragraph: None,
            summary: false,
            several: false,
            width: 80,
            color: false,
            making: Making::default(),
        }
    }
}

impl Options {
    /// True when the report shows this paragraph.
    fn shows(&self, paragraph: &Paragraph, facts: &Facts) -> bool {
        let marked = self.only.contains(&facts.marking.mark);
        let wanted = |wanted: &String| paragraph.is_called(wanted);
        (self.only.is_empty() || marked) && self.paragraph.as_ref().is_none_or(wanted)
    }

    /// True when the report may leave paragraphs out.
    fn is_partial(&self) -> bool {
        !self.only.is_empty() || self.paragraph.is_some()
    }

    /// What to say when no paragraph is as asked.
    fn none_shown(&self) -> String {
        let marks: Vec<&str> = self.only.iter().map(|mark| evidence::mark_word(*mark)).collect();
        match &self.paragraph {
            Some(paragraph) => {
                format!("Paragraph {paragraph} is not marked {}.", marks.join(" or "))
            }
            None => format!("No paragraph of this draft is marked {}.", marks.join(" or ")),
        }
    }
}

/// Reports on annotated drafts, each with the library it was held against, in the order given.
///
/// # Errors
/// When HTML is wanted, and the user's template is at fault.
pub fn annotations(
    drafts: &[(&Annotation, &Library)],
    options: &Options,
) -> Result<String, TemplateError> {
    let write = match options.format {
        Format::Json => return Ok(json::write(drafts, options)),
        Format::Html => return html::annotated(drafts, options),
        Format::Csv => return Ok(rows::sheet(drafts, options).csv()),
        Format::Markdown => markdown::write,
        Format::Terminal => terminal::write,
    };
    let written = drafts.iter().map(|(draft, library)| write(draft, library, options));
    Ok(written.collect::<Vec<_>>().join("\n"))
}

/// The table of all paragraphs of annotated drafts as an Excel workbook.
///
/// # Errors
/// When they are more than Excel takes.
pub fn annotations_xlsx(
    drafts: &[(&Annotation, &Library)],
    options: &Options,
) -> Result<Vec<u8>, WorkbookError> {
    rows::sheet(drafts, options).xlsx()
}
