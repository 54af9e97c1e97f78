//! Findings in; each with its place in the text and what to do, as compilers show theirs, out.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use colored::Colorize;

use super::summary::Summary;
use super::{CheckOptions, Findings};
use crate::model::{Draft, Finding, Severity, paragraph_name};
use crate::report::sanitized;
use crate::report::wrap::{Look, Styled, folded};

/// Columns of a line that its number, its marks and the name of its paragraph take.
const FRAME: usize = 30;

/// Columns that the help takes before its words: the number of the line, and `= help: `.
const HELP: usize = 14;

/// A line of text is cut to no less than this, however narrow the terminal.
const NARROWEST: usize = 40;

pub(super) fn write(told: Findings<'_>, options: &CheckOptions) -> String {
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(options.width.max(NARROWEST));
    let mut out = String::new();
    for finding in told.findings {
        let draft = told.draft_of(finding);
        let text = match finding.severity {
            Severity::Note => in_short(finding, draft, options),
            _ => shown(finding, draft, &renderer, options.width.max(NARROWEST)),
        };
        out.push_str(&text);
        out.push_str("\n\n");
    }
    out + &closing(&Summary::of(told))
}

/// A note, without the words it is about: there may be many, and they must not hide the rest.
fn in_short(finding: &Finding, draft: Option<&Draft>, options: &CheckOptions) -> String {
    let place = finding.at.map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
    let paragraph = finding.paragraph.as_ref().map(|id| format!(", {}", paragraph_name(id, draft)));
    let mut text = Styled::default();
    text.push(format!("note[{}]", finding.rule), Look::Strong);
    text.push(format!(" {}{place}{}", finding.path, paragraph.unwrap_or_default()), Look::Faint);
    for line in [Some(&finding.message), finding.help.as_ref()].into_iter().flatten() {
        text.end_line(NOTE);
        text.push(line, Look::Plain);
    }
    text.wrapped((0, NOTE), options.width.max(NARROWEST), options.color).trim_end().to_owned()
}

/// Columns before what a note says.
const NOTE: usize = 2;

/// One finding with the words it is about.
fn shown(finding: &Finding, draft: Option<&Draft>, renderer: &Renderer, width: usize) -> String {
    let longest = width.saturating_sub(FRAME);
    let (level, name) = match finding.severity {
        Severity::Error => (Level::ERROR, "error"),
        Severity::Warning => (Level::WARNING, "warning"),
        Severity::Note => (Level::NOTE, "note"),
    };
    // `warning[rule]: ` stands before the message, and its further lines are indented by as much.
    let message =
        folded(&finding.message, width.saturating_sub(name.len() + finding.rule.len() + 4));
    let title = level.primary_title(message).id(finding.rule);
    let place = Place::of(finding, draft);
    let path = sanitized(&place.path);
    let title = Group::with_title(title);
    let group = match &place.words {
        Some(words) => {
            // A long stretch is marked where it begins: a line that runs over the edge cannot be read.
            let marked = AnnotationKind::Primary.span(words.begin(longest));
            let snippet = Snippet::source(words.line.as_str())
                .annotation(marked.label(paragraph(finding, draft)));
            match words.number {
                Some(number) => title.element(snippet.line_start(number).path(path)),
                // Lines and columns would be those of no file.
                None => title.element(Origin::path(path)).element(snippet.line_numbering(false)),
            }
        }
        None => title.element(Origin::path(path)),
    };
    let help = finding.help.as_deref().map(|help| folded(help, width.saturating_sub(HELP)));
    let group =
        help.into_iter().fold(group, |group, help| group.element(Level::HELP.message(help)));
    // Between a file without lines and its words the renderer leaves a line that says nothing.
    let shown = renderer.render(&[group]);
    let lines = shown.lines().filter(|line| sanitized(line).trim() != ":::");
    lines.collect::<Vec<_>>().join("\n")
}

