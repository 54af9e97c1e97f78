//! A draft or a comparison that is wanted as a Word file in; the file, signed as the user says, out.

use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::date::date;
use super::output::{Ended, mention, mention_in_short, say};
use super::places::places;
use super::{Common, Revisions, input};
use adref::model::{Annotation, Draft, FootnoteCounts, Severity};
use adref::pipeline::{self, Annotator};
use adref::read::{Kind, kind};
use adref::report::{self, Compared, Signature};

/// In whose name a Word file is written.
#[derive(clap::Args)]
pub(super) struct Signed {
    /// In a Word file: the author of comments and tracked changes
    #[arg(long, default_value = "adref", value_name = "NAME", value_parser = author)]
    author: String,
    /// In a Word file: the day of comments and tracked changes [default: none]
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<String>,
}

/// A name that Word can show.
fn author(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() {
        return Err("write a name: --author \"Chair\"".to_owned());
    }
    Ok(name.to_owned())
}

/// A day as it stands in a Word file.
fn day(text: &str) -> Result<String, String> {
    if text.len() != "2024-09-22".len() {
        return Err("write a day: 2024-09-22".to_owned());
    }
    Ok(format!("{}T00:00:00Z", date(text)?))
}

impl Signed {
    fn signature(&self) -> Signature {
        Signature { author: self.author.clone(), date: self.date.clone() }
    }
}

/// The draft called `name` with its marks, sources and departures in a Word file.
pub(super) fn annotate(name: &str, signed: &Signed, common: &Common) -> Result<Ended> {
    if input::addressed(name).1.is_some() {
        bail!("a Word file holds the whole draft; leave out the number behind its name");
    }
    let places = places(name, common)?;
    let (draft, bytes) = input::draft_and_bytes(name, common.reading())?;
    let base = base(&draft, &bytes, common)?;
    draft.findings.iter().for_each(mention);
    let thresholds = places.config.thresholds;
    let library =
        pipeline::library_for(&[&draft], &places.library, &thresholds, &common.holding())?;
    mention_in_short(&library.findings);
    let annotation: Annotation = Annotator::new(&library, thresholds).annotate(draft);
    let held = library.entries.iter().map(|entry| entry.text.path.as_str());
    common.spares([annotation.draft.path.as_str()].into_iter().chain(held).map(Path::new))?;
    let written = report::annotated_word(&annotation, &library, base, &signed.signature());
    common.write_word(&written.map_err(|error| anyhow!("{name}: {error}"))?)?;
    tell_unwritable(&annotation.draft);
    let lost = library.findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if lost { Ended::Incomplete } else { Ended::Clean })
}

/// A comparison as tracked changes in a Word file; `bytes` are those of the old draft.
pub(super) fn redline(
    compared: Compared<'_>,
    bytes: &[u8],
    signed: &Signed,
    common: &Common,
) -> Result<()> {
    let base = base(compared.old, bytes, common)?;
    let written = report::redline_word(compared, base, &signed.signature());
    common.write_word(&written.map_err(|error| anyhow!("{}: {error}", compared.old.path))?)?;
    if base.is_none() {
        tell_unwritable(compared.old);
    }
    tell_unwritable(compared.new);
    let FootnoteCounts { removed, added, edited } = report::footnotes_apart(compared);
    if removed + added + edited > 0 {
        say(&format!(
            "note: footnotes that neither a paragraph nor a heading calls are not compared in the Word file, which keeps those of \
             the old draft; {edited} with other words, {removed} only in the old draft, {added} only in the new one\n"
        ));
    }
    Ok(())
}

/// Says what of a draft stands as a question mark in the Word file.
fn tell_unwritable(draft: &Draft) {
    let (count, first) = report::unwritable(draft);
    let characters = if count == 1 { "a character" } else { "characters" };
    let first = first.map_or(String::new(), |id| format!(", the first in paragraph {id}"));
    if count > 0 {
        say(&format!(
            "note: {}: {characters} that no Word file can hold ({count}{first}); in the Word file “\u{FFFD}” stands for each. Take \
             such control characters out of the draft\n",
            draft.path
        ));
    }
}

/// The bytes of a draft that is a Word file already.
fn base<'b>(draft: &Draft, bytes: &'b [u8], common: &Common) -> Result<Option<&'b [u8]>> {
    if kind(bytes) != Kind::Docx {
        return Ok(None);
    }
    let changed = draft.paragraphs.iter().any(|paragraph| !paragraph.revisions.is_empty());
    if common.revisions != Revisions::Accept && changed {
        bail!(
            "{}: its tracked changes stay in a Word file that is made of it; leave out --revisions",
            draft.path
        );
    }
    Ok(Some(bytes))
}
