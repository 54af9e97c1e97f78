//! `adref references`: the library in; its list, or one of its texts, out.

use anyhow::{Result, bail};
use clap::Subcommand;

use super::Common;
use super::output::{Ended, mention};
use super::places::places;
use adref::library;
use adref::model::{Entry, Library, Paragraph, Severity};
use adref::report;

/// The agreed texts held: list them, show one
#[derive(clap::Args)]
pub(super) struct References {
    #[command(subcommand)]
    command: Action,
}

#[derive(Subcommand)]
enum Action {
    /// List all references: symbol, name, title, adopted, paragraphs, extent
    List,
    /// Show a reference, or one paragraph of it: A/RES/70/125#9, or GDC#22
    Show {
        /// Symbol or name, with `#` and a paragraph number where one paragraph is wanted
        #[arg(value_name = "SOURCE[#PARAGRAPH]")]
        source: String,
    },
    /// Make an index of a large library, so that it is not read anew each time
    Index(super::index::Index),
}

pub(super) fn run(command: &References, common: &Common) -> Result<Ended> {
    let places = places("-", common)?;
    if places.library.is_empty() {
        bail!(
            "there is no library here: make a folder `references`, or name one with --library DIR"
        );
    }
    if let Action::Index(index) = &command.command {
        return super::index::run(index, &places.library, common);
    }
    let library = library::load(&places.library)?;
    library.findings.iter().for_each(mention);
    let text = match &command.command {
        Action::List if library.is_empty() => "The library holds no reference.\n".to_owned(),
        Action::List => report::reference_list(&library, common.width(), common.colored()),
        Action::Show { source } => show(source, &library, common)?,
        Action::Index(_) => String::new(),
    };
    common.write(&text)?;
    let broken = library.findings.iter().any(|f| f.severity == Severity::Error);
    Ok(if broken { Ended::Incomplete } else { Ended::Clean })
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
    let entries = library.find(name);
    if entries.is_empty() {
        let near = library.nearest(name).map_or(String::new(), |n| format!("; did you mean {n}?"));
        bail!("the library holds nothing called {name}{near}");
    }
    let mut shown = Vec::new();
    for entry in &entries {
        let found: Vec<(&Paragraph, Option<&str>)> = match address {
            None => entry.text.paragraphs.iter().map(|p| (p, None)).collect(),
            Some(address) => entry.paragraphs_at(address),
        };
        if !found.is_empty() {
            shown.push(report::reference_text(entry, &found, common.width(), common.colored()));
        }
    }
    if shown.is_empty() {
        let address = address.unwrap_or_default();
        bail!("{name} has no paragraph {address} in the library{}", held_of(&entries));
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
