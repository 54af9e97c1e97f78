//! What is wrong with a text: rule, place and advice in; nothing out, it is a fact.

use serde::Serialize;

use super::{Position, Span};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably a slip.
    Warning,
    /// Must be put right.
    Error,
}

/// A fault in a text, with its place and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Short name of the rule that found it, such as `front-matter`.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The file, as the user named it.
    pub path: String,
    /// Where in the file it begins; absent where the file as a whole is meant.
    pub at: Option<Position>,
    /// Where in the file it ends, exclusive; absent where no words are meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Position>,
    /// Id of the paragraph concerned.
    pub paragraph: Option<String>,
    /// The words concerned, in that paragraph's text.
    #[serde(skip)]
    pub span: Option<Span>,
    /// What the finding is known by from one run to the next: it stays the same while text elsewhere changes. Empty
    /// where nobody compares runs.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub fingerprint: String,
}

impl Finding {
    /// The rule that finds documents of kinds that are not read.
    pub const NOT_READ: &'static str = "not-read";

    /// A warning about a whole file; add a place with [`Finding::at`] and advice with [`Finding::help`].
    pub fn warning(rule: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Warning,
            message: message.into(),
            help: None,
            path: path.to_owned(),
            at: None,
            until: None,
            paragraph: None,
            span: None,
            fingerprint: String::new(),
        }
    }

    /// An error about a whole file.
    pub fn error(rule: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, ..Self::warning(rule, path, message) }
    }

    /// A note about a whole file.
    pub fn note(rule: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::warning(rule, path, message) }
    }

    /// True where a text is lost for every answer: its file cannot be read, or is of a kind that is not read.
    pub fn is_loss(&self) -> bool {
        self.severity == Severity::Error || self.rule == Self::NOT_READ
    }

    /// The same finding at a place.
    pub fn at(self, at: Option<Position>) -> Self {
        Self { at, ..self }
    }

    /// The same finding with advice.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same finding about one paragraph.
    pub fn paragraph(self, id: &str) -> Self {
        Self { paragraph: Some(id.to_owned()), ..self }
    }
}

/// What is known of a rule beside what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name: `false-pin`.
    pub name: &'static str,
    /// How much its findings matter where nobody says otherwise.
    pub severity: Severity,
    /// A text that opens with what it finds, why that matters, an example, and what to do instead: Markdown in lines
    /// that begin with `//!`.
    pub page: &'static str,
}

impl Rule {
    /// What it finds, why that matters, an example, and what to do instead: Markdown.
    pub fn explanation(&self) -> String {
        let lines = self.page.lines().map_while(|line| line.strip_prefix("//!"));
        let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What it finds, in one sentence.
    pub fn brief(&self) -> String {
        let explanation = self.explanation();
        let first = explanation.split("\n\n").next().unwrap_or(self.name);
        first.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// What came of checking drafts.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The findings, by file, then by place.
    pub findings: Vec<Finding>,
    /// How many findings their authors waived, each with a reason.
    pub waived: usize,
}
