//! `adref references show`: a source in; its text, or one paragraph of it, out.

use anyhow::{Result, bail};

use super::super::Common;
use super::super::output::Ended;
use super::super::words::words;
use super::language::LanguageName;
use adref::model::{Entry, Library, Paragraph};
use adref::pipeline;
use adref::report;
use adref::text::Language;

/// Show a reference, or one paragraph of it: A/RES/70/125#9, or GDC#22
#[derive(clap::Args)]
pub(super) struct Show {
    /// Symbol or name, with `#` and a paragraph number where one paragraph is wanted
    #[arg(value_name = "SOURCE[#PARAGRAPH]", value_parser = words)]
    source: String,
    /// The language to show; without it English where that is held
    #[arg(long, value_enum)]
    language: Option<LanguageName>,
}

pub(super) fn run(command: &Show, common: &Common) -> Result<Ended> {
    let (name, address) = parted(&command.source);
    let library = pipeline::called(name, &super::held(common)?, &common.holding())?;
    let ended = super::told(&library);
    let wanted = command.language.map(Language::from);
    common.write(&show((name, address), wanted, &library, common)?)?;
    Ok(ended)
}

/// What a reference is called, and its paragraph that is wanted.
fn parted(source: &str) -> (&str, Option<&str>) {
    match source.split_once('#') {
        Some((name, address)) => (name.trim(), Some(address.trim())),
        // As reports print it: `A/RES/70/125, para. 9`.
        None => match source.split_once(", para.") {
            Some((name, address)) => (name.trim(), Some(address.trim_matches([' ', '\u{a0}']))),
            None => (source.trim(), None),
        },
    }
}

fn show(
    (name, address): (&str, Option<&str>),
    wanted: Option<Language>,
    library: &Library,
    common: &Common,
) -> Result<String> {
    let (entries, annex) = library.find_part(name);
    if entries.is_empty() {
        let near = library.nearest(name).map_or(String::new(), |n| format!("; did you mean {n}?"));
        bail!("the library holds nothing called {name}{near}");
    }
    let mut found: Vec<(&Entry, Vec<Meant<'_>>)> = Vec::new();
    for entry in &entries {
        let mut meant: Vec<Meant<'_>> = match address {
            None => entry.text.paragraphs.iter().map(|p| (p, None)).collect(),
            Some(address) => entry.paragraphs_at(address),
        };
        meant.retain(|(p, _)| annex.is_none() || entry.annex(p) == annex.as_deref());
        if !meant.is_empty() {
            found.push((entry, meant));
        }
    }
    if found.is_empty() {
        let held = held_of(&entries);
        match address {
            Some(address) => bail!("{name} has no paragraph {address} in the library{held}"),
            None => bail!("{name}: the text in the library has no such annex{held}"),
        }
    }
    let mut languages: Vec<Language> = found.iter().map(|(e, _)| e.text.language()).collect();
    languages.sort_unstable();
    languages.dedup();
    // English is the first of them.
    let Some(language) = wanted.or(languages.first().copied()) else { return Ok(String::new()) };
    let names = |languages: &[Language]| -> String {
        languages.iter().map(|held| held.name()).collect::<Vec<_>>().join(", ")
    };
    if !languages.contains(&language) {
        let asked = address.map_or(name.to_owned(), |address| format!("{name}#{address}"));
        bail!("{asked} is not held in {}, but in: {}", language.name(), names(&languages));
    }
    languages.retain(|other| *other != language);
    let chosen = found.iter().filter(|(entry, _)| entry.text.language() == language);
    let shown = chosen.map(|(entry, meant)| {
        let (width, color) = (common.width(), common.colored());
        report::reference_text(library, entry, &languages, meant, width, color)
    });
    Ok(shown.collect::<Vec<_>>().join("\n"))
}

/// A paragraph, and the sub-paragraph meant, if one is.
type Meant<'e> = (&'e Paragraph, Option<&'e str>);

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
