//! A draft and one of its paragraphs in; the lines of it that stand as a quotation of their own, behind `>`, out.

use crate::model::{Draft, Paragraph, Span};
use crate::text::Quotation;

/// The quotations that a Markdown file sets apart, lines one behind the other as one. Other files tell nothing of them.
pub(super) fn blockquotes(draft: &Draft, paragraph: &Paragraph) -> Vec<Quotation> {
    let mut found: Vec<Span> = Vec::new();
    let mut start = 0;
    for line in paragraph.text.split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        if span.is_empty() || !is_set_apart(draft, paragraph, span.start) {
            continue;
        }
        match found.last_mut() {
            Some(last) if span.start == last.end + 1 => last.end = span.end,
            _ => found.push(span),
        }
    }
    found.into_iter().map(|span| Quotation { span, inside: span }).collect()
}

/// No words of a Markdown file stand further from the margin than so many characters.
const MARGIN: usize = 64;

/// True where `>` opens the line of the file that a byte of the paragraph comes from.
fn is_set_apart(draft: &Draft, paragraph: &Paragraph, at: usize) -> bool {
    let before = draft.source.get(..paragraph.origin.source_offset(at)).unwrap_or_default();
    let line = before.chars().rev().take(MARGIN).take_while(|c| *c != '\n');
    // The number of an item may stand before it: "9. > words".
    let is_margin = |c: char| c.is_ascii_digit() || matches!(c, '>' | '.' | ')' | '-' | '*' | ' ');
    let mut is_quoted = false;
    line.inspect(|c| is_quoted |= *c == '>').all(is_margin) && is_quoted
}
