//! Two drafts and what became of the one in the other in; text for a terminal, a forge, a program or a spreadsheet out.

mod brackets;
mod columns;
pub(super) mod concordance;
mod critic;
pub(super) mod drawn;
pub(super) mod footnotes;
mod guided;
mod html;
pub(super) mod json;
pub(super) mod markdown;
pub(super) mod notes;
mod pieces;
mod place;
mod section;
mod sheet;
pub(super) mod terminal;
mod told;
mod view;
pub(super) mod word;
mod words;

use super::html::{Making, TemplateError};
use super::sheet::WorkbookError;
use crate::model::{Change, ChangeKind, Comparison, Draft, Library, Paragraph};

/// How a comparison is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DiffFormat {
    /// For reading in a terminal.
    #[default]
    Terminal,
    /// For a forge or a word processor.
    Markdown,
    /// For programs: `schemas/diff-1.json`.
    Json,
    /// The new draft in Markdown, with every change marked in it after <http://criticmarkup.com>.
    CriticMarkup,
    /// The concordance, for a spreadsheet.
    Csv,
    /// A page for a browser, that needs nothing else.
    Html,
}

/// What a comparison shows, and how wide.
#[derive(Clone, Debug)]
pub struct DiffOptions {
    /// How it is written.
    pub format: DiffFormat,
    /// Show only changes of these kinds; all where empty.
    pub only: Vec<ChangeKind>,
    /// Show only the changes that hold the paragraph with this id or number, of either draft.
    pub paragraph: Option<String>,
    /// Show the counts and the numbers only.
    pub summary: bool,
    /// Show so many unchanged paragraphs before and after each change.
    pub context: usize,
    /// Show the old text beside the new one, where the terminal is wide enough.
    pub side_by_side: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether the terminal shows colours; without them every change is written in characters.
    pub color: bool,
    /// How HTML is made.
    pub making: Making,
}

impl Default for DiffOptions {
    fn default() -> Self {
        Self {
            format: DiffFormat::Terminal,
            only: Vec::new(),
            paragraph: None,
            summary: false,
            context: 0,
            side_by_side: false,
            width: 80,
            color: false,
            making: Making::default(),
        }
    }
}

/// Two drafts that were compared.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'d> {
    /// The old draft.
    pub old: &'d Draft,
    /// The new draft.
    pub new: &'d Draft,
    /// What became of the old one in the new one.
    pub comparison: &'d Comparison,
    /// The library that both were held against, where there is one.
    pub library: Option<&'d Library>,
}

/// Reports on a comparison.
///
/// # Errors
/// When HTML is wanted, and the user's template is at fault.
pub fn diff(compared: Compared<'_>, options: &DiffOptions) -> Result<String, TemplateError> {
    Ok(match options.format {
        DiffFormat::Terminal => terminal::write(compared, options),
        DiffFormat::Markdown => markdown::write(compared, options),
        DiffFormat::Json => json::write(compared, options),
        DiffFormat::CriticMarkup => critic::write(compared),
        DiffFormat::Csv => sheet::sheet(compared, options).csv(),
        DiffFormat::Html => html::write(compared, options)?,
    })
}

/// The concordance of a comparison as an Excel workbook.
///
/// # Errors
/// When it holds more than Excel takes.
pub fn diff_xlsx(compared: Compared<'_>, options: &DiffOptions) -> Result<Vec<u8>, WorkbookError> {
    sheet::sheet(compared, options).xlsx()
}

impl DiffOptions {
    /// True where the report may leave changes out.
    fn is_partial(&self) -> bool {
        !self.only.is_empty() || self.paragraph.is_some()
    }

    /// True where the report has this change, be it told in full or counted among the unchanged.
    fn takes(&self, change: &Change, compared: Compared<'_>) -> bool {
        let called = |wanted: &String| compared.paragraphs(change).any(|p| p.is_called(wanted));
        // Where only a footnote was edited, the paragraph is as it was.
        let edited = change.kind == ChangeKind::Unchanged && !change.footnotes.is_empty();
        (self.only.is_empty()
            || self.only.contains(&change.kind)
            || edited && self.only.contains(&ChangeKind::Edited))
            && self.paragraph.as_ref().is_none_or(called)
    }
}

impl<'d> Compared<'d> {
    fn changes(self) -> &'d [Change] {
        &self.comparison.changes
    }

    fn old_of(self, change: &Change) -> impl Iterator<Item = &'d Paragraph> {
        change.old.iter().filter_map(move |at| self.old.paragraphs.get(*at))
    }

    fn new_of(self, change: &Change) -> impl Iterator<Item = &'d Paragraph> {
        change.new.iter().filter_map(move |at| self.new.paragraphs.get(*at))
    }

    /// The paragraphs of both sides, the new ones first.
    fn paragraphs(self, change: &Change) -> impl Iterator<Item = &'d Paragraph> {
        self.new_of(change).chain(self.old_of(change))
    }

    /// For each paragraph of the old draft, the index of the change that holds it.
    fn by_old(self) -> Vec<Option<usize>> {
        by(self.old.paragraphs.len(), self.changes(), |change| &change.old)
    }

    /// For each paragraph of the new draft, the index of the change that holds it.
    fn by_new(self) -> Vec<Option<usize>> {
        by(self.new.paragraphs.len(), self.changes(), |change| &change.new)
    }
}

fn by(
    count: usize,
    changes: &[Change],
    side: impl Fn(&Change) -> &Vec<usize>,
) -> Vec<Option<usize>> {
    let mut holding = vec![None; count];
    for (index, change) in changes.iter().enumerate() {
        for at in side(change) {
            holding.iter_mut().skip(*at).take(1).for_each(|slot| *slot = Some(index));
        }
    }
    holding
}
