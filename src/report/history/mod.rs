//! A draft followed through its revisions in; text for a terminal, a forge, a program or a spreadsheet out.

mod heads;
mod html;
mod json;
mod life;
mod markdown;
mod sheet;
mod table;
mod terminal;
mod told;

use super::html::{Making, TemplateError};
use super::sheet::WorkbookError;
use crate::model::{Draft, History, Library, Lineage, Paragraph, Step, StepKind};
use told::happened;

/// How a history is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HistoryFormat {
    /// For reading in a terminal.
    #[default]
    Terminal,
    /// For a forge or a word processor.
    Markdown,
    /// For programs: `schemas/history-1.json`.
    Json,
    /// A row for each paragraph, for a spreadsheet.
    Csv,
    /// A page for a browser, that needs nothing else.
    Html,
}

/// What a history shows, and how wide.
#[derive(Clone, Debug)]
pub struct HistoryOptions {
    /// How it is written.
    pub format: HistoryFormat,
    /// Show only paragraphs to which one of these ever happened; all where empty. `Unchanged` asks for those to which
    /// nothing did, `Edited` also for what was moved or came back with other words, `Split` and `Merged` for both sides of it.
    pub only: Vec<StepKind>,
    /// Show the whole lives of these lineages and no others.
    pub lives: Option<Vec<usize>>,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether the terminal shows colours.
    pub color: bool,
    /// How HTML is made.
    pub making: Making,
}

impl Default for HistoryOptions {
    fn default() -> Self {
        Self {
            format: HistoryFormat::Terminal,
            only: Vec::new(),
            lives: None,
            width: 80,
            color: false,
            making: Making::default(),
        }
    }
}

/// Reports on a history; `library` is what its revisions were held against.
///
/// # Errors
/// When HTML is wanted, and the user's template is at fault.
pub fn history(
    history: &History,
    library: Option<&Library>,
    options: &HistoryOptions,
) -> Result<String, TemplateError> {
    let followed = Followed { history, library };
    Ok(match options.format {
        HistoryFormat::Terminal => terminal::write(followed, options),
        HistoryFormat::Markdown => markdown::write(followed, options),
        HistoryFormat::Json => json::write(followed, options),
        HistoryFormat::Csv => sheet::sheet(followed, options).csv(),
        HistoryFormat::Html => html::write(followed, options)?,
    })
}

/// The table of a history as an Excel workbook.
///
/// # Errors
/// When it holds more than Excel takes.
pub fn history_xlsx(
    history: &History,
    library: Option<&Library>,
    options: &HistoryOptions,
) -> Result<Vec<u8>, WorkbookError> {
    sheet::sheet(Followed { history, library }, options).xlsx()
}

impl HistoryOptions {
    /// The lineages that are shown, each with its index.
    fn shown<'h>(&self, followed: Followed<'h>) -> Vec<(usize, &'h Lineage)> {
        let asked = |lineage: &Lineage| {
            self.only.is_empty() || self.only.iter().any(|kind| happened(followed, lineage, *kind))
        };
        let taken = |(index, lineage): &(usize, &Lineage)| {
            asked(lineage) && self.lives.as_ref().is_none_or(|lives| lives.contains(index))
        };
        followed.history.lineages.iter().enumerate().filter(taken).collect()
    }
}

/// A history and the library its revisions were held against.
#[derive(Clone, Copy, Debug)]
struct Followed<'h> {
    history: &'h History,
    library: Option<&'h Library>,
}

impl<'h> Followed<'h> {
    fn label(self, revision: usize) -> &'h str {
        self.history.revisions.get(revision).map_or("", |revision| revision.label.as_str())
    }

    fn draft(self, revision: usize) -> Option<&'h Draft> {
        self.history.revisions.get(revision).map(|revision| &revision.draft)
    }

    /// The paragraph of a step.
    fn paragraph(self, step: &Step) -> Option<&'h Paragraph> {
        self.draft(step.revision)?.paragraphs.get(step.paragraph?)
    }

    /// The paragraph of a lineage as it was when it was last seen before a revision.
    fn before(self, lineage: &Lineage, revision: usize) -> Option<&'h Paragraph> {
        self.paragraph(lineage.last_seen(revision)?)
    }

    /// The paragraph of a lineage as it was last of all.
    fn newest(self, lineage: &Lineage) -> Option<&'h Paragraph> {
        self.before(lineage, usize::MAX)
    }
}
