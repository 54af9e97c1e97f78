//! Findings in; each with its place in the text and what to do, as compilers show theirs, out.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use colored::Colorize;

use super::summary::Summary;
use super::{CheckOptions, Findings};
use crate::model::{Draft, Finding, Severity};
use crate::report::sanitized;

/// A line of text is cut to no less than this, however narrow the terminal.
const NARROWEST: usize = 40;

pub(super) fn write(told: Findings<'_>, options: &CheckOptions) -> String {
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(options.width.max(NARROWEST));
    let mut out = String::new();
    for finding in told.findings {
        let draft = told.drafts.iter().find(|draft| draft.path == finding.path);
        out.push_str(&shown(finding, draft.copied(), &renderer));
        out.push_str("\n\n");
    }
    out + &closing(&Summary::of(told))
}

/// One finding with the words it is about.
fn shown(finding: &Finding, draft: Option<&Draft>, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = sanitized(&finding.message);
    let title = level.primary_title(message).id(finding.rule);
    let place = Place::of(finding, draft);
    let path = sanitized(&place.path);
    let group = match &place.words {
        Some(words) => Group::with_title(title).element(
            Snippet::source(words.line.as_str())
                .line_numbering(words.number.is_some())
                .line_start(words.number.unwrap_or(1))
                .path(path)
                .annotation(
                    AnnotationKind::Primary.span(words.from..words.to).label(paragraph(finding)),
                ),
        ),
        None => Group::with_title(title).element(Origin::path(path)),
    };
    let help = finding.help.as_deref().map(sanitized);
    let group =
        help.into_iter().fold(group, |group, help| group.element(Level::HELP.message(help)));
    renderer.render(&[group])
}

/// The paragraph by its name, where the file's own lines do not tell it well enough.
fn paragraph(finding: &Finding) -> Option<String> {
    let id = finding.paragraph.as_ref().filter(|_| finding.at.is_some())?;
    Some(format!("paragraph {}", sanitized(id)))
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

impl Place {
    fn of(finding: &Finding, draft: Option<&Draft>) -> Self {
        let words = draft
            .and_then(|draft| in_line(finding, draft).or_else(|| in_paragraph(finding, draft)));
        let paragraph = finding.paragraph.as_ref().filter(|_| finding.at.is_none());
        let path = match paragraph {
            Some(paragraph) => format!("{}, paragraph {paragraph}", finding.path),
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
