//! `adref view`: a draft in; its page, served to this machine alone and made anew as the draft or its library changes,
//! out.

mod serve;
mod stamp;

use std::path::{Path, PathBuf};

use anyhow::Result;

use self::serve::Served;
use self::stamp::Watched;
use super::annotate::one;
use super::output::{Ended, say};
use super::places::places;
use super::template::making;
use super::{Common, config, input};
use adref::report::{self, Format, Making, Options};

/// Show a draft in the browser with its agreed language beside it, and follow it as you write
#[derive(clap::Args)]
pub(super) struct View {
    /// The draft
    #[arg(value_name = "DRAFT")]
    draft: String,
    /// Write the page by a template of your own, in the language of Jinja; see the guide on reports
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// The port on this machine; any that is free where none is named
    #[arg(long, default_value_t = 0, value_name = "NUMBER")]
    port: u16,
    /// Do not open the browser; the address is told
    #[arg(long)]
    no_open: bool,
}

pub(super) fn run(command: &View, common: &Common) -> Result<Ended> {
    if common.output.is_some() {
        anyhow::bail!("view writes no file; use adref annotate {} -o FILE.html", command.draft);
    }
    watch(&command.draft, command.template.clone(), command.port, !command.no_open, common)
}

/// Serves the page of a draft until the tool is ended.
///
/// # Errors
/// When the draft has no file that can be followed, or the port is taken.
pub(super) fn watch(
    draft: &str,
    template: Option<PathBuf>,
    port: u16,
    opens: bool,
    common: &Common,
) -> Result<Ended> {
    let (name, address) = input::addressed(draft);
    if name == "-" {
        anyhow::bail!("standard input cannot be followed; save the draft as a file");
    }
    // What is wrong from the beginning is told here, where it was asked.
    one(name, common)?;
    let places = places(name, common)?;
    let mut watched = vec![PathBuf::from(name)];
    watched.extend(template.clone());
    watched.extend(places.config.folder.map(|folder| folder.join(config::NAME)));
    watched.extend(places.library);
    let page = |version: usize| page(name, template.as_deref(), version, common);
    let served = Served::new(port, page, Watched::new(watched))?;
    let anchor = address.map_or(String::new(), |number| format!("#p{number}"));
    let url = format!("http://{}/{anchor}", served.address());
    say(&format!(
        "{url}\nshows {name} on this machine alone, and follows its changes. Ctrl+C ends it.\n"
    ));
    if opens && let Err(error) = open::that_detached(&url) {
        say(&format!("note: no browser could be opened ({error}); open the address yourself\n"));
    }
    served.run()
}

/// The page as the draft is now, or why it cannot be shown.
fn page(name: &str, template: Option<&Path>, version: usize, common: &Common) -> Result<String> {
    let written = || -> Result<String> {
        let (library, annotation) = one(name, common)?;
        let making = Making { live: Some(version), ..making(template, true)? };
        let options = Options { format: Format::Html, making, ..Options::default() };
        let drafts: Vec<_> = annotation.iter().map(|annotation| (annotation, &library)).collect();
        Ok(report::annotations(&drafts, &options)?)
    };
    match written() {
        Ok(page) => Ok(page),
        Err(error) => Ok(report::fault_html(&format!("{error:#}"), Some(version))?),
    }
}
