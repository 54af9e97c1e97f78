//! `adref search`: words in; every paragraph of the library that has them out.

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::asked::held;
use super::output::{Ended, mention_in_short};
use super::scope::{Limits, holds_organ};
use super::words::{piped, words};
use super::{Common, input};
use adref::ask::Order;
use adref::model::Severity;
use adref::pipeline::{self, Answered};
use adref::report::{self, Showing};

/// Find words in the agreed texts: in a row, and nearly
///
/// Case, punctuation, spelling pairs and abbreviations do not count. Finding nothing is an answer: it is said, and
/// the command ends with 0.
#[derive(clap::Args)]
pub(super) struct Search {
    /// The words, in quotation marks; `-` for standard input
    #[arg(value_name = "WORDS", required = true, value_parser = words)]
    words: Vec<String>,
    /// Which come first: the last agreed, or the first
    #[arg(long, value_enum, default_value_t = SortName::Last, value_name = "WHICH")]
    sort: SortName,
    #[command(flatten)]
    limits: Limits,
    /// Show at most so many paragraphs, 0 for all
    #[arg(long, default_value_t = 20, value_name = "NUMBER")]
    limit: usize,
    /// How to write what was found [default: terminal, or what the ending of --output says]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
}

#[derive(Clone, Copy, ValueEnum)]
enum SortName {
    Last,
    First,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Terminal,
    Json,
    Csv,
}

pub(super) fn run(command: &Search, common: &Common) -> Result<Ended> {
    common.agrees(command.format)?;
    let format = match (command.format, common.ending().as_deref()) {
        (Some(format), _) => format,
        (None, None | Some("txt")) => FormatName::Terminal,
        (None, Some("json")) => FormatName::Json,
        (None, Some("csv")) => FormatName::Csv,
        (None, Some(other)) => bail!(
            "no format is known for files ending in .{other}; use .json, .csv or .txt, or say --format"
        ),
    };
    let places = held("-", common)?;
    // Without quotation marks the shell hands over one word at a time.
    let words = match command.words.join(" ") {
        words if words == "-" => piped(input::text()?)?,
        words => words,
    };
    let scope = command.limits.scope();
    let order = match command.sort {
        SortName::Last => Order::Last,
        SortName::First => Order::First,
    };
    let Answered { library, answer } =
        pipeline::search(&words, &places.library, &common.holding(), &scope, order)?;
    mention_in_short(&library.findings);
    holds_organ(&scope, &library)?;
    let limit = (command.limit > 0).then_some(command.limit);
    let showing = Showing { limit, width: common.width(), color: common.colored() };
    common.write(&match format {
        FormatName::Terminal => report::search(&answer, &library, &showing),
        FormatName::Json => report::search_json(&answer, &library, limit),
        FormatName::Csv => report::search_csv(&answer, &library, limit),
    })?;
    let broken = library.findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if broken { Ended::Incomplete } else { Ended::Clean })
}
