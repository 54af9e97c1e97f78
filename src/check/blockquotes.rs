//! A paragraph in; the lines of it that stand as a quotation of their own out.

use crate::model::{Paragraph, Set, Span};
use crate::text::Quotation;

/// The quotations that a file sets apart, lines one behind the other as one.
pub(super) fn blockquotes(paragraph: &Paragraph) -> Vec<Quotation> {
    let mut found: Vec<Span> = Vec::new();
    let mut start = 0;
    for line in paragraph.text.split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let mut settings = paragraph.settings.iter();
        let apart = |setting: &crate::model::Setting| {
            setting.how == Set::Quotation && setting.span.contains(span)
        };
        if span.is_empty() || !settings.any(apart) {
            continue;
        }
        match found.last_mut() {
            Some(last) if span.start == last.end + 1 => last.end = span.end,
            _ => found.push(span),
        }
    }
    found.into_iter().map(|span| Quotation { span, inside: span }).collect()
}
