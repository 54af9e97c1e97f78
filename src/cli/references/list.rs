//! `adref references list`: the library in; its references, those wished for, out.

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::super::Common;
use super::super::output::{Ended, say};
use super::super::scope::{Limits, holds_organ};
use adref::library::select;
use adref::report;

/// List all references: symbol, name, title, adopted, paragraphs, extent
#[derive(clap::Args)]
pub(super) struct List {
    /// How to write the list [default: terminal, or what the ending of --output says]
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    limits: Limits,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Terminal,
    Json,
    Csv,
    /// The same as an Excel workbook
    Xlsx,
}

pub(super) fn run(command: &List, common: &Common) -> Result<Ended> {
    let format = format(command, common)?;
    let (library, ended) = super::load(common)?;
    let scope = command.limits.scope();
    holds_organ(&scope, &library)?;
    let chosen = select(&library, &scope);
    let undated = library.entries.iter().filter(|entry| scope.loses(entry)).count();
    if undated > 0 {
        let what = if undated == 1 { "1 reference" } else { &format!("{undated} references") };
        say(&format!("note: {what} left out because nothing tells when it was agreed\n"));
    }
    let text = match format {
        Format::Json => report::reference_json(&library, &chosen),
        Format::Csv => report::reference_csv(&library, &chosen),
        Format::Xlsx => {
            common.write_workbook(&report::reference_xlsx(&library, &chosen)?)?;
            return Ok(ended);
        }
        Format::Terminal if library.is_empty() => "The library holds no reference.\n".to_owned(),
        Format::Terminal if chosen.is_empty() => "No reference is as asked.\n".to_owned(),
        Format::Terminal => {
            report::reference_list(&library, &chosen, common.width(), common.colored())
        }
    };
    common.write(&text)?;
    Ok(ended)
}

fn format(command: &List, common: &Common) -> Result<Format> {
    common.agrees(command.format)?;
    if let Some(format) = command.format {
        return Ok(format);
    }
    let ending = common.output.as_ref().and_then(|path| path.extension());
    match ending.map(|ending| ending.to_string_lossy().to_lowercase()).as_deref() {
        None | Some("txt") => Ok(Format::Terminal),
        Some("json") => Ok(Format::Json),
        Some("csv") => Ok(Format::Csv),
        Some("xlsx") => Ok(Format::Xlsx),
        Some(other) => bail!(
            "no format is known for files ending in .{other}; use .xlsx, .csv, .json or .txt, or say --format"
        ),
    }
}
