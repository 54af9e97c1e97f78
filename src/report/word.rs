//! Annotations and comparisons, and the Word files they are about, in; Word files that show them out.

use super::diff::{Compared, word};
use super::docx::calls::is_plain;
use super::docx::clean::laid_out;
use super::docx::{Signature, annotated};
use crate::model::{Annotation, FootnoteCounts, Library, called_by_headings};

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
