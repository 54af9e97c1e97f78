//! `adref references verify`: the library in; what is wrong with it out.

use anyhow::Result;
use clap::ValueEnum;
use serde::Serialize;

use super::super::Common;
use super::super::output::{Ended, described};
use adref::library;
use adref::model::{Finding, Severity};
use adref::report::sanitized;

/// Look for files changed or lost, paragraphs left out, symbols held twice; ends with 1 if there are
#[derive(clap::Args)]
pub(super) struct Verify {
    /// How to write what is found
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Terminal,
    Json,
}

#[derive(Serialize)]
struct Document<'v> {
    schema: &'static str,
    references: usize,
    findings: &'v [Finding],
}

pub(super) fn run(command: &Verify, common: &Common) -> Result<Ended> {
    common.agrees(Some(command.format))?;
    let places = super::held(common)?;
    let verified = library::verify(&places)?;
    let found = &verified.findings;
    let grave = found.iter().filter(|finding| finding.severity > Severity::Note).count();
    let text = match command.format {
        Format::Json => {
            let references = verified.references;
            let document = Document { schema: "adref/verify/1", references, findings: found };
            serde_json::to_string_pretty(&document)? + "\n"
        }
        Format::Terminal => {
            let mut text: String = found.iter().map(described).collect();
            let references = match verified.references {
                1 => "1 reference".to_owned(),
                count => format!("{count} references"),
            };
            text.push_str(&match grave {
                0 => format!("{references}: nothing is wrong.\n"),
                1 => format!("{references}: 1 finding.\n"),
                count => format!("{references}: {count} findings.\n"),
            });
            sanitized(&text)
        }
    };
    common.write(&text)?;
    Ok(if grave > 0 { Ended::Findings } else { Ended::Clean })
}
