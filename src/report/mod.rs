//! Annotated drafts and the library in; text for a terminal, a forge or a program out.

mod evidence;
mod json;
mod markdown;
mod pieces;
mod references;
mod terminal;
mod wrap;

use crate::model::{Annotation, Facts, Library, Mark, Paragraph};

pub use references::{reference_list, reference_text};
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
}

/// What a report shows, and how wide.
#[derive(Clone, Debug)]
pub struct Options {
    /// How it is written.
    pub format: Format,
    /// Show only paragraphs with one of these marks; all where empty.
    pub only: Vec<Mark>,
    /// Show only the paragraph with this id or number.
    pub paragraph: Option<String>,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether the terminal shows colours; without them every mark is written in characters.
    pub color: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: Format::Terminal,
            only: Vec::new(),
            paragraph: None,
            width: 80,
            color: false,
        }
    }
}

impl Options {
    /// True when the report shows this paragraph.
    fn shows(&self, paragraph: &Paragraph, facts: &Facts) -> bool {
        let marked = facts.marking.mark.is_some_and(|mark| self.only.contains(&mark));
        let wanted =
            |wanted: &String| *wanted == paragraph.id || paragraph.number.as_ref() == Some(wanted);
        (self.only.is_empty() || marked) && self.paragraph.as_ref().is_none_or(wanted)
    }
}

/// Reports on annotated drafts, in the order given.
pub fn annotations(drafts: &[Annotation], library: &Library, options: &Options) -> String {
    match options.format {
        Format::Json => json::write(drafts, library, options),
        Format::Markdown => {
            let written = drafts.iter().map(|draft| markdown::write(draft, library, options));
            written.collect::<Vec<_>>().join("\n")
        }
        Format::Terminal => {
            let written = drafts.iter().map(|draft| terminal::write(draft, library, options));
            written.collect::<Vec<_>>().join("\n")
        }
    }
}