/// The paragraph by its name, where the file's own lines do not tell it well enough.
fn paragraph(finding: &Finding, draft: Option<&Draft>) -> Option<String> {
    let id = finding.paragraph.as_ref().filter(|_| finding.at.is_some())?;
    Some(sanitized(&paragraph_name(id, draft)))
}

/// Where a finding stands, in words and in the text.
struct Place {
    path: String,
    words: Option<Words>,
}

/// A line of the draft, or a paragraph of a file without lines, and the words concerned in it.
struct Words {
    line: String,
    number: Option<usize>,
    from: usize,
    to: usize,
}

impl Words {
    /// The words concerned, or the first of them where they are more than so many characters.
    fn begin(&self, longest: usize) -> Range<usize> {
        let words = self.line.get(self.from..self.to).unwrap_or_default();
        let end = words.char_indices().nth(longest).map_or(words.len(), |(at, _)| at);
        self.from..self.from + end
    }
}

impl Place {
    fn of(finding: &Finding, draft: Option<&Draft>) -> Self {
        let words = draft
            .and_then(|draft| in_line(finding, draft).or_else(|| in_paragraph(finding, draft)));
        let paragraph = finding.paragraph.as_ref().filter(|_| finding.at.is_none());
        let path = match paragraph {
            Some(id) => format!("{}, {}", finding.path, paragraph_name(id, draft)),
            None => finding.path.clone(),
        };
        Self { path, words }
    }
}

/// The first line that the words concerned stand in.
fn in_line(finding: &Finding, draft: &Draft) -> Option<Words> {
    let at = finding.at?;
    let line = draft.source.lines().nth(at.line - 1)?;
    let byte = |column: usize| line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
    let from = byte(at.column);
    let to = match finding.until {
        Some(until) if until.line == at.line => byte(until.column).max(from),
        Some(_) => line.len(),
        None => line.len(),
    };
    Some(Words { line: visible(line), number: Some(at.line), from, to })
}

/// The words of the paragraph itself, for a file that has no lines.
fn in_paragraph(finding: &Finding, draft: &Draft) -> Option<Words> {
    let id = finding.paragraph.as_ref()?;
    let paragraph = draft.paragraphs.iter().find(|paragraph| paragraph.id == *id)?;
    let text = paragraph.text.as_str();
    let span = finding.span.unwrap_or_default();
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..)?.lines().next()?;
    let to = (span.end - start).min(line.len());
    Some(Words { line: visible(line), number: None, from: span.start - start, to })
}

/// A line in which every control character is a space of the same length, so that places stay.
fn visible(line: &str) -> String {
    line.chars()
        .flat_map(|c| {
            let hidden = c.is_control() || sanitized(c.encode_utf8(&mut [0; 4])).is_empty();
            let (kept, times) = if hidden { (' ', c.len_utf8()) } else { (c, 1) };
            std::iter::repeat_n(kept, times)
        })
        .collect()
}

/// How much was found in all, by rule.
pub(super) fn closing(summary: &Summary) -> String {
    let told = summary.told();
    let told = if summary.errors > 0 {
        told.red().bold()
    } else if summary.warnings > 0 {
        told.yellow().bold()
    } else {
        told.bold()
    };
    let mut out = format!("{told}\n");
    let mut rules: Vec<(&str, usize)> = summary.rules.iter().map(|(rule, n)| (*rule, *n)).collect();
    rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    for (rule, count) in rules {
        out.push_str(&format!("{count:>6}  {rule}\n"));
    }
    for (count, what) in [
        (summary.waived, "waived by the authors"),
        (summary.known, "known to the baseline"),
        (summary.elsewhere, "in paragraphs that did not change"),
        (summary.hidden, "below --min-severity"),
    ] {
        if count > 0 {
            out.push_str(&format!("{count:>6}  more {what}\n"));
        }
    }
    if summary.mended > 0 {
        let entries =
            if summary.mended == 1 { "1 entry" } else { &format!("{} entries", summary.mended) };
        out.push_str(&format!(
            "{entries} of the baseline found no more: --write-baseline takes them out\n"
        ));
    }
    out
}
