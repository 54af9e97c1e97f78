//! `adref suggest`: a new paragraph in; agreed language on its subject out.

use anyhow::{Result, bail};

use super::Common;
use super::asked::asked;
use super::output::{Ended, mention_in_short};
use super::trace::{FormatName, format};
use super::words::words;
use adref::model::Severity;
use adref::pipeline::{self, Answered};
use adref::report::{self, Showing};

/// Suggest agreed language on the subject of a paragraph, each with why
#[derive(clap::Args)]
pub(super) struct Suggest {
    /// A draft's paragraph (draft.md#7), a reference's (A/RES/70/125#9), words in quotation marks, or `-`
    #[arg(value_name = "DRAFT#NUMBER|TEXT", value_parser = words)]
    what: String,
    /// Show at most so many paragraphs
    #[arg(long, default_value_t = 10, value_name = "NUMBER")]
    limit: usize,
    /// How to write them [default: terminal, or what the ending of --output says]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
}

pub(super) fn run(command: &Suggest, common: &Common) -> Result<Ended> {
    let format = format(command.format, common)?;
    if command.limit == 0 {
        bail!("--limit 0 shows nothing; give the number of paragraphs you want to see");
    }
    let question = asked(&command.what, common)?;
    let places = &question.places.library;
    let Answered { library, answer } = pipeline::suggest(
        &question.text,
        &question.heading,
        places,
        &common.holding(),
        command.limit,
    )?;
    mention_in_short(&library.findings);
    let limit = Some(command.limit);
    let showing = Showing { limit, width: common.width(), color: common.colored() };
    common.write(&match format {
        FormatName::Terminal => report::suggest(&answer, &library, &showing),
        FormatName::Json => report::suggest_json(&answer, &library),
    })?;
    let broken = library.findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if broken { Ended::Incomplete } else { Ended::Clean })
}
