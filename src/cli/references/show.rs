//! `adref references show`: a source in; its text, or one paragraph of it, out.

use anyhow::{Result, bail};

use super::super::Common;
use super::super::output::Ended;
use adref::model::{Entry, Library, Paragraph};
use adref::report;

/// Show a reference, or one paragraph of it: A/RES/70/125#9, or GDC#22
#[derive(clap::Args)]
pub(super) struct Show {
    /// Symbol or name, with `#` and a paragraph number where one paragraph is wanted
    #[arg(value_name = "SOURCE[#PARAGRAPH]")]
    source: String,
}

pub(super) fn run(command: &Show, common: &Common) -> Result<Ended> {
    let (library, ended) = super::load(common)?;
    common.write(&show(&command.source, &library, common)?)?;
    Ok(ended)
}

fn show(source: &str, library: &Library, common: &Common) -> Result<String> {
    let (name, address) = match source.split_once('#') {
        Some((name, address)) => (name.trim(), Some(address.trim())),
        // As reports print it: `A/RES/70/125, para. 9`.
        None => match source.split_once(", para.") {
            Some((name, address)) => (name.trim(), Some(address.trim_matches([' ', '\u{a0}']))),
            None => (source.trim(), None),
        },
    };
    let (entries, annex) = library.find_part(name);
    if entries.is_empty() {
        let near = library.nearest(name).map_or(String::new(), |n| format!("; did you mean {n}?"));
        bail!("the library holds nothing called {name}{near}");
    }
    let mut shown = Vec::new();
    for entry in &entries {
        let mut found: Vec<(&Paragraph, Option<&str>)> = match address {
            None => entry.text.paragraphs.iter().map(|p| (p, None)).collect(),
            Some(address) => entry.paragraphs_at(address),
        };
        found.retain(|(p, _)| annex.is_none() || entry.annex(p) == annex.as_deref());
        if !found.is_empty() {
            let (width, color) = (common.width(), common.colored());
            shown.push(report::reference_text(library, entry, &found, width, color));
        }
    }
    if shown.is_empty() {
        let held = held_of(&entries);
        match address {
            Some(address) => bail!("{name} has no paragraph {address} in the library{held}"),
            None => bail!("{name}: the text in the library has no such annex{held}"),
        }
    }
    Ok(shown.join("\n"))
}

/// What is held of a text, where it is not held in full.
fn held_of(entries: &[&Entry]) -> String {
    if entries.iter().all(|entry| entry.is_full()) {
        return String::new();
    }
    let numbers: Vec<&str> = entries
        .iter()
        .flat_map(|entry| &entry.text.paragraphs)
        .filter_map(|paragraph| paragraph.number.as_deref())
        .collect();
    if numbers.is_empty() {
        return ", which holds only excerpts without numbers".to_owned();
    }
    format!(", which holds only excerpts: {}", numbers.join(", "))
}
