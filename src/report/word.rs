//! Annotations and comparisons, and the Word files they are about, in; Word files that show them out.

use super::diff::{Compared, word};
use super::docx::calls::is_plain;
use super::docx::clean::laid_out;
use super::docx::markup::is_barred;
use super::docx::{Signature, annotated};
use crate::model::{
    Annotation, AsideKind, Draft, FootnoteCounts, Library, Paragraph, called_by_headings,
};

/// An unusual file is laid out anew; what was laid out here is never unusual.
const UNUSUAL: &str = "the Word file could not be written";

/// The draft as a Word file in which words have colours, and paragraphs comments with their marks and sources. `base`
/// is the Word file that it was read from, with all tracked changes accepted; a draft of another format is laid out
/// as a United Nations draft.
///
/// # Errors
/// When the file is damaged.
pub fn annotated_word(
    annotation: &Annotation,
    library: &Library,
    base: Option<&[u8]>,
    signature: &Signature,
) -> Result<Vec<u8>, String> {
    if let Some(base) = base
        && let Some(bytes) =
            annotated::write(annotation, &annotation.draft, library, base, signature)?
    {
        return Ok(bytes);
    }
    let (base, draft) = laid_out(&annotation.draft)?;
    let written = annotated::write(annotation, &draft, library, &base, signature)?;
    written.ok_or_else(|| UNUSUAL.to_owned())
}

/// The old draft as a Word file with tracked changes that make the new one of it. `base` is the Word file that the old
/// draft was read from, with all tracked changes accepted; a draft of another format is laid out as a United Nations
/// draft.
///
/// # Errors
/// When the file is damaged.
pub fn redline_word(
    compared: Compared<'_>,
    base: Option<&[u8]>,
    signature: &Signature,
) -> Result<Vec<u8>, String> {
    if let Some(base) = base
        && let Some(bytes) = word::write(compared, (base, false), signature)?
    {
        return Ok(bytes);
    }
    if compared.old.paragraphs.is_empty() && compared.old.headings.is_empty() {
        return Err("the old draft holds no text that changes could stand in".to_owned());
    }
    let (base, old) = laid_out(compared.old)?;
    let written = word::write(Compared { old: &old, ..compared }, (&base, true), signature)?;
    written.ok_or_else(|| UNUSUAL.to_owned())
}

/// What of a draft no Word file can hold: how many characters, and the id of the first paragraph that has some, if one has.
pub fn unwritable(draft: &Draft) -> (usize, Option<&str>) {
    let count = |text: &str| text.chars().filter(|c| is_barred(*c)).count();
    let titles = draft.front.title.iter().map(|title| count(title));
    let headings = draft.headings.iter().map(|heading| count(&heading.text));
    let notes = draft.footnotes.iter().map(|note| count(&note.text));
    let own = |paragraph: &Paragraph| {
        let struck = paragraph.asides.iter().filter(|aside| aside.kind == AsideKind::Struck);
        count(&paragraph.text) + struck.map(|aside| count(&aside.text)).sum::<usize>()
    };
    let all = titles.chain(headings).chain(notes).chain(draft.paragraphs.iter().map(own)).sum();
    let first = draft.paragraphs.iter().find(|paragraph| own(paragraph) > 0);
    (all, first.map(|paragraph| paragraph.id.as_str()))
}

/// How many footnotes differ that a redline leaves as they are in the old one, as neither a paragraph nor a heading calls
/// them.
pub fn footnotes_apart(compared: Compared<'_>) -> FootnoteCounts {
    let Compared { old, new, comparison, .. } = compared;
    if !is_plain(old, new) {
        return comparison.footnotes;
    }
    let (before, now) = (called_by_headings(old), called_by_headings(new));
    let apart = comparison.uncalled.iter().filter(|change| match change.new {
        Some(new) => !now.contains(&new),
        None => change.old.is_none_or(|old| !before.contains(&old)),
    });
    FootnoteCounts::of(apart)
}
